"""XML changed in place: elements are found with their byte offsets, the rest stays as it is.

A workbook is more than any library of ours understands. What is marked is therefore never
parsed and written anew: expat says where an element stands, and only those bytes change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*?\?>")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


class Unmarkable(Exception):  # noqa: N818 - a refusal, caught by the one who asked
    """The markup cannot be changed without the risk of harm."""


@dataclass(slots=True)
class Element:
    """An element and where it stands in the bytes of its part.

    Args:
        name: Without prefix.
        parent: Name of the element around it, without prefix; empty for the root.
        attributes: As written, with their prefixes.
        start: Offset of its start tag.
        inside: Offset of its content.
        close: Offset of its end tag; ``inside`` when it is written as an empty element.
        end: Offset after it.
    """

    name: str
    parent: str
    attributes: Mapping[str, str]
    start: int
    inside: int
    close: int
    end: int

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written ``<a/>``."""
        return self.end == self.inside

    def attribute(self, name: str) -> str:
        """An attribute with a prefix of whatever name; empty when absent."""
        found = (v for key, v in self.attributes.items() if key.endswith(f":{name}"))
        return next(found, "")


def as_utf8(body: bytes) -> bytes:
    """A part in UTF-8; the same bytes when it was.

    Raises:
        Unmarkable: It is in no encoding we know.
    """
    if body.startswith(_UTF_16):
        return _recoded(body, "utf-16" if body[:2] in _UTF_16[:2] else _endian(body))
    declaration = _DECLARATION.match(body.removeprefix(b"\xef\xbb\xbf"))
    encoding = _ENCODING.search(declaration[0]) if declaration else None
    name = encoding[1].decode().lower() if encoding else "utf-8"
    return body if name in ("utf-8", "utf8", "us-ascii") else _recoded(body, name)


def elements(body: bytes, keep: Callable[[str, str, dict[str, str]], object]) -> list[Element]:
    """The elements of a part that are wanted, in the order of their start tags.

    Args:
        body: The part in UTF-8.
        keep: Told each element's name, its parent's name and its attributes; whether it is
            wanted.

    Raises:
        Unmarkable: It is no well-formed XML, or declares entities.
    """
    found: list[Element] = []
    names: list[str] = [""]
    opened: list[Element | None] = []
    parser = expat.ParserCreate()

    def start(qualified: str, attributes: dict[str, str]) -> None:
        name = qualified.rpartition(":")[2]
        element = None
        if keep(name, names[-1], attributes):
            at = parser.CurrentByteIndex
            inside = _end_of_tag(body, at)
            element = Element(name, names[-1], attributes, at, inside, inside, inside)
            found.append(element)
        names.append(name)
        opened.append(element)

    def end(_name: str) -> None:
        names.pop()
        element = opened.pop()
        if element is not None and body[element.inside - 2] != 0x2F:  # "/"
            element.close = parser.CurrentByteIndex
            element.end = body.index(b">", element.close) + 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(body, True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError as error:
        raise Unmarkable(str(error)) from error
    return found


def root(body: bytes) -> Element:
    """The outermost element of a part.

    Raises:
        Unmarkable: It is no well-formed XML, or declares entities.
    """
    return elements(body, lambda _name, parent, _attributes: not parent)[0]


def prefix(body: bytes, element: Element) -> str:
    """The prefix an element is written with, colon included; empty when it has none."""
    match = re.match(rb"<([^\s/>:]+:)?", body[element.start : element.inside])
    return match[1].decode() if match and match[1] else ""


def relation_id(whole: Element, types: str, relation: str) -> str:
    """The attribute that names a relation, with the prefix a document binds for it.

    Args:
        whole: The document's outermost element.
        types: Namespace of relations.
        relation: Id of the relation.
    """
    for name, address in whole.attributes.items():
        if address == types and name.startswith("xmlns:"):
            return f'{name.removeprefix("xmlns:")}:id="{relation}"'
    return f'xmlns:r="{types}" r:id="{relation}"'


def children(body: bytes, parents: Iterable[str]) -> list[Element]:
    """The elements right under elements of some names, and those elements themselves."""
    wanted = frozenset(parents)
    return elements(body, lambda name, parent, _attributes: name in wanted or parent in wanted)


class Edits:
    """Changes to some bytes, applied at once."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._changes: list[tuple[int, int, bytes]] = []

    def replace(self, start: int, end: int, new: bytes) -> None:
        """Other bytes in a place."""
        self._changes.append((start, end, new))

    def insert(self, at: int, new: bytes) -> None:
        """Further bytes before a place; several in one place in the order given."""
        self._changes.append((at, at, new))

    def append(self, element: Element, new: bytes) -> None:
        """Further content at the end of an element."""
        if not element.is_empty_tag:
            self.insert(element.close, new)
            return
        tag = self._body[element.start : element.inside]
        name = re.match(rb"<([^\s/>]+)", tag)
        assert name is not None
        opened = tag[:-2].rstrip() + b">"
        self.replace(element.start, element.end, opened + new + b"</" + name[1] + b">")

    def set(self, element: Element, attribute: str, value: str) -> None:
        """Another value of an attribute without prefix; the attribute is added when absent."""
        tag = self._body[element.start : element.inside]
        written = f'{attribute}="{escaped(value)}"'.encode()
        found = _attribute(tag, attribute)
        if found is not None:
            self.replace(element.start + found[0], element.start + found[1], written)
            return
        name = re.match(rb"<[^\s/>]+", tag)
        assert name is not None
        self.insert(element.start + name.end(), b" " + written)

    def unset(self, element: Element, attribute: str) -> None:
        """No attribute of this name any more."""
        tag = self._body[element.start : element.inside]
        found = _attribute(tag, attribute)
        if found is not None:
            before = len(tag[: found[0]].rstrip())
            self.replace(element.start + before, element.start + found[1], b"")

    def applied(self) -> bytes:
        """The bytes with all changes."""
        parts: list[bytes] = []
        place = 0
        for start, end, new in sorted(self._changes, key=lambda change: change[:2]):
            parts += (self._body[place:start], new)
            place = end
        return b"".join((*parts, self._body[place:]))


def escaped(text: str) -> str:
    """A text for XML, in an attribute or between tags, without signs XML does not know."""
    text = _NOT_XML.sub("", text)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text


def _attribute(tag: bytes, name: str) -> tuple[int, int] | None:
    """Where an attribute stands in a start tag; inside another one's value does not count."""
    for match in re.finditer(rb"""([^\s=<>"'/]+)\s*=\s*(?:"[^"]*"|'[^']*')""", tag):
        if match[1] == name.encode():
            return match.span()
    return None


def _end_of_tag(body: bytes, at: int) -> int:
    match = _TAG.match(body, at)
    if match is None:  # expat has seen a tag there: the offsets are not ours
        raise Unmarkable("offset")
    return match.end()


def _endian(body: bytes) -> str:
    return "utf-16-le" if body[0] else "utf-16-be"


def _recoded(body: bytes, encoding: str) -> bytes:
    try:
        text = body.decode(encoding).encode()
    except (UnicodeError, LookupError) as error:
        raise Unmarkable(f"encoding {encoding}") from error
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + _DECLARATION.sub(b"", text)


def _refuse(*_declared: object) -> None:
    raise Unmarkable("doctype")
