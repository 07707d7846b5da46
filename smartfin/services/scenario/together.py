"""The combination of levers with the least pain, within bounds the reader sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from smartfin.analysis.scenario import (
    TOLERANCES,
    Combination,
    NotReachable,
    seek_together,
    social_limits,
)
from smartfin.measure import Measure, Unit
from smartfin.scenario import Changes, LeverCode, LeverSetting
from smartfin.services.scenario.asked import Asked, Bounds, PutIn, mark
from smartfin.services.scenario.scale import LeverScale, lever_bounds, unit_words
from smartfin.services.verdict_words import outlook_landing
from smartfin.services.view import Cell, Table, text_cell
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class BoundView:
    """How far one lever may go in a combination.

    Args:
        code: Of the lever.
        name: In words.
        unit: What is typed, in words.
        scale: Between amounts and what is typed.
        low: Lowest figure, as typed.
        high: Highest.
        furthest: Between these it can be chosen, as typed.
    """

    code: LeverCode
    name: str
    unit: str
    scale: LeverScale
    low: float
    high: float
    furthest: tuple[float, float]


@dataclass(frozen=True, slots=True)
class TogetherView:
    """Several levers that are enough together.

    Args:
        sentences: What the combination comes to, or why there is none.
        table: A row a lever; None without any.
        put_in: All of it, to be put in; None without any.
        bounds: How far each lever may go.
    """

    sentences: tuple[str, ...]
    table: Table | None
    put_in: PutIn | None
    bounds: tuple[BoundView, ...]


def together_view(asked: Asked, chosen: Bounds, codes: Iterable[LeverCode]) -> TogetherView:
    """The combination with the least pain.

    Args:
        asked: The question.
        chosen: Bounds the reader set [unit of the lever].
        codes: Levers that can move the result.
    """
    words = asked.words
    furthest = {code: lever_bounds(asked.draw, asked.scales[code]) for code in codes}
    within = {code: _within(ends, chosen.get(code)) for code, ends in furthest.items()}
    bounds = tuple(
        _bound(words, asked.scales[code], within[code], ends) for code, ends in furthest.items()
    )
    found = seek_together(
        asked.draw, asked.changes, within, asked.chance, social_limits(asked.draw)
    )
    if isinstance(found, NotReachable):
        return TogetherView((_why_none(words, found),), None, None, bounds)
    if not found.settings:
        return TogetherView((words.text("goal.together.enough"),), None, None, bounds)
    together = Changes(found.settings, asked.changes.events)
    put_in = PutIn(words.text("goal.together.put-in"), together)
    return TogetherView(_sentences(words, found), _table(asked, found), put_in, bounds)


def _within(ends: tuple[float, float], chosen: tuple[float, float] | None) -> tuple[float, float]:
    """What the reader set, as far as the lever goes."""
    if chosen is None:
        return ends
    low, high = (min(max(each, ends[0]), ends[1]) for each in sorted(chosen))
    return low, high


def _bound(
    words: Words, scale: LeverScale, within: tuple[float, float], ends: tuple[float, float]
) -> BoundView:
    return BoundView(
        code=scale.code,
        name=words.text(f"lever.{scale.code}"),
        unit=unit_words(words, scale),
        scale=scale,
        low=scale.shown(within[0]),
        high=scale.shown(within[1]),
        furthest=(scale.shown(ends[0]), scale.shown(ends[1])),
    )


def _why_none(words: Words, found: NotReachable) -> str:
    reason = words.reason(found.why)
    if found.best is None:
        return words.text("goal.together.none", reason=reason)
    best = Measure(found.best, Unit.FRACTION)
    return words.text("goal.together.best", reason=reason, best=best)


def _sentences(words: Words, found: Combination) -> tuple[str, ...]:
    outlook = found.scenario.outlook
    said = words.text(
        "goal.together.found",
        chance=Measure(outlook.printed_probability, Unit.FRACTION),
        landing=outlook_landing(words, outlook).text,
    )
    if not found.unguarded:
        return (said, words.text("goal.together.guarded"))
    names = words.join([words.text(f"indicator.{code}") for code in found.unguarded])
    if len(found.unguarded) == len(TOLERANCES):
        return (said, words.text("goal.together.unguarded", names=names))
    guarded = words.text("goal.together.guarded")
    return (said, guarded, words.text("goal.together.unguarded", names=names))


def _table(asked: Asked, found: Combination) -> Table:
    words = asked.words
    names = ("lever", "today", "needed", "once-reached")
    return Table(
        caption=words.text("goal.together.caption"),
        columns=tuple(words.text(f"column.{name}") for name in names),
        rows=tuple(_row(asked, setting) for setting in found.settings),
    )


def _row(asked: Asked, setting: LeverSetting) -> tuple[Cell, ...]:
    words, scale, amount = asked.words, asked.scales[setting.lever], setting.amount
    needed = words.text(
        "goal.needed", level=scale.level(words, amount), change=scale.change(words, amount)
    )
    return tuple(
        text_cell(text)
        for text in (
            words.text(f"lever.{setting.lever}"),
            scale.level(words, 0.0),
            needed,
            mark(asked, asked.ground.marks.of(setting.lever), amount),
        )
    )
