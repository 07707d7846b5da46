"""The tables of the back-test: every score with how many cases it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from smartfin.analysis.backtest import (
    NAIVE_FROM,
    Backtest,
    Compared,
    Estimate,
    Model,
    Score,
    Scored,
)
from smartfin.analysis.backtest.scored import BINS
from smartfin.analysis.forecast.outlook import Likelihood
from smartfin.measure import Measure, Unit
from smartfin.services.view import Cell, Table, measure_cell, text_cell
from smartfin.wording import Words

_PLAIN = (Score.BRIER,)
"""Scores printed as a number: nobody says "a Brier score of 6 %"."""


def range_words(words: Words, word: Likelihood) -> str:
    """The range of probability a word stands for."""
    place = list(Likelihood).index(word)
    low, high = (words.percent(round(border * 20) / 20) for border in BINS[place : place + 2])
    if word is Likelihood.REMOTE:
        return words.text("backtest.range.under", high=high)
    if word is Likelihood.VERY_LIKELY:
        return words.text("backtest.range.over", low=low)
    return words.text("backtest.range.between", low=low, high=high)


def scores_table(words: Words, backtest: Backtest) -> Table:
    """Every score by quarters ahead."""
    rows = [(words.number(ahead), each) for ahead, each in enumerate(backtest.horizons, start=1)]
    rows.append((words.text("backtest.all"), backtest.together))
    heading = words.text("backtest.column.horizon")
    return _compared_table(words, words.text("backtest.caption.scores"), heading, rows)


def eras_table(words: Words, backtest: Backtest) -> Table:
    """Every score by when the outlook was made, against Covid."""
    rows = [
        (words.text(f"backtest.era.{era.value}"), compared)
        for era, compared in backtest.eras.items()
        if compared.mix.count
    ]
    heading = words.text("backtest.column.period")
    return _compared_table(words, words.text("backtest.caption.eras"), heading, rows)


def early_table(words: Words, backtest: Backtest) -> Table:
    """Every score of the seasonal naive, from its own first quarter on."""
    return Table(
        caption=words.text("backtest.caption.early", quarters=NAIVE_FROM),
        columns=(words.text("backtest.column.horizon"), *_columns(words)),
        rows=tuple(
            (text_cell(words.number(ahead)), *_cells(words, scored))
            for ahead, scored in enumerate(backtest.early, start=1)
        ),
    )


def reliability_table(words: Words, backtest: Backtest) -> Table:
    """What the probability said beside what came true."""
    return Table(
        caption=words.text("backtest.caption.reliability"),
        columns=tuple(
            words.text(f"backtest.column.{name}")
            for name in ("range", "cases", "partners", "said", "happened")
        ),
        rows=tuple(
            (
                text_cell(range_words(words, each.word)),
                _count_cell(words, each.row.count),
                _count_cell(words, each.partners),
                _share_cell(words, each.row.forecast),
                _share_cell(words, each.row.happened, _span(words, each.interval, Score.MOST)),
            )
            for each in backtest.bins
        ),
    )


def bands_table(words: Words, backtest: Backtest) -> Table:
    """How much of what came true lay within the bands, by quarters ahead."""
    scores = (Score.HALF, Score.MOST)
    return Table(
        caption=words.text("backtest.caption.bands"),
        columns=(
            words.text("backtest.column.horizon"),
            words.text("backtest.column.cases"),
            *(words.text(f"backtest.score.{score.value}") for score in scores),
        ),
        rows=tuple(
            (
                text_cell(words.number(ahead)),
                _count_cell(words, each.mix.count),
                *(_estimate_cell(words, score, each.mix.estimates[score]) for score in scores),
            )
            for ahead, each in enumerate(backtest.horizons, start=1)
        ),
    )


def _compared_table(
    words: Words, caption: str, heading: str, rows: Iterable[tuple[str, Compared]]
) -> Table:
    """The outlook above the naive, a pair a row."""
    return Table(
        caption=caption,
        columns=(heading, words.text("backtest.column.model"), *_columns(words)),
        rows=tuple(
            (
                text_cell(name),
                text_cell(words.text(f"backtest.model.{model.value}")),
                *_cells(words, scored),
            )
            for name, compared in rows
            for model, scored in ((Model.MIX, compared.mix), (Model.NAIVE, compared.naive))
        ),
    )


def _columns(words: Words) -> tuple[str, ...]:
    return (
        words.text("backtest.column.cases"),
        words.text("backtest.column.partners"),
        *(words.text(f"backtest.score.{score.value}") for score in Score),
    )


def _cells(words: Words, scored: Scored) -> tuple[Cell, ...]:
    return (
        _count_cell(words, scored.count),
        _count_cell(words, scored.partners),
        *(_estimate_cell(words, score, scored.estimates[score]) for score in Score),
    )


def _estimate_cell(words: Words, score: Score, estimate: Estimate) -> Cell:
    """A score, with its range in the note, or why there is none."""
    if estimate.value.value is None:
        return measure_cell(words, estimate.value)
    return Cell(
        text=_written(words, score, estimate.value.value),
        value=estimate.value.value,
        unit=estimate.value.unit,
        note=_span(words, estimate.interval, score),
    )


def _span(words: Words, interval: tuple[float, float] | None, score: Score) -> str:
    if interval is None:
        return ""
    low, high = (_written(words, score, border) for border in interval)
    return words.text("backtest.interval", low=low, high=high)


def _written(words: Words, score: Score, value: float) -> str:
    if score in _PLAIN:
        return words.number(value, 3)
    if score in {Score.VOLUME, Score.RESULT}:
        return words.number(value, 2)
    return words.percent(value, 1 if score is Score.CRPS else 0)


def _count_cell(words: Words, count: int) -> Cell:
    return measure_cell(words, Measure(float(count), Unit.COUNT))


def _share_cell(words: Words, share: float | None, note: str = "") -> Cell:
    if share is None:
        return Cell(text=words.percent(None), unit=Unit.FRACTION)
    return Cell(text=words.percent(share), value=share, unit=Unit.FRACTION, note=note)
