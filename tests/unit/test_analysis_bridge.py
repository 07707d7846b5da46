"""The bridge between two windows of four quarters: exact, and the same backwards."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from smartfin.analysis.bridge import PARTS, TERMS, Bridge, PartCode, bridge
from smartfin.analysis.indicators.family import RESULT_OF, find_indicator, indicator_measure
from smartfin.analysis.partition import CLASSES
from smartfin.settings import Level
from tests.unit.analysis_builders import BALANCED, steady, table_of

ITEMS = sorted(
    {code for level in CLASSES.values() for code in (*level.income, *level.costs)}
    | {"invoiced_volume"}
)
cents = arrays(np.int64, (8, len(ITEMS)), elements=st.integers(0, 10**9), fill=st.just(0))
tables = cents.map(lambda amounts: pd.DataFrame(amounts / 100, columns=ITEMS))
every_level = pytest.mark.parametrize("level", Level)


def two_years(
    before: Mapping[str, float], after: Mapping[str, float], level: Level = Level.OSS
) -> Bridge:
    """The bridge from four quarters like ``before`` to four like ``after``."""
    table = table_of(*[before] * 4, *[after] * 4)
    built = bridge(table, int(table.index[3]), int(table.index[7]), level)
    assert built is not None
    return built


def nonzero(built: Bridge) -> dict[PartCode, float]:
    return {part.code: part.amount for part in built.parts if abs(part.amount) > 1e-6}


@every_level
@given(table=tables, second=st.integers(4, 7))
@settings(max_examples=40, deadline=None)
def test_the_parts_add_up_to_the_whole_difference(
    level: Level, table: pd.DataFrame, second: int
) -> None:
    built = bridge(table, int(table.index[3]), int(table.index[second]), level)

    assert built is not None
    largest = max(1.0, float(table.to_numpy().max()))
    explained = sum(part.amount for part in built.parts)
    assert explained == pytest.approx(built.change, abs=1e-9 * largest * len(ITEMS))


@every_level
@given(table=tables)
@settings(max_examples=40, deadline=None)
def test_backwards_every_part_has_the_opposite_sign(level: Level, table: pd.DataFrame) -> None:
    first, second = int(table.index[3]), int(table.index[7])
    forth, back = bridge(table, first, second, level), bridge(table, second, first, level)

    assert forth is not None
    assert back is not None
    assert (back.start, back.end) == (forth.end, forth.start)
    assert [part.amount for part in back.parts] == [-part.amount for part in forth.parts]


@every_level
@given(table=tables)
@settings(max_examples=20, deadline=None)
def test_it_leads_from_result_to_result_of_the_level(level: Level, table: pd.DataFrame) -> None:
    ends = int(table.index[3]), int(table.index[7])
    built = bridge(table, *ends, level)
    result = find_indicator(RESULT_OF[level], level)

    assert built is not None
    said = [indicator_measure(result, table, end, "EUR").value for end in ends]
    assert [built.start, built.end] == said


@every_level
def test_every_line_of_a_level_is_in_exactly_one_part(level: Level) -> None:
    classes = CLASSES[level]
    signs = dict.fromkeys(classes.other_income, +1) | dict.fromkeys(classes.fixed, -1)
    terms = [term for part in PARTS[level] for term in TERMS.get(part, ())]

    assert sorted(terms) == sorted((sign, code) for code, sign in signs.items())
    assert set(PARTS[level]) - set(TERMS) == {PartCode.VOLUME, PartCode.FEE, PartCode.RISK}


def test_each_cause_by_hand() -> None:
    # A year: V 400,000 -> 480,000; f 9 % -> 10 %; v 1 % -> 1.5 %; team 32,000 -> 38,000.
    after = {
        "invoiced_volume": 120_000,
        "fee_revenue": 12_000,
        "bad_debt_expense": 1_800,
        "staff_costs": 9_500,
    }
    built = two_years(BALANCED, after)

    assert (built.start, built.end) == (0, 2_800)
    assert nonzero(built) == pytest.approx(
        {
            PartCode.VOLUME: 80_000 * (0.08 + 0.085) / 2,
            PartCode.FEE: 440_000 * 0.01,
            PartCode.RISK: -440_000 * 0.005,
            PartCode.TEAM: -6_000,
        }
    )


@pytest.mark.parametrize(
    ("item", "part", "effect"),
    [
        ("member_services_costs", PartCode.MEMBER_SERVICES, -1),
        ("staff_costs", PartCode.TEAM, -1),
        ("rent_costs", PartCode.OTHER, -1),
        ("depreciation", PartCode.OTHER, -1),
        ("membership_fees", PartCode.OWN_INCOME, +1),
        ("financial_income", PartCode.FINANCIAL, +1),
        ("financial_expense", PartCode.FINANCIAL, -1),
        ("operating_grants", PartCode.GRANTS, +1),
        ("group_contribution_received", PartCode.GROUP, +1),
    ],
)
def test_a_line_moves_its_own_part_only(item: str, part: PartCode, effect: int) -> None:
    after = {**BALANCED, item: BALANCED.get(item, 0) + 250}

    assert nonzero(
        two_years({**BALANCED, item: BALANCED.get(item, 0)}, after, Level.SUPPORTED)
    ) == {part: pytest.approx(1_000 * effect)}


def test_imputed_support_has_a_part_at_the_financial_level_only() -> None:
    after = {**BALANCED, "imputed_group_services": 700}
    before = {**BALANCED, "imputed_group_services": 500}

    assert nonzero(two_years(before, after, Level.FSS)) == {PartCode.IMPUTED: pytest.approx(-800)}
    assert nonzero(two_years(before, after, Level.OSS)) == {}


def test_from_a_year_without_volume_all_of_it_is_volume() -> None:
    before = {"invoiced_volume": 0, "fee_revenue": 0, "staff_costs": 8_000}

    assert nonzero(two_years(before, BALANCED)) == {PartCode.VOLUME: pytest.approx(32_000)}


def test_fee_income_of_a_year_without_volume_is_still_accounted_for() -> None:
    before = {"invoiced_volume": 0, "fee_revenue": 100, "staff_costs": 8_000}

    assert nonzero(two_years(before, BALANCED)) == pytest.approx(
        {PartCode.VOLUME: 32_000, PartCode.FEE: -400}
    )


def test_two_years_without_volume_differ_by_fee_and_risk_alone() -> None:
    before = {"invoiced_volume": 0, "fee_revenue": 100, "staff_costs": 8_000}
    after = {**before, "fee_revenue": 150}

    assert nonzero(two_years(before, after)) == {PartCode.FEE: pytest.approx(200)}


@pytest.mark.parametrize("item", ["invoiced_volume", "staff_costs", "fee_revenue"])
def test_there_is_no_bridge_where_a_line_is_missing(item: str) -> None:
    table = steady(8)
    table.loc[table.index[1], item] = float("nan")

    assert bridge(table, int(table.index[3]), int(table.index[7])) is None
    assert bridge(table, int(table.index[5]), int(table.index[7])) is not None


def test_there_is_no_bridge_beyond_what_is_known() -> None:
    table = steady(6)

    assert bridge(table, int(table.index[1]), int(table.index[5])) is None
    assert bridge(table, int(table.index[0]) - 1, int(table.index[5])) is None
    assert bridge(table, int(table.index[3]), int(table.index[5]) + 1) is None


def test_the_financial_level_has_no_bridge_until_imputed_support_is_stated() -> None:
    table = steady(8)

    assert bridge(table, int(table.index[3]), int(table.index[7]), Level.FSS) is None
