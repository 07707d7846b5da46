"""The table of the Compare page: newest values in order, beside a year earlier or the budget."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from smartfin.analysis.compare import ranks
from smartfin.analysis.indicators.family import Indicator
from smartfin.measure import Measure, Unit
from smartfin.money import EURO
from smartfin.quarter import Quarter
from smartfin.services.assessment import Assessment, Case
from smartfin.services.budget import budget_cell, budget_measure, budget_table, budgeted
from smartfin.services.country.indicator_rows import change_cell
from smartfin.services.euro import exchange_of, in_euro
from smartfin.services.provenance.figure import AGAINST, CHANGE, source_of
from smartfin.services.start import Smartfin
from smartfin.services.variance import variance_cells
from smartfin.services.view import Cell, Table, marked_cell, measure_cell, text_cell
from smartfin.wording import Words


class Currency(StrEnum):
    """In what money is compared (message ``currency.<code>``)."""

    EUR = "eur"
    EUR_CONSTANT = "eur-constant"
    LOCAL = "local"


class Against(StrEnum):
    """What the newest values are held against (message ``against.<code>``)."""

    YEAR = "year"
    BUDGET = "budget"


_COLUMNS = {
    Against.YEAR: ("year-earlier", "change"),
    Against.BUDGET: ("budget", "variance", "variance-percent"),
}


def compare_table(
    smartfin: Smartfin,
    words: Words,
    assessment: Assessment,
    cases: tuple[Case, ...],
    indicator: Indicator,
    currency: Currency,
    against: Against,
) -> Table:
    """Each country's newest value, what it is held against, and its rank, the best first.

    Only active partners at the reporting quarter are ranked, only in one money, and never
    made-up figures against real ones.
    """
    newest = {case.partner.code: _measure(smartfin, case, indicator, currency) for case in cases}
    places = ranks(
        {
            case.partner.code: newest[case.partner.code].value
            for case in _comparable(assessment, cases, indicator, currency)
        },
        indicator.polarity,
    )
    beside = _beside_year if against is Against.YEAR else partial(_beside_budget, assessment)
    ordered = sorted(cases, key=lambda case: places.get(case.partner.code) or len(cases) + 1)
    columns = ("rank", "country", "quarter", "newest", *_COLUMNS[against])
    return Table(
        caption=words.text("compare.caption", indicator=words.text(f"indicator.{indicator.code}")),
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(
            _row(
                words,
                case,
                indicator,
                places.get(case.partner.code),
                newest[case.partner.code],
                currency,
            )
            + beside(smartfin, words, case, indicator, newest[case.partner.code], currency)
            for case in ordered
        ),
    )


def _comparable(
    assessment: Assessment, cases: tuple[Case, ...], indicator: Indicator, currency: Currency
) -> tuple[Case, ...]:
    """The partners that can be put in an order."""
    if len({unit_in(case, indicator, currency) for case in cases}) > 1:
        return ()
    reported = [case for case in cases if case.active and case.quarter == assessment.reporting]
    real = [case for case in reported if not case.synthetic]
    return tuple(real or reported)


def _row(
    words: Words,
    case: Case,
    indicator: Indicator,
    place: int | None,
    now: Measure,
    currency: Currency,
) -> tuple[Cell, ...]:
    source = source_in(case, indicator, currency, case.quarter)
    return (
        Cell(words.number(place), place, "count"),
        marked_cell(words, words.country(case.partner.code), provisional=case.provisional),
        text_cell(words.quarter(case.quarter) if case.quarter else ""),
        measure_cell(words, now, digits=indicator.digits, source=source),
    )


def _beside_year(
    smartfin: Smartfin,
    words: Words,
    case: Case,
    indicator: Indicator,
    now: Measure,
    currency: Currency,
) -> tuple[Cell, ...]:
    """The value a year earlier and the change since."""
    source = partial(source_in, case, indicator, currency)
    before = _measure(smartfin, case, indicator, currency, quarters_earlier=4)
    earlier = case.quarter + -4 if case.quarter else None
    return (
        measure_cell(words, before, digits=indicator.digits, source=source(earlier)),
        change_cell(words, now, before, indicator, source(case.quarter, CHANGE)),
    )


def _beside_budget(
    assessment: Assessment,
    smartfin: Smartfin,
    words: Words,
    case: Case,
    indicator: Indicator,
    now: Measure,
    currency: Currency,
) -> tuple[Cell, ...]:
    """What was voted for the same quarters and how far the books are from it; or that none was."""
    budget = budget_table(assessment.frame, case.partner.code)
    constant = currency is Currency.EUR_CONSTANT
    exchange = exchange_of(smartfin, case, constant=constant)
    voted = budget_measure(
        indicator,
        budget,
        case.quarter.ordinal if case.quarter else 0,
        case.partner.currency,
        None if currency is Currency.LOCAL else exchange,
    )
    plan = source_in(case, indicator, currency, case.quarter, voted=True)
    against = source_in(case, indicator, currency, case.quarter, AGAINST)
    shown = budget_cell(
        words, voted, digits=indicator.digits, source=plan, waiting=case.plan_provisional
    )
    if not len(budget):
        shown = Cell(words.text("compare.no-budget"), unit=voted.unit)
    variances = variance_cells(
        words, now, voted, indicator.polarity, digits=indicator.digits, source=against
    )
    return (shown, *variances)


def unit_in(case: Case, indicator: Indicator, currency: Currency) -> str:
    """Unit of an indicator of a partner in the money chosen."""
    if indicator.unit is not Unit.CURRENCY:
        return indicator.unit
    return case.partner.currency if currency is Currency.LOCAL else EURO


def source_in(
    case: Case,
    indicator: Indicator,
    currency: Currency,
    quarter: Quarter | None,
    kind: str = "",
    *,
    voted: bool = False,
) -> str:
    """Where a number comes from; what is no foreign money is the same in any."""
    money = indicator.unit is Unit.CURRENCY and case.partner.currency != EURO
    shown = currency if money else Currency.LOCAL
    code = budgeted(indicator.code) if voted else indicator.code
    return source_of(case.partner.code, quarter, f"{kind}{code}", shown.value)


def _measure(
    smartfin: Smartfin,
    case: Case,
    indicator: Indicator,
    currency: Currency,
    quarters_earlier: int = 0,
) -> Measure:
    """The indicator at a country's newest quarter, or some quarters before, in the money chosen."""
    if currency is Currency.LOCAL:
        return case.measure(indicator.code, quarters_earlier)
    constant = currency is Currency.EUR_CONSTANT
    return in_euro(smartfin, case, indicator.code, quarters_earlier, constant=constant)
