"""Rows of a cash flow that no line item was found for, explained by its totals.

Only the totals of a cash flow are used. What they consist of, and the change in cash they add up
to, is told by arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smartfin.ingest.labels.lines import Line, is_sum

_FEWEST_PARTS = 2


def explained_movements(lines: Sequence[Line]) -> set[int]:
    """Indices of the unknown rows that known totals consist of, or that known rows add up to.

    Args:
        lines: The rows of one cash flow, from top to bottom.
    """
    known = [place for place, line in enumerate(lines) if line.item is not None]
    parts = {part for total in known for part in _parts(lines, total)}
    explained = {place for place in parts if lines[place].item is None}
    apart = [place for place in known if place not in parts]
    for place, line in enumerate(lines):
        above = [lines[p] for p in apart if p < place]
        if line.item is None and len(above) >= _FEWEST_PARTS and is_sum(line, above):
            explained.add(place)
    return {lines[place].row.index for place in explained}


def _parts(lines: Sequence[Line], total: int) -> range:
    """Places of the fewest rows right above a total, else right below, that add up to it."""
    return next((run for run in _runs(total, len(lines)) if _add_up(lines, run, total)), range(0))


def _runs(total: int, count: int) -> Iterator[range]:
    for length in range(_FEWEST_PARTS, total + 1):
        yield range(total - length, total)
    for length in range(_FEWEST_PARTS, count - total):
        yield range(total + 1, total + 1 + length)


def _add_up(lines: Sequence[Line], run: range, total: int) -> bool:
    return is_sum(lines[total], [lines[place] for place in run])
