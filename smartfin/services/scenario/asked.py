"""One question after what it takes, and who once did as much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smartfin.analysis.scenario import Draw
from smartfin.analysis.scenario.marks import LeverMarks
from smartfin.measure import Unit
from smartfin.scenario import Changes, LeverCode, find_lever
from smartfin.services.scenario.ground import Ground
from smartfin.services.scenario.scale import LeverScale
from smartfin.wording import DASH, Words

Bounds = Mapping[LeverCode, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class PutIn:
    """Something that can be put into the scenario.

    Args:
        label: What it is, in words.
        changes: The scenario with it.
    """

    label: str
    changes: Changes


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One question, on its ground.

    Args:
        words: Of the reader's language.
        ground: Of the partner.
        draw: Its futures.
        changes: What stands: events, and start and ramp of levers.
        chance: Probability asked for [fraction].
        scales: How each lever is shown.
        growth: Volume growth of the present course [fraction].
    """

    words: Words
    ground: Ground
    draw: Draw
    changes: Changes
    chance: float
    scales: Mapping[LeverCode, LeverScale]
    growth: float


def mark(asked: Asked, marks: LeverMarks, amount: float) -> str:
    """Who once moved so far, and how fast."""
    words, code = asked.words, marks.lever
    if not marks.sisters:
        return words.text("goal.mark.unknown")
    fastest = marks.fastest(_as_achieved(asked, code, amount))
    if fastest is None:
        return words.text("goal.mark.nobody")
    country = words.country(fastest.partner)
    return words.plural("goal.mark", fastest.quarters, country=country)


def own_best(asked: Asked, marks: LeverMarks) -> str:
    """The most the partner itself moved within a year."""
    own = marks.own_best_year
    if own is None:
        return DASH
    words, scale, amount = asked.words, asked.scales[marks.lever], own.amount
    if scale.is_money:
        return scale.change(words, amount * asked.draw.structure.costs)
    if marks.lever is LeverCode.VOLUME_GROWTH:  # all growth of the year, not what is added
        return words.percent_change(amount)
    if scale.is_rate:
        return words.points(amount, 1)
    return words.percent_change(amount)


def _as_achieved(asked: Asked, code: LeverCode, amount: float) -> float:
    """An amount as marks measure it: all growth of a year, money in shares of own costs."""
    if code is LeverCode.VOLUME_GROWTH:
        return (1 + asked.growth) * (1 + amount) - 1
    if find_lever(code).unit is Unit.CURRENCY:
        return amount / max(asked.draw.structure.costs, 1.0)
    return amount
