"""What it takes to land: several levers, with the least pain (docs/metrics.md#goal-seek)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from smartfin.analysis.scenario.draw import Draw, lever_obstacle
from smartfin.analysis.scenario.goal import NotReachable
from smartfin.analysis.scenario.limits import TOLERANCES, Guard, guard_of
from smartfin.analysis.scenario.simulate import Scenario, scenario_of
from smartfin.analysis.scenario.social import EffectCode
from smartfin.analysis.scenario.space import Bounds, Space, Steps
from smartfin.analysis.table import Figures
from smartfin.measure import Reason, Unit, undefined
from smartfin.scenario import Changes, LeverSetting

_HALVINGS = 6
_ROUNDS = 30
_NEARLY = 1e-5  # where the search ends
_SHORT = 0.01  # so nearly enough that whole steps make up for it
_FREE = 1e9  # what brings something and takes pain away is best of all

_Objective = Callable[[Figures], tuple[float, Figures]]


@dataclass(frozen=True, slots=True)
class Combination:
    """Several levers that are enough together.

    Args:
        settings: How each is set; levers that are not needed are left out.
        scenario: With them.
        pain: Sum of (amount / amount that hurts as much as any other)^2.
        unguarded: Figures of members without a limit, because they are not known or none
            was set, so that nothing keeps them.
    """

    settings: tuple[LeverSetting, ...]
    scenario: Scenario
    pain: float
    unguarded: tuple[EffectCode, ...]


def seek_together(
    draw: Draw,
    changes: Changes,
    bounds: Bounds,
    probability: float,
    limits: Mapping[EffectCode, float],
) -> Combination | NotReachable:
    """The combination of levers with the least pain that makes break-even likely enough.

    Formula: least sum of (amount / pain)^2 so that the result which a share of 1 - probability
    of the futures stays under is nil or more, every amount is within its bounds and no figure
    of members is worse than its limit. Found by sequential quadratic programming (SLSQP, Kraft
    1988), put into whole steps and tried.

    Args:
        draw: Of the partner.
        changes: Everything else that is decided; starts and ramps of the levers are taken
            from it.
        bounds: Levers to move, and the lowest and highest amount of each.
        probability: At least so likely [fraction].
        limits: The worst each figure of members may come to (``social_limits``).

    Returns:
        The combination; or the best there is and why it is not enough.

    Raises:
        InputError: ``scenario-malformed`` where bounds leave a lever no amount.

    Source:
        docs/metrics.md#goal-seek
    """
    obstacles = {code: lever_obstacle(draw, code) for code in bounds}
    moved = {code: bounds[code] for code, why in obstacles.items() if why is None}
    if not moved:
        why = next(iter(obstacles.values()), None)
        return NotReachable(None, why or undefined(Unit.FRACTION, Reason.LEVER_TOO_SHORT))
    guard = guard_of(draw, limits)
    space = Space(draw, changes, moved, probability, guard)
    steps = _steps(space)
    if not (space.enough(steps) and space.kept(steps)):
        free = Space(draw, changes, moved, probability, Guard(draw, ()))
        held = bool(guard.figures) and free.enough(_strongest(free))
        why = undefined(Unit.FRACTION, Reason.SOCIAL_LIMITS if held else Reason.LEVER_TOO_SHORT)
        return NotReachable(space.chance(steps), why)
    chosen = space.changes(steps)
    return Combination(
        settings=tuple(each for each in chosen.levers if each.lever in moved),
        scenario=scenario_of(draw, chosen),
        pain=space.pain_of(steps),
        unguarded=tuple(code for code in TOLERANCES if code not in {c for c, *_ in guard.figures}),
    )


def _steps(space: Space) -> Steps:
    """The least pain that is enough, in whole steps; the strongest where none is."""
    nothing = space.steps(space.nearest)
    if space.enough(nothing) and space.kept(nothing):
        return nothing
    point = _solved(space, space.nearest, _pain, limits_from=0)
    if (space.slack(point) >= -_SHORT).all():
        found = _put_together(space, space.steps(point), space.furthest)
        if found is not None:
            return found
    strongest = _strongest(space)
    if not (space.enough(strongest) and space.kept(strongest)):
        return strongest
    begun = _least(space, strongest)
    found = _put_together(space, space.steps(begun), strongest)
    return strongest if found is None else found


def _strongest(space: Space) -> Steps:
    """The highest result within bounds and limits, in whole steps."""
    point = _solved(
        space,
        space.nearest,
        lambda here: (-float(space.slack(here)[0]), -space.slopes(here)[0]),
        limits_from=1,
    )
    return _until_kept(space, space.steps(point))


def _least(space: Space, strongest: Steps) -> Figures:
    """The least pain with which it is enough; begun on the way to the strongest."""
    short, far, goal = 0.0, 1.0, space.point(strongest)
    for _ in range(_HALVINGS):
        half = (short + far) / 2
        reached = bool((space.slack(half * goal) >= 0).all())
        short, far = (short, half) if reached else (half, far)
    return _solved(space, far * goal, _pain, limits_from=0)


def _pain(point: Figures) -> tuple[float, Figures]:
    """What a point hurts, and how that changes with each lever."""
    return float((point**2).sum()), 2 * point


def _solved(space: Space, start: Figures, objective: _Objective, limits_from: int) -> Figures:
    """The point with the lowest objective that keeps the slacks from one on.

    Args:
        space: Ground.
        start: Where to begin.
        objective: Its value and its slopes at a point.
        limits_from: First slack that must not be short: 0 the result, 1 the limits.
    """
    from scipy.optimize import minimize  # noqa: PLC0415 - half a second, for whoever asks

    slacks = {
        "type": "ineq",
        "fun": lambda point: space.slack(point)[limits_from:],
        "jac": lambda point: space.slopes(point)[limits_from:],
    }
    found = minimize(
        objective,
        space.clipped(start),
        jac=True,
        bounds=list(zip(space.low.tolist(), space.high.tolist(), strict=True)),
        constraints=[slacks] if len(space.slack(start)) > limits_from else [],
        method="SLSQP",
        options={"maxiter": _ROUNDS, "ftol": _NEARLY},
    )
    return space.clipped(found.x)


def _until_kept(space: Space, steps: Steps) -> Steps:
    """Whole steps taken back until every limit is kept, or none brings it nearer.

    Cutting to whole steps may pass a limit by a little.
    """

    def room(each: Steps) -> float:
        return float(space.slack(space.point(each))[1:].min())

    while not space.kept(steps):
        nearer = _neighbours(steps, np.zeros_like(steps))
        better = [each for each in nearer if space.inside(each) and room(each) > room(steps)]
        if not better:
            return steps
        steps = max(better, key=room)
    return steps


def _put_together(space: Space, steps: Steps, goal: Steps) -> Steps | None:
    """Whole steps that are enough: added one by one towards a goal, then thinned out.

    Each time the step that brings most for its pain; every one keeps the limits. None where
    no step does and it is not yet enough.
    """
    steps = _until_kept(space, steps)
    while not space.enough(steps):
        more = [each for each in _neighbours(steps, goal) if space.kept(each)]
        if not more:
            return None
        steps = max(more, key=lambda each: _worth(space, steps, each))
    while thinner := _thinner(space, steps):
        steps = thinner[0]
    return steps


def _thinner(space: Space, steps: Steps) -> list[Steps]:
    """One step less of a lever where that is still enough, the most painful first."""
    less = [each for each in _neighbours(steps, np.zeros_like(steps)) if space.inside(each)]
    enough = [each for each in less if space.enough(each) and space.kept(each)]
    return sorted(enough, key=space.pain_of)


def _worth(space: Space, steps: Steps, more: Steps) -> float:
    """What a step brings for each unit of pain it adds."""
    brought = float(space.slack(space.point(more))[0] - space.slack(space.point(steps))[0])
    added = space.pain_of(more) - space.pain_of(steps)
    return brought / added if added > 0 else brought * _FREE


def _neighbours(steps: Steps, goal: Steps) -> Iterator[Steps]:
    """One lever one step nearer to a goal, for each that is not there."""
    for place in np.flatnonzero(steps != goal).tolist():
        nearer = steps.copy()
        nearer[place] += np.sign(goal[place] - steps[place])
        yield nearer
