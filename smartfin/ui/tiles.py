"""One partner's answer as a tile: verdict, reason and figures, the gap first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from smartfin.services.group import GroupLine
from smartfin.services.tile import Tile
from smartfin.services.view import Cell
from smartfin.ui.markup import tag, text
from smartfin.ui.provenance import Numbers
from smartfin.ui.state import Key, Page, link
from smartfin.wording import Words


def draw_tiles(tiles: Iterable[Tile], title: str, words: Words) -> None:
    """The partners side by side, under a heading that is only heard."""
    heading = tag("h2", text(title), class_="sf-hidden")
    st.html(heading + tag("div", *(tile_markup(tile, words) for tile in tiles), class_="sf-tiles"))


def draw_precedents(tiles: Iterable[Tile], title: str, words: Words) -> None:
    """The inactive partners: apart, grey, with their verdict only."""
    entries = (tag("li", _linked_name(tile, words), " ", _verdict(tile, words)) for tile in tiles)
    listed = tag("ul", *entries)
    st.html(tag("section", tag("h2", text(title)), listed, class_="sf-precedents"))


def draw_answer(tile: Tile, words: Words) -> None:
    """The same tile across a whole page, for the partner's own page."""
    st.html(tag("div", tile_markup(tile, words, own_page=True), class_="sf-answer"))


def draw_group(group: GroupLine, title: str, words: Words) -> None:
    """What the group gave and what is still needed."""
    figures = {
        "support_year": group.support_year,
        "support_since_start": group.support_since_start,
        "envelope_used": group.envelope_used,
        "needed_median": group.needed_median,
        "needed_high": group.needed_high,
        "exposure": group.exposure,
        "exposure_equity": group.exposure_equity,
        "exposure_loans": group.exposure_loans,
        "exposure_guarantees": group.exposure_guarantees,
    }
    numbers = Numbers(words)
    pairs = "".join(
        _pair(words.text(f"group.{name}"), _value(numbers, cell)) for name, cell in figures.items()
    )
    waiting = words.text("approval.waiting-mark") if group.provisional else ""
    beside = tag("small", text(" · ".join(filter(None, (group.delivered, waiting)))))
    heading = tag("h2", text(title), " ", beside)
    st.html(tag("section", heading, tag("dl", pairs, class_="sf-figures"), class_="sf-group"))


def tile_markup(tile: Tile, words: Words, *, own_page: bool = False) -> str:
    """One partner's tile; its own page bears its name already, and is one heading higher.

    Of a partner of which nothing is known, the reason says so once: it has no figures.
    """
    name = text(words.text("country.answer")) if own_page else _linked_name(tile, words)
    return tag(
        "article",
        tag("h2" if own_page else "h3", name, " ", tag("small", text(tile.organisation))),
        _verdict(tile, words, _marks(tile, words)),
        _reason(tile),
        _figures(tile, words, own_page=own_page) if tile.quarter else "",
        class_=f"sf-tile {_state_class(tile)}{' sf-unapproved' if tile.provisional else ''}",
    )


def _state_class(tile: Tile) -> str:
    return f"sf-{tile.verdict.state.value.replace('_', '-')}"


def _linked_name(tile: Tile, words: Words) -> str:
    target = link(Page.COUNTRY, **{Key.PARTNER: tile.partner})
    return tag("a", text(tile.country), href=target)


def _verdict(tile: Tile, words: Words, marks: str = "") -> str:
    """The verdict: a shape of its own beside the word, so that colour says nothing alone."""
    shape = tag("span", class_="sf-shape", aria_hidden="true")
    word = tag("strong", Numbers(words).link(tile.state, tile.state_source))
    small = " " + tag("small", text(marks)) if marks else ""
    return tag("p", shape, word, small, class_=f"sf-verdict {_state_class(tile)}")


def _reason(tile: Tile) -> str:
    """Why, after what the deadline brought and what was lost again."""
    remarks = (tag("strong", text(remark)) + " " for remark in (tile.outcome, tile.lost) if remark)
    return tag("p", *remarks, text(tile.reason), class_="sf-reason")


def _figures(tile: Tile, words: Words, *, own_page: bool) -> str:
    pairs = _pairs(tile, words, own_page=own_page)
    return _gap(tile, words) + tag("dl", *pairs, class_="sf-figures")


def _gap(tile: Tile, words: Words) -> str:
    """The gap to break-even, the first figure of a tile."""
    above = tile.gap.value is not None and tile.gap.value >= 0
    label = words.text("tile.gap.positive" if above else "tile.gap")
    numbers = Numbers(words)
    local = tag("small", numbers.markup(tile.gap_local)) if tile.gap_local else ""
    note = tag("small", text(tile.gap.note)) if tile.gap.note else ""
    figure = tag("strong", numbers.markup(tile.gap))
    return tag("p", figure, local, note, tag("span", text(label)), class_="sf-gap")


def _pairs(tile: Tile, words: Words, *, own_page: bool) -> Iterable[str]:
    """The other figures, each with its name, the same order on every tile.

    Side by side there is room for names, not for sentences: the reason above says what
    the odds are of, and why cash has no end stands on the partner's own page. Why there is
    no figure stands everywhere.
    """
    numbers = Numbers(words)
    cash = tile.cash_months
    if not own_page and not cash.numeric:
        cash = replace(cash, note="")
    direction = numbers.link(tile.direction_text, tile.direction_source)
    figures = {
        "coverage": _value(numbers, tile.coverage, direction),
        "landing": _value(numbers, tile.landing),
        "probability": _value(numbers, tile.probability, text(tile.odds)),
        "result_before": _value(numbers, tile.result_before),
        "result_after": _value(numbers, tile.result_after),
        "cash_months": _value(numbers, cash),
        "members": _value(numbers, tile.members),
        "support_per_member": _value(numbers, tile.support_per_member),
        "warnings": _warnings(tile),
        "social": _social(tile),
    }
    names = {name: words.text(f"tile.{name}") for name in figures}
    if own_page:
        names["probability"] = tile.probability_name
    return (_pair(names[name], value) for name, value in figures.items())


def _warnings(tile: Tile) -> str:
    """How many flags stand, as the way to them; on a tile there is no room for their names."""
    target = link(Page.WARNING, **{Key.PARTNER: tile.partner})
    named = tag("a", text(tile.warnings.text), href=target, title=tile.warnings.note)
    return tag("dd", named)


def _social(tile: Tile) -> str:
    """Whether the social project held, as the way to its page."""
    target = link(Page.SOCIAL, **{Key.PARTNER: tile.partner})
    return tag("dd", tag("a", text(tile.social.text), href=target, title=tile.social.note))


def _pair(label: str, value: str) -> str:
    return tag("div", tag("dt", text(label)), value)


def _value(numbers: Numbers, cell: Cell, beside: str = "") -> str:
    """A figure with the markup beside it, and below it its range, or why there is none."""
    small = " " + tag("small", beside) if beside else ""
    note = tag("dd", text(cell.note), class_="sf-note") if cell.note else ""
    return tag("dd", tag("b", numbers.markup(cell)), small) + note


def _marks(tile: Tile, words: Words) -> str:
    """What must be known of all figures: another quarter, made up, not approved yet."""
    if not tile.quarter:
        return ""
    quarter = words.text("tile.quarter", quarter=tile.quarter) if tile.quarter_differs else ""
    synthetic = words.text("tile.synthetic") if tile.synthetic else ""
    provisional = words.text("approval.waiting-mark") if tile.provisional else ""
    return " · ".join(filter(None, (quarter, synthetic, provisional)))
