"""What each kind of rule says of small tables, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartfin.analysis.warning import (
    Alarm,
    Course,
    Family,
    Flag,
    LegalNote,
    Record,
    Sight,
    find_rule,
    record_of,
)
from smartfin.analysis.warning.rule import Applies
from smartfin.measure import Reason
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.settings import ThresholdChange
from tests.unit.analysis_builders import BALANCED, a_partner, some_settings, table_of

NOW = Quarter.parse("2019-Q4")
SETTINGS = some_settings(deadline="2020-Q4")


def partner(code: str = "ES", launch: str = "2012-Q1", form: str = "") -> Partner:
    return replace(a_partner(), code=code, launch=Quarter.parse(launch), legal_form=form)


def quarters(**items: list[float]) -> pd.DataFrame:
    """A table of balanced quarters up to now with these figures put in."""
    count = len(next(iter(items.values())))
    rows = [
        {**BALANCED, **{item: values[place] for item, values in items.items()}}
        for place in range(count)
    ]
    return table_of(*rows, last=str(NOW))


def sight(table: pd.DataFrame, who: Partner | None = None, **more: object) -> Sight:
    return Sight(who or partner(), table, SETTINGS, **more)  # type: ignore[arg-type]


def record(code: str, seen: Sight) -> Record:
    return record_of(seen, (find_rule(code),))


def flag(code: str, seen: Sight, quarter: Quarter = NOW) -> Flag | None:
    return next(iter(record(code, seen).flags(quarter)), None)


def members(*active: float, total: float = 100) -> pd.DataFrame:
    return quarters(members_active=list(active), members_total=[total] * len(active))


# ---------------------------------------------------------------- a flag and its story


def test_a_flag_has_its_figure_threshold_dates_and_direction() -> None:
    found = flag("active_share", sight(members(50, 38, 37, 36, 24, 23)))

    assert found is not None
    assert (found.alarm, found.family) == (Alarm.RED, Family.TRACTION)
    assert (found.value.value, found.threshold.value) == (0.23, 0.25)
    assert found.first_raised == NOW + -4
    assert found.since == NOW + -1
    assert found.course is Course.WORSE
    assert (found.indicator, found.quarter, found.renewed) == ("active_share", NOW, True)
    assert not found.easing


def test_rising_and_clearing_are_events_that_follow_on_from_each_other() -> None:
    events = record("active_share", sight(members(50, 38, 24, 30, 30, 45, 45))).events(NOW)

    assert [(event.quarter - NOW, event.before, event.after) for event in events] == [
        (-5, None, Alarm.AMBER),
        (-4, Alarm.AMBER, Alarm.RED),
        (-2, Alarm.RED, Alarm.AMBER),
        (0, Alarm.AMBER, None),
    ]
    assert [event.threshold.value for event in events] == [0.40, 0.25, 0.25, 0.40]
    assert [event.louder for event in events] == [True, True, False, False]


def test_a_later_quarter_does_not_change_what_was_said_before() -> None:
    seen = sight(members(50, 38, 24, 30, 30, 45, 45))

    assert len(record("active_share", seen).events(NOW + -4)) == 2
    assert flag("active_share", seen, NOW + -4) is not None
    assert flag("active_share", seen) is None


def test_an_unknown_figure_leaves_the_flag_and_says_so() -> None:
    seen = sight(members(38, np.nan, np.nan))
    found = flag("active_share", seen)

    assert found is not None
    assert not found.renewed
    assert found.quarter == NOW + -2
    assert found.value.value == 0.38
    (silent,) = record("active_share", seen).silent(NOW)
    assert silent.why.reason is Reason.ITEM_MISSING


def test_a_figure_that_is_back_for_one_quarter_is_easing() -> None:
    found = flag("active_share", sight(members(30, 45)))

    assert found is not None
    assert found.easing


@pytest.mark.parametrize(
    ("first", "last", "course"),
    [(20, 30, Course.BETTER), (30, 20, Course.WORSE), (30, 30.5, Course.UNCHANGED)],
)
def test_the_direction_is_against_four_quarters_before(
    first: float, last: float, course: Course
) -> None:
    found = flag("active_share", sight(members(first, 25, 25, 25, last)))

    assert found is not None
    assert found.course is course


def test_a_changed_threshold_judges_the_quarters_since() -> None:
    change = ThresholdChange(
        "active_share", NOW.start, 0.60, None, "assembly of October", "threshold[1]"
    )
    settings = replace(SETTINGS, thresholds=(change,))
    seen = replace(sight(members(50, 50, 50)), settings=settings)

    found = flag("active_share", seen)

    assert found is not None
    assert (found.since, found.threshold.value) == (NOW, 0.60)


# ---------------------------------------------------------------- runs


def gaining(*gained: float) -> pd.DataFrame:
    """Active members after these gains; every quarter more join the register than leave it."""
    active = np.cumsum([50, *gained]).tolist()
    more = {"members_new": [10.0] * len(active), "members_left": [1.0] * len(active)}
    return quarters(members_active=active, **more)


@pytest.mark.parametrize(
    ("net", "alarm"),
    [
        ((5, 0), None),
        ((5, 0, 0), Alarm.AMBER),
        ((5, 0, -1, 0), Alarm.AMBER),
        ((0, 0, -1, 0), Alarm.RED),
        ((0, 0, 0, 0, 1), Alarm.RED),
        ((0, 0, 0, 0, 1, 1), None),
    ],
)
def test_two_quarters_without_more_active_members_are_amber_and_four_red(
    net: tuple[float, ...], alarm: Alarm | None
) -> None:
    found = flag("members_gained", sight(gaining(*net)))

    assert (found and found.alarm) == alarm


def losing(*results: float) -> Sight:
    return sight(quarters(staff_costs=[8_000.0 - each for each in results]))


@pytest.mark.parametrize(
    ("results", "alarm"),
    [
        ([-1.0] * 3, None),
        ([5.0] + [-1.0] * 4, Alarm.AMBER),
        ([-1.0] * 8, Alarm.RED),
        ([-2.0] * 4 + [-1.0] * 4, Alarm.AMBER),  # the second year is the better one
        ([-1.0] * 4 + [-2.0] * 4, Alarm.RED),
    ],
)
def test_eight_quarters_of_loss_are_red_only_without_improvement(
    results: list[float], alarm: Alarm | None
) -> None:
    found = flag("losses", losing(*results))

    assert (found and found.alarm) == alarm


def test_overdue_public_debt_is_amber_at_once_and_red_in_the_second_quarter() -> None:
    one = flag("public_debt", sight(quarters(overdue_public_debt=[0.0, 0, 10])))
    two = flag("public_debt", sight(quarters(overdue_public_debt=[0.0, 5, 10])))

    assert one is not None
    assert two is not None
    assert (one.alarm, two.alarm) == (Alarm.AMBER, Alarm.RED)


# ---------------------------------------------------------------- beside the sisters


def sister(code: str, *active: float, launch: str = "2012-Q1") -> Sight:
    return sight(members(*active), partner(code, launch))


def test_a_partner_is_held_against_its_sisters_at_the_same_age() -> None:
    young = partner("DE", "2019-Q3")  # its two quarters are the first and the second
    older = [
        sight(table_of(*[{"members_active": each} for each in (40, 100, 900)], last="2012-Q3"),
              partner(code, "2012-Q1"))
        for code in ("IT", "SE")
    ]  # fmt: skip
    alone = flag("members_against_sisters", sight(members(18, 24), young, sisters=(older[0],)))
    found = flag("members_against_sisters", sight(members(18, 24), young, sisters=tuple(older)))

    assert alone is None
    assert found is not None
    assert found.value.value == 0.24
    assert found.alarm is Alarm.RED


def test_a_sister_launched_later_was_never_as_old_by_then() -> None:
    late = tuple(sister(code, 90, 90, launch="2019-Q3") for code in ("IT", "SE"))
    seen = sight(members(10, 10), sisters=late)

    (silent,) = record("members_against_sisters", seen).silent(NOW)

    assert silent.why.reason is Reason.TOO_FEW_SISTERS
    assert silent.why.facts == {"sisters": 0, "needed": 2}


def audience(*shares: float, code: str = "ES", sisters: tuple[Sight, ...] = ()) -> Sight:
    table = quarters(
        invoiced_volume=[100.0] * len(shares), non_creative_volume=[100 * each for each in shares]
    )
    return sight(table, partner(code), sisters=sisters)


def test_a_falling_share_of_other_publics_is_red_only_under_the_median() -> None:
    falling = [0.5, 0.5, 0.5, 0.5, 0.4, 0.3, 0.2, 0.1]
    above = tuple(audience(*[0.1] * 8, code=code) for code in ("IT", "SE"))
    under = tuple(audience(*[0.9] * 8, code=code) for code in ("IT", "SE"))

    mild = flag("audience", audience(*falling, sisters=above))
    sharp = flag("audience", audience(*falling, sisters=under))

    assert mild is not None
    assert sharp is not None
    assert (mild.alarm, sharp.alarm) == (Alarm.AMBER, Alarm.RED)


def test_a_share_nobody_stated_does_not_clear_a_red_flag() -> None:
    under = tuple(audience(*[0.9] * 11, code=code) for code in ("IT", "SE"))
    shares = [0.5, 0.5, 0.5, 0.5, 0.4, 0.3, 0.2, 0.1, np.nan, np.nan, np.nan]

    found = flag("audience", audience(*shares, sisters=under))

    assert found is not None
    assert (found.alarm, found.renewed) == (Alarm.RED, False)


def dependent(imputed: list[int]) -> Sight:
    """A group that carries 30 % of the costs in cash, and 30 % more without a bill."""
    count = len(imputed)
    return sight(
        quarters(
            group_contribution_received=[2_700.0] * count,
            group_capital_injection=[0.0] * count,
            group_loan_drawdown=[0.0] * count,
            imputed_group_services=[2_700.0 if each else np.nan for each in imputed],
        )
    )


def test_what_the_group_gives_without_a_bill_may_be_left_out_until_somebody_states_it() -> None:
    found = flag("group_dependency", dependent([0] * 8))

    assert found is not None
    assert (found.alarm, found.indicator) == (Alarm.AMBER, "group_dependency")


def test_once_stated_its_lack_clears_no_flag() -> None:
    seen = dependent([1] * 6 + [0] * 4)
    found = flag("group_dependency", seen)

    assert found is not None
    assert (found.alarm, found.value.value, found.renewed) == (Alarm.RED, 0.6, False)
    assert found.quarter == NOW + -4
    (silent,) = record("group_dependency", seen).silent(NOW)
    assert silent.why.reason is Reason.IMPUTED_SUPPORT_UNKNOWN


# ---------------------------------------------------------------- ahead


def test_coverage_on_its_way_under_balance_at_the_deadline_is_amber() -> None:
    falling = losing(*[-100.0 * place for place in range(12)])
    rising = losing(*[-1200.0 + 100 * place for place in range(12)])

    assert flag("coverage_ahead", falling) is not None
    assert flag("coverage_ahead", rising) is None


def test_after_the_deadline_nothing_is_ahead_any_more() -> None:
    seen = losing(*[-100.0 * place for place in range(12)])
    over = replace(seen, settings=replace(SETTINGS, deadline=NOW), known={})

    assert flag("coverage_ahead", over) is None
    (silent,) = record("coverage_ahead", over).silent(NOW)
    assert silent.why.reason is Reason.NO_QUARTERS_LEFT


@pytest.mark.parametrize("code", ["coverage_ahead", "growth"])
def test_before_the_deadline_was_decided_nobody_is_warned_of_it(code: str) -> None:
    table = quarters(
        invoiced_volume=[100_000.0] * 12, staff_costs=[8_500.0 + 10 * each for each in range(12)],
        adviser_costs=[1_000.0] * 12, adviser_fte=[1.0] * 12,
    )  # fmt: skip
    seen = sight(table)
    decided = replace(seen, settings=replace(SETTINGS, deadline_from=NOW + -1), known={})

    assert flag(code, seen, NOW + -2) is not None
    assert flag(code, decided, NOW + -2) is None
    found = flag(code, decided)
    assert found is not None
    assert found.first_raised == NOW + -1
    (silent,) = record(code, decided).silent(NOW + -2)
    assert silent.why.reason is Reason.DEADLINE_NOT_YET
    assert silent.why.facts == {"first": NOW + -1}


def test_volume_is_judged_after_twelve_quarters() -> None:
    tables = [losing(*[-4_000.0] * count) for count in (11, 12)]
    young, old = (
        replace(each, partner=partner(launch=str(NOW + (1 - count))), known={})
        for each, count in zip(tables, (11, 12), strict=True)
    )

    assert flag("volume_reached", young) is None
    found = flag("volume_reached", old)
    assert found is not None
    assert found.value.value == pytest.approx(8_000 / 12_000)


def test_where_each_sale_loses_no_volume_is_enough() -> None:
    seen = sight(quarters(bad_debt_expense=[10_000.0] * 13))
    found = flag("volume_reached", seen)

    assert found is not None
    assert found.alarm is Alarm.RED
    assert found.value.reason is Reason.EACH_SALE_LOSES


def test_half_of_the_growth_needed_is_the_limit_and_none_is_red() -> None:
    table = quarters(staff_costs=[8_500.0] * 9, adviser_costs=[1_000.0] * 9, adviser_fte=[1.0] * 9)

    found = flag("growth", sight(table))

    assert found is not None
    assert found.alarm is Alarm.RED
    assert found.value.value == 0


def dear(count: int, **more: float) -> Sight:
    """Advisers cost more than the fee leaves; the partner is as old as its table."""
    items = {"adviser_costs": 8_500.0, "adviser_fte": 1.0, "staff_costs": 9_000.0, **more}
    table = quarters(**{item: [amount] * count for item, amount in items.items()})
    return sight(table, partner(launch=str(NOW + (1 - count))))


def test_a_fee_that_is_never_enough_is_red_after_twelve_quarters() -> None:
    young, old = dear(11), dear(12)

    assert flag("growth", young) is None
    (silent,) = record("growth", young).silent(NOW)
    assert silent.why.reason is Reason.HISTORY_TOO_SHORT
    assert silent.why.facts == {"quarters": 11, "needed": 12}
    found = flag("growth", old)
    assert found is not None
    assert (found.alarm, found.value.reason) == (Alarm.RED, Reason.NEVER_AT_THIS_FEE)
    assert found.since == NOW


@pytest.mark.parametrize(
    "more",
    [
        {"staff_costs": 8_000.0},  # more volume would bring a loss; this one does not
        {"membership_fees": 1_000.0},
        {"membership_fees": 10_000.0},  # other income covers everything
        {"bad_debt_expense": 9_500.0, "membership_fees": 10_000.0},  # each sale loses
        {"invoiced_volume": 0.0, "fee_revenue": 0.0, "membership_fees": 10_000.0},
    ],
)
@pytest.mark.parametrize("code", ["growth", "volume_reached"])
def test_a_result_of_nil_or_more_is_never_red(code: str, more: dict[str, float]) -> None:
    seen = dear(13, **more)

    assert (seen.series("gap_to_breakeven")[-1]) >= 0
    assert flag(code, seen) is None
    assert not record(code, seen).silent(NOW)


@pytest.mark.parametrize("code", ["growth", "volume_reached"])
def test_no_volume_at_all_is_as_bad_as_can_be(code: str) -> None:
    found = flag(code, dear(13, invoiced_volume=0.0, fee_revenue=0.0))

    assert found is not None
    assert (found.alarm, found.value.reason) == (Alarm.RED, Reason.NO_VOLUME)


# ---------------------------------------------------------------- several tests, one law


def austrian(equity: float, cash: float) -> Sight:
    table = quarters(
        equity=[equity] * 4, total_assets=[100.0] * 4, cash=[cash] * 4,
        total_liabilities=[100.0 - equity] * 4, staff_costs=[7_999.0] * 4,
    )  # fmt: skip
    return sight(table, partner("AT"))


@pytest.mark.parametrize(
    ("equity", "cash", "alarm"),
    [(20, 80, None), (5, 80, Alarm.AMBER), (20, 10, Alarm.AMBER), (5, 10, Alarm.RED)],
)
def test_austria_one_test_is_amber_and_both_are_red(
    equity: float, cash: float, alarm: Alarm | None
) -> None:
    found = flag("at_urg", austrian(equity, cash))

    assert (found and found.alarm) == alarm


def test_a_joint_test_is_silent_while_one_part_is_unknown() -> None:
    known = {"equity": [1.0] * 4, "total_assets": [100.0] * 4, "staff_costs": [7_999.0] * 4}
    seen = sight(quarters(**known), partner("AT"))

    assert flag("at_urg", seen) is None
    (silent,) = record("at_urg", seen).silent(NOW)
    assert silent.why.reason is Reason.ITEM_MISSING


def test_belgium_looks_four_quarters_ahead_of_net_assets() -> None:
    falling = [float(each) for each in (80, 70, 60, 50, 40, 30, 20, 10)]
    seen = sight(quarters(equity=falling), partner("BE"))
    gone = sight(quarters(equity=[*falling[1:], -10.0]), partner("BE"))

    ahead, now = flag("be_net_assets", seen), flag("be_net_assets", gone)

    assert ahead is not None
    assert now is not None
    assert (ahead.alarm, ahead.value.value, ahead.value.unit) == (Alarm.AMBER, -30, "EUR")
    assert (now.alarm, now.value.value) == (Alarm.RED, -10)


@pytest.mark.parametrize(
    ("code", "form", "applies"),
    [
        ("SE", "AB", True),
        ("SE", "Ekonomisk förening", False),
        ("SE", "", True),  # nobody said: the country decides
        ("DE", "AB", False),
    ],
)
def test_a_rule_applies_by_country_and_legal_form(code: str, form: str, applies: bool) -> None:
    assert find_rule("se_capital").applies.to(partner(code, form=form)) is applies


@pytest.mark.parametrize(
    ("form", "applies"),
    [("S.L.", True), ("SLU", True), ("Sociedad Anónima", True), ("S.Coop.", False), ("", True)],
)
def test_spanish_company_law_is_not_for_co_operatives(form: str, applies: bool) -> None:
    assert find_rule("es_capital").applies.to(partner("ES", form=form)) is applies


def test_cash_without_support_is_about_cash() -> None:
    assert find_rule("cash_without_support").family is Family.LIQUIDITY


def test_an_entity_is_judged_by_the_law_of_its_country() -> None:
    entity = replace(partner("DE-EV", form="e.V."), entity_of="DE")

    assert Applies("DE").to(entity)
    assert not find_rule("de_capital").applies.to(entity)


# ---------------------------------------------------------------- what people note


def test_an_open_legal_matter_is_amber_until_it_is_closed() -> None:
    note = LegalNote(NOW + -2, closed=NOW)
    seen = sight(members(50, 50, 50, 50), notes=(note,))

    assert flag("legal_open", seen, NOW + -3) is None
    assert flag("legal_open", seen, NOW + -1) is not None
    assert flag("legal_open", seen) is None


def test_a_legal_matter_is_red_where_it_threatens_more_than_a_quarter_of_the_volume() -> None:
    at, over = (sight(members(50), notes=(LegalNote(NOW, share=share),)) for share in (0.25, 0.26))

    assert flag("legal_share", at) is None
    found = flag("legal_share", over)
    assert found is not None
    assert (found.alarm, found.indicator) == (Alarm.RED, "")


def test_a_partner_without_figures_has_no_flags() -> None:
    empty = sight(pd.DataFrame(index=pd.RangeIndex(0, name="quarter"), dtype="float64"))

    found = record_of(empty)

    assert not found.flags(NOW)
    assert not found.events(NOW)
    assert {each.why.reason for each in found.silent(NOW)} == {Reason.NOTHING_KNOWN}


def test_a_rule_speaks_or_says_why_not() -> None:
    seen = sight(members(*[50.0] * 9), partner("BE"))

    found = record_of(seen)

    speaking = {flag.rule for flag in found.flags(NOW)}
    silent = {each.rule for each in found.silent(NOW)}
    assert not speaking & silent
    assert {"z_score", "be_liquidity", "losses"} - speaking - silent == {"losses"}


@given(
    active=st.lists(st.one_of(st.just(np.nan), st.floats(0, 100)), min_size=1, max_size=20),
)
@settings(max_examples=60, deadline=None)
def test_events_alternate_and_end_in_what_stands(active: list[float]) -> None:
    found = record("active_share", sight(members(*active)))

    events = found.events(NOW)

    before = None
    for event in events:
        assert event.before is before
        assert event.after is not before
        before = event.after
    standing = [each.alarm for each in found.flags(NOW)]
    assert standing == ([before] if before else [])
    assert [event.quarter for event in events] == sorted({event.quarter for event in events})


@given(active=st.lists(st.floats(1, 100), min_size=1, max_size=20), share=st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_fewer_active_members_never_have_a_milder_alarm(active: list[float], share: float) -> None:
    loud = {None: 0, Alarm.AMBER: 1, Alarm.RED: 2}

    more = flag("active_share", sight(members(*active)))
    fewer = flag("active_share", sight(members(*(each * share for each in active))))

    assert loud[fewer.alarm if fewer else None] >= loud[more.alarm if more else None]
