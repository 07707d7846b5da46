"""Whose a legal matter is, where a partner has several legal entities (docs/metrics.md#entities).

A note needs no figures: it counts whatever books are in, until somebody settles it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from smartfin.analysis.warning import LegalNote, Record, Sight, record_of
from smartfin.analysis.warning.quality import LEGAL
from smartfin.entity import Entity
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.services.entities.case import EntityCase
from smartfin.settings import Settings

Notes = Mapping[str, tuple[LegalNote, ...]]


def with_matters(
    partner: Partner, entities: Sequence[EntityCase], notes: Notes
) -> tuple[EntityCase, ...]:
    """The entities with the matters noted of each, and with those of their partner.

    Args:
        partner: Whose entities they are.
        entities: As they stood in the quarter judged.
        notes: Legal matters by code of whom they were noted.
    """
    of_all = () if _is_whole(entities) else notes.get(partner.code, ())
    return tuple(replace(each, notes=of_all + notes.get(each.unit, ())) for each in entities)


def matters_of_whole(
    partner: Partner,
    table: pd.DataFrame,
    settings: Settings,
    entities: Sequence[EntityCase],
    notes: Notes,
) -> Record:
    """What the rules on legal matters say of the partner itself; nothing where they do not.

    They do where none of its entities has books: then nobody else is judged at all. They do too
    where a matter of an entity that has ended is open: somebody still answers for it.

    Args:
        partner: Who.
        table: Its figures up to the quarter judged.
        settings: Of this run.
        entities: As they stood in that quarter.
        notes: Legal matters by code of whom they were noted.
    """
    whole = _is_whole(entities)
    own = notes.get(partner.code, ()) if whole else ()
    left = tuple(left for each in entities for left in _left_by(each, notes.get(each.unit, ())))
    if not whole and not left:
        return Record(())
    return record_of(Sight(partner, table, settings, notes=own + left), LEGAL)


def _last_quarter(entity: Entity) -> Quarter | None:
    """The last quarter in which an entity existed; None while it does."""
    return None if entity.until is None else Quarter.containing(entity.until)


def _is_whole(entities: Sequence[EntityCase]) -> bool:
    """Whether none of the entities that exist has books of its own."""
    return not any(len(each.table) for each in entities if each.entity.existed_in(each.until))


def _left_by(each: EntityCase, notes: tuple[LegalNote, ...]) -> tuple[LegalNote, ...]:
    """The matters that an ended entity left to its partner, from the quarter after on."""
    last = _last_quarter(each.entity)
    if last is None or last >= each.until:
        return ()
    first = last + 1
    return tuple(
        replace(note, opened=max(note.opened, first))
        for note in notes
        if note.closed is None or note.closed > first
    )
