"""Indicators as rows of a table: now, a year earlier, what was voted, and the differences."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from smartfin.analysis.indicators.family import Indicator, indicators_by_subject
from smartfin.measure import Measure
from smartfin.services.assessment import Case
from smartfin.services.budget import (
    budget_cell,
    budget_measure,
    budgeted,
    quarters_of,
    unbudgeted_lines,
)
from smartfin.services.provenance.figure import AGAINST, CHANGE, source_of
from smartfin.services.variance import difference_cell, variance_cells
from smartfin.services.view import Cell, Table, approval_mark, measure_cell, text_cell
from smartfin.wording import Words

_PLAN = ("budget", "variance", "variance-percent")


def subject_tables(words: Words, case: Case, budget: pd.DataFrame) -> tuple[Table, ...]:
    """Every indicator, a table for each subject; none while nothing is known."""
    settings = case.settings
    subjects = indicators_by_subject(settings.level, settings.deadline)
    return tuple(
        table
        for subject, members in subjects.items()
        for table in indicator_tables(
            words, case, members, words.text(f"subject.{subject}"), budget
        )
    )


def chosen_tables(
    words: Words, case: Case, codes: Iterable[str], caption: str, budget: pd.DataFrame
) -> tuple[Table, ...]:
    """Some indicators as one table; none while nothing is known."""
    settings = case.settings
    subjects = indicators_by_subject(settings.level, settings.deadline)
    known = {each.code: each for members in subjects.values() for each in members}
    chosen = [known[code] for code in codes if code in known]
    return indicator_tables(words, case, chosen, caption, budget)


def indicator_tables(
    words: Words,
    case: Case,
    indicators: Iterable[Indicator],
    caption: str,
    budget: pd.DataFrame,
) -> tuple[Table, ...]:
    """Indicators at the partner's newest quarter, beside the year before and what was voted.

    Where none of them was budgeted the columns of the plan are left out, and the caption of a
    partner that has a budget says so.
    """
    if case.quarter is None:
        return ()
    ordinal, currency = case.quarter.ordinal, case.partner.currency
    voted = {each: budget_measure(each, budget, ordinal, currency) for each in indicators}
    if not voted:
        return ()
    planned = any(measure.value is not None for measure in voted.values())
    rows = []
    for indicator, plan in voted.items():
        row = _row(words, case, indicator)
        rows.append((*row, *_plan_cells(words, case, indicator, plan, budget)) if planned else row)
    if not planned and len(budget):
        caption = words.text("plan.caption-without", caption=caption)
    columns = (
        words.text("column.indicator"),
        words.quarter(case.quarter),
        words.quarter(case.quarter + -4),
        words.text("column.change"),
        *(words.text(f"column.{name}") for name in (_PLAN if planned else ())),
    )
    mark = approval_mark(words, provisional=case.provisional)
    return (Table(caption, columns, tuple(rows), mark),)


def _row(words: Words, case: Case, indicator: Indicator) -> tuple[Cell, ...]:
    code, digits = indicator.code, indicator.digits
    now, before = case.measure(code), case.measure(code, quarters_earlier=4)
    name = text_cell(words.text(f"indicator.{code}"), words.text(f"indicator.{code}.what"))
    return (
        name,
        measure_cell(words, now, digits=digits, source=_source(case, code)),
        measure_cell(words, before, digits=digits, source=_source(case, code, 4)),
        change_cell(words, now, before, indicator, _source(case, f"{CHANGE}{code}")),
    )


def _plan_cells(
    words: Words, case: Case, indicator: Indicator, voted: Measure, budget: pd.DataFrame
) -> tuple[Cell, ...]:
    """What was voted, and how far the quarter's figure is from it."""
    code, now = indicator.code, case.measure(indicator.code)
    return (
        budget_cell(
            words,
            voted,
            _left_out(case, indicator, budget),
            digits=indicator.digits,
            source=_source(case, budgeted(code)),
            waiting=case.plan_provisional,
        ),
        *variance_cells(
            words,
            now,
            voted,
            indicator.polarity,
            digits=indicator.digits,
            source=_source(case, f"{AGAINST}{code}"),
        ),
    )


def _left_out(case: Case, indicator: Indicator, budget: pd.DataFrame) -> tuple[str, ...]:
    """The lines the books have and the budget does not."""
    if case.quarter is None:
        return ()
    read = quarters_of(indicator, case.table, case.quarter.ordinal)
    return unbudgeted_lines(case.table, budget, read, indicator.needs)


def _source(case: Case, code: str, quarters_earlier: int = 0) -> str:
    quarter = case.quarter + -quarters_earlier if case.quarter else None
    return source_of(case.partner.code, quarter, code)


def change_cell(
    words: Words, now: Measure, before: Measure, indicator: Indicator, source: str = ""
) -> Cell:
    """From one measure to another, with its effect on the result."""
    return difference_cell(
        words, now, before, indicator.polarity, digits=indicator.digits, source=source
    )
