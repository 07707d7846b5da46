"""Marks a workbook: the cells that remarks are about, and a sheet that lists all of them.

What is changed: the looks, the sheets with marks and their comments, the list of sheets. Every
other part keeps its bytes. Marking a marked workbook replaces its marks.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from python_calamine import CalamineWorkbook

from smartfin.handback.comments import AUTHOR, Comments, empty_comments
from smartfin.handback.drawing import drawn, empty_drawing, highest_block, is_empty
from smartfin.handback.grid import Grid
from smartfin.handback.list_sheet import kept_fills, list_sheet, sheet_name
from smartfin.handback.listing import Listing
from smartfin.handback.markup import Edits, Unmarkable, elements, escaped, prefix, relation_id
from smartfin.handback.package import Package
from smartfin.handback.place import Place, address_of, place_of
from smartfin.handback.styles import Styles, empty_styles
from smartfin.ingest.ours import LIST_SIGN, is_list_sheet

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_ENDINGS = {  # by the workbook part's type; Excel refuses a name that contradicts it
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": ".xlsm",
    "application/vnd.ms-excel.template.macroenabled.main+xml": ".xltm",
    f"{_TYPE}.template.main+xml": ".xltx",
}


@dataclass(frozen=True, slots=True)
class MarkedPackage:
    """A marked workbook.

    Args:
        content: Its bytes.
        ending: Ending its file name must have.
        cells: How many cells are marked.
    """

    content: bytes
    ending: str
    cells: int


def marked_package(content: bytes, listing: Listing) -> MarkedPackage:
    """A workbook with its remarks in it.

    Args:
        content: The bytes of an .xlsx or .xlsm.
        listing: The remarks.

    Raises:
        Unmarkable: It is written in a way that cannot be changed without risk.
        zipfile.BadZipFile, zlib.error: It is damaged.
    """
    package = Package(content)
    if package.related(package.workbook, "revisionHeaders"):
        raise Unmarkable("a shared workbook keeps a diary of its changes")
    return _Marking(package, _earlier_list(package, content), listing).marked()


@dataclass(frozen=True, slots=True)
class _EarlierList:
    """What an earlier marking left: its list sheet, and the fills it painted over."""

    sheet: str = ""
    fills: Mapping[tuple[str, str], str] = field(default_factory=dict)


class _Marking:
    """One workbook while it is marked."""

    def __init__(self, package: Package, earlier: _EarlierList, listing: Listing) -> None:
        self._package, self._earlier, self._listing = package, earlier, listing
        self._sheets = _sheets(package)
        found = package.related(package.workbook, "styles")
        self._styles_part = found.target if found else self._new_styles()
        self._styles = Styles(package.part(self._styles_part))
        drawings = package.names(".vml")
        self._block = highest_block(package.part(name) for name in drawings) + 1
        self._fills: dict[tuple[str, str], str] = {}

    def marked(self) -> MarkedPackage:
        """The workbook with its marks."""
        wanted: dict[str, dict[Place, tuple[str, str]]] = {}
        for (sheet, cell), remark in self._listing.comments().items():
            place = place_of(cell)
            if place and sheet in self._sheets and sheet != self._earlier.sheet:
                wanted.setdefault(sheet, {})[place] = remark
        for sheet, part in self._sheets.items():
            if sheet != self._earlier.sheet and (sheet in wanted or self._may_be_marked(part)):
                self._mark(sheet, part, wanted.get(sheet, {}))
        self._list()
        self._package.put(self._styles_part, self._styles.body())
        kind = self._package.type_of(self._package.workbook).lower()
        cells = sum(map(len, wanted.values()))
        return MarkedPackage(self._package.content(), _ENDINGS.get(kind, ".xlsx"), cells)

    def _may_be_marked(self, part: str) -> bool:
        comments = self._package.related(part, "comments")
        spoken = comments is not None and AUTHOR.encode() in self._package.part(comments.target)
        return spoken or bool(self._styles.marks)

    def _new_styles(self) -> str:
        name = posixpath.join(posixpath.dirname(self._package.workbook), "styles.xml")
        self._add(name, self._package.workbook, "styles", empty_styles(self._package.main))
        return name

    def _add(self, name: str, whose: str, kind: str, body: bytes) -> str:
        """A further part that another one refers to; id of the relation."""
        self._package.put(name, body)
        self._package.declare(name, f"{_TYPE}.{kind}+xml")
        return self._package.relate(whose, kind, name)

    # --- one sheet

    def _mark(self, sheet: str, part: str, remarks: Mapping[Place, tuple[str, str]]) -> None:
        """Marks a sheet's cells, and takes back what marks it had."""
        kinds = {place: kind for place, (kind, _) in remarks.items()}
        earlier = {
            place: fill
            for (name, cell), fill in self._earlier.fills.items()
            if name == sheet and (place := place_of(cell))
        }
        grid = Grid(self._package.part(part), self._styles, kinds, earlier)
        grid.mark()
        self._fills.update({(sheet, address_of(at)): fill for at, fill in grid.fills.items()})
        self._comment(part, grid, {place: text for place, (_, text) in remarks.items()})
        self._package.put(part, grid.body())

    def _comment(self, part: str, grid: Grid, texts: dict[Place, str]) -> None:
        """Writes the comments of a sheet; a conversation in a cell is nobody's to change."""
        package = self._package
        found = package.related(part, "comments")
        if found is None and not texts:
            return
        talks = self._conversations(part)
        texts = {place: text for place, text in texts.items() if place not in talks}
        body = package.part(found.target) if found else empty_comments(package.main)
        comments = Comments(body, talks)
        written = comments.write(texts)
        if comments.places and found:
            package.put(found.target, written)
        elif comments.places:
            self._add(package.free_name("xl/comments{}.xml"), part, "comments", written)
        elif found:
            package.drop(found.target)
            package.unrelate(part, found.id)
        self._draw(part, grid, texts, comments.places)

    def _conversations(self, part: str) -> frozenset[Place]:
        found = self._package.related(part, "threadedComment")
        if found is None:
            return frozenset()
        talks = elements(
            self._package.part(found.target),
            lambda name, _parent, _given: name == "threadedComment",
        )
        places = (place_of(one.attributes.get("ref", "")) for one in talks)
        return frozenset(place for place in places if place)

    def _draw(self, part: str, grid: Grid, texts: dict[Place, str], places: set[Place]) -> None:
        """Draws a box for each comment of a sheet."""
        package = self._package
        relations = (one for one in package.relations(part) if one.id == grid.drawing)
        found = next(relations, None)
        if grid.drawing and (found is None or found.target not in package):
            raise Unmarkable("a drawing is missing")
        body = package.part(found.target) if found else empty_drawing()
        written = drawn(body, texts, places, self._block)
        self._block = max(self._block, highest_block([written]) + 1)
        if found and is_empty(written):
            package.drop(found.target)
            package.unrelate(part, found.id)
            grid.forget_comments()
        elif found:
            package.put(found.target, written)
        elif places:
            name = package.free_name("xl/drawings/vmlDrawing{}.vml")
            package.put(name, written)
            package.declare_ending("vml", _VML)
            grid.draw_comments(package.relate(part, "vmlDrawing", name), package.relation_types)

    # --- the list

    def _list(self) -> None:
        """Adds the list, or renews the one that is there, wherever a person has put it."""
        package, earlier = self._package, self._earlier.sheet
        cells = self._sheets.keys() - {earlier}
        body = list_sheet(self._listing, self._styles, cells, self._fills, package.main)
        if earlier:
            part = self._sheets[earlier]
            for relation in package.relations(part):
                package.unrelate(part, relation.id)
            package.put(part, body)
            return
        folder = posixpath.join(posixpath.dirname(package.workbook), "worksheets")
        part = package.free_name(posixpath.join(folder, "sheet{}.xml"))
        entry = self._add(part, package.workbook, "worksheet", body)
        self._enter(sheet_name(self._listing.sheet, _sheet_names(package)), entry)

    def _enter(self, name: str, relation: str) -> None:
        """Enters the list as the last sheet of the workbook."""
        body = self._package.part(self._package.workbook)
        found = elements(
            body, lambda kind, parent, _given: not parent or kind in ("sheets", "sheet")
        )
        sheets = [one for one in found if one.name == "sheets"]
        if not sheets:
            raise Unmarkable("no list of sheets")
        numbers = [one.attributes.get("sheetId", "0") for one in found]
        number = 1 + max((int(text) for text in numbers if text.isdecimal()), default=0)
        named = relation_id(found[0], self._package.relation_types, relation)
        entry = (
            f'<{prefix(body, found[0])}sheet name="{escaped(name)}" sheetId="{number}" {named}/>'
        )
        edits = Edits(body)
        edits.append(sheets[0], entry.encode())
        self._package.put(self._package.workbook, edits.applied())


def _entries(package: Package) -> list[tuple[str, str]]:
    """Name and relation of each sheet, in the order of the workbook."""
    body = package.part(package.workbook)
    found = elements(body, lambda name, parent, _given: name == "sheet" and parent == "sheets")
    return [(one.attributes.get("name", ""), one.attribute("id")) for one in found]


def _sheet_names(package: Package) -> list[str]:
    return [name for name, _ in _entries(package)]


def _sheets(package: Package) -> dict[str, str]:
    """The part of each sheet of cells, by the sheet's name."""
    parts = {
        one.id: one.target
        for one in package.relations(package.workbook)
        if one.kind == "worksheet" and one.target in package
    }
    return {name: parts[relation] for name, relation in _entries(package) if relation in parts}


def _earlier_list(package: Package, content: bytes) -> _EarlierList:
    """The list of an earlier marking, also after another program has saved the workbook."""
    sign = LIST_SIGN.encode()
    texts = package.related(package.workbook, "sharedStrings")
    sheets = _sheets(package)
    shared = texts is not None and sign in package.part(texts.target)
    possible = [name for name, part in sheets.items() if shared or sign in package.part(part)]
    if not possible:
        return _EarlierList()
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        for name in reversed(possible):
            read = workbook.get_sheet_by_name(name)
            if is_list_sheet(read.to_python(skip_empty_area=False, nrows=1)):
                rows = read.to_python(skip_empty_area=False)
                column = rows[0].index(LIST_SIGN)
                return _EarlierList(name, kept_fills(row[column] for row in rows[1:]))
    return _EarlierList()
