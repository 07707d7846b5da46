"""What Excel insists on before it opens a workbook without offering to repair it."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from tests.rich_workbooks import parts_of

_SHEET_ORDER = """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr
sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews
mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins
pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags
drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems
tableParts extLst""".split()  # noqa: SIM905 - as the standard lists it
_STYLES_ORDER = """numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles
colors extLst""".split()  # noqa: SIM905


def faults(content: bytes) -> list[str]:
    """Everything that would make Excel offer a repair, as far as we know; empty when sound."""
    parts = parts_of(content)
    return [*_of_types(parts), *_of_relations(parts), *_of_looks(parts), *_of_sheets(parts)]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _tree(parts: Mapping[str, bytes], name: str) -> ElementTree.Element:
    return ElementTree.fromstring(parts[name])


def _under(element: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in element.iter() if _local(one.tag) == name]


def _of_types(parts: Mapping[str, bytes]) -> Iterator[str]:
    types = _tree(parts, "[Content_Types].xml")
    endings = Counter(one.get("Extension", "").lower() for one in _under(types, "Default"))
    named = Counter(one.get("PartName", "").casefold() for one in _under(types, "Override"))
    known = {f"/{name.casefold()}" for name in parts}
    yield from (f"type twice: {name}" for name, n in (endings + named).items() if n > 1)
    yield from (f"type of nothing: {name}" for name in named if name not in known)
    for name in parts:
        ending = name.rpartition(".")[2].lower()
        if f"/{name.casefold()}" not in named and ending not in endings:
            yield f"no type: {name}"


def _of_relations(parts: Mapping[str, bytes]) -> Iterator[str]:
    known = {name.casefold() for name in parts}
    for name in parts:
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("_rels/")
        relations = list(_tree(parts, name))
        ids = Counter(one.get("Id") for one in relations)
        yield from (f"{name}: id twice {one}" for one, n in ids.items() if n > 1)
        for one in relations:
            path = posixpath.join("/", folder, one.get("Target", ""))
            target = posixpath.normpath(path).lstrip("/").casefold()
            if one.get("TargetMode") != "External" and target not in known:
                yield f"{name}: leads nowhere {target}"
        yield from _of_references(parts, folder + file.removesuffix(".rels"), set(ids))


def _of_references(parts: Mapping[str, bytes], name: str, ids: set[str | None]) -> Iterator[str]:
    if not name.endswith(".xml"):
        return
    for element in _tree(parts, name).iter():
        for key, value in element.attrib.items():
            if "relationships}" in key and _local(key) == "id" and value not in ids:
                yield f"{name}: no relation {value}"


def _of_looks(parts: Mapping[str, bytes]) -> Iterator[str]:
    if "xl/styles.xml" not in parts:
        return
    styles = _tree(parts, "xl/styles.xml")
    order = [_STYLES_ORDER.index(_local(one.tag)) for one in styles]
    if order != sorted(order):
        yield "styles: order"
    lists = {_local(one.tag): one for one in styles}
    for name, one in lists.items():
        if one.get("count") not in (None, str(len(one))):
            yield f"styles: count of {name}"
    yield from _of_cell_looks(parts, lists)


def _of_cell_looks(
    parts: Mapping[str, bytes], lists: Mapping[str, ElementTree.Element]
) -> Iterator[str]:
    for look in lists["cellXfs"]:
        for key, members in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            known = lists.get(members, ())
            if int(look.get(key, "0")) >= max(len(known), 1):
                yield f"styles: {key} {look.get(key)}"
    for name in parts:
        if re.match(r"xl/(worksheets|sheets)/[^/]*\.xml", name):
            used = {int(cell.get("s", "0")) for cell in _under(_tree(parts, name), "c")}
            if max(used, default=0) >= len(lists["cellXfs"]):
                yield f"{name}: look {max(used)}"


def _of_sheets(parts: Mapping[str, bytes]) -> Iterator[str]:
    entries = _under(_tree(parts, "xl/workbook.xml"), "sheet")
    for key in ("name", "sheetId"):
        values = Counter(one.get(key, "").casefold() for one in entries)
        yield from (f"{key} twice: {value}" for value, n in values.items() if n > 1)
    names = {one.get("name", "") for one in entries}
    yield from (f"long name: {name}" for name in names if len(name) > 31)
    for name in parts:
        if re.match(r"xl/(worksheets|sheets)/[^/]*\.xml", name):
            yield from _of_sheet(parts, name, names)


def _of_sheet(parts: Mapping[str, bytes], name: str, names: set[str]) -> Iterator[str]:
    sheet = _tree(parts, name)
    order = [_SHEET_ORDER.index(_local(one.tag)) for one in sheet]
    if order != sorted(order):
        yield f"{name}: order"
    rows = [int(one.get("r", "0")) for one in _under(sheet, "row") if one.get("r")]
    if rows != sorted(set(rows)):
        yield f"{name}: rows"
    for row in _under(sheet, "row"):
        columns = [_column(one.get("r", "")) for one in row if one.get("r")]
        if columns != sorted(set(columns)):
            yield f"{name}: cells of row {row.get('r')}"
    for link in _under(sheet, "hyperlink"):
        target = re.fullmatch(r"'(.*)'!\$?[A-Z]+\$?\d+", link.get("location", "'x'!A1"))
        if link.get("location") and (target is None or target[1].replace("''", "'") not in names):
            yield f"{name}: link to {link.get('location')}"
    yield from _of_comments(parts, name)


def _of_comments(parts: Mapping[str, bytes], name: str) -> Iterator[str]:
    folder, _, file = name.rpartition("/")
    relations = parts.get(f"{folder}/_rels/{file}.rels")
    if relations is None:
        return
    relations_by_id = {one.get("Id"): one for one in ElementTree.fromstring(relations)}
    kinds = {one.get("Type", "").rpartition("/")[2]: one for one in relations_by_id.values()}
    if "comments" not in kinds:
        return
    drawn = next(one for one in _tree(parts, name) if _local(one.tag) == "legacyDrawing")
    drawing_id = next(value for key, value in drawn.attrib.items() if _local(key) == "id")
    comments = _tree(parts, _resolved(folder, kinds["comments"]))
    drawing = _tree(parts, _resolved(folder, relations_by_id[drawing_id]))
    authors = len(_under(comments, "author"))
    places = [one.get("ref", "") for one in _under(comments, "comment")]
    if len(set(places)) < len(places):
        yield f"{name}: two comments in a cell"
    for one in _under(comments, "comment"):
        if int(one.get("authorId", "0")) >= authors:
            yield f"{name}: author of {one.get('ref')}"
    blocks = {int(n) for one in _under(drawing, "idmap") for n in one.get("data", "").split(",")}
    ids = [one.get("id", "") for one in _under(drawing, "shape")]
    if len(set(ids)) < len(ids):
        yield f"{name}: shape twice"
    if {int(one.removeprefix("_x0000_s")) // 1024 for one in ids} - blocks:
        yield f"{name}: shapes outside their blocks"
    boxes = sorted(
        (_under(one, "Row")[0].text, _under(one, "Column")[0].text)
        for one in _under(drawing, "ClientData")
        if one.get("ObjectType") == "Note"
    )
    wanted = sorted(
        (str(int(re.sub(r"\D", "", place)) - 1), str(_column(place) - 1)) for place in places
    )
    if boxes != wanted:
        yield f"{name}: boxes {boxes} for comments {wanted}"


def _resolved(folder: str, relation: ElementTree.Element) -> str:
    path = posixpath.join("/", folder, relation.get("Target", ""))
    return posixpath.normpath(path).lstrip("/")


def _column(address: str) -> int:
    number = 0
    for letter in re.sub(r"[^A-Z]", "", address):
        number = number * 26 + ord(letter) - 64
    return number
