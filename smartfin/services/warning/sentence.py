"""A flag in a sentence, and the thresholds of the rule behind it."""

from __future__ import annotations

from smartfin.analysis.warning import Flag, Rule, find_rule
from smartfin.analysis.warning.rule import Said
from smartfin.analysis.warning.thresholds import thresholds_of
from smartfin.measure import Measure, Unit
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.services.warning.said import digits_apart
from smartfin.settings import Settings
from smartfin.wording import Words


def flag_sentence(words: Words, flag: Flag) -> str:
    """What a flag says, with its figure, its threshold and since when."""
    value, threshold = figure_and_threshold(words, find_rule(flag.rule), flag)
    key = f"warning.said.{_key(flag)}"
    facts = {
        "name": words.text(f"warning.{flag.rule}"),
        "value": value,
        "threshold": threshold,
        "why": words.reason(flag.value),
        "alarm": flag.alarm,
        "since": flag.since,
    }
    if flag.value.value is not None and _key(flag) == Said.TESTS:
        sentence = words.plural(key, round(flag.value.value), **facts)
    else:
        sentence = words.text(key, **facts)
    if flag.renewed:
        return sentence
    return f"{sentence} {words.text('warning.not-renewed', quarter=flag.quarter)}"


def thresholds_sentence(
    words: Words, settings: Settings, rule: Rule, partner: Partner, quarter: Quarter
) -> str:
    """The thresholds of a rule in force in a quarter, and where they come from."""
    unit = partner.currency if rule.unit is Unit.CURRENCY else rule.unit
    amber, red = thresholds_of(rule, settings.thresholds).at(quarter)
    facts = {
        name: Measure(limit, unit)
        for name, limit in (("amber", amber), ("red", red))
        if limit is not None
    }
    key = "both" if len(facts) == 2 else next(iter(facts))
    name = words.text(f"warning.{rule.code}")
    source = words.text(f"warning.{rule.code}.source")
    return words.text(f"warning.thresholds.{key}", name=name, source=source, **facts)


def _key(flag: Flag) -> str:
    if flag.value.value is None:
        return "none"
    return "easing" if flag.easing else find_rule(flag.rule).said.value


def figure_and_threshold(words: Words, rule: Rule, flag: Flag) -> tuple[str, str]:
    """Figure and threshold, with the decimals that tell it from each threshold of the rule."""
    if rule.said is Said.RUN and flag.value.value is not None:
        value = words.plural("warning.quarters", round(flag.value.value))
        return value, words.measure(flag.threshold)
    limits = [each for each in (flag.threshold.value, rule.amber, rule.red) if each is not None]
    digits = digits_apart(words, flag.value, limits)
    return words.measure(flag.value, digits=digits), words.measure(flag.threshold, digits=digits)
