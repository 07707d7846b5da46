"""OpenDocument spreadsheets (.ods) as XML by hand."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from tests.writers.book import Book, Content, Formula, Page, Shown, Wrong
from tests.writers.package import zipped

_SPACES = " ".join(
    [
        *(
            f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
            for name in ("office", "table", "text", "style", "manifest")
        ),
        'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"',
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"',
    ]
)
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_HIDDEN = ' table:visibility="collapse"'


def workbook(book: Book) -> bytes:
    """A workbook as the bytes of an .ods file."""
    return zipped(parts(book))


def parts(book: Book) -> dict[str, bytes]:
    """The parts of a workbook by name, to be changed before they are packed."""
    pages = "".join(_page(page) for page in book.pages)
    content = (
        f"<office:document-content {_SPACES}>{_styles(book)}<office:body><office:spreadsheet>"
        f"{pages}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest {_SPACES}><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{_KIND}"/></manifest:manifest>'
    )
    return {
        "mimetype": _KIND.encode(),
        "META-INF/manifest.xml": manifest.encode(),
        "content.xml": b'<?xml version="1.0" encoding="UTF-8"?>' + content.encode(),
    }


def _styles(book: Book) -> str:
    """Styles of hidden and shown sheets, and of thousands formats by their trailing commas."""
    tables = "".join(
        f'<style:style style:name="{name}" style:family="table">'
        f'<style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("shown", "true"), ("hidden", "false"))
    )
    scaled = "".join(
        f'<number:number-style style:name="N{commas}">'
        f'<number:number number:display-factor="{1000**commas}"/></number:number-style>'
        f'<style:style style:name="ce{commas}" style:family="table-cell" '
        f'style:data-style-name="N{commas}"/>'
        for commas in sorted({_commas(code) for code in book.formats()} - {0})
    )
    return f"<office:automatic-styles>{tables}{scaled}</office:automatic-styles>"


def _commas(code: str) -> int:
    return len(code) - len(code.rstrip(","))


def _page(page: Page) -> str:
    style = "hidden" if page.hidden else "shown"
    columns = "".join(
        f"<table:table-column{_HIDDEN if column in page.hidden_columns else ''}/>"
        for column in range(page.width)
    )
    rows = "".join(
        f"<table:table-row{_HIDDEN if row in page.hidden_rows else ''}>"
        f"{_row(page, row, cells)}</table:table-row>"
        for row, cells in enumerate(page.rows)
    )
    return (
        f'<table:table table:name={quoteattr(page.name)} table:style-name="{style}">'
        f"{columns}{rows}</table:table>"
    )


def _row(page: Page, row: int, cells: list[Content]) -> str:
    """Cells; equal ones beside each other are written once with their count."""
    under = {
        (r, c)
        for top, left, bottom, right in page.merged
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
        if (r, c) != (top, left)
    }
    spans = {(top, left): (bottom, right) for top, left, bottom, right in page.merged}
    written = []
    for column, content in enumerate(cells):
        name = "covered-table-cell" if (row, column) in under else "table-cell"
        span = ""
        if (row, column) in spans:
            bottom, right = spans[row, column]
            span = f' table:number-rows-spanned="{bottom - row + 1}"'
            span += f' table:number-columns-spanned="{right - column + 1}"'
        written.append((name, f"{span}{_attributes(content)}", _shown(content)))
    return "".join(
        f"<table:{name}{_repeated(len(list(same)))}{attributes}>{text}</table:{name}>"
        for (name, attributes, text), same in groupby(written)
    )


def _repeated(count: int) -> str:
    return f' table:number-columns-repeated="{count}"' if count > 1 else ""


def _attributes(content: Content) -> str:
    """What a cell's element says of its content."""
    if isinstance(content, Formula):
        formula = f" table:formula={quoteattr('of:=' + content.text)}"
        return formula + (_attributes(content.value) if content.value is not None else "")
    if content is None:
        return ""
    if isinstance(content, Wrong):
        return ' office:value-type="string" office:string-value="" calcext:value-type="error"'
    return _value(content)


def _value(content: float | str | bool | date | Shown) -> str:
    if isinstance(content, bool):
        return f' office:value-type="boolean" office:boolean-value="{str(content).lower()}"'
    if isinstance(content, date):
        return f' office:value-type="date" office:date-value="{content.isoformat()}"'
    if isinstance(content, str):
        return ' office:value-type="string"'
    if isinstance(content, Shown):
        return _formatted(content)
    return f' office:value-type="float" office:value="{float(content)!r}"'


def _formatted(shown: Shown) -> str:
    if "%" in shown.number_format:
        return f' office:value-type="percentage" office:value="{shown.number!r}"'
    commas = _commas(shown.number_format)
    style = f' table:style-name="ce{commas}"' if commas else ""
    return f'{style} office:value-type="float" office:value="{shown.number!r}"'


def _shown(content: Content) -> str:
    """The text a cell prints, a paragraph a line."""
    if isinstance(content, Formula):
        return _shown(content.value) if content.value is not None else ""
    if isinstance(content, Wrong):
        return f"<text:p>{escape(content.code)}</text:p>"
    if isinstance(content, str):
        return "".join(f"<text:p>{escape(line)}</text:p>" for line in content.split("\n"))
    return ""
