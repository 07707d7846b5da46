"""The rules held against the past: when each would have spoken, and how often in vain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from smartfin.analysis.warning import Record, Sight, find_rule, record_of
from smartfin.analysis.warning.hindsight import Hindsight, Spoken, Survivor, hindsight
from smartfin.analysis.warning.precedents import Precedent
from smartfin.partner import Partner, Status
from smartfin.quarter import Quarter
from tests.unit.analysis_builders import BALANCED, a_partner, some_settings, table_of

DECIDED = Quarter(2020, 1)
RULE = find_rule("active_share")
RED, AMBER, CALM = 20.0, 30.0, 60.0  # active of 100 members: red under 25, amber under 40
UNKNOWN = np.nan


def record(who: Partner, *active: float, last: str) -> Record:
    rows = [{**BALANCED, "members_active": each, "members_total": 100.0} for each in active]
    return record_of(Sight(who, table_of(*rows, last=last), some_settings()), (RULE,))


def closed(code: str, *active: float, last: Quarter = DECIDED) -> Precedent:
    who = replace(a_partner(Status.INACTIVE, since=date(2020, 4, 1)), code=code)
    return Precedent(who, record(who, *active, last=str(last)), DECIDED)


def going_on(code: str, *active: float) -> tuple[Partner, Record]:
    who = replace(a_partner(), code=code)
    return who, record(who, *active, last="2022-Q4")


def held(*cases: Precedent, others: tuple[tuple[Partner, Record], ...] = ()) -> Hindsight:
    (found,) = hindsight((RULE,), cases, others)
    return found


def test_a_rule_that_was_red_before_the_decision_has_its_lead() -> None:
    found = held(closed("NL", CALM, AMBER, RED, RED, RED))
    assert found.precedents == (Spoken("NL", 5, DECIDED + -2, DECIDED, 2),)
    assert found.warned == 1


def test_a_rule_that_was_amber_only_had_not_spoken() -> None:
    found = held(closed("NL", CALM, AMBER, AMBER))
    assert found.precedents == (Spoken("NL", 3, None, None, None),)
    assert found.warned == 0


def test_a_rule_is_heard_only_where_it_has_a_figure() -> None:
    found = held(closed("NL", UNKNOWN, CALM, UNKNOWN, CALM))
    assert found.precedents[0].heard == 2


def test_a_flag_that_stands_without_a_new_figure_is_heard() -> None:
    found = held(closed("NL", RED, UNKNOWN))
    assert found.precedents == (Spoken("NL", 2, DECIDED + -1, DECIDED, 1),)


def test_what_a_closed_case_reported_after_its_decision_is_not_heard() -> None:
    found = held(closed("NL", CALM, CALM, RED, RED, last=DECIDED + 2))
    assert found.precedents == (Spoken("NL", 2, None, None, None),)


def test_each_closed_case_is_counted_by_itself() -> None:
    found = held(closed("NL", RED, RED), closed("HU", CALM, CALM))
    assert [spoken.partner for spoken in found.precedents] == ["NL", "HU"]
    assert found.warned == 1


def test_false_alarms_are_the_partners_it_was_ever_red_for() -> None:
    """Twice red is one partner, two spells and as many quarters as the flag stood."""
    found = held(
        others=(
            going_on("ES", RED, CALM, CALM, CALM, RED, RED),
            going_on("IT", CALM, CALM),
            going_on("AT", UNKNOWN, AMBER),
        )
    )
    # the first flag clears after two quarters back: red in the first and second quarter
    assert found.survivors == (
        Survivor("ES", heard=6, red=4, spells=2, red_now=True),
        Survivor("IT", heard=2, red=0, spells=0, red_now=False),
        Survivor("AT", heard=1, red=0, spells=0, red_now=False),
    )
    assert found.false_alarms == 1


def test_a_partner_without_figures_is_no_false_alarm() -> None:
    found = held(others=(going_on("ES"),))
    assert found.survivors == (Survivor("ES", 0, 0, 0, red_now=False),)


def test_a_law_is_held_against_the_country_it_is_for() -> None:
    who, told = going_on("ES", RED)
    capital = find_rule("se_capital")
    sweden = replace(who, code="SE")
    seen = Sight(sweden, table_of(BALANCED, last="2022-Q4"), some_settings())
    both = ((who, told), (sweden, record_of(seen, (capital,))))
    (found,) = hindsight((capital,), (), both)
    assert [survivor.partner for survivor in found.survivors] == ["SE"]
