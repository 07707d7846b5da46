"""The part of the ledger where workbooks wait to be accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from smartfin.facts import Stage
from smartfin.findings import Answer
from smartfin.store import drafts
from smartfin.store.database import Database
from smartfin.store.drafts import Draft


class Drafting:
    """Workbooks that wait: apart from the ledger proper, and free to change (see ``Ledger``)."""

    _database: Database

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
