"""The charts of the back-test."""

from __future__ import annotations

import pandas as pd

from smartfin.analysis.backtest import HORIZONS, Backtest, Score
from smartfin.charts import (
    Subject,
    bands_figure,
    bands_sentence,
    reliability_figure,
    reliability_sentence,
)
from smartfin.services.backtest.tables import bands_table, range_words, reliability_table
from smartfin.services.view import Chart
from smartfin.wording import Words


def reliability_chart(words: Words, backtest: Backtest, subject: Subject) -> Chart:
    """What the probability said beside what came true."""
    frame = pd.DataFrame(
        [
            {
                "said": each.row.forecast,
                "happened": each.row.happened,
                "low": each.interval[0] if each.interval else None,
                "high": each.interval[1] if each.interval else None,
                "count": each.row.count,
            }
            for each in backtest.bins
        ],
        dtype="float64",
    )
    names = [range_words(words, each.word) for each in backtest.bins]
    return Chart(
        figure=reliability_figure(frame, names, subject, words),
        narrow=reliability_figure(frame, names, subject, words, narrow=True),
        alt=reliability_sentence(frame, names, subject, words),
        table=reliability_table(words, backtest),
    )


def bands_chart(words: Words, backtest: Backtest, subject: Subject) -> Chart:
    """How much of what came true lay within the bands."""
    scored = [compared.mix for compared in backtest.horizons]
    frame = pd.DataFrame(
        {
            "half": [each.value(Score.HALF) for each in scored],
            "most": [each.value(Score.MOST) for each in scored],
        },
        index=pd.RangeIndex(1, HORIZONS + 1),
        dtype="float64",
    )
    return Chart(
        figure=bands_figure(frame, subject, words),
        narrow=bands_figure(frame, subject, words, narrow=True),
        alt=bands_sentence(frame, subject, words),
        table=bands_table(words, backtest),
    )
