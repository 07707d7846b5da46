"""Handing in: a workbook read, compared, kept waiting, accepted or discarded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

from smartfin.errors import InputError
from smartfin.findings import has_errors
from smartfin.ingest import Reading, ReadingContext, read_workbook
from smartfin.services.start import Smartfin
from smartfin.store import Change, Draft, Submission


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one workbook.

    Args:
        file: Its name.
        reading: What was understood.
        submission: The submission it became; None when nothing was stored.
        duplicate_of: The submission that brought the same bytes before; None when none did.
        changes: What it changed, or would change if it were accepted.
    """

    file: str
    reading: Reading
    submission: Submission | None = None
    duplicate_of: Submission | None = None
    changes: tuple[Change, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether it is kept out of the ledger for what it says."""
        return self.submission is None and self.duplicate_of is None


def import_workbook(
    smartfin: Smartfin, content: bytes, name: str, by: str, context: ReadingContext
) -> Intake:
    """Read a workbook and accept it unless it has errors or open questions.

    Args:
        smartfin: Opened.
        content: Its bytes.
        name: Its file name.
        by: Who hands it in.
        context: What is known before it is opened.
    """
    reading = read_workbook(content, name, context)
    intake = _compared(smartfin, Intake(name, reading), content)
    if intake.duplicate_of or not acceptable(intake.reading):
        return intake
    return replace(intake, submission=_accept(smartfin, intake, content, by))


def add_draft(smartfin: Smartfin, content: bytes, name: str, by: str, session: str) -> int:
    """Keep a dropped workbook until it is accepted or discarded; gives its number."""
    return smartfin.ledger.save_draft(name, content, by, datetime.now(UTC), session).id


def answer_draft(
    smartfin: Smartfin, draft: int, answers: Mapping[str, str], partner: str | None = None
) -> None:
    """Note what a person settled about a waiting workbook.

    Raises:
        InputError: ``draft-unknown``.
    """
    smartfin.ledger.answer_draft(draft, answers, partner)


def discard_draft(smartfin: Smartfin, draft: int) -> None:
    """Let a waiting workbook go; nothing is stored.

    Raises:
        InputError: ``draft-unknown``.
    """
    smartfin.ledger.discard_draft(draft)


def accept_draft(
    smartfin: Smartfin, draft: int, by: str, seen_revision: int | None = None
) -> Submission:
    """Accept a waiting workbook into the ledger.

    Args:
        smartfin: Opened.
        draft: Its number.
        by: Who accepts it.
        seen_revision: ``DraftView.revision`` of what the person looked at; None to accept
            whatever came in between.

    Raises:
        InputError: ``draft-unknown``; ``draft-refused`` while it has errors or open
            questions; ``duplicate-submission`` when it was handed in before;
            ``ledger-moved-on`` when another workbook of the partner came in between.
    """
    waiting = smartfin.ledger.draft(draft)
    intake = read_draft(smartfin, waiting)
    if not acceptable(intake.reading):
        raise InputError("draft-refused", file=waiting.name)
    submission = _accept(smartfin, intake, waiting.content, by, seen_revision)
    smartfin.ledger.discard_draft(draft)
    return submission


def acceptable(reading: Reading) -> bool:
    """Whether a reading may become a submission.

    Whose it is must be known, there must be figures, no errors, and nothing left to
    settle: what rests on an open question is left out, and a cost left out is a profit.
    """
    settled = reading.partner is not None and not reading.questions
    return settled and bool(reading.facts) and not has_errors(reading.findings)


def _accept(
    smartfin: Smartfin, intake: Intake, content: bytes, by: str, seen_revision: int | None = None
) -> Submission:
    reading = intake.reading
    if reading.partner is None:
        raise InputError("draft-refused", file=intake.file)
    return smartfin.ledger.accept(
        partner=reading.partner,
        facts=reading.facts,
        content=content,
        name=intake.file,
        by=by,
        at=datetime.now(UTC),
        synthetic=reading.synthetic,
        seen_revision=seen_revision,
    )


def read_draft(smartfin: Smartfin, draft: Draft) -> Intake:
    """What a waiting workbook says, with what the person settled, beside what is stored."""
    answers = tuple(sorted(draft.answers.items()))
    reading = _reading_of_draft(smartfin, draft.id, draft.partner, answers)
    return _compared(smartfin, Intake(draft.name, reading), draft.content)


@lru_cache(maxsize=32)
def _reading_of_draft(
    smartfin: Smartfin, draft: int, partner: str | None, answers: tuple[tuple[str, str], ...]
) -> Reading:
    """Read once for each set of answers: the page asks again at every click."""
    waiting = smartfin.ledger.draft(draft)
    context = replace(smartfin.reading_context(partner), answers=dict(answers))
    return read_workbook(waiting.content, waiting.name, context)


def _compared(smartfin: Smartfin, intake: Intake, content: bytes) -> Intake:
    """A reading beside what is stored: what it would change, or that it is known already."""
    reading = intake.reading
    if reading.partner is None or not reading.facts:
        return intake
    ledger = smartfin.ledger
    return replace(
        intake,
        changes=ledger.changes(reading.partner, reading.facts, synthetic=reading.synthetic),
        duplicate_of=ledger.find_duplicate(reading.partner, sha256(content).hexdigest()),
    )
