"""The address of a number: which figure, of whom, when, in what money."""

from __future__ import annotations

from dataclasses import dataclass

from smartfin.errors import InputError
from smartfin.facts import Scenario
from smartfin.quarter import Quarter

GROUP = "group"
"""Whose the sums over all partners are."""

ITEM = "item:"
CHANGE = "change:"
YEAR = "year:"
VARIANCE = "variance:"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that can be explained.

    Args:
        partner: Code of the partner; ``GROUP`` for sums over all.
        quarter: The quarter it is shown for.
        code: Of an indicator or a line item. ``item:cash`` is the line item where an
            indicator bears the same name, ``own_costs_quarter@budget`` what was voted,
            ``change:coverage`` its change in a year, ``year:…`` its sum over the year so
            far, ``variance:…`` actual less budget of that sum.
        currency: In what money: ``local``, or a code of Compare's currencies.
    """

    partner: str
    quarter: Quarter
    code: str
    currency: str = "local"

    def __str__(self) -> str:
        money = "" if self.currency == "local" else f"/{self.currency}"
        return f"{self.partner}/{self.quarter}/{self.code}{money}"

    @property
    def name(self) -> str:
        """The code without its scenario."""
        return self.code.partition("@")[0]

    @property
    def scenario(self) -> Scenario:
        """Whether it happened, was voted or is expected.

        Raises:
            InputError: ``choice-unknown``.
        """
        named = self.code.partition("@")[2] or Scenario.ACTUAL.value
        try:
            return Scenario(named)
        except ValueError as error:
            raise InputError("choice-unknown", text=named, known=", ".join(Scenario)) from error


def source_of(partner: str, quarter: Quarter | None, code: str, currency: str = "local") -> str:
    """Where a shown number comes from, as a cell carries it; empty while nothing is known."""
    return str(Figure(partner, quarter, code, currency)) if quarter else ""
