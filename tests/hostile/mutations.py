"""Honest workbooks, spoilt a little: bytes, zip entries, XML, sectors, records, lines of text.

Seeded, so that a file that does harm can be made again from its number.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from tests.hostile import honest, old_books
from tests.writers import biff, ole

Change = Callable[[Random, bytes], bytes]

HONEST: Mapping[str, Callable[[], bytes]] = {
    "xlsx": honest.as_xlsx,
    "xlsb": honest.as_xlsb,
    "ods": honest.as_ods,
    "xls": honest.as_xls,
    "csv": honest.as_csv,
}
_ZIPPED = ("xlsx", "xlsb", "ods")
_NUMBERS = (0, 1, 2, 255, 256, 65_535, 65_536, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1)
_TEXTS = (
    "", " ", "-1", "0", "NaN", "1e999", "-1e308", "99999999999999999999", "XFD1048576", "A0",
    "ZZZZ9", "#REF!", "true", "Q9 9999", "31.02.2022", "=1/0", "\u202e", "\ud7ff", "&#0;", "&amp;",
    "]]>", "<", "a" * 5000, "12.345.678,9,1", "rId999", "../../../x", "1904", "e", "inlineStr", "b",
)  # fmt: skip
_TAG = re.compile(rb"<[^<>]*>")
_ATTRIBUTE = re.compile(rb'="[^"]*"')
_ELEMENT = re.compile(rb"<([\w:]+)(?:\s[^<>]*)?>[^<>]*</\1>|<[^<>]*/>")
_TEXT = re.compile(rb">[^<>]+<")


@dataclass(frozen=True, slots=True)
class Mutation:
    """A spoilt file.

    Args:
        kind: Of the honest workbook it was made from, its extension.
        how: What was done to it.
        content: Its bytes.
        guarded: Whether its checksums guard what it says: then it must be read whole or not at
            all.
    """

    kind: str
    how: str
    content: bytes
    guarded: bool


@cache
def original(kind: str) -> bytes:
    """The honest workbook of a kind."""
    return HONEST[kind]()


def mutation(seed: int, number: int) -> Mutation:
    """The spoilt file of a number in the series of a seed."""
    random = Random(f"{seed}:{number}")
    kind = random.choice(list(HONEST))
    changes = random.choice(_CHANGES[kind])
    content, names = original(kind), list[str]()
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        change = random.choice(changes)
        content = change(random, content)
        names.append(change.__name__.strip("_"))
    guarded = kind in _ZIPPED and changes is _IN_BYTES
    return Mutation(kind, ", ".join(names), content, guarded)


# --- bytes


def _piece(random: Random, content: bytes) -> tuple[int, int]:
    """Beginning and end of a piece, short more often than long."""
    start = random.randrange(len(content) + 1)
    return start, min(len(content), start + random.choice((1, 2, 4, 16, 64, 512, 4096)))


def _bits_turned(random: Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 8, 64)) if content else 0):
        changed[random.randrange(len(content))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _overwritten(random: Random, content: bytes) -> bytes:
    start, end = _piece(random, content)
    return content[:start] + random.randbytes(end - start) + content[end:]


def _blanked(random: Random, content: bytes) -> bytes:
    start, end = _piece(random, content)
    return content[:start] + bytes(end - start) + content[end:]


def _taken_out(random: Random, content: bytes) -> bytes:
    start, end = _piece(random, content)
    return content[:start] + content[end:]


def _doubled(random: Random, content: bytes) -> bytes:
    start, end = _piece(random, content)
    return content[:end] + content[start:end] + content[end:]


def _number_put(random: Random, content: bytes) -> bytes:
    start = random.randrange(len(content) + 1)
    number = struct.pack("<I", random.choice(_NUMBERS))[: random.choice((1, 2, 4))]
    return content[:start] + number + content[start + len(number) :]


def _cut_off(random: Random, content: bytes) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _lengthened(random: Random, content: bytes) -> bytes:
    return content + random.randbytes(random.choice((1, 22, 600)))


# --- zip entries


def _parts(content: bytes) -> dict[str, bytes]:
    """The parts of a container, also of one that was changed before."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name twice is meant
        for name, body in parts:
            archive.writestr(zipfile.ZipInfo(name), body)
    return target.getvalue()


def _entry_dropped(random: Random, content: bytes) -> bytes:
    parts = list(_parts(content).items())
    parts.pop(random.randrange(len(parts)))
    return _packed(parts or [("x", b"")])


def _entry_renamed(random: Random, content: bytes) -> bytes:
    parts = list(_parts(content).items())
    at = random.randrange(len(parts))
    name, body = parts[at]
    other = random.choice(
        (name.upper(), f"/{name}", name.replace("/", "\\"), f"{name}x", f"../{name}")
    )
    parts[at] = (other, body)
    return _packed(parts)


def _entry_twice(random: Random, content: bytes) -> bytes:
    parts = list(_parts(content).items())
    return _packed([*parts, random.choice(parts)])


def _entries_exchanged(random: Random, content: bytes) -> bytes:
    parts = _parts(content)
    one, other = random.choice(list(parts)), random.choice(list(parts))
    return _packed(list({**parts, one: parts[other], other: parts[one]}.items()))


def _entry_emptied(random: Random, content: bytes) -> bytes:
    parts = _parts(content)
    return _packed(list({**parts, random.choice(list(parts)): b""}.items()))


def _entry_spoilt(random: Random, content: bytes) -> bytes:
    """Some bytes of an entry, under a new checksum."""
    parts = _parts(content)
    name = random.choice(list(parts))
    return _packed(list({**parts, name: random.choice(_IN_BYTES)(random, parts[name])}.items()))


# --- XML


def _in_xml(random: Random, content: bytes, pattern: re.Pattern[bytes], change: Change) -> bytes:
    """A place in some part that a pattern finds, changed."""
    parts = _parts(content)
    name = random.choice([name for name in parts if name.endswith((".xml", ".rels"))] or [""])
    body = parts.get(name, b"")
    found = list(pattern.finditer(body))
    if not found:
        return content
    place = random.choice(found)
    changed = body[: place.start()] + change(random, place[0]) + body[place.end() :]
    return _packed(list({**parts, name: changed}.items()))


def _text(random: Random) -> bytes:
    return random.choice(_TEXTS).encode("utf-8", "surrogatepass")


def _tag_dropped(random: Random, content: bytes) -> bytes:
    return _in_xml(random, content, _TAG, lambda _, found: b"")


def _tag_doubled(random: Random, content: bytes) -> bytes:
    return _in_xml(random, content, _TAG, lambda _, found: found * random.choice((2, 3, 1000)))


def _element_doubled(random: Random, content: bytes) -> bytes:
    return _in_xml(random, content, _ELEMENT, lambda _, found: found + found)


def _element_dropped(random: Random, content: bytes) -> bytes:
    return _in_xml(random, content, _ELEMENT, lambda _, found: b"")


def _attribute_changed(random: Random, content: bytes) -> bytes:
    return _in_xml(random, content, _ATTRIBUTE, lambda _, found: b'="' + _text(random) + b'"')


def _attribute_dropped(random: Random, content: bytes) -> bytes:
    return _in_xml(random, content, _ATTRIBUTE, lambda _, found: b"")


def _text_changed(random: Random, content: bytes) -> bytes:
    return _in_xml(random, content, _TEXT, lambda _, found: b">" + _text(random) + b"<")


# --- sectors and records of an .xls


def _sector_exchanged(random: Random, content: bytes) -> bytes:
    sectors = [content[at : at + ole.SECTOR] for at in range(0, len(content), ole.SECTOR)]
    one, other = random.randrange(len(sectors)), random.randrange(len(sectors))
    sectors[one], sectors[other] = sectors[other], sectors[one]
    return b"".join(sectors)


def _chain_bent(random: Random, content: bytes) -> bytes:
    """A number of the table of sectors, or of the directory, that leads elsewhere."""
    at = 4 * random.randrange(len(content) // 4) if len(content) > 3 else 0
    target = random.choice((*_NUMBERS, *range(12), ole.END, ole.FREE))
    return content[:at] + struct.pack("<I", target) + content[at + 4 :]


def _header_bent(random: Random, content: bytes) -> bytes:
    at = random.randrange(24, 90, 2)
    return content[:at] + struct.pack("<I", random.choice(_NUMBERS)) + content[at + 4 :]


def _record_spoilt(random: Random, _: bytes) -> bytes:
    """One record dropped, doubled, moved, lengthened, or with other bytes in it."""
    records = list(_records(old_books.stream()))
    at = random.randrange(len(records))
    kind, body = records[at]
    other = random.choice(
        (
            b"",
            biff.record(kind, body) * 2,
            biff.record(kind, body[: len(body) // 2]),
            biff.record(kind, random.choice(_IN_BYTES)(random, body)[:8224]),
            biff.record(random.choice(records)[0], body),
            struct.pack("<HH", kind, random.choice((0, 1, 8225, 65_535))) + body,
        )
    )
    written = [biff.record(*record) for record in records]
    written[at] = other
    return ole.compound({"Workbook": b"".join(written)})


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


# --- lines of text


def _line_spoilt(random: Random, content: bytes) -> bytes:
    lines = content.split(b"\r\n")
    at = random.randrange(len(lines))
    lines[at] = random.choice(
        (b"", lines[at] * 2, lines[at][::-1], b'"' + lines[at], b";" * 3000, _text(random))
    )
    return random.choice((b"\r\n", b"\n", b"\r")).join(lines)


def _cell_spoilt(random: Random, content: bytes) -> bytes:
    cells = content.split(b";")
    cells[random.randrange(len(cells))] = _text(random)
    return random.choice((b";", b";", b",", b"\t", b"|")).join(cells)


def _recoded(random: Random, content: bytes) -> bytes:
    encoding = random.choice(("utf-16", "utf-16-le", "cp1252", "utf-8-sig", "cp437", "utf-32"))
    return content.decode("utf-8", "replace").encode(encoding, "replace")


_IN_BYTES: tuple[Change, ...] = (
    _bits_turned, _overwritten, _blanked, _taken_out, _doubled, _number_put, _cut_off, _lengthened,
)  # fmt: skip
_IN_ENTRIES: tuple[Change, ...] = (
    _entry_dropped, _entry_renamed, _entry_twice, _entries_exchanged, _entry_emptied, _entry_spoilt,
)  # fmt: skip
_IN_XML: tuple[Change, ...] = (
    _tag_dropped, _tag_doubled, _element_doubled, _element_dropped, _attribute_changed,
    _attribute_dropped, _text_changed,
)  # fmt: skip
_IN_SECTORS: tuple[Change, ...] = (_sector_exchanged, _chain_bent, _header_bent)
_CHANGES: Mapping[str, tuple[tuple[Change, ...], ...]] = {
    "xlsx": (_IN_BYTES, _IN_ENTRIES, _IN_XML, _IN_XML),
    "xlsb": (_IN_BYTES, _IN_ENTRIES, (_entry_spoilt,)),
    "ods": (_IN_BYTES, _IN_ENTRIES, _IN_XML),
    "xls": (_IN_BYTES, _IN_SECTORS, (_record_spoilt,)),
    "csv": (_IN_BYTES, (_line_spoilt, _cell_spoilt, _recoded)),
}
