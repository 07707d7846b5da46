"""What changed since the board last looked, in sentences."""

from __future__ import annotations

from datetime import timedelta

from smartfin.analysis.changes import BoardChange, telling_changes
from smartfin.analysis.states import State
from smartfin.services.assessment import Assessment, Case, assess_at
from smartfin.services.start import Smartfin
from smartfin.wording import Words

_TICK = timedelta(microseconds=1)


def change_sentences(smartfin: Smartfin, words: Words, now: Assessment) -> tuple[str, ...]:
    """The two most telling changes since the quarter before; none when nothing changed."""
    before = _before(smartfin, now)
    if before is None:
        return ()
    changes = telling_changes(_by_partner(before), _by_partner(now), smartfin.settings.level)
    return tuple(_sentence(words, change) for change in changes)


def _before(smartfin: Smartfin, now: Assessment) -> Assessment | None:
    """The quarter before, as it was known until the first figure of this one came in.

    So a figure that was corrected meanwhile shows as a correction, not as news.
    """
    if now.reporting is None:
        return None
    deliveries = smartfin.ledger.deliveries(now.moment, smartfin.items.required)
    arrived = [delivery.at for delivery in deliveries if delivery.quarter == now.reporting]
    moment = min(arrived) - _TICK if arrived else now.moment
    before = assess_at(smartfin, now.reporting + -1, moment)
    return before if before.reporting else None


def _by_partner(assessment: Assessment) -> dict[str, Case]:
    """The active partners by code."""
    return {case.partner.code: case for case in assessment.active()}


def _sentence(words: Words, change: BoardChange) -> str:
    facts = {name: _written(words, value) for name, value in change.facts.items()}
    return words.text(f"change.{change.code.value}", partner=change.partner, **facts)


def _written(words: Words, fact: object) -> object:
    """A verdict as its name, a ratio to a tenth of a per cent; anything else as it is."""
    if isinstance(fact, State):
        return words.text(f"verdict.{fact.value}")
    return words.percent(fact, digits=1) if isinstance(fact, float) else fact
