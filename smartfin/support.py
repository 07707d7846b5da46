"""What the group gives its partners, and under whose name group finance's list of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from smartfin.errors import InputError, SettingsError
from smartfin.quarter import Quarter

GROUP = "GROUP"
"""Who hands in the list of support: group finance."""

_UNIT = f"{GROUP}-"


class Kind(StrEnum):
    """One kind of support; the line item it is kept as is a fact about the kind."""

    item: str

    def __new__(cls, code: str, item: str) -> Kind:
        """A member: its code and its line item."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.item = item
        return member

    CONTRIBUTION = "contribution", "group_contribution_received"
    CAPITAL = "capital", "group_capital_injection"
    LOAN_DRAWN = "loan-drawn", "group_loan_drawdown"
    LOAN_REPAID = "loan-repaid", "group_loan_repayment"
    LOAN_BALANCE = "loan-balance", "group_loans"
    WAIVER = "waiver", "group_debt_waiver"
    SERVICES = "services", "imputed_group_services"
    GUARANTEE = "guarantee", "group_guarantees"


SERVICES = Kind.SERVICES.item

FROM_LIST = frozenset({SERVICES, Kind.CAPITAL.item})
"""Lines for which group finance's list serves where a partner's own books leave them unknown."""

# What moves money in a quarter, with its sign: what a list says was paid. A waiver moves none.
PAID: Mapping[str, int] = {
    Kind.CONTRIBUTION.item: 1,
    Kind.CAPITAL.item: 1,
    Kind.LOAN_DRAWN.item: 1,
    Kind.LOAN_REPAID.item: -1,
}


CONTRIBUTIONS = "shareholder_contributions"
"""Where capital that the group puts in outside the shares is kept, accumulated."""

RISE = 0.01
"""Share of it that must be new at a quarter's end to be money put in [fraction, house value]."""


def group_unit(partner: str) -> str:
    """Under which code the ledger keeps what group finance's list says of a partner.

    Example:
        >>> group_unit("ES")
        'GROUP-ES'
    """
    return f"{_UNIT}{partner}"


def is_of_group(code: str) -> bool:
    """Whether a code is group finance's: the list as a whole, or a partner's part of it."""
    return code == GROUP or code.startswith(_UNIT)


def partner_of(unit: str) -> str:
    """The partner that a part of the list is about; empty for the list as a whole.

    Example:
        >>> partner_of("GROUP-ES"), partner_of("GROUP")
        ('ES', '')
    """
    return unit.removeprefix(_UNIT) if unit.startswith(_UNIT) else ""


LARGEST_AMOUNT = 1e12
"""No support is larger [any currency]: beyond it a cell holds something else than money."""


@dataclass(frozen=True, slots=True)
class Vote:
    """Support the group voted for a partner.

    Args:
        first: First quarter it is voted for.
        last: Last one.
        eur: Over all of them [EUR, >= 0].
    """

    first: Quarter
    last: Quarter
    eur: float

    def between(self, first: Quarter, last: Quarter) -> float:
        """The part of it that falls on the quarters from one to another [EUR].

        A vote is spread evenly over its quarters.

        Example:
            >>> vote = Vote(Quarter(2021, 1), Quarter(2022, 4), 80_000.0)
            >>> vote.between(Quarter(2022, 1), Quarter(2022, 4))
            40000.0
        """
        shared = min(self.last, last) - max(self.first, first) + 1
        return self.eur * max(0, shared) / (self.last - self.first + 1)


def read_votes(place: str, table: Mapping[str, Any]) -> tuple[Vote, ...]:
    """The support path of a partner, ``support = [{ from = ..., to = ..., eur = ... }]``.

    Args:
        place: Name of the partner's table, for the message.
        table: The table.

    Raises:
        SettingsError: ``setting-malformed`` where a vote lacks something, runs backwards,
            overlaps another one or is no amount; ``setting-unknown`` for a misspelt key.
    """
    rows = table.get("support", [])
    key = f"{place}.support"
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise SettingsError("setting-malformed", key=key, value=str(rows), wanted=_WANTED)
    votes = sorted((_vote(key, row) for row in rows), key=lambda vote: vote.first)
    for one, following in pairwise(votes):
        if following.first <= one.last:
            both = f"{one.first}-{one.last}, {following.first}-{following.last}"
            raise SettingsError("setting-malformed", key=key, value=both, wanted=_WANTED)
    return tuple(votes)


_WANTED = '[{ from = "2021-Q1", to = "2021-Q4", eur = 120000 }]'


def _vote(key: str, row: Mapping[str, Any]) -> Vote:
    for name in row.keys() - {"from", "to", "eur"}:
        raise SettingsError("setting-unknown", key=f"{key}.{name}")
    malformed = SettingsError("setting-malformed", key=key, value=str(dict(row)), wanted=_WANTED)
    try:
        first, last, eur = Quarter.parse(row["from"]), Quarter.parse(row["to"]), row["eur"]
    except (KeyError, AttributeError, InputError) as error:
        raise malformed from error
    if isinstance(eur, bool) or not isinstance(eur, int | float):
        raise malformed
    if last < first or not 0 <= eur <= LARGEST_AMOUNT:
        raise malformed
    return Vote(first, last, float(eur))
