"""What group.toml states where no books do: registered capital, what an adviser can carry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from smartfin.facts import Scenario
from smartfin.measure import Reason
from smartfin.national import National
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case, assess
from smartfin.services.country.needed import needed_sentences
from smartfin.services.provenance.document import explained_document
from smartfin.services.provenance.explain import ExplainView, explain_view
from smartfin.services.provenance.figure import Figure
from smartfin.services.provenance.parts import Maker
from smartfin.services.set_figures import with_set_figures
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import ROOT, Settings
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, book, hand_in

WORDS = words_of("en")
FIRST, LAST = Quarter(2021, 1), Quarter(2022, 4)
BALANCE = {
    **AT_BALANCE,
    "total_assets": 400.0,
    "total_liabilities": 360.0,
    "reserves_retained": -60.0,
    "result_year_to_date": 0.0,
}
# EUR 45,000 an adviser; 2 of them look after 300,000 each, and could after 600,000.
ADVISED = {
    "invoiced_volume": 150_000.0,
    "fee_revenue": 0.075 * 150_000,
    "staff_costs": 30_000.0,
    "adviser_costs": 22_500.0,
    "adviser_fte": 2.0,
}


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return open_smartfin(empty_settings)


def with_settings(smartfin: Smartfin, **settings: float | None) -> Smartfin:
    """The same group, in which Spain has other settings."""
    changed = [
        replace(each, **settings) if each.code == "ES" else each  # type: ignore[arg-type]
        for each in smartfin.partners
    ]
    return replace(smartfin, partners=tuple(changed))


def spain(smartfin: Smartfin, amounts: Mapping[str, float], **settings: float | None) -> Case:
    hand_in(smartfin, "ES", book(amounts, FIRST, LAST))
    return assess(with_settings(smartfin, **settings)).case("ES")


def opened(smartfin: Smartfin, code: str) -> ExplainView:
    return explain_view(smartfin, WORDS, figure=Figure("ES", LAST, code))


# --- registered capital


def test_registered_capital_serves_where_the_books_are_silent(smartfin: Smartfin) -> None:
    case = spain(smartfin, BALANCE, registered_capital=80.0)
    assert case.measure("net_assets_capital_ratio").value == pytest.approx(40 / 80)
    view = opened(with_settings(smartfin, registered_capital=80.0), "net_assets_capital_ratio")
    assert [each.replace("\xa0", " ") for each in view.as_set] == [
        "Registered share capital: 80 EUR, as set in group.toml, because the books do not state it."
    ]
    assert {fact.id.partition(":")[0] for fact in view.cells} == {
        "total_assets",
        "total_liabilities",
    }


def test_it_counts_as_paid_up_where_the_books_do_not_say_what_was(smartfin: Smartfin) -> None:
    books = {**BALANCE, "shareholder_contributions": 40.0}
    case = spain(smartfin, books, registered_capital=80.0)
    assert case.measure("share_of_capital_lost").value == pytest.approx(60 / (80 + 40))
    view = opened(with_settings(smartfin, registered_capital=80.0), "share_of_capital_lost")
    assert len(view.as_set) == 1


@pytest.mark.parametrize(
    ("stated", "ratio", "lost"),
    [
        ({"registered_share_capital": 20.0}, 2.0, None),
        ({"registered_share_capital": 20.0, "member_share_capital": 60.0}, 2.0, 0.6),
        ({"member_share_capital": 60.0}, 0.5, 0.6),
    ],
)
def test_it_never_overrides_the_books(
    smartfin: Smartfin, stated: dict[str, float], ratio: float, lost: float | None
) -> None:
    books = {**BALANCE, "shareholder_contributions": 40.0, **stated}
    case = spain(smartfin, books, registered_capital=80.0)
    assert case.measure("net_assets_capital_ratio").value == pytest.approx(ratio)
    assert case.measure("share_of_capital_lost").value == lost


def test_a_later_statement_takes_nothing_from_earlier_quarters(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(BALANCE, FIRST, LAST))
    later = {"registered_share_capital": 20.0}
    hand_in(smartfin, "ES", book(later, LAST, LAST), name="later.xlsx")
    hand_in(smartfin, "ES", book({"member_share_capital": 60.0}, LAST + -1, LAST), name="paid.xlsx")
    units = with_settings(smartfin, registered_capital=80.0).units
    added = with_set_figures(smartfin.ledger.facts_frame(), units)

    def amounts(item: str) -> list[float]:
        rows = added[added["item"] == item].sort_values("quarter")
        assert rows["quarter"].tolist() == [FIRST.ordinal + each for each in range(8)]
        return rows["amount"].tolist()

    assert amounts("registered_share_capital") == [80.0] * 7 + [20.0]
    assert amounts("member_share_capital") == [80.0] * 6 + [60.0] * 2


def test_what_the_books_stated_once_is_never_filled_in_again(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book({"registered_share_capital": 20.0}, FIRST, FIRST), name="old.xlsx")
    case = spain(smartfin, BALANCE, registered_capital=80.0)
    assert case.measure("net_assets_capital_ratio").reason is Reason.ITEM_MISSING


def test_a_setting_makes_no_quarter_and_no_real_figure(smartfin: Smartfin) -> None:
    made_up = book(BALANCE, FIRST, FIRST)
    hand_in(smartfin, "ES", made_up, name="synthetic.xlsx", synthetic=True)
    hand_in(smartfin, "ES", book(BALANCE, LAST, LAST))
    hand_in(smartfin, "ES", book(BALANCE, LAST + 1, LAST + 1, scenario=Scenario.BUDGET), name="b")
    frame = smartfin.ledger.facts_frame()
    added = with_set_figures(frame, with_settings(smartfin, registered_capital=80.0).units)
    rows = added[added["item"] == "registered_share_capital"]
    assert rows[["quarter", "scenario", "amount", "synthetic"]].to_numpy().tolist() == [
        [FIRST.ordinal, "actual", 80.0, True],
        [LAST.ordinal, "actual", 80.0, False],
    ]
    assert added.dtypes.to_dict() == frame.dtypes.to_dict()


def test_without_settings_nothing_changes(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(BALANCE))
    frame = smartfin.ledger.facts_frame()
    bare = [replace(each, registered_capital=None, national=None) for each in smartfin.units]
    assert with_set_figures(frame, bare) is frame


# --- what an adviser can carry


def test_the_floor_stands_on_what_an_adviser_can_carry_once_it_is_set(smartfin: Smartfin) -> None:
    observed = spain(smartfin, ADVISED)
    assert observed.measure("structural_fee_floor").value == pytest.approx(0.15)
    case = assess(with_settings(smartfin, adviser_capacity=600_000.0)).case("ES")
    assert case.measure("adviser_cost").value == 45_000
    assert case.measure("structural_fee_floor").value == pytest.approx(0.075)
    never = case.measure("breakeven_volume_with_advisers")
    assert never.reason is Reason.NEVER_AT_THIS_FEE


def test_the_worked_example_of_the_page_is_that_of_austria(smartfin: Smartfin) -> None:
    page = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    case = spain(smartfin, {**ADVISED, "bad_debt_expense": 0.0}, adviser_capacity=600_000.0)
    (by_hand,) = re.findall(r"^`0 \+ 90000 / \(2 \* 600000\) = ([\d.]+)`\.$", page, re.MULTILINE)
    assert case.measure("structural_fee_floor").value == pytest.approx(float(by_hand))
    assert case.measure("take_rate").value == pytest.approx(float(by_hand))


def test_the_volume_needed_is_that_of_a_team_that_is_full(smartfin: Smartfin) -> None:
    dear = {**ADVISED, "fee_revenue": 0.11 * 150_000}
    case = spain(smartfin, dear, adviser_capacity=600_000.0)
    needed = case.measure("breakeven_volume_with_advisers").value
    assert needed == pytest.approx((120_000 - 90_000) / (0.11 - 0.075))
    assert case.measure("breakeven_volume").value == pytest.approx(120_000 / 0.11)
    said = [each.replace("\xa0", " ") for each in needed_sentences(WORDS, case)[:2]]
    assert said == [
        "At today’s fee and costs, 857 kEUR a year must be invoiced to break even if each adviser"
        " carries what the group has set as possible. Invoiced are 600 kEUR: 70% of it.",
        "With today’s team alone, without another adviser, 1.09 mEUR a year would be enough. Of"
        " that, 55% is reached.",
    ]


def test_a_team_larger_than_its_volume_takes_is_named(smartfin: Smartfin) -> None:
    dear = {**ADVISED, "fee_revenue": 0.16 * 150_000}  # 96,000 of 120,000
    case = spain(smartfin, dear, adviser_capacity=600_000.0)
    needed = case.measure("breakeven_volume_with_advisers").value
    assert needed == pytest.approx(30_000 / 0.085)  # less than the 600,000 there are
    assert needed_sentences(WORDS, case)[0].endswith("so there is still a loss.")


def test_a_team_that_carries_more_than_it_can_for_long_is_named(smartfin: Smartfin) -> None:
    dear = {**ADVISED, "fee_revenue": 0.21 * 150_000}  # 126,000 of 120,000
    case = spain(smartfin, dear, adviser_capacity=250_000.0)
    needed = case.measure("breakeven_volume_with_advisers").value
    assert needed == pytest.approx(30_000 / 0.03)
    assert needed_sentences(WORDS, case)[0].endswith("so there is no loss today.")


def test_without_posts_in_the_books_it_stays_as_observed(smartfin: Smartfin) -> None:
    books = {item: amount for item, amount in ADVISED.items() if item != "adviser_fte"}
    case = spain(smartfin, books, adviser_capacity=600_000.0)
    assert case.measure("structural_fee_floor").value == pytest.approx(0.15)


def test_a_year_without_advisers_has_no_floor_and_says_why(smartfin: Smartfin) -> None:
    books = {**ADVISED, "adviser_costs": 0.0, "adviser_fte": 0.0}
    case = spain(smartfin, books, adviser_capacity=600_000.0)
    for code in ("structural_fee_floor", "breakeven_volume_with_advisers", "growth_needed"):
        assert case.measure(code).reason is Reason.NO_ADVISERS
    assert "With today’s team" not in needed_sentences(WORDS, case)[0][:20]


def test_it_is_explained_down_to_the_posts(smartfin: Smartfin) -> None:
    spain(smartfin, ADVISED)
    group = with_settings(smartfin, adviser_capacity=600_000.0)
    view = opened(group, "structural_fee_floor")
    assert [each.replace("\xa0", " ") for each in view.as_set] == [
        "Volume the advisers can carry: the number of advisers times 600,000 EUR a year, which is"
        " what one adviser can carry as set in group.toml."
    ]
    assert {"adviser_fte", "adviser_costs"} <= {fact.id.partition(":")[0] for fact in view.cells}
    (own,) = [step for step in view.steps if step.name == "Lowest fee that can work"]
    assert own.result.value == pytest.approx(0.075)
    document = explained_document(
        Maker(group, WORDS, None), Figure("ES", LAST, "structural_margin")
    )
    assert document["as_set"] == [
        {"item": "volume_advisers_can_carry", "quarter": f"2022-Q{each}", "amount": 300_000.0}
        for each in (4, 3, 2, 1)
    ]
    assert opened(smartfin, "structural_fee_floor").as_set == ()


# --- what the country earns and pays

OFFICE = National("office", ((2021, 20_000.0), (2022, 25_000.0)), ((2022, 100.0),))
SERVED = {"median_member_volume": 5_000.0, "member_services_costs": 600.0, "members_active": 20.0}


def in_country(smartfin: Smartfin, national: National | None) -> Smartfin:
    changed = [
        replace(each, national=national) if each.code == "ES" else each
        for each in smartfin.partners
    ]
    return replace(smartfin, partners=tuple(changed))


def test_a_quarter_is_held_against_its_own_year_of_the_country(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(SERVED, FIRST, LAST))
    case = assess(in_country(smartfin, OFFICE)).case("ES")
    assert case.measure("median_volume_to_pay").value == 0.2
    assert case.measure("median_volume_to_pay", quarters_earlier=4).value == 0.25
    assert case.measure("member_services_per_member").value == 120.0
    earlier = case.measure("member_services_per_member", quarters_earlier=4)
    assert (earlier.reason, earlier.facts["item"]) == (Reason.ITEM_MISSING, "consumer_prices")
    silent = assess(in_country(smartfin, None)).case("ES").measure("median_volume_to_pay")
    assert (silent.reason, silent.facts["item"]) == (Reason.ITEM_MISSING, "national_median_pay")


def test_the_country_s_figures_are_explained_with_their_source(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(SERVED, FIRST, LAST))
    group = in_country(smartfin, OFFICE)
    assert [
        each.replace("\xa0", " ")
        for code in ("median_volume_to_pay", "member_services_per_member")
        for each in opened(group, code).as_set
    ] == [
        "National median pay, 2022: 25,000 EUR, of the country, as set in group.toml (office).",
        "Consumer prices, 2022: 100%, of the country, as set in group.toml (office).",
    ]
