"""A workbook as it is published, while it is made."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from smartfin.quarter import Quarter
from tests.corpus import times, words
from tests.corpus.draft import Cell, Key, SheetDraft, Value
from tests.corpus.layout import chart
from tests.corpus.plan import COUNTRIES, CURRENCIES
from tests.corpus.units import money_words

Row = Sequence[Value | Cell | None]


class Publication:
    """One published workbook being made.

    Args:
        language: Of its words.
        rng: Where chance comes from.
    """

    def __init__(self, language: str, rng: random.Random) -> None:
        self.language = language
        self.rng = rng
        self.partner = rng.choice(COUNTRIES[language])
        self.currency = CURRENCIES.get(self.partner, "EUR")
        self.year = rng.randint(2017, 2021)
        self.quarter = rng.randint(1, 4)
        self._columns: list[dict[str, float]] = []
        self.truth: dict[Key, float] = {}
        self.sheet = SheetDraft(words.SHEETS[language][0])
        self.sheets = [self.sheet]

    def label(self, code: str) -> str:
        """A usual name of an item that is not ambiguous."""
        doubtful = {name for entry in chart().ambiguous for name in entry.labels}
        names = [name for name in chart()[code].labels[self.language] if name not in doubtful]
        return self.rng.choice(names)

    def unit(self, scale: int) -> str:
        """How the unit of money is printed."""
        return money_words(self.currency, scale, self.language)[0]

    def amounts(self, code: str, count: int) -> list[float]:
        """What stands in each column for an item; each column adds up."""
        while len(self._columns) < count:
            self._columns.append(self._drawn())
        return [column[code] for column in self._columns[:count]]

    def _drawn(self) -> dict[str, float]:
        """One column: random entries, and totals over those that are ever printed."""
        column = {code: float(self.rng.randint(120, 2400)) for code in chart()}
        column["fee_revenue"] += 7000.0
        column["operating_result"] = column["fee_revenue"] - sum(
            column[code] for code in ("staff_costs", "rent_costs", "depreciation")
        )
        column["net_result"] = (
            column["operating_result"] + column["financial_income"] - column["financial_expense"]
        )
        column["total_assets"] = sum(
            column[code]
            for code in ("fixed_assets", "trade_receivables", "other_receivables", "cash")
        )
        return column

    def quarter_text(self, year: int) -> str:
        """The quarter of the report in some year."""
        form = {"hu": "{y}. {r}. negyedév", "es": "{q}T {y}", "it": "{r} trim. {y}",
                "fr": "T{q} {y}", "nl": "K{q} {y}"}.get(self.language, "Q{q} {y}")  # fmt: skip
        return form.format(q=self.quarter, y=year, r=times.ROMAN[self.quarter - 1])

    def states(self, item: str, period: str, amount: float, scenario: str = "actual") -> float:
        """Remember that the workbook states a fact."""
        self.truth[item, period, scenario] = amount
        return amount

    def add_sheet(self) -> SheetDraft:
        """One more sheet."""
        self.sheets.append(SheetDraft("more"))
        return self.sheets[-1]

    def write(self, rows: Sequence[Row], top: int = 0, sheet: SheetDraft | None = None) -> None:
        """Write rows of cells, on the first sheet unless another is named."""
        for number, row in enumerate(rows, start=top):
            for column, value in enumerate(row):
                (sheet or self.sheet).put(number, column, value)

    def of_year(self, year: int) -> str:
        """The span of a calendar year."""
        return f"{year}-01-01/{year}-12-31"

    def of_quarter(self, year: int) -> str:
        """The quarter of the report in some year."""
        return f"{year}-Q{self.quarter}"

    def of_twelve_months(self) -> str:
        """The span of the four quarters that end with the report's."""
        first = Quarter(self.year, self.quarter) + -3
        return f"{first.start}/{self.last_day(self.year)}"

    def last_day(self, year: int) -> date:
        """When the quarter of the report ended."""
        return date(year, self.quarter * 3, (31, 30, 30, 31)[self.quarter - 1])
