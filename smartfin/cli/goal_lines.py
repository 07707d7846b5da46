"""What it takes to land, and the levers there are, for people."""

from __future__ import annotations

from smartfin.cli.plain import Lines
from smartfin.cli.scenario_words import (
    Document,
    Row,
    aligned,
    amount_text,
    figure_name,
    head_lines,
    lever_name,
)
from smartfin.measure import Measure, Reason, Unit
from smartfin.quarter import Quarter
from smartfin.scenario import LeverCode
from smartfin.wording import DASH, Words


def seek_lines(words: Words, document: Document) -> Lines:
    """What it takes to land."""
    return [*head_lines(words, document), "", *goal_lines(words, document)]


def lever_lines(words: Words, document: Document) -> Lines:
    """Each lever with its bounds; below it, why it moves nothing."""
    heads = ("code", "today", "low", "high", "step")
    rows: list[Row] = [("", *(words.text(f"cli.scenario.{head}") for head in heads))]
    for each in document["levers"]:
        code = LeverCode(each["lever"])
        bounds = (amount_text(words, code, each[key], each["unit"]) for key in ("low", "high"))
        step = amount_text(words, code, each["step"], each["unit"], sign=False)
        today = _today(words, each)
        rows.append((words.text(f"lever.{code.value}"), code.value, today, *bounds, step))
    why = [
        words.text("cli.scenario.no-effect", lever=lever_name(words, each), why=each["why"])
        for each in document["levers"]
        if not each["available"]
    ]
    return [*head_lines(words, document), "", *aligned(rows), *why]


def goal_lines(words: Words, document: Document) -> Lines:
    """Each lever alone, then several with the least pain."""
    goal = document["goal"]
    heading = words.text(
        "cli.scenario.goal",
        probability=words.percent(goal["probability"]),
        target=Quarter.parse(goal["target"]),
    )
    lines = [heading, *aligned([_alone(words, each) for each in goal["levers"]], left=(0, 2))]
    together = goal["together"]
    if together is None:
        return lines
    lines += ["", words.text("cli.scenario.together")]
    if together["settings"] is None:
        return [*lines, _not_together(words, together)]
    if not together["settings"]:
        return [*lines, words.text("cli.scenario.enough")]
    lines += aligned([_alone(words, each) for each in together["settings"]], left=(0, 2))
    if together["unguarded"]:
        names = [figure_name(words, code) for code in together["unguarded"]]
        lines.append(words.text("cli.scenario.unguarded", figures=names))
    return lines


def _alone(words: Words, each: Document) -> Row:
    """A lever, its amount, and what is known of it."""
    code = LeverCode(each["lever"])
    if each["amount"] is None:
        return (lever_name(words, each), DASH, _unreached(words, each))
    if not each["amount"]:
        return (lever_name(words, each), DASH, words.text("cli.scenario.enough"))
    amount = amount_text(words, code, each["amount"], each["unit"])
    return (lever_name(words, each), amount, _mark(words, each))


def _unreached(words: Words, each: Document) -> str:
    best = each["probability_unrounded"]
    if best is None:
        return str(each["why"])
    return words.text("cli.scenario.best", why=each["why"], probability=words.percent(best))


def _not_together(words: Words, each: Document) -> str:
    """Why not even several are enough."""
    if each["reason"] != Reason.LEVER_TOO_SHORT:
        return _unreached(words, each)
    best = words.percent(each["probability_unrounded"])
    return words.text("cli.scenario.not-together", probability=best)


def _mark(words: Words, each: Document) -> str:
    """Who once did as much, and how fast; nothing of a lever turned the other way."""
    mark = each["mark"]
    if mark is None:
        never = each["mark_reason"] == "never-reached"
        return words.text("cli.scenario.never") if never else ""
    return words.plural(
        "cli.scenario.mark", mark["quarters"], partner=mark["partner"], quarter=mark["until"]
    )


def _today(words: Words, each: Document) -> str:
    if each["today"] is None:
        return DASH
    digits = 1 if each["today_unit"] == Unit.FRACTION else None
    return words.measure(Measure(each["today"], each["today_unit"]), digits=digits)
