"""What calamine hides of an OpenDocument spreadsheet (.ods): its XML is walked through for it.

Only where a quick look finds a tell-tale: an error, a formula without value, a percentage, a
format that divides, a merge, a hidden row or column, another file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from smartfin.ingest.container import guard
from smartfin.ingest.container.refusal import PartRefused
from smartfin.ingest.grid.hidden import KnownSecrets, Place, SheetSecrets, parse_xml, properties_of

_TELL_TALE = re.compile(
    rb'"error"|"percentage"|display-factor|-spanned|"collapse"|"filter"|file:/|(?:of|oooc):='
)
_ERROR_TEXT = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d{3}")
_MOST_COLUMNS = 4096  # of one style; a statement is narrower
_CELLS = ("table-cell", "covered-table-cell")


def read_ods_secrets(parts: Mapping[str, bytes]) -> KnownSecrets:
    """What a package's parts (by lower-case name) say beyond the values."""
    content = parts.get("content.xml", b"")
    properties = properties_of(parts)
    if not _TELL_TALE.search(content):
        return KnownSecrets(properties=properties)
    walk = _Walk()
    parse_xml(parts.get("styles.xml", b""), walk.start, walk.end)
    parse_xml(content, walk.start, walk.end, walk.text)
    return KnownSecrets(walk.sheets(), properties)


class _Sheet:
    """What is found on one sheet."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.errors: dict[Place, str] = {}
        self.empty: set[Place] = set()
        self.factors: dict[Place, float] = {}
        self.merged: list[tuple[Place, Place]] = []
        self.rows: list[range] = []
        self.columns: list[range] = []
        self.column_styles: dict[int, str] = {}
        self.links: list[Place] = []
        self.row = self.column = self.defined = 0

    def secrets(self) -> SheetSecrets:
        return SheetSecrets(
            self.errors,
            frozenset(self.empty),
            self.factors,
            merged=tuple(self.merged),
            hidden_rows=tuple(self.rows),
            hidden_columns=tuple(self.columns),
            links=tuple(self.links),
        )


class _Walk:
    """Walks through the document, cell by cell."""

    def __init__(self) -> None:
        self._sheets: dict[str, _Sheet] = {}
        self._sheet = _Sheet("")
        self._scales: dict[str, float] = {}  # of number styles
        self._factors: dict[str, float] = {}  # of cell styles
        self._number_style = ""
        self._attributes: dict[str, str] = {}
        self._span = (1, 1)  # rows and columns that the current elements stand for
        self._row_style = ""
        self._text = ""
        self._room = guard.MOST_CELLS
        self._depth = 0  # of tables: one may stand in a cell of another

    def sheets(self) -> dict[str, SheetSecrets]:
        """What was found, by the name of the sheet."""
        return {name: sheet.secrets() for name, sheet in self._sheets.items()}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """The beginning of an element."""
        if name == "table":
            self._depth += 1
        if self._depth > 1:
            return
        plain = {key.rsplit(":", 1)[-1]: value for key, value in attributes.items()}
        if name in _CELLS:
            # the same names in two vocabularies: the older one says what the cell holds
            plain["error"] = attributes.get("calcext:value-type", "")
            plain["value-type"] = attributes.get("office:value-type", "")
            self._attributes, self._text = plain, ""
        elif name == "table-row":
            self._begin_row(plain)
        elif name == "table-column":
            self._take_columns(plain)
        elif name == "table":
            name = plain.get("name", "")
            self._sheet = self._sheets.setdefault(name, _Sheet(name))
        else:
            self._take_style(name, plain)

    def text(self, text: str) -> None:
        """Text of the current cell."""
        self._text += text

    def end(self, name: str) -> None:
        """The end of an element."""
        if name == "table":
            self._depth -= 1
        elif self._depth > 1:
            return
        elif name in _CELLS:
            self._end_cell()
        elif name == "table-row":
            self._sheet.row += self._span[0]
        elif name.endswith("-style"):
            self._number_style = ""

    # --- styles

    def _take_style(self, name: str, plain: Mapping[str, str]) -> None:
        if name in ("number-style", "currency-style"):
            self._number_style = plain.get("name", "")
        elif name == "number" and self._number_style:
            divisor = plain.get("display-factor", "1")
            if divisor.isdigit() and int(divisor) > 1:
                self._scales[self._number_style] = 1 / int(divisor)
        elif name == "style" and plain.get("family") == "table-cell":
            scale = self._scales.get(plain.get("data-style-name", ""))
            inherited = self._factors.get(plain.get("parent-style-name", ""))
            factor = scale or inherited
            if factor is not None:
                self._factors[plain.get("name", "")] = factor

    # --- rows, columns, cells

    def _begin_row(self, plain: Mapping[str, str]) -> None:
        sheet = self._sheet
        count = _count(plain, "number-rows-repeated")
        sheet.column = 0
        self._span = (count, 1)
        self._row_style = plain.get("default-cell-style-name", "")
        if plain.get("visibility", "visible") != "visible":
            sheet.rows.append(range(sheet.row, sheet.row + count))

    def _take_columns(self, plain: Mapping[str, str]) -> None:
        sheet = self._sheet
        count = _count(plain, "number-columns-repeated")
        columns = range(sheet.defined, sheet.defined + count)
        sheet.defined += count
        if plain.get("visibility", "visible") != "visible":
            sheet.columns.append(columns)
        style = plain.get("default-cell-style-name", "")
        if style in self._factors:
            sheet.column_styles.update(dict.fromkeys(columns[:_MOST_COLUMNS], style))

    def _end_cell(self) -> None:
        plain, sheet = self._attributes, self._sheet
        count = _count(plain, "number-columns-repeated")
        take = self._taker(plain)
        if take is not None:
            self._room -= count * self._span[0]
            if self._room < 0:
                raise PartRefused(guard.too_many_cells(sheet.name))
            for row in range(sheet.row, sheet.row + self._span[0]):
                for column in range(sheet.column, sheet.column + count):
                    take((row, column))
        sheet.column += count

    def _taker(self, plain: Mapping[str, str]) -> Callable[[Place], None] | None:
        """What to keep of a cell, at each place it stands for; None for a plain one."""
        sheet, kind, text = self._sheet, plain.get("value-type", ""), self._text
        formula = plain.get("formula", "")
        if "file:/" in formula:
            sheet.links.append((sheet.row, sheet.column))
        self._take_merge(plain)
        if plain.get("error") == "error" or (formula and _ERROR_TEXT.fullmatch(text)):
            return lambda place: sheet.errors.update({place: text or "#VALUE!"})
        if formula and not kind and not text:
            return sheet.empty.add
        factor = 100.0 if kind == "percentage" else self._scale_of(plain, kind)
        return None if factor is None else lambda place: sheet.factors.update({place: factor})

    def _scale_of(self, plain: Mapping[str, str], kind: str) -> float | None:
        """The factor of a number's style: its own, else that of its row or column."""
        if not self._factors or kind not in ("float", "currency"):
            return None
        by_column = self._sheet.column_styles.get(self._sheet.column, "")
        return self._factors.get(plain.get("style-name") or self._row_style or by_column)

    def _take_merge(self, plain: Mapping[str, str]) -> None:
        rows, columns = (_count(plain, f"number-{way}-spanned") for way in ("rows", "columns"))
        if rows * columns > 1:
            row, column = self._sheet.row, self._sheet.column
            corner = (row + rows - 1, column + columns - 1)
            self._sheet.merged.append(((row, column), corner))


def _count(plain: Mapping[str, str], name: str) -> int:
    """A count that an element names; 1 when it names none."""
    count = plain.get(name, "1")
    return max(1, int(count)) if count.isdigit() and len(count) < 10 else 1
