"""Levers in the reader's own units: the fee in percent, costs and income in money."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from smartfin.analysis.scenario import Draw, lever_obstacle
from smartfin.analysis.scenario.draw import unknown_share
from smartfin.quarter import Quarter
from smartfin.scenario import Changes, LeverCode, LeverSetting
from smartfin.services.scenario.scale import LeverScale, lever_bounds, lever_scale, unit_words
from smartfin.wording import Words

_AHEAD = 12  # quarters in which a lever may start
_RAMPS = (0, 1, 2, 3, 4, 6, 8, 12)  # quarters offered
_STOPS = 100  # about so many stops on a slider of money
_NICE = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class LeverView:
    """One lever as it can be moved.

    Args:
        code: Which.
        name: In words.
        unit: What is typed into its box, in words.
        scale: Between amounts and what is shown.
        setting: How it is set now.
        moved: From where to where, in words; what it would be about where it is left alone.
        felt: From when and how fast, in words.
        obstacle: Why it cannot move the result, in words; empty where it can.
        moves_something: Whether it moves anything, if only cash.
        stops: Amounts the slider offers, ascending.
        low: Lowest figure that can be typed.
        high: Highest.
        starts: Quarters it may start in.
        ramps: Quarters it may take.
        usual: How it starts where nothing is said.
    """

    code: LeverCode
    name: str
    unit: str
    scale: LeverScale
    setting: LeverSetting
    moved: str
    felt: str
    obstacle: str
    moves_something: bool
    stops: tuple[float, ...]
    low: float
    high: float
    starts: tuple[Quarter, ...]
    ramps: tuple[int, ...]
    usual: LeverSetting

    @property
    def step(self) -> float:
        """What one press on its box adds: a tenth of a point, a point, about a hundredth."""
        if self.scale.is_money:
            return _nice((self.high - self.low) / _STOPS)
        return 0.1 if self.scale.places == 2 else 1.0

    @property
    def is_touched(self) -> bool:
        """Whether anything of it was changed."""
        return self.setting != self.usual


def lever_views(
    words: Words, draw: Draw, changes: Changes, growth: float, currency: str
) -> tuple[LeverView, ...]:
    """Every lever of a partner as it is set now."""
    return tuple(
        _view(words, draw, changes, lever_scale(draw, changes, code, growth, currency))
        for code in LeverCode
    )


def having(changes: Changes, setting: LeverSetting, usual: LeverSetting) -> Changes:
    """The same with a lever set so; start and ramp chosen beforehand are kept at nil too."""
    rest = changes.without(setting.lever)
    if setting == usual:
        return rest
    return Changes((*rest.levers, setting), rest.events)


def _view(words: Words, draw: Draw, changes: Changes, scale: LeverScale) -> LeverView:
    code, usual = scale.code, LeverSetting(scale.code, 0.0, draw.first)
    setting = changes.setting(code) or usual
    why = lever_obstacle(draw, code)
    low, high = lever_bounds(draw, scale)
    low, high = min(low, setting.amount), max(high, setting.amount)
    starts = {draw.first + ahead for ahead in range(_AHEAD)} | {setting.start}
    return LeverView(
        code=code,
        name=words.text(f"lever.{code}"),
        unit=unit_words(words, scale),
        scale=scale,
        setting=setting,
        moved=scale.moved(words, setting.amount),
        felt=felt_words(words, setting),
        obstacle=words.text("lever.stuck", reason=words.reason(why)) if why else "",
        moves_something=unknown_share(draw, code) is None,
        stops=_stops(scale, setting.amount, low, high),
        low=scale.shown(low),
        high=scale.shown(high),
        starts=tuple(sorted(starts, key=lambda quarter: quarter.ordinal)),
        ramps=tuple(sorted({*_RAMPS, setting.ramp})),
        usual=usual,
    )


def felt_words(words: Words, setting: LeverSetting) -> str:
    """From when a lever is felt, and how fast."""
    if setting.ramp:
        return words.plural("lever.felt.ramp", setting.ramp, start=setting.start)
    return words.text("lever.felt", start=setting.start)


def _stops(scale: LeverScale, now: float, low: float, high: float) -> tuple[float, ...]:
    """Round levels between two amounts, with today's and the one that is set."""
    step = 0.1 if scale.is_rate else 1.0
    if scale.code is LeverCode.VOLUME_GROWTH:
        step = 1.0
    if scale.is_money:
        step = _nice((high - low) / _STOPS)
    round_levels = (scale.amount(level) for level in _levels(scale, low, high, step))
    return tuple(sorted({0.0, now, *(amount for amount in round_levels if low <= amount <= high)}))


def _levels(scale: LeverScale, low: float, high: float, step: float) -> Iterator[float]:
    ends = (scale.today + amount * scale.factor for amount in (low, high))
    first, last = (math.ceil(end / step) for end in ends)
    return (round(place * step, scale.places) for place in range(first, last + 1))


def _nice(step: float) -> float:
    """The next of 1, 2, 5, 10 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max(step, 1.0)))
    return next(nice * power for nice in _NICE if nice * power >= step)
