"""The boxes comments are drawn in: VML, older than XML rules, and changed as text only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from smartfin.handback.markup import Unmarkable
from smartfin.handback.place import Place

_XMLNS = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_SHAPE = re.compile(rb"<(?:\w+:)?shape\s.*?</(?:\w+:)?shape>\s*", re.DOTALL)
_ANY_SHAPE = re.compile(  # or control, or group; a type of shapes is none
    rb"<(?:\w+:)?(?:shape|rect|roundrect|oval|line|polyline|arc|curve|image|group)[\s/>]"
)
_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_ROW, _COLUMN = (
    re.compile(rb"<(?:\w+:)?%s>\s*(\d+)\s*</(?:\w+:)?%s>" % (name, name))
    for name in (b"Row", b"Column")
)
_ID = re.compile(rb"_x0000_s(\d+)")
_BLOCKS = re.compile(rb"""(<\w+:idmap\b[^>]*?\bdata\s*=\s*["'])([\d,\s]*)(["'])""")
_BLOCK = 1024  # ids are dealt out in blocks of this size
_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_WIDTH = 4  # columns
_HEIGHTS = range(4, 15)  # rows
_SIGNS_IN_A_LINE = 40


def empty_drawing() -> bytes:
    """A part without boxes."""
    names = " ".join(f'xmlns:{name}="{address}"' for name, address in _XMLNS.items())
    return (
        f'<xml {names}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/>'
        f"</o:shapelayout>{_TYPE}</xml>"
    ).encode()


def highest_block(drawings: Iterable[bytes]) -> int:
    """The highest block of ids that drawings use."""
    highest = 0
    for body in drawings:
        named = [int(n) for match in _BLOCKS.findall(body) for n in re.findall(rb"\d+", match[1])]
        used = [int(number) // _BLOCK for number in _ID.findall(body)]
        highest = max([highest, *named, *used])
    return highest


def is_empty(body: bytes) -> bool:
    """Whether a drawing holds no box or control at all."""
    return _ANY_SHAPE.search(body) is None


def drawn(body: bytes, texts: dict[Place, str], comments: Collection[Place], block: int) -> bytes:
    """A drawing with a box for each comment, and none for comments that are gone.

    Args:
        body: The drawing.
        texts: Our texts by cell: a box is as high as its text needs.
        comments: The cells that have a comment, ours and others.
        block: A block of ids nobody uses, and those after it.

    Raises:
        Unmarkable: It is written in a way Excel does not write.
    """
    boxed: set[Place] = set()

    def kept(match: re.Match[bytes]) -> bytes:
        place = _place(match[0])
        if place is None:
            return match[0]
        if place not in comments:
            return b""
        boxed.add(place)
        return match[0]

    body = _SHAPE.sub(kept, body)
    end = body.rfind(b"</xml>")
    missing = sorted(set(comments) - boxed)
    if not missing:
        return body
    if end < 0 or b"<xml" not in body[:200]:
        raise Unmarkable("drawing")
    shapes = [
        _shape(place, texts.get(place, ""), _number(block, n)) for n, place in enumerate(missing)
    ]
    blocks = sorted({_number(block, n) // _BLOCK for n in range(len(missing))})
    kind = "" if b'"_x0000_t202"' in body else _TYPE
    added = _bound(kind + "".join(shapes), body)
    return _reserved(body[:end], blocks) + added + body[end:]


def _place(shape: bytes) -> Place | None:
    """The cell a comment's box belongs to; None for another kind of shape."""
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if row is None or column is None or not _NOTE.search(shape):
        return None
    return int(row[1]) + 1, int(column[1]) + 1


def _number(block: int, n: int) -> int:
    return (block + n // (_BLOCK - 1)) * _BLOCK + 1 + n % (_BLOCK - 1)


def _reserved(body: bytes, blocks: list[int]) -> bytes:
    """The head of a drawing with blocks of ids added to those it may use."""
    added = ",".join(map(str, blocks)).encode()

    def extended(match: re.Match[bytes]) -> bytes:
        known = match[2].strip()
        return match[1] + (known + b"," + added if known else added) + match[3]

    return _BLOCKS.sub(extended, body, count=1)


def _bound(shapes: str, body: bytes) -> bytes:
    """Shapes with the prefixes the drawing itself does not bind."""
    head = body[: body.find(b">", body.find(b"<xml")) + 1].decode("utf-8", "replace")
    unbound = "".join(
        f' xmlns:{name}="{address}"'
        for name, address in _XMLNS.items()
        if f"xmlns:{name}=" not in head
    )
    return re.sub(r"<v:(shape|shapetype)(?=\s)", rf"<v:\1{unbound}", shapes).encode()


def _shape(place: Place, text: str, number: int) -> str:
    row, column = place[0] - 1, place[1] - 1
    lines = sum(1 + len(line) // _SIGNS_IN_A_LINE for line in text.split("\n"))
    height = min(max(lines + 2, _HEIGHTS.start), _HEIGHTS.stop)
    left = column + 1 if column + 1 + _WIDTH < 16_384 else column - 1 - _WIDTH
    top = min(max(row - 1, 0), 1_048_575 - height)
    anchor = f"{left}, 15, {top}, 4, {left + _WIDTH}, 15, {top + height}, 4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f"margin-left:80pt;margin-top:5pt;width:192pt;height:{15 * height}pt;z-index:1;"
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
        f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
        "</x:ClientData></v:shape>"
    )
