"""Marks in the cells of one sheet: another look, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from smartfin.handback.markup import Edits, Element, prefix, relation_id
from smartfin.handback.place import Place, address_of
from smartfin.handback.rows import Row, sheet_markup
from smartfin.handback.styles import NO_FILL, Styles

# What comes after the drawing of the comments in a sheet: Excel insists on the order.
_AFTER_COMMENTS = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "AlternateContent",  # around the two before it
        "webPublishItems",
        "tableParts",
        "extLst",
    }
)


class Grid:
    """One sheet's markup.

    Args:
        body: In UTF-8.
        styles: The looks of the workbook.
        wanted: Kind of remark of each cell to mark.
        earlier: Fills that cells had before they were marked the last time.

    Raises:
        Unmarkable: It is no sheet of cells.
    """

    def __init__(
        self,
        body: bytes,
        styles: Styles,
        wanted: Mapping[Place, str],
        earlier: Mapping[Place, str],
    ) -> None:
        self._styles, self._wanted, self._earlier = styles, wanted, earlier
        self._sheet = sheet_markup(body, {row for row, _ in wanted}, styles.marks)
        self._prefix = prefix(body, self._sheet.root)
        self._edits = Edits(body)
        self.fills: dict[Place, str] = {}

    def mark(self) -> None:
        """Give marked cells their looks, and take those of earlier marks back.

        ``fills`` then holds what marked cells had for a fill, where they had any.
        """
        present: set[Place] = set()
        for row in self._sheet.rows:
            for column, cell in row.cells:
                present.add((row.number, column))
                before = _number(cell.attributes.get("s", "0"))
                look = self._look((row.number, column), before)
                if look and look != before:
                    self._edits.set(cell, "s", str(look))
                elif look != before:  # the usual look: as written by whoever made the workbook
                    self._edits.unset(cell, "s")
        self._add_missing(self._wanted.keys() - present)

    def _look(self, place: Place, look: int) -> int:
        """What a cell is to look like: as it was before any mark, and marked if it must."""
        if self._styles.is_marked(look):
            look = self._styles.with_fill(look, self._earlier.get(place, NO_FILL))
        if place not in self._wanted:
            return look
        fill = self._styles.fill(look)
        if fill != NO_FILL:
            self.fills[place] = fill
        return self._styles.marked(look, self._wanted[place])

    # --- cells that are not there yet

    def _add_missing(self, missing: Iterable[Place]) -> None:
        """Empty cells to carry a mark, in rows of their own where there is none."""
        rows = {row.number: row for row in self._sheet.rows}
        at_the_end: list[bytes] = []
        for number, places in groupby(sorted(missing), key=lambda place: place[0]):
            if number in rows:
                self._add_to_row(rows[number], list(places))
                continue
            cells = b"".join(self._new_cell(place, None) for place in places)
            written = self._tag(f'row r="{number}"', cells)
            later = next((row for row in self._sheet.rows if row.number > number), None)
            if later is None:
                at_the_end.append(written)
            else:
                self._edits.insert(later.element.start, written)
        if at_the_end:
            self._edits.append(self._sheet.data, b"".join(at_the_end))

    def _add_to_row(self, row: Row, places: list[Place]) -> None:
        at_the_end: list[bytes] = []
        for place in places:
            written = self._new_cell(place, row.element)
            later = next((cell for column, cell in row.cells if column > place[1]), None)
            if later is None:
                at_the_end.append(written)
            else:
                self._edits.insert(later.start, written)
        if at_the_end:
            self._edits.append(row.element, b"".join(at_the_end))

    def _new_cell(self, place: Place, row: Element | None) -> bytes:
        look = self._look(place, self._look_around(place[1], row))
        return f'<{self._prefix}c r="{address_of(place)}" s="{look}"/>'.encode()

    def _look_around(self, column: int, row: Element | None) -> int:
        """The look an empty place has from its row or its column."""
        if row is not None and row.attributes.get("customFormat") in ("1", "true"):
            return _number(row.attributes.get("s", "0"))
        for element in self._sheet.columns:
            first, last = (_number(element.attributes.get(name, "0")) for name in ("min", "max"))
            if first <= column <= last:
                return _number(element.attributes.get("style", "0"))
        return 0

    def _tag(self, opening: str, content: bytes) -> bytes:
        name = opening.split(maxsplit=1)[0]
        return f"<{self._prefix}{opening}>".encode() + content + f"</{self._prefix}{name}>".encode()

    # --- the drawing of the comments

    @property
    def drawing(self) -> str:
        """Id of the relation to the drawing of the comments; empty when there is none."""
        found = (one for one in self._sheet.tops if one.name == "legacyDrawing")
        element = next(found, None)
        return "" if element is None else element.attribute("id")

    def draw_comments(self, relation: str, relation_types: str) -> None:
        """Tell where the comments are drawn."""
        after = [one.start for one in self._sheet.tops if one.name in _AFTER_COMMENTS]
        named = relation_id(self._sheet.root, relation_types, relation)
        element = f"<{self._prefix}legacyDrawing {named}/>"
        self._edits.insert(min(after, default=self._sheet.root.close), element.encode())

    def forget_comments(self) -> None:
        """Draw no comments any more."""
        for element in self._sheet.tops:
            if element.name == "legacyDrawing":
                self._edits.replace(element.start, element.end, b"")

    def body(self) -> bytes:
        """The markup with all changes."""
        return self._edits.applied()


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
