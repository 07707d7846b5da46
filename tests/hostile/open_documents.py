"""OpenDocument spreadsheets with counts no sheet holds, or behind a password."""

from __future__ import annotations

from functools import partial

from smartfin.findings import FindingCode
from tests.hostile import honest
from tests.hostile.nasty import Nasty, nasty
from tests.writers import ods
from tests.writers.package import zipped

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
WHOLE_ROW, WHOLE_SHEET, ABSURD = 16_384, 1_048_576, 17_179_869_184
_FIRST_END = b"</table:table>"
_CELL = '<table:table-cell table:number-columns-repeated="{}" {}/>'
_ROW = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
_VALUE = 'office:value-type="float" office:value="1"'


def with_rows(rows: int, columns: int, attributes: str = "") -> bytes:
    """A repeated row of a repeated cell below the table."""
    row = _ROW.format(rows, _CELL.format(columns, attributes)).encode()
    made = ods.parts(honest.BOOK)
    body = made[CONTENT].replace(_FIRST_END, row + _FIRST_END, 1)
    return zipped({**made, CONTENT: body})


def with_content(old: bytes, new: bytes) -> bytes:
    """The honest document with some bytes of its content replaced."""
    made = ods.parts(honest.BOOK)
    assert old in made[CONTENT]
    return zipped({**made, CONTENT: made[CONTENT].replace(old, new, 1)})


def with_password() -> bytes:
    """As LibreOffice encrypts each part, saying so in the manifest."""
    made = ods.parts(honest.BOOK)
    secret = b'<manifest:encryption-data manifest:checksum="x"/></manifest:manifest>'
    manifest = made[MANIFEST].replace(b"</manifest:manifest>", secret)
    return zipped({**made, CONTENT: bytes(range(256)) * 9, MANIFEST: manifest})


def as_one_secret() -> bytes:
    """As LibreOffice encrypts a whole document since 2024."""
    made = ods.parts(honest.BOOK)
    return zipped({"mimetype": made["mimetype"], "encrypted-package": bytes(900)})


def of_type(kind: str) -> bytes:
    """The same parts under another media type."""
    made = ods.parts(honest.BOOK)
    return zipped({**made, "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode()}, 0)


def cut(share: float) -> bytes:
    """Content that ends too early, in a sound container."""
    made = ods.parts(honest.BOOK)
    return zipped({**made, CONTENT: made[CONTENT][: int(len(made[CONTENT]) * share)]})


_DAMAGED, _MANY = FindingCode.DAMAGED, FindingCode.TOO_MANY_CELLS
_HOSTILE, _NOT = FindingCode.HOSTILE, FindingCode.NOT_A_WORKBOOK

NASTY: tuple[Nasty, ...] = (
    nasty("empty cells to the end", lambda: with_rows(WHOLE_SHEET, WHOLE_ROW), file="book.ods"),
    nasty("empty cells beyond the end", lambda: with_rows(ABSURD, ABSURD), file="book.ods"),
    nasty("a row filled to the end", lambda: with_rows(1, WHOLE_ROW, _VALUE), file="book.ods"),
    nasty(
        "filled to the end",
        lambda: with_rows(WHOLE_SHEET, WHOLE_ROW, _VALUE),
        _MANY,
        file="book.ods",
    ),
    nasty(
        "filled beyond the end",
        lambda: with_rows(ABSURD, ABSURD, _VALUE),
        _MANY,
        _DAMAGED,
        _HOSTILE,
        file="book.ods",
    ),
    nasty("filled beyond counting", lambda: with_rows(10**30, 1, _VALUE), _MANY, file="book.ods"),
    nasty("repeated less than never", lambda: with_rows(1, -5, _VALUE), _DAMAGED, file="book.ods"),
    nasty("a password on each part", with_password, FindingCode.ENCRYPTED, file="book.ods"),
    nasty("a password on the whole", as_one_secret, FindingCode.ENCRYPTED, file="book.ods"),
    nasty(
        "an entity bomb",
        lambda: with_content(
            b"<office:document-content", b'<!DOCTYPE a [<!ENTITY b "c">]><office:document-content'
        ),
        _HOSTILE,
        file="book.ods",
    ),
    nasty("a text document", lambda: of_type("text"), _NOT, file="book.odt"),
    nasty("a presentation", lambda: of_type("presentation"), _NOT, file="book.odp"),
    nasty("of an unknown type", lambda: of_type("nothing"), _DAMAGED, file="book.ods"),
    *(
        nasty(
            f"content ends at {share:.0%}",
            partial(cut, share),
            _DAMAGED,
            FindingCode.NO_STATEMENT,
            file="book.ods",
        )
        for share in (0.0, 0.3, 0.5, 0.7, 0.9, 0.99)
    ),
)
