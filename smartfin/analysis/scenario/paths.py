"""The drivers of one partner under a scenario: the draw, and what was decided laid on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartfin.analysis.forecast.futures import Futures, four_quarters, futures_of
from smartfin.analysis.partition import Statement, covered
from smartfin.analysis.scenario.decisions import Decisions
from smartfin.analysis.scenario.draw import Draw
from smartfin.analysis.table import Figures
from smartfin.scenario import LeverCode
from smartfin.settings import Level

_BEFORE = 3  # quarters known that stand before those ahead in a four-quarter sum


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """The four quarters to the target, quarter by quarter on every path.

    Args:
        volume: [currency], shape (4, paths), or (4, 1) in quarters that are known; the same
            of the others.
        fee_income: fV.
        other_income: O.
        variable: vV.
        fixed: F.
    """

    volume: Figures
    fee_income: Figures
    other_income: Figures
    variable: Figures
    fixed: Figures


def target_rows(draw: Draw) -> slice:
    """Those quarters ahead that are among the four to the target."""
    ahead = draw.target - draw.last
    return slice(max(ahead - 4, 0), ahead)


def scenario_futures(draw: Draw, decided: Decisions) -> Futures:
    """The futures of a draw under what was decided; under nothing, those of the outlook.

    Source:
        docs/metrics.md#scenario
    """
    drawn = np.empty_like(draw.drivers)
    _lay_on(draw, decided, draw.drivers[:, _BEFORE:], drawn[:, _BEFORE:])
    return futures_of(drawn, decided.take, draw.past.statement, draw.models)


def scenario_year(draw: Draw, decided: Decisions) -> Year:
    """The four quarters to the target under what was decided."""
    rows = target_rows(draw)
    base = draw.drivers[:, _BEFORE:][:, rows]
    drawn = np.empty_like(base)
    decided = decided.part(rows)
    _lay_on(draw, decided, base, drawn)
    volume, rate, fixed, other = drawn
    known = _known(draw, 4 - len(volume))
    return Year(
        volume=_after(known.volume, volume),
        fee_income=_after(known.fee_income, volume * decided.take[:, np.newaxis]),
        other_income=_after(known.other_income, other),
        variable=_after(known.variable, rate * volume),
        fixed=_after(known.fixed, fixed),
    )


def year_covered(year: Year) -> float:
    """Share of the futures whose four quarters to the target are covered [fraction].

    The same to the last digit as what the outlook says of them: added up in the same order.
    """
    return float(covered(*_sums(year)).mean())


def year_results(year: Year) -> Figures:
    """Result of the four quarters to the target on each path [currency]."""
    income, costs = _sums(year)
    return income - costs


def _sums(year: Year) -> tuple[Figures, Figures]:
    income = four_quarters(year.other_income + year.fee_income)[0]
    return income, four_quarters(year.fixed + year.variable)[0]


def _lay_on(draw: Draw, decided: Decisions, base: Figures, drawn: Figures) -> None:
    """Put what the drivers become into an array of the same shape.

    Formula: V = V0 * factor; v = max(v0 + change, 0);
        F = F0 * (1 + sum of share * change) + c * (V - V0) * (1 + change of advisers) + events;
        O = max(O0 + lever, 0); at the supported level support is added to it likewise.
    """
    volume, rate, fixed, other = drawn
    np.multiply(base[0], decided.volume[:, np.newaxis], out=volume)
    np.add(base[1], decided.variable[:, np.newaxis], out=rate)
    np.maximum(rate, 0.0, out=rate)
    np.multiply(base[2], 1 + cost_change(draw, decided)[:, np.newaxis], out=fixed)
    fixed += decided.added_costs()[:, np.newaxis]
    extra = adviser_rate(draw, decided)
    if extra.any() and not (decided.volume == 1).all():
        fixed += extra[:, np.newaxis] * (volume - base[0])
    np.maximum(base[3] + decided.own_income[:, np.newaxis], 0.0, out=other)
    if draw.level is Level.SUPPORTED:
        _add_support(decided, other)


def cost_change(draw: Draw, decided: Decisions) -> Figures:
    """Relative change of the fixed costs drawn [fraction], events and growth left out."""
    structure = draw.structure
    advisers, services = structure.advisers.value or 0.0, structure.services.value or 0.0
    change: Figures = (
        advisers * decided.advisers + services * decided.services + structure.other * decided.other
    )
    return change


def adviser_rate(draw: Draw, decided: Decisions) -> Figures:
    """What the advisers of a further unit of volume cost in each quarter ahead [fraction].

    Nil where it is not known (``Scenario.advisers_counted``).
    """
    rate: Figures = (draw.structure.adviser_rate.value or 0.0) * (1 + decided.advisers)
    return rate


def _add_support(decided: Decisions, other: Figures) -> None:
    """Support counts as income at this level; what is cut cannot be more than there is."""
    for cause, amount in decided.support.items():
        other += amount[:, np.newaxis]
        if cause is LeverCode.SUPPORT:
            np.maximum(other, 0.0, out=other)


def _known(draw: Draw, quarters: int) -> Statement:
    """The newest quarters known, which the four to a near target begin with."""
    statement = draw.past.statement
    return statement.part(slice(len(statement.volume) - quarters, None))


def _after(known: Figures, ahead: Figures) -> Figures:
    """Quarters ahead behind those that are known."""
    if not len(known):
        return ahead
    before = np.broadcast_to(known[:, np.newaxis], (len(known), ahead.shape[1]))
    return np.concatenate([before, ahead])
