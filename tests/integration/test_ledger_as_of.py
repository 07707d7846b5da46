from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from sqlalchemy import Connection, event
from sqlalchemy.exc import StatementError

from smartfin.facts import Fact, Period, Scenario
from smartfin.quarter import Quarter
from smartfin.settings import Settings, read_settings
from smartfin.store import Ledger, open_ledger
from smartfin.store.database import Database
from smartfin.store.schema import metadata
from tests.integration.ledger_builders import (
    RawConnection,
    amounts,
    databases,
    day,
    figure,
    hand_in,
    on_postgres,
    only_on,
    raw_connection,
    span_figure,
    table_rows,
)
from tests.postgres import Server

database_kind = databases("sqlite", "postgresql")

COLUMNS = {
    "partner": "str",
    "quarter": "int64",
    "scenario": "str",
    "item": "str",
    "amount": "float64",
    "currency": "str",
    "synthetic": "bool",
}


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    opened = open_ledger(settings)
    yield opened
    opened.close()


def frame_amounts(ledger: Ledger, as_of: datetime | None = None) -> list[float]:
    return list(ledger.facts_frame(as_of).amount)


def test_a_restated_figure_reads_on_each_day_as_it_was_known_then(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=10)
    hand_in(ledger, figure(6), on=20)
    for as_of, known in ((day(9), []), (day(10), [5]), (day(19), [5]), (day(20), [6])):
        assert frame_amounts(ledger, as_of) == known
        assert list(amounts(ledger, as_of).values()) == known
    assert frame_amounts(ledger) == [6]


def test_the_moment_before_a_restatement_shows_the_old_figure(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=10)
    hand_in(ledger, figure(6), on=20)
    assert frame_amounts(ledger, day(20) - timedelta(microseconds=1)) == [5]


def test_a_past_day_stays_as_it_was_whatever_is_accepted_later(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), figure(1, "2022-Q2"), on=10)
    before = ledger.facts(as_of=day(15))
    hand_in(ledger, figure(6), figure(9, "2022-Q4"), on=20)
    assert ledger.facts(as_of=day(15)) == before
    assert ledger.submissions(day(15)) == ledger.submissions()[:1]


def test_a_figure_left_out_of_a_later_workbook_stays_in_force(ledger: Ledger) -> None:
    hand_in(ledger, figure(5, "2022-Q2"), on=1)
    hand_in(ledger, figure(6, "2022-Q3"), on=2)
    assert frame_amounts(ledger) == [5, 6]


def test_a_repeated_figure_keeps_its_first_source(ledger: Ledger) -> None:
    first = hand_in(ledger, figure(5), on=1)
    hand_in(ledger, figure(5), on=2)
    (known,) = ledger.facts()
    assert (known.submission, known.known_from, known.file) == (first.id, day(1), first.name)


def test_a_figure_restated_back_is_new_knowledge_again(ledger: Ledger) -> None:
    for number, amount in enumerate((5, 6, 5), start=1):
        hand_in(ledger, figure(amount), on=number)
    assert [frame_amounts(ledger, day(n)) for n in (1, 2, 3)] == [[5], [6], [5]]
    assert ledger.facts()[0].known_from == day(3)


def test_a_real_workbook_takes_over_from_a_sample_that_agrees(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1, synthetic=True)
    real = hand_in(ledger, figure(5), on=2)
    (known,) = ledger.facts()
    assert (known.submission, known.synthetic) == (real.id, False)
    assert list(ledger.facts_frame(day(1)).synthetic) == [True]
    assert (real.new_count, real.restated_count) == (0, 0)


def test_a_sample_that_agrees_does_not_take_over_from_a_real_workbook(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    hand_in(ledger, figure(5), on=2, synthetic=True)
    assert list(ledger.facts_frame().synthetic) == [False]


def test_a_sample_never_ends_a_real_figure_however_late_it_comes(ledger: Ledger) -> None:
    real = hand_in(ledger, figure(5), on=1)
    hand_in(ledger, figure(6), on=2, synthetic=True)
    hand_in(ledger, figure(7, unit="SEK"), on=3, synthetic=True)
    (known,) = ledger.facts()
    assert (known.fact.amount, known.synthetic, known.submission) == (5, False, real.id)
    hand_in(ledger, figure(8), on=4)
    assert frame_amounts(ledger) == [8]


def test_a_sample_restates_a_sample(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1, synthetic=True)
    assert hand_in(ledger, figure(6), on=2, synthetic=True).restated_count == 1
    assert frame_amounts(ledger) == [6]


def test_at_the_end_of_time_all_that_is_in_force_is_known(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    hand_in(ledger, figure(6), on=2)
    end = datetime.max.replace(tzinfo=UTC)
    assert frame_amounts(ledger, end) == [6]
    assert ledger.facts(as_of=end) == ledger.facts()
    assert ledger.deliveries(end) == ledger.deliveries()
    assert ledger.changes("ES", [figure(7)], end) == ledger.changes("ES", [figure(7)])


def test_scenarios_do_not_touch_each_other(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), figure(7, scenario=Scenario.BUDGET), on=1)
    hand_in(ledger, figure(6), on=2)
    frame = ledger.facts_frame()
    assert dict(zip(frame.scenario, frame.amount, strict=True)) == {"actual": 6, "budget": 7}


def test_a_fact_leads_to_its_cell_person_and_time(ledger: Ledger) -> None:
    stated = figure(5.25, unit="SEK")
    accepted = hand_in(ledger, stated, partner="SE", synthetic=True)
    (known,) = ledger.facts("SE", quarter=Quarter(2022, 3))
    assert known.fact == stated
    assert (known.partner, known.submission, known.file) == ("SE", accepted.id, accepted.name)
    assert (known.by, known.known_from, known.synthetic) == ("ana", day(1), True)


def test_facts_can_be_asked_for_by_partner_and_quarter(ledger: Ledger) -> None:
    hand_in(ledger, figure(1, "2022-Q2"), figure(2, "2022-Q3"), partner="ES")
    hand_in(ledger, figure(3, "2022-Q3"), partner="IT")
    third = Quarter(2022, 3)
    assert [known.fact.amount for known in ledger.facts(quarter=third)] == [2, 3]
    assert [known.fact.amount for known in ledger.facts("ES")] == [1, 2]
    assert [known.fact.amount for known in ledger.facts("ES", quarter=third)] == [2]


def test_a_span_that_is_no_quarter_is_a_fact_but_not_in_the_frame(ledger: Ledger) -> None:
    stated = span_figure(5, Period(date(2022, 1, 1), date(2022, 8, 31)))
    accepted = hand_in(ledger, stated)
    assert [known.fact for known in ledger.facts()] == [stated]
    assert ledger.facts_frame().empty
    assert (accepted.first_quarter, accepted.last_quarter) == (None, None)


def test_the_frame_is_tidy(ledger: Ledger) -> None:
    hand_in(ledger, figure(5, "2022-Q3", unit="SEK"), partner="SE", synthetic=True)
    hand_in(ledger, figure(6.5, "2021-Q4"), figure(8, "2021-Q4", "members", unit="count"))
    expected = pd.DataFrame(
        [
            ("ES", Quarter(2021, 4).ordinal, "actual", "fee_revenue", 6.5, "EUR", False),
            ("ES", Quarter(2021, 4).ordinal, "actual", "members", 8.0, "count", False),
            ("SE", Quarter(2022, 3).ordinal, "actual", "fee_revenue", 5.0, "SEK", True),
        ],
        columns=list(COLUMNS),
    ).astype(COLUMNS)
    pd.testing.assert_frame_equal(ledger.facts_frame(), expected)


def test_an_empty_frame_has_the_same_columns(ledger: Ledger) -> None:
    expected = pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    pd.testing.assert_frame_equal(ledger.facts_frame(), expected, check_index_type=False)


def test_the_frame_can_be_had_for_some_partners_and_late_quarters(ledger: Ledger) -> None:
    for partner in ("ES", "IT", "SE"):
        hand_in(ledger, figure(1, "2021-Q4"), figure(2, "2022-Q1"), partner=partner)
    frame = ledger.facts_frame(partners=("SE", "ES"), since=Quarter(2022, 1))
    assert list(zip(frame.partner, frame.amount, strict=True)) == [("ES", 2), ("SE", 2)]
    assert ledger.facts_frame(partners=()).empty


def test_an_as_of_time_without_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(StatementError, match="no time zone"):
        ledger.facts_frame(datetime(2023, 1, 1))


def test_a_delivery_is_the_newest_actual_quarter_and_when_it_first_came(ledger: Ledger) -> None:
    hand_in(ledger, figure(1, "2022-Q2"), figure(9, "2023-Q4", scenario=Scenario.BUDGET), on=1)
    first = hand_in(ledger, figure(2, "2022-Q3"), on=5)
    hand_in(ledger, figure(3, "2022-Q3"), figure(4, "2022-Q3", "staff_costs"), on=9)
    hand_in(ledger, figure(3, "2022-Q3", scenario=Scenario.BUDGET), partner="IT")
    (delivery,) = ledger.deliveries()
    assert (delivery.partner, delivery.quarter) == ("ES", Quarter(2022, 3))
    assert (delivery.at, delivery.submission) == (day(5), first.id)
    (earlier,) = ledger.deliveries(day(4))
    assert (earlier.quarter, earlier.at) == (Quarter(2022, 2), day(1))


NEEDED = ("fee_revenue", "staff_costs")


def test_a_quarter_is_delivered_once_every_required_item_is_known(ledger: Ledger) -> None:
    hand_in(ledger, figure(1, "2022-Q2"), figure(2, "2022-Q2", "staff_costs"), on=1)
    hand_in(ledger, figure(3, "2022-Q3"), figure(9, "2022-Q3", "members"), on=5)
    last = hand_in(ledger, figure(4, "2022-Q3", "staff_costs"), on=7)
    hand_in(ledger, figure(5, "2022-Q3"), on=9)
    hand_in(ledger, figure(6, "2022-Q4"), on=11)
    (delivery,) = ledger.deliveries(required=NEEDED)
    assert (delivery.quarter, delivery.at) == (Quarter(2022, 3), day(7))
    assert delivery.submission == last.id
    (earlier,) = ledger.deliveries(day(6), NEEDED)
    assert (earlier.quarter, earlier.at) == (Quarter(2022, 2), day(1))


def test_who_lacks_a_required_item_in_every_quarter_has_delivered_nothing(ledger: Ledger) -> None:
    hand_in(ledger, figure(1, "2022-Q2"), figure(2, "2022-Q3", "staff_costs"))
    assert ledger.deliveries(required=NEEDED) == ()


def test_a_sample_delivers_nothing_once_the_partner_is_real(ledger: Ledger) -> None:
    sample = [figure(amount, quarter, item) for amount, item in enumerate(NEEDED)
              for quarter in ("2022-Q3", "2022-Q4")]  # fmt: skip
    hand_in(ledger, *sample, on=1, synthetic=True)
    hand_in(ledger, *sample, on=1, synthetic=True, partner="IT")
    real = hand_in(ledger, figure(7), figure(8, item="staff_costs"), on=9)
    hand_in(ledger, figure(7, "2022-Q4"), on=10)
    spain, italy = ledger.deliveries(required=NEEDED)
    assert (spain.quarter, spain.at, spain.submission) == (Quarter(2022, 3), day(9), real.id)
    assert (italy.quarter, italy.at) == (Quarter(2022, 4), day(1))
    before, _ = ledger.deliveries(day(8), NEEDED)
    assert (before.quarter, before.at) == (Quarter(2022, 4), day(1))


def plan(settings: Settings, ledger: Ledger, as_of: datetime | None) -> list[str]:
    """How SQLite goes about the frame's query."""
    asked: list[tuple[str, tuple[str, ...]]] = []

    def note(_c: Connection, _cursor: object, sql: str, values: Any, *_rest: object) -> None:
        asked.append((sql, values))

    engine = ledger._database._engine
    event.listen(engine, "before_cursor_execute", note)
    ledger.facts_frame(as_of, ("ES", "IT"), Quarter(2020, 1))
    event.remove(engine, "before_cursor_execute", note)
    sql, values = asked[-1]
    with raw_connection(settings) as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return [str(row[3]) for row in rows]


@only_on("sqlite")
@pytest.mark.parametrize("as_of", [None, day(5)])
def test_the_board_reads_by_index_without_sorting(
    settings: Settings, ledger: Ledger, as_of: datetime | None
) -> None:
    steps = plan(settings, ledger, as_of)
    assert steps == [
        "SEARCH validity USING PRIMARY KEY (basis=? AND partner=? AND scenario=? AND span>?)",
    ]


# ------------------------------------------------------------------ against a naive replay


class Stated(NamedTuple):
    partner: str
    figures: dict[tuple[Scenario, str, str], float]
    synthetic: bool
    wait: int  # days since the submission before; negative when the clock was set back


KEYS = st.tuples(
    st.sampled_from(list(Scenario)),
    st.sampled_from(["2021-Q4", "2022-Q1"]),
    st.sampled_from(["fee_revenue", "staff_costs"]),
)
AMOUNTS = st.sampled_from([0.0, 1.0, 2.5, -3.0])
SUBMISSIONS = st.lists(
    st.builds(
        Stated,
        partner=st.sampled_from(["ES", "IT"]),
        figures=st.dictionaries(KEYS, AMOUNTS, min_size=1, max_size=5),
        synthetic=st.booleans(),
        wait=st.integers(-1, 3),
    ),
    min_size=1,
    max_size=7,
)
Known = dict[tuple[str, str, str, str], tuple[float, bool, int]]


NewLedger = Callable[[], Ledger]


@pytest.fixture(scope="module")
def shared(
    database_kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Settings]:
    """A ledger for all examples, its guards taken away."""
    with ExitStack() as stack:
        address = f"sqlite:///{tmp_path_factory.mktemp('shared') / 'smartfin.db'}"
        if database_kind == "postgresql":
            server: Server = request.getfixturevalue("postgres")
            name = stack.enter_context(server.database(request.getfixturevalue("empty_ledger")))
            address = server.address(name)
        settings = read_settings({"SMARTFIN_DATABASE": address})
        open_ledger(settings).close()
        with raw_connection(settings) as owner:
            for statement in unguarding(owner):
                owner.execute(statement)
        yield settings


def unguarding(owner: RawConnection) -> list[str]:
    if isinstance(owner, sqlite3.Connection):
        triggers = owner.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        return [f"DROP TRIGGER {name}" for (name,) in triggers.fetchall()]
    return [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in metadata.tables]


@pytest.fixture(scope="module")
def new_ledger(shared: Settings) -> Iterator[NewLedger]:
    """Empties it for an example; making a new one each time would take many times as long."""
    tables = [table.name for table in metadata.sorted_tables]
    emptying = [f"TRUNCATE {', '.join(tables)} RESTART IDENTITY"]
    if not on_postgres(shared):
        emptying = [f"DELETE FROM {table}" for table in (*reversed(tables), "sqlite_sequence")]
    database = Database(shared.database)
    with raw_connection(shared) as owner:

        def new() -> Ledger:
            for statement in emptying:
                owner.execute(statement)
            return Ledger(database)

        yield new
    database.close()


def filled(ledger: Ledger, handed_in: Sequence[Stated]) -> Ledger:
    at = day(1)
    for number, stated in enumerate(handed_in):
        at += timedelta(days=stated.wait)
        facts = [
            Fact(item, Quarter.parse(quarter), scenario, amount, "EUR", "S", "A1")
            for (scenario, quarter, item), amount in stated.figures.items()
        ]
        content = str(number).encode()
        ledger.accept(stated.partner, facts, content, "a", "ana", at, synthetic=stated.synthetic)
    return ledger


def replay(handed_in: Sequence[Stated], numbers: Sequence[int]) -> Known:
    """What is known after these submissions, by going through them one by one."""
    known: Known = {}
    for stated, number in zip(handed_in, numbers, strict=True):
        for (scenario, quarter, item), amount in stated.figures.items():
            key = (stated.partner, scenario.value, quarter, item)
            old_amount, old_synthetic, _ = known.get(key, (None, None, None))
            real_stays = old_synthetic is False and stated.synthetic
            repeats = amount == old_amount and old_synthetic == stated.synthetic
            if not (real_stays or repeats):
                known[key] = (amount, stated.synthetic, number)
    return known


def known_facts(ledger: Ledger, as_of: datetime | None) -> Known:
    return {
        (known.partner, known.fact.scenario.value, str(known.fact.quarter), known.fact.item): (
            known.fact.amount,
            known.synthetic,
            known.submission,
        )
        for known in ledger.facts(as_of=as_of)
    }


@effort(max_examples=25, deadline=None)
@given(handed_in=SUBMISSIONS)
def test_reading_as_of_equals_a_naive_replay(
    new_ledger: NewLedger, handed_in: list[Stated]
) -> None:
    ledger = filled(new_ledger(), handed_in)
    accepted = ledger.submissions()
    moments = sorted({submission.at for submission in accepted})
    for as_of in [day(1) - timedelta(days=9), *moments, datetime(2030, 1, 1, tzinfo=UTC), None]:
        then = [
            (stated, submission.id)
            for stated, submission in zip(handed_in, accepted, strict=True)
            if as_of is None or submission.at <= as_of
        ]
        expected = replay([stated for stated, _ in then], [number for _, number in then])
        assert known_facts(ledger, as_of) == expected
        frame = ledger.facts_frame(as_of)
        quarters = [str(Quarter.from_ordinal(ordinal)) for ordinal in frame.quarter]
        keys = zip(frame.partner, frame.scenario, quarters, frame.item, strict=True)
        values = zip(frame.amount, frame.synthetic, strict=True)
        assert dict(zip(keys, values, strict=True)) == {
            key: (amount, synthetic) for key, (amount, synthetic, _) in expected.items()
        }


@effort(max_examples=15, deadline=None)
@given(handed_in=SUBMISSIONS)
def test_validity_rebuilt_from_the_ledger_equals_the_one_kept(
    new_ledger: NewLedger, shared: Settings, handed_in: list[Stated]
) -> None:
    ledger = filled(new_ledger(), handed_in)
    kept = table_rows(shared, "validity")
    with raw_connection(shared) as connection:
        connection.execute("DELETE FROM validity WHERE item = 'fee_revenue'")
        connection.execute("UPDATE validity SET amount = amount + 1")
    ledger.rebuild_validity()
    assert table_rows(shared, "validity") == kept


@effort(max_examples=15, deadline=None)
@given(handed_in=SUBMISSIONS)
def test_at_any_moment_one_figure_at_most_is_in_force(
    new_ledger: NewLedger, shared: Settings, handed_in: list[Stated]
) -> None:
    filled(new_ledger(), handed_in)
    with raw_connection(shared) as connection:
        overlaps = connection.execute(
            "SELECT count(*) FROM validity a JOIN validity b USING (partner, scenario, span, item)"
            " WHERE a.known_from < b.known_from AND a.known_to > b.known_from"
        ).fetchone()
        assert overlaps == (0,)
