"""The social verdict and the bought share: what each rests on."""

from __future__ import annotations

from dataclasses import replace

from smartfin.analysis.indicators.family import RESULT_OF
from smartfin.analysis.social import MEASURES
from smartfin.measure import Reason, Unit, undefined
from smartfin.quarter import Quarter
from smartfin.services.provenance.figure import Figure
from smartfin.services.provenance.parts import Derived, Maker, Row
from smartfin.services.social.bought import bought_sentence, effect_source, effects_table
from smartfin.services.social.case import SocialCase, social_case
from smartfin.services.social.said import evidence_sentences, social_state_words
from smartfin.services.view import measure_cell, text_cell
from smartfin.settings import Level

_YEAR = 4  # quarters


def of_social(maker: Maker, figure: Figure) -> Derived:
    """The social verdict of a partner: why it applies, and the figures it rests on.

    Raises:
        InputError: ``quarter-not-known``.
    """
    words = maker.words
    judged = social_case(maker.smartfin, maker.assessment(figure), figure.partner)
    evidence = evidence_sentences(words, judged)
    value = text_cell(social_state_words(words, judged.state))
    said = (words.text("column.social"), " ".join(evidence), value)
    columns = [words.text(f"column.{name}") for name in ("indicator", "figure")]
    made = maker.made(said, columns, _rests_on(maker, judged), synthetic=judged.case.synthetic)
    how = words.text("explain.how.social")
    return replace(made, code=judged.state.value, warnings=(how,))


def of_bought_share(maker: Maker, figure: Figure) -> Derived:
    """How much of what raised the result was bought, effect by effect.

    Raises:
        InputError: ``quarter-not-known``.
    """
    words = maker.words
    judged = social_case(maker.smartfin, maker.assessment(figure), figure.partner)
    verdict = judged.verdict
    name, how = words.text("column.bought-share"), bought_sentence(words, judged)
    synthetic = judged.case.synthetic
    if verdict is None:
        nothing = undefined(Unit.FRACTION, Reason.NOTHING_KNOWN)
        return Derived(name, how, measure_cell(words, nothing), None, (), synthetic)
    bought = verdict.bought
    table = effects_table(words, judged.case, bought, verdict.quarter)
    sources = (effect_source(judged.case, each.code, verdict.quarter) for each in bought.effects)
    figures = dict.fromkeys(_figure(source) for source in sources)
    return Derived(
        name=name,
        how=how,
        value=measure_cell(words, bought.share),
        parts=table if bought.effects else None,
        figures=tuple(figures),
        synthetic=synthetic,
        warnings=(words.text("social.bought.counts"), *_remarks(maker, judged)),
    )


def _remarks(maker: Maker, judged: SocialCase) -> tuple[str, ...]:
    remarks = judged.verdict.bought.remarks if judged.verdict else ()
    return tuple(maker.words.text(f"social.remark.{remark.value}") for remark in remarks)


def _figure(source: str) -> Figure:
    partner, quarter, code, *_ = source.split("/")
    return Figure(partner, Quarter.parse(quarter), code)


def _rests_on(maker: Maker, judged: SocialCase) -> list[Row]:
    """The result now and a year before, and the twelve."""
    words, verdict, partner = maker.words, judged.verdict, judged.case.partner.code
    if verdict is None:
        return []
    result, newest = RESULT_OF[Level.OSS], verdict.quarter
    name = words.text(f"indicator.{result}")
    rows: list[Row] = [
        (words.text("bridge.total", result=name, quarter=each), (Figure(partner, each, result),))
        for each in (newest, newest + -_YEAR)
    ]
    twelve = (
        (words.text(f"indicator.{each.code}"), (Figure(partner, newest, each.code),))
        for each in MEASURES
    )
    return [*rows, *twelve]
