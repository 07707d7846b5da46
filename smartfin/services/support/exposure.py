"""What the group could lose with its partners (docs/metrics.md#exposure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartfin.analysis.compare import euro_table
from smartfin.analysis.table import line
from smartfin.measure import Measure, Reason, undefined
from smartfin.money import EURO
from smartfin.quarter import Quarter
from smartfin.services.approval import waiting_submissions
from smartfin.services.assessment import Assessment, Case
from smartfin.services.euro import exchange_of
from smartfin.services.start import Smartfin
from smartfin.services.support.listed import listed_measure, listed_rows
from smartfin.support import Kind, group_unit


@dataclass(frozen=True, slots=True)
class Exposure:
    """What the group has at stake, over some partners [EUR].

    Args:
        equity: Capital injections since each partner's start.
        loans: Loans outstanding at the quarter's end.
        guarantees: As group finance's list last stated them, of those it names.
        total: All three together; without guarantees where none is stated.
        unstated: Codes of the partners whose guarantees are not stated.
        provisional: Whether any of the guarantees is not approved yet.
    """

    equity: Measure
    loans: Measure
    guarantees: Measure
    total: Measure
    unstated: tuple[str, ...]
    provisional: bool


def exposure_of(smartfin: Smartfin, assessment: Assessment, cases: tuple[Case, ...]) -> Exposure:
    """The group's exposure to some partners, at the reporting quarter.

    Formula:
        equity put in since each start + loans outstanding + guarantees

    Args:
        smartfin: Opened.
        assessment: Of the reporting quarter.
        cases: The partners, all made up or all real.

    Returns:
        Equity and loans are undefined as soon as one partner's are unknown. Guarantees stand in
        no partner's books: those of partners the list does not name are missing, never 0, and
        the total is then what is at least at stake.

    Source:
        docs/metrics.md#exposure
    """
    newest = assessment.reporting or smartfin.settings.deadline
    tables = [(case, euro_table(case.table, exchange_of(smartfin, case))) for case in cases]
    equity = _added(_equity(case, table, newest) for case, table in tables)
    loans = _added(_loans(case, table, newest) for case, table in tables)
    stated = {case.partner.code: _guarantee(smartfin, assessment, case, newest) for case in cases}
    known = [each for each in stated.values() if each is not None]
    unstated = tuple(code for code, each in stated.items() if each is None)
    guarantees = _added(known) if known else undefined(EURO, Reason.NOTHING_KNOWN)
    total = _added((equity, loans, *((guarantees,) if known else ())))
    waits = _guarantees_wait(smartfin, assessment, stated.keys() - set(unstated), newest)
    return Exposure(equity, loans, guarantees, total, unstated, waits)


def _added(measures: Iterable[Measure]) -> Measure:
    """The sum; as soon as one has no value, why."""
    total, any_known = 0.0, False
    for each in measures:
        if each.value is None:
            return each
        total, any_known = total + each.value, True
    return Measure(total, EURO) if any_known else undefined(EURO, Reason.NOTHING_KNOWN)


def _equity(case: Case, table: pd.DataFrame, newest: Quarter) -> Measure:
    """Capital injections of a partner from its launch to a quarter."""
    wanted = range(case.partner.launch.ordinal, newest.ordinal + 1)
    amounts = pd.Series(line(table, Kind.CAPITAL.item), index=table.index).reindex(wanted)
    for ordinal in amounts.index[amounts.isna()]:
        return _missing(case, Quarter.from_ordinal(int(ordinal)))
    return Measure(float(amounts.sum()), EURO)


def _loans(case: Case, table: pd.DataFrame, newest: Quarter) -> Measure:
    """Loans of the group that stand at the end of a quarter."""
    amounts = pd.Series(line(table, Kind.LOAN_BALANCE.item), index=table.index)
    amount = float(amounts.get(newest.ordinal, np.nan))
    return _missing(case, newest) if np.isnan(amount) else Measure(amount, EURO)


def _missing(case: Case, quarter: Quarter) -> Measure:
    reason = Reason.PARTNER_QUARTER_MISSING
    return undefined(EURO, reason, partner=case.partner.code, quarter=quarter)


def _guarantees_wait(
    smartfin: Smartfin, assessment: Assessment, partners: Iterable[str], newest: Quarter
) -> bool:
    """Whether any of the guarantees stated of some partners is not approved yet."""
    waiting = waiting_submissions(smartfin, assessment.moment)
    if not waiting:
        return False
    code = Kind.GUARANTEE.item
    return any(
        known.submission in waiting
        for partner in partners
        for _, known in listed_rows(smartfin, assessment, group_unit(partner), code, newest)
    )


def _guarantee(
    smartfin: Smartfin, assessment: Assessment, case: Case, newest: Quarter
) -> Measure | None:
    """Guarantees for a partner as last stated by a quarter; None where never."""
    unit = group_unit(case.partner.code)
    measure = listed_measure(smartfin, assessment, unit, Kind.GUARANTEE.item, newest)
    return None if measure.reason is Reason.NOTHING_KNOWN else measure
