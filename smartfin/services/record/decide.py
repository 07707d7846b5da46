"""What people decide about the ledger: withdraw, approve, close, pin; and what it did."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.services.start import Smartfin, end_of_day
from smartfin.store import Basis, Decision, DecisionKind, PartnerChange, Submission
from smartfin.wording import DASH, Words

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, and what it changed.

    Args:
        decisions: In the order they were written, at least one.
        changes: Figures that stand otherwise now, by partner, scenario, quarter and item.
    """

    decisions: tuple[Decision, ...]
    changes: tuple[PartnerChange, ...] = ()


def withdrawal_preview(
    smartfin: Smartfin, submission: int, basis: Basis = Basis.ACCEPTED
) -> tuple[PartnerChange, ...]:
    """What withdrawing a submission would change: each figure as it is, and as it would be.

    Raises:
        InputError: ``submission-unknown``.
    """
    return smartfin.ledger.withdrawal_changes(submission, basis)


def withdraw_submission(smartfin: Smartfin, submission: int, reason: str, by: str) -> Decided:
    """Let a submission count no more; what stood before it stands again.

    Raises:
        InputError: ``submission-unknown``, ``already-withdrawn``, ``reason-missing``.
    """
    decision = smartfin.ledger.withdraw(submission, reason, by, None)
    return Decided((decision,), changes_of(smartfin, decision))


def waiting_samples(smartfin: Smartfin, as_of: date | None = None) -> tuple[Submission, ...]:
    """The sample workbooks that still count beside real ones; none while all are samples."""
    standing = [
        each for each in smartfin.ledger.submissions(end_of_day(as_of)) if not each.withdrawn
    ]
    if all(each.synthetic for each in standing):
        return ()
    return tuple(each for each in standing if each.synthetic)


def withdraw_samples(smartfin: Smartfin, reason: str, by: str) -> Decided:
    """Withdraw every sample workbook at once; each stays on record.

    The oldest first, so that no figure goes back to another sample in between.

    Raises:
        InputError: ``no-samples`` when no sample counts beside real workbooks.
    """
    samples = waiting_samples(smartfin)
    if not samples:
        raise InputError("no-samples")
    decisions = tuple(smartfin.ledger.withdraw(each.id, reason, by, None) for each in samples)
    changes = (change for each in decisions for change in changes_of(smartfin, each))
    return Decided(decisions, tuple(changes))


def approve_submissions(
    smartfin: Smartfin, submissions: Collection[int] | None, by: str
) -> Decided:
    """Let submissions count for the board: all of them or none.

    Args:
        smartfin: Opened.
        submissions: Their numbers; None for every one that is not approved yet.
        by: Who approves.

    Raises:
        InputError: ``nothing-to-approve``, ``submission-unknown``, ``already-withdrawn``,
            ``already-approved``.
    """
    numbers = unapproved(smartfin) if submissions is None else submissions
    if not numbers:
        raise InputError("nothing-to-approve")
    decisions = smartfin.ledger.approve(numbers, by, None)
    changes = (
        change for each in decisions for change in changes_of(smartfin, each, Basis.APPROVED)
    )
    return Decided(decisions, tuple(changes))


def unapproved(smartfin: Smartfin) -> tuple[int, ...]:
    """Numbers of the submissions that count but are not approved, oldest first."""
    return tuple(
        each.id
        for each in smartfin.ledger.submissions()
        if each.withdrawn is None and each.approved is None
    )


def close_quarter(smartfin: Smartfin, quarter: Quarter, by: str, reason: str = "") -> Decided:
    """Let a quarter take corrections as restatements only.

    Raises:
        InputError: ``quarter-closed-already``; ``quarter-not-ended``.
    """
    if quarter.end >= datetime.now(UTC).date():
        raise InputError("quarter-not-ended", quarter=quarter)
    return Decided((smartfin.ledger.close_quarter(quarter, by, None, reason),))


def reopen_quarter(smartfin: Smartfin, quarter: Quarter, reason: str, by: str) -> Decided:
    """Let a closed quarter take corrections as before.

    Raises:
        InputError: ``quarter-not-closed``, ``reason-missing``.
    """
    return Decided((smartfin.ledger.reopen_quarter(quarter, by, None, reason),))


def pin_meeting(smartfin: Smartfin, name: str, day: date | None, by: str) -> Decided:
    """Give what was known on a day a name: a board meeting's.

    Of today, what is known right now: whatever comes in later today is not of the meeting.

    Args:
        smartfin: Opened.
        name: Of the meeting.
        day: Of the meeting, or a moment of it; None for today.
        by: Who pins it.

    Raises:
        InputError: ``pin-name-missing``, ``pin-taken``; ``pin-ahead`` for a day to come.
    """
    return Decided((smartfin.ledger.pin(name, moment_pinned(day), by, None),))


def moment_pinned(day: date | None) -> datetime | None:
    """Whose knowledge a meeting of a day, or a moment of it, saw; None for what is known now.

    Raises:
        InputError: ``pin-ahead`` for a day to come.
    """
    if day is None:
        return None
    now = datetime.now(UTC)
    if day > now if isinstance(day, datetime) else day > now.date():
        raise InputError("pin-ahead", day=day)
    past = isinstance(day, datetime) or day < now.date()
    return end_of_day(day) if past else None


def unpin_meeting(smartfin: Smartfin, pin: int, by: str) -> Decided:
    """Take the name of a moment away.

    Raises:
        InputError: ``pin-unknown``.
    """
    return Decided((smartfin.ledger.unpin(pin, by, None),))


def changes_of(
    smartfin: Smartfin, made: Submission | Decision, basis: Basis = Basis.ACCEPTED
) -> tuple[PartnerChange, ...]:
    """What one submission or decision changed when it came.

    No two of a partner come at the same moment, so what differs around it is its doing.
    """
    if made.partner is None:
        return ()
    return smartfin.ledger.changes_between(made.at - _TICK, made.at, made.partner, basis)


def decided_sentence(words: Words, decided: Decided) -> str:
    """What was decided and what it changed, in a sentence."""
    first, figures = decided.decisions[0], len(decided.changes)
    several = len(decided.decisions)
    if first.kind is DecisionKind.WITHDRAWAL and several > 1:
        return words.plural("decided.withdrawals", several, figures=figures)
    if first.kind is DecisionKind.WITHDRAWAL:
        if not figures:
            return words.text("decided.withdrawal-nothing", submission=first.submission)
        return words.plural("decided.withdrawal", figures, submission=first.submission)
    if first.kind is DecisionKind.APPROVAL:
        return words.plural("decided.approval", several, figures=figures)
    return words.text(
        f"decided.{first.kind.value}",
        quarter=first.quarter,
        name=(first.topic or first.reason) or DASH,
        flags=first.topic,
        partner=first.partner,
        id=first.undoes or first.id,
        moment=first.moment,
        held=first.held,
        share=words.percent(first.share, digits=1),
    )
