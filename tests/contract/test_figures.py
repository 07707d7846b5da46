"""What holds for every figure, in every language, whatever is known."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from smartfin.charts import (
    CHART_CONFIG,
    DARK,
    FAN,
    LIGHT,
    LOCAL,
    Compared,
    CoveragePanel,
    Look,
    PathPanel,
    Paths,
    ScenarioPanel,
    Shape,
    Step,
    Subject,
    Waterfall,
    Windows,
    bands_figure,
    bands_sentence,
    breakeven_volume_figure,
    breakeven_volume_sentence,
    bridge_figure,
    bridge_sentence,
    cash_ahead_figure,
    cash_ahead_sentence,
    compare_figure,
    compare_sentence,
    coverage_figure,
    coverage_sentence,
    cumulative_figure,
    cumulative_sentence,
    difference_figure,
    difference_sentence,
    in_dark,
    income_costs_figure,
    income_costs_sentence,
    outlook_figure,
    outlook_sentence,
    paths_figure,
    paths_sentence,
    plan_figure,
    plan_sentence,
    reliability_figure,
    reliability_sentence,
    results_figure,
    results_sentence,
    scenario_figure,
    scenario_sentence,
    statement_figure,
    statement_sentence,
    support_figure,
    support_sentence,
)
from smartfin.measure import Unit
from smartfin.quarter import Quarter
from smartfin.wording import LANGUAGES, Words, words_of

DEADLINE = Quarter(2023, 4)
LAST = Quarter(2022, 4).ordinal
HOSTILE = "<b>A & B</b> <script>x</script>"


def course(quarters: int, first: float = 0.4, last: float = 0.97) -> pd.Series:
    return pd.Series(np.linspace(first, last, quarters), index=range(LAST - quarters + 1, LAST + 1))


def with_gap(series: pd.Series) -> pd.Series:
    return series.mask(series.index == series.index[len(series) // 2])


def fan() -> pd.DataFrame:
    steps = np.arange(1, 5)
    spreads = zip(FAN, (-1.3, -0.7, 0, 0.7, 1.3), strict=True)
    bands = {name: 0.97 + 0.01 * steps + z * 0.03 * np.sqrt(steps) for name, z in spreads}
    return pd.DataFrame(bands, index=range(LAST + 1, LAST + 5))


def series_of(state: str) -> pd.Series:
    """A course that is complete, broken, a single point, or not there at all."""
    return {
        "complete": course(24),
        "gap": with_gap(course(24)),
        "single": course(1),
        "undefined": course(4) * np.nan,
        "nothing": pd.Series(dtype=float),
    }[state]


STATES = ("complete", "gap", "single", "undefined", "nothing")
EMPTY_STATES = {"undefined", "nothing"}


def panels_of(state: str) -> list[CoveragePanel]:
    first = CoveragePanel("AT", series_of(state), fan() if state == "complete" else None, HOSTILE)
    second = CoveragePanel("NL", series_of(state), precedent=True)
    return [first, second]


def money(state: str, *columns: str) -> pd.DataFrame:
    amounts = np.linspace(-160_000, 400_000, len(columns))
    series = series_of(state)
    return pd.DataFrame(
        {name: series * amount for name, amount in zip(columns, amounts, strict=True)}
    )


def plan_lines(state: str) -> pd.DataFrame:
    rows = [(HOSTILE, 412e3, 440e3, 1), ("Costs", 265e3, 280e3, -1), ("Result", -48e3, -30e3, 1)]
    if state in EMPTY_STATES:
        rows = []
    if state == "single":
        rows = rows[:1]
    lines = pd.DataFrame(rows, columns=["line", "actual", "budget", "effect"])
    if state == "gap":
        lines.loc[1, "budget"] = np.nan
    return lines


def reliability(state: str) -> tuple[pd.DataFrame, list[str]]:
    shares = series_of(state).tail(5)
    if state == "gap":
        shares = with_gap(shares.ffill())
    columns = {"said": shares * 0.9, "happened": shares, "low": shares - 0.1, "high": shares}
    return pd.DataFrame({**columns, "count": shares * 10}), [HOSTILE] * len(shares)


def within_bands(state: str) -> pd.DataFrame:
    return pd.DataFrame({"half": series_of(state) / 2, "most": series_of(state)})


def waterfall(state: str) -> Waterfall:
    """A bridge that crosses nil twice; a single total where little is known."""
    effects = (("Volume", 240e3), (HOSTILE, -310e3), ("Same", 0.0), ("Team", -30e3))
    steps = [
        Step("Before", -20e3, Shape.PREVIOUS),
        *(Step(name, amount, Shape.EFFECT) for name, amount in effects),
        Step("After", -120e3, Shape.TOTAL),
    ]
    if state in EMPTY_STATES:
        return ()
    return (steps[0], steps[-1]) if state == "single" else tuple(steps)


def blocks(state: str) -> list[Waterfall]:
    return [waterfall(state)] * 2 if state == "complete" else [waterfall(state)]


def statement_steps(state: str) -> Waterfall:
    lines = [
        Step(each.name, each.amount, Shape.LINE, shown=f"+ {each.name}")
        if each.shape is Shape.EFFECT
        else Step(each.name, each.amount, Shape.TOTAL)
        for each in waterfall(state)
    ]
    return tuple(lines)


WINDOWS = Windows(Quarter(2021, 4), Quarter(2022, 4), f"Result {HOSTILE}")


SUBJECT = Subject(f"Austria · {HOSTILE}", "EUR", synthetic=True)


def path_panels(state: str) -> list[PathPanel]:
    """A partner and a closed case, one panel with a value that leaves it."""
    own = series_of(state).reset_index(drop=True)
    early = own.copy()
    early.iloc[:1] *= 9 if state == "complete" else 1
    apart = pd.DataFrame({"AT": own, "NL": own * 0.5})
    return [PathPanel(HOSTILE, apart, 2.0), PathPanel("Share", pd.DataFrame({"AT": early}), 2.0)]


def to_decision(panels: list[PathPanel]) -> list[PathPanel]:
    """The same by quarters to a decision, the last of them its own."""
    return [
        replace(panel, frame=panel.frame.set_axis(panel.frame.index - len(panel.frame) + 1))
        for panel in panels
    ]


def compared(unit: str, axis: str = "calendar") -> Compared:
    return Compared(
        title="Coverage",
        unit=unit,
        axis=axis,  # type: ignore[arg-type]
        precedents=frozenset({"NL"}),
        synthetic=True,
        currencies=dict.fromkeys(("AT", "DE", "ES", "IT", "NL"), "EUR"),
    )


def wide(state: str, columns: int) -> pd.DataFrame:
    codes = ("AT", "DE", "ES", "IT", "NL")[:columns]
    return pd.DataFrame(
        {code: series_of(state) * (1 + place / 9) for place, code in enumerate(codes)}
    )


def scenario_panel(state: str) -> ScenarioPanel:
    """A course with its outlook and a better one; only the course where little is known."""
    known = state == "complete"
    base, changed = (fan(), fan() + 0.1) if known else (None, None)
    return ScenarioPanel(series_of(state), base, changed, DEADLINE)


@dataclass(frozen=True)
class Maker:
    """A figure maker with its sentence, as functions of a state and a language."""

    figure: Callable[[str, Words], go.Figure]
    sentence: Callable[[str, Words], str]
    unit: str
    bars: bool = False


def of_money(
    figure: Callable[[pd.DataFrame, Subject, Words], go.Figure],
    sentence: Callable[[pd.DataFrame, Subject, Words], str],
    *columns: str,
    bars: bool = False,
) -> Maker:
    return Maker(
        lambda state, words: figure(money(state, *columns), SUBJECT, words),
        lambda state, words: sentence(money(state, *columns), SUBJECT, words),
        "EUR",
        bars,
    )


MAKERS = {
    "coverage": Maker(
        lambda state, words: coverage_figure(panels_of(state), DEADLINE, words, synthetic=True),
        lambda state, words: coverage_sentence(panels_of(state), DEADLINE, words),
        "%",
    ),
    "coverage-narrow": Maker(
        lambda state, words: coverage_figure(
            panels_of(state) * 3, DEADLINE, words, columns=2, synthetic=True
        ),
        lambda state, words: coverage_sentence(panels_of(state), DEADLINE, words),
        "%",
    ),
    "outlook": Maker(
        lambda state, words: outlook_figure(panels_of(state)[0], DEADLINE, SUBJECT, words),
        lambda state, words: outlook_sentence(panels_of(state)[0], DEADLINE, SUBJECT, words),
        "%",
    ),
    "scenario": Maker(
        lambda state, words: scenario_figure(scenario_panel(state), SUBJECT, words),
        lambda state, words: scenario_sentence(scenario_panel(state), SUBJECT, words),
        "%",
    ),
    "cash-ahead": of_money(cash_ahead_figure, cash_ahead_sentence, "median", "low", "base_median"),
    "income-costs": of_money(
        income_costs_figure, income_costs_sentence, "result", "own_revenue", "own_costs", bars=True
    ),
    "support": of_money(support_figure, support_sentence, "voted", "paid", bars=True),
    "results": of_money(results_figure, results_sentence, "before_support", "after_support"),
    "cumulative": of_money(cumulative_figure, cumulative_sentence, "result", "support"),
    "breakeven-volume": of_money(
        breakeven_volume_figure, breakeven_volume_sentence, "volume", "breakeven_volume"
    ),
    "compare-together": Maker(
        lambda state, words: compare_figure(wide(state, 3), compared(Unit.FRACTION), words),
        lambda state, words: compare_sentence(wide(state, 3), compared(Unit.FRACTION), words),
        "%",
    ),
    "compare-apart": Maker(
        lambda state, words: compare_figure(wide(state, 5) * 1e6, compared("EUR"), words),
        lambda state, words: compare_sentence(wide(state, 5) * 1e6, compared("EUR"), words),
        "EUR",
    ),
    "plan": Maker(
        lambda state, words: plan_figure(plan_lines(state), SUBJECT, "2022", words),
        lambda state, words: plan_sentence(plan_lines(state), SUBJECT, "2022", words),
        "EUR",
        bars=True,
    ),
    "reliability": Maker(
        lambda state, words: reliability_figure(*reliability(state), SUBJECT, words),
        lambda state, words: reliability_sentence(*reliability(state), SUBJECT, words),
        "%",
        bars=True,
    ),
    "paths-age": Maker(
        lambda state, words: paths_figure(path_panels(state), Paths("AT", "age"), SUBJECT, words),
        lambda state, words: paths_sentence(path_panels(state), Paths("AT", "age"), SUBJECT, words),
        "%",
    ),
    "paths-distance": Maker(
        lambda state, words: paths_figure(
            to_decision(path_panels(state)), Paths("AT", "distance"), SUBJECT, words, columns=1
        ),
        lambda state, words: paths_sentence(
            to_decision(path_panels(state)), Paths("AT", "distance"), SUBJECT, words
        ),
        "%",
    ),
    "bands": Maker(
        lambda state, words: bands_figure(within_bands(state), SUBJECT, words),
        lambda state, words: bands_sentence(within_bands(state), SUBJECT, words),
        "%",
    ),
}

every_maker = pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
every_state = pytest.mark.parametrize("state", STATES)
every_language = pytest.mark.parametrize("language", LANGUAGES)

EN = words_of("en")


@cache
def drawn(maker: Maker, state: str, language: str = "en") -> go.Figure:
    """A figure, drawn once for all tests that only look at it."""
    return maker.figure(state, words_of(language))


def texts_of(figure: go.Figure) -> list[str]:
    """Everything a figure prints."""
    notes = [note.text for note in figure.layout.annotations]
    ticks = [text for axis in figure.select_xaxes() for text in axis.ticktext or ()]
    return [figure.layout.title.text, *notes, *ticks]


def spoken_by(figure: go.Figure) -> str:
    """Everything a browser gets."""
    return json.dumps(figure.to_plotly_json(), default=list, ensure_ascii=False)


@every_maker
@every_state
@every_language
def test_the_title_has_three_lines(maker: Maker, state: str, language: str) -> None:
    title = drawn(maker, state, language).layout.title
    lines = title.text.split("<br>")
    assert len(lines) == 3
    assert lines[1].startswith("<b>")
    assert lines[1].endswith("</b>")
    assert title.x == 0


@every_maker
@every_state
def test_the_title_names_the_unit(maker: Maker, state: str) -> None:
    assert maker.unit in drawn(maker, state).layout.title.text


@every_maker
@every_language
def test_separators_are_the_languages(maker: Maker, language: str) -> None:
    words = words_of(language)
    assert drawn(maker, "complete", language).layout.separators == words.plotly_separators


@every_maker
@every_language
def test_a_synthetic_figure_says_so(maker: Maker, language: str) -> None:
    words = words_of(language)
    first = drawn(maker, "complete", language).layout.title.text.split("<br>")[0]
    assert words.text("chart.synthetic") in first


@every_maker
@every_state
def test_nothing_known_is_said_and_never_drawn(maker: Maker, state: str) -> None:
    figure = drawn(maker, state)
    said = EN.text("chart.empty") in texts_of(figure)
    assert said == (state in EMPTY_STATES)
    assert (len(figure.data) == 0) == (state in EMPTY_STATES)
    assert (maker.sentence(state, EN) == EN.text("chart.empty")) == (state in EMPTY_STATES)


@every_maker
@every_state
@every_language
def test_the_sentence_says_something_in_every_language(
    maker: Maker, state: str, language: str
) -> None:
    sentence = maker.sentence(state, words_of(language))
    assert len(sentence) > 20
    assert not re.search(r"\b(?:nan|None)\b|[{}]", sentence)


@every_maker
@every_state
def test_no_number_that_is_none_reaches_the_reader(maker: Maker, state: str) -> None:
    figure = drawn(maker, state)
    said = spoken_by(figure)
    assert "NaN" not in said
    assert "Infinity" not in said
    assert not any("nan" in text for text in texts_of(figure))


@every_maker
def test_an_undefined_point_breaks_the_line(maker: Maker) -> None:
    lines = [
        trace
        for trace in drawn(maker, "gap").data
        if trace.type == "scatter" and trace.mode == "lines" and trace.hoverinfo != "skip"
    ]
    assert bool(lines) is not maker.bars
    for trace in lines:
        assert trace.y.count(None) == 1
        assert trace.connectgaps is not True


@every_maker
@every_state
def test_the_value_axis_holds_zero(maker: Maker, state: str) -> None:
    figure = drawn(maker, state)
    horizontal = {trace.orientation for trace in figure.data if trace.type == "bar"} == {"h"}
    axes = figure.select_xaxes() if horizontal else figure.select_yaxes()
    for axis in axes:
        if axis.visible is not False:
            assert axis.range[0] <= 0 <= axis.range[1]


@every_maker
def test_bars_are_drawn_where_bars_are_meant(maker: Maker) -> None:
    kinds = {trace.type for trace in drawn(maker, "complete").data}
    assert ("bar" in kinds) == maker.bars
    assert kinds <= {"bar", "scatter"}


@every_maker
@every_state
def test_nothing_is_a_toy_or_asks_for_anything_outside(maker: Maker, state: str) -> None:
    figure = drawn(maker, state)
    assert "http" not in spoken_by(figure)
    assert figure.layout.dragmode is False
    assert not figure.layout.showlegend
    axes = [*figure.select_xaxes(), *figure.select_yaxes()]
    assert axes
    assert all(axis.fixedrange for axis in axes)
    assert CHART_CONFIG["displayModeBar"] is False


@every_maker
def test_grounds_are_transparent_so_that_the_page_shows(maker: Maker) -> None:
    layout = drawn(maker, "complete").layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"


@every_maker
def test_names_of_people_are_printed_and_never_read_as_markup(maker: Maker) -> None:
    figure = drawn(maker, "complete")
    assert "<script>" not in spoken_by(figure)


@every_maker
def test_colours_are_those_of_the_look(maker: Maker) -> None:
    assert colours_in(drawn(maker, "complete")) <= colours_of(LIGHT)


@every_maker
def test_in_dark_every_colour_has_its_counterpart(maker: Maker) -> None:
    figure = maker.figure("complete", EN)
    before = figure.to_json()
    dark = in_dark(figure)
    assert figure.to_json() == before
    assert colours_in(dark) <= colours_of(DARK)
    assert len(colours_in(dark)) == len(colours_in(figure))


@every_maker
def test_the_same_facts_make_the_same_figure(maker: Maker) -> None:
    assert maker.figure("complete", EN).to_json() == maker.figure("complete", EN).to_json()


@every_maker
def test_a_figure_travels_light(maker: Maker) -> None:
    assert len(drawn(maker, "complete").to_json()) < 40_000


def colours_in(figure: go.Figure) -> set[str]:
    return set(re.findall(r"#[0-9A-F]{6}", spoken_by(figure)))


def colours_of(look: Look) -> set[str]:
    return {getattr(look, name) for name in LIGHT.__slots__}


def test_no_two_parts_of_a_look_share_a_colour() -> None:
    for look in (LIGHT, DARK):
        assert len(colours_of(look)) == len(LIGHT.__slots__)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("part", ["text", "muted", "good", "bad"])
def test_what_is_read_has_contrast_for_reading(look: Look, part: str) -> None:
    assert contrast(getattr(look, part), look.ground) >= 4.5


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("part", ["actual", "previous"])
def test_what_is_seen_has_contrast_for_seeing(look: Look, part: str) -> None:
    assert contrast(getattr(look, part), look.ground) >= 3


def test_what_happened_is_solid_and_what_is_expected_is_hollow_and_dotted() -> None:
    figure = outlook_figure(panels_of("complete")[0], DEADLINE, SUBJECT, EN)
    lines = [trace for trace in figure.data if trace.mode == "lines" and trace.fill is None]
    dashes = {trace.line.dash for trace in lines}
    assert dashes == {"solid", "dot"}
    ends = [trace.marker.color for trace in figure.data if trace.mode == "markers"]
    assert set(ends) == {LIGHT.actual, LIGHT.ground}


def test_the_fan_is_two_bands_that_start_at_the_newest_value() -> None:
    figure = outlook_figure(panels_of("complete")[0], DEADLINE, SUBJECT, EN)
    bands = [trace for trace in figure.data if trace.fill == "toself"]
    assert [band.fillcolor for band in bands] == [LIGHT.band_outer, LIGHT.band_inner]
    for band in bands:
        assert band.x[0] == LAST
        assert band.y[0] == pytest.approx(0.97)
        assert max(band.x) == DEADLINE.ordinal


def test_goal_deadline_and_end_of_what_is_reported_are_marked() -> None:
    figure = outlook_figure(panels_of("complete")[0], DEADLINE, SUBJECT, EN)
    across = {shape.y0 for shape in figure.layout.shapes if shape.y0 == shape.y1}
    upright = {shape.x0 for shape in figure.layout.shapes if shape.x0 == shape.x1}
    assert across == {0, 1}
    assert upright == {DEADLINE.ordinal, LAST}


def test_all_panels_of_the_board_share_one_scale() -> None:
    figure = coverage_figure(panels_of("complete"), DEADLINE, EN)
    assert len({tuple(axis.range) for axis in figure.select_yaxes()}) == 1
    assert len({tuple(axis.range) for axis in figure.select_xaxes()}) == 1


def test_a_partner_without_figures_keeps_its_place_and_says_so() -> None:
    panels = [CoveragePanel("AT", course(12)), CoveragePanel("DE", pd.Series(dtype=float))]
    figure = coverage_figure(panels, DEADLINE, EN)
    assert len(list(figure.select_xaxes())) == 2
    assert any("Germany" in text and "no figure yet" in text for text in texts_of(figure))


def test_a_precedent_is_grey_and_has_no_deadline() -> None:
    figure = coverage_figure(panels_of("complete")[1:], DEADLINE, EN)
    assert {trace.line.color for trace in figure.data if trace.mode == "lines"} == {LIGHT.previous}
    assert not any(shape.x0 == shape.x1 == DEADLINE.ordinal for shape in figure.layout.shapes)


def test_three_rows_of_columns_share_one_scale() -> None:
    figure = income_costs_figure(
        money("complete", "result", "own_revenue", "own_costs"), SUBJECT, EN
    )
    lengths = [
        (axis.domain[1] - axis.domain[0]) / (axis.range[1] - axis.range[0])
        for axis in figure.select_yaxes()
    ]
    assert lengths == pytest.approx([lengths[0]] * 3)


@pytest.mark.parametrize("amount", [np.nan, 0.0, 5.0, -5.0])
def test_a_row_of_columns_has_a_place_whatever_its_amounts(amount: float) -> None:
    frame = money("complete", "result", "own_revenue", "own_costs").tail(8)
    figure = income_costs_figure(frame.assign(result=amount, own_revenue=amount), SUBJECT, EN)
    for axis in figure.select_yaxes():
        assert axis.range[0] < axis.range[1]
        assert 0 <= axis.domain[0] < axis.domain[1] <= 1


def test_a_quarter_without_figures_keeps_its_place_among_columns() -> None:
    figure = income_costs_figure(money("gap", "result", "own_revenue", "own_costs"), SUBJECT, EN)
    assert all(len(bar.x) == 24 and bar.y.count(None) == 1 for bar in figure.data)
    assert all(bar.text[bar.y.index(None)] == "" for bar in figure.data)


def test_many_columns_show_only_the_values_that_matter() -> None:
    frame = money("complete", "result", "own_revenue", "own_costs")
    for frame_length, most in ((24, 3), (8, 8)):
        figure = income_costs_figure(frame.tail(frame_length), SUBJECT, EN)
        assert all(0 < sum(bool(text) for text in bar.text) <= most for bar in figure.data)


def test_up_to_three_countries_share_a_panel_and_more_have_their_own() -> None:
    def panels(countries: int) -> int:
        figure = compare_figure(wide("complete", countries), compared(Unit.FRACTION), EN)
        return len(list(figure.select_xaxes()))

    assert [panels(countries) for countries in (1, 3, 4, 5)] == [1, 1, 4, 5]


def test_ages_are_counted_in_quarters_since_launch() -> None:
    frame = wide("complete", 2).reset_index(drop=True)
    figure = compare_figure(frame, compared(Unit.FRACTION, "launch"), EN)
    assert "Quarters since launch" in figure.layout.title.text
    assert figure.layout.xaxis.ticktext[:2] == ("0", "4")


@pytest.mark.parametrize("unit", [*(unit for unit in Unit if unit is not Unit.CURRENCY), LOCAL])
@every_language
def test_every_unit_can_be_compared(unit: str, language: str) -> None:
    figure = compare_figure(wide("complete", 4), compared(unit), words_of(language))
    assert "," in figure.layout.title.text.split("<br>")[1]


def test_the_highest_value_is_told_first() -> None:
    sentence = compare_sentence(wide("complete", 3), compared(Unit.FRACTION), EN)
    places = [sentence.index(name) for name in ("Spain", "Germany", "Austria")]
    assert places == sorted(places)


def test_more_costs_are_bad_and_less_are_good() -> None:
    lines = pd.DataFrame(
        {
            "line": ["Income", "Costs", "Same"],
            "actual": [110.0, 110.0, 100.0],
            "budget": [100.0, 100.0, 100.0],
            "effect": [1, -1, 1],
        }
    )
    variances = plan_figure(lines, SUBJECT, "2022", EN).data[2]
    assert tuple(variances.marker.color) == (LIGHT.good, LIGHT.bad, LIGHT.muted)
    assert tuple(variances.text) == ("+10", "+10", "±0")


def test_actual_is_solid_and_budget_an_outline() -> None:
    budget, actual = plan_figure(plan_lines("complete"), SUBJECT, "2022", EN).data[:2]
    assert budget.marker.color == "rgba(0,0,0,0)"
    assert budget.marker.line.color == LIGHT.actual
    assert actual.marker.color == LIGHT.actual


def test_a_relative_variance_of_a_negative_budget_is_not_applicable() -> None:
    figure = plan_figure(plan_lines("complete"), SUBJECT, "2022", EN)
    assert texts_of(figure).count(EN.text("chart.plan.not-applicable")) == 1


def test_names_at_line_ends_keep_their_distance() -> None:
    frame = pd.DataFrame({"before_support": course(8), "after_support": course(8) + 1e-4}) * 1e5
    notes = results_figure(frame, SUBJECT, EN).layout.annotations
    assert abs(notes[0].yshift - notes[1].yshift) >= 30


def waterfall_bars(steps: Waterfall) -> go.Figure:
    return bridge_figure([steps], WINDOWS, SUBJECT, EN)


def test_each_row_of_a_waterfall_begins_where_the_one_above_ended() -> None:
    bars = waterfall_bars(waterfall("complete")).data[0]
    assert list(bars.base) == [0, -20e3, 220e3, -90e3, -90e3, 0]
    assert list(bars.x) == [-20e3, 240e3, -310e3, 0, -30e3, -120e3]


def test_an_effect_is_coloured_by_what_it_does_to_the_result_and_bears_its_sign() -> None:
    figure = waterfall_bars(waterfall("complete"))
    good, bad, none = LIGHT.good, LIGHT.bad, LIGHT.muted
    assert list(figure.data[0].marker.color) == [
        *(LIGHT.previous, good, bad, none, bad, LIGHT.actual)
    ]
    said = texts_of(figure)
    assert {"+240", "\u2212310", "±0", "\u221230"} <= set(said)
    assert "<b>\u2212120</b>" in said


def test_a_line_of_the_statement_is_solid_and_bears_no_sign_beside_that_of_its_name() -> None:
    steps = (
        Step("Own revenue", 100e3, Shape.TOTAL),
        Step("Team", -60e3, Shape.LINE, shown="\u2212 Team"),
        Step("Result", 40e3, Shape.TOTAL),
    )
    figure = statement_figure(steps, WINDOWS.second, SUBJECT, EN)
    assert set(figure.data[0].marker.color) == {LIGHT.actual}
    assert {"\u2212 Team", "60", "<b>40</b>"} <= set(texts_of(figure))
    assert "Team" not in statement_sentence(steps, WINDOWS.second, SUBJECT, EN)


def test_the_bridge_tells_the_largest_effects_first_and_nothing_of_nothing() -> None:
    sentence = bridge_sentence([waterfall("complete")], WINDOWS, SUBJECT, EN)
    assert sentence.index("310") < sentence.index("240") < sentence.index("30\u00a0kEUR.")
    assert "Same" not in sentence
    same = (Step("Before", 5.0, Shape.PREVIOUS), Step("After", 5.0, Shape.TOTAL))
    assert "nothing" in bridge_sentence([same], WINDOWS, SUBJECT, EN)


def test_the_difference_names_every_change_with_what_it_does() -> None:
    steps = waterfall("complete")
    figure = difference_figure([steps, steps], DEADLINE, SUBJECT, EN)
    assert list(figure.data[0].base) == 2 * [0, -20e3, 220e3, -90e3, -90e3, 0]
    sentence = difference_sentence([steps, steps], DEADLINE, SUBJECT, EN)
    assert {name for name in ("Volume", "Same", "Team") if name in sentence} == {
        *("Volume", "Same", "Team")
    }
    assert EN.text("chart.empty") == difference_sentence([], DEADLINE, SUBJECT, EN)
