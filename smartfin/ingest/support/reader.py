"""The whole list to a Reading: its tables, row by row, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from smartfin.facts import Fact
from smartfin.findings import FindingCode
from smartfin.ingest.grid.cells import NeverCalculated, Workbook
from smartfin.ingest.origin import says_synthetic
from smartfin.ingest.reading import (
    PeriodHeader,
    PeriodKind,
    Reading,
    ReadingContext,
    SheetReason,
    SheetUse,
)
from smartfin.ingest.remarks import Remarks
from smartfin.ingest.support.beside import left_unread
from smartfin.ingest.support.meaning import kind_of, partners_by_name
from smartfin.ingest.support.rows import RowReader
from smartfin.ingest.support.tables import HEAD, ListTable, tables_of
from smartfin.ingest.support.words import Column
from smartfin.support import GROUP, is_of_group


def is_support_list(workbook: Workbook, context: ReadingContext) -> bool:
    """Whether a workbook is the list: a person says so, or headings and a kind of support do.

    Where no formula of the kinds was ever calculated, the headings alone.
    """
    if context.partner is not None and is_of_group(context.partner):
        return True
    tables = [table for table in tables_of(workbook) if table.whole]
    kinds = [table.cell(row, Column.KIND) for table in tables for row in table.rows()]
    if any(isinstance(kind, str) and kind_of(kind) for kind in kinds):
        return True
    return bool(kinds) and all(isinstance(kind, NeverCalculated) for kind in kinds)


def support_reading(workbook: Workbook, name: str, context: ReadingContext) -> Reading:
    """What the list says.

    Args:
        workbook: Its cells.
        name: File name; may say that the figures are made up.
        context: Line items and partners.
    """
    tables, remarks = tables_of(workbook), Remarks()
    synthetic = _is_synthetic(workbook, name, tables)
    _tell_of_origin(remarks, context, synthetic=synthetic)
    remarks.add(*left_unread(workbook, tables, partners_by_name(context.partners)))
    stated = _stated(tables, RowReader(context, remarks))
    facts = tuple(fact for _, fact in stated)
    return Reading(
        partner=GROUP,
        facts=facts,
        units=tuple(unit for unit, _ in stated),
        findings=remarks.findings,
        periods=tuple(_periods(facts)),
        sheets=tuple(_uses(workbook, tables, facts)),
        synthetic=synthetic,
    )


def _stated(tables: Iterable[ListTable], reader: RowReader) -> list[tuple[str, Fact]]:
    """Each fact with the part of the list it belongs to; the order of rows says nothing."""
    found = (reader.read(table, row) for table in tables if table.whole for row in table.rows())
    return sorted((one for one in found if one is not None), key=lambda one: one[0])


def _tell_of_origin(remarks: Remarks, context: ReadingContext, *, synthetic: bool) -> None:
    """That it is made up, that it was taken for a partner's."""
    if synthetic:
        remarks.note(FindingCode.SYNTHETIC, "")
    said = context.partner
    if said is not None and not is_of_group(said):
        remarks.note(FindingCode.WRONG_PARTNER, "", expected=said, found=GROUP)


def _is_synthetic(workbook: Workbook, name: str, tables: Sequence[ListTable]) -> bool:
    """Whether a title, a name or a sheet without the list calls the figures made up."""
    tops = {table.sheet.name: table.top for table in reversed(tables)}
    texts = [name, workbook.properties]
    for sheet in workbook.sheets:
        rows = sheet.rows[: tops.get(sheet.name, HEAD)]
        texts += [sheet.name, *(cell for row in rows for cell in row if isinstance(cell, str))]
    return any(says_synthetic(text) for text in texts)


def _periods(facts: Iterable[Fact]) -> Iterator[PeriodHeader]:
    for each in sorted({fact.quarter for fact in facts if fact.quarter}):
        yield PeriodHeader(str(each), PeriodKind.QUARTER, each.start, each.end)


def _uses(
    workbook: Workbook, tables: Sequence[ListTable], facts: Iterable[Fact]
) -> Iterator[SheetUse]:
    """What each sheet was taken for."""
    whole = {table.sheet.name for table in tables if table.whole}
    for sheet in workbook.sheets:
        quarters = [f.quarter for f in facts if f.sheet == sheet.name and f.quarter]
        reason = SheetReason.USED if sheet.name in whole else SheetReason.NO_HEADINGS
        use = SheetUse(sheet.name, None, sheet.name in whole, reason, hidden=sheet.hidden)
        if quarters:
            first, last = min(quarters).start, max(quarters).end
            use = replace(use, scale=1.0, first=first, last=last, facts=len(quarters))
        yield use
