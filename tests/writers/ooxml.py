"""Excel workbooks (.xlsx, .xlsm) as XML by hand: strict or not, in any encoding, with odd names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from tests.writers.book import Book, Content, Formula, Page, Shown, Wrong, letters
from tests.writers.package import content_types, relations, zipped

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_FIRST_FORMAT = 164


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program writes its XML.

    Args:
        strict: In the namespaces of ISO Strict, with days as ISO texts.
        macros: As an .xlsm names its workbook part.
        encoding: Of the XML.
        inline: Texts in their cells instead of a table, each in two runs.
        prefix: Of every element, e.g. ``x:``.
        named: Turns the name of a part into that of its entry in the zip.
    """

    strict: bool = False
    macros: bool = False
    encoding: str = "utf-8"
    inline: bool = False
    prefix: str = ""
    named: Callable[[str], str] = str


USUAL = Dialect()


def workbook(book: Book, dialect: Dialect = USUAL) -> bytes:
    """A workbook as the bytes of an .xlsx file."""
    return zipped({dialect.named(name): body for name, body in parts(book, dialect).items()})


def parts(book: Book, dialect: Dialect = USUAL) -> dict[str, bytes]:
    """The parts of a workbook by name, to be changed before they are packed."""
    texts: dict[str, int] = {}
    targets = {
        f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(book.pages) + 1)
    }
    bodies = {
        f"xl/{target}": _part(_sheet(book, page, dialect, texts), dialect)
        for (_, target), page in zip(targets.values(), book.pages, strict=True)
    }
    kind = "sheet.macroEnabled.main+xml" if dialect.macros else "sheet.main+xml"
    more = {
        "rIdStyles": ("styles", "styles.xml"),
        "rIdTexts": ("sharedStrings", "sharedStrings.xml"),
    }
    return {
        "[Content_Types].xml": content_types("xml", "/xl/workbook.xml", kind),
        "_rels/.rels": relations(
            {"rId1": ("officeDocument", "xl/workbook.xml")}, strict=dialect.strict
        ),
        "xl/_rels/workbook.xml.rels": relations(targets | more, strict=dialect.strict),
        "xl/workbook.xml": _part(_globals(book, dialect), dialect),
        "xl/styles.xml": _part(_styles(book), dialect),
        "xl/sharedStrings.xml": _part(_texts(texts), dialect),
        **bodies,
    }


def _part(root: str, dialect: Dialect) -> bytes:
    """The XML of a part: its namespaces, prefix and encoding."""
    main, links = (_STRICT_MAIN, _STRICT_LINKS) if dialect.strict else (_MAIN, _LINKS)
    name, rest = root[1:].split(">", 1)
    space = f"xmlns:{dialect.prefix[:-1]}" if dialect.prefix else "xmlns"
    body = f'<{name} {space}="{main}" xmlns:r="{links}">{rest}'
    if dialect.prefix:
        body = body.replace("</", "\0").replace("<", f"<{dialect.prefix}")
        body = body.replace("\0", f"</{dialect.prefix}")
    return f'<?xml version="1.0" encoding="{dialect.encoding}"?>{body}'.encode(dialect.encoding)


def _globals(book: Book, dialect: Dialect) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(page.name)} sheetId="{n}" '
        f'{"state=" + quoteattr("hidden") + " " if page.hidden else ""}r:id="rId{n}"/>'
        for n, page in enumerate(book.pages, start=1)
    )
    yes = "true" if dialect.strict else "1"
    days = f'<workbookPr date1904="{yes}"/>' if book.from_1904 else "<workbookPr/>"
    return f"<workbook>{days}<sheets>{sheets}</sheets></workbook>"


def _styles(book: Book) -> str:
    formats = book.formats()
    named = "".join(
        f"<numFmt numFmtId={quoteattr(str(_FIRST_FORMAT + n))} formatCode={quoteattr(code)}/>"
        for n, code in enumerate(formats)
    )
    styles = "".join(
        f'<xf numFmtId="{number}" applyNumberFormat="1"/>'
        for number in (0, *range(_FIRST_FORMAT, _FIRST_FORMAT + len(formats)))
    )
    return f"<styleSheet><numFmts>{named}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"


def _texts(texts: Mapping[str, int]) -> str:
    lines = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    return f"<sst>{lines}</sst>"


def _sheet(book: Book, page: Page, dialect: Dialect, texts: dict[str, int]) -> str:
    columns = "".join(
        f'<col min="{column + 1}" max="{column + 1}" hidden="1" width="0"/>'
        for column in sorted(page.hidden_columns)
    )
    rows = "".join(_row(book, page, row, dialect, texts) for row in range(len(page.rows)))
    merges = "".join(
        f'<mergeCell ref="{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"/>'
        for top, left, bottom, right in page.merged
    )
    return "".join(
        (
            "<worksheet>",
            f"<cols>{columns}</cols>" if columns else "",
            f"<sheetData>{rows}</sheetData>",
            f"<mergeCells>{merges}</mergeCells>" if merges else "",
            "</worksheet>",
        )
    )


def _row(book: Book, page: Page, row: int, dialect: Dialect, texts: dict[str, int]) -> str:
    hidden = ' hidden="1"' if row in page.hidden_rows else ""
    cells = "".join(
        _cell(book, f"{letters(column)}{where + 1}", content, dialect, texts)
        for where, column, content in page.cells()
        if where == row
    )
    return f'<row r="{row + 1}"{hidden}>{cells}</row>'


def _cell(book: Book, place: str, content: Content, dialect: Dialect, texts: dict[str, int]) -> str:
    if isinstance(content, date):
        if dialect.strict:
            return f'<c r="{place}" s="1" t="d"><v>{content.isoformat()}</v></c>'
        return f'<c r="{place}" s="1"><v>{book.serial(content):.0f}</v></c>'
    if isinstance(content, Shown):
        style = 1 + book.formats().index(content.number_format)
        return f'<c r="{place}" s="{style}"><v>{content.number!r}</v></c>'
    if isinstance(content, Formula):
        kind, value = _typed(content.value)
        formula = f"<f>{escape(content.text)}</f>"
        return f'<c r="{place}"{kind}>{formula}{value}</c>'
    if isinstance(content, str):
        return _text(place, content, dialect, texts)
    kind, value = _typed(content)
    return f'<c r="{place}"{kind}>{value}</c>'


def _typed(value: float | str | bool | Wrong | None) -> tuple[str, str]:
    """The attribute that says a value's type, and the element that holds it."""
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return ' t="b"', f"<v>{int(value)}</v>"
    if isinstance(value, Wrong):
        return ' t="e"', f"<v>{value.code}</v>"
    if isinstance(value, str):
        return ' t="str"', f"<v>{escape(value)}</v>"
    return "", f"<v>{value!r}</v>"


def _text(place: str, text: str, dialect: Dialect, texts: dict[str, int]) -> str:
    if dialect.inline:
        half = len(text) // 2
        runs = "".join(
            f'<r><t xml:space="preserve">{escape(part)}</t></r>'
            for part in (text[:half], text[half:])
        )
        return f'<c r="{place}" t="inlineStr"><is>{runs}</is></c>'
    number = texts.setdefault(text, len(texts))
    return f'<c r="{place}" t="s"><v>{number}</v></c>'
