"""The chart of line items keeps its promises to the reader of workbooks and to the formulas."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from smartfin.errors import SettingsError
from smartfin.items import Item, Nature, Role, Statement, read_items
from smartfin.settings import ROOT

PATH = ROOT / "data" / "items.yaml"
ITEMS = read_items(PATH)
LANGUAGES = {"en", "nl", "fr", "de", "es", "it", "sv", "hu"}
UNITS = {"currency", "count", "fte", "percent", "days", "hours"}
VARIABLE = {"bad_debt_expense", "guarantee_fund_charge", "insurance_costs"}
NON_RECURRING = {"fx_result", "one_off_income", "one_off_cost", "exceptional_result", "income_tax"}

each_item = pytest.mark.parametrize("item", ITEMS.values(), ids=lambda item: item.code)
each_total = pytest.mark.parametrize(
    "total", [item for item in ITEMS.values() if item.derived], ids=lambda item: item.code
)


def plain(label: str) -> str:
    """A label as matching sees it: no case, accents, punctuation."""
    letters = unicodedata.normalize("NFKD", label.casefold())
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


def entered_parts(code: str, sign: int = 1) -> Iterator[tuple[int, str]]:
    """What a total is made of once the totals inside it are opened."""
    if not ITEMS[code].derived:
        yield sign, code
    for part_sign, part in ITEMS[code].parts():
        yield from entered_parts(part, sign * part_sign)


def codes(role: Role) -> set[str]:
    return set(ITEMS.codes_by_role[role])


@each_item
def test_item_is_named_in_all_eight_languages(item: Item) -> None:
    assert set(item.labels) == LANGUAGES
    assert all(2 <= len(labels) <= 4 for labels in item.labels.values())
    assert all(label == label.strip() for labels in item.labels.values() for label in labels)


@each_item
def test_item_is_classified(item: Item) -> None:
    assert item.unit in UNITS
    assert item.effect in {-1, 0, 1}
    assert (item.side in {"asset", "equity", "liability"}) == (
        item.statement is Statement.BALANCE_SHEET
    )
    if item.statement is Statement.BALANCE_SHEET:
        assert item.nature is Nature.STOCK


def test_no_two_items_share_a_label_in_any_language() -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for item in ITEMS.values():
        for labels in item.labels.values():
            for label in labels:
                owners[plain(label)].add(item.code)
    assert {label: found for label, found in owners.items() if len(found) > 1} == {}


@each_item
def test_item_lists_no_label_twice_in_a_language(item: Item) -> None:
    for labels in item.labels.values():
        assert len({plain(label) for label in labels}) == len(labels)


def test_labels_begin_with_no_number_that_would_pass_for_an_account() -> None:
    first = [label for item in ITEMS.values() for names in item.labels.values() for label in names]
    assert [label for label in first if label[0].isdigit()] == []


def test_ambiguous_labels_offer_known_items_and_mean_one_thing_at_most() -> None:
    owners = {
        plain(label): item.code
        for item in ITEMS.values()
        for labels in item.labels.values()
        for label in labels
    }
    for ambiguous in ITEMS.ambiguous:
        assert len(ambiguous.candidates) > 1
        assert set(ambiguous.candidates) <= set(ITEMS)
        for label in ambiguous.labels:
            assert owners.get(plain(label), ambiguous.candidates[0]) == ambiguous.candidates[0]


@each_total
def test_total_is_a_signed_sum_of_known_items_of_its_statement_nature_and_unit(total: Item) -> None:
    parts = total.parts()
    assert re.fullmatch(r"\w+( [+-] \w+)+", total.derived)
    assert len({code for _, code in parts}) == len(parts)
    for _, code in parts:
        part = ITEMS[code]
        assert (part.statement, part.nature, part.unit) == (
            total.statement,
            total.nature,
            total.unit,
        )


@each_total
def test_total_adds_what_raises_it_and_subtracts_what_lowers_it(total: Item) -> None:
    assert total.effect == 0
    assert all(sign == ITEMS[code].effect for sign, code in entered_parts(total.code))


def test_parts_of_a_formula_carry_their_signs() -> None:
    assert ITEMS["current_assets"].parts() == (
        (1, "trade_receivables"),
        (-1, "receivables_allowance"),
        (1, "other_receivables"),
        (1, "cash"),
    )
    assert ITEMS["cash"].parts() == ()


def test_every_line_that_moves_the_net_result_is_in_it_once() -> None:
    parts = [code for _, code in entered_parts("net_result")]
    moving = {
        item.code
        for item in ITEMS.values()
        if item.statement is Statement.PNL and item.effect != 0 and not item.pass_through
    }
    assert sorted(parts) == sorted(moving)


def test_every_line_of_the_balance_sheet_that_is_no_memo_is_in_one_total() -> None:
    parts = [
        code
        for total in ("total_assets", "equity", "total_liabilities")
        for _, code in entered_parts(total)
    ]
    moving = {
        item.code
        for item in ITEMS.values()
        if item.statement is Statement.BALANCE_SHEET and item.effect != 0
    }
    assert sorted(parts) == sorted(moving)


@each_item
def test_only_entered_pnl_flows_of_money_have_a_role(item: Item) -> None:
    if item.role is not Role.NONE:
        assert (item.statement, item.nature, item.unit) == (Statement.PNL, Nature.FLOW, "currency")
        assert not item.derived
        assert not item.pass_through
        assert item.effect == (-1 if item.role in {Role.VARIABLE, Role.FIXED} else 1)


def test_partition_covers_the_recurring_net_result_exactly() -> None:
    recurring = {code for _, code in entered_parts("net_result")} - NON_RECURRING
    assert set().union(*(codes(role) for role in Role if role is not Role.NONE)) == recurring


def test_roles_are_those_of_the_breakeven_formulas() -> None:
    assert codes(Role.FEE_INCOME) == {"fee_revenue", "employment_margin"}
    assert codes(Role.VARIABLE) == VARIABLE
    assert codes(Role.SUPPORT) == {"operating_grants", "group_contribution_received"}
    assert codes(Role.FEE_INCOME) | codes(Role.OWN_INCOME) == {
        "financial_income",
        *(code for _, code in ITEMS["own_revenue"].parts()),
    }


def test_every_own_cost_is_either_variable_or_fixed() -> None:
    own_costs = {code for sign, code in entered_parts("operating_result") if sign < 0}
    assert codes(Role.VARIABLE) | codes(Role.FIXED) == own_costs | {"financial_expense"}
    assert codes(Role.VARIABLE) & codes(Role.FIXED) == set()


def test_memo_lines_are_in_no_total() -> None:
    memos = {item.code for item in ITEMS.values() if item.effect == 0 and not item.derived}
    parts = {code for total in ITEMS.values() for _, code in total.parts()}
    assert {"adviser_costs", "group_loans_subordinated", "registered_share_capital"} <= memos
    assert memos & parts == set()


def test_a_workbook_needs_volume_fees_and_team() -> None:
    required = {item.code for item in ITEMS.values() if item.required}
    assert required == {"invoiced_volume", "fee_revenue", "staff_costs"}


def test_items_are_a_mapping_in_the_order_of_the_file() -> None:
    assert next(iter(ITEMS)) == "invoiced_volume"
    assert len(ITEMS) == len(set(ITEMS)) == len(re.findall(r"(?m)^- code:", PATH.read_text()))
    assert ITEMS["cash"].label("hu") == "Pénzeszközök"
    with pytest.raises(KeyError):
        ITEMS["no_such_item"]


@pytest.mark.parametrize(
    "content",
    [
        "items: [",
        "items: []",
        "items: [{code: cash}]\nambiguous_labels: []",
        "items:\n- {code: x, statement: p&l, nature: flow, unit: days, effect: 0, labels: {}}\n"
        "ambiguous_labels: []",
        "just words",
    ],
)
def test_unreadable_chart_of_items_names_the_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "items.yaml"
    path.write_text(content)
    with pytest.raises(SettingsError) as caught:
        read_items(path)
    assert caught.value.code == "items-unreadable"
    assert caught.value.facts["path"] == str(path)


def test_missing_chart_of_items_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="items-unreadable"):
        read_items(tmp_path / "items.yaml")


def test_items_compare_by_content() -> None:
    assert read_items(PATH) == ITEMS
