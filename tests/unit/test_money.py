from __future__ import annotations

from pathlib import Path

import pytest

from smartfin.errors import SettingsError
from smartfin.money import QuarterRate, Rates, read_rates
from smartfin.quarter import Quarter

HEADER = "# any comment\nquarter,currency,mean,close,days\n"
YEAR = {
    ("SEK", Quarter(2022, 1)): QuarterRate(mean=10.0, close=10.5, days=60),
    ("SEK", Quarter(2022, 2)): QuarterRate(mean=11.0, close=11.5, days=60),
    ("SEK", Quarter(2022, 3)): QuarterRate(mean=12.0, close=12.5, days=60),
    ("SEK", Quarter(2022, 4)): QuarterRate(mean=13.0, close=13.5, days=120),
}


def rates_of(folder: Path, content: str) -> Rates:
    path = folder / "rates.csv"
    path.write_text(content, encoding="utf-8")
    return read_rates(path)


def test_a_quarter_has_a_mean_for_flows_and_a_close_for_stocks() -> None:
    rates = Rates(YEAR)
    assert rates.mean("SEK", Quarter(2022, 2)) == 11.0
    assert rates.close("SEK", Quarter(2022, 2)) == 11.5


def test_the_euro_is_one_in_every_quarter() -> None:
    rates = Rates({})
    assert rates.mean("EUR", Quarter(1990, 1)) == 1.0
    assert rates.close("EUR", Quarter(2050, 4)) == 1.0
    assert rates.constant("EUR", 2022) == 1.0


@pytest.mark.parametrize(
    ("currency", "quarter"), [("SEK", Quarter(2023, 1)), ("NOK", Quarter(2022, 1))]
)
def test_what_was_not_published_has_no_rate(currency: str, quarter: Quarter) -> None:
    rates = Rates(YEAR)
    assert rates.mean(currency, quarter) is None
    assert rates.close(currency, quarter) is None
    assert rates.constant(currency, quarter.year) is None


def test_the_constant_rate_weighs_each_quarter_by_its_published_days() -> None:
    assert Rates(YEAR).constant("SEK", 2022) == pytest.approx(11.8)


def test_a_year_with_a_quarter_missing_has_no_constant_rate() -> None:
    three = {key: rate for key, rate in YEAR.items() if key[1].number != 3}
    assert Rates(three).constant("SEK", 2022) is None


def test_rates_do_not_change_with_the_mapping_they_were_made_of() -> None:
    mutable = dict(YEAR)
    rates = Rates(mutable)
    mutable.clear()
    assert rates.mean("SEK", Quarter(2022, 1)) == 10.0


def test_a_file_is_read_past_its_comments(tmp_path: Path) -> None:
    rates = rates_of(tmp_path, HEADER + "2022-Q4,HUF,410.82476923,400.87,65\n")
    assert rates.mean("HUF", Quarter(2022, 4)) == 410.82476923
    assert rates.close("HUF", Quarter(2022, 4)) == 400.87


@pytest.mark.parametrize(
    "rows",
    [
        "2022,HUF,410,400,65\n",
        "2022-Q4,HUF,dear,400,65\n",
        "2022-Q4,HUF,0,400,65\n",
        "2022-Q4,HUF,410,nan,65\n",
        "2022-Q4,HUF,inf,400,65\n",
        "2022-Q4,HUF,410,400,0\n",
        "2022-Q4,HUF,410,400\n",
        "2022-Q4,HUF,410,400,65\n2022-Q4,HUF,410,400,65\n",
    ],
)
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, rows: str) -> None:
    with pytest.raises(SettingsError) as caught:
        rates_of(tmp_path, HEADER + rows)
    assert caught.value.code == "rates-unreadable"
    assert caught.value.facts["path"] == str(tmp_path / "rates.csv")


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="rates-unreadable"):
        rates_of(tmp_path, "quarter,currency,rate\n2022-Q4,HUF,400\n")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="rates-unreadable"):
        read_rates(tmp_path / "rates.csv")
