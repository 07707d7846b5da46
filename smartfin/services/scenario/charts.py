"""The charts of a scenario, each with its sentence and its numbers."""

from __future__ import annotations

import pandas as pd

from smartfin.analysis.indicators.family import RATIO_OF, RESULT_OF
from smartfin.analysis.scenario import Difference, Scenario
from smartfin.analysis.scenario.decisions import Cause
from smartfin.analysis.variance import effect
from smartfin.charts import (
    ScenarioPanel,
    Shape,
    Step,
    Subject,
    cash_ahead_figure,
    cash_ahead_sentence,
    difference_figure,
    difference_sentence,
    scenario_figure,
    scenario_sentence,
)
from smartfin.measure import Unit
from smartfin.quarter import Quarter
from smartfin.scenario import LeverCode
from smartfin.services.assessment import Case
from smartfin.services.scenario.answer import Beside
from smartfin.services.view import Cell, Chart, Table, series_table, text_cell
from smartfin.wording import Words


def fan_chart(words: Words, case: Case, beside: Beside, subject: Subject) -> Chart:
    """Coverage so far, and ahead with the changes and without."""
    base = beside.base.outlook.fan_frame()
    changed = beside.changed.outlook.fan_frame() if beside.changed else None
    panel = ScenarioPanel(case.series(RATIO_OF[case.settings.level]), base, changed, beside.target)
    fans = [("base", base)] if changed is None else [("changed", changed), ("base", base)]
    series = {
        words.text(f"chart.scenario.{name}.column", share=words.percent(share)): fan[column]
        for name, fan in fans
        for column, share in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9))
    }
    return Chart(
        figure=scenario_figure(panel, subject, words),
        alt=scenario_sentence(panel, subject, words),
        table=series_table(words, words.text("scenarios.fan.caption"), series, Unit.FRACTION),
    )


def cash_chart(words: Words, beside: Beside, subject: Subject) -> Chart | None:
    """Free cash ahead as far as the fan looks; None where free cash is not known."""
    cash = beside.shown.cash
    if not cash.quarters:
        return None
    last = beside.base.outlook.fan[-1].quarter
    frame = _cash_frame(beside.shown, last)
    names = {"median": "changed" if beside.changed else "base", "low": "low"}
    if beside.changed:
        frame["base_median"] = _cash_frame(beside.base, last)["median"]
        names["base_median"] = "base"
    series = {
        words.text(f"chart.cash-ahead.{name}"): frame[column] for column, name in names.items()
    }
    caption = words.text("scenarios.cash.caption")
    return Chart(
        figure=cash_ahead_figure(frame, subject, words),
        alt=cash_ahead_sentence(frame, subject, words),
        table=series_table(words, caption, series, subject.currency),
    )


def _cash_frame(scenario: Scenario, last: Quarter) -> pd.DataFrame:
    """From what is there today up to a quarter."""
    today, quarters = scenario.cash.today.value, scenario.cash.quarters
    frame = pd.DataFrame(
        [(each.median, each.low) for each in quarters],
        index=[each.quarter.ordinal for each in quarters],
        columns=["median", "low"],
    )
    start = pd.DataFrame(today, index=[quarters[0].quarter.ordinal - 1], columns=frame.columns)
    return pd.concat([start, frame]).loc[: last.ordinal]


def difference_chart(
    words: Words, case: Case, difference: Difference, target: Quarter, subject: Subject
) -> Chart:
    """From the expected result of the present course to that with the changes."""
    causes = [(cause_name(words, each), difference.amount(each)) for each in difference.causes]
    parts = [
        (words.text(f"bridge.{part.code}"), part.amount)
        for part in difference.bridge.parts
        if part.amount
    ]
    result = words.text(f"indicator.{RESULT_OF[case.settings.level]}")
    ends = (
        Step(words.text("scenarios.bridge.start"), difference.start, Shape.PREVIOUS),
        Step(words.text("scenarios.bridge.end"), difference.end, Shape.TOTAL),
    )
    blocks = [
        (ends[0], *(Step(name, amount, Shape.EFFECT) for name, amount in steps), ends[1])
        for steps in (causes, parts)
    ]
    arguments = (blocks, target, subject, words)
    return Chart(
        figure=difference_figure(*arguments),
        alt=difference_sentence(*arguments),
        table=_table(words, difference, result, subject.currency),
        narrow=difference_figure(*arguments, narrow=True),
    )


def cause_name(words: Words, cause: Cause) -> str:
    """A lever, or an event with what people call it, in words."""
    if isinstance(cause, LeverCode):
        return words.text(f"lever.{cause}")
    name = words.text(f"event.{cause.kind}")
    facts = {"event": name, "quarter": cause.quarter}
    if cause.label:
        return words.text("scenarios.event.named", label=cause.label, **facts)
    return words.text("scenarios.event.from", **facts)


def _table(words: Words, difference: Difference, result: str, currency: str) -> Table:
    """Causes down, parts across; rows and columns add up."""
    parts = [part.code for part in difference.bridge.parts if part.amount]
    rows = [
        (
            text_cell(cause_name(words, cause)),
            *(_amount(words, difference.amount(cause, part), currency) for part in parts),
            _amount(words, difference.amount(cause), currency),
        )
        for cause in difference.causes
    ]
    sums = (_amount(words, difference.amount(part=part), currency) for part in parts)
    whole = _amount(words, difference.end - difference.start, currency)
    rows.append((text_cell(words.text("column.sum")), *sums, whole))
    return Table(
        caption=words.text("scenarios.bridge.caption", result=result),
        columns=(
            words.text("column.cause"),
            *(words.text(f"bridge.{part}") for part in parts),
            words.text("column.effect-on-result"),
        ),
        rows=tuple(rows),
    )


def _amount(words: Words, amount: float, currency: str) -> Cell:
    text = words.amount(amount, currency, sign=True)
    none = words.amount(0.0, currency, sign=True)
    good = None if text == none else effect(amount, +1)
    return Cell(text=text, value=amount, unit=currency, good=good)
