"""What was known on a day: the tidy frame for the analysis, facts with their cells, deliveries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Subquery,
    Text,
    and_,
    cast,
    func,
    select,
)

from smartfin.facts import Fact, LedgerFact, Period, Scenario, Stage
from smartfin.quarter import Quarter
from smartfin.store.schema import cover, fact, submission, validity
from smartfin.store.standing import WITHDRAWAL, decided
from smartfin.store.validity import Basis, known_on

if TYPE_CHECKING:
    import pandas as pd

_STAGES = {stage.value: stage for stage in Stage}
_SCENARIOS = tuple(scenario.value for scenario in Scenario)  # named, so that the index reaches span
_QUARTER_WIDTH = len("2022-Q4")  # a span over other days is longer


@dataclass(frozen=True, slots=True)
class Delivery:
    """A quarter that a partner has delivered (``Ledger.deliveries``).

    Args:
        partner: Code of the partner.
        quarter: The quarter.
        at: When the last figure it needs first became known (UTC).
        submission: Number of the submission that brought it.
    """

    partner: str
    quarter: Quarter
    at: datetime
    submission: int


class KnownFigure(NamedTuple):
    """An actual figure in force (``Ledger.actual_figures``).

    Args:
        amount: In single units, storage sign.
        unit: ISO currency code, or count, fte, percent, days, hours.
        stage: How far the books it was read from were settled.
        synthetic: Whether it is made-up sample data.
    """

    amount: float
    unit: str
    stage: Stage
    synthetic: bool


def facts_frame(
    connection: Connection,
    as_of: datetime | None,
    partners: Collection[str] | None,
    since: Quarter | None,
    basis: Basis,
) -> pd.DataFrame:
    """The tidy frame (see ``Ledger.facts_frame``)."""
    wanted = _PARTNERS if partners is None else sorted(partners)
    query = select(_HEADING, validity.c.item, validity.c.amount).where(
        validity.c.basis == basis.value,
        validity.c.partner.in_(wanted),
        validity.c.scenario.in_(_SCENARIOS),
        validity.c.span >= str(since or ""),
        func.length(validity.c.span) == _QUARTER_WIDTH,
        known_on(as_of),
    )
    return _tidy(connection.execute(query.order_by(*validity.primary_key)).all())


def facts(
    connection: Connection,
    partner: str | None,
    as_of: datetime | None,
    quarter: Quarter | None,
    basis: Basis,
) -> tuple[LedgerFact, ...]:
    """Facts in force at a moment, each with its cell (see ``Ledger.facts``)."""
    query = (
        select(fact, validity.c.partner, validity.c.known_from, validity.c.synthetic)
        .add_columns(cover.c.name, cover.c.by)
        .join_from(validity, fact)
        .join(cover, cover.c.submission == fact.c.submission)
        .where(validity.c.basis == basis.value)
        .where(validity.c.partner.in_(_PARTNERS if partner is None else [partner]))
        .where(validity.c.scenario.in_(_SCENARIOS), known_on(as_of))
        .order_by(*validity.primary_key)
    )
    if quarter is not None:
        query = query.where(validity.c.span == str(quarter))
    return tuple(_ledger_fact(row) for row in connection.execute(query))


def stated_facts(connection: Connection, number: int) -> tuple[Fact, ...]:
    """What a submission states (see ``Ledger.stated_facts``)."""
    query = select(fact).where(fact.c.submission == number)
    rows = connection.execute(query.order_by(fact.c.scenario, fact.c.span, fact.c.item))
    return tuple(_fact(row) for row in rows)


def actual_figures(
    connection: Connection, partner: str, as_of: datetime | None, basis: Basis
) -> dict[tuple[str, Quarter], KnownFigure]:
    """The actual figures of a partner's quarters (see ``Ledger.actual_figures``)."""
    query = (
        select(validity.c.item, validity.c.span, validity.c.amount, validity.c.unit)
        .add_columns(submission.c.stage, validity.c.synthetic)
        .join_from(validity, submission, submission.c.id == validity.c.submission)
        .where(validity.c.basis == basis.value, validity.c.partner == partner)
        .where(*_ACTUAL_QUARTERS, known_on(as_of))
        .order_by(*validity.primary_key)
    )
    quarters: dict[str, Quarter] = {}
    found = {}
    for item, span, amount, unit, stage, synthetic in connection.execute(query):
        quarter = quarters.get(span) or quarters.setdefault(span, Quarter.parse(span))
        found[item, quarter] = KnownFigure(amount, unit, _STAGES[stage], synthetic)
    return found


def deliveries(
    connection: Connection,
    as_of: datetime | None,
    required: Collection[str],
    basis: Basis,
    partners: Collection[str] | None,
    *,
    every: bool = False,
) -> tuple[Delivery, ...]:
    """What each partner has delivered, by partner code (see ``Ledger.deliveries``)."""
    counting = _counting(required, basis)
    delivered = _every_delivered if every else _newest_delivered
    found = delivered(counting, as_of, len(set(required)), partners)
    query = (
        select(found.c.partner, found.c.span, validity.c.item)
        .add_columns(validity.c.known_from, validity.c.submission)
        .join(validity, (validity.c.span == found.c.span) & _counts_for(found))
        .join(submission, submission.c.id == validity.c.submission)
        .where(*counting, ~decided(WITHDRAWAL, as_of=as_of))
        .order_by(validity.c.known_from.desc())
    )
    first: dict[tuple[str, str], dict[str, tuple[datetime, int]]] = {}
    for partner, span, item, at, number in connection.execute(query):
        first.setdefault((partner, span), {})[item] = (at, number)
    decisive = max if required else min  # the last item needed, or the first of any
    return tuple(
        Delivery(partner, Quarter.parse(span), *decisive(items.values()))
        for (partner, span), items in sorted(first.items())
    )


def _newest_delivered(
    counting: Sequence[ColumnElement[bool]],
    as_of: datetime | None,
    needed: int,
    wanted: Collection[str] | None,
) -> CTE:
    """Each partner with the newest quarter in which enough items are in force, or none."""
    partners = _partners_by(as_of, wanted)
    enough = func.count(validity.c.item.distinct()) >= needed
    newest = (
        select(validity.c.span)
        .where(*counting, known_on(as_of), _counts_for(partners))
        .group_by(validity.c.span)
        .having(enough)
        .order_by(validity.c.span.desc())
        .limit(1)
        .scalar_subquery()
    )
    # Materialized: else SQLite looks for the newest quarter again for each row it joins.
    return select(partners, newest.label("span")).cte().prefix_with("MATERIALIZED")


def _every_delivered(
    counting: Sequence[ColumnElement[bool]],
    as_of: datetime | None,
    needed: int,
    wanted: Collection[str] | None,
) -> CTE:
    """Each partner with every quarter in which enough items are in force."""
    partners = _partners_by(as_of, wanted)
    return (
        select(partners, validity.c.span)
        .join(validity, _counts_for(partners))
        .where(*counting, known_on(as_of))
        .group_by(partners.c.partner, partners.c.only_samples, validity.c.span)
        .having(func.count(validity.c.item.distinct()) >= needed)
        .cte()
        .prefix_with("MATERIALIZED")
    )


def _counting(required: Collection[str], basis: Basis) -> tuple[ColumnElement[bool], ...]:
    """The condition that a row of validity may count towards a delivery."""
    actual = (validity.c.basis == basis.value, *_ACTUAL_QUARTERS)
    if not required:
        return actual
    return (*actual, validity.c.item.in_(sorted(required)))


def _partners_by(as_of: datetime | None, wanted: Collection[str] | None) -> Subquery:
    """Each partner heard of by a moment, and whether all of it that stands is sample data."""
    only_samples = func.min(submission.c.synthetic).label("only_samples")
    heard = select(submission.c.partner, only_samples).group_by(submission.c.partner)
    heard = heard.where(~decided(WITHDRAWAL, as_of=as_of))
    if wanted is not None:
        heard = heard.where(submission.c.partner.in_(sorted(wanted)))
    return (heard if as_of is None else heard.where(submission.c.at <= as_of)).subquery()


def _counts_for(partners: FromClause) -> ColumnElement[bool]:
    """The condition that a row is the partner's, and real where the partner is."""
    return and_(
        validity.c.partner == partners.c.partner,
        validity.c.synthetic <= partners.c.only_samples,
    )


def _tidy(rows: Sequence[Row[Any, Any, Any]]) -> pd.DataFrame:
    """The tidy frame of rows of heading, item and amount."""
    import numpy as np  # noqa: PLC0415 - late: most commands do not wait for it
    import pandas as pd  # noqa: PLC0415

    headings, items, amounts = zip(*rows, strict=True) if rows else ((), (), ())
    places, shared = pd.factorize(np.array(headings, dtype=object))
    item_places, codes = pd.factorize(np.array(items, dtype=object))
    parts = [heading.split("|") for heading in shared]
    partners, spans, scenarios, units, marks = zip(*parts, strict=True) if parts else ((),) * 5
    ordinals = [Quarter.parse(span).ordinal for span in spans]
    columns = {
        "partner": pd.array(partners, dtype="str").take(places),
        "quarter": np.array(ordinals, dtype="int64")[places],
        "scenario": pd.array(scenarios, dtype="str").take(places),
        "item": pd.array(codes, dtype="str").take(item_places),
        "amount": np.array(amounts, dtype="float64"),
        "currency": pd.array(units, dtype="str").take(places),
        "synthetic": np.array([mark == "1" for mark in marks], dtype=bool)[places],
    }
    return pd.DataFrame(columns, copy=False)


def _fact(row: Row[Any]) -> Fact:
    quarter, period = _quarter_or_period(row.span)
    return Fact(
        item=row.item,
        quarter=quarter,
        scenario=Scenario(row.scenario),
        amount=row.amount,
        unit=row.unit,
        sheet=row.sheet,
        cell=row.cell,
        label=row.label,
        period=period,
    )


def _ledger_fact(row: Row[Any]) -> LedgerFact:
    return LedgerFact(
        fact=_fact(row),
        partner=row.partner,
        submission=row.submission,
        file=row.name,
        known_from=row.known_from,
        by=row.by,
        synthetic=row.synthetic,
    )


def _quarter_or_period(span: str) -> tuple[Quarter | None, Period | None]:
    if len(span) == _QUARTER_WIDTH:
        return Quarter.parse(span), None
    start, end = span.split("/")
    return None, Period(date.fromisoformat(start), date.fromisoformat(end))


_PARTNERS = select(submission.c.partner).distinct()

_ACTUAL_QUARTERS = (
    validity.c.scenario == Scenario.ACTUAL.value,
    func.length(validity.c.span) == _QUARTER_WIDTH,
)

# What some hundred rows share travels as one text: Python objects of seven columns take twice
# as long to make as those of three.
_HEADING = reduce(
    lambda heading, column: heading + "|" + column,
    (
        validity.c.partner,
        validity.c.span,
        validity.c.scenario,
        validity.c.unit,
        cast(validity.c.synthetic, Text),
    ),
)
