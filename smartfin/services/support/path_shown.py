"""The support path of a partner in words and pictures: voted, paid, still to pay, year by year."""

from __future__ import annotations

import pandas as pd

from smartfin.analysis.indicators.family import RATIO_OF
from smartfin.charts import Subject, support_figure, support_sentence
from smartfin.measure import Measure, Reason, undefined
from smartfin.money import EURO
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.provenance.figure import LISTED, SUPPORT, YEAR, Figure, source_of
from smartfin.services.support.differences import marked
from smartfin.services.support.path import PAID_BY_BOOKS, SupportPath
from smartfin.services.view import Cell, Chart, Table, marked_chart, measure_cell, text_cell
from smartfin.settings import Level
from smartfin.support import group_unit
from smartfin.wording import Words

_PATH = ("year", "voted", "paid-books", "paid-list", "to-pay", "own-share")


def path_sentence(words: Words, case: Case, path: SupportPath) -> str:
    """Voted, paid, still to pay, and when it ends, in a sentence."""
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


def own_sentence(words: Words, case: Case) -> str:
    """How much of its costs its own income pays, now and a year before."""
    now, before = (case.measure(RATIO_OF[Level.OSS], ago).value for ago in (0, 4))
    if now is None or before is None:
        return ""
    shares = {"share": words.percent(now), "before": words.percent(before)}
    return words.text("support.path.own", quarter=case.quarter, **shares)


def path_chart(words: Words, case: Case, path: SupportPath) -> Chart:
    """Voted and paid by year, with the same as a table."""
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
        marked(
            words, measure_cell(words, listed, source=_listed_source(code, newest, listed)), waits
        ),
        measure_cell(words, left if newest else Measure(voted, EURO), source=path_source("to-pay")),
        _own_share(words, case, newest),
    )


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
