"""What a scenario decides for each quarter ahead: levers and events as plain series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from smartfin.analysis.bridge import PartCode
from smartfin.analysis.forecast.kept_fee import KeptFee
from smartfin.analysis.scenario.draw import Draw, unknown_share
from smartfin.analysis.table import Figures
from smartfin.fee import FeeVote
from smartfin.quarter import Quarter
from smartfin.scenario import Changes, Event, EventKind, LeverCode, LeverSetting

Cause = LeverCode | Event
"""What a difference between two scenarios comes from."""

_YEARLY = {EventKind.HIRE: PartCode.TEAM, EventKind.RENT: PartCode.OTHER}


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """What is decided for each quarter ahead; every series has one figure a quarter.

    Args:
        fee: The fee kept, with the votes of the scenario.
        volume: Factor on the volume drawn.
        takes: Take rate [fraction]: before the scenario, then what each cause adds.
        variable: Added to the variable-cost rate [fraction].
        advisers: Relative change of what advisers cost for each member [fraction].
        services: Relative change of member services [fraction].
        other: Relative change of the other fixed costs [fraction].
        own_income: Added to other income [currency].
        costs: Fixed costs added [currency], and the part of the bridge each is of.
        support: Support added [currency]: the lever, then each grant.
    """

    fee: KeptFee
    volume: Figures
    takes: Mapping[Cause | None, Figures]
    variable: Figures
    advisers: Figures
    services: Figures
    other: Figures
    own_income: Figures
    costs: tuple[tuple[Event, PartCode, Figures], ...] = ()
    support: Mapping[Cause, Figures] = field(default_factory=dict)

    @property
    def take(self) -> Figures:
        """The take rate of each quarter ahead [fraction]."""
        total, *added = self.takes.values()
        for each in added:
            total = total + each
        return total

    def added_costs(self) -> Figures:
        """Fixed costs that events add [currency]."""
        return sum((cost for _, _, cost in self.costs), np.zeros(len(self.volume)))

    def part(self, rows: slice) -> Decisions:
        """The same of some of the quarters."""
        return replace(
            self,
            volume=self.volume[rows],
            takes={cause: rate[rows] for cause, rate in self.takes.items()},
            variable=self.variable[rows],
            advisers=self.advisers[rows],
            services=self.services[rows],
            other=self.other[rows],
            own_income=self.own_income[rows],
            costs=tuple((event, part, cost[rows]) for event, part, cost in self.costs),
            support={cause: amount[rows] for cause, amount in self.support.items()},
        )


def decisions_of(draw: Draw, changes: Changes) -> Decisions:
    """What changes come to in each quarter ahead.

    What was to be felt in quarters reported by now is in their figures, so of each change
    only the part still to come counts: a lever that is half way up adds its other half.

    Args:
        draw: Of the partner.
        changes: What is to be different.

    Source:
        docs/metrics.md#scenario
    """
    settings = {
        setting.lever: setting
        for setting in changes.levers
        if unknown_share(draw, setting.lever) is None
    }

    def ahead(code: LeverCode) -> Figures:
        return _felt(draw, settings[code]) if code in settings else np.zeros(draw.horizon)

    fee, takes = _takes(draw, changes, ahead(LeverCode.FEE))
    support: dict[Cause, Figures] = {LeverCode.SUPPORT: ahead(LeverCode.SUPPORT) / 4}
    for event in changes.events:
        if event.kind is EventKind.GRANT:
            support[event] = support.get(event, np.zeros(draw.horizon)) + _grant(draw, event)
    return Decisions(
        fee=fee,
        volume=_growth(draw, settings.get(LeverCode.VOLUME_GROWTH)),
        takes=takes,
        variable=ahead(LeverCode.VARIABLE_RATE),
        advisers=ahead(LeverCode.ADVISERS_PER_MEMBER),
        services=ahead(LeverCode.MEMBER_SERVICES),
        other=ahead(LeverCode.OTHER_FIXED),
        own_income=ahead(LeverCode.OTHER_INCOME) / 4,
        costs=tuple(
            (event, _YEARLY[event.kind], _lasting(draw, event))
            for event in changes.events
            if event.kind in _YEARLY
        ),
        support=support,
    )


def weights(start: Quarter, ramp: int, last: int, horizon: int) -> Figures:
    """How much of a change is felt in the newest quarter known and in each quarter ahead.

    Formula: (quarters since the start + 1) / (ramp + 1), kept within 0 and 1

    Returns:
        [fraction], shape (1 + horizon,).

    Source:
        docs/metrics.md#scenario

    Example:
        >>> last = Quarter(2022, 4)
        >>> weights(last + 1, ramp=3, last=last.ordinal, horizon=5).tolist()
        [0.0, 0.25, 0.5, 0.75, 1.0, 1.0]
    """
    since = last + np.arange(1 + horizon) - start.ordinal
    felt: Figures = np.clip((since + 1) / (ramp + 1), 0.0, 1.0)
    return felt


def is_over(draw: Draw, change: LeverSetting | Event) -> bool:
    """Whether all of a change lies in quarters reported by now, so that it changes nothing.

    Growth goes on for as long as it is wanted, so that is never over.
    """
    if isinstance(change, Event):
        ends = change.until.ordinal if change.until else change.quarter.ordinal
        return ends <= draw.last
    full = change.start.ordinal + change.ramp
    return full <= draw.last and change.lever is not LeverCode.VOLUME_GROWTH


def _felt(draw: Draw, setting: LeverSetting) -> Figures:
    """The amount of a lever as far as it is felt beyond the newest quarter known."""
    felt = weights(setting.start, setting.ramp, draw.last, draw.horizon)
    beyond: Figures = setting.amount * (felt[1:] - felt[0])
    return beyond


def _growth(draw: Draw, setting: LeverSetting | None) -> Figures:
    """Factor on volume: each quarter's part of the yearly growth, multiplied up."""
    if setting is None:
        return np.ones(draw.horizon)
    felt = weights(setting.start, setting.ramp, draw.last, draw.horizon)[1:]
    quarterly: Figures = (1 + setting.amount * felt) ** 0.25
    return quarterly.cumprod()


def _takes(
    draw: Draw, changes: Changes, lever: Figures
) -> tuple[KeptFee, Mapping[Cause | None, Figures]]:
    """The fee with the scenario's votes, and what each cause adds to the take rate.

    Votes are laid on one after the other, oldest first; the lever moves what they come to,
    and it takes no fee below nil.
    """
    fee = draw.fee
    rate: Figures = fee.ahead(draw.horizon)
    takes: dict[Cause | None, Figures] = {None: rate}
    for event in changes.events:
        if event.kind is EventKind.FEE_VOTE and event.quarter.ordinal > draw.last:
            fee = _with_vote(fee, event)
            voted = fee.ahead(draw.horizon)
            takes[event] = takes.get(event, np.zeros(draw.horizon)) + (voted - rate)
            rate = voted
    takes[LeverCode.FEE] = np.maximum(rate + lever, np.minimum(rate, 0.0)) - rate
    return fee, takes


def _with_vote(fee: KeptFee, event: Event) -> KeptFee:
    """The same with one more vote; a vote of the same quarter is replaced by it."""
    kept = [vote for vote in fee.votes if vote.first != event.quarter]
    supposed = Quarter.from_ordinal(fee.last).end  # as if decided by the day the draw knows
    vote = FeeVote(event.quarter, event.amount, event.label, supposed)
    votes = sorted((*kept, vote), key=lambda each: each.first)
    return replace(fee, votes=tuple(votes))


def _lasting(draw: Draw, event: Event) -> Figures:
    """A yearly cost in the quarters it is there, beyond the newest quarter known."""
    quarters = draw.last + np.arange(1 + draw.horizon)
    ends = event.until.ordinal if event.until else quarters[-1]
    there = (quarters >= event.quarter.ordinal) & (quarters <= ends)
    cost: Figures = event.amount / 4 * (there[1:].astype(np.float64) - there[0])
    return cost


def _grant(draw: Draw, event: Event) -> Figures:
    """Money in its quarter."""
    received = np.zeros(draw.horizon)
    place = event.quarter.ordinal - draw.last - 1
    if 0 <= place < draw.horizon:
        received[place] = event.amount
    return received
