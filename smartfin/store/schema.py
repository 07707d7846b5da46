"""The tables, as the newest migration leaves them (``migrations`` makes them).

    submission ──┬── cover              who handed it in, file name, note
                 ├── workbook           its bytes
                 ├── recipe             what its reader was told, so that it can be read again
                 ├── answered_finding   warnings a person answered, with the sentence
                 ├── remembered_answer  what was settled about the partner's workbooks
                 └── fact               what it states, each with its cell
                       └── validity     when each figure was in force: derived, rebuildable
    decision ────── decision_cover      who decided, and why
    chain                               every submission and decision, sealed one after the other
    person                              the name behind the id that the chain knows
    draft                               workbooks waiting to be accepted

The ledger proper (``LEDGER_TABLES``) is insert-only: the database itself refuses any other
statement. A remembered answer is overruled by a newer one, and forgotten by a newer one
without a value. A submission is withdrawn by a decision, never by taking it away.

What is personal (``TEXTS``) stands beside what is sealed: the chain holds a random id of the
person and salted hashes, so that a text can be erased while the chain stays whole. To erase
is the one change these tables admit.

``validity`` repeats what the board reads, clustered in the order in which it is read, so
that "as known on that day" is an index range and not a search for the newest statement. It
holds two timelines: what was accepted, and what of it was approved (column ``basis``).

A span is text, ``2022-Q4`` or ``2022-01-01/2022-08-31``: one column in which sorting is
time order within each kind.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
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
    type_coerce,
)
from sqlalchemy.dialects.sqlite import REAL
from sqlalchemy.types import TypeDecorator

VERSIONS = ("0001", "0002", "0003", "0004")
"""Every version a database can have, oldest first; the last is the one worked with."""

LEDGER_TABLES = (
    "submission",
    "cover",
    "workbook",
    "recipe",
    "fact",
    "remembered_answer",
    "answered_finding",
    "decision",
    "decision_cover",
    "person",
    "chain",
)
"""The insert-only tables."""

TEXTS = {
    "cover": ("name", "by", "note", "restates", "salt"),
    "remembered_answer": ("by",),
    "answered_finding": ("sentence", "by"),
    "decision_cover": ("by", "reason", "salt"),
    "person": ("name",),
}
"""The columns that may be emptied, by table: personal texts, of which the chain knows hashes."""


_TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts by its signs, as SQLite's does: spans and moments are compared as text."""


class UtcTime(TypeDecorator[datetime]):
    """A moment as text of fixed width in UTC, so that its order is the order of time."""

    impl = _TEXT
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


def as_stored(column: Column[Any]) -> ColumnElement[Any]:
    """A column as the database keeps it: moments are texts, truth values numbers."""
    if isinstance(column.type, UtcTime):
        return type_coerce(column, _TEXT)
    return type_coerce(column, Integer) if isinstance(column.type, Flag) else column


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
    Column("partner", _TEXT, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("sha256", _TEXT, nullable=False),
    Column("size", _Number, nullable=False),
    Column("synthetic", Flag, nullable=False),
    Column("fact_count", Integer, nullable=False),
    Column("new_count", Integer, nullable=False),
    Column("restated_count", Integer, nullable=False),
    Column("first_quarter", _TEXT),
    Column("last_quarter", _TEXT),
    Column("stage", _TEXT, nullable=False, server_default="management"),
    Index("submission_by_partner", "partner", "sha256"),
    sqlite_autoincrement=True,
    **_STRICT,
)

cover = Table(
    "cover",
    metadata,
    Column("submission", ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    Column("name", _TEXT, nullable=False),
    Column("by", _TEXT, nullable=False),
    Column("note", _TEXT, nullable=False),
    Column("restates", _TEXT, nullable=False, server_default=""),
    Column("salt", _TEXT, nullable=False, server_default=""),
    **_STRICT,
)

workbook = Table(
    "workbook",
    metadata,
    Column("submission", ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    **_STRICT,
)

recipe = Table(
    "recipe",
    metadata,
    Column("submission", ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    Column("content", _TEXT, nullable=False),
    **_STRICT,
)

fact = Table(
    "fact",
    metadata,
    Column("submission", ForeignKey("submission.id"), primary_key=True),
    Column("scenario", _TEXT, primary_key=True),
    Column("span", _TEXT, primary_key=True),
    Column("item", _TEXT, primary_key=True),
    Column("amount", _Amount, nullable=False),
    Column("unit", _TEXT, nullable=False),
    Column("sheet", _TEXT, nullable=False),
    Column("cell", _TEXT, nullable=False),
    Column("label", _TEXT, nullable=False),
    **_CLUSTERED,
)

remembered_answer = Table(
    "remembered_answer",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("partner", _TEXT, nullable=False),
    Column("question", _TEXT, nullable=False),
    Column("value", _TEXT, nullable=False),
    Column("by", _TEXT, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("submission", ForeignKey("submission.id")),
    sqlite_autoincrement=True,
    **_STRICT,
)

answered_finding = Table(
    "answered_finding",
    metadata,
    Column("submission", ForeignKey("submission.id"), primary_key=True),
    Column("key", _TEXT, primary_key=True),
    Column("code", _TEXT, nullable=False),
    Column("sheet", _TEXT, nullable=False),
    Column("cell", _TEXT, nullable=False),
    Column("facts", _TEXT, nullable=False),
    Column("sentence", _TEXT, nullable=False),
    Column("by", _TEXT, nullable=False),
    Column("at", UtcTime, nullable=False),
    **_CLUSTERED,
)

decision = Table(
    "decision",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("kind", _TEXT, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("partner", _TEXT),
    Column("submission", ForeignKey("submission.id")),
    Column("quarter", _TEXT),
    Column("moment", UtcTime),
    Column("undoes", ForeignKey("decision.id")),
    Column("topic", _TEXT),
    Column("share", _Amount),
    Index("decision_by_submission", "submission", "kind"),
    sqlite_autoincrement=True,
    **_STRICT,
)

decision_cover = Table(
    "decision_cover",
    metadata,
    Column("decision", ForeignKey("decision.id"), primary_key=True, autoincrement=False),
    Column("by", _TEXT, nullable=False),
    Column("reason", _TEXT, nullable=False),
    Column("salt", _TEXT, nullable=False),
    **_STRICT,
)

person = Table(
    "person",
    metadata,
    Column("id", _TEXT, primary_key=True),
    Column("name", _TEXT, nullable=False),
    **_STRICT,
)

chain = Table(
    "chain",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("kind", _TEXT, nullable=False),
    Column("number", _Number, nullable=False),
    Column("partner", _TEXT),
    Column("content", _TEXT, nullable=False),
    Column("before", _TEXT, nullable=False),
    Column("hash", _TEXT, nullable=False),
    UniqueConstraint("kind", "number", name="chain_once"),
    Index("chain_by_partner", "partner", "id"),
    sqlite_autoincrement=True,
    **_STRICT,
)

validity = Table(
    "validity",
    metadata,
    Column("basis", _TEXT, primary_key=True),
    Column("partner", _TEXT, primary_key=True),
    Column("scenario", _TEXT, primary_key=True),
    Column("span", _TEXT, primary_key=True),
    Column("item", _TEXT, primary_key=True),
    Column("known_from", UtcTime, primary_key=True),
    Column("known_to", UtcTime, nullable=False),
    Column("submission", _Number, nullable=False),
    Column("amount", _Amount, nullable=False),
    Column("unit", _TEXT, nullable=False),
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
    Column("session_key", _TEXT, nullable=False),
    Column("name", _TEXT, nullable=False),
    Column("by", _TEXT, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("sha256", _TEXT, nullable=False),
    Column("partner", _TEXT),
    Column("answers", _TEXT, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("explained", _TEXT, nullable=False, server_default="{}"),
    Column("stage", _TEXT),
    UniqueConstraint("session_key", "sha256", name="draft_once_a_session"),
    sqlite_autoincrement=True,
    **_STRICT,
)
