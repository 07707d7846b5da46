"""Who has handed in, who is late, and how complete what was handed in is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import pandas as pd

from smartfin.analysis.entities import combined
from smartfin.facts import Scenario
from smartfin.partner import Partner, Status
from smartfin.quarter import Quarter
from smartfin.services.handed_in import missing_entities, newest_deliveries
from smartfin.services.start import Smartfin, end_of_day
from smartfin.services.view import Cell, Table, text_cell
from smartfin.store import Basis, Delivery, Submission
from smartfin.wording import DASH, Words

_LOOKED_BACK = 4  # quarters before the one judged
_USUAL = 3  # of them in which an item must stand to be one the partner usually reports
_FEW = 3  # missing items that are named before the others are counted

Reported = Mapping[str, Mapping[int, Set[str]]]


class Punctuality(StrEnum):
    """How a partner stands with the quarter it is judged on."""

    ON_TIME = "on-time"
    LATE = "late"  # handed in, after the day
    OVERDUE = "overdue"  # not handed in, and the day has passed
    NOT_DUE = "not-due"


@dataclass(frozen=True, slots=True)
class PartnerDelivery:
    """What a partner has delivered.

    Args:
        partner: Whose.
        quarter: The quarter it is judged on: the oldest it owes, else the newest delivered.
        delivered: The newest quarter it has delivered; None when it never did.
        at: When that was complete (UTC), else None.
        due: Last day for the quarter it is judged on.
        punctuality: How it stands.
        days: Days late or overdue; 0 otherwise.
        required: Share of the required items that the judged quarter has [fraction].
        usual: Share of the items the partner usually reports [fraction]; None where nothing is
            usual yet.
        missing_required: Codes of required items it lacks.
        missing_usual: Codes of other usual items it lacks.
        missing_entities: Unit codes of its legal entities whose books are awaited.
    """

    partner: Partner
    quarter: Quarter
    delivered: Quarter | None
    at: datetime | None
    due: date
    punctuality: Punctuality
    days: int
    required: float
    usual: float | None
    missing_required: tuple[str, ...]
    missing_usual: tuple[str, ...]
    missing_entities: tuple[str, ...] = ()


def judged_on(
    smartfin: Smartfin, submissions: Sequence[Submission], as_of: date | None = None
) -> date:
    """The day on which lateness is judged: a fixed one while all data is made up."""
    if as_of is not None:
        return as_of.date() if isinstance(as_of, datetime) else as_of
    if all(each.synthetic for each in submissions if not each.withdrawn):
        return smartfin.settings.sample_day
    return datetime.now(UTC).date()


def partner_deliveries(
    smartfin: Smartfin,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> tuple[PartnerDelivery, ...]:
    """How each partner active on the day stands with its deliveries.

    Args:
        smartfin: Opened.
        as_of: Day whose knowledge counts, and on which lateness is judged; None for today.
        basis: Which figures count.
    """
    moment = end_of_day(as_of)
    submissions = smartfin.ledger.submissions(moment)
    day = judged_on(smartfin, submissions, as_of)
    required = smartfin.items.required
    newest = newest_deliveries(smartfin, moment, basis)
    grace = timedelta(days=smartfin.settings.hand_in_days)
    active = [each for each in smartfin.partners if each.status_on(day) is Status.ACTIVE]
    judged = {each.code: quarter_judged(newest.get(each.code), day, grace) for each in active}
    since = min(judged.values(), default=Quarter.containing(day)) + -_LOOKED_BACK
    units = {unit.code: unit.entity_of or unit.code for each in active for unit in each.units}
    frame = smartfin.ledger.facts_frame(moment, [*units], since, basis)
    real = {
        units.get(each.partner, each.partner)
        for each in submissions
        if not (each.synthetic or each.withdrawn)
    }
    reported = _reported(combined(frame, active, smartfin.items).frame, real)
    found = (
        _delivery(each, newest.get(each.code), judged[each.code], day, grace, reported, required)
        for each in active
    )
    return tuple(
        replace(
            each,
            missing_entities=missing_entities(smartfin, each.partner, each.quarter, moment, basis),
        )
        if each.partner.entities and each.required < 1
        else each
        for each in found
    )


def quarter_judged(delivery: Delivery | None, day: date, grace: timedelta) -> Quarter:
    """The quarter a partner is judged on: the oldest it owes, else the newest it delivered.

    A quarter is owed once it has ended. A new quarter does not excuse an old one; who has
    never delivered anything owes the newest quarter whose day has passed.
    """
    if delivery is None:
        return Quarter.containing(day - grace) + -1
    ended = Quarter.containing(day) + -1
    return delivery.quarter if delivery.quarter >= ended else delivery.quarter + 1


def deliveries_table(
    smartfin: Smartfin, words: Words, deliveries: Sequence[PartnerDelivery]
) -> Table:
    """A row for each partner."""
    columns = ("country", "delivered", "at", "due", "delivery", "required", "usual", "missing")
    days = smartfin.settings.hand_in_days
    return Table(
        caption=words.text("history.deliveries-caption", days=days),
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(_row(words, each) for each in deliveries),
    )


def usual_items(by_quarter: Mapping[int, Collection[str]], quarter: Quarter) -> frozenset[str]:
    """The items a partner usually reports: those of three of the four quarters before.

    Args:
        by_quarter: Its actual items by quarter's ordinal.
        quarter: The one that is judged.
    """
    before = range(quarter.ordinal - _LOOKED_BACK, quarter.ordinal)
    seen = Counter(item for ordinal in before for item in by_quarter.get(ordinal, ()))
    return frozenset(item for item, times in seen.items() if times >= _USUAL)


def _delivery(
    partner: Partner,
    delivery: Delivery | None,
    quarter: Quarter,
    day: date,
    grace: timedelta,
    reported: Reported,
    required: Collection[str],
) -> PartnerDelivery:
    by_quarter = reported.get(partner.code, {})
    there = by_quarter.get(quarter.ordinal, frozenset())
    usual = usual_items(by_quarter, quarter)
    due = quarter.end + grace
    punctuality, days = _punctuality(delivery, quarter, due, day)
    return PartnerDelivery(
        partner=partner,
        quarter=quarter,
        delivered=delivery.quarter if delivery else None,
        at=delivery.at if delivery else None,
        due=due,
        punctuality=punctuality,
        days=days,
        required=_share(required, there) or 0.0,
        usual=_share(usual, there),
        missing_required=tuple(sorted(set(required) - there)),
        missing_usual=tuple(sorted(usual - there - set(required))),
    )


def _punctuality(
    delivery: Delivery | None, quarter: Quarter, due: date, day: date
) -> tuple[Punctuality, int]:
    """How a partner stands with a quarter, and how many days late."""
    if delivery is not None and delivery.quarter >= quarter:
        late = (delivery.at.date() - due).days
        return (Punctuality.LATE, late) if late > 0 else (Punctuality.ON_TIME, 0)
    overdue = (day - due).days
    return (Punctuality.OVERDUE, overdue) if overdue > 0 else (Punctuality.NOT_DUE, 0)


def _share(wanted: Collection[str], there: Collection[str]) -> float | None:
    return len(set(wanted) & set(there)) / len(wanted) if wanted else None


def _reported(frame: pd.DataFrame, real: Collection[str]) -> Reported:
    """Items with an actual figure by partner and quarter; of real partners, real figures."""
    actual = frame[frame["scenario"] == Scenario.ACTUAL.value]
    counted = actual[~(actual["synthetic"] & actual["partner"].isin(list(real)))]
    found: dict[str, dict[int, set[str]]] = {}
    places = zip(counted["partner"], counted["quarter"], counted["item"], strict=True)
    for partner, quarter, item in places:
        found.setdefault(partner, {}).setdefault(quarter, set()).add(item)
    return found


def _row(words: Words, each: PartnerDelivery) -> tuple[Cell, ...]:
    return (
        text_cell(words.country(each.partner.code)),
        text_cell(words.quarter(each.delivered) if each.delivered else DASH),
        text_cell(words.moment(each.at) if each.at else DASH),
        text_cell(words.date(each.due), words.quarter(each.quarter)),
        _punctuality_cell(words, each),
        _share_cell(words, each.required),
        _share_cell(words, each.usual),
        text_cell(_missing(words, each)),
    )


def _punctuality_cell(words: Words, each: PartnerDelivery) -> Cell:
    """On time, late, overdue or not due yet, in words."""
    if each.punctuality is Punctuality.LATE:
        return Cell(words.plural("delivery.late", each.days), good=False)
    if each.punctuality is Punctuality.OVERDUE:
        return Cell(words.plural("delivery.overdue", each.days), good=False)
    good = True if each.punctuality is Punctuality.ON_TIME else None
    return Cell(words.text(f"delivery.{each.punctuality.value}"), good=good)


def _share_cell(words: Words, share: float | None) -> Cell:
    return Cell(words.percent(share), value=share, unit="fraction")


def _missing(words: Words, each: PartnerDelivery) -> str:
    """The first missing items by name, the others by number."""
    if each.missing_entities:
        return words.join([words.country(unit) for unit in each.missing_entities])
    if not each.required and not each.usual:
        return words.text("delivery.nothing")
    missing = (*each.missing_required, *each.missing_usual)
    if not missing:
        return DASH
    named = [words.item(item) for item in missing[:_FEW]]
    others = len(missing) - len(named)
    if others:
        named.append(words.plural("delivery.more", others))
    return words.join(named)
