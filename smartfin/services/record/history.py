"""The History page: every submission ever, what became of it, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from smartfin.quarter import Quarter
from smartfin.services.record.changed import changes_table
from smartfin.services.record.decide import (
    changes_of,
    unapproved,
    waiting_samples,
    withdrawal_preview,
)
from smartfin.services.record.decided import (
    ClosedRow,
    PinRow,
    closable_quarters,
    closed_rows,
    decisions_table,
    pin_rows,
)
from smartfin.services.record.deliveries import deliveries_table, judged_on, partner_deliveries
from smartfin.services.said import answered_table, settled_table
from smartfin.services.start import Smartfin, end_of_day
from smartfin.services.view import Table
from smartfin.store import Basis, Decision, DecisionKind, PartnerChange, Submission
from smartfin.wording import DASH, Words


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One submission.

    Args:
        id: Number.
        partner: Name of the country.
        file: Name of the workbook, as handed in.
        by: Who.
        at: When, in words.
        quarters: First to last quarter it speaks of, in words.
        stage: How far the books were settled, in words.
        changed: What it changed, in one sentence.
        status: Whether it counts: in force, withdrawn, approved or not yet, in words.
        synthetic: Whether it is made-up sample data.
    """

    id: int
    partner: str
    file: str
    by: str
    at: str
    quarters: str
    stage: str
    changed: str
    status: str
    synthetic: bool


@dataclass(frozen=True, slots=True)
class HistoryView:
    """Everything the History page shows, but what has changed since a day.

    Args:
        submissions: Newest first.
        deliveries: Partner, newest quarter delivered, when, due date, on time or late, how
            complete and what is missing.
        deliveries_title: Heading with the quarter and the day on which lateness is judged.
        answered: Warnings that people answered, newest submission first; None without any.
        settled: What is remembered about the partners' workbooks; None for nothing.
        pins: The pinned meetings, newest first.
        closed: The closed quarters, newest first.
        closable: Quarters that may be closed, with their names, the one to propose first.
        decisions: Who decided what, when and why; None while nothing was decided.
        samples: Sample workbooks that count beside real ones.
        unapproved: Submissions that wait to be approved; 0 where nobody approves.
    """

    submissions: tuple[SubmissionRow, ...]
    deliveries: Table | None
    deliveries_title: str
    answered: Table | None
    settled: Table | None
    pins: tuple[PinRow, ...]
    closed: tuple[ClosedRow, ...]
    closable: tuple[tuple[Quarter, str], ...]
    decisions: Table | None
    samples: int
    unapproved: int


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """One submission in depth.

    Args:
        row: As in the list.
        changed: Figures it made known or restated, the largest first; None without any.
        stands: Whether it is not withdrawn.
        waits: Whether it may be approved.
        would: What withdrawing it would do, in a sentence; after it, what that did.
        would_change: The figures that would go back, or went back, the largest first; None
            without any.
    """

    row: SubmissionRow
    changed: Table | None
    stands: bool
    waits: bool
    would: str
    would_change: Table | None


def history_view(
    smartfin: Smartfin, words: Words, as_of: date | None = None, basis: Basis = Basis.ACCEPTED
) -> HistoryView:
    """Every submission by the end of a day, who had delivered and what was decided by then."""
    moment = end_of_day(as_of)
    ledger = smartfin.ledger
    submissions, decisions = ledger.submissions(moment), ledger.decisions(moment)
    closed = ledger.closed_quarters(moment)
    day = judged_on(smartfin, submissions, as_of)
    about = _about(decisions)
    delivered = partner_deliveries(smartfin, as_of, basis) if submissions else ()
    quarter = Quarter.containing(day) + -1
    return HistoryView(
        submissions=tuple(
            _submission_row(smartfin, words, each, about) for each in reversed(submissions)
        ),
        deliveries=deliveries_table(smartfin, words, delivered) if submissions else None,
        deliveries_title=words.text("history.deliveries-title", quarter=quarter, day=day),
        answered=answered_table(words, submissions, ledger.answered_findings(moment)),
        settled=settled_table(words, ledger.remembered(moment)),
        pins=pin_rows(words, ledger.pins(moment)),
        closed=closed_rows(words, closed, decisions),
        closable=tuple(
            (each, words.quarter(each)) for each in closable_quarters(smartfin, moment, closed)
        ),
        decisions=decisions_table(words, decisions),
        samples=len(waiting_samples(smartfin, as_of)),
        unapproved=len(unapproved(smartfin)) if smartfin.settings.approval else 0,
    )


def submission_view(
    smartfin: Smartfin,
    words: Words,
    submission: int,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> SubmissionView:
    """One submission: what it changed, and what withdrawing it would change, or did.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        submission: Its number.
        as_of: Day whose decisions count; None for all.
        basis: Which figures its withdrawal is told for.

    Raises:
        InputError: ``submission-unknown``.
    """
    decisions = smartfin.ledger.decisions(end_of_day(as_of))
    about = _about(decisions)
    head = smartfin.ledger.submission(submission)
    withdrawal = about.get((submission, DecisionKind.WITHDRAWAL))
    would, sentence, caption = _withdrawn_or_would(smartfin, words, head, withdrawal, basis)
    approved = (submission, DecisionKind.APPROVAL) in about
    changed = words.text("history.changed.caption", file=head.name or DASH)
    return SubmissionView(
        row=_submission_row(smartfin, words, head, about),
        changed=changes_table(smartfin, words, changes_of(smartfin, head), changed, of_one=True),
        stands=withdrawal is None,
        waits=smartfin.settings.approval and withdrawal is None and not approved,
        would=sentence,
        would_change=changes_table(smartfin, words, would, caption, of_one=True),
    )


def _withdrawn_or_would(
    smartfin: Smartfin,
    words: Words,
    head: Submission,
    withdrawal: Decision | None,
    basis: Basis,
) -> tuple[tuple[PartnerChange, ...], str, str]:
    """What withdrawing a submission changed or would change, in a sentence, and as a caption."""
    if withdrawal:
        changes = changes_of(smartfin, withdrawal, basis)
        told = words.plural("history.restored", len(changes))
        nothing = words.text("history.restored-nothing")
        caption = words.text("history.restored.caption", id=head.id)
    else:
        changes = withdrawal_preview(smartfin, head.id, basis)
        told = words.plural("history.would", len(changes))
        nothing = words.text("history.would-nothing")
        caption = words.text("history.would.caption", id=head.id)
    return changes, told if changes else nothing, caption


def submission_content(smartfin: Smartfin, submission: int) -> bytes:
    """The workbook of a submission, byte for byte.

    Raises:
        InputError: ``submission-unknown``.
    """
    return smartfin.ledger.content(submission)


Verdicts = Mapping[tuple[int, DecisionKind], Decision]


def _about(decisions: tuple[Decision, ...]) -> Verdicts:
    """The decisions about submissions, by number and kind."""
    return {(each.submission, each.kind): each for each in decisions if each.submission}


def _submission_row(
    smartfin: Smartfin, words: Words, submission: Submission, about: Verdicts
) -> SubmissionRow:
    return SubmissionRow(
        id=submission.id,
        partner=words.country(submission.partner),
        file=submission.name or DASH,
        by=submission.by or DASH,
        at=words.moment(submission.at),
        quarters=_quarters(words, submission),
        stage=words.text(f"stage.{submission.stage.value}"),
        changed=words.text(
            "intake.changes",
            new=submission.new_count,
            restated=submission.restated_count,
            unchanged=submission.fact_count - submission.new_count - submission.restated_count,
        ),
        status=_status(words, submission.id, about, approval=smartfin.settings.approval),
        synthetic=submission.synthetic,
    )


def _status(words: Words, number: int, about: Verdicts, *, approval: bool) -> str:
    """Whether a submission counts, in words."""
    withdrawal = about.get((number, DecisionKind.WITHDRAWAL))
    approved = about.get((number, DecisionKind.APPROVAL))
    if withdrawal:
        said = {"at": withdrawal.at, "by": withdrawal.by or DASH, "reason": withdrawal.reason}
        return words.text("status.withdrawn", **said)
    if not approval:
        return words.text("status.in-force")
    if approved:
        return words.text("status.approved", at=approved.at, by=approved.by or DASH)
    return words.text("status.unapproved")


def _quarters(words: Words, submission: Submission) -> str:
    first, last = submission.first_quarter, submission.last_quarter
    if first is None or last is None:
        return DASH
    if first == last:
        return words.quarter(first)
    return words.text("quarters.span", first=first, last=last)
