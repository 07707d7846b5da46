"""A partner beside a closed case: the quarters laid side by side, and what each signal comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from smartfin.analysis.warning import Record, Sight, find_rule, record_of
from smartfin.analysis.warning.precedents import (
    SHOWN_WITHIN,
    Alignment,
    Likeness,
    Precedent,
    RedRun,
    Resemblance,
    Signal,
    aligned,
    red_run,
    resemblance,
)
from smartfin.partner import Partner, Status
from smartfin.quarter import Quarter
from tests.unit.analysis_builders import BALANCED, a_partner, some_settings, table_of

DEADLINE = Quarter(2023, 4)
DECIDED = Quarter(2020, 1)
SETTINGS = some_settings()
RED, AMBER, CALM = 20.0, 30.0, 60.0  # active of 100 members: red under 25, amber under 40
UNKNOWN = np.nan


def here_is(launch: str = "2016-Q1") -> Partner:
    return replace(a_partner(), code="AT", launch=Quarter.parse(launch))


def there_is(launch: str = "2014-Q3", code: str = "NL") -> Partner:
    closed = a_partner(Status.INACTIVE, since=date(2020, 4, 1))
    return replace(closed, code=code, launch=Quarter.parse(launch))


def record(
    who: Partner, *active: float, last: str, rules: tuple[str, ...] = ("active_share",)
) -> Record:
    rows = [{**BALANCED, "members_active": each, "members_total": 100.0} for each in active]
    seen = Sight(who, table_of(*rows, last=last), SETTINGS)
    return record_of(seen, tuple(find_rule(code) for code in rules))


def precedent(*active: float, rules: tuple[str, ...] = ("active_share",)) -> Precedent:
    """A closed case with these shares of active members, the last one at its decision."""
    who = there_is()
    return Precedent(who, record(who, *active, last=str(DECIDED), rules=rules), DECIDED)


def beside(
    here: tuple[float, ...],
    there: tuple[float, ...],
    alignment: Alignment = Alignment.DISTANCE,
    quarter: str = "2023-Q4",
) -> Resemblance | None:
    who = here_is()
    told = record(who, *here, last=quarter)
    return resemblance(who, told, Quarter.parse(quarter), precedent(*there), alignment, DEADLINE)


def signal(here: tuple[float, ...], there: tuple[float, ...]) -> Signal:
    found = beside(here, there)
    assert found is not None
    (only,) = found.signals
    return only


# ---------------------------------------------------------------- which quarters


def test_at_the_same_age_both_have_had_as_many_quarters() -> None:
    """Launched 2018-Q1, it is 19 quarters on in 2022-Q4; the other was in 2019-Q2."""
    here, there = aligned(
        here_is("2018-Q1"), Quarter(2022, 4), precedent(RED), Alignment.AGE, DEADLINE
    )
    assert (here, there) == (Quarter(2022, 4), Quarter(2019, 2))


def test_an_older_partner_is_looked_at_at_the_age_of_the_decision() -> None:
    """The other had 22 quarters behind its first when it was decided."""
    here, there = aligned(
        here_is("2012-Q2"), Quarter(2022, 4), precedent(RED), Alignment.AGE, DEADLINE
    )
    assert (here, there) == (Quarter(2017, 4), DECIDED)


def test_at_the_same_distance_as_many_quarters_are_left() -> None:
    here, there = aligned(here_is(), Quarter(2022, 4), precedent(RED), Alignment.DISTANCE, DEADLINE)
    assert (here, there) == (Quarter(2022, 4), DECIDED + -4)


def test_after_the_deadline_the_other_is_looked_at_at_its_decision() -> None:
    here, there = aligned(here_is(), Quarter(2024, 3), precedent(RED), Alignment.DISTANCE, DEADLINE)
    assert (here, there) == (Quarter(2024, 3), DECIDED)


def test_without_figures_in_a_quarter_there_is_nothing_to_lay_beside() -> None:
    """Two quarters before its decision the other had handed in nothing yet."""
    assert beside((RED,), (RED, RED), quarter="2023-Q2") is None
    assert beside((RED,), (RED, RED, RED), quarter="2023-Q2") is not None


# ---------------------------------------------------------------- what a signal comes to


@pytest.mark.parametrize(
    ("here", "there", "likeness"),
    [
        (RED, RED, Likeness.BOTH),
        (CALM, RED, Likeness.THERE),
        (AMBER, RED, Likeness.THERE),
        (RED, CALM, Likeness.HERE),
        (AMBER, AMBER, Likeness.NEITHER),
        (CALM, CALM, Likeness.NEITHER),
        (UNKNOWN, RED, Likeness.UNKNOWN),
        (RED, UNKNOWN, Likeness.UNKNOWN),
        (UNKNOWN, UNKNOWN, Likeness.UNKNOWN),
    ],
)
def test_only_what_is_red_on_both_sides_matches(
    here: float, there: float, likeness: Likeness
) -> None:
    assert signal((here,), (there,)).likeness is likeness


def test_a_flag_that_stands_on_an_older_figure_is_still_compared() -> None:
    assert signal((RED, UNKNOWN), (RED,)).likeness is Likeness.BOTH


def test_a_signal_says_how_long_before_its_decision_the_other_showed_it() -> None:
    found = signal((CALM,), (CALM, RED, RED, RED))
    assert (found.red_there_from, found.lead) == (DECIDED + -2, 2)


def test_a_signal_the_other_never_showed_has_no_date() -> None:
    found = signal((RED,), (AMBER, AMBER))
    assert (found.red_there_from, found.lead) == (None, None)


def test_a_law_of_one_country_is_left_out() -> None:
    """Sweden's test of capital says nothing of the Netherlands, nor theirs of Sweden."""
    rules = ("active_share", "se_capital")
    who = replace(here_is(), code="SE")
    told = record(who, RED, last="2023-Q4", rules=rules)
    assert [track.rule.code for track in told.tracks] == list(rules)
    found = resemblance(
        who, told, Quarter(2023, 4), precedent(RED, rules=rules), Alignment.DISTANCE, DEADLINE
    )
    assert found is not None
    assert [each.rule for each in found.signals] == ["active_share"]


def test_there_is_no_score() -> None:
    """What matches and what does not stay apart: nothing adds them up."""
    found = beside((RED,), (RED,))
    assert found is not None
    assert [each.rule for each in found.of(Likeness.BOTH)] == ["active_share"]
    assert not any("score" in name for name in dir(found))


# ---------------------------------------------------------------- the red flag before a decision


def run_of(*active: float, decided: Quarter = DECIDED, last: Quarter = DECIDED) -> RedRun | None:
    (track,) = record(there_is(), *active, last=str(last)).tracks
    return red_run(track, decided)


def test_a_red_flag_is_dated_from_its_first_quarter() -> None:
    assert run_of(CALM, RED, RED, RED) == RedRun(DECIDED + -2, DECIDED)


def test_a_long_red_flag_begins_before_the_two_years() -> None:
    assert run_of(*[RED] * 12) == RedRun(DECIDED + -11, DECIDED)


def test_a_red_flag_that_had_cleared_ends_where_it_did() -> None:
    """Back for two quarters clears it: it was red in the two before the second of them."""
    assert run_of(RED, RED, CALM, CALM, CALM) == RedRun(DECIDED + -4, DECIDED + -2)


def test_the_last_of_two_red_flags_counts() -> None:
    assert run_of(RED, CALM, CALM, CALM, RED) == RedRun(DECIDED, DECIDED)


def test_a_flag_that_cleared_two_years_before_is_no_sign() -> None:
    """Red up to seven quarters before the decision counts, up to eight before does not."""
    assert SHOWN_WITHIN == 8
    assert run_of(RED, RED, *[CALM] * 8) == RedRun(DECIDED + -9, DECIDED + -7)
    assert run_of(RED, RED, *[CALM] * 9) is None


def test_what_came_after_the_decision_is_no_sign() -> None:
    assert run_of(CALM, RED, RED, decided=DECIDED + -2) is None
