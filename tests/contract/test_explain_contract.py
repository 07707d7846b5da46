"""Every indicator can be explained: the figures named in each sum give what comes out."""

from __future__ import annotations

import pytest

from smartfin.analysis.explain import explanation
from smartfin.analysis.formula import worked_out
from smartfin.analysis.indicators.family import Indicator, indicators_at
from smartfin.settings import Level
from tests.contract.test_indicators_contract import DEADLINE, FIRST, full_table

LAST = FIRST + 8
EVERY = [(level, indicator) for level in Level for indicator in indicators_at(level, DEADLINE)]


@pytest.mark.parametrize(
    ("level", "indicator"),
    EVERY,
    ids=[f"{level.value}-{indicator.code}" for level, indicator in EVERY],
)
def test_the_figures_named_give_the_value(level: Level, indicator: Indicator) -> None:
    family = {each.code: each for each in indicators_at(level, DEADLINE)}
    table = full_table()

    found = explanation(indicator, family, table, LAST)
    amounts: dict[str, float | None] = {}
    for used in found.inputs:
        assert used.amount == table.loc[used.quarter.ordinal, used.item]
        amounts[f"{used.item} {used.quarter}"] = used.amount

    assert found.steps[0].code == indicator.code
    assert set(indicator.needs) <= {used.item for used in found.inputs}
    for step in found.steps:
        if step.value is not None:
            assert worked_out(step) == pytest.approx(step.value)
        for term in step.terms:
            if term.item:
                summed = sum(amounts[f"{term.code} {each}"] or 0.0 for each in term.quarters)
                assert term.value == pytest.approx(summed)
