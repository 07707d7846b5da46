"""What a scenario changes, in words: each lever with its amount, each event with its date."""

from __future__ import annotations

from smartfin.analysis.scenario.decisions import Cause
from smartfin.measure import Unit
from smartfin.scenario import Event, EventKind, LeverCode, LeverSetting, find_lever
from smartfin.wording import Words

_RATES = frozenset({LeverCode.FEE, LeverCode.VOLUME_GROWTH, LeverCode.VARIABLE_RATE})


def setting_words(words: Words, setting: LeverSetting, currency: str) -> str:
    """How far a lever is moved, from when and how fast."""
    change = _amount_words(words, setting, currency)
    if setting.ramp:
        facts = {"change": change, "start": setting.start}
        return words.plural("named.lever.ramp", setting.ramp, **facts)
    return words.text("named.lever", change=change, start=setting.start)


def _amount_words(words: Words, setting: LeverSetting, currency: str) -> str:
    if find_lever(setting.lever).unit is Unit.CURRENCY:
        return words.amount(setting.amount, currency, sign=True)
    if setting.lever in _RATES:
        return words.points(setting.amount, digits=_digits(setting.amount, usual=1))
    return words.percent_change(setting.amount, digits=_digits(setting.amount, usual=0))


def _digits(fraction: float, usual: int) -> int:
    """As many decimals of a percentage as it has, two at most."""
    percent = 100 * fraction
    exact = (
        digits for digits in (usual, usual + 1) if abs(percent - round(percent, digits)) < 1e-9
    )
    return next(exact, 2)


def event_words(words: Words, event: Event, currency: str) -> str:
    """An event: what, how much, when."""
    name = words.text(f"event.{event.kind}")
    if event.label:
        name = words.text("scenarios.event.named", event=name, label=event.label)
    facts = {"name": name, "quarter": event.quarter}
    if event.kind is EventKind.FEE_VOTE:
        fee = words.figure(event.amount, Unit.PERCENT)
        return words.text("scenarios.event.fee", fee=fee, **facts)
    facts["amount"] = words.amount(event.amount, currency)
    if event.kind is EventKind.GRANT:
        return words.text("scenarios.event.once", **facts)
    if event.until:
        return words.text("scenarios.event.lasting-until", until=event.until, **facts)
    return words.text("scenarios.event.lasting", **facts)


def cause_words(words: Words, cause: Cause) -> str:
    """A lever, or an event with what people call it, else with its date."""
    if isinstance(cause, LeverCode):
        return words.text(f"lever.{cause}")
    name = words.text(f"event.{cause.kind}")
    if cause.label:
        return words.text("scenarios.event.named", event=name, label=cause.label)
    return words.text("scenarios.event.from", event=name, quarter=cause.quarter)
