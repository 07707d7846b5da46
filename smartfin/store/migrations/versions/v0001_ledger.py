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

revision = "0001"
down_revision = None

AMOUNT: Double[float] = Double().with_variant(REAL(), "sqlite")
NUMBER = BigInteger().with_variant(Integer(), "sqlite")

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
        op.execute(refusal(table, "UPDATE"))
        op.execute(refusal(table, "DELETE"))
        op.execute(refusal_to_replace(table, key))


def make_submission() -> None:
    """What was accepted; who handed it in and its bytes stand apart."""
    op.create_table(
        "submission",
        Column("id", NUMBER, primary_key=True),
        Column("partner", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("sha256", Text, nullable=False),
        Column("size", NUMBER, nullable=False),
        Column("synthetic", Integer, nullable=False),
        Column("fact_count", Integer, nullable=False),
        Column("new_count", Integer, nullable=False),
        Column("restated_count", Integer, nullable=False),
        Column("first_quarter", Text),
        Column("last_quarter", Text),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("submission_by_partner", "submission", ["partner", "sha256"])
    op.create_table(
        "cover",
        _submission_key(),
        Column("name", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("note", Text, nullable=False),
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
        Column("scenario", Text, primary_key=True),
        Column("span", Text, primary_key=True),
        Column("item", Text, primary_key=True),
        Column("amount", AMOUNT, nullable=False),
        Column("unit", Text, nullable=False),
        Column("sheet", Text, nullable=False),
        Column("cell", Text, nullable=False),
        Column("label", Text, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def make_validity() -> None:
    """When each figure was in force."""
    op.create_table(
        "validity",
        Column("partner", Text, primary_key=True),
        Column("scenario", Text, primary_key=True),
        Column("span", Text, primary_key=True),
        Column("item", Text, primary_key=True),
        Column("known_from", Text, primary_key=True),
        Column("known_to", Text, nullable=False),
        Column("submission", NUMBER, nullable=False),
        Column("amount", AMOUNT, nullable=False),
        Column("unit", Text, nullable=False),
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
        Column("session_key", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("sha256", Text, nullable=False),
        Column("partner", Text),
        Column("answers", Text, nullable=False),
        Column("content", LargeBinary, nullable=False),
        UniqueConstraint("session_key", "sha256", name="draft_once_a_session"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def refusal(table: str, verb: str) -> str:
    """A trigger that refuses a statement on a table."""
    return f"""
        CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, 'the ledger refuses {verb} on {table}'); END
    """


def refusal_to_replace(table: str, key: tuple[str, ...]) -> str:
    """A trigger that refuses REPLACE also where recursive triggers are off."""
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    return f"""
        CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
        BEGIN SELECT RAISE(ABORT, 'the ledger refuses REPLACE on {table}'); END
    """


def _submission_key() -> Column[int]:
    return Column(
        "submission", NUMBER, ForeignKey("submission.id"), primary_key=True, autoincrement=False
    )
