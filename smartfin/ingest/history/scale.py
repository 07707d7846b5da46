"""By how much rows were multiplied since they were handed in: 1, a thousand, a million."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from smartfin.facts import Fact
from smartfin.ingest.history.known import History, Series
from smartfin.quarter import Quarter

SCALES = (1.0, 1e3, 1e6)  # what money is printed in
_FACTORS = tuple(sorted({one / other for one in SCALES for other in SCALES}))
_NEAR = 3.0  # how far off a ratio may be, either way: books grow and shrink
_NEARLY_ALL = 0.8
_NEWEST = 4  # quarters a level is taken from


class Factor(NamedTuple):
    """What rows were multiplied by.

    Args:
        factor: By which.
        rows: How many agree on it.
        against: How many agree on another.
    """

    factor: float
    rows: int
    against: int


def scale_factor(facts: Sequence[Fact], history: History) -> Factor:
    """What the rows of a sheet were multiplied by since they were handed in; 1 when unclear."""
    rows: dict[str, dict[Quarter, float]] = defaultdict(dict)
    for fact in facts:
        if fact.quarter is not None:
            rows[fact.item][fact.quarter] = fact.amount
    known = {item: history.series[item] for item in rows if item in history.series}
    pairs = {item: (then, rows[item]) for item, then in known.items()}
    return agreed_factor(pairs, _FACTORS) or Factor(1.0, 0, 0)


def agreed_factor(
    pairs: Mapping[str, tuple[Series, Series]], factors: Sequence[float]
) -> Factor | None:
    """The factor from the first to the second series that nearly all rows agree on.

    Args:
        pairs: Two series of each item.
        factors: What it can be.

    Returns:
        None when they agree on none.
    """
    ratios = [ratio for one, other in pairs.values() if (ratio := _ratio(one, other))]
    votes = Counter(
        factor for ratio in ratios for factor in factors if 1 / _NEAR < ratio / factor < _NEAR
    )
    if not votes:
        return None
    factor, count = votes.most_common(1)[0]
    if count < _NEARLY_ALL * len(ratios):
        return None
    return Factor(factor, count, votes.total() - count)


def _ratio(then: Series, now: Series) -> float:
    """How many times as large a row is: in the same quarters, else by its newest; 0 if unknown."""
    both = [abs(now[q] / then[q]) for q in now if then.get(q) and now[q]]
    if both:
        return median(both)
    levels = [_level(series) for series in (then, now)]
    return levels[1] / levels[0] if all(levels) else 0.0


def _level(series: Series) -> float:
    """The usual size of the newest figures that are not zero; 0 when there are none."""
    sizes = [abs(series[quarter]) for quarter in sorted(series) if series[quarter]]
    return median(sizes[-_NEWEST:]) if sizes else 0.0
