"""The verdict on each partner as plain data, for the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

from smartfin.analysis.indicators import RATIO_OF
from smartfin.analysis.outlook import Landing
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case, assess
from smartfin.services.euro import in_euro
from smartfin.services.record.delivered import Delivered, delivered_quarter
from smartfin.services.start import Smartfin
from smartfin.services.tile import reason_sentence
from smartfin.store import Basis
from smartfin.wording import Words


def status_document(
    smartfin: Smartfin,
    words: Words,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> dict[str, Any]:
    """What ``status`` prints (docs/operations.md#command-line).

    Raises:
        InputError: ``quarter-not-known``.
    """
    assessment = assess(smartfin, quarter, as_of, basis)
    state = delivered_quarter(smartfin, assessment, assessment.active(), as_of)
    return {
        "reporting_quarter": _text(assessment.reporting),
        "deadline": str(smartfin.settings.deadline),
        "level": smartfin.settings.level.value,
        "basis": basis.value,
        "deliveries": _deliveries(state) if state else None,
        "partners": [_partner(smartfin, words, case) for case in assessment.cases],
    }


def _partner(smartfin: Smartfin, words: Words, case: Case) -> dict[str, Any]:
    verdict = case.verdict
    landing = verdict.outlook.landing if verdict.outlook else None
    return {
        "partner": case.partner.code,
        "quarter": _text(case.quarter),
        "verdict": verdict.state.value,
        "outcome": verdict.outcome.code.value,
        "reason": reason_sentence(words, verdict),
        "reason_code": verdict.reason.value,
        "coverage": case.measure(RATIO_OF[case.settings.level]).value,
        "gap": in_euro(smartfin, case, "gap_to_breakeven").value,
        "gap_unit": "EUR",
        "gap_local": case.measure("gap_to_breakeven").value,
        "currency": case.partner.currency,
        "probability": verdict.probability.value,
        "landing_quarter": _text(landing.middle) if landing else None,
        "landing_range": _range(landing),
        # The social verdict and the flags of early warning do not exist yet; absent is
        # not the same as "not reported" or "none".
        "social": None,
        "flags": [],
        "synthetic": case.synthetic,
        "provisional": case.provisional,
    }


def _deliveries(state: Delivered) -> dict[str, Any]:
    return {
        "quarter": str(state.quarter),
        "delivered": list(state.delivered),
        "waiting": list(state.waiting),
        "missing": list(state.missing),
        "due": state.due.isoformat(),
        "days_late": state.days_late,
    }


def _range(landing: Landing | None) -> list[str | None] | None:
    """Quarters in which a quarter and three quarters of the futures have landed."""
    return [_text(landing.early), _text(landing.late)] if landing else None


def _text(quarter: Quarter | None) -> str | None:
    return str(quarter) if quarter else None
