"""Why two scenarios of a partner end differently: causes down, parts of the bridge across."""

from __future__ import annotations

from smartfin.analysis.indicators.family import RESULT_OF
from smartfin.analysis.scenario import Difference
from smartfin.analysis.variance import effect
from smartfin.services.scenario.change_words import cause_words
from smartfin.services.scenario.comparison import Comparison, difference_between
from smartfin.services.view import Cell, Table, text_cell
from smartfin.wording import Words


def bridge_table(words: Words, comparison: Comparison, first: int, second: int) -> Table:
    """From the expected result of one to that of another; rows and columns add up.

    Args:
        words: Of the reader's language.
        comparison: All of them.
        first: Place of the one to start from: 0 is the present course, 1 the first scenario.
        second: Place of the other.
    """
    found, currency = difference_between(comparison, first, second), comparison.currency
    names = side_names(words, comparison)
    parts = [part.code for part in found.bridge.parts if part.amount]
    return Table(
        caption=words.text(
            "named.bridge.caption",
            result=words.text(f"indicator.{RESULT_OF[found.level]}"),
            before=names[first],
            after=names[second],
            start=words.amount(found.start, currency),
            end=words.amount(found.end, currency),
        ),
        columns=(
            words.text("column.cause"),
            *(words.text(f"bridge.{part}") for part in parts),
            words.text("column.effect-on-result"),
        ),
        rows=tuple(_rows(words, found, currency)),
    )


def side_names(words: Words, comparison: Comparison) -> tuple[str, ...]:
    """The present course, and each scenario by its name."""
    names = (side.alternative.name for side in comparison.sides)
    return (words.text("scenarios.bridge.start"), *names)


def _rows(words: Words, found: Difference, currency: str) -> list[tuple[Cell, ...]]:
    parts = [part.code for part in found.bridge.parts if part.amount]
    rows = [
        (
            text_cell(cause_words(words, cause)),
            *(_amount(words, found.amount(cause, part), currency) for part in parts),
            _amount(words, found.amount(cause), currency),
        )
        for cause in found.causes
    ]
    sums = (_amount(words, found.amount(part=part), currency) for part in parts)
    whole = _amount(words, found.end - found.start, currency)
    rows.append((text_cell(words.text("named.together")), *sums, whole))
    return rows


def _amount(words: Words, amount: float, currency: str) -> Cell:
    text = words.amount(amount, currency, sign=True)
    none = words.amount(0.0, currency, sign=True)
    good = None if text == none else effect(amount, +1)
    return Cell(text=text, value=amount, unit=currency, good=good)
