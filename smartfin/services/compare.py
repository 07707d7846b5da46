"""The Compare page: any countries side by side on one scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from smartfin.analysis.compare import aligned
from smartfin.analysis.indicators.family import INDICATORS, Indicator, find_indicator
from smartfin.charts import LOCAL, Compared, compare_figure, compare_sentence
from smartfin.measure import Unit
from smartfin.partner import find_partner
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case, assess
from smartfin.services.compare_table import (
    Against,
    Currency,
    compare_table,
    source_in,
    unit_in,
)
from smartfin.services.euro import series_in_euro
from smartfin.services.record.delivered import delivered_quarter, delivery_sentence
from smartfin.services.start import Smartfin
from smartfin.services.view import (
    Cell,
    Chart,
    Table,
    marked_chart,
    text_cell,
    value_cell,
)
from smartfin.store import Basis
from smartfin.wording import Words

__all__ = ["Against", "Axis", "CompareView", "Currency", "compare_view"]

_FIRST_SHOWN = "coverage"


class Axis(StrEnum):
    """What the horizontal axis counts (message ``axis.<code>``)."""

    CALENDAR = "calendar"
    LAUNCH = "launch"


@dataclass(frozen=True, slots=True)
class CompareView:
    """Everything the Compare page shows.

    Args:
        countries: Codes and names that can be compared.
        indicators: Codes and names of the indicators.
        indicator: Code of the one shown.
        quarters: Quarters that can be chosen, newest first.
        what: What it means, in one sentence.
        currency_matters: Whether the indicator is an amount of money.
        chart: The countries on one scale; None when nothing is known.
        table: Newest value and rank, with the year before or the budget it is held against.
        synthetic: Whether any figure rests on made-up sample data.
        delivered: Which of the active countries have delivered the quarter, in words.
    """

    countries: tuple[tuple[str, str], ...]
    indicators: tuple[tuple[str, str], ...]
    indicator: str
    quarters: tuple[Quarter, ...]
    what: str
    currency_matters: bool
    chart: Chart | None
    table: Table | None
    synthetic: bool
    delivered: str


def compare_view(  # noqa: PLR0913 - each is a choice of the reader
    smartfin: Smartfin,
    words: Words,
    countries: tuple[str, ...],
    indicator: str | None = None,
    *,
    axis: Axis = Axis.CALENDAR,
    currency: Currency = Currency.EUR,
    against: Against = Against.YEAR,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> CompareView:
    """Countries side by side up to a quarter, on what was known on a day.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        countries: Codes of the partners.
        indicator: Code; None for coverage.
        axis: Calendar time, or quarters since each one's launch.
        currency: Money to compare amounts in.
        against: What the newest values are held against.
        quarter: Newest quarter looked at; None for the newest there is.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.

    Raises:
        InputError: ``partner-unknown``, ``indicator-unknown`` or ``quarter-not-known``.
    """
    chosen = {find_partner(smartfin.partners, code).code for code in countries}
    judged = smartfin.settings
    compared = find_indicator(indicator or _FIRST_SHOWN, judged.level, judged.deadline)
    assessment = assess(smartfin, quarter, as_of, basis)
    asked_for = [case for case in assessment.cases if case.partner.code in chosen]
    state = delivered_quarter(smartfin, assessment, asked_for, as_of)
    cases = tuple(case for case in assessment.cases if case.partner.code in chosen and case.quarter)
    series = {case.partner.code: _series(smartfin, case, compared, currency) for case in cases}
    return CompareView(
        countries=tuple((each.code, words.country(each.code)) for each in smartfin.partners),
        indicators=tuple((each.code, words.text(f"indicator.{each.code}")) for each in INDICATORS),
        indicator=compared.code,
        quarters=assessment.choices,
        what=words.text(f"indicator.{compared.code}.what"),
        currency_matters=compared.unit is Unit.CURRENCY,
        chart=_chart(words, cases, compared, series, axis, currency) if cases else None,
        table=compare_table(smartfin, words, assessment, cases, compared, currency, against)
        if cases
        else None,
        synthetic=any(case.synthetic for case in cases),
        delivered=delivery_sentence(words, state),
    )


def _series(
    smartfin: Smartfin, case: Case, indicator: Indicator, currency: Currency
) -> pd.Series[float]:
    """The indicator over all quarters in the money chosen."""
    if currency is Currency.LOCAL:
        return case.series(indicator.code)
    constant = currency is Currency.EUR_CONSTANT
    return series_in_euro(smartfin, case, indicator.code, constant=constant)


def _chart(
    words: Words,
    cases: tuple[Case, ...],
    indicator: Indicator,
    series: Mapping[str, pd.Series[float]],
    axis: Axis,
    currency: Currency,
) -> Chart:
    launches = {case.partner.code: case.partner.launch for case in cases}
    frame = aligned(series, launches if axis is Axis.LAUNCH else None)
    units = {unit_in(case, indicator, currency) for case in cases}
    compared = Compared(
        title=words.text(f"indicator.{indicator.code}"),
        unit=units.pop() if len(units) == 1 else LOCAL,
        axis=axis.value,
        precedents=frozenset(case.partner.code for case in cases if not case.active),
        synthetic=any(case.synthetic for case in cases),
        provisional=any(case.provisional for case in cases),
        currencies={case.partner.code: case.partner.currency for case in cases},
    )
    chart = Chart(
        figure=compare_figure(frame, compared, words),
        narrow=compare_figure(frame, compared, words, columns=1),
        alt=compare_sentence(frame, compared, words),
        table=_numbers(words, cases, indicator, frame, axis, currency),
    )
    return marked_chart(words, chart, provisional=compared.provisional)


def _numbers(
    words: Words,
    cases: tuple[Case, ...],
    indicator: Indicator,
    frame: pd.DataFrame,
    axis: Axis,
    currency: Currency,
) -> Table:
    """What the chart shows, a row a quarter, newest first."""
    known = frame.dropna(how="all").sort_index(ascending=False)
    by_code = {case.partner.code: case for case in cases}
    return Table(
        caption=words.text(f"indicator.{indicator.code}"),
        columns=(
            words.text("column.quarter" if axis is Axis.CALENDAR else "axis.launch"),
            *(words.country(str(code)) for code in known.columns),
        ),
        rows=tuple(
            (
                text_cell(_position(words, int(position), axis)),
                *(
                    _number(words, by_code[code], indicator, currency, value, int(position), axis)
                    for code, value in zip(known.columns, row, strict=True)
                ),
            )
            for position, row in zip(known.index, known.to_numpy(), strict=True)
        ),
    )


def _number(
    words: Words,
    case: Case,
    indicator: Indicator,
    currency: Currency,
    value: float,
    position: int,
    axis: Axis,
) -> Cell:
    """A number of the chart, with its source."""
    launched = case.partner.launch.ordinal if axis is Axis.LAUNCH else 0
    quarter = Quarter.from_ordinal(launched + position)
    source = source_in(case, indicator, currency, quarter)
    return value_cell(words, value, unit_in(case, indicator, currency), source)


def _position(words: Words, position: int, axis: Axis) -> str:
    """A quarter, or a number of quarters since launch."""
    if axis is Axis.LAUNCH:
        return words.number(position)
    return words.quarter(Quarter.from_ordinal(position))
