"""Opening the ledger: made where there is none, brought to this version where it is older."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from smartfin.errors import StoreError
from smartfin.settings import Settings
from smartfin.store.database import Database, holds_something
from smartfin.store.ledger import Ledger
from smartfin.store.rights import restrict
from smartfin.store.schema import VERSIONS


def open_ledger(settings: Settings) -> Ledger:
    """The ledger of this run, made or brought to this version where needed.

    Raises:
        StoreError: ``database-newer``, ``database-unreachable``, ``database-unsupported``,
            ``database-damaged``, ``database-read-only``, ``disk-full`` and the other
            troubles of a database.
    """
    database = Database(settings.database)
    if _version(database) != VERSIONS[-1]:
        _bring_up_to_date(database)
    elif database.is_unrestricted():  # a backup restored on another server
        with database.migrating() as connection:
            restrict(connection)
    return Ledger(database)


def existing_ledger(settings: Settings) -> Ledger | None:
    """The ledger of this run if it is there and of this version; makes and migrates nothing.

    Raises:
        StoreError: It is there and cannot be read.
    """
    if not holds_something(settings.database):
        return None
    database = Database(settings.database)
    return Ledger(database) if _version(database) == VERSIONS[-1] else None


def _version(database: Database) -> str | None:
    """The version a database says it has; None for an empty one."""
    with database.reading() as connection:
        return _version_in(connection)


def _version_in(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _bring_up_to_date(database: Database) -> None:
    """Migrate under the write lock; another process may have done it meanwhile."""
    from smartfin.store.chain import seal_unsealed  # noqa: PLC0415 - a rare need
    from smartfin.store.migrations import migrate  # noqa: PLC0415

    with database.migrating() as connection:
        found = _version_in(connection)
        if found is not None and found not in VERSIONS:
            raise StoreError(
                "database-newer", database=database.place, found=found, known=VERSIONS[-1]
            )
        if found != VERSIONS[-1]:
            migrate(connection)
            if found in VERSIONS[:2]:  # these wrote no seals
                seal_unsealed(connection)
            restrict(connection)
