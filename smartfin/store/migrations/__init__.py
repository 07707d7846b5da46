"""How a database of any earlier version becomes one of this version.

A version is one module ``versions/vNNNN_what.py`` with ``revision``, ``down_revision`` and
``upgrade``; there is no way down but a backup. To add one: write the module, name it
last in ``schema.VERSIONS``, and change ``schema`` to what it leaves; a test compares the
two.

Alembic is imported here and nowhere else, so that only a database that needs migrating
pays for it.
"""

from __future__ import annotations

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

SCRIPTS = ScriptDirectory(str(Path(__file__).parent))
"""The versions, as Alembic knows them."""


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring the database to a version, the newest by default, inside the caller's transaction."""
    context = MigrationContext.configure(connection, opts={"transactional_ddl": True})
    found = context.get_current_revision() or "base"
    with Operations.context(context):
        for version in reversed(list(SCRIPTS.iterate_revisions(to, found))):
            version.module.upgrade()
            context.stamp(SCRIPTS, version.revision)
