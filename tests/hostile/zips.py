"""Zip containers that lie: about sizes, checksums, numbers and places of their entries."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

from smartfin.findings import FindingCode
from smartfin.ingest.container import archive
from tests.hostile import honest
from tests.hostile.nasty import Nasty, nasty
from tests.writers import ooxml
from tests.writers.package import zipped

SHEET = "xl/worksheets/sheet1.xml"
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def parts() -> dict[str, bytes]:
    """The parts of the honest workbook."""
    return ooxml.parts(honest.BOOK)


def with_parts(more: Mapping[str, bytes]) -> bytes:
    """The honest workbook with parts added or replaced."""
    return zipped({**parts(), **more})


def entries(content: bytes) -> list[zipfile.ZipInfo]:
    """The entries of a container."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return opened.infolist()


def central_place(content: bytes, name: str) -> int:
    """Where the table of contents speaks of an entry."""
    at = content.index(CENTRAL)
    while content[at + 46 : at + 46 + len(name)] != name.encode():
        at = content.index(CENTRAL, at + 4)
    return at


def patched(content: bytes, at: int, layout: str, *values: int) -> bytes:
    """The file with some numbers overwritten."""
    changed = bytearray(content)
    struct.pack_into(layout, changed, at, *values)
    return bytes(changed)


def with_bad_checksum(name: str) -> bytes:
    """One byte of an entry turned, as a bad disk or line does."""
    content = zipped(parts() | {"docProps/thumbnail.jpeg": bytes(range(256)) * 4}, 0)
    place = next(entry.header_offset for entry in entries(content) if entry.filename == name)
    at = place + 30 + len(name) + 50
    return patched(content, at, "<B", content[at] ^ 0x20)


def with_password() -> bytes:
    """Entries encrypted one by one, as zip programs do."""
    content = honest.as_xlsx()
    for entry in entries(content):
        content = patched(content, entry.header_offset + 6, "<H", 1)
        content = patched(content, central_place(content, entry.filename) + 8, "<H", 1)
    return content


def with_bomb(megabytes: int = 30) -> bytes:
    """A part of nothing but spaces."""
    return with_parts({"xl/styles.xml": b"<styleSheet>" + b" " * (megabytes << 20)})


def with_many_bombs() -> bytes:
    """Parts none of which is too large, and that are too large together."""
    names = [f"xl/media/{n}.bin" for n in range(50)]
    content = with_parts({name: bytes(9) for name in names})
    for name in names:
        content = patched(content, central_place(content, name) + 24, "<I", archive.LARGEST_PART)
    return content


def with_many_entries() -> bytes:
    """More entries than any workbook has."""
    return with_parts({f"xl/media/{n}": b"" for n in range(archive.MOST_ENTRIES + 1)})


def with_part_twice() -> bytes:
    """Two sheets of one name: programs disagree which one counts."""
    target = io.BytesIO(honest.as_xlsx())
    with zipfile.ZipFile(target, "a") as opened:
        opened.writestr("XL/worksheets/sheet1.xml", parts()[SHEET])
    return target.getvalue()


def with_overlap() -> bytes:
    """Entries that all unpack the same bytes: a zip bomb without nesting."""
    kernel = zipped({"xl/workbook.xml": bytes(2_000_000)})
    central = kernel[kernel.index(CENTRAL) : kernel.index(END)]
    size, count = len("xl/workbook.xml"), 100
    lines = [central]
    for n in range(count - 1):
        name = f"xl/{n:0{size - 3}d}".encode()
        lines.append(central[:46] + name + central[46 + size :])
    start = kernel.index(CENTRAL)
    end = struct.pack("<4s4H2LH", END, 0, 0, count, count, len(central) * count, start, 0)
    return kernel[:start] + b"".join(lines) + end


def with_lying_size(declared: int) -> bytes:
    """A sheet that unpacks to another size than the table of contents says."""
    content = honest.as_xlsx()
    return patched(content, central_place(content, SHEET) + 24, "<I", declared)


def with_method(number: int) -> bytes:
    """A sheet packed by a method spreadsheet programs do not know."""
    content = honest.as_xlsx()
    place = next(entry.header_offset for entry in entries(content) if entry.filename == SHEET)
    content = patched(content, place + 8, "<H", number)
    return patched(content, central_place(content, SHEET) + 10, "<H", number)


def with_end(layout: str, place: int, *values: int) -> bytes:
    """The record that closes the zip, overwritten at a place."""
    content = honest.as_xlsx()
    return patched(content, content.rindex(END) + place, layout, *values)


def with_second_end() -> bytes:
    """A comment that holds the end of another, empty zip: programs disagree which one counts."""
    content = honest.as_xlsx()
    fake = struct.pack("<4s4H2LH", END, 0, 0, 0, 0, 0, 0, 0)
    return patched(content, content.rindex(END) + 20, "<H", len(fake)) + fake


def renamed(name: Callable[[str], str]) -> bytes:
    """The honest workbook with other entry names."""
    return ooxml.workbook(honest.BOOK, ooxml.Dialect(named=name))


def without(name: str) -> bytes:
    """The honest workbook without one part."""
    return zipped({key: body for key, body in parts().items() if key != name})


def nested() -> bytes:
    """Zips in a zip."""
    inner = zipped({f"{n}.zip": zipped({"0": bytes(1 << 20)}) for n in range(16)})
    return zipped({f"lib {n}.zip": inner for n in range(16)})


_DAMAGED, _HOSTILE = FindingCode.DAMAGED, FindingCode.HOSTILE
_NOT = FindingCode.NOT_A_WORKBOOK

NASTY: tuple[Nasty, ...] = (
    nasty("bad checksum in a sheet", lambda: with_bad_checksum(SHEET), _DAMAGED),
    nasty(
        "bad checksum in a part that is not read",
        lambda: with_bad_checksum("docProps/thumbnail.jpeg"),
        _DAMAGED,
    ),
    nasty("encrypted entries", with_password, FindingCode.ENCRYPTED),
    nasty("bomb", with_bomb, _HOSTILE),
    nasty("many bombs", with_many_bombs, _HOSTILE),
    nasty("too many entries", with_many_entries, _HOSTILE),
    nasty("a part twice", with_part_twice, _HOSTILE),
    nasty("overlapping entries", with_overlap, _HOSTILE),
    nasty("a sheet said to be shorter", lambda: with_lying_size(100), _DAMAGED),
    nasty("a sheet said to be longer", lambda: with_lying_size(9000), _DAMAGED),
    nasty("a sheet said to be huge", lambda: with_lying_size(0xFFFFFFF0), _HOSTILE),
    *(
        nasty(f"packed by method {n}", partial(with_method, n), _DAMAGED)
        for n in (1, 6, 9, 12, 14, 93, 99)
    ),
    nasty("a directory said to be elsewhere", lambda: with_end("<I", 16, 0x7FFFFFFF), _DAMAGED),
    nasty("a directory said to be huge", lambda: with_end("<I", 12, 0x7FFFFFFF), _HOSTILE),
    nasty("a million entries said", lambda: with_end("<HH", 8, 60_000, 60_000), _HOSTILE),
    nasty("a comment said to be long", lambda: with_end("<H", 20, 0xFFFF), _DAMAGED),
    nasty("two ends", with_second_end, _DAMAGED, _NOT, _HOSTILE),
    nasty("no end", lambda: honest.as_xlsx()[: honest.as_xlsx().rindex(END)], _DAMAGED),
    nasty("something before it", lambda: b"\x00\x01junk" + honest.as_xlsx(), _NOT),
    nasty("zips in a zip", nested, _NOT),
    nasty("an empty zip", lambda: zipped({}), _NOT),
    nasty("a zip of a workbook", lambda: zipped({"book.xlsx": honest.as_xlsx()}), _NOT),
    nasty("no workbook part", lambda: without("xl/workbook.xml"), _NOT, _DAMAGED),
    nasty("no list of parts", lambda: without("[Content_Types].xml")),
    nasty("names with backslashes", lambda: renamed(lambda name: name.replace("/", "\\"))),
    nasty("names in capitals", lambda: renamed(str.upper)),
    nasty("names from the root", lambda: renamed(lambda name: f"/{name}")),
    nasty("a part outside", lambda: with_parts({"../../../etc/passwd": b"x", "C:\\x": b""})),
    nasty("a directory of one part only", lambda: with_end("<HH", 8, 1, 1), _DAMAGED, _NOT),
)
