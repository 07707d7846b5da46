"""What ``scenario run`` prints for people: aligned, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

from smartfin.analysis.indicators.family import RATIO_OF
from smartfin.cli.goal_lines import goal_lines
from smartfin.cli.plain import Lines
from smartfin.cli.scenario_words import (
    Document,
    Row,
    aligned,
    as_cause,
    cause_name,
    figure_name,
    figure_text,
    head_lines,
    lever_name,
    result_name,
)
from smartfin.quarter import Quarter
from smartfin.services.verdict_words import FAR
from smartfin.settings import Level
from smartfin.wording import DASH, Words, visible


def run_lines(words: Words, document: Document) -> Lines:
    """A scenario beside the outlook, why they differ, and what it takes to land."""
    name = [visible(document["name"])] if document["name"] else []
    goal = [] if document["goal"] is None else ["", *goal_lines(words, document)]
    return [
        *name,
        *head_lines(words, document),
        "",
        *aligned(_sides(words, document)),
        "",
        *_difference_lines(words, document),
        *_notes(words, document),
        *goal,
    ]


def _sides(words: Words, document: Document) -> Iterator[Row]:
    """Outlook, scenario and difference, a row a figure."""
    base, other, apart = document["base"], document["scenario"], document["difference"]
    heads = ("base", "scenario", "difference")
    yield ("", *(words.text(f"cli.scenario.{head}") for head in heads))
    target = Quarter.parse(document["target"])
    for key, name in (
        ("probability", words.text("tile.probability.target", target=target)),
        ("probability_by", words.text("column.probability_by")),
    ):
        change = words.points(other[key] - base[key])  # of what is printed, so that it adds up
        yield (name, words.percent(base[key]), words.percent(other[key]), change)
    newest = Quarter.parse(document["quarter"])
    landed = (_landing(words, each, newest) for each in (base, other))
    yield (words.text("cli.scenario.lands"), *landed, _sooner(words, apart["landing_quarters"]))
    yield from _money_rows(words, document, target)
    for one, two, change in zip(base["social"], other["social"], apart["social"], strict=True):
        yield _social_row(words, one["before"], two["after"], change)


def _money_rows(words: Words, document: Document, target: Quarter) -> Iterator[Row]:
    """Result, coverage, money needed, cash."""
    sides = document["base"], document["scenario"]
    currency = document["currency"]

    def money(name: str, first: float | None, second: float | None) -> Row:
        change = None if first is None or second is None else second - first
        shown = (words.amount(each, currency) for each in (first, second))
        return (name, *shown, words.amount(change, currency, sign=True))

    result = words.text("bridge.total", result=result_name(words, document), quarter=target)
    yield money(result, *(each["at_target"]["mean"]["result"] for each in sides))
    covered = [each["at_target"]["median"]["coverage"] for each in sides]
    ratio = words.text(f"indicator.{RATIO_OF[Level(document['level'])]}")
    yield (ratio, *map(words.percent, covered), words.points(covered[1] - covered[0], 1))
    for key, name in (
        ("money_needed", words.text("cli.scenario.needed")),
        ("money_needed_80", words.text("cli.scenario.needed-80")),
    ):
        yield money(name, *(each[key] for each in sides))
    ahead = [_cash_at(each, document["target"]) for each in sides]
    for key, name in (
        ("median", words.text("cli.scenario.cash", quarter=target)),
        ("low", words.text("cli.scenario.cash-80", quarter=target)),
    ):
        yield money(name, *(each.get(key) for each in ahead))
    yield (words.text("cli.scenario.runs-out"), *(_runs_out(words, each) for each in sides), "")


def _social_row(words: Words, before: float | None, after: float | None, change: Document) -> Row:
    """A figure of members; without the scenario it stays as it is today."""
    unit = change["unit"]
    shown = (
        DASH if value is None else figure_text(words, value, unit, sign=signed)
        for value, signed in ((before, False), (after, False), (change["change"], True))
    )
    return (figure_name(words, change["figure"]), *shown)


def _difference_lines(words: Words, document: Document) -> Lines:
    """What each cause did to each part, and how much of it members pay."""
    apart, currency = document["difference"], document["currency"]
    rows = [
        (
            cause_name(words, cell),
            words.text(f"bridge.{cell['part']}"),
            words.amount(cell["amount"], currency, sign=True),
        )
        for cell in apart["cells"]
    ]
    total = words.amount(apart["result"], currency, sign=True)
    rows.append((words.text("cli.scenario.difference"), "", total))
    share, reason = words.percent(apart["bought_share"]), apart["bought_share_reason"]
    bought = (
        words.text(f"undefined.{reason}")
        if reason
        else words.text("cli.scenario.bought", share=share)
    )
    heading = words.text("cli.scenario.why", quarter=document["target"])
    return [heading, *aligned(rows, left=(0, 1)), bought]


def _notes(words: Words, document: Document) -> Iterator[str]:
    """What is not in the scenario, or not any more."""
    for each in document["without_effect"]:
        yield words.text("cli.scenario.no-effect", lever=lever_name(words, each), why=each["why"])
    over = [cause_name(words, as_cause(each)) for each in document["over"]]
    if over:
        yield words.text("cli.scenario.over", changes=over)
    if not document["advisers_counted"]:
        yield words.text("cli.scenario.advisers-unknown")


def _landing(words: Words, each: Document, newest: Quarter) -> str:
    """The quarter of break-even; far ahead no single one is named."""
    if each["landing_quarter"] is None:
        return words.text("landing.not-within-horizon")
    landed = Quarter.parse(each["landing_quarter"])
    if landed == newest:
        return words.text("landing.reached")
    far = newest + FAR
    return words.text("landing.later", quarter=far) if landed > far else words.quarter(landed)


def _sooner(words: Words, quarters: int | None) -> str:
    if not quarters:
        return DASH if quarters is None else words.number(0)
    if quarters < 0:
        return words.plural("cli.scenario.sooner", -quarters)
    return words.plural("cli.scenario.later", quarters)


def _cash_at(each: Document, quarter: str) -> Document:
    rows: list[Document] = each["cash"]["quarters"]
    return next((row for row in rows if row["quarter"] == quarter), {})


def _runs_out(words: Words, each: Document) -> str:
    cash = each["cash"]
    if cash["runs_out"] is not None:
        return words.quarter(Quarter.parse(cash["runs_out"]))
    return DASH if cash["today"] is None else words.text("landing.not-within-horizon")
