"""Figures that rest on group finance's list of support: its rows, each with its cell."""

from __future__ import annotations

from smartfin.facts import LedgerFact
from smartfin.money import EURO
from smartfin.services.provenance.figure import LISTED, Figure
from smartfin.services.provenance.parts import Derived, Maker
from smartfin.services.support.listed import PAID_IN_YEAR, listed_euro, listed_rows
from smartfin.services.view import Cell, Table, stated_cell, text_cell
from smartfin.support import partner_of

_COLUMNS = ("item", "quarter", "amount", "euro", "file", "place", "by", "known_from")


def of_list(maker: Maker, figure: Figure) -> Derived:
    """What the list says: paid in the year so far, a line of a quarter, or guarantees given.

    Raises:
        InputError: ``partner-unknown``, ``figure-unknown``, ``quarter-not-known``.
    """
    words, code = maker.words, figure.code.removeprefix(LISTED)
    assessment = maker.assessment(figure)
    rows = listed_rows(maker.smartfin, assessment, figure.partner, code, figure.quarter)
    name = words.text("support.path.paid-list") if code == PAID_IN_YEAR else words.item(code)
    table = Table(
        caption=words.text("explain.facts.caption"),
        columns=tuple(words.text(f"source.{column}") for column in _COLUMNS),
        rows=tuple(_row(maker, known) for _, known in rows),
    )
    synthetic = assessment.case(partner_of(figure.partner)).synthetic
    how = words.text("explain.how.listed")
    return Derived(name, how, maker.part(figure), table if rows else None, (), synthetic)


def _row(maker: Maker, known: LedgerFact) -> tuple[Cell, ...]:
    words, fact = maker.words, known.fact
    return (
        text_cell(words.item(fact.item)),
        text_cell(words.quarter(fact.quarter) if fact.quarter else ""),
        stated_cell(words, fact.amount, fact.unit),
        stated_cell(words, listed_euro(maker.smartfin, known), EURO),
        text_cell(known.file),
        text_cell(f"{fact.sheet}!{fact.cell}"),
        text_cell(known.by),
        text_cell(words.moment(known.known_from)),
    )
