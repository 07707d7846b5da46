"""What was settled and explained stays, with who did it, for as long as nobody overrules it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from smartfin.errors import InputError
from smartfin.facts import Stage
from smartfin.findings import Answer
from smartfin.settings import Settings
from smartfin.store import Ledger, RememberedAnswer, existing_ledger, open_ledger
from tests.integration.ledger_builders import (
    answered_warning,
    database_path,
    databases,
    day,
    figure,
    hand_in,
    on_postgres,
    raw_connection,
    table_names,
)

database_kind = databases("sqlite", "postgresql")

LABEL = "item:subsidies"


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    opened = open_ledger(settings)
    yield opened
    opened.close()


def test_what_was_settled_with_a_submission_is_remembered_with_who_and_when(
    ledger: Ledger,
) -> None:
    number = hand_in(ledger, figure(5), answers={LABEL: "operating_grants"}, by="ana").id
    answer = RememberedAnswer("operating_grants", "ana", day(1), number)
    assert ledger.remembered() == {"ES": {LABEL: answer}}


def test_the_newest_answer_wins_and_the_day_it_came_is_known(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), answers={LABEL: "operating_grants"}, on=1, by="ana")
    hand_in(ledger, figure(6), answers={LABEL: "none"}, on=3, by="bo")
    assert ledger.remembered()["ES"][LABEL] == RememberedAnswer("none", "bo", day(3), 2)
    assert ledger.remembered(day(2))["ES"][LABEL].value == "operating_grants"


def test_an_answer_that_repeats_what_is_remembered_stays_with_who_settled_it(
    ledger: Ledger,
) -> None:
    hand_in(ledger, figure(5), answers={LABEL: "operating_grants"}, on=1, by="ana")
    hand_in(ledger, figure(6), answers={LABEL: "operating_grants"}, on=2, by="bo")
    assert ledger.remembered()["ES"][LABEL].by == "ana"


def test_each_partner_has_a_memory_of_its_own(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), answers={LABEL: "operating_grants"})
    hand_in(ledger, figure(5), partner="IT", answers={LABEL: "none"})
    settled = {partner: answers[LABEL].value for partner, answers in ledger.remembered().items()}
    assert settled == {"ES": "operating_grants", "IT": "none"}


def test_what_is_forgotten_is_asked_again_and_can_be_settled_anew(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), answers={LABEL: "operating_grants"}, on=1)
    ledger.forget("ES", LABEL, "bo", day(2))
    assert ledger.remembered() == {}
    assert ledger.remembered(day(1))["ES"][LABEL].value == "operating_grants"
    with pytest.raises(InputError, match="answer-unknown"):
        ledger.forget("ES", LABEL, "bo", day(3))
    hand_in(ledger, figure(6), answers={LABEL: "operating_grants"}, on=4, by="bo")
    assert ledger.remembered()["ES"][LABEL].by == "bo"


def test_the_memory_has_a_revision_that_each_change_moves(ledger: Ledger) -> None:
    revisions = [ledger.memory_revision()]
    hand_in(ledger, figure(5), answers={LABEL: "operating_grants"})
    revisions.append(ledger.memory_revision())
    ledger.forget("ES", LABEL, "bo", day(2))
    revisions.append(ledger.memory_revision())
    assert revisions == sorted(set(revisions))


def test_nothing_is_remembered_of_a_submission_that_is_refused(ledger: Ledger) -> None:
    hand_in(ledger, figure(5))
    with pytest.raises(InputError, match="ledger-moved-on"):
        hand_in(
            ledger,
            figure(6),
            answers={LABEL: "none"},
            answered=(answered_warning("why"),),
            seen_revision=0,
        )
    assert (ledger.remembered(), ledger.answered_findings()) == ({}, {})


def test_an_answered_warning_travels_with_its_submission(ledger: Ledger) -> None:
    answered = answered_warning("The office moved")
    number = hand_in(ledger, figure(7), answered=(answered,)).id
    assert ledger.answered_findings() == {number: (answered,)}
    assert ledger.answers_to_findings("ES") == {answered.finding.key: answered.answer}
    assert ledger.answers_to_findings("IT") == {}


def test_a_later_answer_to_the_same_warning_overrules(ledger: Ledger) -> None:
    first, second = answered_warning("First", on=1), answered_warning("Second", on=3)
    hand_in(ledger, figure(7), answered=(first,), on=1)
    hand_in(ledger, figure(8), answered=(second,), on=3)
    key = first.finding.key
    assert ledger.answers_to_findings("ES")[key].sentence == "Second"
    assert ledger.answers_to_findings("ES", day(2))[key].sentence == "First"
    assert set(ledger.answered_findings(day(2))) == {1}


def test_a_submission_says_how_settled_the_books_are(ledger: Ledger) -> None:
    assert hand_in(ledger, figure(5)).stage is Stage.MANAGEMENT
    audited = hand_in(ledger, figure(6), stage=Stage.AUDITED)
    assert ledger.submission(audited.id).stage is Stage.AUDITED


def test_a_draft_keeps_its_explanations_and_stage_across_a_restart(
    settings: Settings, ledger: Ledger
) -> None:
    number = ledger.save_draft("a.xlsx", b"1", "ana", day(1), "mine").id
    said = Answer("unusual-jump:1", "The office moved", "ana", day(1))
    ledger.explain_draft(number, said)
    ledger.stage_draft(number, Stage.CLOSED)
    ledger.close()
    reopened = open_ledger(settings)
    draft = reopened.draft(number)
    assert (draft.explained, draft.stage) == ({said.key: said}, Stage.CLOSED)
    reopened.explain_draft(number, Answer(said.key, "", "ana", day(2)))
    assert reopened.draft(number).explained == {}
    reopened.close()


def test_the_known_figures_of_a_partner_say_how_settled_their_books_were(ledger: Ledger) -> None:
    hand_in(ledger, figure(5, "2022-Q3"), figure(9, "2022-Q4"), stage=Stage.CLOSED)
    hand_in(ledger, figure(6, "2022-Q4"), stage=Stage.AUDITED, on=2)
    known = {str(key[1]): figure for key, figure in ledger.actual_figures("ES").items()}
    assert {quarter: (f.amount, f.stage) for quarter, f in known.items()} == {
        "2022-Q3": (5, Stage.CLOSED),
        "2022-Q4": (6, Stage.AUDITED),
    }
    assert ledger.actual_figures("IT") == {}


@pytest.mark.parametrize("database_kind", ["sqlite", "new postgresql"])
def test_looking_for_a_ledger_makes_none(settings: Settings) -> None:
    assert existing_ledger(settings) is None
    assert table_names(settings) == []
    assert on_postgres(settings) or not database_path(settings).exists()


def test_a_ledger_that_is_there_is_found_and_an_older_one_is_left_alone(
    settings: Settings,
) -> None:
    open_ledger(settings).close()
    found = existing_ledger(settings)
    assert found is not None
    assert found.revision() == 0
    found.close()
    with raw_connection(settings) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    assert existing_ledger(settings) is None
