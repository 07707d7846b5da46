"""The ground a combination of levers is looked for on: points, what each brings and costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.scenario.decisions import Decisions, decisions_of
from smartfin.analysis.scenario.draw import Draw, LeverRange, lever_range
from smartfin.analysis.scenario.goal import amount_of, setting_of
from smartfin.analysis.scenario.limits import Guard
from smartfin.analysis.scenario.paths import scenario_year, year_covered, year_results
from smartfin.analysis.table import Figures
from smartfin.errors import InputError
from smartfin.scenario import Changes, LeverCode, find_lever

Steps = NDArray[np.int64]
Bounds = Mapping[LeverCode, tuple[float, float]]

ROUNDING = 1e-9  # a limit this nearly kept is kept
_SLOPE = 0.05  # of a pain: how far a lever is moved to see what it does
_NEAR = 100  # a future in so many, on either side
_WHOLE = 1e-6  # of a step: so nearly a whole step is one


class Space:
    """Amounts of several levers at once.

    A *point* has each amount in pains (``Lever.pain``), so that all levers are alike; *steps*
    have it in whole steps.
    """

    def __init__(
        self, draw: Draw, changes: Changes, bounds: Bounds, wanted: float, guard: Guard
    ) -> None:
        self._draw, self._wanted, self._guard = draw, wanted, guard
        self.codes = tuple(bounds)
        self._settings = [setting_of(draw, changes, code) for code in self.codes]
        self._others = tuple(each for each in changes.levers if each.lever not in bounds)
        self._events = changes.events
        ranges = [lever_range(draw, code) for code in self.codes]
        self._step = np.array([each.step for each in ranges])
        self._pain = np.array([each.pain for each in ranges])
        ends = [
            _within(code, bounds[code], each) for code, each in zip(self.codes, ranges, strict=True)
        ]
        self._fewest, self._most = (np.array(side) for side in zip(*ends, strict=True))
        self.low, self.high = self.point(self._fewest), self.point(self._most)
        self._seen: dict[bytes, Figures] = {}

    @property
    def nearest(self) -> Figures:
        """The point with the least pain, wherever it leads."""
        return np.clip(np.zeros(len(self.codes)), self.low, self.high)

    @property
    def furthest(self) -> Steps:
        """Every lever at the end that helps."""
        helps = np.array([find_lever(code).helps for code in self.codes])
        return np.where(helps > 0, self._most, self._fewest)

    def clipped(self, point: Figures) -> Figures:
        """The same within bounds."""
        return np.clip(point, self.low, self.high)

    def point(self, steps: Steps) -> Figures:
        """Whole steps as a point."""
        point: Figures = steps * self._step / self._pain
        return point

    def steps(self, point: Figures) -> Steps:
        """A point in whole steps, each towards nil, within bounds."""
        exact = point * self._pain / self._step
        whole = np.trunc(exact + np.sign(exact) * _WHOLE).astype(np.int64)
        within: Steps = np.clip(whole, self._fewest, self._most)
        return within

    def inside(self, steps: Steps) -> bool:
        """Whether whole steps are within bounds."""
        return bool(((steps >= self._fewest) & (steps <= self._most)).all())

    def changes(self, steps: Steps) -> Changes:
        """The scenario of whole steps."""
        return self._changes_to(map(amount_of, steps.tolist(), self._step.tolist()))

    def _changes_to(self, amounts: Iterable[float]) -> Changes:
        moved = zip(self._settings, amounts, strict=True)
        levers = [replace(setting, amount=amount) for setting, amount in moved if amount]
        return Changes((*self._others, *levers), self._events)

    def slack(self, point: Figures) -> Figures:
        """What is left over: of the result that must not be short, then of each limit.

        Returns:
            Shares of a year's own costs, then of each figure; below nil it is not enough.
        """
        key = point.tobytes()
        if key not in self._seen:
            # Rounded: an end of a lever's range, there and back, is not to lie outside it.
            amounts = (self.clipped(point) * self._pain).round(12).tolist()
            decided = decisions_of(self._draw, self._changes_to(amounts))
            self._seen[key] = np.array([self._result(decided), *self._guard.room(decided)])
        return self._seen[key]

    def slopes(self, point: Figures) -> Figures:
        """How each slack changes with each lever, shape (slacks, levers)."""
        here = self.slack(point)
        columns = []
        for place in range(len(point)):
            aside = point.copy()
            aside[place] += _SLOPE if point[place] + _SLOPE <= self.high[place] else -_SLOPE
            there = self.clipped(aside)
            moved = float(there[place] - point[place])
            columns.append((self.slack(there) - here) / moved if moved else np.zeros(len(here)))
        return np.column_stack(columns)

    def enough(self, steps: Steps) -> bool:
        """Whether whole steps make break-even likely enough."""
        return self.chance(steps) >= self._wanted

    def chance(self, steps: Steps) -> float:
        """How likely they make it [fraction]."""
        decided = decisions_of(self._draw, self.changes(steps))
        return year_covered(scenario_year(self._draw, decided))

    def kept(self, steps: Steps) -> bool:
        """Whether no limit is passed."""
        return bool((self.slack(self.point(steps))[1:] >= -ROUNDING).all())

    def pain_of(self, steps: Steps) -> float:
        """Sum of the squares."""
        return float((self.point(steps) ** 2).sum())

    def _result(self, decided: Decisions) -> float:
        """The result that a share of 1 - wanted of the futures stays under.

        The mean of those nearest to it: by itself it jumps from future to future, and no slope
        could be seen.
        """
        results = year_results(scenario_year(self._draw, decided))
        last = len(results) - 1
        rank = min(max(len(results) - ceil(self._wanted * len(results)), 0), last)
        low, high = max(rank - len(results) // _NEAR, 0), min(rank + len(results) // _NEAR, last)
        nearest = np.partition(results, (low, high))[low : high + 1]
        return float(nearest.mean()) / max(self._draw.structure.costs, 1.0)


def _within(code: LeverCode, ends: tuple[float, float], reach: LeverRange) -> tuple[int, int]:
    """Bounds a reader set, as far as the lever goes, in whole steps."""
    lowest = ceil(max(ends[0], reach.low) / reach.step - _WHOLE)
    highest = floor(min(ends[1], reach.high) / reach.step + _WHOLE)
    if lowest > highest:
        written, wanted = f"{ends[0]:g} … {ends[1]:g}", f"{reach.low:g} … {reach.high:g}"
        raise InputError("scenario-malformed", key=f"{code}.bounds", value=written, wanted=wanted)
    return lowest, highest
