"""The rows of a statement: items in sections, totals, and what stands between them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from smartfin.items import Item, Items, Statement
from tests.corpus import labels, units, words
from tests.corpus.accounts import Accounts
from tests.corpus.heads import Head, printed
from tests.corpus.plan import Plan


@dataclass(frozen=True)
class Line:
    """One row.

    Args:
        label: As printed, without decoration.
        item: The line item it is; None for headings, ratios and strangers.
        values: What stands in each column; empty for a heading.
        style: Number format of its cells.
        level: Depth of its label.
        unit: What a unit column says of it.
    """

    label: str
    item: Item | None = None
    values: tuple[float | None, ...] = ()
    style: str = ""
    level: int = 1
    unit: str = ""

    @property
    def is_money(self) -> bool:
        """Whether it holds amounts."""
        if self.item is not None:
            return self.item.unit == "currency"
        return not self.style and bool(self.unit)


class Statements:
    """Writes the rows of one workbook's statements.

    Args:
        plan: Its habits.
        items: The chart of line items.
        accounts: Its figures.
        rng: Where chance comes from.
    """

    def __init__(self, plan: Plan, items: Items, accounts: Accounts, rng: random.Random) -> None:
        self._plan = plan
        self._items = items
        self._accounts = accounts
        self._rng = rng
        self._ambiguous = {name for entry in items.ambiguous for name in entry.labels}
        self._negative = self._items_printed_negative()

    def lines(self, statement: Statement, heads: Sequence[Head]) -> list[Line]:
        """The rows of a statement, for its columns."""
        made: list[Line] = []
        section = -1
        for item in self._kept(statement, heads):
            now = _section(item)
            headed = self._plan.has("sections", "headings") and now >= 0
            totals = self._totals_before(item, heads)
            heading = [self._heading(now, heads)] if headed and now != section else []
            section = now
            made += totals + heading if item.code == "staff_costs" else heading + totals
            made.append(self._line(item, heads))
            if item.code == "staff_costs" and self._plan.has("inner", "details"):
                made += self._details(made[-1])
        if statement is Statement.BALANCE_SHEET:
            made += self._total_of_funding(heads)
        return made + list(self._inner(statement, made, heads))

    def _kept(self, statement: Statement, heads: Sequence[Head]) -> Iterator[Item]:
        """The statement's items that have figures; totals unless they are left out."""
        scenario = heads[0].scenario
        for item in self._items.values():
            if item.statement is not statement or not self._accounts.holds(item.code, scenario):
                continue
            if item.derived and self._plan.has("totals", "none"):
                continue
            if any(self._value(item, head) is not None for head in heads):
                yield item

    def _line(self, item: Item, heads: Sequence[Head]) -> Line:
        label = self._label(item)
        values = tuple(self._value(item, head) for head in heads)
        style = ""
        if item.unit == "percent" and self._plan.form % 2:
            values = tuple(None if value is None else value / 100 for value in values)
            style = "percent"
        level = (
            0 if item.derived else 2 if item.effect == 0 and item.note.endswith("(memo).") else 1
        )
        return Line(label, item, values, style, level, self._unit_word(item))

    def _value(self, item: Item, head: Head) -> float | None:
        value = printed(self._accounts, item, head)
        if value is None or head.kind in ("percent", "share"):
            return value
        return -value if item.code in self._negative else value

    def _items_printed_negative(self) -> frozenset[str]:
        """Items whose figures have a minus that their storage has not."""
        if self._plan.has("signs", "positive"):
            return frozenset()
        costs = [item for item in self._items.values() if item.effect == -1]
        if self._plan.has("signs", "mixed"):
            pnl = [item.code for item in costs if item.statement is Statement.PNL]
            return frozenset(self._rng.sample(pnl, len(pnl) // 2))
        return frozenset({item.code for item in costs} | {"adviser_costs"})

    def _unit_word(self, item: Item) -> str:
        plan = self._plan
        if item.unit == "currency":
            return money_text(plan, most=12)
        return units.UNIT_WORDS[item.unit][plan.language]

    def _label(self, item: Item) -> str:
        """What the row is called."""
        plan = self._plan
        language = plan.language
        if plan.has("labels", "languages") and item.statement is not Statement.PNL:
            language = "en" if language != "en" else "de"
        own = labels.OWN[plan.language].get(item.code)
        if own and plan.has("labels", "own") and self._rng.random() < 0.4:
            return self._rng.choice(own)
        names = [name for name in item.labels[language] if name not in self._ambiguous]
        if plan.has("labels", "ambiguous"):
            doubtful = [
                _in_language(entry.labels, plan.language) for entry in self._items.ambiguous
                if item.code in entry.candidates and item.code not in _LATER_CANDIDATES
                and len(entry.labels) >= len(words.LANGUAGES)
            ]  # fmt: skip
            if doubtful and self._rng.random() < 0.5:
                return self._rng.choice(doubtful)
        if plan.has("labels", "bilingual") and names:
            other = item.labels["fr" if language != "fr" else "nl"][-1]
            return f"{self._rng.choice(names)} / {other}"
        return self._rng.choice(names or list(item.labels[language]))

    def _details(self, whole: Line) -> Iterator[Line]:
        """Two parts that a row consists of, below it."""
        parts = [None if v is None else round(v * 0.75, 3) for v in whole.values]
        rest = [
            None if value is None or part is None else round(value - part, 6)
            for value, part in zip(whole.values, parts, strict=True)
        ]
        for name, values in zip(words.OF_WHICH[self._plan.language], (parts, rest), strict=True):
            yield Line(name, None, tuple(values), level=2, unit=whole.unit)

    # --- totals that are no line item, but printed

    def _heading(self, section: int, heads: Sequence[Head]) -> Line:
        """A section's heading; its total stands beside it where totals stand above."""
        name = words.SECTIONS[self._plan.language][section]
        if self._plan.has("totals", "above") and section == _COSTS:
            return self._total(name, self._cost_codes, heads)
        return Line(name, level=0)

    def _totals_before(self, item: Item, heads: Sequence[Head]) -> list[Line]:
        """The totals printed above an item."""
        plan = self._plan
        if plan.has("totals", "none") or plan.has("signs", "mixed"):
            return []
        if item.code == "operating_result" and not plan.has("totals", "above"):
            return [self._total(self._named(words.TOTAL_COSTS), self._cost_codes, heads)]
        if item.code == "staff_costs" and plan.form % 3 == 0:
            codes = ("own_revenue", "operating_grants", "group_contribution_received")
            return [self._total(self._named(words.TOTAL_INCOME), codes, heads)]
        if item.code == "income_tax" and plan.form % 4 == 0:
            result = ("net_result", "income_tax")
            return [self._total(self._named(words.BEFORE_TAX), result, heads, signed=True)]
        return []

    def _total_of_funding(self, heads: Sequence[Head]) -> list[Line]:
        if self._plan.has("totals", "none") or self._plan.form % 4 == 1:
            return []
        name = self._named(words.TOTAL_FUNDING)
        return [self._total(name, ("equity", "total_liabilities"), heads)]

    @property
    def _cost_codes(self) -> list[str]:
        """The costs above the operating result."""
        return [code for sign, code in self._items["operating_result"].parts() if sign < 0]

    def _total(
        self, name: str, codes: Sequence[str], heads: Sequence[Head], *, signed: bool = False
    ) -> Line:
        """The sum of items as they are printed, or in storage sign."""
        value = self._stored if signed else self._value
        values: list[float | None] = []
        for head in heads:
            parts = [value(self._items[code], head) for code in codes]
            known = [part for part in parts if part is not None]
            is_sum = known and head.kind not in ("percent", "share")
            values.append(round(sum(known), 6) if is_sum else None)
        return Line(name, None, tuple(values), level=0, unit=money_text(self._plan, most=12))

    def _named(self, names: Mapping[str, tuple[str, ...]]) -> str:
        """One of several usual names of a total."""
        usual = names[self._plan.language]
        return usual[self._plan.form // 3 % len(usual)]

    def _stored(self, item: Item, head: Head) -> float | None:
        return printed(self._accounts, item, head)

    # --- rows that are no line item

    def _inner(
        self, statement: Statement, made: Sequence[Line], heads: Sequence[Head]
    ) -> Iterator[Line]:
        plan = self._plan
        money = [line for line in made if line.item and line.item.unit == "currency"]
        if statement is not Statement.PNL or plan.has("inner", "none") or not money:
            return
        yield from self._memo_rows(plan.choice["inner"], money, heads)

    def _memo_rows(
        self, inner: str, money: Sequence[Line], heads: Sequence[Head]
    ) -> Iterator[Line]:
        """What stands below the statement in some form of the habit."""
        language = self._plan.language
        if inner == "ratio-rows":
            yield from (self._ratio(name, heads) for name in words.RATIOS[language])
        elif inner == "percent-block":
            yield Line(words.SHARE_OF[language], level=0)
            yield from (self._ratio(line.label, heads) for line in money[:8])
        elif inner == "strangers":
            yield from (self._stranger(name, heads) for name in labels.STRANGERS[language])
        elif inner == "hazards":
            for name in labels.HAZARDS[language]:
                yield self._stranger(name.format(label=self._rng.choice(money).label), heads)
        elif inner == "check-rows":
            yield Line("Check", None, (0.0,) * len(heads))
        elif inner == "unlabelled":
            yield Line("", None, money[-1].values)

    def _ratio(self, name: str, heads: Sequence[Head]) -> Line:
        values = tuple(
            None if head.kind == "empty" else round(self._rng.uniform(0.01, 0.9), 4)
            for head in heads
        )
        return Line(name, None, values, "percent", unit="%")

    def _stranger(self, name: str, heads: Sequence[Head]) -> Line:
        values = tuple(
            None if head.kind == "empty" else float(self._rng.randint(10, 9999)) for head in heads
        )
        return Line(name, None, values)


# Ambiguous labels a book would not print for these beside a plainer one.
_LATER_CANDIDATES = ("fx_result", "exceptional_result", "financial_income", "financial_expense")


_TURNOVER_ORDER = ("fr", "nl", "de", "es", "it", "sv", "hu", "en")


def _in_language(names: Sequence[str], language: str) -> str:
    """The label of an ambiguous entry in a language, by the order the chart lists them in."""
    order = _TURNOVER_ORDER if names[-1] == "Turnover" else words.LANGUAGES
    return names[order.index(language)]


def money_text(plan: Plan, *, least: int = 1, most: int = 99) -> str:
    """How the workbook prints its unit of money, no shorter or longer than asked."""
    texts = units.money_words(plan.currency, plan.scale, plan.language)
    fitting = [text for text in texts if least <= len(text) <= most] or list(texts)
    return fitting[plan.form % len(fitting)]


_COSTS = 2  # place of the costs in ``words.SECTIONS``
_BELOW = ("financial_income", "financial_expense", "fx_result", "one_off_income", "one_off_cost",
          "exceptional_result", "income_tax", "net_result")  # fmt: skip
_MEMBERS_MONEY = ("invoiced_volume", "member_payroll_cost", "member_project_expenses",
                  "member_project_grants", "labour_budget")  # fmt: skip


def _section(item: Item) -> int:
    """Place of an item's heading in ``words.SECTIONS``; -1 for none."""
    if item.statement is Statement.BALANCE_SHEET:
        return {"asset": 4, "equity": 5, "liability": 6}[item.side]
    if item.statement is not Statement.PNL:
        return -1
    if item.code in _MEMBERS_MONEY:
        return 0
    if item.code in _BELOW:
        return 3
    income = item.effect == 1 or item.code in ("own_revenue", "imputed_group_services")
    return 1 if income else 2
