"""Labels that are written a little differently: mistyped, inflected, abbreviated, reordered.

Two labels are the same only if every word that carries meaning has its counterpart, and each
pair differs by its spelling alone. A word too many or too few, another number, a prefix
(``active``, ``inactive``) or another real word is never a matter of spelling.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from smartfin.ingest.text import comparable, folded
from smartfin.ingest.vocabulary import ENDINGS, JOINTS, NEGATIONS

_SHORTEST = 8  # letters of a label that may be written differently
_NEIGHBOURS = 12  # known labels a new one is compared with word by word
_FAR, _CLOSE = 70.0, 86.0  # of 100: worth comparing; close enough to ask
_PROPOSABLE = 60.0
_MISTYPED = 0.05  # what a typing error costs of the confidence
_FREE_ORDER = 3  # words from which their order says nothing (of two it may: income tax)
_REMINDERS = 3  # proposals for a label that nothing is sure about

_STEM = 4  # letters that must be left
_UMLAUTS = re.compile(r"(?<=[aou])e(?![aeiou])")
_DOUBLE = re.compile(r"(.)\1+")
_SHORTENED = re.compile(r"([^\W\d_]+)\.(?=\s|[^\W_]|$|/|-)")
_TYPED = re.compile(r"[^\W_]+\.?")

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a label may be though it is not written so.

    Args:
        item: Code of the item it is but for its spelling; None when that is not certain.
        confidence: 0 to 1.
        candidates: Codes to ask about: close, but not certainly the same.
        proposals: Codes it resembles, likeliest first; not worth a question by themselves.
    """

    item: str | None = None
    confidence: float = 0.0
    candidates: Codes = ()
    proposals: Codes = ()


class Likenesses:
    """Known labels, ready to be compared with unknown ones.

    Args:
        codes: The items each known label may mean, mostly one, by comparable label.
    """

    def __init__(self, codes: Mapping[str, Codes]) -> None:
        self._codes = {label: code for label, code in codes.items() if len(label) >= _SHORTEST}
        self._words = {label: _meaning_words(label) for label in self._codes}
        self._vocabulary = frozenset(word for label in codes for word in label.split())
        self._of_length: dict[int, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            self._of_length[len(word)].append(word)
        self._written: dict[str, set[Codes]] = defaultdict(set)
        for label, code in self._codes.items():
            self._written[_solid(self._words[label])].add(code)
        self._labels = list(self._codes)
        self._sorted = [" ".join(sorted(words)) for words in self._words.values()]
        self._alphabetic = sorted(self._codes)

    def likeness(self, label: str) -> Likeness:
        """What a label that is no known one may be.

        Args:
            label: As printed, without unit and numbering.
        """
        plain = comparable(label)
        words = _meaning_words(plain)
        if len("".join(words)) < _SHORTEST - 2 or not any(map(str.isalpha, plain)):
            return Likeness()
        scored = self._scored(words)
        resembled = (code for known, _ in scored for code in self._codes[known])
        proposals = tuple(dict.fromkeys(resembled))[:_REMINDERS]
        same = self._written.get(_solid(words), ()) if len(plain) >= _SHORTEST else ()
        if len(same) == 1:
            return _found(next(iter(same)), 0.94, proposals)
        abbreviated = self._abbreviated(label)
        if abbreviated:
            return _found(abbreviated, 0.86, proposals)
        if len(plain) < _SHORTEST:
            return Likeness(proposals=proposals)
        return self._respelled(words, scored, proposals)

    def _scored(self, words: tuple[str, ...]) -> list[tuple[str, float]]:
        """The known labels most like some words, whatever their order."""
        found = process.extract(
            " ".join(sorted(words)),
            self._sorted,
            scorer=fuzz.ratio,
            score_cutoff=_PROPOSABLE,
            limit=_NEIGHBOURS,
        )
        return [(self._labels[place], score) for _, score, place in found]

    def _respelled(
        self, words: tuple[str, ...], scored: list[tuple[str, float]], proposals: Codes
    ) -> Likeness:
        """The one item whose words are these but for typing errors and inflections."""
        near = [(known, score) for known, score in scored if score >= _FAR]
        costs: dict[Codes, float] = {}
        for known, _ in near:
            cost = self._cost(words, self._words[known])
            if cost is not None:
                codes = self._codes[known]
                costs[codes] = min(cost, costs.get(codes, cost))
        if len(costs) == 1:
            codes, cost = next(iter(costs.items()))
            return _found(codes, 0.95 - cost, proposals)
        close = [known for known, score in near if score >= _CLOSE and self._may_be(words, known)]
        meant = (*costs, *(self._codes[known] for known in close))
        asked = dict.fromkeys(code for codes in meant for code in codes)
        return Likeness(None, 0.4 if asked else 0.0, tuple(asked), proposals)

    def _may_be(self, words: tuple[str, ...], known: str) -> bool:
        """Whether no word says outright that another thing is meant."""
        ours, theirs = set(words), set(self._words[known])
        extra, missing = ours - theirs, theirs - ours
        if any(any(map(str.isdigit, word)) for word in extra | missing):
            return False
        return not any(
            one != other and (one.endswith(other) or other.endswith(one))
            for one in extra
            for other in missing
        )

    def _cost(self, ours: tuple[str, ...], theirs: tuple[str, ...]) -> float | None:
        """How differently two labels are written; None when they differ in meaning."""
        if len(ours) != len(theirs):
            return None
        rest = dict(enumerate(theirs))
        places: list[int] = []
        cost, typed = 0.0, 0
        for word in ours:
            costs = ((self._word_cost(word, other), place) for place, other in rest.items())
            pairs = [(least, place) for least, place in costs if least is not None]
            if not pairs:
                return None
            least, place = min(pairs)
            del rest[place]
            places.append(place)
            cost += least
            typed += least >= _MISTYPED
        reordered = places != sorted(places)
        if reordered and not NEGATIONS.isdisjoint(ours):
            return None
        if typed > max(1, len(ours) // 2) or (reordered and (cost or len(ours) < _FREE_ORDER)):
            return None
        return cost + 0.02 * reordered

    def _word_cost(self, word: str, known: str) -> float | None:
        if word == known:
            return 0.0
        if any(map(str.isdigit, word + known)):
            return None
        if _skeleton(word) == _skeleton(known) and len(known) > _STEM:
            return 0.01
        if _is_inflection(word, known):
            return 0.02
        if word in self._vocabulary or not _is_mistyped(word, known):
            return None
        return None if self._is_nearer_to_another(word, known) else _MISTYPED

    def _is_nearer_to_another(self, word: str, known: str) -> bool:
        """Whether a mistyped word may as well be another known word."""
        distance = OSA.distance(word, known)
        lengths = range(len(word) - distance, len(word) + distance + 1)
        others = chain.from_iterable(self._of_length.get(length, ()) for length in lengths)
        near = process.extract_iter(word, others, scorer=OSA.distance, score_cutoff=distance)
        return any(other != known and not _is_inflection(other, known) for other, _, _ in near)

    def _abbreviated(self, label: str) -> Codes:
        """The items one of whose labels a label with shortened words stands for."""
        plain = folded(label)
        if not _SHORTENED.search(plain):
            return ()
        pattern, letters = _pattern(plain)
        if letters < _SHORTEST - 2:
            return ()
        written = {known for known in self._beginning(plain) if pattern.fullmatch(known)}
        found = (codes for known, codes in self._codes.items() if known in written)
        return tuple(dict.fromkeys(code for codes in found for code in codes)) if written else ()

    def _beginning(self, plain: str) -> Iterable[str]:
        """The known labels that begin with the first letters of a folded one."""
        first = _TYPED.search(plain)
        letters = first[0].rstrip(".") if first else ""
        start = bisect_left(self._alphabetic, letters)
        return takewhile(lambda known: known.startswith(letters), self._alphabetic[start:])


def _found(codes: Codes, confidence: float, proposals: Codes) -> Likeness:
    """What a label means that was found to be written as one; asked where that is ambiguous."""
    if len(codes) == 1:
        return Likeness(codes[0], confidence, (), proposals)
    return Likeness(None, 0.4, codes, proposals)


def _meaning_words(label: str) -> tuple[str, ...]:
    words = tuple(word for word in label.split() if word not in JOINTS)
    return words or tuple(label.split())


def _solid(words: Iterable[str]) -> str:
    """Words written as one, as Germanic and Hungarian compounds are."""
    return _skeleton("".join(words))


def _skeleton(word: str) -> str:
    """A word without what spelling varies in: doubled letters, umlauts written out."""
    return _DOUBLE.sub(r"\1", _UMLAUTS.sub("", word))


def _is_inflection(one: str, other: str) -> bool:
    """Whether two words are one but for an ending."""
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    longest = max(len(one), len(other))
    return (
        shared >= max(_STEM, longest * 0.6)
        and one[shared:] in ENDINGS
        and other[shared:] in ENDINGS
    )


def _is_mistyped(word: str, known: str) -> bool:
    """Whether a word is a known one with a slip of the finger; its first letter stands."""
    length = min(len(word), len(known))
    if length < 5 or word[0] != known[0] or word.endswith(known) or known.endswith(word):
        return False
    distance = OSA.distance(word, known, score_cutoff=2)
    if distance == 1:
        return length >= 8 or _swaps_or_skips(word, known)
    return distance == 2 and length >= 12


def _swaps_or_skips(word: str, known: str) -> bool:
    """Whether letters were exchanged, left out or doubled: what hardly makes another word."""
    if len(word) == len(known):
        return sorted(word) == sorted(known)
    return len(word) < len(known) or any(a == b for a, b in pairwise(word))


def _pattern(plain: str) -> tuple[re.Pattern[str], int]:
    """What a label with shortened words stands for, and how many letters it shows."""
    parts: list[str] = []
    end = 0
    for match in _TYPED.finditer(plain):
        word = match[0]
        glued = bool(parts) and match.start() == end and plain[end - 1] == "."
        written = re.escape(word.rstrip("."))
        shown = rf"{written}[^\W\d_]*" if word.endswith(".") else written
        joint = "(?: )?" if glued else " "
        parts.append(joint + shown if parts else shown)
        end = match.end()
    letters = sum(map(str.isalpha, plain))
    return re.compile("".join(parts)), letters
