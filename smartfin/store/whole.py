"""The whole ledger at one moment, for an export: also what is no longer in force."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, select

from smartfin.findings import AnsweredFinding
from smartfin.settings import Settings
from smartfin.store import answered, decisions, remembered, submissions
from smartfin.store.database import Database
from smartfin.store.decisions import Decision
from smartfin.store.remembered import Remembered
from smartfin.store.schema import FOREVER, cover, fact, submission, validity
from smartfin.store.submissions import Submission
from smartfin.store.validity import Basis

_AT_ONCE = 10_000


class Stated(NamedTuple):
    """A figure that a submission states, and a time in which it was in force.

    Args:
        partner: Code of the partner.
        span: ``2022-Q4``, or ``START/END`` for a flow over other days.
        scenario: Actual, budget or forecast.
        item: Code of the line item.
        amount: In single units, storage sign.
        unit: ISO currency code, or count, fte, percent, days, hours.
        sheet: Name of the sheet.
        cell: Address on it.
        label: The row's label as printed.
        submission: Number of the submission.
        file: Name of the workbook.
        known_from: From when it was in force (UTC); None where it never was.
        known_to: Until when; None while it is.
        synthetic: Whether it is made-up sample data.
    """

    partner: str
    span: str
    scenario: str
    item: str
    amount: float
    unit: str
    sheet: str
    cell: str
    label: str
    submission: int
    file: str
    known_from: datetime | None
    known_to: datetime | None
    synthetic: bool

    @property
    def is_in_force(self) -> bool:
        """Whether it is what is known."""
        return self.known_from is not None and self.known_to is None


class Whole:
    """All that a ledger holds, as known at a moment; what came later is not in it.

    Args:
        connection: Of a reading transaction.
        as_of: The moment; None for now.
    """

    def __init__(self, connection: Connection, as_of: datetime | None) -> None:
        self._connection = connection
        self._as_of = as_of

    def submissions(self) -> tuple[Submission, ...]:
        """All submissions, oldest first; those withdrawn say so."""
        return submissions.submissions(self._connection, self._as_of)

    def content(self, number: int) -> bytes:
        """The workbook of a submission, byte for byte."""
        return submissions.content(self._connection, number)

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions, oldest first."""
        return decisions.decisions(self._connection, self._as_of)

    def remembered(self) -> Remembered:
        """What is settled about the workbooks of each partner."""
        return remembered.remembered(self._connection, self._as_of)

    def answered_findings(self) -> dict[int, tuple[AnsweredFinding, ...]]:
        """The answered warnings of each submission that carries any."""
        return answered.answered_findings(self._connection, self._as_of)

    def figure_count(self) -> int:
        """How many figures all submissions state."""
        query = select(func.coalesce(func.sum(submission.c.fact_count), 0))
        if self._as_of is not None:
            query = query.where(submission.c.at <= self._as_of)
        return int(self._connection.execute(query).scalar_one())

    def figures(self) -> Iterator[list[Stated]]:
        """Every figure of every submission, some thousand at a time, submissions in order.

        One that came back into force after a withdrawal appears once for each time.
        """
        columns = [fact.c[name] for name in ("scenario", "item", "amount", "unit")]
        place = [fact.c[name] for name in ("sheet", "cell", "label", "submission")]
        query = (
            select(submission.c.partner, fact.c.span, *columns, *place, cover.c.name)
            .add_columns(validity.c.known_from, validity.c.known_to, submission.c.synthetic)
            .join_from(fact, submission)
            .join(cover, cover.c.submission == submission.c.id)
            .outerjoin(validity, and_(*self._in_force()))
            .order_by(*fact.primary_key, validity.c.known_from)
        )
        if self._as_of is not None:
            query = query.where(submission.c.at <= self._as_of)
        found = self._connection.execute(query, execution_options={"yield_per": _AT_ONCE})
        for some in found.partitions(_AT_ONCE):
            yield [self._stated(Stated(*row)) for row in some]

    def _in_force(self) -> Iterator[ColumnElement[bool]]:
        """The condition that a row of validity is of the fact, and known of at the moment."""
        yield validity.c.basis == Basis.ACCEPTED.value
        yield validity.c.partner == submission.c.partner
        yield validity.c.submission == fact.c.submission
        for name in ("scenario", "span", "item"):
            yield validity.c[name] == fact.c[name]
        if self._as_of is not None:
            yield validity.c.known_from <= self._as_of

    def _stated(self, row: Stated) -> Stated:
        """A row whose end is told only if it had come."""
        end = row.known_to
        ended = end is not None and end != FOREVER and (self._as_of is None or end <= self._as_of)
        return row if ended else row._replace(known_to=None)


@contextmanager
def whole_ledger(settings: Settings, as_of: datetime | None) -> Iterator[Whole]:
    """The ledger of this run at a moment, as one state of the database.

    Args:
        settings: Of this run; its ledger is there and of this version.
        as_of: The moment; None for now.

    Raises:
        StoreError: It cannot be read.
    """
    database = Database(settings.database)
    try:
        with database.reading() as connection:
            yield Whole(connection, as_of)
    finally:
        database.close()
