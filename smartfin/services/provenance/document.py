"""What ``explain`` prints: a figure with its formula and its facts, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smartfin.facts import LedgerFact
from smartfin.money import EURO
from smartfin.services.approval import waiting_submissions
from smartfin.services.documents import ledger_fact_document
from smartfin.services.provenance.derived import derived, is_derived
from smartfin.services.provenance.explained import Explained, explained
from smartfin.services.provenance.figure import LISTED, Figure
from smartfin.services.provenance.parts import Maker
from smartfin.services.provenance.warned import figure_of_rule
from smartfin.services.start import end_of_day
from smartfin.services.support.listed import listed_rate, listed_rows
from smartfin.support import is_of_group

Document = dict[str, Any]


def explained_document(maker: Maker, figure: Figure) -> Document:
    """A figure with everything it rests on, on what was known on a day.

    ``value`` is in the partner's own money; ``rate`` of a fact is what a euro was worth in it.

    Raises:
        InputError: ``partner-unknown``, ``figure-unknown``, ``choice-unknown`` or
            ``quarter-not-known``.
    """
    figure = figure_of_rule(maker.smartfin, figure)
    waiting = waiting_submissions(maker.smartfin, end_of_day(maker.as_of))
    facts = [
        {**ledger_fact_document(known, waiting), "rate": rate}
        for known, rate in _facts_behind(maker, figure)
    ]
    if is_derived(figure):
        made = derived(maker, figure)
        value, unit, reason = made.code or made.value.value, made.value.unit, made.value.note
        formula = made.formula or made.how
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
        "as_set": _as_set(maker, figure),
    }


def _as_set(maker: Maker, figure: Figure) -> list[Document]:
    """The amounts that no books state and group.toml does, each once."""
    parts = (each for each in _parts_of(maker, figure) if not is_of_group(each.partner))
    found = (each for part in parts for each in _explained(maker, part).as_set)
    return [
        {"item": each.item, "quarter": str(each.quarter), "amount": each.amount}
        for each in dict.fromkeys(found)
    ]


def _facts_behind(maker: Maker, figure: Figure) -> Iterator[tuple[LedgerFact, float | None]]:
    """The facts of a figure, or of all the figures it is made of, each once, with its rate."""
    seen: set[object] = set()
    for part in _parts_of(maker, figure):
        found = _listed if is_of_group(part.partner) else _read
        for known, rate in found(maker, part):
            key = (known.partner, known.fact.key)
            if key not in seen:
                seen.add(key)
                yield known, rate


def _read(maker: Maker, figure: Figure) -> Iterator[tuple[LedgerFact, float | None]]:
    """What an indicator or a line item was read from."""
    for used in _explained(maker, figure).used:
        if used.fact:
            yield used.fact, used.rate.value if used.rate else None


def _listed(maker: Maker, figure: Figure) -> Iterator[tuple[LedgerFact, float | None]]:
    """The rows of group finance's list."""
    assessment, code = maker.assessment(figure), figure.code.removeprefix(LISTED)
    for _, known in listed_rows(maker.smartfin, assessment, figure.partner, code, figure.quarter):
        foreign = known.fact.unit != EURO
        yield known, listed_rate(maker.smartfin, known) if foreign else None


def _parts_of(maker: Maker, figure: Figure) -> Iterator[Figure]:
    """The indicators, line items and figures of the list that a figure comes down to."""
    if not is_derived(figure) or is_of_group(figure.partner):
        yield figure
        return
    for part in derived(maker, figure).figures:
        yield from _parts_of(maker, part)


def _explained(maker: Maker, figure: Figure) -> Explained:
    return explained(maker.smartfin, figure, maker.as_of, maker.basis)
