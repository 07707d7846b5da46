"""The legal entities of a partner: each one's balance sheet, and what their books disagree on."""

from __future__ import annotations

from typing import Any

import numpy as np

from smartfin.analysis.entities import EntityRemark, Remarked
from smartfin.analysis.indicators.family import find_indicator, indicator_measure
from smartfin.analysis.table import line
from smartfin.analysis.warning import find_rule
from smartfin.facts import Scenario
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.services.assessment import Case
from smartfin.services.entities.case import EntityCase
from smartfin.services.entities.told import told_of
from smartfin.services.entities.warned import judged
from smartfin.services.provenance.figure import ITEM, source_of
from smartfin.services.view import Cell, Section, Table, measure_cell, text_cell
from smartfin.services.warning.sentence import flag_sentence
from smartfin.wording import DASH, Words

SOLVENCY = ("equity_ratio", "net_equity_ratio", "z_score", "free_cash")
"""Indicators that are each entity's own: a creditor of one has no claim on the other."""

_LOOKED_BACK = 4  # quarters whose remarks are shown: those a result of four quarters rests on


def entity_section(words: Words, case: Case) -> Section:
    """Each legal entity beside the others; nothing for a partner that is one itself."""
    if not case.entities:
        return Section("entities", words.text("country.section.entities"))
    remarks = [remark_sentence(words, case, each) for each in newest_remarks(case)]
    flags = [
        told_of(words, each, find_rule(flag.rule), flag_sentence(words, flag))
        for each in judged(case)[1:]
        for flag in each.flags
    ]
    return Section(
        "entities",
        words.text("country.section.entities"),
        sentences=(words.text("entities.how"), *remarks, *flags),
        tables=(_table(words, case),),
    )


def newest_remarks(case: Case) -> tuple[EntityRemark, ...]:
    """What somebody must look at in the newest year of a partner's entities, newest first."""
    actual = [each for each in case.remarks if each.scenario == Scenario.ACTUAL]
    quarters = [each.quarter for each in actual] + ([case.quarter] if case.quarter else [])
    if not quarters:
        return ()
    first = max(quarters) + -(_LOOKED_BACK - 1)
    recent = (each for each in actual if each.quarter >= first)
    return tuple(sorted(recent, key=lambda each: -each.quarter.ordinal))


def remark_sentence(words: Words, case: Case, remark: EntityRemark) -> str:
    """A remark in words."""
    unit = str(remark.facts.get("unit", case.partner.currency))
    facts: dict[str, Any] = {"quarter": remark.quarter}
    for name, value in remark.facts.items():
        if name == "unit":
            continue
        if isinstance(value, float):
            facts[name] = words.figure(value, unit)
        elif name in {"entity", "other"}:
            facts[name] = words.join([words.country(each) for each in str(value).split(", ")])
        else:
            facts[name] = words.item(str(value))
    return words.text(_KEYS[remark.code], **facts)


_KEYS = {
    Remarked.ENTITY_MISSING: "entities.entity-missing",
    Remarked.DEALINGS_DIFFER: "entities.dealings-differ",
    Remarked.DEALINGS_UNKNOWN: "entities.dealings-unknown",
    Remarked.LINE_TOO_SMALL: "entities.line-too-small",
    Remarked.COMBINED_DIFFERS: "entities.combined-differs",
    Remarked.NOT_ADDED_UP: "entities.not-added-up",
    Remarked.LINE_FORGOTTEN: "entities.line-forgotten",
}


def entity_equity(case: Case, each: EntityCase) -> Measure:
    """Equity of one entity [local currency], as its balance sheet has it."""
    quarter, currency = each.quarter, case.partner.currency
    if quarter is None:
        return undefined(currency, Reason.NOTHING_KNOWN)
    amount = float(line(each.table, "equity")[-1])
    if np.isnan(amount):
        return undefined(currency, Reason.ITEM_MISSING, item="equity", quarter=quarter)
    return Measure(amount, currency)


def entity_measure(case: Case, each: EntityCase, code: str) -> Measure:
    """An indicator of one entity at its newest quarter."""
    indicator = find_indicator(code, case.settings.level, case.settings.deadline)
    quarter, currency = each.quarter, case.partner.currency
    if quarter is None:
        unit = currency if indicator.unit is Unit.CURRENCY else indicator.unit
        return undefined(unit, Reason.NOTHING_KNOWN)
    return indicator_measure(indicator, each.table, quarter.ordinal, currency)


def _table(words: Words, case: Case) -> Table:
    names = ("entity", "legal-form", "registered-capital", "quarter")
    return Table(
        caption=words.text("entities.caption"),
        columns=(
            *(words.text(f"column.{name}") for name in names),
            words.item("equity"),
            *(words.text(f"indicator.{code}") for code in SOLVENCY),
        ),
        rows=tuple(_row(words, case, each) for each in case.entities),
    )


def _row(words: Words, case: Case, each: EntityCase) -> tuple[Cell, ...]:
    quarter, capital = each.quarter, each.entity.registered_capital
    equity = source_of(each.unit, quarter, f"{ITEM}equity")
    return (
        text_cell(each.entity.name),
        text_cell(each.entity.legal_form),
        text_cell(DASH)
        if capital is None
        else measure_cell(words, Measure(capital, case.partner.currency)),
        text_cell(words.quarter(quarter) if quarter else DASH),
        measure_cell(words, entity_equity(case, each), source=equity),
        *(
            measure_cell(
                words,
                entity_measure(case, each, code),
                source=source_of(each.unit, quarter, code),
            )
            for code in SOLVENCY
        ),
    )
