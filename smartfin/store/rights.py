"""The role under which smartfin uses a ledger on PostgreSQL; SQLite knows no roles.

It may read all, add to the ledger proper, empty personal texts, and do as it likes with what
is derived or waiting. It owns nothing and nobody logs in as it: ``postgres`` takes it on in
each transaction. So the ledger is safe from a mistake of ours even where its triggers are
gone, and from whoever gets to speak with smartfin's voice.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from smartfin.store.schema import LEDGER_TABLES, TEXTS, metadata

_LOG = logging.getLogger(__name__)

_MAY_NOT = ("42501", "25006")  # no right to make roles, or a server that only reads

_MAKE = """
    DO $$ BEGIN
        IF to_regrole('{role}') IS NULL THEN
            CREATE ROLE {role} NOLOGIN;
        END IF;
        IF NOT pg_has_role('{role}', CASE
            WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END
        ) THEN
            GRANT {role} TO CURRENT_USER;
        END IF;
    END $$
"""


def restrict(connection: Connection) -> None:
    """Make the role where there is none, and give it the rights that this version needs.

    An account that may make no roles does without: then only triggers guard the ledger.
    """
    if connection.dialect.name != "postgresql":
        return
    try:
        with connection.begin_nested():
            for statement in _statements(connection):
                connection.execute(text(statement))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in _MAY_NOT:
            raise
        _LOG.warning("the ledger gets no role of its own, only triggers guard it: %s", error.orig)


def _statements(connection: Connection) -> Iterator[str]:
    about = "SELECT current_database(), current_schema(), oid FROM pg_database"
    database, schema, number = connection.execute(
        text(f"{about} WHERE datname = current_database()")
    ).one()
    # One a database: whoever owns another on the same server must not come to share it.
    role = f"ledger_of_{re.sub('[^a-z0-9]', '_', database.lower())[:40]}_{number}"
    quoted = connection.dialect.identifier_preparer.quote_identifier
    yield _MAKE.format(role=role)
    yield f"GRANT USAGE ON SCHEMA {quoted(schema)} TO {role}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {quoted(schema)} TO {role}"
    yield f"GRANT SELECT ON alembic_version TO {role}"
    for table in metadata.tables:
        rights = "SELECT, INSERT" if table in LEDGER_TABLES else "SELECT, INSERT, UPDATE, DELETE"
        yield f"REVOKE ALL ON {table} FROM {role}"
        yield f"GRANT {rights} ON {table} TO {role}"
    for table, columns in TEXTS.items():
        yield f"GRANT UPDATE ({', '.join(map(quoted, columns))}) ON {table} TO {role}"
