"""Group finance's list of support, read cell by cell; votes; books held against the list."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest

from smartfin.entity import Entity
from smartfin.errors import SettingsError
from smartfin.facts import Fact, LedgerFact, Scenario
from smartfin.findings import FindingCode
from smartfin.ingest import Reading
from smartfin.ingest.support.words import HEADING_OF, KIND_OF, Column
from smartfin.ingest.text import comparable
from smartfin.money import QuarterRate, Rates
from smartfin.partner import Partner, find_partner, read_partners
from smartfin.quarter import Quarter
from smartfin.services.support.beside import read_beside_support
from smartfin.services.support.books import (
    COMPARED,
    SMALLEST,
    TOLERANCE,
    TOLERANCE_CONVERTED,
    Comparison,
    compared,
)
from smartfin.services.support.together import Known, books_of
from smartfin.settings import ROOT, read_settings
from smartfin.store import Ledger
from smartfin.support import Kind, Vote, read_votes
from smartfin.wording import LANGUAGES, words_of
from tests.integration.support_builders import HEADINGS, ITEMS, PARTNERS, Row, context, read_rows
from tests.test_docs import arithmetic

Q1, Q2 = Quarter(2022, 1), Quarter(2022, 2)
GOOD: Row = ("ES", "2022-Q2", "Contribution", 7500.0, "EUR", "first half")


def codes(*rows: Row, headings: tuple[str, ...] = HEADINGS) -> list[tuple[FindingCode, str]]:
    return [(found.code, found.cell) for found in read_rows(rows, headings).findings]


def test_a_row_becomes_a_fact_of_the_partners_part_in_its_amounts_cell() -> None:
    reading = read_rows([GOOD])
    label = "Contribution – first half"
    actual = Scenario.ACTUAL
    fact = Fact("group_contribution_received", Q2, actual, 7500, "EUR", "List", "D4", label)
    assert (reading.partner, reading.facts, reading.units) == ("GROUP", (fact,), ("GROUP-ES",))
    assert reading.by_unit == {"GROUP-ES": (fact,)}
    assert reading.findings == ()


def test_each_kind_is_kept_as_its_own_line_item() -> None:
    rows = [("ES", "2022-Q2", kind.value, 5.0, "EUR", None) for kind in Kind]
    assert [fact.item for fact in read_rows(rows).facts] == [kind.item for kind in Kind]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_templates_headings_and_kinds_are_read_in_every_language(language: str) -> None:
    words = words_of(language)
    for column in Column:
        assert HEADING_OF[comparable(words.text(f"support.column.{column.value}"))] is column
    for kind in Kind:
        assert KIND_OF[comparable(words.text(f"support.kind.{kind.value}"))] is kind


def test_country_names_quarters_and_currencies_are_read_as_people_write_them() -> None:
    written = ("Partner", "Trimestre", "Nature", "Montant", "Devise")
    rows = [("Suède", "T3 2022", "Apport en capital", "1 234,50", "sek")]
    (fact,) = read_rows(rows, written).facts
    assert (fact.quarter, fact.item) == (Quarter(2022, 3), "group_capital_injection")
    assert (fact.amount, fact.unit) == (1234.5, "SEK")


@pytest.mark.parametrize(
    ("place", "value", "code", "cell"),
    [
        (0, "Portugal", FindingCode.LIST_PARTNER_UNKNOWN, "A4"),
        (1, "2022", FindingCode.LIST_QUARTER_UNREADABLE, "B4"),
        (1, "2099-Q1", FindingCode.LIST_QUARTER_AHEAD, "B4"),
        (2, "Advertising", FindingCode.LIST_KIND_UNKNOWN, "C4"),
        (3, "about 5000", FindingCode.LIST_AMOUNT_UNREADABLE, "D4"),
        (3, None, FindingCode.LIST_AMOUNT_UNREADABLE, "D4"),
        (3, "1.234", FindingCode.LIST_AMOUNT_UNREADABLE, "D4"),
        (4, "USD", FindingCode.LIST_CURRENCY_UNKNOWN, "E4"),
        (4, "SEK", FindingCode.LIST_CURRENCY_UNKNOWN, "E4"),
        (4, None, FindingCode.LIST_CURRENCY_UNKNOWN, "E4"),
    ],
)
def test_each_fault_is_named_with_its_cell(
    place: int, value: str | None, code: FindingCode, cell: str
) -> None:
    wrong = [*GOOD[:place], value, *GOOD[place + 1 :]]
    right = ("IT", *GOOD[1:])
    assert codes(wrong, right) == [(code, cell)]


def test_the_same_partner_quarter_and_kind_twice_is_an_error_that_names_both_cells() -> None:
    reading = read_rows([GOOD, ("IT", *GOOD[1:]), ("Spain", "Q2 2022", "Contribution", 1.0, "€")])
    (finding,) = reading.findings
    assert (finding.code, finding.cell) == (FindingCode.LIST_ROW_TWICE, "D6")
    assert finding.facts["other"] == "List!D4"


def test_what_is_negative_is_told_but_for_services_charged_above_their_price() -> None:
    rows = [("ES", "2022-Q2", kind, -5.0, "EUR") for kind in ("Loan repaid", "Services")]
    assert codes(*rows) == [(FindingCode.NEGATIVE_AMOUNT, "D4")]


def test_a_list_without_a_column_names_it_when_a_person_says_it_is_the_list() -> None:
    headings = ("Partner", "Quarter", "Kind", "Amount")
    (finding,) = read_rows([GOOD[:4]], headings, partner="GROUP").findings
    assert finding.code is FindingCode.LIST_HEADING_MISSING
    assert finding.facts["headings"] == ("currency",)


def test_a_long_table_of_a_partner_is_no_list_of_support() -> None:
    rows = [("ES", "2022-Q2", "Fee revenue", 5.0, "EUR")]
    assert read_rows(rows, name="ES.xlsx").units == ()


def test_a_list_said_to_be_a_partners_is_refused() -> None:
    (finding,) = read_rows([GOOD], partner="ES").findings
    assert finding.code is FindingCode.WRONG_PARTNER


def test_a_list_that_calls_itself_synthetic_is() -> None:
    assert read_rows([GOOD], name="list_synthetic.xlsx").synthetic
    assert not read_rows([(*GOOD[:5], "synthetic fibre")]).synthetic


# --- books against list

ES = find_partner(PARTNERS, "ES")
SE = find_partner(PARTNERS, "SE")
RATES = Rates({("SEK", quarter): QuarterRate(10.0, 12.0, 60) for quarter in (Q1, Q2)})


def said(*stated: tuple[Kind, Quarter, float], unit: str = "EUR") -> Known:
    at = datetime(2023, 1, 1, tzinfo=UTC)
    facts = (Fact(k.item, q, Scenario.ACTUAL, amount, unit, "S", "D4") for k, q, amount in stated)
    return {
        (fact.item, fact.quarter): LedgerFact(fact, "", 1, "f.xlsx", at, "ana", synthetic=False)
        for fact in facts
        if fact.quarter
    }


def found(books: Known, listed: Known, **said: object) -> list[tuple[str, float, float]]:
    partner = said.get("partner", ES)
    assert isinstance(partner, Partner)
    told = compared(partner, books_of(partner, {partner.code: books}, ITEMS), listed, RATES)
    return [(each.item, each.books.amount, each.listed.amount) for each in told.differences]


@pytest.mark.parametrize(("listed", "told"), [(10_100.0, 0), (10_102.0, 1), (9_899.0, 1)])
def test_up_to_a_hundredth_is_no_difference(listed: float, told: int) -> None:
    books = said((Kind.CONTRIBUTION, Q2, 10_000.0))
    assert len(found(books, said((Kind.CONTRIBUTION, Q2, listed)))) == told


def test_small_amounts_may_differ_by_rounding() -> None:
    books = said((Kind.CONTRIBUTION, Q2, 1_000.0))
    assert found(books, said((Kind.CONTRIBUTION, Q2, 1_100.0))) == []
    assert len(found(books, said((Kind.CONTRIBUTION, Q2, 1_101.0)))) == 1


def test_in_the_books_a_waiver_is_contribution_and_loans_are_net_of_repayments() -> None:
    books = said((Kind.CONTRIBUTION, Q2, 9_000.0), (Kind.LOAN_DRAWN, Q2, -4_000.0))
    listed = said(
        (Kind.CONTRIBUTION, Q2, 6_000.0), (Kind.WAIVER, Q2, 3_000.0),
        (Kind.LOAN_DRAWN, Q2, 1_000.0), (Kind.LOAN_REPAID, Q2, 5_000.0),
    )  # fmt: skip
    assert found(books, listed) == []


def test_what_one_side_alone_says_was_given_differs_within_the_quarters_of_both() -> None:
    books = said((Kind.CONTRIBUTION, Q1, 9_000.0), (Kind.CAPITAL, Q2, 5_000.0))
    listed = said((Kind.CONTRIBUTION, Q2, 0.0), (Kind.LOAN_DRAWN, Q2, 800.0))
    assert found(books, listed) == [
        ("group_capital_injection", 5_000.0, 0.0),
        ("group_loan_drawdown", 0.0, 800.0),
    ]


def test_silence_about_services_and_balances_says_nothing() -> None:
    books = said((Kind.CONTRIBUTION, Q2, 1.0), (Kind.LOAN_BALANCE, Q2, 90_000.0))
    listed = said((Kind.CONTRIBUTION, Q2, 1.0), (Kind.SERVICES, Q2, 7_000.0))
    assert found(books, listed) == []


def test_euro_become_local_at_the_mean_rate_and_balances_at_the_closing_rate() -> None:
    books = said((Kind.CAPITAL, Q2, 104_000.0), (Kind.LOAN_BALANCE, Q2, 120_000.0), unit="SEK")
    listed = said((Kind.CAPITAL, Q2, 10_000.0), (Kind.LOAN_BALANCE, Q2, 10_000.0))
    assert found(books, listed, partner=SE) == []
    dearer = said((Kind.CAPITAL, Q2, 11_000.0))
    assert found(books, dearer, partner=SE) == [("group_capital_injection", 104_000.0, 110_000.0)]


def test_without_a_rate_nothing_is_compared() -> None:
    listed = said((Kind.CAPITAL, Quarter(1990, 1), 10_000.0))
    books = said((Kind.CAPITAL, Quarter(1990, 1), 1.0), unit="SEK")
    assert found(books, listed, partner=SE) == []


# --- a partner of several legal entities: its books are theirs together

DIVIDED = replace(
    ES, entities=(Entity("EV", "Smart Verein", "e.V."), Entity("GMBH", "Smart GmbH", "GmbH"))
)


def reported(given: float | None = None, *quarters: Quarter) -> Known:
    """Books of an entity with what every workbook states, and a contribution."""
    at = datetime(2023, 1, 1, tzinfo=UTC)
    amounts: dict[str, float] = dict.fromkeys(ITEMS.required, 10.0)
    if given is not None:
        amounts[Kind.CONTRIBUTION.item] = given
    return {
        (item, quarter): LedgerFact(
            Fact(item, quarter, Scenario.ACTUAL, amount, "EUR", "S", "D4"),
            "", 1, "f.xlsx", at, "ana", synthetic=False,
        )
        for quarter in quarters or (Q2,)
        for item, amount in amounts.items()
    }  # fmt: skip


def divided(listed: Known, **units: Known) -> Comparison:
    books = {code.replace("_", "-"): known for code, known in units.items()}
    return compared(DIVIDED, books_of(DIVIDED, books, ITEMS), listed, RATES)


def test_of_a_divided_partner_the_list_is_held_against_its_entities_together() -> None:
    listed = said((Kind.CONTRIBUTION, Q2, 9_000.0))
    held = divided(listed, ES_EV=reported(6_000.0), ES_GMBH=reported(3_000.0))
    assert held == Comparison((), frozenset({Q2}))
    (told,) = divided(listed, ES_EV=reported(6_000.0), ES_GMBH=reported(1_000.0)).differences
    assert (told.books.amount, told.listed.amount, len(told.books.facts)) == (7_000.0, 9_000.0, 2)
    (alone,) = divided(listed, ES_EV=reported(6_000.0), ES_GMBH=reported()).differences
    assert alone.books.amount == 6_000.0


def test_where_an_entitys_books_are_awaited_nothing_is_compared() -> None:
    listed = said((Kind.CONTRIBUTION, Q2, 9_000.0))
    assert divided(listed, ES_EV=reported(6_000.0)) == Comparison()
    assert divided(listed) == Comparison()


def test_a_line_one_entity_forgets_is_unknown_and_not_compared() -> None:
    listed = said((Kind.CONTRIBUTION, Q1, 2.0), (Kind.CONTRIBUTION, Q2, 9_000.0))
    before = {**reported(1.0, Q1), **reported(None, Q2)}
    held = divided(listed, ES_EV=before, ES_GMBH=reported(1.0, Q1, Q2))
    assert held == Comparison((), frozenset({Q1}))


class Kept:
    """A ledger that holds some facts."""

    def __init__(self, **units: Known) -> None:
        self._units = {code.replace("_", "-"): known for code, known in units.items()}

    def revision(self, unit: str) -> int:
        return int(unit in self._units)

    def facts(self, unit: str) -> list[LedgerFact]:
        return list(self._units.get(unit, {}).values())


def test_the_last_entity_is_told_what_only_now_can_be_compared() -> None:
    given = said((Kind.CONTRIBUTION, Q2, 9_000.0))
    facts = tuple(each.fact for each in reported().values())
    reading = Reading(partner="ES-GMBH", currency="EUR", facts=facts)
    asked = replace(context(), partners=DIVIDED.units)

    def told(**units: Known) -> list[tuple[FindingCode, str, object]]:
        ledger = cast(Ledger, Kept(GROUP_ES=given, **units))
        found = read_beside_support(reading, asked, ledger, RATES).findings
        return [(each.code, each.cell, each.facts["amount"]) for each in found]

    assert told(ES_EV=reported(6_000.0)) == [(FindingCode.SUPPORT_DIFFERS, "", 6_000.0)]
    assert told(ES_EV=reported(9_000.0)) == []
    assert told() == []  # the other entity's books are awaited
    assert told(ES_EV=reported(6_000.0), ES_GMBH=reported()) == []  # told before


def test_a_difference_quotes_the_cell_and_in_brackets_what_it_is_in_local_currency() -> None:
    (row,) = read_rows([("SE", "2022-Q2", "Contribution", 50_000.0, "EUR")]).facts
    reading = Reading(partner="GROUP", facts=(row,), units=("GROUP-SE",))
    books = said((Kind.CONTRIBUTION, Q2, 400_000.0), unit="SEK")
    ledger = cast(Ledger, Kept(SE=books))
    (finding,) = read_beside_support(reading, context(), ledger, RATES).findings
    sentence = words_of("en").finding(finding)[0].replace("\N{NO-BREAK SPACE}", " ")
    assert "this workbook says 50,000 EUR (500,000 SEK), " in sentence
    assert " books 400,000 SEK " in sentence


def test_a_combined_workbook_goes_before_the_entities() -> None:
    listed = said((Kind.CONTRIBUTION, Q2, 9_000.0))
    entities = {"ES_EV": reported(6_000.0), "ES_GMBH": reported(1_000.0)}
    assert divided(listed, ES=reported(9_000.0), **entities).differences == ()


def test_quarters_that_only_one_side_is_about_are_not_compared() -> None:
    books = books_of(ES, {"ES": said((Kind.CONTRIBUTION, Q1, 5.0))}, ITEMS)
    assert compared(ES, books, said((Kind.CONTRIBUTION, Q2, 5.0)), RATES) == Comparison()
    guarantee = said((Kind.GUARANTEE, Q1, 5.0))
    silent = books_of(ES, {"ES": reported(None, Q1)}, ITEMS)
    assert compared(ES, silent, guarantee, RATES) == Comparison()


# --- votes


def test_a_vote_is_spread_evenly_over_its_quarters() -> None:
    vote = Vote(Quarter(2021, 1), Quarter(2021, 4), 100_000.0)
    assert vote.between(Quarter(2020, 1), Quarter(2021, 1)) == 25_000.0
    assert vote.between(Quarter(2022, 1), Quarter(2022, 4)) == 0.0


def test_the_votes_of_the_sample_group_are_its_envelope_and_shrink_each_year() -> None:
    settings = read_settings({})
    years = [
        sum(
            v.between(Quarter(y, 1), Quarter(y, 4))
            for p in read_partners(settings)
            for v in p.support
        )
        for y in (2021, 2022, 2023)
    ]
    assert sum(years) == settings.support_envelope_eur
    assert years == sorted(years, reverse=True)


GIVEN = {"from": "2021-Q1", "to": "2021-Q4", "eur": 5}


@pytest.mark.parametrize(
    "rows",
    [
        "much", ["much"], [{**GIVEN, "eur": -1}], [{**GIVEN, "eur": True}], [{**GIVEN, "eur": "5"}],
        [{**GIVEN, "to": "2020-Q4"}], [{**GIVEN, "from": "2021"}], [{"from": "2021-Q1", "eur": 5}],
        [GIVEN, {**GIVEN, "from": "2021-Q4", "to": "2022-Q1"}],
    ],
)  # fmt: skip
def test_a_vote_that_makes_no_sense_is_refused_by_its_name(rows: object) -> None:
    with pytest.raises(SettingsError) as caught:
        read_votes("partner.ES", {"support": rows})
    assert (caught.value.code, caught.value.facts["key"]) == (
        "setting-malformed", "partner.ES.support",
    )  # fmt: skip


def test_a_misspelt_key_of_a_vote_is_named() -> None:
    with pytest.raises(SettingsError) as caught:
        read_votes("partner.ES", {"support": [{**GIVEN, "euro": 5}]})
    assert caught.value.facts["key"] == "partner.ES.support.euro"


def test_a_group_that_voted_nothing_is_as_before() -> None:
    assert read_votes("partner.ES", {}) == ()
    assert replace(ES, support=()).support == ()


# --- the page that explains it

PAGE = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")


def test_the_tolerances_of_the_page_are_those_of_the_code() -> None:
    told = PAGE.partition("## Support list\n")[2].partition("\n## ")[0]
    assert f"**{TOLERANCE:.0%}**".replace("%", " %") in told
    assert f"**{TOLERANCE_CONVERTED:.0%}**".replace("%", " %") in told
    assert f"**{SMALLEST:.0f}**" in told
    for line in COMPARED:
        assert f"`{line.item}`" in told


def test_the_examples_of_the_page_add_up() -> None:
    names = ("Support list", "Support path", "Exposure")
    told = "".join(PAGE.partition(f"## {name}\n")[2].partition("\n## ")[0] for name in names)
    sums = re.findall(r"`([\d+*/ .-]+) = (-?[\d.]+)`", told)
    assert len(sums) == 5
    for sum_, result in sums:
        assert arithmetic(sum_) == pytest.approx(float(result), abs=0.005)


def test_the_vote_of_the_page_is_spread_as_it_says() -> None:
    vote = Vote(Quarter(2021, 1), Quarter(2021, 4), 130_000.0)
    assert vote.between(Quarter(2021, 1), Quarter(2021, 2)) == 65_000.0
