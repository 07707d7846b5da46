"""Compound files (OLE2), the container of .xls, byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
SMALL = 64  # bytes of a sector of the small streams
CUTOFF = 4096  # a shorter stream lies among the small ones
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of some streams in its root.

    Example:
        >>> compound({"Workbook": b"..."})[:4].hex()
        'd0cf11e0'
    """
    file = _File()
    small, small_table = bytearray(), list[int]()
    entries = []
    for name, body in streams.items():
        is_small = len(body) < CUTOFF
        start = _small_chain(body, small, small_table) if is_small else file.chain(body)
        entries.append(_entry(name, 2, start, len(body)))
    root = file.chain(bytes(small)) if small else END
    numbers = b"".join(struct.pack("<I", number) for number in small_table)
    small_start = file.chain(_padded(numbers, SECTOR, b"\xff")) if small_table else END
    small_count = -(-len(numbers) // SECTOR)
    links = [(FREE, FREE, number + 1) for number in range(len(entries))]
    directory = _linked(_entry("Root Entry", 5, root, len(small)), entries, len(links))
    first = file.chain(_padded(directory, SECTOR, b"\x00"))
    return file.closed(first, small_start, small_count)


class _File:
    """Sectors and the table that chains them."""

    def __init__(self) -> None:
        self._sectors: list[bytes] = []
        self._table: list[int] = []

    def chain(self, body: bytes) -> int:
        """Lays a body into sectors of its own; the number of the first."""
        first = len(self._sectors)
        pieces = [body[at : at + SECTOR] for at in range(0, len(body), SECTOR)]
        self._sectors += [piece.ljust(SECTOR, b"\x00") for piece in pieces]
        self._table += [*range(first + 1, first + len(pieces)), END]
        return first

    def closed(self, directory: int, small_start: int, small_count: int) -> bytes:
        """The file: header, sectors and the table of sectors at the end (at most 109 of them)."""
        tables = 1
        while tables * (SECTOR // 4) < len(self._sectors) + tables:
            tables += 1
        places = range(len(self._sectors), len(self._sectors) + tables)
        table = [*self._table, *[TABLE] * tables]
        table += [FREE] * (tables * (SECTOR // 4) - len(table))
        header = SIGNATURE + bytes(16)
        header += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables)
        header += struct.pack("<IIIII", directory, 0, CUTOFF, small_start, small_count)
        header += struct.pack("<II", END, 0)
        header += struct.pack("<109I", *places, *[FREE] * (109 - tables))
        body = b"".join(self._sectors)
        return header + body + struct.pack(f"<{len(table)}I", *table)


def _small_chain(body: bytes, small: bytearray, table: list[int]) -> int:
    first = len(table)
    count = max(1, -(-len(body) // SMALL))
    small += body.ljust(count * SMALL, b"\x00")
    table += [*range(first + 1, first + count), END]
    return first


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    """A line of the directory, without neighbours or children."""
    encoded = (name + "\x00").encode("utf-16-le")
    body = encoded.ljust(64, b"\x00") + struct.pack("<HBB", len(encoded), kind, 1)
    body += struct.pack("<III", FREE, FREE, FREE) + bytes(36)
    return body + struct.pack("<IQ", start, size)


def _linked(root: bytes, entries: list[bytes], count: int) -> bytes:
    """Root and entries, each entry the right neighbour of the one before."""
    lines = [root[:76] + struct.pack("<I", 1 if entries else FREE) + root[80:]]
    for number, entry in enumerate(entries, start=1):
        follower = number + 1 if number < count else FREE
        lines.append(entry[:72] + struct.pack("<I", follower) + entry[76:])
    return b"".join(lines)


def _padded(body: bytes, size: int, fill: bytes) -> bytes:
    return body + fill * (-len(body) % size)
