"""Indicators as rows of a table: now, a year earlier, and the change between them."""

from __future__ import annotations

from collections.abc import Iterable

from smartfin.analysis.indicators.family import Indicator, indicators_by_subject
from smartfin.measure import Measure
from smartfin.services.assessment import Case
from smartfin.services.provenance.figure import CHANGE, source_of
from smartfin.services.view import Cell, Table, approval_mark, effect, measure_cell, text_cell
from smartfin.wording import Words


def subject_tables(words: Words, case: Case) -> tuple[Table, ...]:
    """Every indicator, a table for each subject; none while nothing is known."""
    settings = case.settings
    subjects = indicators_by_subject(settings.level, settings.deadline)
    return tuple(
        table
        for subject, members in subjects.items()
        for table in indicator_tables(words, case, members, words.text(f"subject.{subject}"))
    )


def chosen_tables(
    words: Words, case: Case, codes: Iterable[str], caption: str
) -> tuple[Table, ...]:
    """Some indicators as one table; none while nothing is known."""
    settings = case.settings
    subjects = indicators_by_subject(settings.level, settings.deadline)
    known = {each.code: each for members in subjects.values() for each in members}
    chosen = [known[code] for code in codes if code in known]
    return indicator_tables(words, case, chosen, caption)


def indicator_tables(
    words: Words, case: Case, indicators: Iterable[Indicator], caption: str
) -> tuple[Table, ...]:
    """Indicators at the partner's newest quarter, beside the year before."""
    rows = tuple(_row(words, case, indicator) for indicator in indicators)
    if case.quarter is None or not rows:
        return ()
    columns = (
        words.text("column.indicator"),
        words.quarter(case.quarter),
        words.quarter(case.quarter + -4),
        words.text("column.change"),
    )
    mark = approval_mark(words, provisional=case.provisional)
    return (Table(caption, columns, rows, mark),)


def _row(words: Words, case: Case, indicator: Indicator) -> tuple[Cell, ...]:
    code, digits = indicator.code, indicator.digits
    now, before = case.measure(code), case.measure(code, quarters_earlier=4)
    name = text_cell(words.text(f"indicator.{code}"), words.text(f"indicator.{code}.what"))
    return (
        name,
        measure_cell(words, now, digits=digits, source=_source(case, code)),
        measure_cell(words, before, digits=digits, source=_source(case, code, 4)),
        change_cell(words, now, before, indicator, _source(case, f"{CHANGE}{code}")),
    )


def _source(case: Case, code: str, quarters_earlier: int = 0) -> str:
    quarter = case.quarter + -quarters_earlier if case.quarter else None
    return source_of(case.partner.code, quarter, code)


def change_cell(
    words: Words, now: Measure, before: Measure, indicator: Indicator, source: str = ""
) -> Cell:
    """From one measure to another, with its effect on the result."""
    if now.value is None or before.value is None:
        return measure_cell(words, now if now.value is None else before, source=source)
    change = now.value - before.value
    text = words.measure(Measure(change, now.unit), sign=True, digits=indicator.digits)
    none = words.measure(Measure(0.0, now.unit), sign=True, digits=indicator.digits)
    return Cell(
        text=text,
        value=change,
        unit=now.unit,
        good=None if text == none else effect(change, indicator.polarity),
        source=source,
    )
