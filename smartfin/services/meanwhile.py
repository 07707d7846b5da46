"""What came into the ledger while somebody looked at a workbook: told before he decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from smartfin.services.intake import Intake
from smartfin.services.record.changed import changes_table
from smartfin.services.record.decided import decision_words
from smartfin.services.start import Smartfin
from smartfin.services.view import Table
from smartfin.store import Decision, DecisionKind
from smartfin.support import GROUP, is_of_group
from smartfin.wording import DASH, Words

_BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What changed in a partner's ledger since a person looked.

    Args:
        events: Each workbook accepted or withdrawn since, in a sentence.
        sentence: How many figures that changed, and how many of them the workbook states.
        table: Those figures, the largest change first; None without any.
    """

    events: tuple[str, ...]
    sentence: str
    table: Table | None


def known_at(smartfin: Smartfin, partner: str | None) -> datetime | None:
    """When a partner's ledger came into its present state; None while it is empty."""
    ledger = smartfin.ledger
    moments = [each.at for each in ledger.submissions() if _is_about(each.partner, partner)]
    moments += [each.at for each in ledger.decisions() if _is_about(each.partner, partner)]
    return max(moments, default=None)


def meanwhile(
    smartfin: Smartfin, words: Words, intake: Intake, seen: datetime | None
) -> Meanwhile | None:
    """What came in for the partner of a workbook since a moment; None for nothing.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        intake: The workbook.
        seen: ``known_at`` when the person first looked.
    """
    partner = intake.reading.partner
    since = seen or _BEGINNING
    events = _events(smartfin, words, partner, since) if partner else ()
    if not events:
        return None
    one = None if partner == GROUP else partner
    changes = tuple(
        each
        for each in smartfin.ledger.changes_between(since, None, one)
        if _is_about(each.partner, partner)
    )
    stated = {
        (unit, fact.scenario, str(fact.quarter or fact.period), fact.item)
        for unit, facts in intake.reading.by_unit.items()
        for fact in facts
    }
    shared = [
        each for each in changes if (each.partner, each.scenario, each.quarter, each.item) in stated
    ]
    return Meanwhile(
        events=events,
        sentence=words.text("meanwhile.figures", figures=len(changes), shared=len(shared)),
        table=changes_table(smartfin, words, changes, words.text("meanwhile.caption")),
    )


def _is_about(code: str | None, partner: str | None) -> bool:
    """Whether something in the ledger is about whom a workbook is about."""
    return code == partner or (partner == GROUP and is_of_group(code or ""))


def _events(smartfin: Smartfin, words: Words, partner: str, since: datetime) -> tuple[str, ...]:
    """What was accepted or decided since a moment, oldest first."""
    ledger = smartfin.ledger
    submissions = [each for each in ledger.submissions() if _is_about(each.partner, partner)]
    decisions = [each for each in ledger.decisions() if _is_about(each.partner, partner)]
    accepted = [
        (
            each.at,
            words.text(
                "meanwhile.accepted", id=each.id, file=each.name or DASH, by=each.by or DASH
            ),
        )
        for each in submissions
        if each.at > since
    ]
    decided = [(each.at, _decision_sentence(words, each)) for each in decisions if each.at > since]
    return tuple(sentence for _, sentence in sorted((*accepted, *decided)))


def _decision_sentence(words: Words, each: Decision) -> str:
    if each.kind is not DecisionKind.WITHDRAWAL:
        return decision_words(words, each, {})
    said = {"id": each.submission, "by": each.by or DASH, "reason": each.reason}
    return words.text("meanwhile.withdrawn", **said)
