from __future__ import annotations

from collections.abc import Iterator

import pytest

from smartfin.errors import InputError
from smartfin.settings import Settings
from smartfin.store import Draft, Ledger, open_ledger
from tests.integration.ledger_builders import databases, day

database_kind = databases("sqlite", "postgresql")


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    opened = open_ledger(settings)
    yield opened
    opened.close()


def drop(ledger: Ledger, content: bytes, session_key: str = "mine") -> Draft:
    return ledger.save_draft("año.xlsx", content, "ana", day(1), session_key)


def test_a_draft_is_kept_as_it_was_dropped(ledger: Ledger) -> None:
    draft = drop(ledger, b"content")
    assert (draft.name, draft.content, draft.by, draft.at) == (
        "año.xlsx",
        b"content",
        "ana",
        day(1),
    )
    assert (draft.partner, draft.answers) == (None, {})
    assert ledger.draft(draft.id) == draft


def test_drafts_survive_reopening_with_their_answers(settings: Settings, ledger: Ledger) -> None:
    draft = drop(ledger, b"content")
    answered = ledger.answer_draft(draft.id, {"unit:S!A1": "k"}, "ES")
    ledger.close()
    reopened = open_ledger(settings)
    assert reopened.drafts("mine") == (answered,)
    assert (answered.answers, answered.partner) == ({"unit:S!A1": "k"}, "ES")
    reopened.close()


def test_a_session_sees_its_own_drafts_only_oldest_first(ledger: Ledger) -> None:
    first, second = drop(ledger, b"1"), drop(ledger, b"2")
    drop(ledger, b"1", "somebody else")
    assert ledger.drafts("mine") == (first, second)


def test_the_same_workbook_dropped_again_is_one_draft_with_its_answers(ledger: Ledger) -> None:
    answered = ledger.answer_draft(drop(ledger, b"1").id, {"a": "b"})
    assert drop(ledger, b"1") == answered
    assert ledger.drafts("mine") == (answered,)


def test_what_was_settled_stays_unless_settled_again(ledger: Ledger) -> None:
    number = drop(ledger, b"1").id
    ledger.answer_draft(number, {"a": "1", "b": "1"}, "ES")
    again = ledger.answer_draft(number, {"b": "2"})
    assert (again.answers, again.partner) == ({"a": "1", "b": "2"}, "ES")


def test_a_discarded_draft_is_gone(ledger: Ledger) -> None:
    draft = drop(ledger, b"1")
    ledger.discard_draft(draft.id)
    assert ledger.drafts("mine") == ()


def test_a_draft_that_is_gone_is_named(ledger: Ledger) -> None:
    number = drop(ledger, b"1").id
    ledger.discard_draft(number)
    for use in (
        lambda: ledger.draft(number),
        lambda: ledger.answer_draft(number, {}),
        lambda: ledger.discard_draft(number),
    ):
        with pytest.raises(InputError) as caught:
            use()
        assert (caught.value.code, caught.value.facts) == ("draft-unknown", {"draft": number})
