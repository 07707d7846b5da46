"""Where a number comes from, over a real ledger: views and the command line."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from smartfin.cli import run
from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.services.board import board_view
from smartfin.services.compare import compare_view
from smartfin.services.country.view import country_view
from smartfin.services.provenance.derived import is_derived
from smartfin.services.provenance.excerpt import picture_of
from smartfin.services.provenance.explain import ExplainView, explain_view
from smartfin.services.provenance.figure import GROUP, Figure
from smartfin.services.provenance.measured import figure_measure
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.view import Cell, Table
from smartfin.settings import Settings, read_settings
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, book, hand_in

WORDS = words_of("en")
LAST = Quarter(2022, 4)


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    return open_smartfin(empty_settings)


@pytest.fixture(scope="module")
def samples(sample_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Smartfin:
    copy = tmp_path_factory.mktemp("explain") / "smartfin.db"
    shutil.copy(sample_database, copy)
    return open_smartfin(read_settings({"SMARTFIN_DATABASE": f"sqlite:///{copy}"}))


def opened(smartfin: Smartfin, source: str) -> ExplainView:
    """What a cell's source leads to."""
    return explain_view(smartfin, WORDS, figure=figure_of(source))


def figure_of(source: str) -> Figure:
    partner, quarter, code, *money = source.split("/")
    return Figure(partner, Quarter.parse(quarter), code, *money)


def test_a_figure_names_its_sum_and_each_cell(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE), name="libro.xlsx")
    view = explain_view(smartfin, WORDS, figure=Figure("ES", LAST, "coverage"))
    assert view.value.value == 1.0
    assert [cell.text for cell in view.steps[0].figures] == [
        "(", "360\N{NO-BREAK SPACE}EUR", "+", "0\N{NO-BREAK SPACE}EUR", ")", "÷",
        "360\N{NO-BREAK SPACE}EUR",
    ]  # fmt: skip
    assert len(view.cells) == 5 * 4
    assert {fact.file for fact in view.cells} == {"libro.xlsx"}
    assert "Rent" in view.unreported


def test_euro_show_the_amount_the_rate_and_what_came_out(smartfin: Smartfin) -> None:
    hand_in(smartfin, "SE", book(AT_BALANCE, currency="SEK"))
    figure = Figure("SE", LAST, "invoiced_volume_quarter", "eur")
    view = explain_view(smartfin, WORDS, figure=figure)
    rate = smartfin.rates.mean("SEK", LAST)
    assert rate is not None
    assert view.value.value == pytest.approx(1000 / rate)
    assert view.facts is not None
    (row,) = view.facts.rows
    assert row[2].text == "1,000\N{NO-BREAK SPACE}SEK"
    assert f"{rate:.4f} SEK" in row[3].text
    assert row[4].value == pytest.approx(1000 / rate)


def test_what_has_no_value_says_why(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE, Quarter(2022, 3)))
    view = explain_view(smartfin, WORDS, figure=Figure("ES", LAST, "coverage"))
    assert view.value.value is None
    assert view.value.note


def test_a_day_before_shows_what_was_known_then(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(AT_BALANCE), name="first.xlsx")
    better = book({**AT_BALANCE, "fee_revenue": 100.0}, LAST)
    hand_in(smartfin, "ES", better, datetime(2023, 6, 1, tzinfo=UTC), "second.xlsx")
    figure = Figure("ES", LAST, "item:fee_revenue")
    now = explain_view(smartfin, WORDS, figure=figure)
    then = explain_view(smartfin, WORDS, date(2023, 5, 1), figure=figure)
    assert (now.value.value, now.cells[0].file) == (100.0, "second.xlsx")
    assert (then.value.value, then.cells[0].file) == (80.0, "first.xlsx")


@pytest.mark.parametrize("code", ["luck", "item:luck", "change:luck", "coverage@dreams"])
def test_a_figure_that_does_not_exist_is_refused(smartfin: Smartfin, code: str) -> None:
    with pytest.raises(InputError):
        explain_view(smartfin, WORDS, figure=Figure("ES", LAST, code))


def cells_of(table: Table | None) -> list[Cell]:
    return [cell for row in table.rows for cell in row[1:]] if table else []


def test_every_number_of_every_page_opens_to_itself(samples: Smartfin) -> None:
    board = board_view(samples, WORDS, LAST)
    country = country_view(samples, WORDS, "SE", LAST)
    compare = compare_view(samples, WORDS, ("SE", "ES"), "own_revenue", quarter=LAST)
    group = board.group
    assert group is not None
    assert compare.chart is not None
    tables = [board.table, *country.tables, compare.table, compare.chart.table]
    shown = [cell for table in tables for cell in cells_of(table)]
    shown += [group.support_year, group.support_since_start, group.envelope_used]
    shown += [group.needed_median, group.needed_high]
    numbers = [cell for cell in shown if cell.numeric and cell.value is not None]
    assert all(cell.source for cell in numbers)
    derived: dict[str, Cell] = {}
    for cell in {cell.source: cell for cell in numbers}.values():
        figure = figure_of(cell.source)
        if is_derived(figure):
            kind = figure.code if figure.partner == GROUP else figure.code.partition(":")[0]
            derived.setdefault(f"{kind} {cell.unit}", cell)
        else:
            assert figure_measure(samples, figure).value == pytest.approx(cell.value), cell
    shares = {f"{kind} fraction" for kind in ("variance", "year", "statement", "against-budget")}
    for kind in derived.keys() - shares:
        cell = derived[kind]
        assert opened(samples, cell.source).value.value == pytest.approx(cell.value), cell


def test_the_picture_holds_the_cell_and_what_was_made_of_it(samples: Smartfin) -> None:
    view = opened(samples, "SE/2022-Q4/item:cash")
    (fact,) = view.cells
    picture = picture_of(samples, WORDS, fact)
    row = next(row for row in picture.rows if row.marked is not None)
    assert row.cells[row.marked or 0].text == "1,585"
    assert "1,585,000" in picture.sentence
    assert fact.file in picture.caption


def test_the_command_gives_the_value_and_its_facts(
    samples: Smartfin, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMARTFIN_DATABASE", samples.settings.database)
    assert run(["explain", "SE", "2022-Q4", "equity_ratio", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert set(document) == {"value", "unit", "formula", "undefined_reason", "facts", "as_set"}
    assert document["formula"] == "equity / total_assets"
    equity, assets = document["facts"]
    assert document["value"] == pytest.approx(equity["amount"] / assets["amount"])
    assert document["undefined_reason"] is None
    assert equity["rate"] == samples.rates.close("SEK", LAST)
    assert {"file", "sheet", "cell", "submission", "known_from", "partner"} <= set(equity)


def test_the_command_says_why_there_is_no_value(
    samples: Smartfin, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMARTFIN_DATABASE", samples.settings.database)
    assert run(["explain", "NL", "2022-Q4", "coverage", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["value"], document["undefined_reason"]) == (None, "nothing-known")
    assert run(["explain", "ES", "2022-Q4", "luck", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "figure-unknown"


def test_the_command_prints_the_sum_for_people(
    samples: Smartfin, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMARTFIN_DATABASE", samples.settings.database)
    assert run(["explain", "ES", "2022-Q4", "equity_ratio", "--lang", "nl"]) == 0
    printed = capsys.readouterr().out
    assert words_of("nl").text("indicator.equity_ratio") in printed
    assert "Balance!" in printed
