"""The warnings that stand at one partner, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from smartfin.analysis.warning import find_rule
from smartfin.services.assessment import Case
from smartfin.services.entities.told import told_of
from smartfin.services.entities.warned import Warned, judged, warnings_about
from smartfin.services.provenance.figure import RULE, source_of
from smartfin.services.view import Cell, Section, Table, approval_mark, text_cell
from smartfin.services.warning.said import rule_name
from smartfin.services.warning.sentence import figure_and_threshold, flag_sentence
from smartfin.wording import Words

_COLUMNS = ("alarm", "figure", "threshold", "since", "course")


def warning_section(words: Words, case: Case) -> Section:
    """Every warning with figure, threshold and date; how many rules could not speak."""
    title = words.text("country.section.warning")
    if case.quarter is None:
        return Section("warning", title)
    sentences, flags = [], warnings_about(case)
    if not flags:
        sentences.append(words.text("country.warning.none", quarter=case.quarter))
    silent = {each.rule for whose in judged(case) for each in whose.silent}
    if silent:
        sentences.append(words.plural("country.warning.silent", len(silent)))
    return Section("warning", title, tuple(sentences), tables=_tables(words, case, flags))


def _tables(words: Words, case: Case, flags: Sequence[Warned]) -> tuple[Table, ...]:
    if not flags:
        return ()
    table = Table(
        caption=words.text("country.warning.caption", quarter=case.quarter),
        columns=(
            words.text("column.warning"),
            *(words.text(f"column.{name}") for name in _COLUMNS),
        ),
        rows=tuple(_row(words, each) for each in flags),
        mark=approval_mark(words, provisional=case.provisional),
    )
    return (table,)


def _row(words: Words, warned: Warned) -> tuple[Cell, ...]:
    flag, rule = warned.flag, find_rule(warned.flag.rule)
    name = told_of(words, warned.whose, rule, rule_name(words, flag.rule))
    figure, threshold = figure_and_threshold(words, rule, flag)
    source = source_of(warned.whose.partner.code, flag.quarter, f"{RULE}{flag.rule}")
    return (
        text_cell(name, flag_sentence(words, flag)),
        text_cell(words.text(f"warning.alarm.{flag.alarm.value}")),
        Cell(figure, source=source),
        text_cell(threshold),
        text_cell(words.quarter(flag.since)),
        text_cell(words.text(f"warning.course.{flag.course.value}")),
    )
