"""The views of Country, Compare and History, over a real ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from smartfin.errors import InputError
from smartfin.facts import Scenario
from smartfin.quarter import Quarter
from smartfin.services.compare import Axis, Currency, compare_view
from smartfin.services.country.view import country_view
from smartfin.services.record.history import history_view
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.view import Chart, Table
from smartfin.settings import Level, Settings
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, book, growing, hand_in

WORDS = words_of("en")


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return open_smartfin(empty_settings)


def column(table: Table | None, name: str) -> dict[str, object]:
    """A column of a table by its rows' first cell (or second, where the first is the rank)."""
    assert table is not None
    place = table.columns.index(name)
    head = 1 if table.columns[0] == WORDS.text("column.rank") else 0
    return {row[head].text: row[place].value or row[place].text for row in table.rows}


def plan_of(smartfin: Smartfin) -> Chart:
    section = country_view(smartfin, WORDS, "ES").section("plan")
    assert section is not None
    return section.charts[0]


def test_every_fact_of_the_quarter_names_its_file_and_cell(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE), name="libro.xlsx")
    view = country_view(smartfin, WORDS, "ES")
    assert len(view.sources) == len(AT_BALANCE)
    assert {row.file for row in view.sources} == {"libro.xlsx"}
    assert all(row.place.startswith("Sheet!C") for row in view.sources)
    assert all(row.by == "A. Name" for row in view.sources)


def test_a_country_without_figures_has_no_tile(smartfin: Smartfin) -> None:
    view = country_view(smartfin, WORDS, "AT")
    assert view.tile is None
    assert view.sections == ()


def test_an_unknown_country_is_refused_by_name(smartfin: Smartfin) -> None:
    with pytest.raises(InputError, match="partner-unknown"):
        country_view(smartfin, WORDS, "XX")


def test_plan_is_compared_over_the_quarters_of_the_year_so_far(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE, last=Quarter(2022, 3)))
    voted = {**AT_BALANCE, "fee_revenue": 90.0}
    budget = book(voted, Quarter(2022, 1), Quarter(2022, 4), scenario=Scenario.BUDGET)
    hand_in(smartfin, "ES", budget, name="budget.xlsx")
    plan = plan_of(smartfin)
    income = WORDS.text("plan.own_income_quarter")
    assert column(plan.table, WORDS.text("column.actual"))[income] == pytest.approx(270.0)
    assert column(plan.table, WORDS.text("column.variance"))[income] == pytest.approx(-30.0)


def test_variance_against_a_negative_budget_is_not_applicable(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    voted = {**AT_BALANCE, "fee_revenue": 60.0}
    budget = book(voted, Quarter(2022, 1), Quarter(2022, 4), scenario=Scenario.BUDGET)
    hand_in(smartfin, "ES", budget, name="budget.xlsx")
    plan = plan_of(smartfin)
    result = WORDS.text("plan.result_before_support_quarter")
    relative = column(plan.table, WORDS.text("column.variance-percent"))
    assert relative[result] == WORDS.text("chart.plan.not-applicable")


def test_without_a_budget_the_plan_says_so_and_shows_no_figure(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    section = country_view(smartfin, WORDS, "ES").section("plan")
    assert section is not None
    assert section.sentences[0] == WORDS.text("plan.none", year="2022")
    assert (section.charts, section.tables) == ((), ())


def test_countries_are_ranked_the_best_first(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(0.95)))
    hand_in(smartfin, "IT", book(growing(1.05)))
    view = compare_view(smartfin, WORDS, ("ES", "IT"), "coverage")
    assert column(view.table, WORDS.text("column.rank")) == {
        WORDS.country("IT"): 1,
        WORDS.country("ES"): 2,
    }


def test_amounts_in_several_currencies_are_not_ranked(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    hand_in(smartfin, "SE", book(AT_BALANCE, currency="SEK"))
    local = compare_view(smartfin, WORDS, ("ES", "SE"), "own_revenue", currency=Currency.LOCAL)
    assert set(column(local.table, WORDS.text("column.rank")).values()) == {"–"}
    euro = compare_view(smartfin, WORDS, ("ES", "SE"), "own_revenue")
    assert column(euro.table, WORDS.text("column.rank"))[WORDS.country("ES")] == 1


def test_amounts_in_several_currencies_each_have_their_own_scale(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    hand_in(smartfin, "SE", book({**AT_BALANCE, "fee_revenue": 900.0}, currency="SEK"))
    local = compare_view(smartfin, WORDS, ("ES", "SE"), "own_revenue", currency=Currency.LOCAL)
    assert local.chart is not None
    layout = local.chart.figure.layout
    assert tuple(layout.yaxis.range) != tuple(layout.yaxis2.range)
    assert "SEK" in local.chart.alt
    assert "EUR" in local.chart.alt


def test_constant_rates_take_the_exchange_rate_out_of_growth(smartfin: Smartfin) -> None:
    hand_in(smartfin, "SE", book(AT_BALANCE, currency="SEK"))
    change = column(
        compare_view(smartfin, WORDS, ("SE",), "own_revenue", currency=Currency.EUR_CONSTANT).table,
        WORDS.text("column.change"),
    )
    assert change[WORDS.country("SE")] in (0.0, WORDS.amount(0.0, "EUR", sign=True))


def test_since_launch_every_country_starts_at_its_own_beginning(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE, first=Quarter(2013, 2)))
    hand_in(smartfin, "DE", book(AT_BALANCE, first=Quarter(2015, 4)))
    view = compare_view(smartfin, WORDS, ("ES", "DE"), "invoiced_volume_quarter", axis=Axis.LAUNCH)
    assert view.chart is not None
    first = view.chart.table.rows[-1]
    assert [cell.value for cell in first[1:]] == [1000.0, 1000.0]


def test_countries_are_compared_up_to_the_quarter_asked_for(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.05)))
    view = compare_view(smartfin, WORDS, ("ES",), "coverage", quarter=Quarter(2020, 4))
    assert view.table is not None
    assert view.table.rows[0][2].text == WORDS.quarter(Quarter(2020, 4))
    assert Quarter(2022, 4) in view.quarters


def test_an_indicator_that_does_not_exist_is_refused_by_name(smartfin: Smartfin) -> None:
    with pytest.raises(InputError, match="indicator-unknown"):
        compare_view(smartfin, WORDS, ("ES",), "luck")


def test_lateness_is_judged_on_the_day_asked(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE), at=datetime(2023, 1, 20, tzinfo=UTC))
    hand_in(smartfin, "IT", book(AT_BALANCE), at=datetime(2023, 2, 9, tzinfo=UTC))
    hand_in(smartfin, "DE", book(AT_BALANCE, last=Quarter(2022, 3)))
    view = history_view(smartfin, WORDS, date(2023, 2, 15))
    said = column(view.deliveries, WORDS.text("column.delivery"))
    assert said[WORDS.country("ES")] == WORDS.text("delivery.on-time")
    assert said[WORDS.country("IT")] == WORDS.plural("delivery.late", 10)
    assert said[WORDS.country("DE")] == WORDS.plural("delivery.overdue", 16)


def test_before_the_due_day_of_a_quarter_nobody_is_late_with_it(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE, last=Quarter(2022, 3)))
    view = history_view(smartfin, WORDS, date(2023, 1, 5))
    said = column(view.deliveries, WORDS.text("column.delivery"))
    assert said[WORDS.country("ES")] == WORDS.text("delivery.not-due")


def test_a_new_quarter_does_not_excuse_an_old_one(smartfin: Smartfin) -> None:
    hand_in(smartfin, "IT", book(AT_BALANCE, last=Quarter(2022, 3)))
    said = column(
        history_view(smartfin, WORDS, date(2023, 4, 5)).deliveries, WORDS.text("column.delivery")
    )
    days = (date(2023, 4, 5) - date(2023, 1, 30)).days
    assert said[WORDS.country("IT")] == WORDS.plural("delivery.overdue", days)


def test_who_never_delivered_is_overdue_with_the_newest_quarter_due(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE, last=Quarter(2022, 3)))
    said = column(
        history_view(smartfin, WORDS, date(2023, 1, 5)).deliveries, WORDS.text("column.delivery")
    )
    days = (date(2023, 1, 5) - date(2022, 10, 30)).days
    assert said[WORDS.country("AT")] == WORDS.plural("delivery.overdue", days)


def test_a_stray_figure_is_no_delivery(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE, last=Quarter(2022, 3)))
    stray = book({"members_active": 60.0}, Quarter(2022, 4), Quarter(2022, 4))
    hand_in(smartfin, "ES", stray, name="stray.xlsx")
    view = history_view(smartfin, WORDS, date(2023, 2, 15))
    delivered = column(view.deliveries, WORDS.text("column.delivered"))
    assert delivered[WORDS.country("ES")] == WORDS.quarter(Quarter(2022, 3))


def test_no_change_is_neither_good_nor_bad(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.00001)))
    view = compare_view(smartfin, WORDS, ("ES",), "coverage")
    assert view.table is not None
    assert view.table.rows[0][-1].text.startswith("±")
    assert view.table.rows[0][-1].good is None


def test_while_all_data_is_made_up_lateness_is_judged_on_the_sample_day(
    smartfin: Smartfin,
) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE), synthetic=True)
    assert (
        WORDS.date(smartfin.settings.sample_day) in history_view(smartfin, WORDS).deliveries_title
    )


def test_history_lists_the_newest_submission_first_with_what_it_changed(
    smartfin: Smartfin,
) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE), name="first.xlsx")
    corrected = {**AT_BALANCE, "fee_revenue": 81.0}
    hand_in(smartfin, "ES", book(corrected, Quarter(2022, 4)), name="second.xlsx")
    newest, oldest = history_view(smartfin, WORDS).submissions
    assert (newest.file, oldest.file) == ("second.xlsx", "first.xlsx")
    unchanged = len(AT_BALANCE) - 1
    assert newest.changed == WORDS.text("intake.changes", new=0, restated=1, unchanged=unchanged)


def test_a_level_set_by_the_board_is_the_level_judged(empty_settings: Settings) -> None:

    supported = open_smartfin(replace(empty_settings, level=Level.SUPPORTED))
    hand_in(supported, "ES", book(AT_BALANCE))
    tile = country_view(supported, WORDS, "ES").tile
    assert tile is not None
    assert tile.coverage.value == pytest.approx(94 / 90)
