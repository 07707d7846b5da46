"""What sisters once achieved, as marks on levers."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from smartfin.analysis.forecast.drift import COVID
from smartfin.analysis.scenario.marks import LeverMarks, marks_of
from smartfin.quarter import Quarter
from smartfin.scenario import LeverCode
from tests.unit.analysis_builders import table_of
from tests.unit.scenario_builders import WHOLE

LAST = Quarter(2019, 4)


def partner(
    item: str, *figures: float, before: int = 12, last: Quarter = LAST, **also: float
) -> pd.DataFrame:
    """A line that stands still for the launch, then takes these quarterly figures."""
    rows = [{**WHOLE, **also, item: figure} for figure in [figures[0]] * before + [*figures]]
    return table_of(*rows, last=str(last))


def marks(code: LeverCode, tables: Mapping[str, pd.DataFrame]) -> LeverMarks:
    return marks_of(tables, "ES").of(code)


STILL = partner("rent_costs", 1_600, 1_600)


def test_the_fastest_sister_and_nobody() -> None:
    # The fee of the four quarters rises by a quarter of a point each quarter, or half a one.
    slow = partner("fee_revenue", 8_000, 9_000, 9_000, 9_000, 9_000, 9_000)
    fast = partner("fee_revenue", 8_000, 8_000, 8_000, 8_000, 10_000, 10_000)
    found = marks(LeverCode.FEE, {"ES": STILL, "AT": slow, "DE": fast})

    half = found.fastest(0.01)
    assert half is not None
    assert (half.partner, half.quarters, half.until) == ("DE", 2, LAST.ordinal)
    assert found.fastest(0.02) is None
    assert [each.partner for each in found.best_years] == ["AT", "DE"]
    assert [each.amount for each in found.best_years] == pytest.approx([0.01, 0.01])
    assert found.own_best_year is None


def test_a_cost_lever_moves_down_and_in_shares_of_itself() -> None:
    cut = partner("member_services_costs", 1_000, 1_000, 1_000, 600, 600)
    found = marks(LeverCode.MEMBER_SERVICES, {"ES": cut, "AT": STILL})

    assert found.fastest(-0.1) is None
    assert found.own_best_year is not None
    assert found.own_best_year.amount == pytest.approx(-0.2)


def test_the_partner_itself_is_no_sister() -> None:
    own = partner("membership_fees", 1_000, 2_000, 2_000, 2_000, 2_000)
    found = marks(LeverCode.OTHER_INCOME, {"ES": own, "AT": STILL})

    assert {each.partner for each in found.sisters} == {"AT"}
    assert found.own_best_year is not None
    assert found.own_best_year.amount == 4_000 / 40_000  # of a year's own costs


def test_the_launch_is_no_mark() -> None:
    young = partner("invoiced_volume", 50_000, 100_000, 100_000, 100_000, 100_000, before=6)
    grown = partner("invoiced_volume", 50_000, 100_000, 100_000, 100_000, 100_000)

    assert marks(LeverCode.VOLUME_GROWTH, {"ES": STILL, "AT": young}).fastest(0.01) is None
    doubled = marks(LeverCode.VOLUME_GROWTH, {"ES": STILL, "AT": grown}).fastest(1.0)
    assert doubled is not None
    assert doubled.quarters == 4


def test_growth_out_of_covid_is_no_mark() -> None:
    end = Quarter.from_ordinal(COVID[-1])
    rows = [100_000] * 4 + [50_000] * 5 + [100_000] * 6
    back = partner("invoiced_volume", *rows, last=end + 6)

    assert marks(LeverCode.VOLUME_GROWTH, {"ES": STILL, "AT": back}).fastest(0.01) is None


def test_what_nobody_reports_has_no_mark() -> None:
    table = STILL.drop(columns=["adviser_fte"])
    found = marks(LeverCode.ADVISERS_PER_MEMBER, {"ES": STILL, "AT": table})

    assert found.sisters == ()
    assert marks_of({"AT": table}, "ES").of(LeverCode.FEE).own == ()


def test_every_lever_has_its_marks_in_order() -> None:
    found = marks_of({"ES": STILL, "AT": STILL}, "ES")

    assert [each.lever for each in found.levers] == list(LeverCode)
    assert all(each.fastest(0.0) is None for each in found.levers)
