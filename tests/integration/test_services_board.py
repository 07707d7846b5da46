"""The Board and the status document, over a real ledger."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from smartfin.analysis.forecast.outlook import Landing
from smartfin.analysis.states import State
from smartfin.errors import InputError
from smartfin.partner import find_partner
from smartfin.quarter import Quarter
from smartfin.services.assessment import assess
from smartfin.services.board import board_view
from smartfin.services.group import GroupLine
from smartfin.services.record.note import close_matter, matters, open_matter
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.status import status_document
from smartfin.services.verdict_words import landing_cell
from smartfin.settings import Settings
from smartfin.wording import LANGUAGES, words_of
from tests.builders import AT_BALANCE, book, gaining_members, growing, hand_in

WORDS = words_of("en")


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return open_smartfin(empty_settings)


def states(smartfin: Smartfin, **asked: object) -> dict[str, str]:
    document = status_document(smartfin, WORDS, **asked)  # type: ignore[arg-type]
    return {row["partner"]: row["verdict"] for row in document["partners"]}


def test_an_empty_ledger_has_a_board_without_tiles(smartfin: Smartfin) -> None:
    view = board_view(smartfin, WORDS)
    assert view.reporting_quarter is None
    assert (view.tiles, view.precedents, view.changes) == ((), (), ())
    assert view.coverage is None
    assert "2023" in view.deadline_text


def test_a_partner_that_gains_is_reached_and_one_that_loses_is_at_risk(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.05)))
    hand_in(smartfin, "IT", book(growing(0.90)))
    assert states(smartfin)["ES"] == State.REACHED
    assert states(smartfin)["IT"] == State.AT_RISK


def test_a_partner_without_figures_comes_first(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.05)))
    view = board_view(smartfin, WORDS)
    assert view.tiles[0].verdict.state is State.NOT_ASSESSABLE
    assert view.tiles[-1].partner == "ES"


def test_gap_of_a_partner_in_kronor_is_shown_in_both_currencies(smartfin: Smartfin) -> None:
    costs = {**AT_BALANCE, "staff_costs": 165.0}  # 100 too much a quarter
    hand_in(smartfin, "SE", book(costs, currency="SEK"))
    (tile,) = [tile for tile in board_view(smartfin, WORDS).tiles if tile.partner == "SE"]
    assert tile.gap_local is not None
    assert tile.gap_local.value == pytest.approx(-400.0)
    means = [smartfin.rates.mean("SEK", Quarter(2022, number)) or 0.0 for number in (1, 2, 3, 4)]
    assert tile.gap.value == pytest.approx(sum(-100 / mean for mean in means))


def test_the_status_document_keeps_its_contract(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(gaining_members(AT_BALANCE)))
    document = status_document(smartfin, WORDS)
    assert document["reporting_quarter"] == "2022-Q4"
    assert document["deadline"] == "2023-Q4"
    (row,) = [row for row in document["partners"] if row["partner"] == "ES"]
    assert row["coverage"] == pytest.approx(1.0)
    assert row["gap"] == pytest.approx(0.0)
    assert row["outcome"] == "open"
    assert row["synthetic"] is False
    contract = "quarter reason probability landing_quarter landing_range social flags"
    assert set(contract.split()) <= row.keys()
    assert (row["social"], row["social_verdict"]) == ("not_reported", "not_reported")
    assert row["bought_share"] is None
    assert row["flags"] == []


def test_the_status_document_lists_each_flag(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book({**AT_BALANCE, "fee_revenue": 40.0}))
    (row,) = [row for row in status_document(smartfin, WORDS)["partners"] if row["partner"] == "ES"]
    flags = {flag["rule"]: flag for flag in row["flags"]}
    assert {"coverage", "losses"} <= flags.keys()
    flag = flags["losses"]
    told = ("family", "level", "value", "threshold", "unit", "direction", "indicator")
    assert tuple(flag[name] for name in told) == (
        *("quality", "red", flag["value"], 8, "count", "worse"),
        "result_before_support_quarter",
    )
    assert flag["first_raised"] < flag["since"] <= "2022-Q4"
    assert flag["renewed"] is True
    assert flag["sentence"].startswith("Quarters of loss in a row: ")


def test_a_legal_matter_warns_from_its_quarter_until_it_is_settled(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(gaining_members(AT_BALANCE)))

    def flags(quarter: str = "2022-Q4") -> set[str]:
        case = assess(smartfin, Quarter.parse(quarter)).case("ES")
        return {flag.rule for flag in case.flags}

    open_matter(smartfin, ("es", "Ruling", "case 12"), "Bo", 0.3)
    assert flags() == {"legal_open", "legal_share"}
    assert flags("2022-Q3") == set()
    (matter,) = matters(smartfin)
    assert matter.opened == Quarter(2022, 4)
    close_matter(smartfin, matter.id, "settled", "Bo")
    assert flags() == set()


def test_a_past_day_shows_what_was_known_then(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.05), last=Quarter(2022, 3)))
    hand_in(smartfin, "ES", book(growing(0.5), first=Quarter(2022, 4)), name="q4.xlsx")
    then = status_document(smartfin, WORDS, as_of=date(2022, 11, 1))
    now = status_document(smartfin, WORDS)
    assert then["reporting_quarter"] == "2022-Q3"
    assert now["reporting_quarter"] == "2022-Q4"
    assert then["partners"][0]["coverage"] > now["partners"][0]["coverage"]


def test_a_quarter_nobody_has_figures_for_is_refused_by_name(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    with pytest.raises(InputError, match="quarter-not-known"):
        board_view(smartfin, WORDS, quarter=Quarter(2030, 1))


def test_the_netherlands_are_a_precedent_after_their_decision_and_a_partner_before(
    smartfin: Smartfin,
) -> None:
    hand_in(smartfin, "NL", book(AT_BALANCE, last=Quarter(2020, 1)))
    hand_in(smartfin, "ES", book(AT_BALANCE))
    assert [tile.partner for tile in board_view(smartfin, WORDS).precedents] == ["NL"]
    before = board_view(smartfin, WORDS, quarter=Quarter(2019, 4))
    assert "NL" in [tile.partner for tile in before.tiles]
    assert before.precedents == ()


def test_a_correction_that_came_with_the_new_quarter_is_told_as_a_change(
    smartfin: Smartfin,
) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE, last=Quarter(2022, 3)))
    corrected = {**AT_BALANCE, "fee_revenue": 78.0}
    hand_in(smartfin, "ES", book(corrected, first=Quarter(2021, 4)), name="q4.xlsx")
    told = " ".join(board_view(smartfin, WORDS).changes)
    assert WORDS.country("ES") in told


def test_a_changed_verdict_is_told_with_both_chances_and_what_went_with_it(
    smartfin: Smartfin,
) -> None:
    hand_in(smartfin, "ES", book(growing(1.05), last=Quarter(2022, 3)))
    poor = {**AT_BALANCE, "staff_costs": 265.0}
    hand_in(smartfin, "ES", book(poor, first=Quarter(2022, 4)), name="q4.xlsx")
    told = " ".join(board_view(smartfin, WORDS).changes)
    assert re.search(
        r"Spain is now at risk \(\d+% likely to break even\); in Q3 2022 it was reached \(\d+%\)\.",
        told,
    )
    assert "coverage fell from" in told


def test_cash_that_nothing_limits_is_told_in_words(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.05)))
    (tile,) = [tile for tile in board_view(smartfin, WORDS).tiles if tile.partner == "ES"]
    assert tile.cash_months.value is None
    assert tile.cash_months.text == "not limited"
    assert tile.cash_months.note == "Earned income pays the bills."


def test_a_landing_is_told_as_a_chance_not_as_the_earliest_day(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(0.95)))
    (tile,) = [tile for tile in board_view(smartfin, WORDS).tiles if tile.partner == "ES"]
    assert tile.verdict.outlook is not None

    def note(late: Quarter | None) -> str:
        landing = Landing(Quarter(2023, 2), None, late)
        outlook = replace(tile.verdict.outlook, landing=landing)  # type: ignore[type-var]
        return landing_cell(WORDS, replace(tile.verdict, outlook=outlook)).note

    assert note(None) == "one chance in four in Q2 2023"
    assert note(Quarter(2023, 3)) == "likely between Q2 2023 and Q3 2023"


def test_synthetic_is_carried_to_every_tile_that_rests_on_it(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE), synthetic=True)
    hand_in(smartfin, "IT", book(AT_BALANCE))
    view = board_view(smartfin, WORDS)
    marks = {tile.partner: tile.synthetic for tile in view.tiles}
    assert view.synthetic
    assert (marks["ES"], marks["IT"]) == (True, False)


ACTIVE = ("ES", "IT", "SE", "DE", "AT")


def hand_in_all(smartfin: Smartfin, synthetic: bool = False) -> None:
    """Every active partner at balance since its launch, with 4 euro of support a quarter."""
    for code in ACTIVE:
        partner = find_partner(smartfin.partners, code)
        rated = {**AT_BALANCE, "group_contribution_received": 4.0 if code != "SE" else 0.0}
        facts = book(rated, first=partner.launch, currency=partner.currency)
        hand_in(smartfin, code, facts, synthetic=synthetic)


def group_of(smartfin: Smartfin) -> GroupLine:
    group = board_view(smartfin, WORDS).group
    assert group is not None
    return group


def test_support_of_the_year_adds_all_partners_in_euro(smartfin: Smartfin) -> None:
    hand_in_all(smartfin)
    group = group_of(smartfin)
    assert group.support_year.value == pytest.approx(4 * 4 * 4.0)
    quarters = sum(
        Quarter(2022, 4) - find_partner(smartfin.partners, code).launch + 1
        for code in ACTIVE
        if code != "SE"
    )
    assert group.support_since_start.value == pytest.approx(quarters * 4.0)


def test_the_envelope_counts_the_quarters_it_was_voted_for_only(empty_settings: Settings) -> None:
    voted = replace(empty_settings, deadline=Quarter(2021, 4), support_envelope_eur=128.0)
    smartfin = open_smartfin(voted)
    hand_in_all(smartfin)
    assert group_of(smartfin).envelope_used.value == pytest.approx(4 * 4 * 4.0 / 128.0)


def test_a_sum_over_partners_is_undefined_while_one_has_not_handed_in(smartfin: Smartfin) -> None:
    hand_in_all(smartfin)
    later = Quarter(2023, 1)
    hand_in(smartfin, "ES", book(AT_BALANCE, later, later), name="q1.xlsx")
    year = group_of(smartfin).support_year
    assert year.value is None
    assert WORDS.country("IT") in year.note


def test_made_up_and_real_figures_are_never_added_up(smartfin: Smartfin) -> None:
    hand_in_all(smartfin, synthetic=True)
    assert group_of(smartfin).synthetic
    launch = find_partner(smartfin.partners, "IT").launch
    hand_in(smartfin, "IT", book(AT_BALANCE, first=launch), name="real.xlsx")
    group = group_of(smartfin)
    assert not group.synthetic
    assert group.support_year.value == pytest.approx(4 * 4.0)


def test_money_still_needed_is_a_quantile_of_the_sum_not_a_sum_of_quantiles(
    smartfin: Smartfin,
) -> None:
    for code in ACTIVE:
        partner = find_partner(smartfin.partners, code)
        facts = book(growing(0.97), first=partner.launch, currency=partner.currency)
        hand_in(smartfin, code, facts)
    group = group_of(smartfin)
    cases = assess(smartfin).active()
    alone = sum(
        case.verdict.outlook.money_needed_80
        / (smartfin.rates.mean(case.partner.currency, Quarter(2022, 4)) or 1.0)
        for case in cases
        if case.verdict.outlook
    )
    assert group.needed_high.value is not None
    assert group.needed_high.value < alone


def test_a_stray_figure_of_a_new_quarter_moves_nothing(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.05)))
    before = status_document(smartfin, WORDS)
    early = book({"members_active": 60.0}, Quarter(2023, 1), Quarter(2023, 1))
    hand_in(smartfin, "ES", early, name="early.xlsx")
    assert status_document(smartfin, WORDS) == before


def test_amounts_in_a_currency_the_partner_has_left_are_not_added_up(smartfin: Smartfin) -> None:
    hand_in(smartfin, "SE", book(AT_BALANCE, last=Quarter(2021, 4), currency="SEK"))
    hand_in(smartfin, "SE", book(AT_BALANCE, Quarter(2022, 1), currency="EUR"), name="eur.xlsx")
    (row,) = [row for row in status_document(smartfin, WORDS)["partners"] if row["partner"] == "SE"]
    assert row["quarter"] == "2021-Q4"


def test_an_item_that_the_chart_has_dropped_is_passed_over(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book({**AT_BALANCE, "dropped_item": 1.0}))
    assert states(smartfin)["ES"] != State.NOT_ASSESSABLE


def test_nothing_is_late_while_nothing_is_known(smartfin: Smartfin) -> None:
    document = status_document(smartfin, WORDS)
    assert document["reporting_quarter"] is None
    assert {row["outcome"] for row in document["partners"]} == {"open"}


def test_what_is_not_quite_covered_is_never_printed_as_covered(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book({**AT_BALANCE, "staff_costs": 65.3}))
    (tile,) = [tile for tile in board_view(smartfin, WORDS).tiles if tile.partner == "ES"]
    assert tile.coverage.text == "99.7%"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board_speaks_every_language(smartfin: Smartfin, language: str) -> None:
    hand_in(smartfin, "ES", book(growing(1.05)))
    hand_in(smartfin, "DE", book(growing(0.9)))
    view = board_view(smartfin, words_of(language))
    assert view.message
    assert all(tile.reason for tile in view.tiles)


def test_the_message_names_every_partner_once(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.05)))
    hand_in(smartfin, "IT", book(growing(0.90)))
    view = board_view(smartfin, WORDS)
    assert [view.message.count(WORDS.country(code)) for code in ACTIVE] == [1] * len(ACTIVE)
    assert WORDS.text("board.message.at-risk", names=WORDS.country("IT")) in view.message


@pytest.mark.parametrize("quarter", ["2013-Q2", "2014-Q1", "2015-Q1", "2019-Q4"])
def test_every_quarter_offered_has_a_board(smartfin: Smartfin, quarter: str) -> None:
    hand_in_all(smartfin)
    view = board_view(smartfin, WORDS, quarter=Quarter.parse(quarter))
    assert view.coverage is not None
    assert view.reporting_quarter == Quarter.parse(quarter)


def test_a_partner_is_not_on_the_board_before_its_launch(smartfin: Smartfin) -> None:
    hand_in_all(smartfin)
    before = board_view(smartfin, WORDS, quarter=Quarter(2015, 1))
    assert "DE" not in [tile.partner for tile in before.tiles]
    after = board_view(smartfin, WORDS, quarter=Quarter(2015, 4))
    assert "DE" in [tile.partner for tile in after.tiles]
