"""The mapping screen: what each sheet and row was taken for, and what is worth a second look."""

from __future__ import annotations

from datetime import date

import pytest

from smartfin.findings import Question, QuestionKind
from smartfin.ingest import Mapped, MapReason, Reading, SheetUse
from smartfin.ingest.reading import SheetReason
from smartfin.items import Statement
from smartfin.services.mapping import NOTHING, item_choices, sheet_mappings, unused_sheets
from smartfin.wording import words_of

WORDS = words_of("en")


def used(name: str, scale: float | None = None) -> SheetUse:
    """A sheet from which figures were read."""
    return SheetUse(
        name, Statement.PNL, used=True, reason=SheetReason.USED, scale=scale,
        first=date(2022, 1, 1), last=date(2022, 12, 31), facts=4,
    )  # fmt: skip


def row(label: str, reason: MapReason, item: str | None = "it_costs", sheet: str = "P") -> Mapped:
    """A row of a sheet, taken for an item."""
    return Mapped(sheet, "A4", label, item, 0.8, reason, ("other_costs",), 12.0)


def reading(*rows: Mapped, sheets: tuple[SheetUse, ...] = (), asked: str = "") -> Reading:
    """A reading of these rows."""
    question = Question(asked, QuestionKind.ITEM, "P", "A4", {}, ())
    return Reading(
        partner="AT", currency="EUR", facts=(), findings=(), mapping=rows, periods=(),
        questions=(question,) if asked else (), sheets=sheets or (used("P"),),
    )  # fmt: skip


def to_settle(understood: Reading) -> list[str]:
    """The labels of all rows worth a second look."""
    return [one.label for sheet in sheet_mappings(WORDS, understood) for one in sheet.to_settle]


@pytest.mark.parametrize(
    ("reason", "doubtful"),
    [
        (MapReason.SIMILAR, True),
        (MapReason.EXACT, False),
        (MapReason.REMEMBERED, False),
        (MapReason.ANSWERED, False),
        (MapReason.KEY, False),
    ],
)
def test_only_a_row_read_with_doubt_is_worth_a_second_look(
    reason: MapReason, doubtful: bool
) -> None:
    assert bool(to_settle(reading(row("IT", reason)))) is doubtful


def test_a_label_is_asked_about_once_however_many_sheets_print_it() -> None:
    rows = [row("IT", MapReason.SIMILAR, sheet=sheet) for sheet in ("P", "P", "Q")]
    assert to_settle(reading(*rows, sheets=(used("P"), used("Q")))) == ["IT"]


def test_what_stands_among_the_questions_is_not_asked_again() -> None:
    assert to_settle(reading(row("IT", MapReason.SIMILAR), asked="item:it")) == []


def test_the_item_a_row_was_taken_for_is_proposed_first_and_nothing_last() -> None:
    (sheet,) = sheet_mappings(WORDS, reading(row("IT", MapReason.SIMILAR)))
    codes = [code for code, _ in sheet.to_settle[0].options]
    assert codes == ["it_costs", "other_costs", NOTHING]


def test_a_row_without_a_label_cannot_be_corrected_by_it() -> None:
    (sheet,) = sheet_mappings(WORDS, reading(row("", MapReason.SIMILAR)))
    assert not sheet.labels
    assert not sheet.to_settle
    assert len(sheet.table.rows) == 1


def test_sheets_of_one_name_are_shown_as_one() -> None:
    sheets = (used("P"), used("P"))
    assert len(sheet_mappings(WORDS, reading(row("IT", MapReason.EXACT), sheets=sheets))) == 1


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        (1.0, "in single EUR"),
        (1e3, "in thousands of EUR"),
        (1e6, "in millions of EUR"),
        (1e9, "in billions of EUR"),
        (1e12, "in units of 1,000,000,000,000 EUR"),
    ],
)
def test_any_unit_of_a_sheet_is_told(scale: float, words: str) -> None:
    (sheet,) = sheet_mappings(WORDS, reading(sheets=(used("P", scale),)))
    assert words in sheet.summary


def test_a_sheet_without_figures_is_listed_with_its_reason() -> None:
    idle = SheetUse("Notes", None, used=False, reason=SheetReason.NO_PERIODS)
    table = unused_sheets(WORDS, reading(sheets=(used("P"), idle)))
    assert [cells[0].text for cells in table.rows] == ["Notes"]
    assert table.rows[0][1].text


def test_a_row_can_be_corrected_to_any_item_or_to_none() -> None:
    choices = item_choices(WORDS, ("it_costs", "equity"))
    assert [code for code, _ in choices] == [NOTHING, "equity", "it_costs"]
