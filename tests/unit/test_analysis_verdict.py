"""Every state and every outcome, its borders, and what never makes a verdict worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartfin.analysis.forecast.pool import Pool
from smartfin.analysis.partition import trailing_statement
from smartfin.analysis.record import deadline_outcome, lost_breakeven, reached_since
from smartfin.analysis.states import DeadlineOutcome, Outcome, RedFlag, State, VerdictReason
from smartfin.analysis.verdict import Verdict, judge, state_of
from smartfin.measure import Reason
from smartfin.partner import Status, StatusChange
from smartfin.quarter import Quarter
from smartfin.settings import Level, VerdictSettings
from tests.unit.analysis_builders import (
    BALANCED,
    a_partner,
    some_settings,
    steady,
    table_of,
    with_results,
)

RULES = VerdictSettings(on_track=0.65, at_risk=0.35, too_early=8, lost_within=8, red_flags=2)
NOW = Quarter.parse("2019-Q4")
COPIED = RedFlag("volume-reached", ("NL",))
UNSEEN = RedFlag("audience")


def losing(*results: float) -> pd.DataFrame:
    """Quarters up to now with these results."""
    return with_results(*results, last=str(NOW))


def verdict_on(table: pd.DataFrame, reporting: Quarter = NOW, **more: object) -> Verdict:
    settings = more.pop("settings", some_settings(deadline="2020-Q4"))
    return judge(a_partner(), table, reporting, settings, **more)  # type: ignore[arg-type]


# ---------------------------------------------------------------- the rule on its own


@pytest.mark.parametrize(
    ("reached", "probability", "flags", "state"),
    [
        (True, 0.65, (), State.REACHED),
        (True, 0.60, (), State.REACHED_NOT_SECURE),
        (True, 0.98, (UNSEEN,), State.REACHED_NOT_SECURE),
        (True, 0.02, (COPIED, COPIED), State.REACHED_NOT_SECURE),
        (False, 0.30, (), State.AT_RISK),
        (False, 0.35, (), State.WATCH),
        (False, 0.60, (), State.WATCH),
        (False, 0.65, (), State.ON_TRACK),
        (False, 0.98, (UNSEEN,), State.WATCH),
        (False, 0.98, (UNSEEN, UNSEEN), State.WATCH),
        (False, 0.98, (COPIED, UNSEEN), State.WATCH),
        (False, 0.98, (COPIED, COPIED), State.AT_RISK),
    ],
)
def test_the_state_is_the_first_row_that_applies(
    reached: bool, probability: float, flags: tuple[RedFlag, ...], state: State
) -> None:
    assert state_of(reached, probability, flags, RULES)[0] is state


@pytest.mark.parametrize(
    ("reached", "probability", "flags", "reason"),
    [
        (True, 0.65, (), VerdictReason.BALANCE_LIKELY_TO_HOLD),
        (True, 0.60, (UNSEEN,), VerdictReason.BALANCE_NOT_LIKELY_TO_HOLD),
        (True, 0.65, (UNSEEN,), VerdictReason.BALANCE_WITH_RED_FLAG),
        (False, 0.30, (COPIED, COPIED), VerdictReason.ODDS_LOW),
        (False, 0.65, (COPIED, COPIED), VerdictReason.RED_FLAGS_OF_PRECEDENT),
        (False, 0.35, (UNSEEN,), VerdictReason.ODDS_OPEN),
        (False, 0.65, (UNSEEN,), VerdictReason.ODDS_GOOD_WITH_RED_FLAG),
        (False, 0.65, (), VerdictReason.ODDS_GOOD),
    ],
)
def test_the_reason_names_what_decided(
    reached: bool, probability: float, flags: tuple[RedFlag, ...], reason: VerdictReason
) -> None:
    assert state_of(reached, probability, flags, RULES)[1] is reason


flags = st.lists(st.sampled_from([COPIED, UNSEEN]), max_size=4).map(tuple)
printed = st.sampled_from([0.02, *(step / 20 for step in range(1, 20)), 0.98])


@given(reached=st.booleans(), low=printed, high=printed, some=flags, more=flags)
def test_a_verdict_never_gets_worse_when_what_it_rests_on_gets_better(
    reached: bool,
    low: float,
    high: float,
    some: tuple[RedFlag, ...],
    more: tuple[RedFlag, ...],
) -> None:
    low, high = min(low, high), max(low, high)

    worse, _ = state_of(reached, low, some + more, RULES)
    better, _ = state_of(reached=True, probability=high, red_flags=some, rules=RULES)
    as_reached, _ = state_of(reached, high, some, RULES)

    assert worse.standing is not None
    assert better.standing is not None
    assert as_reached.standing is not None
    assert worse.standing <= as_reached.standing <= better.standing


# ---------------------------------------------------------------- each state from figures


def test_reached_says_since_when() -> None:
    verdict = verdict_on(losing(*[-500] * 8, *[500] * 8))

    assert verdict.state is State.REACHED
    assert verdict.since == Quarter.parse("2018-Q2")  # its second gain makes up for two losses
    assert verdict.facts["since"] == verdict.since
    assert verdict.result.value == 2000


def test_a_result_of_exactly_nil_is_reached() -> None:
    assert verdict_on(losing(*[0] * 12)).state is State.REACHED


def test_a_gain_that_is_falling_away_is_not_secure() -> None:
    verdict = verdict_on(losing(*[1150 - 100 * place for place in range(12)]))

    assert verdict.result.value == pytest.approx(800)
    assert verdict.state is State.REACHED_NOT_SECURE
    assert verdict.reason is VerdictReason.BALANCE_NOT_LIKELY_TO_HOLD


def test_a_loss_without_movement_is_at_risk() -> None:
    verdict = verdict_on(losing(*[-500] * 12))

    assert verdict.state is State.AT_RISK
    assert verdict.reason is VerdictReason.ODDS_LOW
    assert verdict.facts["probability"] == 0.02


def test_a_loss_that_shrinks_fast_enough_is_on_track() -> None:
    verdict = verdict_on(losing(*[-1110 + 100 * place for place in range(12)]))

    assert verdict.state is State.ON_TRACK
    assert verdict.outlook is not None
    assert verdict.probability.value == verdict.outlook.printed_probability >= 0.65


def test_a_loss_that_may_or_may_not_shrink_is_to_be_watched() -> None:
    one_year, other_year = [400, -400, 300, -350], [-300, 350, -450, 380]

    verdict = verdict_on(losing(*one_year, *other_year, *one_year, *other_year, *one_year))

    assert verdict.state is State.WATCH
    assert verdict.reason is VerdictReason.ODDS_OPEN


def test_red_flags_reach_the_verdict() -> None:
    table = losing(*[-500] * 8, *[500] * 8)

    verdict = verdict_on(table, red_flags=(UNSEEN,))

    assert verdict.state is State.REACHED_NOT_SECURE
    assert verdict.facts["flags"] == ("audience",)


def test_under_eight_quarters_it_is_too_early_even_at_balance() -> None:
    verdict = verdict_on(steady(7, last=str(NOW)))

    assert verdict.state is State.TOO_EARLY
    assert verdict.reason is VerdictReason.HISTORY_SHORT
    assert verdict.facts == {"quarters": 7, "needed": 8}
    assert verdict.probability.reason is Reason.HISTORY_TOO_SHORT


def test_a_partner_of_three_quarters_is_early_not_incomplete() -> None:
    verdict = verdict_on(steady(3, last=str(NOW)))

    assert verdict.state is State.TOO_EARLY
    assert verdict.facts == {"quarters": 3, "needed": 8}


def test_too_few_calm_quarters_are_too_early_for_a_reason_of_their_own() -> None:
    end = Quarter.parse("2021-Q4")

    verdict = verdict_on(steady(12, last=str(end)), end)

    assert verdict.state is State.TOO_EARLY
    assert verdict.reason is VerdictReason.TOO_FEW_CALM_QUARTERS
    assert verdict.probability.reason is Reason.TOO_FEW_CALM_QUARTERS


def test_balance_that_only_rounding_spoils_is_reached() -> None:
    income = {"fee_revenue": 9_000.07, "membership_fees": 0.49}
    costs = {"bad_debt_expense": 1_000.21, "staff_costs": 8_000.35}
    table = steady(12, {**income, **costs}, last=str(NOW))
    statement = trailing_statement(table, Level.OSS)
    assert (statement.income - statement.costs)[-1] < 0

    verdict = verdict_on(table, settings=some_settings(deadline="2019-Q4"))

    assert verdict.state is State.REACHED
    assert verdict.result.value == 0
    assert verdict.ratio.value == 1
    assert verdict.outcome.code is Outcome.MET
    assert verdict.outlook is not None
    assert verdict.outlook.probability == 1


def test_eight_quarters_are_enough() -> None:
    assert verdict_on(steady(8, last=str(NOW))).state is State.REACHED


def test_without_volume_there_is_no_probability() -> None:
    verdict = verdict_on(steady(9, {"invoiced_volume": 0.0}, last=str(NOW)))

    assert verdict.state is State.TOO_EARLY
    assert verdict.reason is VerdictReason.NO_VOLUME


def test_an_inactive_partner_is_shown_by_its_status_and_since_when() -> None:
    partner = a_partner(Status.INACTIVE, date(2020, 4, 1))
    table = steady(12, last="2020-Q1")

    verdict = judge(partner, table, Quarter.parse("2022-Q4"), some_settings())

    assert verdict.state is State.INACTIVE
    assert verdict.facts == {"since": date(2020, 4, 1), "decided": Quarter.parse("2020-Q1")}
    assert verdict.quarter == Quarter.parse("2020-Q1")
    assert verdict.probability.reason is Reason.INACTIVE
    assert verdict.previous is None


def test_before_its_decision_an_inactive_partner_was_judged_like_any_other() -> None:
    partner = a_partner(Status.INACTIVE, date(2020, 4, 1))

    verdict = judge(partner, steady(12, last="2020-Q1"), Quarter.parse("2020-Q1"), some_settings())

    assert verdict.state is State.REACHED


def test_a_closed_partner_is_closed() -> None:
    partner = a_partner(Status.CLOSED, date(2020, 1, 1))

    assert judge(partner, steady(12), Quarter.parse("2022-Q4"), some_settings()).state is (
        State.CLOSED
    )


@pytest.mark.parametrize("status", [Status.INACTIVE, Status.CLOSED])
def test_no_outcome_is_claimed_for_a_partner_that_left(status: Status) -> None:
    partner = a_partner(status, date(2020, 4, 1))
    settings = some_settings(deadline="2019-Q2")
    table = steady(12, last="2020-Q1")

    left = judge(partner, table, Quarter.parse("2022-Q4"), settings)
    before = judge(partner, table, Quarter.parse("2020-Q1"), settings)

    assert left.outcome == DeadlineOutcome(Outcome.OPEN)
    assert before.outcome == DeadlineOutcome(Outcome.MET)


def test_a_verdict_on_an_inactive_partner_does_not_know_that_it_came_back_later() -> None:
    partner = a_partner(Status.INACTIVE, date(2020, 4, 1))
    back = StatusChange(date(2022, 1, 1), Status.ACTIVE)
    partner = replace(partner, history=(*partner.history, back))

    verdict = judge(partner, steady(12, last="2020-Q1"), Quarter.parse("2021-Q2"), some_settings())

    assert verdict.facts == {"since": date(2020, 4, 1), "decided": Quarter.parse("2020-Q1")}


def test_a_correction_of_the_deadline_quarter_settles_the_outcome_anew() -> None:
    settings = some_settings(deadline="2019-Q4")
    missed = losing(*[0] * 15, -1)
    corrected = losing(*[0] * 15, 1)

    assert verdict_on(missed, settings=settings).outcome.code is Outcome.MISSED
    assert verdict_on(corrected, settings=settings).outcome.code is Outcome.MET


def test_one_quarter_behind_is_judged_on_what_is_there() -> None:
    verdict = verdict_on(steady(12, last=str(NOW)), NOW + 1)

    assert verdict.state is State.REACHED
    assert verdict.quarters_behind == 1
    assert verdict.quarter == NOW


def test_two_quarters_behind_is_not_assessable_and_names_the_first_missing_one() -> None:
    verdict = verdict_on(steady(12, last=str(NOW)), NOW + 2)

    assert verdict.state is State.NOT_ASSESSABLE
    assert verdict.reason is VerdictReason.QUARTER_MISSING
    assert verdict.facts == {"quarter": NOW + 1}
    assert verdict.previous is not None
    assert verdict.previous.state is State.REACHED
    assert verdict.previous.quarter == NOW


def test_a_gap_is_not_assessable_and_recalls_the_last_verdict() -> None:
    table = table_of(*[BALANCED] * 10, {}, BALANCED, last=str(NOW))

    verdict = verdict_on(table)

    assert verdict.state is State.NOT_ASSESSABLE
    assert verdict.facts == {"quarter": NOW + -1}
    assert verdict.previous is not None
    assert verdict.previous.quarter == NOW + -2


def test_a_missing_item_is_not_assessable_and_is_named() -> None:
    table = steady(12, last=str(NOW))
    table.loc[NOW.ordinal, "staff_costs"] = float("nan")

    verdict = verdict_on(table)

    assert verdict.state is State.NOT_ASSESSABLE
    assert verdict.reason is VerdictReason.FIGURE_MISSING
    assert verdict.facts == {"item": "staff_costs", "quarter": NOW}


def test_a_partner_that_never_states_its_volume_has_no_verdict_to_recall() -> None:
    table = steady(12, last=str(NOW)).drop(columns="invoiced_volume")

    verdict = verdict_on(table)

    assert verdict.state is State.NOT_ASSESSABLE
    assert verdict.facts == {"item": "invoiced_volume"}
    assert verdict.previous is None


def test_a_partner_without_figures_is_not_assessable() -> None:
    verdict = verdict_on(steady(4, last=str(NOW)).iloc[:0])

    assert verdict.state is State.NOT_ASSESSABLE
    assert verdict.reason is VerdictReason.NOTHING_KNOWN
    assert verdict.quarter is None


def test_full_cost_cannot_be_judged_until_imputed_support_is_stated() -> None:
    settings = some_settings(Level.FSS)

    verdict = verdict_on(steady(12, last=str(NOW)), settings=settings)

    assert verdict.state is State.NOT_ASSESSABLE
    assert verdict.facts == {"item": "imputed_group_services"}


def test_the_level_decides_what_counts() -> None:
    table = steady(12, {"staff_costs": 9_000, "operating_grants": 1_000}, last=str(NOW))

    assert verdict_on(table).state is State.AT_RISK
    assert verdict_on(table, settings=some_settings(Level.SUPPORTED)).state is State.REACHED


def test_unapproved_figures_make_a_verdict_provisional() -> None:
    table = steady(12, last=str(NOW))

    assert verdict_on(table, provisional=True).provisional
    assert not verdict_on(table).provisional


def test_later_figures_are_not_looked_at() -> None:
    early = steady(12, last=str(NOW))
    table = pd.concat([early, steady(4, {"staff_costs": 99_000.0}, last=str(NOW + 4))])

    assert verdict_on(table) == verdict_on(early)


def test_the_printed_probability_decides_not_the_exact_one() -> None:
    settings = some_settings(deadline="2020-Q4")
    table = steady(12, {"staff_costs": 8_400.0}, last=str(NOW))
    table.loc[NOW.ordinal, "fee_revenue"] = 10_000.0  # a dearer fee, which is kept
    certain = replace(settings, verdict=replace(settings.verdict, on_track=0.99))

    verdict = verdict_on(table, settings=certain)

    assert verdict.outlook is not None
    assert verdict.outlook.probability == 1
    assert verdict.state is State.WATCH  # 98 % is printed, and 98 % is under 99 %


# ---------------------------------------------------------------- reached, lost, met, missed


def results_of(*results: float, last: str = "2024-Q4") -> pd.Series[float]:
    end = Quarter.parse(last).ordinal
    index = pd.RangeIndex(end - len(results) + 1, end + 1, name="quarter")
    return pd.Series(results, index=index, dtype="float64")


END = Quarter.parse("2024-Q4")
NONE = float("nan")


def test_breakeven_counts_from_the_last_time_it_began() -> None:
    assert reached_since(results_of(NONE, 1, -1, 0, 2), END.ordinal) == END + -1
    assert reached_since(results_of(3, 1), END.ordinal) == END + -1
    assert reached_since(results_of(3, -1), END.ordinal) is None
    assert reached_since(results_of(3, NONE), END.ordinal) is None


def test_a_lost_breakeven_is_recalled_with_both_dates() -> None:
    lost = lost_breakeven(results_of(-1, 1, 1, -1, -1), END.ordinal, within=8)

    assert lost is not None
    assert (lost.reached, lost.lost) == (END + -3, END + -1)


def test_a_lost_breakeven_is_forgotten_after_eight_quarters() -> None:
    assert lost_breakeven(results_of(1, *[-1] * 8), END.ordinal, within=8) is not None
    assert lost_breakeven(results_of(1, *[-1] * 9), END.ordinal, within=8) is None


def test_nothing_is_lost_while_at_breakeven_or_never_reached() -> None:
    assert lost_breakeven(results_of(-1, 1), END.ordinal, within=8) is None
    assert lost_breakeven(results_of(-1, -1), END.ordinal, within=8) is None


def test_a_verdict_prints_lost_again_with_both_dates() -> None:
    verdict = verdict_on(losing(*[-500] * 6, *[500] * 6, *[-500] * 4))

    assert verdict.state is State.AT_RISK
    assert verdict.lost_from == Quarter.parse("2017-Q4")
    assert verdict.lost_since == NOW + -1
    assert verdict.since is None


DEADLINE = Quarter.parse("2023-Q4").ordinal


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        ((1,), DeadlineOutcome(Outcome.MET)),
        ((0,), DeadlineOutcome(Outcome.MET)),
        ((1, -1, 1), DeadlineOutcome(Outcome.MET)),
        ((1, 1, -1, -1), DeadlineOutcome(Outcome.MET_LOST, Quarter.parse("2024-Q2"))),
        ((1, -1, NONE), DeadlineOutcome(Outcome.MET_LOST, Quarter.parse("2024-Q1"))),
        ((-1,), DeadlineOutcome(Outcome.MISSED)),
        ((-1, -1, -1), DeadlineOutcome(Outcome.MISSED)),
        (
            (-1, -1, 1, 1),
            DeadlineOutcome(Outcome.MISSED_REACHED_LATE, Quarter.parse("2024-Q2"), 2),
        ),
        (
            (-1, 1, -1),
            DeadlineOutcome(Outcome.MISSED_REACHED_LATE, Quarter.parse("2024-Q1"), 1),
        ),
        ((NONE, 1), DeadlineOutcome(Outcome.NOT_REPORTED)),
    ],
)
def test_the_deadline_quarter_fixes_the_outcome(
    results: tuple[float, ...], outcome: DeadlineOutcome
) -> None:
    last = Quarter.from_ordinal(DEADLINE + len(results) - 1)

    assert deadline_outcome(results_of(*results, last=str(last)), DEADLINE, last.ordinal) == outcome


def test_before_the_deadline_the_outcome_is_open() -> None:
    results = results_of(1, 1, last="2023-Q3")

    assert deadline_outcome(results, DEADLINE, DEADLINE - 1).code is Outcome.OPEN
    assert deadline_outcome(results, DEADLINE, DEADLINE).code is Outcome.NOT_REPORTED


def test_a_verdict_carries_its_outcome() -> None:
    settings = some_settings(deadline="2019-Q2")

    verdict = verdict_on(losing(*[-500] * 10, *[400] * 4), settings=settings)

    assert verdict.outcome == DeadlineOutcome(
        Outcome.MISSED_REACHED_LATE, Quarter.parse("2019-Q3"), 1
    )


def test_the_last_verdict_that_could_be_given_knows_the_group_of_then() -> None:
    asked: list[Quarter] = []

    def pool_in(quarter: Quarter) -> Pool | None:
        asked.append(quarter)
        return None

    growing = Pool(np.full(4, 0.2), np.zeros((4, 4)), 3)
    table = steady(16, {"staff_costs": 8_100.0}, last=str(NOW))

    verdict = verdict_on(table, NOW + 3, pool=growing, earlier_pool=pool_in)

    assert verdict.previous is not None
    assert verdict.previous.probability == verdict_on(table).probability
    assert verdict_on(table, pool=growing).probability != verdict_on(table).probability
    assert asked == [NOW]
