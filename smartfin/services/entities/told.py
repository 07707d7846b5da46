"""What is said of a legal entity: with its name, and as of when where its figures lag."""

from __future__ import annotations

from smartfin.analysis.warning import Rule
from smartfin.services.entities.case import EntityCase
from smartfin.services.entities.warned import Judged, lags
from smartfin.wording import Words


def because(words: Words, said: str, why: str) -> str:
    """Something said, followed by a sentence that explains it."""
    return words.text("warning.mark.because", said=said.removesuffix("."), why=why)


def told_of(words: Words, whose: Judged, rule: Rule, said: str) -> str:
    """What a rule says, with the name of the legal entity it judges; of a partner as it is.

    An entity whose books are older than its partner's is told as of its own newest quarter.
    """
    if not isinstance(whose, EntityCase):
        return said
    return words.text(
        "entities.flag", entity=whose.partner.organisation, flag=dated(words, whose, rule, said)
    )


def dated(words: Words, whose: Judged, rule: Rule, said: str) -> str:
    """What a rule says, with the quarter of the figures where they lag behind the partner's."""
    if not lags(whose, rule):
        return said
    return because(words, said, words.text("warning.mark.of-quarter", quarter=whose.quarter))
