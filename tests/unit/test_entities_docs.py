"""The worked example of docs/metrics.md#entities, and what the section says of the code."""

from __future__ import annotations

import re

import pytest

from smartfin.analysis.entities import WEIGHTS, combined
from smartfin.analysis.partition import CLASSES
from smartfin.analysis.table import line, partner_table, total
from smartfin.entity import DEALINGS
from smartfin.settings import ROOT, Level
from tests.unit.entity_builders import DE, ITEMS, frame_of, rows

PAGE = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("\n## Entities\n")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \| (\d*) ?\| (\d*) ?\|$", SECTION, re.M)
STATED = {item: (float(one), float(two)) for item, one, two, *_ in ROWS}
MADE = combined(
    frame_of(
        rows("DE-EV", {item: amounts[0] for item, amounts in STATED.items()}),
        rows("DE-GMBH", {item: amounts[1] for item, amounts in STATED.items()}),
    ),
    [DE],
    ITEMS,
)
TABLES = {unit: partner_table(MADE.frame, unit) for unit in ("DE", "DE-EV", "DE-GMBH")}


def test_the_worked_example_is_what_the_code_gives() -> None:
    assert len(ROWS) == 15
    for item, one, two, removed, together in ROWS:
        if item in DEALINGS:
            assert (removed, together) == ("", "")
            continue
        assert line(TABLES["DE"], item)[-1] == float(together)
        assert float(one) + float(two) - float(removed) == float(together)
    assert MADE.remarks == ()


@pytest.mark.parametrize(
    ("unit", "result"), [("DE-EV", "= 8`"), ("DE-GMBH", "= 5`"), ("DE", "= 13`")]
)
def test_each_result_is_the_printed_one(unit: str, result: str) -> None:
    classes = CLASSES[Level.OSS]
    made = total(TABLES[unit], classes.income)[-1] - total(TABLES[unit], classes.costs)[-1]
    assert result in SECTION
    assert f"= {made:g}`" == result


def test_coverage_and_equity_are_the_printed_ones() -> None:
    classes = CLASSES[Level.OSS]
    income, costs = (total(TABLES["DE"], each)[-1] for each in (classes.income, classes.costs))
    assert f"`(90 + 10) / (85 + 2) = {income / costs:.3f}`" in SECTION
    assert f"`30 + 12 - 5 = {line(TABLES['DE-GMBH'], 'equity')[-1]:g}`" in SECTION
    assert f"`130 - 70 - 8 = {line(TABLES['DE'], 'equity')[-1]:g}`" in SECTION


def test_the_section_names_each_memo_with_its_line_and_each_weight() -> None:
    for memo, usual in DEALINGS.items():
        assert f"| `{memo}` | `{usual}` |" in SECTION
    for rate in WEIGHTS:
        assert f"`{rate}`" in SECTION
