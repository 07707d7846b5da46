"""When a flag rises and clears: never at its threshold, never to and fro around it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartfin.analysis.warning import RULES, Rule, refuse_bad_thresholds
from smartfin.analysis.warning.alarms import raised
from smartfin.analysis.warning.rule import COUNTED, GRADED, MEASURED, STATED
from smartfin.analysis.warning.rules import find_rule
from smartfin.analysis.warning.runs import run_lengths
from smartfin.analysis.warning.thresholds import thresholds_of
from smartfin.errors import InputError, SettingsError
from smartfin.quarter import Quarter
from smartfin.settings import ThresholdChange

NAN = float("nan")
CROSSINGS = st.sampled_from([MEASURED, COUNTED, GRADED, STATED])
known = st.floats(-5, 5).map(lambda value: round(value, 3))
series = st.lists(st.one_of(known, st.just(NAN)), min_size=1, max_size=24)
limits = st.floats(-3, 3).map(lambda value: round(value, 2))
polarities = st.sampled_from([+1, -1])


def flag(values: list[float], limit: float = 0.4, polarity: int = +1) -> list[bool]:
    found = raised(np.array(values), np.full(len(values), limit), polarity, MEASURED)
    return [bool(each) for each in found]


def test_it_rises_when_the_figure_passes_by_more_than_two_per_cent() -> None:
    assert flag([0.400, 0.393, 0.392, 0.391]) == [False, False, False, True]


def test_two_per_cent_exactly_is_not_more_whatever_binary_fractions_make_of_it() -> None:
    assert flag([0.4 - 0.4 * 0.02]) == [False]
    assert flag([0.25 * 1.02], limit=0.25, polarity=-1) == [False]


def test_it_clears_after_two_quarters_back_in_a_row() -> None:
    assert flag([0.3, 0.41, 0.39, 0.41, 0.40, 0.3]) == [True, True, True, True, False, True]


def test_a_quarter_between_threshold_and_margin_is_no_quarter_back() -> None:
    assert flag([0.3, 0.41, 0.395, 0.41, 0.395, 0.41]) == [True] * 6


def test_at_a_threshold_of_nil_it_rises_strictly_past_and_clears_at_nil() -> None:
    assert flag([0, 1, 0, 0], limit=0, polarity=-1) == [False, True, True, False]


def test_a_quarter_without_a_figure_neither_raises_nor_clears() -> None:
    assert flag([NAN, 0.3, NAN, NAN, 0.5, NAN, 0.5]) == [False, *[True] * 5, False]


def test_a_count_fires_at_the_count() -> None:
    counts = np.array([1.0, 2, 3, 0, 0])

    found = raised(counts, np.full(5, 2.0), -1, COUNTED)

    assert found.tolist() == [False, True, True, True, False]


def test_what_people_state_rises_and_clears_at_once() -> None:
    open_matters = np.array([0.0, 1, 1, 0])

    assert raised(open_matters, np.zeros(4), -1, STATED).tolist() == [False, True, True, False]


def test_a_gap_begins_a_run_anew() -> None:
    holds, known_there = np.array([True, True, True, True]), np.array([True, True, False, True])

    lengths = run_lengths(holds, known_there)

    assert lengths[[0, 1, 3]].tolist() == [1, 2, 1]
    assert np.isnan(lengths[2])


@given(limit=limits, polarity=polarities, quarters=st.integers(1, 12))
def test_no_flag_rises_at_the_threshold_itself(limit: float, polarity: int, quarters: int) -> None:
    assert not any(flag([limit] * quarters, limit, polarity))


@given(
    limit=st.floats(0.05, 3),
    shares=st.lists(st.floats(-1, 1), min_size=1, max_size=24),
    polarity=polarities,
    before=st.sampled_from([0.5, 1.5]),
)
def test_within_two_per_cent_it_toggles_at_most_once_and_only_to_clear(
    limit: float, shares: list[float], polarity: int, before: float
) -> None:
    around = [limit * (1 + 0.0199 * share) for share in shares]

    found = flag([limit * before, *around], limit, polarity)

    changes = np.diff(np.array(found).astype(int))
    assert (changes <= 0).all()
    assert np.count_nonzero(changes) <= 1


@given(
    values=series,
    worse_by=st.lists(st.floats(0, 2), min_size=24, max_size=24),
    limit=limits,
    polarity=polarities,
    crossing=CROSSINGS,
)
def test_a_worse_series_never_has_a_milder_alarm(
    values: list[float], worse_by: list[float], limit: float, polarity: int, crossing: object
) -> None:
    figures, there = np.array(values), np.full(len(values), limit)
    worse = figures - polarity * np.array(worse_by[: len(values)])

    better_flag = raised(figures, there, polarity, crossing)  # type: ignore[arg-type]
    worse_flag = raised(worse, there, polarity, crossing)  # type: ignore[arg-type]

    assert (worse_flag >= better_flag).all()


@given(values=series, limit=limits, stricter_by=st.floats(0, 2), polarity=polarities)
def test_red_is_never_raised_without_amber(
    values: list[float], limit: float, stricter_by: float, polarity: int
) -> None:
    figures = np.array(values)
    amber_at = np.full(len(values), limit)
    red_at = amber_at - polarity * stricter_by

    amber = raised(figures, amber_at, polarity, COUNTED)
    red = raised(figures, red_at, polarity, COUNTED)

    assert (amber >= red).all()


# ---------------------------------------------------------------- thresholds with history


def changed(rule: str, since: date, **limits: float) -> ThresholdChange:
    return ThresholdChange(
        rule, since, limits.get("amber"), limits.get("red"), "assembly", "threshold[1]"
    )


def test_the_threshold_in_force_at_a_quarters_end_judges_that_quarter() -> None:
    changes = [
        changed("active_share", date(2022, 3, 31), amber=0.5),
        changed("active_share", date(2021, 1, 1), amber=0.45, red=0.3),
        changed("coverage", date(2020, 1, 1), red=0.7),
    ]

    limits = thresholds_of(find_rule("active_share"), changes)

    at = {text: limits.at(Quarter.parse(text)) for text in ("2020-Q4", "2021-Q1", "2022-Q1")}
    assert at == {"2020-Q4": (0.40, 0.25), "2021-Q1": (0.45, 0.30), "2022-Q1": (0.50, 0.30)}
    ordinals = np.array([Quarter.parse(text).ordinal for text in at])
    assert limits.amber(ordinals).tolist() == [0.40, 0.45, 0.50]
    assert limits.red(ordinals).tolist() == [0.25, 0.30, 0.30]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (changed("no_such_rule", date(2022, 1, 1), amber=1), "threshold[1].rule"),
        (changed("coverage", date(2022, 1, 1), red=0.9), "threshold[1].red"),
        (changed("group_dependency", date(2022, 1, 1), amber=0.6), "threshold[1].red"),
        (changed("coverage_ahead", date(2022, 1, 1), red=0.5), "threshold[1].red"),
        (changed("fund_cover", date(2022, 1, 1), amber=24), "threshold[1].amber"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_by_its_key(
    change: ThresholdChange, key: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        refuse_bad_thresholds(RULES, [change])

    assert caught.value.facts["key"] == key


def test_a_sound_change_is_let_through() -> None:
    refuse_bad_thresholds(RULES, [changed("coverage", date(2022, 1, 1), amber=0.9, red=0.7)])


def test_an_unknown_rule_is_refused_with_those_that_exist() -> None:
    with pytest.raises(InputError) as caught:
        find_rule("no_such_rule")

    assert "active_share" in str(caught.value.facts["known"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_has_a_threshold_and_red_is_the_worse(rule: Rule) -> None:
    limits = [limit for limit in (rule.amber, rule.red) if limit is not None]

    assert limits
    assert limits == sorted(limits, reverse=rule.polarity > 0)
