"""Sums over all partners as of any moment: the figures in memory, once a process.

The database answers for some partners at a time; adding up all of them on a day long past
means reading every figure there is. The cube holds them as arrays instead (``blocks``),
derived from ``validity`` and never written anywhere.

It is right by revision. Each question first looks up the newest entry of the chain, in the
transaction it would read in: nothing new, and the arrays answer; something new, from
whichever process, and the blocks of the partners concerned are read again; an entry that is
not the one seen before (a restored database in place of the old), and everything is.

It is shared by all threads: what they compute with is never changed, only replaced.

Memory: 16 bytes a version of a figure (4.8 million figures, a twentieth of them restated:
81 MB) for each timeline that was asked for, given back once nobody has asked for a while.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock, Timer
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection, select

from smartfin.quarter import Quarter
from smartfin.store.database import Database
from smartfin.store.schema import chain, submission
from smartfin.store.validity import Basis

if TYPE_CHECKING:
    import pandas as pd

    from smartfin.store.blocks import Block, Numbers, SeriesTable

IDLE_SECONDS = 900.0
"""How long figures stay in memory after the last question: a coffee break, not a night."""


class _Seen(NamedTuple):
    """An entry of the chain."""

    number: int
    hash: str


_NOTHING = _Seen(0, "")


@dataclass(frozen=True, slots=True, eq=False)
class _Timeline:
    """All figures of a timeline, as after an entry of the chain.

    Args:
        seen: The entry.
        blocks: By partner.
        numbers: Of the series; grows in later states, the table does not.
        table: What each series is, in the order of the answer.
    """

    seen: _Seen
    blocks: Mapping[str, Block]
    numbers: Numbers
    table: SeriesTable


class Cube:
    """The figures of all partners in memory (see ``Ledger.totals``).

    Args:
        database: Whose figures.
        idle_seconds: How long they stay after the last question.
    """

    def __init__(self, database: Database, idle_seconds: float = IDLE_SECONDS) -> None:
        self._database = database
        self._idle_seconds = idle_seconds
        self._lock = Lock()
        self._timelines: dict[Basis, _Timeline] = {}
        self._asked = 0.0
        self._timer: Timer | None = None

    def totals(
        self,
        items: Collection[str] | None,
        quarters: Collection[Quarter] | None,
        as_of: datetime | None,
        basis: Basis,
        partners: Collection[str] | None,
    ) -> pd.DataFrame:
        """The sums (see ``Ledger.totals``)."""
        from smartfin.store import blocks  # noqa: PLC0415 - numpy: most commands do not wait for it

        timeline = self._up_to_date(basis)
        table = timeline.table
        asked = blocks.chosen_blocks(timeline.blocks, partners)
        total, stating = blocks.sums(asked, as_of, len(table.order))
        rows = table.chosen(stating, items, quarters).nonzero()[0]
        series = table.order[rows]
        answer = table.labels.take(rows).reset_index(drop=True)
        return answer.assign(amount=total[series], partners=stating[series])

    @property
    def size(self) -> int:
        """Of the figures in memory [bytes]; the table of series adds a few megabytes."""
        with self._lock:
            held = [timeline.blocks.values() for timeline in self._timelines.values()]
        return sum(block.size for blocks in held for block in blocks)

    def let_go(self) -> None:
        """Give the memory back; the next question reads anew."""
        with self._lock:
            self._timelines.clear()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _up_to_date(self, basis: Basis) -> _Timeline:
        """The figures as they stand; who asks meanwhile waits instead of reading them too.

        The look-up stands under the lock as well, so that the moments seen never go back.
        """
        with self._lock, self._database.reading() as connection:
            timeline = _brought_up_to_date(connection, basis, self._timelines.get(basis))
            self._timelines[basis] = timeline
            self._asked = monotonic()
            if self._timer is None:
                self._wake_in(self._idle_seconds)
            return timeline

    def _wake_in(self, seconds: float) -> None:
        self._timer = Timer(seconds, self._rest)
        self._timer.daemon = True  # never keeps a process that wants to end
        self._timer.start()

    def _rest(self) -> None:
        """Let go, or look again later if somebody has asked meanwhile."""
        with self._lock:
            left = self._asked + self._idle_seconds - monotonic()
            if left > 0:
                self._wake_in(left)
            else:
                self._timelines.clear()
                self._timer = None


def _brought_up_to_date(
    connection: Connection, basis: Basis, before: _Timeline | None
) -> _Timeline:
    """A timeline with what has come since; the same one when nothing has."""
    from smartfin.store.blocks import Numbers, read_block, series_table  # noqa: PLC0415

    seen = _newest(connection)
    if before is not None and before.seen == seen:
        return before
    if before is None or not _holds(connection, before.seen):
        before = _Timeline(_NOTHING, {}, Numbers(), series_table(Numbers()))
    blocks = dict(before.blocks)
    for partner in _concerned(connection, before.seen):
        block = read_block(connection, basis, partner, before.numbers)
        if block is None:
            blocks.pop(partner, None)
        else:
            blocks[partner] = block
    grown = len(before.numbers) > len(before.table.order)
    table = series_table(before.numbers) if grown else before.table
    return _Timeline(seen, blocks, before.numbers, table)


def _newest(connection: Connection) -> _Seen:
    query = select(chain.c.id, chain.c.hash).order_by(chain.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return _NOTHING if row is None else _Seen(*row)


def _holds(connection: Connection, seen: _Seen) -> bool:
    """Whether the chain is still the one that was seen."""
    query = select(chain.c.hash).where(chain.c.id == seen.number)
    return seen == _NOTHING or connection.execute(query).scalar_one_or_none() == seen.hash


def _concerned(connection: Connection, seen: _Seen) -> list[str]:
    """The partners that something has come of since an entry of the chain."""
    if seen == _NOTHING:
        query = select(submission.c.partner).distinct()
    else:
        query = select(chain.c.partner).where(chain.c.id > seen.number).distinct()
        query = query.where(chain.c.partner.is_not(None))
    return list(connection.execute(query).scalars())
