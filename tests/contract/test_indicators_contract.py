"""What every indicator keeps to, whatever it computes."""

from __future__ import annotations

from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartfin.analysis.indicators.family import (
    Indicator,
    Window,
    indicator_measure,
    indicator_series,
    indicators_at,
)
from smartfin.analysis.partition import IMPUTED_SUPPORT
from smartfin.analysis.table import OPTIONAL, STAND_INS, TOTALS
from smartfin.items import read_items
from smartfin.measure import Reason, Unit
from smartfin.quarter import Quarter
from smartfin.settings import Level
from smartfin.support import CONTRIBUTIONS, Kind

DEADLINE = Quarter(2023, 4)
ITEMS = read_items(Path(__file__).resolve().parents[2] / "data" / "items.yaml")


def each_once() -> list[tuple[Level, Indicator]]:
    """Every indicator, with the first level it stands at: most are one and the same at each."""
    first: dict[Indicator, Level] = {}
    for level in Level:
        for indicator in indicators_at(level, DEADLINE):
            first.setdefault(indicator, level)
    return [(level, indicator) for indicator, level in first.items()]


ALL = each_once()
NEEDED = sorted(set(chain.from_iterable(indicator.needs for _, indicator in ALL)))
PARTS = {code for terms in TOTALS.values() for _, code in terms}
FIRST = 8080  # 2020-Q1; any ordinal does


def lines_of(item: str) -> set[str]:
    """A line, and what it would be added up from where it is a total that is not printed."""
    return {item}.union(*(lines_of(part) for _, part in TOTALS.get(item, ())))


every_indicator = pytest.mark.parametrize(
    "indicator",
    [indicator for _, indicator in ALL],
    ids=[f"{level.value}-{indicator.code}" for level, indicator in ALL],
)


def full_table(quarters: int = 9) -> pd.DataFrame:
    """A table in which every item any indicator needs is known and positive; to be changed."""
    return _full_table(quarters).copy()


@cache
def _full_table(quarters: int) -> pd.DataFrame:
    random = np.random.default_rng(7)
    index = pd.RangeIndex(FIRST, FIRST + quarters, name="quarter")
    amounts = random.uniform(1, 100, (quarters, len(NEEDED)))
    table = pd.DataFrame(amounts, index=index, columns=NEEDED)
    table["invoiced_volume"] *= 50
    table["fee_revenue"] += 300  # each sale earns something
    table["total_assets"] += 500  # more than members' balances
    table["cash"] += 500
    return table


amounts = st.one_of(
    st.none(), st.just(0.0), st.floats(-1e6, 1e6).map(lambda amount: round(amount, 2))
)
tables = st.lists(
    st.fixed_dictionaries({}, optional=dict.fromkeys(NEEDED, amounts)), min_size=1, max_size=9
).map(
    lambda rows: pd.DataFrame(
        rows, index=pd.RangeIndex(FIRST, FIRST + len(rows), name="quarter"), dtype="float64"
    )
)


@given(table=tables, earlier=st.integers(0, 8))
@settings(max_examples=30, deadline=None)  # each looks at every indicator, at two quarters
def test_each_quarter_has_a_finite_value_or_a_reason(table: pd.DataFrame, earlier: int) -> None:
    looked_at = {len(table) - 1, earlier % len(table)}
    for _, indicator in ALL:
        series = indicator_series(indicator, table)
        for ordinal in table.index[sorted(looked_at)]:
            measure = indicator_measure(indicator, table, ordinal, "EUR")
            if measure.value is None:
                assert np.isnan(series.loc[ordinal])
            else:
                assert np.isfinite(measure.value)
                assert measure.value == series.loc[ordinal]


def test_codes_are_unique_within_a_level() -> None:
    for level in Level:
        codes = [indicator.code for indicator in indicators_at(level, DEADLINE)]
        assert len(codes) == len(set(codes))


def test_every_item_needed_is_in_the_chart_of_items() -> None:
    assert set(NEEDED) | OPTIONAL | PARTS <= {*ITEMS, IMPUTED_SUPPORT}


def test_no_item_a_workbook_must_have_is_optional() -> None:
    assert not {code for code, item in ITEMS.items() if item.required} & OPTIONAL


@every_indicator
def test_it_has_a_value_when_everything_is_known(indicator: Indicator) -> None:
    allowed = {reason for reason, _ in indicator.unless}

    measure = indicator_measure(indicator, full_table(), FIRST + 8, "EUR")

    assert measure.value is not None or measure.reason in allowed


@every_indicator
def test_later_quarters_do_not_change_earlier_values(indicator: Indicator) -> None:
    table = full_table()

    early = indicator_series(indicator, table.iloc[:6])

    pd.testing.assert_series_equal(indicator_series(indicator, table).iloc[:6], early)


@every_indicator
def test_it_leaves_its_table_alone(indicator: Indicator) -> None:
    table = full_table()

    indicator_series(indicator, table)

    pd.testing.assert_frame_equal(table, full_table())


@every_indicator
def test_only_amounts_of_money_grow_with_the_currency(indicator: Indicator) -> None:
    money = [code for code in NEEDED if code == IMPUTED_SUPPORT or ITEMS[code].unit == "currency"]
    table = full_table()
    tenfold = table.copy()
    tenfold[money] *= 10
    factor = 10 if indicator.unit is Unit.CURRENCY else 1

    pd.testing.assert_series_equal(
        indicator_series(indicator, tenfold), indicator_series(indicator, table) * factor
    )


@every_indicator
def test_a_quarter_that_reports_nothing_leaves_its_window_undefined(indicator: Indicator) -> None:
    table = full_table(16)
    table.loc[FIRST + 9] = np.nan
    after = {
        Window.TTM: range(4),
        Window.YEAR_BEFORE: range(4, 6),  # to the end of the table
        Window.TWO_YEARS: range(6),
        Window.QUARTER_BEFORE: range(1, 2),
        Window.TWO_QUARTERS: range(2),
        Window.YEAR_EARLIER: range(4, 5),
        Window.YEAR_APART: range(0, 5, 4),
        Window.SINCE_START: range(6),
    }.get(indicator.window, range(1))

    for quarters in range(6):
        measure = indicator_measure(indicator, table, FIRST + 9 + quarters, "EUR")

        assert (measure.reason is Reason.QUARTERS_MISSING) == (quarters in after)


@every_indicator
def test_a_needed_item_that_is_not_reported_leaves_it_undefined(indicator: Indicator) -> None:
    for item in sorted(set(indicator.needs) - OPTIONAL - set(STAND_INS)):
        table = full_table()
        table = table.drop(columns=lines_of(item) & set(table.columns))

        measure = indicator_measure(indicator, table, FIRST + 8, "EUR")

        wanted = Reason.IMPUTED_SUPPORT_UNKNOWN if item == IMPUTED_SUPPORT else Reason.ITEM_MISSING
        assert measure.reason is wanted
        assert measure.facts["item"] == item


@every_indicator
def test_a_line_that_nobody_set_is_read_from_the_one_that_stands_in(indicator: Indicator) -> None:
    for item, other in STAND_INS.items():
        if item not in indicator.needs:
            continue
        assert other in indicator.needs
        without = full_table().drop(columns=item)
        same = full_table().assign(**{item: full_table()[other]})

        pd.testing.assert_series_equal(
            indicator_series(indicator, without), indicator_series(indicator, same)
        )


@every_indicator
def test_an_optional_item_never_reported_counts_as_nothing(indicator: Indicator) -> None:
    still = full_table().assign(**{CONTRIBUTIONS: 0.0})  # nothing shows that capital came in
    for item in sorted(set(indicator.needs) & OPTIONAL):
        whole = still if item == Kind.CAPITAL.item else full_table()
        without = whole.drop(columns=item)
        nothing = whole.assign(**{item: 0.0})

        pd.testing.assert_series_equal(
            indicator_series(indicator, without), indicator_series(indicator, nothing)
        )


@every_indicator
def test_capital_never_stated_is_unknown_where_contributions_rose(indicator: Indicator) -> None:
    if Kind.CAPITAL.item not in indicator.needs:
        return
    risen = full_table().drop(columns=Kind.CAPITAL.item).assign(**{CONTRIBUTIONS: 0.0})
    risen.loc[risen.index >= FIRST + 8, CONTRIBUTIONS] = 10_000.0

    measure = indicator_measure(indicator, risen, FIRST + 8, "EUR")

    assert measure.reason is Reason.ITEM_MISSING
    assert measure.facts["item"] == Kind.CAPITAL.item
    assert indicator_measure(indicator, risen, FIRST + 7, "EUR").value is not None


@every_indicator
def test_a_gap_in_an_item_once_reported_is_undefined_not_nothing(indicator: Indicator) -> None:
    for item in sorted(set(indicator.needs) & OPTIONAL):
        table = full_table()
        table.loc[FIRST + 8, item] = np.nan

        measure = indicator_measure(indicator, table, FIRST + 8, "EUR")

        assert measure.reason is Reason.ITEM_MISSING
        assert measure.facts["item"] == item


@every_indicator
def test_its_window_must_be_full_and_the_lack_is_counted(indicator: Indicator) -> None:
    measure = indicator_measure(indicator, full_table(3), FIRST + 2, "EUR")
    needed = {
        Window.TTM: 4,
        Window.YEAR_BEFORE: 8,
        Window.TWO_YEARS: 8,
        Window.YEAR_EARLIER: 5,
        Window.YEAR_APART: 5,
    }.get(indicator.window)

    if needed:
        assert measure.reason is Reason.HISTORY_TOO_SHORT
        assert measure.facts == {"quarters": 3, "needed": needed}
    else:
        assert measure.reason is not Reason.HISTORY_TOO_SHORT
