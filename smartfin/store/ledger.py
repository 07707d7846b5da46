"""The ledger as the rest of smartfin sees it: each method is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from smartfin.facts import Fact, LedgerFact, Stage
from smartfin.findings import Answer, AnsweredFinding
from smartfin.quarter import Quarter
from smartfin.store import answered as answered_rows
from smartfin.store import audit, changes, decisions, drafts, known, standing, submissions, validity
from smartfin.store import remembered as memory
from smartfin.store.audit import AuditAdjustment
from smartfin.store.changes import PartnerChange
from smartfin.store.database import Database
from smartfin.store.decisions import Decision, Pin
from smartfin.store.drafts import Draft
from smartfin.store.known import Delivery, KnownFigure
from smartfin.store.remembered import Remembered
from smartfin.store.submissions import HandIn, Submission
from smartfin.store.validity import Basis, Change

if TYPE_CHECKING:
    import pandas as pd


class Ledger:
    """Every submission ever, and what was known when; shared by all threads.

    Nothing in it is changed or deleted. ``as_of`` is always a moment with its time zone,
    and None means: as it stands. ``basis`` says which figures count: all that were accepted,
    or what of them was approved. A method raises ``StoreError`` when the database cannot
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
        newest submission or decision of the partner where it is not later anyway
        (``store.submissions.accept``).

        Args:
            partner: Code of the partner.
            facts: What the workbook states, at least one.
            content: Its bytes.
            name: Its file name.
            by: Who hands it in.
            at: When, with a time zone.
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

    def withdraw(self, submission: int, reason: str, by: str, at: datetime) -> Decision:
        """Let a submission count no more; what stood before it stands again.

        Raises:
            InputError: ``submission-unknown``, ``already-withdrawn``, ``reason-missing``.
        """
        with self._database.writing() as connection:
            return decisions.withdraw(connection, submission, reason, by, at)

    def approve(self, submissions: Collection[int], by: str, at: datetime) -> tuple[Decision, ...]:
        """Let submissions count for the board: all of them or none.

        Raises:
            InputError: ``submission-unknown``, ``already-withdrawn``, ``already-approved``.
        """
        with self._database.writing() as connection:
            return decisions.approve(connection, submissions, by, at)

    def close_quarter(self, quarter: Quarter, by: str, at: datetime, reason: str = "") -> Decision:
        """Let a quarter take corrections as restatements only.

        Raises:
            InputError: ``quarter-closed-already``.
        """
        with self._database.writing() as connection:
            return decisions.close_quarter(connection, quarter, by, at, reason)

    def reopen_quarter(self, quarter: Quarter, by: str, at: datetime, reason: str) -> Decision:
        """Let a closed quarter take corrections as before.

        Raises:
            InputError: ``quarter-not-closed``, ``reason-missing``.
        """
        with self._database.writing() as connection:
            return decisions.reopen_quarter(connection, quarter, by, at, reason)

    def closed_quarters(self, as_of: datetime | None = None) -> frozenset[Quarter]:
        """The quarters closed at a moment."""
        with self._database.reading() as connection:
            return decisions.closed_quarters(connection, as_of)

    def pin(self, name: str, moment: datetime, by: str, at: datetime) -> Decision:
        """Give a moment a name, such as a board meeting's, to be reopened by it.

        Raises:
            InputError: ``pin-name-missing``, ``pin-taken``.
        """
        with self._database.writing() as connection:
            return decisions.pin(connection, name, moment, by, at)

    def unpin(self, pin: int, by: str, at: datetime) -> Decision:
        """Take the name of a moment away.

        Raises:
            InputError: ``pin-unknown``.
        """
        with self._database.writing() as connection:
            return decisions.unpin(connection, pin, by, at)

    def pins(self, as_of: datetime | None = None) -> tuple[Pin, ...]:
        """The moments that have a name, newest moment first."""
        with self._database.reading() as connection:
            return decisions.pins(connection, as_of)

    def decisions(self, as_of: datetime | None = None) -> tuple[Decision, ...]:
        """All decisions by a moment, oldest first."""
        with self._database.reading() as connection:
            return decisions.decisions(connection, as_of)

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
    ) -> tuple[Delivery, ...]:
        """The newest quarter each partner has delivered, by partner code.

        A quarter is delivered once each required item has an actual figure in force, from
        the moment the last of them first became known. Once a partner has handed in
        anything real, sample data delivers nothing. A partner that has delivered no
        quarter does not appear.

        Args:
            as_of: The moment.
            required: Codes of the items a quarter needs; none for a single figure of any.
            basis: Which figures count.
        """
        with self._database.reading() as connection:
            return known.deliveries(connection, as_of, required, basis)

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

    def forget(self, partner: str, question: str, by: str, at: datetime) -> None:
        """Let a remembered question be asked again; that it was settled stays on record.

        Raises:
            InputError: ``answer-unknown`` when nothing is remembered of it.
        """
        with self._database.writing() as connection:
            memory.forget(connection, partner, question, by, at)

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

    def explain_draft(self, number: int, answer: Answer) -> Draft:
        """Note the sentence that answers a warning; an empty one takes it back.

        Raises:
            InputError: ``draft-unknown``.
        """
        with self._database.writing() as connection:
            return drafts.explain_draft(connection, number, answer)

    def stage_draft(self, number: int, stage: Stage) -> Draft:
        """Note how far the books of a waiting workbook are settled.

        Raises:
            InputError: ``draft-unknown``.
        """
        with self._database.writing() as connection:
            return drafts.stage_draft(connection, number, stage)

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
