"""Handing in: a workbook read, compared, kept waiting, accepted or discarded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

from smartfin.errors import InputError
from smartfin.facts import Scenario, Stage
from smartfin.findings import Answer, AnsweredFinding, Finding, Severity, has_errors
from smartfin.ingest import Reading, ReadingContext, read_workbook
from smartfin.money import Rates
from smartfin.quarter import Quarter
from smartfin.services.reading import (
    Told,
    read_beside_history,
    settled_for_later,
    without_units,
)
from smartfin.services.start import Handing, Smartfin, hand_ins
from smartfin.services.support.answers import answered_before, answered_of
from smartfin.services.support.beside import read_beside_support
from smartfin.services.support.size import read_beside_sizes
from smartfin.store import Change, Draft, Ledger, Submission


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one workbook.

    Args:
        file: Its name.
        reading: What was understood, and every finding about it.
        stage: How far the books are settled: as a person says, else as the workbook says,
            else management accounts.
        answered: Answers to its warnings, by ``Finding.key``: given now, or for an earlier
            workbook of the partner about the same cell and value.
        submission: The submission it became; None when nothing was stored.
        duplicate_of: The submission that brought the same bytes before; None when none did.
        changes: What it changed, or would change if it were accepted.
        changed: Of each of them, the code it is kept under.
        told: What its reader was told.
    """

    file: str
    reading: Reading
    stage: Stage = Stage.MANAGEMENT
    answered: Mapping[str, Answer] = field(default_factory=dict)
    submission: Submission | None = None
    duplicate_of: Submission | None = None
    changes: tuple[Change, ...] = ()
    changed: tuple[str, ...] = ()
    told: Told = field(default_factory=Told)

    @property
    def refused(self) -> bool:
        """Whether it is kept out of the ledger for what it says."""
        return self.submission is None and self.duplicate_of is None

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings nobody has answered."""
        return tuple(each for each in self.reading.findings if each.key not in self.answered)

    @property
    def answered_findings(self) -> tuple[AnsweredFinding, ...]:
        """The warnings that need not be asked again, each with its answer."""
        return tuple(
            AnsweredFinding(finding, self.answered[finding.key])
            for finding in self.reading.findings
            if finding.key in self.answered
        )


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says about a workbook when handing it in.

    Args:
        partner: Code of the partner; None to find out.
        answers: To its questions, by question id.
        explained: To its warnings: a sentence by ``Finding.key``.
        stage: How far the books are settled; None to take what the workbook says.
    """

    partner: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    explained: Mapping[str, Answer] = field(default_factory=dict)
    stage: Stage | None = None


def understood(
    content: bytes,
    name: str,
    context: ReadingContext,
    said: Said,
    ledger: Ledger | None,
    rates: Rates | None,
) -> Intake:
    """What a workbook says, with what a person says about it; stores nothing.

    Args:
        content: Its bytes.
        name: Its file name.
        context: What is known before it is opened.
        said: By the person.
        ledger: What its partner handed in before; None to look at nothing but the workbook.
        rates: To hold group finance's list against books of another currency; None to leave
            those amounts be.
    """

    def read(answers: Mapping[str, str], *, doubt_units: bool = False) -> Reading:
        known = without_units(context) if doubt_units else context
        return read_workbook(content, name, replace(known, answers=answers))

    reading, told = read_beside_history(read, context, ledger, said.answers, said.stage)
    reading = read_beside_sizes(reading, context, ledger, rates)
    reading = read_beside_support(reading, context, ledger, rates)
    return _intake(ledger, name, reading, said, told)


def import_workbook(
    smartfin: Smartfin,
    content: bytes,
    name: str,
    by: str,
    said: Said | None = None,
    restates: str = "",
) -> Intake:
    """Read a workbook and accept it unless it has errors or open questions.

    Args:
        smartfin: Opened.
        content: Its bytes.
        name: Its file name.
        by: Who hands it in.
        said: What that person says about it.
        restates: Why it restates figures of closed quarters; empty where it does not.

    Raises:
        InputError: ``partner-unknown``; ``quarter-closed`` when it changes a closed quarter
            and does not say why; ``ledger-moved-on`` when another one came in meanwhile.
    """
    said = said or Said()
    context = smartfin.reading_context(said.partner)
    intake = understood(content, name, context, said, smartfin.ledger, smartfin.rates)
    seen = seen_revisions(smartfin.ledger, intake.reading)
    intake = _compared(smartfin.ledger, intake, content)
    if intake.duplicate_of or not acceptable(intake.reading):
        return intake
    submission = _accept(smartfin, intake, content, by, said.answers, seen, restates)
    return replace(intake, submission=submission)


def add_draft(smartfin: Smartfin, content: bytes, name: str, by: str, session: str) -> int:
    """Keep a dropped workbook until it is accepted or discarded; gives its number."""
    return smartfin.ledger.save_draft(name, content, by, datetime.now(UTC), session).id


def answer_draft(
    smartfin: Smartfin, draft: int, answers: Mapping[str, str], partner: str | None = None
) -> None:
    """Note what a person settled about a waiting workbook; remembered once it is accepted.

    Raises:
        InputError: ``draft-unknown``.
    """
    smartfin.ledger.answer_draft(draft, answers, partner)


def answer_finding(smartfin: Smartfin, draft: int, key: str, sentence: str, by: str) -> None:
    """Answer a warning about a waiting workbook; it travels with what the workbook becomes.

    Args:
        smartfin: Opened.
        draft: Number of the draft.
        key: ``Finding.key`` of the warning.
        sentence: What the person says; blank takes back what was said here before.
        by: Who says it.

    Raises:
        InputError: ``draft-unknown``.
    """
    answer = Answer(key, sentence.strip(), by, datetime.now(UTC))
    smartfin.ledger.explain_draft(draft, answer)


def stage_draft(smartfin: Smartfin, draft: int, stage: Stage) -> None:
    """Note how far the books of a waiting workbook are settled.

    Raises:
        InputError: ``draft-unknown``.
    """
    smartfin.ledger.stage_draft(draft, stage)


def discard_draft(smartfin: Smartfin, draft: int) -> None:
    """Let a waiting workbook go; nothing is stored, nothing remembered.

    Raises:
        InputError: ``draft-unknown``.
    """
    smartfin.ledger.discard_draft(draft)


def accept_draft(
    smartfin: Smartfin,
    draft: int,
    by: str,
    seen_revision: int | None = None,
    stage: Stage | None = None,
    restates: str = "",
) -> Submission:
    """Accept a waiting workbook into the ledger, and remember what was settled about it.

    Args:
        smartfin: Opened.
        draft: Its number.
        by: Who accepts it.
        seen_revision: ``DraftView.revision`` of what the person looked at; None to accept
            whatever came in between.
        stage: How far the books are settled; None for what was noted on the draft, else
            what the workbook says, else management accounts.
        restates: Why it restates figures of closed quarters; empty where it does not.

    Raises:
        InputError: ``draft-unknown``; ``draft-refused`` while it has errors or open
            questions; ``duplicate-submission`` when it was handed in before;
            ``ledger-moved-on`` when another workbook of the partner came in between, or one
            was withdrawn; ``quarter-closed`` when it changes a closed quarter and does not
            say why.
    """
    waiting = smartfin.ledger.draft(draft)
    intake = read_draft(smartfin, replace(waiting, stage=stage or waiting.stage))
    # First, as what came in between may be why it is refused now.
    seen = seen_revisions(smartfin.ledger, intake.reading)
    _refuse_unseen(intake.reading.partner, max(seen.values(), default=0), seen_revision)
    if not acceptable(intake.reading):
        raise InputError("draft-refused", file=waiting.name)
    seen = {} if seen_revision is None else seen
    submission = _accept(smartfin, intake, waiting.content, by, waiting.answers, seen, restates)
    smartfin.ledger.discard_draft(draft)
    return submission


def acceptable(reading: Reading) -> bool:
    """Whether a reading may become a submission.

    Whose it is must be known, there must be figures, no errors, and nothing left to
    settle: what rests on an open question is left out, and a cost left out is a profit.
    """
    settled = reading.partner is not None and not reading.questions
    return settled and bool(reading.facts) and not has_errors(reading.findings)


def read_draft(smartfin: Smartfin, draft: Draft) -> Intake:
    """What a waiting workbook says, with what the person settled, beside what is stored."""
    given = tuple(sorted(draft.answers.items()))
    state = (smartfin.ledger.memory_revision(), smartfin.ledger.revision())
    of_draft = (draft.id, draft.partner, given, draft.stage)
    reading, told = _reading_of_draft(smartfin, *of_draft, state)
    said = Said(draft.partner, draft.answers, draft.explained, draft.stage)
    intake = _intake(smartfin.ledger, draft.name, reading, said, told)
    return _compared(smartfin.ledger, intake, draft.content)


@lru_cache(maxsize=32)
def _reading_of_draft(
    smartfin: Smartfin,
    draft: int,
    partner: str | None,
    given: tuple[tuple[str, str], ...],
    stage: Stage | None,
    state: tuple[int, int],
) -> tuple[Reading, Told]:
    """Compared once for each state of memory and ledger: the page asks at every click."""
    memory, _ = state

    def read(answers: Mapping[str, str], *, doubt_units: bool = False) -> Reading:
        all_given = tuple(sorted(answers.items()))
        return _workbook_of_draft(smartfin, draft, partner, all_given, memory, doubt_units)

    context = smartfin.reading_context(partner)
    reading, told = read_beside_history(read, context, smartfin.ledger, dict(given), stage)
    beside = (context, smartfin.ledger, smartfin.rates)
    return read_beside_support(read_beside_sizes(reading, *beside), *beside), told


@lru_cache(maxsize=32)
def _workbook_of_draft(
    smartfin: Smartfin,
    draft: int,
    partner: str | None,
    given: tuple[tuple[str, str], ...],
    _memory: int,
    doubt_units: bool,
) -> Reading:
    """Read once for each set of answers, given and remembered."""
    waiting = smartfin.ledger.draft(draft)
    known = smartfin.reading_context(partner)
    context = replace(without_units(known) if doubt_units else known, answers=dict(given))
    return read_workbook(waiting.content, waiting.name, context)


def _intake(ledger: Ledger | None, name: str, reading: Reading, said: Said, told: Told) -> Intake:
    """A reading with the answers to its warnings, the newest of each."""
    before = answered_before(reading, ledger) if ledger else {}
    known = {**before, **said.explained}
    asked = {each.key for each in reading.findings if each.severity is Severity.WARNING}
    return Intake(
        file=name,
        reading=reading,
        stage=said.stage or reading.stage or Stage.MANAGEMENT,
        answered={key: answer for key, answer in known.items() if key in asked},
        told=told,
    )


def _compared(ledger: Ledger, intake: Intake, content: bytes) -> Intake:
    """A reading beside what is stored: what it would change, or that it is known already."""
    reading = intake.reading
    if reading.partner is None or not reading.facts:
        return intake
    digest = sha256(content).hexdigest()
    parts = reading.by_unit.items()
    before = [ledger.find_duplicate(unit, digest) for unit, _ in parts]
    changed = [
        (unit, change)
        for unit, facts in parts
        for change in ledger.changes(unit, facts, synthetic=reading.synthetic)
    ]
    return replace(
        intake,
        changes=tuple(change for _, change in changed),
        changed=tuple(unit for unit, _ in changed),
        # Of a list of which one partner's part was withdrawn, that part may come again.
        duplicate_of=before[0] if all(before) else None,
    )


def closed_quarters_changed(ledger: Ledger, intake: Intake) -> tuple[Quarter, ...]:
    """The closed quarters whose actual figures a workbook would change, oldest first."""
    changed = {each.quarter for each in intake.changes if each.scenario is Scenario.ACTUAL}
    return tuple(sorted(each for each in ledger.closed_quarters() if str(each) in changed))


def seen_revisions(ledger: Ledger, reading: Reading) -> dict[str, int]:
    """The state of the ledger of each partner a workbook is about, by the code it is kept under.

    A person looks at all of it at once: the newest of them tells whether any has changed.
    """
    return {unit: ledger.revision(unit) for unit in reading.by_unit}


def _refuse_unseen(partner: str | None, newest: int, seen_revision: int | None) -> None:
    if partner is not None and seen_revision not in (None, newest):
        raise InputError("ledger-moved-on", partner=partner, seen=seen_revision, newest=newest)


def _accept(
    smartfin: Smartfin,
    intake: Intake,
    content: bytes,
    by: str,
    given: Mapping[str, str],
    seen: Mapping[str, int],
    restates: str = "",
) -> Submission:
    """The submission a workbook becomes; of a list about several partners, the first."""
    if intake.reading.partner is None:
        raise InputError("draft-refused", file=intake.file)
    handing = Handing(content, intake.file, by, None, intake.stage, restates)
    parts = hand_ins(smartfin, intake.reading, intake.told, handing)
    digest = sha256(content).hexdigest()
    if len(parts) > 1:  # what still stands of a list that comes again stays
        ledger = smartfin.ledger
        known = {each.partner: ledger.find_duplicate(each.partner, digest) for each in parts}
        left = tuple(each for each in parts if not known[each.partner])
        parts = left or parts  # one that is in already as a whole is refused by the ledger
    reading, answered = intake.reading, intake.answered_findings
    # The list asks nothing: what was answered beside it is about another workbook.
    answers = {} if reading.units else settled_for_later(reading, given)
    said = (
        replace(each, answers=answers, answered=answered_of(each.partner, reading, answered))
        for each in parts
    )
    return smartfin.ledger.accept_together(said, seen)[0]
