"""Every state and every deadline outcome is reached by real tables; currency changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from smartfin.analysis.states import Outcome, RedFlag, State
from smartfin.analysis.verdict import Verdict, judge
from smartfin.analysis.warning import Sight, record_of
from smartfin.partner import Status
from smartfin.quarter import Quarter
from tests.unit.analysis_builders import a_partner, some_settings, steady, with_results

NOW = Quarter.parse("2019-Q4")
AFTER = Quarter.parse("2018-Q4")  # a deadline that four quarters follow
ODD, EVEN = (400, -400, 300, -350), (-300, 350, -450, 380)

Builder = Callable[[float], Verdict]


def judged(
    *results: float,
    deadline: str = "2020-Q4",
    status: Status | None = None,
    last: Quarter = NOW,
    flags: tuple[RedFlag, ...] = (),
) -> Builder:
    """A verdict on these quarterly results, in a currency worth so much of the first."""

    def verdict(worth: float) -> Verdict:
        table = with_results(*results, last=str(last)) * worth
        partner = a_partner(status, date(2019, 1, 1))
        return judge(partner, table, NOW, some_settings(deadline=deadline), flags)

    return verdict


STATES: dict[State, Builder] = {
    State.NOT_ASSESSABLE: judged(*[500] * 12, last=NOW + -2),
    State.AT_RISK: judged(*[-500] * 16),
    State.WATCH: judged(*ODD, *EVEN, *ODD, *EVEN, *ODD),
    State.TOO_EARLY: judged(*[500] * 7),
    State.ON_TRACK: judged(*[-1510 + 100 * place for place in range(16)]),
    State.REACHED_NOT_SECURE: judged(*[500] * 16, flags=(RedFlag("coverage"),)),
    State.REACHED: judged(*[500] * 16),
    State.INACTIVE: judged(*[500] * 16, status=Status.INACTIVE),
    State.CLOSED: judged(*[500] * 16, status=Status.CLOSED),
}

OUTCOMES: dict[Outcome, Builder] = {
    Outcome.OPEN: judged(*[500] * 16),
    Outcome.MET: judged(*[500] * 16, deadline=str(AFTER)),
    Outcome.MET_LOST: judged(*[500] * 12, *[-900] * 4, deadline=str(AFTER)),
    Outcome.MISSED: judged(*[-500] * 16, deadline=str(AFTER)),
    Outcome.MISSED_REACHED_LATE: judged(*[-500] * 12, *[900] * 4, deadline=str(AFTER)),
    Outcome.NOT_REPORTED: judged(*[500] * 12, deadline=str(NOW), last=NOW + -1),
}


@pytest.mark.parametrize("state", State)
def test_every_state_is_reached(state: State) -> None:
    assert STATES[state](1.0).state is state


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_of_the_deadline_is_reached(outcome: Outcome) -> None:
    assert OUTCOMES[outcome](1.0).outcome.code is outcome


@pytest.mark.parametrize("worth", [0.0025, 0.37, 11.4784, 381.9])
@pytest.mark.parametrize("builder", [*STATES.values(), *OUTCOMES.values()])
def test_the_currency_changes_no_verdict(builder: Builder, worth: float) -> None:
    one, other = builder(1.0), builder(worth)

    assert (one.state, one.reason, one.outcome) == (other.state, other.reason, other.outcome)
    assert one.probability == other.probability
    assert (one.since, one.lost_from, one.lost_since) == (
        other.since,
        other.lost_from,
        other.lost_since,
    )


def flags_in(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Every event of every rule: rule, quarter, alarm."""
    sight = Sight(a_partner(), table, some_settings())
    return [
        (event.rule, str(event.quarter), str(event.after)) for event in record_of(sight).events(NOW)
    ]


@pytest.mark.parametrize("worth", [0.0025, 11.4784, 381.9])
def test_the_currency_raises_and_clears_no_flag(worth: float) -> None:
    heads = {"members_total": 200.0, "members_active": 70.0}
    table = steady(20, {"staff_costs": 13_000, "group_contribution_received": 6_000}, str(NOW))
    assert flags_in(table.assign(**heads))

    assert flags_in((table * worth).assign(**heads)) == flags_in(table.assign(**heads))
