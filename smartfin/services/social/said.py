"""A social verdict in words: the state, and the evidence it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from smartfin.analysis.social import (
    MEASURES,
    BoughtAlarm,
    ResultCourse,
    Social,
    SocialState,
    SocialVerdict,
    Standing,
)
from smartfin.measure import Measure, Unit
from smartfin.member_vote import MemberVote
from smartfin.services.social.case import SocialCase
from smartfin.wording import Words


def project_words(words: Words, judged: SocialCase) -> str:
    """Held, fell or not reported."""
    return words.text(f"social.project.{judged.social.value}")


def social_state_words(words: Words, state: SocialState) -> str:
    """The verdict in a word or two."""
    return words.text(f"social.state.{state.value}")


def discussed_words(words: Words, state: str, judged: SocialCase) -> str:
    """The verdict on the money, with what the board must discuss about how it was reached."""
    return words.text("verdict.bought", state=state) if judged.must_discuss else state


def evidence_sentences(words: Words, judged: SocialCase) -> tuple[str, ...]:
    """What a verdict rests on, a sentence each."""
    verdict = judged.verdict
    if verdict is None:
        return (words.text("social.evidence.nothing"),)
    said = (
        _result(words, verdict, judged.case.partner.currency),
        _indicators(words, verdict, judged.case.settings.social.least_reported),
        _patience(words, verdict),
        _bought(words, verdict),
        explained_sentence(words, verdict.explained_by) if verdict.explained_by else "",
    )
    return tuple(filter(None, said))


def explained_sentence(words: Words, vote: MemberVote) -> str:
    """The members' vote beside what was bought: explained, never silenced."""
    return words.text(
        "social.evidence.explained",
        day=vote.decided,
        favour=words.percent(vote.in_favour),
        turnout=words.percent(vote.turnout),
    )


def _result(words: Words, verdict: SocialVerdict, currency: str) -> str:
    if verdict.bridge is None:
        return words.text("social.evidence.no-result")
    change = words.amount(verdict.bridge.change, currency, sign=True)
    course = words.text(f"social.result.{verdict.result.value}")
    return words.text("social.evidence.result", change=change, course=course)


def _indicators(words: Words, verdict: SocialVerdict, least: int) -> str:
    """How many of the twelve were judged, and which are worse."""
    facts = {"judged": verdict.judged, "all": len(MEASURES)}
    if verdict.judged < least:
        return words.text("social.evidence.too-few", least=least, **facts)
    if verdict.social is Social.NOT_REPORTED:
        silent = [each for each in verdict.standings if each.stopped]
        return words.text("social.evidence.silent", names=_names(words, silent), **facts)
    if not verdict.fallen:
        return words.text("social.evidence.none-fell", **facts)
    return words.text("social.evidence.fell", names=_names(words, verdict.fallen), **facts)


def _names(words: Words, standings: Iterable[Standing]) -> str:
    return words.join([words.text(f"indicator.{each.measure.code}") for each in standings])


def _patience(words: Words, verdict: SocialVerdict) -> str:
    """Whether the voted support still covers a loss; only where that decides the verdict."""
    if verdict.result is not ResultCourse.WORSE or verdict.social is not Social.HELD:
        return ""
    patience = words.text(f"social.patience.{verdict.patience.value}")
    return words.text("social.evidence.patience", patience=patience)


def _bought(words: Words, verdict: SocialVerdict) -> str:
    """How much of an improvement was bought; nothing to say where nothing improved."""
    share, alarm = verdict.bought.share.value, verdict.alarm
    if share is None or verdict.result is not ResultCourse.IMPROVED:
        return ""
    shown = Measure(share, Unit.FRACTION)
    if alarm is BoughtAlarm.NONE:
        return words.text("social.evidence.bought-within", share=shown)
    level = words.text(f"social.alarm.{alarm.value}")
    return words.text("social.evidence.bought", share=shown, alarm=level)
