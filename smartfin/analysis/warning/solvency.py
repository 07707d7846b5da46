"""Rules of solvency that hold everywhere; those of each country are in ``national``."""

from __future__ import annotations

from smartfin.analysis.warning.conditions import Level
from smartfin.analysis.warning.joint import Joint, Part
from smartfin.analysis.warning.rule import Family, Rule
from smartfin.measure import Unit

_ALTMAN = "Altman 1993/95, Z″ for firms that make no goods: 2.60 and 1.10 (finratios) [S]"

SOLVENCY_RULES = (
    Rule(
        code="z_score",
        family=Family.SOLVENCY,
        unit=Unit.SCORE,
        polarity=+1,
        condition=Level("z_score"),
        amber=2.60,
        red=1.10,
        formula="z_score",
        source=_ALTMAN,
    ),
    Rule(
        code="z_score_net",
        family=Family.SOLVENCY,
        unit=Unit.SCORE,
        polarity=+1,
        condition=Level("z_score_net"),
        amber=2.60,
        red=1.10,
        formula="z_score_net",
        source=_ALTMAN,
    ),
    Rule(
        code="net_equity_ratio",
        family=Family.SOLVENCY,
        unit=Unit.FRACTION,
        polarity=+1,
        condition=Level("net_equity_ratio"),
        amber=0.15,
        red=0.08,
        formula="net_equity_ratio",
        source="red: Austrian URG §§ 22–24 (8 %) [S]; amber: house",
    ),
    Rule(
        code="tuckman_chang",
        family=Family.SOLVENCY,
        unit=Unit.COUNT,
        polarity=-1,
        condition=Joint(
            (
                Part(Level("equity_to_revenue"), 0.05, +1),
                Part(Level("revenue_concentration"), 0.90, -1),
                Part(Level("administrative_cost_share"), 0.10, +1),
                Part(Level("operating_margin"), -0.10, +1),
            )
        ),
        amber=1,
        red=3,
        formula="how many hold of: equity_to_revenue < 0.05, revenue_concentration > 0.90,"
        " administrative_cost_share < 0.10, operating_margin < -0.10",
        source="Tuckman and Chang 1991 (tevel) [S]; cut-offs instead of quintiles house",
    ),
)
