"""What it takes to land: a row a lever, and the combination with the least pain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from smartfin.analysis.scenario import (
    Draw,
    Found,
    NotReachable,
    lever_obstacle,
    scenario_of,
    seek,
)
from smartfin.analysis.scenario.goal import setting_of
from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter
from smartfin.scenario import Changes, LeverCode
from smartfin.services.scenario.asked import Asked, Bounds, PutIn, mark, own_best
from smartfin.services.scenario.ground import ground_of
from smartfin.services.scenario.scale import lever_scale
from smartfin.services.scenario.together import TogetherView, together_view
from smartfin.services.scenario.wanted import Wanted, at_nil
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, Table, text_cell
from smartfin.store import Basis
from smartfin.wording import DASH, Words


@dataclass(frozen=True, slots=True)
class GoalView:
    """What it takes to land.

    Args:
        sentence: What is asked, and what the rows are.
        table: A row a lever.
        alone: Answers of single levers that can be put in.
        together: Several levers with the least pain.
    """

    sentence: str
    table: Table
    alone: tuple[PutIn, ...]
    together: TogetherView


def goal_view(
    smartfin: Smartfin,
    words: Words,
    wanted: Wanted,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> GoalView | None:
    """What it takes to land; apart from the scenario's view, because it takes longer.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        wanted: Partner, scenario and goal: events stand, of levers only start and ramp count.
        quarter: Reporting quarter; None for the newest.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.

    Returns:
        None for a partner without scenarios.

    Raises:
        InputError: ``partner-unknown``, ``quarter-not-known`` or ``scenario-malformed``.
    """
    ground = ground_of(smartfin, wanted.partner or smartfin.codes[0], quarter, as_of, basis)
    draw = ground.draw
    if not isinstance(draw, Draw):
        return None
    still = at_nil(wanted.changes)
    growth = scenario_of(draw, Changes((), still.events)).outlook.volume_growth
    currency = ground.case.partner.currency
    scales = {code: lever_scale(draw, still, code, growth, currency) for code in LeverCode}
    asked = Asked(words, ground, draw, still, wanted.chance / 100, scales, growth)
    return _answered(asked, dict(wanted.bounds))


def _answered(asked: Asked, chosen: Bounds) -> GoalView:
    words = asked.words
    found = {code: seek(asked.draw, asked.changes, code, asked.chance) for code in LeverCode}
    movable = tuple(code for code in found if lever_obstacle(asked.draw, code) is None)
    names = ("lever", "today", "needed", "once-reached", "own-best-year")
    facts = {
        "target": Quarter.from_ordinal(asked.draw.target),
        "chance": Measure(asked.chance, Unit.FRACTION),
    }
    return GoalView(
        sentence=words.text("goal.what", **facts),
        table=Table(
            caption=words.text("goal.caption", **facts),
            columns=tuple(words.text(f"column.{name}") for name in names),
            rows=tuple(_row(asked, code, each) for code, each in found.items()),
        ),
        alone=tuple(
            _put_in(asked, code, each.amount)
            for code, each in found.items()
            if isinstance(each, Found) and each.amount
        ),
        together=together_view(asked, chosen, movable),
    )


def _row(asked: Asked, code: LeverCode, found: Found | NotReachable) -> tuple[Cell, ...]:
    words, scale = asked.words, asked.scales[code]
    marks = asked.ground.marks.of(code)
    name, today = text_cell(words.text(f"lever.{code}")), text_cell(scale.level(words, 0.0))
    own = text_cell(own_best(asked, marks))
    if isinstance(found, NotReachable):
        return (name, today, _not_reachable(words, found), text_cell(DASH), own)
    if not found.amount:
        return (name, today, text_cell(words.text("goal.enough")), text_cell(DASH), own)
    needed = words.text(
        "goal.needed",
        level=scale.level(words, found.amount),
        change=scale.change(words, found.amount),
    )
    return (name, today, text_cell(needed), text_cell(mark(asked, marks, found.amount)), own)


def _not_reachable(words: Words, found: NotReachable) -> Cell:
    """Why no amount is enough, with the most there is."""
    if found.best is None:
        return text_cell(words.text("goal.no-lever"), words.reason(found.why))
    best = Measure(found.best, Unit.FRACTION)
    return text_cell(words.text("goal.not-reachable", best=best))


def _put_in(asked: Asked, code: LeverCode, amount: float) -> PutIn:
    """A single lever set to its answer, everything else but the events at nil."""
    words, scale = asked.words, asked.scales[code]
    setting = replace(setting_of(asked.draw, asked.changes, code), amount=amount)
    label = words.text(
        "goal.put-in",
        lever=words.text(f"lever.{code}"),
        level=scale.level(words, amount),
        change=scale.change(words, amount),
    )
    return PutIn(label, Changes((setting,), asked.changes.events))
