"""Group finance's list on its way into the ledger and through the pages."""

from __future__ import annotations

import io
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from smartfin.cli import run
from smartfin.errors import InputError
from smartfin.facts import Fact, Scenario
from smartfin.findings import Finding, FindingCode
from smartfin.ingest import Reading
from smartfin.ingest.grid.cells import read_cells
from smartfin.ingest.interpret import interpret
from smartfin.ingest.support.words import HEADING_OF, KIND_OF, Column
from smartfin.measure import Reason
from smartfin.quarter import Quarter
from smartfin.services.assessment import assess
from smartfin.services.country.view import country_view
from smartfin.services.export import export_ledger
from smartfin.services.handback import template_file_name, template_workbook
from smartfin.services.intake import accept_draft, add_draft, import_workbook
from smartfin.services.provenance.explain import explain_view
from smartfin.services.provenance.explained import explained
from smartfin.services.provenance.figure import Figure
from smartfin.services.record.history import history_view
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.status import status_document
from smartfin.services.support.beside import read_beside_support
from smartfin.services.support.exposure import exposure_of
from smartfin.services.support.view import SupportView, support_of
from smartfin.services.upload import upload_view
from smartfin.services.verify import verify_ledger
from smartfin.settings import read_settings
from smartfin.store import Basis
from smartfin.store.verification import silent
from smartfin.support import Kind
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, book, hand_in
from tests.integration.support_builders import Row, context, list_file, read_rows

WORDS = words_of("en")
ROWS: tuple[Row, ...] = (
    ("ES", "2022-Q4", "Contribution", 7_500.0, "EUR"),
    ("ES", "2022-Q4", "Free services", 1_000.0, "EUR"),
    ("AT", "2022-Q4", "Guarantee", 20_000.0, "EUR"),
)


@pytest.fixture(scope="module")
def spanish_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with real books of Spain; to be copied, not changed."""
    file = tmp_path_factory.mktemp("spain") / "smartfin.db"
    opened = open_smartfin(read_settings({"SMARTFIN_DATABASE": f"sqlite:///{file}"}))
    given = {"group_contribution_received": 5_000.0, "group_loans": 40_000.0}
    hand_in(opened, "ES", book({**AT_BALANCE, **given}, first=Quarter(2013, 2)))
    opened.ledger.close()
    return file


@pytest.fixture
def smartfin(tmp_path: Path, spanish_books: Path) -> Iterator[Smartfin]:
    """A group with real books of Spain, and samples of nobody."""
    file = shutil.copy(spanish_books, tmp_path / "own.db")
    settings = read_settings({"SMARTFIN_DATABASE": f"sqlite:///{file}", "SMARTFIN_SAMPLES": "0"})
    opened = open_smartfin(replace(settings, outlook=replace(settings.outlook, paths=100)))
    yield opened
    opened.ledger.close()


def imported(smartfin: Smartfin, *rows: Row, name: str = "list.xlsx") -> list[FindingCode]:
    intake = import_workbook(smartfin, list_file(rows or ROWS), name, "fin")
    assert intake.submission is not None, intake.reading.findings
    return [finding.code for finding in intake.reading.findings]


def support_now(smartfin: Smartfin, partner: str) -> SupportView:
    return support_of(smartfin, WORDS, assess(smartfin, None), partner)


class TestTheRoad:
    """From file to pages."""

    def test_the_list_is_accepted_told_and_shown_under_group_finance(
        self, smartfin: Smartfin
    ) -> None:
        assert imported(smartfin) == [FindingCode.SUPPORT_DIFFERS]
        rows = history_view(smartfin, WORDS).submissions
        assert [row.partner for row in rows[:2]] == [
            "Group finance · Spain", "Group finance · Austria",
        ]  # fmt: skip
        again = import_workbook(smartfin, list_file(ROWS), "again.xlsx", "fin")
        assert again.duplicate_of is not None
        assert again.submission is None

    def test_a_part_that_was_withdrawn_comes_again_alone(self, smartfin: Smartfin) -> None:
        imported(smartfin)
        ledger = smartfin.ledger
        spanish = next(each for each in ledger.submissions() if each.partner == "GROUP-ES")
        ledger.withdraw(spanish.id, "typing error", "fin", None)
        again = import_workbook(smartfin, list_file(ROWS), "list.xlsx", "fin").submission
        assert again is not None
        assert again.partner == "GROUP-ES"
        assert len(ledger.submissions()) == 4

    def test_a_list_with_one_fault_stores_nothing(self, smartfin: Smartfin) -> None:
        wrong = ("IT", "2022-Q4", "Advertising", 1.0, "EUR")
        intake = import_workbook(smartfin, list_file([*ROWS, wrong]), "list.xlsx", "fin")
        assert intake.submission is None
        assert len(smartfin.ledger.submissions()) == 1

    def test_reading_tells_of_amounts_in_euro_what_importing_tells(
        self,
        smartfin: Smartfin,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("SMARTFIN_DATABASE", smartfin.settings.database)
        monkeypatch.setenv("SMARTFIN_SAMPLES", "0")
        rows = [
            ("SE", "2022-Q4", "Contribution", 50_000.0, "EUR"),
            ("SE", "2022-Q4", "Capital", 5_000.0, "SEK"),
        ]
        file = tmp_path / "list.xlsx"
        file.write_bytes(list_file(rows))
        run(["read", str(file), "--json"])
        findings = json.loads(capsys.readouterr().out)["findings"]
        assert [each["code"] for each in findings] == ["list-amount-large"]
        assert imported(smartfin, *rows) == [FindingCode.LIST_AMOUNT_LARGE]

    def test_a_waiting_list_is_shown_and_accepted_whole(self, smartfin: Smartfin) -> None:
        draft = add_draft(smartfin, list_file(ROWS), "list.xlsx", "fin", "me")
        view = upload_view(smartfin, WORDS, "me").drafts[0]
        assert view.partner == "Group finance"
        summary = "Group finance’s list of support: 3 figures of Austria (AT) and Spain (ES), "
        assert view.summary.startswith(summary)
        assert view.acceptable
        assert [row.place for row in view.findings] == ["List!D4"]
        accept_draft(smartfin, draft, "fin", view.revision)
        assert len(smartfin.ledger.submissions()) == 3

    def test_a_waiting_list_that_is_in_already_is_refused_by_name(self, smartfin: Smartfin) -> None:
        import_workbook(smartfin, list_file(ROWS), "list.xlsx", "fin")
        draft = add_draft(smartfin, list_file(ROWS), "again.xlsx", "fin", "me")
        with pytest.raises(InputError, match="duplicate-submission"):
            accept_draft(smartfin, draft, "fin")
        assert len(smartfin.ledger.submissions()) == 3

    def test_a_list_that_came_in_meanwhile_is_not_overwritten_unseen(
        self, smartfin: Smartfin
    ) -> None:
        draft = add_draft(smartfin, list_file(ROWS), "list.xlsx", "fin", "me")
        view = upload_view(smartfin, WORDS, "me").drafts[0]
        imported(smartfin, ("ES", "2022-Q4", "Capital", 1.0, "EUR"))
        with pytest.raises(InputError, match="ledger-moved-on"):
            accept_draft(smartfin, draft, "fin", view.revision)

    def test_who_hands_in_the_books_second_is_told_the_cell_of_the_list(
        self, smartfin: Smartfin
    ) -> None:
        imported(smartfin)
        (finding,) = _told_to_books(smartfin, 6_000.0)
        assert (finding.facts["file"], finding.facts["place"]) == ("list.xlsx", "List!D4")
        assert (finding.facts["amount"], finding.facts["other_amount"]) == (6_000.0, 7_500.0)
        sentence = WORDS.finding(finding)[0].replace("\xa0", " ")
        assert sentence.endswith("group finance’s list 7,500 EUR (list.xlsx, List!D4).")
        assert _told_to_books(smartfin, 7_500.0) == []

    def test_verify_reads_every_part_of_the_list_again(self, smartfin: Smartfin) -> None:
        imported(smartfin)
        check = verify_ledger(smartfin, silent)
        assert (check.ok, check.read, check.read_differently) == (True, 2, ())

    def test_services_of_the_list_make_the_result_at_cost_known_with_their_cell(
        self, smartfin: Smartfin
    ) -> None:
        quarters = [str(Quarter(2022, number)) for number in (1, 2, 3, 4)]
        before = assess(smartfin).case("ES").measure("result_fss")
        assert before.reason is Reason.IMPUTED_SUPPORT_UNKNOWN
        imported(smartfin, *(("ES", each, "Services", 1_000.0, "EUR") for each in quarters))
        case = assess(smartfin).case("ES")
        oss = case.measure("result_before_support").value
        assert oss is not None
        assert case.measure("result_fss").value == oss - 4_000.0
        found = explained(smartfin, Figure("ES", Quarter(2022, 4), "result_fss"))
        services = [each for each in found.used if each.input.item == Kind.SERVICES.item]
        assert {each.fact.file for each in services if each.fact} == {"list.xlsx"}
        assert len([each for each in services if each.fact]) == 4

    def test_what_the_books_say_of_services_wins(self, smartfin: Smartfin) -> None:
        stated = {**AT_BALANCE, Kind.SERVICES.item: 500.0}
        hand_in(smartfin, "IT", book(stated))
        quarters = [str(Quarter(2022, number)) for number in (1, 2, 3, 4)]
        imported(smartfin, *(("IT", each, "Services", 1_000.0, "EUR") for each in quarters))
        case = assess(smartfin).case("IT")
        assert case.table.loc[Quarter(2022, 4).ordinal, Kind.SERVICES.item] == 500.0
        assert support_now(smartfin, "IT").count == 4

    def test_a_made_up_list_never_fills_or_contradicts_real_books(self, smartfin: Smartfin) -> None:
        told = imported(smartfin, name="list_synthetic.xlsx")
        assert told == [FindingCode.SYNTHETIC]
        assert assess(smartfin).case("ES").measure("result_fss").value is None
        assert support_now(smartfin, "ES").count == 0

    def test_capital_that_books_only_show_as_equity_comes_from_the_list_with_its_cell(
        self, smartfin: Smartfin
    ) -> None:
        quarters = [Quarter(2022, number) for number in (1, 2, 3, 4)]
        for ahead, quarter in enumerate(quarters):
            kept = 90_000.0 + 10_000.0 * ahead
            given = {"group_contribution_received": 0.0, "shareholder_contributions": kept}
            lines = {**AT_BALANCE, **given}
            hand_in(smartfin, "IT", book(lines, first=quarter, last=quarter))
        silent = assess(smartfin).case("IT").measure("group_support")
        assert silent.reason is Reason.ITEM_MISSING
        assert silent.facts["item"] == Kind.CAPITAL.item
        stated = [("IT", str(each), "Capital injection", 10_000.0, "EUR") for each in quarters]
        imported(smartfin, *stated)
        case = assess(smartfin).case("IT")
        assert case.measure("group_support").value == 30_000.0  # before the first rise: nothing
        found = explained(smartfin, Figure("IT", Quarter(2022, 4), "group_support"))
        put_in = [each for each in found.used if each.input.item == Kind.CAPITAL.item]
        cells = {each.input.quarter: each.fact and each.fact.file for each in put_in}
        assert cells == {quarters[0]: None, **dict.fromkeys(quarters[1:], "list.xlsx")}

    def test_the_view_names_the_cells_of_both_sides_and_status_counts_them(
        self, smartfin: Smartfin
    ) -> None:
        imported(smartfin)
        view = support_now(smartfin, "ES")
        assert view.differences is not None
        (row,) = view.differences.rows
        assert [cell.text for cell in row[:5]] == [
            "Q4 2022", "Group contribution received", "5,000\xa0EUR", "7,500\xa0EUR",
            "+2,500\xa0EUR",
        ]  # fmt: skip
        assert [cell.text for cell in row[5:]] == ["book.xlsx · Sheet!C8", "list.xlsx · List!D4"]
        counted = {
            each["partner"]: each["support_differences"]
            for each in status_document(smartfin, WORDS)["partners"]
        }
        assert counted == {**dict.fromkeys(counted, 0), "ES": 1}

    def test_the_path_says_voted_paid_and_still_to_pay(self, smartfin: Smartfin) -> None:
        imported(smartfin)
        view = support_now(smartfin, "ES")
        assert view.path is not None
        years = {row[0].text: [cell.value for cell in row[1:5]] for row in view.path.table.rows}
        paid = 4 * 5_000.0
        assert years["2022"] == [60_000.0, paid, 7_500.0, 60_000.0 - paid]
        assert years["2023"] == [30_000.0, None, None, 30_000.0]

    def test_the_country_page_has_voted_paid_and_both_cells_of_a_difference(
        self, smartfin: Smartfin
    ) -> None:
        imported(smartfin)
        section = country_view(smartfin, WORDS, "ES").section("support-path")
        assert section is not None
        voted, own, differs = (each.replace("\xa0", " ") for each in section.sentences)
        assert voted.startswith("Spain: 220 kEUR voted for Q1 2021 to Q4 2023, 40 kEUR paid")
        assert own == (
            "In the four quarters to Q4 2022 its own income paid for 100% of its costs;"
            " a year earlier for 100%."
        )
        assert differs == ("1 amount differs between the books of Spain and group finance’s list.")
        assert [chart.table.caption for chart in section.charts]
        (table,) = section.tables
        sources = [cell.source for cell in table.rows[0] if cell.source]
        assert sources == [
            "ES/2022-Q4/item:group_contribution_received",
            "GROUP-ES/2022-Q4/listed:group_contribution_received",
            "ES/2022-Q4/support:difference:group_contribution_received",
        ]
        shown = [cell for row in (*section.charts[0].table.rows, *table.rows) for cell in row]
        for cell in (each for each in shown if each.numeric and each.value is not None):
            partner, quarter, code, *money = cell.source.split("/")
            figure = Figure(partner, Quarter.parse(quarter), code, *money)
            assert explain_view(smartfin, WORDS, figure=figure).value.value == cell.value, code

    def test_a_figure_of_the_support_path_that_does_not_exist_is_refused(
        self, smartfin: Smartfin
    ) -> None:
        imported(smartfin)
        for code in ("voted:", "voted:20x2", "paid:2022", "difference:cash", "to-pay:0"):
            with pytest.raises(InputError, match="figure-unknown"):
                explain_view(
                    smartfin, WORDS, figure=Figure("ES", Quarter(2022, 4), f"support:{code}")
                )

    def test_what_a_later_list_would_change_names_the_partner(self, smartfin: Smartfin) -> None:
        imported(smartfin)
        later = (("ES", "2022-Q4", "Contribution", 8_000.0, "EUR"), *ROWS[1:])
        add_draft(smartfin, list_file(later), "later.xlsx", "fin", "me")
        restated = upload_view(smartfin, WORDS, "me").drafts[0].restated
        assert restated is not None
        assert restated.columns[0] == "Partner"
        (row,) = restated.rows
        assert [cell.text.replace("\xa0", " ") for cell in row] == [
            "Spain", "Group contribution received", "Q4 2022", "actual", "7,500 EUR", "8,000 EUR",
        ]  # fmt: skip

    def test_a_list_that_came_in_meanwhile_is_told_with_its_figures(
        self, smartfin: Smartfin
    ) -> None:
        draft = add_draft(smartfin, list_file(ROWS), "list.xlsx", "fin", "me")
        looked = upload_view(smartfin, WORDS, "me").drafts[0]
        assert looked.known_at is None
        imported(smartfin, ("ES", "2022-Q4", "Contribution", 1.0, "EUR"))
        seen = upload_view(smartfin, WORDS, "me", {draft: looked.known_at}).drafts[0].meanwhile
        assert seen is not None
        assert len(seen.events) == 1
        assert seen.sentence == WORDS.text("meanwhile.figures", figures=1, shared=1)

    def test_figures_of_a_list_that_waits_for_approval_are_marked(self, smartfin: Smartfin) -> None:
        asked = replace(smartfin, settings=replace(smartfin.settings, approval=True))
        ledger = asked.ledger
        ledger.approve([each.id for each in ledger.submissions()], "fin", None)
        imported(asked, *ROWS, ("ES", "2022-Q4", "Guarantee", 1.0, "EUR"))
        mark = WORDS.text("approval.waiting-mark")

        def marks() -> tuple[set[str], list[str], bool, bool]:
            view = support_now(asked, "ES")
            assert view.path is not None
            assert view.differences is not None
            assessment = assess(asked, basis=Basis.ACCEPTED)
            paid = {row[3].note for row in view.path.table.rows if row[3].value is not None}
            case = assessment.case("ES")
            exposed = exposure_of(asked, assessment, (case,))
            sides = [cell.note for cell in view.differences.rows[0][2:4]]
            return paid, sides, exposed.provisional, case.provisional

        assert marks() == ({mark}, ["", mark], True, True)  # services of the list in the result
        ledger.approve([each.id for each in ledger.submissions() if not each.approved], "fin", None)
        assert marks() == ({""}, ["", ""], False, False)

    def test_the_command_line_explains_the_group_and_its_list(
        self,
        smartfin: Smartfin,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        imported(smartfin)
        monkeypatch.setenv("SMARTFIN_DATABASE", smartfin.settings.database)
        monkeypatch.setenv("SMARTFIN_SAMPLES", "0")

        def explained_as(*words: str) -> dict[str, Any]:
            run(["explain", *words, "--json"])
            document: dict[str, Any] = json.loads(capsys.readouterr().out)
            return document

        support = explained_as("group", "2022-Q4", "support_since_start")
        assert {each["partner"] for each in support["facts"]} == {"ES"}
        guarantees = explained_as("GROUP", "2022-Q4", "exposure_guarantees")
        assert [(each["partner"], each["cell"]) for each in guarantees["facts"]] == [
            ("GROUP-AT", "D6")
        ]
        paid = explained_as("group-es", "2022-Q4", "listed:paid")
        assert (paid["value"], paid["unit"]) == (7_500.0, "EUR")
        assert [(each["file"], each["cell"]) for each in paid["facts"]] == [("list.xlsx", "D4")]
        refused = explained_as("GROUP", "2022-Q4", "coverage")["error"]
        assert refused["code"] == "group-figure-unknown"
        assert "exposure_guarantees" in refused["message"]
        assert "explain GROUP-ES QUARTER listed:paid" in refused["message"]
        assert run(["explain", "GROUP", "2022-Q4", "exposure"]) == 0
        assert "Guarantees" in capsys.readouterr().out
        for wrong in (("GROUP-XX", "listed:paid"), ("GROUP-ES", "coverage"), ("GROUP-", "paid")):
            found = explained_as(wrong[0], "2022-Q4", wrong[1])
            assert found["error"]["code"] in {"partner-unknown", "figure-unknown"}

    def test_an_export_holds_the_list_once_for_each_partner(
        self, smartfin: Smartfin, tmp_path: Path
    ) -> None:
        imported(smartfin)
        folder = tmp_path / "export"
        export_ledger(smartfin, WORDS, folder, None, lambda _done, _total: None)
        lists = sorted((folder / "workbooks").glob("*list.xlsx"))
        assert [each.name.partition("_")[2] for each in lists] == [
            "GROUP-AT_list.xlsx", "GROUP-ES_list.xlsx",
        ]  # fmt: skip
        assert {each.read_bytes() for each in lists} == {list_file(ROWS)}
        known = (folder / "known.csv").read_text(encoding="utf-8-sig")
        assert known.count("GROUP-ES") == 2
        assert known.count("GROUP-AT") == 1

    def test_a_partner_that_left_and_was_voted_nothing_has_no_support_section(
        self, smartfin: Smartfin
    ) -> None:
        hand_in(smartfin, "NL", book(AT_BALANCE, Quarter(2018, 1), Quarter(2020, 1)))
        assert country_view(smartfin, WORDS, "NL").section("support-path") is None
        hand_in(smartfin, "IT", book(AT_BALANCE))
        italian = country_view(smartfin, WORDS, "IT").section("support-path")
        assert italian is not None
        assert len(italian.sentences) == 3

    def test_each_address_of_the_view_can_be_opened(self, smartfin: Smartfin) -> None:
        imported(smartfin)
        for code in ("paid", Kind.CONTRIBUTION.item):
            figure = Figure("GROUP-ES", Quarter(2022, 4), f"listed:{code}")
            seen = explain_view(smartfin, WORDS, figure=figure)
            assert seen.value.value == 7_500.0
            assert seen.facts is None
            assert seen.parts is not None
            assert [cell.text for cell in seen.parts.rows[0]][4:6] == ["list.xlsx", "List!D4"]

    def test_the_exposure_adds_equity_loans_and_guarantees_and_names_who_states_none(
        self, smartfin: Smartfin
    ) -> None:
        imported(smartfin, *ROWS, ("ES", "2022-Q3", "Guarantee", 3_000.0, "EUR"))
        assessment = assess(smartfin)
        spain = assessment.case("ES")
        exposed = exposure_of(smartfin, assessment, (spain,))
        amounts = [exposed.equity, exposed.loans, exposed.guarantees, exposed.total]
        assert [each.value for each in amounts] == [0.0, 40_000.0, 3_000.0, 43_000.0]
        assert exposed.unstated == ()
        whole = exposure_of(smartfin, assessment, (spain, assessment.case("AT")))
        assert whole.loans.reason is Reason.PARTNER_QUARTER_MISSING
        assert whole.total.value is None


def _told_to_books(smartfin: Smartfin, contribution: float) -> list[Finding]:
    """Support findings of Spanish books read beside the ledger."""
    q4 = Quarter(2022, 4)
    fact = Fact(Kind.CONTRIBUTION.item, q4, Scenario.ACTUAL, contribution, "EUR", "PyG", "C9")
    reading = Reading(partner="ES", currency="EUR", facts=(fact,))
    known = smartfin.reading_context()
    return list(read_beside_support(reading, known, smartfin.ledger, smartfin.rates).findings)


# --- template, layouts


@pytest.mark.parametrize("language", ["nl", "sv"])
def test_the_template_filled_in_is_read(smartfin: Smartfin, language: str) -> None:
    words = words_of(language)
    name, content = template_workbook(smartfin, words, "group")
    assert name == template_file_name(smartfin, words, "GROUP")
    filled = openpyxl.load_workbook(io.BytesIO(content))
    sheet = filled.worksheets[1]
    kind = words.text("support.kind.loan-drawn")
    for column, text in enumerate(("SE", "2022-Q4", kind, "100", "SEK"), start=1):
        sheet.cell(2, column, text)
    written = io.BytesIO()
    filled.save(written)
    reading = interpret(read_cells(written.getvalue(), name), name, context())
    assert reading.findings == ()
    assert [(f.item, f.amount, f.unit) for f in reading.facts] == [
        ("group_loan_drawdown", 100.0, "SEK")
    ]


def test_a_list_as_text_is_read() -> None:
    text = b"Socio;Trimestre;Tipo;Importe;Moneda\nES;4T 2022;Aval;12.500,50;EUR\n"
    reading = interpret(read_cells(text, "lista.csv"), "lista.csv", context())
    assert reading.findings == ()
    (fact,) = reading.facts
    assert (fact.item, fact.amount, fact.cell) == ("group_guarantees", 12_500.5, "D2")


def test_order_of_rows_and_columns_and_language_say_nothing() -> None:
    chance = random.Random(7)
    whole = [
        (partner, str(Quarter(2022, number)), kind, float(chance.randrange(1, 10**6)), "EUR")
        for partner in ("ES", "IT", "AT")
        for number in (1, 2, 3, 4)
        for kind in Kind
    ]
    columns = ("partner", "quarter", "kind", "amount", "currency")
    plain = [(*row[:2], row[2].value, *row[3:]) for row in whole]
    expected = _amounts(read_rows(plain))
    assert len(expected) == len(whole)
    for _ in range(20):
        order = chance.sample(range(5), 5)
        shown: list[Row] = [[*row[:2], _word(chance, row[2]), *row[3:]] for row in whole]
        rows = [[row[place] for place in order] for row in chance.sample(shown, len(shown))]
        headings = [_heading(chance, columns[place]) for place in order]
        reading = read_rows(rows, headings)
        assert reading.findings == ()
        assert _amounts(reading) == expected


def _word(chance: random.Random, kind: Kind) -> str:
    return chance.choice([word for word, named in KIND_OF.items() if named is kind])


def _heading(chance: random.Random, column: str) -> str:
    return chance.choice([word for word, named in HEADING_OF.items() if named is Column(column)])


def _amounts(reading: Reading) -> dict[tuple[str, str, Quarter | None], float]:
    pairs = zip(reading.units, reading.facts, strict=True)
    return {(unit, fact.item, fact.quarter): fact.amount for unit, fact in pairs}
