"""What a comparison is made of: countries, indicator, time axis, money."""

from __future__ import annotations

from typing import NamedTuple

from smartfin.quarter import Quarter
from smartfin.services.compare import Against, Axis, CompareView, Currency
from smartfin.ui import choices
from smartfin.ui.headings import choice_row
from smartfin.ui.state import Key, Selection


class Comparison(NamedTuple):
    """The arguments of ``compare_view``."""

    countries: tuple[str, ...]
    indicator: str | None
    axis: Axis
    currency: Currency
    against: Against
    quarter: Quarter | None


def asked_comparison(selection: Selection) -> Comparison:
    """What the address asks to compare; every country of the group where it names none."""
    countries = choices.asked_partners(selection)
    return Comparison(
        countries=choices.all_partners(selection) if countries is None else countries,
        indicator=choices.asked_text(Key.INDICATOR),
        axis=choices.asked_code(Key.AXIS, Axis, selection) or Axis.CALENDAR,
        currency=choices.asked_code(Key.CURRENCY, Currency, selection) or Currency.EUR,
        against=choices.asked_code(Key.AGAINST, Against, selection) or Against.YEAR,
        quarter=choices.asked_quarter(selection),
    )


def draw_choices(view: CompareView, asked: Comparison, selection: Selection) -> None:
    """The widgets, showing what is compared now."""
    words = selection.words
    with choice_row("what"):
        choices.choose_countries(view.countries, asked.countries, words)
        choices.choose_indicator(view.indicators, view.indicator, words)
    with choice_row("how"):
        choices.choose_code(Key.AXIS, Axis, asked.axis, words)
        choices.choose_code(Key.AGAINST, Against, asked.against, words)
        if view.currency_matters:
            choices.choose_code(Key.CURRENCY, Currency, asked.currency, words)
