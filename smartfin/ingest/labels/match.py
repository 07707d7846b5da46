"""A label as printed to a line item: exactly, decorated, as a person said, or misspelt.

What is doubtful is asked, never assumed: labels that mean different things in different
books (``ambiguous_labels`` in items.yaml), and labels that are merely close (``likeness``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from smartfin.ingest.amounts.unit import UnitWords, is_no_unit, read_unit
from smartfin.ingest.labels.likeness import Likenesses
from smartfin.ingest.memory import Answers, item_question
from smartfin.ingest.reading import MapReason
from smartfin.ingest.text import comparable, without_marks
from smartfin.ingest.vocabulary import AMOUNT_LEADS
from smartfin.items import Items, Statement

NOTHING = "none"  # the answer "this row is none of these"

_NUMBERING = re.compile(r"\d+|[a-z]|[ivx]+|bis|ter")
_TOTALS = frozenset(
    ("total", "totals", "totaal", "totale", "totali", "totales", "summe", "summa", "sum", "gesamt",
     "osszesen", "subtotal")
)  # fmt: skip
_LINKS = frozenset(("der", "des", "van", "de", "du", "di", "of", "the"))
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_LONGEST_UNIT = 3  # words of a unit at the end of a label
_MOST_COMPARED = 1_000  # labels of a workbook that are compared with known ones by their spelling
_COMPARED_FOR_NAMED = 20  # more of them for each label that is a known one
_LEADERS = re.compile(r"(?:\s*[.…_·]){2,}\s*$|\s+[.…_·]\s*$")
_ABBREVIATION_LEADERS = re.compile(r"(?<=\w\.)\s+[.…_·\s]+$")
_NUMBERED = re.compile(
    r"(?:\(?\d+(?:[./-]\d+)*[.):]?|\(?[A-Za-z][.):]\d*[.)]?|[IVXivx]+[.):])\s+(?=.*[^\W\d_]{3})"
)
# What a figure includes does not make it another item; what it excludes may.
_INCLUDING = re.compile(
    r"[\s(,;]+(?:incl|including|inkl|inklusive|inclusief|y compris|inclui[dt][oa]s?|inclus[oaie]?s?"
    r"|compres[oaie]|beleértve)\b",
    re.IGNORECASE,
)

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
        proposals: The items it resembles, likeliest first, for whoever wants to name it.
        opposing: Candidates that the label states with the opposite sign (a loss, of a result).
        is_complete: The candidates are all it can mean.
        opposes: The label states the item with the opposite sign.
    """

    item: str | None
    confidence: float
    reason: MapReason
    candidates: tuple[str, ...] = ()
    adds: bool = False
    proposals: tuple[str, ...] = ()
    opposing: tuple[str, ...] = ()
    is_complete: bool = False
    opposes: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether a person said what the row is."""
        return self.reason in (MapReason.ANSWERED, MapReason.REMEMBERED)

    @property
    def is_open(self) -> bool:
        """Whether the row was taken for nothing, and nobody said that it is nothing."""
        return self.item is None and not self.is_settled

    @property
    def is_left_out(self) -> bool:
        """Whether a person said that the row is no line item."""
        return self.item is None and self.is_settled


PROVEN = 0.8  # confidence of what figures, not words, say


def proven_match(match: Match, item: str, reason: MapReason) -> Match:
    """The match of an ambiguous label of which only one meaning is possible."""
    return replace(
        match,
        item=item,
        confidence=PROVEN,
        reason=reason,
        candidates=(),
        proposals=match.candidates,
        opposes=item in match.opposing,
    )


NO_MATCH = Match(None, 0.0, MapReason.UNKNOWN)


class Matcher:
    """Finds the line item of a label.

    Args:
        items: The chart of line items.
        answers: What is settled about labels (``memory.item_question``).
    """

    def __init__(self, items: Items, answers: Answers) -> None:
        self._items = items
        self._index = _index_of(items)
        self._answers = answers
        self._known: dict[tuple[str, str], Match] = {}
        self._compared = 0
        self._most_compared = _MOST_COMPARED

    def match(self, label: str, section: str = "") -> Match:
        """The line item of a label, whatever stands around it.

        Args:
            label: As printed.
            section: What sets the row apart from others of its label, where answers differ.
        """
        known = self._known.get((label, section))
        if known is None:
            known = self._known[label, section] = self._match(label, section)
        return known

    def match_in_balance_sheet(self, label: str) -> Match:
        """The line item of a label among rows of a balance sheet.

        A flow there is either the result since the year's start or a mention of something that
        belongs elsewhere.
        """
        found = self.match(label)
        if found.item is None or found.is_settled:
            return found
        if found.item in _ON_BALANCE_SHEET and _ON_BALANCE_SHEET[found.item] in self._items:
            return replace(found, item=_ON_BALANCE_SHEET[found.item])
        if self._items[found.item].statement is Statement.PNL:
            return Match(None, found.confidence, MapReason.ELSEWHERE, proposals=(found.item,))
        return found

    def is_label(self, text: str) -> bool:
        """Whether a text names a line item beyond doubt, or one that must be asked about."""
        return any(
            form in self._index.items or form in self._index.ambiguous for form, _ in _forms(text)
        )

    def _match(self, label: str, section: str) -> Match:
        recognised = self._recognised(label)
        question, answer = self._answer(label, section)
        if answer == NOTHING:
            return Match(None, 1.0, self._source(question))
        if answer not in self._items:
            return recognised
        opposes = answer in recognised.opposing
        return Match(answer, 1.0, self._source(question), adds=True, opposes=opposes)

    def _recognised(self, label: str) -> Match:
        """What a label says by itself; of a long list of strange texts only the first are compared.

        What names no item beyond doubt, line after line, is no statement.
        """
        named = self._index.named(label)
        if named is not None:
            self._most_compared += _COMPARED_FOR_NAMED
            return named
        if self._compared >= self._most_compared:
            return NO_MATCH
        self._compared += 1
        return self._index.similar(label)

    def _answer(self, label: str, section: str) -> tuple[str, str]:
        """What was said about a label, or about it without its numbering or unit."""
        if not self._answers.settle_items:
            return "", ""
        for place in dict.fromkeys((section, "")):
            for form, _ in _forms(label):
                question = item_question(form, place)
                if answer := self._answers.get(question):
                    return question, answer
        return "", ""

    def _source(self, question: str) -> MapReason:
        remembered = self._answers.is_remembered(question)
        return MapReason.REMEMBERED if remembered else MapReason.ANSWERED


@lru_cache(maxsize=8192)
def unit_in_label(label: str) -> UnitWords | None:
    """The unit a label names in brackets or at its end: ``Staff (FTE)``, ``Volume, kEUR``."""
    for inner in _BRACKETS.findall(label):
        unit = read_unit(inner)
        if unit is not None:
            return unit
    unit = _parted(label)[1]
    if unit is None and label.rstrip().endswith("%"):
        return UnitWords(kind="percent")
    return unit


@lru_cache(maxsize=8192)
def _parted(label: str) -> tuple[str, UnitWords | None]:
    """A label without the unit at its end, and that unit; behind a space only one of money."""
    head, comma, tail = label.rpartition(",")
    unit = read_unit(tail) if comma else None
    if unit is not None:
        return head, unit
    words = label.split()
    if not words or is_no_unit(words[-1]):
        return label, None
    for count in range(min(_LONGEST_UNIT, len(words) - 1), 0, -1):
        tail = " ".join(words[-count:])
        unit = None if len(tail) < 2 else read_unit(tail)
        if unit is None or unit.kind or not unit.currencies:
            continue
        if comparable(words[-count]) not in AMOUNT_LEADS:  # "amount" may end the label
            return " ".join(words[:-count]).rstrip(" -–/"), unit
    return label, None


# --- forms of a label


@lru_cache(maxsize=8192)
def _forms(label: str) -> tuple[tuple[str, float], ...]:
    """The ways a label may stand in the index, likeliest first, with confidence."""
    return tuple(dict(_written_forms(label)).items())


def _written_forms(label: str) -> Iterator[tuple[str, float]]:
    whole = comparable(label)
    yield whole, 0.99
    bare = comparable(_parted(_BRACKETS.sub(_without_unit, label))[0])
    if bare and bare != whole:
        yield bare, 0.98
    words = bare.split() or whole.split()
    yield from _shorter_forms(words)
    inclusive = _INCLUDING.split(label)
    if len(inclusive) > 1:
        words = comparable(inclusive[0]).split()
        yield " ".join(words), 0.93
        yield from ((form, certain - 0.03) for form, certain in _shorter_forms(words))


def _shorter_forms(words: list[str]) -> Iterator[tuple[str, float]]:
    """The words without numbering, trailing figures and a word for total."""
    while len(words) > 1 and _NUMBERING.fullmatch(words[0]):
        words = words[1:]
        yield " ".join(words), 0.97
    while len(words) > 1 and words[-1].isdigit():
        words = words[:-1]
        yield " ".join(words), 0.96
    named = _without_total(words)
    if named and named != words:
        yield " ".join(named), 0.95


def _undecorated(label: str) -> str:
    """A label without numbering, leaders, footnotes and unit, otherwise as printed.

    The full stops of its abbreviations stay.
    """
    text = _parted(_BRACKETS.sub(_without_unit, without_marks(label)))[0]
    text = _LEADERS.sub("", _ABBREVIATION_LEADERS.sub("", text)).strip()
    while (numbered := _NUMBERED.match(text)) is not None:
        text = text[numbered.end() :]
    words = _INCLUDING.split(text)[0].rstrip(" ,;(-").split()
    while words and comparable(words[-1]).isdigit():
        words.pop()
    return " ".join(words)


def _without_unit(match: re.Match[str]) -> str:
    """Brackets with a unit, a code or a reference say nothing about the item; others may."""
    inner = match[1].strip()
    is_remark = (
        read_unit(inner) is not None or len(inner) <= 3 or not re.search("[^\\W\\d_]", inner)
    )
    return " " if is_remark else match[0]


def _without_total(words: list[str]) -> list[str]:
    if words and words[0].casefold() in _TOTALS:
        words = words[1:]
        return words[1:] if words and words[0].casefold() in _LINKS else words
    return words[:-1] if words and words[-1].casefold() in _TOTALS else words


# --- the index


class _Index:
    """All labels of all items in all languages, in their comparable form."""

    def __init__(self, items: Items) -> None:
        self._effects = {item.code: item.effect for item in items.values()}
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
        self._listed_together = frozenset(self.ambiguous.values())
        single = {label: (code,) for label, code in self.items.items()}
        self._likenesses = Likenesses({**single, **self.ambiguous})
        self.named = lru_cache(maxsize=8192)(self._named)
        self.similar = lru_cache(maxsize=8192)(self._similar)

    def _named(self, label: str) -> Match | None:
        """What a label says that is a known one but for decoration; None for any other."""
        for form, confidence in _forms(label):
            if form in self.ambiguous:
                return self._listed(self.ambiguous[form])
            if form in self.items:
                exact = label.strip() in self.printed
                reason = MapReason.EXACT if exact else MapReason.NORMALISED
                return Match(self.items[form], 1.0 if exact else confidence, reason)
        return None

    def _listed(self, candidates: tuple[str, ...]) -> Match:
        """The match of a label that the chart says is ambiguous."""
        effects = {code: self._effects[code] for code in candidates}
        opposing = tuple(code for code, effect in effects.items() if effect == 1)
        return Match(
            None,
            0.5,
            MapReason.AMBIGUOUS,
            candidates,
            opposing=opposing if -1 in effects.values() else (),
            is_complete=True,
        )

    def _similar(self, label: str) -> Match:
        """What a label may be that is written a little differently."""
        text = _undecorated(label)
        like = self._likenesses.likeness(text)
        named = " ".join(_without_total(text.split()))
        if like.item is None and named != text:
            like = max(like, self._likenesses.likeness(named), key=lambda found: found.confidence)
        if like.item is not None:
            return Match(like.item, like.confidence, MapReason.SIMILAR, proposals=like.proposals)
        if like.candidates in self._listed_together:  # another word, perhaps: figures prove nothing
            return replace(
                self._listed(like.candidates), confidence=like.confidence, is_complete=False
            )
        if like.candidates:
            return Match(None, like.confidence, MapReason.AMBIGUOUS, like.candidates)
        return Match(None, 0.0, MapReason.UNKNOWN, proposals=like.proposals)


_last_index: list[tuple[Items, _Index]] = []


def _index_of(items: Items) -> _Index:
    """The index of a chart; kept, as the chart rarely changes."""
    if not _last_index or _last_index[0][0] is not items:
        _last_index[:] = [(items, _Index(items))]
    return _last_index[0][1]
