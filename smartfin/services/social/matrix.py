"""All partners at a glance: result against social project, and the twelve of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartfin.analysis.social import (
    MEASURES,
    Held,
    ResultCourse,
    Social,
    SocialMeasure,
    SocialState,
    Standing,
)
from smartfin.quarter import Quarter
from smartfin.services.provenance.figure import SOCIAL, source_of
from smartfin.services.social.case import SocialCase
from smartfin.services.social.said import evidence_sentences, social_state_words
from smartfin.wording import DASH, Words


@dataclass(frozen=True, slots=True)
class StandingCell:
    """One indicator of one partner.

    Args:
        held: Where it stands.
        text: The figure as written; a dash where there is none.
        said: The same in words, for who cannot see the sign.
        source: Where the figure comes from; empty where nothing is known.
    """

    held: Held
    text: str
    said: str
    source: str


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One of the twelve.

    Args:
        name: Number and name.
        what: What it means.
        cells: One a partner.
    """

    name: str
    what: str
    cells: tuple[StandingCell, ...]


@dataclass(frozen=True, slots=True)
class StandingColumn:
    """One partner.

    Args:
        partner: Code.
        name: Of the country.
        quarter: Quarter its cells are of, in words.
        counts: How many were judged and how many are worse, in words.
        precedent: Whether it is inactive.
    """

    partner: str
    name: str
    quarter: str
    counts: str
    precedent: bool


@dataclass(frozen=True, slots=True)
class StandingMatrix:
    """The twelve of all partners.

    Args:
        caption: What it shows.
        columns: Partners.
        rows: The twelve.
    """

    caption: str
    columns: tuple[StandingColumn, ...]
    rows: tuple[StandingRow, ...]


@dataclass(frozen=True, slots=True)
class PartnerVerdict:
    """One partner's verdict with what it rests on.

    Args:
        partner: Code.
        name: Of the country.
        quarter: The quarter it is of, in words.
        state: The verdict.
        words: The same in words.
        source: Where it comes from.
        evidence: In sentences.
    """

    partner: str
    name: str
    quarter: str
    state: SocialState
    words: str
    source: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """Where a result and a social project meet.

    Args:
        words: The verdict there, in words; the usual one where nobody stands.
        states: The verdicts of those who stand there, else the usual one.
        partners: Codes and names of who stands there.
    """

    words: str
    states: tuple[SocialState, ...]
    partners: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Result against social project.

    Args:
        caption: What it shows.
        columns: What the social project did.
        rows: What the result did, with a cell a column.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GridCell, ...]], ...]


def matrix_of(words: Words, cases: Sequence[SocialCase]) -> StandingMatrix:
    """The twelve of some partners, a column each."""
    return StandingMatrix(
        caption=words.text("social.matrix"),
        columns=tuple(_column(words, each) for each in cases),
        rows=tuple(_row(words, measure, cases) for measure in MEASURES),
    )


def numbered(words: Words, measure: SocialMeasure) -> str:
    """An indicator with its number among the twelve."""
    name = words.text(f"indicator.{measure.code}")
    return words.text("social.numbered", number=measure.number, name=name)


def partner_verdict(words: Words, judged: SocialCase, reporting: Quarter) -> PartnerVerdict:
    """One partner's verdict with its evidence."""
    case = judged.case
    return PartnerVerdict(
        partner=case.partner.code,
        name=words.country(case.partner.code),
        quarter=words.quarter(case.quarter) if case.quarter else DASH,
        state=judged.state,
        words=social_state_words(words, judged.state),
        source=source_of(case.partner.code, reporting, SOCIAL),
        evidence=evidence_sentences(words, judged),
    )


_COURSES = (
    ResultCourse.IMPROVED,
    ResultCourse.UNCHANGED,
    ResultCourse.WORSE,
    ResultCourse.UNKNOWN,
)
_USUAL = {
    (ResultCourse.IMPROVED, Social.HELD): SocialState.SOUND,
    (ResultCourse.IMPROVED, Social.FELL): SocialState.BOUGHT,
    (ResultCourse.UNCHANGED, Social.HELD): SocialState.UNCHANGED,
    (ResultCourse.UNCHANGED, Social.FELL): SocialState.UNCHANGED_SOCIAL_FELL,
    (ResultCourse.WORSE, Social.HELD): SocialState.PATIENT_INVESTMENT,
    (ResultCourse.WORSE, Social.FELL): SocialState.FAILING_ON_BOTH,
    (ResultCourse.UNKNOWN, Social.HELD): SocialState.NO_RESULT,
    (ResultCourse.UNKNOWN, Social.FELL): SocialState.NO_RESULT,
}


def grid_of(words: Words, cases: Sequence[SocialCase], reporting: Quarter) -> Grid:
    """Where each partner stands: two by two, and what is neither only where somebody is."""
    found = {_course(each) for each in cases} | {ResultCourse.IMPROVED, ResultCourse.WORSE}
    courses = [course for course in _COURSES if course in found]
    known = {each.social for each in cases} | {Social.HELD, Social.FELL}
    projects = [project for project in Social if project in known]
    return Grid(
        caption=words.text("social.grid", quarter=reporting),
        columns=tuple(words.text(f"social.grid.{project.value}") for project in projects),
        rows=tuple(
            (
                words.text(f"social.result.{course.value}"),
                tuple(_grid_cell(words, cases, course, project) for project in projects),
            )
            for course in courses
        ),
    )


def _course(judged: SocialCase) -> ResultCourse:
    return judged.verdict.result if judged.verdict else ResultCourse.UNKNOWN


def _grid_cell(
    words: Words, cases: Sequence[SocialCase], course: ResultCourse, project: Social
) -> GridCell:
    there = [each for each in cases if (_course(each), each.social) == (course, project)]
    usual = _USUAL.get((course, project), SocialState.NOT_REPORTED)
    states = tuple(dict.fromkeys(each.state for each in there)) or (usual,)
    codes = [each.case.partner.code for each in there]
    return GridCell(
        words=words.join([social_state_words(words, state) for state in states]),
        states=states,
        partners=tuple((code, words.country(code)) for code in codes),
    )


def _column(words: Words, judged: SocialCase) -> StandingColumn:
    case, verdict = judged.case, judged.verdict
    counts = {
        "judged": verdict.judged if verdict else 0,
        "all": len(MEASURES),
        "fallen": len(verdict.fallen) if verdict else 0,
    }
    return StandingColumn(
        partner=case.partner.code,
        name=words.country(case.partner.code),
        quarter=words.quarter(case.quarter) if case.quarter else DASH,
        counts=words.text("social.counts", **counts),
        precedent=not case.active,
    )


def _row(words: Words, measure: SocialMeasure, cases: Sequence[SocialCase]) -> StandingRow:
    return StandingRow(
        name=numbered(words, measure),
        what=words.text(f"indicator.{measure.code}.what"),
        cells=tuple(_cell(words, measure, each) for each in cases),
    )


def _cell(words: Words, measure: SocialMeasure, judged: SocialCase) -> StandingCell:
    partner = judged.case.partner.code
    standing = _standing(judged, measure)
    held = standing.held if standing else Held.NOT_REPORTED
    figure = _written(words, standing) if standing else DASH
    said = words.text(
        "social.cell",
        country=words.country(partner),
        indicator=words.text(f"indicator.{measure.code}"),
        figure=figure,
        held=words.text(f"social.held.{held.value}"),
    )
    return StandingCell(held, figure, said, source_of(partner, judged.case.quarter, measure.code))


def _standing(judged: SocialCase, measure: SocialMeasure) -> Standing | None:
    standings = judged.verdict.standings if judged.verdict else ()
    return next((each for each in standings if each.measure is measure), None)


def _written(words: Words, standing: Standing) -> str:
    return words.measure(standing.value, digits=standing.measure.indicator.digits)
