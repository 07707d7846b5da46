"""A legal entity of a partner as it stood: its own figures, and the flags that are its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from smartfin.analysis.table import known_until, partner_table
from smartfin.analysis.warning import (
    Family,
    Flag,
    FlagEvent,
    LegalNote,
    Record,
    Sight,
    Silence,
    record_of,
    rules_of,
)
from smartfin.analysis.warning.rule import Alarm, Rule
from smartfin.entity import Entity
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.settings import Settings


@dataclass(frozen=True, eq=False)
class EntityCase:
    """One legal entity of a partner as it stood in the reporting quarter.

    Args:
        unit: Code under which it hands in.
        entity: As set.
        table: Its own actual figures up to the reporting quarter, dealings with the
            partner's other entities included: what a court would look at.
        synthetic: Whether any of them is made up.
        partner: It as one that hands in, for the rules of its own country and form.
        settings: Of this run.
        until: The quarter its partner is judged on, which its own books may not reach.
        notes: Legal matters noted of it, and those of its partner: they are as much its own.
    """

    unit: str
    entity: Entity
    table: pd.DataFrame
    synthetic: bool
    partner: Partner
    settings: Settings
    until: Quarter
    notes: tuple[LegalNote, ...] = ()

    @property
    def quarter(self) -> Quarter | None:
        """Newest quarter its own figures reach; None when nothing is known."""
        return Quarter.from_ordinal(int(self.table.index[-1])) if len(self.table) else None

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """The flags of early warning about its solvency and its legal matters, red first."""
        of_books = self.of_books.flags(self.quarter) if self.quarter else ()
        found = (*of_books, *self.of_notes.flags(self.until))
        return tuple(sorted(found, key=lambda flag: flag.alarm is not Alarm.RED))

    @cached_property
    def silent(self) -> tuple[Silence, ...]:
        """The rules that cannot speak at its newest quarter, each with its reason."""
        return self.of_books.silent(self.quarter) if self.quarter else ()

    @cached_property
    def events(self) -> tuple[FlagEvent, ...]:
        """Every flag that rose or cleared up to its newest quarter, oldest first."""
        of_books = self.of_books.events(self.quarter) if self.quarter else ()
        found = (*of_books, *self.of_notes.events(self.until))
        return tuple(sorted(found, key=lambda event: event.quarter))

    def judged_in(self, rule: Rule) -> Quarter | None:
        """The quarter a rule judges it in; None where it needs figures and none are known."""
        return self.until if rule.family is Family.LEGAL else self.quarter

    @cached_property
    def record(self) -> Record:
        """What the rules on its solvency and its legal matters have said of it."""
        return Record((*self.of_books.tracks, *self.of_notes.tracks))

    @cached_property
    def of_books(self) -> Record:
        """What its own figures say."""
        rules = [each for each in rules_of(self.partner) if each.family is not Family.LEGAL]
        return record_of(Sight(self.partner, self.table, self.settings), rules)

    @cached_property
    def of_notes(self) -> Record:
        """What people noted of it, which needs no figures: up to its partner's quarter."""
        rules = [each for each in rules_of(self.partner) if each.family is Family.LEGAL]
        begun = (self.partner.launch, self.until, *(note.opened for note in self.notes))
        quarters = range(min(begun).ordinal, self.until.ordinal + 1)
        table = pd.DataFrame(index=pd.RangeIndex(quarters, name="quarter"), dtype="float64")
        return record_of(Sight(self.partner, table, self.settings, notes=self.notes), rules)


def entity_case(
    unit: Partner,
    entity: Entity,
    frame: pd.DataFrame,
    until: Quarter,
    settings: Settings,
    notes: tuple[LegalNote, ...] = (),
) -> EntityCase:
    """One legal entity, up to the quarter its partner is judged on.

    Args:
        unit: It as one that hands in.
        entity: As set.
        frame: The tidy frame, entities under their unit codes.
        until: Newest quarter that counts.
        settings: Of this run.
        notes: Legal matters noted of it and of its partner.
    """
    behind = (frame["partner"] == unit.code) & (frame["quarter"] <= until.ordinal)
    table = known_until(partner_table(frame, unit.code), until.ordinal)
    made_up = bool(frame.loc[behind, "synthetic"].any())
    return EntityCase(unit.code, entity, table, made_up, unit, settings, until, notes)
