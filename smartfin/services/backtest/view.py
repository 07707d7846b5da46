"""The outlook tried on the past: how far its probabilities and bands can be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from smartfin.analysis.backtest import ERRORS, HORIZONS, Backtest, Era, Score
from smartfin.analysis.forecast.drift import COVID
from smartfin.charts import Subject
from smartfin.quarter import Quarter
from smartfin.services.assessment import assess
from smartfin.services.backtest.charts import bands_chart, reliability_chart
from smartfin.services.backtest.line import backtest_of_kind, nothing_words
from smartfin.services.backtest.tables import early_table, eras_table, scores_table
from smartfin.services.start import Smartfin
from smartfin.services.view import Chart, Table
from smartfin.store import Basis
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class BacktestPart:
    """The back-test of one kind of figures.

    Args:
        sentences: What it says, the most important first.
        reliability: What the probability said beside what came true.
        bands: How much of what came true lay within the bands.
        scores: Every score by quarters ahead, the outlook beside the seasonal naive.
        eras: The same by when the outlook was made.
        early: The seasonal naive alone, which needs less history.
        synthetic: Whether the figures are made up.
    """

    sentences: tuple[str, ...]
    reliability: Chart
    bands: Chart
    scores: Table
    eras: Table
    early: Table
    synthetic: bool


@dataclass(frozen=True, slots=True)
class BacktestView:
    """The back-test as a section of a page.

    Args:
        nothing: Why there is none, in a sentence; empty where there is one.
        parts: Real figures first; made-up ones are never mixed with them.
    """

    nothing: str
    parts: tuple[BacktestPart, ...]


def backtest_view(
    smartfin: Smartfin, words: Words, as_of: date | None = None, basis: Basis = Basis.ACCEPTED
) -> BacktestView:
    """The back-test on what was known on a day.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.
    """
    assessment = assess(smartfin, None, as_of, basis)
    found = ((kind, backtest_of_kind(smartfin, assessment, kind)) for kind in (False, True))
    parts = tuple(
        _part(words, backtest, synthetic=kind, provisional=assessment.provisional)
        for kind, backtest in found
        if backtest is not None
    )
    return BacktestView("" if parts else nothing_words(words), parts)


def _part(words: Words, backtest: Backtest, *, synthetic: bool, provisional: bool) -> BacktestPart:
    subject = Subject(words.text("backtest.who"), "", synthetic, provisional)
    return BacktestPart(
        sentences=_sentences(words, backtest),
        reliability=reliability_chart(words, backtest, subject),
        bands=bands_chart(words, backtest, subject),
        scores=scores_table(words, backtest),
        eras=eras_table(words, backtest),
        early=early_table(words, backtest),
        synthetic=synthetic,
    )


def _sentences(words: Words, backtest: Backtest) -> tuple[str, ...]:
    """What was done, whether the naive was better, and how much it is worth."""
    together = backtest.together.mix
    return (
        words.text(
            "backtest.what",
            horizons=HORIZONS,
            origins=backtest.origins,
            cases=together.count,
            who=words.join([words.country(partner) for partner in backtest.partners]),
        ),
        _against_naive(words, backtest),
        words.text(
            "backtest.bands",
            half=words.percent(together.value(Score.HALF)),
            most=words.percent(together.value(Score.MOST)),
        ),
        words.text("backtest.handful"),
        words.text(
            "backtest.covid",
            first=Quarter.from_ordinal(COVID[0]),
            last=Quarter.from_ordinal(COVID[-1]),
            within=backtest.eras[Era.WITHIN].mix.count,
            overtaken=backtest.eras[Era.OVERTAKEN].mix.count,
        ),
    )


def _against_naive(words: Words, backtest: Backtest) -> str:
    """Where the outlook was worse than expecting the same as a year before."""
    measured = sum(compared.mix.count > 0 for compared in backtest.horizons) * len(ERRORS)
    if not backtest.worse_than_naive:
        return words.text("backtest.never-worse", all=measured)
    where: dict[Score, list[int]] = {}
    for worse in backtest.worse_than_naive:
        where.setdefault(worse.score, []).append(worse.horizon)
    parts = [
        words.text(
            "backtest.worse.part",
            what=words.text(f"backtest.error.{score.value}"),
            horizons=words.join(_spans(horizons)),
        )
        for score, horizons in where.items()
    ]
    return words.text(
        "backtest.worse",
        worse=len(backtest.worse_than_naive),
        all=measured,
        where=words.join(parts),
    )


def _spans(horizons: Iterable[int]) -> list[str]:
    """Horizons in a row as one: 1–3, 5."""
    runs = (
        [horizon for _, horizon in run]
        for _, run in groupby(enumerate(horizons), key=lambda place: place[1] - place[0])
    )
    return [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
