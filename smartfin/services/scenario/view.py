"""The Scenarios page: what becomes of a partner if it changes something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from smartfin.analysis.forecast.outlook import NoOutlook
from smartfin.analysis.scenario import Difference, Draw, Scenario, difference_of, scenario_of
from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter
from smartfin.scenario import NO_CHANGES, Changes, Event, EventKind, LeverCode
from smartfin.services.assessment import Case
from smartfin.services.country.story import subject_of
from smartfin.services.kept import kept
from smartfin.services.provenance.figure import source_of
from smartfin.services.scenario.answer import Beside, Turned, message, turned
from smartfin.services.scenario.charts import (
    cash_chart,
    cause_name,
    difference_chart,
    fan_chart,
)
from smartfin.services.scenario.ground import Ground, ground_of
from smartfin.services.scenario.levers import LeverView, lever_views
from smartfin.services.scenario.social_price import social_price, social_section
from smartfin.services.scenario.wanted import Wanted
from smartfin.services.start import Smartfin
from smartfin.services.view import Chart, Section, marked_chart, marked_table
from smartfin.store import Basis
from smartfin.wording import Words

_EVENTS_AHEAD = 20  # quarters an event may be dated in


@dataclass(frozen=True, slots=True)
class EventView:
    """An event of the scenario.

    Args:
        event: Itself.
        said: In words.
    """

    event: Event
    said: str


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """Everything the Scenarios page shows but the goal seek.

    Args:
        partner: Code of the partner shown.
        choices: Partner codes and names that can be selected.
        quarters: Quarters that can be selected, newest first; empty while nothing is known.
        currency: Of the partner.
        obstacle: Why the partner has no scenarios, in words; empty where it has.
        message: The answer in a sentence.
        price: What the members pay, in sentences; none where nothing is changed.
        figures: The answer in figures.
        remarks: What of the scenario changes nothing, and what is not counted, in words.
        levers: Every lever as it is set.
        events: Every event.
        ahead: Quarters an event may be dated in; the first is the first ahead.
        sections: Outlook, difference, cash and social price, each the answer to a question.
        changes: The scenario shown.
        synthetic: Whether any figure rests on made-up sample data.
        provisional: Whether any figure is not approved yet, where somebody approves.
    """

    partner: str
    choices: tuple[tuple[str, str], ...]
    quarters: tuple[Quarter, ...]
    currency: str
    obstacle: str = ""
    message: str = ""
    price: tuple[str, ...] = ()
    figures: tuple[Turned, ...] = ()
    remarks: tuple[str, ...] = ()
    levers: tuple[LeverView, ...] = ()
    events: tuple[EventView, ...] = ()
    ahead: tuple[Quarter, ...] = ()
    sections: tuple[Section, ...] = ()
    changes: Changes = NO_CHANGES
    synthetic: bool = False
    provisional: bool = False


def scenario_view(
    smartfin: Smartfin,
    words: Words,
    wanted: Wanted,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> ScenarioView:
    """A partner with some changes beside its present course.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        wanted: Partner and changes.
        quarter: Reporting quarter; None for the newest.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.

    Raises:
        InputError: ``partner-unknown`` or ``quarter-not-known``.
    """
    ground = ground_of(smartfin, wanted.partner or smartfin.codes[0], quarter, as_of, basis)
    case = ground.case
    frame = ScenarioView(
        partner=case.partner.code,
        choices=tuple((each.code, words.country(each.code)) for each in smartfin.partners),
        quarters=ground.assessment.choices,
        currency=case.partner.currency,
        changes=wanted.changes,
        synthetic=case.synthetic,
        provisional=case.provisional,
    )
    if isinstance(ground.draw, NoOutlook):
        return replace(frame, obstacle=_obstacle(words, case, ground.draw))
    return _simulated(words, ground, ground.draw, frame)


def _obstacle(words: Words, case: Case, none: NoOutlook) -> str:
    reason = words.reason(Measure(None, Unit.FRACTION, none.reason, none.facts))
    return words.text("scenarios.none", country=words.country(case.partner.code), reason=reason)


@kept(16)
def _present_course(draw: Draw) -> Scenario:
    """What every scenario of a partner is held against, made once."""
    return scenario_of(draw, NO_CHANGES)


def _simulated(words: Words, ground: Ground, draw: Draw, frame: ScenarioView) -> ScenarioView:
    case, changes = ground.case, frame.changes
    base = _present_course(draw)
    moved = any(each.amount for each in changes.levers) or bool(changes.events)
    beside = Beside(base, scenario_of(draw, changes) if moved else None, frame.currency)
    growth = base.outlook.volume_growth
    difference = difference_of(draw, NO_CHANGES, changes) if beside.changed else None
    price: tuple[str, ...] = ()
    if difference and beside.changed:
        price = social_price(words, beside.changed, difference, frame.currency)
    last = ground.assessment.reporting
    sources = {
        name: source_of(frame.partner, last, name) for name in ("probability", "landing")
    }  # fmt: skip
    return replace(
        frame,
        price=price,
        message=message(words, words.country(frame.partner), beside),
        figures=turned(words, beside, sources),
        remarks=tuple(_remarks(words, beside.shown)),
        levers=lever_views(words, draw, changes, growth, frame.currency),
        events=tuple(EventView(each, event_words(words, each, frame.currency))
                     for each in changes.events),
        ahead=tuple(draw.first + place for place in range(_EVENTS_AHEAD)),
        sections=tuple(_sections(words, case, beside, difference, price)),
    )  # fmt: skip


def _sections(
    words: Words, case: Case, beside: Beside, difference: Difference | None, price: tuple[str, ...]
) -> Iterator[Section]:
    """What the page shows from top to bottom."""
    subject = subject_of(words, case)

    def marked(chart: Chart) -> Chart:
        return marked_chart(words, chart, provisional=case.provisional)

    fan = marked(fan_chart(words, case, beside, subject))
    yield Section("outlook", words.text("scenarios.section.outlook"), charts=(fan,))
    if difference:
        chart = marked(difference_chart(words, case, difference, beside.target, subject))
        title = words.text("scenarios.section.difference")
        yield Section("difference", title, (chart.alt,), charts=(chart,))
    social = social_section(words, beside.base, beside.changed, price, beside.currency)
    tables = (marked_table(words, table, provisional=case.provisional) for table in social.tables)
    yield replace(social, tables=tuple(tables))
    cash = cash_chart(words, beside, subject)
    title = words.text("scenarios.section.cash")
    if cash:
        yield Section("cash", title, (cash.alt,), charts=(marked(cash),))
    else:
        yield Section("cash", title, (words.reason(beside.base.cash.today),))


def event_words(words: Words, event: Event, currency: str) -> str:
    """An event in words: what, how much, when."""
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


def _remarks(words: Words, scenario: Scenario) -> Iterator[str]:
    """What is set and changes nothing, and what is left out."""
    for each in scenario.over:
        if each.amount:
            cause = each if isinstance(each, Event) else each.lever
            yield words.text("scenarios.over", name=cause_name(words, cause))
    for lever, why in scenario.without_effect:
        reason = words.reason(why)
        yield words.text("scenarios.no-effect", lever=words.text(f"lever.{lever}"), reason=reason)
    growth = scenario.changes.setting(LeverCode.VOLUME_GROWTH)
    if growth and growth.amount and not scenario.advisers_counted:
        yield words.text("scenarios.no-advisers")
