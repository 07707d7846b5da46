"""The part of the ledger where people decide: withdraw, approve, close, pin, forget."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from smartfin.facts import Scenario
from smartfin.quarter import Quarter
from smartfin.store import decisions, foresight, noted
from smartfin.store import remembered as memory
from smartfin.store.changes import PartnerChange
from smartfin.store.database import Database
from smartfin.store.decisions import Decision, Pin
from smartfin.store.noted import LegalFlag, Remark
from smartfin.store.unapproved import unapproved
from smartfin.store.validity import Basis


class Deciding:
    """What is decided about submissions, quarters and moments (see ``Ledger``).

    ``at`` is when; None for what the clock says once nobody else writes.
    """

    _database: Database

    def withdraw(self, submission: int, reason: str, by: str, at: datetime | None) -> Decision:
        """Let a submission count no more; what stood before it stands again.

        Raises:
            InputError: ``submission-unknown``, ``already-withdrawn``, ``reason-missing``.
        """
        with self._database.writing() as connection:
            return decisions.withdraw(connection, submission, reason, by, at)

    def withdrawal_changes(
        self, submission: int, basis: Basis = Basis.ACCEPTED
    ) -> tuple[PartnerChange, ...]:
        """What withdrawing a submission would change; nothing once it is withdrawn.

        Raises:
            InputError: ``submission-unknown``.
        """
        with self._database.reading() as connection:
            return foresight.withdrawal_changes(connection, submission, basis)

    def approve(
        self, submissions: Collection[int], by: str, at: datetime | None
    ) -> tuple[Decision, ...]:
        """Let submissions count for the board: all of them or none.

        Raises:
            InputError: ``submission-unknown``, ``already-withdrawn``, ``already-approved``.
        """
        with self._database.writing() as connection:
            return decisions.approve(connection, submissions, by, at)

    def close_quarter(
        self, quarter: Quarter, by: str, at: datetime | None | None, reason: str = ""
    ) -> Decision:
        """Let a quarter take corrections as restatements only.

        Raises:
            InputError: ``quarter-closed-already``.
        """
        with self._database.writing() as connection:
            return decisions.close_quarter(connection, quarter, by, at, reason)

    def reopen_quarter(
        self, quarter: Quarter, by: str, at: datetime | None | None, reason: str
    ) -> Decision:
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

    def pin(self, name: str, moment: datetime | None, by: str, at: datetime | None) -> Decision:
        """Give a moment a name, such as a board meeting's, to be reopened by it.

        None is right now: whatever comes in later, be it at once, is not of the meeting.

        Raises:
            InputError: ``pin-name-missing``, ``pin-taken``.
        """
        with self._database.writing() as connection:
            return decisions.pin(connection, name, moment, by, at)

    def unpin(self, pin: int, by: str, at: datetime | None) -> Decision:
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

    def remark(
        self,
        partner: str,
        rule: str,
        quarter: Quarter,
        text: str,
        by: str,
        at: datetime | None = None,
    ) -> Decision:
        """Note what is said about a flag of early warning.

        Raises:
            InputError: ``remark-missing``; ``note-ahead`` for a quarter to come.
        """
        with self._database.writing() as connection:
            return noted.remark(connection, (partner, rule, quarter), text, by, at)

    def remarks(self, as_of: datetime | None = None) -> tuple[Remark, ...]:
        """The remarks on flags by a moment, oldest first."""
        with self._database.reading() as connection:
            return noted.remarks(connection, as_of)

    def open_legal_flag(
        self,
        partner: str,
        title: str,
        text: str,
        by: str,
        share: float | None,
        quarter: Quarter,
        at: datetime | None = None,
    ) -> Decision:
        """Note a legal matter that counts from a quarter on; ``by`` answers for it.

        Raises:
            InputError: ``legal-title-missing``, ``legal-share-outside``; ``note-ahead`` for a
                quarter to come.
        """
        with self._database.writing() as connection:
            about = (partner, title, quarter)
            return noted.open_legal_flag(connection, about, text, share, by, at)

    def close_legal_flag(
        self,
        number: int,
        reason: str,
        by: str,
        quarter: Quarter | None = None,
        at: datetime | None = None,
    ) -> Decision:
        """Note that a legal matter is settled: from a quarter on it counts no more.

        Raises:
            InputError: ``legal-unknown`` when no such matter is open, ``remark-missing``;
                ``note-ahead`` for a quarter to come.
        """
        with self._database.writing() as connection:
            return noted.close_legal_flag(connection, number, reason, by, at, quarter)

    def erase_note(self, number: int, by: str, at: datetime | None = None) -> Decision:
        """Empty what a remark, a legal matter, a vote or a scenario says.

        That it was stays, and the chain whole. The first version of a scenario is all of it.

        Raises:
            InputError: ``note-unknown`` where there is no such note, or it says nothing.
        """
        with self._database.writing() as connection:
            return noted.erase_note(connection, number, by, at)

    def legal_flags(self, as_of: datetime | None = None) -> tuple[LegalFlag, ...]:
        """The legal matters noted by a moment, oldest first; also those settled since."""
        with self._database.reading() as connection:
            return noted.legal_flags(connection, as_of)

    def decisions(self, as_of: datetime | None = None) -> tuple[Decision, ...]:
        """All decisions by a moment, oldest first."""
        with self._database.reading() as connection:
            return decisions.decisions(connection, as_of)

    def unapproved(
        self, as_of: datetime | None = None, scenario: Scenario = Scenario.ACTUAL
    ) -> dict[str, frozenset[Quarter]]:
        """The quarters in which figures in force at a moment were not approved by then.

        By partner code; a partner without any does not appear. A figure that an approved
        submission states too counts as approved, whoever stated it first.
        """
        with self._database.reading() as connection:
            return unapproved(connection, as_of, scenario)

    def forget(self, partner: str, question: str, by: str, at: datetime | None) -> None:
        """Let a remembered question be asked again; that it was settled stays on record.

        Raises:
            InputError: ``answer-unknown`` when nothing is remembered of it.
        """
        with self._database.writing() as connection:
            memory.forget(connection, partner, question, by, at)
