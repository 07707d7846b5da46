"""The view of the Early warning page: matrix, one flag in depth, precedents, what was noted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from smartfin.analysis.warning import RULES, Rule
from smartfin.analysis.warning.precedents import Alignment
from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case, assess
from smartfin.services.provenance.explain import explain_view
from smartfin.services.provenance.figure import Figure
from smartfin.services.record.decide import Decided, decided_sentence
from smartfin.services.record.decided import decisions_table
from smartfin.services.record.note import close_matter, erase_note, note_remark, open_matter
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.warning.cell import Mark, MatrixCell
from smartfin.services.warning.detail import Detail, detail_of
from smartfin.services.warning.matrix import Matrix, matrix_of
from smartfin.services.warning.view import Chosen, WarningView, warning_view
from smartfin.settings import Settings, read_settings
from smartfin.wording import DASH, LANGUAGES, Words, words_of
from tests.builders import AT_BALANCE, book, hand_in

WORDS = words_of("en")
ACTIVE = ["ES", "IT", "SE", "DE", "AT"]


@pytest.fixture(scope="module")
def samples(sample_database: Path) -> Smartfin:
    return open_smartfin(read_settings({"SMARTFIN_DATABASE": f"sqlite:///{sample_database}"}))


@pytest.fixture(scope="module")
def view(samples: Smartfin) -> WarningView:
    return warning_view(samples, WORDS)


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return open_smartfin(empty_settings)


def matrix(view: WarningView) -> Matrix:
    assert view.matrix is not None
    return view.matrix


def cells(view: WarningView) -> Mapping[tuple[str, str], MatrixCell]:
    return {(cell.partner, cell.rule): cell for row in matrix(view).rows for cell in row.cells}


def concerned(smartfin: Smartfin, rule: str) -> list[Case]:
    """The partners a rule is for, by country and legal form."""
    return [
        case
        for case in assess(smartfin).cases
        if rule in {track.rule.code for track in case.record.tracks}
    ]


def depth(smartfin: Smartfin, words: Words, partner: str, rule: str) -> Detail:
    found = detail_of(words, assess(smartfin).case(partner), rule)
    assert found is not None
    return found


# ---------------------------------------------------------------- the matrix


def test_there_is_a_column_a_partner_and_a_row_a_rule_of_theirs(
    samples: Smartfin, view: WarningView
) -> None:
    shown = matrix(view)
    assert [column.partner for column in shown.columns] == [*ACTIVE, "NL", "HU"]
    assert [column.partner for column in shown.columns if column.precedent] == ["NL", "HU"]
    theirs = {rule.code for rule in RULES if concerned(samples, rule.code)}
    assert {row.rule for row in shown.rows} == theirs
    assert {"coverage", "se_capital"} < theirs
    assert "be_chambers" not in theirs
    assert all(len(row.cells) == len(shown.columns) for row in shown.rows)


def test_every_cell_says_what_it_is(view: WarningView) -> None:
    for cell in cells(view).values():
        assert cell.said
        assert bool(cell.text) == (cell.mark is not Mark.FOREIGN)
        if cell.mark is Mark.SILENT:
            assert cell.text == DASH
            assert cell.said != WORDS.text("warning.mark.calm")


def test_the_columns_count_what_the_cells_show(view: WarningView) -> None:
    found = cells(view).values()
    for column in matrix(view).columns:
        counts = {
            mark: sum((cell.partner, cell.mark) == (column.partner, mark) for cell in found)
            for mark in Mark
        }
        back = sum(cell.partner == column.partner and cell.easing for cell in found)
        told = f"; {back} of them back within the threshold" if back else ""
        assert column.counts == f"{counts[Mark.RED]} red, {counts[Mark.AMBER]} amber{told}"
    assert any("back within" in column.counts for column in matrix(view).columns)
    assert not all("back within" in column.counts for column in matrix(view).columns)


def test_the_law_of_a_country_is_nobody_elses(view: WarningView) -> None:
    marks = {cell.partner: cell.mark for cell in cells(view).values() if cell.rule == "se_capital"}
    assert marks.pop("SE") is not Mark.FOREIGN
    assert set(marks.values()) == {Mark.FOREIGN}


def test_the_closed_cases_stand_as_in_their_last_quarter(view: WarningView) -> None:
    quarters = {column.partner: column.quarter for column in matrix(view).columns}
    assert quarters["NL"] == quarters["HU"] == "Q1 2020"
    assert cells(view)["NL", "coverage"].mark is Mark.RED


def test_what_is_as_good_as_can_be_is_calm_and_says_why_it_has_no_number(
    view: WarningView,
) -> None:
    cell = cells(view)["IT", "growth"]
    assert (cell.mark, cell.text) == (Mark.CALM, DASH)
    assert cell.said.startswith("no warning. Break-even volume is reached")


def test_what_is_as_bad_as_can_be_is_red_and_says_why_it_has_no_number(
    smartfin: Smartfin,
) -> None:
    """Where each sale loses money no volume is enough."""
    losing = {**AT_BALANCE, "fee_revenue": 10.0, "bad_debt_expense": 50.0}
    hand_in(smartfin, "ES", book(losing))
    cell = cells(warning_view(smartfin, WORDS))["ES", "volume_reached"]
    assert (cell.mark, cell.text) == (Mark.RED, DASH)
    assert re.match(r"red, warned since Q\d 20\d\d\. \w.+\.$", cell.said)


def test_a_flag_that_is_back_is_shown_to_ease(view: WarningView) -> None:
    """Dependence on the group fell under the threshold, but not for two quarters yet."""
    easing = [cell for cell in cells(view).values() if cell.easing]
    assert easing
    assert all(cell.mark in {Mark.RED, Mark.AMBER} for cell in easing)
    assert all("not yet cleared" in cell.said for cell in easing)


def test_a_flag_that_turned_red_later_says_both_quarters(samples: Smartfin) -> None:
    assessment = assess(samples)
    shown = matrix_of(WORDS, assessment.active(), Quarter(2022, 4))
    said = {(cell.partner, cell.rule): cell.said for row in shown.rows for cell in row.cells}
    both = [
        (case.partner.code, flag)
        for case in assessment.active()
        for flag in case.flags
        if flag.since != flag.first_raised
    ]
    assert both
    for partner, flag in both:
        since, raised = WORDS.quarter(flag.since), WORDS.quarter(flag.first_raised)
        told = f"{flag.alarm.value} since {since}, warned since {raised}"
        assert said[partner, flag.rule].startswith(told)


def test_the_message_names_who_is_red_and_how_often(view: WarningView) -> None:
    red = [cell for cell in cells(view).values() if cell.mark is Mark.RED]
    mine = [cell for cell in red if cell.partner in ACTIVE]
    assert view.message.startswith(f"{len(mine)} warning")
    for partner in {cell.partner for cell in mine}:
        count = sum(cell.partner == partner for cell in mine)
        assert f"{WORDS.country(partner)} ({count})" in view.message


def test_what_moved_is_of_the_last_four_quarters(view: WarningView) -> None:
    assert view.events is not None
    shown = {row[0].text for row in view.events.rows}
    assert shown <= {f"Q{part} 2022" for part in range(1, 5)}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_in_every_language_the_same_cells_are_marked(
    samples: Smartfin, view: WarningView, language: str
) -> None:
    words, assessment = words_of(language), assess(samples)
    cases = (*assessment.active(), *assessment.precedents())
    other = matrix_of(words, cases, Quarter(2022, 4))
    assert [cell.mark for row in other.rows for cell in row.cells] == [
        cell.mark for row in matrix(view).rows for cell in row.cells
    ]
    assert {row.name for row in other.rows}.isdisjoint(
        row.name for row in matrix(view).rows if "Altman" not in row.name
    )
    thresholds = depth(samples, words, "SE", "coverage").thresholds
    assert "house" not in thresholds
    assert "[" not in thresholds


def test_an_earlier_quarter_has_its_own_flags(samples: Smartfin, view: WarningView) -> None:
    earlier = warning_view(samples, WORDS, quarter=Quarter(2021, 2))
    assert matrix(earlier).columns[0].quarter == "Q2 2021"
    assert cells(earlier)["AT", "coverage"].text != cells(view)["AT", "coverage"].text
    assert cells(earlier)["NL", "coverage"] == cells(view)["NL", "coverage"]


def test_what_was_known_on_a_day_is_shown(samples: Smartfin) -> None:
    then = warning_view(samples, WORDS, as_of=date(2022, 12, 31))
    assert then.quarters[0] == Quarter(2022, 3)
    assert matrix(then).columns[0].quarter == "Q3 2022"


# ---------------------------------------------------------------- one flag in depth


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_in_depth_leads_to_what_its_figure_is_made_of(
    samples: Smartfin, rule: Rule
) -> None:
    """Every figure it reads opens, and so does the rule's own code."""
    partner = rule.applies.country or "AT"
    if not any(case.partner.code == partner for case in concerned(samples, rule.code)):
        pytest.skip("no partner of the samples is under this law")
    detail = depth(samples, WORDS, partner, rule.code)
    assert detail.sentence
    assert WORDS.text(f"warning.{rule.code}.source") in detail.thresholds
    names = [WORDS.text(f"indicator.{code}") for code in rule.indicators]
    assert [name for name, _ in detail.figures] == names
    for code in (*rule.indicators, rule.code):
        figure = Figure(partner, detail.quarter, code)
        assert WORDS.country(partner) in explain_view(samples, WORDS, figure=figure).sentence


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_a_rule_looks_at_is_no_alarm_of_its_own(rule: Rule) -> None:
    """It stands beside calm figures too."""
    what = WORDS.text(f"warning.{rule.code}.what")
    assert not re.search(r"^(People|Somebody|A loss|If )|was not paid|has gone up quarter", what)


def test_the_straight_line_is_told_from_the_outlook() -> None:
    assert "not the outlook" in WORDS.text("warning.coverage_ahead.what")


def test_a_flag_in_depth_has_figure_threshold_date_and_direction(samples: Smartfin) -> None:
    detail = depth(samples, WORDS, "SE", "coverage")
    assert detail.mark is Mark.AMBER
    assert "under the threshold of 85%" in detail.sentence
    assert "amber since" in detail.sentence
    assert detail.course.startswith("Against a year before")
    ((_, cell),) = detail.figures
    assert cell.text in detail.sentence
    assert cell.source
    assert detail.events.rows


def test_a_rule_that_is_quiet_gives_its_figure_or_why_there_is_none(samples: Smartfin) -> None:
    calm = depth(samples, WORDS, "IT", "coverage")
    silent = depth(samples, WORDS, "SE", "largest_client")
    assert (calm.mark, silent.mark) == (Mark.CALM, Mark.SILENT)
    assert calm.sentence.endswith("no warning.")
    assert silent.sentence
    assert calm.course == silent.course == ""


def test_a_law_asks_to_check_and_accuses_nobody(samples: Smartfin) -> None:
    own = depth(samples, WORDS, "SE", "se_capital")
    usual = depth(samples, WORDS, "SE", "coverage")
    assert own.duty == WORDS.text("warning.duty")
    assert usual.duty == ""


def test_the_rule_of_another_country_is_answered(samples: Smartfin) -> None:
    view = warning_view(samples, WORDS, Chosen("ES", "se_capital"))
    assert view.detail is None
    assert "Spain" in view.not_theirs


def test_what_does_not_exist_is_refused_by_name(samples: Smartfin) -> None:
    with pytest.raises(InputError, match="rule-unknown"):
        warning_view(samples, WORDS, Chosen(rule="luck"))
    with pytest.raises(InputError, match="partner-unknown"):
        warning_view(samples, WORDS, Chosen("XX"))
    with pytest.raises(InputError, match="quarter-not-known"):
        warning_view(samples, WORDS, quarter=Quarter(2031, 1))


# ---------------------------------------------------------------- beside the closed cases


def test_without_a_choice_the_partner_with_most_red_flags_is_laid_beside(
    view: WarningView,
) -> None:
    reds = {
        partner: sum(
            cell.mark is Mark.RED for cell in cells(view).values() if cell.partner == partner
        )
        for partner in ACTIVE
    }
    assert reds[view.partner] == max(reds.values())
    assert view.beside is not None
    assert len(view.beside.sections) == 2
    assert "Netherlands and Hungary" in view.beside.illustration


def test_each_comparison_names_its_quarters(samples: Smartfin) -> None:
    age = warning_view(samples, WORDS, Chosen("SE", align=Alignment.AGE)).beside
    distance = warning_view(samples, WORDS, Chosen("SE", align=Alignment.DISTANCE)).beside
    assert age is not None
    assert distance is not None
    assert "Sweden in Q4 2017, Netherlands in Q1 2020" in age.sections[0].title
    assert "Sweden in Q4 2022, Netherlands in Q1 2019" in distance.sections[0].title
    assert age.how != distance.how


def test_what_matches_is_counted_and_named_and_never_added_up(samples: Smartfin) -> None:
    beside = warning_view(samples, WORDS, Chosen("SE")).beside
    assert beside is not None
    section = beside.sections[0]
    likeness = section.table.columns.index(WORDS.text("column.likeness"))
    both = [row[0].text for row in section.table.rows if row[likeness].text == "red in both"]
    assert section.sentences[0] == f"Red at both ({len(both)}): {WORDS.join(both)}."
    assert not any("%" in sentence for sentence in section.sentences)


def test_an_inactive_partner_is_laid_beside_the_other(samples: Smartfin) -> None:
    view = warning_view(samples, WORDS, Chosen("NL", "coverage"))
    assert view.partner == "NL"
    assert view.detail is not None
    assert view.beside is not None
    assert ["Hungary" in section.title for section in view.beside.sections] == [True]


def test_courses_end_at_the_decision_and_have_their_numbers(samples: Smartfin) -> None:
    beside = warning_view(samples, WORDS, Chosen("SE", align=Alignment.DISTANCE)).beside
    assert beside is not None
    assert beside.paths is not None
    places = [int(row[0].text.replace("−", "-")) for row in beside.paths.table.rows]
    assert max(places) == 0
    assert places == sorted(places, reverse=True)
    assert "Netherlands" in beside.paths.alt


def test_without_a_closed_case_there_is_nothing_to_compare(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    view = warning_view(smartfin, WORDS, Chosen("ES"))
    assert view.beside is not None
    assert view.beside.nothing == WORDS.text("precedent.nothing")
    assert view.beside.paths is None
    assert view.past is not None
    assert view.past.sentences == (WORDS.text("hindsight.nothing"),)


# ---------------------------------------------------------------- held against the past


def test_every_rule_is_held_against_the_past_once(view: WarningView) -> None:
    past = view.past
    assert past is not None
    assert past.table is not None
    assert past.others is not None
    told = [row[0].text for table in (past.table, past.others) for row in table.rows]
    assert sorted(told) == sorted(row.name for row in matrix(view).rows)
    assert all("red" not in cell.text[:3] for row in past.others.rows for cell in row[1:3])
    assert all(any(cell.text.startswith("red ") for cell in row[1:3]) for row in past.table.rows)


def test_it_says_that_seven_cases_prove_nothing(view: WarningView) -> None:
    assert view.past is not None
    assert view.past.sentences[-1].startswith("7 cases cannot validate a threshold")


# ---------------------------------------------------------------- little is known


def test_an_empty_ledger_has_no_flags(smartfin: Smartfin) -> None:
    view = warning_view(smartfin, WORDS)
    assert view.quarters == ()
    assert view.matrix is None
    assert view.past is None


def test_a_partner_of_whom_nothing_is_known_says_so(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    view = warning_view(smartfin, WORDS, Chosen("NL", "coverage"))
    assert view.detail is None
    assert view.beside is not None
    assert view.not_theirs == view.beside.nothing
    assert "Netherlands" in view.not_theirs
    assert ("NL", "Netherlands") in view.choices
    assert {cell.mark for cell in cells(view).values() if cell.partner == "IT"} <= {
        Mark.SILENT,
        Mark.FOREIGN,
    }


# ---------------------------------------------------------------- what people noted


def test_a_note_stands_under_its_warning_alone(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    note_remark(smartfin, "ES", "coverage", "Fee vote in March.", "ana")
    noted = warning_view(smartfin, WORDS, Chosen("ES", "coverage")).remarks
    assert [row.text for row in noted] == ["Fee vote in March."]
    assert noted[0].said.startswith("ana, ")
    assert noted[0].said.endswith("about Q4 2022")
    assert warning_view(smartfin, WORDS, Chosen("ES", "growth")).remarks == ()
    before = warning_view(smartfin, WORDS, Chosen("ES", "coverage"), as_of=date(2023, 6, 1))
    assert before.remarks == ()


def test_a_note_is_about_the_newest_quarter_judged_not_about_today(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    of_spain = note_remark(smartfin, "ES", "coverage", "text", "ana").decisions[0]
    of_italy = open_matter(smartfin, ("IT", "Inspection", ""), "ana").decisions[0]
    assert of_spain.quarter == of_italy.quarter == Quarter(2022, 4)


def test_an_erased_matter_still_warns_and_shows_no_word(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    (opened,) = open_matter(smartfin, ("ES", "Inspection", "of members"), "ana").decisions
    (erased,) = erase_note(smartfin, opened.id, "bob").decisions
    view = warning_view(smartfin, WORDS)
    assert cells(view)["ES", "legal_open"].mark is Mark.AMBER
    assert view.matters.open == ((opened.id, "–"),)
    assert view.matters.table is not None
    assert "Inspection" not in str(view.matters.table)
    said = decided_sentence(WORDS, Decided((erased,)))
    assert said.startswith(f"What note no. {opened.id} on Spain said is erased for good.")
    history = decisions_table(WORDS, smartfin.ledger.decisions())
    assert history is not None
    assert [row[1].text for row in history.rows] == [
        f"What note no. {opened.id} on Spain said was erased",
        "Legal matter “–” of Spain noted, from Q4 2022",
    ]


def test_an_open_matter_warns_until_it_is_settled(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    open_matter(smartfin, ("ES", "Inspection", "Status of members"), "ana", 0.3)
    view = warning_view(smartfin, WORDS)
    assert cells(view)["ES", "legal_open"].mark is Mark.AMBER
    assert cells(view)["ES", "legal_share"].mark is Mark.RED
    assert view.matters.table is not None
    (row,) = view.matters.table.rows
    assert [cell.text for cell in row] == [
        "Inspection", "Spain", "Q4 2022", "30%", "ana", "open"
    ]  # fmt: skip
    ((number, _),) = view.matters.open
    close_matter(smartfin, number, "No objection", "bob", Quarter(2022, 4))
    settled = warning_view(smartfin, WORDS)
    assert cells(settled)["ES", "legal_open"].mark is Mark.CALM
    assert settled.matters.open == ()
    assert settled.matters.table is not None
    assert settled.matters.table.rows[0][-1].text == "settled from Q4 2022: No objection (bob)"
