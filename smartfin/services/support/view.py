"""The support of one partner: what was voted, what was paid, and what both sides say of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

import pandas as pd

from smartfin.analysis.indicators.family import RATIO_OF
from smartfin.charts import Subject, support_figure, support_sentence
from smartfin.facts import LedgerFact
from smartfin.measure import Measure, Reason, undefined
from smartfin.money import EURO
from smartfin.partner import Partner, find_partner
from smartfin.quarter import Quarter
from smartfin.services.assessment import Assessment, Case, assess
from smartfin.services.provenance.figure import ITEM, LISTED, SUPPORT, YEAR, Figure, source_of
from smartfin.services.start import Smartfin
from smartfin.services.support.books import Difference, Known, Side, differences, known_facts
from smartfin.services.support.path import PAID_BY_BOOKS, SupportPath
from smartfin.services.view import (
    Cell,
    Chart,
    Table,
    approval_mark,
    marked_chart,
    measure_cell,
    stated_cell,
    text_cell,
)
from smartfin.settings import Level
from smartfin.store import Basis
from smartfin.support import group_unit
from smartfin.wording import Words

_PATH = ("year", "voted", "paid-books", "paid-list", "to-pay", "own-share")
_DIFFERENCES = ("books", "list", "difference", "books-place", "list-place")


@dataclass(frozen=True, slots=True)
class SupportView:
    """What the group gives a partner.

    Args:
        title: Heading of the section.
        sentence: Voted, paid, still to pay and when it ends, in a sentence.
        own: The share of its costs it carries itself, now and a year earlier; empty where
            either is unknown.
        path: Voted and paid by year, with the share of its costs the partner carries itself;
            None where nothing was voted.
        differences_title: Heading of what both sides say.
        differences_sentence: How many amounts differ between books and list, in a sentence.
        differences: Those amounts with the cells of both sides, newest first; None without any.
        count: How many differ.
        listed: Whether group finance has handed in a list about it.
        synthetic: Whether any figure rests on made-up sample data.
    """

    title: str
    sentence: str
    own: str
    path: Chart | None
    differences_title: str
    differences_sentence: str
    differences: Table | None
    count: int
    listed: bool
    synthetic: bool


def support_view(
    smartfin: Smartfin,
    words: Words,
    partner: str,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> SupportView:
    """The support of a partner as it stood in a quarter, on what was known on a day.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        partner: Code.
        quarter: Reporting quarter; None for the newest.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.

    Raises:
        InputError: ``partner-unknown`` or ``quarter-not-known``.
    """
    code = find_partner(smartfin.partners, partner).code
    return support_of(smartfin, words, assess(smartfin, quarter, as_of, basis), code)


def support_of(
    smartfin: Smartfin, words: Words, assessment: Assessment, partner: str
) -> SupportView:
    """The same of a partner of an assessment."""
    case = assessment.case(partner)
    path = SupportPath(smartfin, case, assessment)
    told = tuple(
        each
        for each in support_differences(smartfin, case.partner, assessment.moment, assessment.basis)
        if case.quarter and each.quarter <= case.quarter
    )
    return SupportView(
        title=words.text("support.title"),
        sentence=_path_sentence(words, case, path),
        own=_own_sentence(words, case),
        path=_path_chart(words, case, path) if path.years else None,
        differences_title=words.text("support.differences.title"),
        differences_sentence=_differences_sentence(words, case, path.listed, len(told)),
        differences=_differences_table(words, case, path, told) if told else None,
        count=len(told),
        listed=bool(path.listed),
        synthetic=case.synthetic,
    )


def support_differences(
    smartfin: Smartfin, partner: Partner, moment: datetime | None, basis: Basis
) -> tuple[Difference, ...]:
    """Where a partner's books and group finance's list differ, oldest first."""
    return _differences(smartfin, smartfin.ledger.revision(), partner, moment, basis)


@lru_cache(maxsize=64)
def _differences(
    smartfin: Smartfin, _revision: int, partner: Partner, moment: datetime | None, basis: Basis
) -> tuple[Difference, ...]:
    """Once for each state of the ledger: reading all facts of a partner takes its time."""
    ledger = smartfin.ledger
    if not ledger.revision(group_unit(partner.code)):
        return ()
    listed = ledger.facts(group_unit(partner.code), moment, basis=basis)
    books = ledger.facts(partner.code, moment, basis=basis)
    return tuple(
        each
        for synthetic in (False, True)
        for each in differences(
            partner,
            known_facts(books, synthetic=synthetic),
            known_facts(listed, synthetic=synthetic),
            smartfin.rates,
        )
    )


def _path_sentence(words: Words, case: Case, path: SupportPath) -> str:
    """Voted, paid, still to pay, and when it ends."""
    partner = case.partner.code
    if not path.votes:
        return words.text("support.path.no-vote", partner=partner)
    first, last = path.span
    voted = path.voted(first, last)
    said = {"partner": partner, "voted": Measure(voted, EURO), "first": first, "last": last}
    if case.quarter is None:
        return words.text("support.path.paid-unknown", **said)
    paid = path.paid_by_books(first, min(last, case.quarter))
    if paid.value is None:
        return words.text("support.path.paid-unknown", **said)
    left = voted - paid.value
    if left < 0:
        return words.text("support.path.over", paid=paid, over=Measure(-left, EURO), **said)
    return words.text("support.path.sentence", paid=paid, left=Measure(left, EURO), **said)


def _own_sentence(words: Words, case: Case) -> str:
    """How much of its costs its own income pays, now and a year before."""
    now, before = (case.measure(RATIO_OF[Level.OSS], ago).value for ago in (0, 4))
    if now is None or before is None:
        return ""
    shares = {"share": words.percent(now), "before": words.percent(before)}
    return words.text("support.path.own", quarter=case.quarter, **shares)


def _path_chart(words: Words, case: Case, path: SupportPath) -> Chart:
    frame = pd.DataFrame(
        {
            "voted": [path.voted(Quarter(year, 1), Quarter(year, 4)) for year in path.years],
            "paid": [_paid(path, year).value for year in path.years],
        },
        index=list(path.years),
        dtype="float64",
    )
    name = f"{words.country(case.partner.code)} · {case.partner.organisation}"
    subject = Subject(name, EURO, case.synthetic, case.provisional)
    chart = Chart(
        figure=support_figure(frame, subject, words),
        alt=support_sentence(frame, subject, words),
        table=_path_table(words, case, path),
    )
    return marked_chart(words, chart, provisional=case.provisional)


def _paid(path: SupportPath, year: int) -> Measure:
    """What was paid in the part of a year that is known."""
    newest = path.newest(year)
    if newest is None:
        return undefined(EURO, Reason.NOTHING_KNOWN)
    return path.paid_by_books(Quarter(year, 1), newest)


def _path_table(words: Words, case: Case, path: SupportPath) -> Table:
    return Table(
        caption=words.text("support.caption", partner=case.partner.code),
        columns=tuple(words.text(f"support.path.{name}") for name in _PATH),
        rows=tuple(_path_row(words, case, path, year) for year in path.years),
    )


def _path_row(words: Words, case: Case, path: SupportPath, year: int) -> tuple[Cell, ...]:
    code, newest = case.partner.code, path.newest(year)
    voted, paid = path.voted(Quarter(year, 1), Quarter(year, 4)), _paid(path, year)

    def path_source(kind: str) -> str:
        return source_of(code, case.quarter, f"{SUPPORT}{kind}:{year}")

    span = (Quarter(year, 1), newest or Quarter(year, 4))
    listed, waits = path.paid_by_list(*span), path.list_waits(*span)
    left = paid if paid.value is None else Measure(voted - paid.value, EURO)
    return (
        text_cell(str(year)),
        measure_cell(words, Measure(voted, EURO), source=path_source("voted")),
        measure_cell(words, paid, source=_euro_source(code, newest, f"{YEAR}{PAID_BY_BOOKS}")),
        _marked(
            words, measure_cell(words, listed, source=_listed_source(code, newest, listed)), waits
        ),
        measure_cell(words, left if newest else Measure(voted, EURO), source=path_source("to-pay")),
        _own_share(words, case, newest),
    )


def _marked(words: Words, cell: Cell, waits: bool) -> Cell:
    """The cell, with a note where what it rests on is not approved yet."""
    return replace(cell, note=cell.note or approval_mark(words, provisional=waits))


def _euro_source(partner: str, quarter: Quarter | None, code: str) -> str:
    return source_of(partner, quarter, code, "eur")


def _listed_source(partner: str, quarter: Quarter | None, measure: Measure) -> str:
    if quarter is None or measure.value is None:
        return ""
    return str(Figure(group_unit(partner), quarter, f"{LISTED}paid"))


def _own_share(words: Words, case: Case, quarter: Quarter | None) -> Cell:
    """Own revenue over own costs of the four quarters up to a year's newest one."""
    if quarter is None or case.quarter is None:
        return measure_cell(words, undefined("fraction", Reason.NOTHING_KNOWN))
    ratio = RATIO_OF[Level.OSS]
    measure = case.measure(ratio, case.quarter - quarter)
    return measure_cell(words, measure, source=source_of(case.partner.code, quarter, ratio))


def _differences_sentence(words: Words, case: Case, listed: Known, count: int) -> str:
    said = {"partner": case.partner.code}
    if not listed:
        return words.text("support.differences.no-list", **said)
    if not count:
        return words.text("support.differences.none", **said)
    return words.plural("support.differences.count", count, **said)


def _differences_table(
    words: Words, case: Case, path: SupportPath, told: Iterable[Difference]
) -> Table:
    columns = (
        words.text("column.quarter"),
        words.text("column.item"),
        *(words.text(f"support.differences.{name}") for name in _DIFFERENCES),
    )
    newest_first = sorted(told, key=lambda each: each.quarter, reverse=True)
    return Table(
        caption=words.text("support.differences.caption", partner=case.partner.code),
        columns=columns,
        rows=tuple(_difference_row(words, path, each) for each in newest_first),
    )


def _difference_row(words: Words, path: SupportPath, each: Difference) -> tuple[Cell, ...]:
    currency, code = each.partner.currency, each.partner.code
    books = source_of(code, each.quarter, f"{ITEM}{each.item}") if each.books.facts else ""
    listed = Figure(group_unit(code), each.quarter, f"{LISTED}{each.item}")
    source = str(Figure(code, each.quarter, f"{SUPPORT}difference:{each.item}"))
    return (
        text_cell(words.quarter(each.quarter)),
        text_cell(words.item(each.item)),
        _side_cell(words, path, each.books, currency, books),
        _side_cell(words, path, each.listed, currency, str(listed)),
        measure_cell(words, difference_amount(each), scale="1", sign=True, source=source),
        text_cell(_place(each.books.first)),
        text_cell(_place(each.listed.first)),
    )


def _side_cell(words: Words, path: SupportPath, side: Side, currency: str, source: str) -> Cell:
    """What one side says; a dash where it says nothing."""
    if not side.facts:
        return stated_cell(words, None, currency)
    cell = stated_cell(words, side.amount, currency, source)
    return _marked(words, cell, path.waits(side.facts))


def difference_amount(each: Difference) -> Measure:
    """What the list says less what the books say [local currency]."""
    return Measure(each.listed.amount - each.books.amount, each.partner.currency)


def _place(known: LedgerFact | None) -> str:
    return f"{known.file} · {known.fact.sheet}!{known.fact.cell}" if known else ""
