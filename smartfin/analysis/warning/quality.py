"""Rules of how sound the result is, and of legal matters that somebody noted."""

from __future__ import annotations

from smartfin.analysis.warning.conditions import Level
from smartfin.analysis.warning.joint import OpenMatters
from smartfin.analysis.warning.rule import Family, Rule
from smartfin.analysis.warning.runs import Losses
from smartfin.measure import Reason, Unit

QUALITY = (
    Rule(
        code="losses",
        family=Family.QUALITY,
        unit=Unit.COUNT,
        polarity=-1,
        condition=Losses("result_before_support_quarter", "result_before_support"),
        amber=4,
        red=8,
        formula="quarters in a row with result_before_support_quarter < 0; red only where"
        " result_before_support is no better than four quarters earlier",
        source="two years of loss (sterck) [S]; in quarters house",
    ),
    Rule(
        code="largest_client",
        family=Family.QUALITY,
        unit=Unit.FRACTION,
        polarity=-1,
        condition=Level("largest_client_share"),
        amber=0.25,
        red=0.40,
        formula="largest_client_share",
        source="France: 45 % of the volume gone at one stroke [S]; values house",
    ),
    Rule(
        code="fund_cover",
        family=Family.QUALITY,
        unit=Unit.MONTHS,
        polarity=+1,
        condition=Level("fund_cover_months", best=(Reason.NO_RECEIVABLE_LOSSES,)),
        amber=None,
        red=12.0,
        formula="fund_cover_months",
        source="house",
    ),
)

LEGAL = (
    Rule(
        code="legal_open",
        family=Family.LEGAL,
        unit=Unit.COUNT,
        polarity=-1,
        condition=OpenMatters(),
        amber=0,
        red=None,
        formula="legal matters that are open",
        source="France and the Netherlands: what the books cannot show [S]",
    ),
    Rule(
        code="legal_share",
        family=Family.LEGAL,
        unit=Unit.FRACTION,
        polarity=-1,
        condition=OpenMatters(share=True),
        amber=None,
        red=0.25,
        formula="largest share of the volume that an open legal matter threatens",
        source="France: 45 % of the volume gone at one stroke [S]; value house",
    ),
)
