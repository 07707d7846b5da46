"""Opening smartfin: settings, vocabulary and ledger in one place; samples on the first start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from smartfin.analysis.social import refuse_bad_floors
from smartfin.analysis.warning import RULES, refuse_bad_thresholds
from smartfin.entity import refuse_unfit_lines
from smartfin.errors import InputError
from smartfin.facts import Stage
from smartfin.findings import has_errors
from smartfin.ingest import Reading, ReadingContext, read_workbook
from smartfin.items import Items, read_items
from smartfin.money import Rates, read_rates
from smartfin.partner import Partner, all_units, find_partner, read_partners
from smartfin.quarter import Quarter
from smartfin.services.reading import Told
from smartfin.services.recipe import recipe_of
from smartfin.settings import Settings
from smartfin.social_floor import read_social_floors
from smartfin.store import HandIn, Ledger, open_ledger
from smartfin.support import GROUP, group_unit, is_of_group, partner_of

SAMPLE_HAND = "smartfin"
"""Who handed in the samples."""


@dataclass(frozen=True, slots=True, eq=False)
class Smartfin:
    """What every use case works with."""

    settings: Settings
    items: Items
    partners: tuple[Partner, ...]
    rates: Rates
    ledger: Ledger

    @property
    def codes(self) -> tuple[str, ...]:
        """The partners' codes: a ledger may hold many more, which no page has to wait for."""
        return tuple(partner.code for partner in self.partners)

    @property
    def units(self) -> tuple[Partner, ...]:
        """Everybody who may hand in: each partner, followed by its legal entities."""
        return all_units(self.partners)

    @property
    def unit_codes(self) -> tuple[str, ...]:
        """Their codes: whose figures the partners' are made of."""
        return tuple(unit.code for unit in self.units)

    def ledger_codes(self, typed: str) -> tuple[str, ...]:
        """Under which codes the ledger keeps the figures of whom somebody asks for.

        Args:
            typed: Code in any case: a partner (its legal entities are in it), one of its
                entities, ``GROUP`` for group finance's list, ``GROUP-ES`` for a part of it.

        Raises:
            InputError: ``partner-unknown``.
        """
        code = typed.upper()
        if code == GROUP:
            return tuple(map(group_unit, self.codes))
        if is_of_group(code):
            return (group_unit(find_partner(self.partners, partner_of(code)).code),)
        return tuple(unit.code for unit in find_partner(self.units, code).units)

    def reading_context(self, partner: str | None = None) -> ReadingContext:
        """What a reader must know, with what was settled about earlier workbooks.

        Args:
            partner: Code, where a person said whose workbook it is.

        Raises:
            InputError: ``partner-unknown`` or ``list-part-handed-in``.
        """
        return _context(self.items, self.partners, partner, self.ledger)


def open_smartfin(settings: Settings) -> Smartfin:
    """smartfin, ready to be asked; brings the database up to date.

    Raises:
        SettingsError: A file of the data folder is missing or malformed, or a setting in it.
        StoreError: The database cannot be opened.
    """
    refuse_bad_thresholds(RULES, settings.thresholds)
    refuse_bad_floors(read_social_floors(settings))
    items, partners = read_items(settings.data / "items.yaml"), read_partners(settings)
    for partner in partners:
        for entity in partner.entities:
            refuse_unfit_lines(f"partner.{partner.code}.entity.{entity.code}", entity, items)
    return Smartfin(
        settings=settings,
        items=items,
        partners=partners,
        rates=read_rates(settings.data / "rates.csv"),
        ledger=open_ledger(settings),
    )


def reading_context(
    settings: Settings, partner: str | None = None, ledger: Ledger | None = None
) -> ReadingContext:
    """What a reader must know where smartfin is not opened.

    Args:
        settings: Of this run.
        partner: Code, where a person said whose workbook it is.
        ledger: With what was settled about earlier workbooks; None for nothing.

    Raises:
        InputError: ``partner-unknown``.
    """
    items = read_items(settings.data / "items.yaml")
    return _context(items, read_partners(settings), partner, ledger)


@dataclass(frozen=True, slots=True)
class Handing:
    """A workbook on its way into the ledger.

    Args:
        content: Its bytes.
        name: Its file name.
        by: Who hands it in.
        at: When, with a time zone; None for what the clock says.
        stage: How far the books were settled.
        restates: Why it restates figures of closed quarters; empty where it does not.
    """

    content: bytes
    name: str
    by: str
    at: datetime | None
    stage: Stage = Stage.MANAGEMENT
    restates: str = ""


def hand_ins(
    smartfin: Smartfin, reading: Reading, told: Told, handing: Handing
) -> tuple[HandIn, ...]:
    """What a workbook becomes: one submission, of group finance's list one for each partner."""
    settings, partners = smartfin.settings, smartfin.partners
    return tuple(
        HandIn(
            partner=unit,
            facts=facts,
            content=handing.content,
            name=handing.name,
            by=handing.by,
            at=handing.at,
            synthetic=reading.synthetic,
            stage=handing.stage,
            restates=handing.restates,
            recipe=recipe_of(settings, partners, unit, handing.name, told),
        )
        for unit, facts in reading.by_unit.items()
    )


def end_of_day(day: date | None) -> datetime | None:
    """The last moment of a day (UTC), which "as of" includes; None stays now.

    A moment stays itself: what a board saw in its meeting is less than what came by night.
    """
    if day is None or isinstance(day, datetime):
        return day
    return datetime.combine(day, time.max, tzinfo=UTC)


def parsed_as_of(text: str) -> date:
    """A day written 2022-12-31, or a moment written 2022-12-31T14:05:00+00:00.

    Raises:
        InputError: ``date-unreadable``.
    """
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else date.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise InputError("date-unreadable", text=text) from error


def refuse_ahead(as_of: date, today: date | None = None) -> None:
    """Nothing is known of a day that has not come.

    Args:
        as_of: Day, or moment, whose knowledge is asked for.
        today: None for the day it is (UTC).

    Raises:
        InputError: ``date-ahead``.
    """
    day = as_of.date() if isinstance(as_of, datetime) else as_of
    if day > (today or datetime.now(UTC).date()):
        raise InputError("date-ahead", day=day)


def prepare(smartfin: Smartfin, report: Callable[[str, int, int], None]) -> None:
    """Import the sample workbooks into an empty ledger, in the order of their names.

    They go the road of every upload; only their hand-in time comes from the file name.
    A start that was interrupted goes on where it stopped.

    Args:
        smartfin: Opened.
        report: Called before each file with its name, its place and how many there are.

    Raises:
        InputError: ``sample-refused`` when a committed sample does not read cleanly.
    """
    if not smartfin.settings.samples or _holds_real_work(smartfin.ledger):
        return
    known = {submission.name for submission in smartfin.ledger.submissions()}
    waiting = [path for path in sample_files(smartfin.settings) if path.name not in known]
    for place, path in enumerate(waiting, start=1):
        report(path.name, place, len(waiting))
        _import_sample(smartfin, path)


def sample_files(settings: Settings) -> list[Path]:
    """The committed sample workbooks, oldest hand-in first."""
    return sorted((settings.data / "samples").glob("[0-9]*.xlsx"))


def _context(
    items: Items, partners: tuple[Partner, ...], partner: str | None, ledger: Ledger | None
) -> ReadingContext:
    units = all_units(partners)
    code = _known_code(units, partner) if partner else None
    settled = ledger.remembered() if ledger else {}
    return ReadingContext(
        items=items,
        partners=units,
        partner=code,
        newest_allowed=Quarter.containing(datetime.now(UTC).date()),
        remembered={
            whose: {question: answer.value for question, answer in answers.items()}
            for whose, answers in settled.items()
        },
    )


def _known_code(units: tuple[Partner, ...], code: str) -> str:
    """The code of who hands in, in capitals: a partner, an entity of one, or group finance.

    Raises:
        InputError: ``partner-unknown``; ``list-part-handed-in`` for a partner's part of group
            finance's list, which comes as a whole.
    """
    typed = code.upper()
    if typed == GROUP:
        return GROUP
    if is_of_group(typed):
        find_partner((unit for unit in units if not unit.entity_of), partner_of(typed))
        raise InputError("list-part-handed-in", typed=typed)
    return find_partner(units, code).code


def _holds_real_work(ledger: Ledger) -> bool:
    return any(not submission.synthetic for submission in ledger.submissions())


def _import_sample(smartfin: Smartfin, path: Path) -> None:
    content = path.read_bytes()
    reading = read_workbook(content, path.name, smartfin.reading_context())
    if reading.partner is None or has_errors(reading.findings):
        codes = ", ".join(sorted({finding.code.value for finding in reading.findings}))
        raise InputError("sample-refused", file=path.name, findings=codes)
    handed_in = datetime.combine(date.fromisoformat(path.name[:10]), time(12), tzinfo=UTC)
    handing = Handing(content, path.name, SAMPLE_HAND, handed_in)
    parts = hand_ins(smartfin, replace(reading, synthetic=True), Told(), handing)
    smartfin.ledger.accept_together(parts)
