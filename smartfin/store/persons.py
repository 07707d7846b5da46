"""Persons: the name behind the id that the chain knows, and how it is erased."""

from __future__ import annotations

from sqlalchemy import Connection, Table, update

from smartfin.store import schema

_NAMED: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (schema.cover, ("by",)),
    (schema.decision_cover, ("by",)),
    (schema.remembered_answer, ("by",)),
    (schema.answered_finding, ("by", "sentence")),
    (schema.draft, ("by",)),
)
"""Where a person is named, and what goes with the name: who answered speaks in the sentence."""


def erase_person(connection: Connection, name: str) -> int:
    """Take a name out of the ledger; what the person handed in and decided stays.

    Args:
        connection: Of a write transaction.
        name: As the person gave it.

    Returns:
        How many rows named that person.
    """
    if not name:
        return 0
    count = 0
    for table, columns in _NAMED:
        emptied = update(table).where(table.c.by == name)
        count += connection.execute(emptied.values(dict.fromkeys(columns, ""))).rowcount
    connection.execute(update(schema.person).where(schema.person.c.name == name).values(name=""))
    return count
