"""Whether the past agrees with the split of costs into variable and fixed, in a sentence."""

from __future__ import annotations

from smartfin.analysis.split import split_check
from smartfin.services.assessment import Case
from smartfin.wording import Words


def split_sentences(words: Words, case: Case) -> tuple[str, ...]:
    """The split of the line items beside that of the past; none while nothing is known."""
    if case.quarter is None:
        return ()
    check = split_check(case.table, case.quarter.ordinal)
    sentence = words.text(
        f"split.{check.judgement.value}",
        items=words.percent(check.from_items, 1),
        suggested=words.percent(check.suggested, 1),
        low=words.percent(check.low, 1),
        high=words.percent(check.high, 1),
        changes=check.changes,
    )
    return (sentence,)
