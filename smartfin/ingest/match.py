"""A label as printed to a line item: exactly, but for decoration, but for a typing error.

What is doubtful is asked, never assumed: labels that mean different things in different
books (``ambiguous_labels`` in items.yaml), and labels that are merely close.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from smartfin.ingest.reading import MapReason
from smartfin.ingest.text import comparable
from smartfin.ingest.unit import UnitWords, read_unit
from smartfin.items import Items, Statement

NOTHING = "none"  # the answer "this row is none of these"

_ALIKE = 92.0  # of 100: the same label, mistyped
_CLOSE = 86.0  # close enough to ask
_WORDS_ALIKE = 82.0  # each word has a counterpart this close
_AHEAD = 4.0  # the next item must be further behind
_SHORTEST = 8  # letters of a label that may be mistyped

_NUMBERING = re.compile(r"\d+|[a-z]|[ivx]+|bis|ter")
_TOTALS = frozenset(
    ("total", "totals", "totaal", "totale", "totali", "totales", "summe", "summa", "sum", "gesamt",
     "osszesen", "subtotal")
)  # fmt: skip
_LINKS = frozenset(("der", "des", "van", "de", "du", "di", "of", "the"))
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")

# A period's result, printed inside a balance sheet, is the result since the year's start.
_ON_BALANCE_SHEET = {"net_result": "result_year_to_date"}


@dataclass(frozen=True, slots=True)
class Match:
    """What a label was taken for.

    Args:
        item: Code of the line item; None when it was taken for none.
        confidence: 0 to 1.
        reason: Why.
        candidates: The items to ask about, likeliest first; empty when nothing is asked.
        adds: The row is a part of the item that a person named, beside other rows of it.
    """

    item: str | None
    confidence: float
    reason: MapReason
    candidates: tuple[str, ...] = ()
    adds: bool = False


NO_MATCH = Match(None, 0.0, MapReason.UNKNOWN)
LEFT_OUT = Match(None, 1.0, MapReason.ANSWERED)  # a person said that the row is no line item


class Matcher:
    """Finds the line item of a label.

    Args:
        items: The chart of line items.
        answers: Earlier answers by question id (``question_id``).
    """

    def __init__(self, items: Items, answers: Mapping[str, str]) -> None:
        self._items = items
        self._index = _index_of(items)
        self._answers = answers
        self._known: dict[str, Match] = {}

    def match(self, label: str) -> Match:
        """The line item of a label, whatever stands around it."""
        known = self._known.get(label)
        if known is None:
            known = self._known[label] = self._match(label)
        return known

    def match_in_balance_sheet(self, label: str) -> Match:
        """The line item of a label among rows of a balance sheet.

        A flow there is either the result since the year's start or a mention of something that
        belongs elsewhere.
        """
        found = self.match(label)
        if found.item is None:
            return found
        if found.item in _ON_BALANCE_SHEET and _ON_BALANCE_SHEET[found.item] in self._items:
            return Match(_ON_BALANCE_SHEET[found.item], found.confidence, found.reason)
        if self._items[found.item].statement is Statement.PNL:
            return Match(None, found.confidence, MapReason.ELSEWHERE)
        return found

    def is_label(self, text: str) -> bool:
        """Whether a text names a line item beyond doubt, or one that must be asked about."""
        return any(
            form in self._index.items or form in self._index.ambiguous for form, _ in _forms(text)
        )

    def _match(self, label: str) -> Match:
        answer = self._answers.get(question_id(label))
        if answer == NOTHING:
            return LEFT_OUT
        recognised = self._recognised(label)
        if answer is not None and answer in self._items:
            adds = recognised.reason is MapReason.UNKNOWN
            return Match(answer, 1.0, MapReason.ANSWERED, adds=adds)
        return recognised

    def _recognised(self, label: str) -> Match:
        """What a label says by itself."""
        for form, confidence in _forms(label):
            if form in self._index.ambiguous:
                return Match(None, 0.5, MapReason.AMBIGUOUS, self._index.ambiguous[form])
            if form in self._index.items:
                reason = MapReason.EXACT if label.strip() in self._index.printed else (
                    MapReason.NORMALISED
                )  # fmt: skip
                certain = 1.0 if reason is MapReason.EXACT else confidence
                return Match(self._index.items[form], certain, reason)
        return self._index.similar(comparable(label))


def question_id(label: str) -> str:
    """Name of the question what a label means; the same however it is decorated."""
    return f"item:{comparable(label)}"


def unit_in_label(label: str) -> UnitWords | None:
    """The unit a label names in brackets or behind a comma: ``Staff (FTE)``, ``Volume, kEUR``."""
    for inner in (*_BRACKETS.findall(label), label.rpartition(",")[2]):
        unit = read_unit(inner)
        if unit is not None:
            return unit
    if label.rstrip().endswith("%"):
        return UnitWords(kind="percent")
    return None


# --- forms of a label


@lru_cache(maxsize=8192)
def _forms(label: str) -> tuple[tuple[str, float], ...]:
    """The ways a label may stand in the index, likeliest first, with confidence."""
    return tuple(dict(_written_forms(label)).items())


def _written_forms(label: str) -> Iterator[tuple[str, float]]:
    whole = comparable(label)
    yield whole, 0.99
    bare = comparable(_BRACKETS.sub(_without_unit, label))
    if bare and bare != whole:
        yield bare, 0.98
    words = bare.split() or whole.split()
    while len(words) > 1 and _NUMBERING.fullmatch(words[0]):
        words = words[1:]
        yield " ".join(words), 0.97
    while len(words) > 1 and words[-1].isdigit():
        words = words[:-1]
        yield " ".join(words), 0.96
    named = _without_total(words)
    if named and named != words:
        yield " ".join(named), 0.95


def _without_unit(match: re.Match[str]) -> str:
    """Brackets with a unit, a code or a reference say nothing about the item; others may."""
    inner = match[1].strip()
    is_remark = (
        read_unit(inner) is not None or len(inner) <= 3 or not re.search("[^\\W\\d_]", inner)
    )
    return " " if is_remark else match[0]


def _without_total(words: list[str]) -> list[str]:
    if words and words[0] in _TOTALS:
        words = words[1:]
        return words[1:] if words and words[0] in _LINKS else words
    return words[:-1] if words and words[-1] in _TOTALS else words


# --- the index


class _Index:
    """All labels of all items in all languages, in their comparable form."""

    def __init__(self, items: Items) -> None:
        self.items: dict[str, str] = {}
        self.printed: set[str] = set()
        for item in items.values():
            for label in (name for names in item.labels.values() for name in names):
                self.items.setdefault(comparable(label), item.code)
                self.printed.add(label)
        self.ambiguous = {
            comparable(label): tuple(code for code in entry.candidates if code in items)
            for entry in items.ambiguous
            for label in entry.labels
        }
        self._choices = [label for label in self.items if len(label) >= _SHORTEST]
        self.similar = lru_cache(maxsize=4096)(self._similar)

    def _similar(self, label: str) -> Match:
        """The item of a label that is merely written a little differently."""
        if len(label) < _SHORTEST:
            return NO_MATCH
        found = process.extract(
            label, self._choices, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=6
        )
        if not found:
            return NO_MATCH
        best, score, _ = found[0]
        item = self.items[best]
        rivals = [hit for hit, value, _ in found if value > score - _AHEAD]
        alone = all(self.items[hit] == item for hit in rivals)
        if score >= _ALIKE and alone and _differ_by_spelling(label, best):
            return Match(item, score / 100 * 0.95, MapReason.SIMILAR)
        candidates = tuple(dict.fromkeys(self.items[hit] for hit, _, _ in found))
        return Match(None, score / 200, MapReason.AMBIGUOUS, candidates)


def _differ_by_spelling(label: str, known: str) -> bool:
    """Whether two labels have the same words but for spelling.

    A prefix changes the meaning (active, inactive), and so does a figure.
    """
    ours, theirs = label.split(), known.split()
    if len(ours) != len(theirs):
        return False
    return all(_is_same_word(a, b) for a, b in zip(ours, theirs, strict=True))


def _is_same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if one.endswith(other) or other.endswith(one) or any(map(str.isdigit, one + other)):
        return False
    return fuzz.ratio(one, other) >= _WORDS_ALIKE


_last_index: list[tuple[Items, _Index]] = []


def _index_of(items: Items) -> _Index:
    """The index of a chart; kept, as the chart rarely changes."""
    if not _last_index or _last_index[0][0] is not items:
        _last_index[:] = [(items, _Index(items))]
    return _last_index[0][1]
