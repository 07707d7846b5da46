"""The parts of an .xlsx or .xlsm: found through their relations, changed, written anew.

Parts nobody touched keep their bytes, their place and their name, however odd.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from smartfin.handback.markup import Edits, Unmarkable, as_utf8, elements, escaped, prefix, root

TYPES = "[content_types].xml"
_PACKAGE_RELATIONS = "_rels/.rels"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAIN = {
    _TRANSITIONAL: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    _STRICT: "http://purl.oclc.org/ooxml/spreadsheetml/main",
}
_RELATIONS_XMLNS = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_RELATIONS_XMLNS}"></Relationships>'
).encode()


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another.

    Args:
        id: Its name in the part that says it.
        kind: Last word of its type, e.g. ``comments``.
        target: Name of the other part; its address when that is outside.
    """

    id: str
    kind: str
    target: str


class Package:
    """The parts of a workbook by lower-case name.

    Args:
        content: The bytes of a zip container.

    Raises:
        Unmarkable: It holds no workbook as Excel writes it.
    """

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._entries = {_plain(entry.filename): entry for entry in self._archive.infolist()}
        self._new: dict[str, bytes] = {}
        self._spelt: dict[str, str] = {}
        self._dropped: set[str] = set()
        found = [one for one in self.relations("") if one.kind == "officeDocument"]
        if not found or found[0].target not in self:
            raise Unmarkable("no workbook part")
        self.workbook = found[0].target
        strict = _STRICT.encode() in self.part(_PACKAGE_RELATIONS)
        self.relation_types = _STRICT if strict else _TRANSITIONAL
        self.main = _MAIN[self.relation_types]

    def __contains__(self, name: str) -> bool:
        kept = name in self._entries and name not in self._dropped
        return kept or name in self._new

    def names(self, ending: str) -> list[str]:
        """The parts whose names have an ending."""
        every = {*self._entries, *self._new}
        return sorted(name for name in every if name.endswith(ending) and name in self)

    def part(self, name: str) -> bytes:
        """A part in UTF-8, as it stands after the changes so far.

        Raises:
            Unmarkable: There is none, or it is in an unknown encoding.
        """
        if name in self._new:
            return self._new[name]
        if name not in self:
            raise Unmarkable(f"no part {name}")
        return as_utf8(self._archive.read(self._entries[name]))

    def put(self, name: str, body: bytes) -> None:
        """Another content of a part, or a further part; nothing when it is what it was."""
        if name in self and self.part(name) == body:
            return
        plain = _plain(name)
        self._new[plain] = body
        self._dropped.discard(plain)
        if plain not in self._entries:
            self._spelt.setdefault(plain, name)

    def drop(self, name: str) -> None:
        """Take a part out, and what the list of types says about it."""
        self._new.pop(name, None)
        self._dropped.add(name)
        body = self.part(TYPES)
        edits = Edits(body)
        for element in elements(body, lambda kind, _parent, _attributes: kind == "Override"):
            if _plain(element.attributes.get("PartName", "")) == name:
                edits.replace(element.start, element.end, b"")
        self.put(TYPES, edits.applied())

    def free_name(self, pattern: str) -> str:
        """The first name of a row of names that no part has; ``{}`` is the number."""
        number = 1
        while pattern.format(number).casefold() in self:
            number += 1
        return pattern.format(number)

    def content(self) -> bytes:
        """The container with its changes."""
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, entry in self._entries.items():
                if name in self._new or name not in self._dropped:
                    body = self._new.get(name)
                    archive.writestr(
                        _like(entry), self._archive.read(entry) if body is None else body
                    )
            for name, spelt in self._spelt.items():
                if name in self._new:
                    archive.writestr(_like(zipfile.ZipInfo(spelt)), self._new[name])
        return written.getvalue()

    # --- relations

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relations of a part; an empty name is the package itself."""
        name = _relations_of(part)
        if name not in self:
            return ()
        found = elements(self.part(name), lambda kind, _parent, _attributes: kind == "Relationship")
        return tuple(
            Relation(
                one.attributes.get("Id", ""),
                one.attributes.get("Type", "").rpartition("/")[2],
                _resolved(part, one.attributes),
            )
            for one in found
        )

    def related(self, part: str, kind: str) -> Relation | None:
        """The first relation of a kind that leads to a part; None when there is none."""
        relations = (one for one in self.relations(part) if one.kind == kind)
        return next((one for one in relations if one.target in self), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """A further relation of a part; its id."""
        name = _relations_of(part)
        if name not in self:
            self.put(_spelt_relations_of(part), _EMPTY_RELATIONS)
        body = self.part(name)
        taken = {one.id.casefold() for one in self.relations(part)}
        number = 1
        while f"rid{number}" in taken:
            number += 1
        path = posixpath.relpath(target, posixpath.dirname(part) or ".")
        whole = root(body)
        tag = prefix(body, whole)
        element = (
            f'<{tag}Relationship Id="rId{number}" Type="{self.relation_types}/{kind}"'
            f' Target="{escaped(path)}"/>'
        )
        edits = Edits(body)
        edits.append(whole, element.encode())
        self.put(name, edits.applied())
        return f"rId{number}"

    def unrelate(self, part: str, relation: str) -> None:
        """Take a relation of a part back."""
        body = self.part(_relations_of(part))
        edits = Edits(body)
        for element in elements(body, lambda kind, _parent, _attributes: kind == "Relationship"):
            if element.attributes.get("Id") == relation:
                edits.replace(element.start, element.end, b"")
        self.put(_relations_of(part), edits.applied())
        if not self.relations(part):
            self.drop(_relations_of(part))

    # --- the list of types

    def type_of(self, name: str) -> str:
        """The content type a part is declared with; empty when only its ending is."""
        for element in elements(
            self.part(TYPES), lambda kind, _parent, _attributes: kind == "Override"
        ):
            if _plain(element.attributes.get("PartName", "")) == name:
                return element.attributes.get("ContentType", "")
        return ""

    def declare(self, name: str, kind: str) -> None:
        """Tell the content type of a part."""
        if not self.type_of(_plain(name)):
            self._declare("Override", f'PartName="/{escaped(name)}" ContentType="{kind}"')

    def declare_ending(self, ending: str, kind: str) -> None:
        """Tell the content type of all parts with an ending."""
        known = elements(self.part(TYPES), lambda name, _parent, _attributes: name == "Default")
        if not any(one.attributes.get("Extension", "").lower() == ending for one in known):
            self._declare("Default", f'Extension="{ending}" ContentType="{kind}"')

    def _declare(self, name: str, attributes: str) -> None:
        body = self.part(TYPES)
        whole = root(body)
        edits = Edits(body)
        element = f"<{prefix(body, whole)}{name} {attributes}/>".encode()
        if name == "Default":  # Excel writes them first; some readers rely on it
            edits.insert(whole.inside, element)
        else:
            edits.append(whole, element)
        self.put(TYPES, edits.applied())


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _like(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """An entry of the same name, date and rights."""
    made = zipfile.ZipInfo(entry.filename, entry.date_time)
    made.external_attr = entry.external_attr
    stored = entry.compress_type == zipfile.ZIP_STORED and entry.file_size
    made.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    return made


def _spelt_relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relations_of(part: str) -> str:
    return _spelt_relations_of(part).casefold()


def _resolved(part: str, attributes: Mapping[str, str]) -> str:
    target = attributes.get("Target", "").replace("\\", "/")
    if attributes.get("TargetMode") == "External":
        return attributes.get("Target", "")
    path = posixpath.join("/", posixpath.dirname(part), target)
    return posixpath.normpath(path).lstrip("/").casefold()
