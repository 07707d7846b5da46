"""Why two scenarios end differently (docs/metrics.md#difference).

By what was decided and by part of the bridge at once: each cell is what one lever or event
did to one part, rows add up to what it did, columns to the bridge, and all to the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from smartfin.analysis.bridge import PARTS, Bridge, BridgePart, PartCode
from smartfin.analysis.scenario.decisions import Cause, Decisions, decisions_of
from smartfin.analysis.scenario.draw import Draw
from smartfin.analysis.scenario.paths import (
    adviser_rate,
    scenario_year,
    target_rows,
    year_results,
)
from smartfin.analysis.table import Figures
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.scenario import Changes, EventKind, LeverCode
from smartfin.settings import Level


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cause did to one part of the bridge.

    Args:
        cause: A lever, or an event.
        part: Which part.
        amount: Expected effect on the four quarters to the target [currency]; above nil it
            raises the result.
    """

    cause: Cause
    part: PartCode
    amount: float


@dataclass(frozen=True, slots=True)
class Difference:
    """From the expected result of one scenario to that of another.

    Args:
        level: Result it is about.
        start: Result of the first, four quarters to the target, mean of the futures [currency].
        cells: Every cause with every part it touches; they add up to ``end - start``.
        end: Result of the second.
        fund: Part of the variable costs that goes to the guarantee fund [fraction].
    """

    level: Level
    start: float
    cells: tuple[Cell, ...]
    end: float
    fund: float

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Every lever and event that differs, levers first."""
        return tuple(dict.fromkeys(cell.cause for cell in self.cells))

    def amount(self, cause: Cause | None = None, part: PartCode | None = None) -> float:
        """What a cause did, or what happened to a part, or one to the other [currency]."""
        return sum(
            cell.amount
            for cell in self.cells
            if cause in {None, cell.cause} and part in {None, cell.part}
        )

    @property
    def bridge(self) -> Bridge:
        """The same by part alone, as any other bridge is shown."""
        parts = tuple(BridgePart(code, self.amount(part=code)) for code in PARTS[self.level])
        return Bridge(self.start, parts, self.end)


def difference_of(draw: Draw, first: Changes, second: Changes) -> Difference:
    """Why the expected result differs between two scenarios of one partner.

    Formula, each quarter and path by itself, midpoint form, with m = f - v, e = 1 + change of
    advisers, c = c_a / V_a and mean(x) = (x0 + x1) / 2:
        volume growth: mean(m) * (V1 - V0) [volume] and -c * mean(e) * (V1 - V0) [team];
        fee and votes: mean(V) * (f1 - f0) [fee]; variable rate: -mean(V) * (v1 - v0) [risk];
        advisers: -(F * share + c * mean(V - V drawn)) * (e1 - e0) [team];
        every other: the change of what it adds, costs with a minus.
    Summed over the four quarters to the target, averaged over the futures.

    Args:
        draw: Of the partner.
        first: Where from; ``NO_CHANGES`` is the outlook.
        second: Where to.

    Returns:
        [currency]. With first and second swapped every cell has the opposite sign.

    Source:
        docs/metrics.md#difference
    """
    decided = (decisions_of(draw, first), decisions_of(draw, second))
    start, end = (float(year_results(scenario_year(draw, each)).mean()) for each in decided)
    cells = _merged(_cells(draw, *decided))
    return Difference(draw.level, start, cells, end, draw.structure.fund)


def bought_share(difference: Difference) -> Measure:
    """How much of what raises the result is paid by members.

    Formula: (positive fee effect + cuts in member services + cuts in advisers for each member
    + the guarantee fund's part of a lower variable-cost rate) / all positive effects before
    support

    Args:
        difference: From the outlook, or from another scenario.

    Returns:
        [fraction]; undefined where nothing raises the result before support.

    Source:
        docs/metrics.md#difference
    """
    advisers = difference.amount(LeverCode.ADVISERS_PER_MEMBER, PartCode.TEAM)
    risk = max(difference.amount(part=PartCode.RISK), 0.0)
    effects = [
        *(max(difference.amount(part=part), 0.0) for part in _WHOLE),
        risk,
        max(advisers, 0.0),
        max(difference.amount(part=PartCode.TEAM) - advisers, 0.0),
    ]
    if sum(effects) <= 0:
        return undefined(Unit.FRACTION, Reason.NO_POSITIVE_EFFECT)
    paid = [max(difference.amount(part=part), 0.0) for part in _PAID]
    bought = sum(paid) + max(advisers, 0.0) + risk * difference.fund
    return Measure(bought / sum(effects), Unit.FRACTION)


_PAID = (PartCode.FEE, PartCode.MEMBER_SERVICES)
_WHOLE = (*_PAID, PartCode.VOLUME, PartCode.OTHER, PartCode.OWN_INCOME)


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One of the two scenarios in the quarters that differ, on every path."""

    decided: Decisions
    volume: Figures
    variable: Figures
    take: Figures
    rate: Figures
    own: Figures

    @property
    def margin(self) -> Figures:
        return self.take - self.variable


def _side(draw: Draw, base: Figures, decided: Decisions) -> _Side:
    part = decided.part(target_rows(draw))
    return _Side(
        decided=part,
        volume=base[0] * part.volume[:, np.newaxis],
        variable=np.maximum(base[1] + part.variable[:, np.newaxis], 0.0),
        take=part.take[:, np.newaxis],
        rate=adviser_rate(draw, part)[:, np.newaxis],
        own=np.maximum(base[3] + part.own_income[:, np.newaxis], 0.0),
    )


def _cells(draw: Draw, first: Decisions, second: Decisions) -> Iterator[Cell]:
    base = draw.drivers[:, 3:][:, target_rows(draw)]
    one, two = (_side(draw, base, decided) for decided in (first, second))
    yield from _of_volume(one, two)
    yield from _of_fees(one, two)
    risk = -(one.volume + two.volume) / 2 * (two.variable - one.variable)
    yield _cell(LeverCode.VARIABLE_RATE, PartCode.RISK, risk)
    yield from _of_costs(draw, base, one, two)
    yield _cell(LeverCode.OTHER_INCOME, PartCode.OWN_INCOME, two.own - one.own)
    if draw.level is Level.SUPPORTED:
        yield from _of_support(one, two)


def _of_volume(one: _Side, two: _Side) -> Iterator[Cell]:
    """More volume: what it brings in, and the advisers it takes."""
    grown = two.volume - one.volume
    lever = LeverCode.VOLUME_GROWTH
    yield _cell(lever, PartCode.VOLUME, (one.margin + two.margin) / 2 * grown)
    yield _cell(lever, PartCode.TEAM, -(one.rate + two.rate) / 2 * grown)


def _of_fees(one: _Side, two: _Side) -> Iterator[Cell]:
    """What each vote and the lever add to the take rate, on the mean volume."""
    mean = (one.volume + two.volume) / 2
    takes = one.decided.takes, two.decided.takes
    nothing = np.zeros(len(one.take))
    for cause in {**takes[0], **takes[1]}:
        if cause is not None:
            added = takes[1].get(cause, nothing) - takes[0].get(cause, nothing)
            yield _cell(cause, PartCode.FEE, mean * added[:, np.newaxis])


def _of_costs(draw: Draw, base: Figures, one: _Side, two: _Side) -> Iterator[Cell]:
    """Levers that change what there is, and events that add to it."""
    structure, (before, after) = draw.structure, (one.decided, two.decided)
    added = (one.volume + two.volume) / 2 - base[0]
    advisers = (structure.advisers.value or 0.0) * base[2]
    advisers += (structure.adviser_rate.value or 0.0) * added
    services = (structure.services.value or 0.0) * base[2]
    levers = (
        (LeverCode.ADVISERS_PER_MEMBER, PartCode.TEAM, advisers, after.advisers - before.advisers),
        (
            LeverCode.MEMBER_SERVICES,
            PartCode.MEMBER_SERVICES,
            services,
            after.services - before.services,
        ),
        (
            LeverCode.OTHER_FIXED,
            PartCode.OTHER,
            structure.other * base[2],
            after.other - before.other,
        ),
    )
    for lever, part, costs, change in levers:
        yield _cell(lever, part, -costs * change[:, np.newaxis])
    for sign, decided in ((+1, before), (-1, after)):
        for event, part, cost in decided.costs:
            yield _cell(event, part, sign * cost)


def _of_support(one: _Side, two: _Side) -> Iterator[Cell]:
    """What the group gives a year, never less than nothing, and grants."""
    nothing = np.zeros(len(one.take))
    sides = one.decided.support, two.decided.support
    given = [
        np.maximum(side.own + support[LeverCode.SUPPORT][:, np.newaxis], 0.0) - side.own
        for side, support in zip((one, two), sides, strict=True)
    ]
    yield _cell(LeverCode.SUPPORT, PartCode.GROUP, given[1] - given[0])
    for cause in {**sides[0], **sides[1]}:
        if cause is not LeverCode.SUPPORT:
            amount = sides[1].get(cause, nothing) - sides[0].get(cause, nothing)
            yield _cell(cause, PartCode.GRANTS, amount)


def _cell(cause: Cause, part: PartCode, amounts: Figures) -> Cell:
    """Quarters added up, paths averaged."""
    paths = amounts.shape[1] if amounts.ndim == 2 else 1
    return Cell(cause, part, float(amounts.sum()) / paths)


def _merged(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """One cell for each cause and part that differ, levers first."""
    sums: dict[tuple[Cause, PartCode], float] = {}
    for cell in cells:
        key = cell.cause, cell.part
        sums[key] = sums.get(key, 0.0) + cell.amount
    found = [Cell(cause, part, amount) for (cause, part), amount in sums.items() if amount]
    return tuple(sorted(found, key=lambda cell: _place(cell.cause)))


def _place(cause: Cause) -> tuple[int, int]:
    if isinstance(cause, LeverCode):
        return 0, list(LeverCode).index(cause)
    return 1 + list(EventKind).index(cause.kind), cause.quarter.ordinal
