"""The rules held against the past, in words and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartfin.analysis.warning.hindsight import Hindsight, Spoken, hindsight
from smartfin.analysis.warning.rules import RULES
from smartfin.measure import Unit
from smartfin.services.assessment import Case
from smartfin.services.view import Cell, Table, text_cell
from smartfin.services.warning.beside import precedent_of
from smartfin.services.warning.said import rule_name
from smartfin.wording import DASH, Words


@dataclass(frozen=True, slots=True)
class PastView:
    """When each rule would have spoken, and how often it spoke for the others.

    Args:
        sentences: What the counts say, and what they cannot.
        table: A row a rule that was red for a closed case before its decision; None without
            a closed case.
        others: The same of the rules that were red for none of them.
    """

    sentences: tuple[str, ...]
    table: Table | None
    others: Table | None


def past_view(words: Words, cases: Sequence[Case]) -> PastView:
    """The rules held against the past of partners of one kind, made up or real.

    Args:
        words: Of the reader's language.
        cases: All of one kind.
    """
    closed = [case for case in cases if precedent_of(case)]
    others = [case for case in cases if case.active and case.quarter]
    if not closed or not others:
        return PastView((words.text("hindsight.nothing"),), None, None)
    found = hindsight(
        RULES,
        filter(None, (precedent_of(case) for case in closed)),
        ((case.partner, case.record) for case in others),
    )
    told = [each for each in found if each.precedents or each.survivors]
    spoke = [each for each in told if each.warned]
    quiet = [each for each in told if not each.warned]
    names = [words.country(case.partner.code) for case in closed]
    return PastView(
        (
            words.text("hindsight.how", names=words.join(names)),
            *_best(words, told, len(closed), len(others)),
            words.plural("hindsight.caution", len(closed) + len(others)),
        ),
        _table(words, words.text("hindsight.table"), spoke, closed, len(others)),
        _table(words, words.text("hindsight.others"), quiet, closed, len(others)),
    )


def _best(words: Words, told: Sequence[Hindsight], closed: int, others: int) -> list[str]:
    """The rules that were red for every closed case, with how often in vain."""
    always = [each for each in told if each.warned == closed]
    if not always:
        return [words.text("hindsight.none-always")]
    quiet = [each for each in always if not each.false_alarms]
    rules = words.join([rule_name(words, each.rule.code) for each in always])
    return [
        words.plural("hindsight.always", len(always), rules=rules),
        words.plural("hindsight.also-others", len(always) - len(quiet), others=others),
    ]


def _table(
    words: Words, caption: str, told: Sequence[Hindsight], closed: Sequence[Case], others: int
) -> Table:
    return Table(
        caption=caption,
        columns=(
            words.text("column.signal"),
            *(words.country(case.partner.code) for case in closed),
            words.plural("column.others-ever-red", others),
            words.text("column.quarters-red"),
            words.text("column.now-red"),
        ),
        rows=tuple(_row(words, each, closed) for each in told),
    )


def _row(words: Words, each: Hindsight, closed: Sequence[Case]) -> tuple[Cell, ...]:
    spoken = {one.partner: one for one in each.precedents}
    red = sum(one.red for one in each.survivors)
    heard = sum(one.heard for one in each.survivors)
    now = [words.country(one.partner) for one in each.survivors if one.red_now]
    return (
        text_cell(rule_name(words, each.rule.code)),
        *(_spoken(words, spoken.get(case.partner.code)) for case in closed),
        _of(words, each.false_alarms, len(each.survivors)),
        _of(words, red, heard),
        text_cell(words.join(now) if now else DASH),
    )


def _of(words: Words, some: int, all_of_them: int) -> Cell:
    """So many of so many; a dash where there was nothing to count."""
    if not all_of_them:
        return Cell(DASH, unit=Unit.COUNT)
    return Cell(words.text("hindsight.of", some=some, all=all_of_them), float(some), Unit.COUNT)


def _spoken(words: Words, spoken: Spoken | None) -> Cell:
    """From when a rule was red before the decision, and how long that is."""
    if spoken is None:
        return text_cell(words.text("warning.mark.foreign"))
    if not spoken.heard:
        return text_cell(words.text("hindsight.no-figure"))
    if spoken.red_from is None or spoken.red_until is None or spoken.lead is None:
        return text_cell(words.text("hindsight.silent"))
    if not spoken.lead:
        return text_cell(words.text("hindsight.spoke-now", quarter=spoken.red_from))
    if spoken.red_until < spoken.red_from + spoken.lead:
        return text_cell(
            words.plural(
                "hindsight.spoke-until",
                spoken.lead,
                quarter=spoken.red_from,
                until=spoken.red_until,
            )
        )
    return text_cell(words.plural("hindsight.spoke", spoken.lead, quarter=spoken.red_from))
