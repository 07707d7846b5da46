"""A partner of two legal entities, from two workbooks to verdict, explanation and check."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smartfin.cli import run
from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.services.assessment import assess
from smartfin.services.country.view import country_view
from smartfin.services.entities.warned import warnings_about
from smartfin.services.intake import import_workbook
from smartfin.services.provenance.explain import explain_view
from smartfin.services.provenance.figure import Figure
from smartfin.services.record.note import note_remark, open_matter, remarks
from smartfin.services.start import open_smartfin
from smartfin.services.warning.cell import Mark
from smartfin.services.warning.view import Chosen, warning_view
from smartfin.settings import read_settings
from smartfin.wording import words_of
from tests.integration.entity_books import ASSOCIATION, COMPANY, LAST, data_folder, workbook
from tests.integration.support_builders import list_file

EV_BOOK, GMBH_BOOK = "Bericht.xlsx", "2023-01-30_DE-GMBH_2022-Q4.xlsx"
"""One is told by the name on its cover, the other by the code in its file name."""

Ran = tuple[int, Any]
Command = Callable[..., Ran]


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the data, both workbooks, and a ledger they were imported into."""
    folder = tmp_path_factory.mktemp("entities")
    data = data_folder(folder)
    written(folder, EV_BOOK, workbook("Smart Deutschland e.V.", ASSOCIATION))
    written(folder, GMBH_BOOK, workbook("Bericht", COMPANY))
    smartfin = open_smartfin(
        read_settings(
            {
                "SMARTFIN_DATABASE": f"sqlite:///{folder / 'smartfin.db'}",
                "SMARTFIN_DATA": str(data),
                "SMARTFIN_SAMPLES": "0",
            }
        )
    )
    for name in (EV_BOOK, GMBH_BOOK):
        intake = import_workbook(smartfin, (folder / name).read_bytes(), name, "fin")
        assert intake.submission, (intake.reading.findings, intake.reading.questions)
    smartfin.ledger.close()
    return folder


@pytest.fixture
def folder(handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, for one test to change."""
    copied = tmp_path / "entities"
    shutil.copytree(handed_in, copied)
    monkeypatch.setenv("SMARTFIN_DATABASE", f"sqlite:///{copied / 'smartfin.db'}")
    monkeypatch.setenv("SMARTFIN_DATA", str(copied / "data"))
    monkeypatch.setenv("SMARTFIN_SAMPLES", "0")
    return copied


@pytest.fixture
def command(folder: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command with ``--json``: exit code and document."""

    def ran(*arguments: str | Path) -> Ran:
        code = run([*map(str, arguments), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ran


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def germany(command: Command) -> dict[str, Any]:
    document = command("status")[1]
    return next(each for each in document["partners"] if each["partner"] == "DE")


def test_two_entities_from_workbook_to_verdict(command: Command) -> None:
    assert command("status")[1]["deliveries"]["delivered"] == ["DE"]
    partner = germany(command)
    assert partner["quarter"] == "2022-Q4"
    # (9,000 + 7,000 - 6,000) / (2,000 + 6,400 + 7,500 - 6,000)
    assert partner["coverage"] == pytest.approx(10_000 / 9_900)
    assert partner["entity_warnings"] == []
    found = {each["entity"]: each for each in partner["entities"]}
    assert found["GMBH"]["registered_capital"] == 25_000
    assert found["GMBH"]["equity"] == pytest.approx(7_000 - 1_500)
    assert found["EV"]["equity"] == pytest.approx(30_000 - 23_500)
    flags = partner["flags"]
    assert [(each["entity"], each["rule"]) for each in flags] == [
        (None, "members_gained"), ("EV", "tuckman_chang"), ("GMBH", "tuckman_chang"),
    ]  # fmt: skip
    assert flags[-1]["sentence"].startswith("Smart Deutschland GmbH: ")
    ok, checked = command("verify")
    assert (ok, checked["ok"]) == (0, True)
    assert checked["checked"]["workbooks_read"] == 2
    (total,) = command("totals", "--item", "service_revenue", "--quarter", "2022-Q4")[1]["totals"]
    assert (total["amount"], total["partners"]) == (1_000, 1)


def test_each_figure_leads_to_the_cells_of_each_entity(command: Command) -> None:
    document = command("explain", "DE", "2022-Q4", "service_revenue")[1]
    assert document["value"] == 1_000
    stated = {(fact["entity"], fact["item"]): fact for fact in document["facts"]}
    assert stated["GMBH", "service_revenue"]["amount"] == 7_000
    assert stated["GMBH", "own_entities_income"]["amount"] == 6_000
    assert stated["GMBH", "service_revenue"]["file"] == GMBH_BOOK
    alone = command("explain", "DE-GMBH", "2022-Q4", "service_revenue")[1]
    assert alone["value"] == 7_000
    result = command("explain", "DE", "2022-Q4", "result_before_support")[1]
    assert result["value"] == pytest.approx(400)
    files = {fact["file"] for fact in result["facts"]}
    assert files == {EV_BOOK, GMBH_BOOK}


@pytest.mark.usefixtures("folder")
def test_the_page_of_a_number_says_what_was_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "DE", "2022-Q4", "service_revenue"]) == 0
    said = capsys.readouterr().out
    assert "taken out: 6,000" in said
    assert "Germany (GMBH)" in said


def test_facts_name_the_entity_that_handed_in(command: Command) -> None:
    whole = command("facts", "--partner", "DE")[1]["facts"]
    assert {(fact["partner"], fact["entity"]) for fact in whole} == {
        ("DE-EV", "EV"),
        ("DE-GMBH", "GMBH"),
    }
    part = command("facts", "--partner", "de-ev")[1]["facts"]
    assert {fact["entity"] for fact in part} == {"EV"}


def test_a_quarter_lacks_as_long_as_one_entity_does(command: Command, folder: Path) -> None:
    next_quarter = LAST + 1
    newest = workbook("Bericht", ASSOCIATION, next_quarter, next_quarter)
    assert command("import", written(folder, "DE-EV.xlsx", newest))[0] == 0
    partner = germany(command)
    assert partner["quarter"] == "2022-Q4"
    (row,) = [each for each in command("deliveries")[1]["deliveries"] if each["partner"] == "DE"]
    assert (row["delivered"], row["quarter"]) == ("2022-Q4", "2023-Q1")
    assert row["missing_entities"] == ["DE-GMBH"]
    later = workbook("Bericht", COMPANY, next_quarter + 1, next_quarter + 1)
    assert command("import", written(folder, "DE-GMBH.xlsx", later))[0] == 0
    (row,) = [each for each in command("deliveries")[1]["deliveries"] if each["partner"] == "DE"]
    assert (row["delivered"], row["missing_entities"]) == ("2022-Q4", ["DE-GMBH"])


@pytest.mark.usefixtures("folder")
def test_early_warning_shows_the_worst_entity_and_opens_it() -> None:
    smartfin, words = open_smartfin(read_settings()), words_of("en")
    asked = Chosen("DE", "tuckman_chang", "DE-EV")
    view = warning_view(smartfin, words, asked)
    assert ("DE-GMBH", words.country("DE-GMBH")) in view.matters.whose  # a matter may be one's own
    assert view.matrix
    cells = {(cell.partner, cell.rule): cell for row in view.matrix.rows for cell in row.cells}
    worst, calm = cells["DE", "tuckman_chang"], cells["DE", "net_equity_ratio"]
    assert (worst.mark, worst.text, worst.entity) == (Mark.AMBER, "2 tests", "GMBH")
    assert worst.unit == "DE-GMBH"
    assert worst.said == (
        "judged of each entity: Smart Deutschland e.V.: amber, warned since Q3 2022"
        " · Smart Deutschland GmbH: amber, warned since Q3 2022"
    )
    assert (calm.mark, calm.text) == (Mark.CALM, "each entity")
    assert cells["DE", "se_capital"].mark is Mark.FOREIGN
    (column,) = (each for each in view.matrix.columns if each.partner == "DE")
    assert column.counts == "1 red, 1 amber"
    assert view.detail
    assert (view.detail.unit, view.detail.others) == (
        "DE-EV", (("DE-GMBH", "Smart Deutschland GmbH"),),
    )  # fmt: skip
    whole = explain_view(smartfin, words, figure=Figure("DE", LAST, "tuckman_chang"))
    assert whole.value.value is None
    assert whole.parts
    assert [row[1].source for row in whole.parts.rows] == [
        "DE-EV/2022-Q4/rule:tuckman_chang", "DE-GMBH/2022-Q4/rule:tuckman_chang",
    ]  # fmt: skip
    own = explain_view(smartfin, words, figure=Figure("DE-GMBH", LAST, "tuckman_chang"))
    assert own.value.value == 2
    note_remark(smartfin, "de-gmbh", "tuckman_chang", "Second client", "fin")
    told = warning_view(smartfin, words, Chosen("DE", "tuckman_chang"))
    assert told.detail
    assert (told.detail.unit, told.detail.figure.source) == (
        "DE-GMBH", "DE-GMBH/2022-Q4/rule:tuckman_chang",
    )  # fmt: skip
    assert [row.text for row in told.remarks] == ["Second client"]
    assert warning_view(smartfin, words, asked).remarks == ()
    assert [each.partner for each in remarks(smartfin, None, "DE")] == ["DE-GMBH"]
    matter = ("DE-GMBH", "Inspection", "")
    open_matter(smartfin, matter, "ana", 0.4)
    flags = warnings_about(assess(smartfin).case("DE"))
    legal = [each.whose.partner.code for each in flags if each.flag.rule == "legal_open"]
    assert legal == ["DE-GMBH"]


def test_what_is_the_whole_partners_is_refused_of_an_entity(command: Command) -> None:
    for code in ("probability", "probability_by", "landing", "verdict", "support:voted:2022"):
        error = command("explain", "DE-GMBH", "2022-Q4", code)[1]["error"]
        assert error["code"] == "figure-of-whole"
        assert f"explain DE 2022-Q4 {code}" in error["message"]
    smartfin = open_smartfin(read_settings())
    for rule, whom in (("coverage", ("DE",)), ("se_capital", ("SE",))):
        with pytest.raises(InputError, match="rule-not-theirs") as refused:
            note_remark(smartfin, "DE-GMBH", rule, "Hello", "fin")
        assert refused.value.facts["partners"] == whom
    before = Quarter(2019, 1)  # the company began in July
    with pytest.raises(InputError, match="entity-not-there"):
        open_matter(smartfin, ("DE-GMBH", "Inspection", ""), "ana", None, before)
    with pytest.raises(InputError, match="entity-not-there"):
        note_remark(smartfin, "DE-GMBH", "z_score", "Hello", "fin", before)


def test_the_list_of_support_is_held_against_both_entities_and_shown(
    command: Command, folder: Path
) -> None:
    content = list_file([("DE", "2022-Q4", "Contribution", 5_000.0, "EUR")])
    path = written(folder, "list.xlsx", content)
    code, refused = command("read", path, "--partner", "GROUP-DE")
    assert (code, refused["error"]["code"]) == (2, "list-part-handed-in")
    assert command("read", path, "--partner", "GROUP-NOPE")[1]["error"]["code"] == "partner-unknown"
    told = command("import", path)[1]["files"][0]["findings"]
    assert [each["code"] for each in told] == ["support-unmatched"]
    partner = germany(command)
    assert (partner["support_compared"], partner["support_differences"]) == (1, 1)
    for whose in ("GROUP-DE", "group"):
        (fact,) = command("facts", "--partner", whose)[1]["facts"]
        assert (fact["partner"], fact["amount"]) == ("GROUP-DE", 5_000)
    (change,) = command("changes", "--since", "2020-01-01", "--partner", "group-de")[1]["changes"]
    assert (change["partner"], change["new"]) == ("GROUP-DE", 5_000)
    assert command("facts", "--partner", "GROUP-NOPE")[0] == 2
    books = {**COMPANY, "group_contribution_received": 3_000.0}
    newer = written(folder, "DE-GMBH.xlsx", workbook("Bericht", books, LAST, LAST))
    findings = command("read", newer)[1]["findings"]
    (differs,) = (each for each in findings if each["code"] == "support-differs")
    assert "Germany" in differs["message"]
    assert differs["cell"]


def test_a_combined_workbook_counts_and_the_difference_is_said(
    command: Command, folder: Path
) -> None:
    combined = {"invoiced_volume": 100_000.0, "fee_revenue": 9_000.0, "staff_costs": 9_000.0}
    newest = LAST + 1
    book = workbook("Smart Deutschland", combined, LAST, newest)
    path = written(folder, "Bericht DE.xlsx", book)
    code, asked = command("import", path)
    assert code == 1
    (question,) = asked["files"][0]["questions"]
    assert (question["kind"], question["options"]) == ("partner", ["DE", "DE-EV", "DE-GMBH"])
    assert "unknown-entity" in [each["code"] for each in asked["files"][0]["findings"]]
    code, told = command("import", path, "--partner", "DE")
    assert (code, told["files"][0]["partner"]) == (0, "DE")
    warnings = germany(command)["entity_warnings"]
    assert any("combined workbook says 9,000" in each for each in warnings)
    value = command("explain", "DE", "2022-Q4", "staff_costs")[1]
    assert value["value"] == 9_000
    assert [fact["entity"] for fact in value["facts"]] == [None]
    told_as_older_everywhere(command, newest)


def told_as_older_everywhere(command: Command, newest: Quarter) -> None:
    """Entities whose books end before the partner's combined ones warn of their own quarter."""
    older = "Its newest figures are of Q4 2022."
    flags = [each for each in germany(command)["flags"] if each["rule"] == "tuckman_chang"]
    assert [(each["quarter"], each["sentence"].endswith(older)) for each in flags] == [
        ("2022-Q4", True), ("2022-Q4", True),
    ]  # fmt: skip
    smartfin, words = open_smartfin(read_settings()), words_of("en")
    for code in ("DE", "DE-GMBH"):
        told = explain_view(smartfin, words, figure=Figure(code, newest, "tuckman_chang"))
        assert any(each.endswith(older) for each in told.warnings)
    assert told.value.value == 2
    section = country_view(smartfin, words, "DE", newest).section("warning")
    assert section is not None
    named = [row[0].text for row in section.tables[0].rows if "GmbH" in row[0].text]
    assert named
    assert all(each.endswith(older) for each in named)
    view = warning_view(smartfin, words, Chosen("DE", "tuckman_chang"))
    assert view.detail is not None
    assert view.detail.sentence.endswith(older)
    assert view.matrix is not None
    (cell,) = (
        cell
        for row in view.matrix.rows
        for cell in row.cells
        if (cell.partner, cell.rule) == ("DE", "tuckman_chang")
    )
    assert cell.said.count(older) == 2
    assert ".." not in cell.said


def test_a_workbook_of_one_entity_is_not_taken_for_another(command: Command, folder: Path) -> None:
    code, document = command("import", folder / EV_BOOK, "--partner", "DE-GMBH")
    assert code == 1
    assert "wrong-partner" in [each["code"] for each in document["files"][0]["findings"]]


def test_a_template_of_an_entity_comes_back_as_its_own(command: Command, folder: Path) -> None:
    out = folder / "template.xlsx"
    assert command("template", "DE-GMBH", "--lang", "de", "--out", out)[0] == 0
    read = command("read", out)[1]
    assert read["partner"] == "DE-GMBH"


@pytest.mark.usefixtures("folder")
def test_the_country_page_shows_each_entity() -> None:
    smartfin = open_smartfin(read_settings())
    for lang in ("en", "de"):
        view = country_view(smartfin, words_of(lang), "DE", Quarter(2022, 4))
        section = view.section("entities")
        assert section is not None
        names = [row[0].text for row in section.tables[0].rows]
        assert names == ["Smart Deutschland e.V.", "Smart Deutschland GmbH"]
    assert {row.file for row in view.sources} == {EV_BOOK, GMBH_BOOK}
