"""What people note beside the figures: remarks on flags, and legal matters."""

from __future__ import annotations

from datetime import UTC, date, datetime

from smartfin.analysis.warning import find_rule
from smartfin.partner import find_partner
from smartfin.quarter import Quarter
from smartfin.services.assessment import assess
from smartfin.services.record.decide import Decided
from smartfin.services.start import Smartfin, end_of_day
from smartfin.store import LegalFlag, Remark


def note_remark(
    smartfin: Smartfin, partner: str, rule: str, text: str, by: str, quarter: Quarter | None = None
) -> Decided:
    """Note what somebody says about a flag.

    Args:
        smartfin: Opened.
        partner: Code of the partner, in any case.
        rule: Code of the rule.
        text: What is said.
        by: Who says it.
        quarter: What it is about; None for the partner's newest.

    Raises:
        InputError: ``partner-unknown``, ``rule-unknown``, ``remark-missing``.
    """
    code = find_partner(smartfin.partners, partner).code
    about = quarter or _newest(smartfin, code)
    return Decided((smartfin.ledger.remark(code, find_rule(rule).code, about, text, by),))


def open_matter(
    smartfin: Smartfin,
    matter: tuple[str, str, str],
    by: str,
    share: float | None = None,
    quarter: Quarter | None = None,
) -> Decided:
    """Note a legal matter of a partner.

    Args:
        smartfin: Opened.
        matter: Code of the partner in any case, title, and what it is about.
        by: Who answers for it.
        share: Share of the invoiced volume it threatens [fraction]; None where nobody knows.
        quarter: First quarter it counts in; None for the partner's newest.

    Raises:
        InputError: ``partner-unknown``, ``legal-title-missing``, ``legal-share-outside``.
    """
    partner, title, text = matter
    code = find_partner(smartfin.partners, partner).code
    first = quarter or _newest(smartfin, code)
    return Decided((smartfin.ledger.open_legal_flag(code, title, text, by, share, first),))


def close_matter(
    smartfin: Smartfin, number: int, reason: str, by: str, quarter: Quarter | None = None
) -> Decided:
    """Note that a legal matter is settled: from a quarter on, else the newest, it counts no more.

    Raises:
        InputError: ``legal-unknown``, ``remark-missing``.
    """
    found = next((each for each in smartfin.ledger.legal_flags() if each.id == number), None)
    first = quarter or (_newest(smartfin, found.partner) if found else None)
    return Decided((smartfin.ledger.close_legal_flag(number, reason, by, first),))


def matters(smartfin: Smartfin, as_of: date | None = None) -> tuple[LegalFlag, ...]:
    """The legal matters noted by the end of a day, oldest first; also those settled since."""
    return smartfin.ledger.legal_flags(end_of_day(as_of))


def remarks(
    smartfin: Smartfin, as_of: date | None = None, partner: str | None = None
) -> tuple[Remark, ...]:
    """The remarks by the end of a day, of a partner or of all, oldest first.

    Raises:
        InputError: ``partner-unknown``.
    """
    code = find_partner(smartfin.partners, partner).code if partner else None
    found = smartfin.ledger.remarks(end_of_day(as_of))
    return tuple(each for each in found if code in (None, each.partner))


def _newest(smartfin: Smartfin, partner: str) -> Quarter:
    """The partner's newest quarter; while nothing is known, the one of today."""
    known = assess(smartfin).case(partner).quarter
    return known or Quarter.containing(datetime.now(UTC).date())
