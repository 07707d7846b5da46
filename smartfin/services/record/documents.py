"""The ledger's record as JSON documents of the command line: submissions, decisions, changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from smartfin.services.documents import Document
from smartfin.services.record.changed import change_sources, largest_first
from smartfin.services.record.decide import Decided
from smartfin.services.record.deliveries import PartnerDelivery
from smartfin.services.start import Smartfin, end_of_day
from smartfin.store import (
    Basis,
    Decision,
    LegalFlag,
    MemberVote,
    PartnerChange,
    Pin,
    Remark,
    Submission,
)
from smartfin.wording import Words


def history_document(smartfin: Smartfin, as_of: date | None = None) -> Document:
    """Every submission and every decision by the end of a day, oldest first."""
    moment = end_of_day(as_of)
    return {
        "submissions": [submission_document(each) for each in smartfin.ledger.submissions(moment)],
        "decisions": [decision_document(each) for each in smartfin.ledger.decisions(moment)],
        "closed": sorted(str(each) for each in smartfin.ledger.closed_quarters(moment)),
    }


def submission_document(each: Submission) -> Document:
    """A submission, and whether it counts."""
    return {
        "submission": each.id,
        "partner": each.partner,
        "file": each.name,
        "sha256": each.sha256,
        "size": each.size,
        "by": each.by,
        "at": each.at.isoformat(),
        "synthetic": each.synthetic,
        "note": each.note,
        "stage": each.stage.value,
        "facts": each.fact_count,
        "new": each.new_count,
        "restated": each.restated_count,
        "first_quarter": _written(each.first_quarter),
        "last_quarter": _written(each.last_quarter),
        "restates": each.restates,
        "withdrawn": _iso(each.withdrawn),
        "approved": _iso(each.approved),
    }


def decision_document(each: Decision) -> Document:
    """A decision: what, about what, who, when, why."""
    return {
        "decision": each.id,
        "kind": each.kind.value,
        "at": each.at.isoformat(),
        "by": each.by,
        "partner": each.partner,
        "submission": each.submission,
        "quarter": _written(each.quarter),
        "moment": _iso(each.moment),
        "undoes": each.undoes,
        "reason": each.reason,
        "topic": each.topic,
        "share": each.share,
        "held": each.held.isoformat() if each.held else None,
        "turnout": each.turnout,
        "changes": each.changes,
    }


def remark_document(each: Remark) -> Document:
    """A remark on a flag."""
    return {
        "remark": each.id,
        "partner": each.partner,
        "rule": each.rule,
        "quarter": str(each.quarter),
        "text": each.text,
        "by": each.by,
        "at": each.at.isoformat(),
    }


def matter_document(each: LegalFlag) -> Document:
    """A legal matter, and how it ended."""
    return {
        "legal": each.id,
        "partner": each.partner,
        "title": each.title,
        "text": each.text,
        "owner": each.owner,
        "share": each.share,
        "opened": str(each.opened),
        "opened_at": each.opened_at.isoformat(),
        "closed": _written(each.closed),
        "closed_at": _iso(each.closed_at),
        "closed_by": each.closed_by,
        "outcome": each.outcome,
    }


def vote_document(each: MemberVote) -> Document:
    """A vote of the members, and whether it was withdrawn."""
    ballot = each.ballot
    return {
        "vote": each.id,
        "partner": ballot.partner,
        "quarter": str(ballot.quarter),
        "held": ballot.held.isoformat(),
        "in_favour": ballot.in_favour,
        "turnout": ballot.turnout,
        "text": ballot.text,
        "by": each.by,
        "at": each.at.isoformat(),
        "withdrawn": _iso(each.withdrawn),
        "withdrawn_by": each.withdrawn_by,
        "withdrawn_why": each.withdrawn_why,
    }


def decided_document(smartfin: Smartfin, words: Words, decided: Decided) -> Document:
    """What was decided just now, and the figures that stand otherwise since, the largest first."""
    return {
        "decisions": [decision_document(each) for each in decided.decisions],
        "changes": change_documents(smartfin, words, decided.changes),
    }


def changes_document(
    smartfin: Smartfin,
    words: Words,
    since: date,
    until: date | None = None,
    partner: str | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> Document:
    """What differs between the ends of two days.

    Args:
        smartfin: Opened.
        words: Of the reader's language, for the reasons.
        since: The earlier day.
        until: The later one; None for now.
        partner: Code of the only partner, entity or part of group finance's list wanted; None
            for all.
        basis: Which figures count.

    Raises:
        InputError: ``partner-unknown``.
    """
    codes = smartfin.ledger_codes(partner) if partner else (None,)
    begun = end_of_day(since)
    if begun is None:  # a day was given
        return {"changes": []}
    changes = [
        change
        for code in codes
        for change in smartfin.ledger.changes_between(begun, end_of_day(until), code, basis)
    ]
    return {
        "since": begun.isoformat(),
        "until": _iso(end_of_day(until)),
        "changes": change_documents(smartfin, words, changes),
    }


def change_documents(
    smartfin: Smartfin, words: Words, changes: Iterable[PartnerChange]
) -> list[Document]:
    """Changes, the largest first, each with its size, its cell and its reason."""
    ordered = largest_first(smartfin, changes)
    sources = change_sources(smartfin, words, ordered)
    documents = []
    for each in ordered:
        source = sources.get((each.partner, each.scenario.value, each.quarter, each.item))
        both = each.old is not None and each.new is not None
        size = (each.new or 0.0) - (each.old or 0.0) if both else None
        documents.append(
            {
                "partner": each.partner,
                "item": each.item,
                "quarter": each.quarter,
                "scenario": each.scenario.value,
                "old": each.old,
                "new": each.new,
                "unit": each.unit,
                "change": size,
                "change_ratio": size / abs(each.old) if size is not None and each.old else None,
                "at": each.at.isoformat(),
                "submission": each.submission,
                "replaced": each.replaced,
                "file": source.file if source else None,
                "sheet": source.sheet if source else None,
                "cell": source.cell if source else None,
                "reason": source.reason if source else "",
            }
        )
    return documents


def pins_document(pins: Iterable[Pin]) -> Document:
    """The pinned meetings, newest first."""
    return {
        "pins": [
            {
                "pin": each.id,
                "name": each.name,
                "moment": each.moment.isoformat(),
                "by": each.by,
                "at": each.at.isoformat(),
            }
            for each in pins
        ]
    }


def deliveries_document(day: date, deliveries: Iterable[PartnerDelivery]) -> Document:
    """How each active partner stands with its deliveries."""
    return {
        "day": day.isoformat(),
        "deliveries": [
            {
                "partner": each.partner.code,
                "quarter": str(each.quarter),
                "delivered": _written(each.delivered),
                "at": _iso(each.at),
                "due": each.due.isoformat(),
                "delivery": each.punctuality.value,
                "days": each.days,
                "required": each.required,
                "usual": each.usual,
                "missing_required": list(each.missing_required),
                "missing_usual": list(each.missing_usual),
                "missing_entities": list(each.missing_entities),
            }
            for each in deliveries
        ],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _written(quarter: object | None) -> str | None:
    return str(quarter) if quarter else None
