"""The volume a partner has against the volume at which it breaks even."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from smartfin.charts.blocks import Subject
from smartfin.charts.lines import MoneyLine, Naming, money_lines_figure
from smartfin.charts.look import LIGHT
from smartfin.quarter import Quarter
from smartfin.wording import Words


def breakeven_volume_figure(frame: pd.DataFrame, subject: Subject, words: Words) -> go.Figure:
    """Invoiced volume and break-even volume over four quarters.

    Args:
        frame: Index ordinals; columns volume, breakeven_volume [currency, TTM]; NaN where
            no volume breaks even at the fee of that time.
        subject: Whose.
        words: Language.
    """
    volume = MoneyLine(frame["volume"], words.text("chart.breakeven.volume"))
    needed = MoneyLine(
        frame["breakeven_volume"], words.text("chart.breakeven.needed"), LIGHT.previous, width=2
    )
    naming = Naming("chart.breakeven.title", "chart.when.trailing")
    return money_lines_figure([volume, needed], naming, subject, words)


def breakeven_volume_sentence(frame: pd.DataFrame, subject: Subject, words: Words) -> str:
    """What the two volumes show, in words."""
    known = frame.dropna(subset=["volume"])
    if known.empty:
        return words.text("chart.empty")
    last = known.iloc[-1]
    facts = {
        "who": subject.name,
        "quarter": Quarter.from_ordinal(int(known.index[-1])),
        "volume": words.amount(last["volume"], subject.currency),
    }
    if pd.isna(last["breakeven_volume"]):
        return words.text("chart.breakeven.alt.none", **facts)
    needed = words.amount(last["breakeven_volume"], subject.currency)
    return words.text("chart.breakeven.alt", needed=needed, **facts)
