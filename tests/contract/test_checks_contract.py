"""Every rule over workbooks: one made workbook breaks exactly it, and good workbooks break none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from smartfin.facts import Scenario, Stage
from smartfin.findings import VALUE, Finding, FindingCode, Severity
from smartfin.ingest.checks import CHECKS
from smartfin.ingest.grid.cells import Cell, Sheet, Workbook, read_cells
from smartfin.ingest.history import COMPARISONS, History, compared_with_history
from smartfin.ingest.interpret import interpret
from smartfin.ingest.reading import Reading, ReadingContext
from smartfin.items import Statement, read_items
from smartfin.partner import read_partners
from smartfin.quarter import Quarter
from smartfin.settings import read_settings
from smartfin.wording import LANGUAGES, words_of

SETTINGS = read_settings({})
ITEMS = read_items(SETTINGS.data / "items.yaml")
PARTNERS = read_partners(SETTINGS)
SAMPLES = sorted((SETTINGS.data / "samples").glob("*.xlsx"))
FIRST, COUNT = Quarter(2019, 1), 14
QUARTERS = [FIRST + number for number in range(COUNT)]
SHEETS = {
    "GuV": Statement.PNL,
    "Bilanz": Statement.BALANCE_SHEET,
    "Cashflow": Statement.CASH_FLOW,
    "Mitglieder": Statement.MEMBERS,
}
WAVES = (0.0, 400.0, -600.0, 300.0, 150.0, -250.0, 350.0)  # what makes no row a straight line

Rows = dict[str, list[float | None]]


def good_books() -> Rows:
    """A partner's rows by item, quarter by quarter, in which everything ties."""
    rows: Rows = {}
    wave = [WAVES[number % len(WAVES)] for number in range(COUNT)]
    volume = [100_000 + 1_000 * number + 10 * wave[number] for number in range(COUNT)]
    rows["invoiced_volume"] = [*volume]
    rows["fee_revenue"] = [0.08 * amount for amount in volume]
    rows["membership_fees"] = [500.0] * COUNT
    rows["service_revenue"] = [300.0] * COUNT
    rows["own_revenue"] = [0.08 * amount + 800 for amount in volume]
    rows["staff_costs"] = [6_000.0 + one for one in wave]
    rows["it_costs"] = [400.0] * COUNT
    rows["rent_costs"] = [600.0] * COUNT
    rows["depreciation"] = [100.0] * COUNT
    operating = [
        0.08 * amount + 800 - 7_100 - one for amount, one in zip(volume, wave, strict=True)
    ]
    rows["operating_result"] = [*operating]
    rows["financial_income"], rows["financial_expense"] = [10.0] * COUNT, [20.0] * COUNT
    rows["income_tax"] = [5.0] * COUNT
    result = [amount - 15 for amount in operating]
    rows["net_result"] = [*result]
    rows["cash_flow_operating"] = [amount + 100 for amount in result]
    rows["cash_flow_investing"], rows["cash_flow_financing"] = [-50.0] * COUNT, [0.0] * COUNT
    rows |= _balance_sheet(result)
    rows["fee_rate"] = [8.0] * COUNT
    rows["members_total"] = [200.0 + 3 * number for number in range(COUNT)]
    rows["members_left"] = [4.0 + number % 3 for number in range(COUNT)]
    return rows


def _balance_sheet(result: list[float]) -> Rows:
    """Assets, equity and liabilities that go with the results."""
    earned = [sum(result[: number + 1]) for number in range(COUNT)]
    of_year = [sum(result[number - number % 4 : number + 1]) for number in range(COUNT)]
    before = [one - other for one, other in zip(earned, of_year, strict=True)]
    fixed = [5_000.0 - 50 * (number + 1) for number in range(COUNT)]
    cash = [50_000 + one + 50 * (number + 1) for number, one in enumerate(earned)]
    current = [20_000 + 1_000 + one for one in cash]
    total = [one + other for one, other in zip(fixed, current, strict=True)]
    equity = [10_000 + 5_000 + one for one in earned]
    return {
        "fixed_assets": [*fixed],
        "trade_receivables": [20_000.0] * COUNT,
        "other_receivables": [1_000.0] * COUNT,
        "cash": [*cash],
        "current_assets": [*current],
        "total_assets": [*total],
        "receivables_over_90_days": [1_500.0] * COUNT,
        "member_share_capital": [10_000.0] * COUNT,
        "reserves_retained": [5_000 + one for one in before],
        "result_year_to_date": [*of_year],
        "equity": [*equity],
        "tax_social_liabilities": [3_000.0] * COUNT,
        "trade_payables": [2_000.0] * COUNT,
        "member_balances": [56_000.0] * COUNT,
        "total_liabilities": [61_000.0] * COUNT,
    }


@dataclass(frozen=True)
class Made:
    """One made workbook, and what was handed in before it."""

    rows: Rows
    quarters: tuple[Quarter, ...] = tuple(QUARTERS[-6:])
    newest_allowed: Quarter | None = None
    before: Mapping[tuple[str, Quarter], float] = field(default_factory=dict)
    stage: Stage = Stage.MANAGEMENT

    @property
    def workbook(self) -> Workbook:
        return Workbook(tuple(self._sheet(name, statement) for name, statement in SHEETS.items()))

    def _sheet(self, name: str, statement: Statement) -> Sheet:
        head: list[Cell] = ["Beträge in EUR", *(f"Q{q.number} {q.year}" for q in self.quarters)]
        lines = [
            (ITEMS[code].label("de"), *(row[quarter - FIRST] for quarter in self.quarters))
            for code, row in self.rows.items()
            if ITEMS[code].statement is statement
        ]
        return Sheet(name, (tuple(head), *lines))

    @property
    def reading(self) -> Reading:
        context = ReadingContext(ITEMS, PARTNERS, "DE", newest_allowed=self.newest_allowed)
        return interpret(self.workbook, "book.xlsx", context)

    def findings(self) -> list[Finding]:
        """What the rules say, notes of the reading itself aside."""
        reading = self.reading
        assert reading.questions == ()
        told = [f for f in reading.findings if f.severity is not Severity.NOTE]
        history = History(self.before)
        return [*told, *compared_with_history(reading, history, ITEMS, stage=self.stage)]


def changed(code: str, amounts: Mapping[int, float | None], rows: Rows | None = None) -> Rows:
    """Good books with other amounts in one row, by place (negative from the newest back)."""
    rows = rows or good_books()
    row = [*rows[code]]
    for place, amount in amounts.items():
        row[place] = amount
    return {**rows, code: row}


def moved(rows: Rows, code: str, by: float, places: range) -> Rows:
    return changed(code, {place: (rows[code][place] or 0) + by for place in places}, rows)


def without(code: str) -> Rows:
    return {name: row for name, row in good_books().items() if name != code}


def handed_in(rows: Rows, until: Quarter) -> dict[tuple[str, Quarter], float]:
    """What is in force when books were handed in up to a quarter."""
    return {
        (code, quarter): amount
        for code, row in rows.items()
        for quarter, amount in zip(QUARTERS, row, strict=True)
        if amount is not None and quarter <= until
    }


def unbalanced() -> Rows:
    rows = good_books()
    for code in ("other_receivables", "current_assets", "total_assets"):
        rows = moved(rows, code, 100, range(COUNT - 2, COUNT - 1))
    return rows


def paid_out() -> Rows:
    """Equity that fell without a loss, the balance sheet still balanced."""
    rows, later = good_books(), range(COUNT - 3, COUNT)
    for code, by in (("reserves_retained", -900), ("equity", -900), ("member_balances", 900),
                     ("total_liabilities", 900)):  # fmt: skip
        rows = moved(rows, code, by, later)
    return rows


def aided() -> Rows:
    """Books in which part of what services brought in was other income, in the end too much."""
    rows = good_books()
    other = [10.0] * (COUNT - 3) + [550.0] * 3
    for place, amount in enumerate(other):
        rows = moved(rows, "service_revenue", -amount, range(place, place + 1))
    return {**rows, "other_operating_income": [*other]}


def given() -> Rows:
    """Debts that became equity: contributions rose twice, and no row says what the group gave."""
    rows = good_books()
    rows["shareholder_contributions"] = [*[0.0] * (COUNT - 2), 2_000.0, 2_500.0]
    for place, amount in ((COUNT - 2, 2_000), (COUNT - 1, 2_500)):
        for code, by in (("equity", amount), ("member_balances", -amount),
                         ("total_liabilities", -amount)):  # fmt: skip
            rows = moved(rows, code, by, range(place, place + 1))
    return rows


OLDER, NEWEST = QUARTERS[-2], QUARTERS[-1]
YEAR_END = Quarter(2021, 4)
ONE = (NEWEST,)

BROKEN: dict[FindingCode, Callable[[], Made]] = {
    FindingCode.MISSING_ITEM: lambda: Made(without("staff_costs")),
    FindingCode.BALANCE_DIFFERS: lambda: Made(unbalanced()),
    FindingCode.SUBTOTAL_DIFFERS: lambda: Made(changed("own_revenue", {-2: 9_999.0})),
    FindingCode.RESULT_DIFFERS: lambda: Made(changed("net_result", {-2: 9_999.0})),
    FindingCode.CASH_DIFFERS: lambda: Made(changed("cash_flow_investing", {-2: -750.0})),
    FindingCode.EQUITY_DIFFERS: lambda: Made(paid_out()),
    FindingCode.FEES_DIFFER: lambda: Made(changed("fee_rate", dict.fromkeys(range(COUNT), 5.0))),
    FindingCode.OTHER_INCOME_LARGE: lambda: Made(aided()),
    FindingCode.INJECTION_UNSTATED: lambda: Made(given()),
    FindingCode.SIGN_FLIPPED: lambda: Made(changed("receivables_over_90_days", {-2: -1_500.0})),
    FindingCode.MISSING_QUARTER: lambda: Made(
        good_books(), (*QUARTERS[-6:-4], *QUARTERS[-3:])
    ),
    FindingCode.ITEM_GAP: lambda: Made(changed("it_costs", {-1: None})),
    FindingCode.FUTURE_ACTUAL: lambda: Made(good_books(), newest_allowed=OLDER),
}  # fmt: skip

BESIDE: dict[FindingCode, Callable[[], Made]] = {
    FindingCode.SCALE_CHANGED: lambda: Made(
        good_books(),
        before={
            (code, quarter): amount / 1000 if ITEMS[code].unit == "currency" else amount
            for (code, quarter), amount in handed_in(good_books(), OLDER).items()
        },
    ),
    FindingCode.SIGN_FLIPPED: lambda: Made(
        changed("receivables_over_90_days", {-1: -1_500.0}),
        ONE,
        before=handed_in(good_books(), OLDER),
    ),
    FindingCode.UNUSUAL_JUMP: lambda: Made(
        changed("receivables_over_90_days", {-1: 15_000.0}),
        ONE,
        before=handed_in(good_books(), OLDER),
    ),
    FindingCode.RESTATED: lambda: Made(
        good_books(), before=handed_in(good_books(), OLDER) | {("it_costs", YEAR_END): 390.0}
    ),
    FindingCode.RESTATED_MORE: lambda: Made(
        good_books(),
        before=handed_in(good_books(), OLDER)
        | {("it_costs", quarter): 390.0 for quarter in QUARTERS[-6:]},
    ),
    FindingCode.AUDIT_ADJUSTMENT: lambda: Made(
        good_books(),
        before=handed_in(good_books(), OLDER) | {("it_costs", YEAR_END): 390.0},
        stage=Stage.AUDITED,
    ),
    FindingCode.MISSING_QUARTER: lambda: Made(
        good_books(), ONE, before=handed_in(good_books(), OLDER + -1)
    ),
    FindingCode.ITEM_GAP: lambda: Made(
        without("members_left"), ONE, before=handed_in(good_books(), OLDER)
    ),
}
COMES_ALONG = {FindingCode.RESTATED_MORE: {FindingCode.RESTATED}}  # the largest are told singly

EXAMPLES = [*BROKEN.items(), *BESIDE.items()]
NAMES = [f"{'inside' if n < len(BROKEN) else 'beside'}-{code}" for n, (code, _) in
         enumerate(EXAMPLES)]  # fmt: skip
each_example = pytest.mark.parametrize(("code", "make"), EXAMPLES, ids=NAMES)


def test_good_books_break_no_rule() -> None:
    assert Made(good_books(), tuple(QUARTERS)).findings() == []


def test_good_books_break_no_rule_beside_their_history() -> None:
    before = handed_in(good_books(), OLDER)
    for quarters in (ONE, (OLDER, NEWEST), tuple(QUARTERS[-6:])):
        assert Made(good_books(), quarters, before=before).findings() == []


def test_each_rule_has_a_workbook_that_breaks_it() -> None:
    assert set(BROKEN) == {rule.code for rule in CHECKS}
    assert set(BESIDE) == {rule.code for rule in COMPARISONS}


@each_example
def test_a_workbook_that_breaks_one_rule_is_told_of_that_rule_alone(
    code: FindingCode, make: Callable[[], Made]
) -> None:
    found = make().findings()
    assert {finding.code for finding in found} == {code} | COMES_ALONG.get(code, set())


@each_example
def test_one_fault_is_told_once(code: FindingCode, make: Callable[[], Made]) -> None:
    a_sheet_each = 3 if code is FindingCode.SCALE_CHANGED else 1
    assert len([f for f in make().findings() if f.code is code]) == a_sheet_each


@each_example
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_finding_has_its_sentence_with_the_unit_of_its_amounts(
    code: FindingCode, make: Callable[[], Made], language: str
) -> None:
    finding = next(f for f in make().findings() if f.code is code)
    sentence, remedy = words_of(language).finding(finding)
    assert remedy
    assert ("EUR" in sentence) is (VALUE in finding.facts)


@each_example
def test_a_finding_about_a_figure_says_its_cell_and_value(
    code: FindingCode, make: Callable[[], Made]
) -> None:
    for finding in make().findings():
        if VALUE in finding.facts:
            assert finding.sheet in SHEETS
            assert finding.cell[0].isalpha()


@each_example
def test_another_row_in_the_workbook_makes_no_new_remark(
    code: FindingCode, make: Callable[[], Made]
) -> None:
    made = make()
    other = Made(
        {**made.rows, "staff_fte": [3.0] * COUNT},
        made.quarters,
        made.newest_allowed,
        made.before,
        made.stage,
    )
    assert {f.key for f in made.findings()} == {f.key for f in other.findings()}


@cache
def sample(path: Path) -> Reading:
    context = ReadingContext(ITEMS, PARTNERS)
    return interpret(read_cells(path.read_bytes()), path.name, context)


def test_the_samples_break_no_rule_beside_their_history_but_the_one_correction() -> None:
    known: dict[str, dict[tuple[str, Quarter], float]] = {}
    told: dict[str, set[FindingCode]] = {}
    for path in SAMPLES:
        reading = sample(path)
        before = known.setdefault(reading.partner or "", {})
        found = compared_with_history(reading, History({**before}), ITEMS)
        if found:
            told[path.name] = {finding.code for finding in found}
        for fact in reading.facts:
            if fact.quarter is not None and fact.scenario is Scenario.ACTUAL:
                before[fact.item, fact.quarter] = fact.amount
    corrections = {FindingCode.RESTATED, FindingCode.RESTATED_MORE}
    assert told == {path.name: corrections for path in SAMPLES if "correccion" in path.name}
