"""What an audit changed, told apart, so that it does not look like a bad quarter."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime

import pandas as pd

from smartfin.analysis.indicators.family import find_indicator
from smartfin.measure import Measure
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.country.story import COLUMNS_SHOWN
from smartfin.services.start import Smartfin
from smartfin.store import AuditAdjustment, Basis
from smartfin.wording import Words

_RESULT = "result_before_support_quarter"


def audit_sentences(
    smartfin: Smartfin,
    words: Words,
    case: Case,
    moment: datetime | None,
    basis: Basis = Basis.ACCEPTED,
) -> tuple[str, ...]:
    """A sentence for each shown quarter that an audit changed, newest first.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        case: Whose.
        moment: Until when knowledge counts; None for all that is known.
        basis: Which figures count.
    """
    if case.quarter is None:
        return ()
    shown = range(case.quarter.ordinal - COLUMNS_SHOWN + 1, case.quarter.ordinal + 1)
    adjustments = [
        each
        for each in smartfin.ledger.audit_adjustments(case.partner.code, moment, basis)
        if each.quarter.ordinal in shown and each.item in case.table.columns
    ]
    effects = _effects(case, adjustments)
    quarters = sorted({each.quarter for each in adjustments}, reverse=True)
    return tuple(_sentence(words, case, quarter, adjustments, effects) for quarter in quarters)


def is_audited(
    before: pd.DataFrame, after: pd.DataFrame, span: range, adjustments: Iterable[AuditAdjustment]
) -> bool:
    """Whether all that differs between two tables of a partner was changed by an audit.

    Args:
        before: What was known, as made by ``partner_table``.
        after: What is known.
        span: Ordinals of the quarters to look at, as far as both tables have them.
        adjustments: What audits changed.
    """
    quarters = before.index.intersection(after.index).intersection(list(span))
    items = before.columns.union(after.columns)
    old = before.reindex(index=quarters, columns=items)
    new = after.reindex(index=quarters, columns=items)
    same = ((new - old).abs() <= 1e-9 * old.abs()) | (new.isna() & old.isna())
    changed = {
        (quarter, item)
        for quarter, row in zip(quarters, same.to_numpy(), strict=True)
        for item, unchanged in zip(items, row, strict=True)
        if not unchanged
    }
    by_audit = {(each.quarter.ordinal, each.item) for each in adjustments}
    return bool(changed) and changed <= by_audit


def _effects(case: Case, adjustments: Sequence[AuditAdjustment]) -> pd.Series[float]:
    """What adjustments do to the result of each quarter; NaN where it is undefined."""
    before = case.table.copy()
    for each in adjustments:
        before.loc[each.quarter.ordinal, each.item] = each.before
    result = find_indicator(_RESULT, case.settings.level)
    return result.series(case.table) - result.series(before)


def _sentence(
    words: Words,
    case: Case,
    quarter: Quarter,
    adjustments: Iterable[AuditAdjustment],
    effects: pd.Series[float],
) -> str:
    effect = float(effects.get(quarter.ordinal, math.nan))
    if not effect or math.isnan(effect):
        count = sum(each.quarter == quarter for each in adjustments)
        return words.plural("audit.figures", count, quarter=quarter)
    result = float(case.series(_RESULT).loc[quarter.ordinal])
    currency = case.partner.currency
    return words.text(
        "audit.result",
        quarter=quarter,
        result=Measure(result, currency),
        adjustment=words.amount(effect, currency, sign=True),
    )
