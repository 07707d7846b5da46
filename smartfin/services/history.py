"""The History page: every submission ever, and who has delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from smartfin.partner import Partner, Status
from smartfin.quarter import Quarter
from smartfin.services.said import answered_table, settled_table
from smartfin.services.start import Smartfin, end_of_day
from smartfin.services.view import Cell, Table, text_cell
from smartfin.store import Delivery, Submission
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
    synthetic: bool


@dataclass(frozen=True, slots=True)
class HistoryView:
    """Everything the History page shows.

    Args:
        submissions: Newest first.
        deliveries: Partner, newest quarter delivered, when, due date, on time or late.
        deliveries_title: Heading with the quarter and the day on which lateness is judged.
        answered: Warnings that people answered, newest submission first; None without any.
        settled: What is remembered about the partners' workbooks; None for nothing.
    """

    submissions: tuple[SubmissionRow, ...]
    deliveries: Table | None
    deliveries_title: str
    answered: Table | None
    settled: Table | None


def history_view(smartfin: Smartfin, words: Words, as_of: date | None = None) -> HistoryView:
    """Every submission by the end of a day, and who had delivered by then."""
    moment = end_of_day(as_of)
    submissions = smartfin.ledger.submissions(moment)
    required = smartfin.items.required
    deliveries = {each.partner: each for each in smartfin.ledger.deliveries(moment, required)}
    day = as_of or _judged_on(smartfin, submissions)
    quarter = Quarter.containing(day) + -1
    return HistoryView(
        submissions=tuple(_submission_row(words, each) for each in reversed(submissions)),
        deliveries=_deliveries_table(smartfin, words, deliveries, day) if submissions else None,
        deliveries_title=words.text("history.deliveries-title", quarter=quarter, day=day),
        answered=answered_table(words, submissions, smartfin.ledger.answered_findings(moment)),
        settled=settled_table(words, smartfin.ledger.remembered(moment)),
    )


def submission_content(smartfin: Smartfin, submission: int) -> bytes:
    """The workbook of a submission, byte for byte.

    Raises:
        InputError: ``submission-unknown``.
    """
    return smartfin.ledger.content(submission)


def _judged_on(smartfin: Smartfin, submissions: tuple[Submission, ...]) -> date:
    """The day on which lateness is judged: a fixed one while all data is made up."""
    if all(submission.synthetic for submission in submissions):
        return smartfin.settings.sample_day
    return datetime.now(UTC).date()


def _submission_row(words: Words, submission: Submission) -> SubmissionRow:
    return SubmissionRow(
        id=submission.id,
        partner=words.country(submission.partner),
        file=submission.name,
        by=submission.by,
        at=words.moment(submission.at),
        quarters=_quarters(words, submission),
        stage=words.text(f"stage.{submission.stage.value}"),
        changed=words.text(
            "intake.changes",
            new=submission.new_count,
            restated=submission.restated_count,
            unchanged=submission.fact_count - submission.new_count - submission.restated_count,
        ),
        synthetic=submission.synthetic,
    )


def _quarters(words: Words, submission: Submission) -> str:
    first, last = submission.first_quarter, submission.last_quarter
    if first is None or last is None:
        return DASH
    if first == last:
        return words.quarter(first)
    return words.text("quarters.span", first=first, last=last)


def _deliveries_table(
    smartfin: Smartfin, words: Words, deliveries: Mapping[str, Delivery], day: date
) -> Table:
    """A row for each partner active on the day."""
    grace = timedelta(days=smartfin.settings.hand_in_days)
    columns = ("country", "delivered", "at", "due", "delivery")
    return Table(
        caption=words.text("history.deliveries-caption", days=grace.days),
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(
            _delivery_row(words, partner, deliveries.get(partner.code), day, grace)
            for partner in smartfin.partners
            if partner.status_on(day) is Status.ACTIVE
        ),
    )


def _delivery_row(
    words: Words, partner: Partner, delivery: Delivery | None, day: date, grace: timedelta
) -> tuple[Cell, ...]:
    quarter = _quarter_judged(delivery, day, grace)
    due = quarter.end + grace
    return (
        text_cell(words.country(partner.code)),
        text_cell(words.quarter(delivery.quarter) if delivery else DASH),
        text_cell(words.moment(delivery.at) if delivery else DASH),
        text_cell(words.date(due), words.quarter(quarter)),
        _punctuality(words, delivery, quarter, due, day),
    )


def _quarter_judged(delivery: Delivery | None, day: date, grace: timedelta) -> Quarter:
    """The quarter a partner is judged on: the oldest it owes, else the newest it delivered.

    A quarter is owed once it has ended. A new quarter does not excuse an old one; who has
    never delivered anything owes the newest quarter whose day has passed.
    """
    if delivery is None:
        return Quarter.containing(day - grace) + -1
    ended = Quarter.containing(day) + -1
    return delivery.quarter if delivery.quarter >= ended else delivery.quarter + 1


def _punctuality(
    words: Words, delivery: Delivery | None, quarter: Quarter, due: date, day: date
) -> Cell:
    """On time, late, overdue or not due yet, in words."""
    if delivery is not None and delivery.quarter >= quarter:
        late = (delivery.at.date() - due).days
        if late > 0:
            return Cell(words.plural("delivery.late", late), good=False)
        return Cell(words.text("delivery.on-time"), good=True)
    overdue = (day - due).days
    if overdue > 0:
        return Cell(words.plural("delivery.overdue", overdue), good=False)
    return text_cell(words.text("delivery.not-due"))
