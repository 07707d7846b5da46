"""The looks of a workbook's cells, with ours beside them.

A marked cell keeps number format, font, border and protection; only its fill is another one.
Looks we made are found again and used again, so that marking twice adds nothing.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from smartfin.handback.markup import Edits, Element, Unmarkable, children, prefix, root

MOST_LOOKS = 64_000  # Excel takes 65,490
NO_FILL = '<fill><patternFill patternType="none"/></fill>'
_GREY = '<fill><patternFill patternType="gray125"/></fill>'

# Per kind of remark: on cells with dark writing, and on cells with light writing. No other
# program offers exactly these, so a cell that has one was marked by us.
FILLS = {
    "error": ("FFF9C6C1", "FFA4161B"),
    "warning": ("FFFCE3A9", "FF8A5301"),
    "note": ("FFD3E5F6", "FF1D4F82"),
    "question": ("FFE4D8F3", "FF5A3A8C"),
}

_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{}">'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_LISTS = ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_WHITE = frozenset({"1", "9"})  # in Excel's old palette of numbered colours
_ATTRIBUTE = re.compile(r"""\s(?:fillId|applyFill)\s*=\s*(?:"[^"]*"|'[^']*')""")
_SAFE_NAME = re.compile(r"[A-Za-z]{1,20}")
_SAFE_VALUE = re.compile(r"[A-Za-z0-9.#+-]{0,40}")


def empty_styles(main: str) -> bytes:
    """The styles part of a workbook without looks.

    Args:
        main: Namespace of the workbook's markup.
    """
    return _EMPTY.format(main).encode()


class Styles:
    """The styles part of a workbook.

    ``marks`` holds the looks with a fill of ours.

    Args:
        body: In UTF-8.

    Raises:
        Unmarkable: It cannot be understood.
    """

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._root = root(body)
        self._prefix = prefix(body, self._root)
        found = children(body, _LISTS)
        self._lists = {one.name: one for one in found if one.parent == self._root.name}
        self._fonts = self._texts(found, "fonts")
        self._fills = self._texts(found, "fills")
        self._looks = self._texts(found, "cellXfs")
        self._before = {"fonts": len(self._fonts), "fills": len(self._fills)}
        self._before["cellXfs"] = len(self._looks)
        self._complete()
        self._plain_fills = [canonical(fill) for fill in self._fills]
        self._numbers = {_key(look): n for n, look in reversed([*enumerate(self._looks)])}
        self._ours = {n for n, fill in enumerate(self._plain_fills) if _is_ours(fill)}
        looks = range(len(self._looks)) if self._ours else ()
        self.marks = {look for look in looks if self._fill_of(look) in self._ours}

    def _texts(self, found: list[Element], parent: str) -> list[str]:
        pieces = (self._body[one.start : one.end] for one in found if one.parent == parent)
        return [piece.decode() for piece in pieces]

    def _complete(self) -> None:
        """What every workbook has to have; some programs leave it out."""
        if not self._fonts:
            self._fonts.append(self._own('<font><sz val="11"/><name val="Calibri"/></font>'))
        if not self._fills:
            self._fills += [self._own(NO_FILL), self._own(_GREY)]
        if not self._looks:
            self._looks.append(self._own('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'))

    def _own(self, markup: str) -> str:
        """Markup of ours with the prefix of this part."""
        return re.sub(r"<(/?)", rf"<\1{self._prefix}", markup) if self._prefix else markup

    # --- what a cell looks like

    @property
    def is_full(self) -> bool:
        """Whether Excel would take no further look."""
        return len(self._looks) >= MOST_LOOKS

    def is_marked(self, look: int) -> bool:
        """Whether a cell with this look carries a fill of ours."""
        return look in self.marks

    def fill(self, look: int) -> str:
        """The fill of a look, in a form that can be kept and given to ``with_fill``."""
        return self._plain_fills[self._fill_of(look)]

    def marked(self, look: int, kind: str) -> int:
        """The look of a cell once it is marked."""
        dark, light = FILLS[kind]
        colour = light if self._is_light(look) else dark
        return self.with_fill(look, _solid(colour))

    def with_fill(self, look: int, fill: str) -> int:
        """A look with another fill; the same when there is no room for it.

        Args:
            look: Number of the look.
            fill: As ``fill`` gives it.
        """
        written = self._looks[self._known(look)]
        key = (_key(written)[0], str(self._number_of_fill(fill)))
        if key not in self._numbers:
            if self.is_full:
                return look
            applied = re.sub(
                r"^<([^\s/>]+)",
                rf'<\1 fillId="{key[1]}" applyFill="1"',
                _ATTRIBUTE.sub("", written),
            )
            self._numbers[key] = len(self._looks)
            if int(key[1]) in self._ours:
                self.marks.add(len(self._looks))
            self._looks.append(applied)
        return self._numbers[key]

    def look(self, font: str, fill: str = NO_FILL, alignment: str = "") -> int:
        """A look of our own, for the list.

        Args:
            font: Markup of the font.
            fill: Markup of the fill.
            alignment: Attributes of the alignment.
        """
        font = self._own(font)
        if font not in self._fonts:
            self._fonts.append(font)
        number = self._fonts.index(font)
        inside = self._own(f"<alignment {alignment}/>") if alignment else ""
        written = self._own(
            f'<xf numFmtId="0" fontId="{number}" fillId="{self._number_of_fill(fill)}"'
            ' borderId="0" applyFont="1" applyFill="1" applyAlignment="1"></xf>'
        ).replace("></", f">{inside}</")
        key = _key(written)
        if key not in self._numbers:
            self._numbers[key] = len(self._looks)
            self._looks.append(written)
        return self._numbers[key]

    def _known(self, look: int) -> int:
        return look if 0 <= look < len(self._looks) else 0

    def _fill_of(self, look: int) -> int:
        number = _key(self._looks[self._known(look)])[1]
        return int(number) if number.isdigit() and int(number) < len(self._fills) else 0

    def _number_of_fill(self, fill: str) -> int:
        if fill not in self._plain_fills:
            if _is_ours(fill):
                self._ours.add(len(self._fills))
            self._plain_fills.append(fill)
            self._fills.append(self._own(fill))
        return self._plain_fills.index(fill)

    def _is_light(self, look: int) -> bool:
        """Whether the writing is so light that it needs a dark ground."""
        found = re.search(r'fontId\s*=\s*["\'](\d+)', self._looks[self._known(look)])
        number = int(found[1]) if found else 0
        font = self._fonts[number] if number < len(self._fonts) else ""
        colour = re.search(r"<(?:[^\s/>:]+:)?color\b([^>]*)>", font)
        given = dict(re.findall(r'(\w+)\s*=\s*["\']([^"\']*)', colour[1])) if colour else {}
        if "rgb" in given:
            return _luminance(given["rgb"]) > 0.6
        darker = given.get("tint", "0").startswith("-")
        return (given.get("theme") == "0" and not darker) or given.get("indexed") in _WHITE

    # --- written out

    def body(self) -> bytes:
        """The part with the looks that were added."""
        edits = Edits(self._body)
        lists = (("fonts", self._fonts), ("fills", self._fills), ("cellXfs", self._looks))
        for name, members in lists:
            added = "".join(members[self._before[name] :]).encode()
            element = self._lists.get(name)
            if element is not None and not element.is_empty_tag:
                edits.insert(element.close, added)
                if added and "count" in element.attributes:
                    edits.set(element, "count", str(len(members)))
                continue
            opening = f'<{self._prefix}{name} count="{len(members)}">'.encode()
            written = opening + added + f"</{self._prefix}{name}>".encode()
            if element is None:
                edits.insert(self._place_of(name), written)
            else:
                edits.replace(element.start, element.end, written)
        return edits.applied()

    def _place_of(self, name: str) -> int:
        """Where a list that is missing belongs."""
        earlier = ("numFmts", *_LISTS[: _LISTS.index(name)])
        tops = [one for one in children(self._body, (self._root.name,)) if one.parent]
        before = [one.end for one in tops if one.name in earlier]
        return max(before, default=self._root.inside)


def _solid(colour: str) -> str:
    inner = f'<fgColor rgb="{colour}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{inner}</patternFill></fill>'


def _is_ours(fill: str) -> bool:
    return any(colour in fill for pair in FILLS.values() for colour in pair)


def solid_fill(kind: str) -> str:
    """The fill that marks a kind of remark."""
    return _solid(FILLS[kind][0])


def canonical(fill: str) -> str:
    """A fill without prefixes, names and values checked: fit to be kept and written again.

    Raises:
        Unmarkable: It is no markup.
    """
    parts: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if not _SAFE_NAME.fullmatch(local):
            raise Unmarkable("fill")
        kept = (
            f' {key}="{value}"'
            for key, value in attributes.items()
            if _SAFE_NAME.fullmatch(key) and _SAFE_VALUE.fullmatch(value)
        )
        parts.append(f"<{local}{''.join(kept)}>")

    def end(name: str) -> None:
        tag = f"</{name.rpartition(':')[2]}>"
        if parts[-1].startswith("</") or parts[-1].endswith("/>"):
            parts.append(tag)
        else:
            parts[-1] = parts[-1][:-1] + "/>"

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(fill, True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError as error:
        raise Unmarkable(str(error)) from error
    return "".join(parts)


def _key(look: str) -> tuple[str, str]:
    """A look but for its fill, and the number of that."""
    tag, sign, rest = look.partition(">")
    fill = re.search(r"""\sfillId\s*=\s*["'](\d+)""", tag)
    return _ATTRIBUTE.sub("", tag) + sign + rest, fill[1] if fill else "0"


def _luminance(rgb: str) -> float:
    """Lightness of a colour, 0 to 1."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6,8}", rgb):
        return 0.0
    red, green, blue = (int(rgb[-6:][at : at + 2], 16) for at in (0, 2, 4))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
