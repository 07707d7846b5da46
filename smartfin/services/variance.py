"""Variances as a reader sees them: signed, in points, n.a. where a percentage misleads."""

from __future__ import annotations

from smartfin.analysis.variance import variance_of
from smartfin.measure import Measure, Unit
from smartfin.services.view import Cell, measure_cell
from smartfin.wording import DASH, Words


def difference_cell(
    words: Words,
    figure: Measure,
    reference: Measure,
    polarity: int,
    *,
    digits: int | None = None,
    source: str = "",
) -> Cell:
    """A figure less the one it is held against, with its sign and its effect on the result.

    Args:
        words: Of the reader's language.
        figure: What happened, or is expected.
        reference: What was voted, or what happened before.
        polarity: +1 more is better, -1 less is better, 0 neither.
        digits: Decimals; None for those usual for the unit.
        source: Where it comes from, as ``Cell.source``.
    """
    variance = variance_of(figure, reference, polarity)
    difference = variance.difference
    if difference.value is None:
        return measure_cell(words, difference, source=source)
    text = words.measure(difference, sign=True, digits=digits)
    none = words.measure(Measure(0.0, difference.unit), sign=True, digits=digits)
    good = None if text == none else variance.good
    return Cell(text, difference.value, difference.unit, good=good, source=source)


def variance_cells(
    words: Words,
    figure: Measure,
    reference: Measure,
    polarity: int,
    *,
    digits: int | None = None,
    source: str = "",
) -> tuple[Cell, Cell]:
    """The same beside the two figures, then in per cent of what it is held against.

    Where one of the two is missing a dash is enough: the reason stands beside it. ``n.a.``
    stands where a percentage would mislead, and why.

    Args:
        words: Of the reader's language.
        figure: What happened, or is expected.
        reference: What was voted.
        polarity: +1 more is better, -1 less is better, 0 neither.
        digits: Decimals; None for those usual for the unit.
        source: Where it comes from, as ``Cell.source``.
    """
    if figure.value is None or reference.value is None:
        return Cell(text=DASH, unit=figure.unit), Cell(text=DASH, unit=Unit.FRACTION)
    absolute = difference_cell(words, figure, reference, polarity, digits=digits, source=source)
    relative = variance_of(figure, reference, polarity).relative
    if relative.value is None:
        none = words.text("chart.plan.not-applicable")
        return absolute, Cell(text=none, unit=Unit.FRACTION, note=words.reason(relative))
    text = words.percent_change(relative.value)
    return absolute, Cell(text, relative.value, relative.unit, source=source)
