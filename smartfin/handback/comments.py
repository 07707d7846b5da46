"""Comments on cells: those of a workbook stay, ours stand beside or below them.

What we write begins with a line ``smartfin:``, as Excel begins a comment with its author. By
that line it is found again after Excel, LibreOffice or a person had the workbook.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from smartfin.handback.markup import (
    Edits,
    Element,
    Unmarkable,
    children,
    elements,
    escaped,
    prefix,
    root,
)
from smartfin.handback.place import Place, address_of, place_of

AUTHOR = "smartfin"
LONGEST = 2_000  # signs in one comment; Excel takes 32,767, nobody reads them
_HEADING = re.compile(rf"(?:^|\r?\n){AUTHOR}:[ \t]*(?:\r?\n|$)")
_FONT = '<sz val="9"/><color rgb="FF000000"/><rFont val="Tahoma"/><family val="2"/>'


def empty_comments(main: str) -> bytes:
    """A part without comments."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{main}"><authors></authors><commentList></commentList></comments>'
    ).encode()


class Comments:
    """The comments of one sheet.

    Args:
        body: The part in UTF-8.
        kept: Cells whose comments must stay as they are.

    Raises:
        Unmarkable: It cannot be understood.
    """

    def __init__(self, body: bytes, kept: frozenset[Place] = frozenset()) -> None:
        self._body = body
        self._kept = kept
        self._prefix = prefix(body, root(body))
        self._edits = Edits(body)
        self._found = children(body, ("comments", "authors", "commentList"))
        comments = (one for one in self._found if one.name == "comment")
        self._by_place = {place_of(one.attributes.get("ref", "")): one for one in comments}
        self.places: set[Place] = {place for place in self._by_place if place}

    def write(self, texts: Mapping[Place, str]) -> bytes:
        """The part with a text of ours in each of these cells, and in no other.

        ``places`` then holds the cells that have a comment.
        """
        author = self._author()
        for place, element in self._by_place.items():
            if place in self._kept:
                continue
            if not self._rewrite(element, texts.get(place, "") if place else ""):
                self.places.discard(place or (0, 0))
        added = [
            self._comment(place, author, texts[place])
            for place in sorted(texts.keys() - self._by_place.keys())
        ]
        self.places.update(texts)
        if added:
            self._edits.append(self._named("commentList"), "".join(added).encode())
            if author == len(self._authors()):
                self._edits.append(self._named("authors"), self._tags("author", AUTHOR).encode())
        return self._edits.applied()

    def _named(self, name: str) -> Element:
        for one in self._found:
            if one.name == name and one.parent == "comments":
                return one
        raise Unmarkable(f"no {name}")

    def _authors(self) -> list[str]:
        found = (one for one in self._found if one.name == "author")
        return [html.unescape(self._body[one.inside : one.close].decode()) for one in found]

    def _author(self) -> int:
        authors = self._authors()
        return authors.index(AUTHOR) if AUTHOR in authors else len(authors)

    def _comment(self, place: Place, author: int, text: str) -> str:
        runs = self._runs(f"{AUTHOR}:\n", text)
        attributes = f'ref="{address_of(place)}" authorId="{author}" shapeId="0"'
        inner = self._tags("text", runs, escape=False)
        return f"<{self._prefix}comment {attributes}>{inner}</{self._prefix}comment>"

    def _rewrite(self, element: Element, text: str) -> bool:
        """A comment with our text renewed; whether anything of it is left."""
        start, end = element.start, element.end
        pieces = _pieces(self._body[start:end])
        whole = "".join(text for _, _, text in pieces)
        heading = _HEADING.search(whole)
        if heading is not None and not whole[: heading.start()].strip():
            if not text:
                self._edits.replace(start, end, b"")
                return False
            self._replace_text(element, [], text, f"{AUTHOR}:\n")
        elif heading is not None or text:
            rest = _cut(pieces, len(whole) if heading is None else heading.start())
            self._replace_text(element, rest, text, f"\n{AUTHOR}:\n")
        return True

    def _replace_text(self, element: Element, before: list[str], text: str, heading: str) -> None:
        offset = element.start
        inner = elements(
            self._body[offset : element.end], lambda name, _parent, _attributes: name == "text"
        )
        runs = "".join(self._wrapped(piece) for piece in before)
        if text:
            runs += self._runs(heading, text)
        written = self._tags("text", runs, escape=False).encode()
        if inner:
            self._edits.replace(offset + inner[0].start, offset + inner[0].end, written)

    def _wrapped(self, piece: str) -> str:
        """A run of text; what stands without one gets one."""
        name = re.match(r"<(?:[^\s/>:]+:)?(\w+)", piece)
        return self._tags("r", piece, escape=False) if name and name[1] == "t" else piece

    def _runs(self, heading: str, text: str) -> str:
        return self._run(heading, "<b/>") + self._run(text[:LONGEST], "")

    def _run(self, text: str, bold: str) -> str:
        looks = re.sub(r"<(/?)", rf"<\1{self._prefix}", f"<rPr>{bold}{_FONT}</rPr>")
        written = f'<{self._prefix}t xml:space="preserve">{escaped(text)}</{self._prefix}t>'
        return self._tags("r", looks + written, escape=False)

    def _tags(self, name: str, content: str, *, escape: bool = True) -> str:
        inner = escaped(content) if escape else content
        return f"<{self._prefix}{name}>{inner}</{self._prefix}{name}>"


_Piece = tuple[str, str, str]  # markup of the run, markup of its text, the text


def _pieces(comment: bytes) -> list[_Piece]:
    """The runs of a comment, each with its text; pronunciation aids are no text."""
    found = elements(
        comment,
        lambda name, parent, _attributes: (
            (name == "r" and parent == "text") or (name == "t" and parent in ("r", "text"))
        ),
    )
    pieces = []
    for element in found:
        if element.name == "t":
            run = [one for one in found if one.name == "r" and one.start < element.start < one.end]
            around = run[0] if run else element
            pieces.append(
                (
                    comment[around.start : around.end].decode(),
                    comment[element.start : element.end].decode(),
                    html.unescape(comment[element.inside : element.close].decode()),
                )
            )
    return pieces


def _cut(pieces: list[_Piece], length: int) -> list[str]:
    """The markup of the runs up to a number of signs."""
    kept = []
    for run, text_element, text in pieces:
        if length <= 0:
            break
        if len(text) <= length:
            kept.append(run)
        else:
            shortened = escaped(text[:length])
            opening, _, closing = text_element.partition(">")
            inner = f"{opening}>{shortened}</{closing.rpartition('</')[2]}"
            kept.append(run.replace(text_element, inner))
        length -= len(text)
    return kept
