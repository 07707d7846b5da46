"""Between the amount of a lever and what the reader sees and types."""

from __future__ import annotations

import math
from dataclasses import dataclass

from smartfin.analysis.partition import OWN_INCOME, SUPPORT
from smartfin.analysis.scenario import Draw, lever_range
from smartfin.analysis.scenario.decisions import decisions_of
from smartfin.analysis.table import trailing_total
from smartfin.scenario import Changes, LeverCode
from smartfin.wording import Words

_PLACES = 2  # decimals of a percentage that is typed
_RATES = frozenset({LeverCode.FEE, LeverCode.VOLUME_GROWTH, LeverCode.VARIABLE_RATE})
_MONEY = frozenset({LeverCode.OTHER_INCOME, LeverCode.SUPPORT})


@dataclass(frozen=True, slots=True)
class LeverScale:
    """How the amounts of a lever are shown and typed.

    Args:
        code: Of the lever.
        today: What is shown at nil: percent, or currency a year; 0 where a change is typed.
        factor: Shown units for each unit of amount.
        cost: Of levers that change costs, these costs today [currency a year]; else None.
        currency: Of the partner.
    """

    code: LeverCode
    today: float
    factor: float
    cost: float | None
    currency: str

    @property
    def is_rate(self) -> bool:
        """Whether it is a percentage that moves in points."""
        return self.code in _RATES

    @property
    def is_money(self) -> bool:
        """Whether it is an amount a year."""
        return self.code in _MONEY

    @property
    def places(self) -> int:
        """Decimals of what is typed."""
        return _PLACES if self._is_fine else 0 if self.is_money else 1

    @property
    def _is_fine(self) -> bool:
        """Whether hundredths of a point matter."""
        return self.code in {LeverCode.FEE, LeverCode.VARIABLE_RATE}

    def shown(self, amount: float) -> float:
        """An amount as it is typed: 10.5 for a fee of 10.5 %."""
        return round(self.today + amount * self.factor, self.places)

    def amount(self, shown: float) -> float:
        """The amount of what was typed; nil where it is today's figure."""
        if round(shown, self.places) == self.shown(0.0):
            return 0.0
        return round((shown - self.today) / self.factor, 2 if self.is_money else 6)

    def level(self, words: Words, amount: float) -> str:
        """The level an amount leads to, in words: 10.5 %, 240 kEUR."""
        if self.is_money:
            return words.amount(self.today + amount, self.currency)
        if self.cost is not None:
            return words.amount(self.cost * (1 + amount), self.currency)
        level = self.today + amount * self.factor
        return words.percent(level / 100, self._digits(level))

    def change(self, words: Words, amount: float) -> str:
        """An amount in words: +0.5 pp, −10 %, +12 kEUR."""
        if self.is_money:
            return words.amount(amount, self.currency, sign=True)
        moved = amount * self.factor
        if self.is_rate:
            return words.points(moved / 100, self._digits(moved))
        return words.percent_change(moved / 100, self._digits(moved))

    def _digits(self, percent: float) -> int:
        """As few decimals as say the same, up to those that are typed."""
        usual = 1 if self.is_rate else 0
        near = 0.5 * 10.0**-self.places
        return usual if abs(round(percent, usual) - percent) < near else self.places

    def moved(self, words: Words, amount: float) -> str:
        """From where to where, in words."""
        before = self.level(words, 0.0)
        if not amount:
            return words.text("lever.unmoved", value=before)
        return words.text(
            "lever.moved",
            before=before,
            after=self.level(words, amount),
            change=self.change(words, amount),
        )


def lever_scale(draw: Draw, changes: Changes, code: LeverCode, growth: float, currency: str) -> (
    LeverScale
):  # fmt: skip
    """How a lever of one partner is shown.

    Args:
        draw: Of the partner.
        changes: What else is decided: a fee vote moves where the fee starts from.
        code: The lever.
        growth: Volume growth of the present course [fraction a year].
        currency: Of the partner.
    """
    today, factor, cost = 0.0, 100.0, None
    if code is LeverCode.FEE:
        today, factor = _fee(draw, changes)
    elif code is LeverCode.VOLUME_GROWTH:
        today, factor = growth * 100, (1 + growth) * 100
    elif code is LeverCode.VARIABLE_RATE:
        statement = draw.past.statement
        today = statement.variable[-4:].sum() / statement.volume[-4:].sum() * 100
    elif code in _MONEY:
        items = OWN_INCOME if code is LeverCode.OTHER_INCOME else SUPPORT
        total = float(trailing_total(draw.past.table, items)[-1])
        today, factor = (0.0 if math.isnan(total) else total), 1.0
    else:
        share = draw.structure.share(code)
        fixed = float(draw.past.statement.fixed[-4:].sum())
        cost = share.value * fixed if share and share.value is not None else None
    return LeverScale(code, float(today), factor, cost, currency)


def lever_bounds(draw: Draw, scale: LeverScale) -> tuple[float, float]:
    """Lowest and highest amount: no rate and no income below nil."""
    reach = lever_range(draw, scale.code)
    nothing = -scale.today / scale.factor if scale.is_rate or scale.is_money else reach.low
    if scale.code is LeverCode.VOLUME_GROWTH:
        nothing = reach.low
    return max(reach.low, min(nothing, 0.0)), reach.high


def unit_words(words: Words, scale: LeverScale) -> str:
    """What is typed into the box of a lever, in words."""
    unit = "money" if scale.is_money else "rate" if scale.is_rate else "change"
    return words.text(f"lever.unit.{unit}", currency=scale.currency)


def _fee(draw: Draw, changes: Changes) -> tuple[float, float]:
    """The fee at the target without the lever, as it is printed, and what a point of it is."""
    decided = decisions_of(draw, changes.without(LeverCode.FEE))
    fee = float(decided.take[draw.target - draw.last - 1]) - draw.fee.margin
    printed = draw.fee.printed
    factor = printed / draw.fee.fee if printed and draw.fee.fee > 0 else 100.0
    return fee * factor, factor
