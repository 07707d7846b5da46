"""What one rule has said of one partner, quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.table import Figures
from smartfin.analysis.warning.alarms import is_back, raised
from smartfin.analysis.warning.flag import ALARMS, Course, Flag, FlagEvent, Silence
from smartfin.analysis.warning.rule import MEASURED, Alarm, Readings, Rule
from smartfin.analysis.warning.sight import Sight
from smartfin.analysis.warning.thresholds import thresholds_of
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.quarter import Quarter

_YEAR = 4


@dataclass(frozen=True, eq=False)
class Track:
    """What one rule has said of one partner, quarter by quarter.

    Args:
        rule: The rule.
        sight: What it saw.
        readings: The figures.
        amber_at: Amber threshold in force; NaN for none.
        red_at: Red threshold in force; NaN for none.
        states: 0 nothing, 1 amber, 2 red.
    """

    rule: Rule
    sight: Sight
    readings: Readings
    amber_at: Figures
    red_at: Figures
    states: NDArray[np.int8]

    @cached_property
    def first(self) -> int:
        """Ordinal of the first quarter."""
        return int(self.sight.table.index[0]) if len(self.sight.table) else 0

    def row(self, quarter: Quarter) -> int | None:
        """Place of a quarter in the table; None where it has none."""
        row = quarter.ordinal - self.first
        return row if 0 <= row < len(self.states) else None

    def figure(self, quarter: Quarter) -> Measure:
        """The figure of a quarter, or why there is none."""
        silence = self.silence(quarter)
        return silence.why if silence else self._measure(quarter.ordinal - self.first, 1)

    def limit(self, alarm: Alarm, quarter: Quarter) -> float | None:
        """The threshold of an alarm in force in a quarter; None where it has none."""
        row = self.row(quarter)
        if row is None:
            return None
        limit = float((self.red_at if alarm is Alarm.RED else self.amber_at)[row])
        return None if np.isnan(limit) else limit

    def flag(self, quarter: Quarter) -> Flag | None:
        """The flag that stands in a quarter, if any."""
        row = self.row(quarter)
        if row is None or not self.states[row]:
            return None
        state = int(self.states[row])
        figures = self._figures(state)
        at = row - int(np.argmax(~np.isnan(figures[row::-1])))
        return Flag(
            rule=self.rule.code,
            family=self.rule.family,
            alarm=Alarm.RED if state == 2 else Alarm.AMBER,
            value=self._measure(at, state),
            threshold=self._threshold(row, state),
            since=self._quarter(self._begin(row, state)),
            first_raised=self._quarter(self._begin(row, 1)),
            course=self._course(at),
            indicator=self._indicator(at),
            quarter=self._quarter(at),
            renewed=at == row,
            easing=self._is_back(at, state),
        )

    def silence(self, quarter: Quarter) -> Silence | None:
        """Why the rule does not speak in a quarter; None where it has a figure."""
        row = self.row(quarter)
        if row is None:
            return self._silent(Reason.NOTHING_KNOWN)
        ended = self.readings.ended is not None and row >= self.readings.ended
        if not (np.isnan(self.readings.values[row]) or ended):
            return None
        reason, facts = self.rule.condition.silence(self.sight, quarter.ordinal)
        return self._silent(reason, **facts)

    def events(self, until: Quarter) -> Iterator[FlagEvent]:
        """Every rise and every clearing up to a quarter, oldest first."""
        states = np.concatenate(([0], self.states[: max(until.ordinal - self.first + 1, 0)]))
        for row in np.flatnonzero(np.diff(states)).tolist():
            before, after = int(states[row]), int(states[row + 1])
            passed = max(before, after)
            yield FlagEvent(
                rule=self.rule.code,
                family=self.rule.family,
                quarter=self._quarter(row),
                before=ALARMS[before],
                after=ALARMS[after],
                value=self._measure(row, passed),
                threshold=self._threshold(row, passed),
            )

    def red_in(self, first: Quarter, last: Quarter) -> bool:
        """Whether it was red in any quarter of a stretch."""
        start, stop = (max(each.ordinal - self.first, 0) for each in (first, last + 1))
        return bool((self.states[start:stop] == 2).any())

    def _figures(self, state: int) -> Figures:
        return self.readings.red if state == 2 else self.readings.values

    def _measure(self, row: int, state: int) -> Measure:
        """The figure; where it is as bad as can be, the reason why there is none."""
        for figures in (self._figures(state), self.readings.values):
            if np.isfinite(figures[row]):
                return Measure(float(figures[row]), self._unit)
        if np.isinf(self.readings.values[row]) or np.isnan(self.readings.values[row]):
            reason, facts = self.rule.condition.silence(self.sight, self.first + row)
            return undefined(self._unit, reason, **facts)
        raise ValueError(f"{self.rule.code} has neither a figure nor a reason")

    def _limits(self, state: int) -> Figures:
        return self.red_at if state == 2 else self.amber_at

    def _threshold(self, row: int, state: int) -> Measure:
        return Measure(float(self._limits(state)[row]), self._unit)

    def _is_back(self, row: int, state: int) -> bool:
        here = slice(row, row + 1)
        figures, limits = self._figures(state)[here], self._limits(state)[here]
        rule = self.rule
        return bool(is_back(figures, limits, rule.polarity, rule.condition.crossing)[0])

    def _begin(self, row: int, least: int) -> int:
        """First row of the stretch up to ``row`` in which the flag was at least so loud."""
        quieter = np.flatnonzero(self.states[: row + 1] < least)
        return int(quieter[-1]) + 1 if len(quieter) else 0

    def _course(self, row: int) -> Course:
        values = self.readings.values
        if row < _YEAR or not np.isfinite(values[[row, row - _YEAR]]).all():
            return Course.UNKNOWN
        change = self.rule.polarity * float(values[row] - values[row - _YEAR])
        limit = np.nanmax(np.abs([self.amber_at[row], self.red_at[row]]))
        if abs(change) <= MEASURED.margin * limit:
            return Course.UNCHANGED
        return Course.BETTER if change > 0 else Course.WORSE

    def _indicator(self, row: int) -> str:
        """The first indicator of the rule that has a value in a row."""
        codes = self.rule.indicators
        known = (code for code in codes if not np.isnan(self.sight.series(code)[row]))
        return next(known, codes[0] if codes else "")

    def _silent(self, reason: Reason, **facts: object) -> Silence:
        why = undefined(self._unit, reason, **facts)
        return Silence(self.rule.code, self.rule.family, why)

    def _quarter(self, row: int) -> Quarter:
        return Quarter.from_ordinal(self.first + row)

    @cached_property
    def _unit(self) -> str:
        currency = self.rule.unit is Unit.CURRENCY
        return self.sight.partner.currency if currency else self.rule.unit


def track_of(rule: Rule, sight: Sight) -> Track:
    """What one rule has said of a partner, over all its quarters."""
    readings = rule.condition.readings(sight, rule.polarity)
    limits = thresholds_of(rule, sight.settings.thresholds)
    ordinals = sight.ordinals
    amber_at, red_at = limits.amber(ordinals), limits.red(ordinals)
    crossing = rule.condition.crossing
    amber = raised(readings.values, amber_at, rule.polarity, crossing)
    red = raised(readings.red, red_at, rule.polarity, crossing)
    states = np.where(red, 2, amber).astype(np.int8)
    if readings.ended is not None:
        states[readings.ended :] = 0
    return Track(rule, sight, readings, amber_at, red_at, states)
