"""A partner's flags beside those of partners the group closed: what matches and what does not.

Never one score: each signal stands by itself, with its quarters (docs/metrics.md#precedents).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from smartfin.analysis.warning.record import Record
from smartfin.analysis.warning.rule import Alarm, Family
from smartfin.analysis.warning.track import Track
from smartfin.partner import Partner
from smartfin.quarter import Quarter

SHOWN_WITHIN = 8
"""Quarters up to its decision in which a precedent must have shown a signal."""


class Alignment(StrEnum):
    """Which quarter of a precedent a partner's is laid beside (``precedent.by.<code>``)."""

    AGE = "age"  # after as many quarters of activity
    DISTANCE = "distance"  # as many quarters before the decision as are left to the deadline


class Likeness(StrEnum):
    """How a signal of a partner is to that of a precedent (``precedent.likeness.<code>``)."""

    BOTH = "both"  # red here and there
    THERE = "there"  # red at the precedent alone
    HERE = "here"  # red at the partner alone
    NEITHER = "neither"
    UNKNOWN = "unknown"  # a figure is missing on one side


@dataclass(frozen=True, slots=True, eq=False)
class Precedent:
    """A partner the group put on inactive, or closed.

    Args:
        partner: Who.
        record: What the rules said of it, quarter by quarter.
        decided: Quarter of the decision.
        synthetic: Whether its figures are made up.
    """

    partner: Partner
    record: Record
    decided: Quarter
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class RedRun:
    """A red flag from its first quarter to its last, or to the decision where it still stood."""

    first: Quarter
    last: Quarter


@dataclass(frozen=True, slots=True)
class Signal:
    """One rule, at a partner and at a precedent.

    Args:
        rule: Code of the rule.
        family: What it is about.
        here: Alarm at the partner; None for none.
        there: Alarm at the precedent; None for none.
        likeness: What that comes to.
        red_there_from: First quarter of the red flag the precedent bore when it was decided, or
            of the last one within ``SHOWN_WITHIN`` quarters before; None for none.
        lead: Quarters from then to the decision.
    """

    rule: str
    family: Family
    here: Alarm | None
    there: Alarm | None
    likeness: Likeness
    red_there_from: Quarter | None
    lead: int | None


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A partner beside a precedent, signal by signal.

    Args:
        partner: Code of the partner.
        precedent: Code of the precedent.
        alignment: How the two quarters were chosen.
        here: The partner's quarter.
        there: The precedent's.
        signals: One a rule that both have, in the order of the rules.
    """

    partner: str
    precedent: str
    alignment: Alignment
    here: Quarter
    there: Quarter
    signals: tuple[Signal, ...]

    def of(self, likeness: Likeness) -> tuple[Signal, ...]:
        """The signals of one kind."""
        return tuple(signal for signal in self.signals if signal.likeness is likeness)


def resemblance(
    partner: Partner,
    record: Record,
    quarter: Quarter,
    precedent: Precedent,
    alignment: Alignment,
    deadline: Quarter,
) -> Resemblance | None:
    """A partner beside a precedent, at the same age or the same distance.

    At the same age a partner older than the precedent ever became is looked at as it was at
    the age of the decision. After the deadline the distance is nil.

    Args:
        partner: Who is looked at.
        record: What the rules said of it.
        quarter: Its newest quarter.
        precedent: What it is laid beside.
        alignment: How quarters are chosen.
        deadline: The quarter by which the partner must break even.

    Returns:
        None where one of the two has no figures in its quarter.

    Source:
        docs/metrics.md#precedents
    """
    here, there = aligned(partner, quarter, precedent, alignment, deadline)
    if not (_covers(record, here) and _covers(precedent.record, there)):
        return None
    signals = tuple(_signals(record, here, precedent, there))
    return Resemblance(partner.code, precedent.partner.code, alignment, here, there, signals)


def aligned(
    partner: Partner,
    quarter: Quarter,
    precedent: Precedent,
    alignment: Alignment,
    deadline: Quarter,
) -> tuple[Quarter, Quarter]:
    """The partner's quarter and the precedent's that are laid side by side."""
    if alignment is Alignment.DISTANCE:
        return quarter, precedent.decided + -max(deadline - quarter, 0)
    age = min(quarter - partner.launch, precedent.decided - precedent.partner.launch)
    return partner.launch + age, precedent.partner.launch + age


def red_run(track: Track, decided: Quarter, within: int = SHOWN_WITHIN) -> RedRun | None:
    """The red flag that stood at a decision, or the last one before it.

    None where the rule was not red in any of the last ``within`` quarters up to it.

    Source:
        docs/metrics.md#precedents
    """
    row = decided.ordinal - track.first
    reds = [place for place in range(max(row - within + 1, 0), row + 1) if _is_red(track, place)]
    if not reds:
        return None
    begin = reds[-1]
    while _is_red(track, begin - 1):
        begin -= 1
    return RedRun(*(Quarter.from_ordinal(track.first + place) for place in (begin, reds[-1])))


def _is_red(track: Track, row: int) -> bool:
    return 0 <= row < len(track.states) and bool(track.states[row] == 2)


def _covers(record: Record, quarter: Quarter) -> bool:
    """Whether a record has any figures of a quarter."""
    return any(track.row(quarter) is not None for track in record.tracks)


def _signals(
    record: Record, here: Quarter, precedent: Precedent, there: Quarter
) -> Iterator[Signal]:
    """The rules that both have; a law of one country alone says nothing of the other."""
    others = {track.rule.code: track for track in precedent.record.tracks}
    for track in record.tracks:
        other = others.get(track.rule.code)
        if other is not None:
            yield _signal(track, here, other, there, precedent.decided)


def _signal(track: Track, here: Quarter, other: Track, there: Quarter, decided: Quarter) -> Signal:
    ours, theirs = _alarm(track, here), _alarm(other, there)
    unknown = (ours is None and track.silence(here)) or (theirs is None and other.silence(there))
    run = red_run(other, decided)
    return Signal(
        rule=track.rule.code,
        family=track.rule.family,
        here=ours,
        there=theirs,
        likeness=Likeness.UNKNOWN if unknown else _likeness(ours, theirs),
        red_there_from=run.first if run else None,
        lead=decided - run.first if run else None,
    )


def _alarm(track: Track, quarter: Quarter) -> Alarm | None:
    row = track.row(quarter)
    state = 0 if row is None else int(track.states[row])
    return (None, Alarm.AMBER, Alarm.RED)[state]


def _likeness(here: Alarm | None, there: Alarm | None) -> Likeness:
    match here is Alarm.RED, there is Alarm.RED:
        case True, True:
            return Likeness.BOTH
        case False, True:
            return Likeness.THERE
        case True, False:
            return Likeness.HERE
    return Likeness.NEITHER
