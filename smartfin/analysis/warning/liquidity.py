"""Rules of cash and of what hangs on the group's money."""

from __future__ import annotations

from smartfin.analysis.warning.conditions import Increase, Level
from smartfin.analysis.warning.rule import Family, Rule
from smartfin.analysis.warning.runs import Holds, Run
from smartfin.measure import Reason, Unit

_MONTHS = (
    "three to six months is the usual aim, under one a material risk (capadv, council,"
    " foundctr) [S]"
)

LIQUIDITY = (
    Rule(
        code="cash_months",
        family=Family.LIQUIDITY,
        unit=Unit.MONTHS,
        polarity=+1,
        condition=Level("months_of_free_cash"),
        amber=3.0,
        red=1.0,
        formula="months_of_free_cash",
        source=_MONTHS,
    ),
    Rule(
        code="public_debt",
        family=Family.LIQUIDITY,
        unit=Unit.COUNT,
        polarity=-1,
        condition=Run("overdue_public_debt", Holds.ABOVE_NIL),
        amber=1,
        red=2,
        formula="quarters in a row with overdue_public_debt > 0",
        source="Directive (EU) 2019/1023 art. 3: alerts on unpaid taxes and contributions"
        " (gomez) [S]; one and two quarters house",
    ),
    Rule(
        code="receivable_days",
        family=Family.LIQUIDITY,
        unit=Unit.DAYS,
        polarity=-1,
        condition=Increase("receivable_days"),
        amber=15.0,
        red=None,
        formula="receivable_days - receivable_days four quarters earlier",
        source="house",
    ),
    Rule(
        code="cash_without_support",
        family=Family.LIQUIDITY,
        unit=Unit.MONTHS,
        polarity=+1,
        condition=Level("months_of_free_cash_without_support", best=(Reason.NO_SHORTFALL,)),
        amber=3.0,
        red=1.0,
        formula="months_of_free_cash_without_support",
        source=_MONTHS,
    ),
)
