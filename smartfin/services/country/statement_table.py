"""The statement in figures: four quarters, the year before, what was voted, the variances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from smartfin.analysis.statement import Kind, StatementRow, statement_rows
from smartfin.analysis.table import OPTIONAL
from smartfin.measure import Measure, Reason, undefined
from smartfin.services.assessment import Case
from smartfin.services.budget import budget_cell, budgeted, is_stated, unbudgeted_lines
from smartfin.services.provenance.figure import AGAINST, STATEMENT, source_of
from smartfin.services.variance import variance_cells
from smartfin.services.view import Cell, Table, measure_cell, text_cell, value_cell
from smartfin.wording import DASH, Words

NOT_EARNED = ("invoiced_volume", "members_money")
"""Rows that are no share of what is earned."""

_TEAM = ("adviser_costs", "other_team_costs")
_NEUTRAL = "members_money"  # what goes on to members is neither good nor bad
_PLAN = ("budget", "variance", "variance-percent")


def statement_table(
    words: Words,
    case: Case,
    rows: Sequence[StatementRow],
    names: Sequence[str],
    budget: pd.DataFrame,
) -> Table:
    """The statement of a partner's four newest quarters.

    Args:
        words: Of the reader's language.
        case: Whose; with figures.
        rows: Its statement.
        names: Of the rows.
        budget: As made by ``budget_table``.
    """
    earlier = case.quarter + -4 if case.quarter else None
    before = _by_code(case.table, earlier.ordinal if earlier else 0)
    plan = _plan_cells(words, case, rows, budget)
    columns = (
        words.text("column.line"),
        words.text("column.window", quarter=case.quarter),
        words.text("column.share-of-revenue"),
        words.text("column.window", quarter=earlier),
        *(words.text(f"column.{name}") for name in (_PLAN if plan else ())),
    )
    caption = words.text("country.statement.caption", quarter=case.quarter)
    if not plan and len(budget):
        caption = words.text("plan.caption-without", caption=caption)
    return Table(
        caption=caption,
        columns=columns,
        rows=tuple(
            (
                text_cell(name),
                *_own_cells(words, case, row, before.get(row.code)),
                *plan.get(row.code, ()),
            )
            for name, row in zip(names, rows, strict=True)
        ),
    )


def _own_cells(
    words: Words, case: Case, row: StatementRow, before: StatementRow | None
) -> tuple[Cell, ...]:
    """The four quarters, their share of what is earned, and the four quarters before them."""
    currency, source = case.partner.currency, partial(source_of, case.partner.code)
    code = f"{STATEMENT}{row.code}"
    earlier = case.quarter + -4 if case.quarter else None
    return (
        _amount(words, row.amount, currency, source(case.quarter, code)),
        _share(words, row, source(case.quarter, code)),
        _amount(words, before.amount if before else None, currency, source(earlier, code)),
    )


def _amount(words: Words, amount: float | None, currency: str, source: str) -> Cell:
    if amount is None:
        return Cell(text=DASH, unit=currency, source=source)
    return value_cell(words, amount, currency, source)


def _share(words: Words, row: StatementRow, source: str) -> Cell:
    if row.share is None or row.code in NOT_EARNED:
        return Cell(text=DASH, unit="fraction")
    return measure_cell(words, Measure(row.share, "fraction"), source=source)


def _plan_cells(
    words: Words, case: Case, rows: Sequence[StatementRow], budget: pd.DataFrame
) -> Mapping[str, tuple[Cell, ...]]:
    """What was voted and how far the books are from it, by row; empty where nothing was voted."""
    if case.quarter is None:
        return {}
    last, currency = case.quarter.ordinal, case.partner.currency
    voted = {
        code: _voted(budget, row, last, currency) for code, row in _by_code(budget, last).items()
    }
    if all(measure.value is None for measure in voted.values()):
        return {}
    quarters, above = range(last - 3, last + 1), list[str]()
    cells = {}
    for row in rows:
        if row.kind is Kind.LINE:
            above.append(row.code)
        lines = above if row.kind is Kind.TOTAL else ()
        missing = unbudgeted_lines(case.table, budget, quarters, lines)
        measure = voted.get(row.code, undefined(currency, Reason.NOT_BUDGETED))
        cells[row.code] = _row_cells(words, case, row, measure, missing)
        if row.code in _TEAM and row.code not in voted:
            cells[row.code] = _team_cells(words, voted.get("staff_costs"), cells[row.code])
    return cells


def _voted(budget: pd.DataFrame, row: StatementRow, last: int, currency: str) -> Measure:
    """A row as it was voted; a line nobody wrote is no budget of nothing."""
    unwritten = row.code in OPTIONAL and not is_stated(budget, row.code, range(last - 3, last + 1))
    if row.amount is None or unwritten:
        return undefined(currency, Reason.NOT_BUDGETED)
    return Measure(row.amount, currency)


def _row_cells(
    words: Words, case: Case, row: StatementRow, voted: Measure, missing: tuple[str, ...]
) -> tuple[Cell, ...]:
    currency = case.partner.currency
    now = undefined(currency, Reason.NOTHING_KNOWN)
    if row.amount is not None:
        now = Measure(row.amount, currency)
    source = partial(source_of, case.partner.code, case.quarter)
    plan = source(budgeted(f"{STATEMENT}{row.code}"))
    against = source(f"{AGAINST}{STATEMENT}{row.code}")
    polarity = 0 if row.code == _NEUTRAL else row.sign
    return (
        budget_cell(words, voted, missing, source=plan, waiting=case.plan_provisional),
        *variance_cells(words, now, voted, polarity, source=against),
    )


def _team_cells(words: Words, team: Measure | None, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A part of the team that the budget has in one amount: told beside the dash."""
    if team is None or team.value is None:
        return cells
    note = words.text("plan.team-in-one", amount=words.measure(team))
    return tuple(replace(cell, note=note) for cell in cells)


def _by_code(table: pd.DataFrame, last: int) -> Mapping[str, StatementRow]:
    return {row.code: row for row in statement_rows(table, last)}
