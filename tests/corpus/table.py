"""One statement as a table on a sheet: title, headings, labels, figures and what is around."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from smartfin.facts import Scenario
from smartfin.items import Item, Nature, Statement
from tests.corpus import labels, words
from tests.corpus.accounts import quarter_of
from tests.corpus.draft import Cell, Formula, Key, SheetDraft
from tests.corpus.headings import Headings, write_headings
from tests.corpus.heads import Head, key_of
from tests.corpus.lines import Line, money_text
from tests.corpus.plan import Plan

LONGEST_NAME = 31  # of a sheet
STATEMENTS = tuple(Statement)
_SYMBOLS = {"SEK": "kr", "HUF": "Ft"}
_THOUSANDS = {"en": ",", "nl": ".", "de": ".", "es": ".", "it": ".", "fr": "\xa0", "sv": " ",
              "hu": " "}  # fmt: skip


def legal_name(name: str) -> str:
    """A name as sheets may have it."""
    return "".join("-" if sign in "/\\:*?[]'" else sign for sign in name)[:LONGEST_NAME]


class TableWriter:
    """Writes tables in the habits of one workbook.

    Args:
        plan: The habits.
        rng: Where chance comes from.
        title: Put before the name of the statement in titles; may be empty.
    """

    def __init__(self, plan: Plan, rng: random.Random, title: str) -> None:
        self._plan = plan
        self._rng = rng
        self._title = title
        self._headings = Headings(plan)

    def table(
        self, statement: Statement, lines: Sequence[Line], heads: Sequence[Head]
    ) -> SheetDraft:
        """The table of a statement, from the first row and column on."""
        plan = self._plan
        sheet = SheetDraft(self.sheet_name(statement, heads))
        money = any(line.item and line.item.unit == "currency" for line in lines)
        row = self._write_title(sheet, statement, heads, money=money)
        left = 2 if plan.has("offset", "columns") else 0
        codes = left if plan.has("codes", "column") else None
        label = left + (codes is not None)
        data = label + (2 if plan.has("decoration", "levels") else 1)
        notes = data if plan.has("codes", "notes") else None
        data += notes is not None
        units = data if plan.has("unit_place", "column") else None
        data += units is not None
        columns = self._columns(data, len(heads))
        if money and plan.has("unit_place", "above"):
            sheet.put(row, label, money_text(plan))
            row += 1
        top = row
        row += write_headings(sheet, row, columns, heads, plan, self._headings, statement)
        self._name_columns(sheet, row - 1, codes, label, notes)
        if money and plan.has("unit_place", "corner"):
            sheet.put(row - 1, label, money_text(plan))
        if money and plan.has("unit_place", "right"):
            sheet.put(top, columns[-1] + 1, money_text(plan, most=14))
        if money and plan.has("unit_place", "row"):
            for column, head in zip(columns, heads, strict=True):
                text = "%" if head.kind == "percent" else money_text(plan, most=12)
                sheet.put(row, column, text)
            row += 1
        places, headings = (codes, label, notes, units), range(top, row)
        for number, line in enumerate(lines):
            row += self._write_rule(sheet, row, headings, (label, columns), number)
            self._write_line(sheet, row, places, line, number)
            self._write_values(sheet, row, columns, line, heads)
            row += 1
        if money and plan.has("unit_place", "below"):
            sheet.put(row + 1, label, money_text(plan, least=3))
        return sheet

    def sheet_name(self, statement: Statement, heads: Sequence[Head]) -> str:
        """The name of a statement's sheet."""
        plan = self._plan
        name = words.SHEETS[plan.language][STATEMENTS.index(statement)]
        said = []
        if plan.has("header", "in-sheet"):
            said.append(self._headings.brief_text(heads[0]))
        money = statement not in (Statement.MEMBERS, Statement.SOCIAL)
        if plan.has("unit_place", "sheet") and money:
            said.append(money_text(plan, least=2, most=10))
        behind = "".join(f" {text}" for text in said)
        return legal_name(name[: LONGEST_NAME - len(behind)] + behind)

    # --- above the rows

    def _write_title(
        self, sheet: SheetDraft, statement: Statement, heads: Sequence[Head], *, money: bool
    ) -> int:
        """Title and whatever stands above the headings; the row the headings begin in."""
        plan = self._plan
        name = words.SHEETS[plan.language][STATEMENTS.index(statement)]
        parts = [self._title, name] if self._title else [name]
        if all(head.scenario is Scenario.BUDGET for head in heads):
            parts.insert(0, self._headings.scenario_text(heads[0]))
        if plan.has("header", "in-title"):
            parts.append(self._headings.text(heads[0]))
        title = " - ".join(parts)
        if money and plan.has("unit_place", "title", "each"):
            text = money_text(plan)
            title = f"{title} ({text})" if plan.form % 2 else f"{title}, {text}"
        sheet.put(0, 0, title)
        if not plan.has("top", "high"):
            return 2
        sheet.put(1, 0, words.PREPARED[plan.language])
        sheet.put(2, 0, words.UNAUDITED[plan.language])
        sheet.put(4, 0, words.TITLES[plan.language])
        return 6 + plan.form % 5

    def _columns(self, first: int, count: int) -> list[int]:
        step = 2 if self._plan.has("gaps", "spacers") else 1
        return [first + step * place for place in range(count)]

    def _name_columns(
        self, sheet: SheetDraft, row: int, codes: int | None, label: int, notes: int | None
    ) -> None:
        language = self._plan.language
        if codes is not None:
            sheet.put(row, codes, words.ACCOUNT[language])
        if self._plan.form % 2:
            sheet.put(row, label, words.LINE_ITEM[language])
        if notes is not None:
            sheet.put(row, notes, "Note")

    def _write_rule(
        self, sheet: SheetDraft, row: int, headings: range, places: tuple[int, Sequence[int]],
        number: int,
    ) -> int:  # fmt: skip
        """What stands above a row now and then; the rows it takes.

        Args:
            sheet: Written to.
            row: The row that comes.
            headings: The rows of the headings, which a new page repeats.
            places: The column of the labels, and those of the figures.
            number: How many lines stand above.
        """
        label, columns = places
        if not number or number % 9 or self._plan.has("ruling", "none"):
            return 0
        if self._plan.has("ruling", "blank-rows"):
            return 2
        if self._plan.has("ruling", "rules"):
            for column in (label, *columns):
                sheet.put(row, column, "-" * 12 if number % 2 else "=" * 12)
            return 1
        sheet.put(row, label, f"{words.TITLES[self._plan.language]} - 2")
        for offset, heading in enumerate(headings, start=1):
            for column in columns:
                sheet.put(row + offset, column, sheet.cells.get((heading, column)))
        return len(headings) + 1

    # --- a row

    def _write_line(
        self, sheet: SheetDraft, row: int, places: tuple[int | None, int, int | None, int | None],
        line: Line, number: int,
    ) -> None:  # fmt: skip
        codes, label, notes, units = places
        account = labels.ACCOUNTS.get(line.item.code if line.item else "", 6800) + number
        if line.item is not None and codes is not None:
            sheet.put(row, codes, float(account))
        if line.item is not None and notes is not None and number % 2 == 0:
            sheet.put(row, notes, float(number // 2 + 1))
        if units is not None and line.values and line.unit:
            sheet.put(row, units, line.unit)
        text = self._decorated(line, number, account)
        shift = int(self._plan.has("decoration", "levels") and line.level > 0)
        sheet.put(row, label + shift, text or None)

    def _decorated(self, line: Line, number: int, account: int) -> str:
        plan, text = self._plan, line.label
        if line.values and line.unit and plan.has("unit_place", "label"):
            text = f"{text} ({line.unit})"
        elif line.item is not None and plan.has("codes", "glued"):
            text = f"{account} {text}"
        decoration = plan.choice["decoration"]
        if not text or decoration in ("none", "levels"):
            return text
        return _DECORATIONS[decoration](text, number, plan, self._rng)

    def _write_values(
        self, sheet: SheetDraft, row: int, columns: Sequence[int], line: Line,
        heads: Sequence[Head],
    ) -> None:  # fmt: skip
        chained = _chained(heads)
        for column, head, value in zip(columns, heads, line.values or (), strict=False):
            if value is None:
                continue
            key = key_of(line.item, head, head in chained) if line.item else None
            states = (key,) if key else ()
            sheet.put(row, column, self._cell(line, head, value, states))

    def _cell(self, line: Line, head: Head, value: float, states: tuple[Key, ...]) -> Cell:
        plan = self._plan
        style = line.style or ("percent" if head.kind in ("percent", "share") else "")
        if plan.has("totals", "formulas") and line.level == 0 and not style:
            return Cell(Formula(f"ROUND({value!r},6)", value), style, states)
        if style:
            return Cell(value, style, states)
        if plan.has("numbers", "thousands-format") and plan.scale == 1000 and line.is_money:
            return Cell(value * 1000, "thousands", states)
        if plan.has("numbers", "unrounded"):
            return Cell(value * (1 + 2e-16) + 0.0, style, states)
        written = self._written(value, is_money=line.is_money)
        return Cell(written, style, states)

    def _written(self, value: float, *, is_money: bool) -> float | str:
        plan = self._plan
        numbers = plan.choice["numbers"]
        if numbers in ("typed", "unrounded", "thousands-format"):
            return value
        if numbers == "mixed" and self._rng.random() < 0.6:
            return value
        decimals = 1 if value != int(value) and plan.decimals < 2 else plan.decimals
        if not is_money:
            decimals = 0 if value == int(value) else 1
        separator = {"spaces": " ", "apostrophe": "'"}.get(numbers, _THOUSANDS[plan.language])
        point = "." if plan.language == "en" or numbers == "apostrophe" else ","
        digits = f"{abs(value):,.{decimals}f}".translate({ord(","): separator, ord("."): point})
        if numbers == "currency" and is_money:
            digits = f"{digits} {_SYMBOLS.get(plan.currency, '€')}"
        if value >= 0:
            return digits
        if numbers == "brackets":
            return f"({digits})"
        return f"{digits}-" if numbers == "trailing-minus" else f"-{digits}"


def _chained(heads: Sequence[Head]) -> set[Head]:
    """The month and cumulative columns whose quarter can be told with the columns before."""
    found: set[Head] = set()
    for head in heads:
        months = [h for h in heads if h.kind == "month" and h.scenario is head.scenario]
        if head.kind == "month":
            same = [h for h in months if quarter_of(h.last) == quarter_of(head.last)]
            if len(same) == 3:
                found.add(head)
        elif head.kind == "ytd":
            before = head.last - 3
            known = {h.last for h in heads if h.kind == "ytd" and h.first == head.first}
            if before < head.first or before in known:
                found.add(head)
    return found


# --- how labels are decorated


def _typo(text: str, number: int, plan: Plan, rng: random.Random) -> str:
    """Two letters in the wrong order, in some long labels."""
    if number % 4 or len(text) < 12:
        return text
    inner = [n for n in range(2, len(text) - 2) if text[n : n + 2].isalpha()]
    place = rng.choice(inner)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _shortened(text: str, number: int, plan: Plan, rng: random.Random) -> str:
    for long, short in labels.SHORTENED[plan.language]:
        text = " ".join(short if word == long else word for word in text.split(" "))
    return text


_DECORATIONS: dict[str, Callable[[str, int, Plan, random.Random], str]] = {
    "indent": lambda text, number, plan, rng: f"   {text}  ",
    "nbsp": lambda text, number, plan, rng: f"\xa0\xa0{text.replace(' ', chr(160), 1)}\xa0",
    "dots": lambda text, number, plan, rng: f"{text} {'.' * (30 - len(text) % 20)}",
    "upper": lambda text, number, plan, rng: text.upper(),
    "mark": lambda text, number, plan, rng: f"{text}{(' ¹', ' *', ' (2)', ' ³)')[number % 4]}",
    "numbering": lambda text, number, plan, rng: (
        f"{('%d.', '%d)', '1.%d', 'A.%d')[plan.form % 4] % (number + 1)} {text}"
    ),
    "colon": lambda text, number, plan, rng: f"{text}:",
    "line-break": lambda text, number, plan, rng: text.replace(" ", "\n", 1),
    "typo": _typo,
    "shortened": _shortened,
}


def tidy_table(
    plan: Plan, rows: Sequence[tuple[Line, Head]], headings: Headings, name: str
) -> SheetDraft:
    """One row a fact: line item, period, scenario, amount, unit."""
    sheet = SheetDraft(name)
    for column, text in enumerate(words.TIDY[plan.language]):
        sheet.put(0, column, text)
    for row, (line, head) in enumerate(rows, start=1):
        assert line.item is not None
        value = line.values[0]
        key = key_of(line.item, head, chained=True)
        states = (key,) if key else ()
        texts = (line.label, headings.text(head), headings.scenario_text(head))
        for column, text in enumerate(texts):
            sheet.put(row, column, text)
        sheet.put(row, 3, None if value is None else Cell(value, line.style, states))
        sheet.put(row, 4, line.unit)
    return sheet


def is_flow(item: Item) -> bool:
    """Whether an item sums up over time."""
    return item.nature is Nature.FLOW
