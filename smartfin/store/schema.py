"""The tables, as the newest migration leaves them (``migrations`` makes them).

    submission ──┬── cover              who handed it in, file name, note
                 ├── workbook           its bytes
                 ├── answered_finding   warnings a person answered, with the sentence
                 ├── remembered_answer  what was settled about the partner's workbooks
                 └── fact               what it states, each with its cell
                       └── validity     when each figure was in force: derived, rebuildable
    draft                               workbooks waiting to be accepted

The ledger proper (``LEDGER_TABLES``) is insert-only: triggers refuse any other statement. A
remembered answer is overruled by a newer one, and forgotten by a newer one without a value.
What is personal stands apart in ``cover``, so that it can one day be erased without touching
what is stated; beside it, only the two tables of answers name a person (``by``).

``validity`` repeats what the board reads, clustered in the order in which it is read, so
that "as known on that day" is an index range and not a search for the newest statement.

A span is text, ``2022-Q4`` or ``2022-01-01/2022-08-31``: one column in which sorting is
time order within each kind.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.sqlite import REAL
from sqlalchemy.types import TypeDecorator

VERSIONS = ("0001", "0002")
"""Every version a database can have, oldest first; the last is the one worked with."""

LEDGER_TABLES = (
    "submission",
    "cover",
    "workbook",
    "fact",
    "remembered_answer",
    "answered_finding",
)
"""The insert-only tables."""


class UtcTime(TypeDecorator[datetime]):
    """A moment as text of fixed width in UTC, so that its order is the order of time."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The text of an aware moment."""
        return None if value is None else utc_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The aware moment of a text."""
        return None if value is None else datetime.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0: a STRICT table knows no truth values."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """The number of a truth value."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """The truth value of a number."""
        return None if value is None else bool(value)


def utc_text(moment: datetime) -> str:
    """A moment as the database writes it, ``2022-10-30T08:00:00.000000Z``.

    Raises:
        ValueError: The moment does not say its time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} says no time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


FOREVER = datetime.max.replace(tzinfo=UTC)
"""``known_to`` of what is in force: a real moment, so that one comparison serves all reading."""

_Amount: Double[float] = Double().with_variant(REAL(), "sqlite")
_Number = BigInteger().with_variant(Integer(), "sqlite")
_STRICT: dict[str, Any] = {"sqlite_strict": True}
_CLUSTERED: dict[str, Any] = {**_STRICT, "sqlite_with_rowid": False}

metadata = MetaData()

submission = Table(
    "submission",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", _Number, nullable=False),
    Column("synthetic", Flag, nullable=False),
    Column("fact_count", Integer, nullable=False),
    Column("new_count", Integer, nullable=False),
    Column("restated_count", Integer, nullable=False),
    Column("first_quarter", Text),
    Column("last_quarter", Text),
    Column("stage", Text, nullable=False, server_default="management"),
    Index("submission_by_partner", "partner", "sha256"),
    sqlite_autoincrement=True,
    **_STRICT,
)

cover = Table(
    "cover",
    metadata,
    Column("submission", ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    **_STRICT,
)

workbook = Table(
    "workbook",
    metadata,
    Column("submission", ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    **_STRICT,
)

fact = Table(
    "fact",
    metadata,
    Column("submission", ForeignKey("submission.id"), primary_key=True),
    Column("scenario", Text, primary_key=True),
    Column("span", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("amount", _Amount, nullable=False),
    Column("unit", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("cell", Text, nullable=False),
    Column("label", Text, nullable=False),
    **_CLUSTERED,
)

remembered_answer = Table(
    "remembered_answer",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("submission", ForeignKey("submission.id")),
    sqlite_autoincrement=True,
    **_STRICT,
)

answered_finding = Table(
    "answered_finding",
    metadata,
    Column("submission", ForeignKey("submission.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("cell", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    **_CLUSTERED,
)

validity = Table(
    "validity",
    metadata,
    Column("partner", Text, primary_key=True),
    Column("scenario", Text, primary_key=True),
    Column("span", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("known_from", UtcTime, primary_key=True),
    Column("known_to", UtcTime, nullable=False),
    Column("submission", _Number, nullable=False),
    Column("amount", _Amount, nullable=False),
    Column("unit", Text, nullable=False),
    Column("synthetic", Flag, nullable=False),
    ForeignKeyConstraint(
        ("submission", "scenario", "span", "item"),
        ("fact.submission", "fact.scenario", "fact.span", "fact.item"),
    ),
    **_CLUSTERED,
)

draft = Table(
    "draft",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("session_key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("partner", Text),
    Column("answers", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("explained", Text, nullable=False, server_default="{}"),
    Column("stage", Text),
    UniqueConstraint("session_key", "sha256", name="draft_once_a_session"),
    sqlite_autoincrement=True,
    **_STRICT,
)
