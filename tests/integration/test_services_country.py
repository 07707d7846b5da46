"""The story of one partner: its sections, the bridge between chosen windows, the sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.services.country.view import CountryView, country_view
from smartfin.services.provenance.explain import ExplainView, explain_view
from smartfin.services.provenance.figure import Figure
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.view import Section, Table
from smartfin.settings import Settings, read_settings
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, book, growing, hand_in

WORDS = words_of("en")
LAST = Quarter(2022, 4)
YEAR_BEFORE = Quarter(2021, 4)


FIRST = Quarter(2021, 1)


def opened_with(settings: Settings) -> Smartfin:
    """With an outlook that is soon drawn."""
    return open_smartfin(replace(settings, outlook=replace(settings.outlook, paths=50)))


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return opened_with(empty_settings)


@pytest.fixture(scope="module")
def two_teams(tmp_path_factory: pytest.TempPathFactory) -> Smartfin:
    """Everything at balance, but the team cost 5 a quarter more in 2022; read only."""
    place = tmp_path_factory.mktemp("country") / "smartfin.db"
    found = {"SMARTFIN_DATABASE": f"sqlite:///{place}", "SMARTFIN_SAMPLES": "0"}
    smartfin = opened_with(read_settings(found))
    hand_in(smartfin, "ES", book(with_staff(65.0), FIRST, YEAR_BEFORE))
    hand_in(smartfin, "ES", book(with_staff(70.0), Quarter(2022, 1)), name="later.xlsx")
    return smartfin


def part(view: CountryView, code: str) -> Section:
    found = view.section(code)
    assert found is not None
    return found


def effects(table: Table) -> dict[str, float]:
    """The effect of each cause that has one."""
    return {row[0].text: round(row[-1].value, 6) for row in table.rows if row[-1].value}


def with_staff(amount: float) -> dict[str, float]:
    return {**AT_BALANCE, "staff_costs": amount}


def test_the_sections_stand_in_the_order_of_the_questions(two_teams: Smartfin) -> None:
    view = country_view(two_teams, WORDS, "ES")
    assert [section.code for section in view.sections] == [
        *("statement", "change", "outlook", "breakeven", "support", "support-path", "warning"),
        *("social", "health", "plan", "indicators"),
    ]
    assert all(section.title.strip() for section in view.sections)


def test_the_bridge_names_the_cause_and_both_results(two_teams: Smartfin) -> None:
    change = part(country_view(two_teams, WORDS, "ES"), "change")
    (chart,) = change.charts
    assert effects(chart.table) == {
        WORDS.text("bridge.team"): -20.0,
        WORDS.text("indicator.result_before_support"): -20.0,
        WORDS.text("indicator.result_after_support"): -20.0,
    }
    assert chart.narrow is not None
    assert change.sentences[0] == chart.alt
    team = next(row for row in chart.table.rows if row[0].text == WORDS.text("bridge.team"))
    assert [cell.value for cell in team[1:]] == [260.0, 280.0, -20.0]
    assert team[-1].good is False


def test_any_two_windows_can_be_compared(two_teams: Smartfin) -> None:
    chosen = (Quarter(2022, 4), Quarter(2021, 4))
    view = country_view(two_teams, WORDS, "ES", windows=chosen)
    assert view.compared is not None
    assert (view.compared.first, view.compared.second) == chosen
    (chart,) = part(view, "change").charts
    assert effects(chart.table)[WORDS.text("bridge.team")] == 20.0
    half = country_view(two_teams, WORDS, "ES", windows=(None, Quarter(2022, 2)))
    assert half.compared is not None
    assert half.compared.first == Quarter(2021, 2)
    later = country_view(two_teams, WORDS, "ES", windows=(YEAR_BEFORE, Quarter(2022, 2)))
    assert effects(part(later, "change").charts[0].table)[WORDS.text("bridge.team")] == -10.0


@pytest.mark.parametrize("asked", [Quarter(1999, 1), Quarter(2023, 1)])
def test_a_window_beyond_what_is_known_is_refused_by_name(
    smartfin: Smartfin, asked: Quarter
) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE, FIRST))
    with pytest.raises(InputError, match="window-not-known"):
        country_view(smartfin, WORDS, "ES", windows=(asked, None))


def test_an_incomplete_window_says_what_is_missing_instead_of_a_bridge(
    smartfin: Smartfin,
) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE, Quarter(2021, 2)))
    change = part(country_view(smartfin, WORDS, "ES"), "change")
    assert change.charts == ()
    (sentence,) = change.sentences
    assert WORDS.quarter(YEAR_BEFORE) in sentence


def test_break_even_is_told_in_a_sentence_on_volume_and_one_on_the_fee(
    smartfin: Smartfin,
) -> None:
    # A year: V 4,000, fee 8 %, variable 0.5 %, F 360 and O 40: V* 4,267, f* 8.5 %.
    hand_in(smartfin, "ES", book(with_staff(70.0), FIRST))
    volume, fee, *_ = part(country_view(smartfin, WORDS, "ES"), "breakeven").sentences
    assert "4.3" in volume
    assert "94%" in volume
    assert "8.5%" in fee
    assert "8.0%" in fee


def test_more_volume_never_helps_where_each_invoice_costs_more_than_its_fee(
    smartfin: Smartfin,
) -> None:
    hand_in(smartfin, "ES", book({**AT_BALANCE, "bad_debt_expense": 81.0}, FIRST))
    sentences = part(country_view(smartfin, WORDS, "ES"), "breakeven").sentences
    assert sentences[0] == WORDS.text("country.breakeven.never")


def test_earned_supported_and_one_off_stand_apart(smartfin: Smartfin) -> None:
    amounts = {**with_staff(70.0), "exceptional_result": 2.0}
    hand_in(smartfin, "ES", book(amounts, FIRST))
    (sentence,) = part(country_view(smartfin, WORDS, "ES"), "support").sentences
    places = [sentence.index(text) for text in ("\u221220", "+16", "+8")]
    assert places == sorted(places)


def test_capital_and_loans_are_told_beside_the_support_of_the_statement(
    smartfin: Smartfin,
) -> None:
    lent = {"group_capital_injection": 3000.0, "group_loan_drawdown": 2000.0}
    hand_in(smartfin, "ES", book({**with_staff(70.0), **lent}, FIRST))
    _, told = part(country_view(smartfin, WORDS, "ES"), "support").sentences
    assert f"{WORDS.amount(20_000.0, 'EUR')} that came as capital and loans" in told


def test_the_statement_is_drawn_without_lines_of_nothing(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book({**AT_BALANCE, "rent_costs": 0.0}, FIRST))
    chart = part(country_view(smartfin, WORDS, "ES"), "statement").charts[0]
    drawn = [note.text for note in chart.figure.layout.annotations]
    assert not any(WORDS.item("rent_costs") in text for text in drawn)
    assert any(WORDS.item("it_costs") in text for text in drawn)
    assert any(WORDS.item("rent_costs") in row[0].text for row in chart.table.rows)


def test_indicators_stand_by_subject_each_once(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.05), FIRST))
    section = part(country_view(smartfin, WORDS, "ES"), "indicators")
    assert section.folded
    names = [row[0].text for table in section.tables for row in table.rows]
    assert len(section.tables) > 3
    assert len(names) == len(set(names)) > 40


def opened(smartfin: Smartfin, code: str) -> ExplainView:
    return explain_view(smartfin, WORDS, figure=Figure("ES", LAST, code))


def test_a_cause_opens_to_the_lines_of_both_windows(two_teams: Smartfin) -> None:
    view = opened(two_teams, "bridge:team")
    assert view.value.value == -20.0
    assert view.parts is not None
    (row,) = view.parts.rows
    assert [cell.value for cell in row[1:]] == [65.0] * 4 + [70.0] * 4
    assert row[1].source == "ES/2021-Q1/item:staff_costs"
    assert opened(two_teams, "bridge:team:2022-Q2").value.value == -10.0
    assert opened(two_teams, "bridge:result_before_support").value.value == -20.0


def test_a_cause_that_lies_in_volume_opens_to_volume_and_rates(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.1), FIRST))
    parts = opened(smartfin, "bridge:volume").parts
    assert parts is not None
    sources = [[cell.source for cell in row[1:]] for row in parts.rows]
    assert sources == [
        [f"ES/{end}/{code}" for code in ("invoiced_volume", "take_rate", "variable_rate")]
        for end in (YEAR_BEFORE, LAST)
    ]


def test_a_total_of_the_statement_opens_to_every_line_it_adds_up(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book({**with_staff(70.0), "adviser_costs": 30.0}, FIRST))
    view = opened(smartfin, "statement:result_before_support")
    assert view.parts is not None
    added = sum(
        (-1 if row[0].text.startswith("\u2212") else 1) * (cell.value or 0.0)
        for row in view.parts.rows
        for cell in row[1:]
    )
    assert view.value.value == pytest.approx(added) == pytest.approx(-20.0)


@pytest.mark.parametrize(
    "code", ["bridge:luck", "bridge:team:yesterday", "lines:volume", "lines:x", "statement:x"]
)
def test_a_part_that_does_not_exist_is_refused(smartfin: Smartfin, code: str) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE, FIRST))
    with pytest.raises(InputError):
        opened(smartfin, code)


def test_a_fee_decided_for_later_is_said_under_the_outlook(empty_settings: Settings) -> None:
    long_ago, decided = date(2021, 12, 1), date(2022, 12, 12)
    why = "assembly of 12 December 2022"
    votes = [
        {"from": "2022-Q1", "percent": 7, "decided": long_ago, "why": "long ago"},
        {"from": "2023-Q3", "percent": 8.5, "decided": decided, "why": why},
        {"from": "2023-Q4", "percent": 9, "decided": date(2023, 1, 9), "why": "too late"},
    ]
    spain = {**empty_settings.partners["ES"], "fee_votes": votes}
    smartfin = opened_with(
        replace(empty_settings, partners={**empty_settings.partners, "ES": spain})
    )
    at = datetime(2022, 12, 10, tzinfo=UTC)
    hand_in(smartfin, "ES", book(growing(1.02), Quarter(2013, 2)), at=at)

    told = part(country_view(smartfin, WORDS, "ES"), "outlook").sentences
    day_before = country_view(smartfin, WORDS, "ES", as_of=date(2022, 12, 11))

    assert told[1:] == (
        "A fee decided for later is in it: 8.5% from Q3 2023 (assembly of 12 December 2022).",
    )
    assert part(day_before, "outlook").sentences[1:] == ()
    how = opened(smartfin, "probability").warnings
    assert told[1] in how
    assert any("until another that is decided holds, from Q3 2023" in each for each in how)
