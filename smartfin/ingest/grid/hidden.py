"""What calamine hides of a workbook: error cells, formulas never calculated, formats, hidden rows.

Each format has a module of its own that finds it (``hidden_ooxml`` for .xlsx and .xlsm,
``hidden_xlsb``, ``hidden_xls``, ``hidden_ods``); what they give is described here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias
from xml.parsers import expat

from smartfin.ingest.container.refusal import damaged
from smartfin.ingest.grid.number_format import NumberFormat

Place: TypeAlias = tuple[int, int]  # row and column, counted from 0

# A reference to another workbook: [1]Sheet!A1, 'C:\[budget.xlsx]My sheet'!A1. A column of a table
# in brackets, Table1[2021], has no sheet behind it.
_LONGEST_FORMULA = 8192
_EXTERNAL = re.compile(r"\[[^\[\]]+\](?:[\w.]*!|[^'!]*'!)")


@dataclass(frozen=True, slots=True)
class SheetSecrets:
    """What a sheet says beyond its values.

    Args:
        errors: Error of each cell that holds one.
        uncalculated: Formulas without a value.
        factors: Factor of each cell whose format prints another number (see ``Sheet.factors``).
        varying: Formats whose factor depends on the number.
        days: Numbers in a format of days that calamine gives as plain numbers.
        merged: Corners of merges that calamine does not tell: top left and bottom right.
        hidden_rows: Spans of hidden rows.
        hidden_columns: Spans of hidden columns.
        links: Formulas that refer to another workbook.
    """

    errors: Mapping[Place, str] = field(default_factory=dict)
    uncalculated: frozenset[Place] = frozenset()
    factors: Mapping[Place, float] = field(default_factory=dict)
    varying: Mapping[Place, NumberFormat] = field(default_factory=dict)
    days: frozenset[Place] = frozenset()
    merged: tuple[tuple[Place, Place], ...] = ()
    hidden_rows: tuple[range, ...] = ()
    hidden_columns: tuple[range, ...] = ()
    links: tuple[Place, ...] = ()


class Secrets(Protocol):
    """What a workbook says beyond its values.

    Args:
        properties: Title, subject, keywords and description of the document.
        missing: Names of sheets that the workbook lists without holding them.
        from_1904: Whether days are counted from 1904.
        linked: It refers to another workbook, the format does not tell where.
    """

    @property
    def properties(self) -> str: ...  # noqa: D102 - described above

    @property
    def missing(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def from_1904(self) -> bool: ...  # noqa: D102

    @property
    def linked(self) -> bool: ...  # noqa: D102

    def of_sheet(self, name: str) -> SheetSecrets:
        """The secrets of one sheet; asked once."""


@dataclass(frozen=True, slots=True)
class KnownSecrets:
    """Secrets that were found in one walk through a workbook, by the name of the sheet."""

    sheets: Mapping[str, SheetSecrets] = field(default_factory=dict)
    properties: str = ""
    missing: tuple[str, ...] = ()
    from_1904: bool = False
    linked: bool = False

    def of_sheet(self, name: str) -> SheetSecrets:
        """The secrets of one sheet."""
        return self.sheets.get(name, SheetSecrets())


def refers_outside(formula: str) -> bool:
    """Whether a formula refers to another workbook.

    Example:
        >>> refers_outside("SUM([1]Sheet1!A1:A9)"), refers_outside("SUM(Table1[2021])")
        (True, False)
    """
    return "[" in formula and _EXTERNAL.search(formula[:_LONGEST_FORMULA]) is not None


def properties_of(parts: Mapping[str, bytes]) -> str:
    """The texts of a document's properties, from a package's parts."""
    texts: list[str] = []
    body = parts.get("docprops/core.xml") or parts.get("meta.xml") or b""
    parse_xml(body, lambda _name, _attributes: None, text=texts.append)
    return " ".join(texts)[:2000]


def parse_xml(
    body: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Feeds elements (names without prefix) to the handlers.

    Raises:
        PartRefused: ``damaged`` when it is no whole XML: calamine reads such a part as far as it
            can, without a word.
    """
    if not body:
        return
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(_local(name), attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(_local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(body, True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError as error:
        raise damaged() from error


def refuse_broken_xml(body: bytes) -> None:
    """Refuses what is no whole XML, faster than ``parse_xml`` does: nobody listens.

    Raises:
        PartRefused: ``damaged``.
    """
    try:
        expat.ParserCreate().Parse(body, True)  # noqa: FBT003 - expat takes it by position
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise damaged() from error


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]
