"""Labels to line items: surely, or not without asking."""

from __future__ import annotations

import pytest

from smartfin.ingest.labels.match import Matcher
from smartfin.ingest.memory import Answers
from smartfin.ingest.memory import item_question as question_id
from smartfin.ingest.reading import MapReason
from smartfin.items import read_items
from smartfin.settings import ROOT

ITEMS = read_items(ROOT / "data" / "items.yaml")
MATCHER = Matcher(ITEMS, Answers())


def test_every_label_of_every_language_finds_its_item_or_is_asked_about() -> None:
    asked = {label for entry in ITEMS.ambiguous for label in entry.labels}
    for item in ITEMS.values():
        for label in (name for names in item.labels.values() for name in names):
            found = MATCHER.match(label)
            expected = (
                (None, MapReason.AMBIGUOUS) if label in asked else (item.code, MapReason.EXACT)
            )
            assert (found.item, found.reason) == expected, label


@pytest.mark.parametrize(
    "label",
    [
        "  trattenute cooperative  ", "TRATTENUTE COOPERATIVE", "Trattenute cooperative ......",
        "Trattenute cooperative ¹)", "Trattenute cooperative (2)", "7010 Trattenute cooperative",
        "A.1) Trattenute cooperative", "Trattenute cooperative (TEUR)",
        "Totale trattenute cooperative",
        "Trattenute\u00a0cooperative *", "II. Trattenute cooperative",
    ],
)  # fmt: skip
def test_decoration_does_not_hide_a_label(label: str) -> None:
    found = MATCHER.match(label)
    assert (found.item, found.reason) == ("fee_revenue", MapReason.NORMALISED)
    assert 0.9 < found.confidence < 1


@pytest.mark.parametrize("label", ["Trattenuta cooperative", "Tratenute cooperative"])
def test_a_typing_error_does_not_hide_a_label(label: str) -> None:
    found = MATCHER.match(label)
    assert (found.item, found.reason) == ("fee_revenue", MapReason.SIMILAR)


@pytest.mark.parametrize(
    "label",
    [
        "Inactive members", "Non-current assets held for sale", "Cash restricted by covenant",
        "Membres inactifs", "Line item 12", "Rent income", "Gross margin",
    ],
)  # fmt: skip
def test_a_label_that_means_something_else_is_not_taken_for_the_nearest_item(label: str) -> None:
    assert MATCHER.match(label).item is None


def test_words_in_brackets_that_may_change_the_meaning_are_not_dropped() -> None:
    assert MATCHER.match("Cash and bank (restricted)").item is None
    assert MATCHER.match("Cash and bank (kEUR)").item == "cash"


def test_an_ambiguous_label_is_asked_about_with_its_candidates() -> None:
    found = MATCHER.match("Umsatzerlöse")
    assert found.item is None
    assert found.candidates == ("invoiced_volume", "fee_revenue")


def test_an_answer_settles_a_label_however_it_is_decorated() -> None:
    answers = {question_id("Umsatzerlöse"): "fee_revenue", question_id("Gross margin"): "none"}
    matcher = Matcher(ITEMS, Answers(answers))
    assert matcher.match("  UMSATZERLÖSE ......").item == "fee_revenue"
    assert matcher.match("Gross margin").reason is MapReason.ANSWERED
    assert matcher.match("Gross margin").item is None


def test_an_answer_that_is_no_item_is_ignored() -> None:
    matcher = Matcher(ITEMS, Answers({question_id("Umsatzerlöse"): "something"}))
    assert matcher.match("Umsatzerlöse").reason is MapReason.AMBIGUOUS


def test_the_result_inside_a_balance_sheet_is_that_of_the_year_to_date() -> None:
    found = MATCHER.match_in_balance_sheet("Jahresüberschuss oder Jahresfehlbetrag")
    assert found.item == "result_year_to_date"
    assert MATCHER.match_in_balance_sheet("Abschreibungen").reason is MapReason.ELSEWHERE
    assert MATCHER.match_in_balance_sheet("Liquide Mittel").item == "cash"
