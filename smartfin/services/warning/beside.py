"""A partner beside the closed cases: signal by signal, and its path laid over theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd

from smartfin.analysis.indicators.family import RATIO_OF
from smartfin.analysis.warning.precedents import (
    Alignment,
    Likeness,
    Precedent,
    Resemblance,
    Signal,
    resemblance,
)
from smartfin.analysis.warning.rule import Alarm
from smartfin.charts import PathPanel, Paths, Subject, paths_figure, paths_sentence
from smartfin.measure import Unit
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.country.story import subject_of
from smartfin.services.provenance.figure import source_of
from smartfin.services.view import Cell, Chart, Table, text_cell, value_cell
from smartfin.services.warning.said import rule_name
from smartfin.wording import DASH, Words

_HIGHEST = 2.0  # early quarters of tiny denominators would flatten every path
_LAID_OVER = ("volume_reached", "active_share", "group_dependency")


@dataclass(frozen=True, slots=True)
class Beside:
    """A partner beside one closed case.

    Args:
        title: Names and quarters of both, in words.
        sentences: How many red signals match, which do not; never one score.
        table: Signal by signal.
    """

    title: str
    sentences: tuple[str, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class BesideView:
    """A partner beside every closed case.

    Args:
        sections: One a case; empty where there is none to compare with.
        paths: The courses laid over each other; None where there is nothing to lay.
        how: How the two quarters were chosen, in words.
        nothing: Why there is nothing to compare with, in words; empty where there is.
        illustration: That made-up cases only illustrate, in words; empty where they are real.
    """

    sections: tuple[Beside, ...]
    paths: Chart | None
    how: str
    nothing: str
    illustration: str


def decided_quarter(case: Case) -> Quarter | None:
    """When the group decided to go on without a partner; None for one that goes on."""
    decided = case.verdict.facts.get("decided") if not case.active else None
    return decided if isinstance(decided, Quarter) else None


def precedent_of(case: Case) -> Precedent | None:
    """A closed case of which anything is known; None for any other partner."""
    decided = decided_quarter(case)
    if decided is None or case.quarter is None:
        return None
    return Precedent(case.partner, case.record, decided, case.synthetic)


def beside_view(
    words: Words, case: Case, precedents: Sequence[Case], alignment: Alignment
) -> BesideView:
    """A partner beside the closed cases, at the same age or the same distance."""
    sections = tuple(
        section
        for each in precedents
        if each.partner.code != case.partner.code
        for section in _sections(words, case, each, alignment)
    )
    made_up = [words.country(each.partner.code) for each in precedents if each.synthetic]
    return BesideView(
        sections=sections,
        paths=_paths(words, case, precedents, alignment) if sections else None,
        how=words.text(f"precedent.how-{alignment.value}"),
        nothing="" if sections else _nothing(words, case),
        illustration=words.text("precedent.illustration", names=words.join(made_up))
        if made_up and sections
        else "",
    )


def _nothing(words: Words, case: Case) -> str:
    if case.quarter is None:
        return words.text("precedent.no-figures", country=words.country(case.partner.code))
    return words.text("precedent.nothing")


def _sections(words: Words, case: Case, other: Case, alignment: Alignment) -> list[Beside]:
    precedent = precedent_of(other)
    if precedent is None or case.quarter is None:
        return []
    found = resemblance(
        case.partner, case.record, case.quarter, precedent, alignment, case.settings.deadline
    )
    return [] if found is None else [_section(words, found, precedent)]


def _section(words: Words, found: Resemblance, precedent: Precedent) -> Beside:
    names = {
        "here": words.country(found.partner),
        "there": words.country(found.precedent),
        "quarter_here": found.here,
        "quarter_there": found.there,
        "decided": precedent.decided,
    }
    return Beside(
        title=words.text(f"precedent.title-{found.alignment.value}", **names),
        sentences=tuple(_sentences(words, found, names)),
        table=Table(
            caption=words.text("precedent.table", **names),
            columns=(
                words.text("column.signal"),
                f"{names['here']} {words.quarter(found.here)}",
                f"{names['there']} {words.quarter(found.there)}",
                words.text("column.likeness"),
                words.text("column.red-there-from", **names),
                words.text("column.quarters-before"),
            ),
            rows=tuple(_row(words, signal) for signal in _telling(found)),
        ),
    )


def _telling(found: Resemblance) -> list[Signal]:
    """The signals that say something, those that match first; calm on both sides says nothing."""
    order = (Likeness.BOTH, Likeness.THERE, Likeness.HERE, Likeness.UNKNOWN, Likeness.NEITHER)
    told = [
        signal
        for signal in found.signals
        if signal.likeness is not Likeness.NEITHER or signal.here or signal.there
    ]
    return sorted(told, key=lambda signal: order.index(signal.likeness))


def _sentences(words: Words, found: Resemblance, names: dict[str, object]) -> list[str]:
    """Counts of what matches and what does not, each with the rules by name."""
    told = []
    for likeness in (Likeness.BOTH, Likeness.THERE, Likeness.HERE, Likeness.UNKNOWN):
        signals = found.of(likeness)
        if signals or likeness is Likeness.BOTH:
            rules = words.join([rule_name(words, signal.rule) for signal in signals]) or DASH
            told.append(
                words.text(f"precedent.said.{likeness.value}", n=len(signals), rules=rules, **names)
            )
    return told


def _row(words: Words, signal: Signal) -> tuple[Cell, ...]:
    return (
        text_cell(rule_name(words, signal.rule)),
        _alarm_cell(words, signal.here),
        _alarm_cell(words, signal.there),
        text_cell(words.text(f"precedent.likeness.{signal.likeness.value}")),
        text_cell(words.quarter(signal.red_there_from) if signal.red_there_from else DASH),
        Cell(words.number(signal.lead), signal.lead, Unit.COUNT),
    )


def _alarm_cell(words: Words, alarm: Alarm | None) -> Cell:
    return text_cell(words.text(f"warning.alarm.{alarm.value}") if alarm else DASH)


def _paths(
    words: Words, case: Case, precedents: Sequence[Case], alignment: Alignment
) -> Chart | None:
    """The courses of the partner and of the closed cases, on one axis of quarters."""
    cases = [case, *(each for each in precedents if each.partner.code != case.partner.code)]
    codes = (RATIO_OF[case.settings.level], *_LAID_OVER)
    panels = [
        PathPanel(
            words.text(f"indicator.{code}"),
            pd.DataFrame({each.partner.code: _laid(each, code, alignment) for each in cases}),
            _HIGHEST,
        )
        for code in codes
    ]
    subject = Subject(
        subject_of(words, case).name,
        case.partner.currency,
        synthetic=any(each.synthetic for each in cases),
        provisional=case.provisional,
    )
    by: Literal["age", "distance"] = "age" if alignment is Alignment.AGE else "distance"
    arguments = (panels, Paths(case.partner.code, by), subject, words)
    return Chart(
        figure=paths_figure(*arguments),
        narrow=paths_figure(*arguments, columns=1),
        alt=paths_sentence(*arguments),
        table=_paths_table(words, cases, codes, panels, alignment),
    )


def _laid(case: Case, code: str, alignment: Alignment) -> pd.Series[float]:
    """An indicator by quarters since launch, or by quarters to the decision.

    Nothing is laid beyond a decision: what a closed case reported after it is no course.
    """
    series = case.series(code).dropna()
    decided = decided_quarter(case)
    if decided is not None:
        series = series[series.index <= decided.ordinal]
    origin = _origin(case, decided, alignment)
    return pd.Series(series.to_numpy(), index=series.index - origin, dtype="float64")


def _origin(case: Case, decided: Quarter | None, alignment: Alignment) -> int:
    if alignment is Alignment.AGE:
        return case.partner.launch.ordinal
    return (decided or case.settings.deadline).ordinal


def _paths_table(
    words: Words,
    cases: Sequence[Case],
    codes: Sequence[str],
    panels: Sequence[PathPanel],
    alignment: Alignment,
) -> Table:
    """The same numbers: a row a position, a column an indicator and partner."""
    positions = sorted({int(place) for panel in panels for place in panel.frame.index})
    return Table(
        caption=words.text(f"precedent.paths-{alignment.value}"),
        columns=(
            words.text(f"column.quarters-{alignment.value}"),
            *(
                f"{panel.title} · {words.country(each.partner.code)}"
                for panel in panels
                for each in cases
            ),
        ),
        rows=tuple(
            (
                text_cell(words.number(place)),
                *(
                    _path_cell(words, each, code, panel, place, alignment)
                    for code, panel in zip(codes, panels, strict=True)
                    for each in cases
                ),
            )
            for place in reversed(positions)
        ),
    )


def _path_cell(
    words: Words, case: Case, code: str, panel: PathPanel, place: int, alignment: Alignment
) -> Cell:
    values = panel.frame[case.partner.code]
    value = float(values.get(place, np.nan))
    decided = decided_quarter(case)
    quarter = Quarter.from_ordinal(_origin(case, decided, alignment) + place)
    source = partial(source_of, case.partner.code, quarter, code)
    return value_cell(words, value, Unit.FRACTION, "" if np.isnan(value) else source())
