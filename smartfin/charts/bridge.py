"""The bridge: why a result differs from an earlier one, as a variance waterfall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from smartfin.charts.blocks import Subject, title_of
from smartfin.charts.waterfall import waterfall_figure, waterfall_scale
from smartfin.charts.waterfall_rows import Waterfall
from smartfin.quarter import Quarter
from smartfin.wording import Words

_MOST_NAMED = 3  # effects the sentence names


@dataclass(frozen=True, slots=True)
class Windows:
    """The two times four quarters that a bridge compares.

    Args:
        first: Last quarter of the first four.
        second: Last quarter of the second four.
        result: Name of the result, finished words.
    """

    first: Quarter
    second: Quarter
    result: str


def bridge_figure(
    blocks: Sequence[Waterfall],
    windows: Windows,
    subject: Subject,
    words: Words,
    *,
    narrow: bool = False,
) -> go.Figure:
    """Why a result differs from an earlier one, cause by cause.

    Args:
        blocks: The waterfall of the result, then others on the same scale; none where a
            window is incomplete.
        windows: What is compared.
        subject: Whose.
        words: Language.
        narrow: Whether names stand above their bars instead of beside them.
    """
    scale = waterfall_scale(blocks)
    what = words.text(
        "chart.bridge.title", result=windows.result, unit=scale.unit(subject.currency)
    )
    when = words.text("chart.bridge.when", first=windows.first, second=windows.second)
    title = title_of(subject, what, when)
    return waterfall_figure(blocks, title, words, narrow=narrow)


def bridge_sentence(
    blocks: Sequence[Waterfall],
    windows: Windows,
    subject: Subject,
    words: Words,
) -> str:
    """What the bridge shows, in words: both results and the largest effects."""
    if not blocks:
        return words.text("chart.empty")
    first, *effects, last = blocks[0]
    change = last.amount - first.amount
    facts = {
        "who": subject.name,
        "result": windows.result,
        "first": windows.first,
        "second": windows.second,
        "start": words.amount(first.amount, subject.currency),
        "end": words.amount(last.amount, subject.currency),
        "change": words.amount(change, subject.currency, sign=True),
    }
    largest = sorted(effects, key=lambda step: -abs(step.amount))[:_MOST_NAMED]
    named = [
        words.text(
            "chart.bridge.alt.part",
            name=step.name,
            amount=words.amount(step.amount, subject.currency, sign=True),
        )
        for step in largest
        if step.amount
    ]
    if not named:
        return words.text("chart.bridge.alt.none", **facts)
    return words.text("chart.bridge.alt", parts=words.join(named), **facts)
