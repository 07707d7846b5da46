"""Parts of a text about time (``timewords``) to the period they name together.

Every number must find its use; a text that leaves one over names no period.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from smartfin.ingest.periods.span import PeriodWords, Span, month_end, month_start
from smartfin.ingest.periods.timewords import Token, day_of, full_year

_PARTS = (("quarter", 4, 3), ("half", 2, 6))  # kind, how many a year has, months
_QUARTERS = 4
_WEIGHTLESS = ("fill", "ending")


class Grammar:
    """Turns classes of words into a period.

    Args:
        tokens: The parts of one text, none of them about something else.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._all = tokens
        kept = [token for token in tokens if token.kind not in _WEIGHTLESS]
        self._tokens = _with_dates(kept)
        self._kinds = {token.kind for token in self._tokens}
        self._cumulative = "cumulative" in self._kinds
        self._rolling = "rolling" in self._kinds

    def read(self) -> PeriodWords | None:
        """The period; None when the words do not add up to one."""
        years = {token.value for token in self._tokens if token.kind in ("year", "split")}
        if len(years) > 1 and not self._is_range_of_months:
            return None
        year = max(years) if years else None
        for reader in self._readers:
            found = reader(year)
            if found is not None:
                return self._qualified(found)
        if self._cumulative or self._rolling:
            return PeriodWords(cumulative=self._cumulative, rolling=self._rolling)
        return None

    @property
    def names_no_part(self) -> bool:
        """Whether the words count a quarter or half that no year has (Q5)."""
        for kind, most, _ in _PARTS:
            if kind not in self._kinds:
                continue
            counted = [t.value for t in self._tokens if t.kind == "number" and t.digits == 1]
            glued = [t.value // 10 ** (t.digits - 1) for t in self._tokens if t.kind == "glued"]
            return any(not 1 <= part <= most for part in counted + glued)
        numbers = self._of("number")
        return bool(self._of("year")) and self._is_lone_roman and numbers[0].value > _QUARTERS

    @property
    def _readers(self) -> tuple[Callable[[int | None], PeriodWords | None], ...]:
        if "day" in self._kinds or "daymonth" in self._kinds:
            return (self._dates,)
        if "month" in self._kinds or "yearmonth" in self._kinds:
            return (self._named_months,)
        return (self._part, self._month_count, self._year, self._relative)

    @property
    def _is_range_of_months(self) -> bool:
        return len(self._of("month")) == 2

    def _qualified(self, found: PeriodWords) -> PeriodWords:
        """The period with what other words say about it."""
        return replace(
            found,
            cumulative=found.cumulative or self._cumulative,
            rolling=found.rolling or self._rolling,
            fiscal=found.year is not None and bool(self._kinds & {"fiscal", "split"}),
            split=found.year is not None and "split" in self._kinds,
        )

    def _of(self, kind: str) -> list[Token]:
        return [token for token in self._tokens if token.kind == kind]

    def _has_only(self, *kinds: str) -> bool:
        return self._kinds <= {*kinds, "cumulative", "rolling", "fiscal"}

    # --- dates

    def _dates(self, _: int | None) -> PeriodWords | None:
        """``Stand 31.12.2022``, ``1.1.-31.3.2021``, ``quarter ended 31 March 2021``."""
        days, open_days = self._of("day"), self._of("daymonth")
        if open_days and len(days) == 1:
            days = _with_year(open_days, days[0])
        if len(days) == 2:
            return self._range(days)
        if len(days) != 1 or open_days:
            return None
        return self._date(days[0])

    def _range(self, days: Sequence[Token]) -> PeriodWords | None:
        since, day = days[0].day, days[1].day
        if since is None or day is None or since >= day:
            return None
        beside = [token for token in self._tokens if token.kind not in ("day", "daymonth")]
        said = Grammar(beside).read() if beside else None
        within = said.span() if said is not None else None
        if within is not None and not within.holds(Span(since, day)):
            return None
        return PeriodWords(day=day, since=since)

    def _date(self, token: Token) -> PeriodWords | None:
        """A date, and how long the period is that ends with it, where that is said."""
        if not self._has_only("day", "through", "quarter", "half", "yearword", "months", "number"):
            return None
        lengths = [months for kind, _, months in _PARTS if kind in self._kinds]
        lengths += [12] if self._kinds & {"yearword", "fiscal"} else []
        counted = self._counted_months
        numbers = [number.value for number in self._of("number")]
        if "months" in self._kinds and numbers == [counted]:
            return PeriodWords(day=token.day, months=counted)
        if numbers or len(lengths) > 1:
            return None
        return PeriodWords(day=token.day, months=lengths[0] if lengths else None)

    # --- months by name

    def _named_months(self, year: int | None) -> PeriodWords | None:
        """``mars 2021``, ``jan-mrt 2021``, ``2021-01 - 2021-03``, ``Q1 (Jan-Mar) 2021``."""
        if "glued" in self._kinds or "total" in self._kinds:
            return None
        counted = self._counted_months
        rest = [t for t in self._tokens if not (counted and _is_count(t, counted))]
        part = self._part_beside(rest)
        if part is not None:
            rest = [token for token in rest if token.kind != "number" or token.digits != 1]
        ends = _ends_of(rest, year)
        if ends is None:
            return None
        found = self._between(ends, counted)
        if part is not None and found is not None and not _is_part(found, part):
            return None if "fiscal" not in self._kinds else found
        return found

    def _part_beside(self, rest: Sequence[Token]) -> tuple[int, int] | None:
        """First month and length of a quarter counted beside the months' names."""
        numbers = [token.value for token in rest if token.kind == "number" and token.digits == 1]
        for kind, _, months in _PARTS:
            if kind in self._kinds and len(numbers) == 1:
                return (numbers[0] - 1) * months + 1, months
        return None

    def _between(self, ends: Sequence[tuple[int | None, int]], counted: int) -> PeriodWords | None:
        """The months from the first to the last, each a year and a month."""
        (first_year, first), (last_year, last) = ends[0], ends[-1]
        if len(ends) == 1:
            return self._one_month(first_year, first, counted)
        if first_year is not None and last_year is not None and first_year != last_year:
            since, day = month_start(first_year, first), month_end(last_year, last)
            return PeriodWords(day=day, since=since) if since < day else None
        if last <= first:
            return None
        year = last_year if last_year is not None else first_year
        return PeriodWords(year, first, last - first + 1, named=True)

    def _one_month(self, year: int | None, month: int, counted: int) -> PeriodWords | None:
        """``mars 2021``, ``YTD Sep 2021``, ``3 months to June 2021``, ``bis März 2021``."""
        length = counted or next((m for kind, _, m in _PARTS if kind in self._kinds), 0)
        if length and year is not None and month < length:
            end = month_end(year, month)
            return PeriodWords(day=end, months=length)
        if length:
            first = month - length + 1
            return PeriodWords(year, first, length, named=True) if first >= 1 else None
        leading = any(token.kind == "through" for token in self._tokens[:2])
        runs = leading and self._tokens[-1].kind != "through"
        first_month = self._tokens[0].kind in ("month", "yearmonth")
        cumulative = runs and not first_month
        return PeriodWords(year, month, 1, cumulative=cumulative, named=True)

    @property
    def _counted_months(self) -> int:
        """How many months are counted (3 months, 9M); 0 when none are."""
        for before, token in zip(self._tokens, self._tokens[1:], strict=False):
            counts = before.kind == "number" and not before.roman
            if token.kind == "months" and counts and before.value in (3, 6, 9, 12):
                return before.value
        return 0

    @property
    def _is_lone_roman(self) -> bool:
        """Whether the only number besides a year is a Roman one."""
        return [token.roman for token in self._of("number")] == [True]

    # --- counted parts

    def _part(self, year: int | None) -> PeriodWords | None:
        """A quarter or half, or a run of quarters from the first."""
        for kind, most, length in _PARTS:
            if kind in self._kinds:
                numbers = self._part_numbers(len(self._of(kind)), most, year)
                return numbers and self._part_words(numbers, length)
        return None

    def _part_numbers(
        self, named: int, most: int, year: int | None
    ) -> tuple[list[int], int | None] | None:
        """The part's number or numbers, and the year."""
        parts: list[int] = []
        spare: list[int] = []
        for token in self._tokens:
            if token.kind == "glued":
                part, rest = divmod(token.value, 10 ** (token.digits - 1))
                parts.append(part)
                year = full_year(rest)
            elif token.kind == "number":
                (parts if token.digits == 1 and token.value <= most else spare).append(token.value)
        if year is None and len(spare) == 1 and spare[0] >= 10:
            year = full_year(spare.pop())
        ranged = "through" in self._kinds
        wanted = 2 if ranged and len(parts) == 2 else 1
        fits = len(parts) == wanted and named <= wanted and not spare
        return (parts, year) if fits and all(1 <= part <= most for part in parts) else None

    def _part_words(self, numbers: tuple[list[int], int | None], length: int) -> PeriodWords | None:
        parts, year = numbers
        first, last = parts[0], parts[-1]
        if last < first:
            return None
        leading = bool(self._tokens) and self._tokens[0].kind == "through" and len(parts) == 1
        return PeriodWords(
            year, (first - 1) * length + 1, (last - first + 1) * length, cumulative=leading
        )

    def _month_count(self, year: int | None) -> PeriodWords | None:
        """``9M 2021``: the first nine months; ``M9 2021``: the ninth; ``I-IX. hó``: a range."""
        numbers = [token.value for token in self._of("number")]
        if "months" in self._kinds and "through" in self._kinds and len(numbers) == 2:
            first, last = numbers
            return PeriodWords(year, first, last - first + 1, named=True) if first < last else None
        counted = self._counted_months
        if "months" not in self._kinds or "glued" in self._kinds or not numbers:
            return None
        if counted:
            numbers.remove(counted)
        elif not 1 <= numbers[0] <= 12 or (
            self._tokens[-1].kind == "months" and not self._is_lone_roman
        ):
            return None
        month = 0 if counted else numbers.pop(0)
        if len(numbers) > 1 or (numbers and year is not None):
            return None
        year = full_year(numbers[0]) if numbers else year
        return PeriodWords(year, month or 1, counted or 1, named=bool(month))

    def _year(self, year: int | None) -> PeriodWords | None:
        """``2021``, ``FY21``, ``Geschäftsjahr 2021``, ``2021/22``; ``I/2021`` is a quarter."""
        numbers = [token.value for token in self._of("number")]
        if self._kinds & {"glued", "through", "present"}:
            return None
        if year is not None and self._is_lone_roman:
            return PeriodWords(year, numbers[0] * 3 - 2, 3) if numbers[0] <= _QUARTERS else None
        named = self._kinds & {"yearword", "fiscal", "total"}
        if year is None and len(numbers) == 1 and named and numbers[0] >= 10:
            return PeriodWords(year=full_year(numbers[0]))
        return PeriodWords(year=year) if year is not None and not numbers else None

    def _relative(self, year: int | None) -> PeriodWords | None:
        """``Boekjaar 1``, ``current quarter``: a period no calendar knows."""
        numbers = [token.value for token in self._of("number")]
        if year is not None or "through" in self._kinds or "glued" in self._kinds:
            return None
        if "present" in self._kinds and not numbers:
            length = next((months for kind, _, months in _PARTS if kind in self._kinds), None)
            return PeriodWords(months=length, relative=0)
        counts_years = self._kinds & {"yearword", "fiscal"} and len(self._tokens) == 2
        if counts_years and len(numbers) == 1 and 1 <= numbers[0] <= 9:
            return PeriodWords(months=12, relative=numbers[0])
        return None


def _with_dates(tokens: Sequence[Token]) -> list[Token]:
    """The parts, those that write a date in words put together as one.

    ``31 March 2021``, ``March 31, 2021`` and ``2021. március 31.`` are dates; ``1 January`` is a
    day without year.
    """
    found: list[Token] = []
    has_year = any(token.kind == "year" for token in tokens)
    place = 0
    while place < len(tokens):
        taken = place > 0 and _is_taken(tokens[place], tokens[place - 1], has_year=has_year)
        length, token = (0, None) if taken else _date_in_words(tokens[place : place + 5])
        found.append(token or tokens[place])
        place += max(1, length)
    return found


def _is_taken(token: Token, before: Token, *, has_year: bool) -> bool:
    """Whether a number belongs to what stands before it (Q1 Jan, FY22 Aug) and is no day."""
    counts = before.kind in ("quarter", "half") and token.digits == 1
    is_year = before.kind in ("fiscal", "yearword") and not has_year
    return token.kind == "number" and (counts or is_year)


def _date_in_words(tokens: Sequence[Token]) -> tuple[int, Token | None]:
    """How many of the first parts are a date, and which."""
    kinds = [token.kind for token in tokens]
    if kinds[1::2] == ["through", "through"]:  # 31-Mar-21
        length, token = _date_in_words(tokens[::2])
        return (5, token) if length == 3 else (0, None)
    for order in (
        ("number", "month", "year"), ("month", "number", "year"), ("year", "month", "number"),
    ):  # fmt: skip
        if kinds[:3] == list(order):
            part = dict(zip(order, (token.value for token in tokens[:3]), strict=True))
            day = day_of(part["year"], part["month"], part["number"])
            return (3, Token("day", day=day)) if day else (0, None)
    if kinds[:3] == ["number", "month", "number"] and tokens[2].digits == 2:
        day = day_of(tokens[2].value, tokens[1].value, tokens[0].value)
        return (3, Token("day", day=day)) if day else (0, None)
    if kinds[:2] == ["number", "month"] and 1 <= tokens[0].value <= 31:
        return 2, Token("daymonth", tokens[0].value * 100 + tokens[1].value)
    return 0, None


def _with_year(open_days: Sequence[Token], other: Token) -> list[Token]:
    """A day without year and a date: both as dates."""
    day, month = divmod(open_days[0].value, 100)
    since = day_of(other.day.year, month, day) if other.day and len(open_days) == 1 else None
    return [Token("day", day=since), other] if since else []


def _is_count(token: Token, counted: int) -> bool:
    return token.kind == "months" or (token.kind == "number" and token.value == counted)


def _is_part(found: PeriodWords, part: tuple[int, int]) -> bool:
    return (found.first, found.months) == part


def _ends_of(tokens: Sequence[Token], year: int | None) -> list[tuple[int | None, int]] | None:
    """Year and month of each end of a range of months; None when they are no such range.

    Months right after each other (``Jan/Feb/Mar``) are a range as well.
    """
    ends: list[tuple[int | None, int]] = []
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.kind == "month":
            own = after.value if after and after.kind == "year" else None
            if after and after.kind == "number" and after.digits == 2:
                own = full_year(after.value)
            before = tokens[place - 1] if place else None
            if own is None and before is not None and before.kind == "year":
                own = before.value
            ends.append((own, token.value))
        elif token.kind == "yearmonth":
            ends.append((token.value // 100, token.value % 100))
    leftover = _unused_numbers(tokens)
    if leftover and year is None and len(leftover) == 1 and len(ends) == 1:
        year = full_year(leftover.pop())  # "jan-21"
    months = [month for _, month in ends]
    follow = all(later - earlier == 1 for earlier, later in pairwise(months))
    if leftover or (len(ends) > 2 and not follow):
        return None
    named = [own for own, _ in ends if own is not None]
    return [(own if own is not None else (named[-1] if named else year), m) for own, m in ends]


def _unused_numbers(tokens: Sequence[Token]) -> list[int]:
    """Numbers that no month has taken for its year."""
    return [
        token.value
        for place, token in enumerate(tokens)
        if token.kind == "number"
        and not (place and tokens[place - 1].kind == "month" and token.digits == 2)
    ]
