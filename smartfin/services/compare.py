"""The Compare page: any countries side by side on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from smartfin.services.view import Chart, Table


class Axis(StrEnum):
    """What the horizontal axis counts (message ``axis.<code>``)."""

    CALENDAR = "calendar"
    LAUNCH = "launch"


class Currency(StrEnum):
    """In what money is compared (message ``currency.<code>``)."""

    EUR = "eur"
    EUR_CONSTANT = "eur-constant"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class CompareView:
    """Everything the Compare page shows.

    Args:
        countries: Codes and names that can be compared.
        indicators: Codes and names of the indicators.
        indicator: Code of the one shown.
        what: What it means, in one sentence.
        currency_matters: Whether the indicator is an amount of money.
        chart: The countries on one scale; None when nothing is known.
        table: Newest value, a year earlier, change and rank.
        synthetic: Whether any figure rests on made-up sample data.
    """

    countries: tuple[tuple[str, str], ...]
    indicators: tuple[tuple[str, str], ...]
    indicator: str
    what: str
    currency_matters: bool
    chart: Chart | None
    table: Table | None
    synthetic: bool
