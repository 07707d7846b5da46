"""Old workbooks (.xls): chains of sectors that loop, records that lie, and what came before."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import partial

from smartfin.findings import FindingCode
from tests.hostile import honest
from tests.hostile.nasty import Nasty, nasty
from tests.writers import biff, ole
from tests.writers.biff import record
from tests.writers.book import Book, Page, Rows

BEGIN, END_RECORD, SHEET_ENTRY, TEXTS = 0x0809, 0x000A, 0x0085, 0x00FC
_SHIFT, _TABLES, _DIRECTORY, _SMALL, _MORE = 30, 44, 48, 60, 68
_FIRST_TABLE = 76


def long_book() -> bytes:
    """A workbook long enough to have sectors of its own."""
    rows: Rows = [[f"voce {n}", *[float(n + m) for m in range(20)]] for n in range(60)]
    return biff.workbook(Book((*honest.BOOK.pages, Page("Dettaglio", rows))))


def patched(content: bytes, at: int, layout: str, *values: int) -> bytes:
    """The file with some numbers overwritten."""
    changed = bytearray(content)
    struct.pack_into(layout, changed, at, *values)
    return bytes(changed)


def numbers_at(content: bytes, at: int) -> int:
    """The number at a place."""
    return int(struct.unpack_from("<I", content, at)[0])


def with_next(sector: int, follower: int) -> bytes:
    """A table in which a sector is followed by another than it is."""
    content = long_book()
    table = (numbers_at(content, _FIRST_TABLE) + 1) * ole.SECTOR
    return patched(content, table + 4 * sector, "<I", follower)


def with_directory_loop() -> bytes:
    """A directory that follows itself."""
    return with_next(numbers_at(long_book(), _DIRECTORY), numbers_at(long_book(), _DIRECTORY))


def with_table_loop() -> bytes:
    """A list of tables that goes on in itself, forever."""
    content = long_book()
    listing = struct.pack("<128I", *[ole.FREE] * 127, (len(content) // ole.SECTOR) - 1)
    return patched(content, _MORE, "<II", (len(content) // ole.SECTOR) - 1, 1) + listing


def with_header(at: int, layout: str, *values: int) -> bytes:
    """A long workbook with some numbers of its header overwritten."""
    return patched(long_book(), at, layout, *values)


def with_stream(change: Callable[[bytes], bytes]) -> bytes:
    """The honest workbook with its stream of records changed."""
    return ole.compound({"Workbook": change(stream())})


def stream() -> bytes:
    """The records of the honest workbook."""
    return biff.BookWriter(honest.BOOK).stream()


def encrypted() -> bytes:
    """With the record that tells how the rest is encrypted, behind the first."""
    secret = record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    head = len(record(BEGIN, bytes(16)))

    def locked(body: bytes) -> bytes:
        return body[:head] + secret + body[head:]

    return with_stream(locked)


def record_place(body: bytes, kind: int) -> int:
    """Where the first record of a kind begins."""
    at = 0
    while True:
        found, size = struct.unpack_from("<HH", body, at)
        if found == kind:
            return at
        at += 4 + size


def in_record(kind: int, offset: int, layout: str, *values: int) -> bytes:
    """The honest workbook with some numbers in the first record of a kind overwritten."""
    return with_stream(
        lambda body: patched(body, record_place(body, kind) + 4 + offset, layout, *values)
    )


def with_record(kind: int, body: bytes) -> bytes:
    """The honest workbook with one more record at the end of its last sheet."""
    return with_stream(lambda whole: whole[:-4] + record(kind, body) + whole[-4:])


def early(version: int) -> bytes:
    """A sheet of Excel 2, 3 or 4: bare records, no container."""
    begin = record(version << 8 | 0x09, struct.pack("<HHH", version << 8, 0x10, 0))
    number = record(0x0003, struct.pack("<HHxxxd", 0, 0, 1.5))
    return begin + number + record(END_RECORD)


def with_streams(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of another program."""
    return ole.compound(streams)


def cut(share: float) -> bytes:
    """The first part of a long workbook."""
    content = long_book()
    return content[: int(len(content) * share)]


_DAMAGED, _HOSTILE, _LOST = FindingCode.DAMAGED, FindingCode.HOSTILE, FindingCode.SHEET_MISSING
_NOT, _MANY = FindingCode.NOT_A_WORKBOOK, FindingCode.TOO_MANY_CELLS
_NONE, _EARLY = FindingCode.NO_STATEMENT, FindingCode.UNSUPPORTED_FORMAT
_LOCKED = FindingCode.ENCRYPTED
_BIG = bytes(range(256)) * 20

NASTY: tuple[Nasty, ...] = (
    nasty(
        "a new workbook behind a password",
        lambda: with_streams({"EncryptionInfo": _BIG, "EncryptedPackage": _BIG}),
        _LOCKED,
    ),
    nasty(
        "a workbook of limited rights",
        lambda: with_streams({"\tDRMContent": _BIG}),
        _LOCKED,
        file="book.xls",
    ),
    nasty("an old workbook behind a password", encrypted, _LOCKED, file="book.xls"),
    nasty("a sector that follows itself", lambda: with_next(3, 3), _DAMAGED, file="book.xls"),
    nasty("a chain that runs back", lambda: with_next(9, 2), _DAMAGED, file="book.xls"),
    nasty("a chain that ends early", lambda: with_next(5, ole.END), _DAMAGED, file="book.xls"),
    nasty(
        "a chain that leaves the file", lambda: with_next(5, 0x00FFFFFF), _DAMAGED, file="book.xls"
    ),
    nasty("a directory that follows itself", with_directory_loop, _DAMAGED, file="book.xls"),
    nasty("a list of tables that follows itself", with_table_loop, _DAMAGED, file="book.xls"),
    nasty(
        "a list of tables outside",
        lambda: with_header(_MORE, "<II", 0xFFFF, 9),
        _DAMAGED,
        file="book.xls",
    ),
    nasty(
        "more tables than sectors",
        lambda: with_header(_TABLES, "<I", 0xFFFFFFFF),
        _DAMAGED,
        file="book.xls",
    ),
    nasty(
        "a table outside",
        lambda: with_header(_FIRST_TABLE, "<I", 0x0FFFFFFF),
        _DAMAGED,
        file="book.xls",
    ),
    nasty(
        "a directory outside",
        lambda: with_header(_DIRECTORY, "<I", 0x0FFFFFFF),
        _DAMAGED,
        file="book.xls",
    ),
    nasty(
        "small sectors outside",
        lambda: with_header(_SMALL, "<I", 0x0FFFFFFF),
        _DAMAGED,
        file="book.xls",
    ),
    *(
        nasty(
            f"sectors of 2^{shift}",
            partial(with_header, _SHIFT, "<H", shift),
            _DAMAGED,
            file="book.xls",
        )
        for shift in (0, 1, 8, 16, 31, 255, 65535)
    ),
    nasty(
        "small sectors of 2^40",
        lambda: with_header(_SHIFT + 2, "<H", 40),
        _DAMAGED,
        file="book.xls",
    ),
    nasty("a header only", lambda: long_book()[:512], _DAMAGED, file="book.xls"),
    nasty("less than a header", lambda: long_book()[:100], _DAMAGED, file="book.xls"),
    *(
        nasty(
            f"cut at {share:.0%}",
            partial(cut, share),
            _DAMAGED,
            file="book.xls",
        )
        for share in (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)
    ),
    nasty(
        "a stream of nothing",
        lambda: with_stream(lambda _: bytes(600)),
        _DAMAGED,
        _NONE,
        file="book.xls",
    ),
    nasty(
        "a stream of no length",
        lambda: with_stream(lambda _: b""),
        _DAMAGED,
        _NONE,
        file="book.xls",
    ),
    nasty(
        "records cut off",
        lambda: with_stream(lambda body: body[: len(body) * 2 // 3]),
        _DAMAGED,
        file="book.xls",
    ),
    nasty(
        "records without end",
        lambda: with_stream(lambda body: body[:-4]),
        _DAMAGED,
        file="book.xls",
    ),
    nasty(
        "a record too long", lambda: in_record(TEXTS, -2, "<H", 0xFFFF), _DAMAGED, file="book.xls"
    ),
    nasty(
        "a sheet that begins outside",
        lambda: in_record(SHEET_ENTRY, 0, "<I", 0x7FFFFFFF),
        _DAMAGED,
        _LOST,
        file="book.xls",
    ),
    nasty(
        "a sheet that begins in itself",
        lambda: in_record(SHEET_ENTRY, 0, "<I", 0),
        _DAMAGED,
        _LOST,
        file="book.xls",
    ),
    nasty(
        "a sheet that begins nowhere",
        lambda: in_record(SHEET_ENTRY, 0, "<I", 33),
        _DAMAGED,
        _LOST,
        file="book.xls",
    ),
    nasty(
        "texts without number",
        lambda: in_record(TEXTS, 0, "<II", 0xFFFFFFFF, 0xFFFFFFFF),
        file="book.xls",
    ),
    nasty("a text too long", lambda: in_record(TEXTS, 8, "<H", 0xFFFF), _DAMAGED, file="book.xls"),
    nasty(
        "a text that is not there",
        lambda: with_record(0x00FD, struct.pack("<HHHI", 50, 0, 0, 0x00FFFFFF)),
        file="book.xls",
    ),
    nasty(
        "a cell beyond the sheet",
        lambda: with_record(0x0203, struct.pack("<HHHd", 65_535, 65_535, 0, 1.0)),
        _DAMAGED,
        _MANY,
        _HOSTILE,
        file="book.xls",
    ),
    nasty("a cell too short", lambda: with_record(0x0203, b"\x01\x00"), _DAMAGED, file="book.xls"),
    nasty(
        "many numbers in no columns",
        lambda: with_record(0x00BD, struct.pack("<HHHIH", 50, 9, 0, 0, 3)),
        _DAMAGED,
        file="book.xls",
    ),
    *(nasty(f"Excel {n}", partial(early, n), _EARLY, file="book.xls") for n in (0, 2, 4)),
    nasty("bare records of Excel 5", stream, _EARLY, file="book.xls"),
    nasty("a Word document", lambda: with_streams({"WordDocument": _BIG}), _NOT, file="book.doc"),
    nasty(
        "a presentation", lambda: with_streams({"PowerPoint Document": _BIG}), _NOT, file="book.ppt"
    ),
    nasty("a mail", lambda: with_streams({"__properties_version1.0": _BIG}), _NOT, file="book.msg"),
    nasty(
        "a compound file of nobody", lambda: with_streams({"Contents": _BIG}), _NOT, file="book.xls"
    ),
)
