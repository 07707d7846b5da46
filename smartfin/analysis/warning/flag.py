"""What early warning says: a flag that stands, one that rose or cleared, a rule without figure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from smartfin.analysis.warning.rule import Alarm, Family
from smartfin.measure import Measure
from smartfin.quarter import Quarter

ALARMS = (None, Alarm.AMBER, Alarm.RED)
"""From nothing to the loudest."""


class Course(StrEnum):
    """Where the figure of a flag went within a year (message ``warning.course.<code>``)."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Flag:
    """A rule that warns.

    Args:
        rule: Code of the rule.
        family: What it is about.
        alarm: Amber or red.
        value: The figure, or why there is none although the rule warns.
        threshold: The one it passed.
        since: First quarter of this alarm.
        first_raised: First quarter in which it was amber or red, without a break since.
        course: Where the figure went in four quarters.
        indicator: Code of the indicator its figure comes from; empty where people state it.
        quarter: Of the figure: earlier than the quarter judged where it was not renewed since.
        renewed: Whether the figure is that of the quarter judged.
        easing: Whether the figure is back already, but not for long enough to clear the flag.
    """

    rule: str
    family: Family
    alarm: Alarm
    value: Measure
    threshold: Measure
    since: Quarter
    first_raised: Quarter
    course: Course
    indicator: str
    quarter: Quarter
    renewed: bool
    easing: bool


@dataclass(frozen=True, slots=True)
class FlagEvent:
    """A flag that rose or cleared, or became louder or quieter.

    Args:
        rule: Code of the rule.
        family: What it is about.
        quarter: When.
        before: Alarm until then; None for none.
        after: Alarm from then on; None for none.
        value: The figure then.
        threshold: The one passed, or passed back.
    """

    rule: str
    family: Family
    quarter: Quarter
    before: Alarm | None
    after: Alarm | None
    value: Measure
    threshold: Measure

    @property
    def louder(self) -> bool:
        """Whether it got worse."""
        return ALARMS.index(self.after) > ALARMS.index(self.before)


@dataclass(frozen=True, slots=True)
class Silence:
    """A rule that cannot speak.

    Args:
        rule: Code of the rule.
        family: What it is about.
        why: Without a value, with the reason.
    """

    rule: str
    family: Family
    why: Measure
