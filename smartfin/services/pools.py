"""What was usual in the group in any quarter, for the outlooks made then."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import pandas as pd

from smartfin.analysis.forecast.drivers import pooled
from smartfin.analysis.forecast.pool import Pool
from smartfin.quarter import Quarter
from smartfin.services.warning.records import Known
from smartfin.settings import Settings


def pools_of(known: Iterable[Known], settings: Settings) -> Callable[[bool, Quarter], Pool | None]:
    """What was usual in a quarter among partners of made-up figures (True) or all others (False).

    Inactive partners have their say: their history is as real as any. Each pool is made once,
    and only where somebody asks for it.
    """
    tables: dict[bool, list[pd.DataFrame]] = {True: [], False: []}
    for each in known:
        tables[each.synthetic].append(each.table)

    @cache
    def pool_in(synthetic: bool, quarter: Quarter) -> Pool | None:
        return pooled(tables[synthetic], quarter.ordinal, settings.level)

    return pool_in
