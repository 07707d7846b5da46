"""Refuses files that are no workbook, or that would harm whoever opens them.

``container_findings`` looks at the container's table of contents only and is all the server
process does with an upload. ``part_findings`` unpacks and runs in the child process.
Limits are far above honest workbooks: one of a million cells is some 30 MB unpacked.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from smartfin.findings import Finding, FindingCode

MEGABYTE = 1 << 20
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED = 400 * MEGABYTE
LARGEST_DIRECTORY = 4 * MEGABYTE  # of a zip's table of contents
LARGEST_PART = 10 * MEGABYTE  # from which a part's ratio is judged
MOST_ENTRIES = 20_000
MOST_CELLS = 3_000_000
HIGHEST_RATIO = 150  # spreadsheet XML packs 5 to 60 times

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_END_OF_DIRECTORY = b"PK\x05\x06"
_WORKBOOK_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DIMENSION = re.compile(rb'<dimension[^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_REFERENCE = re.compile(rb'<c[^>]*?\sr="([A-Z]{1,3})(\d{1,7})"')


def container_findings(content: bytes, name: str) -> tuple[Finding, ...]:
    """Why a file must not be opened; empty when it may be.

    Args:
        content: The bytes of the file.
        name: Its name, with or without folders.
    """
    finding = _file_finding(content, name.replace("\\", "/").rsplit("/", 1)[-1])
    if finding is None and content.startswith(_ZIP):
        finding = _zip_finding(content)
    return (finding,) if finding else ()


def _file_finding(content: bytes, name: str) -> Finding | None:
    if name.startswith("~$"):
        return Finding(FindingCode.LOCK_FILE)
    if not content.strip(b"\x00"):
        return Finding(FindingCode.EMPTY_FILE)
    if len(content) > LARGEST_FILE:
        size = {"size_mb": len(content) / MEGABYTE, "limit_mb": LARGEST_FILE / MEGABYTE}
        return Finding(FindingCode.TOO_LARGE, facts=size)
    if content.startswith(_OLE):
        return _ole_finding(content)
    return None if content.startswith(_ZIP) else Finding(FindingCode.NOT_A_WORKBOOK)


def _ole_finding(content: bytes) -> Finding | None:
    """An old .xls, or a new workbook behind a password, or another kind of document."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Finding(FindingCode.ENCRYPTED)
    streams = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
    found = any(stream in content for stream in streams)
    return None if found else Finding(FindingCode.NOT_A_WORKBOOK)


def _zip_finding(content: bytes) -> Finding | None:
    if not _has_modest_directory(content):
        return _hostile("entries")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError):
        return Finding(FindingCode.DAMAGED)
    return _entries_finding(entries)


def _has_modest_directory(content: bytes) -> bool:
    """Whether the table of contents is small enough to be listed at all."""
    end = content.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(content) < end + 22:
        return True  # truncated: listing it will say so at no cost
    entries, size = struct.unpack_from("<HI", content, end + 10)
    return bool(entries <= MOST_ENTRIES and size <= LARGEST_DIRECTORY)


def _entries_finding(entries: list[zipfile.ZipInfo]) -> Finding | None:
    names = {entry.filename.replace("\\", "/").casefold().lstrip("/") for entry in entries}
    if not any(part in names for part in _WORKBOOK_PARTS):
        return Finding(FindingCode.NOT_A_WORKBOOK)
    if any(entry.flag_bits & 1 for entry in entries):
        return Finding(FindingCode.ENCRYPTED)
    if len(names) < len(entries):
        return _hostile("entries")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        return _hostile("unpacked")
    for entry in entries:
        if (
            entry.file_size > LARGEST_PART
            and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)
        ):  # fmt: skip
            return _hostile("ratio")
    return None


def _hostile(why: str) -> Finding:
    return Finding(FindingCode.HOSTILE, facts={"why": why})


class PartRefused(Exception):  # noqa: N818 - a refusal, caught by the one who unpacks
    """A part of the container must not be read; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def read_parts(content: bytes) -> dict[str, bytes]:
    """The XML parts of a zip container that tell about cells, unpacked and checked.

    Every part is unpacked once, so that a bad checksum anywhere is noticed; calamine reads
    damaged data without a word.

    Raises:
        PartRefused: With a finding ``damaged``, ``hostile`` or ``encrypted``.
    """
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                body = archive.read(entry)
                name = entry.filename.replace("\\", "/").lstrip("/").casefold()
                if name.endswith((".xml", ".rels")):
                    _refuse_entities(body)
                    parts[name] = body
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise PartRefused(Finding(FindingCode.DAMAGED)) from error
    except RuntimeError as error:  # zipfile's word for a password
        raise PartRefused(Finding(FindingCode.ENCRYPTED)) from error
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise PartRefused(Finding(FindingCode.ENCRYPTED))
    return parts


def _refuse_entities(body: bytes) -> None:
    """No workbook declares entities; bombs do. UTF-16 is looked at without its zero bytes."""
    head = body[: 64 * 1024]
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head:
        head = head.replace(b"\x00", b"")
    if _ENTITY.search(head):
        raise PartRefused(_hostile("entity"))


def refuse_far_cells(sheet: bytes) -> None:
    """Refuses a sheet whose outermost cells span more than a reader can hold.

    A declared range far out is common (formatting down to the last row) and harmless; only
    then the cells themselves are looked at.

    Raises:
        PartRefused: With a finding ``hostile``.
    """
    declared = _DIMENSION.search(sheet[:4096])
    if declared is not None and _area(declared.groups()) <= MOST_CELLS:
        return
    places = [(_column(letters), int(row)) for letters, row in _REFERENCE.findall(sheet)]
    if not places:
        return
    columns, rows = zip(*places, strict=True)
    if (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1) > 4 * MOST_CELLS:
        raise PartRefused(_hostile("dimension"))


def _area(corners: tuple[bytes, ...]) -> int:
    first, top, last, bottom = corners
    return (_column(last) - _column(first) + 1) * (int(bottom) - int(top) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
