"""Compound files (OLE2): the container of .xls, and of much else.

A compound file is a small file system: a table tells which sector follows which. A file whose
chain of sectors runs in a circle, or out of the file, is told from an honest one here, before
a reader that believes the chain follows it until the memory ends.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from smartfin.ingest.container.refusal import damaged

_HEADER = struct.Struct("<30xHH10xII4xII4xI")
_TABLES_AT, _TABLES_IN_HEADER = 76, 109
_SHIFTS = range(9, 13)
_SMALL_SHIFT = 6
_LAST = 0xFFFFFFFA  # larger numbers are no sectors: end of a chain, free, table
_ENTRY = 128
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class Compound:
    """The streams of a compound file.

    Args:
        places: First sector and size of each stream, by its name in lower case.
        sectors: Its sectors; the last one may be short.
        table: Number of the sector that follows each.
        small_sectors: Sectors of the streams too short to have sectors of their own.
        small_table: Number of the small sector that follows each.
        cutoff: Size from which a stream has sectors of its own.
    """

    places: dict[str, tuple[int, int]]
    sectors: Sequence[bytes]
    table: Sequence[int]
    small_sectors: Sequence[bytes]
    small_table: Sequence[int]
    cutoff: int

    def stream(self, name: str) -> bytes:
        """The bytes of a stream, by its name in lower case.

        Raises:
            PartRefused: ``damaged``: its chain of sectors runs in a circle, or out of the file.
        """
        start, size = self.places[name]
        if size < self.cutoff:
            return _joined(start, size, self.small_table, self.small_sectors)
        return _joined(start, size, self.table, self.sectors)


def read_compound(content: bytes) -> Compound:
    """The streams of a compound file, as its directory lists them.

    Raises:
        PartRefused: ``damaged``: header, table of sectors or directory.
    """
    if len(content) < _TABLES_AT + 4 * _TABLES_IN_HEADER:
        raise damaged()
    shift, small_shift, tables, directory, cutoff, small, more = _HEADER.unpack_from(content)
    if shift not in _SHIFTS or small_shift != _SMALL_SHIFT:
        raise damaged()
    sectors = _cut(content[1 << shift :], 1 << shift)
    table = _table(content, sectors, tables, more)
    entries = _entries(_joined(directory, 0, table, sectors))
    root = [place for kind, _, place in entries if kind == _ROOT]
    small_body = _joined(*root[0], table, sectors) if root and root[0][1] else b""
    return Compound(
        places={name: place for kind, name, place in reversed(entries) if kind == _STREAM},
        sectors=sectors,
        table=table,
        small_sectors=_cut(small_body, 1 << _SMALL_SHIFT),
        small_table=_numbers(_joined(small, 0, table, sectors)),
        cutoff=cutoff,
    )


def read_stream(content: bytes, names: Sequence[str]) -> bytes:
    """The first stream of a compound file that has one of some names, whatever its case.

    Raises:
        PartRefused: ``damaged``, also when there is no such stream.
    """
    compound = read_compound(content)
    for name in names:
        if name.casefold() in compound.places:
            return compound.stream(name.casefold())
    raise damaged()


def _cut(body: bytes, size: int) -> list[bytes]:
    return [body[at : at + size] for at in range(0, len(body), size)]


def _numbers(body: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(body[: len(body) // 4 * 4])
    return numbers


def _table(content: bytes, sectors: Sequence[bytes], count: int, more: int) -> Sequence[int]:
    """The table of sectors, whose own sectors are listed in the header and in a chain of lists."""
    listed = _numbers(content[_TABLES_AT : _TABLES_AT + 4 * _TABLES_IN_HEADER])
    visited = set()
    while more < _LAST:
        if more in visited or more >= len(sectors) or len(sectors[more]) < len(sectors[0]):
            raise damaged()
        visited.add(more)
        *numbers, more = _numbers(sectors[more])
        listed.extend(numbers)
    used = [number for number in listed[:count] if number < _LAST]
    if count > len(sectors) or any(number >= len(sectors) for number in used):
        raise damaged()
    return _numbers(b"".join(sectors[number] for number in used))


def _joined(start: int, size: int, table: Sequence[int], sectors: Sequence[bytes]) -> bytes:
    """The bytes of a chain; all of it when ``size`` is 0.

    The last sector of a file may be cut off behind its last byte of content; any other must
    be whole.
    """
    numbers = _chain(start, table)
    if any(number >= len(sectors) for number in numbers):
        raise damaged()
    parts = [sectors[number] for number in numbers]
    if any(len(part) < len(sectors[0]) for part in parts[:-1]) or size > sum(map(len, parts)):
        raise damaged()
    return b"".join(parts)[: size or None]


def _chain(start: int, table: Sequence[int]) -> list[int]:
    """The sectors of a chain; longer than its table it can only run in a circle."""
    numbers: list[int] = []
    while start < _LAST:
        if start >= len(table) or len(numbers) > len(table):
            raise damaged()
        numbers.append(start)
        start = table[start]
    return numbers


def _entries(directory: bytes) -> list[tuple[int, str, tuple[int, int]]]:
    """Kind, name and place of each line of the directory."""
    entries = []
    for line in _cut(directory, _ENTRY):
        if len(line) == _ENTRY:
            length, kind = struct.unpack_from("<HB", line, 64)
            name = line[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            entries.append((kind, name.casefold(), struct.unpack_from("<II", line, 116)))
    return entries
