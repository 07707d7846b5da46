"""The social project beside the money: twelve indicators, what was bought, the verdict."""

from smartfin.analysis.social.balance import (
    BoughtAlarm,
    Envelope,
    Patience,
    ResultCourse,
    Social,
    SocialState,
    SocialVerdict,
    social_project,
    social_verdict,
)
from smartfin.analysis.social.bought import (
    PAID_BY_MEMBERS,
    BoughtShare,
    Effect,
    EffectCode,
    bought_share,
)
from smartfin.analysis.social.cuts import Remark
from smartfin.analysis.social.measures import (
    MEASURES,
    Direction,
    SocialMeasure,
    Source,
    find_measure,
    refuse_bad_floors,
)
from smartfin.analysis.social.standing import Held, Standing, agreed, standings_at
from smartfin.analysis.social.who_pays import Basis, Payer, WhoPays, fee_change, who_pays

__all__ = [
    "MEASURES",
    "PAID_BY_MEMBERS",
    "Basis",
    "BoughtAlarm",
    "BoughtShare",
    "Direction",
    "Effect",
    "EffectCode",
    "Envelope",
    "Held",
    "Patience",
    "Payer",
    "Remark",
    "ResultCourse",
    "Social",
    "SocialMeasure",
    "SocialState",
    "SocialVerdict",
    "Source",
    "Standing",
    "WhoPays",
    "agreed",
    "bought_share",
    "fee_change",
    "find_measure",
    "refuse_bad_floors",
    "social_project",
    "social_verdict",
    "standings_at",
    "who_pays",
]
