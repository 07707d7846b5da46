"""The parts of a text about time: dates, numbers, and words by what they are for.

``3 months ended 31 March 2021`` becomes a number, a word for months, one without weight and a
date; which words there are stands in ``vocabulary``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from smartfin.ingest import vocabulary as words

FIRST_YEAR, LAST_YEAR = 1990, 2099
_CENTURY = 2000  # of years written with two digits
_SHORT = 5  # letters of an abbreviation

_TOKEN = re.compile(
    r"(?<!\d)(?P<ymd>\d{4}([-./])\s?\d{1,2}\2\s?\d{1,2}(?:[ t]00:00(?::00)?)?)(?!\d)\.?"
    r"|(?<!\d)(?P<dmy>\d{1,2}([-./])\s?\d{1,2}\4\s?(?:\d{4}|\d{2}))(?!\d)\.?"
    r"|(?<!\d)(?P<compact>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)"
    r"|(?<!\d)(?P<ym>(?:19|20)\d\d ?[./-] ?(?:0[1-9]|1[0-2]))(?!\d)"
    r"|(?<!\d)(?P<my>(?:0[1-9]|1[0-2])[./-](?:19|20)\d\d)(?!\d)"
    r"|(?<!\d)(?P<split>(?:(?:19|20)\d\d|[2-9]\d) ?[/-] ?(?:(?:19|20)\d\d|\d\d))(?!\d)"
    r"|(?<!\d)(?P<dm>\d{1,2}\. ?\d{1,2}\.)(?! ?\d)"
    r"|(?P<number>\d+)|(?P<word>[^\W\d_]+)|(?P<mark>[-/'’])"
)
_NUMBER = re.compile(r"\d+")
_QUARTER_AND_ROMAN = re.compile(r"(q)(i{1,3}|iv)|(i{1,3}|iv)(q)")
_LONG_QUARTERS = sorted(word for word in words.QUARTER if len(word) > _SHORT)  # "Qu.", "Kvart."
_ROMAN_ORDINAL = re.compile(r"(i{1,3}|iv)(?:e|er|ere|eme|a|o|st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a text.

    Args:
        kind: What it is for; ``other`` when it has nothing to do with time, ``fault`` when it
            is a date no calendar has.
        value: Its number; month of a ``yearmonth`` in the last two digits.
        digits: How many digits the number has.
        day: The date it is.
        roman: Whether the number is a Roman one: a quarter's, beside a year.
    """

    kind: str
    value: int = 0
    digits: int = 0
    day: date | None = None
    roman: bool = False


def tokens_of(plain: str) -> Iterator[Token]:
    """The parts of a folded text, from left to right."""
    for match in _TOKEN.finditer(plain):
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if kind == "word":
            yield from _word_tokens(text)
        elif kind == "mark":
            yield Token("through" if text == "-" else "fill")
        elif kind == "number":
            yield _number_token(text)
        else:
            yield from _written_in_figures(kind, text)


def is_foreign(word: str) -> bool:
    """Whether a folded word without marks has nothing to do with time."""
    return word.isalpha() and _word_tokens(word)[0].kind == "other"


def day_of(year: int, month: int, day: int) -> date | None:
    """A day of the calendar in the years that are looked at; None when there is none."""
    try:
        found = date(full_year(year), month, day)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def full_year(year: int) -> int:
    """A year that may be written with two digits."""
    return year + _CENTURY if year < 100 else year


def _written_in_figures(kind: str, text: str) -> Iterator[Token]:
    """A date, a month, two years or a day without year."""
    parts = [int(part) for part in _NUMBER.findall(text)]
    if kind in ("ymd", "dmy"):
        yield _date_token(kind, parts)
    elif kind == "compact":
        day = day_of(int(text[:4]), int(text[4:6]), int(text[6:]))
        yield Token("day", day=day) if day else Token("fault")
    elif kind in ("ym", "my"):
        year, month = parts if kind == "ym" else parts[::-1]
        yield Token("yearmonth", year * 100 + month)
    elif kind == "dm":
        yield _day_and_month(*parts)
    else:
        yield from _two_years(text, *parts)


def _date_token(kind: str, parts: list[int]) -> Token:
    """A date in figures; month before day only where the other order is no date."""
    year, month, day = parts[:3] if kind == "ymd" else parts[2::-1]
    found = day_of(year, month, day)
    if found is None and kind == "dmy":
        found = day_of(year, day, month)
    return Token("day", day=found) if found else Token("fault")


def _day_and_month(day: int, month: int) -> Token:
    fits = 1 <= day <= 31 and 1 <= month <= 12
    return Token("daymonth", day * 100 + month) if fits else Token("other")


def _two_years(text: str, first: int, last: int) -> Iterator[Token]:
    """``2021/22``: a financial year, called by its later calendar year; else two numbers."""
    start = full_year(first)
    end = last if last > 99 else start // 100 * 100 + last
    if end == start + 1 and (first > 99 or "/" in text):
        yield Token("split", end)
        return
    yield _number_token(str(first))
    yield Token("through" if "-" in text else "fill")
    yield _number_token(f"{last:02}")


def _number_token(text: str) -> Token:
    value = int(text) if len(text) <= 8 else 0
    if len(text) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
        return Token("year", value)
    if len(text) == 6 and FIRST_YEAR <= value // 100 <= LAST_YEAR and 1 <= value % 100 <= 12:
        return Token("yearmonth", value)
    if len(text) in (3, 5):  # 121 or 12021 glued behind a Q
        return Token("glued", value, len(text))
    return Token("number", value, len(text)) if len(text) <= 2 else Token("other")


_CLASS_OF_WORD = (
    ("cumulative", words.CUMULATIVE), ("rolling", words.ROLLING), ("quarter", words.QUARTER),
    ("half", words.HALF), ("months", words.MONTHS), ("fiscal", words.FISCAL),
    ("yearword", words.YEAR), ("total", words.TOTAL), ("through", words.THROUGH),
    ("present", words.PRESENT), ("ending", words.ORDINAL_ENDINGS), ("fill", words.FILL),
)  # fmt: skip


@lru_cache(maxsize=4096)
def _word_tokens(text: str) -> tuple[Token, ...]:
    if text in words.ROMAN or text in words.ORDINALS:
        value = words.ROMAN.get(text) or words.ORDINALS[text]
        return (Token("number", value, 1, roman=text in words.ROMAN),)
    if text in words.FISCAL_PARTS:
        return Token("fiscal"), Token(words.FISCAL_PARTS[text])
    for kind, vocabulary in _CLASS_OF_WORD:
        if text in vocabulary:
            return (Token(kind),)
    glued = _QUARTER_AND_ROMAN.fullmatch(text)
    if glued:
        return Token("quarter"), Token("number", words.ROMAN[glued[2] or glued[3]], 1)
    ordinal = _ROMAN_ORDINAL.fullmatch(text)
    if ordinal:
        return (Token("number", words.ROMAN[ordinal[1]], 1, roman=True),)
    return (_counted_or_named(text),)


def _counted_or_named(text: str) -> Token:
    """Months by number (three) or by name (March)."""
    if text in words.MONTH_COUNTS:
        return Token("number", words.MONTH_COUNTS[text], 1)
    month = words.months().get(text)
    if month:
        return Token("month", month)
    if text.startswith(words.CUMULATIVE_STEMS):
        return Token("cumulative")
    shortened = len(text) > 1 and any(word.startswith(text) for word in _LONG_QUARTERS)
    return Token("quarter") if shortened else Token("other")
