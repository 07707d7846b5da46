"""The cells below a figure that was put together from the books of several legal entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from smartfin.analysis.entities import WEIGHTS, Combination, Removed, share_in
from smartfin.analysis.explain import Input
from smartfin.analysis.table import TOTALS
from smartfin.facts import LedgerFact, Scenario
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.services.start import Smartfin
from smartfin.store import Basis

Stated = Mapping[tuple[str, str, Quarter], LedgerFact]
"""The facts of the entities, by unit code, item and quarter."""


class EntityFacts:
    """What the entities of one partner stated, and what was taken out when it was added up.

    Args:
        smartfin: Opened.
        partner: The partner.
        combination: How its figures were put together.
        scenario: Of the figure.
        moment: Until when knowledge counts; None for all that is known.
        basis: Which figures count.
    """

    def __init__(
        self,
        smartfin: Smartfin,
        partner: Partner,
        combination: Combination,
        scenario: Scenario,
        moment: datetime | None,
        basis: Basis,
    ) -> None:
        self._items = smartfin.items
        self._partner = partner
        self._combination = combination
        self._scenario = scenario
        self._stated: Stated = {
            (known.partner, known.fact.item, known.fact.quarter): known
            for entity in partner.entities
            for known in smartfin.ledger.facts(partner.unit(entity), moment, None, basis)
            if known.fact.quarter and known.fact.scenario is scenario
        }

    def behind(self, each: Input) -> tuple[LedgerFact, ...]:
        """The facts an amount was put together from; none where it was not.

        With each entity's own line comes the memo of what was taken out of it.
        """
        place = (self._partner.code, self._scenario.value, each.quarter.ordinal, each.item)
        if place not in self._combination.made:
            return ()
        wanted = [
            (self._partner.unit(entity), item)
            for item in self._lines(each.item)
            for entity in self._partner.entities
        ]
        memos = [(removed.entity, removed.memo) for removed in self.removed([each])]
        keys = dict.fromkeys((unit, item, each.quarter) for unit, item in (*wanted, *memos))
        return tuple(self._stated[key] for key in keys if key in self._stated)

    def removed(self, inputs: Iterable[Input]) -> tuple[Removed, ...]:
        """What was taken out of some amounts, each once."""
        places = {
            (each.quarter, each.item)
            for each in inputs
            if (self._partner.code, self._scenario.value, each.quarter.ordinal, each.item)
            in self._combination.made
        }
        return tuple(
            removed
            for removed in self._combination.removed
            if (removed.partner, removed.scenario) == (self._partner.code, self._scenario.value)
            and any(
                quarter == removed.quarter and share_in(item, removed.line, self._items)
                for quarter, item in places
            )
        )

    def _lines(self, item: str) -> Iterator[str]:
        """A line, and those it is made of where an entity prints no total, or that weigh it."""
        yield item
        if item in WEIGHTS:
            yield WEIGHTS[item]
        for _, part in TOTALS.get(item, ()):
            if not self._is_printed(item):
                yield from self._lines(part)

    def _is_printed(self, item: str) -> bool:
        units = {self._partner.unit(entity) for entity in self._partner.entities}
        return units <= {unit for unit, stated, _ in self._stated if stated == item}
