"""What a label cannot say alone, settled by what stands around it, or asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from smartfin.ingest.labels.accounts import account_number, followed_chart, hinted_items
from smartfin.ingest.labels.ambiguity import Ambiguities, is_ambiguous
from smartfin.ingest.labels.duplicates import Duplicates, repeated_items
from smartfin.ingest.labels.match import proven_match
from smartfin.ingest.labels.rows import Row, TableRows
from smartfin.ingest.labels.sides import with_misplaced_asked
from smartfin.ingest.layout.pages import joined_pages
from smartfin.ingest.reading import MapReason
from smartfin.items import Items


def tables_in_context(tables: Sequence[TableRows], items: Items) -> tuple[TableRows, ...]:
    """The tables of a sheet, pages joined, each row settled by what stands around it.

    Args:
        tables: Of one sheet, each row matched by its label.
        items: The chart of line items.
    """
    return tuple(in_context(rows, items) for rows in joined_pages(tables, items))


def in_context(rows: TableRows, items: Items) -> TableRows:
    """A table whose ambiguous and repeated rows are settled as far as its figures prove it.

    Args:
        rows: The table, each row matched by its label.
        items: The chart of line items.
    """
    rows = _with_accounts(rows, items)
    repeated = repeated_items(rows)
    if repeated:
        rows = Duplicates(rows, items).settled(repeated)
    if any(is_ambiguous(row) for row in rows.rows):
        rows = Ambiguities(rows, items).settled()
    return with_misplaced_asked(rows, items)


def _with_accounts(rows: TableRows, items: Items) -> TableRows:
    """A table whose open rows know what their account number hints at.

    An ambiguous label of which the account allows one meaning only is settled by it.
    """
    table = rows.table
    open_rows = {
        row.index for row in rows.rows if row.match.item is None and not row.match.is_settled
    }
    if not open_rows:
        return rows
    numbers = {row.index: account_number(table, row.index, row.label) for row in rows.rows}
    if not any(numbers[index] for index in open_rows):
        return rows
    known = [
        (numbers[row.index], row.match.item)
        for row in rows.rows
        if row.match.item is not None and not items[row.match.item].derived
    ]
    chart = followed_chart(known)
    if chart is None:
        return rows
    hinted = (
        _hinted(row, hinted_items(chart, numbers[row.index])) if row.index in open_rows else row
        for row in rows.rows
    )
    return rows.with_rows(tuple(hinted), items)


def _hinted(row: Row, hints: tuple[str, ...]) -> Row:
    match = row.match
    allowed = [code for code in match.candidates if code in hints]
    if len(allowed) == 1 and match.is_complete:
        return replace(row, match=proven_match(match, allowed[0], MapReason.ACCOUNT))
    proposals = tuple(dict.fromkeys((*hints, *match.proposals)))
    return replace(row, match=replace(match, proposals=proposals)) if hints else row
