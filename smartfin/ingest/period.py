"""What a heading says about time, be it ``1T21``, ``I. negyedév``, ``31.03.2021`` or ``9M``.

One grammar over classes of words (``vocabulary``), not one pattern per language. A
heading may say only part of it (a year above, a quarter below); ``PeriodWords`` (``span``)
adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from smartfin.ingest import vocabulary as words
from smartfin.ingest.span import PeriodWords
from smartfin.ingest.text import folded

FIRST_YEAR, LAST_YEAR = 1990, 2099

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[-/'’]")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00:00)?(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)\.?")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[./] ?(\d{1,2})[./] ?(\d{1,2})(?!\d)\.?")
_PHRASES = (
    ("year to date", "ytd"), ("year-to-date", "ytd"), ("t/m", "through"), ("t.e.m.", "through"),
    ("tot en met", "through"), ("n.ev", "nev"), ("a la fecha", "acumulado"),
    ("seit jahresbeginn", "kumuliert"), ("letzte 12 monate", "ltm"),
)  # fmt: skip


@lru_cache(maxsize=8192)
def read_period(text: str) -> PeriodWords | None:
    """What a heading says about time; None when anything in it is about something else."""
    plain = folded(text)
    if not plain or len(plain) > 60:
        return None
    for phrase, word in _PHRASES:
        plain = plain.replace(phrase, f" {word} ")
    day, rest = _numeric_date(plain)
    tokens = list(_classes(rest))
    if any(token.kind == "other" for token in tokens):
        return None
    return _dated(day, tokens) if day is not None else _Grammar(tokens).read()


def period_of_year(number: float) -> PeriodWords | None:
    """The period a bare number in a heading stands for: a year, or YYYYMM."""
    if not FIRST_YEAR <= number <= LAST_YEAR * 100 + 12 or not number.is_integer():
        return None
    if FIRST_YEAR <= number <= LAST_YEAR:
        return PeriodWords(year=int(number))
    year, month = divmod(int(number), 100)
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
        return PeriodWords(year=year, first=month, months=1)
    return None


def period_of_day(day: date) -> PeriodWords | None:
    """The period a date in a heading stands for; a year formatted as a date is a year."""
    serial = (day - date(1899, 12, 30)).days
    if FIRST_YEAR <= serial <= LAST_YEAR:
        return PeriodWords(year=serial)
    return PeriodWords(day=day) if FIRST_YEAR <= day.year <= LAST_YEAR else None


def years_in(text: str) -> set[int]:
    """The years named anywhere in a text (titles, sheet names, file names)."""
    found = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    return {int(year) for year in found if FIRST_YEAR <= int(year) <= LAST_YEAR}


def _numeric_date(plain: str) -> tuple[date | None, str]:
    """The date written in figures in a text, and the rest of the text."""
    for pattern, order in ((_ISO, "ymd"), (_YEAR_FIRST, "ymd"), (_DAY_FIRST, "dmy")):
        match = pattern.search(plain)
        if match:
            part = dict(zip(order, (int(group) for group in match.groups()), strict=True))
            day = _date(part["y"], part["m"], part["d"])
            return day, plain[: match.start()] + plain[match.end() :] if day else plain
    return None, plain


def _dated(day: date, tokens: Sequence[_Token]) -> PeriodWords | None:
    """``Stand 31.12.2022``, ``acumulado al 30/09/2021``."""
    kinds = {token.kind for token in tokens}
    if kinds - {"fill", "ending", "through", "cumulative", "rolling"}:
        return None
    return PeriodWords(day=day, cumulative="cumulative" in kinds, rolling="rolling" in kinds)


def _date(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 2000
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: int = 0
    digits: int = 0


def _classes(plain: str) -> Iterator[_Token]:
    for text in _TOKEN.findall(plain):
        yield _number_class(text) if text.isdigit() else _word_class(text)


def _number_class(text: str) -> _Token:
    value = int(text) if len(text) <= 8 else 0
    if len(text) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
        return _Token("year", value)
    if len(text) == 6 and FIRST_YEAR <= value // 100 <= LAST_YEAR and 1 <= value % 100 <= 12:
        return _Token("yearmonth", value)
    if len(text) in (3, 5):  # 121 or 12021 glued behind a Q
        return _Token("glued", value, len(text))
    return _Token("number", value, len(text)) if len(text) <= 2 else _Token("other")


_CLASS_OF_WORD = (
    ("cumulative", words.CUMULATIVE), ("rolling", words.ROLLING), ("quarter", words.QUARTER),
    ("half", words.HALF), ("months", words.MONTHS), ("yearword", words.YEAR),
    ("through", words.THROUGH), ("ending", words.ORDINAL_ENDINGS), ("fill", words.FILL),
)  # fmt: skip


@lru_cache(maxsize=4096)
def _word_class(text: str) -> _Token:
    if text in "-/'’":
        return _Token("through" if text == "-" else "fill")
    if text in words.ROMAN:
        return _Token("number", words.ROMAN[text], 1)
    if text in words.ORDINALS:
        return _Token("number", words.ORDINALS[text], 1)
    for kind, vocabulary in _CLASS_OF_WORD:
        if text in vocabulary:
            return _Token(kind)
    month = words.months().get(text)
    return _Token("month", month) if month else _Token("other")


class _Grammar:
    """Turns classes of words into a period; every number must find its use."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._all = tokens
        kept = [token for token in tokens if token.kind not in ("fill", "ending")]
        self._tokens = kept
        self._cumulative = any(token.kind == "cumulative" for token in kept)
        self._rolling = any(token.kind == "rolling" for token in kept)

    def read(self) -> PeriodWords | None:
        years = [token.value for token in self._tokens if token.kind == "year"]
        if len(set(years)) > 1:
            return None
        year = years[0] if years else None
        for reader in (self._months_named, self._part, self._month_count, self._year):
            found = reader(year)
            if found is not None:
                return replace(
                    found,
                    cumulative=found.cumulative or self._cumulative,
                    rolling=found.rolling or self._rolling,
                )
        if self._cumulative or self._rolling:
            return PeriodWords(cumulative=self._cumulative, rolling=self._rolling)
        return None

    def _kinds(self, kind: str) -> list[int]:
        return [place for place, token in enumerate(self._tokens) if token.kind == kind]

    def _months_named(self, year: int | None) -> PeriodWords | None:
        places = self._kinds("month")
        numbers = [self._tokens[place] for place in self._kinds("number")]
        if self._kinds("yearmonth") and not places and not numbers:
            value = self._tokens[self._kinds("yearmonth")[0]].value
            return PeriodWords(year=value // 100, first=value % 100, months=1)
        if not places or len(places) > 2 or self._kinds("glued") or self._kinds("quarter"):
            return None
        first, last = (self._tokens[place].value for place in (places[0], places[-1]))
        counted = self._counted_months()
        days = [token.value for token in numbers if not (counted and token.value == counted)]
        if len(places) == 2:
            return self._month_range(year, first, last, days)
        return self._one_month(year, first, days, counted)

    def _month_range(
        self, year: int | None, first: int, last: int, days: list[int]
    ) -> PeriodWords | None:
        """``jan-mrt 2021``, ``1 January to 31 July``."""
        if last <= first or len(days) not in (0, 1, 2):
            return None
        if len(days) == 1 and year is None:
            year = 2000 + days[0]
        return PeriodWords(year, first, last - first + 1)

    def _one_month(
        self, year: int | None, month: int, days: list[int], counted: int
    ) -> PeriodWords | None:
        """``mars 2021``, ``jan-21``, ``31 december 2022``, ``3 months ended 30 June 2021``."""
        if len(days) > 1:
            return None
        if year is None and days:
            year, days = 2000 + days[0], []
        if counted:
            first = month - counted + 1
            return PeriodWords(year, first, counted) if first >= 1 else None
        if days and year is not None:
            day = _date(year, month, days[0])
            return PeriodWords(day=day) if day else None
        if any(token.kind == "through" for token in self._tokens[:2]) and not self._cumulative:
            return PeriodWords(year, 1, month)
        return PeriodWords(year, month, 1)

    def _counted_months(self) -> int:
        for place in self._kinds("months"):
            before = self._tokens[place - 1] if place else None
            if before is not None and before.kind == "number" and before.value in (3, 6, 9, 12):
                return before.value
        return 0

    def _part(self, year: int | None) -> PeriodWords | None:
        """A quarter or half, or a run of quarters from the first."""
        for kind, most, length in (("quarter", 4, 3), ("half", 2, 6)):
            places = self._kinds(kind)
            if places:
                numbers = self._part_numbers(places, most, year)
                return numbers and self._part_words(numbers, length)
        return None

    def _part_numbers(
        self, places: list[int], most: int, year: int | None
    ) -> tuple[list[int], int | None] | None:
        """The part's number or numbers, and the year."""
        parts: list[int] = []
        spare: list[int] = []
        for token in self._tokens:
            if token.kind == "glued":
                part, rest = divmod(token.value, 10 ** (token.digits - 1))
                parts.append(part)
                year = rest + 2000 if rest < 100 else rest
            elif token.kind == "number":
                (parts if token.digits == 1 and token.value <= most else spare).append(token.value)
        if year is None and len(spare) == 1 and spare[0] >= 10:
            year, spare = 2000 + spare.pop(), []
        ranged = any(token.kind == "through" for token in self._tokens)
        wanted = 2 if ranged and len(parts) == 2 else 1
        fits = len(parts) == wanted and len(places) <= wanted and not spare
        return (parts, year) if fits and all(1 <= part <= most for part in parts) else None

    def _part_words(self, numbers: tuple[list[int], int | None], length: int) -> PeriodWords | None:
        parts, year = numbers
        first, last = parts[0], parts[-1]
        if last < first:
            return None
        leading = bool(self._tokens) and self._tokens[0].kind == "through" and len(parts) == 1
        if leading and not self._cumulative:
            first = 1
        return PeriodWords(year, (first - 1) * length + 1, (last - first + 1) * length)

    def _month_count(self, year: int | None) -> PeriodWords | None:
        """``9M 2021``: the first nine months."""
        counted = self._counted_months()
        spare = [t.value for t in self._tokens if t.kind == "number" and t.value != counted]
        if not counted or self._kinds("glued") or len(spare) > 1:
            return None
        if spare and year is None:
            year = 2000 + spare[0]
        return PeriodWords(year, 1, counted)

    def _year(self, year: int | None) -> PeriodWords | None:
        """``2021``, ``FY21``, ``Geschäftsjahr 2021``, ``2021-03``, ``03/2021``."""
        numbers = [self._tokens[place].value for place in self._kinds("number")]
        if year is not None and len(numbers) == 1 and self._is_year_and_month():
            return PeriodWords(year, numbers[0], 1)
        if self._kinds("glued") or self._kinds("through"):
            return None
        if year is None and len(numbers) == 1 and self._kinds("yearword") and numbers[0] >= 10:
            return PeriodWords(year=2000 + numbers[0])
        return PeriodWords(year=year) if year is not None and not numbers else None

    def _is_year_and_month(self) -> bool:
        numbers = [token for token in self._tokens if token.kind == "number"]
        parted = any(token.kind in ("through", "fill") for token in self._all)
        return parted and numbers[0].digits == 2 and 1 <= numbers[0].value <= 12
