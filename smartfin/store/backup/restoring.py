"""Restoring a backup: all of it into an empty database, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, exists, func, inspect, select, text

from smartfin.errors import InputError, StoreError
from smartfin.settings import Settings
from smartfin.store import schema
from smartfin.store.backup.archive import CONTENTS, TABLES, Manifest, Part, Report
from smartfin.store.backup.checking import Backup, Values, opened_backup
from smartfin.store.chain import head
from smartfin.store.database import Database, insert_rows
from smartfin.store.migrations import migrate
from smartfin.store.rights import restrict
from smartfin.store.standing import rebuild_validity

_AT_ONCE = 5000
"""Rows inserted at a time, except of those that carry a workbook."""


def restore(settings: Settings, file: Path, report: Report) -> Manifest:
    """Fill the empty ledger of this run with what a backup holds, in one transaction.

    The whole file is checked before anything is written. Seals come along as they are.

    Args:
        settings: Of this run; its database is made where there is none.
        file: The backup.
        report: Told about every some thousand rows, each of which is checked, inserted, and
            where it is a figure weighed for when it was in force.

    Raises:
        InputError: ``backup-unknown``, ``backup-damaged``, ``backup-newer``,
            ``store-not-empty``, ``file-unreadable``.
        StoreError: ``database-newer`` and the other troubles of a database.
    """
    with opened_backup(file) as backup:
        progress = _Progress(backup.manifest, report)
        for part in backup.manifest.parts:
            for _ in backup.rows(part):
                progress.step()
        database = Database(settings.database)
        try:
            with database.migrating() as connection:
                _fill(connection, backup, database.place, progress.step)
        finally:
            database.close()
        return backup.manifest


class _Progress:
    """How much is done of checking, inserting and weighing."""

    def __init__(self, manifest: Manifest, report: Report) -> None:
        self._total = 2 * manifest.rows + manifest.counts.get("fact", 0)
        self._done = 0
        self._report = report

    def step(self, rows: int = 1) -> None:
        before, self._done = self._done, self._done + rows
        if before // _AT_ONCE != self._done // _AT_ONCE or self._done == self._total:
            self._report(self._done, self._total)


def _fill(connection: Connection, backup: Backup, place: str, step: Callable[[int], None]) -> None:
    """Make the tables as the backup knew them, fill them, and bring them to this version."""
    manifest = backup.manifest
    _refuse_unless_empty(connection, manifest, place)
    migrate(connection, to=manifest.version)
    look = inspect(connection)
    if [name for name in TABLES if look.has_table(name)] != [part.table for part in manifest.parts]:
        raise backup.damaged()
    for part in manifest.parts:
        _insert(connection, part, backup, step)
    migrate(connection)
    _weigh(connection, step)
    _go_on_counting(connection)
    restrict(connection)
    if head(connection) != manifest.head:
        raise backup.damaged()


def _refuse_unless_empty(connection: Connection, manifest: Manifest, place: str) -> None:
    """Nothing handed in, decided or waiting, and no tables later than the backup's."""
    look = inspect(connection)
    if not look.has_table("alembic_version"):
        return
    version = text("SELECT version_num FROM alembic_version")
    found = connection.execute(version).scalar_one_or_none() or ""
    if found > schema.VERSIONS[-1]:
        known = schema.VERSIONS[-1]
        raise StoreError("database-newer", database=place, found=found, known=known)
    filled = any(
        connection.execute(select(exists(select(1).select_from(text(name))))).scalar_one()
        for name in TABLES
        if look.has_table(name)
    )
    if filled or found > manifest.version:
        raise InputError("store-not-empty", database=place)


def _insert(
    connection: Connection, part: Part, backup: Backup, step: Callable[[int], None]
) -> None:
    """Insert rows by the columns that the backup names, as the tables are now."""
    table = Table(part.table, MetaData(), autoload_with=connection, resolve_fks=False)
    if sorted(part.columns) != sorted(table.c.keys()):
        raise backup.damaged()
    order = [part.columns.index(name) for name in table.c.keys()]  # noqa: SIM118 - no dict
    at_once = 1 if part.table in CONTENTS else _AT_ONCE
    for some in _batches(backup.rows(part), at_once):
        insert_rows(connection, table, [tuple(row[place] for place in order) for row in some])
        step(len(some))


def _batches(rows: Iterable[Values], size: int) -> Iterator[list[Values]]:
    source = iter(rows)
    while some := list(islice(source, size)):
        yield some


def _weigh(connection: Connection, step: Callable[[int], None]) -> None:
    """Make what is derived, partner by partner, so that somebody can watch."""
    head_in = schema.submission.c
    query = select(head_in.partner, func.sum(head_in.fact_count)).group_by(head_in.partner)
    for partner, figures in connection.execute(query.order_by(head_in.partner)).all():
        rebuild_validity(connection, partner)
        step(int(figures))


def _go_on_counting(connection: Connection) -> None:
    """Let the next number follow the highest; SQLite saw to it while they came in."""
    if connection.dialect.name != "postgresql":
        return
    for name in TABLES:
        counted = schema.metadata.tables[name].autoincrement_column
        if counted is not None:
            sequence = func.pg_get_serial_sequence(name, counted.name)
            highest = connection.execute(select(func.max(counted))).scalar_one()
            if highest is not None:
                connection.execute(select(func.setval(sequence, highest)))
