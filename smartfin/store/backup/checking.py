"""Reading a backup that may be damaged, or made by somebody who means harm."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NoReturn

from smartfin.errors import InputError
from smartfin.store.backup.archive import (
    BEGINNING,
    COMMENT,
    CONTENTS,
    DIGEST_LENGTH,
    KEYS,
    KIND,
    LARGEST_CONTENT,
    LARGEST_MANIFEST,
    LONGEST_ROW,
    MANIFEST,
    MIMETYPE,
    NO_DIGEST,
    Manifest,
    Part,
    content_entry,
    is_newer,
    read_manifest,
    table_entry,
)

Values = list[object]
"""A row: numbers, texts, bytes and nothing, in the order of the part's columns."""

_BLOCK = 1 << 20
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1

# What reading a file of somebody else's making may end with.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,  # an entry with a password; JSON nested beyond reason
    ValueError,
    KeyError,
    OverflowError,
    MemoryError,
)


class Backup:
    """A backup whose manifest can be believed; each row is checked as it is read.

    Args:
        name: Of the file, for messages.
        archive: Opened.
    """

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self._name = name
        self._archive = archive
        with _damage_told(name):
            self.manifest = self._manifest()
            self._refuse_other_entries()

    def rows(self, part: Part) -> Iterator[Values]:
        """The rows of a table with their bytes.

        Raises:
            InputError: ``backup-damaged``, at the latest after the last row.
        """
        with _damage_told(self._name):
            digest, count, size = hashlib.sha256(), 0, 0
            with self._archive.open(self._entry(table_entry(part.table), part.size)) as entry:
                lines = io.BufferedReader(entry, _BLOCK)  # type: ignore[type-var]  # reads like a raw file
                while line := lines.readline(LONGEST_ROW):
                    digest.update(line)
                    size, count = size + len(line), count + 1
                    yield self._values(part, line)
            if (digest.hexdigest(), count, size) != (part.sha256, part.rows, part.size):
                raise ValueError("not the rows of the manifest")

    def damaged(self) -> InputError:
        """The error that says so, for what shows only in the database."""
        return InputError("backup-damaged", file=self._name)

    def _manifest(self) -> Manifest:
        entry = self._archive.getinfo(MANIFEST)
        if entry.file_size > LARGEST_MANIFEST:
            raise ValueError("the manifest is too large")
        content = self._archive.read(entry)
        if is_newer(content):
            raise InputError("backup-newer", file=self._name)
        return read_manifest(content)

    def _refuse_other_entries(self) -> None:
        """No entry but those of the manifest, none twice, none packed in a strange way."""
        manifest, entries = self.manifest, self._archive.infolist()
        contents = sum(part.rows for part in manifest.parts if part.table in CONTENTS)
        named = {MIMETYPE, MANIFEST, *(table_entry(part.table) for part in manifest.parts)}
        if len(entries) != len(named) + contents or not named <= set(self._archive.namelist()):
            raise ValueError("not the entries of the manifest")
        for entry in entries:
            if entry.compress_type not in _PACKINGS or entry.flag_bits & _ENCRYPTED:
                raise ValueError("an entry packed in a strange way")

    def _entry(self, name: str, size: int) -> zipfile.ZipInfo:
        """An entry of the size that it should have."""
        entry = self._archive.getinfo(name)
        if entry.file_size != size:
            raise ValueError("an entry of another size")
        return entry

    def _values(self, part: Part, line: bytes) -> Values:
        values = json.loads(line, parse_constant=_refuse_constant)
        if type(values) is not list or len(values) != len(part.columns):
            raise ValueError("not a row of the table")
        if part.table in CONTENTS:
            place = part.columns.index(CONTENTS[part.table])
            number = values[part.columns.index(KEYS[part.table])]
            values[place] = self._content(part.table, number, values[place])
        for value in values:
            if type(value) not in _KINDS or (type(value) is int and not -_MOST <= value < _MOST):
                raise ValueError("no value of a table")
        return values

    def _content(self, table: str, number: object, said: object) -> bytes:
        """The bytes of a row, as many and of the digest that it says."""
        if type(number) is not int or type(said) is not dict or set(said) != {"sha256", "size"}:
            raise ValueError("a row that names no bytes")
        size = said["size"]
        if type(size) is not int or not 0 <= size <= LARGEST_CONTENT:
            raise ValueError("bytes without end")
        content = self._archive.read(self._entry(content_entry(table, number), size))
        if hashlib.sha256(content).hexdigest() != said["sha256"]:
            raise ValueError("other bytes")
        return content


@contextmanager
def opened_backup(file: Path) -> Iterator[Backup]:
    """A backup, once its every byte was found to be as it was written.

    Raises:
        InputError: ``backup-unknown`` for any other file; ``backup-damaged``;
            ``backup-newer``; ``file-unreadable``.
    """
    name = str(file)
    try:
        opened = file.open("rb")
    except OSError as error:
        raise InputError("file-unreadable", file=name, why=error.strerror) from error
    with opened:
        if opened.read(BEGINNING + len(KIND))[-len(MIMETYPE) - len(KIND) :] != _START:
            raise InputError("backup-unknown", file=name)
        with _damage_told(name):
            _refuse_changed(opened)
            archive = zipfile.ZipFile(opened)
        with archive:
            yield Backup(name, archive)


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    """Whatever shows that a file is damaged, as one error of ours."""
    try:
        yield
    except _DAMAGE as error:
        raise InputError("backup-damaged", file=name) from error


def _refuse_changed(file: BinaryIO) -> None:
    """Each byte counts: those of the archive's own headers no part has a digest of."""
    size = file.seek(0, io.SEEK_END)
    digest, left = hashlib.sha256(), size - DIGEST_LENGTH
    file.seek(0)
    end = b""
    while left > 0 and (block := file.read(min(_BLOCK, left))):
        digest.update(block)
        left -= len(block)
        end = (end + block)[-len(COMMENT) :]
    digest.update(NO_DIGEST)
    if end != COMMENT or file.read() != digest.hexdigest().encode():
        raise ValueError("not the digest of the file")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


_START = MIMETYPE.encode() + KIND
_KINDS = (type(None), int, float, str, bytes)
_MOST = 1 << 63
