"""What a rule of early warning may see of one partner."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartfin.analysis.indicators.family import Indicator, find_indicator
from smartfin.analysis.table import Figures
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.settings import Settings

LEAST_SISTERS = 2
"""Partners a median is taken of: the figure of a single one is no standard."""


@dataclass(frozen=True, slots=True)
class LegalNote:
    """A legal or regulatory matter that somebody noted.

    Args:
        opened: First quarter it counts in.
        closed: First quarter it counts no more in; None while it is open.
        share: Share of the invoiced volume it threatens [fraction]; None where nobody said.
    """

    opened: Quarter
    closed: Quarter | None = None
    share: float | None = None

    def open_in(self, ordinals: NDArray[np.int64]) -> NDArray[np.bool_]:
        """In which quarters it counts."""
        begun = ordinals >= self.opened.ordinal
        return begun if self.closed is None else begun & (ordinals < self.closed.ordinal)


@dataclass(frozen=True, eq=False)
class Sight:
    """One partner's figures, beside those of its sisters.

    Args:
        partner: Who.
        table: As made by ``partner_table``, up to the newest quarter judged.
        settings: Level, deadline and dated thresholds.
        sisters: Other partners whose figures are of the same kind, made up or real.
        notes: Legal matters noted of the partner.
        known: Indicators worked out so far; shared by copies of a sight.
    """

    partner: Partner
    table: pd.DataFrame
    settings: Settings
    sisters: tuple[Sight, ...] = ()
    notes: tuple[LegalNote, ...] = ()
    known: dict[str, Figures] = field(default_factory=dict, repr=False)

    @property
    def ordinals(self) -> NDArray[np.int64]:
        """The quarters of the table."""
        return self.table.index.to_numpy(dtype=np.int64)

    @property
    def ages(self) -> NDArray[np.int64]:
        """How many quarters of activity each quarter of the table completes; 1 is the first."""
        return self.ordinals - self.partner.launch.ordinal + 1

    @property
    def before_deadline(self) -> NDArray[np.bool_]:
        """In which quarters a deadline is ahead: once it was decided, and until it is there."""
        settings, ordinals = self.settings, self.ordinals
        decided = ordinals >= settings.deadline_from.ordinal
        return np.asarray(decided & (ordinals < settings.deadline.ordinal))

    @property
    def deadline_row(self) -> int | None:
        """Row of the deadline, or of the first quarter after it; None before."""
        passed = np.flatnonzero(self.ordinals >= self.settings.deadline.ordinal)
        return int(passed[0]) if len(passed) else None

    def indicator(self, code: str) -> Indicator:
        """An indicator at the level the board judges on."""
        return find_indicator(code, self.settings.level, self.settings.deadline)

    def series(self, code: str) -> Figures:
        """An indicator at each quarter; NaN where undefined. Not to be written to."""
        if code not in self.known:
            values = np.array(self.indicator(code).figures(self.table))
            values.setflags(write=False)
            self.known[code] = values
        return self.known[code]

    def sisters_seen(self) -> tuple[Sight, ...]:
        """Sisters that have come as far as the partner by then: those launched no later."""
        launch = self.partner.launch
        return tuple(each for each in self.sisters if each.partner.launch <= launch)

    def sisters_median(self, code: str) -> Figures:
        """Median of an indicator over the sisters at the same age, as it was known then.

        Formula: median of the values that sisters had after as many quarters of activity

        Returns:
            [unit of the indicator]; NaN where fewer than two sisters have a value.
        """
        rows = [each.at_ages(code, self.ages) for each in self.sisters_seen()]
        if len(rows) < LEAST_SISTERS:
            return np.full(len(self.table), np.nan)
        values = np.stack(rows)
        enough = np.count_nonzero(~np.isnan(values), axis=0) >= LEAST_SISTERS
        medians = np.full(len(self.table), np.nan)
        medians[enough] = np.nanmedian(values[:, enough], axis=0)
        return medians

    def at_ages(self, code: str, ages: NDArray[np.int64]) -> Figures:
        """An indicator after so many quarters of activity; NaN where the table has none."""
        own = self.ages
        found = np.full(len(ages), np.nan)
        if len(own):
            inside = (ages >= own[0]) & (ages <= own[-1])
            found[inside] = self.series(code)[ages[inside] - own[0]]
        return found
