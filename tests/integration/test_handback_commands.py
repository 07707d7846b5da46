"""Handing back from the command line and from a waiting workbook."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from smartfin.cli import run
from smartfin.errors import InputError
from smartfin.services.handback import marked_draft
from smartfin.services.intake import add_draft, answer_finding, read_draft
from smartfin.services.start import open_smartfin
from smartfin.settings import Settings
from smartfin.wording import words_of
from tests.rich_workbooks import rich_workbook

EN = words_of("en")


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SMARTFIN_DATABASE", f"sqlite:///{tmp_path / 'none.db'}")
    file = tmp_path / "book.xlsx"
    file.write_bytes(rich_workbook())
    return file


def test_marked_writes_the_workbook_and_ends_well_whatever_was_found(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = workbook.with_name("back.xlsx")
    assert run(["marked", str(workbook), "--out", str(out), "--partner", "ES", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["file"] == str(out)
    assert document["findings"]
    cells = {(one["sheet"], one["cell"]) for one in document["findings"] if one["cell"]}
    assert document["marked_cells"] == len(cells)
    assert openpyxl.load_workbook(out).sheetnames[-1] == "Remarks"


def test_marked_into_a_folder_names_the_file_itself(workbook: Path) -> None:
    assert run(["marked", str(workbook), "--out", str(workbook.parent), "--lang", "nl"]) == 0
    assert workbook.with_name(f"{words_of('nl').text('marked.name', file='book')}.xlsx").is_file()


def test_marked_tells_when_excel_will_not_take_the_ending(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook.write_bytes(rich_workbook(macros=True))
    assert run(["marked", str(workbook), "--out", str(workbook.with_name("back.xlsx"))]) == 0
    assert ".xlsm" in capsys.readouterr().err


def test_marked_never_overwrites_what_was_handed_in(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = workbook.read_bytes()
    assert run(["marked", str(workbook), "--out", str(workbook), "--partner", "ES", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "file-itself"
    assert workbook.read_bytes() == before


def test_marked_writes_nothing_when_the_workbook_cannot_be_opened(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook.write_bytes(b"PK\x03\x04 cut off")
    out = workbook.with_name("back.xlsx")
    assert run(["marked", str(workbook), "--out", str(out), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["code"] == "damaged"
    assert not out.exists()


@pytest.mark.parametrize("missing", ["book", "folder", "option"])
def test_marked_ends_with_2_on_a_wrong_path_or_usage(
    workbook: Path, missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = "none.xlsx" if missing == "book" else str(workbook)
    folder = "nowhere/at/all" if missing == "folder" else str(workbook.parent)
    out = [] if missing == "option" else ["--out", f"{folder}/back.xlsx"]
    assert run(["marked", file, *out, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] in {
        "file-unreadable",
        "file-unwritable",
        "usage",
    }


def test_a_warning_that_was_answered_is_not_marked(empty_settings: Settings) -> None:
    smartfin = open_smartfin(empty_settings)
    number = add_draft(smartfin, rich_workbook(), "book.xlsx", "A. Name", "session")
    smartfin.ledger.answer_draft(number, {}, "ES")
    before = read_draft(smartfin, smartfin.ledger.draft(number))
    warning = next(one for one in before.open_findings if one.severity.value == "warning")
    first = marked_draft(smartfin, EN, number)
    answer_finding(smartfin, number, warning.key, "It is as it is.", "A. Name")
    second = marked_draft(smartfin, EN, number)
    sentence = EN.finding(warning)[0].encode()
    assert sentence_count(first.content, sentence) - sentence_count(second.content, sentence) == 1
    smartfin.ledger.close()


def test_there_is_nothing_to_mark_in_a_workbook_that_was_not_opened(
    empty_settings: Settings,
) -> None:
    smartfin = open_smartfin(empty_settings)
    number = add_draft(smartfin, b"PK\x03\x04 cut off", "book.xlsx", "A. Name", "session")
    with pytest.raises(InputError, match="workbook-unopened"):
        marked_draft(smartfin, EN, number)
    smartfin.ledger.close()


def sentence_count(content: bytes, sentence: bytes) -> int:
    """How often a sentence stands in the list."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Remarks"]
    return sum(str(cell.value).encode() == sentence for row in sheet.iter_rows() for cell in row)
