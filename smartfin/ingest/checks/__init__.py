"""The rules a workbook is held against: one small function a rule, all in ``CHECKS``.

To add a rule: write it in the module of its family, name it in ``CHECKS``, add its code to
``FindingCode``, its sentence to the catalogues and its section to docs/findings.md.
"""

from __future__ import annotations

from smartfin.findings import FindingCode
from smartfin.ingest.checks.book import Book
from smartfin.ingest.checks.capital import capital_put_in_is_stated
from smartfin.ingest.checks.income import other_income_is_small
from smartfin.ingest.checks.presence import (
    newest_quarter_is_complete,
    no_actual_in_the_future,
    no_quarter_missing,
    required_items_are_there,
)
from smartfin.ingest.checks.series import signs_are_kept
from smartfin.ingest.checks.sums import balance_sheet_balances, results_add_up, subtotals_add_up
from smartfin.ingest.checks.ties import cash_ties, equity_ties, fees_follow_volume
from smartfin.ingest.rule import Rule

__all__ = ["CHECKS", "Book"]

CHECKS: tuple[Rule[Book], ...] = (
    Rule(FindingCode.MISSING_ITEM, required_items_are_there),
    Rule(FindingCode.BALANCE_DIFFERS, balance_sheet_balances),
    Rule(FindingCode.SUBTOTAL_DIFFERS, subtotals_add_up),
    Rule(FindingCode.RESULT_DIFFERS, results_add_up),
    Rule(FindingCode.CASH_DIFFERS, cash_ties),
    Rule(FindingCode.EQUITY_DIFFERS, equity_ties),
    Rule(FindingCode.FEES_DIFFER, fees_follow_volume),
    Rule(FindingCode.OTHER_INCOME_LARGE, other_income_is_small),
    Rule(FindingCode.INJECTION_UNSTATED, capital_put_in_is_stated),
    Rule(FindingCode.SIGN_FLIPPED, signs_are_kept),
    Rule(FindingCode.MISSING_QUARTER, no_quarter_missing),
    Rule(FindingCode.ITEM_GAP, newest_quarter_is_complete),
    Rule(FindingCode.FUTURE_ACTUAL, no_actual_in_the_future),
)
