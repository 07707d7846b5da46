"""The figures of the group line: what each partner adds to them."""

from __future__ import annotations

from smartfin.errors import InputError
from smartfin.measure import Measure
from smartfin.money import EURO
from smartfin.quarter import Quarter, quarters_between
from smartfin.services.assessment import Case
from smartfin.services.group import GroupLine, group_line, of_one_kind
from smartfin.services.provenance.figure import Figure
from smartfin.services.provenance.parts import LANDING, PROBABILITY, Derived, Maker, Row
from smartfin.services.view import Cell

_NEEDED = {"needed_median": 0.5, "needed_high": 0.8}
_IN_EURO = "eur"


def of_group(maker: Maker, figure: Figure) -> Derived:
    """A figure of the group line.

    Raises:
        InputError: ``figure-unknown``, ``quarter-not-known``.
    """
    assessment = maker.assessment(figure)
    group = group_line(maker.smartfin, maker.words, assessment)
    if group is None:
        raise InputError("quarter-not-known", quarter=str(figure.quarter), newest="")
    cells = _cells(group)
    if figure.code not in cells:
        raise InputError("figure-unknown", figure=figure.code)
    cases = of_one_kind(assessment.active())
    name = maker.words.text(f"group.{figure.code}")
    said = (name, _how(maker, figure.code), cells[figure.code])
    columns, rows = (_needed if figure.code in _NEEDED else _given)(maker, figure, cases)
    return maker.made(said, columns, rows, synthetic=group.synthetic)


def _cells(group: GroupLine) -> dict[str, Cell]:
    return {
        "support_year": group.support_year,
        "support_since_start": group.support_since_start,
        "envelope_used": group.envelope_used,
        "needed_median": group.needed_median,
        "needed_high": group.needed_high,
    }


def _how(maker: Maker, code: str) -> str:
    words, settings = maker.words, maker.smartfin.settings
    if code in _NEEDED:
        return words.text("explain.how.needed", share=words.percent(_NEEDED[code]))
    if code == "envelope_used":
        voted = Measure(settings.support_envelope_eur, EURO)
        return words.text("explain.how.envelope", first=settings.support_envelope_from, voted=voted)
    return words.text("explain.how.given")


def _needed(maker: Maker, figure: Figure, cases: tuple[Case, ...]) -> tuple[list[str], list[Row]]:
    """A row a partner: when it lands, and how sure that is."""
    codes = (LANDING, PROBABILITY)
    columns = [maker.words.text(f"column.{name}") for name in ("country", *codes)]
    rows = [
        (
            maker.words.country(case.partner.code),
            tuple(Figure(case.partner.code, figure.quarter, code) for code in codes),
        )
        for case in cases
    ]
    return columns, rows


def _given(maker: Maker, figure: Figure, cases: tuple[Case, ...]) -> tuple[list[str], list[Row]]:
    """A row a quarter, the newest first: what each partner received."""
    words = maker.words
    columns = [words.text("column.quarter"), *(words.country(case.partner.code) for case in cases)]
    rows = [
        (
            words.quarter(quarter),
            tuple(
                Figure(case.partner.code, quarter, "group_support_quarter", _IN_EURO)
                for case in cases
            ),
        )
        for quarter in reversed(_quarters(maker, figure, cases))
    ]
    return columns, rows


def _quarters(maker: Maker, figure: Figure, cases: tuple[Case, ...]) -> tuple[Quarter, ...]:
    """The quarters a sum of support goes over."""
    settings, last = maker.smartfin.settings, figure.quarter
    if figure.code == "support_year":
        first = Quarter(last.year, 1)
    elif figure.code == "envelope_used":
        first, last = settings.support_envelope_from, min(last, settings.deadline)
    else:
        first = min((case.partner.launch for case in cases), default=last)
    return tuple(quarters_between(first, last))
