"""Figures of four quarters that are no indicators: rows of the statement, causes of a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from smartfin.analysis.bridge import TERMS, PartCode, bridge, part_amount, shown_terms
from smartfin.analysis.indicators.family import RESULT_OF
from smartfin.analysis.partition import FEE_INCOME
from smartfin.analysis.statement import Kind, StatementRow, statement_rows
from smartfin.analysis.table import Terms, known_until, partner_table
from smartfin.errors import InputError
from smartfin.facts import Scenario
from smartfin.measure import Measure, Reason, undefined
from smartfin.partner import find_partner
from smartfin.quarter import Quarter, quarters_between
from smartfin.services.assessment import assess_at
from smartfin.services.country.statement import row_name
from smartfin.services.provenance.figure import BRIDGE, ITEM, LINES, STATEMENT, Figure
from smartfin.services.provenance.parts import Derived, Maker, Row
from smartfin.services.start import end_of_day
from smartfin.services.view import measure_cell
from smartfin.settings import Level

_RATES = {
    PartCode.VOLUME: ("invoiced_volume", "take_rate", "variable_rate"),
    PartCode.FEE: ("invoiced_volume", "take_rate"),
    PartCode.RISK: ("invoiced_volume", "variable_rate"),
}
"""What the parts that come with volume are made of."""

# Rows of the statement that are no line item, by the lines they add up.
_FEE: Terms = tuple((+1, code) for code in FEE_INCOME)
_TERMS_OF: dict[str, Terms] = {
    "members_money": ((+1, "invoiced_volume"), *((-1, code) for code in FEE_INCOME)),
    "other_team_costs": ((+1, "staff_costs"), (-1, "adviser_costs")),
}
_MINUS = "country.statement.minus"
_ABOVE = ("invoiced_volume", "members_money")  # the fee is what they leave


def of_window(maker: Maker, figure: Figure) -> Derived:
    """A row of the statement, or what the lines of a cause came to in four quarters.

    Raises:
        InputError: ``partner-unknown``, ``figure-unknown``.
    """
    words = maker.words
    name, value, columns, rows = window_parts(maker, figure)
    cell = measure_cell(words, value)
    said = (words.text("explain.name.window", part=name), words.text("explain.how.window"), cell)
    return maker.made(said, columns, rows, synthetic=maker.is_synthetic(figure))


def window_parts(maker: Maker, figure: Figure) -> tuple[str, Measure, list[str], list[Row]]:
    """Name and amount of four quarters, and its lines: headings, then a row a line item.

    Raises:
        InputError: ``partner-unknown``, ``figure-unknown``.
    """
    known = _known(maker, figure)
    if figure.code.startswith(STATEMENT):
        name, value, terms = _statement(maker, figure, known)
    else:
        name, value, terms = _part(maker, figure, known)
    if figure.scenario is not Scenario.ACTUAL:
        scenario = figure.scenario.value
        name = maker.words.text("explain.of-scenario", name=name, scenario=scenario)
    columns, rows = _of_lines(maker, figure, terms, _four(figure.quarter))
    return name, _measure(maker, figure, value), columns, rows


def of_bridge(maker: Maker, figure: Figure) -> Derived:
    """The effect of one cause on the result, or the change of a result.

    Raises:
        InputError: ``partner-unknown``, ``figure-unknown``, ``quarter-unreadable``.
    """
    words = maker.words
    code, _, since = figure.code.removeprefix(BRIDGE).partition(":")
    first = Quarter.parse(since) if since else figure.quarter + -4
    known, ends = _known(maker, figure), (first, figure.quarter)
    if code in RESULT_OF.values():
        name, how = words.text(f"indicator.{code}"), words.text("explain.how.bridge.change")
        columns, rows = _at_ends(maker, figure, (code,), ends)
        value = _change(known, ends, next(k for k, v in RESULT_OF.items() if v == code))
    else:
        part = _part_code(figure, code)
        name, how = words.text(f"bridge.{part}"), words.text(_how(part))
        value = _effect(maker, known, ends, part)
        if part in _RATES:
            columns, rows = _at_ends(maker, figure, _RATES[part], ends)
        else:
            quarters = dict.fromkeys((*_four(first), *_four(figure.quarter)))
            columns, rows = _of_lines(maker, figure, TERMS[part], quarters)
    cell = measure_cell(words, _measure(maker, figure, value), sign=True)
    title = words.text("explain.name.bridge", part=name, first=first, second=figure.quarter)
    return maker.made((title, how, cell), columns, rows, synthetic=maker.is_synthetic(figure))


def _how(part: PartCode) -> str:
    return f"explain.how.bridge.{part}" if part in _RATES else "explain.how.bridge.lines"


def _part_code(figure: Figure, code: str) -> PartCode:
    try:
        return PartCode(code)
    except ValueError as error:
        raise InputError("figure-unknown", figure=figure.code) from error


def _statement(
    maker: Maker, figure: Figure, known: pd.DataFrame
) -> tuple[str, float | None, Terms]:
    """Name, amount and lines of a row of the statement; a total has every line above it."""
    code = figure.name.removeprefix(STATEMENT)
    rows = statement_rows(known, figure.quarter.ordinal)
    row = next((each for each in rows if each.code == code), None)
    if row is None:
        raise InputError("figure-unknown", figure=figure.code)
    if row.kind is Kind.TOTAL:
        terms = _terms_above(rows[: rows.index(row)])
    else:
        terms = _TERMS_OF.get(code, ((+1, code),))
    return row_name(maker.words, code, maker.smartfin.items), row.amount, terms


def _terms_above(rows: Iterable[StatementRow]) -> Terms:
    """Every line that a total adds up; the team once, advisers included."""
    lines = [row for row in rows if row.kind is Kind.LINE and row.code not in _ABOVE]
    apart = any(row.code == "other_team_costs" for row in lines)
    renamed = {"other_team_costs": "staff_costs"}
    return (
        *_FEE,
        *(
            (row.sign, renamed.get(row.code, row.code))
            for row in lines
            if not (apart and row.code == "adviser_costs")
        ),
    )


def _part(maker: Maker, figure: Figure, known: pd.DataFrame) -> tuple[str, float | None, Terms]:
    """Name, amount and lines of a cause."""
    part = _part_code(figure, figure.code.removeprefix(LINES))
    if part not in TERMS:
        raise InputError("figure-unknown", figure=figure.code)
    amount = part_amount(known, figure.quarter.ordinal, part)
    return maker.words.text(f"bridge.{part}"), amount, shown_terms(part)


def _effect(
    maker: Maker, known: pd.DataFrame, ends: tuple[Quarter, Quarter], part: PartCode
) -> float | None:
    level = {
        PartCode.IMPUTED: Level.FSS,
        PartCode.GRANTS: Level.SUPPORTED,
        PartCode.GROUP: Level.SUPPORTED,
    }.get(part, Level.OSS)
    built = bridge(known, ends[0].ordinal, ends[1].ordinal, level)
    return built.amount(part) if built else None


def _change(known: pd.DataFrame, ends: tuple[Quarter, Quarter], level: Level) -> float | None:
    built = bridge(known, ends[0].ordinal, ends[1].ordinal, level)
    return built.change if built else None


def _at_ends(
    maker: Maker, figure: Figure, codes: tuple[str, ...], ends: tuple[Quarter, Quarter]
) -> tuple[list[str], list[Row]]:
    """A row a window: the indicators at its end."""
    words = maker.words
    columns = [
        words.text("column.quarter"),
        *(words.text(f"indicator.{code}") for code in codes),
    ]
    rows = [
        (words.quarter(end), tuple(replace(figure, quarter=end, code=code) for code in codes))
        for end in ends
    ]
    return columns, rows


def _of_lines(
    maker: Maker, figure: Figure, terms: Terms, quarters: Iterable[Quarter]
) -> tuple[list[str], list[Row]]:
    """A row a line item, what is taken off with a minus before its name; a column a quarter."""
    words, across = maker.words, tuple(quarters)
    voted = figure.code.removeprefix(figure.name)
    columns = [words.text("column.item"), *map(words.quarter, across)]
    rows = [
        (
            words.item(line) if sign > 0 else words.text(_MINUS, name=words.item(line)),
            tuple(replace(figure, quarter=each, code=f"{ITEM}{line}{voted}") for each in across),
        )
        for sign, line in terms
    ]
    return columns, rows


def _four(last: Quarter) -> tuple[Quarter, ...]:
    return tuple(quarters_between(last + -3, last))


def _known(maker: Maker, figure: Figure) -> pd.DataFrame:
    """The partner's figures up to the quarter, on what was known on the day."""
    find_partner(maker.smartfin.partners, figure.partner)
    assessment = assess_at(maker.smartfin, None, end_of_day(maker.as_of), maker.basis)
    table = partner_table(assessment.frame, figure.partner, figure.scenario)
    return known_until(table, figure.quarter.ordinal)


def _measure(maker: Maker, figure: Figure, value: float | None) -> Measure:
    currency = find_partner(maker.smartfin.partners, figure.partner).currency
    if value is None or np.isnan(value):
        return undefined(currency, Reason.NOTHING_KNOWN)
    return Measure(float(value), currency)
