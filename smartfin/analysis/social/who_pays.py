"""Who pays for a change of the fee, in money per member and year (docs/metrics.md#who-pays)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from smartfin.analysis.table import line, quotient, trailing_total
from smartfin.measure import Measure, Reason, Unit, undefined

DECILES = tuple(f"decile_{number}_member_volume" for number in range(1, 11))
"""Mean volume a year of the members in each tenth, the smallest users first."""
MIDDLE = "median_member_volume"


class Basis(StrEnum):
    """What is known of members' volumes (message ``social.basis.<code>``)."""

    DECILES = "deciles"
    MIDDLE = "middle"  # the member in the middle alone
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Payer:
    """What a change of the fee is for one member.

    Args:
        decile: 1 for the tenth of members with the smallest volume, 10 for that with the
            largest; None for the member in the middle.
        volume: What such a member invoices [currency a year].
        amount: What they pay more [currency a year]; under nil is less.
    """

    decile: int | None
    volume: float
    amount: float


@dataclass(frozen=True, slots=True)
class WhoPays:
    """Who pays for a change of the fee.

    Args:
        change: The change of the fee [fraction of volume]: 0.01 is one point.
        basis: What is known of members' volumes.
        payers: By decile, or the member in the middle alone; none where nothing is known.
        why: Why nobody can be named: a measure without a value; None where somebody is.
    """

    change: float
    basis: Basis
    payers: tuple[Payer, ...] = ()
    why: Measure | None = None


def who_pays(table: pd.DataFrame, ordinal: int, change: float) -> WhoPays:
    """What a change of the fee costs a member a year, small and large users apart.

    Formula: change of the fee x mean volume a year of a member of the tenth

    Args:
        table: As made by ``partner_table``; amounts in the money to answer in [currency].
        ordinal: The quarter whose members pay.
        change: Of the fee [fraction of volume, 0.01 is one point, signed].

    Returns:
        [currency per member and year]. For each tenth of members where all ten are
        reported; else for the member in the middle; else nobody, with the reason. The same
        members are assumed to invoice as much as before.

    Source:
        docs/metrics.md#who-pays

    Example:
        >>> known = pd.DataFrame({"median_member_volume": [6_000.0]}, index=[8091])
        >>> who_pays(known, 8091, 0.01).payers[0].amount
        60.0
    """
    if ordinal not in table.index:
        missing = undefined(Unit.CURRENCY, Reason.NOTHING_KNOWN)
        return WhoPays(change, Basis.UNKNOWN, why=missing)
    place = ordinal - int(table.index[0])
    volumes = [float(line(table, code)[place]) for code in DECILES]
    if not np.isnan(volumes).any():
        payers = tuple(
            Payer(decile, volume, change * volume) for decile, volume in enumerate(volumes, start=1)
        )
        return WhoPays(change, Basis.DECILES, payers)
    middle = float(line(table, MIDDLE)[place])
    if not np.isnan(middle):
        return WhoPays(change, Basis.MIDDLE, (Payer(None, middle, change * middle),))
    return WhoPays(
        change, Basis.UNKNOWN, why=undefined(Unit.CURRENCY, Reason.ITEM_MISSING, item=MIDDLE)
    )


def fee_change(table: pd.DataFrame, first_end: int, second_end: int) -> Measure:
    """By how much the fee that was collected changed between two windows of four quarters.

    Formula: fee_revenue / invoiced_volume of the second window less that of the first

    Args:
        table: As made by ``partner_table``.
        first_end: Ordinal of the last quarter of the first window.
        second_end: The same of the second one.

    Returns:
        [fraction of volume, signed]; no value where a quarter lacks a figure
        (``item-missing``, ``nothing-known``), or where a window has no volume.

    Source:
        docs/metrics.md#who-pays

    Example:
        >>> year = {"invoiced_volume": 100.0, "fee_revenue": 8.0}
        >>> table = pd.DataFrame([year] * 4 + [{**year, "fee_revenue": 9.5}] * 4)
        >>> round(fee_change(table, 3, 7).value, 4)
        0.015
    """
    if first_end not in table.index or second_end not in table.index:
        return undefined(Unit.FRACTION, Reason.NOTHING_KNOWN)
    places = [end - int(table.index[0]) for end in (first_end, second_end)]
    fees = trailing_total(table, ("fee_revenue",))[places]
    volumes = trailing_total(table, ("invoiced_volume",))[places]
    for item, amounts in (("fee_revenue", fees), ("invoiced_volume", volumes)):
        if np.isnan(amounts).any():
            return undefined(Unit.FRACTION, Reason.ITEM_MISSING, item=item)
    rates = quotient(fees, volumes)
    if np.isnan(rates).any():
        return undefined(Unit.FRACTION, Reason.NO_VOLUME)
    return Measure(float(rates[1] - rates[0]), Unit.FRACTION)
