"""What headings, titles and sheet names say together: years, scenarios, repeats, contradictions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from smartfin.findings import FindingCode, QuestionKind
from smartfin.ingest.reading import PeriodKind, SheetReason
from tests.unit.label_builders import codes, sheet
from tests.unit.period_builders import (
    CASH,
    FEES,
    STAFF,
    VOLUME,
    of,
    only_question,
    read,
    table,
)

# --- years that headings leave out


def test_quarters_without_a_year_go_on_from_the_one_that_names_it() -> None:
    onward = read(table(["TEUR", "Q3 2021", "Q4", "Q1", "Q2"]))
    assert list(of(onward)) == ["2021-Q3", "2021-Q4", "2022-Q1", "2022-Q2"]
    back = read(table(["TEUR", "Q2 2022", "Q1", "Q4", "Q3"]))
    assert list(of(back)) == ["2022-Q2", "2022-Q1", "2021-Q4", "2021-Q3"]
    within = read(table(["TEUR", "Q1 2022", "Q2", "Q3", "Q4"]))
    assert list(of(within)) == ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"]


def test_a_neighbour_that_may_be_of_two_years_is_asked_about() -> None:
    reading = read(table(["TEUR", "Q1 2022", "Q4"]))
    assert list(of(reading)) == ["2022-Q1"]
    assert only_question(reading).id == "period:GuV"


def test_a_column_of_the_whole_year_names_the_year_of_its_quarters() -> None:
    after = ["TEUR", "Q1", "Q2", "Q3", "Q4", 2021.0, "Q1", "Q2", "Q3", "Q4", 2022.0]
    before = ["TEUR", 2021.0, "Q1", "Q2", "Q3", "Q4", 2022.0, "Q1", "Q2", "Q3", "Q4"]
    for head, second in ((after, 6), (before, 7)):
        found = of(read(table(head)))
        assert (found["2022-Q1"], len(found)) == (10 + second - 1, 8)


def test_years_between_two_columns_of_years_are_not_guessed() -> None:
    reading = read(table(["TEUR", 2021.0, "Q1", "Q2", "Q3", "Q4", 2022.0]))
    assert not [quarter for quarter in of(reading) if "Q" in quarter]
    assert only_question(reading).kind is QuestionKind.PERIOD


def test_a_year_may_stand_in_the_middle_of_its_quarters() -> None:
    centred = [["", None, "2021", None, None, None, "2022", None, None],
               ["TEUR", "Q1", "Q2", "Q3", "Q4", "Q1", "Q2", "Q3", "Q4"]]  # fmt: skip
    found = of(read(table(*centred)))
    assert (found["2021-Q4"], found["2022-Q1"]) == (13.0, 14.0)


def test_a_centred_year_over_few_quarters_does_not_take_those_of_its_neighbour() -> None:
    rows = [["", "2021", None, "2022", None], ["TEUR", "Q4", "Q1", "Q2", "Q3"]]
    assert list(of(read(table(*rows)))) == ["2021-Q4", "2022-Q1", "2022-Q2", "2022-Q3"]


def test_quarters_across_two_years_need_both_in_title_or_answer() -> None:
    rows = table(["TEUR", "Q3", "Q4", "Q1", "Q2"])
    asked = only_question(read(rows, name="2022.xlsx"))
    assert asked.options[:2] == ("2022-2023", "2021-2022")
    for reading in (
        read([["GuV 2021 bis 2022"], *rows]),
        read(rows, answers={"period:GuV": "2021-2022"}),
    ):
        assert list(of(reading)) == ["2021-Q3", "2021-Q4", "2022-Q1", "2022-Q2"]


def test_scenarios_side_by_side_are_of_one_year() -> None:
    head = [["", "Ist", None, "Plan", None], ["TEUR", "Q1", "Q2", "Q1", "Q2"]]
    found = of(read([["GuV 2022"], *table(*head)]))
    assert found == {"2022-Q1": 10, "2022-Q2": 11, "2022-Q1b": 12, "2022-Q2b": 13}


def test_an_answered_year_is_offered_and_used() -> None:
    rows = table(["TEUR", "Q1", "Q2"])
    assert only_question(read(rows)).options == ("2023", "2022", "2021", "2024")
    assert list(of(read(rows, answers={"period:GuV": "2022"}))) == ["2022-Q1", "2022-Q2"]


# --- previous year, scenario


@pytest.mark.parametrize(
    "head",
    [
        ["TEUR", "Q1 2022", "Vorjahr"],
        ["TEUR", "Q1 2022 Ist", "Q1 2022 Vorjahr"],
        ["TEUR", "Q1 2022", "Vorjahr Q1 2021"],
        ["TEUR", "Q1 2022", "N-1"],
        ["TEUR", "Q1 2022", "PY"],
    ],
)
def test_a_previous_year_is_the_same_quarter_one_year_before(head: list[str]) -> None:
    assert of(read(table(head))) == {"2022-Q1": 10.0, "2021-Q1": 11.0}


def test_a_previous_year_of_a_date_is_the_date_one_year_before() -> None:
    found = of(
        read(table(["TEUR", "31.12.2022", "Vorjahr"], rows=(CASH, "Anlagevermögen"))), "cash"
    )
    assert found == {"2022-Q4": 10.0, "2021-Q4": 11.0}


def test_a_lone_previous_year_after_several_quarters_is_not_read() -> None:
    reading = read(table(["TEUR", "Q1 2022", "Vorjahr", "Q2 2022", "Q3 2022"]))
    assert list(of(reading)) == ["2022-Q1", "2022-Q2", "2022-Q3"]
    assert FindingCode.COLUMN_UNUSED in codes(reading)


def test_plan_and_difference_beside_one_period_share_it() -> None:
    reading = read(table(["TEUR", "Q1 2022", "Plan", "Abw.", "Abw. %"]))
    assert of(reading) == {"2022-Q1": 10.0, "2022-Q1b": 11.0}


def test_remarks_under_a_period_shared_with_a_plan_are_no_facts() -> None:
    rows = table(["TEUR", "Q1 2022", None, None], ["", "Ist", "Plan", "Bemerkung"])
    assert of(read(rows)) == {"2022-Q1": 10.0, "2022-Q1b": 11.0}


def test_a_letter_behind_the_year_says_the_scenario() -> None:
    found = of(read(table(["TEUR", "Q1 2022A", "Q2 2022E", "Q3 2022B"])))
    assert found == {"2022-Q1": 10.0, "2022-Q2f": 11.0, "2022-Q3b": 12.0}


def test_a_row_with_a_scenario_begins_another_block_under_the_same_periods() -> None:
    head, *body = table(["TEUR", "Q1 2022", "Q2 2022"])
    plan = [[label, *(amount + 100 for amount in rest)] for label, *rest in body]
    found = of(read([head, ["Ist"], *body, ["Plan"], *plan]))
    assert found == {"2022-Q1": 10, "2022-Q2": 11, "2022-Q1b": 110, "2022-Q2b": 111}


def test_a_row_with_a_year_dates_the_block_below_it() -> None:
    head, *body = table(["TEUR", "Q1", "Q2", "Q3", "Q4"])
    later = [[label, *(amount + 100 for amount in rest)] for label, *rest in body]
    found = of(read([head, [2021.0], *body, ["2022"], *later]))
    assert (found["2021-Q4"], found["2022-Q4"], len(found)) == (13.0, 113.0, 8)


def test_a_title_at_the_top_speaks_of_all_tables_of_a_sheet() -> None:
    balance = table(["TEUR", "Q1", "Q2"], rows=(CASH, "Anlagevermögen"))
    stacked = [["Budget 2022"], *table(["TEUR", "Q1", "Q2"]), [], ["Bilanz"], *balance]
    assert list(of(read(stacked), "cash")) == ["2022-Q1b", "2022-Q2b"]


# --- headings that contradict themselves


@pytest.mark.parametrize("heading", ["Q5 2022", "31.06.2022", "0. Quartal 2022", "2022-Q7"])
def test_a_period_no_calendar_has_is_an_error_and_its_column_left_out(heading: str) -> None:
    reading = read(table(["TEUR", "Q1 2022", heading, "Q3 2022"]))
    (finding,) = [f for f in reading.findings if f.code is FindingCode.IMPOSSIBLE_PERIOD]
    assert (finding.cell, finding.facts["label"]) == ("C1", heading)
    assert list(of(reading)) == ["2022-Q1", "2022-Q3"]


def test_columns_that_count_more_than_a_year_has_are_no_quarters() -> None:
    weeks = [f"KW {week} 2022" for week in range(1, 9)]
    assert of(read(table(["TEUR", *weeks]))) == {}
    assert of(read(table(["TEUR", *weeks[:4]]))) == {}


def test_a_repeated_quarter_with_other_figures_is_one_error_with_both_cells() -> None:
    reading = read(table(["TEUR", "Q1 2022", "Q2 2022", "Q2 2022", "Q4 2022"]))
    (finding,) = [f for f in reading.findings if f.severity == "error" and f.cell]
    assert finding.code is FindingCode.DUPLICATE_QUARTER
    assert (finding.cell, finding.facts["other_cell"]) == ("D2", "C2")
    assert list(of(reading)) == ["2022-Q1", "2022-Q4"]


def test_a_repeated_quarter_with_the_same_figures_does_no_harm() -> None:
    rows = [
        ["TEUR", "Q1 2022", "Q1 2022", "Q2 2022"],
        [VOLUME, 1.0, 1.0, 2.0],
        [FEES, 3.0, 3.0, 4.0],
    ]
    reading = read(rows)
    assert of(reading) == {"2022-Q1": 1.0, "2022-Q2": 2.0}
    assert FindingCode.DUPLICATE_QUARTER not in codes(reading)


def test_figures_handed_in_anew_stand_for_the_old_ones() -> None:
    reading = read(table(["TEUR", "Q4 2018", "Q4 2018 restated", "Q4 2019"]))
    assert of(reading) == {"2018-Q4": 11.0, "2019-Q4": 12.0}


def test_a_quarter_beside_itself_with_unknown_words_is_not_chosen_from() -> None:
    reading = read(table(["TEUR", "Q4 2018", "Q4 2018 neue Zählung", "Q4 2019"]))
    assert list(of(reading)) == ["2019-Q4"]
    assert FindingCode.DUPLICATE_QUARTER in codes(reading)


def test_title_and_sheet_name_of_different_quarters_are_an_error() -> None:
    made = sheet([["GuV Q3 2022, TEUR"], [VOLUME, 1.0], [FEES, 2.0]], "Q2 2022")
    assert FindingCode.HEADING_CONTRADICTS in codes(read(made))
    assert of(read(made)) == {}


# --- the same periods twice


@pytest.mark.parametrize(
    "quarters",
    [["Q1 2022", "Q1 2022", "Q2 2022", "Q2 2022"], ["Q1 2022", "Q2 2022", "Q1 2022", "Q2 2022"]],
)
def test_all_quarters_twice_look_like_actual_and_plan_and_are_asked_about(
    quarters: list[str],
) -> None:
    rows = table(["TEUR", *quarters])
    question = only_question(read(rows))
    assert (question.id, question.kind) == ("scenario:GuV", QuestionKind.SCENARIO)
    assert question.options[:2] == ("actual,budget", "budget,actual")
    assert of(read(rows)) == {}
    answered = of(read(rows, answers={"scenario:GuV": "budget,actual"}))
    second = float(10 + quarters.index("Q1 2022", 1))
    assert (answered["2022-Q1b"], answered["2022-Q1"]) == (10.0, second)
    assert len(of(read(rows, answers={"scenario:GuV": "actual,unused"}))) == 2


def test_of_segments_side_by_side_the_one_called_total_counts() -> None:
    head: list[list[Any]] = [
        ["", "Nord", None, "Süd", None, "Gesamt", None],
        ["TEUR", *["Q1 2022", "Q2 2022"] * 3],
    ]
    reading = read(table(*head))
    assert of(reading) == {"2022-Q1": 14.0, "2022-Q2": 15.0}
    assert FindingCode.COLUMN_UNUSED in codes(reading)
    assert only_question(read(table(*[row[:5] for row in head]))).kind is QuestionKind.SCENARIO


def test_a_difference_is_known_by_arithmetic_whatever_it_is_called() -> None:
    rows = [
        ["", "Q1 2022", None, None, "Q2 2022", None, None],
        ["TEUR", "Ist", "Plan", "Rest", "Ist", "Plan", "Rest"],
        *[[label, a, b, a - b, a + 1, b, a + 1 - b]
          for label, a, b in ((VOLUME, 9.0, 4.0), (FEES, 7.0, 5.0), (STAFF, 8.0, 2.0))],
    ]  # fmt: skip
    assert of(read(rows)) == {"2022-Q1": 9.0, "2022-Q1b": 4.0, "2022-Q2": 10.0, "2022-Q2b": 4.0}


def test_the_same_statement_twice_on_a_sheet_or_on_two_is_asked_about() -> None:
    rows = table(["TEUR", "Q1 2022", "Q2 2022"])
    other = [rows[0], *([label, *(7 * amount for amount in rest)] for label, *rest in rows[1:])]
    stacked = read([*rows, [], ["Firma B"], *other])
    assert [question.id for question in stacked.questions] == ["scenario:GuV"]
    assert stacked.facts == ()
    sheets = (sheet(rows, "Nord"), sheet(other, "Süd"))
    asked = read(*sheets)
    assert [question.id for question in asked.questions] == ["scenario:Nord", "scenario:Süd"]
    settled = read(*sheets, answers={"scenario:Nord": "actual", "scenario:Süd": "unused"})
    assert of(settled) == {"2022-Q1": 10.0, "2022-Q2": 11.0}


def test_the_same_statement_in_another_unit_is_no_rival() -> None:
    rows = table(["TEUR", "Q1 2022", "Q2 2022"])
    single = [
        ["EUR", *rows[0][1:]],
        *([label, *(1000 * a for a in rest)] for label, *rest in rows[1:]),
    ]
    reading = read(sheet(rows, "kurz"), sheet(single, "lang"))
    assert reading.questions == ()
    assert of(reading) == {"2022-Q1": 10.0, "2022-Q2": 11.0}


# --- tables without periods in their heading

BARE = [["TEUR", None], [VOLUME, 1.0], [FEES, 2.0]]


@pytest.mark.parametrize(
    ("tab", "title", "file"),
    [
        ("Q3 2022", None, "book.xlsx"),
        ("GuV", "GuV 3. Quartal 2022", "book.xlsx"),
        ("GuV", "for the quarter ended 30 September 2022", "book.xlsx"),
        ("GuV", "1. Juli bis 30. September 2022", "book.xlsx"),
        ("GuV", "GuV - Q3 2022", "book.xlsx"),
        ("GuV", None, "2022-11-15_DE_Q3_2022.xlsx"),
        ("Q3", None, "GuV_2022.xlsx"),
        ("Sep-Quartal", "Zeitraum 01.07.2022 - 30.09.2022", "book.xlsx"),
    ],
)
def test_the_period_may_stand_on_the_tab_in_the_title_or_in_the_file_name(
    tab: str, title: str | None, file: str
) -> None:
    rows = [[title], *BARE] if title else BARE
    assert of(read(sheet(rows, tab), name=file)) == {"2022-Q3": 1.0}


def test_a_table_without_any_period_is_asked_about_with_the_last_quarters() -> None:
    question = only_question(read(BARE))
    assert (question.id, question.options[:2]) == ("period:GuV", ("2023-Q1", "2022-Q4"))
    assert of(read(BARE, answers={"period:GuV": "2022-Q3"})) == {"2022-Q3": 1.0}


def test_the_name_of_a_tab_such_as_s1_is_no_half_year() -> None:
    assert of(read(sheet([["GuV 2022, TEUR"], [VOLUME, 1.0], [FEES, 2.0]], "S1"))) == {}


def test_one_sheet_without_a_period_is_taken_for_that_of_all_others_and_told() -> None:
    balance = sheet([["TEUR", None], [CASH, 5.0], ["Anlagevermögen", 6.0]], "Bilanz")
    reading = read(sheet(BARE, "GuV Q3 2022"), balance)
    assert of(reading, "cash") == {"2022-Q3": 5.0}
    assert FindingCode.PERIOD_ASSUMED in codes(reading)


def test_columns_of_an_untitled_table_are_told_apart_by_scenario_or_not_taken() -> None:
    rows = [["TEUR", "Ist", "Plan", "Abw."], [VOLUME, 1.0, 2.0, 3.0], [FEES, 2.0, 3.0, 4.0]]
    assert of(read(sheet(rows, "Q3 2022"))) == {"2022-Q3": 1.0, "2022-Q3b": 2.0}
    rows[0] = ["TEUR", "Budget alt", "Budget neu", "Gebucht"]
    assert of(read(sheet(rows, "Q3 2022"))) == {}


def test_of_unnamed_columns_the_one_headed_as_amounts_counts() -> None:
    rows = [["GuV TEUR", "Note", "Betrag"], [VOLUME, 1.0, 5.0], [FEES, 2.0, 6.0], [STAFF, 3.0, 7.0]]
    assert of(read(sheet(rows, "Q3 2022"))) == {"2022-Q3": 5.0}


def test_a_scenario_nobody_knows_beside_a_known_one_is_not_taken_for_what_happened() -> None:
    rows = table(["TEUR", "Q1 2022", "Q2 2022"], ["", "Ist", "Traum"])
    reading = read(rows)
    assert of(reading) == {"2022-Q1": 10.0}
    assert FindingCode.COLUMN_UNUSED in codes(reading)


def test_an_abbreviation_stands_for_the_only_kind_of_word_it_begins() -> None:
    rows = table(["", "Q1 2022", None, None], ["TEUR", "Cons.", "Budg.", "Scost. %"])
    assert of(read(rows)) == {"2022-Q1": 10.0, "2022-Q1b": 11.0}


def test_a_table_in_percent_keeps_its_columns_and_shares_beside_amounts_do_not_count() -> None:
    shares = [["", "Q1 2022", "Q2 2022"], ["", "%", "%"], ["Gebührensatz", 8.5, 9.0]]
    assert len(read(shares).facts) == 2
    beside = table(["TEUR", "Q1 2022", "Q1 2022 %", "Q2 2022", "Q2 2022 %"])
    assert of(read(beside)) == {"2022-Q1": 10.0, "2022-Q2": 12.0}


def test_a_balance_sheet_at_a_date_is_that_of_the_quarter_it_ends() -> None:
    rows = [["Bilanz per 31-12-2021"], ["TEUR"], [CASH, 1.0], ["Anlagevermögen", 2.0]]
    assert of(read(rows), "cash") == {"2021-Q4": 1.0}


@pytest.mark.parametrize("heading", ["Boekjaar 1", "Current quarter", "Lopend kwartaal"])
def test_a_relative_heading_is_asked_about(heading: str) -> None:
    rows = [["TEUR", heading], [VOLUME, 1.0], [FEES, 2.0]]
    assert only_question(read(rows)).facts["label"] == heading


def test_the_present_quarter_is_the_one_of_the_title_and_the_previous_year_before_it() -> None:
    rows = [["TEUR", "Current quarter", "Previous year"], [VOLUME, 1.0, 2.0], [FEES, 2.0, 3.0]]
    titled = [["Quarter ended 30 September 2022"], *rows]
    for reading in (read(titled), read(rows, answers={"period:GuV": "2022-Q3"})):
        assert of(reading) == {"2022-Q3": 1.0, "2021-Q3": 2.0}


def test_years_counted_from_the_first_follow_the_answer() -> None:
    rows = [["TEUR", "Jahr 1", "Jahr 2"], [CASH, 1.0, 2.0], ["Anlagevermögen", 2.0, 3.0]]
    found = of(read(rows, answers={"period:GuV": "2020"}), "cash")
    assert found == {"2020-Q4": 1.0, "2021-Q4": 2.0}


# --- how long columns ran


def test_dates_a_year_apart_do_not_say_how_long_flows_ran() -> None:
    reading = read(table(["TEUR", date(2021, 3, 31), date(2022, 3, 31)]))
    assert reading.facts == ()
    assert only_question(reading).options == ("quarter", "cumulative")


def test_an_isolated_date_among_quarters_ends_is_asked_about() -> None:
    days = [date(2020, 12, 31), *(date(2022, month, 28) for month in (3, 6, 9)), date(2022, 12, 31)]
    reading = read(table(["TEUR", *days]))
    assert "2020-Q4" not in of(reading)
    assert only_question(reading).cell == "B2"


def test_year_to_date_beside_the_one_quarter_it_ends_with_is_understood() -> None:
    reading = read(table(["TEUR", "Q1 2022", "Q2 2022"], rows=(VOLUME, FEES)))
    assert reading.questions == ()
    beside = read(table(["TEUR", "Q2 2022", "YTD"]))
    assert {period.kind for period in beside.periods} == {PeriodKind.QUARTER, PeriodKind.YTD}
    several = read(table(["TEUR", "Q1 2022", "Q2 2022", "YTD"]))
    assert len(several.periods) == 2


def test_a_year_given_before_is_kept_when_the_length_is_asked() -> None:
    rows: list[list[Any]] = [["TEUR", "Q1", "Q2", "Q3", "Q4"]]
    rows += [[label, 10.0, 21.0, 31.0, 41.0] for label in (VOLUME, FEES, STAFF, "Versicherungen")]
    first = read(rows, answers={"period:GuV": "2022"})
    assert only_question(first).options == ("2022 quarter", "2022 cumulative")
    assert of(read(rows, answers={"period:GuV": "2022 cumulative"}))["2022-Q2"] == 11.0


def test_rolling_figures_are_never_quarters() -> None:
    reading = read(table(["TEUR", "Q1 2022", "LTM Q1 2022", "R12 Q1 2022"]))
    assert [key for key in of(reading) if "Q" in key] == ["2022-Q1"]


def test_spans_that_cannot_become_quarters_are_told_once_a_column() -> None:
    reading = read(table(["TEUR", "H1 2021", "H1 2022"]))
    told = [f for f in reading.findings if f.code is FindingCode.CUMULATIVE_INCOMPLETE]
    assert [(f.facts["period"], f.facts["count"]) for f in told] == [("H1 2021", 3), ("H1 2022", 3)]


# --- what is not used is told


def test_columns_of_figures_without_a_period_are_named() -> None:
    reading = read(table(["TEUR", "Q1 2022", "Gewicht", "Q2 2022"]))
    (note,) = [f for f in reading.findings if f.code is FindingCode.COLUMN_UNUSED]
    assert note.facts["columns"] == "Gewicht"


def test_a_sheet_tells_the_days_it_covers() -> None:
    (use,) = read(table(["TEUR", "Q1 2022", "Q2 2022"])).sheets
    assert (use.first, use.last) == (date(2022, 1, 1), date(2022, 6, 30))
    hidden = read(sheet(table(["TEUR", "Q1 2022"]), "alt", hidden=True)).sheets[0]
    assert (hidden.reason, hidden.hidden, hidden.first) == (SheetReason.HIDDEN, True, None)


# --- words that nobody knows


def test_unknown_words_beside_every_period_are_asked_about_once_and_the_answer_is_used() -> None:
    rows = table(["TEUR", "Q1 2022 blubb", "Q2 2022 blubb"])
    question = only_question(read(rows))
    assert (question.id, question.options) == ("period:GuV", ("quarter", "cumulative", "unused"))
    assert read(rows).facts == ()
    assert of(read(rows, answers={"period:GuV": "quarter"})) == {"2022-Q1": 10.0, "2022-Q2": 11.0}
    running = of(read(rows, answers={"period:GuV": "cumulative"}))
    assert running == {"2022-Q1": 10.0, "2022-Q2": 1.0}
    unused = read(rows, answers={"period:GuV": "unused"})
    assert (unused.facts, unused.questions) == ((), ())


def test_an_unknown_word_that_comes_back_beside_a_plan_is_asked_about_and_the_answer_used() -> None:
    heads = (["TEUR", "Q1 2022", None, "Q2 2022", None], ["", "Traum", "Plan", "Traum", "Plan"])
    asked = read(table(*heads))
    question = only_question(asked)
    assert (question.id, question.kind) == ("scenario:GuV:traum", QuestionKind.SCENARIO)
    assert question.options == ("actual", "budget", "forecast", "previous", "unused")
    plan = {"2022-Q1b": 11.0, "2022-Q2b": 13.0}
    assert of(asked) == plan
    for answer, more in (
        ("actual", {"2022-Q1": 10.0, "2022-Q2": 12.0}),
        ("forecast", {"2022-Q1f": 10.0, "2022-Q2f": 12.0}),
        ("previous", {"2021-Q1": 10.0, "2021-Q2": 12.0}),
        ("unused", {}),
    ):
        answered = read(table(*heads), answers={question.id: answer})
        assert (of(answered), answered.questions) == (plan | more, ())
    behind = (["TEUR", "Q1 2022", None, "Q2 2022", None], ["", "Ist", "Traum", "Ist", "Traum"])
    given = read(table(*behind), answers={question.id: "budget"})
    assert of(given) == {"2022-Q1": 10.0, "2022-Q1b": 11.0, "2022-Q2": 12.0, "2022-Q2b": 13.0}


def test_differences_shares_and_remarks_beside_a_plan_are_not_asked_about() -> None:
    periods = ["TEUR", *("Q1 2022", None, None, None, None), *("Q2 2022", None, None, None, None)]
    kinds = ["", *(2 * ["Ist", "Plan", "Abw.", "Blubb", "Bemerkung"])]
    body = [
        [label, *(2 * [30.0 * n, 20.0 * n + 1, 10.0 * n - 1, 30.0 * n - (20.0 * n + 1), "siehe"])]
        for n, label in enumerate((VOLUME, FEES, STAFF), start=1)
    ]
    reading = read([periods, kinds, *body])
    assert reading.questions == ()
    assert of(reading) == {"2022-Q1": 30.0, "2022-Q1b": 21.0, "2022-Q2": 30.0, "2022-Q2b": 21.0}


@pytest.mark.parametrize("word", ["Ist-Werte", "Istwerte", "Istzahlen", "Ist Werte"])
def test_a_scenario_grown_together_with_a_word_for_figures_is_known(word: str) -> None:
    found = of(read(table(["TEUR", f"Q1 2022 {word}", "Q1 2022 Budget-Zahlen"])))
    assert found == {"2022-Q1": 10.0, "2022-Q1b": 11.0}


def test_an_unknown_word_over_a_block_of_the_same_periods_is_asked_about() -> None:
    rows = table(
        ["", "Ist", None, "Traum", None], ["TEUR", "Q1 2022", "Q2 2022", "Q1 2022", "Q2 2022"]
    )
    assert only_question(read(rows)).kind is QuestionKind.SCENARIO


def test_a_statement_without_periods_beside_others_is_missed() -> None:
    lost = sheet(table(["TEUR", "erstes Stück", "zweites Stück"]), "GuV")
    balance = sheet(table(["TEUR", "Q1 2022"], rows=(CASH, "Anlagevermögen")), "Bilanz")
    (finding,) = [f for f in read(lost, balance).findings if f.code is FindingCode.NO_PERIODS]
    assert finding.sheet == "GuV"
    again = sheet(table(["TEUR", "erstes Stück", "zweites Stück"], rows=(CASH, "Anlagevermögen")))
    assert FindingCode.NO_PERIODS not in codes(read(again, balance))


def test_quarters_and_running_totals_of_two_sheets_agree_after_subtraction() -> None:
    quarters = table(["TEUR", "Q1 2022", "Q2 2022"])
    totals = [quarters[0], *([label, a, a + b] for label, a, b in quarters[1:])]
    reading = read(sheet(quarters, "GuV"), sheet(totals, "GuV kumuliert"))
    assert reading.questions == ()
    assert of(reading) == {"2022-Q1": 10.0, "2022-Q2": 11.0}
    assert FindingCode.CONTRADICTING_FACTS not in codes(reading)
