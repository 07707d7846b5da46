"""Opening smartfin: settings, vocabulary and ledger in one place; samples on the first start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from smartfin.errors import InputError
from smartfin.findings import has_errors
from smartfin.ingest import ReadingContext, read_workbook
from smartfin.items import Items, read_items
from smartfin.money import Rates, read_rates
from smartfin.partner import Partner, find_partner, read_partners
from smartfin.quarter import Quarter
from smartfin.services.reading import Told
from smartfin.services.recipe import recipe_of
from smartfin.settings import Settings
from smartfin.store import Ledger, open_ledger

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

    def reading_context(self, partner: str | None = None) -> ReadingContext:
        """What a reader must know, with what was settled about earlier workbooks.

        Args:
            partner: Code, where a person said whose workbook it is.

        Raises:
            InputError: ``partner-unknown``.
        """
        return _context(self.items, self.partners, partner, self.ledger)


def open_smartfin(settings: Settings) -> Smartfin:
    """smartfin, ready to be asked; brings the database up to date.

    Raises:
        SettingsError: A file of the data folder is missing or malformed.
        StoreError: The database cannot be opened.
    """
    return Smartfin(
        settings=settings,
        items=read_items(settings.data / "items.yaml"),
        partners=read_partners(settings),
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
    code = find_partner(partners, partner).code if partner else None
    settled = ledger.remembered() if ledger else {}
    return ReadingContext(
        items=items,
        partners=partners,
        partner=code,
        newest_allowed=Quarter.containing(datetime.now(UTC).date()),
        remembered={
            whose: {question: answer.value for question, answer in answers.items()}
            for whose, answers in settled.items()
        },
    )


def _holds_real_work(ledger: Ledger) -> bool:
    return any(not submission.synthetic for submission in ledger.submissions())


def _import_sample(smartfin: Smartfin, path: Path) -> None:
    content = path.read_bytes()
    reading = read_workbook(content, path.name, smartfin.reading_context())
    if reading.partner is None or has_errors(reading.findings):
        codes = ", ".join(sorted({finding.code.value for finding in reading.findings}))
        raise InputError("sample-refused", file=path.name, findings=codes)
    handed_in = datetime.combine(date.fromisoformat(path.name[:10]), time(12), tzinfo=UTC)
    smartfin.ledger.accept(
        partner=reading.partner,
        facts=reading.facts,
        content=content,
        name=path.name,
        by=SAMPLE_HAND,
        at=handed_in,
        synthetic=True,
        recipe=recipe_of(smartfin.settings, smartfin.partners, reading.partner, path.name, Told()),
    )
