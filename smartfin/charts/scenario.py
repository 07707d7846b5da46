"""A scenario beside the present course: coverage, free cash, and why the results differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from smartfin.charts.axes import Frame, panel_axes, value_range, year_ticks
from smartfin.charts.blocks import (
    Drawing,
    Subject,
    band,
    combined,
    empty_figure,
    end_marker,
    figure_of,
    label,
    level_line,
    line,
    points,
    safe,
    title_of,
    upright,
)
from smartfin.charts.coverage import FAN
from smartfin.charts.ends import end_labels
from smartfin.charts.lines import MoneyLine, Naming, money_lines_figure
from smartfin.charts.look import LIGHT, SMALL_SIZE
from smartfin.charts.waterfall import waterfall_figure, waterfall_scale
from smartfin.charts.waterfall_rows import Waterfall
from smartfin.quarter import Quarter
from smartfin.wording import Words

_HEIGHT, _PLOT = 340, 254  # of the coverage figure, and of its drawing [px]
_RIGHT = 130  # room for the names at the ends [px]
_RECENT = 16  # quarters reported that are shown
_HIGHEST = 1.8  # coverage above this leaves the figure


@dataclass(frozen=True, slots=True, eq=False)
class ScenarioPanel:
    """A partner's course, as it is and with changes.

    Args:
        coverage: Four-quarter coverage so far [fraction]; index ordinals, NaN undefined.
        base: Outlook of the present course, columns ``FAN`` [fraction]; None without any.
        changed: The same with the changes; None where nothing is changed.
        target: Quarter that break-even is asked for.
    """

    coverage: pd.Series[float]
    base: pd.DataFrame | None
    changed: pd.DataFrame | None
    target: Quarter


def scenario_figure(panel: ScenarioPanel, subject: Subject, words: Words) -> go.Figure:
    """Coverage with the changes as a fan, the present course as a grey dotted line beside it.

    Args:
        panel: Both courses.
        subject: Whose.
        words: Language.
    """
    known = panel.coverage.dropna()
    what, when = words.text("chart.coverage.what"), words.text("chart.scenario.when")
    title = title_of(subject, what, when)
    if known.empty:
        return empty_figure(title, words)
    shown = panel.coverage.loc[panel.coverage.index > known.index[-1] - _RECENT]
    fans = [fan for fan in (panel.base, panel.changed) if fan is not None]
    last = max([int(known.index[-1]), panel.target.ordinal, *(int(fan.index[-1]) for fan in fans)])
    _, high = value_range([shown, *(fan["p90"] for fan in fans), pd.Series([1.0])])
    across, upward = (int(shown.index[0]) - 0.5, last + 0.5), (0.0, min(high, _HIGHEST))
    target = (panel.target.ordinal, words.quarter(panel.target))
    ticks = [*year_ticks(int(across[0]) + 1, panel.target.ordinal - 4, 6), target]
    drawing = (
        panel_axes(0, Frame(), across, upward, ticks)
        + level_line(1.0)
        + level_line(0.0, color=LIGHT.rule)
        + upright(panel.target.ordinal)
        + _goal(words)
        + _ahead(panel, known, words, _PLOT / (upward[1] - upward[0]))
        + line(shown, _hover(shown, words), width=2.5)
        + end_marker(int(known.index[-1]), float(known.iloc[-1]))
    )
    return figure_of(drawing, title, words, _HEIGHT, right=_RIGHT)


def scenario_sentence(panel: ScenarioPanel, subject: Subject, words: Words) -> str:
    """Where coverage is expected at the target, with the changes and without."""
    known = panel.coverage.dropna()
    if known.empty:
        return words.text("chart.empty")
    facts = {
        "who": subject.name,
        "value": words.percent(known.iloc[-1]),
        "quarter": Quarter.from_ordinal(int(known.index[-1])),
        "target": panel.target,
        "base": words.percent(_middle(panel.base, panel.target)),
    }
    if panel.changed is None:
        return words.text("chart.scenario.alt.base", **facts)
    changed = words.percent(_middle(panel.changed, panel.target))
    return words.text("chart.scenario.alt", changed=changed, **facts)


def cash_ahead_figure(frame: pd.DataFrame, subject: Subject, words: Words) -> go.Figure:
    """Free cash ahead: the middle and what four futures in five have at least.

    Args:
        frame: Index ordinals, the first of today; columns median and low, with changes
            base_median [currency].
        subject: Whose.
        words: Language.
    """
    changed = "base_median" in frame
    names = "changed" if changed else "base"
    lines = [
        MoneyLine(frame["median"], words.text(f"chart.cash-ahead.{names}"), width=2, expected=True),
        MoneyLine(frame["low"], words.text("chart.cash-ahead.low"), width=1, expected=True),
    ]
    if changed:
        name = words.text("chart.cash-ahead.base")
        grey = MoneyLine(frame["base_median"], name, LIGHT.previous, width=2, expected=True)
        lines.append(grey)
    naming = Naming("chart.cash-ahead.what", "chart.cash-ahead.when")
    return money_lines_figure(lines, naming, subject, words)


def cash_ahead_sentence(frame: pd.DataFrame, subject: Subject, words: Words) -> str:
    """Where free cash is lowest and where it ends."""
    known = frame.dropna(subset=["median", "low"])
    if known.empty:
        return words.text("chart.empty")
    median = known["median"].iloc[min(1, len(known) - 1) :]
    return words.text(
        "chart.cash-ahead.alt",
        who=subject.name,
        lowest=words.amount(float(median.min()), subject.currency),
        lowest_quarter=Quarter.from_ordinal(int(median.index[int(median.argmin())])),
        last=Quarter.from_ordinal(int(median.index[-1])),
        median=words.amount(float(median.iloc[-1]), subject.currency),
        low=words.amount(float(known["low"].iloc[-1]), subject.currency),
    )


def difference_figure(
    blocks: Sequence[Waterfall],
    target: Quarter,
    subject: Subject,
    words: Words,
    *,
    narrow: bool = False,
) -> go.Figure:
    """Why the expected result is another one with the changes.

    Args:
        blocks: By lever and event, then by part of the bridge; none where nothing changes.
        target: Last of the four quarters.
        subject: Whose.
        words: Language.
        narrow: Whether names stand above their bars instead of beside them.
    """
    unit = waterfall_scale(blocks).unit(subject.currency)
    what = words.text("chart.difference.what", unit=unit)
    title = title_of(subject, what, words.text("chart.difference.when", target=target))
    return waterfall_figure(blocks, title, words, narrow=narrow)


def difference_sentence(
    blocks: Sequence[Waterfall], target: Quarter, subject: Subject, words: Words
) -> str:
    """Both results and what every lever and event does."""
    if not any(blocks):
        return words.text("chart.empty")
    first, *effects, last = blocks[0]
    parts = [
        words.text(
            "chart.bridge.alt.part",
            name=step.name,
            amount=words.amount(step.amount, subject.currency, sign=True),
        )
        for step in effects
    ]
    facts = {
        "who": subject.name,
        "target": target,
        "start": words.amount(first.amount, subject.currency),
        "end": words.amount(last.amount, subject.currency),
    }
    if not parts:
        return words.text("chart.difference.alt.none", **facts)
    return words.text("chart.difference.alt", parts=words.join(parts), **facts)


def _middle(fan: pd.DataFrame | None, target: Quarter) -> float | None:
    if fan is None or target.ordinal not in fan.index:
        return None
    return float(fan["p50"].loc[target.ordinal])


def _goal(words: Words) -> Drawing:
    text = safe(words.text("chart.coverage.goal", value=words.percent(1.0)))
    return label(
        0, 1, text, color=LIGHT.muted, size=SMALL_SIZE, xref="x domain", xanchor="left",
        yanchor="bottom", yshift=1,
    )  # fmt: skip


def _hover(series: pd.Series[float], words: Words) -> list[str]:
    return [
        f"{words.quarter(Quarter.from_ordinal(ordinal))}: {words.percent(value)}"
        for ordinal, value in points(series)
    ]


def _from_known(fan: pd.DataFrame, known: pd.Series[float]) -> pd.DataFrame:
    """A fan that begins at the newest value."""
    end, value = known.index[-1], known.iloc[-1]
    return pd.concat([pd.DataFrame({name: [value] for name in FAN}, index=[end]), fan[list(FAN)]])


def _ahead(panel: ScenarioPanel, known: pd.Series[float], words: Words, pixels: float) -> Drawing:
    """What is expected: bands of the changed course, else of the present one."""
    if panel.base is None:
        return Drawing()
    base = _from_known(panel.base, known)
    changed = base if panel.changed is None else _from_known(panel.changed, known)
    drawing = (
        band(changed["p10"], changed["p90"], color=LIGHT.band_outer)
        + band(changed["p25"], changed["p75"], color=LIGHT.band_inner)
        + upright(int(known.index[-1]), color=LIGHT.rule, dash="dot")
    )
    now = "chart.scenario.base"
    courses = [(changed, LIGHT.actual, now if panel.changed is None else "chart.scenario.changed")]
    if panel.changed is not None:
        courses.append((base, LIGHT.previous, now))
    return drawing + combined(_course(*course, words) for course in reversed(courses)) + end_labels(
        [_end(*course, words) for course in courses], int(base.index[-1]), pixels
    )  # fmt: skip


def _course(fan: pd.DataFrame, color: str, name: str, words: Words) -> Drawing:
    said = safe(words.text(name))
    shown = [
        f"{said}, "
        + words.text(
            "chart.outlook.hover",
            quarter=Quarter.from_ordinal(ordinal),
            middle=words.percent(row["p50"]),
            low=words.percent(row["p10"]),
            high=words.percent(row["p90"]),
        )
        for ordinal, row in zip(fan.index.tolist(), fan.to_dict("records"), strict=True)
    ]
    end = int(fan.index[-1]), float(fan["p50"].iloc[-1])
    return line(fan["p50"], shown, color=color, width=2, dash="dot") + end_marker(
        *end, color=color, fill=LIGHT.ground
    )


def _end(fan: pd.DataFrame, color: str, name: str, words: Words) -> tuple[float, str, str]:
    value = float(fan["p50"].iloc[-1])
    shade = LIGHT.text if color == LIGHT.actual else LIGHT.muted
    return value, f"<b>{words.percent(value)}</b><br>{safe(words.text(name))}", shade
