"""Units that nobody printed, settled by what the partner handed in before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.history.known import History, rounded_to
from smartfin.ingest.history.scale import SCALES, agreed_factor
from smartfin.ingest.reading import Reading, Unsettled
from smartfin.quarter import Quarter

_FEWEST_FIGURES = 5  # of the same item and quarter that agree to the digit
_NEARLY_ALL = 0.8
_MEANINGFUL = 0.05  # rounding beyond this share of a figure proves nothing
_FEWEST_ROWS = 8  # whose size agrees, where no quarter is in both


@dataclass(frozen=True, slots=True)
class Settled:
    """A unit that agreement with the history settles.

    Args:
        question: Id of the question it answers.
        answer: The answer: ``1``, ``1000`` or ``1000000``.
        sheet: Where it is asked.
        count: How many figures, or rows, agree.
    """

    question: str
    answer: str
    sheet: str
    count: int

    @property
    def note(self) -> Finding:
        """Tells that the unit was not printed but concluded."""
        facts = {"scale": self.answer, "count": self.count}
        return Finding(FindingCode.UNIT_FROM_HISTORY, self.sheet, facts=facts)


def settled_by_history(reading: Reading, history: History) -> tuple[Settled, ...]:
    """The questions about units that what was handed in before answers beyond doubt.

    Args:
        reading: With its unsettled figures.
        history: Of the same partner.

    Returns:
        One for each question with strong evidence for one scale and none for another: figures
        of the same item and quarter that agree to the digit, or the size of many rows. The
        others stay asked.
    """
    waiting: dict[str, list[Unsettled]] = defaultdict(list)
    for one in reading.unsettled:
        waiting[one.question].append(one)
    settled = []
    for question in reading.questions:
        found = _scale(waiting.get(question.id, ()), history)
        if found is not None and str(found[0]) in question.options:
            settled.append(Settled(question.id, str(found[0]), question.sheet, found[1]))
    return tuple(settled)


def _scale(figures: Sequence[Unsettled], history: History) -> tuple[int, int] | None:
    """The scale of printed figures and how much speaks for it; None when it stays open."""
    same = [one for one in figures if one.amount and history.amounts.get((one.item, one.quarter))]
    if len(same) >= _FEWEST_FIGURES:
        return _scale_of_same(same, history)
    rows: dict[str, dict[Quarter, float]] = defaultdict(dict)
    for one in figures:
        rows[one.item][one.quarter] = one.amount
    known = {item: history.series[item] for item in rows if item in history.series}
    found = agreed_factor({item: (rows[item], then) for item, then in known.items()}, SCALES)
    if found is None or found.rows < _FEWEST_ROWS or found.against:
        return None
    return round(found.factor), found.rows


def _scale_of_same(same: Sequence[Unsettled], history: History) -> tuple[int, int] | None:
    printed = rounded_to(one.amount for one in same)
    items = {one.item for one in same}
    then = {quarter: history.rounding(quarter, items) for quarter in {one.quarter for one in same}}
    meaning: set[float] = set()
    agreeing: dict[float, set[float]] = defaultdict(set)
    for one in same:
        known = history.amounts[one.item, one.quarter]
        for scale in SCALES:
            slack = 0.51 * (printed * scale + then[one.quarter])
            if slack <= _MEANINGFUL * abs(known):
                meaning.add(known)
                if abs(one.amount * scale - known) <= slack + 1e-9 * abs(known):
                    agreeing[scale].add(known)
    if len(agreeing) != 1:
        return None
    ((scale, figures),) = agreeing.items()
    enough = max(_FEWEST_FIGURES, _NEARLY_ALL * len(meaning))
    return (round(scale), len(figures)) if len(figures) >= enough else None
