"""Sums over all partners from memory: the same as the database's own, on any day."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection

from smartfin.errors import InputError
from smartfin.facts import Period, Scenario
from smartfin.quarter import Quarter
from smartfin.settings import Settings, read_settings
from smartfin.store import Ledger, blocks, open_ledger
from smartfin.store.cube import Cube
from smartfin.store.database import Database
from smartfin.store.validity import Basis
from tests.integration.ledger_builders import (
    database_path,
    databases,
    day,
    figure,
    hand_in,
    span_figure,
)

database_kind = databases("sqlite", "postgresql")

KEYS = ["scenario", "quarter", "item", "currency", "synthetic"]
DTYPES = {
    "scenario": "str",
    "quarter": "int64",
    "item": "str",
    "currency": "str",
    "synthetic": "bool",
    "amount": "float64",
    "partners": "int64",
}
Q3 = Quarter(2022, 3)


@pytest.fixture
def ledger(empty_settings: Settings) -> Iterator[Ledger]:
    """The ledger that is written to."""
    ledger = open_ledger(empty_settings)
    yield ledger
    ledger.close()


@pytest.fixture
def cube(ledger: Ledger, empty_settings: Settings) -> Iterator[Cube]:
    """The figures in the memory of somebody else, with connections of their own."""
    database = Database(empty_settings.database)
    cube = Cube(database)
    yield cube
    cube.let_go()
    database.close()


def totals(cube: Cube, as_of: datetime | None = None, **asked: Any) -> pd.DataFrame:
    """The sums of everything that is not ruled out."""
    everything = {"items": None, "quarters": None, "basis": Basis.ACCEPTED, "partners": None}
    return cube.totals(as_of=as_of, **{**everything, **asked})


def amounts(frame: pd.DataFrame) -> dict[tuple[str, bool], tuple[float, int]]:
    """(currency, whether made up) to sum and number of partners."""
    rows = frame[["currency", "synthetic", "amount", "partners"]].itertuples(index=False)
    return {(currency, synthetic): (total, count) for currency, synthetic, total, count in rows}


def added_up(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The same rows from the tidy frame that the database gives."""
    found: dict[tuple[Any, ...], list[float]] = defaultdict(list)
    for *key, amount in frame[[*KEYS, "amount"]].itertuples(index=False):
        found[tuple(key)].append(amount)
    return [(*key, sum(found[key]), len(found[key])) for key in sorted(found)]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The partners whose figures were read from the database."""
    seen: list[str] = []
    honest = blocks.read_block

    def counted(connection: Connection, basis: Basis, partner: str, *rest: Any) -> Any:
        seen.append(partner)
        return honest(connection, basis, partner, *rest)

    monkeypatch.setattr(blocks, "read_block", counted)
    return seen


def test_currencies_and_made_up_figures_are_never_added_up(ledger: Ledger, cube: Cube) -> None:
    hand_in(ledger, figure(100.0), partner="ES")
    hand_in(ledger, figure(20.0), partner="BE")
    hand_in(ledger, figure(3000.0, unit="SEK"), partner="SE")
    hand_in(ledger, figure(7.0), partner="FR", synthetic=True)
    expected = {("EUR", False): (120.0, 2), ("EUR", True): (7.0, 1), ("SEK", False): (3000.0, 1)}
    assert amounts(totals(cube)) == expected


def test_a_sum_is_of_one_scenario_quarter_and_item(ledger: Ledger, cube: Cube) -> None:
    budget = Scenario.BUDGET
    hand_in(ledger, figure(1.0), figure(2.0, "2022-Q4"), figure(4.0, item="rent"), partner="ES")
    hand_in(ledger, figure(8.0), figure(16.0, scenario=budget), partner="BE")
    frame = totals(cube)
    assert list(frame["amount"]) == [9.0, 4.0, 2.0, 16.0]
    assert list(frame["partners"]) == [2, 1, 1, 1]
    assert frame.dtypes.astype(str).to_dict() == DTYPES


def test_a_past_day_is_added_up_as_it_was_known(ledger: Ledger, cube: Cube) -> None:
    hand_in(ledger, figure(100.0), partner="ES", on=2)
    hand_in(ledger, figure(20.0), partner="BE", on=4)
    hand_in(ledger, figure(101.0), partner="ES", on=6)
    sums = [amounts(totals(cube, day(number))) for number in (1, 2, 4, 6)]
    assert sums == [
        {},
        {("EUR", False): (100.0, 1)},
        {("EUR", False): (120.0, 2)},
        {("EUR", False): (121.0, 2)},
    ]


def test_only_what_is_asked_for_is_added_up(ledger: Ledger, cube: Cube) -> None:
    for partner, amount in (("ES", 1.0), ("BE", 2.0), ("SE", 4.0)):
        rent = figure(100.0, item="rent")
        hand_in(ledger, figure(amount), figure(50.0, "2022-Q4"), rent, partner=partner)
    asked = totals(cube, items=["fee_revenue"], quarters=[Q3], partners=["ES", "SE", "XX"])
    assert list(asked["amount"]) == [5.0]
    assert list(totals(cube, partners=[])["amount"]) == []
    assert list(totals(cube, items=[])["amount"]) == []


def test_figures_of_other_spans_are_left_out(ledger: Ledger, cube: Cube) -> None:
    eight_months = Period(date(2022, 1, 1), date(2022, 8, 31))
    hand_in(ledger, span_figure(9.0, eight_months))
    assert totals(cube).dtypes.astype(str).to_dict() == DTYPES
    assert totals(cube).empty


@pytest.mark.parametrize("seed", range(2))
def test_any_ledger_adds_up_as_in_the_database(seed: int, ledger: Ledger, cube: Cube) -> None:
    chance = random.Random(seed)
    for number in range(1, 11):
        stated = [
            figure(float(chance.randint(-9, 99)), f"2022-Q{quarter}", item, scenario, unit)
            for quarter in (1, 2, 3)
            for item in ("rent", "fee_revenue", "staff_costs")
            for scenario in (Scenario.ACTUAL, Scenario.BUDGET)
            if chance.random() < 0.5
            for unit in [chance.choice(("EUR", "EUR", "SEK"))]
        ] or [figure(1.0)]
        partner, made_up = chance.choice(("BE", "ES", "SE")), chance.random() < 0.3
        hand_in(ledger, *stated, partner=partner, synthetic=made_up, on=number)
        decide_something(chance, ledger, number)
        if number % 3 == 0:  # some of it read before, some not
            assert_adds_up(cube, ledger)
    for_ever = datetime.max.replace(tzinfo=UTC)
    assert_adds_up(cube, ledger, *(day(number) for number in (1, 4, 6, 9)), for_ever)


def decide_something(chance: random.Random, ledger: Ledger, newest: int) -> None:
    """Approve and withdraw some submission now and then."""
    at = day(newest).replace(hour=18)
    for decide in (
        lambda number: ledger.approve([number], "ben", at),
        lambda number: ledger.withdraw(number, "a wrong file", "ana", at),
    ):
        if chance.random() < 0.4:
            try:
                decide(chance.randint(1, newest))
            except InputError as error:
                assert error.code in {"already-approved", "already-withdrawn"}


def assert_adds_up(cube: Cube, ledger: Ledger, *moments: datetime) -> None:
    """Compare both as they stand and on some days, on both timelines."""
    for basis in Basis:
        for as_of in (None, *moments):
            answer = totals(cube, as_of, basis=basis).itertuples(index=False, name=None)
            assert list(answer) == added_up(ledger.facts_frame(as_of, basis=basis))


def test_what_somebody_else_accepts_is_seen_at_the_next_question(
    ledger: Ledger, cube: Cube, reads: list[str]
) -> None:
    hand_in(ledger, figure(100.0), partner="ES")
    hand_in(ledger, figure(20.0), partner="BE")
    assert amounts(totals(cube)) == {("EUR", False): (120.0, 2)}
    assert sorted(reads) == ["BE", "ES"]
    hand_in(ledger, figure(101.0), partner="ES", on=2)
    assert amounts(totals(cube)) == {("EUR", False): (121.0, 2)}
    assert sorted(reads) == ["BE", "ES", "ES"]  # Belgium's figures are still good


def test_without_news_nothing_is_read_again(ledger: Ledger, cube: Cube, reads: list[str]) -> None:
    hand_in(ledger, figure(100.0), partner="ES")
    ledger.pin("Board of May", day(2), "ana", day(3))
    for as_of in (None, day(1), None):
        totals(cube, as_of)
    assert reads == ["ES"]
    ledger.pin("Board of June", day(2), "ana", day(3))  # concerns no partner's figures
    totals(cube)
    assert reads == ["ES"]


def test_what_another_process_withdraws_is_gone_at_the_next_question(
    ledger: Ledger, cube: Cube, empty_settings: Settings
) -> None:
    hand_in(ledger, figure(100.0), partner="ES", on=1)
    wrong = hand_in(ledger, figure(900.0), partner="ES", on=2)
    assert amounts(totals(cube)) == {("EUR", False): (900.0, 1)}
    _in_another_process(empty_settings, f"ledger.withdraw({wrong.id}, 'wrong file', 'ana', at)")
    assert amounts(totals(cube)) == {("EUR", False): (100.0, 1)}
    assert amounts(totals(cube, day(2))) == {("EUR", False): (900.0, 1)}  # known on that day


def _in_another_process(settings: Settings, statement: str) -> None:
    program = f"""
from datetime import UTC, datetime
from smartfin.settings import read_settings
from smartfin.store import open_ledger
ledger = open_ledger(read_settings({{"SMARTFIN_DATABASE": {settings.database!r}}}))
at = datetime(2023, 1, 5, tzinfo=UTC)
{statement}
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_many_who_ask_at_once_read_the_figures_once(
    ledger: Ledger, cube: Cube, reads: list[str]
) -> None:
    for number, partner in enumerate(("ES", "BE", "SE")):
        hand_in(ledger, figure(10.0**number), partner=partner)
    start = threading.Barrier(8)

    def ask(_number: int) -> float:
        start.wait()
        return float(totals(cube)["amount"].sum())

    with ThreadPoolExecutor(8) as people:
        assert list(people.map(ask, range(8))) == [111.0] * 8
    assert sorted(reads) == ["BE", "ES", "SE"]


def test_the_memory_is_given_back_when_nobody_asks(
    ledger: Ledger, empty_settings: Settings
) -> None:
    hand_in(ledger, figure(100.0), figure(1.0, "2022-Q4"))
    database = Database(empty_settings.database)
    cube = Cube(database, idle_seconds=0.1)
    assert list(totals(cube)["amount"]) == [100.0, 1.0]
    assert cube.size == 2 * 16 + 2 * 8  # two figures, and one interval
    deadline = time.monotonic() + 10
    while cube.size and time.monotonic() < deadline:
        time.sleep(0.02)
    assert cube.size == 0
    assert list(totals(cube)["amount"]) == [100.0, 1.0]
    cube.let_go()
    assert cube.size == 0
    database.close()


class TestOnSqlite:
    """What is a matter of files."""

    @pytest.fixture
    def database_kind(self) -> str:
        """SQLite alone."""
        return "sqlite"

    def test_another_database_in_place_of_the_old_is_read_anew(
        self, ledger: Ledger, cube: Cube, empty_settings: Settings
    ) -> None:
        """It has as many submissions: only the hash of the newest tells them apart."""
        hand_in(ledger, figure(100.0), partner="ES")
        assert amounts(totals(cube)) == {("EUR", False): (100.0, 1)}
        here = database_path(empty_settings)
        there = here.with_name("other.db")
        other = open_ledger(read_settings({"SMARTFIN_DATABASE": f"sqlite:///{there}"}))
        hand_in(other, figure(5.0), partner="BE")
        for each in (ledger, other, cube._database):
            each.close()
        shutil.copy(there, here)
        assert amounts(totals(cube)) == {("EUR", False): (5.0, 1)}
