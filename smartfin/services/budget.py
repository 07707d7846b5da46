"""What was voted, held beside what happened: a figure of a budget, or that there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import pandas as pd

from smartfin.analysis.compare import Exchange, euro_measure
from smartfin.analysis.indicators.family import Indicator, Window, indicator_measure
from smartfin.analysis.table import OPTIONAL, Figures, partner_table
from smartfin.facts import Scenario
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.money import EURO
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, approval_mark, measure_cell
from smartfin.store import Basis
from smartfin.wording import Words

# A budget says nothing of the years before it, so nothing that looks back at them.
_COMPARABLE = {Window.QUARTER, Window.TTM, Window.STOCK}
_ABSENT = {
    Reason.NOTHING_KNOWN,
    Reason.ITEM_MISSING,
    Reason.QUARTERS_MISSING,
    Reason.HISTORY_TOO_SHORT,
    Reason.IMPUTED_SUPPORT_UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class LateBudget:
    """Quarters whose budget was not there yet when they began.

    Args:
        day: When it was handed in, or last changed.
        quarters: Which, oldest first.
    """

    day: date
    quarters: tuple[Quarter, ...]


def budget_table(frame: pd.DataFrame, partner: str) -> pd.DataFrame:
    """What was voted for a partner, as ``partner_table``; empty where nothing was handed in."""
    return partner_table(frame, partner, Scenario.BUDGET)


def budgeted(code: str) -> str:
    """The code of a figure as it was voted, in addresses."""
    return f"{code}@{Scenario.BUDGET.value}"


def budget_measure(
    indicator: Indicator,
    budget: pd.DataFrame,
    ordinal: int,
    currency: str,
    exchange: Exchange | None = None,
) -> Measure:
    """An indicator as it was voted.

    Args:
        indicator: Member of ``INDICATORS``.
        budget: As made by ``budget_table``.
        ordinal: The quarter.
        currency: ISO code of the budget's amounts.
        exchange: How they become euro; None to leave them.

    Returns:
        ``not-budgeted`` where the budget does not have all it takes, and where none of it is
        stated: a line that counts as nothing because nobody wrote it is no budget of nothing.
    """
    unit = currency if indicator.unit is Unit.CURRENCY else str(indicator.unit)
    nothing = undefined(EURO if exchange and unit == currency else unit, Reason.NOT_BUDGETED)
    if indicator.window not in _COMPARABLE or not _any_stated(budget, ordinal, indicator):
        return nothing
    if exchange is not None:
        found = euro_measure(indicator, budget, ordinal, exchange)
    else:
        found = indicator_measure(indicator, budget, ordinal, currency)
    return nothing if found.reason in _ABSENT else found


def unbudgeted_lines(
    actual: pd.DataFrame, budget: pd.DataFrame, quarters: range, codes: Iterable[str]
) -> tuple[str, ...]:
    """Lines with an amount in some quarters of which the budget says nothing: it has them as 0."""
    return tuple(
        code
        for code in codes
        if code in OPTIONAL
        and np.nan_to_num(_written(actual, code, quarters)).any()
        and not is_stated(budget, code, quarters)
    )


def is_stated(table: pd.DataFrame, code: str, quarters: range) -> bool:
    """Whether a line is written in any of some quarters."""
    return not np.isnan(_written(table, code, quarters)).all()


def _written(table: pd.DataFrame, code: str, quarters: range) -> Figures:
    """The amounts as they were written, of those quarters that the table has."""
    if code not in table.columns or not quarters:
        return np.empty(0)
    first = int(table.index[0])
    places = slice(max(quarters[0] - first, 0), max(quarters[-1] - first + 1, 0))
    amounts: Figures = table[code].to_numpy(dtype=np.float64)[places]
    return amounts


def budget_cell(
    words: Words,
    measure: Measure,
    missing: tuple[str, ...] = (),
    *,
    digits: int | None = None,
    source: str = "",
    waiting: bool = False,
) -> Cell:
    """A figure of a budget; with a note where it must be read with care.

    Args:
        words: Of the reader's language.
        measure: The figure.
        missing: Lines it leaves out (``unbudgeted_lines``).
        digits: Decimals; None for those usual for the unit.
        source: Where it comes from, as ``Cell.source``.
        waiting: Whether what was voted is not approved yet, and nothing else says so.
    """
    if measure.value is None:
        return measure_cell(words, measure)
    cell = measure_cell(words, measure, digits=digits, source=source)
    note = approval_mark(words, provisional=waiting)
    if missing and not waiting:
        items = [words.item(code) for code in missing]
        note = words.text("plan.counts-as-nothing", items=items)
    return replace(cell, note=note)


def late_budgets(
    smartfin: Smartfin,
    partner: Partner,
    quarters: Iterable[Quarter],
    moment: datetime | None,
    basis: Basis,
) -> tuple[LateBudget, ...]:
    """Budgets that became known, or were last changed, after their quarter had begun.

    Args:
        smartfin: Opened.
        partner: Whose.
        quarters: Which are looked at.
        moment: Whose knowledge counts; None for all that is known.
        basis: Which figures count.
    """
    found: dict[date, list[Quarter]] = {}
    for quarter in quarters:
        days = [
            known.known_from.date()
            for unit in partner.units
            for known in smartfin.ledger.facts(unit.code, moment, quarter, basis)
            if known.fact.scenario is Scenario.BUDGET
        ]
        if days and max(days) > quarter.start:
            found.setdefault(max(days), []).append(quarter)
    return tuple(LateBudget(day, tuple(found[day])) for day in sorted(found))


def _any_stated(budget: pd.DataFrame, ordinal: int, indicator: Indicator) -> bool:
    """Whether the budget states any of the lines an indicator reads, in its quarters."""
    if ordinal not in budget.index:
        return False
    read = quarters_of(indicator, budget, ordinal)
    return any(is_stated(budget, code, read) for code in indicator.needs)


def quarters_of(indicator: Indicator, table: pd.DataFrame, ordinal: int) -> range:
    """The quarters of a table an indicator reads, from the first to the last."""
    read = [each.ordinal for each in indicator.quarters_read(table, ordinal)]
    return range(min(read), max(read) + 1) if read else range(0)
