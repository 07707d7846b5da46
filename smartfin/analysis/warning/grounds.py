"""What the figure of a rule rests on in a quarter, part by part (docs/metrics.md#early-warning).

An indicator explains itself; a rule makes a figure of its own of one or several: a run of
quarters, a share of a median, a course into the future, a count of tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import singledispatch

import numpy as np

from smartfin.analysis.trend import SLOPE_OVER, trailing_slope
from smartfin.analysis.warning.alarms import is_back, raised
from smartfin.analysis.warning.conditions import AgainstSisters, Ahead, Increase, Level
from smartfin.analysis.warning.joint import Joint, OpenMatters, Part, ShareOfNeeded
from smartfin.analysis.warning.rule import Condition
from smartfin.analysis.warning.runs import FallingShare, Losses, Run
from smartfin.analysis.warning.sight import Sight
from smartfin.analysis.warning.track import Track
from smartfin.measure import Unit
from smartfin.quarter import Quarter

_YEAR = 4


class GroundKind(StrEnum):
    """What a part is (message ``explain.rule.<code>``)."""

    FIGURE = "figure"  # an indicator in a quarter
    SISTER = "sister"  # that of another partner at the same age
    MEDIAN = "median"  # of those
    SLOPE = "slope"  # what an indicator gains a quarter, over eight quarters
    AHEAD = "ahead"  # quarters looked ahead
    RUN = "run"  # quarters in a row in which something held of an indicator
    MATTER = "matter"  # a legal matter that somebody noted; its share of the volume


class Standing(StrEnum):
    """How one of several tests stands (message ``explain.rule.test.<code>``)."""

    MET = "met"
    NOT_MET = "not-met"
    STILL = "still"  # the figure is back, but not for long enough
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that the figure of a rule rests on.

    Args:
        kind: What it is.
        value: The number; NaN where there is none.
        unit: Of the number; ``Unit.CURRENCY`` is the partner's.
        quarter: Whose figure it is; of a legal matter, the first it counts in.
        code: Of the indicator; empty where it is none.
        partner: Code of the sister; empty for the partner itself.
        limit: Threshold of its test; None where it is no test.
        test: How that stands.
    """

    kind: GroundKind
    value: float
    unit: Unit
    quarter: Quarter
    code: str = ""
    partner: str = ""
    limit: float | None = None
    test: Standing | None = None


def grounds_of(track: Track, quarter: Quarter) -> tuple[Ground, ...]:
    """What the figure of a rule rests on in a quarter; nothing where there is no figure at all."""
    row = track.row(quarter)
    if row is None:
        return ()
    return tuple(_grounds(track.rule.condition, track.sight, row))


@singledispatch
def _grounds(condition: Condition, sight: Sight, row: int) -> Iterator[Ground]:
    raise TypeError(f"{type(condition).__name__} does not say what it rests on")


@_grounds.register
def _level(condition: Level, sight: Sight, row: int) -> Iterator[Ground]:
    own = _figure(sight, condition.code, row)
    yield own
    if np.isnan(own.value):
        for code in filter(None, (condition.at_least, condition.result)):
            yield _figure(sight, code, row)


@_grounds.register
def _against_sisters(condition: AgainstSisters, sight: Sight, row: int) -> Iterator[Ground]:
    yield _figure(sight, condition.code, row)
    yield from _sisters(sight, condition.code, row)


@_grounds.register
def _run(condition: Run, sight: Sight, row: int) -> Iterator[Ground]:
    run = condition.readings(sight, 0).values[row]
    yield from _in_a_row(sight, condition.code, row, run, steps=condition.holds.of_steps)


@_grounds.register
def _increase(condition: Increase, sight: Sight, row: int) -> Iterator[Ground]:
    yield _figure(sight, condition.code, row)
    if row >= condition.over:
        yield _figure(sight, condition.code, row - condition.over)


@_grounds.register
def _ahead(condition: Ahead, sight: Sight, row: int) -> Iterator[Ground]:
    own = _figure(sight, condition.code, row)
    slope = float(trailing_slope(sight.series(condition.code))[row])
    yield own
    yield Ground(GroundKind.SLOPE, slope, own.unit, own.quarter)
    if condition.quarters is None:
        yield _figure(sight, "quarters_left", row)
    else:
        yield Ground(GroundKind.AHEAD, float(condition.quarters), Unit.COUNT, own.quarter)
    for before in range(row - 1, max(row - SLOPE_OVER, -1), -1):
        yield _figure(sight, condition.code, before)


@_grounds.register
def _losses(condition: Losses, sight: Sight, row: int) -> Iterator[Ground]:
    yield _figure(sight, condition.year, row)
    if row >= _YEAR:
        yield _figure(sight, condition.year, row - _YEAR)
    run = condition.readings(sight, 0).values[row]
    yield from _in_a_row(sight, condition.quarter, row, run, steps=False)


@_grounds.register
def _falling_share(condition: FallingShare, sight: Sight, row: int) -> Iterator[Ground]:
    run = condition.readings(sight, 0).values[row]
    yield from _in_a_row(sight, condition.code, row, run, steps=True)
    yield from _sisters(sight, condition.code, row)


@_grounds.register
def _share_of_needed(condition: ShareOfNeeded, sight: Sight, row: int) -> Iterator[Ground]:
    needed = _figure(sight, condition.needed, row)
    yield _figure(sight, condition.achieved, row)
    yield needed
    if np.isnan(needed.value):
        yield _figure(sight, condition.result, row)


@_grounds.register
def _joint(condition: Joint, sight: Sight, row: int) -> Iterator[Ground]:
    for part in condition.parts:
        yield _tested(part, sight, row)


@_grounds.register
def _open_matters(condition: OpenMatters, sight: Sight, row: int) -> Iterator[Ground]:
    for note in sight.notes:
        if note.open_in(sight.ordinals)[row]:
            share = np.nan if note.share is None else note.share
            yield Ground(GroundKind.MATTER, share, Unit.FRACTION, note.opened)


def _figure(sight: Sight, code: str, row: int) -> Ground:
    """An indicator in a row of the table."""
    value = float(sight.series(code)[row])
    return Ground(GroundKind.FIGURE, value, sight.indicator(code).unit, _quarter(sight, row), code)


def _in_a_row(sight: Sight, code: str, row: int, run: float, *, steps: bool) -> Iterator[Ground]:
    """The quarters of a run, newest first; of steps with the one that they begin at."""
    length = max(0 if np.isnan(run) else int(run), 1) + int(steps)
    for place in range(row, max(row - length, -1), -1):
        yield _figure(sight, code, place)


def _sisters(sight: Sight, code: str, row: int) -> Iterator[Ground]:
    """The median of the sisters at the same age, and each one's figure."""
    unit, age = sight.indicator(code).unit, sight.ages[row : row + 1]
    median = float(sight.sisters_median(code)[row])
    yield Ground(GroundKind.MEDIAN, median, unit, _quarter(sight, row))
    for sister in sight.sisters_seen():
        value = float(sister.at_ages(code, age)[0])
        if not np.isnan(value):
            then = sister.partner.launch + (int(age[0]) - 1)
            yield Ground(GroundKind.SISTER, value, unit, then, code, sister.partner.code)


def _tested(part: Part, sight: Sight, row: int) -> Ground:
    """A part with its own threshold, and whether it is met."""
    condition = part.condition
    values = condition.readings(sight, part.polarity).values
    limits = np.full(len(values), part.limit)
    counted = isinstance(condition, Run | Losses)
    code = condition.indicators[0]
    return Ground(
        kind=GroundKind.RUN if counted else GroundKind.FIGURE,
        value=float(values[row]) if np.isfinite(values[row]) else np.nan,
        unit=Unit.COUNT if counted else sight.indicator(code).unit,
        quarter=_quarter(sight, row),
        code=code,
        limit=part.limit,
        test=_how_it_stands(
            known=not np.isnan(values[row]),
            met=bool(raised(values, limits, part.polarity, condition.crossing)[row]),
            back=bool(is_back(values, limits, part.polarity, condition.crossing)[row]),
        ),
    )


def _how_it_stands(*, known: bool, met: bool, back: bool) -> Standing:
    if not known:
        return Standing.UNKNOWN
    if not met:
        return Standing.NOT_MET
    return Standing.STILL if back else Standing.MET


def _quarter(sight: Sight, row: int) -> Quarter:
    return Quarter.from_ordinal(int(sight.ordinals[row]))
