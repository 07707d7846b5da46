"""The same period over several columns or tables: a typing error, actual beside plan, segments.

Equal figures are a harmless repeat. Figures that differ are never chosen from: one repeated
quarter is an error; a whole set of them is asked about, as it looks like actual and plan.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from smartfin.facts import Scenario
from smartfin.findings import Finding, FindingCode, Question, QuestionKind, ScenarioAspect
from smartfin.ingest import vocabulary
from smartfin.ingest.amounts.figures import numbers_of
from smartfin.ingest.labels.rows import TableRows
from smartfin.ingest.layout.columns import Column
from smartfin.ingest.memory import Answers
from smartfin.ingest.periods.span import Span
from smartfin.ingest.text import comparable

UNUSED = "unused"
"""The answer "these figures are not needed", beside the codes of scenarios."""

_SINGLE = (Scenario.ACTUAL.value, Scenario.BUDGET.value, Scenario.FORECAST.value, UNUSED)
_REACH = 3  # columns to the left that a difference is of
_FEWEST_ROWS = 3  # that show it
_ROUNDING = 0.005  # of a figure, between two writings of it
_MOST_GROUPS = 4
_MOST_NAMED = 6  # columns in one remark
_MOST_TABLES = 60  # of a workbook that are compared with each other

Key = tuple[Span, Scenario]


@dataclass(frozen=True, slots=True)
class Settled:
    """Tables without periods that contradict each other, and what is said about those."""

    tables: tuple[TableRows, ...]
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()


def without_repeats(tables: Sequence[TableRows], answers: Answers) -> Settled:
    """The tables of one sheet, each period once for each scenario.

    Args:
        tables: From top to bottom, left to right.
        answers: What was settled; ``scenario:<sheet>`` names each group of columns.
    """
    single = [_within(table, answers) for table in tables]
    kept = [table for settled in single for table in settled.tables]
    across = _across(kept, answers) if len(kept) > 1 else Settled(tuple(kept))
    return Settled(
        across.tables,
        tuple(finding for settled in (*single, across) for finding in settled.findings),
        tuple(question for settled in (*single, across) for question in settled.questions),
    )


# --- columns of one table


def _within(table: TableRows, answers: Answers) -> Settled:
    groups: dict[Key, list[Column]] = defaultdict(list)
    for column in table.table.columns:
        groups[column.span, column.scenario].append(column)
    repeated = {key: columns for key, columns in groups.items() if len(columns) > 1}
    if not repeated:
        return Settled((table,))
    values = _values(table)
    changes = _changes(table.table.columns, values)
    if changes:
        return _within(_without(table, changes), answers)
    differing = {k: c for k, c in repeated.items() if _differ([values[one] for one in c])}
    if not differing:
        return Settled((table,))
    overall = _overall(repeated) or _superseded(differing)
    if overall is not None:
        return Settled((_without(table, overall),), (_left_aside(table, overall),))
    if _is_regular(groups, repeated):
        return _asked(table, groups, repeated, answers)
    return _refused(table, differing, values)


def _changes(
    columns: Sequence[Column], values: Mapping[Column, Mapping[int, float]]
) -> set[Column]:
    """Columns that are the difference of two columns before them, row by row."""
    found: set[Column] = set()
    for place, column in enumerate(columns):
        before = columns[max(0, place - _REACH) : place]
        if any(_follows(values[column], values[a], values[b]) for a, b in permutations(before, 2)):
            found.add(column)
    return found


def _follows(
    column: Mapping[int, float], one: Mapping[int, float], other: Mapping[int, float]
) -> bool:
    """Whether a column is one column less another."""
    rows = [row for row in column if row in one and row in other]
    if len(rows) < _FEWEST_ROWS or not any(one[row] != other[row] for row in rows):
        return False
    return all(
        math.isclose(column[row], one[row] - other[row], rel_tol=1e-6, abs_tol=1e-6) for row in rows
    )


def _values(table: TableRows) -> dict[Column, dict[int, float]]:
    """The figures of each column in rows with, or perhaps with, a line item, by row."""
    found: dict[Column, dict[int, float]] = {column: {} for column in table.table.columns}
    for row in table.rows:
        if row.match.item is None and not row.match.candidates:
            continue
        numbers = numbers_of(table, row.index)
        for column, number in zip(table.table.columns, numbers, strict=True):
            if number is not None:
                scale = column.unit.scale if column.unit and column.unit.scale else 1.0
                found[column][row.index] = number * scale
    return found


def _differ(values: Sequence[Mapping[int, float]]) -> bool:
    """Whether columns state different figures in any row."""
    return any(
        one[row] != other[row]
        for one, other in combinations(values, 2)
        for row in one.keys() & other.keys()
    )


def _overall(repeated: Mapping[Key, Sequence[Column]]) -> set[Column] | None:
    """The columns of parts, where exactly one of each period is called the whole."""
    parts: set[Column] = set()
    for columns in repeated.values():
        whole = [c for c in columns if vocabulary.OVERALL & set(comparable(c.label).split())]
        if len(whole) != 1 or len({c.label for c in columns}) < len(columns):
            return None
        parts |= set(columns) - set(whole)
    return parts


def _superseded(repeated: Mapping[Key, Sequence[Column]]) -> set[Column] | None:
    """The columns whose figures were handed in anew in a column of the same period."""
    left: set[Column] = set()
    for columns in repeated.values():
        old = {column for column in columns if not column.restated}
        if len(columns) - len(old) != 1:
            return None
        left |= old
    return left


def _left_aside(table: TableRows, parts: set[Column]) -> Finding:
    """Tells of the columns of parts beside the whole."""
    sheet = table.table.sheet
    first, *_ = ordered = sorted(parts, key=lambda column: column.index)
    names = ", ".join([*dict.fromkeys(column.label for column in ordered)][:_MOST_NAMED])
    cell = sheet.address(max(first.row, 0), first.index)
    return Finding(FindingCode.COLUMN_UNUSED, sheet.name, cell, {"columns": names})


def _is_regular(
    groups: Mapping[Key, Sequence[Column]], repeated: Mapping[Key, Sequence[Column]]
) -> bool:
    """Whether all periods of a length come back equally often, as actual and plan do."""
    times = {len(columns) for columns in repeated.values()}
    lengths = {span.months for span, _ in repeated}
    alone = any(len(c) == 1 for (span, _), c in groups.items() if span.months in lengths)
    unsaid = all(scenario is Scenario.ACTUAL for _, scenario in repeated)
    enough = len(repeated) > 1 or len(groups) == 1
    return unsaid and enough and not alone and len(times) == 1 and max(times) <= _MOST_GROUPS


def _asked(
    table: TableRows,
    groups: Mapping[Key, Sequence[Column]],
    repeated: Mapping[Key, Sequence[Column]],
    answers: Answers,
) -> Settled:
    """The table with each group's scenario as answered, else without the groups."""
    size = len(next(iter(repeated.values())))
    sheet = table.table.sheet.name
    options = tuple(_options(size))
    answer = answers.get(f"scenario:{sheet}")
    if answer in options:
        said = dict(enumerate(answer.split(",")))
        scenario_of = {c: said[n] for columns in repeated.values() for n, c in enumerate(columns)}
        return Settled((_with_scenarios(table, scenario_of),))
    first = next(iter(repeated.values()))
    question = _question(table, first[0], options, {"columns": _places(table, first)})
    taken = {column for columns in repeated.values() for column in columns}
    return Settled((_without(table, taken),), questions=(question,))


def _options(size: int) -> Iterator[str]:
    """What several groups of columns may be: one of them happened, the others are plans or parts.

    Example:
        >>> list(_options(2))[:3]
        ['actual,budget', 'budget,actual', 'actual,forecast']
    """
    for others in ("budget", "forecast", UNUSED):
        words = ["actual", others, *[UNUSED] * (size - 2)]
        yield from dict.fromkeys(",".join(order) for order in permutations(words))
    if size > 2:
        words = ["actual", "budget", "forecast", *[UNUSED] * (size - 3)]
        yield from dict.fromkeys(",".join(order) for order in permutations(words))


def _refused(
    table: TableRows,
    differing: Mapping[Key, Sequence[Column]],
    values: Mapping[Column, Mapping[int, float]],
) -> Settled:
    """The table without a period that is stated twice; an error that names both cells."""
    findings = []
    for columns in differing.values():
        one, other = columns[:2]
        row = next(r for r in values[one] if values[other].get(r, values[one][r]) != values[one][r])
        findings.append(_duplicate(table, one, table, other, row, row))
    taken = {column for columns in differing.values() for column in columns}
    return Settled((_without(table, taken),), tuple(findings))


def _duplicate(
    table: TableRows, one: Column, other_table: TableRows, other: Column, row: int, other_row: int
) -> Finding:
    sheet, other_sheet = table.table.sheet, other_table.table.sheet
    facts = {
        "label": other.label,
        "other_cell": sheet.address(row, one.index),
    }
    cell = other_sheet.address(other_row, other.index)
    return Finding(FindingCode.DUPLICATE_QUARTER, other_sheet.name, cell, facts)


# --- tables of one sheet


def _across(tables: Sequence[TableRows], answers: Answers) -> Settled:
    """Tables that state the same items for the same periods, and differently."""
    rivals = _rivals(tables)
    if len(rivals) < 2:
        return Settled(tuple(tables))
    first = rivals[0]
    options = tuple(_options(len(rivals))) if len(rivals) <= _MOST_GROUPS else _SINGLE
    sheet = first.table.sheet
    answer = answers.get(f"scenario:{sheet.name}")
    if answer in options:
        words = answer.split(",") * (len(rivals) if "," not in answer else 1)
        said = {id(table): word for table, word in zip(rivals, words, strict=True)}
        return Settled(tuple(_called(table, said.get(id(table))) for table in tables))
    places = [sheet.address(table.table.top, table.table.right) for table in rivals]
    question = _question(first, first.table.columns[0], options, {"columns": ", ".join(places)})
    taken = {id(table) for table in rivals}
    left = (_without(t, set(t.table.columns)) if id(t) in taken else t for t in tables)
    return Settled(tuple(left), questions=(question,))


def across_sheets(
    tables: Mapping[str, Sequence[TableRows]], answers: Answers
) -> Mapping[str, Settled]:
    """The tables of sheets that are the same statement with other figures, by sheet.

    A sheet for each scenario, company or region looks like this; each is asked about.
    """
    clashing = _clashing_sheets(tables)
    return {sheet: _asked_as_a_whole(sheet, tables[sheet], answers) for sheet in clashing}


def _asked_as_a_whole(sheet: str, tables: Sequence[TableRows], answers: Answers) -> Settled:
    answer = answers.get(f"scenario:{sheet}")
    if answer in _SINGLE:
        return Settled(tuple(_called(table, answer) for table in tables))
    first = tables[0]
    name, cell = f"scenario:{sheet}", first.table.sheet.address(first.table.top, first.table.right)
    question = Question(name, QuestionKind.SCENARIO, sheet, cell, {"sheet": sheet}, _SINGLE)
    left = tuple(_without(table, set(table.table.columns)) for table in tables)
    return Settled(left, questions=(question,))


def _called(table: TableRows, scenario: str | None) -> TableRows:
    """The table with one scenario for all its columns."""
    if scenario is None:
        return table
    return _with_scenarios(table, dict.fromkeys(table.table.columns, scenario))


def _clashing_sheets(tables: Mapping[str, Sequence[TableRows]]) -> list[str]:
    """Sheets that state the same items and periods as another one, and differently."""
    every = [(sheet, table) for sheet, group in tables.items() for table in group]
    if len(every) > _MOST_TABLES:
        return []
    clashing = {
        sheet
        for (one, first), (other, second) in combinations(every, 2)
        if one != other and _rivals([first, second])
        for sheet in (one, other)
    }
    return [sheet for sheet in tables if sheet in clashing]


def _rivals(tables: Sequence[TableRows]) -> list[TableRows]:
    """The tables that are the same statement for the same periods with other figures."""
    items = [{row.match.item for row in table.rows} - {None} for table in tables]
    keys = [{_key(table, column) for column in table.table.columns} for table in tables]
    found: set[int] = set()
    for one, other in combinations(range(len(tables)), 2):
        least = min(len(items[one]), len(items[other]))
        common = len(items[one] & items[other])
        alike = common > 1 and 2 * common >= least and bool(keys[one] & keys[other])
        if alike and _clash(tables[one], tables[other]):
            found |= {one, other}
    return [tables[place] for place in sorted(found)]


def _clash(one: TableRows, other: TableRows) -> bool:
    """Whether most of what two tables both state differs, whatever units they are printed in."""
    first, second = _stated(one), _stated(other)
    shared = first.keys() & second.keys()
    differing = [key for key in shared if not _may_agree(first[key], second[key])]
    return len(differing) > 1 and 2 * len(differing) >= len(shared)


def _may_agree(one: float, other: float) -> bool:
    """Whether two figures are one, printed in other units or with another sign."""
    small, large = sorted((abs(one), abs(other)))
    return any(abs(large - small * factor) <= _ROUNDING * large for factor in (1.0, 1e3, 1e6))


def _key(table: TableRows, column: Column) -> tuple[Span, Scenario, bool]:
    """What two columns of different tables must share to state the same."""
    return column.span, column.scenario, table.table.is_cumulative


def _stated(table: TableRows) -> dict[tuple[str, object], float]:
    """What a table says, by item and period."""
    item_of = {row.index: row.match.item for row in table.rows if row.match.item is not None}
    return {
        (item_of[row], _key(table, column)): number
        for column, numbers in _values(table).items()
        for row, number in numbers.items()
        if row in item_of
    }


# --- tables with other columns


def _question(
    table: TableRows, column: Column, options: tuple[str, ...], facts: Mapping[str, object]
) -> Question:
    sheet = table.table.sheet
    details = {"sheet": sheet.name, "aspect": ScenarioAspect.COLUMNS, **facts}
    cell = sheet.address(max(column.row, 0), column.index)
    return Question(
        f"scenario:{sheet.name}", QuestionKind.SCENARIO, sheet.name, cell, details, options
    )


def _places(table: TableRows, columns: Sequence[Column]) -> str:
    """The cells of columns' headings."""
    sheet = table.table.sheet
    return ", ".join(sheet.address(max(column.row, 0), column.index) for column in columns)


def _with_scenarios(table: TableRows, scenario_of: Mapping[Column, str]) -> TableRows:
    columns = tuple(
        replace(column, scenario=Scenario(said)) if (said := scenario_of.get(column)) else column
        for column in table.table.columns
        if scenario_of.get(column) != UNUSED
    )
    return replace(table, table=replace(table.table, columns=columns))


def _without(table: TableRows, taken: set[Column]) -> TableRows:
    columns = tuple(column for column in table.table.columns if column not in taken)
    return replace(table, table=replace(table.table, columns=columns))
