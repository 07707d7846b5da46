"""A partner of several legal entities: their books put together (docs/metrics.md#entities).

remark       what is said about it: what was removed, what does not agree, what is missing
dealings     what the entities bought from and owe each other, to be taken out
sums         lines of the entities added up, rates weighed
combination  the partner's figures, from its combined workbook or from its entities'
"""

from smartfin.analysis.entities.combination import Combination, combined
from smartfin.analysis.entities.remark import EntityRemark, Remarked, Removed
from smartfin.analysis.entities.sums import WEIGHTS, share_in

__all__ = [
    "WEIGHTS",
    "Combination",
    "EntityRemark",
    "Remarked",
    "Removed",
    "combined",
    "share_in",
]
