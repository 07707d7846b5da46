"""One workbook of the corpus: its bytes, and the truth about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from smartfin.ingest.reading import ReadingContext
from smartfin.items import Items, read_items
from smartfin.partner import Partner, read_partners
from smartfin.settings import read_settings
from tests.corpus.draft import Key

Place = tuple[str, int, int]


@cache
def chart() -> Items:
    """The chart of line items."""
    return read_items(read_settings({}).data / "items.yaml").of_books


@cache
def partners() -> tuple[Partner, ...]:
    """Everybody who may hand in."""
    return read_partners(read_settings({}))


@dataclass(frozen=True)
class Layout:
    """One made workbook and the truth about it.

    Args:
        seed: Makes it again.
        language: Of its labels.
        habits: What is unusual about it, for grouping.
        content: The bytes.
        name: File name.
        context: What is known before it is read.
        required: Facts that it states plainly, in single units and storage sign.
        places: Where each is stated: sheet, row and column from 0.
        may_ask: Why a question is in order; empty when everything is said plainly.
        expects: Codes of findings one of which must be made; empty for none.
        truth: What a fact's amount must be; None where the workbook states no such fact.
    """

    seed: int
    language: str
    habits: tuple[str, ...]
    content: bytes
    name: str
    context: ReadingContext
    required: Mapping[Key, float]
    places: Mapping[Key, Sequence[Place]]
    may_ask: str
    expects: tuple[str, ...]
    truth: Callable[[Key], float | None]
