"""One partner's answer: the same on the Board, on its Country page and on the command line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smartfin.analysis.direction import Direction, coverage_direction
from smartfin.analysis.indicators.family import RATIO_OF, RESULT_OF
from smartfin.analysis.verdict import Verdict
from smartfin.analysis.warning import Alarm
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.money import EURO
from smartfin.services.assessment import Assessment, Case
from smartfin.services.entities.warned import loudest
from smartfin.services.euro import in_euro
from smartfin.services.provenance.figure import CHANGE, SOCIAL, source_of
from smartfin.services.social.case import SocialCase, social_case
from smartfin.services.social.said import discussed_words, project_words, social_state_words
from smartfin.services.start import Smartfin
from smartfin.services.verdict_words import (
    landing_cell,
    lost_sentence,
    odds_word,
    outcome_sentence,
    probability_name,
    reason_sentence,
    state_words,
)
from smartfin.services.view import Cell, measure_cell, text_cell
from smartfin.services.warning.matrix import counted_flags
from smartfin.services.warning.said import rule_name
from smartfin.settings import Level
from smartfin.wording import Scale, Words


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
        state_source: Where the verdict comes from, as ``Cell.source``.
        reason: Why, in one sentence.
        outcome: What the deadline brought, in words; empty while it is open.
        lost: "lost again since …" in words; empty otherwise.
        gap: TTM result at the chosen level in EUR [kEUR a year]; negative is missing money.
        gap_local: The same in local currency; None for partners in EUR.
        coverage: TTM coverage at the chosen level.
        direction: Where coverage went in four quarters.
        direction_text: The same in words, with its size.
        landing: Quarter in which the present course lands, with its range in ``note``.
        probability: Probability of break-even in the four quarters to the deadline, printed.
        probability_name: What it is of, in words.
        odds: The probability in words ("likely"); empty when there is none.
        result_before: TTM result before support.
        result_after: TTM result after support.
        cash_months: Months of free cash if support stops today.
        members: Active members.
        support_per_member: Support per active member, TTM.
        synthetic: Whether any figure rests on made-up sample data.
        provisional: Whether any figure is not approved yet, where somebody approves.
        direction_source: Where the change of coverage comes from, as ``Cell.source``.
        warnings: How many flags are red and amber, in words; the red ones by name in ``note``.
        social: Whether the social project held, in words; the social verdict in ``note``.
        must_discuss: Whether break-even was reached and bought: the board must discuss it.
    """

    partner: str
    country: str
    organisation: str
    quarter: str
    quarter_differs: bool
    verdict: Verdict
    state: str
    state_source: str
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
    probability_name: str
    odds: str
    result_before: Cell
    result_after: Cell
    cash_months: Cell
    members: Cell
    support_per_member: Cell
    synthetic: bool
    provisional: bool
    direction_source: str
    warnings: Cell
    social: Cell
    must_discuss: bool


def tile_of(smartfin: Smartfin, words: Words, case: Case, assessment: Assessment) -> Tile:
    """The tile of one partner, a case of an assessment."""
    verdict, figures = case.verdict, _Figures(smartfin, words, case)
    judged = social_case(smartfin, assessment, case.partner.code)
    direction, change = _direction(case)
    return Tile(
        partner=case.partner.code,
        country=words.country(case.partner.code),
        organisation=case.partner.organisation,
        quarter=words.quarter(case.quarter) if case.quarter else "",
        quarter_differs=verdict.quarters_behind > 0,
        verdict=verdict,
        state=discussed_words(words, state_words(words, case), judged),
        state_source=figures.judged("verdict"),
        reason=reason_sentence(words, verdict),
        outcome=outcome_sentence(words, verdict),
        lost=lost_sentence(words, verdict),
        gap=figures.euro("gap_to_breakeven", scale="k", sign=True),
        gap_local=figures.local_gap(),
        coverage=figures.own(RATIO_OF[case.settings.level]),
        direction=direction,
        direction_text=_direction_text(words, direction, change),
        landing=replace(landing_cell(words, verdict), source=figures.judged("landing")),
        probability=figures.probability(),
        probability_name=probability_name(words, [verdict.outlook]),
        odds=odds_word(words, verdict),
        result_before=figures.euro(RESULT_OF[Level.OSS], scale="k", sign=True),
        result_after=figures.euro(RESULT_OF[Level.SUPPORTED], scale="k", sign=True),
        cash_months=figures.cash_months(),
        members=figures.own("members_active"),
        support_per_member=figures.euro("support_per_member", scale="1"),
        synthetic=case.synthetic,
        provisional=case.provisional,
        direction_source=figures.direction_source(change),
        warnings=_warnings(words, case),
        social=_social(words, judged, figures.judged(SOCIAL)),
        must_discuss=judged.must_discuss,
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of one partner's tile, each with where it comes from."""

    smartfin: Smartfin
    words: Words
    case: Case

    def own(self, code: str) -> Cell:
        """An indicator as the partner's books have it."""
        return measure_cell(self.words, self.case.measure(code), source=self._source(code))

    def euro(self, code: str, *, scale: Scale, sign: bool = False) -> Cell:
        """An indicator in money, in euro whatever the partner's currency."""
        amount = in_euro(self.smartfin, self.case, code)
        source = self._source(code, "eur" if self._foreign else "local")
        return measure_cell(self.words, amount, scale=scale, sign=sign, source=source)

    def local_gap(self) -> Cell | None:
        """The gap in the partner's currency, where that is not the euro."""
        if not self._foreign:
            return None
        gap = self.case.measure("gap_to_breakeven")
        source = self._source("gap_to_breakeven")
        return measure_cell(self.words, gap, scale="k", sign=True, source=source)

    def probability(self) -> Cell:
        """The printed probability."""
        source = self.judged("probability")
        return measure_cell(self.words, self.case.verdict.probability, source=source)

    def cash_months(self) -> Cell:
        """How long cash lasts; in words where earned income pays the bills and it never ends."""
        code = "months_of_free_cash_without_support"
        if self.case.measure(code).reason is not Reason.NO_SHORTFALL:
            return self.own(code)
        text = self.words.text
        endless = text_cell(text("tile.not-limited"), text("tile.not-limited.why"))
        return replace(endless, source=self.own(code).source)

    def judged(self, code: str) -> str:
        """Where comes from what is judged: it is so in the reporting quarter."""
        return self._source(code, behind=self.case.verdict.quarters_behind)

    def direction_source(self, change: Measure) -> str:
        """Where the change of coverage comes from; empty where there is none."""
        code = f"{CHANGE}{RATIO_OF[self.case.settings.level]}"
        return self._source(code) if change.value is not None else ""

    @property
    def _foreign(self) -> bool:
        return self.case.partner.currency != EURO

    def _source(self, code: str, currency: str = "local", behind: int = 0) -> str:
        quarter = self.case.quarter + behind if self.case.quarter else None
        return source_of(self.case.partner.code, quarter, code, currency)


def _warnings(words: Words, case: Case) -> Cell:
    """How many flags stand, and which are red."""
    flags = (each.flag for each in loudest(case))
    red = [rule_name(words, flag.rule) for flag in flags if flag.alarm is Alarm.RED]
    return text_cell(counted_flags(words, case, short=True), words.join(red) if red else "")


def _social(words: Words, judged: SocialCase, source: str) -> Cell:
    """Whether the social project held; the verdict on it in the note."""
    verdict = social_state_words(words, judged.state)
    return Cell(project_words(words, judged), note=verdict, source=source)


def _direction(case: Case) -> tuple[Direction, Measure]:
    if case.quarter is None:
        return Direction.UNKNOWN, undefined(Unit.FRACTION, Reason.NOTHING_KNOWN)
    return coverage_direction(case.table, case.quarter.ordinal, case.settings.level)


def _direction_text(words: Words, direction: Direction, change: Measure) -> str:
    if direction is Direction.UNKNOWN:
        return words.text("direction.unknown")
    size = words.measure(change, sign=True)
    return words.text(
        "direction.text", direction=words.text(f"direction.{direction.value}"), change=size
    )
