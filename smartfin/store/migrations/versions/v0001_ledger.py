"""The ledger: submissions, their workbooks and facts, validity, drafts.

A migration never changes once it is released, so it spells the tables out instead of
taking them from ``schema``, which shows what the newest one leaves.
"""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.sqlite import REAL

from smartfin.store.migrations.guards import guard

revision = "0001"
down_revision = None

AMOUNT: Double[float] = Double().with_variant(REAL(), "sqlite")
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
TEXT = Text().with_variant(Text(collation="C"), "postgresql")

KEYS = {
    "submission": ("id",),
    "cover": ("submission",),
    "workbook": ("submission",),
    "fact": ("submission", "scenario", "span", "item"),
}


def upgrade() -> None:
    """Make the tables, and the guards of the ledger proper."""
    make_submission()
    make_fact()
    make_validity()
    make_draft()
    for table, key in KEYS.items():
        guard(table, key)


def make_submission() -> None:
    """What was accepted; who handed it in and its bytes stand apart."""
    op.create_table(
        "submission",
        Column("id", NUMBER, primary_key=True),
        Column("partner", TEXT, nullable=False),
        Column("at", TEXT, nullable=False),
        Column("sha256", TEXT, nullable=False),
        Column("size", NUMBER, nullable=False),
        Column("synthetic", Integer, nullable=False),
        Column("fact_count", Integer, nullable=False),
        Column("new_count", Integer, nullable=False),
        Column("restated_count", Integer, nullable=False),
        Column("first_quarter", TEXT),
        Column("last_quarter", TEXT),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("submission_by_partner", "submission", ["partner", "sha256"])
    op.create_table(
        "cover",
        _submission_key(),
        Column("name", TEXT, nullable=False),
        Column("by", TEXT, nullable=False),
        Column("note", TEXT, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "workbook",
        _submission_key(),
        Column("content", LargeBinary, nullable=False),
        sqlite_strict=True,
    )


def make_fact() -> None:
    """What a submission states."""
    op.create_table(
        "fact",
        _submission_key(),
        Column("scenario", TEXT, primary_key=True),
        Column("span", TEXT, primary_key=True),
        Column("item", TEXT, primary_key=True),
        Column("amount", AMOUNT, nullable=False),
        Column("unit", TEXT, nullable=False),
        Column("sheet", TEXT, nullable=False),
        Column("cell", TEXT, nullable=False),
        Column("label", TEXT, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def make_validity() -> None:
    """When each figure was in force."""
    op.create_table(
        "validity",
        Column("partner", TEXT, primary_key=True),
        Column("scenario", TEXT, primary_key=True),
        Column("span", TEXT, primary_key=True),
        Column("item", TEXT, primary_key=True),
        Column("known_from", TEXT, primary_key=True),
        Column("known_to", TEXT, nullable=False),
        Column("submission", NUMBER, nullable=False),
        Column("amount", AMOUNT, nullable=False),
        Column("unit", TEXT, nullable=False),
        Column("synthetic", Integer, nullable=False),
        ForeignKeyConstraint(
            ("submission", "scenario", "span", "item"),
            ("fact.submission", "fact.scenario", "fact.span", "fact.item"),
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def make_draft() -> None:
    """Workbooks waiting to be accepted."""
    op.create_table(
        "draft",
        Column("id", NUMBER, primary_key=True),
        Column("session_key", TEXT, nullable=False),
        Column("name", TEXT, nullable=False),
        Column("by", TEXT, nullable=False),
        Column("at", TEXT, nullable=False),
        Column("sha256", TEXT, nullable=False),
        Column("partner", TEXT),
        Column("answers", TEXT, nullable=False),
        Column("content", LargeBinary, nullable=False),
        UniqueConstraint("session_key", "sha256", name="draft_once_a_session"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _submission_key() -> Column[int]:
    return Column(
        "submission", NUMBER, ForeignKey("submission.id"), primary_key=True, autoincrement=False
    )
