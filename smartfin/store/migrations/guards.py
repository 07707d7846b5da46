"""Triggers with which the database itself refuses to change or lose what the ledger holds.

On SQLite they look at each row; that includes a REPLACE, which deletes without saying so. On
PostgreSQL they look at each statement, whether it meets a row or not; INSERT ... ON CONFLICT
DO UPDATE and MERGE count as the UPDATE they may become. There they also hold in sessions that
replay a replication, where triggers are otherwise silent.

Migrations already released call these: what they make must not change.
"""

from __future__ import annotations

from collections.abc import Iterator

from alembic import op
from sqlalchemy import inspect

_VERBS = ("UPDATE", "DELETE", "REPLACE", "TRUNCATE")

_REFUSE_IN_POSTGRES = """
    CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the ledger refuses % on %', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END $$
"""


def guard(table: str, key: tuple[str, ...]) -> None:
    """Make a table insert-only.

    Args:
        table: Its name.
        key: The columns of its primary key.
    """
    for statement in _postgres(table) if _on_postgres() else _sqlite(table, key):
        op.execute(statement)


def guard_also(table: str, key: tuple[str, ...]) -> None:
    """Refuse a REPLACE by another key too that no two rows may share; PostgreSQL knows none.

    Args:
        table: Its name; it is guarded already.
        key: The columns that are unique together.
    """
    if not _on_postgres():
        op.execute(_sqlite_refusal_to_replace(table, key, "replace_by_" + "_".join(key)))


def guard_but_erasure(table: str, key: tuple[str, ...], texts: tuple[str, ...]) -> None:
    """Make a table insert-only, save that its texts may be emptied, together or one by one.

    Call it once the table has all its columns: those it does not have yet go unguarded.

    Args:
        table: Its name.
        key: The columns of its primary key.
        texts: The columns that an UPDATE may set to ``''`` if it changes no other; one named
            ``salt`` only when no other is left.
    """
    erases = _erases(table, texts) + _salt_last(texts)
    for statement in _postgres(table, erases) if _on_postgres() else _sqlite(table, key, erases):
        op.execute(statement)


def unguard(table: str) -> None:
    """Take the triggers of a table away, to guard it otherwise in the same migration."""
    on = f" ON {table}" if _on_postgres() else ""
    for verb in _VERBS:
        op.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{verb.lower()}{on}")


def _sqlite(table: str, key: tuple[str, ...], unless: str = "") -> Iterator[str]:
    """Also REPLACE is refused, and that where recursive triggers are off."""
    yield _sqlite_refusal(table, "UPDATE", unless)
    yield _sqlite_refusal(table, "DELETE")
    yield _sqlite_refusal_to_replace(table, key)


def _sqlite_refusal_to_replace(table: str, key: tuple[str, ...], name: str = "replace") -> str:
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    return f"""
        CREATE TRIGGER {table}_refuses_{name} BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
        BEGIN SELECT RAISE(ABORT, 'the ledger refuses REPLACE on {table}'); END
    """


def _sqlite_refusal(table: str, verb: str, unless: str = "") -> str:
    when = f" WHEN NOT ({unless})" if unless else ""
    return f"""
        CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table}{when}
        BEGIN SELECT RAISE(ABORT, 'the ledger refuses {verb} on {table}'); END
    """


def _postgres(table: str, unless: str = "") -> Iterator[str]:
    yield _REFUSE_IN_POSTGRES
    for verb in ("UPDATE", "DELETE", "TRUNCATE"):
        each = "STATEMENT"
        if unless and verb == "UPDATE":
            each = f"ROW WHEN (NOT ({unless}))"
        trigger = f"{table}_refuses_{verb.lower()}"
        yield f"""
            CREATE TRIGGER {trigger} BEFORE {verb} ON {table}
            FOR EACH {each} EXECUTE FUNCTION ledger_refuses()
        """
        yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}"


def _erases(table: str, texts: tuple[str, ...]) -> str:
    """The condition that an UPDATE empties texts of a row, or leaves them, and the rest too."""
    bind = op.get_bind()
    same = "IS NOT DISTINCT FROM" if _on_postgres() else "IS"
    conditions = []
    for column in inspect(bind).get_columns(table):
        name = bind.dialect.identifier_preparer.quote(column["name"])
        kept = f"NEW.{name} {same} OLD.{name}"
        conditions.append(f"({kept} OR NEW.{name} = '')" if column["name"] in texts else kept)
    return " AND ".join(conditions)


def _salt_last(texts: tuple[str, ...]) -> str:
    """A salt goes with the last text only: without it a text that stays could not be proved."""
    if "salt" not in texts:
        return ""
    empty = " AND ".join(f"NEW.\"{name}\" = ''" for name in texts if name != "salt")
    return f" AND (NEW.salt = OLD.salt OR ({empty}))"


def _on_postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"
