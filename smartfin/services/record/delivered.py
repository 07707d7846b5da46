"""Who has delivered a quarter and who has not: what stands beside every total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from smartfin.quarter import Quarter
from smartfin.services.assessment import Assessment, Case
from smartfin.services.group import of_one_kind
from smartfin.services.handed_in import delivered_in
from smartfin.services.record.deliveries import judged_on
from smartfin.services.start import Smartfin
from smartfin.store import Basis
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class Delivered:
    """How far a quarter has come in.

    Args:
        quarter: Which.
        delivered: Codes of the active partners whose figures of it count.
        waiting: Codes of those whose figures of it are in, but not approved yet.
        missing: Codes of the others.
        due: The day by which its workbooks were to be handed in.
        days_late: Days since then [days]; 0 while that day has not passed.
    """

    quarter: Quarter
    delivered: tuple[str, ...]
    waiting: tuple[str, ...]
    missing: tuple[str, ...]
    due: date
    days_late: int


def delivered_quarter(
    smartfin: Smartfin, assessment: Assessment, cases: Iterable[Case], as_of: date | None
) -> Delivered | None:
    """Who of some partners has delivered the reporting quarter; None while nothing is known.

    As in the group's totals, made-up figures deliver nothing beside real ones.

    Args:
        smartfin: Opened.
        assessment: Of the quarter.
        cases: Of the partners to look at; inactive ones owe nothing.
        as_of: Day on which lateness is judged; None for today.
    """
    quarter = assessment.reporting
    asked_for = tuple(cases)
    owing = [case for case in assessment.active() if case in asked_for]
    if quarter is None or not owing:
        return None
    counted = of_one_kind(assessment.active())
    delivered = [case for case in owing if case in counted and case.quarter == quarter]
    open_ = [case.partner.code for case in owing if case not in delivered]
    waiting = _handed_in(smartfin, assessment).intersection(open_)
    due = quarter.end + timedelta(days=smartfin.settings.hand_in_days)
    day = judged_on(smartfin, smartfin.ledger.submissions(assessment.moment), as_of)
    return Delivered(
        quarter=quarter,
        delivered=tuple(case.partner.code for case in delivered),
        waiting=tuple(code for code in open_ if code in waiting),
        missing=tuple(code for code in open_ if code not in waiting),
        due=due,
        days_late=max(0, (day - due).days),
    )


def delivery_sentence(words: Words, state: Delivered | None) -> str:
    """The same in a short phrase; empty while nothing is known."""
    if state is None:
        return ""
    handed_in = _delivery_phrase(words, state)
    if not state.waiting:
        return handed_in
    return f"{handed_in} · {words.text('delivered.waiting', names=_names(words, state.waiting))}"


def _delivery_phrase(words: Words, state: Delivered) -> str:
    delivered = len(state.delivered) + len(state.waiting)
    active = delivered + len(state.missing)
    facts = {"quarter": state.quarter, "delivered": delivered, "active": active}
    if not state.missing:
        return words.text("delivered.all", **facts)
    names = _names(words, state.missing)
    if state.days_late:
        return words.plural("delivered.late", state.days_late, names=names, **facts)
    return words.text("delivered.awaited", names=names, due=state.due, **facts)


def _names(words: Words, codes: Iterable[str]) -> str:
    return words.join([words.country(code) for code in codes])


def _handed_in(smartfin: Smartfin, assessment: Assessment) -> frozenset[str]:
    """Who handed in the reporting quarter, where only what is approved counts."""
    if assessment.basis is Basis.ACCEPTED or assessment.reporting is None:
        return frozenset()
    return delivered_in(smartfin, assessment.reporting, assessment.moment)
