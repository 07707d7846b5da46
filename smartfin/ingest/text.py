"""Text as it is compared: without case, accents, punctuation and decoration."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 200  # characters of a cell that are looked at; labels are shorter

_WORD = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"(?:\s*(?:\[\w{1,2}\]|\(\d{1,2}\)|(?<=\s)\d{1,2}\)|\)))+\s*[.…\s]*$")
_SUPERSCRIPT = re.compile("[⁰¹²³⁴-⁹*†‡]+")


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """Text without case and accents; punctuation stays.

    Example:
        >>> folded("Évolution  (TEUR)")
        'evolution (teur)'
    """
    plain = text[:LONGEST].casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(plain.split())


@lru_cache(maxsize=16384)
def comparable(text: str) -> str:
    """Words of a text only: what stays the same however a label is decorated.

    Example:
        >>> comparable("  Frais d'assurance ¹) ..... ")
        'frais d assurance'
    """
    return " ".join(_WORD.findall(folded(without_marks(text))))


@lru_cache(maxsize=16384)
def without_marks(text: str) -> str:
    """Text without footnote marks: superscripts, asterisks, ``1)``, ``[2]`` at the end."""
    bare = _SUPERSCRIPT.sub("", text[:LONGEST])
    return _BRACKETED.sub(_kept, bare) if ")" in bare or "]" in bare else bare


def _kept(match: re.Match[str]) -> str:
    """A lone closing bracket stays where an opening one precedes it."""
    closes = match[0].strip() == ")" and "(" in match.string[: match.start()]
    return match[0] if closes else ""
