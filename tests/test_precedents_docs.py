"""The worked example of docs/metrics.md on precedents and hindsight is what the code says."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from smartfin.analysis.warning import Record, Sight, find_rule, record_of
from smartfin.analysis.warning.hindsight import Hindsight, hindsight
from smartfin.analysis.warning.precedents import (
    SHOWN_WITHIN,
    Alignment,
    Likeness,
    Precedent,
    Resemblance,
    resemblance,
)
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from tests.test_docs import section
from tests.unit.analysis_builders import BALANCED, a_partner, some_settings, table_of

RULE = find_rule("active_share")
NOW, DEADLINE, DECIDED = Quarter(2022, 4), Quarter(2023, 4), Quarter(2020, 1)


def row(name: str) -> tuple[Partner, Record]:
    """A partner of the table, with what the rule said of it."""
    found = re.search(rf"^\| {name}, from (\S+) \|(.*)\|$", section("Precedents"), re.MULTILINE)
    assert found
    launch = Quarter.parse(found[1])
    shares = [float(cell) for cell in found[2].split("|") if cell.strip()]
    figures = [{**BALANCED, "members_active": each, "members_total": 100.0} for each in shares]
    who = replace(a_partner(), code=name[:2].upper(), launch=launch)
    table = table_of(*figures, last=str(launch + (len(shares) - 1)))
    return who, record_of(Sight(who, table, some_settings()), (RULE,))


@cache
def inactive() -> Precedent:
    who, record = row("inactive")
    return Precedent(replace(who, launch=Quarter(2018, 1)), record, DECIDED)


def beside(alignment: Alignment) -> Resemblance:
    who, record = row("the other")
    found = resemblance(who, record, NOW, inactive(), alignment, DEADLINE)
    assert found
    return found


def in_hindsight() -> Hindsight:
    (found,) = hindsight((RULE,), [inactive()], [row("the other")])
    return found


def test_the_quarters_and_signals_are_those_of_the_example() -> None:
    text = " ".join(section("Precedents").split())
    age, distance = beside(Alignment.AGE), beside(Alignment.DISTANCE)
    assert f"the other in {age.here} beside the inactive one in {age.there}" in text
    assert f"it is {distance.here} beside {distance.there}" in text
    assert [each.likeness for each in age.signals] == [Likeness.BOTH]
    assert [each.likeness for each in distance.signals] == [Likeness.NEITHER]
    (signal,) = age.signals
    assert f"red from {signal.red_there_from}, **{signal.lead} quarters** before" in text
    assert SHOWN_WITHIN == 8
    assert "within the eight quarters up to it" in text


def test_the_counts_are_those_of_the_example() -> None:
    text = " ".join(section("Hindsight").split())
    found = in_hindsight()
    (spoken,), (other,) = found.precedents, found.survivors
    assert f"from {spoken.red_from}, **{spoken.lead} quarters** before" in text
    assert f"heard in **{spoken.heard}** quarters" in text
    assert f"became red **{other.spells}** time" in text
    assert f"red in **{other.red} of {other.heard}** quarters" in text
    assert f"**{found.false_alarms} of {len(found.survivors)}** other partners" in text
