"""Tables whose heading names no period: it stands in the title, the sheet's or the file's name.

A fifth of real statements have no period row at all: a label, an amount, and ``Q3 2022`` on the
tab. Only columns that can be told apart are taken: a lone one, or ones called plan, previous
year and the like.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from smartfin.facts import Scenario
from smartfin.ingest import vocabulary
from smartfin.ingest.grid.cells import Cell, Sheet
from smartfin.ingest.layout.bands import Band, is_figure
from smartfin.ingest.layout.heading import Heading, read_heading
from smartfin.ingest.periods.span import PeriodWords
from smartfin.ingest.text import comparable

_FEWEST_ROWS = 2  # labelled rows with figures
_MOST_HEADINGS = 4  # rows above the figures that may head them
_PRESENT = PeriodWords(relative=0)


def untitled_band(sheet: Sheet, is_label: Callable[[str], bool]) -> Band | None:
    """The heading of a table without periods, its columns taken for the present period.

    Args:
        sheet: Its cells.
        is_label: Whether a text is, or may be, a line item.

    Returns:
        None when no rows are labelled, or when nothing tells their columns apart.
    """
    rows = [
        row for row in range(len(sheet.rows)) if _label_column(sheet, row, is_label) is not None
    ]
    rows = [row for row in rows if any(map(is_figure, sheet.rows[row]))]
    if len(rows) < _FEWEST_ROWS:
        return None
    headings = _headings_above(sheet, rows[0])
    columns = _figure_columns(sheet, rows, is_label)
    chosen = _told_apart(columns, headings) or _headed_as_amounts(sheet, columns, rows[0])
    if not chosen:
        return None
    main = max(headings, default=rows[0] - 1)
    named = headings.get(main, {})
    present = {c: _in_present(named.get(c)) for c in chosen}
    kept = {c: heading for c, heading in named.items() if c in columns and heading.variance}
    return Band((*sorted({*headings, main}),), main, {**headings, main: {**kept, **present}})


def _label_column(sheet: Sheet, row: int, is_label: Callable[[str], bool]) -> int | None:
    cells = enumerate(sheet.rows[row])
    return next((c for c, cell in cells if isinstance(cell, str) and is_label(cell)), None)


def _figure_columns(sheet: Sheet, rows: list[int], is_label: Callable[[str], bool]) -> list[int]:
    """Columns right of the labels in which at least half of the labelled rows hold a figure."""
    left = min(_label_column(sheet, row, is_label) or 0 for row in rows)
    width = max(len(sheet.rows[row]) for row in rows)
    return [
        column
        for column in range(left + 1, width)
        if 2 * sum(_is_amount(sheet, row, column) for row in rows) >= len(rows)
    ]


def _is_amount(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell holds a figure that is not printed in percent."""
    return is_figure(sheet.cell(row, column)) and sheet.factors.get((row, column), 1.0) <= 1


def _headings_above(sheet: Sheet, first: int) -> dict[int, dict[int, Heading]]:
    """What the rows right above the first labelled one say, down to the first of figures."""
    found: dict[int, dict[int, Heading]] = {}
    for row in range(first - 1, max(first - 1 - _MOST_HEADINGS, -1), -1):
        if any(map(is_figure, sheet.rows[row])):
            break
        read = {c: read_heading(cell) for c, cell in enumerate(sheet.rows[row])}
        said = {c: heading for c, heading in read.items() if heading is not None}
        if any(heading.is_part_of_heading for heading in said.values()):
            found[row] = said
    return found


def _told_apart(columns: list[int], headings: Mapping[int, Mapping[int, Heading]]) -> list[int]:
    """The columns of amounts whose meaning is plain."""
    over = {c: [row[c] for row in headings.values() if c in row] for c in columns}
    amounts = [c for c in columns if not any(map(_is_no_amount, over[c]))]
    in_money = [c for c in amounts if any(heading.unit is not None for heading in over[c])]
    called = [c for c in amounts if any(heading.sets_apart for heading in over[c])]
    if called:
        return _called(called, [c for c in amounts if c not in called], over)
    left = amounts if len(amounts) == 1 else in_money
    return left if len(left) == 1 else []


def _headed_as_amounts(sheet: Sheet, columns: list[int], first: int) -> list[int]:
    """The one column whose heading speaks of amounts (``Note | Betrag``); empty when none does."""
    above = range(max(first - _MOST_HEADINGS, 0), first)
    found = [
        column
        for column in columns
        if any(_speaks_of_amounts(sheet.cell(row, column)) for row in above)
    ]
    return found if len(found) == 1 else []


def _speaks_of_amounts(cell: Cell) -> bool:
    words = comparable(cell).split() if isinstance(cell, str) else []
    return any(word in vocabulary.AMOUNT_LEADS | vocabulary.VALUE for word in words)


def _called(called: list[int], rest: list[int], over: Mapping[int, list[Heading]]) -> list[int]:
    """Columns told apart by their scenario, and the one beside them that must have happened.

    Words beside the scenario (``Budget primitif``, ``Budget total``) may tell columns of one
    scenario apart: then none is taken.
    """
    names = [(h.scenario, h.previous) for c in called for h in over[c] if h.sets_apart]
    if len(set(names)) < len(names) or any(h.other for c in called for h in over[c]):
        return []
    lacks_actual = (Scenario.ACTUAL, False) not in names
    plain = [c for c in rest if not any(heading.other for heading in over[c])]
    return sorted([*called, *plain]) if lacks_actual and len(plain) == 1 else called


def _is_no_amount(heading: Heading) -> bool:
    kind = heading.unit.kind if heading.unit is not None else ""
    return heading.variance or kind == "percent"


def _in_present(heading: Heading | None) -> Heading:
    """A heading of the present period; what else it says stays."""
    if heading is None:
        return Heading("", _PRESENT)
    return replace(heading, period=heading.period or _PRESENT, other=False)
