"""The Social balance page: who kept the social project while the result changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from smartfin.analysis.social import Social, SocialState
from smartfin.analysis.table import lines_read_once
from smartfin.partner import find_partner
from smartfin.quarter import Quarter
from smartfin.services.assessment import Assessment, assess
from smartfin.services.budget import budget_table
from smartfin.services.social.bought import bought_section
from smartfin.services.social.case import SocialCase, social_cases, social_history
from smartfin.services.social.depth import twelve_section
from smartfin.services.social.matrix import (
    Grid,
    PartnerVerdict,
    StandingMatrix,
    grid_of,
    matrix_of,
    partner_verdict,
)
from smartfin.services.social.pays import pays_section, votes_section
from smartfin.services.social.trend import history_table, trend_section
from smartfin.services.start import Smartfin
from smartfin.services.view import Section, Table
from smartfin.store import Basis
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class SocialView:
    """Everything the Social balance page shows.

    Args:
        quarters: Quarters that can be selected, newest first; empty while nothing is known.
        choices: Partner codes and names that can be looked at in depth.
        partner: The one looked at.
        message: The answer in a sentence or two.
        provisional: Whose figures are not approved yet, in words; empty where all are.
        grid: Result against social project of the active partners; None while nothing is known.
        verdicts: The active partners with their evidence.
        precedents: The inactive ones, apart.
        matrix: The twelve of all of them; None while nothing is known.
        history: The verdicts quarter by quarter; None while nothing is known.
        depth: Title of what follows about one partner.
        verdict: Of the one looked at; None while nothing is known.
        sections: The story of the one looked at, each part the answer to a question.
        synthetic: Whether any figure rests on made-up sample data.
    """

    quarters: tuple[Quarter, ...]
    choices: tuple[tuple[str, str], ...] = ()
    partner: str = ""
    message: str = ""
    provisional: str = ""
    grid: Grid | None = None
    verdicts: tuple[PartnerVerdict, ...] = ()
    precedents: tuple[PartnerVerdict, ...] = ()
    matrix: StandingMatrix | None = None
    history: Table | None = None
    depth: str = ""
    verdict: PartnerVerdict | None = None
    sections: tuple[Section, ...] = ()
    synthetic: bool = False


@lines_read_once()
def social_view(
    smartfin: Smartfin,
    words: Words,
    partner: str | None = None,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> SocialView:
    """The social balance as it stood in a quarter, on what was known on a day.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        partner: Code of the one looked at in depth; None for the one most to be discussed.
        quarter: Reporting quarter; None for the newest.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.

    Raises:
        InputError: ``partner-unknown`` or ``quarter-not-known``.
    """
    chosen = find_partner(smartfin.partners, partner).code if partner else None
    assessment = assess(smartfin, quarter, as_of, basis)
    judged = social_cases(smartfin, assessment)
    active = [judged[case.partner.code] for case in assessment.active()]
    if assessment.reporting is None or not active:
        return SocialView(quarters=())
    looked_at = judged[chosen] if chosen else _most_to_discuss(active)
    return _view(smartfin, words, assessment, active, looked_at)


def _view(
    smartfin: Smartfin,
    words: Words,
    assessment: Assessment,
    active: Sequence[SocialCase],
    looked_at: SocialCase,
) -> SocialView:
    reporting = assessment.reporting or assessment.choices[0]
    judged = social_cases(smartfin, assessment)
    precedents = [judged[case.partner.code] for case in assessment.precedents()]
    history = social_history(smartfin, assessment)
    code = looked_at.case.partner.code
    return SocialView(
        quarters=assessment.choices,
        choices=_choices(words, (*active, *precedents, looked_at)),
        partner=code,
        message=message(words, active),
        provisional=_provisional(words, active),
        grid=grid_of(words, active, reporting),
        verdicts=tuple(partner_verdict(words, each, reporting) for each in active),
        precedents=tuple(partner_verdict(words, each, reporting) for each in precedents),
        matrix=matrix_of(words, (*active, *precedents)),
        history=history_table(words, active, history, reporting),
        depth=words.text("social.depth", country=words.country(code)),
        verdict=partner_verdict(words, looked_at, reporting),
        sections=_sections(smartfin, words, assessment, looked_at),
        synthetic=assessment.synthetic,
    )


def message(words: Words, active: Sequence[SocialCase]) -> str:
    """Who kept the social project, who did not, and where a better result was bought."""
    bought = [each for each in active if each.state is SocialState.BOUGHT]
    found = {
        "social.message.held": [each for each in active if each.social is Social.HELD],
        "social.message.bought": bought,
        "social.message.fell": [
            each for each in active if each.social is Social.FELL and each not in bought
        ],
        "social.message.not-reported": [
            each for each in active if each.social is Social.NOT_REPORTED
        ],
    }
    return " ".join(
        words.text(key, names=words.join([_country(words, each) for each in there]))
        for key, there in found.items()
        if there
    )


def _sections(
    smartfin: Smartfin, words: Words, assessment: Assessment, judged: SocialCase
) -> tuple[Section, ...]:
    if judged.verdict is None:
        return ()
    return (
        twelve_section(words, judged, budget_table(assessment.frame, judged.case.partner.code)),
        bought_section(words, judged),
        pays_section(smartfin, words, judged),
        votes_section(smartfin, words, judged, assessment.moment),
        trend_section(words, judged),
    )


_LOUDEST_FIRST = (
    SocialState.BOUGHT,
    SocialState.FAILING_ON_BOTH,
    SocialState.UNCHANGED_SOCIAL_FELL,
    SocialState.LOSING_SOCIAL_HELD,
    SocialState.NOT_REPORTED,
    SocialState.NO_RESULT,
    SocialState.PATIENT_INVESTMENT,
    SocialState.UNCHANGED,
    SocialState.SOUND,
)


def _most_to_discuss(active: Sequence[SocialCase]) -> SocialCase:
    return min(active, key=lambda each: _LOUDEST_FIRST.index(each.state))


def _choices(words: Words, cases: Sequence[SocialCase]) -> tuple[tuple[str, str], ...]:
    """Each partner once, the one asked for although nothing is known of it."""
    codes = dict.fromkeys(each.case.partner.code for each in cases)
    return tuple((code, words.country(code)) for code in codes)


def _provisional(words: Words, active: Sequence[SocialCase]) -> str:
    waiting = [_country(words, each) for each in active if each.case.provisional]
    return words.text("board.message.provisional", names=words.join(waiting)) if waiting else ""


def _country(words: Words, judged: SocialCase) -> str:
    return words.country(judged.case.partner.code)
