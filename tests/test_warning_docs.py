"""Each rule of early warning stands in docs/metrics.md as it is computed, with its example."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from smartfin.analysis.warning import RULES, LegalNote, Rule, Sight
from smartfin.analysis.warning.grounds import grounds_of
from smartfin.analysis.warning.precedents import SHOWN_WITHIN
from smartfin.analysis.warning.track import track_of
from smartfin.quarter import Quarter
from tests.test_docs import PAGE, example_table, section, worked
from tests.unit.analysis_builders import a_partner, some_settings

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def entry(rule: Rule, name: str) -> str:
    """What stands behind ``- Name:`` in a rule's section."""
    found = re.search(rf"^- {name}: (.*)$", section(f"Rule {rule.code}"), re.MULTILINE)
    assert found, f"{rule.code} has no line '- {name}'"
    return found[1]


def seen(country: str, sisters: tuple[Sight, ...] = ()) -> Sight:
    """The example partner as the section describes it."""
    who = replace(a_partner(), code=country or "ES", launch=Quarter(2019, 1))
    notes = (LegalNote(Quarter(2022, 3), share=0.3),)
    return Sight(who, example_table(), some_settings(), sisters, notes)


@cache
def sisters() -> tuple[Sight, ...]:
    tables = (example_table().assign(members_active=each) for each in (400.0, 600.0))
    return tuple(replace(seen(""), table=table, known={}) for table in tables)


def limits(rule: Rule) -> str:
    sign = "≥" if rule.condition.crossing.at else "<" if rule.polarity > 0 else ">"
    found = {"amber": rule.amber, "red": rule.red}
    return " · ".join(f"{name} {sign} {at:g}" for name, at in found.items() if at is not None)


@every_rule
def test_each_rule_stands_on_the_page_as_it_is(rule: Rule) -> None:
    forms = f" ({', '.join(rule.applies.forms)})" if rule.applies.forms else ""

    assert entry(rule, "Formula") == f"`{rule.formula}`"
    assert entry(rule, "Unit") == (
        f"{rule.unit.value} · Family: {rule.family.value}"
        f" · Applies to: {rule.applies.country or 'everybody'}{forms}"
    )
    assert entry(rule, "Thresholds") == limits(rule)
    assert entry(rule, "Source") == rule.source
    assert entry(rule, "Silent")


@every_rule
def test_each_worked_example_is_what_the_rule_reads(rule: Rule) -> None:
    by_hand, printed = worked(entry(rule, "Example").split("`")[1])

    values = rule.condition.readings(seen(rule.applies.country, sisters()), rule.polarity).values

    assert values[-1] == pytest.approx(by_hand, rel=1e-5, abs=1e-6)
    assert printed == pytest.approx(by_hand, abs=0.00006)


@every_rule
def test_each_source_says_how_sure_it_is(rule: Rule) -> None:
    assert re.search(r"\[[SMI]\]|house", rule.source)


def test_each_page_a_source_names_is_told_of() -> None:
    named = {key for rule in RULES for group in re.findall(r"\(([a-z, ]+)\) \[S\]", rule.source)
             for key in group.split(", ")}  # fmt: skip
    told = {key for row in re.findall(r"^\| ([a-z, ]+) \|", section("How to read this page"), re.M)
            for key in row.split(", ")}  # fmt: skip

    assert {"gomez", "sterck", "far"} <= named
    assert named <= told


@every_rule
def test_each_rule_says_what_its_figure_rests_on(rule: Rule) -> None:
    sight = seen(rule.applies.country, sisters())

    grounds = grounds_of(track_of(rule, sight), Quarter(2022, 4))

    assert {ground.code for ground in grounds if ground.code} >= set(rule.indicators[:1])
    assert grounds[0].value == pytest.approx(first_part(rule, sight), nan_ok=True)


def first_part(rule: Rule, sight: Sight) -> float:
    """What the first part of a rule should be: its most telling indicator, or what was noted.

    Of tests and of losses it is the count of quarters or the result of the year.
    """
    if not rule.indicators:
        return 0.3
    shown = {"be_chambers": None, "losses": rule.indicators[-1]}.get(rule.code, rule.indicators[0])
    return 3.0 if shown is None else float(sight.series(shown)[-1])


def test_no_section_describes_a_rule_that_is_gone() -> None:
    assert re.findall(r"^#### Rule (\w+)$", PAGE, re.M) == [rule.code for rule in RULES]


def test_the_quarters_before_a_decision_are_those_of_the_code() -> None:
    assert SHOWN_WITHIN == 8
    assert "in any of the eight quarters up to its decision" in section("Rising and clearing")
