"""Lists with one fact a row, rearranged into a table that is then read like any other.

``partner | period | item | scenario | amount | unit``, in any language and order: what a column
is for follows from what is in it, not from its name. ``pivot`` rearranges it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from smartfin.ingest import vocabulary
from smartfin.ingest.amounts.unit import read_unit
from smartfin.ingest.grid.cells import Cell, Sheet
from smartfin.ingest.layout.bands import is_figure
from smartfin.ingest.layout.heading import Heading, read_heading
from smartfin.ingest.layout.layout import Table
from smartfin.ingest.layout.pivot import (
    ListColumns,
    Pivot,
    TidyList,
    is_filled,
    parts_of,
    text_of,
    unit_at_end,
)
from smartfin.ingest.text import comparable

_FEWEST_ROWS = 4
_MOST_HEADER_ROWS = 25  # rows looked at for the first of the list
_NEARLY_ALL = 0.9
_SAMPLE = 400  # rows that show what a column is for


def tidy_list(
    sheet: Sheet, is_label: Callable[[str], bool], whose: Callable[[str], bool | None]
) -> TidyList | None:
    """A sheet that lists facts, as a table; None when it does not.

    Args:
        sheet: Its cells.
        is_label: Whether a text names a line item.
        whose: Whether a text names the partner the workbook is from; None when it names none.
    """
    top = _first_row(sheet)
    if top is None:
        return None
    rows = [row for row in range(top, len(sheet.rows)) if any(map(is_filled, sheet.rows[row]))]
    columns = _columns(sheet, rows, top, is_label)
    if columns is None:
        return None
    own = _own_rows(sheet, rows, columns.others, whose)
    return Pivot(sheet, own, top - 1, columns).rearranged()


def _own_rows(
    sheet: Sheet,
    rows: Sequence[int],
    others: Sequence[int],
    whose: Callable[[str], bool | None],
) -> Sequence[int]:
    """The rows of the partner the workbook is from, where a column names partners."""
    for column in others:
        ours = {row: whose(text_of(sheet.cell(row, column))) for row in rows}
        if all(said is not None for said in ours.values()):
            return [row for row in rows if ours[row]]
    return rows


def scenario_by_row(tables: Sequence[Table]) -> bool:
    """Whether a table says each row's scenario beside its label (``Umsatz | Plan | 3 | 4``)."""
    return any(
        _tells_scenarios(table, column)
        for table in tables
        for column in (range(table.left, table.right) if table.right - table.left > 1 else ())
    )


def _tells_scenarios(table: Table, column: int) -> bool:
    rows = range(table.first, min(table.last + 1, len(table.sheet.rows)))
    cells = [cell for row in rows if is_filled(cell := table.sheet.cell(row, column))]
    words = {cell for cell in cells if isinstance(cell, str)}
    return len(words) > 1 and len(cells) > len(words) and _all_say(cells, _says_scenario)


def _says_scenario(heading: Heading) -> bool:
    return heading.scenario is not None or heading.previous


# --- what the columns are for


def _first_row(sheet: Sheet) -> int | None:
    """First row of a list: three cells or more, with text and a figure, headed by texts."""
    for row in range(1, min(len(sheet.rows), _MOST_HEADER_ROWS)):
        cells = [cell for cell in sheet.rows[row] if is_filled(cell)]
        above = [cell for cell in sheet.rows[row - 1] if is_filled(cell)]
        is_headed = len(above) >= 3 and all(isinstance(cell, str) for cell in above)
        if is_headed and len(cells) >= 3 and any(map(is_figure, cells)):
            return row
    return None


def _columns(
    sheet: Sheet, rows: Sequence[int], top: int, is_label: Callable[[str], bool]
) -> ListColumns | None:
    """What each column is for, by its cells; None when it is no list of facts."""
    if len(rows) < _FEWEST_ROWS:
        return None
    sample = rows[:_SAMPLE]
    width = max(len(sheet.rows[row]) for row in sample)
    cells = {c: [v for r in sample if is_filled(v := sheet.cell(r, c))] for c in range(width)}
    cells = {column: values for column, values in cells.items() if values}
    label = _label_column(cells, is_label)
    if label is None:
        return None
    headings = {c: text_of(sheet.cell(top - 1, c)) for c in cells}
    periods = _period_columns(cells, headings)
    rest = [c for c in cells if c != label and c not in periods]
    scenario = next((c for c in rest if _all_say(cells[c], _says_scenario)), None)
    unit = next((c for c in rest if c != scenario and _are_units(cells[c])), None)
    free = [c for c in rest if c not in (scenario, unit)]
    amounts = _amount_columns(free, cells, headings, sheet, sample, label)
    said = [read_heading(headings[c]) for c in amounts]
    is_dated = bool(periods) or all(h is not None and h.period is not None for h in said)
    if not amounts or not is_dated or not (periods or scenario is not None):
        return None
    left = [c for c in free if c not in amounts]
    labels = [sheet.cell(row, label) for row in sample]
    code = next((c for c in left if _is_code(sheet, sample, c, labels)), None)
    others = tuple(c for c in left if c != code)
    return ListColumns(label, amounts, periods, scenario, unit, code, others)


def _label_column(
    cells: Mapping[int, Sequence[Cell]], is_label: Callable[[str], bool]
) -> int | None:
    """The column with most names of line items."""
    counts = {
        column: sum(1 for value in values if isinstance(value, str) and is_label(value))
        for column, values in cells.items()
    }
    best = max(counts, key=lambda column: counts[column])
    return best if counts[best] >= 2 else None


def _period_columns(
    cells: Mapping[int, Sequence[Cell]], headings: Mapping[int, str]
) -> tuple[int, ...]:
    """The column with whole periods, else one of years and one of parts; empty when none."""
    whole = [c for c, values in cells.items() if _all_say(values, _is_whole)]
    parts = [c for c, v in cells.items() if _all_say(v, _is_part) or _counts(v, headings[c])]
    years = [c for c in whole if _all_say(cells[c], _is_year)]
    days = [c for c in whole if c not in years]
    if years and parts:
        return years[0], parts[0]
    return tuple((days or years)[:1])


def _all_say(values: Sequence[Cell], says: Callable[[Heading], bool]) -> bool:
    """Whether nearly all cells, read as headings, say something."""
    read = {_key(value): read_heading(_plain(value)) for value in values}
    said = sum(1 for v in values if (h := read[_key(v)]) is not None and says(h) and not h.other)
    return said >= _NEARLY_ALL * len(values)


def _key(value: Cell) -> object:
    return type(value), value


def _plain(value: Cell) -> Cell:
    return value.strip() if isinstance(value, str) else value


def _is_whole(heading: Heading) -> bool:
    return heading.period is not None and heading.period.complete


def _is_year(heading: Heading) -> bool:
    return heading.period is not None and heading.period.is_year_alone


def _is_part(heading: Heading) -> bool:
    period = heading.period
    return period is not None and period.names_part and not period.complete


def _counts(values: Sequence[Cell], heading: str) -> bool:
    """Whether a column headed "quarter" or "month" counts them: 1 to 4, or 1 to 12."""
    most = parts_of(heading)
    numbers = [value for value in values if isinstance(value, float)]
    fits = all(number.is_integer() and 1 <= number <= most for number in numbers)
    return most > 0 and fits and len(numbers) >= _NEARLY_ALL * len(values)


def _are_units(values: Sequence[Cell]) -> bool:
    texts = [value for value in values if isinstance(value, str)]
    known = sum(1 for text in texts if read_unit(text) is not None)
    return bool(texts) and known >= _NEARLY_ALL * len(values)


def _amount_columns(
    free: Sequence[int],
    cells: Mapping[int, Sequence[Cell]],
    headings: Mapping[int, str],
    sheet: Sheet,
    rows: Sequence[int],
    label: int,
) -> tuple[int, ...]:
    """The columns of figures that are neither codes nor counters."""
    numeric = [c for c in free if sum(map(is_figure, cells[c])) >= _NEARLY_ALL / 2 * len(cells[c])]
    called = [c for c in numeric if _is_amount_heading(headings[c])]
    if called or len(numeric) == 1:
        return tuple(called or numeric)
    labels = [sheet.cell(row, label) for row in rows]
    amounts = [c for c in numeric if not _is_code(sheet, rows, c, labels)]
    return tuple(amounts) if len(amounts) == 1 else ()


def _is_amount_heading(text: str) -> bool:
    """Whether a column's name says that it holds amounts: a scenario, a period, a unit."""
    heading = read_heading(text)
    if heading is None or heading.variance:
        return False
    words = set(comparable(text).split())
    speaks = bool(words & (vocabulary.AMOUNT_LEADS | vocabulary.VALUE))
    return heading.is_part_of_heading or speaks or bool(unit_at_end(text))


def _is_code(sheet: Sheet, rows: Sequence[int], column: int, labels: Sequence[Cell]) -> bool:
    """Whether a column says the same wherever the label does: an account."""
    of_label: dict[Cell, set[Cell]] = defaultdict(set)
    for row, label in zip(rows, labels, strict=True):
        of_label[label].add(sheet.cell(row, column))
    repeated = len(of_label) < len(rows)
    return repeated and all(len(values) == 1 for values in of_label.values())
