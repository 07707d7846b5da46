"""What every rule has said of one partner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartfin.analysis.warning.flag import Flag, FlagEvent, Silence
from smartfin.analysis.warning.rule import Alarm, Family, Rule
from smartfin.analysis.warning.rules import RULES
from smartfin.analysis.warning.sight import Sight
from smartfin.analysis.warning.track import Track, track_of
from smartfin.quarter import Quarter


@dataclass(frozen=True, eq=False)
class Record:
    """What every rule has said of one partner."""

    tracks: tuple[Track, ...]

    def flags(self, quarter: Quarter) -> tuple[Flag, ...]:
        """The flags that stand in a quarter, red first, then in the order of the rules."""
        found = [flag for track in self.tracks if (flag := track.flag(quarter))]
        return tuple(sorted(found, key=lambda flag: flag.alarm is not Alarm.RED))

    def silent(self, quarter: Quarter) -> tuple[Silence, ...]:
        """The rules that have no figure in a quarter, each with its reason."""
        return tuple(one for track in self.tracks if (one := track.silence(quarter)))

    def events(self, until: Quarter) -> tuple[FlagEvent, ...]:
        """Everything that rose or cleared up to a quarter, oldest first."""
        found = [event for track in self.tracks for event in track.events(until)]
        return tuple(sorted(found, key=lambda event: event.quarter))

    def red(self, quarter: Quarter, family: Family) -> tuple[str, ...]:
        """Codes of the rules of a family that are red in a quarter."""
        return tuple(
            track.rule.code
            for track in self.tracks
            if track.rule.family is family
            and (row := track.row(quarter)) is not None
            and track.states[row] == 2
        )

    def red_in(self, first: Quarter, last: Quarter) -> frozenset[str]:
        """Codes of the rules that were red in any quarter of a stretch."""
        return frozenset(track.rule.code for track in self.tracks if track.red_in(first, last))


def record_of(sight: Sight, rules: Sequence[Rule] = RULES) -> Record:
    """What every rule that applies has said of a partner, over all its quarters.

    Source:
        docs/metrics.md#early-warning
    """
    return Record(tuple(track_of(rule, sight) for rule in rules if rule.applies.to(sight.partner)))


def flags_of(sight: Sight, quarter: Quarter) -> tuple[Flag, ...]:
    """The flags of a partner that stand in a quarter."""
    return record_of(sight).flags(quarter)
