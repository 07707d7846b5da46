"""Files that are no workbook at all, and names that are no names."""

from __future__ import annotations

import gzip
import random
from functools import partial

from smartfin.findings import FindingCode
from smartfin.ingest.container import guard
from tests.hostile import honest
from tests.hostile.nasty import Nasty, nasty
from tests.writers.package import zipped

TABLE = "<table><tr><td>Volume</td><td>100</td></tr></table>"
SPREADSHEET_XML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet Name="S">'
    "<Table><Row><Cell><Data>1</Data></Cell></Row></Table></Worksheet></Workbook>"
)
FLAT = (
    '<?xml version="1.0"?><office:document '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
)
MAIL = "MIME-Version: 1.0\nFrom: A. Name\nSubject: figures\n\nSee attached.\n"
WEB_ARCHIVE = (
    "MIME-Version: 1.0\nContent-Type: multipart/related\n\n--x\nContent-Type: text/html\n\n"
)


def noise(size: int, seed: int) -> bytes:
    """Random bytes."""
    return random.Random(seed).randbytes(size)


_NOT, _OTHER = FindingCode.NOT_A_WORKBOOK, FindingCode.UNSUPPORTED_FORMAT
_EMPTY, _LOCK, _LARGE = FindingCode.EMPTY_FILE, FindingCode.LOCK_FILE, FindingCode.TOO_LARGE
_NONE = FindingCode.NO_STATEMENT

NASTY: tuple[Nasty, ...] = (
    nasty("nothing", lambda: b"", _EMPTY),
    nasty("zeros", lambda: bytes(5000), _EMPTY),
    nasty("blanks", lambda: b" \r\n\t" * 100, _EMPTY, file="book.csv"),
    nasty("a mark of encoding only", lambda: b"\xef\xbb\xbf", _EMPTY, file="book.csv"),
    nasty("a lock file", honest.as_xlsx, _LOCK, file="~$book.xlsx"),
    nasty(
        "a lock file of LibreOffice",
        b",A. Name,host,1.1.2022;".strip,
        _LOCK,
        file=".~lock.book.ods#",
    ),
    nasty("too large", lambda: honest.as_xlsx() + noise(guard.LARGEST_FILE, 1), _LARGE),
    nasty("a web page", f"<html><body>{TABLE}</body></html>".encode, _OTHER, file="book.xls"),
    nasty("a table of a web page", TABLE.encode, _OTHER, file="book.xls"),
    nasty(
        "a web page in UTF-16", lambda: f"<html>{TABLE}".encode("utf-16"), _OTHER, file="book.xls"
    ),
    nasty("a web page with its pictures", WEB_ARCHIVE.encode, _OTHER, file="book.xls"),
    nasty("XML of Excel 2003", SPREADSHEET_XML.encode, _OTHER, file="book.xls"),
    nasty("flat OpenDocument", FLAT.encode, _OTHER, file="book.fods"),
    nasty(
        "Lotus 1-2-3",
        lambda: bytes.fromhex("0000020006040600080000000000") + bytes(90),
        _OTHER,
        file="book.wk1",
    ),
    nasty("symbolic link", lambda: b"ID;PWXL;N;E\r\nC;Y1;X1;K1\r\nE\r\n", _OTHER, file="book.slk"),
    nasty(
        "Numbers",
        lambda: zipped({"Index/Document.iwa": b"x", "Index/Tables/Tile.iwa": b"x"}),
        _OTHER,
        file="book.numbers",
    ),
    nasty("a PDF", lambda: b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n", _NOT, file="book.pdf"),
    nasty("a PDF named workbook", lambda: b"\r\n%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", _NOT),
    nasty(
        "a Word document",
        lambda: zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
        _NOT,
        file="book.docx",
    ),
    nasty(
        "a presentation", lambda: zipped({"ppt/presentation.xml": b"<x/>"}), _NOT, file="book.pptx"
    ),
    nasty("rich text", lambda: b"{\\rtf1\\ansi Volume 100}", _NOT, file="book.rtf"),
    nasty(
        "a PNG",
        lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + noise(99, 2),
        _NOT,
        file="book.png",
    ),
    nasty("a JPEG", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + noise(99, 3), _NOT, file="book.jpg"),
    nasty("a drawing", lambda: b'<?xml version="1.0"?><svg xmlns="x"/>', _NOT, file="book.svg"),
    nasty("a mail", MAIL.encode, _NOT, file="book.eml"),
    nasty("JSON", lambda: b'{"facts": [{"item": "x", "amount": 1}]}', _NOT, file="book.json"),
    nasty(
        "other XML",
        lambda: b'<?xml version="1.0"?><invoice><total>1</total></invoice>',
        _NOT,
        file="book.xml",
    ),
    nasty("packed by gzip", lambda: gzip.compress(honest.as_csv()), _NOT, file="book.csv.gz"),
    nasty("packed by 7-Zip", lambda: b"7z\xbc\xaf\x27\x1c" + noise(99, 4), _NOT, file="book.7z"),
    nasty("a program", lambda: b"MZ\x90\x00" + noise(99, 5), _NOT, file="book.exe"),
    nasty("a database", lambda: b"SQLite format 3\x00" + noise(99, 6), _NOT, file="book.db"),
    nasty("one byte", lambda: b"\x07", _NOT),
    nasty("one letter for ever", lambda: b"\xff" * 4000, _NOT),
    *(nasty(f"noise {n}", partial(noise, 3000, n), _NOT) for n in range(10, 14)),
)

NAMES = (
    "",
    ".",
    "..",
    "../../etc/passwd",
    "C:\\Windows\\book.xlsx",
    "con.xlsx",
    "a" * 300 + ".xlsx",
    "\x00book.xlsx",
    "book\r\n.xlsx",
    "book\u202exslx.exe",
    "b\udcffok.xlsx",
    "<script>alert(1)</script>.xlsx",
    "'; DROP TABLE submission; --.xlsx",
    "{amount}{0}%s%n.xlsx",
    "📈📉.xlsx",
    "Q9 9999 -1.xlsx",
)
