"""Upload: a workbook waits, is answered, accepted or discarded; nothing is half stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartfin.errors import InputError
from smartfin.findings import Severity
from smartfin.services.intake import (
    accept_draft,
    add_draft,
    answer_draft,
    discard_draft,
)
from smartfin.services.start import Smartfin, open_smartfin, prepare, sample_files
from smartfin.services.upload import upload_view
from smartfin.settings import Settings
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, book, hand_in
from tests.integration.intake_books import Q3, settled, workbook

WORDS = words_of("en")
SESSION = "local"


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return open_smartfin(empty_settings)


def sample(smartfin: Smartfin, part: str) -> Path:
    """The sample workbook whose name has a part."""
    return next(path for path in sample_files(smartfin.settings) if part in path.name)


def drop(smartfin: Smartfin, path: Path, name: str | None = None) -> int:
    return add_draft(smartfin, path.read_bytes(), name or path.name, "A. Name", SESSION)


def test_a_dropped_workbook_waits_with_what_was_understood(smartfin: Smartfin) -> None:
    drop(smartfin, sample(smartfin, "_DE_synthetic_Quartal-2022-Q4"))
    (draft,) = upload_view(smartfin, WORDS, SESSION).drafts
    assert draft.partner == WORDS.country("DE")
    assert draft.acceptable
    assert draft.refusal == ""
    assert draft.synthetic
    assert all(sheet.table.rows for sheet in draft.sheets)
    assert len(draft.sheets) > 1
    assert smartfin.ledger.submissions() == ()


def test_accepting_stores_it_and_takes_it_off_the_waiting_list(smartfin: Smartfin) -> None:
    number = drop(smartfin, sample(smartfin, "_DE_synthetic_Quartal-2022-Q4"))
    submission = accept_draft(smartfin, number, "A. Name")
    assert smartfin.ledger.submissions() == (submission,)
    assert upload_view(smartfin, WORDS, SESSION).drafts == ()
    with pytest.raises(InputError, match="draft-unknown"):
        accept_draft(smartfin, number, "A. Name")


def test_discarding_stores_nothing(smartfin: Smartfin) -> None:
    number = drop(smartfin, sample(smartfin, "_DE_synthetic_Quartal-2022-Q4"))
    discard_draft(smartfin, number)
    assert upload_view(smartfin, WORDS, SESSION).drafts == ()
    assert smartfin.ledger.submissions() == ()


def test_a_workbook_with_errors_cannot_be_accepted_and_says_why(smartfin: Smartfin) -> None:
    number = add_draft(smartfin, b"no workbook", "DE.xlsx", "A. Name", SESSION)
    (draft,) = upload_view(smartfin, WORDS, SESSION).drafts
    assert not draft.acceptable
    assert draft.refusal
    assert draft.findings[0].severity is Severity.ERROR
    assert draft.findings[0].remedy
    with pytest.raises(InputError, match="draft-refused"):
        accept_draft(smartfin, number, "A. Name")
    assert smartfin.ledger.submissions() == ()


def test_a_workbook_handed_in_before_says_so_and_cannot_be_accepted_again(
    smartfin: Smartfin,
) -> None:
    path = sample(smartfin, "_DE_synthetic_Quartal-2022-Q4")
    accept_draft(smartfin, drop(smartfin, path), "A. Name")
    drop(smartfin, path)
    (draft,) = upload_view(smartfin, WORDS, SESSION).drafts
    assert not draft.acceptable
    assert "1" in draft.refusal


def test_a_click_on_changes_that_are_no_longer_true_accepts_nothing(smartfin: Smartfin) -> None:
    number = drop(smartfin, sample(smartfin, "_DE_synthetic_Quartal-2022-Q4"))
    (draft,) = upload_view(smartfin, WORDS, SESSION).drafts
    hand_in(smartfin, "DE", book(AT_BALANCE), synthetic=True)
    with pytest.raises(InputError, match="ledger-moved-on"):
        accept_draft(smartfin, number, "A. Name", draft.revision)
    assert len(smartfin.ledger.submissions()) == 1


def test_an_open_question_keeps_a_workbook_out_until_it_is_settled(smartfin: Smartfin) -> None:
    number = add_draft(smartfin, workbook(Q3), "AT.xlsx", "A. Name", SESSION)
    (draft,) = upload_view(smartfin, WORDS, SESSION).drafts
    assert {question.id for question in draft.questions} == set(settled(Q3))
    assert not draft.acceptable
    assert draft.refusal
    with pytest.raises(InputError, match="draft-refused"):
        accept_draft(smartfin, number, "A. Name")
    answer_draft(smartfin, number, settled(Q3))
    (answered,) = upload_view(smartfin, WORDS, SESSION).drafts
    assert answered.acceptable
    assert accept_draft(smartfin, number, "A. Name").partner == "AT"


def test_a_correction_shows_old_and_new_before_it_is_accepted(smartfin: Smartfin) -> None:
    accept_draft(smartfin, drop(smartfin, sample(smartfin, "_ES_synthetic_historico")), "A. Name")
    drop(smartfin, sample(smartfin, "_ES_synthetic_correccion"))
    (draft,) = upload_view(smartfin, WORDS, SESSION).drafts
    assert draft.restated is not None
    assert draft.restated.rows
    old = draft.restated.columns.index(WORDS.text("column.old"))
    new = draft.restated.columns.index(WORDS.text("column.new"))
    assert all(row[old].value != row[new].value for row in draft.restated.rows)


def test_drafts_of_another_session_are_not_shown(smartfin: Smartfin) -> None:
    drop(smartfin, sample(smartfin, "_DE_synthetic_Quartal-2022-Q4"))
    assert upload_view(smartfin, WORDS, "somebody else").drafts == ()


def test_samples_are_imported_once_in_the_order_of_their_names(settings: Settings) -> None:
    smartfin = open_smartfin(settings)
    told: list[tuple[str, int, int]] = []
    prepare(smartfin, lambda name, place, count: told.append((name, place, count)))
    files = [path.name for path in sample_files(settings)]
    accepted = [submission.name for submission in smartfin.ledger.submissions()]
    assert list(dict.fromkeys(accepted)) == files  # the list of support is one for each partner
    assert [name for name, _, _ in told] == files
    assert all(submission.synthetic for submission in smartfin.ledger.submissions())
    prepare(smartfin, lambda name, place, count: pytest.fail(f"{name} was imported again"))


def test_samples_stay_out_once_real_figures_are_in(settings: Settings) -> None:
    smartfin = open_smartfin(settings)
    hand_in(smartfin, "DE", book(AT_BALANCE))
    prepare(smartfin, lambda name, place, count: pytest.fail(f"{name} was imported"))
    assert len(smartfin.ledger.submissions()) == 1


def test_samples_stay_out_when_the_settings_say_so(empty_settings: Settings) -> None:
    smartfin = open_smartfin(empty_settings)
    prepare(smartfin, lambda name, place, count: pytest.fail(f"{name} was imported"))
    assert smartfin.ledger.submissions() == ()
