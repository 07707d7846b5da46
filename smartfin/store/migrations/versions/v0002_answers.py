"""What people settled and explained: remembered answers, answered warnings, stages of the books.

Submissions accepted before this version count as management accounts, which is what they
were judged as.
"""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text

revision = "0002"
down_revision = "0001"

NUMBER = BigInteger().with_variant(Integer(), "sqlite")

KEYS = {"remembered_answer": ("id",), "answered_finding": ("submission", "key")}


def upgrade() -> None:
    """Add the tables with their guards, and the new columns."""
    make_remembered_answer()
    make_answered_finding()
    for table, key in KEYS.items():
        op.execute(refusal(table, "UPDATE"))
        op.execute(refusal(table, "DELETE"))
        op.execute(refusal_to_replace(table, key))
    stage = Column("stage", Text, nullable=False, server_default="management")
    op.add_column("submission", stage)
    op.add_column("draft", Column("explained", Text, nullable=False, server_default="{}"))
    op.add_column("draft", Column("stage", Text))


def make_remembered_answer() -> None:
    """What was settled about the workbooks of a partner; the newest row of a question counts."""
    op.create_table(
        "remembered_answer",
        Column("id", NUMBER, primary_key=True),
        Column("partner", Text, nullable=False),
        Column("question", Text, nullable=False),
        Column("value", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("submission", NUMBER, ForeignKey("submission.id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def make_answered_finding() -> None:
    """Warnings that a submission carries, each with the sentence that answers it."""
    op.create_table(
        "answered_finding",
        Column(
            "submission", NUMBER, ForeignKey("submission.id"), primary_key=True, autoincrement=False
        ),
        Column("key", Text, primary_key=True),
        Column("code", Text, nullable=False),
        Column("sheet", Text, nullable=False),
        Column("cell", Text, nullable=False),
        Column("facts", Text, nullable=False),
        Column("sentence", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("at", Text, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
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
