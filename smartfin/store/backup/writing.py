"""Writing a backup: one state of the database, row by row."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy import Connection, Row, column, func, select, table

from smartfin import __version__
from smartfin.settings import Settings
from smartfin.store import schema
from smartfin.store.backup.archive import (
    COMMENT,
    CONTENTS,
    DIGEST_LENGTH,
    FORMAT,
    KEYS,
    KIND,
    MANIFEST,
    MIMETYPE,
    NO_DIGEST,
    TABLES,
    Manifest,
    Part,
    Report,
    content_entry,
    table_entry,
)
from smartfin.store.backup.place import new_file
from smartfin.store.chain import head
from smartfin.store.database import Database

_AT_ONCE = 2000
"""Rows fetched at a time, except of those that carry a workbook."""


def back_up(settings: Settings, file: Path, report: Report) -> Manifest:
    """Write all that a ledger holds into a new file, while others use and fill it.

    Args:
        settings: Of this run; its ledger is there and of this version.
        file: To write; never one that exists.
        report: Told about every some thousand rows.

    Raises:
        InputError: ``file-exists``, ``file-unwritable``.
        StoreError: The database cannot be read, or ``disk-full``.
    """
    database = Database(settings.database)
    try:
        with new_file(file) as opened, database.reading() as connection:
            return _write(connection, opened, report)
    finally:
        database.close()


class _Digested:
    """A file that is written from its beginning to its end, and the digest of that."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        return self._file.write(content)

    def flush(self) -> None:
        self._file.flush()


def _write(connection: Connection, file: BinaryIO, report: Report) -> Manifest:
    digested = _Digested(file)
    with zipfile.ZipFile(cast("BinaryIO", digested), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = COMMENT + NO_DIGEST
        archive.writestr(MIMETYPE, KIND, zipfile.ZIP_STORED)
        progress = _Progress(connection, report)
        manifest = Manifest(
            format=FORMAT,
            version=schema.VERSIONS[-1],
            made=schema.utc_text(datetime.now(UTC)),
            program=__version__,
            head=head(connection),
            parts=tuple(_write_table(connection, archive, name, progress) for name in TABLES),
        )
        archive.writestr(MANIFEST, manifest.to_json())
    file.seek(-DIGEST_LENGTH, io.SEEK_END)
    file.write(digested.digest.hexdigest().encode())
    return manifest


class _Progress:
    """How many of all rows are written."""

    def __init__(self, connection: Connection, report: Report) -> None:
        counts = (
            connection.execute(select(func.count()).select_from(schema.metadata.tables[name]))
            for name in TABLES
        )
        self._total: int = sum(count.scalar_one() for count in counts)
        self._done = 0
        self._report = report

    def step(self) -> None:
        self._done += 1
        if self._done % _AT_ONCE == 0 or self._done == self._total:
            self._report(self._done, self._total)


def _write_table(
    connection: Connection, archive: zipfile.ZipFile, name: str, progress: _Progress
) -> Part:
    """Write the rows of a table, and first the bytes that belong to them.

    An archive takes one entry at a time: of rows that carry bytes only these are written at
    once, and the rest, a line each, is held until they are through.
    """
    columns = tuple(each.name for each in schema.metadata.tables[name].c)
    rows = _rows(connection, name)
    if name not in CONTENTS:
        return _write_rows(archive, name, columns, (_line(row) for row in rows), progress)
    held = [_line(_with_content_apart(archive, name, row)) for row in rows]
    return _write_rows(archive, name, columns, iter(held), progress)


def _rows(connection: Connection, name: str) -> Iterator[Row[tuple[object, ...]]]:
    """The rows of a table as the database holds them, in the order of the primary key."""
    known = schema.metadata.tables[name]
    # Columns without a type: times and flags are written as they are stored.
    plain = table(name, *(column(each.name) for each in known.c))
    query = select(plain).order_by(*(plain.c[each.name] for each in known.primary_key))
    at_once = 1 if name in CONTENTS else _AT_ONCE
    yield from connection.execute(query, execution_options={"yield_per": at_once})


def _with_content_apart(
    archive: zipfile.ZipFile, name: str, row: Row[tuple[object, ...]]
) -> list[object]:
    """A row with its bytes written as an entry, and named by digest and size."""
    values = row._asdict()
    content = bytes(cast("bytes", values[CONTENTS[name]]))
    entry = content_entry(name, cast("int", values[KEYS[name]]))
    archive.writestr(entry, content, zipfile.ZIP_STORED)  # workbooks are compressed already
    digest = hashlib.sha256(content).hexdigest()
    values[CONTENTS[name]] = {"sha256": digest, "size": len(content)}
    return list(values.values())


def _write_rows(
    archive: zipfile.ZipFile,
    name: str,
    columns: tuple[str, ...],
    lines: Iterator[bytes],
    progress: _Progress,
) -> Part:
    digest, count, size = hashlib.sha256(), 0, 0
    with archive.open(table_entry(name), "w", force_zip64=True) as entry:
        for line in lines:
            digest.update(line)
            size += entry.write(line)
            count += 1
            progress.step()
    return Part(name, columns, count, size, digest.hexdigest())


def _line(row: object) -> bytes:
    return _ENCODER.encode(list(cast("list[object]", row))).encode() + b"\n"


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
