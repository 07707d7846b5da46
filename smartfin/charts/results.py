"""The result with and without support, and what it adds up to since launch."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from smartfin.charts.blocks import Subject
from smartfin.charts.lines import MoneyLine, Naming, money_lines_figure
from smartfin.charts.look import LIGHT
from smartfin.quarter import Quarter
from smartfin.wording import Words


def results_figure(frame: pd.DataFrame, subject: Subject, words: Words) -> go.Figure:
    """The result of four quarters before and after support; the space between is support.

    Args:
        frame: Index ordinals; columns before_support, after_support [currency, TTM].
        subject: Whose.
        words: Language.
    """
    before = MoneyLine(frame["before_support"], words.text("chart.results.before"))
    after = MoneyLine(
        frame["after_support"], words.text("chart.results.after"), LIGHT.previous, width=2
    )
    naming = Naming("chart.results.title", "chart.when.trailing")
    return money_lines_figure([before, after], naming, subject, words, filled=True)


def results_sentence(frame: pd.DataFrame, subject: Subject, words: Words) -> str:
    """What the two results show, in words."""
    known = frame.dropna(subset=["before_support", "after_support"])
    if known.empty:
        return words.text("chart.empty")
    last = known.iloc[-1]
    return words.text(
        "chart.results.alt",
        who=subject.name,
        quarter=Quarter.from_ordinal(int(known.index[-1])),
        before=words.amount(last["before_support"], subject.currency),
        after=words.amount(last["after_support"], subject.currency),
    )


def cumulative_figure(frame: pd.DataFrame, subject: Subject, words: Words) -> go.Figure:
    """What the results of all quarters since launch add up to.

    Args:
        frame: Index ordinals; column result, and support where it is known [currency].
        subject: Whose.
        words: Language.
    """
    lines = [MoneyLine(frame["result"], words.text("chart.cumulative.result"))]
    if "support" in frame:
        name = words.text("chart.cumulative.support")
        lines.append(MoneyLine(frame["support"], name, LIGHT.previous, width=2))
    naming = Naming("chart.cumulative.title", "chart.when.quarters")
    return money_lines_figure(lines, naming, subject, words)


def cumulative_sentence(frame: pd.DataFrame, subject: Subject, words: Words) -> str:
    """What the sum since launch shows, in words."""
    known = frame["result"].dropna()
    if known.empty:
        return words.text("chart.empty")
    return words.text(
        "chart.cumulative.alt",
        who=subject.name,
        first=Quarter.from_ordinal(int(known.index[0])),
        quarter=Quarter.from_ordinal(int(known.index[-1])),
        result=words.amount(known.iloc[-1], subject.currency),
        lowest=words.amount(known.min(), subject.currency),
        lowest_quarter=Quarter.from_ordinal(int(known.index[int(known.argmin())])),
    )
