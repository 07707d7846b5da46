"""What early warning makes of a figure: the rules that read it, with their thresholds."""

from __future__ import annotations

from dataclasses import replace

from smartfin.analysis.indicators.family import INDICATORS
from smartfin.analysis.warning import RULES, Rule, rules_of
from smartfin.analysis.warning.conditions import Level
from smartfin.partner import Partner, find_partner
from smartfin.services.provenance.figure import RULE, Figure
from smartfin.services.start import Smartfin
from smartfin.services.warning.said import rule_name
from smartfin.services.warning.sentence import thresholds_sentence
from smartfin.wording import Words

_INDICATORS = frozenset(indicator.code for indicator in INDICATORS)
_RULES = frozenset(rule.code for rule in RULES)


def figure_of_rule(smartfin: Smartfin, figure: Figure) -> Figure:
    """The figure of a rule, where its bare code is asked for; any other figure as it is.

    An indicator or a line item of the same name comes first: ``rule:coverage`` is the rule.
    """
    if figure.code in _INDICATORS or figure.code in smartfin.items or figure.code not in _RULES:
        return figure
    return replace(figure, code=f"{RULE}{figure.code}")


def rule_sentences(smartfin: Smartfin, words: Words, figure: Figure) -> tuple[str, ...]:
    """What each rule of the partner that reads an indicator makes of it."""
    partner = find_partner(smartfin.units, figure.partner)
    return tuple(
        _sentence(smartfin, words, rule, partner, figure)
        for rule in rules_of(partner)
        if figure.code in rule.indicators and rule.applies.to(partner)
    )


def _sentence(
    smartfin: Smartfin, words: Words, rule: Rule, partner: Partner, figure: Figure
) -> str:
    """Its thresholds where it judges the figure as it stands; else that it reads it.

    Beside a figure that a rule makes another one of, its thresholds would mislead.
    """
    if isinstance(rule.condition, Level) and rule.condition.code == figure.code:
        return thresholds_sentence(words, smartfin.settings, rule, partner, figure.quarter)
    return words.text("explain.rule.reads", name=rule_name(words, rule.code))
