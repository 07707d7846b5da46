"""What changed on the board."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from smartfin.analysis.changes import BoardChange, ChangeCode, telling_changes
from smartfin.analysis.states import State
from smartfin.analysis.verdict import Verdict, judge
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.quarter import Quarter
from smartfin.settings import Level
from tests.unit.analysis_builders import a_partner, some_settings, with_results

NOW = Quarter.parse("2019-Q4")
SETTINGS = some_settings(deadline="2020-Q4")


@dataclass(frozen=True)
class Known:
    """A partner as it was known."""

    table: pd.DataFrame
    verdict: Verdict


def known(*results: float, partner: str = "ES", quarter: Quarter = NOW) -> Known:
    table = with_results(*results, last=str(quarter))
    who = replace(a_partner(), code=partner)
    return Known(table, judge(who, table, quarter, SETTINGS))


def changes(
    before: dict[str, Known], after: dict[str, Known], limit: int = 2
) -> tuple[BoardChange, ...]:
    return telling_changes(before, after, Level.OSS, limit)


def test_nothing_is_said_when_nothing_changed() -> None:
    same = {"ES": known(*[-500] * 12)}

    assert changes(same, same) == ()


def test_a_changed_verdict_is_told_with_both_states_and_quarters() -> None:
    before = {"ES": known(*[-500] * 12, quarter=NOW + -1)}
    after = {"ES": known(*[-500] * 9, *[3_000] * 4)}

    (change,) = changes(before, after)

    assert change.code is ChangeCode.STATE
    assert change.partner == "ES"
    assert change.facts == {
        "before": State.AT_RISK,
        "after": after["ES"].verdict.state,
        "quarter": NOW,
        "quarter_before": NOW + -1,
        "odds_before": before["ES"].verdict.probability,
        "odds": after["ES"].verdict.probability,
    }


def test_a_changed_verdict_is_told_with_the_coverage_that_went_the_same_way() -> None:
    before = {"ES": known(*[-500] * 12, quarter=NOW + -1)}
    after = {"ES": known(*[-500] * 9, *[3_000] * 4)}

    (better,) = changes(before, after)
    (worse,) = changes(after, before)

    assert better.cause is not None
    assert better.cause.code is ChangeCode.COVERAGE_ROSE
    assert worse.cause is not None
    assert worse.cause.code is ChangeCode.COVERAGE_FELL


def test_a_changed_verdict_has_only_the_odds_there_are() -> None:
    none = replace(
        known(*[-500] * 12, quarter=NOW + -1),
        verdict=replace(
            known(*[-500] * 12, quarter=NOW + -1).verdict,
            state=State.NOT_ASSESSABLE,
            probability=undefined(Unit.FRACTION, Reason.NOTHING_KNOWN),
        ),
    )

    (change,) = changes({"ES": none}, {"ES": known(*[-500] * 13)})

    assert "odds" in change.facts
    assert "odds_before" not in change.facts
    assert change.cause is None


def test_a_rise_and_a_fall_of_coverage_are_told_apart() -> None:
    before = {
        "ES": known(*[-4_000] * 12, quarter=NOW + -1),
        "SE": known(*[-4_000] * 12, quarter=NOW + -1, partner="SE"),
    }
    after = {
        "ES": known(*[-4_000] * 12, -2_000),
        "SE": known(*[-4_000] * 12, -9_000, partner="SE"),
    }

    found = changes(before, after)

    assert [(change.code, change.partner) for change in found] == [
        (ChangeCode.COVERAGE_FELL, "SE"),
        (ChangeCode.COVERAGE_ROSE, "ES"),
    ]


def with_odds(case: Known, probability: float) -> Known:
    """The same with another printed probability and its state kept."""
    return replace(
        case, verdict=replace(case.verdict, probability=Measure(probability, Unit.FRACTION))
    )


def test_a_fall_of_the_odds_by_ten_points_is_told_before_a_move_of_coverage() -> None:
    before = {"ES": with_odds(known(*[-4_000] * 12, quarter=NOW + -1), 0.60)}
    after = {"ES": with_odds(known(*[-4_000] * 12, -2_000), 0.45)}

    (change,) = changes(before, after)

    assert change.code is ChangeCode.ODDS_FELL
    assert change.facts["before"] == Measure(0.60, Unit.FRACTION)
    assert change.facts["after"] == Measure(0.45, Unit.FRACTION)


def test_one_step_of_the_printed_odds_is_not_told() -> None:
    before = {"ES": with_odds(known(*[-4_000] * 12, quarter=NOW + -1), 0.50)}
    after = {"ES": with_odds(known(*[-4_000] * 12, -3_900), 0.55)}

    assert changes(before, after) == ()


def test_a_move_within_a_point_is_not_told() -> None:
    before = {"ES": known(*[-4_000] * 12, quarter=NOW + -1)}
    after = {"ES": known(*[-4_000] * 12, -3_900)}

    assert changes(before, after) == ()


def asked_in(case: Known, last: Quarter, target: Quarter) -> Known:
    """The same with its odds about another quarter."""
    assert case.verdict.outlook is not None
    outlook = replace(case.verdict.outlook, last=last, target=target)
    return replace(case, verdict=replace(case.verdict, outlook=outlook))


def test_a_move_of_the_odds_names_the_quarter_both_are_about() -> None:
    before, after = with_odds(known(*[-4_000] * 12), 0.5), with_odds(known(*[-4_000] * 12), 0.35)
    deadline = SETTINGS.deadline
    soon = asked_in(before, deadline + -1, deadline)
    late = asked_in(after, deadline, deadline + 4)
    later = asked_in(before, deadline + 1, deadline + 5)

    (same,) = changes({"ES": before}, {"ES": after})
    (equally_far,) = changes({"ES": later}, {"ES": late})

    assert same.facts["target"] == deadline
    assert "target" not in equally_far.facts
    assert changes({"ES": soon}, {"ES": late}) == ()


def test_a_correction_is_told_for_the_quarter_it_changed_most() -> None:
    before = {"ES": known(*[-4_000] * 12)}
    after = {"ES": known(*[-4_000] * 6, -6_000, *[-4_000] * 5)}

    (change,) = changes(before, after)

    assert change.code is ChangeCode.RESTATED
    assert change.facts["quarter"] == NOW + -5
    assert change.facts["before"] != change.facts["after"]


def test_a_changed_verdict_comes_before_a_correction_and_that_before_a_move() -> None:
    before = {
        "AT": known(*[-4_000] * 12, quarter=NOW + -1, partner="AT"),
        "DE": known(*[-4_000] * 12, partner="DE"),
        "ES": known(*[-500] * 12, quarter=NOW + -1),
    }
    after = {
        "AT": known(*[-4_000] * 12, -1_000, partner="AT"),
        "DE": known(*[-4_000] * 8, *[-3_900] * 4, partner="DE"),
        "ES": known(*[-500] * 9, *[3_000] * 4),
    }

    found = changes(before, after, limit=3)

    assert [change.partner for change in found] == ["ES", "DE", "AT"]
    assert changes(before, after, limit=1) == found[:1]


def test_a_partner_is_told_of_once() -> None:
    before = {"ES": known(*[-5_000] * 12, quarter=NOW + -1)}
    after = {"ES": known(*[-5_000] * 5, *[-900] * 4, *[3_000] * 4)}

    assert len(changes(before, after, limit=5)) == 1


def test_a_partner_known_on_one_side_only_is_left_out() -> None:
    assert changes({}, {"ES": known(*[-500] * 12)}) == ()
