"""One partner's answer: the same on the Board, on its Country page and on the command line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from smartfin.analysis.direction import Direction, coverage_direction
from smartfin.analysis.forecast.outlook import Landing, likelihood
from smartfin.analysis.indicators.family import RATIO_OF, RESULT_OF
from smartfin.analysis.states import Outcome
from smartfin.analysis.verdict import Verdict
from smartfin.analysis.warning import Alarm
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.services.assessment import Case
from smartfin.services.euro import in_euro
from smartfin.services.provenance.figure import CHANGE, source_of
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, measure_cell, text_cell
from smartfin.services.warning.matrix import counted_flags
from smartfin.services.warning.said import rule_name
from smartfin.settings import Level
from smartfin.wording import DASH, Words

_FAR = 8  # quarters ahead beyond which no single landing quarter is named


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
        probability: Probability of making the deadline, printed figure.
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


def tile_of(smartfin: Smartfin, words: Words, case: Case) -> Tile:
    """The tile of one partner."""
    level = case.settings.level
    verdict = case.verdict
    direction, change = _direction(case)
    gap = case.measure("gap_to_breakeven")
    in_local = case.partner.currency != "EUR"
    source = partial(_source, case)
    euro = partial(_source, case, currency="eur" if in_local else "local")
    return Tile(
        partner=case.partner.code,
        country=words.country(case.partner.code),
        organisation=case.partner.organisation,
        quarter=words.quarter(case.quarter) if case.quarter else "",
        quarter_differs=verdict.quarters_behind > 0,
        verdict=verdict,
        state=state_words(words, case),
        state_source=source("verdict", judged=True),
        reason=reason_sentence(words, verdict),
        outcome=outcome_sentence(words, verdict),
        lost=_lost(words, verdict),
        gap=measure_cell(
            words,
            in_euro(smartfin, case, "gap_to_breakeven"),
            scale="k",
            sign=True,
            source=euro("gap_to_breakeven"),
        ),
        gap_local=measure_cell(words, gap, scale="k", sign=True, source=source("gap_to_breakeven"))
        if in_local
        else None,
        coverage=measure_cell(words, case.measure(RATIO_OF[level]), source=source(RATIO_OF[level])),
        direction=direction,
        direction_text=_direction_text(words, direction, change),
        landing=replace(landing_cell(words, verdict), source=source("landing", judged=True)),
        probability=measure_cell(
            words, verdict.probability, source=source("probability", judged=True)
        ),
        odds=_odds(words, verdict),
        result_before=measure_cell(
            words,
            in_euro(smartfin, case, RESULT_OF[Level.OSS]),
            scale="k",
            sign=True,
            source=euro(RESULT_OF[Level.OSS]),
        ),
        result_after=measure_cell(
            words,
            in_euro(smartfin, case, RESULT_OF[Level.SUPPORTED]),
            scale="k",
            sign=True,
            source=euro(RESULT_OF[Level.SUPPORTED]),
        ),
        cash_months=_cash_cell(
            words,
            case.measure("months_of_free_cash_without_support"),
            source("months_of_free_cash_without_support"),
        ),
        members=measure_cell(
            words, case.measure("members_active"), source=source("members_active")
        ),
        support_per_member=measure_cell(
            words,
            in_euro(smartfin, case, "support_per_member"),
            scale="1",
            source=euro("support_per_member"),
        ),
        synthetic=case.synthetic,
        provisional=case.provisional,
        direction_source=source(f"{CHANGE}{RATIO_OF[level]}") if change.value is not None else "",
        warnings=_warnings(words, case),
    )


def _warnings(words: Words, case: Case) -> Cell:
    """How many flags stand, and which are red."""
    red = [rule_name(words, flag.rule) for flag in case.flags if flag.alarm is Alarm.RED]
    return text_cell(counted_flags(words, case, short=True), words.join(red) if red else "")


def _cash_cell(words: Words, months: Measure, source: str) -> Cell:
    """How long cash lasts; in words where earned income pays the bills and nothing runs out."""
    cell = measure_cell(words, months, source=source)
    if months.reason is not Reason.NO_SHORTFALL:
        return cell
    return replace(
        cell, text=words.text("tile.not-limited"), note=words.text("tile.not-limited.why")
    )


def _source(case: Case, code: str, *, currency: str = "local", judged: bool = False) -> str:
    """Where a figure of a tile comes from; what is judged is so in the reporting quarter."""
    behind = case.verdict.quarters_behind if judged else 0
    quarter = case.quarter + behind if case.quarter else None
    return source_of(case.partner.code, quarter, code, currency)


def state_words(words: Words, case: Case) -> str:
    """The verdict in a word or two; provisional where it rests on figures not approved."""
    state = words.text(f"verdict.{case.verdict.state.value}")
    if case.provisional and case.active:
        return words.text("verdict.provisional", state=state)
    return state


def reason_sentence(words: Words, verdict: Verdict) -> str:
    """Why the verdict is what it is."""
    written = {
        "result": verdict.result,
        "ratio": verdict.ratio,
        "probability": verdict.probability,
    }
    facts = {**verdict.facts, **written}
    sentence = words.text(f"verdict.reason.{verdict.reason.value}", **facts)
    if verdict.previous is None:
        return sentence
    state = words.text(f"verdict.{verdict.previous.state.value}")
    last = words.text("verdict.previous", state=state, quarter=verdict.previous.quarter)
    return f"{sentence} {last}"


def outcome_sentence(words: Words, verdict: Verdict) -> str:
    """What the deadline brought; empty while it is open."""
    outcome = verdict.outcome
    if outcome.code is Outcome.OPEN:
        return ""
    return words.text(
        f"outcome.{outcome.code.value}", since=outcome.since, quarters=outcome.quarters_late
    )


def landing_cell(words: Words, verdict: Verdict) -> Cell:
    """The quarter in which the present course lands, its range in the note."""
    if verdict.outlook is None:
        return text_cell(DASH, words.reason(verdict.probability))
    landing, last = verdict.outlook.landing, verdict.outlook.last
    if landing.middle is None:
        return text_cell(words.text("landing.not-within-horizon"), _landing_range(words, landing))
    if landing.middle == last:
        return text_cell(words.text("landing.reached"))
    if landing.middle - last > _FAR:
        return text_cell(
            words.text("landing.later", quarter=last + _FAR), _landing_range(words, landing)
        )
    return text_cell(words.quarter(landing.middle), _landing_range(words, landing))


def _landing_range(words: Words, landing: Landing) -> str:
    """First quarter for a quarter of the futures to the one for three quarters of them."""
    if landing.early is None:
        return ""
    if landing.late is None:
        return words.text("landing.range-open", early=landing.early)
    return words.text("landing.range", early=landing.early, late=landing.late)


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


def _odds(words: Words, verdict: Verdict) -> str:
    probability = verdict.probability.value
    if probability is None:
        return ""
    return words.text(f"odds.{likelihood(probability).value}")


def _lost(words: Words, verdict: Verdict) -> str:
    if verdict.lost_from is None or verdict.lost_since is None:
        return ""
    return words.text("board.lost", start=verdict.lost_from, since=verdict.lost_since)
