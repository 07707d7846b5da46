"""What people settled and explained: remembered answers, answered warnings, stages of the books.

Submissions accepted before this version count as management accounts, which is what they
were judged as.
"""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text

from smartfin.store.migrations.guards import guard

revision = "0002"
down_revision = "0001"

NUMBER = BigInteger().with_variant(Integer(), "sqlite")
TEXT = Text().with_variant(Text(collation="C"), "postgresql")

KEYS = {"remembered_answer": ("id",), "answered_finding": ("submission", "key")}


def upgrade() -> None:
    """Add the tables with their guards, and the new columns."""
    make_remembered_answer()
    make_answered_finding()
    for table, key in KEYS.items():
        guard(table, key)
    stage = Column("stage", TEXT, nullable=False, server_default="management")
    op.add_column("submission", stage)
    op.add_column("draft", Column("explained", TEXT, nullable=False, server_default="{}"))
    op.add_column("draft", Column("stage", TEXT))


def make_remembered_answer() -> None:
    """What was settled about the workbooks of a partner; the newest row of a question counts."""
    op.create_table(
        "remembered_answer",
        Column("id", NUMBER, primary_key=True),
        Column("partner", TEXT, nullable=False),
        Column("question", TEXT, nullable=False),
        Column("value", TEXT, nullable=False),
        Column("by", TEXT, nullable=False),
        Column("at", TEXT, nullable=False),
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
        Column("key", TEXT, primary_key=True),
        Column("code", TEXT, nullable=False),
        Column("sheet", TEXT, nullable=False),
        Column("cell", TEXT, nullable=False),
        Column("facts", TEXT, nullable=False),
        Column("sentence", TEXT, nullable=False),
        Column("by", TEXT, nullable=False),
        Column("at", TEXT, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
