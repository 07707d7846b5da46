"""What changed since the board last looked, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from smartfin.analysis.changes import BoardChange, ChangeCode, telling_changes
from smartfin.analysis.states import State
from smartfin.quarter import Quarter
from smartfin.services.assessment import Assessment, Case, assess_at
from smartfin.services.audit import is_audited
from smartfin.services.start import Smartfin
from smartfin.wording import Words

_TICK = timedelta(microseconds=1)


def change_sentences(smartfin: Smartfin, words: Words, now: Assessment) -> tuple[str, ...]:
    """The two most telling changes since the quarter before; none when nothing changed."""
    before = _before(smartfin, now)
    if before is None:
        return ()
    cases = _by_partner(before), _by_partner(now)
    changes = telling_changes(*cases, smartfin.settings.level)
    return tuple(_sentence(words, _named(smartfin, change, *cases, now)) for change in changes)


def _before(smartfin: Smartfin, now: Assessment) -> Assessment | None:
    """The quarter before, as it was known until the first figure of this one came in.

    So a figure that was corrected meanwhile shows as a correction, not as news.
    """
    if now.reporting is None:
        return None
    asked = (now.moment, smartfin.items.required, now.basis, smartfin.unit_codes)
    deliveries = smartfin.ledger.deliveries(*asked)
    arrived = [delivery.at for delivery in deliveries if delivery.quarter == now.reporting]
    moment = min(arrived) - _TICK if arrived else now.moment
    before = assess_at(smartfin, now.reporting + -1, moment, now.basis)
    return before if before.reporting else None


def _by_partner(assessment: Assessment) -> dict[str, Case]:
    """The active partners by code."""
    return {case.partner.code: case for case in assessment.active()}


def _named(
    smartfin: Smartfin,
    change: BoardChange,
    before: Mapping[str, Case],
    after: Mapping[str, Case],
    now: Assessment,
) -> BoardChange:
    """The change; a correction that the audit alone made is called that."""
    quarter = change.facts["quarter"]
    if change.code is not ChangeCode.RESTATED or not isinstance(quarter, Quarter):
        return change
    summed = range(quarter.ordinal - 3, quarter.ordinal + 1)  # the four quarters of its ratio
    tables = (before[change.partner].table, after[change.partner].table)
    adjustments = smartfin.ledger.audit_adjustments(change.partner, now.moment, now.basis)
    if not is_audited(*tables, summed, adjustments):
        return change
    return replace(change, code=ChangeCode.AUDITED)


def _sentence(words: Words, change: BoardChange) -> str:
    facts = {name: _written(words, value) for name, value in change.facts.items()}
    said = words.text(_message(change), partner=change.partner, **facts)
    return f"{said} {_sentence(words, change.cause)}" if change.cause else said


def _message(change: BoardChange) -> str:
    """The message of a change, with the quarter its odds are about and the odds that are known."""
    if "target" in change.facts:
        return f"change.{change.code.value}.target"
    if change.code is not ChangeCode.STATE:
        return f"change.{change.code.value}"
    now, then = "odds" in change.facts, "odds_before" in change.facts
    if now and then:
        return "change.state-odds"
    if now:
        return "change.state-odds-now"
    return "change.state-odds-then" if then else "change.state"


def _written(words: Words, fact: object) -> object:
    """A verdict as its name, a ratio to a tenth of a per cent; anything else as it is."""
    if isinstance(fact, State):
        return words.text(f"verdict.{fact.value}")
    return words.percent(fact, digits=1) if isinstance(fact, float) else fact
