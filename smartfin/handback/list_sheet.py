"""The sheet that lists all remarks, with links to the cells; written in Excel's own XML.

Its texts are inline strings, never formulas and never shared with the workbook's own. A
hidden column carries the sign by which the sheet is known as ours, and the fills that marked
cells had before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import orjson

from smartfin.handback.listing import KINDS, Listing, Remark
from smartfin.handback.markup import Unmarkable, escaped
from smartfin.handback.styles import NO_FILL, Styles, canonical, solid_fill
from smartfin.ingest.ours import LIST_SIGN

_TAB_COLOUR = "FFA4161B"
_HEADING_ROW = 5
_WIDTHS = (16, 24, 70, 70, 3, 9)
_SECRET_COLUMN = 6
_LONGEST_FILL = 600
_FILLS_A_ROW = 40
_LONGEST_TEXT = 32_000  # signs in a cell; Excel takes 32,767
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_TOP = 'vertical="top" wrapText="1"'
_NAME = '<name val="Calibri"/><family val="2"/>'
_FONTS = {
    "text": f'<font><sz val="11"/><color rgb="FF1F2328"/>{_NAME}</font>',
    "bold": f'<font><b/><sz val="11"/><color rgb="FF1F2328"/>{_NAME}</font>',
    "title": f'<font><b/><sz val="14"/><color rgb="FF1F2328"/>{_NAME}</font>',
    "link": f'<font><u/><sz val="11"/><color rgb="FF0B57A4"/>{_NAME}</font>',
}

Fills = Mapping[tuple[str, str], str]
"""The fill a cell had before it was marked, by sheet and address; none where it had none."""


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """A name Excel takes, as near as possible to the wanted one.

    Example:
        >>> sheet_name("Remarks: all", ["remarks all"])
        'Remarks all 2'
    """
    plain = _NOT_IN_A_NAME.sub("", wanted).strip("' ")[:_LONGEST_NAME] or "smartfin"
    used = {name.casefold() for name in taken}
    name, number = plain, 2
    while name.casefold() in used:
        ending = f" {number}"
        name, number = plain[: _LONGEST_NAME - len(ending)] + ending, number + 1
    return name


def list_sheet(
    listing: Listing, styles: Styles, sheets: Collection[str], fills: Fills, xmlns: str
) -> bytes:
    """The sheet as a part of a workbook.

    Args:
        listing: What it says.
        styles: The workbook's looks; those of the list are added.
        sheets: Names of the sheets that links can lead to.
        fills: What to keep about marked cells.
        xmlns: Namespace of the workbook's markup.
    """
    sheet = _Sheet(styles, _secrets(fills))
    sheet.write(1, [(listing.title, sheet.look("title"))])
    sheet.write(2, [(listing.lead, sheet.look("text"))])
    sheet.write_legend(3, listing)
    heading = sheet.look("bold", _TOP)
    sheet.write(_HEADING_ROW, [(text, heading) for text in listing.headings])
    for row, remark in enumerate(listing.remarks, start=_HEADING_ROW + 1):
        sheet.write_remark(row, remark, listing, sheets)
    last = listing.more or ("" if listing.remarks else listing.nothing)
    if last:
        row = _HEADING_ROW + 1 + len(listing.remarks)
        sheet.write(row, [("", 0), ("", 0), (last, sheet.look("bold", _TOP))])
    return sheet.body(xmlns)


def kept_fills(secrets: Iterable[object]) -> dict[tuple[str, str], str]:
    """The fills that an earlier list sheet kept in its hidden column; what is spoilt is left."""
    fills: dict[tuple[str, str], str] = {}
    for text in secrets:
        try:
            rows = orjson.loads(str(text))
            fills.update({(str(sheet), str(cell)): canonical(fill) for sheet, cell, fill in rows})
        except (orjson.JSONDecodeError, TypeError, ValueError, Unmarkable):
            continue
    return fills


def _secrets(fills: Fills) -> list[str]:
    """What stands in the hidden column, from the first row on."""
    rows = [[*place, fill] for place, fill in sorted(fills.items()) if len(fill) <= _LONGEST_FILL]
    pieces = (rows[at : at + _FILLS_A_ROW] for at in range(0, len(rows), _FILLS_A_ROW))
    return [LIST_SIGN, *(orjson.dumps(piece).decode() for piece in pieces)]


class _Sheet:
    """Rows, links and looks of the list while it is written."""

    def __init__(self, styles: Styles, secrets: list[str]) -> None:
        self._styles = styles
        self._secrets = secrets
        self._rows: dict[int, str] = {}
        self._links: list[str] = []

    def look(self, font: str, alignment: str = "", fill: str = NO_FILL) -> int:
        """Number of one of the list's looks."""
        return self._styles.look(_FONTS[font], fill, alignment)

    def write(self, row: int, cells: Iterable[tuple[str, int]]) -> None:
        """Texts with their looks, from column A on."""
        self._rows[row] = "".join(
            _cell(f"{chr(65 + column)}{row}", text, look)
            for column, (text, look) in enumerate(cells)
            if text
        )

    def write_legend(self, row: int, listing: Listing) -> None:
        """Each colour with how many remarks have it."""
        counts = Counter(remark.kind for remark in listing.remarks)
        present = [kind for kind in KINDS if counts[kind]]
        self.write(
            row,
            [
                (
                    f"{listing.legend[kind]}: {counts[kind]}",
                    self.look("text", _TOP, solid_fill(kind)),
                )
                for kind in present
            ],
        )

    def write_remark(
        self, row: int, remark: Remark, listing: Listing, sheets: Collection[str]
    ) -> None:
        """One remark, its place a link where there is such a sheet."""
        place = f"{remark.sheet}!{remark.cell}" if remark.cell else remark.sheet
        is_link = remark.sheet in sheets
        text = self.look("text", _TOP)
        self.write(
            row,
            [
                (listing.legend[remark.kind], self.look("text", _TOP, solid_fill(remark.kind))),
                (place or listing.whole_file, self.look("link", _TOP) if is_link else text),
                (remark.sentence, text),
                (remark.remedy, text),
            ],
        )
        if is_link:
            quoted = remark.sheet.replace("'", "''")
            target = escaped(f"'{quoted}'!{remark.cell or 'A1'}")
            self._links.append(f'<hyperlink ref="B{row}" location="{target}"/>')

    def body(self, xmlns: str) -> bytes:
        """The sheet's markup, its elements in the order Excel insists on."""
        hidden = {_SECRET_COLUMN: ' hidden="1"'}
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width}"{hidden.get(at, "")} customWidth="1"/>'
            for at, width in enumerate(_WIDTHS, start=1)
        )
        frozen = _HEADING_ROW + 1
        links = f"<hyperlinks>{''.join(self._links)}</hyperlinks>" if self._links else ""
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{xmlns}"><sheetPr><tabColor rgb="{_TAB_COLOUR}"/>'
            '<pageSetUpPr fitToPage="1"/></sheetPr>'
            '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
            f'<pane ySplit="{_HEADING_ROW}" topLeftCell="A{frozen}" activePane="bottomLeft"'
            f' state="frozen"/><selection pane="bottomLeft" activeCell="A{frozen}"'
            f' sqref="A{frozen}"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
            f"<sheetData>{self._data()}</sheetData>{links}"
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
        ).encode()

    def _data(self) -> str:
        written = []
        for row in range(1, max(*self._rows, len(self._secrets)) + 1):
            cells = self._rows.get(row, "")
            if row <= len(self._secrets):
                letter = chr(64 + _SECRET_COLUMN)
                cells += _cell(f"{letter}{row}", self._secrets[row - 1], 0)
            if cells:
                written.append(f'<row r="{row}">{cells}</row>')
        return "".join(written)


def _cell(address: str, text: str, look: int) -> str:
    """A text as it stands: an inline string is never taken for a formula."""
    shown = escaped(text[:_LONGEST_TEXT])
    inline = f'<is><t xml:space="preserve">{shown}</t></is>'
    return f'<c r="{address}" s="{look}" t="inlineStr">{inline}</c>'
