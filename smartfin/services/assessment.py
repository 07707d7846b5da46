"""What is known of every partner on a day, judged: the ground every page stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, partial

import pandas as pd

from smartfin.analysis.entities import Combination, EntityRemark, combined
from smartfin.analysis.forecast.pool import Pool
from smartfin.analysis.indicators.family import find_indicator, indicator_measure, indicator_series
from smartfin.analysis.states import State
from smartfin.analysis.table import known_until, lines_read_once, partner_table
from smartfin.analysis.verdict import Verdict, judge
from smartfin.analysis.warning import Flag, FlagEvent, LegalNote, Record, Silence
from smartfin.errors import InputError
from smartfin.facts import Scenario
from smartfin.fee import decided_by
from smartfin.measure import Measure, Reason, Unit, undefined
from smartfin.partner import Partner, Status
from smartfin.quarter import Quarter
from smartfin.services.approval import Unapproved, unapproved_quarters, with_waiting_list
from smartfin.services.entities.case import EntityCase, entity_case
from smartfin.services.entities.matters import matters_of_whole, with_matters
from smartfin.services.kept import kept
from smartfin.services.pools import pools_of
from smartfin.services.set_figures import with_set_figures
from smartfin.services.start import Smartfin, end_of_day
from smartfin.services.support.frame import with_listed_support
from smartfin.services.warning.records import Known, Warnings, legal_notes, warnings_of
from smartfin.settings import Settings
from smartfin.store import Basis


@dataclass(frozen=True, eq=False)
class Case:
    """One partner as it stood in the reporting quarter.

    Args:
        partner: Who.
        table: Actual figures up to the reporting quarter, in local currency.
        verdict: What is said about it.
        synthetic: Whether any of the figures is made up.
        settings: For the level indicators are taken at.
        record: What each rule of early warning has said of it.
        provisional: Whether any of the figures is not approved yet, where somebody approves.
        plan_provisional: The same of what was voted for the quarter's year.
        entities: Its legal entities, where it has several.
        remarks: What somebody must look at in their figures, up to the reporting quarter.
    """

    partner: Partner
    table: pd.DataFrame
    verdict: Verdict
    synthetic: bool
    settings: Settings
    record: Record
    provisional: bool = False
    plan_provisional: bool = False
    entities: tuple[EntityCase, ...] = ()
    remarks: tuple[EntityRemark, ...] = ()

    @property
    def quarter(self) -> Quarter | None:
        """Newest quarter its figures reach; None when nothing is known."""
        return self.verdict.quarter

    @cached_property
    def active(self) -> bool:
        """Whether it is one of those that must make the deadline."""
        return self.verdict.state not in {State.INACTIVE, State.CLOSED}

    def measure(self, code: str, quarters_earlier: int = 0) -> Measure:
        """An indicator at its newest quarter, or some quarters before."""
        indicator = find_indicator(code, self.settings.level, self.settings.deadline)
        if self.quarter is None:
            return undefined(self._unit(indicator.unit), Reason.NOTHING_KNOWN)
        ordinal = self.quarter.ordinal - quarters_earlier
        return indicator_measure(indicator, self.table, ordinal, self.partner.currency)

    def series(self, code: str) -> pd.Series[float]:
        """An indicator over all its quarters; NaN where undefined."""
        indicator = find_indicator(code, self.settings.level, self.settings.deadline)
        return indicator_series(indicator, self.table)

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """The flags of early warning that stand at its newest quarter, red first."""
        return self.record.flags(self.quarter) if self.quarter else ()

    @cached_property
    def silent(self) -> tuple[Silence, ...]:
        """The rules that cannot speak at its newest quarter, each with its reason."""
        return self.record.silent(self.quarter) if self.quarter else ()

    @cached_property
    def events(self) -> tuple[FlagEvent, ...]:
        """Every flag that rose or cleared up to its newest quarter, oldest first."""
        return self.record.events(self.quarter) if self.quarter else ()

    def _unit(self, unit: Unit) -> str:
        return self.partner.currency if unit is Unit.CURRENCY else unit


@dataclass(frozen=True, eq=False)
class Assessment:
    """Every partner as it stood in the reporting quarter.

    Args:
        reporting: The quarter judged; None while nothing is known.
        choices: Quarters that can be chosen, newest first.
        cases: One a partner, in the order of group.toml.
        frame: The tidy frame all of it comes from.
        moment: Until when knowledge counts; None for all that is known.
        basis: Which figures count.
        combination: How the figures of partners of several entities were put together.
    """

    reporting: Quarter | None
    choices: tuple[Quarter, ...]
    cases: tuple[Case, ...]
    frame: pd.DataFrame
    moment: datetime | None
    basis: Basis = Basis.ACCEPTED
    combination: Combination | None = None

    @property
    def synthetic(self) -> bool:
        """Whether any figure is made up."""
        return any(case.synthetic for case in self.cases)

    @property
    def provisional(self) -> bool:
        """Whether any figure is not approved yet, where somebody approves."""
        return any(case.provisional for case in self.cases)

    def active(self) -> tuple[Case, ...]:
        """The partners that must make the deadline, once they have been launched."""
        return tuple(
            case
            for case in self.cases
            if case.active
            and (self.reporting is None or case.quarter or case.partner.launch <= self.reporting)
        )

    def precedents(self) -> tuple[Case, ...]:
        """The inactive partners of which anything is known."""
        return tuple(case for case in self.cases if not case.active and case.quarter)

    def case(self, partner: str) -> Case:
        """The case of one partner.

        Raises:
            InputError: ``judged-as-whole`` for a legal entity of one.
        """
        for case in self.cases:
            if case.partner.code == partner:
                return case
        raise InputError("judged-as-whole", typed=partner, partner=partner.partition("-")[0])


def assess(
    smartfin: Smartfin,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> Assessment:
    """Judge every partner on what was known at the end of a day.

    Args:
        smartfin: Opened.
        quarter: Reporting quarter; None for the newest with actuals of an active partner.
        as_of: Day whose knowledge counts; None for all that is known.
        basis: Which figures count.

    Raises:
        InputError: ``quarter-not-known`` when no active partner has figures for it.
    """
    assessment = assess_at(smartfin, quarter, end_of_day(as_of), basis)
    if quarter is not None and quarter not in assessment.choices:
        newest = str(assessment.choices[0]) if assessment.choices else ""
        raise InputError("quarter-not-known", quarter=str(quarter), newest=newest)
    return assessment


def assess_at(
    smartfin: Smartfin,
    quarter: Quarter | None,
    moment: datetime | None,
    basis: Basis = Basis.ACCEPTED,
) -> Assessment:
    """Judge every partner on what was known at a moment; see ``assess``.

    A quarter nobody has figures for is no error here: nothing is reported in it.
    """
    revision = smartfin.ledger.figures_revision()
    choices = _reports(smartfin, revision, moment, basis).choices
    newest = choices[0] if choices else None
    # Asked for by name or as the newest: it is judged once.
    reporting = newest if quarter is None else quarter if quarter in choices else None
    return _assessed(smartfin, revision, reporting, moment, basis)


@dataclass(frozen=True, slots=True, eq=False)
class _Reports:
    """What was known at a moment, whichever quarter is judged.

    Args:
        frame: The tidy frame.
        combination: How the figures of partners of several entities were put together.
        reported: Quarters of each partner with every required item, oldest first.
        choices: Quarters that can be chosen, newest first.
        from_list: Partner and quarter of each figure that only group finance's list states.
    """

    frame: pd.DataFrame
    combination: Combination
    reported: Mapping[str, tuple[Quarter, ...]]
    choices: tuple[Quarter, ...]
    from_list: tuple[tuple[str, int], ...]


@kept(8)
def _reports(smartfin: Smartfin, _revision: int, moment: datetime | None, basis: Basis) -> _Reports:
    """Read once for each state of the ledger."""
    figures = smartfin.ledger.facts_frame(moment, smartfin.unit_codes, basis=basis)
    combination = combined(_usable(smartfin, figures), smartfin.partners, smartfin.items)
    own = with_set_figures(combination.frame, smartfin.units)
    frame = with_listed_support(smartfin, own, moment, basis)
    reported = _reported(smartfin, frame)
    added = frame.iloc[len(own) :]
    from_list = tuple(zip(added["partner"].tolist(), added["quarter"].tolist(), strict=True))
    choices = _choices(smartfin.partners, reported)
    return _Reports(frame, combination, reported, choices, from_list)


@kept(16)
def _assessed(
    smartfin: Smartfin,
    revision: int,
    reporting: Quarter | None,
    moment: datetime | None,
    basis: Basis,
) -> Assessment:
    """Judged once for each state of the ledger: every page starts from the same assessment."""
    reports = _reports(smartfin, revision, moment, basis)
    frame, combination = reports.frame, reports.combination
    waiting = with_waiting_list(unapproved_quarters(smartfin, moment, basis), reports.from_list)
    # While nothing is reported the deadline has not passed for anybody either.
    judged_in = reporting or smartfin.settings.deadline + -1
    notes = legal_notes(smartfin.ledger, moment)
    known = [
        replace(
            _known(partner, frame, reports.reported[partner.code], judged_in),
            notes=notes.get(partner.code, ()),
        )
        for partner in _as_of(smartfin.partners, moment)
    ]
    with lines_read_once():
        warnings = warnings_of(smartfin.settings, known)
        pool_in = pools_of(known, smartfin.settings)
        judged = [
            _case(smartfin, each, warnings, judged_in, waiting, partial(pool_in, each.synthetic))
            for each in known
        ]
    cases = tuple(
        _with_entities(case, each, combination, frame, judged_in, notes)
        for case, each in zip(judged, known, strict=True)
    )
    return Assessment(reporting, reports.choices, cases, frame, moment, basis, combination)


def _as_of(partners: Iterable[Partner], moment: datetime | None) -> Iterator[Partner]:
    """The partners without fees that were decided later than the day looked back at."""
    for partner in partners:
        votes = partner.fee_votes
        by_then = votes if moment is None else decided_by(votes, moment.date())
        yield partner if by_then == votes else replace(partner, fee_votes=by_then)


def _with_entities(
    case: Case, known: Known, combination: Combination, frame: pd.DataFrame, reporting: Quarter,
    notes: Mapping[str, tuple[LegalNote, ...]],
) -> Case:  # fmt: skip
    """The same, with each of its legal entities and what is remarked on their figures."""
    if not case.partner.entities:
        return case
    entities = tuple(
        entity_case(unit, entity, frame, known.until, case.settings)
        for unit, entity in zip(case.partner.units[1:], case.partner.entities, strict=True)
    )
    of_whole = matters_of_whole(case.partner, case.table, case.settings, entities, notes)
    return replace(
        case,
        record=Record((*case.record.tracks, *of_whole.tracks)),
        entities=with_matters(case.partner, entities, notes),
        remarks=tuple(
            each
            for each in combination.remarks
            if each.partner == case.partner.code and each.quarter <= reporting
        ),
    )


def _usable(smartfin: Smartfin, frame: pd.DataFrame) -> pd.DataFrame:
    """The figures of items that exist, amounts in the partner's own currency.

    An old ledger may hold an item that items.yaml has dropped, or amounts in a currency
    the partner has left: adding those up with the others would be silently wrong.
    """
    money = {code for code, item in smartfin.items.items() if item.unit == "currency"}
    currencies = {unit.code: unit.currency for unit in smartfin.units}
    known = frame["item"].isin(list(smartfin.items))
    foreign = frame["item"].isin(money) & (frame["currency"] != frame["partner"].map(currencies))
    return frame[known & ~foreign]


def _reported(smartfin: Smartfin, frame: pd.DataFrame) -> Mapping[str, tuple[Quarter, ...]]:
    """Quarters of each partner with every required item, oldest first.

    A stray figure is no report.
    """
    required = smartfin.items.required
    wanted = (frame["scenario"] == Scenario.ACTUAL) & frame["item"].isin(required)
    counts = frame[wanted].groupby(["partner", "quarter"]).size()
    found: dict[str, tuple[Quarter, ...]] = dict.fromkeys(smartfin.codes, ())
    for code, ordinal in sorted(counts.index[counts == len(required)]):
        if code in found:
            found[code] = (*found[code], Quarter.from_ordinal(int(ordinal)))
    return found


def _choices(
    partners: Iterable[Partner], reported: Mapping[str, tuple[Quarter, ...]]
) -> tuple[Quarter, ...]:
    """Quarters reported by a partner active at their end, newest first."""
    quarters = {
        quarter
        for partner in partners
        for quarter in reported[partner.code]
        if partner.status_on(quarter.end) is Status.ACTIVE
    }
    return tuple(sorted(quarters, reverse=True))


def _known(
    partner: Partner, frame: pd.DataFrame, reported: tuple[Quarter, ...], reporting: Quarter
) -> Known:
    """One partner up to the newest quarter it has reported."""
    until = max((quarter for quarter in reported if quarter <= reporting), default=reporting)
    behind = (frame["partner"] == partner.code) & (frame["quarter"] <= until.ordinal)
    return Known(
        partner=partner,
        table=known_until(partner_table(frame, partner.code), until.ordinal),
        until=until,
        synthetic=bool(frame.loc[behind, "synthetic"].any()),
    )


def _case(
    smartfin: Smartfin,
    known: Known,
    warnings: Warnings,
    reporting: Quarter,
    waiting: Unapproved,
    pool_in: Callable[[Quarter], Pool | None],
) -> Case:
    """One partner judged."""
    partner, until = known.partner, known.until
    flags_in = partial(warnings.red_flags, partner.code)
    flags = flags_in(until)
    verdict = judge(
        partner,
        known.table,
        reporting,
        smartfin.settings,
        flags,
        earlier_flags=flags_in,
        pool=pool_in(reporting),
        earlier_pool=pool_in,
    )
    return Case(
        partner=partner,
        table=known.table,
        verdict=verdict,
        synthetic=known.synthetic,
        settings=smartfin.settings,
        record=warnings.records[partner.code],
        provisional=any(each <= until for each in waiting.actual.get(partner.code, ())),
        plan_provisional=any(
            each.year == until.year and each <= until
            for each in waiting.budget.get(partner.code, ())
        ),
    )
