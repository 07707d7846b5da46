"""The Board page: who makes the deadline, who does not, how sure that is, what changed."""

from __future__ import annotations

from dataclasses import dataclass

from smartfin.analysis.verdict import Direction, Verdict
from smartfin.quarter import Quarter
from smartfin.services.view import Cell, Chart, Table


@dataclass(frozen=True, slots=True)
class Tile:
    """One partner on the board.

    Args:
        partner: Code.
        country: Name of the country in the reader's language.
        organisation: Name of the organisation.
        quarter: Newest quarter its figures reach, as words; empty when nothing is known.
        quarter_differs: Whether that is not the board's reporting quarter.
        verdict: The verdict with its facts.
        state: The verdict in a word or two.
        reason: Why, in one sentence.
        outcome: What the deadline brought, in words; empty while it is open.
        lost: "lost again since …" in words; empty otherwise.
        gap: TTM result at the chosen level in EUR [kEUR a year]; negative is missing money.
        gap_local: The same in local currency; None for partners in EUR.
        coverage: TTM coverage at the chosen level.
        direction: Where coverage went in four quarters.
        direction_text: The same in words, with its size.
        landing: Quarter in which the present course lands, with its range in ``note``.
        probability: Probability of making the deadline, printed figure.
        odds: The probability in words ("likely"); empty when there is none.
        result_before: TTM result before support.
        result_after: TTM result after support.
        cash_months: Months of free cash if support stops today.
        members: Active members.
        support_per_member: Support per active member, TTM.
        synthetic: Whether any figure rests on made-up sample data.
    """

    partner: str
    country: str
    organisation: str
    quarter: str
    quarter_differs: bool
    verdict: Verdict
    state: str
    reason: str
    outcome: str
    lost: str
    gap: Cell
    gap_local: Cell | None
    coverage: Cell
    direction: Direction
    direction_text: str
    landing: Cell
    probability: Cell
    odds: str
    result_before: Cell
    result_after: Cell
    cash_months: Cell
    members: Cell
    support_per_member: Cell
    synthetic: bool


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What the group gave and what is still needed, over the active partners, in EUR.

    Args:
        support_year: Support of the calendar year up to the reporting quarter.
        support_since_start: Support since each partner's start.
        envelope_used: Support since 2021 as a share of the voted envelope.
        needed_median: Money still needed until each partner lands, median.
        needed_high: The same with 80 % certainty.
    """

    support_year: Cell
    support_since_start: Cell
    envelope_used: Cell
    needed_median: Cell
    needed_high: Cell


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
