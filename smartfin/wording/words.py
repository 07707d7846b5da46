"""The words of one language: sentences from the catalogue, facts written as the reader does."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from numbers import Real
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import get_decimal_symbol, get_group_symbol

from smartfin.errors import InputError, SmartfinError
from smartfin.findings import Finding, Question
from smartfin.items import Items, read_items
from smartfin.measure import Measure
from smartfin.quarter import Quarter
from smartfin.settings import ROOT
from smartfin.support import is_of_group, partner_of
from smartfin.wording.catalogue import filled, read_catalogue
from smartfin.wording.families import CODES, COUNTS, FAMILIES, FIGURES, IDENTIFIERS
from smartfin.wording.languages import LANGUAGES, locale_of
from smartfin.wording.numbers import (
    DASH,
    NBSP,
    Scale,
    beside_one,
    fitting_digits,
    is_undefined,
    written_amount,
    written_number,
    written_percent,
)
from smartfin.wording.units import UNITS
from smartfin.wording.visible import shortened, visible

_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_DAYS = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
_YEARS = re.compile(r"\d{4}(?:-\d{4})?")
_STARTS = re.compile(r"starts-(0[1-9]|1[0-2])")
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


class Words:
    """Every word and number format of one language.

    Args:
        language: Member of ``LANGUAGES``.
        data: Folder with ``locale/<language>.po`` and ``items.yaml``.

    Raises:
        SettingsError: ``catalogue-unreadable``.
    """

    def __init__(self, language: str, data: Path) -> None:
        self.language = language
        self.locale = locale_of(language)
        self._data = data
        self._catalogue = read_catalogue(data / "locale" / f"{language}.po")

    # Sentences

    def text(self, key: str, /, **facts: object) -> str:
        """The message of a key, with its facts written in.

        A reason or a finding brings its facts with it: where its message has plural forms, the
        fact that is a count (``COUNTS``) chooses the form.

        Raises:
            SmartfinError: ``message-missing`` or ``fact-missing``: a fault of the program,
                never silent.
        """
        forms = self._catalogue.has_forms(key)
        counts = (facts[name] for name in COUNTS if forms and name in facts)
        n = next((abs(count) for count in counts if isinstance(count, int)), None)
        return filled(self._catalogue.template(key, n), self._facts_of(key, facts))

    def plural(self, key: str, n: int, /, **facts: object) -> str:
        """The message of a key in the form for a count; ``{n}`` is the count.

        Raises:
            SmartfinError: As ``text``.
        """
        template = self._catalogue.template(key, abs(n))
        return filled(template, self._facts_of(key, {"n": n, **facts}))

    def finding(self, finding: Finding) -> tuple[str, str]:
        """What is wrong in a workbook, and what to do about it."""
        key = f"finding.{finding.code.value}"
        place = {"sheet": finding.sheet, "cell": finding.cell}
        facts = {**place, **shortened(self._stated(finding.facts))}
        return self.text(key, **facts), self.text(f"{key}.remedy", **facts)

    def _stated(self, facts: Mapping[str, object]) -> dict[str, object]:
        """Facts with the figures of the workbook among them in their unit."""
        unit = facts.get("unit")
        if not isinstance(unit, str):
            return dict(facts)
        return {
            name: self._figure_of(name, float(value), unit, facts)
            if name in FIGURES and isinstance(value, int | float)
            else value
            for name, value in facts.items()
        }

    def _figure_of(self, name: str, value: float, unit: str, facts: Mapping[str, object]) -> str:
        """A figure in its unit; in a unit of its own beside what it is in that of the others."""
        own, converted = facts.get(f"{name}_unit"), facts.get(f"{name}_converted")
        if not isinstance(own, str) or not isinstance(converted, float):
            return self.figure(value, unit)
        stated, local = self.figure(value, own), self.figure(converted, unit)
        return self.text("amount.converted", amount=stated, other_amount=local)

    def question(self, question: Question) -> str:
        """What a person must settle."""
        facts = {"sheet": question.sheet, "cell": question.cell, **shortened(question.facts)}
        key = f"question.{question.kind.value}"
        aspect = facts.pop("aspect", "")
        return self.text(f"{key}.{aspect}" if aspect else key, **facts)

    def error(self, error: SmartfinError) -> str:
        """Why an operation cannot go on, and what to do instead."""
        return self.text(f"error.{error.code}", **shortened(error.facts))

    def join(self, parts: Sequence[str]) -> str:
        """A list in a sentence: a, b and c."""
        return format_list(list(parts), locale=self.locale)

    # Numbers

    def number(self, value: float | None, digits: int | None = None, sign: bool = False) -> str:
        """A plain number; a dash where there is none.

        Args:
            value: Number.
            digits: Decimals; None for as many as the number has, up to two.
            sign: Whether it is a change.
        """
        if value is None or is_undefined(value):
            return DASH
        if digits is None:
            digits = next((n for n in (0, 1) if math.isclose(value, round(value, n))), 2)
        return written_number(value, self.locale, digits, sign)

    def percent(self, fraction: float | None, digits: int = 0) -> str:
        """A fraction as a percentage: 0.93 is 93 %.

        What would be rounded to 100 % without being it gets a decimal, and 99.96 % stays
        99.9 %: on which side of 100 % a figure lies is often the whole answer.
        """
        if fraction is None or is_undefined(fraction):
            return DASH
        if digits == 0 and round(fraction * 100) == 100 and not math.isclose(fraction, 1):
            fraction, digits = beside_one(fraction), 1
        return written_percent(self.number(fraction * 100, digits), self.locale)

    def percent_change(self, fraction: float | None, digits: int = 0) -> str:
        """A relative change as a percentage with its sign: +12 %."""
        if fraction is None or is_undefined(fraction):
            return DASH
        return written_percent(self.number(fraction * 100, digits, sign=True), self.locale)

    def points(self, fraction: float | None, digits: int = 0) -> str:
        """A change of a fraction in percentage points, with its sign: +10 pp."""
        if fraction is None or is_undefined(fraction):
            return DASH
        return self.text("unit.points", number=self.number(fraction * 100, digits, sign=True))

    def amount(
        self, value: float | None, currency: str, scale: Scale = "auto", sign: bool = False
    ) -> str:
        """Money with the ISO code after it; see ``numbers.written_amount``."""
        if value is None or is_undefined(value):
            return DASH
        return written_amount(value, currency, self.locale, scale, sign)

    def figure(self, value: float, unit: str) -> str:
        """A figure as a workbook states it, unrounded, with its unit: 30,001 EUR."""
        if unit in UNITS:
            return self.measure(Measure(value, unit))
        return f"{self.number(value)}{NBSP}{unit}"

    def measure(
        self,
        measure: Measure,
        scale: Scale = "auto",
        sign: bool = False,
        digits: int | None = None,
    ) -> str:
        """A computed number with its unit; a dash where it is undefined.

        Args:
            measure: What to write.
            scale: Scale of money.
            sign: Whether it is a change; that of a percentage is in points.
            digits: Decimals of what is not money; None for those usual for the unit, as far
                as three digits allow.
        """
        if measure.value is None:
            return DASH
        if measure.unit not in UNITS:
            return self.amount(measure.value, measure.unit, scale, sign)
        usual, write = UNITS[measure.unit]
        fitting = fitting_digits(measure.value, usual) if digits is None else digits
        return write(self, measure.value, fitting, sign)

    def reason(self, measure: Measure) -> str:
        """Why a measure has no value; empty when it has one."""
        if measure.reason is None:
            return ""
        return self.text(f"undefined.{measure.reason.value}", **measure.facts)

    @property
    def plotly_separators(self) -> str:
        """Decimal and thousands separator, as plotly's ``layout.separators`` wants them."""
        return get_decimal_symbol(self.locale) + get_group_symbol(self.locale)

    # Time

    def quarter(self, quarter: Quarter) -> str:
        """Q4 2023, K4 2023, T4 2023."""
        return format_date(quarter.start, "QQQ y", locale=self.locale)

    def quarter_name(self, quarter: Quarter) -> str:
        """Q4, K4, T4: where the year stands beside it."""
        return format_date(quarter.start, "QQQ", locale=self.locale)

    def span(self, text: str) -> str:
        """A period as files write it: ``2022-Q4`` or ``2022-01-01/2022-08-31``."""
        if _QUARTER.fullmatch(text):
            return self.quarter(Quarter.parse(text))
        if _DAYS.fullmatch(text):
            return " – ".join(self.date(date.fromisoformat(day)) for day in text.split("/"))
        return text

    def date(self, day: date) -> str:
        """A day: 15 Feb 2023."""
        return format_date(day, "medium", locale=self.locale)

    def moment(self, moment: datetime) -> str:
        """A day and time to the minute, in the time zone it carries."""
        when = f"{self.date(moment)}, {moment:%H:%M}"
        zone = moment.tzname()
        return f"{when} {zone}" if zone else when

    # Names

    def country(self, code: str) -> str:
        """A country's name; the code itself where CLDR knows none.

        Of a legal entity of a partner, ``DE-EV``, the country with the entity's code; of group
        finance's list, ``GROUP-DE``, whose it is.
        """
        if is_of_group(code):
            of = partner_of(code)
            return self.text("group.finance-of", country=self.country(of)) if of else (
                self.text("group.finance")
            )  # fmt: skip
        whole, _, entity = code.partition("-")
        if entity and whole in self.locale.territories:
            return self.text("entity.of", country=self.country(whole), entity=entity)
        return str(self.locale.territories.get(code, code))

    def country_and_code(self, code: str) -> str:
        """Both, for who is to type the code: Spain (ES)."""
        return f"{self.country(code)} ({code})"

    def currency(self, code: str) -> str:
        """A currency's name with its code."""
        name = self.locale.currencies.get(code)
        return f"{name} ({code})" if name else code

    def item(self, code: str) -> str:
        """A line item's name; the code itself where items.yaml knows none."""
        return self._items[code].label(self.language) if code in self._items else code

    def option(self, value: str) -> str:
        """An answer to a question by its name; as it was given where it has none."""
        if value in self._items:
            return self.item(value)
        if f"option.{value}" in self._catalogue:
            return self.text(f"option.{value}")
        if value in self.locale.currencies:
            return self.currency(value)
        return self._period_option(value) or visible(self.country(value))

    def _period_option(self, value: str) -> str:
        """A quarter, years, a month or several answers in one; empty for anything else."""
        if "," in value:
            return " | ".join(self._group_option(part) for part in value.split(","))
        if " " in value:
            return ", ".join(self.option(part) for part in value.split())
        if month := _STARTS.fullmatch(value):
            return str(self.locale.months["stand-alone"]["wide"][int(month[1])])
        if _YEARS.fullmatch(value):
            return value.replace("-", "–")
        return self.span(value) if _QUARTER.fullmatch(value) else ""

    def _group_option(self, part: str) -> str:
        key = f"scenario.{part}"
        return self.text(key) if key in self._catalogue else self.option(part)

    @cached_property
    def _items(self) -> Items:
        return read_items(self._data / "items.yaml")

    def _facts_of(self, key: str, facts: dict[str, object]) -> Callable[[str], str]:
        def shown(name: str) -> str:
            if name not in facts:
                raise SmartfinError("fact-missing", key=key, fact=name, language=self.language)
            return self._fact(name, facts[name])

        return shown

    def _fact(self, name: str, value: object) -> str:
        """A fact as the reader writes such things."""
        if name in IDENTIFIERS:
            return visible(str(value))
        if isinstance(value, tuple | list):
            return self.join([self._fact(name, part) for part in value])
        for kind, written in _WRITTEN:
            if isinstance(value, kind):
                return written(self, value)
        return self._named(name, visible(str(value)))

    def _coded(self, code: StrEnum) -> str:
        """The words of a code: ``Statement.PNL`` has message ``statement.pnl``."""
        kind = type(code).__name__
        family = CODES.get(kind) or _CAPITAL.sub("-", kind).lower()
        return self.text(f"{family}.{code.value}")

    def _named(self, name: str, text: str) -> str:
        """The words behind a code, for the facts that are codes."""
        if name in _NAMED:
            return _NAMED[name](self, text)
        family = FAMILIES.get(name)
        key = f"{family}.{text}"
        return self.text(key) if family and key in self._catalogue else text


@lru_cache
def words_of(language: str, data: Path = ROOT / "data") -> Words:
    """The words of a language, read once.

    Raises:
        InputError: ``language-unknown``, with the languages that exist.
        SettingsError: ``catalogue-unreadable``.
    """
    if language not in LANGUAGES:
        raise InputError("language-unknown", language=language, known=", ".join(LANGUAGES))
    return Words(language, data)


# How a fact is written, by its type; the first that fits.
_WRITTEN: tuple[tuple[type, Callable[[Words, Any], str]], ...] = (
    (StrEnum, Words._coded),
    (Quarter, Words.quarter),
    (datetime, Words.moment),
    (date, Words.date),
    (Measure, Words.measure),
    (Real, Words.number),
)

# How a fact that is text is written, by its name; every other one stands as it is.
_NAMED: dict[str, Callable[[Words, str], str]] = {
    "item": Words.item,
    "partner": Words.country,
    "partners": Words.country_and_code,
    "expected": Words.country,
    "found": Words.country,
    "quarter": Words.span,
    "period": Words.span,
    "newest": Words.span,
    "first": Words.span,
    "last": Words.span,
    "scale": Words.option,
}
