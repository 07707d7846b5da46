"""docs/metrics.md on levers, scenarios and goal seek is what the code says."""

from __future__ import annotations

import re

import pytest

from smartfin.analysis.bridge import PartCode
from smartfin.analysis.scenario import (
    TOLERANCES,
    EffectCode,
    Found,
    difference_of,
    lever_range,
    scenario_of,
    seek,
)
from smartfin.analysis.scenario.decisions import weights
from smartfin.analysis.scenario.marks import LAUNCH, LONGEST
from smartfin.scenario import (
    LEVERS,
    NO_CHANGES,
    Changes,
    Event,
    EventKind,
    LeverCode,
    LeverSetting,
    find_lever,
)
from smartfin.settings import Level
from tests.test_docs import section, worked
from tests.unit.scenario_builders import LAST, NEXT, WHOLE, drawn, happens, moved, whole

STEADY = drawn(whole(), Level.SUPPORTED)
BEFORE_SUPPORT = drawn(whole())
BOTH = Changes(
    (LeverSetting(LeverCode.FEE, 0.01, NEXT), LeverSetting(LeverCode.VOLUME_GROWTH, 0.1, NEXT))
)
EVENTS = {
    "hire": Event(EventKind.HIRE, NEXT + 1, 8_000.0),
    "rent": Event(EventKind.RENT, NEXT, 4_000.0, until=NEXT + 1),
    "grant": Event(EventKind.GRANT, NEXT + 2, 900.0),
    "fee_vote": Event(EventKind.FEE_VOTE, NEXT + 2, 9.0),
}


def rows(name: str) -> dict[str, list[str]]:
    """The rows of the first table of a section, by the code they begin with."""
    found = re.findall(r"^\| `(\w+)`[^|]* \|(.*)\|$", section(name), re.MULTILINE)
    return {code: [cell.strip() for cell in cells.split("|")] for code, cells in found}


def proved(text: str, value: float | None) -> None:
    """A sum of the page is worked out and is what the code computes."""
    by_hand, printed = worked(text)
    assert value == pytest.approx(by_hand, rel=1e-6, abs=1e-6)
    assert printed == pytest.approx(by_hand, abs=0.006 if abs(by_hand) >= 500 else 0.00006)


def sums(name: str) -> list[str]:
    """The sums of a section outside its tables."""
    prose = [line for line in section(name).splitlines() if not line.startswith("|")]
    return re.findall(r"`([-(\d][^`]*[\d)] = -?[\d.]+)`", "\n".join(prose))


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def gained(changes: Changes) -> float:
    return scenario_of(STEADY, changes).mean.result - scenario_of(STEADY, NO_CHANGES).mean.result


def test_the_steady_partner_of_the_page_is_that_of_the_tests() -> None:
    text = section("Levers").replace(",", "")
    stated = ("invoiced_volume", "fee_revenue", "membership_fees", "staff_costs", "adviser_costs")
    assert all(f"{WHOLE[item]:.0f}" in text for item in (*stated, "rent_costs", "depreciation"))
    mean = scenario_of(BEFORE_SUPPORT, NO_CHANGES).mean
    assert (mean.result, mean.fixed + mean.variable) == (-4_000, 40_000)


def test_the_levers_of_the_page_are_those_of_the_code() -> None:
    table = rows("Levers")

    assert list(table) == [lever.code.value for lever in LEVERS]
    for lever in LEVERS:
        _, low, high, step, helps, pain, *_ = table[lever.code]
        printed = tuple(number(cell) for cell in (low, high, step, pain))
        assert printed == (lever.low, lever.high, lever.step, lever.pain)
        assert helps == {+1: "+", -1: "−"}[lever.helps]


@pytest.mark.parametrize("code", LeverCode)
def test_what_a_lever_adds_is_worked_out_on_the_page(code: LeverCode) -> None:
    *_, amount, example = rows("Levers")[code]

    proved(example, gained(moved(code, number(amount))))


@pytest.mark.parametrize("kind", EventKind)
def test_what_an_event_adds_is_worked_out_on_the_page(kind: EventKind) -> None:
    proved(rows("Scenario")[kind][-1], gained(happens(EVENTS[kind])))


def test_ramps_of_the_page_are_those_of_the_code() -> None:
    (ramp,), (left,) = sums("Levers"), sums("Scenario")
    felt = weights(LAST, 1, LAST.ordinal, 4)

    proved(ramp, float(weights(NEXT, 3, LAST.ordinal, 4)[1]))
    proved(left, 0.01 * float(felt[-1] - felt[0]))


def test_cash_ahead_of_the_page_is_that_of_the_code() -> None:
    cash = scenario_of(BEFORE_SUPPORT, NO_CHANGES).cash
    (example,) = sums("Cash ahead")

    proved(example, cash.quarters[0].median)
    assert cash.runs_out == LAST + 7


def test_the_social_price_of_the_page_is_that_of_the_code() -> None:
    amounts = {
        LeverCode.FEE: 0.01,
        LeverCode.VOLUME_GROWTH: 0.1,
        LeverCode.ADVISERS_PER_MEMBER: -0.2,
        LeverCode.MEMBER_SERVICES: -0.1,
    }
    changes = Changes(tuple(LeverSetting(*each, NEXT) for each in amounts.items()))
    after = {each.code: each.after.value for each in scenario_of(STEADY, changes).social}
    table = rows("Social price")

    assert list(table) == [code.value for code in EffectCode]
    for code in EffectCode:
        proved(table[code][-1], after[code])


def test_the_difference_of_the_page_is_that_of_the_code() -> None:
    cells = re.findall(
        r"^\| `(\w+)`[^|]* \| `(\w+)` \|[^|]*\| (`.+`) \|$", section("Difference"), re.MULTILINE
    )
    found = difference_of(BEFORE_SUPPORT, NO_CHANGES, BOTH)

    assert len(cells) == len(found.cells)
    for cause, part, example in cells:
        proved(example, found.amount(LeverCode(cause), PartCode(part)))


def test_goal_seek_of_the_page_is_that_of_the_code() -> None:
    needed, pain = sums("Goal seek")
    answer = seek(BEFORE_SUPPORT, NO_CHANGES, LeverCode.FEE, 0.65)
    scale = lever_range(BEFORE_SUPPORT, LeverCode.OTHER_INCOME).pain

    assert isinstance(answer, Found)
    proved(needed, answer.amount)
    proved(pain, (0.007 / find_lever(LeverCode.FEE).pain) ** 2 + (1_600 / scale) ** 2)
    tolerances = [each.amount for each in TOLERANCES.values()]
    assert tolerances == [0.02, 0.1, 0.1]
    assert "2 points of `members_share`, 10 % of" in section("Goal seek")


def test_marks_of_the_page_are_those_of_the_code() -> None:
    text = section("Marks")

    assert f"1 to {LONGEST} quarters earlier" in text
    assert f"a partner's {LAUNCH}th quarter" in text
    by_hand, printed = worked(*sums("Marks"))
    assert printed == pytest.approx(by_hand)
