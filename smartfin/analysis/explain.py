"""What an indicator rests on: its formula with the real figures, down to the reported amounts.

    indicator -> step (formula, each name with its figure) -> steps of the names in it -> inputs

A step is one sum a person can check with a pencil; an input is one amount of one quarter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartfin.analysis.formula import Piece, Step, Term, is_name, pieces_of
from smartfin.analysis.indicators.indicator import Indicator, Window
from smartfin.analysis.table import STAND_INS, TOTALS, Figures, line, trailing_sum
from smartfin.quarter import Quarter

_OF_PARTS = frozenset({Window.TWO_YEARS, Window.TWO_QUARTERS, Window.YEAR_APART})
"""Windows of which the part further back is an indicator of its own, named in the formula."""


@dataclass(frozen=True, slots=True)
class Input:
    """One amount that a figure rests on.

    Args:
        item: Code of the line item.
        quarter: Its quarter.
        amount: As used, in the money of the table; None where it is unknown.
        reported: Whether somebody reported it; a line never reported so far counts as
            nothing (docs/metrics.md#missing).
    """

    item: str
    quarter: Quarter
    amount: float | None
    reported: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything a figure rests on.

    Args:
        quarters: The quarters it looks at, oldest first.
        steps: The figure's own sum, then that of each name in it, each once.
        inputs: The amounts at the bottom: newest quarter first, in the order of the formulas.
    """

    quarters: tuple[Quarter, ...]
    steps: tuple[Step, ...]
    inputs: tuple[Input, ...]


def explanation(
    indicator: Indicator, family: Mapping[str, Indicator], table: pd.DataFrame, ordinal: int
) -> Explanation:
    """What an indicator rests on in one quarter.

    Args:
        indicator: What is explained.
        family: Every indicator of its level by code, for the names in formulas.
        table: As made by ``partner_table``, at least one quarter, in the money to explain in.
        ordinal: The quarter, a row of the table.

    Returns:
        Also where the indicator has no value: then with the figures that are known.
    """
    walk = _Walk(family, table, ordinal)
    walk.indicator(indicator)
    return Explanation(
        tuple(indicator.quarters_read(table, ordinal)), tuple(walk.steps), walk.inputs()
    )


def item_explanation(table: pd.DataFrame, item: str, ordinal: int) -> Explanation:
    """What one line item of one quarter rests on: a cell, or the parts of its total."""
    walk = _Walk({}, table, ordinal)
    quarter = Quarter.from_ordinal(ordinal)
    walk.item(item, (quarter,))
    return Explanation((quarter,), tuple(walk.steps), walk.inputs())


class _Walk:
    """Goes down from a figure to the amounts it rests on, meeting each name once."""

    def __init__(self, family: Mapping[str, Indicator], table: pd.DataFrame, ordinal: int) -> None:
        self._family = family
        self._table = table
        self._ordinal = ordinal
        self.steps: list[Step] = []
        self._met: set[str] = set()
        self._used: dict[tuple[str, Quarter], Input] = {}

    def inputs(self) -> tuple[Input, ...]:
        """The amounts met, newest quarter first."""
        return tuple(sorted(self._used.values(), key=lambda used: -used.quarter.ordinal))

    def indicator(self, indicator: Indicator) -> None:
        """Adds the step of an indicator, then those of the names in it."""
        if indicator.code in self._met:
            return
        self._met.add(indicator.code)
        quarters = tuple(indicator.quarters_read(self._table, self._ordinal))
        pieces = tuple(
            self._term(name, indicator, quarters) if is_name(name) else name
            for name in pieces_of(indicator.formula)
        )
        value = _known(float(indicator.series(self._table).loc[self._ordinal]))
        step = Step(indicator.code, pieces, value)
        self.steps.append(step)
        for term in step.terms:
            if term.item:
                self.item(term.code, term.quarters)
            elif indicator.window is not Window.SINCE_START:
                self._part(self._family[term.code])
            else:
                self._amounts_of(self._family[term.code], term.quarters)

    def _part(self, part: Indicator) -> None:
        """Adds the steps of a part; one that reads no amount, a count of quarters, has none."""
        if part.needs:
            self.indicator(part)

    def item(self, item: str, quarters: tuple[Quarter, ...]) -> None:
        """Notes the amounts of a line item; the parts of a total that was not printed."""
        for quarter in quarters:
            printed = self._printed(item, quarter)
            if printed is None and item in TOTALS:
                self._total(item, quarter)
            elif printed is None and item in STAND_INS:
                self.item(STAND_INS[item], (quarter,))
            else:
                amount = _known(float(line(self._table, item)[self._place(quarter)]))
                used = Input(item, quarter, amount, reported=printed is not None)
                self._used.setdefault((item, quarter), used)

    def _term(self, name: str, within: Indicator, quarters: tuple[Quarter, ...]) -> Term:
        """A name of a formula: a line item where the formula reads one, else an indicator."""
        direct = name in within.needs and within.window not in _OF_PARTS
        if direct or name not in self._family:
            read = quarters[-1:] if name in within.at_end else quarters
            amounts = line(self._table, name)
            return Term(name, self._summed(amounts, read), read, item=True)
        part = self._family[name]
        values = np.asarray(part.series(self._table), dtype=np.float64)
        summed = quarters if within.window is Window.SINCE_START else quarters[-1:]
        return Term(name, self._summed(values, summed), summed)

    def _summed(self, values: Figures, quarters: tuple[Quarter, ...]) -> float | None:
        """Sum over some quarters, rounded as the indicators themselves are."""
        places = [self._place(quarter) for quarter in quarters]
        chosen = np.asarray(values, dtype=np.float64)[places]
        summed = trailing_sum(chosen)[-1] if len(chosen) == 4 else chosen.sum()
        return _known(float(summed))

    def _amounts_of(self, indicator: Indicator, quarters: tuple[Quarter, ...]) -> None:
        """Notes the amounts of an indicator of single quarters, over several of them."""
        for item in indicator.needs:
            self.item(item, quarters)

    def _total(self, item: str, quarter: Quarter) -> None:
        """Adds the step of a total that was not printed, and goes on to its parts."""
        if (item, quarter) in self._used or f"{item}@{quarter}" in self._met:
            return
        self._met.add(f"{item}@{quarter}")
        pieces: list[Piece] = []
        for sign, part in TOTALS[item]:
            if pieces or sign < 0:
                pieces.append("+" if sign > 0 else "-")
            amount = _known(float(line(self._table, part)[self._place(quarter)]))
            pieces.append(Term(part, amount, (quarter,), item=True))
        value = _known(float(line(self._table, item)[self._place(quarter)]))
        self.steps.append(Step(item, tuple(pieces), value, item=True))
        for _, part in TOTALS[item]:
            self.item(part, (quarter,))

    def _printed(self, item: str, quarter: Quarter) -> float | None:
        if item not in self._table.columns:
            return None
        return _known(float(self._table[item].iloc[self._place(quarter)]))

    def _place(self, quarter: Quarter) -> int:
        return quarter.ordinal - int(self._table.index[0])


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
