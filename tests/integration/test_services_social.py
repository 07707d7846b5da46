"""The social balance over small books: verdict, votes, Board, command line and page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from smartfin.analysis.social import MEASURES, Held, Social, SocialState
from smartfin.analysis.states import State
from smartfin.quarter import Quarter
from smartfin.services.assessment import assess
from smartfin.services.board import board_view
from smartfin.services.country.view import country_view
from smartfin.services.provenance.derived import derived
from smartfin.services.provenance.figure import Figure
from smartfin.services.provenance.parts import Maker
from smartfin.services.social.case import SocialCase, social_case, social_history
from smartfin.services.social.matrix import Grid
from smartfin.services.social.view import SocialView, social_view
from smartfin.services.social.votes import votes_of
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.status import status_document
from smartfin.settings import Settings
from smartfin.store import Basis
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, Amounts, book, growing, hand_in
from tests.unit.social_builders import HOLDING

WORDS = words_of("en")
LAST = Quarter(2022, 4)
FIRST = Quarter(2019, 1)
SET = ("national_median_pay", "consumer_prices")  # of the country, in no books
OTHERS = {"cash": 30_000.0, "member_balances": 12_000.0, "tax_social_liabilities": 6_000.0}

# From a loss of 1,000 a quarter to a gain of 2,500: 3,000 by the fee, 500 by services.
BOUGHT = {"fee_revenue": 12_000.0, "member_services_costs": 500.0, "adviser_fte": 0.5}
VOTE = {"from": "2022-Q1", "percent": 12.0, "decided": date(2021, 12, 4), "why": "assembly"}
VOTED = {**VOTE, "turnout": 0.31, "in_favour": 0.84}


def changed(last: Mapping[str, float]) -> Amounts:
    """Quarters in which nothing moves until the last four."""
    base = {item: amount for item, amount in HOLDING.items() if item not in SET} | OTHERS
    return lambda quarter: {**base, **last} if quarter > LAST + -4 else base


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return open_smartfin(empty_settings)


def with_votes(settings: Settings, votes: Sequence[Mapping[str, object]]) -> Smartfin:
    spain = {**settings.partners["ES"], "fee_votes": list(votes)}
    return open_smartfin(replace(settings, partners={**settings.partners, "ES": spain}))


def hand_in_spain(smartfin: Smartfin, last: Mapping[str, float] | None = None) -> None:
    hand_in(smartfin, "ES", book(changed(last or {}), FIRST))


def judged(smartfin: Smartfin, partner: str = "ES") -> SocialCase:
    return social_case(smartfin, assess(smartfin), partner)


def status(smartfin: Smartfin) -> Mapping[str, object]:
    rows = status_document(smartfin, WORDS)["partners"]
    return next(row for row in rows if row["partner"] == "ES")


def section(view: SocialView, code: str) -> str:
    """All sentences of a section."""
    return " ".join(next(each for each in view.sections if each.code == code).sentences)


def standing_in(grid: Grid) -> dict[tuple[int, int], list[str]]:
    """Who stands where: row and column of each place that somebody has."""
    return {
        (row, column): [code for code, _ in cell.partners]
        for row, (_, cells) in enumerate(grid.rows)
        for column, cell in enumerate(cells)
        if cell.partners
    }


def test_an_empty_ledger_has_nothing_to_judge(smartfin: Smartfin) -> None:
    assert social_view(smartfin, WORDS) == SocialView(quarters=())
    assert status(smartfin)["social"] == "not_reported"


def test_break_even_that_was_bought_must_be_discussed_and_does_not_count(
    smartfin: Smartfin,
) -> None:
    hand_in_spain(smartfin, BOUGHT)
    found = judged(smartfin)
    assert (found.social, found.state) == (Social.FELL, SocialState.BOUGHT)
    assert found.case.verdict.state in {State.REACHED, State.REACHED_NOT_SECURE}
    assert found.must_discuss

    board = board_view(smartfin, WORDS)
    tile = next(each for each in board.tiles if each.partner == "ES")
    assert tile.state.endswith(", bought: board must discuss")
    assert tile.social.text == "fell"
    assert "Spain breaks even, but the better result was bought" in board.message
    assert "Spain already breaks even" not in board.message
    story = country_view(smartfin, WORDS, "ES").section("social")
    assert story and "bought" in story.sentences[0]


def test_status_and_explain_say_the_same(smartfin: Smartfin) -> None:
    hand_in_spain(smartfin, BOUGHT)
    row = status(smartfin)
    assert (row["social"], row["social_verdict"]) == ("fell", "bought")
    # Nothing but the fee and services raised the result, so all of it was bought; prices rose.
    assert row["bought_share"] == 1.0

    maker = Maker(smartfin, WORDS, None, Basis.ACCEPTED)
    verdict = derived(maker, Figure("ES", LAST, "social"))
    share = derived(maker, Figure("ES", LAST, "bought_share"))
    assert (verdict.code, share.value.value) == ("bought", 1.0)
    assert {each.code for each in verdict.figures} == {
        "result_before_support", *(measure.code for measure in MEASURES)
    }  # fmt: skip
    assert {"bridge:fee:2021-Q4", "bridge:team:2021-Q4"} <= {each.code for each in share.figures}
    assert "worse than agreed" in verdict.how


def test_a_project_that_holds_while_the_result_improves_is_sound(smartfin: Smartfin) -> None:
    hand_in_spain(smartfin, {"invoiced_volume": 130_000.0, "fee_revenue": 11_700.0,
                             "member_payroll_cost": 104_000.0,
                             "member_project_expenses": 14_300.0})  # fmt: skip
    found = judged(smartfin)
    assert (found.state, found.must_discuss) == (SocialState.SOUND, False)
    view = social_view(smartfin, WORDS)
    assert view.message.startswith("The social project held in Spain.")
    assert view.grid and standing_in(view.grid)[0, 0] == ["ES"]


def test_a_partner_that_reports_none_of_the_twelve_is_never_sound(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.05)))
    found = judged(smartfin)
    assert found.state is SocialState.NOT_REPORTED
    assert status(smartfin)["social"] == "not_reported"
    view = social_view(smartfin, WORDS)
    assert view.matrix
    spain = [row.cells[0] for row in view.matrix.rows]
    missing = [cell.text for cell in spain if cell.held is Held.NOT_REPORTED]
    assert missing == ["–"] * 10  # all but active members and services, of which there are none


def test_a_vote_explains_what_was_bought_and_never_silences_it(empty_settings: Settings) -> None:
    smartfin = with_votes(empty_settings, [VOTED])
    hand_in_spain(smartfin, BOUGHT)
    found = judged(smartfin)
    assert found.verdict and found.verdict.explained_by
    assert (found.state, found.must_discuss) == (SocialState.BOUGHT, True)
    view = social_view(smartfin, WORDS, "ES")
    assert "84% in favour, turnout 31%" in section(view, "votes")
    assert "still to be discussed" in section(view, "bought")


def test_nobody_knew_of_a_vote_before_its_day(empty_settings: Settings) -> None:
    smartfin = with_votes(empty_settings, [VOTED])
    assert len(votes_of(smartfin, "ES")) == 1
    before = assess(smartfin, as_of=date(2021, 12, 3)).moment
    assert votes_of(smartfin, "ES", before) == ()


def test_a_fee_of_which_nobody_wrote_the_turnout_is_shown_and_explains_nothing(
    empty_settings: Settings,
) -> None:
    smartfin = with_votes(empty_settings, [VOTE])
    hand_in_spain(smartfin, BOUGHT)
    found = judged(smartfin)
    assert found.verdict and found.verdict.explained_by is None
    view = social_view(smartfin, WORDS, "ES")
    (table,) = next(each for each in view.sections if each.code == "votes").tables
    assert [cell.text for cell in table.rows[0]] == ["Q1 2022", "4 Dec 2021", "–", "–", "assembly"]
    assert "explains nothing" in table.rows[0][2].note


def test_who_pays_is_told_by_tenths_where_they_are_reported(smartfin: Smartfin) -> None:
    tenths = {f"decile_{number}_member_volume": 1_000.0 * number for number in range(1, 11)}
    hand_in_spain(smartfin, {**BOUGHT, **tenths})
    pays = next(each for each in social_view(smartfin, WORDS, "ES").sections if each.code == "pays")
    # The fee rose from 9 to 12 % of volume.
    assert [row[2].value for row in pays.tables[0].rows] == pytest.approx(
        [30.0 * number for number in range(1, 11)]
    )
    assert "+3.00 pp" in pays.sentences[0].replace("\xa0", " ")


def test_the_effects_shown_add_up_to_the_change_of_the_result(smartfin: Smartfin) -> None:
    hand_in_spain(smartfin, BOUGHT)
    found = judged(smartfin)
    bought = next(each for each in social_view(smartfin, WORDS).sections if each.code == "bought")
    rows = bought.charts[0].table.rows
    assert found.verdict and found.verdict.bridge
    assert sum(row[1].value or 0.0 for row in rows) == pytest.approx(found.verdict.bridge.change)
    assert found.verdict.bridge.change == pytest.approx(14_000)
    counted = [row[0].text for row in rows if row[2].text]
    assert counted == ["Fee kept of each invoice", "Fewer services to members",
                       "Advisers cut beyond the fall in members"]  # fmt: skip


def test_each_quarter_keeps_the_verdict_it_had(smartfin: Smartfin) -> None:
    hand_in_spain(smartfin, BOUGHT)
    history = social_history(smartfin, assess(smartfin))["ES"]
    assert [each.quarter for each in history] == [LAST + -back for back in range(8)]
    assert history[0].state is SocialState.BOUGHT
    assert {each.social for each in history[4:]} == {Social.HELD}


def test_a_book_that_never_changes_is_judged_once_for_each_state_of_the_ledger(
    smartfin: Smartfin,
) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE))
    assert judged(smartfin) is judged(smartfin)
    before = judged(smartfin)
    hand_in(smartfin, "IT", book(AT_BALANCE))
    assert judged(smartfin) is not before
