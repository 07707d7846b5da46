"""The widgets by which a reader chooses, each bound to the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import streamlit as st

from smartfin.analysis.warning import find_rule
from smartfin.errors import InputError
from smartfin.partner import find_partner
from smartfin.quarter import Quarter
from smartfin.services.country.change import Compared
from smartfin.ui.cache import seen
from smartfin.ui.notices import draw_notice
from smartfin.ui.state import Key, Selection, asked, asked_all, bound, parsed_code
from smartfin.wording import Words

View = TypeVar("View")
Code = TypeVar("Code", bound=StrEnum)
Named = Sequence[tuple[str, str]]

_DOUBTFUL = {
    "quarter-not-known": "quarter",
    "window-not-known": "windows",
    "indicator-unknown": "indicator",
}
"""Arguments that only a service can judge, by the error that refuses them."""


def seen_as_asked(make: Callable[..., View], selection: Selection, **asked_for: Any) -> View:
    """The view the address asks for; where it cannot be had, why, and the usual one.

    Args:
        make: Of ``services``; each argument it refuses is left to its default, None.
        selection: Of this run.
        asked_for: What the address asks for.
    """
    try:
        return seen(make, selection, **asked_for)
    except InputError as error:
        refused = _DOUBTFUL.get(error.code)
        if asked_for.get(refused or "") is None:
            raise
        draw_notice(selection.words.error(error))
        return seen_as_asked(make, selection, **{**asked_for, str(refused): None})


def asked_quarter(selection: Selection) -> Quarter | None:
    """The quarter the address asks for."""
    return asked(Key.QUARTER, Quarter.parse, _complaint(selection.words))


def asked_windows(selection: Selection) -> tuple[Quarter | None, Quarter | None]:
    """The last quarters of the two windows the address asks to compare."""
    complain = _complaint(selection.words)
    return asked(Key.FROM, Quarter.parse, complain), asked(Key.UNTIL, Quarter.parse, complain)


def asked_partner(selection: Selection) -> str | None:
    """The partner the address asks for."""
    return asked(Key.PARTNER, _partner_code(selection), _complaint(selection.words))


def asked_partners(selection: Selection) -> tuple[str, ...] | None:
    """The countries the address asks for; empty when it asks for none, None for the usual."""
    return asked_all(Key.COUNTRIES, _partner_code(selection), _complaint(selection.words))


def asked_code(key: Key, codes: type[Code], selection: Selection) -> Code | None:
    """The choice of an enumeration the address asks for."""
    return asked(key, parsed_code(codes), _complaint(selection.words))


def asked_rule(selection: Selection) -> str | None:
    """The rule of early warning the address asks for."""
    return asked(Key.RULE, lambda text: find_rule(text).code, _complaint(selection.words))


def asked_entity(selection: Selection) -> str | None:
    """The unit code of the legal entity the address asks for."""
    units = selection.smartfin.units
    return asked(
        Key.ENTITY, lambda text: find_partner(units, text).code, _complaint(selection.words)
    )


def asked_text(key: Key) -> str | None:
    """What the address asks for, for a service to judge."""
    return st.query_params.get(key) or None


def all_partners(selection: Selection) -> tuple[str, ...]:
    """Every partner of the group, inactive ones included."""
    return tuple(partner.code for partner in selection.smartfin.partners)


def _partner_code(selection: Selection) -> Callable[[str], str]:
    return lambda text: find_partner(selection.smartfin.partners, text).code


def _complaint(words: Words) -> Callable[[InputError], None]:
    return lambda error: draw_notice(words.error(error))


def choose_quarter(quarters: Sequence[Quarter], asked_for: Quarter | None, words: Words) -> None:
    """The quarter the page speaks of; the newest needs no parameter."""
    st.selectbox(
        words.text("select.quarter"),
        quarters,
        format_func=words.quarter,
        label_visibility="collapsed",
        width=140,
        **bound(
            Key.QUARTER,
            asked_for if asked_for in quarters else quarters[0],
            default=quarters[0],
        ),
    )


def choose_windows(compared: Compared, words: Words) -> None:
    """The two windows a bridge leads between; the usual ones need no parameter."""
    newest = compared.choices[0]
    usual = {Key.FROM: compared.second + -4, Key.UNTIL: newest}
    for key, shown in ((Key.FROM, compared.first), (Key.UNTIL, compared.second)):
        st.selectbox(
            words.text(f"select.{key}"),
            compared.choices,
            format_func=words.quarter,
            width=220,
            **bound(key, shown, default=usual[key]),
        )


def choose_partner(choices: Named, shown: str, words: Words) -> None:
    """The partner the page speaks of."""
    _choose_one(Key.PARTNER, choices, shown, words, label_visibility="collapsed", width=180)


def choose_indicator(choices: Named, shown: str, words: Words) -> None:
    """The indicator that is compared."""
    _choose_one(Key.INDICATOR, choices, shown, words)


def _choose_one(key: Key, choices: Named, shown: str, words: Words, **look: Any) -> None:
    """One of some codes, each shown by its name."""
    names = dict(choices)
    st.selectbox(
        words.text(f"select.{key}"),
        list(names),
        format_func=names.__getitem__,
        **look,
        **bound(key, shown),
    )


def choose_countries(choices: Named, shown: Sequence[str], words: Words) -> None:
    """Any of the countries; all of them need no parameter."""
    names = dict(choices)
    st.multiselect(
        words.text("select.countries"),
        list(names),
        format_func=names.__getitem__,
        placeholder=words.text("select.none"),
        **bound(Key.COUNTRIES, [code for code in names if code in shown], default=list(names)),
    )


def choose_code(key: Key, codes: type[Code], shown: Code, words: Words) -> None:
    """One of a few codes, all in view; the first needs no parameter."""
    family = key.value
    st.segmented_control(
        words.text(f"select.{family}"),
        list(codes),
        required=True,
        format_func=lambda code: words.text(f"{family}.{code}"),
        **bound(key, shown, default=next(iter(codes))),
    )
