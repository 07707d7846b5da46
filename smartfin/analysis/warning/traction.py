"""Rules of traction: whether the public is found and the volume on its way."""

from __future__ import annotations

from smartfin.analysis.partition import IMPUTED_SUPPORT
from smartfin.analysis.warning.conditions import AgainstSisters, Ahead, Level
from smartfin.analysis.warning.joint import ShareOfNeeded
from smartfin.analysis.warning.rule import Family, Rule
from smartfin.analysis.warning.runs import FallingShare, Holds, Run
from smartfin.measure import Reason, Unit

_AFTER = 12  # quarters a young partner is given before its volume is judged
_NEVER_ENOUGH = (Reason.NO_VOLUME, Reason.EACH_SALE_LOSES, Reason.NEVER_AT_THIS_FEE)
_RESULT = "gap_to_breakeven"  # at the level the board judges on
_NOT_NEEDED = (Reason.VOLUME_REACHED, Reason.COVERED_ANYWAY)

TRACTION = (
    Rule(
        code="active_share",
        family=Family.TRACTION,
        unit=Unit.FRACTION,
        polarity=+1,
        condition=Level("active_share"),
        amber=0.40,
        red=0.25,
        formula="active_share",
        source="seed [S]: the public was not (yet) found; values house",
    ),
    Rule(
        code="members_gained",
        family=Family.TRACTION,
        unit=Unit.COUNT,
        polarity=-1,
        condition=Run("active_members_gained", Holds.NOT_ABOVE_NIL),
        amber=2,
        red=4,
        formula="quarters in a row with active_members_gained <= 0",
        source="seed [S]: the public was not (yet) found; values house",
    ),
    Rule(
        code="members_against_sisters",
        family=Family.TRACTION,
        unit=Unit.FRACTION,
        polarity=+1,
        condition=AgainstSisters("members_active"),
        amber=0.50,
        red=0.25,
        formula="members_active / median members_active of the sisters at the same age",
        source="seed [S]: the public was not (yet) found; values house",
    ),
    Rule(
        code="audience",
        family=Family.TRACTION,
        unit=Unit.COUNT,
        polarity=-1,
        condition=FallingShare("non_creative_share"),
        amber=4,
        red=4,
        formula="quarters in a row in which non_creative_share fell; red only under the"
        " median non_creative_share of the sisters at the same age",
        source="seed [S]: other publics are wanted; values house",
    ),
    Rule(
        code="coverage",
        family=Family.TRACTION,
        unit=Unit.FRACTION,
        polarity=+1,
        condition=Level("coverage"),
        amber=0.85,
        red=0.60,
        formula="coverage",
        source="microfinance practice on operational self-sufficiency [M]; values house",
    ),
    Rule(
        code="coverage_ahead",
        family=Family.TRACTION,
        unit=Unit.FRACTION,
        polarity=+1,
        condition=Ahead("coverage"),
        amber=1.0,
        red=None,
        formula="coverage + slope of coverage over eight quarters * quarters to the deadline",
        source="microfinance practice on operational self-sufficiency [M]; house",
    ),
    Rule(
        code="volume_reached",
        family=Family.TRACTION,
        unit=Unit.FRACTION,
        polarity=+1,
        condition=Level(
            "volume_reached",
            after=_AFTER,
            worst=(Reason.NO_VOLUME, Reason.EACH_SALE_LOSES),
            best=(Reason.COVERED_ANYWAY,),
            result=_RESULT,
        ),
        amber=0.70,
        red=0.40,
        formula=f"volume_reached, after {_AFTER} quarters of activity",
        source="house",
    ),
    Rule(
        code="growth",
        family=Family.TRACTION,
        unit=Unit.FRACTION,
        polarity=+1,
        condition=ShareOfNeeded(
            "growth_achieved",
            "growth_needed",
            worst=_NEVER_ENOUGH,
            best=_NOT_NEEDED,
            after=_AFTER,
            result=_RESULT,
        ),
        amber=0.50,
        red=0.0,
        formula="growth_achieved / growth_needed; at 0 or less red",
        source="house: twice the growth achieved is more than can be hoped for",
    ),
    Rule(
        code="group_dependency",
        family=Family.TRACTION,
        unit=Unit.FRACTION,
        polarity=-1,
        condition=Level(
            "group_dependency_total", at_least="group_dependency", until=IMPUTED_SUPPORT
        ),
        amber=0.25,
        red=0.50,
        formula="group_dependency_total; group_dependency while nobody ever stated what the"
        " group gives without a bill",
        source="logic of the subsidy dependence index (Yaron) [M]; values house",
    ),
    Rule(
        code="group_dependency_rising",
        family=Family.TRACTION,
        unit=Unit.COUNT,
        polarity=-1,
        condition=Run("group_dependency", Holds.RISING),
        amber=4,
        red=None,
        formula="quarters in a row in which group_dependency rose",
        source="logic of the subsidy dependence index (Yaron) [M]; values house",
    ),
)
