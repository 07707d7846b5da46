"""What group finance's list adds to the partners' figures: what their own books leave unknown.

A partner rarely knows what the group did for it without a bill, and capital that came in beside
the shares may have no line of its own; group finance knows both. Where the partner's own books
say it, they win (docs/metrics.md#support-list).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime

import numpy as np
import pandas as pd

from smartfin.analysis.table import line, partner_table
from smartfin.facts import LedgerFact, Scenario
from smartfin.money import EURO
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.services.start import Smartfin
from smartfin.store import Basis
from smartfin.support import FROM_LIST, SERVICES, group_unit, partner_of


def with_listed_support(
    smartfin: Smartfin, frame: pd.DataFrame, moment: datetime | None, basis: Basis
) -> pd.DataFrame:
    """The tidy frame with the free services and the capital that only the list states.

    Capital that books never stated is nothing, not unknown, until their equity shows that some
    came in (``line``); only then the list serves. A quarter that it leaves out stays unknown.
    Only quarters that the partner's books report are added to, made-up figures to made-up ones,
    and amounts of euro become local at the quarter's mean rate; without a rate they stay out.

    Args:
        smartfin: Opened.
        frame: Tidy frame of the partners, in local currency.
        moment: Until when knowledge counts; None for all that is known.
        basis: Which figures count.
    """
    units = [group_unit(code) for code in smartfin.codes]
    listed = smartfin.ledger.facts_frame(moment, units, basis=basis)
    listed = listed[listed["item"].isin(FROM_LIST) & (listed["scenario"] == Scenario.ACTUAL)]
    if listed.empty:
        return frame
    books = _Books(frame)
    partners = {partner.code: partner for partner in smartfin.partners}
    added = []
    for row in listed.to_dict("records"):
        partner = partners[partner_of(row["partner"])]
        amount = _in_local(smartfin, partner, row) if books.lack(partner.code, row) else None
        if amount is not None:
            row.update(partner=partner.code, amount=amount, currency=partner.currency)
            added.append(row)
    if not added:
        return frame
    rows = pd.DataFrame(added, columns=frame.columns)
    kinds_of = {str(name): frame[name].dtype for name in frame.columns}
    return pd.concat([frame, rows.astype(kinds_of)], ignore_index=True)


class _Books:
    """What the partners' own books leave unknown."""

    def __init__(self, frame: pd.DataFrame) -> None:
        actual = frame[frame["scenario"] == Scenario.ACTUAL]
        self._frame = frame
        self._kinds = {
            (code, ordinal): bool(synthetic)
            for code, ordinal, synthetic in zip(
                actual["partner"], actual["quarter"], actual["synthetic"], strict=True
            )
        }
        stated = actual[actual["item"].isin(FROM_LIST)]
        self._stated = set(zip(stated["partner"], stated["item"], stated["quarter"], strict=True))
        self._tables: dict[str, pd.DataFrame] = {}

    def lack(self, partner: str, row: Mapping[Hashable, object]) -> bool:
        """Whether a row of the list says what a quarter of books of its kind leaves unknown."""
        item, ordinal = str(row["item"]), int(str(row["quarter"]))
        if self._kinds.get((partner, ordinal)) is not bool(row["synthetic"]):
            return False  # not reported at all, or of the other kind
        if (partner, item, ordinal) in self._stated:
            return False
        return item == SERVICES or self._unknown(partner, item, ordinal)

    def _unknown(self, partner: str, item: str, ordinal: int) -> bool:
        if partner not in self._tables:
            self._tables[partner] = partner_table(self._frame, partner)
        table = self._tables[partner]
        return bool(np.isnan(line(table, item)[ordinal - int(table.index[0])]))


def _in_local(smartfin: Smartfin, partner: Partner, row: Mapping[Hashable, object]) -> float | None:
    amount, currency = float(str(row["amount"])), row["currency"]
    if currency == partner.currency:
        return amount
    quarter = Quarter.from_ordinal(int(str(row["quarter"])))
    rate = smartfin.rates.mean(partner.currency, quarter) if currency == EURO else None
    return None if rate is None else amount * rate


def listed_support(
    smartfin: Smartfin, partner: str, moment: datetime | None, basis: Basis
) -> dict[tuple[str, Quarter], LedgerFact]:
    """What of the list may serve for the books, with its cells, by item and quarter."""
    unit = group_unit(partner)
    if not smartfin.ledger.revision(unit):
        return {}
    return {
        (each.fact.item, each.fact.quarter): each
        for each in smartfin.ledger.facts(unit, moment, basis=basis)
        if each.fact.item in FROM_LIST
        and each.fact.quarter
        and each.fact.scenario is Scenario.ACTUAL
    }
