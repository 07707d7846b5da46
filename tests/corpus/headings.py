"""How the headings of a table's columns are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from smartfin.facts import Scenario
from smartfin.items import Statement
from tests.corpus import times, units, words
from tests.corpus.accounts import first_day, last_day
from tests.corpus.draft import Cell, SheetDraft
from tests.corpus.heads import FLOWS, Head
from tests.corpus.plan import Plan

_COMPARISONS = {"prior": words.LAST_YEAR, "change": words.VARIANCE, "percent": words.PERCENT}
_SCENARIOS = {
    Scenario.ACTUAL: words.ACTUAL, Scenario.BUDGET: words.BUDGET,
    Scenario.FORECAST: words.FORECAST,
}  # fmt: skip
_FORMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "month": times.MONTH_FORMS, "half": times.HALVES, "year": times.YEARS,
          "rolling": times.ROLLING}  # fmt: skip
_BRIEF = 15
_FIXED = {"nine": "9M {y}", "sum": ""}


class Headings:
    """Prints the headings of one workbook, always in the same form."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._words = plan.language

    @property
    def numbers_years(self) -> bool:
        """Whether a bare year is printed as a number."""
        return self._plan.form % 2 == 1

    def text(self, head: Head) -> str:
        """The whole heading of a column in one text, without its scenario."""
        form = self._form(head)
        return self._filled(form, head)

    def brief_text(self, head: Head) -> str:
        """The heading where it must fit a sheet's name beside a word."""
        text = self.text(head)
        return text if len(text) <= _BRIEF else self._filled("Q{q} {y}", head)

    def year_text(self, head: Head) -> str:
        """The year a column belongs to."""
        year = head.last // 12
        if self._plan.fiscal > 1:
            begin = (head.last - self._plan.fiscal + 1) // 12
            return f"{begin}/{(begin + 1) % 100:02}"
        return str(year)

    def part_text(self, head: Head) -> str:
        """A column's heading below its year."""
        if head.kind == "year":
            return times.TOTAL_PART[self._words]
        if head.kind == "month":
            return self._filled("{s}" if self._plan.form % 2 else "{m}", head)
        return self._filled(self._pick(times.PARTS), head)

    def scenario_text(self, head: Head) -> str:
        """The word for a column's scenario, previous year or comparison."""
        return self._pick(_COMPARISONS.get(head.kind, _SCENARIOS[head.scenario]))

    def as_at(self, head: Head) -> str:
        """The day a column ends on, in words."""
        return self._filled(self._pick(times.AS_AT), head)

    def last_day(self, head: Head) -> str:
        """The day a column ends on, written out."""
        day = last_day(head.last)
        month = times.MONTHS[self._words].split()[day.month - 1]
        return times.DATES[self._words].format(d=day.day, m=month, y=day.year)

    def date_text(self, head: Head) -> str:
        """The day a column ends on, in digits."""
        return self._digits(last_day(head.last))

    def _pick(self, table: Mapping[str, tuple[str, ...]]) -> str:
        forms = table[self._words]
        return forms[self._plan.form % len(forms)]

    def _form(self, head: Head) -> str:
        if head.kind in _COMPARISONS:
            return self._pick(_COMPARISONS[head.kind])
        if head.kind == "ytd":
            return self._ytd_form(head)
        if head.kind in _FIXED:
            return _FIXED[head.kind] or times.TOTAL_PART[self._words]
        if self._plan.fiscal > 1:
            return self._pick(times.PARTS) + " {fy}"
        return self._pick(_FORMS.get(head.kind, times.QUARTERS))

    def _ytd_form(self, head: Head) -> str:
        if self._plan.has("span", "to-date"):
            return self._pick(times.TO_DATE)
        if self._plan.has("span", "running-months"):
            return times.RUNNING_MONTHS[head.last - head.first + 1]
        return self._pick(times.CUMULATIVE)

    def _filled(self, form: str, head: Head) -> str:
        year, month = divmod(head.last, 12)
        begin = (head.last - self._plan.fiscal + 1) // 12
        number = ((head.last - self._plan.fiscal + 1) % 12) // 3
        short = times.SHORT_MONTHS[self._words].split()
        full = times.MONTHS[self._words].split()
        first, day = first_day(head.first), last_day(head.last)
        return form.format(
            q=number + 1, r=times.ROMAN[number], o=times.ORDINALS[self._words][number],
            n=times.NUMBERED.get(self._words, times.ROMAN)[number], h=month // 6 + 1,
            y=year, yy=f"{year % 100:02}", fy=f"{begin}/{(begin + 1) % 100:02}",
            a=short[first.month - 1], am=full[first.month - 1], z=short[month], zm=full[month],
            s=short[month], m=full[month], mm=f"{month + 1:02}", rm=times.ROMAN_MONTHS[month],
            d=day.day, d1=self._digits(first), d2=self._digits(day), last=self.last_day(head),
            date=self.last_day(head),
        )  # fmt: skip

    def _digits(self, day: date) -> str:
        form = times.DATE_TEXTS[self._words]
        return form.format(d=day.day, mm=f"{day.month:02}", y=day.year)


def write_headings(
    sheet: SheetDraft, row: int, columns: Sequence[int], heads: Sequence[Head], plan: Plan,
    headings: Headings, statement: Statement,
) -> int:  # fmt: skip
    """Print the headings of a table from a row on; the number of rows they take."""
    header = plan.choice["header"]
    spoken = len({(head.scenario, head.kind in ("prior", "change")) for head in heads}) > 1
    if any(head.kind == "share" for head in heads):
        return _pairs(sheet, row, columns, heads, plan, headings)
    if header in ("two-level", "merged", "year-as-date") and plan.fiscal == 1:
        height = _two_levels(sheet, row, columns, heads, plan, headings)
    elif header in ("in-title", "in-file", "in-sheet"):
        amount = words.TIDY[plan.language][3]
        for column in columns:
            sheet.put(row, column, amount)
        return 1
    elif spoken and plan.has("scenario", "blocks"):
        return _blocks(sheet, row, columns, heads, headings)
    else:
        for column, head in zip(columns, heads, strict=True):
            sheet.put(row, column, _heading(header, head, headings, statement))
            if header == "both":
                sheet.put(row + 1, column, Cell(last_day(head.last), "date"))
        height = 2 if header == "both" else 1
    return height + (_scenario_row(sheet, row, columns, heads, plan, headings) if spoken else 0)


def _heading(header: str, head: Head, headings: Headings, statement: Statement) -> Cell | str:
    text = headings.text(head)
    if head.kind in ("percent", "change", "sum"):
        return text
    if header in ("date-end", "date-start"):
        starts = header == "date-start" and statement in FLOWS
        return Cell(first_day(head.first) if starts else last_day(head.last), "date")
    if header == "date-text":
        return headings.date_text(head)
    if header == "as-at" and statement is Statement.BALANCE_SHEET:
        return headings.as_at(head)
    if header == "line-break":
        return text.replace(" ", "\n", 1)
    marked = f"{text} ¹" if header == "footnote" else text
    return Cell(float(text)) if marked.isdigit() and headings.numbers_years else marked


def _pairs(
    sheet: SheetDraft, row: int, columns: Sequence[int], heads: Sequence[Head], plan: Plan,
    headings: Headings,
) -> int:  # fmt: skip
    """Each period over its amount and its share."""
    for column, head in zip(columns, heads, strict=True):
        if head.kind == "share":
            sheet.put(row + 1, column, "%")
            sheet.merged.append((row, column - 1, row, column))
        else:
            sheet.put(row, column, headings.text(head))
            sheet.put(row + 1, column, units.money_words(plan.currency, plan.scale, "en")[0])
    return 2


def _two_levels(
    sheet: SheetDraft, row: int, columns: Sequence[int], heads: Sequence[Head], plan: Plan,
    headings: Headings,
) -> int:  # fmt: skip
    """The year over its quarters; only the first cell of a year holds its text."""
    starts = [
        place for place, head in enumerate(heads)
        if place == 0 or headings.year_text(heads[place - 1]) != headings.year_text(head)
    ]  # fmt: skip
    for start, end in zip(starts, [*starts[1:], len(heads)], strict=True):
        year = headings.year_text(heads[start])
        value: Cell | str | float = float(year) if plan.form % 2 else year
        if plan.has("header", "year-as-date"):
            value = Cell(float(year), "date")
        sheet.put(row, columns[start], value)
        if plan.has("header", "merged") and end - start > 1:
            sheet.merged.append((row, columns[start], row, columns[end - 1]))
    for column, head in zip(columns, heads, strict=True):
        sheet.put(row + 1, column, headings.part_text(head))
    return 2


def _blocks(
    sheet: SheetDraft, row: int, columns: Sequence[int], heads: Sequence[Head], headings: Headings
) -> int:
    """One block of quarters for each scenario, its name above the first."""
    for place, (column, head) in enumerate(zip(columns, heads, strict=True)):
        if place == 0 or heads[place - 1].scenario is not head.scenario:
            sheet.put(row, column, headings.scenario_text(head))
            same = [c for c, h in zip(columns, heads, strict=True) if h.scenario is head.scenario]
            sheet.merged.append((row, same[0], row, same[-1]))
        sheet.put(row + 1, column, headings.text(head))
    return 2


def _scenario_row(
    sheet: SheetDraft, row: int, columns: Sequence[int], heads: Sequence[Head], plan: Plan,
    headings: Headings,
) -> int:  # fmt: skip
    """The scenario below each period, beside it in one cell, or below a merged period."""
    style = plan.form % 3
    if plan.has("scenario", "letters"):
        for column, head in zip(columns, heads, strict=True):
            letter = {Scenario.ACTUAL: "A", Scenario.FORECAST: "F"}[head.scenario]
            sheet.put(row, column, f"{headings.text(_asked(head))}{letter}")
        return 0
    if style == 0:
        for column, head in zip(columns, heads, strict=True):
            text = headings.scenario_text(head)
            whole = head.kind in ("percent", "change")
            period = headings.text(_asked(head))
            sheet.put(row, column, text if whole else f"{period} {text}")
        return 0
    for place, (column, head) in enumerate(zip(columns, heads, strict=True)):
        sheet.put(row + 1, column, headings.scenario_text(head))
        group = [c for c, h in zip(columns, heads, strict=True) if _asked(h) == _asked(head)]
        first = place == 0 or _asked(heads[place - 1]) != _asked(head)
        sheet.cells.pop((row, column), None)
        if style == 1 or first:
            sheet.put(row, column, headings.text(_asked(head)))
        if style == 2 and first and len(group) > 1:
            sheet.merged.append((row, group[0], row, group[-1]))
    return 1


def _asked(head: Head) -> Head:
    """The column's period as it is printed above it: last year's stands below this year's."""
    if head.kind == "prior":
        return Head(head.first + 12, head.last + 12)
    return Head(head.first, head.last)
