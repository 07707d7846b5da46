"""What a scenario changes: levers moved and events dated (docs/metrics.md#scenario)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import isfinite

from smartfin.errors import InputError
from smartfin.measure import Unit
from smartfin.quarter import Quarter
from smartfin.scenario.lever import LeverCode, find_lever

LONGEST_RAMP = 40  # quarters
_LARGEST_AMOUNT = 1e12  # currency
_LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class LeverSetting:
    """A lever moved.

    Args:
        lever: Which.
        amount: How far [unit of the lever].
        start: First quarter in which it is felt.
        ramp: Quarters in which it is felt in part, evenly more each, before it is felt in
            full [0 to 40]; 0 is in full at once.

    Raises:
        InputError: ``scenario-malformed`` for an amount or a ramp out of bounds.
    """

    lever: LeverCode
    amount: float
    start: Quarter
    ramp: int = 0

    def __post_init__(self) -> None:
        lever = find_lever(self.lever)
        low, high = lever.low, lever.high
        if lever.unit is Unit.CURRENCY:
            low, high = -_LARGEST_AMOUNT, _LARGEST_AMOUNT
        _refuse_outside(f"{self.lever}.amount", self.amount, low, high)
        _refuse_outside(f"{self.lever}.ramp", self.ramp, 0, LONGEST_RAMP)


class EventKind(StrEnum):
    """What can happen in a quarter."""

    HIRE = "hire"  # a post: cost a year, from a quarter on
    RENT = "rent"  # premises: the same
    GRANT = "grant"  # money received once; support, so it helps no result before support
    FEE_VOTE = "fee_vote"  # the fee in percent, from a quarter on


_LASTING = frozenset({EventKind.HIRE, EventKind.RENT})


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated, on top of the levers.

    Args:
        kind: What.
        quarter: When, or from when on.
        amount: Hire and rent: currency a year; grant: currency; fee vote: percent, as printed
            [above 0].
        until: Last quarter of a hire or a rent; None where it stays.
        label: What people call it.

    Raises:
        InputError: ``scenario-malformed`` for an amount or an end that cannot be.
    """

    kind: EventKind
    quarter: Quarter
    amount: float
    until: Quarter | None = None
    label: str = ""

    def __post_init__(self) -> None:
        high = 100.0 if self.kind is EventKind.FEE_VOTE else _LARGEST_AMOUNT
        if not 0 < self.amount <= high:
            raise malformed(f"{self.kind}.amount", self.amount, f"0 < x <= {high:g}")
        if self.until is not None and self.kind not in _LASTING:
            raise malformed(f"{self.kind}.until", self.until, "–")
        if self.until is not None and self.until < self.quarter:
            raise malformed(f"{self.kind}.until", self.until, f">= {self.quarter}")
        if len(self.label) > _LONGEST_LABEL:
            raise malformed(f"{self.kind}.label", self.label[:20], f"<= {_LONGEST_LABEL}")


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything a scenario changes; in whatever order it was given.

    Args:
        levers: At most one setting a lever.
        events: Any number.

    Raises:
        InputError: ``scenario-lever-twice``.

    Example:
        >>> fee = LeverSetting(LeverCode.FEE, 0.01, Quarter(2023, 1))
        >>> rent = Event(EventKind.RENT, Quarter(2023, 1), 1_200.0)
        >>> hire = Event(EventKind.HIRE, Quarter(2023, 1), 30_000.0)
        >>> Changes((fee,), (rent, hire)) == Changes((fee,), (hire, rent))
        True
    """

    levers: tuple[LeverSetting, ...] = ()
    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        places = list(LeverCode)
        levers = sorted(self.levers, key=lambda setting: places.index(setting.lever))
        for one, following in pairwise(levers):
            if one.lever is following.lever:
                raise InputError("scenario-lever-twice", lever=one.lever.value)
        object.__setattr__(self, "levers", tuple(levers))
        object.__setattr__(self, "events", tuple(sorted(self.events, key=_place)))

    def setting(self, code: LeverCode) -> LeverSetting | None:
        """How a lever is set; None where it is left alone."""
        return next((setting for setting in self.levers if setting.lever is code), None)

    def without(self, code: LeverCode) -> Changes:
        """The same with one lever left alone."""
        return replace(self, levers=tuple(each for each in self.levers if each.lever is not code))

    def having(self, setting: LeverSetting) -> Changes:
        """The same with one lever set so; at nil it is left alone."""
        rest = self.without(setting.lever)
        return replace(rest, levers=(*rest.levers, setting)) if setting.amount else rest


def _place(event: Event) -> tuple[object, ...]:
    until = event.until.ordinal if event.until else 0
    return event.quarter.ordinal, event.kind.value, event.amount, until, event.label


def _refuse_outside(key: str, value: float, low: float, high: float) -> None:
    if not (isfinite(value) and low <= value <= high):
        raise malformed(key, value, f"{low:g} … {high:g}")


def malformed(key: str, value: object, wanted: str) -> InputError:
    """What is said of a value that cannot be."""
    return InputError("scenario-malformed", key=key, value=str(value), wanted=wanted)


NO_CHANGES = Changes()
