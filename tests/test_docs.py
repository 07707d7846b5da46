"""docs/metrics.md says what the code does: every formula, reason and worked example."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from smartfin.analysis.backtest import HORIZONS, MIX_FROM, NAIVE_FROM
from smartfin.analysis.backtest.rolling import PATHS
from smartfin.analysis.bridge import PartCode, bridge
from smartfin.analysis.forecast import intervals, mix, scores
from smartfin.analysis.forecast.course import LASTING
from smartfin.analysis.forecast.drift import COVID, DAMPING, HALF_LIFE, WINDOW
from smartfin.analysis.forecast.drivers import QUARTERS_FOR_MODELS, QUARTERS_LOOKED_AT
from smartfin.analysis.forecast.outlook import FAN
from smartfin.analysis.forecast.prior import QUARTERS_AS_GROUP
from smartfin.analysis.forecast.season import STIFFNESS
from smartfin.analysis.indicators.family import (
    INDICATORS,
    Indicator,
    find_indicator,
    indicator_measure,
)
from smartfin.analysis.partition import IMPUTED_SUPPORT
from smartfin.analysis.social import (
    MEASURES,
    PAID_BY_MEMBERS,
    Direction,
    Source,
    bought_share,
    fee_change,
    social_verdict,
    standings_at,
    who_pays,
)
from smartfin.analysis.social.standing import LEAST_KNOWN
from smartfin.analysis.statement import Kind, statement_rows
from smartfin.items import Role, read_items
from smartfin.quarter import Quarter
from smartfin.settings import Level, read_settings

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
SHOWN, DEADLINE = Quarter.parse("2022-Q4"), Quarter.parse("2023-Q4")
BETTER = {+1: "higher", -1: "lower", 0: "neither"}
OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def section(name: str) -> str:
    """The text under a heading, up to the next heading."""
    found = re.search(rf"^#+ {re.escape(name)}\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/metrics.md has no section {name}"
    return found[1]


def entry(indicator: Indicator, name: str) -> str:
    """What stands behind ``- Name:`` in an indicator's section."""
    found = re.search(rf"^- {name}(?:, [^:]*)?: (.*)$", section(indicator.code), re.MULTILINE)
    assert found, f"{indicator.code} has no line '- {name}:'"
    return found[1]


def example_table() -> pd.DataFrame:
    """The example partner of the page."""
    rows = re.findall(r"^\| (\w+) \|((?: -?[\d.]+ \|)+)$", section("The example partner"), re.M)
    quarters = re.findall(r"\d{4}-Q\d", section("The example partner"))
    table = pd.DataFrame(
        {item: [float(cell) for cell in cells.split("|")[:-1]] for item, cells in rows}
    )
    table.index = pd.Index([Quarter.parse(text).ordinal for text in quarters], name="quarter")
    return table


def arithmetic(text: str) -> float:
    """The value of a sum written with numbers, brackets and + - * / only."""

    def value(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return OPERATORS[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -value(node.operand)
        assert isinstance(node, ast.Constant), f"not arithmetic: {text}"
        assert isinstance(node.value, int | float)
        return float(node.value)

    return value(ast.parse(text, mode="eval").body)


def worked(text: str) -> tuple[float, float]:
    """Both sides of ```left = right```: the sum worked out, and the printed result."""
    left, _, right = text.strip().strip("`").rpartition("=")
    return arithmetic(left.strip() or right.strip()), float(right)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.code)
def test_each_indicator_stands_on_the_page_as_it_is_computed(indicator: Indicator) -> None:
    undefined = {reason.value for reason, _ in indicator.unless}
    if IMPUTED_SUPPORT in indicator.needs:
        undefined.add("imputed-support-unknown")

    assert entry(indicator, "Formula") == f"`{indicator.formula}`"
    assert entry(indicator, "Unit") == (
        f"{indicator.unit.value} · Window: {indicator.window.value}"
        f" · Better: {BETTER[indicator.polarity]}"
    )
    assert set(re.findall(r"`([\w-]+)`", entry(indicator, "Undefined"))) == undefined
    assert entry(indicator, "Source")


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.code)
def test_each_worked_example_is_what_the_code_computes(indicator: Indicator) -> None:
    level = re.search(r"- Example, level `(\w+)`:", section(indicator.code))
    judged = find_indicator(indicator.code, Level(level[1]) if level else Level.OSS, DEADLINE)
    by_hand, printed = worked(entry(indicator, "Example"))

    measure = indicator_measure(judged, example_table(), SHOWN.ordinal, "EUR")

    assert measure.value == pytest.approx(by_hand, rel=1e-6, abs=1e-6)
    assert printed == pytest.approx(by_hand, abs=0.006 if abs(by_hand) >= 1000 else 0.00006)


def test_no_section_describes_an_indicator_that_is_gone() -> None:
    described = set(re.findall(r"^#### (\w+)$", PAGE, re.MULTILINE))

    assert described == {indicator.code for indicator in INDICATORS}


def test_the_partition_of_the_page_is_that_of_the_chart_of_items() -> None:
    items = read_items(ROOT / "data" / "items.yaml")
    rows = re.findall(r"^\| ([a-z ]+) \|[^|]*\| (`.*`) \|$", section("Partition"), re.MULTILINE)
    printed = {name.replace(" ", "_"): set(re.findall(r"`(\w+)`", codes)) for name, codes in rows}

    assert printed == {
        role.value: set(codes)
        for role, codes in items.codes_by_role.items()
        if role is not Role.NONE
    }


def test_the_statement_of_the_page_is_that_of_the_example_partner() -> None:
    table = example_table()
    printed = dict(
        re.findall(r"^\| \*\*(.+?)\*\* \| \*\*([−\d,]+)\*\* \|", section("Statement"), re.MULTILINE)
    )

    totals = [row for row in statement_rows(table, SHOWN.ordinal) if row.kind is Kind.TOTAL]

    amounts = [float(amount.replace("−", "-").replace(",", "")) for amount in printed.values()]
    assert [row.amount for row in totals] == amounts


def test_the_example_of_the_currency_section_adds_up() -> None:
    by_hand, printed = worked(re.findall(r"`([^`]*=[^`]*)`", section("Currency"))[0])

    assert printed == pytest.approx(by_hand, abs=0.005)


def test_the_thresholds_of_the_page_are_those_of_the_settings() -> None:
    settings = read_settings({})
    rules, outlook = settings.verdict, settings.outlook
    verdict, simulated = section("Verdict"), section("Outlook")

    assert f"result ≥ 0, P ≥ {100 * rules.on_track:.0f} % and no red" in verdict
    assert f"P < {100 * rules.at_risk:.0f} %" in verdict
    assert f"under {rules.too_early} quarters of history" in verdict
    assert f"within the last {rules.lost_within} quarters" in verdict
    assert rules.red_flags == 2
    assert "two or more red traction flags" in verdict
    assert f"{outlook.paths:,} simulated futures" in simulated
    assert f"within {outlook.horizon}, in which" in simulated


def test_the_model_of_the_page_is_that_of_the_code() -> None:
    simulated = section("Outlook")
    first, last = Quarter.from_ordinal(COVID[0]), Quarter.from_ordinal(COVID[-1])

    simulated = " ".join(simulated.split())
    assert f"newest changes, {WINDOW} at most" in simulated
    assert HALF_LIFE == 4
    assert "half as much as one a year younger" in simulated
    assert f"brings {DAMPING} of the drift" in simulated
    assert f"{first} to {last} are left out" in simulated
    assert f"Under {QUARTERS_FOR_MODELS} calm quarters" in simulated
    assert f"the newest {QUARTERS_LOOKED_AT} calm quarters" in simulated
    assert f"as far as {LASTING} of it is left each quarter" in simulated
    assert f"n / (n + {QUARTERS_AS_GROUP})" in simulated
    assert f"penalty {STIFFNESS:.0f} on its bends" in simulated
    assert f"normal, {mix.DRIFT_DOUBT} standard errors" in simulated
    assert f"(*u* = {mix.USED} quarters of *n*" in simulated
    assert f"narrowed to {mix.NARROWED}" in simulated
    assert f"cut at {mix.OUTLIER:.0f} robust" in simulated
    assert f"ν = n − {mix.USED + 1}, {mix.WIDEST:.0f} at most" in simulated
    assert all(f"`{model.code}`" in simulated for model in (*mix.MODELS, *mix.LEFT_OUT))
    shares = [f"{100 * share:.0f}" for share in FAN]
    assert f"the {', '.join(shares[:-1])} and {shares[-1]} % points" in simulated


def test_the_examples_of_the_back_test_are_what_the_code_computes() -> None:
    examples = re.findall(r"^- `(\w+)\((.*)\)`: (`.*`)$", section("Back-test"), re.MULTILINE)

    for name, given, sentence in examples:
        score = getattr(scores, name)(*ast.literal_eval(f"({given})"))
        by_hand, printed = worked(sentence)
        assert getattr(score, "value", score) == pytest.approx(by_hand), name
        assert printed == pytest.approx(by_hand, abs=0.00006), name
    assert len(examples) == 6


def test_the_back_test_of_the_page_is_that_of_the_code() -> None:
    written = " ".join(section("Back-test").split())

    assert f"what came true 1 to {HORIZONS} quarters later" in written
    assert f"from {MIX_FROM} quarters of history on" in written
    assert f"the seasonal naive from {NAIVE_FROM}" in written
    assert f"has {PATHS:,} futures" in written
    assert f"80 % of {intervals.DRAWS:,} draws" in written
    first, last = Quarter.from_ordinal(COVID[0]), Quarter.from_ordinal(COVID[-1])
    assert f"made in {first} to {last} starts" in written


def test_the_bridge_of_the_page_is_what_the_code_computes() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| `([^`]*=[^`]*)` \|$", section("Bridge"), re.MULTILINE)
    ends = SHOWN.ordinal - 4, SHOWN.ordinal
    levels = (Level.FSS, Level.SUPPORTED)
    built = [bridge(example_table(), *ends, level) for level in levels]
    parts = {part.code.value: part.amount for each in built if each for part in each.parts}

    assert [name for name, _ in rows] == [code.value for code in PartCode]
    for name, text in rows:
        by_hand, printed = worked(text)
        assert parts[name] == pytest.approx(by_hand, abs=1e-6)
        assert printed == pytest.approx(by_hand, abs=0.006)


def test_the_twelve_of_the_page_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| (\d+) \|(.*)\|$", section("Social balance"), re.MULTILINE)
    printed = [[cell.strip() for cell in cells.split("|")] for _, cells in rows]

    assert [int(number) for number, _ in rows] == [measure.number for measure in MEASURES]
    for measure, (main, companions, direction, tolerance, floor, source) in zip(
        MEASURES, printed, strict=True
    ):
        assert main == f"[{measure.code}](#{measure.code})"
        assert tuple(re.findall(r"\[(\w+)\]", companions)) == measure.companions
        assert Direction(direction.replace(" ", "_")) is measure.direction
        unit = "points" if measure.in_points else "%"
        assert tolerance == f"{100 * measure.tolerance:.0f} {unit}"
        assert floor == ("" if measure.floor is None else f"{100 * measure.floor:.0f} %")
        named, _, code = source.partition(" ") if measure.iris else (source, "", "")
        assert Source(named.replace(" ", "_").lower()) is measure.source
        assert code == measure.iris


def test_the_standings_of_the_page_are_those_of_the_example_partner() -> None:
    text = section("Social standing")
    rows = re.findall(r"^\| `(\w+)` \| [^|]* \|([^|]*)\| (\w+) \|$", text, re.MULTILINE)
    standings = {each.measure.code: each for each in standings_at(example_table(), SHOWN.ordinal)}

    assert len(rows) == 6
    for code, sentence, held in rows:
        assert standings[code].held == held
        if sentence.strip():
            by_hand, printed = worked(sentence)
            assert standings[code].worsening == pytest.approx(by_hand, abs=1e-9)
            assert printed == pytest.approx(by_hand, abs=0.00006)
    assert f"of which at least {LEAST_KNOWN} must be" in text


def test_the_bought_share_of_the_page_is_what_the_code_computes() -> None:
    text = section("Bought share")
    rows = re.findall(r"^\| `(\w+)` \| `([^`]*=[^`]*)` \|(.*)\|$", text, re.MULTILINE)
    share = bought_share(example_table(), SHOWN.ordinal - 4, SHOWN.ordinal)
    rules = read_settings({}).social

    assert [code for code, _, _ in rows] == [each.code.value for each in share.effects]
    for (code, sentence, bought), effect in zip(rows, share.effects, strict=True):
        by_hand, printed = worked(sentence)
        assert effect.amount == pytest.approx(by_hand, abs=1e-6), code
        assert printed == pytest.approx(by_hand, abs=0.006), code
        assert (bought.strip() == "yes") == (effect.code in PAID_BY_MEMBERS), code
    summed = re.search(r"^- Bought share: `(.*)`: amber\.$", text, re.MULTILINE)
    assert summed
    by_hand, printed = worked(summed[1])
    assert share.share.value == pytest.approx(by_hand, abs=1e-5)
    assert printed == pytest.approx(by_hand, abs=0.00006)
    amber, red = 100 * rules.bought_amber, 100 * rules.bought_red
    assert f"Above {amber:.0f} % is\namber, above {red:.0f} % red" in text


def test_the_social_verdict_of_the_page_is_that_of_the_example_partner() -> None:
    text, rules = " ".join(section("Social verdict").split()), read_settings({}).social
    verdict = social_verdict(example_table(), SHOWN.ordinal, rules=rules)
    sums = [worked(each) for each in re.findall(r"so `([^`]*)` is more", text)]

    assert f"under {100 * rules.unchanged:.0f} % of own costs" in text
    assert f"where {rules.most_fallen + 1} or more" in text
    assert f"fewer than {rules.least_reported} judged" in text
    assert verdict.bridge
    assert verdict.own_costs
    assert [by_hand for by_hand, _ in sums] == [verdict.bridge.change / verdict.own_costs]
    assert verdict.judged == 11
    said = re.search(r"four fell \((.*?)\): `(\w+)`", text)
    assert said
    fallen = [each.measure.code for each in verdict.fallen]
    assert (re.findall(r"`(\w+)`", said[1]), said[2]) == (fallen, verdict.state)


def test_who_pays_on_the_page_is_what_the_code_computes() -> None:
    change, amount = [worked(each) for each in re.findall(r"`([^`]*=[^`]*)`", section("Who pays"))]
    computed = fee_change(example_table(), SHOWN.ordinal - 4, SHOWN.ordinal)

    assert computed.value == pytest.approx(change[0]) == pytest.approx(change[1])
    (payer,) = who_pays(example_table(), SHOWN.ordinal, computed.value or 0.0).payers
    assert payer.amount == pytest.approx(amount[0]) == pytest.approx(amount[1])


def test_every_link_to_the_page_has_its_heading() -> None:
    headings = re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    sources = [*(ROOT / "smartfin").rglob("*.py"), *(ROOT / "data").glob("*.[ty]*ml")]
    linked = {
        anchor
        for source in sources
        for anchor in re.findall(r"docs/metrics\.md#([\w-]+)", source.read_text(encoding="utf-8"))
    }
    linked |= set(re.findall(r"\]\(#([\w-]+)\)", PAGE))

    assert linked - {"<code>"} <= anchors
