"""A scenario simulated anew against the outlook it starts from, in the same run.

    python -m bench.scenario [--times 100]

Both have 5,000 futures. The outlook fits its models, draws and reads; a scenario, with all
levers and one event of each kind set, lays its changes on what was drawn and reads again, and
adds the year to the target, cash and what members feel. Both run in turn, five times; the
median ratio is printed last (goal: at most 2, and under 150 ms a scenario). What one goal
seek takes, of one lever and of several together, is printed beside it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import pandas as pd

from bench.outlook_speed import DEADLINE, LAST, SETTINGS, partner_history, seconds
from smartfin.analysis.forecast.outlook import Outlook
from smartfin.analysis.forecast.simulation import simulate_outlook
from smartfin.analysis.scenario.draw import Draw, draw_of
from smartfin.analysis.scenario.goal import seek
from smartfin.analysis.scenario.limits import social_limits
from smartfin.analysis.scenario.simulate import scenario_of
from smartfin.analysis.scenario.together import seek_together
from smartfin.quarter import Quarter
from smartfin.scenario import NO_CHANGES, Changes, Event, EventKind, LeverCode, LeverSetting
from smartfin.settings import Level

PAIRS = 5
NEXT = Quarter.from_ordinal(LAST + 1)
AMOUNTS = {
    LeverCode.VOLUME_GROWTH: 0.05,
    LeverCode.FEE: 0.005,
    LeverCode.VARIABLE_RATE: -0.001,
    LeverCode.ADVISERS_PER_MEMBER: -0.05,
    LeverCode.MEMBER_SERVICES: -0.05,
    LeverCode.OTHER_FIXED: -0.05,
    LeverCode.OTHER_INCOME: 2_000.0,
    LeverCode.SUPPORT: 5_000.0,
}
EVERYTHING = Changes(
    tuple(LeverSetting(code, amount, NEXT, ramp=2) for code, amount in AMOUNTS.items()),
    (
        Event(EventKind.HIRE, NEXT + 1, 30_000.0),
        Event(EventKind.RENT, NEXT + 1, 6_000.0, until=NEXT + 5),
        Event(EventKind.GRANT, NEXT + 2, 10_000.0),
        Event(EventKind.FEE_VOTE, NEXT + 2, 8.5),
    ),
)


def whole_history() -> pd.DataFrame:
    """The partner of ``outlook_speed`` with every line a lever moves, short of break-even."""
    table = partner_history()
    lines: dict[str, pd.Series[float] | float] = {
        "fee_rate": 8.0, "staff_costs": 1.1 * table["staff_costs"], "adviser_fte": 2.0,
        "adviser_costs": 0.4 * table["staff_costs"], "member_services_costs": 2_000.0,
        "members_active": 400.0, "rent_costs": 3_000.0, "depreciation": 500.0,
        "cash": 200_000.0, "member_balances": 80_000.0, "tax_social_liabilities": 30_000.0,
        "median_member_volume": 4_000.0, "consumer_prices": 100.0,
        "member_payroll_cost": 0.8 * table["invoiced_volume"],
        "member_project_expenses": 0.1 * table["invoiced_volume"],
    }  # fmt: skip
    for item, amounts in lines.items():
        table[item] = amounts
    return table


def milliseconds(job: Callable[[], object]) -> float:
    """Processor time of a job."""
    begin = time.process_time()
    job()
    return 1_000 * (time.process_time() - begin)


def main() -> None:
    """Measure both sides and print their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=100)
    times = parser.parse_args().times
    table = whole_history()
    draw = draw_of(table, LAST, DEADLINE, SETTINGS, Level.OSS)
    assert isinstance(draw, Draw)

    def outlook(_: int) -> None:
        assert isinstance(simulate_outlook(table, LAST, DEADLINE, SETTINGS, Level.OSS), Outlook)

    def scenario(_: int) -> None:
        scenario_of(draw, EVERYTHING)

    outlook(0)
    scenario(0)
    ratios = []
    for pair in range(PAIRS):
        ours, base = seconds(scenario, times), seconds(outlook, times)
        ratios.append(ours / base)
        print(f"pair {pair + 1}: {1_000 * ours / times:.1f} ms a scenario, outlook", end=" ")
        print(f"{1_000 * base / times:.1f} ms")
    fee = milliseconds(lambda: seek(draw, NO_CHANGES, LeverCode.FEE, 0.65))
    bounds = {code: (-0.02, 0.02) for code in LeverCode if AMOUNTS[code] < 1}
    limits = social_limits(draw)
    milliseconds(lambda: seek_together(draw, NO_CHANGES, bounds, 0.65, limits))  # imports scipy
    several = milliseconds(lambda: seek_together(draw, NO_CHANGES, bounds, 0.65, limits))
    print(f"goal seek: {fee:.0f} ms for one lever, {several:.0f} ms for {len(bounds)} together")
    print(f"ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
