"""Every rule of early warning: one tuple of small members (docs/metrics.md#early-warning).

To add one: a member in the module of its family, a section with a worked example in
docs/metrics.md, its words in the catalogues (``warning.<code>``, with ``.what`` and ``.source``).
"""

from __future__ import annotations

from smartfin.analysis.warning.liquidity import LIQUIDITY
from smartfin.analysis.warning.national import NATIONAL
from smartfin.analysis.warning.quality import LEGAL, QUALITY
from smartfin.analysis.warning.rule import OF_ENTITIES, Rule
from smartfin.analysis.warning.solvency import SOLVENCY_RULES
from smartfin.analysis.warning.traction import TRACTION
from smartfin.errors import InputError
from smartfin.partner import Partner

RULES: tuple[Rule, ...] = (
    *TRACTION,
    *SOLVENCY_RULES,
    *NATIONAL,
    *LIQUIDITY,
    *QUALITY,
    *LEGAL,
)


def rules_of(partner: Partner) -> tuple[Rule, ...]:
    """The rules one is judged by: of several legal entities the law looks at each, not the whole.

    Args:
        partner: A partner, or a legal entity of one.
    """
    if partner.entity_of:
        return tuple(rule for rule in RULES if rule.family in OF_ENTITIES)
    if partner.entities:
        return tuple(rule for rule in RULES if rule.family not in OF_ENTITIES)
    return RULES


def find_rule(code: str) -> Rule:
    """The rule of a code.

    Raises:
        InputError: ``rule-unknown``, with the codes that exist.
    """
    for rule in RULES:
        if rule.code == code:
            return rule
    raise InputError("rule-unknown", rule=code, known=", ".join(rule.code for rule in RULES))
