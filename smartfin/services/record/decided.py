"""What was decided, as pages and the command line show it: pins, closed quarters, the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from smartfin.quarter import Quarter, quarters_between
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, Table, text_cell
from smartfin.store import Decision, DecisionKind, Pin
from smartfin.wording import DASH, Words

_PROPOSED = 8  # quarters that are offered to be closed: two years


@dataclass(frozen=True, slots=True)
class PinRow:
    """A board meeting whose knowledge can be reopened.

    Args:
        id: Number of the decision that pinned it.
        name: Of the meeting.
        moment: Whose knowledge it is (UTC).
        sentence: When it was, and who pinned it.
    """

    id: int
    name: str
    moment: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """A closed quarter.

    Args:
        quarter: The quarter.
        name: In words.
        sentence: When and by whom it was closed.
    """

    quarter: Quarter
    name: str
    sentence: str


def pin_rows(words: Words, pins: Iterable[Pin]) -> tuple[PinRow, ...]:
    """The pinned meetings, newest first."""
    return tuple(
        PinRow(
            id=each.id,
            name=each.name,
            moment=each.moment,
            sentence=words.text("pins.sentence", moment=each.moment, by=each.by or DASH),
        )
        for each in pins
    )


def closed_rows(
    words: Words, closed: Iterable[Quarter], decisions: Iterable[Decision]
) -> tuple[ClosedRow, ...]:
    """The closed quarters, newest first, each with its newest closing."""
    closings = {each.quarter: each for each in decisions if each.kind is DecisionKind.CLOSING}
    rows = []
    for quarter in sorted(closed, reverse=True):
        closing = closings[quarter]
        said = words.text("closed.sentence", at=closing.at, by=closing.by or DASH)
        rows.append(ClosedRow(quarter, words.quarter(quarter), said))
    return tuple(rows)


def closable_quarters(
    smartfin: Smartfin, moment: datetime | None, closed: frozenset[Quarter]
) -> tuple[Quarter, ...]:
    """Quarters that may be closed, the newest that anybody delivered first."""
    required = smartfin.items.required
    deliveries = smartfin.ledger.deliveries(moment, required, partners=smartfin.unit_codes)
    delivered = [each.quarter for each in deliveries]
    if not delivered:
        return ()
    newest = max(delivered)
    offered = quarters_between(newest + (1 - _PROPOSED), newest)
    return tuple(quarter for quarter in reversed(list(offered)) if quarter not in closed)


def decisions_table(words: Words, decisions: Sequence[Decision]) -> Table | None:
    """Who decided what, when and why, newest first; None while nothing was decided."""
    if not decisions:
        return None
    named = {each.id: _name(each) for each in decisions if each.kind in _NAMES}
    columns = ("decided-at", "decision", "by", "why")
    return Table(
        caption=words.text("decisions.caption"),
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(_row(words, each, named) for each in reversed(decisions)),
    )


def decision_words(words: Words, each: Decision, named: Mapping[int, str]) -> str:
    """What was decided, in a few words.

    Args:
        words: Of the reader's language.
        each: The decision.
        named: Names of pins, legal matters and scenarios, by number of the decision.
    """
    if each.kind is DecisionKind.FORGETTING:
        return words.text("decision.forgetting", question=each.reason, partner=each.partner)
    own = each.topic if each.kind is DecisionKind.SCENARIO else None
    name = own or named.get(each.undoes or each.id, "")
    return words.text(
        f"decision.{each.kind.value}",
        submission=each.submission,
        quarter=each.quarter,
        moment=each.moment,
        partner=each.partner,
        flags=each.topic,
        name=name or DASH,
        id=each.undoes,
        meeting=each.reason or DASH,
        held=each.held,
        share=words.percent(each.share, digits=1),
        turnout=words.percent(each.turnout),
    )


def _name(each: Decision) -> str:
    """What a pin, a legal matter or a scenario is called."""
    return each.reason if each.kind is DecisionKind.PIN else each.topic or ""


def _row(words: Words, each: Decision, named: Mapping[int, str]) -> tuple[Cell, ...]:
    why = "" if each.kind in _NAMED else each.reason
    return (
        text_cell(words.moment(each.at)),
        text_cell(decision_words(words, each, named)),
        text_cell(each.by or DASH),
        text_cell(why or DASH),
    )


# Decisions that give a name to what others undo.
_NAMES = frozenset({DecisionKind.PIN, DecisionKind.LEGAL_OPENING, DecisionKind.SCENARIO})
# Decisions whose text says what, not why.
_NAMED = frozenset({DecisionKind.PIN, DecisionKind.FORGETTING, DecisionKind.PLAN_OF_RECORD})
