"""The address of a number: which figure, of whom, when, in what money."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smartfin.errors import InputError
from smartfin.facts import Scenario
from smartfin.quarter import Quarter

GROUP = "group"
"""Whose the sums over all partners are."""

ITEM = "item:"
CHANGE = "change:"
YEAR = "year:"
VARIANCE = "variance:"
AGAINST = "against-budget:"
AHEAD = "ahead:"
LISTED = "listed:"
BRIDGE = "bridge:"
LINES = "lines:"
STATEMENT = "statement:"
SUPPORT = "support:"
RULE = "rule:"

SOCIAL, BOUGHT_SHARE = "social", "bought_share"
"""What is judged of the social project."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that can be explained.

    Args:
        partner: Code of the partner; ``GROUP`` for sums over all.
        quarter: The quarter it is shown for.
        code: Of an indicator or a line item. ``item:cash`` is the line item where an
            indicator bears the same name, ``own_costs_quarter@budget`` what was voted,
            ``change:coverage`` its change in a year, ``year:…`` its sum over the year so
            far, ``variance:…`` actual less budget of that sum,
            ``against-budget:…`` that of an indicator or a row of the statement;
            ``ahead:coverage:2023-Q4`` is the middle of the futures as the quarter has them.
            ``bridge:volume`` is the effect of a cause since a year earlier,
            ``bridge:volume:2020-Q4`` since then;
            ``lines:team`` what its lines came to in four quarters, ``statement:…`` the same
            of a row of the statement; ``listed:…`` what group finance's list says, of
            ``GROUP-ES``; ``rule:…`` the figure of a rule of early warning; ``verdict``,
            ``probability``, ``landing``, ``social`` and ``bought_share`` what is judged;
            ``support:voted:2022`` what was voted for a year, ``support:to-pay:2022`` what of it
            is still to pay, ``support:difference:…`` the list less the books, of a line item.
        currency: In what money: ``local``, or a code of Compare's currencies.
    """

    partner: str
    quarter: Quarter
    code: str
    currency: str = "local"

    def __str__(self) -> str:
        money = "" if self.currency == "local" else f"/{self.currency}"
        return f"{self.partner}/{self.quarter}/{self.code}{money}"

    def as_asked(self) -> Figure:
        """The same of a person, who may write whose it is in any case.

        Example:
            >>> str(Figure("Group", Quarter(2022, 4), "support_year").as_asked())
            'group/2022-Q4/support_year'
        """
        whose = self.partner.upper()
        return replace(self, partner=GROUP if whose == GROUP.upper() else whose)

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
