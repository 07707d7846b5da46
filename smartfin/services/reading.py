"""A workbook read with what is known of its partner: answers remembered, figures handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from smartfin.facts import Stage
from smartfin.findings import Finding, FindingCode, Severity
from smartfin.ingest import Reading, ReadingContext
from smartfin.ingest.history import History, compared_with_history, settled_by_history
from smartfin.ingest.memory import item_question, lasting
from smartfin.ingest.periods.fiscal import Calendar
from smartfin.ingest.periods.period import read_period
from smartfin.store import Ledger


class Read(Protocol):
    """Reads one workbook."""

    def __call__(self, answers: Mapping[str, str], *, doubt_units: bool = False) -> Reading:
        """What it says.

        Args:
            answers: To its questions, by question id.
            doubt_units: Whether to go without the units remembered of earlier workbooks.
        """


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader was told to read a workbook as it did.

    Args:
        partner: Code of the partner a person named; None where it was found out.
        answers: By question id: a person's, and units that the history settled.
        remembered: Of the partner's earlier workbooks, by remembered question.
    """

    partner: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)


def read_beside_history(
    read: Read,
    context: ReadingContext,
    ledger: Ledger | None,
    answers: Mapping[str, str],
    stage: Stage | None,
) -> tuple[Reading, Told]:
    """What a workbook says, held against what its partner handed in before.

    Units that nobody printed and that agreement with the history settles are used, and
    told; a person's answer goes before them. They are concluded anew each time, so nothing
    of them is remembered. A remembered unit that makes a sheet a thousand times what it was is
    asked again: books do change their unit.

    Args:
        read: Reads the workbook.
        context: What is known before it is opened.
        ledger: What was handed in before; None to look at nothing but the workbook.
        answers: What a person settled about it.
        stage: How far its books are settled; None for what the workbook says.

    Returns:
        The reading, and what its reader was told in the end.
    """
    reading = read(answers)
    history = _history(ledger, reading, context)
    compared = _compared(reading, history, context, stage)
    doubt = _doubts_units(compared, context.remembered.get(reading.partner or "", {}))
    if doubt:
        reading = read(answers, doubt_units=True)
    settled = settled_by_history(reading, history)
    if settled:
        answers = {**{each.question: each.answer for each in settled}, **answers}
        reading = read(answers, doubt_units=doubt)
    if doubt or settled:
        compared = _compared(reading, history, context, stage)
    findings = (*reading.findings, *(each.note for each in settled), *compared)
    order = list(Severity)
    findings = tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))
    used = without_units(context) if doubt else context
    told = Told(context.partner, answers, used.remembered.get(reading.partner or "", {}))
    return replace(reading, findings=findings), told


def _compared(
    reading: Reading, history: History, context: ReadingContext, stage: Stage | None
) -> tuple[Finding, ...]:
    return compared_with_history(
        reading,
        history,
        context.items,
        stage=stage or reading.stage or Stage.MANAGEMENT,
        fiscal_year_starts=_fiscal_year_starts(reading, context),
    )


def _doubts_units(compared: Iterable[Finding], remembered: Iterable[str]) -> bool:
    """Whether a remembered unit may be why amounts are out of scale."""
    rescaled = any(finding.code is FindingCode.SCALE_CHANGED for finding in compared)
    return rescaled and any(map(_is_unit, remembered))


def without_units(context: ReadingContext) -> ReadingContext:
    """The same, but for the units remembered of earlier workbooks."""
    return replace(
        context,
        remembered={
            partner: {name: value for name, value in answers.items() if not _is_unit(name)}
            for partner, answers in context.remembered.items()
        },
    )


def _is_unit(question: str) -> bool:
    """Whether a remembered question is about the unit of a whole sheet."""
    return question.startswith("unit:") and question.count(":") == 1


def _history(ledger: Ledger | None, reading: Reading, context: ReadingContext) -> History:
    """The figures in force of the partner that a workbook can be compared with.

    Made-up figures are compared with made-up ones only, money with money of one currency.
    """
    if ledger is None or reading.partner is None or not (reading.facts or reading.unsettled):
        return History({})
    money = {code for code, item in context.items.items() if item.unit == "currency"}
    return History(
        {
            key: figure.amount
            for key, figure in ledger.actual_figures(reading.partner).items()
            if figure.synthetic == reading.synthetic
            and key[0] in context.items
            and (key[0] not in money or figure.unit == reading.currency)
        }
    )


def _fiscal_year_starts(reading: Reading, context: ReadingContext) -> int:
    return next(
        (each.fiscal_year_starts for each in context.partners if each.code == reading.partner), 1
    )


def settled_for_later(reading: Reading, given: Mapping[str, str]) -> dict[str, str]:
    """The answers given for a workbook that hold for the partner's next ones, as remembered.

    Only what is about a label or sheet of this workbook: the same answers may have been given
    for a pile of workbooks of several partners. Of two sheets whose names differ in their
    period only, contradicting answers hold for neither next quarter.
    """
    settled: dict[str, set[str]] = {}
    subjects = frozenset(_subjects(reading))
    for question, value in given.items():
        if any(question == name or question.startswith(f"{name}:") for name in subjects):
            for name, lasting_value in lasting({question: value}).items():
                settled.setdefault(name, set()).add(lasting_value)
    return {name: values.pop() for name, values in settled.items() if len(values) == 1}


def _subjects(reading: Reading) -> Iterator[str]:
    """Beginnings of the question ids that can be about a workbook."""
    for mapped in reading.mapping:
        yield item_question(mapped.label)
    for use in reading.sheets:
        for kind in _ABOUT_SHEETS:
            yield f"{kind}:{use.sheet}"
    for period in reading.periods:
        words = read_period(period.label)
        for calendar in _UNSAID:
            if words and (question := calendar.question(words)):
                yield question


# Financial years of which something is not known: whether there are any, how they are named.
_UNSAID = (Calendar(), Calendar(starts=2))
_ABOUT_SHEETS = ("unit", "sign", "scenario", "period", "number")
