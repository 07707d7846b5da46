"""Markup made from hostile words, tables, links: the parts pages are drawn with."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartfin.services.view import Cell, Table
from smartfin.ui.markup import plain, tag, text
from smartfin.ui.state import Page
from smartfin.ui.tables import table_markup
from smartfin.wording import preferred_language, words_of

WORDS = words_of("en")


class Elements(HTMLParser):
    """The elements and the words of a piece of markup."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


@given(st.text())
def test_words_never_become_an_element(words: str) -> None:
    assert Elements(tag("p", text(words))).names == ["p"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_an_attribute_keeps_what_it_was_given(words: str) -> None:
    read = Elements(tag("a", href=words))
    assert read.names == ["a"]
    assert read.attributes == ([("href", words)] if words else [])


@pytest.mark.parametrize("sign", list("\\`*_{}[]()<>#+-.!|~$:&"))
def test_every_sign_of_markdown_is_taken_as_it_is(sign: str) -> None:
    assert plain(f"a{sign}b") == f"a\\{sign}b"


def table(*rows: tuple[Cell, ...]) -> str:
    return table_markup(Table("What it shows", ("Country", "Result"), rows), WORDS)


def test_a_table_has_caption_and_headings_for_rows_and_columns() -> None:
    markup = table((Cell("Spain"), Cell("1 kEUR", 1000.0, "EUR")))
    assert "<caption>What it shows</caption>" in markup
    assert '<th scope="col">Country</th>' in markup
    assert '<th scope="row">Spain</th>' in markup


def test_a_column_of_numbers_is_set_as_numbers_from_its_heading_down() -> None:
    markup = table((Cell("Spain"), Cell("1 kEUR", 1000.0, "EUR")))
    assert '<th scope="col" class="sf-number">Result</th>' in markup
    assert '<td class="sf-number">1 kEUR</td>' in markup


def test_the_reason_of_a_dash_stands_once_below_the_table() -> None:
    dash = Cell("–", None, "EUR", note="Nothing was sold.")
    markup = table((Cell("Spain"), dash), (Cell("Italy"), dash))
    assert markup.count("Nothing was sold.") == 1
    assert markup.count("–<sup>a</sup>") == 2


def test_notes_go_on_after_z() -> None:
    rows = [(Cell(str(n)), Cell("–", None, "EUR", note=f"Reason {n}.")) for n in range(28)]
    assert "–<sup>ab</sup>" in table(*rows)


def test_good_and_bad_are_heard_and_not_only_coloured() -> None:
    good = Elements(table((Cell("Spain"), Cell("+1", 1.0, "EUR", good=True))))
    bad = Elements(table((Cell("Spain"), Cell("-1", -1.0, "EUR", good=False))))
    assert WORDS.text("effect.good") in good.words
    assert WORDS.text("effect.bad") in bad.words


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("pl-PL, fr;q=0.5, nl;q=0.9", "nl"),
        ("nl-BE,fr;q=0.9", "nl"),
        ("fr, nl", "fr"),
        ("hu", "en"),
        ("nl;q=0, fr;q=0.1", "fr"),
        ("fr;q=much", "en"),
    ],
)
def test_the_browser_says_which_language_it_likes_best(accepted: str, language: str) -> None:
    assert preferred_language(accepted) == language


def test_the_address_of_a_page_is_the_name_of_its_script() -> None:
    for page in set(Page) - {Page.BOARD}:
        assert page.script == f"pages/{page.address}.py"
