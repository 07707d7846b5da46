"""Where the rows and cells of a sheet stand in its markup; only those that matter are parsed.

A sheet may hold a million cells and three remarks. Its frame is parsed with the cells left
out; row tags are then found by their look, and only rows with a mark, old or new, are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from smartfin.handback.markup import Element, Unmarkable, elements
from smartfin.handback.place import Place, place_of

_ATTRIBUTES = rb"""(?:[^>"']|"[^"]*"|'[^']*')*>"""
_OPENING = re.compile(rb"<(?:[^\s<>/:!?]+:)?sheetData(?=[\s/>])" + _ATTRIBUTES)
_CLOSING = re.compile(rb"</(?:[^\s<>/:!?]+:)?sheetData\s*>")
_ROW = re.compile(rb"<(?:[^\s<>/:!?]+:)?row(?=[\s/>])" + _ATTRIBUTES)
_END_OF_ROW = re.compile(rb"</(?:[^\s<>/:!?]+:)?row\s*>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
_NO_MARKUP = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)


@dataclass(slots=True)
class Row:
    """One row.

    Args:
        number: From 1.
        element: Where it stands.
        cells: Column and element of each cell; empty for a row that only bounds a gap.
    """

    number: int
    element: Element
    cells: list[tuple[int, Element]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SheetMarkup:
    """The frame of a sheet and its rows that matter.

    Args:
        root: The sheet.
        tops: What stands right under it.
        columns: The looks of whole columns.
        data: The element that holds the rows.
        rows: Wanted rows, rows with certain looks, and the row after each missing one.
    """

    root: Element
    tops: tuple[Element, ...]
    columns: tuple[Element, ...]
    data: Element
    rows: tuple[Row, ...]


def sheet_markup(body: bytes, wanted: Collection[int], looks: Collection[int]) -> SheetMarkup:
    """What of a sheet's markup matters for marking it.

    Args:
        body: The part in UTF-8.
        wanted: Numbers of the rows to be marked.
        looks: Looks whose cells are wanted too.

    Raises:
        Unmarkable: It is no sheet of cells, or no well-formed XML.
    """
    plain = _NO_MARKUP.sub(lambda match: b" " * len(match[0]), body)
    opening = _OPENING.search(plain)
    if opening is None:
        raise Unmarkable("no sheet of cells")
    inside = close = opening.end()
    if not opening[0].endswith(b"/>"):
        closing = _CLOSING.search(plain, inside)
        if closing is None:
            raise Unmarkable("no end of the cells")
        close = closing.start()
    frame = _frame(body, inside, close)
    data = next((one for one in frame if one.name == "sheetData"), None)
    if data is None or data.start != opening.start():
        raise Unmarkable("no sheet of cells")
    spans = _spans(plain, (inside, close), wanted, looks)
    return SheetMarkup(
        root=frame[0],
        tops=tuple(one for one in frame if one.parent == "worksheet"),
        columns=tuple(one for one in frame if one.parent == "cols"),
        data=data,
        rows=tuple(_parsed(body, number, *span) for number, span in spans),
    )


def _frame(body: bytes, inside: int, close: int) -> list[Element]:
    """The elements around the cells, with the offsets they have in the whole."""
    found = elements(
        body[:inside] + body[close:],
        lambda _name, parent, _attributes: parent in ("", "worksheet", "cols"),
    )
    for one in found:
        after = one.start >= inside
        one.start, one.inside = (
            place + (close - inside if after else 0) for place in (one.start, one.inside)
        )
        if after or one.end > inside or (one.name == "sheetData" and not one.is_empty_tag):
            one.close, one.end = (place + close - inside for place in (one.close, one.end))
    return found


def _spans(
    plain: bytes, within: tuple[int, int], wanted: Collection[int], looks: Collection[int]
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Number and place of each row that matters, in their order."""
    awaited = sorted(wanted, reverse=True)
    marked = _places_of(plain, within, looks)
    mark = next(marked, -1)
    number = 0
    for tag in _ROW.finditer(plain, *within):
        told = _NUMBER.search(tag[0])
        number = int(told[1]) if told else number + 1
        bounds = bool(awaited) and awaited[-1] <= number
        if not bounds and mark < 0:
            if not awaited:
                return
            continue
        while awaited and awaited[-1] <= number:
            awaited.pop()
        end = _end(plain, tag, within[1]) if bounds or mark > tag.start() else tag.end()
        if bounds or tag.start() < mark < end:
            yield number, (tag.start(), end)
        while 0 <= mark < end:
            mark = next(marked, -1)


def _places_of(plain: bytes, within: tuple[int, int], looks: Collection[int]) -> Iterator[int]:
    """Where cells with certain looks stand."""
    if looks:
        numbers = "|".join(map(str, sorted(looks))).encode()
        pattern = re.compile(rb"""\ss\s*=\s*["'](?:%s)["']""" % numbers)
        for match in pattern.finditer(plain, *within):
            yield match.start()


def _end(plain: bytes, tag: re.Match[bytes], close: int) -> int:
    if tag[0].endswith(b"/>"):
        return tag.end()
    found = _END_OF_ROW.search(plain, tag.end(), close)
    if found is None:
        raise Unmarkable("no end of a row")
    return found.end()


def _parsed(body: bytes, number: int, start: int, end: int) -> Row:
    found = elements(body[start:end], lambda name, parent, _attributes: not parent or name == "c")
    for one in found:
        one.start, one.inside = one.start + start, one.inside + start
        one.close, one.end = one.close + start, one.end + start
    row = Row(number, found[0])
    place: Place = (number, 0)
    for cell in found[1:]:
        place = place_of(cell.attributes.get("r", "")) or (number, place[1] + 1)
        row.cells.append((place[1], cell))
    return row
