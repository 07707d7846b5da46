"""Who a workbook is from, and whether it calls itself synthetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from smartfin.facts import Stage
from smartfin.findings import Finding, FindingCode
from smartfin.ingest.grid.cells import Cell, Sheet, Workbook
from smartfin.ingest.layout.bands import is_figure
from smartfin.ingest.naming import family_of, named_units
from smartfin.ingest.periods.period import period_of_year
from smartfin.ingest.reading import ReadingContext
from smartfin.ingest.stage import stated_stage
from smartfin.ingest.text import comparable
from smartfin.partner import Partner

_LONGEST = 120  # characters of a title
_LONGEST_COVER = 60  # rows
_FIGURES_OF_A_TITLE = 2  # a version, a quarter: figures that may stand above a table
_FIGURES_OF_A_COVER = 8
_SYNTHETIC = ("syntheti", "sinteti", "szinteti", "synteti", "syntetis")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who a workbook is from.

    Args:
        partner: None when it could not be told.
        findings: Two partners, another partner, none.
        options: Codes of those it may be from, where it must be asked.
        synthetic: Whether the workbook says that its figures are made up.
        stage: How far the books are settled, where it says so.
    """

    partner: Partner | None
    findings: tuple[Finding, ...]
    options: tuple[str, ...]
    synthetic: bool
    stage: Stage | None

    @property
    def asks(self) -> bool:
        """Whether it must be asked whose it is."""
        return bool(self.options)


def origin_of(workbook: Workbook, name: str, context: ReadingContext) -> Origin:
    """Who a workbook is from, by what its reader sees: titles, cover, sheet names, file name.

    It is told before anything else is read: what was remembered of the partner, and when its
    financial year begins, decide how the rest is understood.

    Document properties and hidden sheets outlive the template a workbook was copied from: they
    may say that it is synthetic, never whose it is.

    Args:
        workbook: Its cells.
        name: File name.
        context: The partners, and what is known already.
    """
    seen = [sheet for sheet in workbook.sheets if not sheet.hidden]
    unseen = [sheet for sheet in workbook.sheets if sheet.hidden]
    texts = list(_titles(seen))
    stem = PurePath(name.replace("\\", "/")).stem
    beside = (workbook.properties, stem, *_titles(unseen))
    synthetic = any(says_synthetic(text) for text in (*texts, *beside))
    named = named_units(texts, stem, context.partners)
    known = {partner.code: partner for partner in context.partners}
    said = context.partner or context.answers.get("partner")
    partner = known.get(said.upper()) if said else None
    found = _found(named, known)
    finding = _finding(named, partner, found, known)
    return Origin(
        partner or found,
        (finding,) if finding else (),
        _options(named, known) if partner is None and found is None else (),
        synthetic,
        stated_stage((*texts, stem)),
    )


def _found(named: set[str], known: Mapping[str, Partner]) -> Partner | None:
    """The one a workbook names; None for a partner of several entities, who may be any of them."""
    if len(named) != 1:
        return None
    (code,) = named
    divided = any(unit.entity_of == code for unit in known.values())
    return None if divided else known[code]


def _options(named: set[str], known: Mapping[str, Partner]) -> tuple[str, ...]:
    """Whom to ask for: all, or the entities of the one partner named; nobody of two partners."""
    families = {family_of(code, known.values()) for code in named}
    if len(families) > 1:
        return ()
    return tuple(
        code for code in known if not families or family_of(code, known.values()) in families
    )


def _finding(
    named: set[str],
    partner: Partner | None,
    found: Partner | None,
    known: Mapping[str, Partner],
) -> Finding | None:
    """What is wrong with the partners a workbook names; within one partner a person's word is."""
    families = {family_of(code, known.values()) for code in named}
    if len(families) > 1:
        both = {"partners": ", ".join(sorted(named))}
        return Finding(FindingCode.TWO_PARTNERS, facts=both)
    if partner is not None and named:
        agrees = partner.code in named or named & {partner.entity_of}
        combined = families == {partner.code}
        if not (agrees or combined):
            facts = {"expected": partner.code, "found": _one_of(named, families)}
            return Finding(FindingCode.WRONG_PARTNER, facts=facts)
    if partner is None and found is None and families:
        return Finding(FindingCode.UNKNOWN_ENTITY, facts={"partner": families.pop()})
    if partner is None and found is None:
        return Finding(FindingCode.UNKNOWN_PARTNER)
    return None


def _one_of(named: set[str], families: set[str]) -> str:
    """The one named; of several entities their partner."""
    return next(iter(named if len(named) == 1 else families))


def _titles(sheets: Iterable[Sheet]) -> Iterator[str]:
    """Texts that speak of a sheet as a whole: its name, what stands above its figures."""
    for sheet in sheets:
        yield sheet.name
        for row in _title_rows(sheet):
            for cell in row:
                if isinstance(cell, str) and len(cell) <= _LONGEST:
                    yield cell


def _title_rows(sheet: Sheet) -> list[tuple[Cell, ...]]:
    """The rows above the figures of a sheet; of one with few figures, a cover, all without any."""
    found: list[tuple[Cell, ...]] = []
    above, figures = 0, 0
    for row in sheet.rows[:_LONGEST_COVER]:
        amounts = sum(map(_is_amount, row))
        figures += amounts
        if not amounts:
            found.append(row)
        if figures <= _FIGURES_OF_A_TITLE:
            above = len(found)
        elif figures > _FIGURES_OF_A_COVER:
            return found[:above]
    return found


def _is_amount(cell: Cell) -> bool:
    """Whether a cell holds a figure that is no year."""
    if type(cell) is float:
        return period_of_year(cell) is None
    return cell is not None and is_figure(cell)


def says_synthetic(text: str) -> bool:
    """Whether a text calls figures made up."""
    return any(word.startswith(_SYNTHETIC) for word in comparable(text).split())
