"""What a text says about units, be it ``TEUR``, ``eFt``, ``€ '000`` or ``in duizenden euro's``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel.numbers import get_currency_name

from smartfin.ingest import vocabulary as words
from smartfin.ingest.text import comparable, folded

THOUSAND, MILLION, BILLION = 1e3, 1e6, 1e9
_TWO_SCALES = "mil"  # a thousand in Spanish, short for a million in English: leads to a question

_KRONA = frozenset({"SEK", "NOK", "DKK", "ISK"})
_SIGNS = {
    "€": frozenset({"EUR"}), "eur": frozenset({"EUR"}), "ft": frozenset({"HUF"}),
    "kr": _KRONA, "$": frozenset({"USD"}), "£": frozenset({"GBP"}), "kc": frozenset({"CZK"}),
    "zl": frozenset({"PLN"}), "chf": frozenset({"CHF"}), "lei": frozenset({"RON"}),
}  # fmt: skip
# Letters glued before or behind a currency. A lower-case m is thousand in some countries
# and million in others: it says no scale for euros, and so leads to a question.
_BEFORE = {"k": THOUSAND, "t": THOUSAND, "m": MILLION, "mn": MILLION, "mio": MILLION, "mm": MILLION}
_BEHIND = {"k": THOUSAND, "m": MILLION, "mn": MILLION, "000": THOUSAND, "s": 1.0}
_LOCAL = {"e": THOUSAND, "m": MILLION}  # before forint; m also before krona
_LONGEST_GLUED = max(map(len, _SIGNS)) + max(map(len, (*_BEFORE, *_BEHIND)))
_CODES = (
    "EUR", "SEK", "HUF", "NOK", "DKK", "ISK", "GBP", "CHF", "PLN", "CZK", "RON", "BGN", "USD",
    "CAD", "AUD", "JPY", "CNY",
)  # fmt: skip
_TOKEN = re.compile(r"'?\d[\d., ]*|[^\W\d_]+|[€$£%]")
_PARTED = re.compile(r"[,;|:/]|\s[-–—]\s")  # what a title ends with: "Result, SEK"
_CLOSING = re.compile(r"\s([€$£]|[A-Z]{3})\s*$")
_ONE = re.compile(r"\b1 (?=[^\W\d_]{3})")  # "x € 1 mln"; not the part of a year in "1 T"
_THOUSANDS = re.compile(r"0{3}s?|1[., ]?000")
_MILLIONS = re.compile(r"1[., ]?000[., ]?000|0{3}[., ]?0{3}")


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What a text says about the unit of figures.

    Args:
        scale: Factor to single units; None when nothing is said.
        currencies: ISO codes the currency may be (``kr`` is four); empty when none.
        kind: ``percent``, ``count``, ``fte``, ``days``, ``hours``; empty for money.
    """

    scale: float | None = None
    currencies: frozenset[str] = frozenset()
    kind: str = ""


_KINDS = {
    word: kind
    for kind, vocabulary in (
        ("percent", words.PERCENT), ("count", words.COUNT), ("fte", words.FTE),
        ("days", words.DAYS), ("hours", words.HOURS),
    )
    for word in vocabulary
}  # fmt: skip


@lru_cache(maxsize=8192)
def read_unit(text: str) -> UnitWords | None:
    """The unit a text names; None unless the whole text is a unit.

    Example:
        >>> read_unit("TEUR").scale, read_unit("Belopp i tkr").scale, read_unit("Cash")
        (1000.0, 1000.0, None)
    """
    if any(map(is_no_unit, text.split())):
        return None
    plain = folded(text).strip(" ().:[]")
    if not plain or len(plain) > 60:
        return None
    if plain.endswith("%") and plain[:-1].strip() in words.AMOUNT_LINKS | {""}:
        return UnitWords(kind="percent")
    kinds = {_KINDS.get(word) for word in (comparable(text).split() or [plain])}
    if len(kinds) == 1 and (kind := kinds.pop()) is not None:
        return UnitWords(kind=kind)
    tokens = list(_classes(text))
    if any(token.kind == "other" for token in tokens):
        return None
    return _meaning(tokens)


@lru_cache(maxsize=4096)
def is_no_unit(word: str) -> bool:
    """Whether a word without marks is in no text that is a unit: told without looking further."""
    if len(word) < 2 or not word.isalpha():
        return False
    return _class(word).kind == "other" and folded(word) not in _KINDS


@lru_cache(maxsize=8192)
def find_unit(text: str) -> UnitWords | None:
    """The unit of money a longer text (title, note) names somewhere; None when none.

    A bare currency counts when the text speaks of amounts ("Importes en euros") or puts it in
    brackets.
    """
    for inner in re.findall(r"[(\[]([^)\]]{1,40})[)\]]", text):
        unit = read_unit(inner)
        if unit is not None and not unit.kind:
            return unit
    run: list[_Token] = []
    for token in _classes(text):
        if token.kind != "other":
            run.append(token)
            continue
        if _speaks_of_amounts(run, at_end=False):
            return _meaning(run)
        run = []
    return _meaning(run) if _speaks_of_amounts(run, at_end=True) else None


def money_unit(text: str) -> UnitWords | None:
    """The unit of money a title names: alone, within, or behind its last mark (``Balance, €``)."""
    unit = read_unit(text) or find_unit(text) or read_unit(_PARTED.split(text)[-1])
    return unit if unit is not None and not unit.kind else None


def closing_currency(text: str) -> UnitWords | None:
    """The sign or code of a currency that ends a title without any mark (``Balance €``)."""
    closing = _CLOSING.search(text)
    unit = read_unit(closing[1]) if closing else None
    return unit if unit is not None and unit.currencies else None


def currencies_in(text: str) -> frozenset[str]:
    """The currency a text names anywhere as a word of its own (``Währung: EUR``)."""
    for token in _classes(text):
        if token.kind in ("currency", "glued") and token.currencies != _KRONA:
            return token.currencies
    return frozenset()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    scale: float | None = None
    currencies: frozenset[str] = frozenset()


def _classes(text: str) -> Iterator[_Token]:
    """The words of a text; a small m behind a currency is a million everywhere (``EUR m``)."""
    original = _ONE.sub("", text.replace("’", "'"))
    last = ""
    for match in _TOKEN.finditer(original):
        word = match[0].strip(" .,")
        token = _Token("scale", MILLION) if word == "m" and last == "currency" else _class(word)
        last = token.kind
        yield token


@lru_cache(maxsize=4096)
def _class(original: str) -> _Token:
    word = folded(original).strip("'")
    if word in _SIGNS or word in _currency_words():
        return _Token("currency", currencies=_SIGNS.get(word) or _currency_words()[word])
    if word == _TWO_SCALES:
        return _Token("glued")
    scale = _scale_alone(word, original)
    if scale is not None:
        return _Token("scale", scale)
    return _glued(word, original) or _Token(_kind_of_word(word))


def _scale_alone(word: str, original: str) -> float | None:
    if original == "M" or word in words.MILLION or _MILLIONS.fullmatch(word):
        return MILLION
    if word in words.BILLION:
        return BILLION
    return THOUSAND if word in words.THOUSAND or _THOUSANDS.fullmatch(word) else None


def _kind_of_word(word: str) -> str:
    if word in words.AMOUNT_LEADS:
        return "lead"
    if word in words.AMOUNT_LINKS:
        return "link"
    if word in words.UNIT_FILL:
        return "fill"
    return "local" if word == "e" else "other"


def _glued(word: str, original: str) -> _Token | None:
    """``TEUR``, ``kkr``, ``mFt``, ``eurk``: a currency with its scale attached."""
    if len(word) > _LONGEST_GLUED:
        return None
    for sign, currencies in _currency_signs():
        if word.endswith(sign) and len(word) > len(sign):
            scale = _scale_before(word.removesuffix(sign), original, currencies)
            if scale is not None:
                return _Token("glued", scale or None, currencies)
        if word.startswith(sign) and word.removeprefix(sign) in _BEHIND:
            return _Token("glued", _BEHIND[word.removeprefix(sign)], currencies)
    return None


def _scale_before(prefix: str, original: str, currencies: frozenset[str]) -> float | None:
    """The scale a prefix says; 0 when it is a scale but nobody can say which."""
    if currencies == _SIGNS["ft"] and prefix in _LOCAL:
        return _LOCAL[prefix]
    if prefix == "m" and original.startswith("m") and currencies != _KRONA:
        return 0.0
    return _BEFORE.get(prefix)


@lru_cache(maxsize=1)
def _currency_signs() -> tuple[tuple[str, frozenset[str]], ...]:
    """What a currency is written with, glued to its scale or not."""
    return (*_SIGNS.items(), *_iso_words().items())


@lru_cache(maxsize=1)
def _iso_words() -> dict[str, frozenset[str]]:
    """The currencies of Europe and the large ones, by their code."""
    return {code.casefold(): frozenset({code}) for code in _CODES}


@lru_cache(maxsize=1)
def _currency_words() -> dict[str, frozenset[str]]:
    """One-word currency names in all languages, from CLDR, and their inflections."""
    found = dict(_iso_words())
    for code, names in (
        ("EUR", "euro euros eurot euroban euroja"),
        ("SEK", "kronor"),
        ("HUF", "forint forintban forints forinti forintos forintok ftban"),
    ):
        found |= {name: frozenset({code}) for name in names.split()}
    for code in _iso_words():
        for language in words.LANGUAGES:
            name = folded(get_currency_name(code.upper(), locale=language))
            if " " not in name and name not in found:
                found[name] = frozenset({code.upper()})
    return found


def _meaning(tokens: list[_Token]) -> UnitWords | None:
    """The unit a run of unit words means; None when it means none or contradicts itself."""
    currencies = frozenset[str]()
    scales: set[float] = set()
    for token in tokens:
        currencies = currencies or token.currencies
        if token.kind in ("scale", "glued") and token.scale is not None:
            scales.add(token.scale)
        if token.kind == "local":
            scales.add(THOUSAND)
    unsaid = any(token.kind == "glued" and token.scale is None for token in tokens)
    spoken = any(token.kind in ("currency", "glued", "scale") for token in tokens)
    local = any(token.kind == "local" for token in tokens)
    if not spoken or len(scales) > 1 or (local and currencies != _SIGNS["ft"]):
        return None
    if not scales and not unsaid and currencies:
        scales = {1.0}
    return UnitWords(scale=scales.pop() if scales else None, currencies=currencies)


def _speaks_of_amounts(run: list[_Token], *, at_end: bool) -> bool:
    """Whether a run of unit words within a text is about its figures."""
    kinds = {token.kind for token in run}
    led = "lead" in kinds or ("link" in kinds and at_end)
    if kinds & {"currency", "glued"}:
        return "glued" in kinds or led or bool(kinds & {"scale", "local"})
    return "scale" in kinds and led
