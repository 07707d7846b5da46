"""What a backup consists of; names are made here and never taken from a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import LargeBinary

from smartfin.store.schema import LEDGER_TABLES, VERSIONS, metadata

FORMAT = 1
"""Grows when a reader of the format before would misunderstand the file."""

FIRST_VERSION = "0003"
"""The oldest version of the tables that was ever backed up."""

TABLES = (*LEDGER_TABLES, "draft")
"""What is backed up, each table after those it refers to."""

MIMETYPE, MANIFEST = "mimetype", "manifest.json"
KIND = b"application/vnd.smartfin.backup"
BEGINNING = 30 + len(MIMETYPE)  # where the content of the first entry of a ZIP stands
COMMENT = b"sha256="
DIGEST_LENGTH = 64
NO_DIGEST = b"0" * DIGEST_LENGTH

LARGEST_MANIFEST = 1 << 20
LONGEST_ROW = 1 << 26
LARGEST_CONTENT = 1 << 28
"""Bytes a single row and a single workbook may have: what is held in memory at once."""

Report = Callable[[int, int], None]
"""Told how much is done of how much there is to do [rows]."""

CONTENTS = {
    table.name: next(c.name for c in table.c if isinstance(c.type, LargeBinary))
    for table in metadata.sorted_tables
    if table.name in TABLES and any(isinstance(c.type, LargeBinary) for c in table.c)
}
"""The column of bytes of each table that has one; they become entries of their own."""

KEYS = {name: metadata.tables[name].primary_key.columns[0].name for name in CONTENTS}
"""The column that numbers them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table in a backup.

    Args:
        table: Its name.
        columns: Of each row, in this order.
        rows: How many.
        size: Of the entry, unpacked [bytes].
        sha256: Of the entry, unpacked.
    """

    table: str
    columns: tuple[str, ...]
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Args:
        format: ``FORMAT`` of the program that made it.
        version: Of the tables, member of ``schema.VERSIONS``.
        made: When (UTC).
        program: Version of the program.
        head: Newest seal of the chain.
        parts: The tables, in the order in which they are restored.
    """

    format: int
    version: str
    made: str
    program: str
    head: str
    parts: tuple[Part, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table."""
        return {part.table: part.rows for part in self.parts}

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(part.rows for part in self.parts)

    def to_json(self) -> bytes:
        """The manifest as it stands in the file."""
        return json.dumps(asdict(self), indent=1).encode()


def read_manifest(content: bytes) -> Manifest:
    """The manifest of a file that ``is_newer`` has let pass.

    Raises:
        ValueError: It is none that this program could have written.
    """
    said = _document(content)
    parts = tuple(_part(part) for part in _list(said.pop("parts", None)))
    _refuse_unless(set(said) == {"format", "version", "made", "program", "head"})
    texts = {name: value for name, value in said.items() if name != "format"}
    _refuse_unless(all(isinstance(value, str) for value in texts.values()))
    _refuse_unless(said["version"] in VERSIONS and said["version"] >= FIRST_VERSION)
    order = [TABLES.index(part.table) for part in parts]
    _refuse_unless(order == sorted(set(order)))
    return Manifest(**said, parts=parts)


def is_newer(content: bytes) -> bool:
    """Whether a manifest is of a later program than this one.

    Raises:
        ValueError: It does not even say that.
    """
    said = _document(content)
    form, version = said.get("format"), said.get("version")
    if not isinstance(form, int) or not isinstance(version, str):
        raise ValueError("no version")
    return form > FORMAT or version > VERSIONS[-1]


def table_entry(table: str) -> str:
    """The name of the entry with the rows of a table."""
    return f"tables/{table}.jsonl"


def content_entry(table: str, number: int) -> str:
    """The name of the entry with the bytes of a row."""
    return f"{table}/{number}"


def _part(said: object) -> Part:
    """A part of a manifest, nothing about it taken for granted."""
    _refuse_unless(isinstance(said, dict))
    fields: dict[str, Any] = dict(said)  # type: ignore[call-overload]  # a dict: looked just now
    columns = tuple(_list(fields.pop("columns", None)))
    _refuse_unless(set(fields) == {"table", "rows", "size", "sha256"})
    _refuse_unless(all(isinstance(name, str) for name in (*columns, fields["table"])))
    sizes = (fields["rows"], fields["size"])
    _refuse_unless(all(type(size) is int and size >= 0 for size in sizes))
    return Part(columns=columns, **fields)


def _document(content: bytes) -> dict[str, Any]:
    said = json.loads(content)
    _refuse_unless(isinstance(said, dict))
    return dict(said)


def _list(said: object) -> list[Any]:
    if not isinstance(said, list):
        raise ValueError("no list")
    return said


def _refuse_unless(sound: bool) -> None:
    if not sound:
        raise ValueError("not as a backup says it")
