"""The ledger as the rest of smartfin sees it: each method is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from smartfin.facts import Fact, LedgerFact, Stage
from smartfin.findings import Answer, AnsweredFinding
from smartfin.quarter import Quarter
from smartfin.store import answered as answered_rows
from smartfin.store import (
    audit,
    changes,
    known,
    standing,
    submissions,
    validity,
    verification,
)
from smartfin.store import remembered as memory
from smartfin.store.audit import AuditAdjustment
from smartfin.store.changes import PartnerChange
from smartfin.store.cube import Cube
from smartfin.store.database import Database
from smartfin.store.deciding import Deciding
from smartfin.store.difference import Verification
from smartfin.store.drafting import Drafting
from smartfin.store.known import Delivery, KnownFigure
from smartfin.store.persons import erase_person
from smartfin.store.planning import Planning
from smartfin.store.remembered import Remembered
from smartfin.store.submissions import HandIn, Submission
from smartfin.store.validity import Basis, Change
from smartfin.store.verification import Report, silent

if TYPE_CHECKING:
    import pandas as pd


class Ledger(Deciding, Planning, Drafting):
    """Every submission ever, and what was known when; shared by all threads.

    What people decide, plan and what waits have a module each (``deciding``, ``planning``,
    ``drafting``); here is what the ledger is told, and what it knows.

    Nothing in it is changed or deleted. ``as_of`` is always a moment with its time zone,
    and None means: as it stands. ``basis`` says which figures count: all that were accepted,
    or what of them was approved. A method raises ``StoreError`` when the database cannot
    do what it is asked, and then nothing has changed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cube = Cube(database)

    def accept(  # noqa: PLR0913 - a hand-in has this many parts
        self,
        partner: str,
        facts: Iterable[Fact],
        content: bytes,
        name: str,
        by: str,
        at: datetime | None,
        *,
        synthetic: bool,
        note: str = "",
        stage: Stage = Stage.MANAGEMENT,
        answers: Mapping[str, str] | None = None,
        answered: Iterable[AnsweredFinding] = (),
        restates: str = "",
        recipe: Mapping[str, object] | None = None,
        seen_revision: int | None = None,
    ) -> Submission:
        """Accept a workbook: all of it or nothing.

        The newest accepted figure wins, but sample data never over a real figure; one that
        repeats what is in force keeps its first source (``store.validity``). The same bytes
        are refused unless they were withdrawn. ``at`` becomes one microsecond after the
        newest submission or decision of the partner where it is not later anyway; None,
        the clock, is later than all there is (``store.decisions.next_moment``).

        Args:
            partner: Code of the partner.
            facts: What the workbook states, at least one.
            content: Its bytes.
            name: Its file name.
            by: Who hands it in.
            at: When, with a time zone; None for what the clock says once nobody else writes.
            synthetic: Whether it is made-up sample data.
            note: What the person says about it.
            stage: How far the books were settled.
            answers: What was settled about it and holds for the partner's later
                workbooks, by the name under which it is remembered.
            answered: Its warnings that a person answered.
            restates: Why it restates figures of closed quarters; empty where it does not.
            recipe: What its reader was told, as JSON can write it.
            seen_revision: ``revision(partner)`` at the time the person looked at what
                would change; None to accept whatever came in between.

        Raises:
            InputError: ``duplicate-submission``, ``ledger-moved-on``,
                ``nothing-to-accept``, ``fact-stated-twice``, ``amount-not-finite``,
                ``quarter-closed``.
        """
        said = (stage, answers or {}, tuple(answered), restates, recipe or {})
        hand_in = HandIn(partner, tuple(facts), content, name, by, at, synthetic, note, *said)
        with self._database.writing() as connection:
            return submissions.accept(connection, hand_in, seen_revision)

    def accept_together(
        self, hand_ins: Iterable[HandIn], seen_revisions: Mapping[str, int] | None = None
    ) -> tuple[Submission, ...]:
        """Accept what one workbook says of several partners: all of it or nothing.

        Each is a submission of its own, with the same bytes; ``accept`` says what holds for it.

        Args:
            hand_ins: One a partner.
            seen_revisions: ``revision(partner)`` of each at the time the person looked at what
                would change; None to accept whatever came in between.

        Raises:
            InputError: As ``accept``; then none of them was accepted.
        """
        seen = seen_revisions or {}
        with self._database.writing() as connection:
            return tuple(
                submissions.accept(connection, each, seen.get(each.partner)) for each in hand_ins
            )

    def submissions(self, as_of: datetime | None = None) -> tuple[Submission, ...]:
        """All submissions accepted by a moment, oldest first; those withdrawn say so."""
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

    def stated_facts(self, number: int) -> tuple[Fact, ...]:
        """Every figure a submission states with its cell, in force or not."""
        with self._database.reading() as connection:
            return known.stated_facts(connection, number)

    def find_duplicate(self, partner: str, sha256: str) -> Submission | None:
        """The submission of a partner with these bytes that stands; None when there is none."""
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

    def changes_between(
        self,
        since: datetime,
        until: datetime | None = None,
        partner: str | None = None,
        basis: Basis = Basis.ACCEPTED,
    ) -> tuple[PartnerChange, ...]:
        """Figures that stand otherwise at ``until`` (None: now) than at ``since``.

        By partner, scenario, quarter and item: restated ones, new ones, and those that
        stand no more because what stated them was withdrawn.
        """
        with self._database.reading() as connection:
            return changes.changes_between(connection, since, until, partner, basis)

    def revision(self, partner: str | None = None) -> int:
        """A number that grows with each submission and decision; 0 when empty.

        Of a partner: with what concerns it alone. One look-up, so that everything computed
        from the ledger can be cached by it.
        """
        with self._database.reading() as connection:
            return submissions.revision(connection, partner)

    def figures_revision(self) -> int:
        """As ``revision``, but scenarios saved, removed or frozen leave it as it is.

        What is worked out of figures, flags and notes is cached by it: no scenario changes any.
        """
        with self._database.reading() as connection:
            return submissions.figures_revision(connection)

    def facts_frame(
        self,
        as_of: datetime | None = None,
        partners: Collection[str] | None = None,
        since: Quarter | None = None,
        basis: Basis = Basis.ACCEPTED,
    ) -> pd.DataFrame:
        """The tidy frame: what was known at a moment, one row a figure of a quarter.

        Args:
            as_of: The moment.
            partners: Codes of the partners wanted; None for all.
            since: First quarter wanted; None for all.
            basis: Which figures count.

        Returns:
            Frame with columns ``partner`` (str), ``quarter`` (int64, ``Quarter.ordinal``),
            ``scenario`` (str), ``item`` (str), ``amount`` (float64, single units, storage
            sign), ``currency`` (str: ISO code for money, else the unit), ``synthetic``
            (bool); by partner, scenario, quarter, item. No rows when nothing was known.
            Figures of spans that are no quarter are not in it.
        """
        with self._database.reading() as connection:
            return known.facts_frame(connection, as_of, partners, since, basis)

    def totals(
        self,
        items: Collection[str] | None = None,
        quarters: Collection[Quarter] | None = None,
        as_of: datetime | None = None,
        basis: Basis = Basis.ACCEPTED,
        partners: Collection[str] | None = None,
    ) -> pd.DataFrame:
        """Sums over all partners as known at a moment; currencies and kinds never mixed.

        The first question reads all figures into memory, later ones only what came since.

        Args:
            items: Codes of the items wanted; None for all.
            quarters: Quarters wanted; None for all.
            as_of: The moment.
            basis: Which figures count.
            partners: Codes of the partners added up; None for all.

        Returns:
            Frame with columns ``scenario`` (str), ``quarter`` (int64, ``Quarter.ordinal``),
            ``item`` (str), ``currency`` (str: ISO code for money, else the unit),
            ``synthetic`` (bool), ``amount`` (float64, single units), ``partners`` (int64: how
            many state it, all others being unknown, not 0); by the first five.
        """
        return self._cube.totals(items, quarters, as_of, basis, partners)

    def facts(
        self,
        partner: str | None = None,
        as_of: datetime | None = None,
        quarter: Quarter | None = None,
        basis: Basis = Basis.ACCEPTED,
    ) -> tuple[LedgerFact, ...]:
        """The facts known at a moment, each with file, sheet, cell, person and time.

        By partner, scenario, quarter, item; facts of other spans included unless a quarter
        is asked for.
        """
        with self._database.reading() as connection:
            return known.facts(connection, partner, as_of, quarter, basis)

    def deliveries(
        self,
        as_of: datetime | None = None,
        required: Collection[str] = (),
        basis: Basis = Basis.ACCEPTED,
        partners: Collection[str] | None = None,
        *,
        every: bool = False,
    ) -> tuple[Delivery, ...]:
        """The newest quarter each partner has delivered, or every one, by partner code.

        A quarter is delivered once each required item has an actual figure in force, from
        the moment the last of them first became known. Once a partner has handed in
        anything real, sample data delivers nothing. A partner that has delivered no
        quarter does not appear.

        Args:
            as_of: The moment.
            required: Codes of the items a quarter needs; none for a single figure of any.
            basis: Which figures count.
            partners: Codes of the partners wanted; None for all.
            every: Whether every quarter delivered is wanted, not the newest alone.
        """
        with self._database.reading() as connection:
            return known.deliveries(connection, as_of, required, basis, partners, every=every)

    def actual_figures(
        self, partner: str, as_of: datetime | None = None, basis: Basis = Basis.ACCEPTED
    ) -> dict[tuple[str, Quarter], KnownFigure]:
        """The actual figures of a partner's quarters at a moment, by item and quarter."""
        with self._database.reading() as connection:
            return known.actual_figures(connection, partner, as_of, basis)

    def audit_adjustments(
        self, partner: str, as_of: datetime | None = None, basis: Basis = Basis.ACCEPTED
    ) -> tuple[AuditAdjustment, ...]:
        """Actual figures that audited books changed, as known at a moment, by quarter and item.

        A figure that books not audited have restated since is none.
        """
        with self._database.reading() as connection:
            return audit.audit_adjustments(connection, partner, as_of, basis)

    def remembered(self, as_of: datetime | None = None) -> Remembered:
        """What was settled about the workbooks of each partner, by remembered question."""
        with self._database.reading() as connection:
            return memory.remembered(connection, as_of)

    def memory_revision(self) -> int:
        """A number that grows with each answer remembered or forgotten; 0 before the first."""
        with self._database.reading() as connection:
            return memory.revision(connection)

    def answers_to_findings(self, partner: str, as_of: datetime | None = None) -> dict[str, Answer]:
        """The newest answer to each warning of a partner's submissions, by ``Finding.key``."""
        with self._database.reading() as connection:
            return answered_rows.answers_to_findings(connection, partner, as_of)

    def answered_findings(
        self, as_of: datetime | None = None
    ) -> dict[int, tuple[AnsweredFinding, ...]]:
        """The answered warnings of each submission that carries any, by its number."""
        with self._database.reading() as connection:
            return answered_rows.answered_findings(connection, as_of)

    def rebuild_validity(self) -> None:
        """Make anew what is derived from the ledger; readers see the old until it is done."""
        with self._database.writing() as connection:
            standing.rebuild_validity(connection)
        self._cube.let_go()

    def recipe(self, number: int) -> Mapping[str, Any] | None:
        """What the reader of a submission was told; None where nobody noted it."""
        with self._database.reading() as connection:
            return submissions.recipe(connection, number)

    def verify(self, report: Report = silent, kept: str = "") -> Verification:
        """Recompute everything from the bytes, and say where it is not what was sealed.

        Args:
            report: Told what it is at, how many are done, of how many.
            kept: A seal that somebody wrote down earlier; empty for none.
        """
        return verification.verify(self._database, report, kept)

    def erase_person(self, name: str) -> int:
        """Empty a person's name wherever it stands; the chain stays whole.

        Returns:
            How many rows named that person.
        """
        with self._database.writing() as connection:
            return erase_person(connection, name)

    def close(self) -> None:
        """Let go of the database file; a later use opens it again."""
        self._cube.let_go()
        self._database.close()
