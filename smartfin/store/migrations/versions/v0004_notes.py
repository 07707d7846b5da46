"""What people note on flags: a topic and a threatened share beside a decision.

Decisions of before have neither, and their seals stay: nothing is sealed of a column that
holds nothing (``chain``).
"""

from alembic import op
from sqlalchemy import Column, Double, Text
from sqlalchemy.dialects.sqlite import REAL

revision = "0004"
down_revision = "0003"

SHARE: Double[float] = Double().with_variant(REAL(), "sqlite")
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the columns; the guards of the table look at whole rows and stay as they are."""
    op.add_column("decision", Column("topic", TEXT))
    op.add_column("decision", Column("share", SHARE))
