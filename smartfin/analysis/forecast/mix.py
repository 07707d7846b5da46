"""The mix: every model with equal weight, and the futures drawn from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smartfin.analysis.forecast.course import LASTING, Course, Grid, pass_over
from smartfin.analysis.forecast.damped import Damped
from smartfin.analysis.forecast.middle import middle
from smartfin.analysis.forecast.model import Model
from smartfin.analysis.forecast.momentum import Momentum
from smartfin.analysis.forecast.prior import Prior, known_rows
from smartfin.analysis.forecast.season import Season, season_of
from smartfin.analysis.forecast.theta import Theta
from smartfin.analysis.forecast.wandering import Wandering
from smartfin.analysis.table import Figures

MODELS: tuple[Model, ...] = (Theta(), Damped(), Momentum())

# Tried and left out, because the mix is worse with it (python -m bench.outlook).
LEFT_OUT: tuple[Model, ...] = (Wandering(),)

# How wide the futures spread, chosen on public series (docs/metrics.md#outlook): nothing
# in the theory of one model says how wide a mix of several is to be.
USED = 5  # figures a model takes from the history, so that its residuals are too small
SEASON_USED = 3  # and as many more as a season of its own takes
NARROWED = 0.9  # residuals, because the doubts below come on top of them
DRIFT_DOUBT = 1.2  # of the drift, in standard errors of a mean change
OUTLIER = 4.0  # a residual is drawn as this many robust standard deviations at most
ROBUST = 1.4826  # median distance of a normal deviate, turned into a standard deviation
WIDEST = 2.0  # what the doubt about the size of all surprises multiplies them by at most


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """Models fitted to several series known in the same quarters.

    Args:
        last: Ordinal of the last quarter of the history.
        codes: Names of the models.
        courses: One a model; levels are above or below ``origin``.
        season: What was taken out before the models and is put back in.
        prior: What growth was shrunk to.
        origin: Newest figures without their season, shape (series,).
        known: Known quarters.
    """

    last: int
    codes: tuple[str, ...]
    courses: tuple[Course, ...]
    season: Season
    prior: Prior
    origin: Figures
    known: int

    def ahead(self, horizon: int) -> tuple[Figures, ...]:
        """What each model expects, season in, shape (horizon, series) each."""
        base = self.origin + self._seasons(horizon)
        return tuple(base + course.ahead(horizon) for course in self.courses)

    def fill(self, random: np.random.Generator, futures: Figures) -> None:
        """Simulate futures: each model is dealt as many of them as any other.

        What is drawn for each path: its triple by the odds; its drift, of which the
        history says only so much; its season likewise; how large surprises are; and the
        surprises, those of one past quarter for all series together, so that what
        used to go together still does.

        Args:
            random: Chance.
            futures: Where to put them, shape (series, horizon, paths).
        """
        _, horizon, paths = futures.shape
        rows = random.integers(self.known, size=(horizon, paths), dtype=np.intp)
        size = self._sizes(random, paths)
        ends = np.linspace(0, paths, len(self.courses) + 1).astype(int).tolist()
        for course, start, end in zip(self.courses, ends, ends[1:], strict=False):
            dealt = slice(start, end)
            surprises = _Surprises(
                sizes=drawn_sizes(course.residuals, self._used()),
                rows=rows[:, dealt],
                scale=size[dealt],
            )
            self._follow(random, course, surprises, futures[:, :, dealt])
        self._add_season(random, futures)

    def _follow(
        self,
        random: np.random.Generator,
        course: Course,
        surprises: _Surprises,
        futures: Figures,
    ) -> None:
        """Turn the surprises of one model's paths into its futures.

        Args:
            random: Chance.
            course: The model's.
            surprises: Of its paths.
            futures: Where to put them, shape (series, horizon, its paths).
        """
        series, horizon, paths = futures.shape
        chosen = _drawn_triples(random, course.odds, paths)
        row = np.arange(series)[:, np.newaxis]
        grid = course.grid
        alpha, beta, phi = grid.alpha[chosen], grid.beta[chosen], grid.phi[chosen]
        level = self.origin[:, np.newaxis] + course.level[row, chosen]
        slope, drift = course.slope[row, chosen], course.drift[row, chosen]
        drift += self._drift_doubt(random, surprises.sizes, paths)
        learns = bool(beta.any())  # else the slope is nil for good
        surprise, learned = np.empty_like(level), np.empty_like(level)
        for ahead in range(horizon):
            surprises.put(ahead, surprise)
            np.multiply(alpha, surprise, out=learned)
            level += drift
            drift *= LASTING
            if learns:
                slope *= phi
                level += slope
                slope += beta * surprise
            np.add(level, surprise, out=futures[:, ahead])
            level += learned

    def _drift_doubt(self, random: np.random.Generator, drawn: Figures, paths: int) -> Figures:
        """How far off the drift of each path is; a series that does not grow has none."""
        error = DRIFT_DOUBT * drawn.std(axis=0) / np.sqrt(self.known)
        doubt: Figures = random.standard_normal((drawn.shape[1], paths))
        doubt *= (error * (self.prior.weight > 0))[:, np.newaxis]
        return doubt

    def _sizes(self, random: np.random.Generator, paths: int) -> Figures:
        """How much larger or smaller than in the past surprises are on each path."""
        free = max(self.known - USED - 1, 3)
        sizes: Figures = np.sqrt(free / random.chisquare(free, size=paths))
        return np.minimum(sizes, WIDEST, out=sizes)

    def _add_season(self, random: np.random.Generator, futures: Figures) -> None:
        """Add each path's season, in place: the factors, and how far off they may be."""
        for series, doubt in enumerate(self.season.doubt.tolist()):
            factors = self._seasons(4)[:, series, np.newaxis]
            if doubt > 0:
                factors = factors + doubt * random.standard_normal((4, futures.shape[2]))
            for place in range(4):
                futures[series, place::4] += factors[place]

    def _seasons(self, horizon: int) -> Figures:
        """The factors of the next quarters, shape (horizon, series)."""
        return self.season.of(self.last + 1 + np.arange(horizon))

    def _used(self) -> Figures:
        """Share of the quarters the fit has used up, half of them at most, by series."""
        used = (USED + SEASON_USED * self.season.kept) / self.known
        return np.minimum(used, 0.5)


@dataclass(frozen=True, slots=True, eq=False)
class _Surprises:
    """What comes unexpected on the paths of one model.

    Args:
        sizes: Residuals as they are drawn, shape (known, series).
        rows: Which past quarter each future one repeats, shape (horizon, paths).
        scale: How much larger or smaller surprises are on each path, shape (paths,).
    """

    sizes: Figures
    rows: NDArray[np.intp]
    scale: Figures

    def put(self, ahead: int, surprise: Figures) -> None:
        """Put those of one quarter into an array of shape (series, paths)."""
        for series, sizes in enumerate(self.sizes.T):
            sizes.take(self.rows[ahead], out=surprise[series], mode="clip")  # faster than "raise"
        surprise *= self.scale


def drawn_sizes(residuals: Figures, used: Figures) -> Figures:
    """Residuals as they are drawn: outliers cut down, the share of the fit given back.

    Formula: NARROWED x residual / sqrt(1 - used), |residual| at most OUTLIER x ROBUST x
    median of |residual|

    Args:
        residuals: Shape (known, series).
        used: Share of the quarters used up by the fit, shape (series,).
    """
    most = OUTLIER * ROBUST * middle(np.abs(residuals), axis=0)
    most = np.where(most > 0, most, np.inf)  # half of them nil: no measure of the others
    drawn: Figures = NARROWED * np.clip(residuals, -most, most) / np.sqrt(1 - used)
    return drawn


def _drawn_triples(random: np.random.Generator, odds: Figures, paths: int) -> NDArray[np.intp]:
    """Triples drawn by their odds, shape (series, paths)."""
    sums = np.cumsum(odds, axis=1)[:, :-1]
    chances = random.random((len(odds), paths))
    return np.array(
        [np.searchsorted(up_to, chance) for up_to, chance in zip(sums, chances, strict=True)]
    )


def fitted_mix(
    history: Figures,
    last: int,
    prior: Prior,
    pooled_season: Figures | None = None,
    own_season: float = 1.0,
    models: Sequence[Model] = MODELS,
) -> Mix:
    """The mix fitted to a history.

    Args:
        history: Shape (quarters, series); a row with anything unknown is not looked at.
        last: Ordinal of the last row.
        prior: What growth is shrunk to.
        pooled_season: Factors of the group, shape (4, series); None without a pool.
        own_season: Weight of the own season where there is a pool.
        models: Members.
    """
    known = known_rows(history)
    start = int(np.argmax(known))
    kept = np.where(known[:, np.newaxis], history, np.nan)[start:]
    newest = kept[known[start:]][-1]
    kept = kept - newest  # so that a figure that never changes leaves no rounding
    quarters = last - len(kept) + 1 + np.arange(len(kept))
    season = season_of(kept, int(quarters[0]), pooled_season, own_season)
    unseasonal = kept - season.of(quarters)
    passed = pass_over(unseasonal, _joined([model.grid for model in models]))
    ends = np.cumsum([len(model.grid) for model in models]).tolist()
    courses = tuple(
        model.course(unseasonal, passed.part(slice(end - len(model.grid), end)), prior)
        for model, end in zip(models, ends, strict=True)
    )
    codes = tuple(model.code for model in models)
    return Mix(last, codes, courses, season, prior, newest, int(known.sum()))


def _joined(grids: Sequence[Grid]) -> Grid:
    """Several grids as one: one pass over the history is enough for all models."""
    return Grid(
        np.concatenate([grid.alpha for grid in grids]),
        np.concatenate([grid.beta for grid in grids]),
        np.concatenate([grid.phi for grid in grids]),
    )
