"""Refuses files that are no workbook, or that would harm whoever opens them.

``upload_findings`` looks at a file's name and length: all the server process does with an
upload. ``container_findings`` and ``read_parts`` look inside and run in the child process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.container import archive
from smartfin.ingest.container.archive import MEGABYTE, part_name
from smartfin.ingest.container.compound import read_compound
from smartfin.ingest.container.kind import Kind, kind_of
from smartfin.ingest.container.refusal import Harm, PartRefused, damaged, hostile
from smartfin.ingest.grid.hidden import parse_xml, refuse_broken_xml

__all__ = [
    "LARGEST_FILE",
    "MOST_CELLS",
    "PartRefused",
    "container_findings",
    "read_parts",
    "refuse_far_cells",
    "too_many_cells",
    "upload_findings",
]

LARGEST_FILE = 20 * MEGABYTE
MOST_CELLS = 3_000_000

_BLANK = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\x00\s]*")
_WORKBOOK_PARTS = {"xl/workbook.xml", "xl/workbook.bin"}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
# Kinds of other documents by a part (or the beginning of a part's name), a stream, a media type.
_ARCHIVES = {
    "word/": Kind.WORD,
    "ppt/": Kind.PRESENTATION,
    "index/": Kind.NUMBERS,
    "index.zip": Kind.NUMBERS,
}
_OPEN_DOCUMENTS = {
    b"text": Kind.WORD,
    b"presentation": Kind.PRESENTATION,
    b"graphics": Kind.PICTURE,
}
_COMPOUNDS = {
    "worddocument": Kind.WORD,
    "powerpoint document": Kind.PRESENTATION,
    "__properties_version1.0": Kind.EMAIL,
}
_PROTECTED = {"encryptedpackage", "\tdrmcontent"}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 1024
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_RELATIONS = ("xl/_rels/workbook.xml.rels", "xl/_rels/workbook.bin.rels")
_NEEDED = ("styles", "sharedStrings")  # kinds of parts without which cells say something else
# Parts that nobody else reads as XML to their end; the rest of them says nothing about cells.
_CELLS_IN_XML = re.compile(r"xl/(?:sharedstrings|worksheets/[^/]+)\.xml")
# Parts of an .xlsb that hold cells, texts or formats: no pictures, no macros.
_BINARY_PART = re.compile(
    r"xl/(?:workbook|styles|sharedstrings|worksheets/[^/]+|externallinks/[^/]+)\.bin"
)
_REPEATED_ROW = re.compile(
    rb'<table:table-row[^>]*number-rows-repeated="(\d{4,})"[^>]*>(.*?)</table:table-row>', re.DOTALL
)
_FILLED_CELL = re.compile(
    rb'<table:table-cell(?=[^>]*value)(?:[^>]*number-columns-repeated="(\d{1,12})")?'
)
_DIGITS = 12  # of a count that is weighed; a longer one is absurd whatever follows
_DIMENSION = re.compile(rb'<dimension[^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_REFERENCE = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,9})(\d{1,12})"(?:[^>]*[^/>])?>(?!</|<v></|<v/>)'
)


def upload_findings(content: bytes, name: str) -> tuple[Finding, ...]:
    """Why a file must not even be handed on; empty when it may be.

    Args:
        content: The bytes of the file.
        name: Its name, with or without folders.
    """
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    if bare.startswith("~$") or (bare.startswith(".~lock.") and bare.endswith("#")):
        return (Finding(FindingCode.LOCK_FILE),)
    if len(content) > LARGEST_FILE:
        return (Finding(FindingCode.TOO_LARGE, facts={"limit_mb": LARGEST_FILE / MEGABYTE}),)
    return (Finding(FindingCode.EMPTY_FILE),) if _BLANK.fullmatch(content) else ()


def container_findings(content: bytes, name: str) -> tuple[Finding, ...]:
    """Why a file must not be opened; empty when it may be.

    Args:
        content: The bytes of the file.
        name: Its name, with or without folders.
    """
    findings = upload_findings(content, name)
    if findings:
        return findings
    kind = kind_of(content)
    try:
        if kind is Kind.ARCHIVE:
            kind = _kind_of_archive(content)
        elif kind is Kind.COMPOUND:
            kind = _kind_of_compound(content)
    except PartRefused as refusal:
        return (refusal.finding,)
    return () if kind.readable else (_unread(kind),)


def _unread(kind: Kind) -> Finding:
    code = FindingCode.UNSUPPORTED_FORMAT if kind.tabular else FindingCode.NOT_A_WORKBOOK
    return Finding(code, facts={"format": kind.value})


def _kind_of_archive(content: bytes) -> Kind:
    """``ARCHIVE`` for a workbook, else what the zip holds instead."""
    names = {part_name(entry.filename) for entry in archive.contents(content)}
    if names & _WORKBOOK_PARTS:
        return Kind.ARCHIVE
    if "encrypted-package" in names:
        raise PartRefused(Finding(FindingCode.ENCRYPTED))
    if "content.xml" in names:
        return _kind_of_open_document(content)
    held = (kind for start, kind in _ARCHIVES.items() if any(n.startswith(start) for n in names))
    return next(held, Kind.PACKED)


def _kind_of_open_document(content: bytes) -> Kind:
    """By the media type that stands unpacked at the beginning of every OpenDocument file."""
    at = content.find(_OPEN_DOCUMENT, 0, 256)
    kind = content[at + len(_OPEN_DOCUMENT) :] if at >= 0 else b""
    others = (other for start, other in _OPEN_DOCUMENTS.items() if kind.startswith(start))
    return next(others, Kind.ARCHIVE)


def _kind_of_compound(content: bytes) -> Kind:
    """``COMPOUND`` for an old workbook, else what the file is instead."""
    compound = read_compound(content)
    if compound.places.keys() & _PROTECTED:
        raise PartRefused(Finding(FindingCode.ENCRYPTED))
    books = [name for name in ("workbook", "book") if name in compound.places]
    for name in books:
        compound.stream(name)
    others = (kind for name, kind in _COMPOUNDS.items() if name in compound.places)
    return Kind.COMPOUND if books else next(others, Kind.UNKNOWN)


def read_parts(content: bytes) -> dict[str, bytes]:
    """The parts of a zip container that tell about cells, unpacked and checked.

    Every part is unpacked once, so that a bad checksum anywhere is noticed; calamine reads
    damaged data without a word.

    Raises:
        PartRefused: With a finding ``damaged``, ``hostile`` or ``encrypted``.
    """
    parts: dict[str, bytes] = {}
    for entry, body in archive.unpacked(content):
        name = part_name(entry)
        if name.endswith((".xml", ".rels")):
            _refuse_entities(body)
            if _CELLS_IN_XML.fullmatch(name):
                refuse_broken_xml(body)
            parts[name] = body
        elif _BINARY_PART.fullmatch(name):
            parts[name] = body
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise PartRefused(Finding(FindingCode.ENCRYPTED))
    _refuse_lost_parts(parts)
    _refuse_repeats(parts.get("content.xml", b""))
    return parts


def _refuse_entities(body: bytes) -> None:
    """No workbook declares entities; bombs do, in any encoding."""
    if body[:2] in _UTF_16 or b"\x00" in body[:_HEAD]:
        body = body.replace(b"\x00", b"")
    if any(declaration in body for declaration in _DECLARATIONS):
        raise hostile(Harm.ENTITY)


def _refuse_lost_parts(parts: Mapping[str, bytes]) -> None:
    """A workbook that has lost its formats would be read without them, and 50 % as 0.5."""
    lost: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = PurePosixPath("xl") / attributes.get("Target", "").replace("\\", "/")
        if name == "Relationship" and kind in _NEEDED and part_name(str(target)) not in parts:
            lost.append(kind)

    for relations in _RELATIONS:
        parse_xml(parts.get(relations, b""), start)
    if lost:
        raise damaged()


def _refuse_repeats(document: bytes) -> None:
    """A row of an OpenDocument sheet says how often it is repeated; so does each cell of it."""
    for times, row in _REPEATED_ROW.findall(document):
        cells = sum(int(count or 1) for count in _FILLED_CELL.findall(row))
        if int(times[:_DIGITS]) * cells > MOST_CELLS:
            raise PartRefused(too_many_cells())


def refuse_far_cells(sheet: bytes, name: str = "") -> None:
    """Refuses a sheet whose outermost cells span more than a reader can hold.

    A declared range far out is common (formatting down to the last row) and harmless; only
    then the cells themselves are looked at, and of them only those that hold something.

    Args:
        sheet: Its XML.
        name: Its name.

    Raises:
        PartRefused: With a finding ``too-many-cells`` at the outermost cell.
    """
    declared = _DIMENSION.search(sheet[:4096])
    if declared is not None and _area(declared.groups()) <= MOST_CELLS:
        return
    places = [(_column(letters), int(row)) for letters, row in _REFERENCE.findall(sheet)]
    if not places:
        return
    columns, rows = zip(*places, strict=True)
    if (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1) > MOST_CELLS:
        column, row = max(places, key=lambda place: place[0] * place[1])
        raise PartRefused(too_many_cells(name, f"{_letters(column)}{row}"))


def too_many_cells(sheet: str = "", cell: str = "") -> Finding:
    """More cells than are read, or so far apart that as many lie between them."""
    return Finding(FindingCode.TOO_MANY_CELLS, sheet, cell, {"limit": MOST_CELLS})


def _area(corners: tuple[bytes, ...]) -> int:
    first, top, last, bottom = corners
    return (_column(last) - _column(first) + 1) * (int(bottom) - int(top) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
