"""The flags of every partner, each beside its sisters, and what precedents showed before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from smartfin.analysis.states import RedFlag
from smartfin.analysis.warning import (
    Family,
    LegalNote,
    Record,
    Sight,
    record_of,
    rules_of,
)
from smartfin.analysis.warning.precedents import SHOWN_WITHIN
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.settings import Settings
from smartfin.store import Ledger


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known of one partner.

    Args:
        partner: Who.
        table: Its figures up to the newest quarter judged.
        until: That quarter.
        synthetic: Whether any of them is made up.
        notes: Legal matters noted of it.
    """

    partner: Partner
    table: pd.DataFrame
    until: Quarter
    synthetic: bool
    notes: tuple[LegalNote, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Warnings:
    """What the rules have said of every partner.

    Args:
        known: Partners by code.
        records: What was said of each.
    """

    known: Mapping[str, Known]
    records: Mapping[str, Record]

    def red_flags(self, partner: str, quarter: Quarter) -> tuple[RedFlag, ...]:
        """The red traction flags of a partner in a quarter, each with the precedents of it."""
        red = self.records[partner].red(quarter, Family.TRACTION)
        precedents = self._precedents(partner, quarter) if red else {}
        return tuple(
            RedFlag(rule, tuple(code for code, shown in precedents.items() if rule in shown))
            for rule in red
        )

    def _precedents(self, partner: str, quarter: Quarter) -> Mapping[str, frozenset[str]]:
        """By precedent: the rules that were red of it before its decision.

        One whose figures are made up says nothing of a partner whose figures are real.
        """
        real = not self.known[partner].synthetic
        found = {}
        for code, known in self.known.items():
            decided = known.partner.decided_in(quarter.end)
            if code == partner or decided is None or (real and known.synthetic):
                continue
            first = decided + (1 - SHOWN_WITHIN)
            found[code] = self.records[code].red_in(first, decided)
        return found


def legal_notes(ledger: Ledger, moment: datetime | None) -> Mapping[str, tuple[LegalNote, ...]]:
    """The legal matters known at a moment, by partner."""
    notes: dict[str, tuple[LegalNote, ...]] = {}
    for each in ledger.legal_flags(moment):
        note = LegalNote(each.opened, each.closed, each.share)
        notes[each.partner] = (*notes.get(each.partner, ()), note)
    return notes


def warnings_of(settings: Settings, partners: Iterable[Known]) -> Warnings:
    """What every rule has said of every partner, over all their quarters.

    Sisters are compared with those of the same kind only: made-up with made-up figures. Where
    a partner has several legal entities, the law looks at each of those (``EntityCase``).
    """
    known = {each.partner.code: each for each in partners}
    alone = {
        code: Sight(each.partner, each.table, settings, notes=each.notes)
        for code, each in known.items()
    }
    records = {}
    for code, each in known.items():
        sisters = tuple(
            alone[other]
            for other, sister in known.items()
            if other != code and sister.synthetic == each.synthetic
        )
        records[code] = record_of(replace(alone[code], sisters=sisters), rules_of(each.partner))
    return Warnings(known, records)
