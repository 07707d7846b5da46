"""The rules held against the past: when each would have spoken, and how often in vain.

Counts and quarters only. A handful of cases cannot validate a threshold
(docs/metrics.md#hindsight).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from smartfin.analysis.warning.precedents import Precedent, red_run
from smartfin.analysis.warning.record import Record
from smartfin.analysis.warning.rule import Rule
from smartfin.analysis.warning.track import Track
from smartfin.partner import Partner
from smartfin.quarter import Quarter


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a rule said of a precedent before its decision.

    Args:
        partner: Code of the precedent.
        heard: Quarters up to the decision in which the rule had a figure.
        red_from: First quarter of the red flag that stood at the decision, or last before it
            within two years; None where the rule had not spoken.
        red_until: Last quarter of it, the decision's where it still stood.
        lead: Quarters from the first to the decision.
    """

    partner: str
    heard: int
    red_from: Quarter | None
    red_until: Quarter | None
    lead: int | None


@dataclass(frozen=True, slots=True)
class Survivor:
    """What a rule said of a partner that was never closed.

    Args:
        partner: Code of the partner.
        heard: Quarters in which the rule had a figure.
        red: Quarters in which it was red.
        spells: How often it became red.
        red_now: Whether it is red in the newest quarter.
    """

    partner: str
    heard: int
    red: int
    spells: int
    red_now: bool


@dataclass(frozen=True, slots=True)
class Hindsight:
    """One rule held against the past.

    Args:
        rule: The rule.
        precedents: What it said of each precedent it applies to.
        survivors: What it said of each other partner it applies to.
    """

    rule: Rule
    precedents: tuple[Spoken, ...]
    survivors: tuple[Survivor, ...]

    @property
    def warned(self) -> int:
        """Precedents it was red for before the decision."""
        return sum(spoken.red_from is not None for spoken in self.precedents)

    @property
    def false_alarms(self) -> int:
        """Partners it was ever red for although they were never closed."""
        return sum(survivor.red > 0 for survivor in self.survivors)


def hindsight(
    rules: Sequence[Rule],
    precedents: Iterable[Precedent],
    survivors: Iterable[tuple[Partner, Record]],
) -> tuple[Hindsight, ...]:
    """Each rule held against the past of partners of one kind, made up or real.

    Args:
        rules: In the order to show.
        precedents: The closed cases.
        survivors: The other partners, each with what the rules said of it.

    Source:
        docs/metrics.md#hindsight
    """
    closed, others = tuple(precedents), tuple(survivors)
    return tuple(
        Hindsight(
            rule,
            tuple(_spoken(case, track) for case in closed for track in _tracks(case.record, rule)),
            tuple(
                _survivor(partner, track)
                for partner, record in others
                for track in _tracks(record, rule)
            ),
        )
        for rule in rules
    )


def _tracks(record: Record, rule: Rule) -> Iterable[Track]:
    """The track of a rule; none where the rule is not the partner's."""
    return (track for track in record.tracks if track.rule.code == rule.code)


def _spoken(precedent: Precedent, track: Track) -> Spoken:
    until = max(precedent.decided.ordinal - track.first + 1, 0)
    run = red_run(track, precedent.decided)
    return Spoken(
        partner=precedent.partner.code,
        heard=_heard(track, until),
        red_from=run.first if run else None,
        red_until=run.last if run else None,
        lead=precedent.decided - run.first if run else None,
    )


def _survivor(partner: Partner, track: Track) -> Survivor:
    red = track.states == 2
    return Survivor(
        partner=partner.code,
        heard=_heard(track, len(red)),
        red=int(red.sum()),
        spells=int(np.count_nonzero(np.diff(red.astype(np.int8), prepend=0) == 1)),
        red_now=bool(len(red) and red[-1]),
    )


def _heard(track: Track, until: int) -> int:
    """Quarters in which the rule had a figure, or stood although it had none."""
    known = ~np.isnan(track.readings.values[:until]) | (track.states[:until] > 0)
    return int(known.sum())
