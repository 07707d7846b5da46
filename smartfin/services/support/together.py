"""The books that group finance's list is held against: a partner's, or its entities' together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from smartfin.analysis.entities import Combination, combined
from smartfin.facts import LedgerFact, Scenario
from smartfin.items import Items
from smartfin.partner import Partner
from smartfin.quarter import Quarter

Place = tuple[str, Quarter]
"""Line item and quarter."""

Known = Mapping[Place, LedgerFact]


@dataclass(frozen=True, slots=True)
class Books:
    """What the books of a partner say.

    Args:
        facts: By item and quarter: one of its own, or one of each legal entity that has any.
        quarters: Quarters they report; one that an entity leaves out is none.
        unknown: Places of which an entity says its part, but not all of them.
    """

    facts: Mapping[Place, tuple[LedgerFact, ...]]
    quarters: frozenset[Quarter]
    unknown: frozenset[Place] = frozenset()


def books_of(partner: Partner, units: Mapping[str, Known], items: Items) -> Books:
    """What the books of a partner say, those of several legal entities put together.

    Args:
        partner: Whose.
        units: What each unit of it states, by its code; all made up or all real.
        items: The chart of line items.
    """
    own = units.get(partner.code, {})
    if not partner.entities:
        facts = {place: (fact,) for place, fact in own.items()}
        return Books(facts, frozenset(quarter for _, quarter in facts))
    made = combined(_frame(partner, units, items), [partner], items)
    found = {
        place: _of_entities(partner, units, place) if theirs else (own[place],)
        for place, theirs in _counted(partner, made)
    }
    stated = {place for each in partner.entities for place in units.get(partner.unit(each), {})}
    return Books(
        facts=found,
        quarters=frozenset(quarter for _, quarter in found),
        unknown=frozenset(stated - found.keys()),
    )


def _of_entities(
    partner: Partner, units: Mapping[str, Known], place: Place
) -> tuple[LedgerFact, ...]:
    known = (units.get(partner.unit(each), {}).get(place) for each in partner.entities)
    return tuple(fact for fact in known if fact is not None)


def _counted(partner: Partner, made: Combination) -> Iterator[tuple[Place, bool]]:
    """Each place that counts, and whether it comes from the entities' books."""
    rows = made.frame[made.frame["partner"] == partner.code]
    for item, ordinal in zip(rows["item"], rows["quarter"], strict=True):
        theirs = (partner.code, Scenario.ACTUAL.value, int(ordinal), item) in made.made
        yield (item, Quarter.from_ordinal(int(ordinal))), theirs


def _frame(partner: Partner, units: Mapping[str, Known], items: Items) -> pd.DataFrame:
    """The same facts as a tidy frame; money in another currency cannot be added up."""
    rows = [
        (unit.code, quarter.ordinal, Scenario.ACTUAL.value, item, known.fact.amount,
         known.fact.unit, known.synthetic)
        for unit in partner.units
        for (item, quarter), known in units.get(unit.code, {}).items()
        if item in items and (items[item].unit != "currency" or known.fact.unit == partner.currency)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"quarter": "int64", "synthetic": bool})


_COLUMNS = ["partner", "quarter", "scenario", "item", "amount", "currency", "synthetic"]
