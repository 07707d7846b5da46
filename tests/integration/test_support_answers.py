"""What is said about a warning of group finance's list stays with the partner it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smartfin.errors import InputError
from smartfin.findings import Answer, Finding, FindingCode
from smartfin.quarter import Quarter
from smartfin.services.intake import Intake, Said, import_workbook
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import read_settings
from smartfin.store import LONGEST_TEXT, LONGEST_TITLE
from tests.integration.support_builders import Row, list_file

EARLY: tuple[Row, ...] = (
    ("ES", "2013-Q1", "Contribution", 5.0, "EUR"),
    ("IT", "2013-Q4", "Contribution", 5.0, "EUR"),
)


@pytest.fixture
def smartfin(tmp_path: Path) -> Smartfin:
    return open_smartfin(read_settings({"SMARTFIN_DATABASE": f"sqlite:///{tmp_path}/own.db"}))


def imported(smartfin: Smartfin, *rows: Row, **said: Finding) -> Intake:
    now = datetime.now(UTC)
    answers = {each.key: Answer(each.key, text, "fin", now) for text, each in said.items()}
    given = Said(answers={"unit:List": "1000"}, explained=answers)
    return import_workbook(smartfin, list_file(rows), "list.xlsx", "fin", given)


def test_each_part_carries_its_own_answers_and_finds_them_again(smartfin: Smartfin) -> None:
    asked = smartfin.ledger
    first = imported(smartfin, *EARLY)
    assert [each.code for each in first.open_findings] == [FindingCode.LIST_QUARTER_EARLY] * 2
    spain, italy = first.open_findings
    more = (*EARLY, ("AT", "2022-Q4", "Guarantee", 5.0, "EUR"))
    imported(smartfin, *more, Founding=spain, Deposit=italy)
    parts = {each.id: each.partner for each in asked.submissions()}
    said = {
        parts[number]: [each.answer.sentence for each in answered]
        for number, answered in asked.answered_findings().items()
    }
    assert said == {"GROUP-ES": ["Founding"], "GROUP-IT": ["Deposit"]}
    assert asked.remembered() == {}  # "unit:List" was answered about another workbook
    later = imported(smartfin, *more, ("AT", "2022-Q3", "Guarantee", 5.0, "EUR"))
    assert later.open_findings == ()
    assert [each.answer.sentence for each in later.answered_findings] == ["Founding", "Deposit"]


def test_what_is_sealed_for_good_has_an_end(smartfin: Smartfin) -> None:
    ledger, quarter = smartfin.ledger, Quarter(2020, 1)
    matter = ledger.open_legal_flag("ES", "Name", "", "ana", None, quarter).id
    writing: tuple[tuple[int, Callable[[str], object]], ...] = (
        (LONGEST_TEXT, lambda text: ledger.remark("ES", "coverage", quarter, text, "ana")),
        (LONGEST_TITLE, lambda text: ledger.open_legal_flag("ES", text, "", "ana", None, quarter)),
        (LONGEST_TEXT, lambda text: ledger.open_legal_flag("ES", "t", text, "ana", None, quarter)),
        (LONGEST_TITLE, lambda text: ledger.open_legal_flag("ES", "t", "", text, None, quarter)),
        (LONGEST_TEXT, lambda text: ledger.close_legal_flag(matter, text, "ana")),
        (LONGEST_TITLE, lambda text: ledger.pin(text, None, "ana", None)),
        (LONGEST_TEXT, lambda text: ledger.close_quarter(quarter, "ana", None, text)),
    )
    for longest, write in writing:
        with pytest.raises(InputError) as caught:
            write("x" * (longest + 1))
        assert caught.value.code == "text-too-long"
        assert caught.value.facts == {"count": longest + 1, "limit": longest}
        write("x" * longest)
