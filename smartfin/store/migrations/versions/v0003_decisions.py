"""Decisions, the chain and the second timeline: withdrawn, approved, closed, pinned, sealed.

Figures known before stay known as they were, as accepted ones. Submissions of before get
the salts their seals need; whoever opens the database seals them in the order they came.
"""

import secrets

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    Text,
    UniqueConstraint,
    bindparam,
    column,
    select,
    table,
)
from sqlalchemy.dialects.sqlite import REAL

from smartfin.store.migrations.guards import guard, guard_also, guard_but_erasure, unguard

revision = "0003"
down_revision = "0002"

AMOUNT: Double[float] = Double().with_variant(REAL(), "sqlite")
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
TEXT = Text().with_variant(Text(collation="C"), "postgresql")

FIGURE = "partner, scenario, span, item, known_from, known_to, submission, amount, unit, synthetic"


def upgrade() -> None:
    """Add the tables with their guards, and the timeline of what is approved."""
    salt_covers()
    make_recipe()
    make_decision()
    make_person()
    make_chain()
    allow_erasure()
    remake_validity()


def salt_covers() -> None:
    """A random salt beside each text the chain will know a hash of."""
    unguard("cover")
    op.add_column("cover", Column("restates", TEXT, nullable=False, server_default=""))
    op.add_column("cover", Column("salt", TEXT, nullable=False, server_default=""))
    cover = table("cover", column("submission"), column("salt"))
    connection = op.get_bind()
    numbers = connection.execute(select(cover.c.submission)).scalars().all()
    if numbers:
        salts = [{"number": number, "fresh": secrets.token_hex(16)} for number in numbers]
        salted = cover.update().where(cover.c.submission == bindparam("number"))
        connection.execute(salted.values(salt=bindparam("fresh")), salts)


def make_recipe() -> None:
    """What the reader of a submission was told."""
    op.create_table(
        "recipe",
        _submission_key(),
        Column("content", TEXT, nullable=False),
        sqlite_strict=True,
    )
    guard("recipe", ("submission",))


def make_decision() -> None:
    """What was decided about submissions, quarters and moments; who and why stand apart."""
    op.create_table(
        "decision",
        Column("id", NUMBER, primary_key=True),
        Column("kind", TEXT, nullable=False),
        Column("at", TEXT, nullable=False),
        Column("partner", TEXT),
        Column("submission", NUMBER, ForeignKey("submission.id")),
        Column("quarter", TEXT),
        Column("moment", TEXT),
        Column("undoes", NUMBER, ForeignKey("decision.id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("decision_by_submission", "decision", ["submission", "kind"])
    key = ForeignKey("decision.id")
    op.create_table(
        "decision_cover",
        Column("decision", NUMBER, key, primary_key=True, autoincrement=False),
        Column("by", TEXT, nullable=False),
        Column("reason", TEXT, nullable=False),
        Column("salt", TEXT, nullable=False),
        sqlite_strict=True,
    )
    guard("decision", ("id",))
    guard_but_erasure("decision_cover", ("decision",), ("by", "reason", "salt"))


def make_person() -> None:
    """The name behind an id."""
    op.create_table(
        "person",
        Column("id", TEXT, primary_key=True),
        Column("name", TEXT, nullable=False),
        sqlite_strict=True,
    )
    guard_but_erasure("person", ("id",), ("name",))


def make_chain() -> None:
    """Every submission and decision, each sealed with the one before."""
    op.create_table(
        "chain",
        Column("id", NUMBER, primary_key=True),
        Column("kind", TEXT, nullable=False),
        Column("number", NUMBER, nullable=False),
        Column("partner", TEXT),
        Column("content", TEXT, nullable=False),
        Column("before", TEXT, nullable=False),
        Column("hash", TEXT, nullable=False),
        UniqueConstraint("kind", "number", name="chain_once"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("chain_by_partner", "chain", ["partner", "id"])
    guard("chain", ("id",))
    guard_also("chain", ("kind", "number"))


def allow_erasure() -> None:
    """Let personal texts be emptied, and nothing else."""
    for name, key, texts in (
        ("cover", ("submission",), ("name", "by", "note", "restates", "salt")),
        ("remembered_answer", ("id",), ("by",)),
        ("answered_finding", ("submission", "key"), ("sentence", "by")),
    ):
        unguard(name)
        guard_but_erasure(name, key, texts)


def remake_validity() -> None:
    """The same figures, on the timeline of what was accepted."""
    op.rename_table("validity", "validity_of_0002")
    op.create_table(
        "validity",
        Column("basis", TEXT, primary_key=True),
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
    op.execute(
        f"INSERT INTO validity (basis, {FIGURE}) SELECT 'accepted', {FIGURE} FROM validity_of_0002"
    )
    op.drop_table("validity_of_0002")


def _submission_key() -> Column[int]:
    return Column(
        "submission", NUMBER, ForeignKey("submission.id"), primary_key=True, autoincrement=False
    )
