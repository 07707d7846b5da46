"""What it takes to land: one lever alone (docs/metrics.md#goal-seek)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smartfin.analysis.scenario.decisions import decisions_of, weights
from smartfin.analysis.scenario.draw import Draw, lever_obstacle, lever_range
from smartfin.analysis.scenario.paths import scenario_year, year_covered
from smartfin.analysis.scenario.simulate import Scenario, scenario_of
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.scenario import Changes, LeverCode, LeverSetting, find_lever

_LOOKS = 24  # amounts tried where the end of the range is not enough


@dataclass(frozen=True, slots=True)
class Found:
    """An amount that is enough, and no smaller one is.

    Args:
        amount: Of the lever [unit of the lever], a whole number of its steps.
        scenario: With the lever set so.
    """

    amount: float
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class NotReachable:
    """Why no amount is enough.

    Args:
        best: Highest probability there is [fraction]; None where the lever has no effect to
            be tried.
        why: A measure without a value.
    """

    best: float | None
    why: Measure


def chance_of(draw: Draw, changes: Changes) -> float:
    """Probability that a scenario breaks even in the four quarters to the target [fraction].

    That of ``scenario_of`` to the last digit, without all the rest of it.
    """
    return year_covered(scenario_year(draw, decisions_of(draw, changes)))


def seek(draw: Draw, changes: Changes, code: LeverCode, probability: float) -> Found | NotReachable:
    """The smallest amount of one lever with which break-even is likely enough.

    Every lever is monotone in the way that helps, so the amount is halved in on, in whole
    steps: rounded outward, never short of what was asked. Only volume may help some futures
    and harm others (advisers dearer than their volume brings in); where the end of the range
    is not enough, amounts between are tried as well.

    Args:
        draw: Of the partner.
        changes: Everything else that is decided; where this lever is set in it, its start and
            ramp are kept, else it starts in the first quarter ahead, at once.
        code: The lever.
        probability: At least so likely [fraction].

    Returns:
        The amount, nil where nothing is needed; or the best there is and why it is not
        enough.

    Source:
        docs/metrics.md#goal-seek
    """
    obstacle = lever_obstacle(draw, code) or _too_late(draw, changes, code)
    if obstacle is not None:
        return NotReachable(None, obstacle)
    search = _Search(draw, changes, code, probability)
    enough = search.first_enough()
    if enough is None:
        return NotReachable(search.best, _why(draw, code))
    chosen = changes.having(search.setting(enough))
    return Found(search.amount(enough), scenario_of(draw, chosen))


class _Search:
    """Amounts of one lever in whole steps the way that helps, each tried once."""

    def __init__(self, draw: Draw, changes: Changes, code: LeverCode, wanted: float) -> None:
        self._draw, self._changes, self._wanted = draw, changes, wanted
        self._range, self._helps = lever_range(draw, code), find_lever(code).helps
        self._set = setting_of(draw, changes, code)
        self._tried: dict[int, float] = {}

    @property
    def best(self) -> float:
        """Highest probability seen."""
        return max(self._tried.values())

    def amount(self, steps: int) -> float:
        """The amount of so many steps."""
        return amount_of(steps * self._helps, self._range.step)

    def setting(self, steps: int) -> LeverSetting:
        """The lever set to it."""
        return replace(self._set, amount=self.amount(steps))

    def first_enough(self) -> int | None:
        """The fewest steps that are enough; None where none are."""
        end = round((self._range.high if self._helps > 0 else -self._range.low) / self._range.step)
        short = 0
        if self._enough(0):
            return 0
        if not self._enough(end):
            looks = range(end // _LOOKS, end, max(end // _LOOKS, 1))
            found = next((steps for steps in looks if self._enough(steps)), None)
            if found is None:
                return None
            end = found
        while end - short > 1:
            half = (short + end) // 2
            short, end = (short, half) if self._enough(half) else (half, end)
        return end

    def _enough(self, steps: int) -> bool:
        if steps not in self._tried:
            tried = self._changes.having(self.setting(steps))
            self._tried[steps] = chance_of(self._draw, tried)
        return self._tried[steps] >= self._wanted


def amount_of(steps: int, step: float) -> float:
    """So many steps as the number people write: 7 steps of 0.0005 are 0.0035."""
    return round(steps * step, 10)


def setting_of(draw: Draw, changes: Changes, code: LeverCode) -> LeverSetting:
    """How a lever is set; where it is left alone, nil from the first quarter ahead."""
    return changes.setting(code) or LeverSetting(code, 0.0, draw.first)


def _too_late(draw: Draw, changes: Changes, code: LeverCode) -> Measure | None:
    """A lever that nobody feels by the target, or that is felt in full already."""
    setting = setting_of(draw, changes, code)
    felt = weights(setting.start, setting.ramp, draw.last, draw.target - draw.last)
    if felt[-1] > (0.0 if code is LeverCode.VOLUME_GROWTH else felt[0]):
        return None
    return undefined(Unit.FRACTION, Reason.STARTS_TOO_LATE)


def _why(draw: Draw, code: LeverCode) -> Measure:
    """Why even the end of a lever's range is not enough."""
    rate = draw.structure.adviser_rate.value
    if code is LeverCode.VOLUME_GROWTH and rate is not None:
        statement = draw.past.statement
        year = slice(-4, None)
        variable = statement.variable[year].sum() / statement.volume[year].sum()
        take = draw.fee.ahead(draw.horizon)[draw.target - draw.last - 1]
        if take <= variable + rate:
            return undefined(Unit.FRACTION, Reason.NEVER_AT_THIS_FEE)
    return undefined(Unit.FRACTION, Reason.LEVER_TOO_SHORT)
