"""What ``explain`` prints: a figure with its formula and its facts, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smartfin.facts import LedgerFact
from smartfin.services.approval import waiting_submissions
from smartfin.services.documents import ledger_fact_document
from smartfin.services.provenance.derived import derived, is_derived
from smartfin.services.provenance.explained import Explained, Rate, explained
from smartfin.services.provenance.figure import Figure
from smartfin.services.provenance.parts import LANDING, PROBABILITY, Maker
from smartfin.services.start import end_of_day

Document = dict[str, Any]


def explained_document(maker: Maker, figure: Figure) -> Document:
    """A figure with everything it rests on, on what was known on a day.

    ``value`` is in the partner's own money; ``rate`` of a fact is what a euro was worth in it.

    Raises:
        InputError: ``partner-unknown``, ``figure-unknown``, ``choice-unknown`` or
            ``quarter-not-known``.
    """
    waiting = waiting_submissions(maker.smartfin, end_of_day(maker.as_of))
    facts = [
        {**ledger_fact_document(known, waiting), "rate": rate.value if rate else None}
        for known, rate in _facts_behind(maker, figure)
    ]
    if is_derived(figure):
        made = derived(maker, figure)
        value, unit, reason = made.value.value, made.value.unit, made.value.note
        formula = made.how
    else:
        found = _explained(maker, figure)
        value, unit = found.measure.value, str(found.measure.unit)
        reason = found.measure.reason.value if found.measure.reason else ""
        formula = found.indicator.formula if found.indicator else figure.name
    return {
        "value": value,
        "unit": unit,
        "formula": formula,
        "undefined_reason": reason if value is None and reason else None,
        "facts": facts,
    }


def _facts_behind(maker: Maker, figure: Figure) -> Iterator[tuple[LedgerFact, Rate | None]]:
    """The facts of a figure, or of all the figures it is made of, each once."""
    seen: set[object] = set()
    for part in _indicators_in(maker, figure):
        for used in _explained(maker, part).used:
            key = (part.partner, used.fact.fact.key) if used.fact else None
            if used.fact and key not in seen:
                seen.add(key)
                yield used.fact, used.rate


def _indicators_in(maker: Maker, figure: Figure) -> Iterator[Figure]:
    """The indicators and line items a figure comes down to."""
    if not is_derived(figure):
        yield figure
        return
    for part in derived(maker, figure).figures:
        if part.code in {LANDING, PROBABILITY}:
            yield from derived(maker, part).figures
        else:
            yield part


def _explained(maker: Maker, figure: Figure) -> Explained:
    return explained(maker.smartfin, figure, maker.as_of, maker.basis)
