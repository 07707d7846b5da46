"""Every way a unit is printed; what nobody can tell is left unsaid."""

from __future__ import annotations

import pytest

from smartfin.ingest.amounts.unit import UnitWords, currencies_in, find_unit, read_unit

EUR, HUF = frozenset({"EUR"}), frozenset({"HUF"})


@pytest.mark.parametrize(
    "text", ["TEUR", "kEUR", "T€", "k€", "K€", "EUR '000", "€000", "€k", "Tsd. EUR",
             "Alle bedragen x € 1.000", "Bedragen in duizenden euro's", "en milliers d'euros",
             "Importes en miles de euros", "Importi in migliaia di euro", "(in Tausend Euro)"]
)  # fmt: skip
def test_thousands_of_euros_are_told_in_every_language(text: str) -> None:
    assert read_unit(text) == UnitWords(1000.0, EUR)


@pytest.mark.parametrize(
    "text", ["tkr", "kkr", "Belopp i tkr", "1 000 kr", "KSEK", "tusental kronor"]
)
def test_thousands_of_kronor_may_be_swedish(text: str) -> None:
    unit = read_unit(text)
    assert unit is not None
    assert unit.scale == 1000
    assert "SEK" in unit.currencies


@pytest.mark.parametrize(
    ("text", "scale"), [("eFt", 1e3), ("ezer Ft", 1e3), ("E Ft", 1e3), ("MFt", 1e6), ("mFt", 1e6),
                        ("millió forint", 1e6), ("Ft", 1.0), ("adatok forintban", 1.0)]
)  # fmt: skip
def test_forints_have_their_own_letters(text: str, scale: float) -> None:
    assert read_unit(text) == UnitWords(scale, HUF)


@pytest.mark.parametrize("text", ["Cash", "Total", "in", "Eurozone", "Smart España", "m€", "e"])
def test_what_is_no_unit_is_not_taken_for_one(text: str) -> None:
    assert read_unit(text) is None


def test_a_small_m_before_euro_is_thousand_here_and_million_there_and_so_says_nothing() -> None:
    unit = read_unit("mEUR")
    assert unit == UnitWords(None, EUR)


@pytest.mark.parametrize(
    ("text", "kind"), [("%", "percent"), ("Anzahl", "count"), ("n.º", "count"), ("fő/db", "count"),
                       ("VZÄ", "fte"), ("ETP", "fte"), ("dagar", "days"), ("ore", "hours")]
)  # fmt: skip
def test_units_that_are_no_money_are_told(text: str, kind: str) -> None:
    assert read_unit(text) == UnitWords(kind=kind)


@pytest.mark.parametrize(
    "text", ["Bilanz (TEUR)", "P&L - management accounts (EUR '000)", "Konto, Beträge in TEUR"]
)
def test_a_unit_is_found_within_a_title(text: str) -> None:
    assert find_unit(text) == UnitWords(1000.0, EUR)


@pytest.mark.parametrize("text", ["Currency: EUR", "Support in euro zone partners", "Smart 2021"])
def test_a_currency_mentioned_is_no_unit_of_figures(text: str) -> None:
    assert find_unit(text) is None


def test_a_currency_mentioned_is_a_currency() -> None:
    assert currencies_in("Währung: SEK") == frozenset({"SEK"})
    assert currencies_in("Smart Sverige") == frozenset()


@pytest.mark.parametrize("text", ["EUR m", "€m", "x € 1 mln", "EURm", "M€", "Mio. €"])
def test_millions_behind_the_currency_are_millions(text: str) -> None:
    assert read_unit(text) == UnitWords(1e6, EUR)


def test_a_word_that_is_a_thousand_here_and_a_million_there_says_nothing() -> None:
    assert read_unit("mil. EUR") == UnitWords(None, EUR)


@pytest.mark.parametrize("text", ["1T", "1 T", "1. K", "T1", "K 1"])
def test_a_part_of_a_year_is_no_unit(text: str) -> None:
    unit = read_unit(text)
    assert unit is None or unit.currencies == frozenset()
    assert find_unit(f"Result {text}") is None


def test_thousands_of_millions_are_a_unit_too() -> None:
    assert read_unit("Mrd. €") == UnitWords(1e9, EUR)
    assert read_unit("in %") == UnitWords(kind="percent")
