"""The figures of the group line: what each partner adds to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from smartfin.errors import InputError
from smartfin.measure import Measure
from smartfin.money import EURO
from smartfin.quarter import Quarter, quarters_between
from smartfin.services.assessment import Case
from smartfin.services.group import group_line, of_one_kind
from smartfin.services.provenance.figure import ITEM, LISTED, Figure
from smartfin.services.provenance.parts import LANDING, PROBABILITY, Derived, Maker, Row
from smartfin.services.verdict_words import probability_name
from smartfin.support import Kind, group_unit

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
    cells = group.cells
    if figure.code not in cells:
        raise InputError("group-figure-unknown", figure=figure.code, known=", ".join(cells))
    cases = of_one_kind(assessment.active())
    name = maker.words.text(f"group.{figure.code}")
    said = (name, _how(maker, figure.code), cells[figure.code])
    columns, rows = _parts(figure.code)(maker, figure, cases)
    return maker.made(said, columns, rows, synthetic=group.synthetic)


def _parts(code: str) -> _Parts:
    """What a figure of the group line is made of."""
    if code in _NEEDED:
        return _needed
    return _EXPOSED.get(code, _given)


def _how(maker: Maker, code: str) -> str:
    words, settings = maker.words, maker.smartfin.settings
    if code in _NEEDED:
        return words.text("explain.how.needed", share=words.percent(_NEEDED[code]))
    if code == "envelope_used":
        voted = Measure(settings.support_envelope_eur, EURO)
        return words.text("explain.how.envelope", first=settings.support_envelope_from, voted=voted)
    return words.text(f"explain.how.{code}" if code in _EXPOSED else "explain.how.given")


def _needed(maker: Maker, figure: Figure, cases: tuple[Case, ...]) -> tuple[list[str], list[Row]]:
    """A row a partner: when it lands, and how sure that is."""
    words, codes = maker.words, (LANDING, PROBABILITY)
    odds = probability_name(words, [case.verdict.outlook for case in cases])
    columns = [words.text("column.country"), words.text("column.landing"), odds]
    rows = [
        (
            words.country(case.partner.code),
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


def _exposure(maker: Maker, figure: Figure, _: tuple[Case, ...]) -> tuple[list[str], list[Row]]:
    """The three parts of the exposure, each to be opened."""
    words = maker.words
    parts = ("exposure_equity", "exposure_loans", "exposure_guarantees")
    rows: list[Row] = [
        (words.text(f"group.{part}"), (replace(figure, code=part),)) for part in parts
    ]
    return [words.text("group.exposure"), words.text("source.euro")], rows


def _equity(maker: Maker, figure: Figure, cases: tuple[Case, ...]) -> tuple[list[str], list[Row]]:
    """A row a quarter, the newest first: the capital each partner received."""
    words = maker.words
    columns = [words.text("column.quarter"), *(words.country(case.partner.code) for case in cases)]
    rows = [
        (
            words.quarter(quarter),
            tuple(
                Figure(case.partner.code, quarter, f"{ITEM}{Kind.CAPITAL.item}", _IN_EURO)
                for case in cases
            ),
        )
        for quarter in reversed(_quarters(maker, figure, cases))
    ]
    return columns, rows


def _loans(maker: Maker, figure: Figure, cases: tuple[Case, ...]) -> tuple[list[str], list[Row]]:
    """A row a partner: the loans that stand."""
    return _by_partner(maker, figure, cases, lambda code: (code, f"{ITEM}{Kind.LOAN_BALANCE.item}"))


def _guarantees(
    maker: Maker, figure: Figure, cases: tuple[Case, ...]
) -> tuple[list[str], list[Row]]:
    """A row a partner: what the list says of guarantees."""
    listed = f"{LISTED}{Kind.GUARANTEE.item}"
    return _by_partner(maker, figure, cases, lambda code: (group_unit(code), listed))


def _by_partner(
    maker: Maker,
    figure: Figure,
    cases: tuple[Case, ...],
    address: Callable[[str], tuple[str, str]],
) -> tuple[list[str], list[Row]]:
    words = maker.words
    rows: list[Row] = []
    for case in cases:
        whose, code = address(case.partner.code)
        part = Figure(whose, figure.quarter, code, _IN_EURO)
        rows.append((words.country(case.partner.code), (part,)))
    return [words.text("column.country"), words.text("source.euro")], rows


_Parts = Callable[[Maker, Figure, tuple[Case, ...]], tuple[list[str], list[Row]]]
_EXPOSED: Mapping[str, _Parts] = {
    "exposure": _exposure,
    "exposure_equity": _equity,
    "exposure_loans": _loans,
    "exposure_guarantees": _guarantees,
}


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
