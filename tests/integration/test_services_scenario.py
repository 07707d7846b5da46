"""The view of the Scenarios page: the answer, the levers in the reader's units, the goal."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartfin.analysis.scenario import Draw
from smartfin.quarter import Quarter
from smartfin.scenario import NO_CHANGES, Changes, LeverCode, LeverSetting, parsed_link
from smartfin.services.scenario.goal import goal_view
from smartfin.services.scenario.ground import ground_of
from smartfin.services.scenario.levers import LeverView, having
from smartfin.services.scenario.social_price import bought_mark
from smartfin.services.scenario.view import ScenarioView, scenario_view
from smartfin.services.scenario.wanted import Wanted, at_nil
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import Settings, read_settings
from smartfin.wording import words_of

EN = words_of("en")
FIRST = Quarter(2023, 1)
DEARER = parsed_link("fee:0.005@2023-Q1;hire:15000@2023-Q2(second adviser)")


@pytest.fixture(scope="module")
def samples(sample_database: Path) -> Smartfin:
    return open_smartfin(read_settings({"SMARTFIN_DATABASE": f"sqlite:///{sample_database}"}))


@pytest.fixture(scope="module")
def dearer(samples: Smartfin) -> ScenarioView:
    return scenario_view(samples, EN, Wanted("AT", DEARER))


def lever(view: ScenarioView, code: LeverCode) -> LeverView:
    return next(each for each in view.levers if each.code is code)


def test_without_changes_the_answer_is_that_of_the_outlook(samples: Smartfin) -> None:
    view = scenario_view(samples, EN, Wanted("AT"))
    ground = ground_of(samples, "AT")
    assert EN.measure(ground.case.verdict.probability) in view.message
    assert all(each.after is None for each in view.figures)
    assert [section.code for section in view.sections] == ["outlook", "social", "cash"]
    assert view.price == ()


def test_the_answer_holds_both_courses_and_its_social_price(dearer: ScenarioView) -> None:
    odds = dearer.figures[0]
    assert odds.after is not None
    assert odds.now.text in dearer.message
    assert odds.after.text in dearer.message
    assert "Members pay" in dearer.price[0] or "members pay" in dearer.price[0]
    assert [event.said for event in dearer.events] == [
        "New post (second adviser): 15\u00a0kEUR a year from Q2 2023"
    ]


def test_the_parts_of_the_difference_add_up(dearer: ScenarioView) -> None:
    section = next(each for each in dearer.sections if each.code == "difference")
    *causes, whole = section.charts[0].table.rows
    for place in range(1, len(whole)):
        total = whole[place].value
        assert total == pytest.approx(sum(row[place].value or 0.0 for row in causes))
    result = dearer.figures[2]
    assert result.after is not None
    change = (result.after.value or 0.0) - (result.now.value or 0.0)
    assert whole[-1].value == pytest.approx(change)


def test_the_fee_is_shown_and_typed_as_it_is_printed(dearer: ScenarioView) -> None:
    fee = lever(dearer, LeverCode.FEE)
    assert fee.moved == "10.0% → 10.5% (+0.5\u00a0pp)"
    assert fee.scale.shown(fee.setting.amount) == 10.5
    assert fee.scale.amount(10.0) == 0.0
    assert fee.scale.amount(11.0) == pytest.approx(0.01, rel=1e-3)
    assert fee.setting.amount in fee.stops
    assert list(fee.stops) == sorted(fee.stops)


@pytest.mark.parametrize("code", list(LeverCode))
def test_every_stop_of_a_slider_can_be_typed(dearer: ScenarioView, code: LeverCode) -> None:
    each = lever(dearer, code)
    assert 0.0 in each.stops
    for stop in each.stops:
        assert each.low <= each.scale.shown(stop) <= each.high
        again = each.scale.amount(each.scale.shown(stop))
        assert again == pytest.approx(stop, abs=10.0**-each.scale.places / each.scale.factor)


def test_a_lever_that_moves_nothing_says_why(dearer: ScenarioView) -> None:
    assert "support" in lever(dearer, LeverCode.SUPPORT).obstacle
    assert not lever(dearer, LeverCode.FEE).obstacle


def test_start_and_ramp_are_kept_while_the_lever_stands_at_nil() -> None:
    usual = LeverSetting(LeverCode.FEE, 0.0, FIRST)
    late = LeverSetting(LeverCode.FEE, 0.0, FIRST + 2)
    assert having(NO_CHANGES, late, usual) == Changes((late,))
    assert having(Changes((late,)), usual, usual) == NO_CHANGES
    assert at_nil(Changes((LeverSetting(LeverCode.FEE, 0.01, FIRST + 2),))) == Changes((late,))
    assert at_nil(Changes((LeverSetting(LeverCode.FEE, 0.01, FIRST),)), FIRST) == NO_CHANGES


def test_a_goal_put_in_lands_where_it_promised(samples: Smartfin) -> None:
    goal = goal_view(samples, EN, Wanted("AT", chance=80))
    assert goal is not None
    together = goal.together.put_in
    assert together is not None
    for each in (goal.alone[0], together):
        view = scenario_view(samples, EN, Wanted("AT", each.changes))
        odds = view.figures[0].after
        assert odds is not None
        assert (odds.value or 0.0) >= 0.8
    assert len(goal.table.rows) == len(LeverCode)
    assert all(cell.text for row in goal.table.rows for cell in row)


def test_bounds_of_the_reader_hold_for_the_combination(samples: Smartfin) -> None:
    bounds = ((LeverCode.FEE, (0.0, 0.0)), (LeverCode.VOLUME_GROWTH, (0.0, 0.01)))
    goal = goal_view(samples, EN, Wanted("AT", bounds=bounds))
    assert goal is not None
    put_in = goal.together.put_in
    assert put_in is not None
    assert put_in.changes.setting(LeverCode.FEE) is None
    growth = put_in.changes.setting(LeverCode.VOLUME_GROWTH)
    assert growth is None or 0.0 <= growth.amount <= 0.01


def test_a_partner_without_outlook_says_so_in_a_sentence(samples: Smartfin) -> None:
    view = scenario_view(samples, EN, Wanted("NL", DEARER))
    assert view.obstacle == (
        "No scenario can be worked out for Netherlands: The partner is inactive."
    )
    assert goal_view(samples, EN, Wanted("NL")) is None


def test_an_empty_ledger_has_no_quarters(empty_settings: Settings) -> None:
    view = scenario_view(open_smartfin(empty_settings), EN, Wanted())
    assert view.quarters == ()
    assert view.obstacle


@pytest.mark.parametrize("language", ["nl", "de"])
def test_everything_at_once_is_told_in_other_languages_too(
    samples: Smartfin, language: str
) -> None:
    words = words_of(language)
    everything = ";".join(
        (
            *("volume_growth:0.05@2023-Q1", "fee:0.005@2023-Q2~3", "support:1000@2023-Q1"),
            *("member_services:-0.1@2020-Q1", "grant:5000@2023-Q2", "fee_vote:11@2023-Q3"),
            *("rent:4000@2023-Q1_2023-Q3", "hire:9000@2023-Q1(x)"),
        )
    )
    view = scenario_view(samples, words, Wanted("AT", parsed_link(everything)))
    assert len(view.events) == 4
    assert len(view.remarks) == 2
    assert all(view.price)


@pytest.mark.parametrize(
    ("share", "mark"), [(None, ""), (1 / 3, "calm"), (0.34, "amber"), (0.6, "amber"), (0.61, "red")]
)
def test_amber_and_red_begin_above_a_third_and_three_fifths(share: float | None, mark: str) -> None:
    assert bought_mark(share) == mark


def test_the_draw_is_made_once(samples: Smartfin) -> None:
    ground = ground_of(samples, "AT")
    assert isinstance(ground.draw, Draw)
    assert ground_of(samples, "AT").draw is ground.draw
