"""The figure of a warning is explained as itself: its value, its parts, what each part opens."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from smartfin.analysis.warning import RULES, Rule
from smartfin.analysis.warning.track import Track
from smartfin.cli import run
from smartfin.measure import Measure
from smartfin.quarter import Quarter
from smartfin.services.assessment import assess
from smartfin.services.country.alarms import warning_section
from smartfin.services.provenance.derived import derived
from smartfin.services.provenance.explain import ExplainView, explain_view
from smartfin.services.provenance.figure import RULE, Figure
from smartfin.services.provenance.measured import figure_measure
from smartfin.services.provenance.parts import Maker
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.tile import tile_of
from smartfin.services.warning.view import Chosen, warning_view
from smartfin.settings import read_settings
from smartfin.wording import words_of

WORDS = words_of("en")
LAST = Quarter(2022, 4)


@pytest.fixture(scope="module")
def samples(sample_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Smartfin:
    copy = tmp_path_factory.mktemp("explained_rules") / "smartfin.db"
    shutil.copy(sample_database, copy)
    return open_smartfin(read_settings({"SMARTFIN_DATABASE": f"sqlite:///{copy}"}))


def said(track: Track, quarter: Quarter) -> Measure:
    """The figure as the flag says it; else as the rule reads it."""
    flag = track.flag(quarter)
    return flag.value if flag else track.figure(quarter)


def view(samples: Smartfin, partner: str, rule: str, quarter: Quarter = LAST) -> ExplainView:
    return explain_view(samples, WORDS, figure=Figure(partner, quarter, f"{RULE}{rule}"))


def rows(view: ExplainView) -> dict[str, tuple[float | None, ...]]:
    assert view.parts is not None
    return {row[0].text: tuple(cell.value for cell in row[1:]) for row in view.parts.rows}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_explained_by_its_own_figure(samples: Smartfin, rule: Rule) -> None:
    for case in assess(samples, LAST).cases:
        track = next((each for each in case.record.tracks if each.rule is rule), None)
        if track is None or case.quarter is None:
            continue
        figure = Figure(case.partner.code, case.quarter, f"{RULE}{rule.code}")

        made = derived(Maker(samples, WORDS, None), figure)

        assert made.value.value == said(track, case.quarter).value
        assert made.value.unit == said(track, case.quarter).unit
        assert made.formula == rule.formula
        assert set(rule.indicators[:1]) <= {each.code for each in made.figures}
        for row in made.parts.rows if made.parts else ():
            if row[1].source and row[1].unit != "count":
                partner, quarter, code = row[1].source.split("/")
                opened = figure_measure(samples, Figure(partner, Quarter.parse(quarter), code))
                assert row[1].value == opened.value


def test_growth_shows_what_was_achieved_and_what_is_needed(samples: Smartfin) -> None:
    shown = view(samples, "SE", "growth")
    parts = rows(shown)

    (achieved,), (needed,) = parts.values()
    assert achieved is not None
    assert needed is not None
    assert shown.value.value == pytest.approx(achieved / needed)
    assert shown.warnings[0].startswith(f"{shown.name}: {shown.value.text}, under the threshold")


def test_beside_the_sisters_stand_their_figures_and_the_median(samples: Smartfin) -> None:
    shown = view(samples, "AT", "members_against_sisters")
    own, median, *sisters = rows(shown).values()

    assert own[0] == 202
    assert median[0] == np.median([value for (value,) in sisters])
    assert shown.value.value == pytest.approx(202 / (median[0] or 0))


def test_the_course_ahead_stands_on_slope_and_quarters_left(samples: Smartfin) -> None:
    shown = view(samples, "IT", "coverage_ahead")
    (now,), (slope,), (left,), *before = rows(shown).values()

    assert (left, len(before)) == (4, 7)
    assert shown.value.value == pytest.approx((now or 0) + 4 * (slope or 0))


def test_each_test_has_its_own_limit_and_whether_it_is_met(samples: Smartfin) -> None:
    shown = view(samples, "AT", "at_urg")
    assert shown.parts is not None
    tests = [[cell.text for cell in row[2:]] for row in shown.parts.rows]

    assert tests == [["8.0%", "yes"], ["15.0 years", "no"]]
    assert shown.value.value == 1


def test_a_run_shows_each_quarter_of_it(samples: Smartfin) -> None:
    shown = view(samples, "SE", "losses")
    run = int(shown.value.value or 0)
    values = [value for (value,) in rows(shown).values()]

    assert shown.value.text == f"{run} quarters"
    assert run > 8
    assert len(values) == 2 + run  # the year's result, now and a year before
    assert all(value is not None and value < 0 for value in values[2:])


def test_a_rule_of_another_country_says_so(samples: Smartfin) -> None:
    shown = view(samples, "ES", "at_urg")

    assert shown.value.value is None
    assert "another country" in shown.value.note
    assert view(samples, "ES", "es_capital").value.note == shown.value.note


def test_beside_an_indicator_stand_only_thresholds_that_are_meant_for_it(
    samples: Smartfin,
) -> None:
    figure = Figure("SE", LAST, "growth_achieved")

    shown = explain_view(samples, WORDS, figure=figure)

    (sentence,) = shown.warnings
    assert "amber" not in sentence
    assert "Growth far below" in sentence
    judged = explain_view(samples, WORDS, figure=Figure("SE", LAST, "active_share"))
    assert "amber from 40%" in judged.warnings[0]


def test_a_warning_on_the_country_page_leads_to_its_own_figure(samples: Smartfin) -> None:
    case = assess(samples, LAST).case("SE")
    (table,) = warning_section(WORDS, case).tables

    for flag, row in zip(case.flags, table.rows, strict=True):
        _, quarter, code = row[2].source.split("/")
        assert code == f"{RULE}{flag.rule}"
        shown = view(samples, "SE", flag.rule, Quarter.parse(quarter))
        assert shown.value.value == flag.value.value
        assert row[2].text in shown.value.text


def test_the_command_gives_the_figure_of_a_rule(
    samples: Smartfin, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMARTFIN_DATABASE", samples.settings.database)

    assert run(["explain", "SE", "2022-Q4", "growth", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["value"] == view(samples, "SE", "growth").value.value
    assert document["formula"] == "growth_achieved / growth_needed; at 0 or less red"
    assert {fact["item"] for fact in document["facts"]} >= {"invoiced_volume", "fee_revenue"}


# ---------------------------------------------------------------- the verdict and its odds


def test_a_verdict_names_its_rule_its_limits_and_the_figures_it_rests_on(
    samples: Smartfin,
) -> None:
    """Austria: costs not covered, and a probability under the limit of "at risk"."""
    case = assess(samples, LAST).case("AT")
    shown = explain_view(samples, WORDS, figure=Figure("AT", LAST, "verdict"))

    assert shown.value.text == WORDS.text("verdict.at_risk")
    rule, limits = shown.warnings
    assert "under 35%" in rule
    assert "from 65%" in limits
    assert shown.parts is not None
    result, coverage, probability = (row[1] for row in shown.parts.rows)
    assert result.value == case.verdict.result.value
    assert coverage.value == case.verdict.ratio.value
    assert probability.value == case.verdict.probability.value
    for cell in (result, coverage, probability):
        partner, quarter, code = cell.source.split("/")
        opened = explain_view(samples, WORDS, figure=Figure(partner, Quarter.parse(quarter), code))
        assert opened.value.value == pytest.approx(cell.value)


def test_each_red_flag_of_traction_behind_a_verdict_opens_its_rule(samples: Smartfin) -> None:
    shown = explain_view(samples, WORDS, figure=Figure("NL", LAST, "verdict"))

    assert shown.value.text == WORDS.text("verdict.inactive")
    assert shown.parts is not None
    opened = [row[1].source for row in shown.parts.rows if f"/{RULE}" in row[1].source]
    assert "NL/2020-Q1/rule:coverage" in opened


def test_the_verdict_of_a_tile_leads_to_its_explanation(samples: Smartfin) -> None:
    assessment = assess(samples, LAST)
    tile = tile_of(samples, WORDS, assessment.case("AT"), assessment)

    assert tile.state_source == "AT/2022-Q4/verdict"


def test_a_probability_says_how_its_futures_were_drawn(samples: Smartfin) -> None:
    outlook = assess(samples, LAST).case("AT").verdict.outlook
    assert outlook is not None
    there = next(each for each in outlook.fan if each.quarter == outlook.target)
    odds, drawn, fee, spread = explain_view(
        samples, WORDS, figure=Figure("AT", LAST, "probability")
    ).warnings

    assert WORDS.percent(outlook.printed_probability_by) in odds
    assert WORDS.text(f"model.{outlook.models[0]}") in drawn
    assert WORDS.percent(outlook.take_rate, 1) in fee
    assert all(WORDS.percent(there.coverage[place]) in spread for place in (0, 2, 4))


def test_the_odds_at_the_target_and_on_the_way_there_are_two_figures(samples: Smartfin) -> None:
    outlook = assess(samples, LAST).case("IT").verdict.outlook
    assert outlook is not None
    at_target, on_the_way = (
        explain_view(samples, WORDS, figure=Figure("IT", LAST, code))
        for code in ("probability", "probability_by")
    )

    assert at_target.value.value == outlook.printed_probability
    assert on_the_way.value.value == outlook.printed_probability_by
    assert outlook.printed_probability < outlook.printed_probability_by
    assert at_target.name == "Break-even in the four quarters to Q4 2023"
    assert "at least once" in on_the_way.name


def test_the_command_prints_the_verdict_and_heads_its_columns(
    samples: Smartfin, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMARTFIN_DATABASE", samples.settings.database)

    assert run(["explain", "at", "2022-Q4", "verdict"]) == 0
    assert "Indicator\tFigure" in capsys.readouterr().out
    assert run(["explain", "AT", "2022-Q4", "verdict", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["value"] == "at_risk"
    assert document["facts"]


def test_a_slope_of_shares_is_in_points(samples: Smartfin) -> None:
    parts = view(samples, "IT", "coverage_ahead").parts
    assert parts is not None

    assert parts.rows[1][1].text.endswith("pp")


def test_a_flag_in_depth_leads_to_its_rule_and_lists_its_parts(samples: Smartfin) -> None:
    detail = warning_view(samples, WORDS, Chosen("AT", "at_urg"), LAST).detail
    assert detail is not None
    assert detail.figure.source == "AT/2022-Q4/rule:at_urg"
    assert detail.parts is not None

    tests = [[cell.text for cell in row[2:]] for row in detail.parts.rows]
    assert tests == [["8.0%", "yes"], ["15.0 years", "no"]]
