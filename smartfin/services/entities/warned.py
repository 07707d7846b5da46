"""Whom the rules of early warning look at: a partner, and each of its legal entities."""

from __future__ import annotations

import math
from dataclasses import dataclass

from smartfin.analysis.warning import Flag, Rule, find_rule
from smartfin.analysis.warning.rule import Alarm
from smartfin.analysis.warning.track import Track
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.entities.case import EntityCase

Judged = Case | EntityCase
"""A partner as a whole, or one of its legal entities."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A flag and whose it is.

    Args:
        whose: The partner, or one of its legal entities.
        flag: What is said.
    """

    whose: Judged
    flag: Flag


def judged(case: Case) -> tuple[Judged, ...]:
    """A partner, followed by its legal entities that existed in its newest quarter."""
    newest = case.quarter
    there = (each for each in case.entities if newest is None or each.entity.existed_in(newest))
    return (case, *there)


def unit_of(case: Case, code: str) -> Judged:
    """A partner, or the one of its legal entities that is asked for."""
    return next((each for each in case.entities if each.unit == code), case)


def judged_in(whose: Judged, rule: Rule) -> Quarter | None:
    """The quarter in which a rule judges one of them; None while it has nothing to go by."""
    return whose.judged_in(rule) if isinstance(whose, EntityCase) else whose.quarter


def lags(whose: Judged, rule: Rule) -> bool:
    """Whether a rule judges a legal entity on older figures than its partner has."""
    if not isinstance(whose, EntityCase):
        return False
    quarter = whose.judged_in(rule)
    return quarter is not None and quarter < whose.until


def track_of(whose: Judged, rule: str) -> Track | None:
    """What a rule has said of one of them; None where it is not judged by that rule."""
    return next((track for track in whose.record.tracks if track.rule.code == rule), None)


def warnings_about(case: Case) -> tuple[Warned, ...]:
    """Every flag of a partner and of its legal entities, red first."""
    found = [Warned(whose, flag) for whose in judged(case) for flag in whose.flags]
    return tuple(sorted(found, key=lambda each: each.flag.alarm is not Alarm.RED))


def loudest(case: Case) -> tuple[Warned, ...]:
    """The same with one flag a rule: of several entities that of the worst, red first."""
    by_rule: dict[str, list[Warned]] = {}
    for each in warnings_about(case):
        by_rule.setdefault(each.flag.rule, []).append(each)
    return tuple(min(each, key=_quietness) for each in by_rule.values())


def judged_by(case: Case, rule: str, unit: str = "") -> Judged | None:
    """Whom a rule is shown of in depth; None where it judges nobody of a partner.

    Args:
        case: The partner.
        rule: Code of the rule.
        unit: Code of the legal entity asked for; else the one the rule warns of most.
    """
    found = [whose for whose in judged(case) if track_of(whose, rule) is not None]
    asked_for = [whose for whose in found if whose.partner.code == unit]
    warned = [each.whose for each in loudest(case) if each.flag.rule == rule]
    return next(iter((*asked_for, *warned, *found)), None)


def _quietness(warned: Warned) -> tuple[bool, bool, float]:
    """Red before amber, then what is not back within the threshold, then the worse figure.

    A flag without a figure is as bad as can be.
    """
    flag = warned.flag
    value = flag.value.value
    worse = -math.inf if value is None else find_rule(flag.rule).polarity * value
    return flag.alarm is not Alarm.RED, flag.easing, worse
