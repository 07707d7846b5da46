"""The verdict on each partner as plain data, for the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

from smartfin.analysis.forecast.outlook import Landing
from smartfin.analysis.indicators.family import RATIO_OF
from smartfin.analysis.warning import Flag, find_rule
from smartfin.quarter import Quarter
from smartfin.services.assessment import Assessment, Case, assess
from smartfin.services.documents import entity_in
from smartfin.services.entities.case import EntityCase
from smartfin.services.entities.told import told_of
from smartfin.services.entities.view import (
    SOLVENCY,
    entity_equity,
    entity_measure,
    newest_remarks,
    remark_sentence,
)
from smartfin.services.entities.warned import Judged, warnings_about
from smartfin.services.euro import in_euro
from smartfin.services.record.delivered import Delivered, delivered_quarter
from smartfin.services.social.case import social_case
from smartfin.services.start import Smartfin
from smartfin.services.support.comparison import support_comparison
from smartfin.services.verdict_words import reason_sentence
from smartfin.services.warning.sentence import flag_sentence
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
        "partners": [_partner(smartfin, words, case, assessment) for case in assessment.cases],
    }


def _partner(
    smartfin: Smartfin, words: Words, case: Case, assessment: Assessment
) -> dict[str, Any]:
    verdict = case.verdict
    landing = verdict.outlook.landing if verdict.outlook else None
    held = support_comparison(smartfin, case, assessment)
    judged = social_case(smartfin, assessment, case.partner.code)
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
        "probability_by": verdict.probability_by.value,
        "landing_quarter": _text(landing.middle) if landing else None,
        "landing_range": _range(landing),
        "social": judged.social.value,
        "social_verdict": judged.state.value,
        "bought_share": judged.verdict.bought.share.value if judged.verdict else None,
        "flags": [_flag(words, each.flag, each.whose) for each in warnings_about(case)],
        "support_differences": len(held.differences),
        "support_compared": len(held.quarters),
        "synthetic": case.synthetic,
        "provisional": case.provisional,
        "entities": [_entity(words, case, each) for each in case.entities],
        "entity_warnings": [remark_sentence(words, case, each) for each in newest_remarks(case)],
    }


def _entity(words: Words, case: Case, each: EntityCase) -> dict[str, Any]:
    return {
        "entity": each.entity.code,
        "partner": each.unit,
        "name": each.entity.name,
        "legal_form": each.entity.legal_form,
        "registered_capital": each.entity.registered_capital,
        "quarter": _text(each.quarter),
        "equity": entity_equity(case, each).value,
        "currency": case.partner.currency,
        **{code: entity_measure(case, each, code).value for code in SOLVENCY},
        "flags": [_flag(words, flag, each) for flag in each.flags],
        "synthetic": each.synthetic,
    }


def _flag(words: Words, flag: Flag, whose: Judged) -> dict[str, Any]:
    """A flag; the law looks at each legal entity, which is then named."""
    return {
        "entity": entity_in(whose.partner.code),
        "rule": flag.rule,
        "family": flag.family.value,
        "level": flag.alarm.value,
        "value": flag.value.value,
        "threshold": flag.threshold.value,
        "unit": flag.threshold.unit,
        "since": str(flag.since),
        "first_raised": str(flag.first_raised),
        "direction": flag.course.value,
        "indicator": flag.indicator or None,
        "quarter": str(flag.quarter),
        "renewed": flag.renewed,
        "easing": flag.easing,
        "sentence": told_of(words, whose, find_rule(flag.rule), flag_sentence(words, flag)),
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
