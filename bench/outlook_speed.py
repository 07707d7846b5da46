"""1,000 outlooks against a plain vectorised floor of the same size.

    python -m bench.outlook_speed [--outlooks 1000]

The floor simulates what any such outlook must: one residual for each driver, quarter
and path, volume, income, costs, four-quarter sums, the share at break-even. No drift of
its own for each path, no runs, no fan, no money needed, no checks. Both sides run in
turn, five times; the median ratio is printed last (goal: at most 3).
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from smartfin.analysis.forecast.outlook import Outlook
from smartfin.analysis.forecast.simulation import simulate_outlook
from smartfin.quarter import Quarter
from smartfin.settings import Level, OutlookSettings

SETTINGS = OutlookSettings(paths=5000, seed=2023, horizon=20)
LAST = Quarter(2022, 4).ordinal
DEADLINE = Quarter(2023, 4).ordinal
PAIRS = 5


def partner_history() -> pd.DataFrame:
    """Eight years of a growing, seasonal partner with uneven quarters."""
    random = np.random.default_rng(1)
    quarters = np.arange(32)
    season = np.array([0.97, 1.04, 0.88, 1.11])[quarters % 4]
    volume = 500_000 * 1.02**quarters * season * np.exp(random.normal(0, 0.04, 32))
    columns = {
        "invoiced_volume": volume,
        "fee_revenue": 0.08 * volume,
        "bad_debt_expense": 0.01 * volume * random.uniform(0.8, 1.2, 32),
        "staff_costs": 40_000 + 800 * quarters + random.normal(0, 1_000, 32),
        "membership_fees": 2_000 + random.normal(0, 100, 32),
    }
    index = pd.RangeIndex(LAST - 31, LAST + 1, name="quarter")
    return pd.DataFrame(columns, index=index)


def floor_probability(base: np.ndarray, residuals: np.ndarray, seed: int) -> float:
    """The least that a simulated probability takes."""
    random = np.random.default_rng(seed)
    shape = (SETTINGS.horizon // 4, 4, SETTINGS.paths)
    rows = random.integers(len(residuals), size=shape)
    volume, rate, fixed, other = (
        base[:, place, np.newaxis] + residuals[rows, place].cumsum(axis=0) for place in range(4)
    )
    volume = np.exp(volume)
    result = (0.08 * volume + other - rate * volume - fixed).reshape(-1, SETTINGS.paths)
    sums = result[:-3] + result[1:-2] + result[2:-1] + result[3:]
    return float((sums >= 0).mean(axis=1)[0])


def seconds(job: Callable[[int], object], times: int) -> float:
    """Processor time of a job so many times, each with another seed: others may work too."""
    begin = time.process_time()
    for seed in range(times):
        job(seed)
    return time.process_time() - begin


def main() -> None:
    """Measure both sides and print their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--outlooks", type=int, default=1000)
    times = parser.parse_args().outlooks
    table = partner_history()
    random = np.random.default_rng(2)
    base = np.column_stack([np.log(table["invoiced_volume"]), *random.uniform(1, 2, (3, 32))])[-4:]
    residuals = random.normal(0, 0.05, (12, 4))

    def outlook(seed: int) -> None:
        settings = OutlookSettings(SETTINGS.paths, seed, SETTINGS.horizon)
        made = simulate_outlook(table, LAST, DEADLINE, settings, Level.OSS)
        assert isinstance(made, Outlook)

    def floor(seed: int) -> None:
        floor_probability(base, residuals, seed)

    outlook(0)
    floor(0)
    ratios = []
    for pair in range(PAIRS):
        ours, least = seconds(outlook, times), seconds(floor, times)
        ratios.append(ours / least)
        print(f"pair {pair + 1}: {ours:.2f} s for {times} outlooks, floor {least:.2f} s")
    print(f"ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
