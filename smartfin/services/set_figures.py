"""Figures that no workbook states and group.toml does: of a partner, and of its country.

The partner's own books always win: from the first quarter in which they state a line, it is
theirs alone (docs/metrics.md#set-figures).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from smartfin.analysis.indicators.social import NATIONAL_PAY, PRICES
from smartfin.facts import Scenario
from smartfin.measure import Unit
from smartfin.national import National
from smartfin.partner import Partner
from smartfin.quarter import Quarter

REGISTERED, PAID_UP = "registered_share_capital", "member_share_capital"
CARRIED, POSTS = "volume_advisers_can_carry", "adviser_fte"
OF_COUNTRY = (NATIONAL_PAY, PRICES)
SET_ITEMS = (REGISTERED, PAID_UP, CARRIED, *OF_COUNTRY)
"""Items that may be as set in group.toml."""

_QUARTERS = 4  # of a year, over which what one adviser can carry is spread evenly


def with_set_figures(frame: pd.DataFrame, units: Iterable[Partner]) -> pd.DataFrame:
    """The tidy frame with what group.toml states of those that hand in.

    A setting bears no date: it counts in every quarter that has actual figures, up to the first
    in which the books state the line; what is stated by year counts in the quarters of that
    year. Both are made up exactly where these figures are.

    Args:
        frame: Tidy frame, entities under their unit codes.
        units: Everybody who may hand in, as set.
    """
    actual = frame[frame["scenario"] == Scenario.ACTUAL]
    added = [rows for unit in units if _sets(unit) for rows in _set_rows(actual, unit) if len(rows)]
    if not added:
        return frame
    kinds = {str(name): frame[name].dtype for name in frame.columns}
    return pd.concat([frame, *(rows.astype(kinds) for rows in added)], ignore_index=True)


def _sets(unit: Partner) -> bool:
    stated = (unit.registered_capital, unit.adviser_capacity, unit.national)
    return any(each is not None for each in stated)


def _set_rows(actual: pd.DataFrame, unit: Partner) -> Iterator[pd.DataFrame]:
    """The rows that a partner's settings add, an item at a time."""
    own = actual[actual["partner"] == unit.code]
    if unit.registered_capital is not None:
        # As long as the books do not say what was paid up either, what is registered counts.
        for item, stated in ((PAID_UP, (PAID_UP, REGISTERED)), (REGISTERED, (REGISTERED,))):
            yield _rows(_before(own, stated), unit, item, unit.registered_capital)
    posts = own[own["item"] == POSTS]
    if unit.adviser_capacity is not None:
        yield _rows(posts, unit, CARRIED, posts["amount"] * unit.adviser_capacity / _QUARTERS)
    if unit.national is not None:
        yield from _country_rows(own.drop_duplicates("quarter"), unit, unit.national)


def _country_rows(
    quarters: pd.DataFrame, unit: Partner, national: National
) -> Iterator[pd.DataFrame]:
    """What its country earned and paid in the year of each quarter, as far as it is stated."""
    years = quarters["quarter"].map(lambda ordinal: Quarter.from_ordinal(int(ordinal)).year)
    for item, known, measured in (
        (NATIONAL_PAY, national.median_pay, unit.currency),
        (PRICES, national.consumer_prices, Unit.PERCENT.value),
    ):
        amounts = years.map(dict(known)).astype("float64")
        stated = amounts.notna()
        yield _rows(quarters[stated], unit, item, amounts[stated]).assign(currency=measured)


def _before(own: pd.DataFrame, items: tuple[str, ...]) -> pd.DataFrame:
    """A row of each quarter before the books first state any of some items; of all if never.

    A statement says nothing of the quarters before it: what warned there goes on warning.
    """
    quarters = own.drop_duplicates("quarter")
    first = own.loc[own["item"].isin(items), "quarter"].min()
    return quarters if pd.isna(first) else quarters[quarters["quarter"] < first]


def _rows(
    quarters: pd.DataFrame, unit: Partner, item: str, amount: float | pd.Series[float]
) -> pd.DataFrame:
    return quarters.assign(item=item, amount=amount, currency=unit.currency)
