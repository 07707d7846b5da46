"""What is settled once is remembered; an answered warning travels and is not asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from smartfin.facts import Stage
from smartfin.findings import Answer, FindingCode, Severity
from smartfin.ingest import MapReason
from smartfin.quarter import Quarter
from smartfin.services.intake import (
    Intake,
    Said,
    accept_draft,
    add_draft,
    answer_draft,
    answer_finding,
    discard_draft,
    import_workbook,
    read_draft,
    stage_draft,
)
from smartfin.services.record.history import history_view
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import Settings
from smartfin.wording import words_of
from tests.builders import hand_in
from tests.integration.intake_books import (
    GRANTS,
    ITEMS,
    KILO,
    Q3,
    Q4,
    facts_of,
    printing,
    settled,
    workbook,
)

WORDS = words_of("en")


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return open_smartfin(empty_settings)


def handed_in(
    smartfin: Smartfin, quarter: Quarter, rows: Mapping[str, float] = KILO, **said: object
) -> Intake:
    said_by_ana = replace(Said(partner="AT"), **said)  # type: ignore[arg-type]
    content = workbook(quarter, rows)
    return import_workbook(smartfin, content, f"{quarter}.xlsx", "ana", said_by_ana)


def dropped(smartfin: Smartfin, content: bytes) -> int:
    number = add_draft(smartfin, content, "AT.xlsx", "ana", "local")
    answer_draft(smartfin, number, {}, partner="AT")
    return number


def intake_of(smartfin: Smartfin, draft: int) -> Intake:
    return read_draft(smartfin, smartfin.ledger.draft(draft))


# --- answers


def test_what_one_quarter_settled_lets_the_next_one_through_without_a_question(
    smartfin: Smartfin,
) -> None:
    asked = {question.id for question in handed_in(smartfin, Q3).reading.questions}
    assert asked == set(settled(Q3))
    assert handed_in(smartfin, Q3, answers=settled(Q3)).submission is not None

    following = handed_in(smartfin, Q4)
    assert following.reading.questions == ()
    assert following.submission is not None
    amounts = {fact.item: fact.amount for fact in following.reading.facts}
    assert amounts == {ITEMS[label]: amount * 1000 for label, amount in KILO.items()}
    (grants,) = [row for row in following.reading.mapping if row.item == "operating_grants"]
    assert grants.reason is MapReason.REMEMBERED


def test_what_was_settled_names_who_settled_it(smartfin: Smartfin) -> None:
    handed_in(smartfin, Q3, answers=settled(Q3))
    remembered = smartfin.ledger.remembered()["AT"]
    assert {name: (one.value, one.by) for name, one in remembered.items()} == {
        "unit:guv": ("1000", "ana"),
        GRANTS: ("operating_grants", "ana"),
    }
    table = history_view(smartfin, WORDS).settled
    assert table is not None
    assert {"ana", WORDS.item("operating_grants")} <= {
        cell.text for row in table.rows for cell in row
    }


def test_an_answer_for_a_workbook_taken_away_is_not_remembered(smartfin: Smartfin) -> None:
    number = dropped(smartfin, workbook(Q3))
    answer_draft(smartfin, number, settled(Q3))
    discard_draft(smartfin, number)
    assert smartfin.ledger.remembered() == {}


def test_an_answer_is_remembered_only_where_the_workbook_has_what_it_is_about(
    smartfin: Smartfin,
) -> None:
    for_a_pile = {**settled(Q3), "unit:Bilanz": "1", "item:sonstiges": "none"}
    handed_in(smartfin, Q3, answers=for_a_pile)
    assert set(smartfin.ledger.remembered()["AT"]) == {"unit:guv", GRANTS}


def test_a_later_answer_overrules_what_is_remembered(smartfin: Smartfin) -> None:
    handed_in(smartfin, Q3, answers=settled(Q3))
    other = handed_in(smartfin, Q4, answers={GRANTS: "group_contribution_received"})
    assert "group_contribution_received" in {fact.item for fact in other.reading.facts}
    assert smartfin.ledger.remembered()["AT"][GRANTS].value == "group_contribution_received"


def test_a_waiting_workbook_is_read_anew_once_something_is_settled_or_forgotten(
    smartfin: Smartfin,
) -> None:
    waiting = dropped(smartfin, workbook(Q4))
    assert len(intake_of(smartfin, waiting).reading.questions) == 2
    handed_in(smartfin, Q3, answers=settled(Q3))
    assert intake_of(smartfin, waiting).reading.questions == ()
    smartfin.ledger.forget("AT", GRANTS, "bo", datetime.now(UTC))
    assert [question.id for question in intake_of(smartfin, waiting).reading.questions] == [GRANTS]


def test_a_unit_nobody_printed_is_settled_by_agreement_with_the_history(
    smartfin: Smartfin,
) -> None:
    hand_in(smartfin, "AT", facts_of(Q3))
    intake = handed_in(smartfin, Q3, answers={GRANTS: "operating_grants"})
    assert intake.reading.questions == ()
    assert {fact.amount for fact in intake.reading.facts} == {a * 1000 for a in KILO.values()}
    codes = [finding.code for finding in intake.reading.findings]
    assert FindingCode.UNIT_FROM_HISTORY in codes
    assert "unit:guv" not in smartfin.ledger.remembered().get("AT", {})


def test_a_remembered_unit_that_no_longer_fits_is_asked_again(smartfin: Smartfin) -> None:
    handed_in(smartfin, Q3, answers=settled(Q3))
    in_single_euro = {label: amount * 1000 for label, amount in KILO.items()}
    doubted = handed_in(smartfin, Q4, in_single_euro)
    assert [question.id for question in doubted.reading.questions] == ["unit:GuV Q4 2022"]
    told = handed_in(smartfin, Q4, in_single_euro, answers={"unit:GuV Q4 2022": "1"})
    assert told.submission is not None
    assert {fact.amount for fact in told.reading.facts} == set(in_single_euro.values())
    assert smartfin.ledger.remembered()["AT"]["unit:guv"].value == "1"


# --- answered warnings


def warned(intake: Intake) -> str:
    """Key of the warning about the printed result."""
    (key,) = [
        finding.key
        for finding in intake.reading.findings
        if finding.code is FindingCode.RESULT_DIFFERS
    ]
    return key


def key_of_warning(smartfin: Smartfin) -> str:
    """The same, as a person sees it before handing in."""
    number = dropped(smartfin, workbook(Q3, printing(25.0)))
    answer_draft(smartfin, number, settled(Q3))
    key = warned(intake_of(smartfin, number))
    discard_draft(smartfin, number)
    return key


def test_an_answered_warning_is_told_apart_and_travels_with_the_submission(
    smartfin: Smartfin,
) -> None:
    number = dropped(smartfin, workbook(Q3, printing(25.0)))
    answer_draft(smartfin, number, settled(Q3))
    key = warned(intake_of(smartfin, number))
    assert key in {finding.key for finding in intake_of(smartfin, number).open_findings}
    answer_finding(smartfin, number, key, "  Rounded by hand ", "ana")

    intake = intake_of(smartfin, number)
    assert key not in {finding.key for finding in intake.open_findings}
    (answered,) = intake.answered_findings
    assert (answered.answer.sentence, answered.answer.by) == ("Rounded by hand", "ana")

    submission = accept_draft(smartfin, number, "ana")
    assert smartfin.ledger.answered_findings() == {submission.id: (answered,)}
    table = history_view(smartfin, WORDS).answered
    assert table is not None
    assert "Rounded by hand" in [cell.text for cell in table.rows[0]]


def test_an_answered_warning_is_not_asked_again_for_the_same_cell_and_value(
    smartfin: Smartfin,
) -> None:
    answer = said_about(key_of_warning(smartfin), "Rounded by hand")
    handed_in(smartfin, Q3, printing(25.0), answers=settled(Q3), explained=answer)
    again = handed_in(smartfin, Q3, printing(25.0, it_costs=20.5))
    assert [each.answer.sentence for each in again.answered_findings] == ["Rounded by hand"]
    assert warned(again) not in {finding.key for finding in again.open_findings}
    assert set(smartfin.ledger.answered_findings()) == {1, 2}


def test_it_is_asked_again_when_the_value_changes(smartfin: Smartfin) -> None:
    answer = said_about(key_of_warning(smartfin), "Rounded by hand")
    handed_in(smartfin, Q3, printing(25.0), answers=settled(Q3), explained=answer)
    changed = handed_in(smartfin, Q3, printing(26.0))
    assert warned(changed) in {finding.key for finding in changed.open_findings}
    assert changed.answered_findings == ()


def test_an_explanation_taken_back_leaves_the_warning_open(smartfin: Smartfin) -> None:
    number = dropped(smartfin, workbook(Q3, printing(25.0)))
    answer_draft(smartfin, number, settled(Q3))
    key = warned(intake_of(smartfin, number))
    answer_finding(smartfin, number, key, "Rounded by hand", "ana")
    answer_finding(smartfin, number, key, " ", "ana")
    assert intake_of(smartfin, number).answered == {}


def test_an_error_cannot_be_answered_away(smartfin: Smartfin) -> None:
    without_fees = {label: amount for label, amount in KILO.items() if label != "Gebührenerlöse"}
    refused = handed_in(smartfin, Q3, without_fees, answers=settled(Q3))
    (error,) = [each for each in refused.reading.findings if each.severity is Severity.ERROR]
    answer = said_about(error.key, "There were none")
    explained = handed_in(smartfin, Q3, without_fees, answers=settled(Q3), explained=answer)
    assert explained.refused
    assert explained.answered == {}


def said_about(key: str, sentence: str) -> dict[str, Answer]:
    return {key: Answer(key, sentence, "ana", datetime(2023, 1, 1, tzinfo=UTC))}


# --- stages


def test_a_person_says_how_settled_the_books_are(smartfin: Smartfin) -> None:
    number = dropped(smartfin, workbook(Q3))
    answer_draft(smartfin, number, settled(Q3))
    assert intake_of(smartfin, number).stage is Stage.MANAGEMENT
    stage_draft(smartfin, number, Stage.CLOSED)
    assert intake_of(smartfin, number).stage is Stage.CLOSED
    assert accept_draft(smartfin, number, "ana").stage is Stage.CLOSED


def test_the_stage_named_on_accepting_goes_before_the_one_noted(smartfin: Smartfin) -> None:
    number = dropped(smartfin, workbook(Q3))
    answer_draft(smartfin, number, settled(Q3))
    assert accept_draft(smartfin, number, "ana", stage=Stage.AUDITED).stage is Stage.AUDITED


def test_a_workbook_that_calls_itself_audited_is_taken_at_its_word(smartfin: Smartfin) -> None:
    number = dropped(smartfin, workbook(Q3, title="Geprüfter Abschluss Q3 2022"))
    assert intake_of(smartfin, number).stage is Stage.AUDITED


def test_an_audited_year_end_is_an_adjustment_and_no_restatement(smartfin: Smartfin) -> None:
    handed_in(smartfin, Q4, answers=settled(Q4))
    audited = handed_in(smartfin, Q4, {**KILO, "IT-Kosten": 26.0}, stage=Stage.AUDITED)
    codes = {finding.code for finding in audited.reading.findings}
    assert FindingCode.AUDIT_ADJUSTMENT in codes
    assert FindingCode.RESTATED not in codes
    (adjustment,) = smartfin.ledger.audit_adjustments("AT")
    assert (adjustment.item, adjustment.before, adjustment.after) == ("it_costs", 20e3, 26e3)


def test_the_month_in_which_the_financial_year_begins_is_asked_once(smartfin: Smartfin) -> None:
    title = "Smart, in EUR"
    first, second = (workbook(quarter, title=title, year="2021/22") for quarter in (Q3, Q4))
    answers = {"fiscal:starts": "starts-04", GRANTS: "operating_grants"}
    said = Said(partner="AT", answers=answers)
    assert import_workbook(smartfin, first, "a.xlsx", "ana", said).submission is not None
    assert smartfin.ledger.remembered()["AT"]["fiscal:starts"].value == "starts-04"
    following = import_workbook(smartfin, second, "b.xlsx", "ana", Said(partner="AT"))
    assert following.submission is not None
    settled_rows = history_view(smartfin, WORDS).settled
    assert settled_rows is not None
    shown = [[cell.text for cell in row[1:3]] for row in settled_rows.rows]
    assert ["Month in which the financial year begins", "April"] in shown


def test_a_financial_year_is_not_remembered_of_a_partner_whose_headings_name_none(
    smartfin: Smartfin,
) -> None:
    answers = {**settled(Q3), "fiscal:starts": "starts-04"}
    assert handed_in(smartfin, Q3, answers=answers).submission is not None
    assert "fiscal:starts" not in smartfin.ledger.remembered()["AT"]


def test_an_answer_that_means_nothing_spoils_no_page(smartfin: Smartfin) -> None:
    answers = {**settled(Q3), "scenario:GuV Q3 2022": "a,b", "sign:GuV Q3 2022": "starts-99"}
    assert handed_in(smartfin, Q3, answers=answers).submission is not None
    assert history_view(smartfin, WORDS).settled is not None
