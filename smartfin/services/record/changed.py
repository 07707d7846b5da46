"""Figures that changed, as rows: old and new, by how much, out of which cell, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from smartfin.facts import Fact, Scenario
from smartfin.measure import Measure
from smartfin.quarter import Quarter
from smartfin.services.provenance.figure import ITEM, source_of
from smartfin.services.record.deliveries import judged_on
from smartfin.services.start import Smartfin, end_of_day
from smartfin.services.view import Cell, Table, stated_cell, text_cell
from smartfin.store import Basis, Decision, DecisionKind, PartnerChange, Submission
from smartfin.wording import DASH, Words

_QUARTER_WIDTH = len("2022-Q4")  # a span over other days is longer


@dataclass(frozen=True, slots=True)
class ChangedView:
    """What has changed since a day.

    Args:
        since: The moment compared with.
        sentence: How many figures were restated, withdrawn and added.
        restated: Restated figures and those that stand no more, the largest first; None
            without any.
        new: Figures that were not known, the largest first; None without any.
    """

    since: date
    sentence: str
    restated: Table | None
    new: Table | None


@dataclass(frozen=True, slots=True)
class ChangeSource:
    """Where a change comes from.

    Args:
        file: Name of the workbook; empty once erased.
        submission: Number of the submission that states, or stated, the figure.
        sheet: Name of the sheet.
        cell: Address on it.
        reason: Why it changed, in words; empty where nobody said.
    """

    file: str
    submission: int
    sheet: str
    cell: str
    reason: str


def changed_view(
    smartfin: Smartfin,
    words: Words,
    since: date,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> ChangedView:
    """What differs between what was known at the end of a day and what is known.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        since: The earlier day, or an exact moment.
        as_of: The later one; None for now.
        basis: Which figures count.
    """
    moment = end_of_day(since)
    changes: Sequence[PartnerChange] = ()
    if moment is not None:
        changes = smartfin.ledger.changes_between(moment, end_of_day(as_of), basis=basis)
    restated = [each for each in changes if each.old is not None]
    new = [each for each in changes if each.old is None]
    caption = words.text("changed.caption", since=since)
    return ChangedView(
        since=since,
        sentence=changes_summary(words, changes, since),
        restated=changes_table(smartfin, words, restated, caption),
        new=changes_table(smartfin, words, new, words.text("changed.new-caption", since=since)),
    )


def default_since(smartfin: Smartfin, as_of: date | None = None) -> date:
    """The day compared with unless the reader chose one: the last pinned meeting's, else 90 days.

    Args:
        smartfin: Opened.
        as_of: Day whose knowledge is shown; None for now.
    """
    until = end_of_day(as_of)
    for pin in smartfin.ledger.pins(until):
        if until is None or pin.moment < until:
            return pin.moment
    submissions = smartfin.ledger.submissions(until)
    return judged_on(smartfin, submissions, as_of) - timedelta(days=_DAYS_BACK)


def changes_summary(words: Words, changes: Iterable[PartnerChange], since: date) -> str:
    """How many figures were restated, withdrawn and added since a day."""
    kinds = [_kind(each) for each in changes]
    if not kinds:
        return words.text("changed.nothing", since=since)
    counts = {name: kinds.count(name) for name in ("restated", "withdrawn", "new")}
    return words.text("changed.summary", since=since, **counts)


def changes_table(
    smartfin: Smartfin,
    words: Words,
    changes: Sequence[PartnerChange],
    caption: str,
    *,
    of_one: bool = False,
) -> Table | None:
    """The changes as a table, the largest first; None without any.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        changes: Of any partners.
        caption: What the table shows.
        of_one: Whether all are of one submission, which is named already.
    """
    if not changes:
        return None
    planned = any(each.scenario is not Scenario.ACTUAL for each in changes)
    sources = change_sources(smartfin, words, changes)
    wanted = _OF_ONE if of_one else _OF_SEVERAL
    known = any(each.old is not None for each in changes)
    columns = [
        name
        for name in wanted
        if (planned or name != "scenario") and (known or name not in _OF_KNOWN)
    ]
    ordered = largest_first(smartfin, changes)
    return Table(
        caption=caption,
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(
            tuple(_CELLS[name](words, each, sources.get(_place(each))) for name in columns)
            for each in ordered
        ),
    )


def largest_first(smartfin: Smartfin, changes: Iterable[PartnerChange]) -> list[PartnerChange]:
    """Changes by their size, money before counts, in euro so that currencies compare."""
    return sorted(changes, key=partial(_rank, smartfin))


def change_sources(
    smartfin: Smartfin, words: Words, changes: Iterable[PartnerChange]
) -> Mapping[tuple[str, ...], ChangeSource]:
    """Where each change comes from, by partner, scenario, span and item."""
    submissions = {each.id: each for each in smartfin.ledger.submissions()}
    withdrawals = {
        (each.partner, each.at): each
        for each in smartfin.ledger.decisions()
        if each.kind is DecisionKind.WITHDRAWAL
    }
    cells: dict[int, dict[tuple[str, ...], Fact]] = {}
    found = {}
    for change in changes:
        number = change.submission or change.replaced
        if number is None:
            continue
        if number not in cells:
            cells[number] = _facts_of(smartfin, number)
        fact = cells[number][change.scenario.value, change.quarter, change.item]
        withdrawal = withdrawals.get((change.partner, change.at))
        found[_place(change)] = _source(words, submissions[number], fact, withdrawal)
    return found


def _source(
    words: Words, submission: Submission, fact: Fact, withdrawal: Decision | None
) -> ChangeSource:
    reason = submission.restates or submission.note
    if withdrawal is not None:
        said = {"submission": withdrawal.submission, "reason": withdrawal.reason}
        reason = words.text("changed.by-withdrawal", **said)
    return ChangeSource(submission.name, submission.id, fact.sheet, fact.cell, reason)


def _facts_of(smartfin: Smartfin, number: int) -> dict[tuple[str, ...], Fact]:
    return {
        (fact.scenario.value, str(fact.quarter or fact.period), fact.item): fact
        for fact in smartfin.ledger.stated_facts(number)
    }


def _place(change: PartnerChange) -> tuple[str, ...]:
    return (change.partner, change.scenario.value, change.quarter, change.item)


def _kind(change: PartnerChange) -> str:
    if change.new is None:
        return "withdrawn"
    return "new" if change.old is None else "restated"


def _size(change: PartnerChange) -> float:
    return (change.new or 0.0) - (change.old or 0.0)


def _rank(smartfin: Smartfin, change: PartnerChange) -> tuple[bool, float]:
    """Money first, the largest first."""
    year = smartfin.settings.constant_rates_year
    rate = smartfin.rates.constant(change.unit, year)
    return (rate is None, -abs(_size(change)) / (rate or 1.0))


def _country(words: Words, change: PartnerChange, _: ChangeSource | None) -> Cell:
    return text_cell(words.country(change.partner))


def _item(words: Words, change: PartnerChange, _: ChangeSource | None) -> Cell:
    return text_cell(words.item(change.item))


def _quarter(words: Words, change: PartnerChange, _: ChangeSource | None) -> Cell:
    return text_cell(words.span(change.quarter))


def _scenario(words: Words, change: PartnerChange, _: ChangeSource | None) -> Cell:
    return text_cell(words.text(f"scenario.{change.scenario.value}"))


def _old(words: Words, change: PartnerChange, _: ChangeSource | None) -> Cell:
    return stated_cell(words, change.old, change.unit)


def _new(words: Words, change: PartnerChange, _: ChangeSource | None) -> Cell:
    return stated_cell(words, change.new, change.unit, _source_link(change))


def _source_link(change: PartnerChange) -> str:
    """The address under which the figure that stands now is explained."""
    actual = change.scenario is Scenario.ACTUAL and len(change.quarter) == _QUARTER_WIDTH
    if not actual or change.new is None:
        return ""
    return source_of(change.partner, Quarter.parse(change.quarter), ITEM + change.item)


def _difference(words: Words, change: PartnerChange, _: ChangeSource | None) -> Cell:
    if change.old is None or change.new is None:
        return Cell(DASH, unit=change.unit)
    measure = Measure(_size(change), change.unit)
    shown = words.measure(measure, scale="1", sign=True)
    return Cell(shown, value=measure.value, unit=change.unit)


def _percent(words: Words, change: PartnerChange, _: ChangeSource | None) -> Cell:
    if not change.old or change.new is None:
        return Cell(DASH, unit="fraction")
    part = _size(change) / abs(change.old)
    return Cell(words.percent_change(part, digits=1), value=part, unit="fraction")


def _where(words: Words, _: PartnerChange, source: ChangeSource | None) -> Cell:
    if source is None:
        return text_cell(DASH)
    facts = {"id": source.submission, "file": source.file or DASH}
    place = f"{source.sheet}!{source.cell}"
    return text_cell(words.text("changed.place", place=place, **facts))


def _cell(_words: Words, _change: PartnerChange, source: ChangeSource | None) -> Cell:
    return text_cell(f"{source.sheet}!{source.cell}" if source else DASH)


def _why(_words: Words, _change: PartnerChange, source: ChangeSource | None) -> Cell:
    return text_cell(source.reason if source and source.reason else DASH)


_DAYS_BACK = 90  # a quarter

_CELLS = {
    "item": _item,
    "country": _country,
    "quarter": _quarter,
    "scenario": _scenario,
    "old": _old,
    "new": _new,
    "change": _difference,
    "change-percent": _percent,
    "cell": _cell,
    "read-from": _where,
    "why": _why,
}
_OF_SEVERAL = tuple(name for name in _CELLS if name != "cell")
_OF_ONE = tuple(name for name in _CELLS if name not in {"country", "read-from", "why"})
_OF_KNOWN = frozenset({"old", "change", "change-percent"})
