"""The ledger as the rest of smartfin sees it: each method is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from smartfin.facts import Fact, LedgerFact, Stage
from smartfin.findings import Answer, AnsweredFinding
from smartfin.quarter import Quarter
from smartfin.store import answered as answered_rows
from smartfin.store import audit, drafts, known, submissions, validity
from smartfin.store import remembered as memory
from smartfin.store.audit import AuditAdjustment
from smartfin.store.database import Database
from smartfin.store.drafts import Draft
from smartfin.store.known import Delivery, KnownFigure
from smartfin.store.remembered import Remembered
from smartfin.store.submissions import HandIn, Submission
from smartfin.store.validity import Change

if TYPE_CHECKING:
    import pandas as pd


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
        stage: Stage = Stage.MANAGEMENT,
        answers: Mapping[str, str] | None = None,
        answered: Iterable[AnsweredFinding] = (),
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
            stage: How far the books were settled.
            answers: What was settled about it and holds for the partner's later
                workbooks, by the name under which it is remembered.
            answered: Its warnings that a person answered.
            seen_revision: ``revision(partner)`` at the time the person looked at what
                would change; None to accept whatever came in between.

        Raises:
            InputError: ``duplicate-submission``, ``ledger-moved-on``,
                ``nothing-to-accept``, ``fact-stated-twice``, ``amount-not-finite``.
        """
        said = (stage, answers or {}, tuple(answered))
        hand_in = HandIn(partner, tuple(facts), content, name, by, at, synthetic, note, *said)
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

    def actual_figures(
        self, partner: str, as_of: datetime | None = None
    ) -> dict[tuple[str, Quarter], KnownFigure]:
        """The actual figures of a partner's quarters at a moment, by item and quarter."""
        with self._database.reading() as connection:
            return known.actual_figures(connection, partner, as_of)

    def audit_adjustments(
        self, partner: str, as_of: datetime | None = None
    ) -> tuple[AuditAdjustment, ...]:
        """Actual figures that audited books changed, as known at a moment, by quarter and item.

        A figure that books not audited have restated since is none.
        """
        with self._database.reading() as connection:
            return audit.audit_adjustments(connection, partner, as_of)

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
