"""Handing back: what somebody gave, with what is wrong with it in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from smartfin.errors import InputError
from smartfin.facts import Fact, Scenario
from smartfin.handback import (
    Marked,
    TemplateOrder,
    marked_workbook,
    support_list_name,
    template_name,
    written_support_list,
    written_template,
)
from smartfin.ingest import Reading
from smartfin.partner import Partner, find_partner
from smartfin.quarter import Quarter, quarters_between
from smartfin.services.intake import Intake, read_draft
from smartfin.services.start import Smartfin, end_of_day
from smartfin.support import GROUP
from smartfin.wording import Words

_MOST_TO_FILL = 4  # quarters in one template


def can_be_marked(reading: Reading) -> bool:
    """Whether a workbook was opened at all; of one that was not there is nothing to mark."""
    return bool(reading.sheets)


def marked_back(words: Words, intake: Intake, content: bytes) -> Marked:
    """A workbook with what is remarked on it; warnings that were answered are left in peace.

    Args:
        words: Of the reader's language.
        intake: What was understood of it.
        content: Its bytes.

    Raises:
        InputError: ``workbook-unopened`` when there is nothing to mark.
    """
    if not can_be_marked(intake.reading):
        raise InputError("workbook-unopened", file=intake.file)
    reading = replace(intake.reading, findings=intake.open_findings)
    return marked_workbook(content, intake.file, reading, words)


def marked_draft(smartfin: Smartfin, words: Words, draft: int) -> Marked:
    """A waiting workbook with what is remarked on it.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        draft: Its number.

    Raises:
        InputError: ``draft-unknown``; ``workbook-unopened`` when there is nothing to mark.
    """
    waiting = smartfin.ledger.draft(draft)
    return marked_back(words, read_draft(smartfin, waiting), waiting.content)


def template_workbook(
    smartfin: Smartfin,
    words: Words,
    partner: str,
    as_of: date | None = None,
    *,
    blank: bool = False,
) -> tuple[str, bytes]:
    """A workbook for a partner to fill in: its file name and its bytes.

    To fill are the quarters that had ended since the newest one handed in, a year at most.
    Group finance, ``GROUP``, gets its list of support, empty.
    It is the partner's own: known is what it handed in, approved or not.

    Args:
        smartfin: Opened.
        words: Of the language it is in.
        partner: Code of the partner.
        as_of: Day on which it is made, with what was known then; None for now.
        blank: Whether to leave out what is known of the partner.

    Raises:
        InputError: ``partner-unknown``.
    """
    if partner.upper() == GROUP:
        return support_list_name(words), written_support_list(smartfin.partners, words)
    order = _template_order(smartfin, partner, as_of, blank=blank)
    return template_name(order, words), written_template(order, smartfin.items, words)


def template_file_name(
    smartfin: Smartfin, words: Words, partner: str, as_of: date | None = None
) -> str:
    """What the workbook for a partner to fill in is called.

    Raises:
        InputError: ``partner-unknown``.
    """
    if partner.upper() == GROUP:
        return support_list_name(words)
    return template_name(_template_order(smartfin, partner, as_of, blank=False), words)


def _template_order(
    smartfin: Smartfin, partner: str, as_of: date | None, *, blank: bool
) -> TemplateOrder:
    whose = find_partner(smartfin.units, partner)
    moment = end_of_day(as_of)
    facts = () if blank else smartfin.ledger.facts(partner=whose.code, as_of=moment)
    real = tuple(known.fact for known in facts if not known.synthetic)
    known = real or tuple(known.fact for known in facts)
    day = (moment or datetime.now(UTC)).date()
    quarters = _quarters_to_fill(whose, known, day)
    return TemplateOrder(whose, quarters, known, synthetic=bool(known) and not real)


def _quarters_to_fill(
    partner: Partner, known: tuple[Fact, ...], today: date
) -> tuple[Quarter, ...]:
    """The quarters ended since the newest known one, at least one; else the newest ended."""
    ended = Quarter.containing(today) + -1
    actual = [fact.quarter for fact in known if fact.quarter and fact.scenario is Scenario.ACTUAL]
    first = max(actual) + 1 if actual else max(partner.launch, ended + -(_MOST_TO_FILL - 1))
    last = min(max(first, ended), first + (_MOST_TO_FILL - 1))
    return tuple(quarters_between(first, last))
