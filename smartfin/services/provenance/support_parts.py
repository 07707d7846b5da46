"""Figures of the support path: what was voted, what is still to pay, where two sides differ."""

from __future__ import annotations

from smartfin.errors import InputError
from smartfin.measure import Measure
from smartfin.money import EURO
from smartfin.partner import find_partner
from smartfin.quarter import Quarter, quarters_between
from smartfin.services.provenance.figure import ITEM, LISTED, SUPPORT, Figure
from smartfin.services.provenance.parts import Derived, Maker, Row
from smartfin.services.support.comparison import difference_amount, support_comparison
from smartfin.services.support.path import PAID_BY_BOOKS, paid_in_year
from smartfin.services.view import measure_cell
from smartfin.support import group_unit


def of_support(maker: Maker, figure: Figure) -> Derived:
    """A figure of the support path of a partner, ``support:voted:2022`` for one.

    Raises:
        InputError: ``figure-unknown``, ``quarter-not-known``.
    """
    kind, _, about = figure.code.removeprefix(SUPPORT).partition(":")
    if kind == "difference":
        return _difference(maker, figure, about)
    if kind not in {"voted", "to-pay"} or not about.isdecimal() or not 1 <= int(about) <= 9998:
        raise InputError("figure-unknown", figure=figure.code)
    return _of_year(maker, figure, kind, int(about))


def _of_year(maker: Maker, figure: Figure, kind: str, year: int) -> Derived:
    """What was voted for a year; less what the books say was paid in the part that is known."""
    words, case = maker.words, maker.assessment(figure).case(figure.partner)
    first, last = Quarter(year, 1), Quarter(year, 4)
    voted = sum(vote.between(first, last) for vote in case.partner.support)
    name, facts = words.text(f"support.path.{kind}"), {"year": str(year)}
    if kind == "voted":
        cell = measure_cell(words, Measure(voted, EURO))
        how = words.text("explain.how.voted", **facts)
        return Derived(name, how, cell, None, (), synthetic=False)
    paid, newest = paid_in_year(maker.smartfin, case, year)
    left = Measure(voted, EURO) if newest is None else paid
    if newest is not None and paid.value is not None:
        left = Measure(voted - paid.value, EURO)
    said = {**facts, "voted": Measure(voted, EURO)}
    rows: list[Row] = [
        (words.quarter(each), (Figure(figure.partner, each, PAID_BY_BOOKS, "eur"),))
        for each in (reversed(tuple(quarters_between(first, newest))) if newest else ())
    ]
    columns = [words.text("column.quarter"), words.text("support.path.paid-books")]
    made = (name, words.text("explain.how.to-pay", **said), measure_cell(words, left))
    return maker.made(made, columns, rows, synthetic=case.synthetic)


def _difference(maker: Maker, figure: Figure, item: str) -> Derived:
    """The list less the books, of one line in one quarter."""
    words, assessment = maker.words, maker.assessment(figure)
    partner = find_partner(maker.smartfin.partners, figure.partner)
    case = assessment.case(partner.code)
    told = support_comparison(maker.smartfin, case, assessment).differences
    found = [each for each in told if (each.item, each.quarter) == (item, figure.quarter)]
    if not found:
        raise InputError("figure-unknown", figure=figure.code)
    sides = (
        (
            "support.side.books",
            found[0].books,
            Figure(partner.code, figure.quarter, f"{ITEM}{item}"),
        ),
        (
            "support.side.list",
            found[0].listed,
            Figure(group_unit(partner.code), figure.quarter, f"{LISTED}{item}"),
        ),
    )
    rows: list[Row] = [(words.text(key), (each,)) for key, side, each in sides if side.facts]
    cell = measure_cell(words, difference_amount(found[0]), scale="1", sign=True)
    said = (words.item(item), words.text("explain.how.difference"), cell)
    columns = [words.text("support.differences.difference"), words.text("source.amount")]
    return maker.made(said, columns, rows, synthetic=case.synthetic)
