"""Random facts in random layouts: what real workbooks look like, made on the spot."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter
from babel.dates import format_date
from hypothesis import strategies as st

from smartfin.facts import Scenario
from smartfin.items import Item, Items, Nature, Statement
from smartfin.quarter import Quarter

Key = tuple[str, str, Scenario]

COUNTRY = {"es": "ES", "it": "IT", "sv": "SE", "de": "DE", "nl": "NL", "hu": "HU"}
CURRENCY = {"SE": "SEK", "HU": "HUF"}

# How a quarter is printed: year and number, in the habits of each language.
QUARTERS = {
    "es": ("{q}T {y}", "{q}T{yy:02}", "T{q} {y}", "{r} trim. {y}", "{q}º trimestre {y}"),
    "it": ("{r} trim. {y}", "{q}T {y}", "Q{q} {y}", "{r} trimestre {y}"),
    "sv": ("Q{q} {y}", "kv{q} {y}", "K{q} {y}", "Kvartal {q} {y}"),
    "de": ("{q}. Quartal {y}", "Q{q}/{y}", "Q{q} {yy:02}", "{y}-Q{q}"),
    "nl": ("{y}-K{q}", "K{q} {y}", "{q}e kwartaal {y}", "Q{q} {y}"),
    "hu": ("{y}. {r}. negyedév", "{y} Q{q}", "{r}. negyedév {y}"),
}
PARTS = {"es": "{q}T", "it": "{r} trim.", "sv": "Q{q}", "de": "{q}. Quartal", "nl": "K{q}",
         "hu": "{r}. negyedév"}  # fmt: skip
CUMULATIVE = {"es": "acum.", "it": "progressivo", "sv": "ack.", "de": "kumuliert",
              "nl": "cumulatief", "hu": "halmozott"}  # fmt: skip
BUDGET = {"es": "Presupuesto", "it": "Budget", "sv": "Budget", "de": "Plan", "nl": "Begroting",
          "hu": "Terv"}  # fmt: skip
ACTUAL = {"es": "Real", "it": "Consuntivo", "sv": "Utfall", "de": "Ist", "nl": "Realisatie",
          "hu": "Tény"}  # fmt: skip
TOTAL = {"es": "Total", "it": "Totale", "sv": "Helår", "de": "Gesamt", "nl": "Totaal",
         "hu": "Összesen"}  # fmt: skip
UNITS = {
    ("EUR", 1): ("EUR", "importes en euros", "Beträge in EUR", "(in euro)", "€"),
    ("EUR", 1000): ("TEUR", "k€", "kEUR", "Beträge in Tausend Euro", "€ '000",
                    "Alle bedragen x € 1.000", "importi in migliaia di euro"),
    ("EUR", 1000000): ("MEUR", "Mio. EUR", "in millions of euro"),
    ("SEK", 1): ("SEK", "Belopp i kronor", "kr"),
    ("SEK", 1000): ("tkr", "KSEK", "Belopp i tkr", "tusental kronor"),
    ("SEK", 1000000): ("MSEK", "mkr"),
    ("HUF", 1): ("Ft", "adatok forintban"),
    ("HUF", 1000): ("eFt", "ezer Ft", "adatok ezer forintban"),
    ("HUF", 1000000): ("MFt", "millió forint"),
}  # fmt: skip
STATEMENTS = (Statement.PNL, Statement.BALANCE_SHEET, Statement.CASH_FLOW, Statement.MEMBERS)
ROMAN = ("I", "II", "III", "IV")
# The names of a list's columns: what they are for, they do not say in one language only.
LISTED = ("Periode", "Konto", "Version", "Betrag", "Einheit")
YEAR_STARTS = (1, 1, 1, 4, 7, 10)


@dataclass(frozen=True)
class Habits:
    """How one workbook is laid out."""

    language: str
    first: Quarter
    quarters: int
    seed: int
    scale: int
    unit_place: str
    header: str
    costs_negative: bool
    cumulative: bool
    newest_first: bool
    budget: str
    year_totals: bool
    left: int
    top: int
    codes: str
    decoration: str
    text_numbers: bool
    spacer: bool
    notes: bool
    turned: bool
    one_sheet: bool
    listed: bool
    year_starts: int

    @property
    def currency(self) -> str:
        return CURRENCY.get(COUNTRY[self.language], "EUR")


HEADERS = ("glued", "two-level", "merged", "date", "centred", "months", "line-break", "totals")


@st.composite
def habits(draw: st.DrawFn) -> Habits:
    """Any combination of habits that says enough to be read."""
    language = draw(st.sampled_from(sorted(COUNTRY)))
    header = draw(st.sampled_from(HEADERS))
    cumulative = header not in ("date", "months", "totals") and draw(st.booleans())
    budgets = (
        ("none", "none", "sheet") if header == "totals" else ("none", "none", "beside", "sheet")
    )
    listed = draw(st.sampled_from((False, False, False, True)))
    return Habits(
        language=language,
        first=Quarter(draw(st.integers(2015, 2021)), draw(st.integers(1, 4))),
        quarters=draw(st.integers(2, 9)),
        seed=draw(st.integers(0, 2**32)),
        scale=draw(st.sampled_from((1, 1000, 1000000))),
        unit_place=draw(st.sampled_from(("corner", "title", "below", "column", "right", "cover"))),
        header=header,
        costs_negative=draw(st.booleans()),
        cumulative=cumulative,
        newest_first=draw(st.booleans()),
        budget=draw(st.sampled_from(budgets)),
        year_totals=draw(st.booleans()),
        left=draw(st.integers(0, 3)),
        top=draw(st.integers(0, 7)),
        codes=draw(st.sampled_from(("none", "column", "glued"))),
        decoration=draw(st.sampled_from(("none", "indent", "dots", "upper", "mark"))),
        text_numbers=draw(st.booleans()),
        spacer=draw(st.booleans()),
        notes=draw(st.booleans()),
        turned=draw(st.sampled_from((False, False, False, True))) and not listed,
        one_sheet=draw(st.booleans()) and not listed,
        listed=listed,
        year_starts=draw(st.sampled_from(YEAR_STARTS)),
    )


@dataclass(frozen=True)
class Head:
    """One column to write: where it ends, how long it is, which scenario."""

    end: Quarter
    months: int
    scenario: Scenario
    cumulative: bool = False


class Writer:
    """Writes one workbook with the habits drawn, and knows the facts in it."""

    def __init__(self, items: Items, drawn: Habits) -> None:
        self._items = items
        self._habits = drawn
        self._random = random.Random(drawn.seed)
        self.truth: dict[Key, float] = {}

    def content(self) -> bytes:
        """The bytes of the workbook."""
        target = io.BytesIO()
        book = xlsxwriter.Workbook(target, {"in_memory": True})
        self._date = book.add_format({"num_format": "dd.mm.yyyy"})
        cover = book.add_worksheet("Info")
        cover.write(0, 0, f"Smart {COUNTRY[self._habits.language]}")
        if self._habits.unit_place == "cover":
            cover.write(2, 0, self._unit_text())
        sheet = None
        row = 0
        for statement in STATEMENTS:
            if sheet is None or not self._habits.one_sheet:
                sheet, row = book.add_worksheet(f"S{len(book.worksheets())}"), 0
            row = self._statement(sheet, row, statement, self._heads(statement, Scenario.ACTUAL))
        if self._habits.budget == "sheet":
            sheet = book.add_worksheet(f"{BUDGET[self._habits.language]} 2")
            self._statement(sheet, 0, Statement.PNL, self._heads(Statement.PNL, Scenario.BUDGET))
        book.close()
        return target.getvalue()

    # --- what is written

    def _heads(self, statement: Statement, scenario: Scenario) -> list[Head]:
        drawn = self._habits
        flows = statement in (Statement.PNL, Statement.CASH_FLOW)
        cumulative = drawn.cumulative and flows
        named = drawn.header == "totals"  # only columns of whole years name the year
        own = self._own(drawn.first)
        first = drawn.first + (1 - own.number) if cumulative or named else drawn.first
        heads: list[Head] = []
        for number in range(4 * max(1, drawn.quarters // 4) if named else drawn.quarters):
            end = first + number
            runs = cumulative and self._own(end).number > 1
            beside = drawn.budget == "beside" and statement is Statement.PNL
            heads.append(Head(end, 3, scenario, runs))
            if beside:
                heads.append(Head(end, 3, Scenario.BUDGET, runs))
            whole = self._own(end).number == 4 and number >= 3
            totals = drawn.year_totals and not cumulative and not beside and flows
            if whole and (totals or named):
                heads.append(Head(end, 12, scenario))
        return heads[::-1] if drawn.newest_first else heads

    def _own(self, quarter: Quarter) -> Quarter:
        """The quarter as the partner counts it: year and number of its financial year."""
        return quarter + -((self._habits.year_starts - 1) // 3)

    def _rows(self, statement: Statement) -> list[Item]:
        stated = self._items.of_books.values()
        items = [item for item in stated if item.statement is statement]
        plain = [item for item in items if not item.derived and item.unit != "percent"]
        chosen = [item for item in plain if item.required or self._random.random() < 0.5]
        return chosen if len(chosen) > 1 else plain[:2]

    def _statement(
        self, sheet: xlsxwriter.worksheet.Worksheet, start: int, statement: Statement,
        heads: Sequence[Head],
    ) -> int:  # fmt: skip
        """Writes one table; returns the row after it."""
        drawn = self._habits
        grid: dict[tuple[int, int], object] = {}
        rows = self._rows(statement)
        if drawn.listed:
            self._list(grid, rows, heads)
            self._put(sheet, grid, start)
            return start
        money = any(item.unit == "currency" for item in rows)
        top = drawn.top
        if money and drawn.unit_place == "title":
            grid[0, 0] = f"Tabelle ({self._unit_text()})"
        codes = drawn.left
        labels = codes + (drawn.codes == "column")
        units = labels + 1
        data = units + (drawn.unit_place == "column") + drawn.spacer
        levels = self._header(grid, top + 1, data, heads)
        body = top + 1 + levels
        if money and drawn.unit_place == "corner":
            grid[body - 1, labels] = self._unit_text()
        if money and drawn.unit_place == "right":
            grid[body - 1, data + len(heads) + 1] = self._unit_text()
        for number, item in enumerate(rows):
            self._row(grid, body + number, (codes, labels, units, data), item, heads)
        end = body + len(rows)
        if money and drawn.unit_place == "below":
            grid[end + 1, labels] = self._unit_text()
        self._put(sheet, grid, start)
        return start + end + 4

    def _list(
        self, grid: dict[tuple[int, int], object], rows: Sequence[Item], heads: Sequence[Head]
    ) -> None:
        """Writes one fact a row, the columns in any order."""
        drawn = self._habits
        order = self._random.sample(LISTED, len(LISTED))
        for column, name in enumerate(order):
            grid[drawn.top, drawn.left + column] = name
        row = drawn.top
        for item in rows:
            label = self._label(item, row)
            for head, amount in self._series(item, heads).items():
                row += 1
                words = ACTUAL if head.scenario is Scenario.ACTUAL else BUDGET
                fact = (
                    self._whole_heading(head), label, words[drawn.language],
                    self._number(amount), self._unit_word(item),
                )  # fmt: skip
                for name, value in zip(LISTED, fact, strict=True):
                    grid[row, drawn.left + order.index(name)] = value

    def _row(
        self, grid: dict[tuple[int, int], object], row: int, places: tuple[int, int, int, int],
        item: Item, heads: Sequence[Head],
    ) -> None:  # fmt: skip
        drawn = self._habits
        codes, labels, units, data = places
        if drawn.codes == "column":
            grid[row, codes] = 4000.0 + row * 10
        grid[row, labels] = self._label(item, row)
        if drawn.unit_place == "column":
            grid[row, units] = self._unit_word(item)
        series = self._series(item, heads)
        for place, head in enumerate(heads):
            if head in series:
                grid[row, data + place] = self._number(series[head])
        if drawn.notes:
            grid[row, data + len(heads) + 2] = "siehe Anhang" if row % 3 == 0 else "ok"

    def _series(self, item: Item, heads: Sequence[Head]) -> dict[Head, float]:
        """Printed amount of each column; remembers the facts they mean."""
        scale = self._habits.scale if item.unit == "currency" else 1
        negative = self._habits.costs_negative and item.effect == -1
        series: dict[Head, float] = {}
        quarters: dict[tuple[Quarter, Scenario], float] = {}
        for head in sorted(heads, key=lambda head: (head.end, head.months)):
            if head.months == 3:
                quarters[head.end, head.scenario] = float(self._random.randint(1, 9999))
        for head in heads:
            year = self._own(head.end).year
            same = [q for q, s in quarters if s is head.scenario and self._own(q).year == year]
            whole = head.cumulative or head.months == 12
            if item.nature is Nature.FLOW and whole:
                value = sum(quarters[q, head.scenario] for q in same if q <= head.end)
            else:
                value = quarters[head.end, head.scenario]
            if item.nature is Nature.RATE and whole:
                continue
            series[head] = -value if negative else value
        for (quarter, scenario), value in quarters.items():
            self.truth[item.code, str(quarter), scenario] = value * scale
        return series

    # --- how it is written

    def _header(
        self, grid: dict[tuple[int, int], object], row: int, data: int, heads: Sequence[Head]
    ) -> int:
        """Writes the heading; returns how many rows it takes."""
        drawn = self._habits
        scenarios = len({head.scenario for head in heads}) > 1
        in_two = drawn.header in ("two-level", "merged", "centred")
        levels = 2 if in_two and not self._has_totals(heads) else 1
        for place, head in enumerate(heads):
            if levels == 1:
                bare = drawn.header == "totals" and head.months == 3
                grid[row, data + place] = self._part(head) if bare else self._whole_heading(head)
            else:
                grid[row + 1, data + place] = self._part(head)
        for place in self._years_at(heads) if levels == 2 else ():
            grid[row, data + place] = self._year(heads[place])
        for place, head in enumerate(heads):
            if scenarios:
                words = ACTUAL if head.scenario is Scenario.ACTUAL else BUDGET
                grid[row + levels, data + place] = words[drawn.language]
        return levels + scenarios

    def _years_at(self, heads: Sequence[Head]) -> list[int]:
        """Where the year is printed: over the first of its quarters, or the one in the middle."""
        runs: dict[int, list[int]] = {}
        for place, head in enumerate(heads):
            runs.setdefault(self._own(head.end).year, []).append(place)
        centred = self._habits.header == "centred"
        return [run[len(run) // 2 if centred else 0] for run in runs.values()]

    def _has_totals(self, heads: Sequence[Head]) -> bool:
        return any(head.months == 12 for head in heads)

    def _whole_heading(self, head: Head) -> object:
        drawn = self._habits
        if head.months == 12:
            return f"{TOTAL[drawn.language]} {self._year_text(head)}"
        if drawn.header == "date" and not self._habits.year_totals:
            return head.end.end
        if drawn.header == "months":
            return f"{self._month(head.end.start)}-{self._month(head.end.end)} {head.end.year}"
        forms = QUARTERS[drawn.language]
        text = self._formatted(forms[drawn.seed % len(forms)], head.end)
        if drawn.year_starts > 1:
            text = f"{self._formatted(PARTS[drawn.language], head.end)} {self._year_text(head)}"
        if drawn.header == "line-break":
            text = text.replace(" ", "\n", 1)
        return f"{text} {CUMULATIVE[drawn.language]}" if head.cumulative else text

    def _part(self, head: Head) -> str:
        text = self._formatted(PARTS[self._habits.language], head.end)
        return f"{text} {CUMULATIVE[self._habits.language]}" if head.cumulative else text

    def _year(self, head: Head) -> object:
        text = self._year_text(head)
        return float(text) if self._habits.header == "two-level" and text.isdigit() else text

    def _year_text(self, head: Head) -> str:
        year = self._own(head.end).year
        return f"{year}" if self._habits.year_starts == 1 else f"{year}/{(year + 1) % 100:02}"

    def _month(self, day: date) -> str:
        return format_date(day, "MMM", locale=self._habits.language)

    def _formatted(self, form: str, quarter: Quarter) -> str:
        own = self._own(quarter)
        return form.format(q=own.number, r=ROMAN[own.number - 1], y=own.year, yy=own.year % 100)

    def _label(self, item: Item, row: int) -> str:
        asked = {label for entry in self._items.ambiguous for label in entry.labels}
        names = [name for name in item.labels[self._habits.language] if name not in asked]
        text = self._random.choice(names)
        text = {
            "indent": f"\xa0\xa0 {text} ",
            "dots": f"{text} ......",
            "upper": text.upper(),
            "mark": f"{text} ¹)",
        }.get(self._habits.decoration, text)
        return f"{4000 + row * 10} {text}" if self._habits.codes == "glued" else text

    def _unit_text(self) -> str:
        texts = UNITS[self._habits.currency, self._habits.scale]
        place = self._habits.unit_place
        if place == "cover":
            texts = tuple(text for text in texts if len(text) > 4) or texts
        return texts[self._habits.seed % len(texts)]

    def _unit_word(self, item: Item) -> str:
        words = {"count": "Anzahl", "fte": "FTE", "days": "Tage", "hours": "Stunden"}
        short = UNITS[self._habits.currency, self._habits.scale][0]
        return words.get(item.unit, short)

    def _number(self, value: float) -> object:
        if not self._habits.text_numbers or self._random.random() < 0.5:
            return value
        digits = f"{abs(value):,.1f}".replace(",", " ").replace(".", ",")
        return f"({digits})" if value < 0 else digits

    def _put(
        self, sheet: xlsxwriter.worksheet.Worksheet, grid: dict[tuple[int, int], object], start: int
    ) -> None:
        turned = self._habits.turned and not self._habits.one_sheet
        for (row, column), value in grid.items():
            place = (column, row) if turned else (start + row, column)
            if isinstance(value, str | float):
                sheet.write(*place, value)
            else:
                sheet.write_datetime(*place, value, self._date)
