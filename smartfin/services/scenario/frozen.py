"""Plans of record: what each said when it was frozen, and what it says now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from smartfin.analysis.forecast.outlook import NoOutlook, Outlook
from smartfin.analysis.scenario import scenario_of
from smartfin.analysis.variance import effect
from smartfin.errors import InputError
from smartfin.measure import Measure, Unit
from smartfin.scenario import Changes
from smartfin.services.kept import kept
from smartfin.services.scenario.comparison import changes_of
from smartfin.services.scenario.ground import ground_of
from smartfin.services.scenario.saved import plans_of_record
from smartfin.services.start import Smartfin
from smartfin.services.verdict_words import outlook_landing
from smartfin.services.view import Cell, Table, text_cell
from smartfin.store import Basis, PlanOfRecord
from smartfin.wording import DASH, Words


@dataclass(frozen=True, slots=True)
class PlanSaid:
    """A plan of record then and now.

    Args:
        plan: As frozen.
        name: Of the scenario, as the version was called; empty once erased.
        version: Which version, from 1.
        then: Where it led on what was known at its moment; why that is not known otherwise.
        now: Where the same changes lead on what is known now.
    """

    plan: PlanOfRecord
    name: str
    version: int
    then: Outlook | NoOutlook | InputError
    now: Outlook | NoOutlook | InputError


def plans_said(
    smartfin: Smartfin,
    partner: str | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> tuple[PlanSaid, ...]:
    """The plans of record of a partner, or of all, then and now; the newest first.

    Raises:
        InputError: ``partner-unknown``.
    """
    found = plans_of_record(smartfin, as_of, partner)
    return tuple(_said(smartfin, plan, as_of, basis) for plan in reversed(found))


def _said(smartfin: Smartfin, plan: PlanOfRecord, as_of: date | None, basis: Basis) -> PlanSaid:
    saved = smartfin.ledger.scenario(plan.version)
    try:
        changes = changes_of(saved)
    except InputError as error:
        return PlanSaid(plan, saved.name, saved.version, error, error)
    then = _led_then(smartfin, plan.partner, changes, plan.moment, basis)
    now = _led(smartfin, plan.partner, changes, as_of, basis)
    return PlanSaid(plan, saved.name, saved.version, then, now)


@kept(64)
def _led_then(
    smartfin: Smartfin, partner: str, changes: Changes, moment: datetime, basis: Basis
) -> Outlook | NoOutlook:
    """Kept whatever comes in later: what was known at a moment stays what it was."""
    return _led(smartfin, partner, changes, moment, basis)


def _led(
    smartfin: Smartfin, partner: str, changes: Changes, as_of: date | None, basis: Basis
) -> Outlook | NoOutlook:
    draw = ground_of(smartfin, partner, None, as_of, basis).draw
    return draw if isinstance(draw, NoOutlook) else scenario_of(draw, changes).outlook


def plans_view(
    smartfin: Smartfin,
    words: Words,
    partner: str,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> Table:
    """The plans of record of a partner, then and now, as a table.

    Raises:
        InputError: ``partner-unknown``.
    """
    return plans_table(words, plans_said(smartfin, partner, as_of, basis))


def plans_table(words: Words, plans: tuple[PlanSaid, ...]) -> Table:
    """Meeting by meeting: what the plan said then, what it says now."""
    names = ("meeting", "plan", "frozen-at", "said-then", "says-now", "lands-then", "lands-now")
    return Table(
        caption=words.text("named.plans.caption"),
        columns=tuple(words.text(f"named.column.{name}") for name in names),
        rows=tuple(_row(words, each) for each in plans),
    )


def _row(words: Words, said: PlanSaid) -> tuple[Cell, ...]:
    plan = said.plan
    named = words.text("named.version", name=said.name or DASH, version=said.version)
    then, now = (_odds(words, each) for each in (said.then, said.now))
    if then.value is not None and now.value is not None and then.text != now.text:
        now = replace(now, good=effect(now.value - then.value, +1))
    lands = (_lands(words, each) for each in (said.then, said.now))
    frozen = text_cell(words.moment(plan.moment))
    return (text_cell(plan.meeting or DASH), text_cell(named), frozen, then, now, *lands)


def _odds(words: Words, led: Outlook | NoOutlook | InputError) -> Cell:
    if not isinstance(led, Outlook):
        return Cell(DASH, None, Unit.FRACTION, _why(words, led))
    odds = led.printed_probability
    said = words.text("named.odds-short", probability=words.percent(odds), target=led.target)
    return Cell(said, odds, Unit.FRACTION)


def _lands(words: Words, led: Outlook | NoOutlook | InputError) -> Cell:
    if isinstance(led, Outlook):
        return outlook_landing(words, led)
    return text_cell(DASH, _why(words, led))


def _why(words: Words, led: NoOutlook | InputError) -> str:
    if isinstance(led, InputError):
        return words.error(led)
    return words.reason(Measure(None, Unit.FRACTION, led.reason, led.facts))
