"""The ledger as the rest of smartfin sees it: each method is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from smartfin.errors import StoreError
from smartfin.facts import Fact, LedgerFact
from smartfin.quarter import Quarter
from smartfin.settings import Settings
from smartfin.store import drafts, known, submissions, validity
from smartfin.store.database import Database
from smartfin.store.drafts import Draft
from smartfin.store.known import Delivery
from smartfin.store.schema import VERSIONS
from smartfin.store.submissions import HandIn, Submission
from smartfin.store.validity import Change

if TYPE_CHECKING:
    import pandas as pd


def open_ledger(settings: Settings) -> Ledger:
    """The ledger of this run, made or brought to this version where needed.

    Raises:
        StoreError: ``database-newer``, ``database-unreachable``, ``database-unsupported``,
            ``database-damaged``, ``database-read-only``, ``disk-full`` and the other
            troubles of a database.
    """
    database = Database(settings.database)
    with database.reading() as connection:
        found = _version(connection)
    if found != VERSIONS[-1]:
        _bring_up_to_date(database)
    return Ledger(database)


class Ledger:
    """Every submission ever, and what was known when; shared by all threads.

    Nothing in it is changed or deleted. ``as_of`` is always a moment with its time zone,
    and None means: as it stands. A method raises ``StoreError`` when the database cannot
    do what it is asked, and then nothing has changed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def accept(  # noqa: PLR0913 - a hand-in has this many parts
        self,
        partner: str,
        facts: Iterable[Fact],
        content: bytes,
        name: str,
        by: str,
        at: datetime,
        *,
        synthetic: bool,
        note: str = "",
        seen_revision: int | None = None,
    ) -> Submission:
        """Accept a workbook: all of it or nothing.

        The newest accepted figure wins, but sample data never over a real figure; one that
        repeats what is in force keeps its first source (``store.validity``). The same bytes
        are refused. ``at`` becomes one microsecond after the partner's newest submission
        where it is not later anyway (``store.submissions.accept``).

        Args:
            partner: Code of the partner.
            facts: What the workbook states, at least one.
            content: Its bytes.
            name: Its file name.
            by: Who hands it in.
            at: When, with a time zone.
            synthetic: Whether it is made-up sample data.
            note: What the person says about it.
            seen_revision: ``revision(partner)`` at the time the person looked at what
                would change; None to accept whatever came in between.

        Raises:
            InputError: ``duplicate-submission``, ``ledger-moved-on``,
                ``nothing-to-accept``, ``fact-stated-twice``, ``amount-not-finite``.
        """
        hand_in = HandIn(partner, tuple(facts), content, name, by, at, synthetic, note)
        with self._database.writing() as connection:
            return submissions.accept(connection, hand_in, seen_revision)

    def submissions(self, as_of: datetime | None = None) -> tuple[Submission, ...]:
        """All submissions accepted by a moment, oldest first."""
        with self._database.reading() as connection:
            return submissions.submissions(connection, as_of)

    def submission(self, number: int) -> Submission:
        """One submission.

        Raises:
            InputError: ``submission-unknown``.
        """
        with self._database.reading() as connection:
            return submissions.submission(connection, number)

    def content(self, number: int) -> bytes:
        """The workbook of a submission, byte for byte.

        Raises:
            InputError: ``submission-unknown``.
        """
        with self._database.reading() as connection:
            return submissions.content(connection, number)

    def find_duplicate(self, partner: str, sha256: str) -> Submission | None:
        """The submission of a partner with these bytes; None when there is none."""
        with self._database.reading() as connection:
            return submissions.duplicate(connection, partner, sha256)

    def changes(
        self,
        partner: str,
        facts: Iterable[Fact],
        as_of: datetime | None = None,
        *,
        synthetic: bool = False,
    ) -> tuple[Change, ...]:
        """What a workbook would change: new figures, and restated ones with the old amount.

        By scenario, quarter and item. Facts that do not appear repeat what is known, or
        are ``synthetic`` ones where a real figure stands.

        Raises:
            InputError: ``fact-stated-twice``, ``amount-not-finite``.
        """
        stated = submissions.stated_figures(facts, synthetic=synthetic)
        with self._database.reading() as connection:
            before = validity.figures_in_force(connection, partner, stated, as_of)
        return validity.changes_to(before, stated)

    def revision(self, partner: str | None = None) -> int:
        """A number that grows with each submission, of a partner or of all; 0 when empty.

        One look-up, so that everything computed from the ledger can be cached by it.
        """
        with self._database.reading() as connection:
            return submissions.revision(connection, partner)

    def facts_frame(
        self,
        as_of: datetime | None = None,
        partners: Collection[str] | None = None,
        since: Quarter | None = None,
    ) -> pd.DataFrame:
        """The tidy frame: what was known at a moment, one row a figure of a quarter.

        Args:
            as_of: The moment.
            partners: Codes of the partners wanted; None for all.
            since: First quarter wanted; None for all.

        Returns:
            Frame with columns ``partner`` (str), ``quarter`` (int64, ``Quarter.ordinal``),
            ``scenario`` (str), ``item`` (str), ``amount`` (float64, single units, storage
            sign), ``currency`` (str: ISO code for money, else the unit), ``synthetic``
            (bool); by partner, scenario, quarter, item. No rows when nothing was known.
            Figures of spans that are no quarter are not in it.
        """
        with self._database.reading() as connection:
            return known.facts_frame(connection, as_of, partners, since)

    def facts(
        self,
        partner: str | None = None,
        as_of: datetime | None = None,
        quarter: Quarter | None = None,
    ) -> tuple[LedgerFact, ...]:
        """The facts known at a moment, each with file, sheet, cell, person and time.

        By partner, scenario, quarter, item; facts of other spans included unless a quarter
        is asked for.
        """
        with self._database.reading() as connection:
            return known.facts(connection, partner, as_of, quarter)

    def deliveries(
        self, as_of: datetime | None = None, required: Collection[str] = ()
    ) -> tuple[Delivery, ...]:
        """The newest quarter each partner has delivered, by partner code.

        A quarter is delivered once each required item has an actual figure in force, from
        the moment the last of them first became known. Once a partner has handed in
        anything real, sample data delivers nothing. A partner that has delivered no
        quarter does not appear.

        Args:
            as_of: The moment.
            required: Codes of the items a quarter needs; none for a single figure of any.
        """
        with self._database.reading() as connection:
            return known.deliveries(connection, as_of, required)

    def rebuild_validity(self) -> None:
        """Make anew what is derived from the ledger; readers see the old until it is done."""
        with self._database.writing() as connection:
            validity.rebuild_validity(connection)

    def save_draft(
        self, name: str, content: bytes, by: str, at: datetime, session_key: str
    ) -> Draft:
        """Keep a workbook until it is accepted or discarded.

        The same bytes in the same session are one draft, however often they are saved.
        """
        with self._database.writing() as connection:
            return drafts.save_draft(connection, name, content, by, at, session_key)

    def draft(self, number: int) -> Draft:
        """One draft.

        Raises:
            InputError: ``draft-unknown``.
        """
        with self._database.reading() as connection:
            return drafts.draft(connection, number)

    def drafts(self, session_key: str) -> tuple[Draft, ...]:
        """The drafts of a session, oldest first."""
        with self._database.reading() as connection:
            return drafts.drafts(connection, session_key)

    def answer_draft(
        self, number: int, answers: Mapping[str, str], partner: str | None = None
    ) -> Draft:
        """Note what the person settled; what was settled before stays unless given again.

        Raises:
            InputError: ``draft-unknown``.
        """
        with self._database.writing() as connection:
            return drafts.answer_draft(connection, number, answers, partner)

    def discard_draft(self, number: int) -> None:
        """Let a draft go.

        Raises:
            InputError: ``draft-unknown``.
        """
        with self._database.writing() as connection:
            drafts.discard_draft(connection, number)

    def close(self) -> None:
        """Let go of the database file; a later use opens it again."""
        self._database.close()


def _version(connection: Connection) -> str | None:
    """The version a database says it has; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _bring_up_to_date(database: Database) -> None:
    """Migrate under the write lock; another process may have done it meanwhile."""
    from smartfin.store.migrations import migrate  # noqa: PLC0415 - a rare need

    with database.writing() as connection:
        found = _version(connection)
        if found is not None and found not in VERSIONS:
            raise StoreError(
                "database-newer", database=database.place, found=found, known=VERSIONS[-1]
            )
        if found != VERSIONS[-1]:
            migrate(connection)
