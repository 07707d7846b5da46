"""What kind of file some bytes are, whatever the file is called.

People hand in what they have: the PDF of the workbook, a web page called .xls, a lock file.
Each kind that is not read has its name in the catalogue (``format.<kind>``), so that the answer
can say what was handed in instead of "damaged".
"""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """What a file is by its content."""

    readable: bool
    tabular: bool

    def __new__(cls, code: str, *traits: str) -> Kind:
        """A member: its code, and whether smartfin reads it or it holds tables all the same."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.readable = "readable" in traits
        member.tabular = "tabular" in traits
        return member

    # Containers and texts that may hold a workbook
    ARCHIVE = "archive", "readable"  # .xlsx, .xlsm, .xlsb, .ods, or any other zip
    COMPOUND = "compound", "readable"  # .xls, or an old document of another program
    TEXT = "text", "readable"  # .csv, .tsv, or any other text
    # Tables that a spreadsheet program opens, but no workbook
    WEB_PAGE = "web-page", "tabular"
    SPREADSHEET_XML = "spreadsheet-xml", "tabular"
    FLAT_OPEN_DOCUMENT = "flat-open-document", "tabular"
    EARLY_SPREADSHEET = "early-spreadsheet", "tabular"
    NUMBERS = "numbers", "tabular"
    # No tables
    PDF = "pdf"
    WORD = "word"
    PRESENTATION = "presentation"
    PICTURE = "picture"
    EMAIL = "email"
    PACKED = "packed"  # a zip without workbook, or a packing of another program
    PROGRAM = "program"
    DATABASE = "database"
    XML = "xml"
    JSON = "json"
    UNKNOWN = "unknown"


ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
COMPOUND_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")

_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    *((signature, Kind.ARCHIVE) for signature in ZIP_SIGNATURES),
    (COMPOUND_SIGNATURE, Kind.COMPOUND),
    (b"{\\rtf", Kind.WORD),
    (b"\x89PNG", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
    (b"II*\x00", Kind.PICTURE),
    (b"MM\x00*", Kind.PICTURE),
    (b"7z\xbc\xaf\x27\x1c", Kind.PACKED),
    (b"Rar!\x1a\x07", Kind.PACKED),
    (b"\x1f\x8b", Kind.PACKED),
    (b"BZh", Kind.PACKED),
    (b"\xfd7zXZ\x00", Kind.PACKED),
    (b"\x28\xb5\x2f\xfd", Kind.PACKED),
    (b"MSCF", Kind.PACKED),
    (b"MZ", Kind.PROGRAM),
    (b"\x7fELF", Kind.PROGRAM),
    (b"SQLite format 3\x00", Kind.DATABASE),
    (b"\x00\x01\x00\x00Standard ", Kind.DATABASE),  # Access
    (b"\x00\x00\x02\x00", Kind.EARLY_SPREADSHEET),  # Lotus 1-2-3, Quattro Pro
    (b"\x00\x00\x1a\x00", Kind.EARLY_SPREADSHEET),
    (b"ID;P", Kind.EARLY_SPREADSHEET),  # symbolic link, Multiplan's
)
_EARLY_EXCEL = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")  # Excel 2 to 5, bare
_HEAD = 64 * 1024
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_FEWEST_LETTERS = 200  # of a text, for each byte that is none: a stray one makes it no program
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_MARKUP: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"urn:schemas-microsoft-com:office:spreadsheet"), Kind.SPREADSHEET_XML),
    (re.compile(r"urn:oasis:names:tc:opendocument:xmlns:office"), Kind.FLAT_OPEN_DOCUMENT),
    (re.compile(r"schemas\.(?:microsoft|openxmlformats)\S+/word"), Kind.WORD),
    (re.compile(r"<svg\b"), Kind.PICTURE),
    (re.compile(r"<(?:!doctype html|html|head|body|table|meta|style|div|script)\b"), Kind.WEB_PAGE),
    (re.compile(r"\A<\?xml\b"), Kind.XML),
)
_JSON = re.compile(r"[\[{]\s*[\"\[{\]}]")
_MAIL = re.compile(r"(?=[a-z-]+: )(?:.*\n)*?(?:mime-version|message-id): ")


def kind_of(content: bytes) -> Kind:
    """What a file is.

    Example:
        >>> kind_of(b"%PDF-1.7"), kind_of(b"label;Q1 2022")
        (<Kind.PDF: 'pdf'>, <Kind.TEXT: 'text'>)
    """
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if _EARLY_EXCEL.match(content):
        return Kind.EARLY_SPREADSHEET
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    return _kind_within(content) or _kind_of_text(content[:_HEAD])


def _kind_within(content: bytes) -> Kind | None:
    """Kinds whose signature does not stand first."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.PICTURE
    if content[:2] == b"BM" and content[2:6] == len(content).to_bytes(4, "little"):
        return Kind.PICTURE
    if content[4:8] == b"ftyp" and content[8:11] in (b"hei", b"mif", b"avi"):
        return Kind.PICTURE
    return Kind.PACKED if content[257:262] == b"ustar" else None


def _unmarked_utf_16(head: bytes) -> str | None:
    """The encoding of a text of two bytes a letter without a mark: every other byte is zero."""
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(zeros) > 8 and zeros.count(0) > 0.8 * len(zeros):
            return encoding
    return None


def _kind_of_text(head: bytes) -> Kind:
    encoding = _UTF_16.get(head[:2]) or _unmarked_utf_16(head[:4096])
    if encoding is None and len(_BINARY.findall(head)) * _FEWEST_LETTERS > len(head):
        return Kind.UNKNOWN
    text = head.decode(encoding or "latin-1", "replace").lower().lstrip("\ufeffï»¿ \t\r\n")
    if text.startswith("<"):
        return next((kind for pattern, kind in _MARKUP if pattern.search(text)), Kind.TEXT)
    if _MAIL.match(text[:4096]):  # a web page saved with its pictures is written as a mail
        return Kind.WEB_PAGE if "text/html" in text else Kind.EMAIL
    return Kind.JSON if _JSON.match(text) else Kind.TEXT
