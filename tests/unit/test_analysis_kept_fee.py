"""The fee the outlook carries on: what was decided, not when money was booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from smartfin.analysis.forecast.kept_fee import kept_fee
from smartfin.analysis.forecast.outlook import Outlook
from smartfin.analysis.forecast.simulation import simulate_outlook
from smartfin.analysis.verdict import judge
from smartfin.errors import SettingsError
from smartfin.fee import FeeVote, read_fee_votes
from smartfin.partner import read_partners
from smartfin.quarter import Quarter
from smartfin.settings import Level, OutlookSettings
from tests.unit.analysis_builders import BALANCED, some_settings, table_of

LAST = Quarter.parse("2019-Q4")
DEADLINE = LAST + 4
SETTINGS = OutlookSettings(paths=1000, seed=1, horizon=12)
VOLUMES = 100_000 * np.exp(np.random.default_rng(5).normal(0, 0.05, 16))


def doubtful(printed: float | None = 9.0) -> pd.DataFrame:
    """Four years of a partner on the border, with a fee of 9 % of volume."""
    rows = [
        {**BALANCED, "invoiced_volume": volume, "fee_revenue": 0.09 * volume,
         "bad_debt_expense": 0.01 * volume, "employment_margin": 0.0}
        for volume in VOLUMES.tolist()
    ]  # fmt: skip
    table = table_of(*rows, last=str(LAST))
    return table if printed is None else table.assign(fee_rate=printed)


def vote_of(first: Quarter, percent: float, decided: date = LAST.end) -> FeeVote:
    return FeeVote(first, percent, "assembly", decided)


def outlook_of(table: pd.DataFrame, votes: tuple[FeeVote, ...] = ()) -> Outlook:
    outlook = simulate_outlook(
        table, LAST.ordinal, DEADLINE.ordinal, SETTINGS, Level.OSS, votes=votes
    )
    assert isinstance(outlook, Outlook)
    return outlook


def booked(table: pd.DataFrame, item: str, yearly: list[float], shares: list[float]) -> None:
    """Adds so much a year to a line, booked in the year's quarters by their shares."""
    parts = np.outer(yearly, np.array(shares) / sum(shares)).ravel()
    table[item] = table[item].to_numpy() + parts


def yearly_fees() -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    sums: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = (0.09 * VOLUMES).reshape(4, 4)
    return sums


# ---------------------------------------------------------------- when money is booked


SHARES = st.lists(st.floats(0, 1), min_size=4, max_size=4).filter(lambda each: sum(each) > 0.1)


@tried(max_examples=12, deadline=None)
@given(SHARES, SHARES, st.sampled_from([9.0, None]))
def test_moving_fee_income_within_years_moves_the_probability_by_five_points_at_most(
    margins: list[float], fees: list[float], printed: float | None
) -> None:
    """A twentieth of each year's fees is margin; a printed fee lets the fees move as well."""
    year = yearly_fees().sum(axis=1)
    said = []
    for shares in ([1.0] * 4, margins):
        table = doubtful(printed)
        table["fee_revenue"] *= 0.95
        booked(table, "employment_margin", (0.05 * year).tolist(), shares)
        if printed:
            moved = 0.1 * year
            table["fee_revenue"] -= np.repeat(moved / 4, 4)
            booked(table, "fee_revenue", moved.tolist(), shares if shares == [1.0] * 4 else fees)
        said.append(outlook_of(table).printed_probability)

    assert 0.1 < said[0] < 0.9
    assert abs(said[1] - said[0]) <= 0.05 + 1e-9


def test_a_margin_booked_once_a_year_is_not_taken_for_that_of_each_quarter() -> None:
    table = doubtful(None)
    year = float(table["invoiced_volume"].iloc[-4:].sum())
    table.loc[LAST.ordinal, "employment_margin"] = 0.005 * year

    kept = kept_fee(table)

    assert kept.margin == pytest.approx(0.005)
    assert kept.take_rate == pytest.approx(0.095)


# ---------------------------------------------------------------- what was decided


def test_a_printed_fee_that_rose_in_the_year_lifts_what_the_year_brought_in() -> None:
    table = doubtful().iloc[-4:]
    table = table.assign(
        invoiced_volume=[100.0, 100, 100, 200], fee_revenue=[7.6, 7.6, 9.5, 19.0],
        fee_rate=[8.0, 8.0, 10.0, 10.0],
    )  # fmt: skip

    # 43.7 of the 46 that were printed: 95 % of the newest 10 %
    assert kept_fee(table).fee == pytest.approx(0.095)


def test_only_quarters_that_print_a_fee_are_compared_with_it() -> None:
    table = doubtful().iloc[-4:]
    table = table.assign(
        invoiced_volume=100.0, fee_revenue=[3.0, 7.2, 9.9, 9.0], fee_rate=[np.nan, 8.0, 10, 10]
    )

    assert kept_fee(table).fee == pytest.approx(0.1 * (7.2 + 9.9 + 9.0) / 28)


@pytest.mark.parametrize("printed", [np.nan, 0.0])
def test_without_a_printed_fee_the_newest_quarter_says_it(printed: float) -> None:
    table = doubtful().assign(fee_rate=[9.0] * 15 + [printed])
    table.loc[LAST.ordinal, "fee_revenue"] = 0.10 * VOLUMES[-1]

    assert kept_fee(table).fee == pytest.approx(0.10)
    assert kept_fee(table).printed is None


# ---------------------------------------------------------------- votes


def test_a_vote_lifts_the_fee_from_its_quarter_on_and_leaves_the_margin() -> None:
    table = doubtful(9.0).assign(employment_margin=0.01 * VOLUMES, fee_revenue=0.081 * VOLUMES)
    votes = (vote_of(LAST + 2, 10.0), vote_of(LAST + 4, 12.0))

    rates = kept_fee(table, votes).ahead(5).tolist()

    assert rates == pytest.approx([0.091, 0.10, 0.10, 0.118, 0.118])


def test_where_no_fee_is_printed_a_vote_is_the_fee() -> None:
    rates = kept_fee(doubtful(None), (vote_of(LAST + 1, 8.5),)).ahead(2)

    assert rates.tolist() == pytest.approx([0.085, 0.085])


def test_a_vote_of_a_quarter_known_by_now_is_in_the_figures_already() -> None:
    table = doubtful()

    assert kept_fee(table, (vote_of(LAST, 20.0),)) == kept_fee(table)


def test_the_outlook_counts_with_a_vote_and_says_so() -> None:
    table, vote = doubtful(), vote_of(LAST + 1, 10.0)
    beyond = vote_of(LAST + 13, 1.0)

    plain, voted = outlook_of(table), outlook_of(table, (vote, beyond))

    assert voted.probability > plain.probability + 0.2
    assert (plain.votes, voted.votes) == ((), (vote,))
    assert voted.take_rate == plain.take_rate == pytest.approx(0.09)


def test_a_quarter_is_judged_without_fees_decided_after_it() -> None:
    settings = replace(some_settings(), deadline=DEADLINE)
    (spain,) = (each for each in read_partners(settings) if each.code == "ES")
    later, earlier = (vote_of(LAST + 2, 12.0, LAST.end), vote_of(LAST + 3, 13.0, (LAST + -1).end))
    partner = replace(spain, fee_votes=(later, earlier))
    table = doubtful()

    in_force = []
    for quarter in (LAST + -2, LAST + -1, LAST):
        outlook = judge(partner, table, quarter, settings).outlook
        assert outlook is not None
        in_force.append(outlook.votes)

    assert in_force == [(), (earlier,), (later, earlier)]


# ---------------------------------------------------------------- in group.toml

GIVEN: dict[str, object] = {
    "from": "2023-Q3",
    "percent": 8.5,
    "decided": date(2022, 12, 12),
    "why": "assembly of 12 December 2022",
}


def test_votes_are_read_oldest_first() -> None:
    rows = [{**GIVEN, "from": "2024-Q1", "percent": 9}, GIVEN]

    first, second = read_fee_votes("partner.ES", {"fee_votes": rows})

    assert first == FeeVote(
        Quarter(2023, 3), 8.5, "assembly of 12 December 2022", date(2022, 12, 12)
    )
    assert (second.first, second.percent) == (Quarter(2024, 1), 9.0)
    assert read_fee_votes("partner.ES", {}) == ()


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"why": " "}, "why"), ({"from": "2023"}, "from"), ({"from": 2023}, "from"),
        ({"percent": 0}, "percent"), ({"percent": 101}, "percent"), ({"percent": True}, "percent"),
        ({"percent": "8.5"}, "percent"), ({"percent": float("nan")}, "percent"),
        ({"turnout": 31, "in_favour": 0.8}, "turnout"),
        ({"turnout": 0.3, "in_favour": True}, "in_favour"),
        ({"decided": "2022-12-12"}, "decided"), ({"decided": datetime(2022, 12, 12)}, "decided"),
    ],
)  # fmt: skip
def test_a_vote_that_makes_no_sense_is_refused_by_its_key(
    changed: dict[str, object], key: str
) -> None:
    with pytest.raises(SettingsError, match="setting-malformed") as caught:
        read_fee_votes("partner.ES", {"fee_votes": [GIVEN, {**GIVEN, **changed}]})
    assert caught.value.facts["key"] == f"partner.ES.fee_votes[2].{key}"


def test_how_members_voted_is_stated_whole_or_not_at_all() -> None:
    voted = {**GIVEN, "turnout": 0.31, "in_favour": 0.84}
    (vote,) = read_fee_votes("partner.ES", {"fee_votes": [voted]})
    assert (vote.turnout, vote.in_favour) == (0.31, 0.84)
    with pytest.raises(SettingsError, match="setting-missing") as caught:
        read_fee_votes("partner.ES", {"fee_votes": [{**GIVEN, "turnout": 0.31}]})
    assert caught.value.facts["key"] == "partner.ES.fee_votes[1].in_favour"


@pytest.mark.parametrize("rows", ["dearer", ["dearer"], [GIVEN, {**GIVEN, "percent": 9}]])
def test_votes_that_are_none_or_of_one_quarter_are_refused(rows: object) -> None:
    with pytest.raises(SettingsError, match="setting-malformed") as caught:
        read_fee_votes("partner.ES", {"fee_votes": rows})
    assert caught.value.facts["key"] == "partner.ES.fee_votes"


@pytest.mark.parametrize("key", sorted(GIVEN))
def test_a_vote_without_one_of_its_keys_is_refused_by_it(key: str) -> None:
    lacking = {name: value for name, value in GIVEN.items() if name != key}
    with pytest.raises(SettingsError, match="setting-missing") as caught:
        read_fee_votes("partner.ES", {"fee_votes": [lacking]})
    assert caught.value.facts["key"] == f"partner.ES.fee_votes[1].{key}"


def test_a_misspelt_key_is_named() -> None:
    with pytest.raises(SettingsError) as caught:
        read_fee_votes("partner.ES", {"fee_votes": [{**GIVEN, "rate": 5}]})
    assert caught.value.facts["key"] == "partner.ES.fee_votes[1].rate"


def test_votes_are_those_of_the_partner_not_of_its_entities() -> None:
    settings = some_settings()
    table = {
        key: value
        for key, value in settings.partners["DE"].items()
        if key not in {"legal_form", "registered_capital"}
    }
    entity = {"EV": {"name": "Smart Deutschland e.V.", "legal_form": "e.V."}}
    german = {**table, "fee_votes": [GIVEN], "entity": entity}

    (partner,) = read_partners(replace(settings, partners={"DE": german}))

    assert [each.percent for each in partner.fee_votes] == [8.5]
    assert [unit.fee_votes for unit in partner.units[1:]] == [()]
