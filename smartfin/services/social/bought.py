"""What changed a partner's result in a year, and what of it was bought."""

from __future__ import annotations

from smartfin.analysis.bridge import Bridge, PartCode
from smartfin.analysis.indicators.family import RESULT_OF
from smartfin.analysis.social import BoughtAlarm, BoughtShare, Effect, EffectCode, SocialVerdict
from smartfin.analysis.variance import effect
from smartfin.charts import Shape, Step, Windows, bridge_figure, bridge_sentence
from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.country.story import subject_of
from smartfin.services.provenance.figure import BRIDGE, source_of
from smartfin.services.social.case import SocialCase
from smartfin.services.social.said import explained_sentence
from smartfin.services.view import Cell, Chart, Section, Table, marked_chart, text_cell
from smartfin.settings import Level
from smartfin.wording import Words

_YEAR = 4  # quarters

_WHOLE = {
    EffectCode(part.value): part
    for part in PartCode
    if part.value in set(EffectCode) and part not in {PartCode.RISK, PartCode.TEAM}
}
"""Effects that are a cause of the bridge as it stands; the others are a part of one."""


def bought_section(words: Words, judged: SocialCase) -> Section:
    """The bridge of a year in parts fine enough to tell what members paid."""
    title, verdict = words.text("social.section.bought"), judged.verdict
    if verdict is None:
        return Section("bought", title)
    chart = _chart(words, judged.case, verdict)
    sentences = (
        bought_sentence(words, judged),
        words.text("social.bought.counts"),
        *(words.text(f"social.remark.{remark.value}") for remark in verdict.bought.remarks),
        explained_sentence(words, verdict.explained_by) if verdict.explained_by else "",
    )
    return Section("bought", title, tuple(filter(None, sentences)), (chart,) if chart else ())


def bought_sentence(words: Words, judged: SocialCase) -> str:
    """The bought share with its limits, or why there is none."""
    verdict = judged.verdict
    if verdict is None:
        return words.text("social.evidence.nothing")
    bought, rules = verdict.bought, judged.case.settings.social
    if bought.share.value is None:
        return words.text("social.bought.none", reason=words.reason(bought.share))
    return words.text(
        f"social.bought.{_loudness(verdict.alarm)}",
        share=bought.share,
        amber=Measure(rules.bought_amber, Unit.FRACTION),
        red=Measure(rules.bought_red, Unit.FRACTION),
    )


def effects_table(words: Words, case: Case, bought: BoughtShare, quarter: Quarter) -> Table:
    """Every cause with its effect, and whether it counts as bought."""
    first = quarter + -_YEAR
    columns = ("cause", "effect-on-result", "bought")
    return Table(
        caption=words.text("social.bought.caption", first=first, last=quarter),
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(_row(words, case, each, quarter) for each in bought.effects),
    )


def _loudness(alarm: BoughtAlarm) -> str:
    return {BoughtAlarm.RED: "red", BoughtAlarm.AMBER: "amber"}.get(alarm, "within")


def _chart(words: Words, case: Case, verdict: SocialVerdict) -> Chart | None:
    built, bought = verdict.bridge, verdict.bought
    if built is None or not bought.effects:
        return None
    quarter, first = verdict.quarter, verdict.quarter + -_YEAR
    result = words.text(f"indicator.{RESULT_OF[Level.OSS]}")
    blocks = [_steps(words, built, bought, result, quarter)]
    arguments = (blocks, Windows(first, quarter, result), subject_of(words, case), words)
    chart = Chart(
        figure=bridge_figure(*arguments),
        alt=bridge_sentence(*arguments),
        table=effects_table(words, case, bought, quarter),
        narrow=bridge_figure(*arguments, narrow=True),
    )
    return marked_chart(words, chart, provisional=case.provisional)


def _steps(
    words: Words, built: Bridge, bought: BoughtShare, result: str, quarter: Quarter
) -> tuple[Step, ...]:
    """From one result to the other; what counts as bought says so beside its bar."""
    names = [
        words.text("bridge.total", result=result, quarter=each)
        for each in (quarter + -_YEAR, quarter)
    ]
    effects = (
        Step(_name(words, each), each.amount, Shape.EFFECT)
        for each in bought.effects
        if each.amount
    )
    start = Step(names[0], built.start, Shape.PREVIOUS)
    return (start, *effects, Step(names[1], built.end, Shape.TOTAL))


def _name(words: Words, each: Effect) -> str:
    name = words.text(f"social.effect.{each.code.value}")
    return words.text("social.bought.marked", name=name) if each.bought else name


def _row(words: Words, case: Case, each: Effect, quarter: Quarter) -> tuple[Cell, ...]:
    currency = case.partner.currency
    text = words.amount(each.amount, currency, sign=True)
    amount = Cell(
        text,
        each.amount,
        currency,
        good=effect(each.amount, +1),
        source=effect_source(case, each.code, quarter),
    )
    counts = words.text("social.bought.yes") if each.bought else ""
    return (text_cell(words.text(f"social.effect.{each.code.value}")), amount, text_cell(counts))


def effect_source(case: Case, code: EffectCode, quarter: Quarter) -> str:
    """Where an effect comes from; what is part of a cause opens the whole cause."""
    part = _WHOLE.get(code) or _PART_OF[code]
    return source_of(case.partner.code, quarter, f"{BRIDGE}{part.value}:{quarter + -_YEAR}")


_PART_OF = {
    EffectCode.FUND: PartCode.RISK,
    EffectCode.RISK: PartCode.RISK,
    EffectCode.SERVICES: PartCode.MEMBER_SERVICES,
    EffectCode.PRICES: PartCode.MEMBER_SERVICES,
    EffectCode.ADVISERS: PartCode.TEAM,
    EffectCode.TEAM: PartCode.TEAM,
}
