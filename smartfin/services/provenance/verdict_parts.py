"""The verdict and the probability: the rule that applied, its limits, what both rest on."""

from __future__ import annotations

from dataclasses import replace

from smartfin.analysis.forecast.outlook import FAN, Outlook
from smartfin.analysis.indicators.family import RATIO_OF, RESULT_OF
from smartfin.analysis.states import VerdictReason
from smartfin.analysis.warning import Alarm, Family, Flag, find_rule
from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.provenance.figure import RULE, Figure
from smartfin.services.provenance.parts import PROBABILITY, Derived, Maker, Row
from smartfin.services.social.case import social_case
from smartfin.services.social.said import discussed_words
from smartfin.services.verdict_words import (
    odds_sentence,
    probability_name,
    reason_sentence,
    state_words,
    vote_sentences,
)
from smartfin.services.view import Cell, Table, text_cell
from smartfin.services.warning.said import rule_name
from smartfin.services.warning.sentence import figure_and_threshold
from smartfin.settings import VerdictSettings
from smartfin.wording import Words

JUDGED = (
    VerdictReason.BALANCE_LIKELY_TO_HOLD,
    VerdictReason.BALANCE_NOT_LIKELY_TO_HOLD,
    VerdictReason.BALANCE_WITH_RED_FLAG,
    VerdictReason.ODDS_LOW,
    VerdictReason.RED_FLAGS_OF_PRECEDENT,
    VerdictReason.ODDS_OPEN,
    VerdictReason.ODDS_GOOD_WITH_RED_FLAG,
    VerdictReason.ODDS_GOOD,
)
"""Reasons that compare figures with limits; any other says itself why nothing is compared."""

_LOW, _MIDDLE, _HIGH = 0, FAN.index(0.50), len(FAN) - 1  # borders of the 80 % band


def of_verdict(maker: Maker, figure: Figure) -> Derived:
    """The verdict of a partner: why it applies, and the figures it rests on.

    Raises:
        InputError: ``quarter-not-known``.
    """
    words, assessment = maker.words, maker.assessment(figure)
    case = assessment.case(figure.partner)
    judged = social_case(maker.smartfin, assessment, figure.partner)
    value = text_cell(discussed_words(words, state_words(words, case), judged))
    said = (words.text("column.state"), reason_sentence(words, case.verdict), value)
    columns = [words.text(f"column.{name}") for name in ("indicator", "figure")]
    made = maker.made(said, columns, _rests_on(words, case, figure), synthetic=case.synthetic)
    limits = _limits(words, case.verdict.reason, case.settings.verdict)
    return _with_flags(replace(made, code=case.verdict.state.value, warnings=limits), words, case)


def outlook_sentences(words: Words, outlook: Outlook) -> tuple[str, ...]:
    """What the futures come to at the target and on the way there, and how they were drawn."""
    models = words.join([words.text(f"model.{code}") for code in outlook.models])
    said = (
        odds_sentence(words, outlook),
        words.plural("country.outlook.basis", outlook.history, models=models),
        _fee_sentence(words, outlook),
        *vote_sentences(words, outlook),
        _range_sentence(words, outlook),
    )
    return tuple(filter(None, said))


def _fee_sentence(words: Words, outlook: Outlook) -> str:
    """The fee carried on, and until when where another one is decided."""
    fee = words.percent(outlook.take_rate, 1)
    if not outlook.votes:
        return words.text("explain.how.probability.fee", fee=fee)
    until = outlook.votes[0].first
    return words.text("explain.how.probability.fee-until", fee=fee, quarter=until)


def _range_sentence(words: Words, outlook: Outlook) -> str:
    """What coverage is in the middle and in 80 % of the futures; empty where it is not drawn."""
    there = next((each for each in outlook.fan if each.quarter == outlook.target), None)
    if there is None:
        return ""
    low, middle, high = (words.percent(there.coverage[place]) for place in (_LOW, _MIDDLE, _HIGH))
    facts = {"target": outlook.target, "low": low, "middle": middle, "high": high}
    return words.text("explain.how.probability.range", **facts)


def _rests_on(words: Words, case: Case, figure: Figure) -> list[Row]:
    """Result and coverage of the newest quarter, and the probability."""
    level, newest = case.settings.level, case.quarter
    if newest is None:
        return []
    rows: list[Row] = [
        (words.text(f"indicator.{code}"), (Figure(figure.partner, newest, code),))
        for code in (RESULT_OF[level], RATIO_OF[level])
    ]
    if not case.active:
        return rows
    odds = probability_name(words, [case.verdict.outlook])
    return [*rows, (odds, (replace(figure, code=PROBABILITY),))]


def _with_flags(made: Derived, words: Words, case: Case) -> Derived:
    """The same with the red flags of traction, each of which opens its own page."""
    red = [
        flag for flag in case.flags if flag.family is Family.TRACTION and flag.alarm is Alarm.RED
    ]
    if made.parts is None or case.quarter is None:
        return made
    found = [_flagged(words, flag, case.partner.code, case.quarter) for flag in red]
    table: Table = replace(made.parts, rows=(*made.parts.rows, *(row for row, _ in found)))
    return replace(made, parts=table, figures=(*made.figures, *(each for _, each in found)))


def _flagged(
    words: Words, flag: Flag, partner: str, quarter: Quarter
) -> tuple[tuple[Cell, ...], Figure]:
    figure = Figure(partner, quarter, f"{RULE}{flag.rule}")
    text = figure_and_threshold(words, find_rule(flag.rule), flag)[0]
    cell = Cell(text, flag.value.value, flag.value.unit, source=str(figure))
    name = words.text("explain.verdict.flag", name=rule_name(words, flag.rule))
    return (text_cell(name), cell), figure


def _limits(words: Words, reason: VerdictReason, rules: VerdictSettings) -> tuple[str, ...]:
    """The row of the table of verdicts that applied, and the limits in force."""
    facts = {
        "on_track": Measure(rules.on_track, Unit.FRACTION),
        "at_risk": Measure(rules.at_risk, Unit.FRACTION),
        "red_flags": rules.red_flags,
    }
    limits = words.text("explain.verdict.limits", **facts)
    if reason not in JUDGED:
        return (limits,)
    return words.text(f"explain.verdict.{reason.value}", **facts), limits
