"""The thresholds in force in each quarter: those of the rule, then what was decided since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.table import Figures
from smartfin.analysis.warning.rule import Rule
from smartfin.errors import SettingsError
from smartfin.quarter import Quarter
from smartfin.settings import ThresholdChange

_Stage = tuple[int, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The thresholds of one rule over time.

    Args:
        stages: From which ordinal on, amber and red; oldest first.
    """

    stages: tuple[_Stage, ...]

    def at(self, quarter: Quarter) -> tuple[float | None, float | None]:
        """Amber and red in one quarter; None for none."""
        return next(
            (amber, red) for first, amber, red in reversed(self.stages) if first <= quarter.ordinal
        )

    def amber(self, ordinals: NDArray[np.int64]) -> Figures:
        """The amber one in each quarter; NaN for none."""
        return self._over(ordinals, 1)

    def red(self, ordinals: NDArray[np.int64]) -> Figures:
        """The red one in each quarter; NaN for none."""
        return self._over(ordinals, 2)

    def _over(self, ordinals: NDArray[np.int64], which: int) -> Figures:
        found = np.full(len(ordinals), np.nan)
        for stage in self.stages:
            value = stage[which]
            found[ordinals >= stage[0]] = np.nan if value is None else value
        return found


def thresholds_of(rule: Rule, changes: Iterable[ThresholdChange]) -> Thresholds:
    """The thresholds of a rule; one in force at a quarter's end judges that quarter.

    A change that leaves out amber or red leaves it as it stood.
    """
    stages: list[_Stage] = [(0, rule.amber, rule.red)]
    for change in sorted(
        (each for each in changes if each.rule == rule.code), key=lambda each: each.since
    ):
        _, amber, red = stages[-1]
        first = Quarter.containing(change.since).ordinal
        amber = amber if change.amber is None else change.amber
        stages.append((first, amber, red if change.red is None else change.red))
    return Thresholds(tuple(stages))


def refuse_bad_thresholds(rules: Sequence[Rule], changes: Sequence[ThresholdChange]) -> None:
    """Refuse a change of a rule that is not there, or that would put red before amber.

    Raises:
        SettingsError: ``setting-malformed``, naming the key.
    """
    known = {rule.code: rule for rule in rules}
    for change in changes:
        if change.rule not in known:
            _refuse(f"{change.place}.rule", change.rule, ", ".join(known))
        rule = known[change.rule]
        for alarm, default, asked in (
            ("amber", rule.amber, change.amber),
            ("red", rule.red, change.red),
        ):
            if default is None and asked is not None:
                _refuse(f"{change.place}.{alarm}", asked, f"no key: {rule.code} has no {alarm}")
    for rule in rules:
        for _, amber, red in thresholds_of(rule, changes).stages:
            if not in_order(rule, amber, red):
                place = next(each.place for each in changes if each.rule == rule.code)
                wanted = f"amber {amber:g} {'>=' if rule.polarity > 0 else '<='} red"
                _refuse(f"{place}.red", red, wanted)


def in_order(rule: Rule, amber: float | None, red: float | None) -> bool:
    """Whether red is as bad as amber or worse."""
    return amber is None or red is None or rule.polarity * (amber - red) >= 0


def _refuse(key: str, value: object, wanted: str) -> None:
    raise SettingsError("setting-malformed", key=key, value=str(value), wanted=wanted)
