"""The twelve indicators a partner's social project is judged by (docs/metrics.md#social-balance).

Each has a main figure, which decides, and companions, which are read beside it and decide
nothing. To change the twelve is to change what the assemblies agreed on: it is done here only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from smartfin.analysis.indicators.family import INDICATORS, Indicator
from smartfin.errors import InputError, SettingsError
from smartfin.measure import Unit
from smartfin.social_floor import SocialFloor

TOLERANCE, TOLERANCE_POINTS = 0.10, 0.02
"""How much worse than usual is held all the same: part of the usual value; points of a share."""


class Direction(StrEnum):
    """Which way a figure must not go (message ``social.direction.<code>``)."""

    UP = "up"
    NOT_DOWN = "not_down"
    NOT_SHARPLY_UP = "not_sharply_up"
    STEADY = "steady"  # up is drift to those who earn more, down is poverty
    PARITY = "parity"  # not further from one half
    DOWN = "down"


class Source(StrEnum):
    """Where an indicator comes from (message ``social.source.<code>``)."""

    IRIS = "iris"  # the catalogue of the GIIN; the code stands with the indicator
    DRIFT = "drift"  # literature on depth of outreach and mission drift
    PRINCIPLE_2 = "principle_2"  # of the International Co-operative Alliance
    PRINCIPLE_3 = "principle_3"
    PRINCIPLE_5 = "principle_5"
    PROMISE = "promise"  # Smart's own to its members
    SPI = "spi"  # CERISE, dimension 4


@dataclass(frozen=True, slots=True)
class SocialMeasure:
    """One of the twelve.

    Args:
        number: 1 to 12, as they are read.
        indicators: Codes of the main figure, which decides, and of its companions.
        direction: Which way it must not go.
        source: Where it comes from.
        iris: Its code in the IRIS+ catalogue; empty where it has none.
        floor: The worst that is acceptable unless an assembly says otherwise [unit of the
            main figure]; None for none.
    """

    number: int
    indicators: tuple[str, ...]
    direction: Direction
    source: Source
    iris: str = ""
    floor: float | None = None

    @property
    def code(self) -> str:
        """Its name everywhere, which is that of its main figure (``indicator.<code>``)."""
        return self.indicators[0]

    @property
    def companions(self) -> tuple[str, ...]:
        """What is read beside it."""
        return self.indicators[1:]

    @property
    def indicator(self) -> Indicator:
        """Its main figure."""
        return _BY_CODE[self.code]

    @property
    def unit(self) -> Unit:
        """What its main figure counts."""
        return self.indicator.unit

    @property
    def in_points(self) -> bool:
        """Whether its tolerance is in points of a share, not in parts of the usual value."""
        return self.unit is Unit.FRACTION

    @property
    def tolerance(self) -> float:
        """The tolerance unless an assembly says otherwise [fraction]."""
        return TOLERANCE_POINTS if self.in_points else TOLERANCE


_BY_CODE = {indicator.code: indicator for indicator in INDICATORS}

MEASURES = (
    SocialMeasure(1, ("members_active",), Direction.UP, Source.IRIS, "PI4060"),
    SocialMeasure(2, ("member_retention",), Direction.UP, Source.IRIS, "PI9319"),
    SocialMeasure(3, ("small_user_share",), Direction.NOT_DOWN, Source.DRIFT),
    SocialMeasure(4, ("median_volume_to_pay",), Direction.STEADY, Source.DRIFT),
    SocialMeasure(5, ("members_share",), Direction.NOT_DOWN, Source.PRINCIPLE_3),
    SocialMeasure(6, ("insured_days_per_member",), Direction.UP, Source.IRIS, "OI9028"),
    SocialMeasure(7, ("pay_promise",), Direction.UP, Source.PROMISE, floor=0.98),
    SocialMeasure(
        8, ("members_per_adviser", "adviser_hours_per_member"), Direction.NOT_SHARPLY_UP, Source.SPI
    ),
    SocialMeasure(
        9,
        ("member_services_per_member", "training_hours_per_member"),
        Direction.NOT_DOWN,
        Source.PRINCIPLE_5,
    ),
    SocialMeasure(10, ("assembly_turnout", "member_board_share"), Direction.UP, Source.PRINCIPLE_2),
    SocialMeasure(
        11,
        ("board_women_share", "members_women_share", "pay_gap"),
        Direction.PARITY,
        Source.IRIS,
        "OI8118",
    ),
    SocialMeasure(
        12, ("team_turnover", "sick_days_per_post"), Direction.DOWN, Source.IRIS, "OI1638"
    ),
)


def find_measure(code: str) -> SocialMeasure:
    """The measure of a code.

    Raises:
        InputError: ``indicator-unknown``, with the codes that exist.
    """
    for measure in MEASURES:
        if measure.code == code:
            return measure
    known = ", ".join(measure.code for measure in MEASURES)
    raise InputError("indicator-unknown", indicator=code, known=known)


def refuse_bad_floors(floors: Iterable[SocialFloor]) -> None:
    """Refuse what an assembly cannot have set: a floor for an indicator that is none of the twelve.

    Raises:
        SettingsError: ``setting-malformed``, naming the key.
    """
    known = {measure.code: measure for measure in MEASURES}
    for each in floors:
        if each.measure not in known:
            key, wanted = f"{each.place}.measure", ", ".join(known)
            raise SettingsError("setting-malformed", key=key, value=each.measure, wanted=wanted)
        share = known[each.measure].in_points
        if share and each.floor is not None and each.floor > 1:
            key = f"{each.place}.floor"
            raise SettingsError("setting-malformed", key=key, value=str(each.floor), wanted="0–1")
