"""What people note beside the figures: remarks on flags, and legal matters."""

from __future__ import annotations

from datetime import UTC, date, datetime

from smartfin.analysis.warning import Rule, find_rule, rules_of
from smartfin.errors import InputError
from smartfin.partner import Partner, find_partner
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case, assess
from smartfin.services.entities.warned import judged_in, unit_of
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
        quarter: What it is about; None for the newest the rule judges it in.

    Raises:
        InputError: ``partner-unknown``, ``rule-unknown``, ``rule-not-theirs``,
            ``rule-of-nobody``, ``remark-missing``; ``note-ahead`` for a quarter to come;
            ``entity-not-there`` for a legal entity that does not exist in the quarter.
    """
    whose, judging = find_partner(smartfin.units, partner), find_rule(rule)
    _refuse_rule_of_others(smartfin, whose, judging)
    case, newest = _judged(smartfin, whose)
    _refuse_absent(case, whose, quarter or newest)
    about = quarter or judged_in(unit_of(case, whose.code), judging) or newest
    return Decided((smartfin.ledger.remark(whose.code, judging.code, about, text, by),))


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
            ``note-ahead`` for a quarter to come; ``entity-not-there`` for a legal entity that
            has ended, or that did not exist in the quarter.
    """
    partner, title, text = matter
    whose = find_partner(smartfin.units, partner)
    case, newest = _judged(smartfin, whose)
    first = quarter or newest
    _refuse_absent(case, whose, first, newest)
    return Decided((smartfin.ledger.open_legal_flag(whose.code, title, text, by, share, first),))


def close_matter(
    smartfin: Smartfin, number: int, reason: str, by: str, quarter: Quarter | None = None
) -> Decided:
    """Note that a legal matter is settled: from a quarter on, else the newest, it counts no more.

    Raises:
        InputError: ``legal-unknown``, ``remark-missing``; ``note-ahead`` for a quarter to come.
    """
    found = next((each for each in smartfin.ledger.legal_flags() if each.id == number), None)
    whose = find_partner(smartfin.units, found.partner) if found else None
    first = quarter or (_judged(smartfin, whose)[1] if whose else None)
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


def _judged(smartfin: Smartfin, whose: Partner) -> tuple[Case, Quarter]:
    """A partner as it stands, and the newest quarter judged of it; of the group without any.

    The one of today only while nobody has reported any.
    """
    found = assess(smartfin)
    case = found.case(whose.entity_of or whose.code)
    newest = case.quarter or found.reporting
    return case, newest or Quarter.containing(datetime.now(UTC).date())


def _refuse_absent(case: Case, whose: Partner, *quarters: Quarter) -> None:
    """A note on a legal entity that is not there would be shown nowhere."""
    for each in case.entities:
        gone = [quarter for quarter in quarters if not each.entity.existed_in(quarter)]
        if each.unit == whose.code and gone:
            raise InputError(
                "entity-not-there", typed=whose.code, quarter=gone[0], partner=case.partner.code
            )


def _refuse_rule_of_others(smartfin: Smartfin, whose: Partner, rule: Rule) -> None:
    """A remark on a rule that judges somebody else would be shown nowhere."""
    theirs = [
        unit.code for unit in smartfin.units if rule in rules_of(unit) and rule.applies.to(unit)
    ]
    if any(unit.code in theirs for unit in whose.units):
        return
    whole = whose.entity_of
    nearest = [whole] if whole in theirs else theirs
    if not nearest:
        raise InputError("rule-of-nobody", rule=rule.code)
    raise InputError("rule-not-theirs", rule=rule.code, typed=whose.code, partners=tuple(nearest))
