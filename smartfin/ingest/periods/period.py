"""What a heading says about time, be it ``1T21``, ``I. negyedév``, ``31.03.2021`` or ``9M``.

One grammar over classes of words (``timewords``), not one pattern per language. A heading may say
only part of it (a year above, a quarter below); ``PeriodWords`` (``span``) adds up.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from smartfin.ingest.periods.grammar import Grammar
from smartfin.ingest.periods.span import PeriodWords
from smartfin.ingest.periods.timewords import FIRST_YEAR, LAST_YEAR, Token, is_foreign, tokens_of
from smartfin.ingest.text import folded, without_marks

_LONGEST = 70  # characters of a heading
_LONGEST_TITLE = 160
_PHRASES = (
    ("year to date", "ytd"), ("year-to-date", "ytd"), ("t/m", "through"), ("t.e.m.", "through"),
    ("t.o.m.", "through"), ("tot en met", "through"), ("till och med", "through"),
    ("n.ev", "nev"), ("n. ev", "nev"), ("a la fecha", "acumulado"), ("a ce jour", "cumul"),
    ("tot nu toe", "cumulatief"), ("da inizio anno", "cumulato"), ("sedan arsskiftet", "ack"),
    ("seit jahresanfang", "kumuliert"), ("ab jahresbeginn", "kumuliert"),
    ("desde enero", "acumulado"), ("desde inicio de ano", "acumulado"),
    ("seit jahresbeginn", "kumuliert"), ("sinds begin van het jaar", "cumulatief"),
    ("depuis le debut de l'annee", "cumul"), ("a date", "date"),
    ("letzte 12 monate", "ltm"), ("last 12 months", "ltm"), ("last twelve months", "ltm"),
    ("trailing 12 months", "ltm"), ("trailing twelve months", "ltm"),
    ("12 derniers mois", "ltm"), ("12 mois glissants", "ltm"), ("ultimos 12 meses", "ltm"),
    ("ultimi 12 mesi", "ltm"), ("laatste 12 maanden", "ltm"), ("senaste 12 manaderna", "ltm"),
    ("elmult 12 honap", "ltm"), ("rullande 12", "ltm"), ("r 12", "ltm"), ("r12", "ltm"),
)  # fmt: skip
_STRANGE = (Token("other"),)  # a text with a word that has nothing to do with time
_CERTAIN = re.compile(
    r"q|[^\W\d_]{2,}"
)  # "S1", "T1" name sheets as well as half-years and quarters
_ORDINAL_SIGN = re.compile("(?<=[0-9ivIV])[ºª°]")  # 1º, I°; folding would make letters of them


@lru_cache(maxsize=8192)
def read_period(text: str) -> PeriodWords | None:
    """What a heading says about time; None when anything in it is about something else."""
    found = _read(text)
    if found is not None:
        return found
    bare = without_marks(text)
    return _read(bare) if bare != text else None


@lru_cache(maxsize=8192)
def is_impossible(text: str) -> bool:
    """Whether a heading names a period no calendar has: ``Q5 2021``, ``31.06.2021``."""
    tokens = _tokens(text)
    kinds = {token.kind for token in tokens}
    if not tokens or "other" in kinds:
        return False
    return "fault" in kinds or Grammar(tokens).names_no_part


def speaks_of_time(word: str) -> bool:
    """Whether a word, by itself or with others, may tell a period."""
    tokens = _tokens(word)
    return bool(tokens) and all(token.kind != "other" for token in tokens)


def holds_phrase(plain: str) -> bool:
    """Whether several words of a folded text say together what none of them says alone."""
    return any(phrase in plain for phrase, _ in _PHRASES)


def is_filler(text: str) -> bool:
    """Whether a text has only words that say nothing by themselves: ``ungeprüft``, ``per``."""
    tokens = _tokens(text)
    return bool(tokens) and all(token.kind in ("fill", "ending") for token in tokens)


@lru_cache(maxsize=4096)
def find_period(text: str) -> PeriodWords | None:
    """The one period a title names somewhere; None when it names none, or several.

    The longest stretch of words that is a period counts: ``GuV für das 3. Quartal 2022``. A part
    without a year (``Q3`` on a sheet's tab) is given as it is.
    """
    words = [word for word in text[:_LONGEST_TITLE].split() if any(map(str.isalnum, word))]
    found: dict[PeriodWords, str] = {}
    foreign = _foreign(words)
    start = 0
    while start < len(words):
        end = next((place for place in foreign if place >= start), len(words))
        length, period = _longest_period(words[start : min(end, start + 12)])
        if period is not None and (period.complete or period.names_part):
            found[period] = " ".join(words[start : start + length])
        start += max(1, length)
    if len(found) == 1:
        period, text = next(iter(found.items()))
        return period if period.complete or _CERTAIN.search(folded(text)) else None
    year = [period for period in found if period.is_year_alone]
    parts = [period for period in found if not period.complete]
    return year[0].over(parts[0]) if len(year) == len(parts) == 1 and len(found) == 2 else None


def period_of_year(number: float) -> PeriodWords | None:
    """The period a bare number in a heading stands for: a year, YYYYMM or YYYYMMDD."""
    if not number.is_integer():
        return None
    if FIRST_YEAR <= number <= LAST_YEAR:
        return PeriodWords(year=int(number))
    if FIRST_YEAR * 100 <= number <= LAST_YEAR * 100 + 12:
        year, month = divmod(int(number), 100)
        if 1 <= month <= 12:
            return PeriodWords(year=year, first=month, months=1, named=True)
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


def _read(text: str) -> PeriodWords | None:
    tokens = _tokens(text)
    if not tokens or any(token.kind in ("other", "fault") for token in tokens):
        return None
    return Grammar(tokens).read()


@lru_cache(maxsize=8192)
def _tokens(text: str) -> tuple[Token, ...]:
    plain = _plain(text)
    if not plain or len(plain) > _LONGEST:
        return ()
    for phrase, word in _PHRASES:
        if phrase in plain:
            plain = plain.replace(phrase, f" {word} ")
    if any(map(is_foreign, plain.split())):
        return _STRANGE
    return tuple(tokens_of(plain))


def _plain(text: str) -> str:
    return folded(_ORDINAL_SIGN.sub(" ", text))


def _foreign(words: list[str]) -> list[int]:
    """Places of words that no period holds; none where a phrase may give them a meaning."""
    plain = [_plain(word.strip(",;:|-–—")) for word in words]
    if holds_phrase(" ".join(plain)):
        return []
    return [place for place, word in enumerate(plain) if is_foreign(word)]


def _longest_period(words: list[str]) -> tuple[int, PeriodWords | None]:
    """How many of the first words are a period, and which."""
    for length in range(len(words), 0, -1):
        period = read_period(" ".join(words[:length]).strip("()[],;:|-–—"))
        if period is not None:
            return length, period
    return 0, None
