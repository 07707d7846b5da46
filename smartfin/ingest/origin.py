"""Who a workbook is from, and whether it calls itself synthetic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from babel import Locale

from smartfin.facts import Stage
from smartfin.findings import Finding, FindingCode
from smartfin.ingest.grid.cells import Cell, Sheet, Workbook
from smartfin.ingest.layout.bands import is_figure
from smartfin.ingest.periods.period import period_of_year
from smartfin.ingest.reading import ReadingContext
from smartfin.ingest.stage import stated_stage
from smartfin.ingest.text import comparable
from smartfin.ingest.vocabulary import LANGUAGES
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
        asks: Whether it must be asked.
        synthetic: Whether the workbook says that its figures are made up.
        stage: How far the books are settled, where it says so.
    """

    partner: Partner | None
    findings: tuple[Finding, ...]
    asks: bool
    synthetic: bool
    stage: Stage | None


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
    synthetic = any(_says_synthetic(text) for text in (*texts, *beside))
    named = _named(texts, stem, context.partners)
    known = {partner.code: partner for partner in context.partners}
    said = context.partner or context.answers.get("partner")
    partner = known.get(said.upper()) if said else None
    found = known[next(iter(named))] if len(named) == 1 else None
    findings = _findings(named, partner, found)
    asks = partner is None and found is None and not named
    return Origin(partner or found, findings, asks, synthetic, stated_stage((*texts, stem)))


def _findings(
    named: set[str], partner: Partner | None, found: Partner | None
) -> tuple[Finding, ...]:
    """What is wrong with the partners a workbook names."""
    if len(named) > 1:
        both = {"partners": ", ".join(sorted(named))}
        return (Finding(FindingCode.TWO_PARTNERS, facts=both),)
    if partner is not None and found is not None and found is not partner:
        facts = {"expected": partner.code, "found": found.code}
        return (Finding(FindingCode.WRONG_PARTNER, facts=facts),)
    if partner is None and found is None:
        return (Finding(FindingCode.UNKNOWN_PARTNER),)
    return ()


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


def _says_synthetic(text: str) -> bool:
    return any(word.startswith(_SYNTHETIC) for word in comparable(text).split())


def _named(texts: Sequence[str], stem: str, partners: Sequence[Partner]) -> set[str]:
    """Codes of the partners a workbook names: organisations, else countries, else file code."""
    plain = [f" {comparable(text)} " for text in (*texts, stem)]
    organisations = _mentioned(plain, partners, lambda partner: (partner.organisation,))
    coded = _coded(stem, partners)
    if organisations:
        return organisations | coded
    countries = _mentioned(plain, partners, lambda partner: country_names(partner.code))
    if len(countries) > 1:  # a cover may mention sisters; the code in the file's name decides
        return countries & coded or countries
    return countries | coded


def _mentioned(
    plain: Sequence[str], partners: Sequence[Partner], names: Callable[[Partner], Iterable[str]]
) -> set[str]:
    return {
        partner.code
        for partner in partners
        for name in names(partner)
        if any(f" {comparable(name)} " in text for text in plain)
    }


def _coded(stem: str, partners: Sequence[Partner]) -> set[str]:
    """A partner's code in the file name, in capitals where the rest is not all capitals."""
    words = re.findall(r"[^\W\d_]+", stem)
    if stem.isupper() and len(words) > 2:
        return set()
    codes = {partner.code for partner in partners}
    return {word for word in words if word in codes}


@lru_cache(maxsize=64)
def country_names(code: str) -> tuple[str, ...]:
    """Names of a country in the eight languages, from CLDR."""
    names = (Locale.parse(language).territories.get(code, "") for language in LANGUAGES)
    return tuple(dict.fromkeys(name for name in names if name))
