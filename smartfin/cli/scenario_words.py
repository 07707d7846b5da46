"""Names and amounts of scenarios in the reader's language, and columns under each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from smartfin.analysis.indicators.family import RESULT_OF
from smartfin.cli.plain import Lines
from smartfin.measure import Measure, Unit
from smartfin.scenario import EventKind, LeverCode
from smartfin.settings import Level
from smartfin.wording import Words, visible

Document = dict[str, Any]
Row = Sequence[str]

POINTS = {LeverCode.FEE, LeverCode.VARIABLE_RATE}
"""Levers whose amounts are points of volume; those of the others are shares or money."""

_APART = "   "
_MIDDLE_MEMBER = "fee_of_middle_member"


def head_lines(words: Words, document: Document) -> Iterator[str]:
    """Whose figures, up to when, which result; whether they are made up or wait for approval."""
    yield words.text(
        "cli.scenario.head",
        partner=document["partner"],
        quarter=document["quarter"],
        result=result_name(words, document),
    )
    if document["synthetic"]:
        yield words.text("frame.synthetic")
    if document["provisional"]:
        yield words.text("approval.waiting-mark")


def as_cause(change: Document) -> Document:
    """A setting or an event as causes are told."""
    return change if "lever" in change else {"lever": None, "event": change}


def cause_name(words: Words, cause: Document) -> str:
    """A lever, or an event with its date and what people call it."""
    if cause["lever"] is not None:
        return lever_name(words, cause)
    event = cause["event"]
    name = words.text(f"event.{EventKind(event['kind']).value}")
    if event.get("label"):
        label = visible(event["label"])
        return words.text(
            "cli.scenario.event-named", event=name, quarter=event["from"], label=label
        )
    return words.text("cli.scenario.event", event=name, quarter=event["from"])


def lever_name(words: Words, each: Document) -> str:
    """A lever by its name."""
    return words.text(f"lever.{LeverCode(each['lever']).value}")


def result_name(words: Words, document: Document) -> str:
    """The result that is judged."""
    return words.text(f"indicator.{RESULT_OF[Level(document['level'])]}")


def figure_name(words: Words, code: str) -> str:
    """A figure of members by its name."""
    middle = code == _MIDDLE_MEMBER
    return words.text("cli.scenario.middle-member") if middle else words.text(f"indicator.{code}")


def figure_text(words: Words, value: float, unit: str, *, sign: bool) -> str:
    """A figure of members with its unit."""
    digits = 1 if unit == Unit.FRACTION else None
    return words.measure(Measure(value, unit), scale="1", sign=sign, digits=digits)


def amount_text(
    words: Words, code: LeverCode, amount: float, unit: str, *, sign: bool = True
) -> str:
    """An amount of a lever: points of volume, a share of what it moves, or money."""
    if unit != Unit.FRACTION:
        return words.amount(amount, unit, sign=sign)
    if not sign:
        return words.percent(amount, 2 if code in POINTS else 1)
    return words.points(amount, 2) if code in POINTS else words.percent_change(amount, 1)


def aligned(rows: Iterable[Row], left: Sequence[int] = (0,)) -> Lines:
    """Columns under each other: words to the left, figures to the right."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        _APART.join(
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
