"""What break-even takes: volume and fee, in sentences for who is not in finance."""

from __future__ import annotations

from collections.abc import Iterator

from smartfin.measure import Measure, Reason
from smartfin.services.assessment import Case
from smartfin.wording import Words

TOLD = (
    "breakeven_volume_with_advisers",
    "breakeven_volume",
    "invoiced_volume",
    "breakeven_fee",
    "take_rate",
    "structural_fee_floor",
    "growth_needed",
    "growth_achieved",
)
"""The indicators behind the sentences, in the order they are read."""

_NEVER = {
    Reason.EACH_SALE_LOSES: "country.breakeven.never",
    Reason.NEVER_AT_THIS_FEE: "country.breakeven.never-with-advisers",
    Reason.COVERED_ANYWAY: "country.breakeven.anyway",
}

# Below break-even, and above: of a team that stays, alone or beside the headline; of one that
# follows the volume; of one in which each adviser carries what the group has set.
_TODAY = "country.breakeven.needed", "country.breakeven.reached"
_BESIDE = "country.breakeven.team", "country.breakeven.team-reached"
_WITH_ADVISERS = "country.breakeven.needed-advisers", "country.breakeven.reached-advisers"
_FULL = "country.breakeven.needed-capacity", "country.breakeven.reached-advisers"


def needed_sentences(words: Words, case: Case) -> tuple[str, ...]:
    """The volume and the fee at which the result would be nil; none while they are unknown."""
    return (*_volume(words, case), *_fee(words, case))


def _volume(words: Words, case: Case) -> Iterator[str]:
    """The volume with the advisers it takes; with today's team where these are unknown."""
    headline, team = case.measure(TOLD[0]), case.measure(TOLD[1])
    met = (case.measure("gap_to_breakeven").value or 0.0) >= 0
    if headline.reason in _NEVER:
        if headline.reason is Reason.COVERED_ANYWAY or not met:
            yield words.text(_NEVER[headline.reason])
        return
    if headline.value is None and team.reason in _NEVER:
        if team.reason is Reason.COVERED_ANYWAY or not met:
            yield words.text(_NEVER[team.reason])
        return
    volume = case.measure("invoiced_volume")
    if not volume.value:
        return
    if headline.value is None:
        yield from _today(words, team, volume)
        return
    if case.partner.adviser_capacity is None:
        yield _said(words, _WITH_ADVISERS, headline.value, volume.value, volume.unit)
    else:
        yield _full(words, headline.value, volume.value, volume.unit, met=met)
    if team.value is not None:
        yield _said(words, _BESIDE, team.value, volume.value, volume.unit)


def _today(words: Words, team: Measure, volume: Measure) -> Iterator[str]:
    """With today's team, of a partner that does not tell its advisers apart."""
    if team.value is not None and volume.value is not None:
        yield _said(words, _TODAY, team.value, volume.value, volume.unit)


def _full(words: Words, needed: float, had: float, currency: str, *, met: bool) -> str:
    """With advisers that carry what the group has set.

    The volume may then be there without the result, or the result without the volume.
    """
    if (had >= needed) == met:
        return _said(words, _FULL, needed, had, currency)
    key = "country.breakeven.team-too-small" if met else "country.breakeven.team-too-large"
    return words.text(key, needed=Measure(needed, currency), volume=Measure(had, currency))


def _said(words: Words, keys: tuple[str, str], needed: float, had: float, currency: str) -> str:
    """The first message below break-even, the second above."""
    said = {"needed": Measure(needed, currency), "volume": Measure(had, currency)}
    if had >= needed:
        return words.text(keys[1], margin=words.percent((had - needed) / had), **said)
    return words.text(keys[0], reached=words.percent(had / needed), **said)


def _fee(words: Words, case: Case) -> Iterator[str]:
    needed, fee = case.measure("breakeven_fee").value, case.measure("take_rate").value
    if needed is None or fee is None or needed <= 0:
        return
    key = "country.breakeven.fee-more" if needed > fee else "country.breakeven.fee-less"
    written = {name: words.percent(rate, 1) for name, rate in (("needed", needed), ("fee", fee))}
    if written["needed"] != written["fee"]:
        yield words.text(key, **written)
