"""What was voted for quarters to come against the middle of the outlook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import pandas as pd

from smartfin.analysis.indicators.family import RESULT_OF, find_indicator
from smartfin.measure import Measure
from smartfin.quarter import Quarter
from smartfin.services.ahead import codes_ahead, measures_ahead, quarters_ahead
from smartfin.services.assessment import Assessment, Case
from smartfin.services.budget import (
    LateBudget,
    budget_cell,
    budget_measure,
    budgeted,
    late_budgets,
)
from smartfin.services.country.plan import plan_chart, year_so_far
from smartfin.services.provenance.figure import AGAINST, AHEAD, source_of
from smartfin.services.start import Smartfin
from smartfin.services.variance import variance_cells
from smartfin.services.view import Cell, Section, Table, marked_table, measure_cell, text_cell
from smartfin.wording import Words

_COLUMNS = ("line", "four-quarters-to", "budget", "outlook", "variance", "variance-percent")

Planned = Mapping[str, tuple[Measure, Measure]]
"""By code of indicator: what was voted, and the middle of the outlook."""


def plan_section(
    smartfin: Smartfin, words: Words, case: Case, assessment: Assessment, budget: pd.DataFrame
) -> Section:
    """Whether it goes to plan: the year so far, then what the outlook makes of the rest.

    Nothing of a partner that has left and never had a budget.
    """
    title = words.text("country.section.plan")
    if case.quarter is None or not (case.active or len(budget)):
        return Section("plan", title)
    chart = plan_chart(words, case, budget)
    ahead = {
        quarter: _planned(smartfin, assessment, case, budget, quarter)
        for quarter in quarters_ahead(case)
    }
    table = _table(words, case, ahead)
    none = words.text("plan.none", year=str(case.quarter.year))
    looked_at = {*year_so_far(case.quarter), *(end + -back for end in ahead for back in range(4))}
    late = late_budgets(
        smartfin, case.partner, sorted(looked_at), assessment.moment, assessment.basis
    )
    return Section(
        "plan",
        title,
        sentences=(
            *(() if chart else (none,)),
            *(_late_sentence(words, each) for each in late),
            *_sentences(words, case, ahead),
        ),
        charts=(chart,) if chart else (),
        tables=(table,) if table else (),
    )


def _planned(
    smartfin: Smartfin, assessment: Assessment, case: Case, budget: pd.DataFrame, last: Quarter
) -> Planned:
    """Four quarters to come, as voted and as the middle of the futures has them."""
    settings, currency = case.settings, case.partner.currency
    outlook = measures_ahead(smartfin, assessment, case, last)
    return {
        code: (budget_measure(indicator, budget, last.ordinal, currency), outlook[code])
        for code in codes_ahead(settings.level)
        for indicator in (find_indicator(code, settings.level, settings.deadline),)
    }


def _has_budget(planned: Planned) -> bool:
    return any(voted.value is not None for voted, _ in planned.values())


def _sentences(words: Words, case: Case, ahead: Mapping[Quarter, Planned]) -> Iterator[str]:
    """What budget and outlook say of each result, or that nothing was voted."""
    for quarter, planned in ahead.items():
        voted, outlook = planned[RESULT_OF[case.settings.level]]
        if not _has_budget(planned):
            yield words.text("plan.none-ahead", quarter=quarter)
        elif outlook.reason is not None:
            yield words.text("plan.no-outlook", quarter=quarter, reason=words.reason(outlook))
        elif voted.value is not None and outlook.value is not None:
            yield words.text(
                "plan.ahead",
                quarter=quarter,
                budget=words.measure(voted),
                outlook=words.measure(outlook),
                difference=words.amount(
                    outlook.value - voted.value, case.partner.currency, sign=True
                ),
            )


def _late_sentence(words: Words, late: LateBudget) -> str:
    quarters = words.join([words.quarter(quarter) for quarter in late.quarters])
    return words.plural("plan.late", len(late.quarters), named=quarters, day=late.day)


def _table(words: Words, case: Case, ahead: Mapping[Quarter, Planned]) -> Table | None:
    """Result, volume and coverage, a row for each quarter they end in."""
    shown = {quarter: planned for quarter, planned in ahead.items() if _has_budget(planned)}
    if not shown:
        return None
    table = Table(
        caption=words.text("plan.ahead-caption"),
        columns=tuple(words.text(f"column.{name}") for name in _COLUMNS),
        rows=tuple(
            _row(words, case, code, quarter, planned[code])
            for code in codes_ahead(case.settings.level)
            for quarter, planned in shown.items()
        ),
    )
    return marked_table(words, table, provisional=case.provisional or case.plan_provisional)


def _row(
    words: Words, case: Case, code: str, last: Quarter, planned: tuple[Measure, Measure]
) -> tuple[Cell, ...]:
    voted, outlook = planned
    indicator = find_indicator(code, case.settings.level, case.settings.deadline)
    source, digits = partial(source_of, case.partner.code), indicator.digits
    drawn = f"{AHEAD}{code}:{last}"
    return (
        text_cell(words.text(f"indicator.{code}")),
        text_cell(words.quarter(last)),
        budget_cell(words, voted, digits=digits, source=source(last, budgeted(code))),
        measure_cell(words, outlook, digits=digits, source=source(case.quarter, drawn)),
        *variance_cells(
            words,
            outlook,
            voted,
            indicator.polarity,
            digits=digits,
            source=source(case.quarter, f"{AGAINST}{drawn}"),
        ),
    )
