"""What people note beside the figures: remarks on flags, and legal matters."""

from __future__ import annotations

from datetime import UTC, date, datetime

from smartfin.analysis.warning import find_rule
from smartfin.partner import Partner, find_partner
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
        partner: Code of the partner, or of a legal entity of it, in any case.
        rule: Code of the rule.
        text: What is said.
        by: Who says it.
        quarter: What it is about; None for the newest judged of the partner.

    Raises:
        InputError: ``partner-unknown``, ``rule-unknown``, ``remark-missing``; ``note-ahead``
            for a quarter to come.
    """
    whose = find_partner(smartfin.units, partner)
    code, about = whose.code, quarter or _newest(smartfin, whose)
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
        matter: Code of the partner, or of a legal entity of it, in any case; title, and what
            it is about.
        by: Who answers for it.
        share: Share of the invoiced volume it threatens [fraction]; None where nobody knows.
        quarter: First quarter it counts in; None for the newest judged of the partner.

    Raises:
        InputError: ``partner-unknown``, ``legal-title-missing``, ``legal-share-outside``;
            ``note-ahead`` for a quarter to come.
    """
    partner, title, text = matter
    whose = find_partner(smartfin.units, partner)
    code, first = whose.code, quarter or _newest(smartfin, whose)
    return Decided((smartfin.ledger.open_legal_flag(code, title, text, by, share, first),))


def close_matter(
    smartfin: Smartfin, number: int, reason: str, by: str, quarter: Quarter | None = None
) -> Decided:
    """Note that a legal matter is settled: from a quarter on, else the newest, it counts no more.

    Raises:
        InputError: ``legal-unknown``, ``remark-missing``; ``note-ahead`` for a quarter to come.
    """
    found = next((each for each in smartfin.ledger.legal_flags() if each.id == number), None)
    whose = find_partner(smartfin.units, found.partner) if found else None
    first = quarter or (_newest(smartfin, whose) if whose else None)
    return Decided((smartfin.ledger.close_legal_flag(number, reason, by, first),))


def erase_note(smartfin: Smartfin, number: int, by: str) -> Decided:
    """Empty what a remark, legal matter, vote or scenario says, for good; that it was stays.

    Raises:
        InputError: ``note-unknown``.
    """
    return Decided((smartfin.ledger.erase_note(number, by),))


def matters(smartfin: Smartfin, as_of: date | None = None) -> tuple[LegalFlag, ...]:
    """The legal matters noted by the end of a day, oldest first; also those settled since."""
    return smartfin.ledger.legal_flags(end_of_day(as_of))


def remarks(
    smartfin: Smartfin, as_of: date | None = None, partner: str | None = None
) -> tuple[Remark, ...]:
    """The remarks by the end of a day, of a partner with its entities or of all, oldest first.

    Raises:
        InputError: ``partner-unknown``.
    """
    found = smartfin.ledger.remarks(end_of_day(as_of))
    if not partner:
        return found
    codes = {unit.code for unit in find_partner(smartfin.units, partner).units}
    return tuple(each for each in found if each.partner in codes)


def _newest(smartfin: Smartfin, whose: Partner) -> Quarter:
    """The newest quarter judged of a partner or of a legal entity; of the group without any.

    The one of today only while nobody has reported any.
    """
    found = assess(smartfin)
    case = found.case(whose.entity_of or whose.code)
    own = next((each.quarter for each in case.entities if each.unit == whose.code), case.quarter)
    judged = own or found.reporting
    return judged or Quarter.containing(datetime.now(UTC).date())
