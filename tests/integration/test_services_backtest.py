"""The back-test as a page shows it, over a real ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from smartfin.quarter import Quarter
from smartfin.services import assessment
from smartfin.services.assessment import assess
from smartfin.services.backtest import BacktestPart, backtest_line, backtest_view, line
from smartfin.services.board import trust_line
from smartfin.services.country.view import country_view, tried_line
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.services.view import Table
from smartfin.services.warning.view import warning_view
from smartfin.settings import Settings
from smartfin.wording import LANGUAGES, words_of
from tests.builders import AT_BALANCE, book, growing, hand_in

WORDS = words_of("en")


@pytest.fixture
def smartfin(empty_settings: Settings) -> Smartfin:
    quick = replace(empty_settings.outlook, paths=100)
    return open_smartfin(replace(empty_settings, outlook=quick))


def tables_of(part: BacktestPart) -> list[Table]:
    charts = (part.reliability.table, part.bands.table)
    return [part.scores, part.eras, part.early, *charts]


def test_without_history_it_says_what_it_takes(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.1), first=Quarter(2021, 1)))
    view = backtest_view(smartfin, WORDS)
    assert view.parts == ()
    assert "12 quarters" in view.nothing


def test_made_up_and_real_figures_are_never_mixed(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.1)))
    hand_in(smartfin, "IT", book(growing(0.9)), synthetic=True)

    real, made_up = backtest_view(smartfin, WORDS).parts

    assert (real.synthetic, made_up.synthetic) == (False, True)
    assert "Spain" in real.sentences[0]
    assert "Italy" not in real.sentences[0]
    assert "Italy" in made_up.sentences[0]
    mark = WORDS.text("chart.synthetic")
    for part in (real, made_up):
        for chart in (part.reliability, part.bands):
            assert (mark in chart.figure.layout.title.text) == part.synthetic


def test_each_probability_has_its_line(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book({**AT_BALANCE, "staff_costs": 95.0}))
    hand_in(smartfin, "NL", book(growing(0.8), last=Quarter(2020, 1)))
    assessment = assess(smartfin)

    line = backtest_line(smartfin, WORDS, assessment, assessment.case("ES"))

    # made in 2021-Q3 and Q4, which are after Covid and four quarters before the newest at least
    assert line.startswith("Tried on the past: 2 outlooks gave under 10%, 4 quarters ahead; ")
    assert "came true: 0" in line
    assert "handful" in line
    assert backtest_line(smartfin, WORDS, assessment, assessment.case("NL")) == ""


def test_a_worse_outlook_says_so_and_a_better_one_too(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.1)))
    said = " ".join(backtest_view(smartfin, WORDS).parts[0].sentences)
    assert "worse than simply expecting the same as a year before" in said


def test_it_is_whole_in_every_language(smartfin: Smartfin) -> None:
    hand_in(smartfin, "ES", book(growing(1.1)))
    hand_in(smartfin, "IT", book(growing(0.9)))
    assessment = assess(smartfin)

    for language in LANGUAGES:
        words = words_of(language)
        (part,) = backtest_view(smartfin, words).parts
        said = [*part.sentences, part.reliability.alt, part.bands.alt]
        said += [backtest_line(smartfin, words, assessment, case) for case in assessment.cases]
        said.append(backtest_line(smartfin, words, assessment))
        assert not [each for each in said if "{" in each or "None" in each]
        for table in tables_of(part):
            assert {len(row) for row in table.rows} == {len(table.columns)}
            assert not {cell.text for row in table.rows for cell in row} & {"", "nan", "None"}


def test_each_state_of_the_ledger_is_assessed_and_tried_once(
    smartfin: Smartfin, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(smartfin, "ES", book(growing(1.0871)))  # figures of no other test: they are kept
    made: list[str] = []
    for module, name in ((line, "roll"), (assessment, "warnings_of"), (assessment, "combined")):
        work = getattr(module, name)

        def counted(*asked: object, name: str = name, work: Callable[..., object] = work) -> object:
            made.append(name)
            return work(*asked)

        monkeypatch.setattr(module, name, counted)

    newest = assess(smartfin).reporting
    for quarter in (None, newest):  # a reader comes by a bare link or by one that names it
        tried_line(smartfin, WORDS, "ES", quarter)
        country_view(smartfin, WORDS, "ES", quarter)
        warning_view(smartfin, WORDS, quarter=quarter)
        trust_line(smartfin, WORDS, quarter)
        backtest_view(smartfin, WORDS)

    assert sorted(made) == ["combined", "roll", "warnings_of"]
    hand_in(smartfin, "NL", book(growing(0.9)))
    trust_line(smartfin, WORDS, newest)
    assert sorted(made) == sorted(["combined", "roll", "warnings_of"] * 2)


def test_a_note_changes_no_figure_and_tries_nothing_anew(
    smartfin: Smartfin, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(smartfin, "ES", book(growing(1.1)))
    before = trust_line(smartfin, WORDS)
    monkeypatch.setattr(line, "roll", None)
    smartfin.ledger.remark("ES", "coverage", Quarter(2022, 4), "We know.", "Ann")
    assert trust_line(smartfin, WORDS) == before
