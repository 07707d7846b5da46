"""Smooth paths through yearly figures, and rounding to what a workbook prints."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.samples.generator.profiles import SEED, Profile
from smartfin.quarter import Quarter, quarters_between

Path = npt.NDArray[np.float64]


def quarters_of(profile: Profile) -> tuple[Quarter, ...]:
    """The quarters of a partner's story, oldest first."""
    return tuple(quarters_between(profile.first, profile.last))


def index_of(profile: Profile) -> pd.Index[int]:
    """The same as ordinals: the index of every frame of the story."""
    return pd.Index([quarter.ordinal for quarter in quarters_of(profile)], name="quarter")


def years_of(profile: Profile) -> npt.NDArray[np.int64]:
    """The calendar year of each quarter."""
    return np.array([quarter.year for quarter in quarters_of(profile)])


def through_years(table: Mapping[int, float], profile: Profile) -> Path:
    """Yearly figures at the middle of their years, straight between them, flat outside."""
    moments = [quarter.year + (quarter.number - 0.5) / 4 for quarter in quarters_of(profile)]
    return np.interp(moments, [year + 0.5 for year in table], list(table.values()))


def growing_through(table: Mapping[int, float], profile: Profile) -> Path:
    """The same with even growth between the years."""
    logs = {year: float(np.log(value)) for year, value in table.items()}
    return np.exp(through_years(logs, profile))


def fee_rate(profile: Profile) -> Path:
    """The listed fee [percent of volume]."""
    return np.array(
        [
            next(rate for since, rate in reversed(profile.fees) if since <= quarter)
            for quarter in quarters_of(profile)
        ]
    )


def noise(profile: Profile, name: str, spread: float) -> Path:
    """Factors around 1 that belong to one partner and one purpose, whatever else is drawn."""
    seed = [SEED, zlib.crc32(f"{profile.code}/{name}".encode())]
    draws = np.random.default_rng(seed).normal(0.0, spread, len(quarters_of(profile)))
    return 1 + np.clip(draws, -2 * spread, 2 * spread)


def printed(amounts: Path, step: float) -> Path:
    """Amounts rounded to what the workbook prints."""
    return np.rint(amounts / step) * step
