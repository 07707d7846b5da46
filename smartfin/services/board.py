"""The Board page: who makes the deadline, who does not, how sure that is, what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from smartfin.analysis.indicators.family import RATIO_OF
from smartfin.analysis.states import State
from smartfin.charts import CoveragePanel, coverage_figure, coverage_sentence
from smartfin.measure import Unit
from smartfin.quarter import Quarter
from smartfin.services.assessment import Assessment, Case, assess
from smartfin.services.backtest import backtest_line
from smartfin.services.country.story import coverage_fan
from smartfin.services.group import GroupLine, group_line
from smartfin.services.news import change_sentences
from smartfin.services.provenance.figure import source_of
from smartfin.services.record.delivered import delivered_quarter, delivery_sentence
from smartfin.services.start import Smartfin
from smartfin.services.tile import Tile, tile_of
from smartfin.services.verdict_words import state_words
from smartfin.services.view import (
    Cell,
    Chart,
    Table,
    marked_cell,
    marked_chart,
    series_table,
    text_cell,
)
from smartfin.settings import Settings
from smartfin.store import Basis
from smartfin.wording import Words

_WINDOW = 24  # quarters of the past shown in a small panel

# The most urgent first; whoever cannot be judged comes before all.
_URGENCY = (
    State.NOT_ASSESSABLE,
    State.AT_RISK,
    State.WATCH,
    State.TOO_EARLY,
    State.ON_TRACK,
    State.REACHED_NOT_SECURE,
    State.REACHED,
    State.INACTIVE,
    State.CLOSED,
)


@dataclass(frozen=True, slots=True)
class BoardView:
    """Everything the Board page shows.

    Args:
        reporting_quarter: Newest quarter with actuals from any active partner, or the one
            selected; None while the store is empty.
        reporting_quarter_text: In words.
        choices: Quarters that can be selected, newest first.
        deadline_text: "Deadline Q4 2023 · 4 quarters left".
        level_text: Which level break-even is judged on, in words.
        message: The answer in one sentence.
        tiles: The active partners, the most urgent first.
        precedents: Inactive partners, shown apart.
        group: The group line; None while nothing is known.
        coverage: Coverage over time against 100 % and the deadline, one panel a partner.
        table: The same numbers as the tiles.
        changes: Two sentences on what changed.
        synthetic: Whether any figure rests on made-up sample data.
        delivered: Who has delivered the reporting quarter and who has not, in words.
    """

    reporting_quarter: Quarter | None
    reporting_quarter_text: str
    choices: tuple[Quarter, ...]
    deadline_text: str
    level_text: str
    message: str
    tiles: tuple[Tile, ...]
    precedents: tuple[Tile, ...]
    group: GroupLine | None
    coverage: Chart | None
    table: Table | None
    changes: tuple[str, ...]
    synthetic: bool
    delivered: str


def board_view(
    smartfin: Smartfin,
    words: Words,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> BoardView:
    """The Board as it stood in a quarter, on what was known on a day.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        quarter: Reporting quarter; None for the newest.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.

    Raises:
        InputError: ``quarter-not-known``.
    """
    assessment = assess(smartfin, quarter, as_of, basis)
    active = sorted(assessment.active(), key=_urgency)
    precedents = assessment.precedents()
    known = assessment.reporting is not None
    tiles = tuple(tile_of(smartfin, words, case, assessment) for case in active) if known else ()
    state = delivered_quarter(smartfin, assessment, active, as_of)
    delivered = delivery_sentence(words, state)
    return BoardView(
        reporting_quarter=assessment.reporting,
        reporting_quarter_text=words.quarter(assessment.reporting) if assessment.reporting else "",
        choices=assessment.choices,
        deadline_text=_deadline_text(words, smartfin.settings, assessment.reporting),
        level_text=_level_text(words, smartfin.settings, assessment.reporting),
        message=_message(words, tiles, smartfin.settings) if known else "",
        tiles=tiles,
        precedents=tuple(tile_of(smartfin, words, case, assessment) for case in precedents),
        group=group_line(smartfin, words, assessment, delivered) if known else None,
        coverage=_coverage(words, (*active, *precedents), assessment) if known else None,
        table=tiles_table(words, tiles, assessment.reporting) if assessment.reporting else None,
        changes=change_sentences(smartfin, words, assessment) if known else (),
        synthetic=assessment.synthetic,
        delivered=delivered,
    )


def trust_line(
    smartfin: Smartfin,
    words: Words,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> str:
    """How often the probabilities came true so far; apart from the view, because it takes longer.

    Raises:
        InputError: ``quarter-not-known``.
    """
    return backtest_line(smartfin, words, assess(smartfin, quarter, as_of, basis))


def tiles_table(words: Words, tiles: tuple[Tile, ...], quarter: Quarter) -> Table:
    """The numbers of the tiles, a row a partner."""
    names = (
        "country",
        "state",
        "quarter",
        "gap",
        "gap-local",
        "coverage",
        "direction",
        "landing",
        "probability",
        "result-before",
        "result-after",
        "cash-months",
        "members",
        "support-per-member",
        "warnings",
        "social",
    )
    headings = {name: words.text(f"column.{name}") for name in names if name != "probability"}
    headings["probability"] = words.text("tile.probability")
    return Table(
        caption=_table_caption(words, tiles, quarter),
        columns=tuple(headings[name] for name in names),
        rows=tuple(_table_row(words, tile) for tile in tiles),
    )


def _table_caption(words: Words, tiles: tuple[Tile, ...], quarter: Quarter) -> str:
    """What the table is about; also the odds, where they are about the same quarters."""
    targets = {tile.verdict.outlook.target for tile in tiles if tile.verdict.outlook}
    if len(targets) != 1:
        return words.text("board.table-caption", quarter=quarter)
    return words.text("board.table-caption.odds", quarter=quarter, target=targets.pop())


def _table_row(words: Words, tile: Tile) -> tuple[Cell, ...]:
    return (
        marked_cell(words, tile.country, provisional=tile.provisional),
        text_cell(tile.state, tile.reason),
        text_cell(tile.quarter),
        tile.gap,
        tile.gap_local or text_cell(""),
        tile.coverage,
        Cell(tile.direction_text, source=tile.direction_source),
        tile.landing,
        tile.probability,
        tile.result_before,
        tile.result_after,
        tile.cash_months,
        tile.members,
        tile.support_per_member,
        tile.warnings,
        replace(tile.social, note=""),
    )


def _urgency(case: Case) -> tuple[int, float]:
    return (_URGENCY.index(case.verdict.state), case.verdict.ratio.value or 0.0)


def _deadline_text(words: Words, settings: Settings, reporting: Quarter | None) -> str:
    deadline = settings.deadline
    left = deadline - reporting if reporting else None
    if left is None:
        return words.text("board.deadline-alone", deadline=deadline)
    if left < 0:
        return words.text("board.deadline-passed", deadline=deadline)
    return words.plural("board.deadline", left, deadline=deadline)


def _level_text(words: Words, settings: Settings, reporting: Quarter | None) -> str:
    level = words.text(f"level.{settings.level.value}")
    if reporting is None:
        return words.text("board.level-alone", level=level)
    return words.text("board.level", level=level, quarter=reporting)


def _message(words: Words, tiles: tuple[Tile, ...], settings: Settings) -> str:
    """Every partner in one of a few short sentences, the best news first."""

    def names(*states: State) -> list[str]:
        return [
            tile.country for tile in tiles if tile.verdict.state in states and not tile.must_discuss
        ]

    bought = [tile.country for tile in tiles if tile.must_discuss]
    reached = names(State.REACHED, State.REACHED_NOT_SECURE)
    on_track = names(State.ON_TRACK)
    sentences = (
        reached and words.plural("board.message.reached", len(reached), names=words.join(reached)),
        bought and words.plural("board.message.bought", len(bought), names=words.join(bought)),
        on_track
        and words.plural(
            "board.message.on-track",
            len(on_track),
            names=words.join(on_track),
            deadline=settings.deadline,
        ),
        *(
            found and words.text(key, names=words.join(found))
            for key, found in (
                ("board.message.open", names(State.WATCH)),
                ("board.message.at-risk", names(State.AT_RISK)),
                ("board.message.unknown", names(State.NOT_ASSESSABLE, State.TOO_EARLY)),
                ("board.message.provisional", [tile.country for tile in tiles if tile.provisional]),
            )
        ),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _coverage(words: Words, cases: tuple[Case, ...], assessment: Assessment) -> Chart:
    """Coverage of every partner against 100 % and the deadline."""
    panels = [coverage_panel(words, case, assessment) for case in cases]
    deadline = cases[0].settings.deadline
    ratio = RATIO_OF[cases[0].settings.level]
    provisional = any(case.provisional for case in cases)
    marks = {"synthetic": assessment.synthetic, "provisional": provisional}
    chart = Chart(
        figure=coverage_figure(panels, deadline, words, **marks),
        narrow=coverage_figure(panels, deadline, words, columns=2, **marks),
        alt=coverage_sentence(panels, deadline, words),
        table=series_table(
            words,
            words.text("board.coverage-caption"),
            {words.country(panel.partner): panel.coverage for panel in panels},
            Unit.FRACTION,
            [partial(source_of, case.partner.code, code=ratio) for case in cases],
        ),
    )
    return marked_chart(words, chart, provisional=provisional)


def coverage_panel(
    words: Words, case: Case, assessment: Assessment, window: int = _WINDOW
) -> CoveragePanel:
    """The course of one partner's coverage with its outlook up to the deadline."""
    coverage = case.series(RATIO_OF[case.settings.level])
    newest = (assessment.reporting or case.settings.deadline).ordinal
    return CoveragePanel(
        partner=case.partner.code,
        coverage=coverage[coverage.index > newest - window],
        fan=coverage_fan(case),
        note=_panel_note(words, case),
        precedent=not case.active,
    )


def _panel_note(words: Words, case: Case) -> str:
    state = state_words(words, case)
    probability = case.verdict.probability
    return state if probability.value is None else f"{state} · {words.measure(probability)}"
