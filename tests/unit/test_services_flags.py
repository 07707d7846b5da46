"""Red traction flags of a partner, with the precedents that showed the same before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import zip_longest

import pandas as pd
import pytest

from smartfin.analysis.states import RedFlag, State
from smartfin.analysis.verdict import judge
from smartfin.analysis.warning import Family, LegalNote, Record, find_rule
from smartfin.entity import Entity
from smartfin.measure import Measure, Unit
from smartfin.partner import Partner, Status, StatusChange
from smartfin.quarter import Quarter
from smartfin.services.entities.case import EntityCase, entity_case
from smartfin.services.entities.matters import matters_of_whole, with_matters
from smartfin.services.entities.told import told_of
from smartfin.services.warning.records import Known, Warnings, warnings_of
from smartfin.services.warning.said import figure_text
from smartfin.services.warning.sentence import flag_sentence, thresholds_sentence
from smartfin.settings import ThresholdChange
from smartfin.wording import words_of
from tests.unit.analysis_builders import BALANCED, a_partner, some_settings, table_of

NOW = Quarter.parse("2019-Q4")
DECIDED = Quarter.parse("2018-Q4")
SETTINGS = some_settings(deadline="2020-Q4")
RED = 0.2  # of members active
FINE = 0.6


def shares(*active: float, last: Quarter = NOW) -> pd.DataFrame:
    """Balanced quarters with these shares of active members."""
    rows = [{**BALANCED, "members_total": 100, "members_active": 100 * each} for each in active]
    return table_of(*rows, last=str(last))


def known(
    code: str, *active: float, decided: bool = False, synthetic: bool = True, last: Quarter = NOW
) -> Known:
    history = a_partner().history
    if decided:
        left = StatusChange((DECIDED + 1).start, Status.INACTIVE)
        history = (*history, left)
    who = replace(a_partner(), code=code, history=history)
    return Known(who, shares(*active, last=last), last, synthetic)


def shown_by(warnings: Warnings) -> tuple[RedFlag, ...]:
    return tuple(each for each in warnings.red_flags("ES", NOW) if each.rule == "active_share")


def precedent(*active: float, synthetic: bool = True) -> Known:
    return known("NL", *active, decided=True, synthetic=synthetic, last=DECIDED)


@pytest.mark.parametrize(
    ("active", "shown"),
    [
        ([RED] * 10, ("NL",)),
        ([RED] * 2 + [FINE] * 7, ("NL",)),  # the second quarter back is the eighth before
        ([RED] * 2 + [FINE] * 9, ()),
        ([FINE] * 10, ()),
    ],
)
def test_a_precedent_counts_where_it_was_red_in_the_eight_quarters_before(
    active: list[float], shown: tuple[str, ...]
) -> None:
    warnings = warnings_of(SETTINGS, [known("ES", *[RED] * 4), precedent(*active)])

    assert shown_by(warnings) == (RedFlag("active_share", shown),)


def test_before_the_decision_nobody_is_a_precedent() -> None:
    warnings = warnings_of(SETTINGS, [known("ES", *[RED] * 8), precedent(*[RED] * 10)])

    assert RedFlag("active_share") in warnings.red_flags("ES", DECIDED + -1)


def test_made_up_figures_of_a_precedent_say_nothing_of_a_real_partner() -> None:
    real = known("ES", *[RED] * 4, synthetic=False)

    made_up = warnings_of(SETTINGS, [real, precedent(*[RED] * 10)])
    both_real = warnings_of(SETTINGS, [real, precedent(*[RED] * 10, synthetic=False)])

    assert shown_by(made_up) == (RedFlag("active_share"),)
    assert shown_by(both_real) == (RedFlag("active_share", ("NL",)),)


def test_a_rule_of_another_family_moves_no_verdict() -> None:
    poor = known("ES", *[FINE + each / 100 for each in range(9)])
    table = poor.table.assign(equity=1.0, total_assets=100.0, member_balances=0.0)

    warnings = warnings_of(SETTINGS, [replace(poor, table=table)])

    flags = {each.rule for each in warnings.records["ES"].flags(NOW)}
    assert "net_equity_ratio" in flags
    assert warnings.red_flags("ES", NOW) == ()


def test_sisters_of_the_other_kind_are_no_standard() -> None:
    sisters = [known(code, *[FINE] * 4, synthetic=False) for code in ("IT", "SE")]
    same = [replace(each, synthetic=True) for each in sisters]

    apart = warnings_of(SETTINGS, [known("ES", *[0.1] * 4), *sisters])
    together = warnings_of(SETTINGS, [known("ES", *[0.1] * 4), *same])

    rule = "members_against_sisters"
    assert rule in {each.rule for each in apart.records["ES"].silent(NOW)}
    assert rule in {each.rule for each in together.records["ES"].flags(NOW)}


def test_the_last_verdict_that_could_be_given_uses_the_flags_of_then() -> None:
    partner: Partner = a_partner()
    asked: list[Quarter] = []

    def flags_in(quarter: Quarter) -> tuple[RedFlag, ...]:
        asked.append(quarter)
        return (RedFlag("active_share"),)

    verdict = judge(partner, shares(*[FINE] * 16), NOW + 3, SETTINGS, earlier_flags=flags_in)

    assert verdict.state is State.NOT_ASSESSABLE
    assert verdict.red_flags == ()
    assert verdict.previous is not None
    assert verdict.previous.red_flags == (RedFlag("active_share"),)
    assert asked == [NOW]


def two_entities(partner: Partner) -> Partner:
    """The partner as an association and a company."""
    entities = (Entity("EV", "Verein", "e.V."), Entity("GMBH", "Firma", "GmbH"))
    return replace(partner, entities=entities)


def test_of_several_entities_the_law_looks_at_each_and_not_at_the_whole() -> None:
    note = LegalNote(NOW, share=0.5)
    whole = known("AT", *[FINE] * 4)
    whole = replace(whole, partner=two_entities(whole.partner), notes=(note,))

    record = warnings_of(SETTINGS, [whole]).records["AT"]

    rules = {track.rule.family for track in record.tracks}
    assert rules == {Family.TRACTION, Family.LIQUIDITY, Family.QUALITY}


def test_legal_matters_of_a_partner_are_those_of_its_entities() -> None:
    partner = two_entities(replace(a_partner(), code="AT"))
    unit, entity = partner.units[1], partner.entities[0]
    frame = pd.DataFrame(
        {"partner": [], "quarter": [], "synthetic": [], "scenario": [], "item": []}
    )
    case = entity_case(unit, entity, frame, NOW, SETTINGS, (LegalNote(NOW, share=0.5),))
    seen = replace(case, table=shares(*[FINE] * 4))

    assert {each.rule for each in seen.flags} == {"legal_open", "legal_share"}
    assert {track.rule.code for track in seen.record.tracks} >= {"at_urg", "z_score"}


NOTHING = pd.DataFrame({name: [] for name in ("partner", "quarter", "synthetic", "scenario")})
GERMANY = two_entities(replace(a_partner(), code="DE"))


def of_germany(*books: pd.DataFrame, partner: Partner = GERMANY) -> tuple[EntityCase, ...]:
    """Its association and its company, with the books of each that has any."""
    pairs = zip_longest(partner.units[1:], partner.entities, books)
    return tuple(
        case if table is None else replace(case, table=table)
        for unit, entity, table in pairs
        for case in (entity_case(unit, entity, NOTHING, NOW, SETTINGS),)
    )


def open_at(record: Record) -> tuple[str, ...]:
    return tuple(flag.rule for flag in record.flags(NOW))


def test_a_legal_matter_is_judged_up_to_the_partners_quarter_whatever_books_there_are() -> None:
    old = shares(*[FINE] * 4, last=NOW + -3)
    settled = LegalNote(NOW + -4, closed=NOW)
    association, company = with_matters(
        GERMANY, of_germany(old, old), {"DE": (settled,), "DE-GMBH": (LegalNote(NOW, share=0.5),)}
    )
    assert open_at(association.of_notes) == ()
    assert association.of_notes.flags(NOW + -1)[0].since == NOW + -4
    assert [(flag.rule, flag.quarter) for flag in company.flags if flag.family is Family.LEGAL] == [
        ("legal_share", NOW), ("legal_open", NOW),
    ]  # fmt: skip
    assert {flag.quarter for flag in company.flags if flag.family is not Family.LEGAL} <= {NOW + -3}
    assert company.quarter == NOW + -3


def test_a_matter_of_a_partner_whose_entities_have_no_books_is_its_own() -> None:
    notes = {"DE": (LegalNote(NOW, share=0.6),), "DE-EV": (LegalNote(NOW),)}
    combined = shares(*[FINE] * 4)
    association, company = with_matters(GERMANY, of_germany(), notes)
    whole = matters_of_whole(GERMANY, combined, SETTINGS, (association, company), notes)
    assert open_at(whole) == ("legal_share", "legal_open")
    assert [flag.rule for flag in association.flags] == ["legal_open"]
    assert company.flags == ()
    booked = of_germany(combined, combined)
    assert matters_of_whole(GERMANY, combined, SETTINGS, booked, notes).tracks == ()


def test_a_matter_of_an_entity_that_ended_is_its_partners_from_then_on() -> None:
    association, company = GERMANY.entities
    ended = replace(company, until=(NOW + -2).end)
    partner = replace(GERMANY, entities=(association, ended))
    books = shares(*[FINE] * 6)
    entities = of_germany(books, books, partner=partner)
    notes = {"DE-GMBH": (LegalNote(NOW + -5), LegalNote(NOW + -5, closed=NOW + -2))}
    whole = matters_of_whole(partner, books, SETTINGS, entities, notes)
    (flag,) = whole.flags(NOW)
    assert (flag.rule, flag.value.value, flag.since) == ("legal_open", 1, NOW + -1)
    assert whole.flags(NOW + -2) == ()


def test_older_figures_of_an_entity_are_told_as_such() -> None:
    words, rule = words_of("en"), find_rule("z_score")
    association, _ = of_germany(shares(*[FINE] * 4, last=NOW + -1))
    told = told_of(words, association, rule, "Altman: red.")
    assert told == "Verein: Altman: red. Its newest figures are of Q3 2019."
    assert told_of(words, association, find_rule("legal_open"), "1 open.") == "Verein: 1 open."


# ---------------------------------------------------------------- in words


def test_a_flag_is_said_with_figure_threshold_and_date() -> None:
    words = words_of("en")
    warnings = warnings_of(SETTINGS, [known("ES", FINE, 0.2, 0.246)])

    (flag,) = (each for each in warnings.records["ES"].flags(NOW) if each.rule == "active_share")

    assert flag_sentence(words, flag) == (
        "Share of members who are active: 24.6%, under the threshold of 25.0%; red since Q3 2019."
    )


@pytest.mark.parametrize(("met", "said"), [(1, "1 test is met"), (2, "2 tests are met")])
def test_tests_that_are_met_are_counted_in_good_grammar(met: int, said: str) -> None:
    (flag,) = (
        each
        for each in warnings_of(SETTINGS, [known("ES", FINE, RED)]).records["ES"].flags(NOW)
        if each.rule == "active_share"
    )
    counted = replace(
        flag,
        rule="tuckman_chang",
        value=Measure(float(met), Unit.COUNT),
        threshold=Measure(1.0, Unit.COUNT),
    )

    assert f"{said}, threshold 1; red since" in flag_sentence(words_of("en"), counted)


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.246, "24.6%"), (0.2496, "24.96%"), (0.25, "25%"), (0.21, "21%"), (0.396, "39.6%")],
)
def test_a_figure_is_told_apart_from_each_threshold(value: float, written: str) -> None:
    figure = Measure(value, Unit.FRACTION)

    assert figure_text(words_of("en"), find_rule("active_share"), figure, (0.4, 0.25)) == written


def test_a_warning_of_volume_says_with_whose_work() -> None:
    words = words_of("en")
    quarter = {**BALANCED, "staff_costs": 13_000, "adviser_costs": 100, "adviser_fte": 1}
    poor = replace(known("ES"), table=table_of(*[quarter] * 13, last=str(NOW)))

    flags = {
        flag.rule: flag_sentence(words, flag)
        for flag in warnings_of(SETTINGS, [poor]).records["ES"].flags(NOW)
    }

    assert "with today’s team: 62%" in flags["volume_reached"]
    assert "with the advisers it takes" in flags["growth"]


def test_the_thresholds_of_a_rule_are_those_in_force() -> None:
    words, rule = words_of("en"), find_rule("active_share")
    change = ThresholdChange("active_share", date(2019, 1, 1), 0.5, None, "assembly", "")
    settings = replace(SETTINGS, thresholds=(change,))

    now = thresholds_sentence(words, settings, rule, a_partner(), NOW)
    before = thresholds_sentence(words, settings, rule, a_partner(), DECIDED)

    assert "amber from 50%, red from 25%" in now
    assert "amber from 40%, red from 25%" in before
