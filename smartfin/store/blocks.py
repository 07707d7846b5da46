"""The figures of one timeline as arrays, a block a partner: what the cube is made of.

A block holds every version of every quarter's figure of a partner. Versions share their
days: one submission begins and ends many figures, so a row names an interval and the few
intervals of the block stand beside. What was in force on a day is then decided for some
intervals, not for thousands of rows. A row takes 16 bytes: series and interval as 32-bit
numbers, the amount as a double.

A *series* is what may be added up over partners: scenario, quarter, item, unit, and whether
it is sample data. Its number is the same in all blocks of a timeline.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, Text, bindparam, cast, func, select, type_coerce

from smartfin.facts import Scenario
from smartfin.quarter import Quarter
from smartfin.store.schema import FOREVER, validity
from smartfin.store.validity import Basis

_TOGETHER = 8  # blocks: more series than a partner has cost a pass over all of them each time
_QUARTER_WIDTH = len("2022-Q4")  # a span over other days is longer
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = ["scenario", "quarter", "item", "currency", "synthetic"]


class Numbers(dict[str, int]):
    """A number for each text, from 0 in the order in which they are first asked for."""

    def __missing__(self, text: str) -> int:
        """The next number."""
        number = self[text] = len(self)
        return number


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The figures of one partner, every version of them.

    Args:
        series: Number of the series, of each row.
        interval: Number of the interval, of each row.
        amount: In single units, storage sign, of each row.
        known_from: Begin of each interval [microseconds since 1970, UTC].
        known_to: Its end, likewise; that of ``FOREVER`` while in force.
    """

    series: NDArray[np.int32]
    interval: NDArray[np.int32]
    amount: NDArray[np.float64]
    known_from: NDArray[np.int64]
    known_to: NDArray[np.int64]

    @property
    def size(self) -> int:
        """Of its arrays [bytes]."""
        arrays = (self.series, self.interval, self.amount, self.known_from, self.known_to)
        return sum(array.nbytes for array in arrays)

    def in_force(self, moment: int | None) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Series and amount of what was in force at a moment; each series at most once.

        Args:
            moment: In microseconds since 1970; None for as it stands.
        """
        if moment is None:
            standing = self.known_to == _FOREVER
        else:
            standing = (self.known_from <= moment) & (
                (self.known_to > moment) | (self.known_to == _FOREVER)
            )
        if standing.all():
            return self.series, self.amount
        rows = standing.take(self.interval)
        return self.series[rows], self.amount[rows]


def read_block(
    connection: Connection, basis: Basis, partner: str, numbers: Numbers
) -> Block | None:
    """The figures of a partner; None when there has never been one.

    Args:
        connection: Of any transaction.
        basis: Timeline.
        partner: Code of the partner.
        numbers: Of the series; new ones are added.
    """
    rows = connection.execute(_ROWS, {"the_basis": basis.value, "the_partner": partner}).all()
    if not rows:
        return None
    series, interval, amount = zip(*rows, strict=True)
    intervals = Numbers()
    rows_in = np.array([intervals[text] for text in interval], dtype=np.int32)
    ends = np.array([[_microseconds(end) for end in text.split("|")] for text in intervals])
    return Block(
        series=np.array([numbers[text] for text in series], dtype=np.int32),
        interval=rows_in,
        amount=np.array(amount, dtype=np.float64),
        known_from=ends[:, 0].copy(),
        known_to=ends[:, 1].copy(),
    )


@dataclass(frozen=True, slots=True, eq=False)
class SeriesTable:
    """What each series is.

    Args:
        labels: The columns of ``Ledger.totals`` before the sums, in its order.
        order: Number of the series of each row.
    """

    labels: pd.DataFrame
    order: NDArray[np.intp]

    def chosen(
        self,
        stating: NDArray[np.int64],
        items: Collection[str] | None,
        quarters: Collection[Quarter] | None,
    ) -> NDArray[np.bool_]:
        """Which rows are stated by anybody and asked for; None asks for all."""
        wanted: NDArray[np.bool_] = stating[self.order] > 0
        if items is not None:
            wanted &= self.labels["item"].isin(list(items)).to_numpy()
        if quarters is not None:
            ordinals = [quarter.ordinal for quarter in quarters]
            wanted &= self.labels["quarter"].isin(ordinals).to_numpy()
        return wanted


def series_table(numbers: Numbers) -> SeriesTable:
    """What each series is, by scenario, quarter, item, currency, synthetic."""
    parts = [text.split("|") for text in numbers]
    scenarios, spans, items, units, marks = zip(*parts, strict=True) if parts else ((),) * 5
    ordinal = {span: Quarter.parse(span).ordinal for span in set(spans)}
    table = pd.DataFrame(
        {
            "scenario": pd.array(scenarios, dtype="str"),
            "quarter": np.array([ordinal[span] for span in spans], dtype="int64"),
            "item": pd.array(items, dtype="str"),
            "currency": pd.array(units, dtype="str"),
            "synthetic": np.array([mark == "1" for mark in marks], dtype=bool),
        }
    )
    ordered = table.sort_values(_COLUMNS)
    return SeriesTable(ordered.reset_index(drop=True), ordered.index.to_numpy(dtype=np.intp))


def sums(
    blocks: Iterable[Block], as_of: datetime | None, count: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Of each series the sum over blocks at a moment, and in how many of them it stands.

    Args:
        blocks: One a partner.
        as_of: The moment; None for as it stands.
        count: Series there are.
    """
    moment = None if as_of is None else _since_epoch(as_of)
    total, stating = np.zeros(count), np.zeros(count, dtype=np.int64)
    for some in _batches(blocks):
        standing = [block.in_force(moment) for block in some]
        series = np.concatenate([numbers for numbers, _ in standing])
        amounts = np.concatenate([amount for _, amount in standing])
        total += np.bincount(series, amounts, count)
        stating += np.bincount(series, minlength=count)
    return total, stating


def chosen_blocks(blocks: Mapping[str, Block], partners: Iterable[str] | None) -> Sequence[Block]:
    """The blocks of some partners, or of all; always in the same order, so that sums repeat."""
    wanted = sorted(blocks if partners is None else set(partners) & blocks.keys())
    return [blocks[partner] for partner in wanted]


def _batches(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    waiting = iter(blocks)
    while some := list(islice(waiting, _TOGETHER)):
        yield some


@lru_cache(maxsize=4096)
def _microseconds(text: str) -> int:
    """A moment as the database writes it; cached, as partners share few and one is for ever."""
    return _since_epoch(datetime.fromisoformat(text))


def _since_epoch(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


_FOREVER = _since_epoch(FOREVER)

_SERIES = (
    validity.c.scenario
    + "|"
    + validity.c.span
    + "|"
    + validity.c.item
    + "|"
    + validity.c.unit
    + "|"
    + cast(validity.c.synthetic, Text)
)

_INTERVAL = type_coerce(validity.c.known_from, Text) + "|" + type_coerce(validity.c.known_to, Text)

_ROWS: Select[Any] = select(_SERIES, _INTERVAL, validity.c.amount).where(
    validity.c.basis == bindparam("the_basis"),
    validity.c.partner == bindparam("the_partner"),
    validity.c.scenario.in_([scenario.value for scenario in Scenario]),
    func.length(validity.c.span) == _QUARTER_WIDTH,
)
