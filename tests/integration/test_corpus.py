"""Made workbooks of all habits are read right, or asked about; never wrong in silence.

A fixed part of the corpus; ``python -m bench.corpus`` reads any number and shows single ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from smartfin.facts import Scenario
from smartfin.ingest import read_workbook
from smartfin.items import Statement
from tests.corpus.judged import Outcome, Verdict, judged
from tests.corpus.layout import Layout, chart
from tests.corpus.made import made_layout
from tests.corpus.opened import read_layout
from tests.corpus.plan import HABITS, drawn_plan
from tests.corpus.published import STYLES, published_layout
from tests.corpus.words import LANGUAGES

MADE = 200
PUBLISHED = len(STYLES) * len(LANGUAGES)
WHOLE = 0.98  # of the workbooks that say everything plainly


@cache
def made() -> tuple[tuple[Layout, Verdict], ...]:
    layouts = [made_layout(seed) for seed in range(MADE)]
    return tuple((layout, judged(layout, read_layout(layout))) for layout in layouts)


@cache
def published() -> tuple[tuple[Layout, Verdict], ...]:
    layouts = [published_layout(seed) for seed in range(PUBLISHED)]
    return tuple((layout, judged(layout, read_layout(layout))) for layout in layouts)


def described(layout: Layout, verdict: Verdict, outcome: Outcome) -> str:
    """A seed with the first facts of an outcome, to be looked at with ``--show``."""
    these = [one for one in verdict.differences if one.outcome is outcome][:3]
    facts = "; ".join(f"{' '.join(one.key)} {one.read} for {one.true}" for one in these)
    return f"{layout.seed} {layout.language} {' '.join(layout.habits)}: {facts}"


def with_outcome(cases: tuple[tuple[Layout, Verdict], ...], outcome: Outcome) -> list[str]:
    return [
        described(layout, verdict, outcome) for layout, verdict in cases if verdict.count(outcome)
    ]


def test_no_made_workbook_gives_a_wrong_fact_in_silence() -> None:
    assert with_outcome(made(), Outcome.WRONG_SILENT) == []


def test_no_published_workbook_gives_a_wrong_fact_in_silence() -> None:
    assert with_outcome(published(), Outcome.WRONG_SILENT) == []


def test_no_fact_that_is_plainly_stated_is_left_out_without_a_word() -> None:
    plain = tuple(case for case in made() if not case[0].may_ask)
    assert with_outcome(plain, Outcome.UNREAD_SILENT) == []


def test_the_reader_fails_on_none() -> None:
    assert [layout.seed for layout, verdict in (*made(), *published()) if verdict.crashed] == []


def test_each_planted_fault_is_told() -> None:
    untold = [
        (layout.seed, layout.habits, layout.expects)
        for layout, verdict in made()
        if verdict.fault_untold
    ]
    assert untold == []


def test_what_says_everything_is_read_without_a_question() -> None:
    plain = [(layout, verdict) for layout, verdict in made() if not layout.may_ask]
    not_whole = [
        f"{layout.seed} {layout.language} {' '.join(layout.habits)}"
        for layout, verdict in plain
        if not verdict.is_whole
    ]
    assert len(not_whole) <= (1 - WHOLE) * len(plain), not_whole


def sampled() -> Iterator[Layout]:
    seen: set[str] = set()
    for layout, _ in made():
        ending = layout.name.rpartition(".")[2]
        if ending not in seen:
            seen.add(ending)
            yield layout


def test_the_reading_process_reads_the_same() -> None:
    for layout in sampled():
        inside = read_layout(layout)
        outside = read_workbook(layout.content, layout.name, layout.context)
        assert (layout.seed, outside.facts) == (layout.seed, inside.facts)


# --- the corpus itself


def test_a_seed_makes_the_same_workbook() -> None:
    for seed in (3, 48, 97):
        one, other = made_layout(seed), made_layout(seed)
        assert dict(one.required) == dict(other.required)
        assert read_layout(one).facts == read_layout(other).facts


def test_every_form_of_every_habit_and_language_is_met() -> None:
    plans = [drawn_plan(seed) for seed in range(2 * MADE)]
    met = {form for plan in plans for form in plan.unusual}
    unusual = {f"{habit}={form}" for habit, forms in HABITS.items() for form in forms[1:]}
    assert unusual - met == set()
    assert {plan.language for plan in plans} == set(LANGUAGES)


@pytest.mark.parametrize("seed", range(0, 40, 5))
def test_what_a_made_workbook_says_agrees_with_itself(seed: int) -> None:
    layout = made_layout(seed)
    periods = {key[1] for key in layout.required if key[2] == Scenario.ACTUAL.value}
    for item in chart().values():
        for period in periods:
            parts = [
                sign * (layout.truth((code, period, Scenario.ACTUAL.value)) or 0.0)
                for sign, code in item.parts()
            ]
            total = layout.truth((item.code, period, Scenario.ACTUAL.value))
            if item.derived and total is not None:
                assert total == pytest.approx(sum(parts), abs=1e-3)
    for period in periods:
        assets, equity, debts = (
            layout.truth((code, period, Scenario.ACTUAL.value))
            for code in ("total_assets", "equity", "total_liabilities")
        )
        if assets is not None and equity is not None and debts is not None:
            assert assets == pytest.approx(equity + debts, abs=1e-3)


def test_some_workbook_holds_each_statement() -> None:
    codes = {key[0] for layout, _ in made() for key in layout.required}
    assert {chart()[code].statement for code in codes} == set(Statement)
