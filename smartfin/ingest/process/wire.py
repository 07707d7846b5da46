"""How a context goes to the reading process and a reading comes back: JSON, nothing that runs.

The reading process has opened a stranger's file; what it answers is data to be checked by
building each value anew, never an object to be unpickled.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

import orjson

from smartfin.facts import Fact, Period, Scenario, Stage
from smartfin.findings import Finding, FindingCode, Question, QuestionKind
from smartfin.ingest.reading import (
    Mapped,
    MapReason,
    PeriodHeader,
    PeriodKind,
    Reading,
    ReadingContext,
    SheetReason,
    SheetUse,
    Unsettled,
)
from smartfin.items import AmbiguousLabel, Item, Items, Nature, Role, Statement
from smartfin.partner import Partner, Status, StatusChange
from smartfin.quarter import Quarter

HEADER = struct.Struct("!III")  # lengths of request, chart and workbook
REPLY = struct.Struct("!I")  # length of the reading


def encoded_items(items: Items) -> bytes:
    """The chart of line items."""
    chart = {"items": list(items.values()), "ambiguous": items.ambiguous}
    return orjson.dumps(chart, default=_plain)


def decoded_items(body: bytes) -> Items:
    """The chart that ``encoded_items`` wrote."""
    chart = orjson.loads(body)
    return Items(
        tuple(_item(row) for row in chart["items"]),
        tuple(
            AmbiguousLabel(tuple(row["labels"]), tuple(row["candidates"]))
            for row in chart["ambiguous"]
        ),
    )


def encoded_request(name: str, context: ReadingContext) -> bytes:
    """File name and context; the chart travels apart as it rarely changes."""
    newest = context.newest_allowed
    return orjson.dumps(
        {
            "name": name.encode("utf-8", "replace").decode(),  # a name may be no text
            "partner": context.partner,
            "answers": dict(context.answers),
            "remembered": {code: dict(known) for code, known in context.remembered.items()},
            "newest": None if newest is None else str(newest),
            "partners": [_partner_row(partner) for partner in context.partners],
        }
    )


def decoded_request(body: bytes, items: Items) -> tuple[str, ReadingContext]:
    """The file name and context that ``encoded_request`` wrote."""
    row = orjson.loads(body)
    context = ReadingContext(
        items=items,
        partners=tuple(_partner(partner) for partner in row["partners"]),
        partner=row["partner"],
        answers=row["answers"],
        remembered=row["remembered"],
        newest_allowed=None if row["newest"] is None else Quarter.parse(row["newest"]),
    )
    return row["name"], context


def encoded_reading(reading: Reading) -> bytes:
    """A reading."""
    row = {
        "partner": reading.partner,
        "currency": reading.currency,
        "synthetic": reading.synthetic,
        "facts": [_fact_row(fact) for fact in reading.facts],
        "mapping": [_values(mapped) for mapped in reading.mapping],
        "questions": [_values(question) for question in reading.questions],
        "findings": [_finding_row(finding) for finding in reading.findings],
        "periods": [_values(period) for period in reading.periods],
        "sheets": [_values(sheet) for sheet in reading.sheets],
        "unsettled": [_values(one) for one in reading.unsettled],
        "stage": reading.stage,
        "units": reading.units,
    }
    return orjson.dumps(row, default=_plain, option=orjson.OPT_PASSTHROUGH_DATACLASS)


def decoded_reading(body: bytes) -> Reading:
    """The reading that ``encoded_reading`` wrote.

    Raises:
        ValueError, TypeError, KeyError, SmartfinError: It was not written by it.
    """
    row = orjson.loads(body)
    return Reading(
        partner=None if row["partner"] is None else str(row["partner"]),
        currency=None if row["currency"] is None else str(row["currency"]),
        facts=tuple(_fact(values) for values in row["facts"]),
        mapping=tuple(_mapped(values) for values in row["mapping"]),
        questions=tuple(_question(*values) for values in row["questions"]),
        findings=tuple(_finding(*values) for values in row["findings"]),
        periods=tuple(_period_header(*values) for values in row["periods"]),
        sheets=tuple(_sheet_use(values) for values in row["sheets"]),
        synthetic=bool(row["synthetic"]),
        unsettled=tuple(_unsettled(*values) for values in row["unsettled"]),
        stage=None if row["stage"] is None else Stage(row["stage"]),
        units=tuple(str(unit) for unit in row["units"]),
    )


def encoded_findings(*findings: Finding) -> bytes:
    """A reading that consists of findings only."""
    return encoded_reading(Reading(findings=findings))


# --- to plain values


def _plain(value: object) -> object:
    """What orjson does not write by itself."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date | Quarter):
        return str(value)
    raise TypeError(type(value).__name__)


def _values(thing: Any) -> list[object]:
    """The fields of a frozen value, in their order."""
    return [getattr(thing, field.name) for field in fields(thing)]


def _fact_row(fact: Fact) -> list[object]:
    quarter = None if fact.quarter is None else fact.quarter.ordinal
    period = None if fact.period is None else [fact.period.start, fact.period.end]
    return [
        fact.item,
        quarter,
        fact.scenario,
        fact.amount,
        fact.unit,
        fact.sheet,
        fact.cell,
        fact.label,
        period,
    ]


def _finding_row(finding: Finding) -> list[object]:
    return [finding.code.value, finding.sheet, finding.cell, dict(finding.facts)]


def _partner_row(partner: Partner) -> dict[str, object]:
    """What a reader needs: an entity that hands in is a partner of its own to it."""
    return {**asdict(replace(partner, entities=(), support=())), "launch": str(partner.launch)}


# --- from plain values


_SCENARIOS = {scenario.value: scenario for scenario in Scenario}
_quarter = Quarter.from_ordinal


def _fact(values: list[Any]) -> Fact:
    item, quarter, scenario, amount, unit, sheet, cell, label, period = values
    return Fact(
        str(item),
        None if quarter is None else _quarter(quarter),
        _SCENARIOS[scenario],
        float(amount),
        str(unit),
        str(sheet).replace("\x00", ""),  # PostgreSQL cannot hold the sign
        str(cell),
        str(label),
        None if period is None else Period(*map(date.fromisoformat, period)),
    )


def _mapped(values: list[Any]) -> Mapped:
    sheet, cell, label, item, confidence, reason, candidates, value = values
    return Mapped(
        str(sheet),
        str(cell),
        str(label),
        None if item is None else str(item),
        float(confidence),
        MapReason(reason),
        tuple(str(candidate) for candidate in candidates),
        None if value is None else float(value),
    )


def _question(
    name: str, kind: str, sheet: str, cell: str, facts: dict[str, object], options: list[str]
) -> Question:
    choices = tuple(str(option) for option in options)
    return Question(str(name), QuestionKind(kind), str(sheet), str(cell), dict(facts), choices)


def _finding(code: str, sheet: str, cell: str, facts: dict[str, object]) -> Finding:
    return Finding(FindingCode(code), str(sheet), str(cell), dict(facts))  # type: ignore[call-arg]


def _period_header(label: str, kind: str, start: str, end: str) -> PeriodHeader:
    days = (date.fromisoformat(start), date.fromisoformat(end))
    return PeriodHeader(str(label), PeriodKind(kind), *days)


def _sheet_use(values: list[Any]) -> SheetUse:
    sheet, statement, used, reason, scale, first, last, facts, hidden = values
    return SheetUse(
        str(sheet),
        None if statement is None else Statement(statement),
        bool(used),
        SheetReason(reason),
        None if scale is None else float(scale),
        None if first is None else date.fromisoformat(first),
        None if last is None else date.fromisoformat(last),
        int(facts),
        bool(hidden),
    )


def _unsettled(question: str, item: str, quarter: str, amount: float) -> Unsettled:
    return Unsettled(str(question), str(item), Quarter.parse(quarter), float(amount))


def _item(row: dict[str, Any]) -> Item:
    kinds = {"statement": Statement(row["statement"]), "nature": Nature(row["nature"])}
    labels = {language: tuple(names) for language, names in row["labels"].items()}
    return Item(**{**row, **kinds, "role": Role(row["role"]), "labels": labels})


def _partner(row: dict[str, Any]) -> Partner:
    changes = [
        StatusChange(date.fromisoformat(change["day"]), Status(change["status"]))
        for change in row["history"]
    ]
    return Partner(
        code=row["code"],
        organisation=row["organisation"],
        currency=row["currency"],
        languages=tuple(row["languages"]),
        launch=Quarter.parse(row["launch"]),
        history=tuple(changes),
        fiscal_year_starts=row["fiscal_year_starts"],
        legal_form=row["legal_form"],
        registered_capital=row["registered_capital"],
        entity_of=row["entity_of"],
    )
