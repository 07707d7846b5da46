"""Group finance's list of support: nothing of it is lost, and no amount is taken unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

import pytest

from smartfin.facts import Fact, LedgerFact, Scenario
from smartfin.findings import Answer, AnsweredFinding, Finding, FindingCode, Severity
from smartfin.ingest.grid.cells import Cell, CellError, NeverCalculated, Sheet, Workbook
from smartfin.ingest.interpret import interpret
from smartfin.ingest.reading import Reading, ReadingContext, SheetReason
from smartfin.ingest.support.rows import LONGEST_NOTE
from smartfin.money import QuarterRate, Rates
from smartfin.quarter import Quarter
from smartfin.services.support.answers import answered_before, answered_of, units_of
from smartfin.services.support.size import LARGE, read_beside_sizes
from smartfin.settings import ROOT
from smartfin.store import Ledger
from smartfin.support import LARGEST_AMOUNT, Vote
from smartfin.wording import LANGUAGES, words_of
from tests.integration.support_builders import HEADINGS, context

Row = Sequence[Cell]
Rows = Sequence[Row]
Q2 = Quarter(2022, 2)
GOOD: tuple[Cell, ...] = ("ES", "2022-Q2", "Contribution", 7500.0, "EUR")
ITALIAN: tuple[Cell, ...] = ("IT", *GOOD[1:])
HEAD: tuple[Cell, ...] = HEADINGS
NEVER = NeverCalculated()


def sheet(
    name: str, *rows: Sequence[Cell], factors: Mapping[tuple[int, int], float] | None = None
) -> Sheet:
    return Sheet(name, tuple(map(tuple, rows)), factors=factors or {})


def read(*sheets: Sheet, partner: str | None = None) -> Reading:
    return interpret(Workbook(sheets), "list.xlsx", context(partner))


def told(reading: Reading) -> list[tuple[FindingCode, str, str]]:
    return [(each.code, each.sheet, each.cell) for each in reading.findings]


# --- nothing is lost without a word


def test_a_second_sheet_with_one_bad_heading_is_named_with_what_it_lacks() -> None:
    bad = ("Partner", "Quarter", "Kind", "Amount paid out", "Currency")
    reading = read(sheet("One", HEAD, GOOD), sheet("Two", (), bad, ITALIAN))
    assert told(reading) == [(FindingCode.LIST_HEADING_MISSING, "Two", "A2")]
    assert reading.findings[0].facts["headings"] == ("amount",)
    assert len(reading.facts) == 1


def test_incomplete_headings_without_entries_under_them_are_no_fault() -> None:
    legend = ("Partner", "Kind", "Currency")
    reading = read(sheet("One", HEAD, GOOD), sheet("Legend", legend, ("which one",)))
    assert told(reading) == []


def test_rows_of_the_list_without_any_headings_are_named_by_the_first() -> None:
    reading = read(sheet("One", HEAD, GOOD), sheet("Two", ("more",), ITALIAN, GOOD))
    assert told(reading) == [(FindingCode.LIST_HEADING_MISSING, "Two", "A2")]


def test_rows_above_the_headings_are_named() -> None:
    reading = read(sheet("One", ITALIAN, HEAD, GOOD))
    assert told(reading) == [(FindingCode.LIST_HEADING_MISSING, "One", "A1")]


def test_other_sheets_with_figures_and_other_columns_are_noted() -> None:
    twice = (*HEAD[:5], "Betrag", None)
    reading = read(
        sheet("One", twice, (*GOOD, 9.0, "x")), sheet("Totals", ("ES", 30_000.0)), sheet("Guide")
    )
    assert told(reading) == [
        (FindingCode.LIST_COLUMN_UNUSED, "One", "F1"),
        (FindingCode.SHEET_UNUSED, "Totals", ""),
    ]
    assert reading.findings[0].facts["columns"] == "Betrag, G"
    assert [use.reason for use in reading.sheets] == [
        SheetReason.USED,
        *[SheetReason.NO_HEADINGS] * 2,
    ]


COLUMNS, ROWS = FindingCode.LIST_COLUMN_UNUSED, FindingCode.LIST_ROW_UNUSED
HEADINGS_MISSING, SHEET = FindingCode.LIST_HEADING_MISSING, FindingCode.SHEET_UNUSED
PARTLY: tuple[Cell, ...] = ("Partner", "Quarter", "Kind", "Paid", "Ccy")


@pytest.mark.parametrize(("rows", "expected"), [
    ([(None,) * 5 + ("see the minutes",)], (ROWS, "F3")),
    ([(None,) * 6 + (4_000.0,)], (ROWS, "G3")),
    ([(None,) * 6 + (NEVER,)], (ROWS, "G3")),
    ([PARTLY, ("IT", None, None, 5_000.0, "EUR")], (HEADINGS_MISSING, "A3")),
    ([PARTLY, (None, None, None, NEVER)], (HEADINGS_MISSING, "A3")),
    ([PARTLY], None),
])  # fmt: skip
def test_whatever_stands_under_the_list_is_read_or_told(
    rows: Rows, expected: tuple[FindingCode, str] | None
) -> None:
    reading = read(sheet("One", (*HEAD[:5], "Note"), GOOD, *rows))
    assert [(code, cell) for code, _, cell in told(reading)] == [expected] * bool(expected)
    assert len(reading.facts) == 1


@pytest.mark.parametrize(("row", "told_of"), [
    (("Support 2022, in euro",), 0),
    (("As of", date(2023, 1, 20)), 0),
    (("Italy", 5_000.0), 1),
    (("Italy", "5.000"), 1),
])  # fmt: skip
def test_amounts_above_the_headings_are_told_and_titles_are_not(row: Row, told_of: int) -> None:
    assert told(read(sheet("One", row, HEAD, GOOD))) == [(ROWS, "One", "A1")] * told_of


@pytest.mark.parametrize(("row", "told_of"), [
    (("Italy", "see the bank", "EUR"), 0),
    (("Italy", "2022-Q2", "Zuschuss 2", "7500", "EUR"), 1),
    (("Italy", "7.500"), 1),
    (("Italy", NEVER), 1),
    (("Italy", CellError("#REF!")), 1),
    (("Italy", date(2022, 5, 1)), 1),
])  # fmt: skip
def test_another_sheet_is_silent_only_where_it_holds_words_alone(row: Row, told_of: int) -> None:
    other = sheet("Two", ("Partner", "Quarter (Q)", "Kind", "Paid", "Ccy"), row)
    reading = read(sheet("One", HEAD, GOOD), other)
    assert told(reading) == [(SHEET, "Two", "")] * told_of
    assert all("no headings" in words_of("en").finding(each)[0] for each in reading.findings)


@pytest.mark.parametrize(("count", "names"), [
    (6, "a, b, c, d, e, f"),
    (7, "a, b, c, d, e, f, …"),
])  # fmt: skip
def test_six_columns_or_rows_are_named_and_that_there_are_more(count: int, names: str) -> None:
    columns = read(sheet("One", (*HEAD, *"abcdefg"[:count]), (*GOOD, None, *[1.0] * count)))
    assert [each.facts["columns"] for each in columns.findings] == [names]
    rows = read(sheet("One", HEAD, GOOD, *[(None,) * 5 + ("x",)] * count))
    expected = ", ".join([*map(str, range(3, 9)), *["…"] * (count > 6)])
    assert [each.facts["rows"] for each in rows.findings] == [expected]


def test_a_figure_in_the_place_of_a_heading_is_told() -> None:
    assert told(read(sheet("One", (*HEAD, 5_000.0), GOOD))) == [(COLUMNS, "One", "G1")]


def test_a_list_without_rows_is_refused_with_its_reason() -> None:
    assert told(read(sheet("One", (), HEAD), partner="GROUP")) == [
        (FindingCode.LIST_EMPTY, "One", "A2")
    ]


@pytest.mark.parametrize("partner", [None, "GROUP"])
def test_rows_whose_formulas_were_never_calculated_are_each_told(partner: str | None) -> None:
    reading = read(
        sheet("One", HEAD, (NEVER,) * 5, (NEVER, NEVER, NEVER, 5.0, "EUR")), partner=partner
    )
    assert told(reading) == [
        (FindingCode.NEVER_CALCULATED, "One", "A2"),
        (FindingCode.NEVER_CALCULATED, "One", "A3"),
    ]
    assert [each.facts["count"] for each in reading.findings] == [5, 3]
    sentence, remedy = words_of("en").finding(reading.findings[0])
    assert "never calculated" in sentence
    assert "save it" in remedy


def test_one_formula_without_a_result_is_told_beside_the_other_faults_of_its_row() -> None:
    reading = read(sheet("One", HEAD, GOOD, ("IT", NEVER, "Advertising", 5.0, "EUR")))
    assert told(reading) == [
        (FindingCode.NEVER_CALCULATED, "One", "B3"),
        (FindingCode.LIST_KIND_UNKNOWN, "One", "C3"),
    ]


def test_an_error_of_a_formula_is_told_as_such_in_any_column() -> None:
    reading = read(sheet("One", HEAD, GOOD, (CellError("#REF!"), *GOOD[1:])))
    assert told(reading) == [(FindingCode.ERROR_CELL, "One", "A3")]


# --- headings repeated


def test_a_list_printed_over_pages_is_read_through_its_repeated_headings() -> None:
    reading = read(sheet("One", HEAD, GOOD, (), HEAD, ITALIAN))
    assert reading.findings == ()
    assert [(fact.cell, unit) for fact, unit in zip(reading.facts, reading.units, strict=True)] == [
        ("D2", "GROUP-ES"), ("D5", "GROUP-IT"),
    ]  # fmt: skip


def test_headings_repeated_in_another_order_count_from_there_on() -> None:
    turned = tuple(reversed(HEAD[:5]))
    reading = read(sheet("One", HEAD, GOOD, turned, tuple(reversed(ITALIAN))))
    assert reading.findings == ()
    assert [fact.amount for fact in reading.facts] == [7500.0, 7500.0]


# --- amounts, quarters and notes that cannot be


@pytest.mark.parametrize("text", ["5%", "5 %", "(5%)", "-5 %"])
def test_a_percentage_is_no_amount(text: str) -> None:
    reading = read(sheet("One", HEAD, ITALIAN, (*GOOD[:3], text, "EUR")))
    assert told(reading) == [(FindingCode.LIST_AMOUNT_UNREADABLE, "One", "D3")]


def test_a_number_shown_in_per_cent_is_no_amount() -> None:
    shown = sheet("One", HEAD, (*GOOD[:3], 0.05, "EUR"), factors={(1, 3): 100.0})
    (finding,) = read(shown).findings
    assert (finding.code, finding.facts["text"]) == (FindingCode.LIST_AMOUNT_UNREADABLE, "5 %")


@pytest.mark.parametrize(("amount", "codes"), [
    (LARGEST_AMOUNT, []),
    (1e15, [FindingCode.LIST_AMOUNT_IMPOSSIBLE]),
    (-1e15, [FindingCode.LIST_AMOUNT_IMPOSSIBLE]),
    ("9" * 190, [FindingCode.LIST_AMOUNT_IMPOSSIBLE]),
])  # fmt: skip
def test_no_amount_of_money_is_beyond_the_largest(
    amount: float | str, codes: list[FindingCode]
) -> None:
    reading = read(sheet("One", HEAD, (*GOOD[:3], amount, "EUR")))
    assert [each.code for each in reading.findings] == codes
    assert len(reading.facts) == 1 - len(codes)


def test_a_quarter_before_the_partner_started_is_told_and_kept() -> None:
    rows = [("ES", quarter, *GOOD[2:]) for quarter in ("2013-Q1", "2013-Q2")]
    reading = read(sheet("One", HEAD, *rows))
    assert told(reading) == [(FindingCode.LIST_QUARTER_EARLY, "One", "B2")]
    assert reading.findings[0].severity is Severity.WARNING
    assert len(reading.facts) == 2


@pytest.mark.parametrize(("length", "told_of"), [(LONGEST_NOTE, 0), (LONGEST_NOTE + 1, 1)])
def test_a_note_has_an_end(length: int, told_of: int) -> None:
    reading = read(sheet("One", HEAD, (*GOOD, "x" * length)))
    assert told(reading) == [(FindingCode.LIST_NOTE_LONG, "One", "F2")] * told_of
    assert len(reading.facts) == 1 - told_of


def test_words_so_long_that_their_end_is_not_looked_at_are_no_kind_and_no_partner() -> None:
    long = " " * 200 + "and more"
    row = (f"ES{long}", "2022-Q2", f"Contribution{long}", 5.0, "EUR")
    assert [code for code, _, _ in told(read(sheet("One", HEAD, GOOD, row)))] == [
        FindingCode.LIST_PARTNER_UNKNOWN,
        FindingCode.LIST_KIND_UNKNOWN,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_new_remark_has_its_sentence_in_every_language(language: str) -> None:
    bad = ("Partner", "Quarter", "Kind", "Amount", "Money")
    reading = read(
        sheet("One", HEAD, ("ES", "2000-Q1", "Contribution", 1e15, "EUR", "x" * 501, "?")),
        sheet("Two", bad, ITALIAN),
        sheet("Three", ("ES", 3.0)),
        sheet("Four", HEAD, (*[None] * 5, "x")),
    )
    swedish = too_large(of(1_000_000.0, partner="SE"), None, unvoted=True)
    found = {each.code for each in (*reading.findings, *swedish)}
    assert len(found) == 8
    for finding in (*reading.findings, *swedish):
        assert all(words_of(language).finding(finding))


# --- amounts beside all that is known of the partner


class Books:
    """What a ledger knows of one unit: facts, and answers to remarks about it."""

    def __init__(self, **known: Sequence[LedgerFact]) -> None:
        self.known = {unit.replace("_", "-"): facts for unit, facts in known.items()}
        self.answers: dict[str, dict[str, Answer]] = {}

    def facts(self, unit: str) -> Sequence[LedgerFact]:
        return self.known.get(unit, ())

    def answers_to_findings(self, unit: str) -> dict[str, Answer]:
        return self.answers.get(unit, {})


AT = datetime(2023, 1, 1, tzinfo=UTC)
RATES = Rates({("SEK", Q2): QuarterRate(10.0, 12.0, 60)})


def known(item: str, amount: float, unit: str = "EUR", *, synthetic: bool = False) -> LedgerFact:
    fact = Fact(item, Q2, Scenario.ACTUAL, amount, unit, "S", "C3")
    return LedgerFact(fact, "ES", 1, "f.xlsx", AT, "ana", synthetic=synthetic)


def too_large(
    reading: Reading,
    books: Books | None,
    within: ReadingContext | None = None,
    *,
    unvoted: bool = False,
) -> list[Finding]:
    ledger = cast(Ledger | None, books)
    found = read_beside_sizes(reading, within or context(), ledger, RATES).findings
    code = FindingCode.LIST_AMOUNT_UNVOTED if unvoted else FindingCode.LIST_AMOUNT_LARGE
    return [each for each in found if each.code is code]


def of(*amounts: float, partner: str = "ES", currency: str = "EUR") -> Reading:
    kinds = ("Contribution", "Capital", "Loan drawn")
    rows = [
        (partner, "2022-Q2", kind, amount, currency)
        for kind, amount in zip(kinds, amounts, strict=False)
    ]
    return read(sheet("One", HEAD, *rows))


@pytest.mark.parametrize(("factor", "told_of"), [(1.0, 0), (1.001, 1)])
def test_an_amount_far_beyond_the_partners_books_is_told(factor: float, told_of: int) -> None:
    books = Books(ES=[known("staff_costs", 40_000.0), known("invoiced_volume", 9e9)])
    found = too_large(of(40_000.0 * LARGE * factor, 5.0), books)
    assert [(each.cell, each.facts["other_amount"]) for each in found] == [
        ("D2", 40_000.0)
    ] * told_of


def test_what_an_earlier_list_or_an_entity_states_is_known_too() -> None:
    assert (
        too_large(of(500_000.0), Books(GROUP_ES=[known("group_capital_injection", 50_000.0)])) == []
    )
    family = replace(
        context(),
        partners=(*context().partners, replace(context().partners[0], code="ES-X", entity_of="ES")),
    )
    assert too_large(of(5e6), Books(ES_X=[known("equity", 5e5)]), family) == []


def test_made_up_books_say_nothing_of_a_real_list() -> None:
    books = Books(ES=[known("staff_costs", 5.0, synthetic=True)])
    assert too_large(of(40_000.0), books) == []


def test_where_nothing_is_known_the_others_of_the_list_are_what_it_is_held_against() -> None:
    assert [each.cell for each in too_large(of(7_500.0, 5_000.0, 7_500_000.0), None)] == ["D4"]
    assert too_large(of(7_500_000.0), None) == []


def test_amounts_in_euro_are_held_against_books_of_another_currency_at_the_rate() -> None:
    books = Books(SE=[known("staff_costs", 10_000.0, "SEK")])
    (finding,) = too_large(of(10_001.0, partner="SE"), books)
    sentence = words_of("en").finding(finding)[0].replace("\N{NO-BREAK SPACE}", " ")
    assert "is 10,001 EUR (100,010 SEK)." in sentence  # first what the cell says
    assert "the largest is 10,000 SEK." in sentence
    assert too_large(of(10_000.0, partner="SE"), books) == []


def test_where_only_the_votes_are_known_no_amount_is_beyond_them_untold() -> None:
    spain = replace(context().partners[0], code="ES", support=(Vote(Q2, Q2, 90_000.0),) * 2)
    known_votes = replace(context(), partners=(spain,), envelope=5.0)
    assert too_large(of(180_000.0), None, known_votes, unvoted=True) == []
    (finding,) = too_large(of(180_000.01), None, known_votes, unvoted=True)
    assert (finding.cell, finding.facts["other_amount"]) == ("D2", 180_000.0)
    books = Books(ES=[known("staff_costs", 40_000.0)])  # better than votes
    assert too_large(of(180_000.01), books, known_votes, unvoted=True) == []
    nobody = replace(known_votes, partners=(replace(spain, support=()),), envelope=1_200_000.0)
    assert [
        len(too_large(of(amount), None, nobody, unvoted=True)) for amount in (1.2e6, 1.3e6)
    ] == [0, 1]


@pytest.mark.parametrize(("amount", "told_of"), [(900_000.0, 0), (900_001.0, 1)])
def test_what_no_vote_pays_may_be_more_than_the_votes_but_not_far(
    amount: float, told_of: int
) -> None:
    spain = replace(context().partners[0], code="ES", support=(Vote(Q2, Q2, 90_000.0),))
    row = ("ES", "2022-Q2", "Loans outstanding", amount, "EUR")
    reading = read(sheet("One", HEAD, row))
    votes = replace(context(), partners=(spain,))
    assert len(too_large(reading, None, votes, unvoted=True)) == told_of


def test_votes_in_euro_stand_beside_a_list_in_another_currency_at_the_rate() -> None:
    sweden = replace(context().partners[0], code="SE", currency="SEK", support=())
    nobody = replace(context(), partners=(sweden,), envelope=1_000.0)
    assert too_large(of(10_000.0, partner="SE", currency="SEK"), None, nobody, unvoted=True) == []
    (finding,) = too_large(of(10_001.0, partner="SE", currency="SEK"), None, nobody, unvoted=True)
    sentence = words_of("en").finding(finding)[0].replace("\N{NO-BREAK SPACE}", " ")
    assert "is 10,001 SEK." in sentence
    assert "voted: 1,000 EUR (10,000 SEK)." in sentence


# --- answers


def test_an_answer_belongs_to_the_part_its_remark_is_about_and_is_found_there() -> None:
    loans = [(code, "2022-Q2", "Loan drawn", -5.0, "EUR") for code in ("ES", "IT")]
    reading = read(sheet("One", HEAD, *loans))
    absent = Finding(FindingCode.SUPPORT_ABSENT, facts={"partner": "IT", "item": "group_loans"})
    reading = replace(reading, findings=(*reading.findings, absent))
    assert [units_of(each, reading) for each in reading.findings] == [
        ("GROUP-ES",), ("GROUP-IT",), ("GROUP-IT",),
    ]  # fmt: skip
    said = [AnsweredFinding(each, Answer(each.key, "so", "fin", AT)) for each in reading.findings]
    assert answered_of("GROUP-ES", reading, said) == (said[0],)
    assert answered_of("GROUP-IT", reading, said) == tuple(said[1:])
    books = Books()
    books.answers = {"GROUP-ES": {each.finding.key: each.answer for each in said}}
    # Spain's answers are no answers to what is remarked on Italy's part.
    assert set(answered_before(reading, cast(Ledger, books))) == {said[0].finding.key}


def test_a_remark_about_the_whole_list_is_every_parts_own() -> None:
    reading = read(sheet("One", HEAD, GOOD, ITALIAN))
    whole = Finding(FindingCode.SYNTHETIC)
    assert units_of(whole, reading) == ("GROUP-ES", "GROUP-IT")


# --- the pages that explain it


def test_the_limits_of_the_pages_are_those_of_the_code() -> None:
    metrics = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    section = metrics.partition("## Support list\n")[2].partition("\n## ")[0]
    assert f"**{LARGE:.0f}** times" in section
    findings = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert f"at most {LONGEST_NOTE} characters" in findings
    assert f"at most {LARGEST_AMOUNT:,.0f}" in findings
