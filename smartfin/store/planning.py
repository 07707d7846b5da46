"""The part of the ledger where people plan: votes of members, and named scenarios."""

from __future__ import annotations

from datetime import datetime

from smartfin.store import scenario_versions, scenarios, votes
from smartfin.store.database import Database
from smartfin.store.decisions import Decision
from smartfin.store.scenario_versions import PlanOfRecord, SavedScenario
from smartfin.store.scenarios import Named
from smartfin.store.votes import Ballot, MemberVote


class Planning:
    """What members voted, and what somebody would change (see ``Ledger``).

    ``at`` is when; None for what the clock says once nobody else writes.
    """

    _database: Database

    def record_vote(self, ballot: Ballot, by: str, at: datetime | None = None) -> Decision:
        """Note that members voted.

        Raises:
            InputError: ``vote-text-missing``, ``vote-share-outside``, ``vote-turnout-outside``,
                ``text-too-long``; ``vote-ahead`` for a day to come.
        """
        with self._database.writing() as connection:
            return votes.record_vote(connection, ballot, by, at)

    def withdraw_vote(
        self, number: int, reason: str, by: str, at: datetime | None = None
    ) -> Decision:
        """Let a vote count no more; that it was recorded stays.

        Raises:
            InputError: ``reason-missing``, ``text-too-long``; ``vote-unknown`` when no such
                vote counts.
        """
        with self._database.writing() as connection:
            return votes.withdraw_vote(connection, number, reason, by, at)

    def votes(self, as_of: datetime | None = None) -> tuple[MemberVote, ...]:
        """The votes recorded by a moment, in the order of recording; those withdrawn say so."""
        with self._database.reading() as connection:
            return votes.votes(connection, as_of)

    def save_scenario(
        self,
        partner: str,
        name: str,
        changes: str,
        by: str,
        at: datetime | None = None,
        replaces: int | None = None,
        remark: str = "",
    ) -> Decision:
        """Keep a scenario under a name; ``replaces`` is any version of the one it is a version of.

        ``changes`` is a JSON object, of 20,000 characters at most once it is canonical.

        Raises:
            InputError: ``scenario-name-missing``, ``scenario-changes-unreadable``,
                ``text-too-long``; ``scenario-taken`` when another of the partner has the name;
                ``scenario-unknown`` when none to replace is listed.
        """
        with self._database.writing() as connection:
            named = Named(partner, name, changes, remark)
            return scenarios.save_scenario(connection, named, by, at, replaces)

    def end_scenario(self, number: int, by: str, at: datetime | None = None) -> Decision:
        """Remove a scenario from the list, by the number of any version; it stays on record.

        Raises:
            InputError: ``scenario-unknown`` when it is not listed.
        """
        with self._database.writing() as connection:
            return scenarios.end_scenario(connection, number, by, at)

    def freeze_scenario(
        self,
        number: int,
        meeting: str,
        by: str,
        at: datetime | None = None,
        moment: datetime | None = None,
    ) -> Decision:
        """Make a version the plan of record of a meeting, with the knowledge of a moment.

        None is right now: whatever comes in later, be it at once, is not of the plan.

        Raises:
            InputError: ``pin-name-missing``, ``text-too-long``; ``pin-ahead`` for a moment to
                come; ``scenario-unknown`` when it is not listed, or the version was erased.
        """
        with self._database.writing() as connection:
            return scenarios.freeze_scenario(connection, number, meeting, by, at, moment)

    def scenarios(
        self, as_of: datetime | None = None, partner: str | None = None
    ) -> tuple[SavedScenario, ...]:
        """The newest version of each scenario listed at a moment, by key; of a partner if asked."""
        with self._database.reading() as connection:
            return scenario_versions.scenarios(connection, as_of, partner)

    def scenario(self, number: int, as_of: datetime | None = None) -> SavedScenario:
        """Any version there was at a moment, also of a scenario no longer listed.

        Raises:
            InputError: ``scenario-unknown``.
        """
        with self._database.reading() as connection:
            return scenario_versions.scenario(connection, number, as_of)

    def plans_of_record(
        self, as_of: datetime | None = None, partner: str | None = None
    ) -> tuple[PlanOfRecord, ...]:
        """What was frozen for meetings by a moment, oldest first; of a partner if asked.

        Of several for one meeting the newest counts. Also of scenarios no longer listed.
        """
        with self._database.reading() as connection:
            return scenario_versions.plans_of_record(connection, as_of, partner)
