from __future__ import annotations

import dataclasses
import hashlib
import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Connection, event

from smartfin.errors import InputError, StoreError
from smartfin.facts import Fact, Scenario
from smartfin.quarter import Quarter
from smartfin.settings import Settings
from smartfin.store import Ledger, open_ledger
from tests.integration.ledger_builders import (
    amounts,
    databases,
    day,
    figure,
    hand_in,
    on_postgres,
    raw_connection,
    shown_place,
    table_rows,
)

database_kind = databases("sqlite", "postgresql")

TABLES = ("submission", "cover", "workbook", "fact", "validity")


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    opened = open_ledger(settings)
    yield opened
    opened.close()


def refusal(ledger: Ledger, *facts: Fact, seen_revision: int | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        hand_in(ledger, *facts, seen_revision=seen_revision)
    return caught.value


def test_a_submission_keeps_all_that_was_handed_in(ledger: Ledger) -> None:
    facts = [figure(5, "2022-Q2"), figure(6, "2022-Q3"), figure(7, "2023-Q4", "x", Scenario.BUDGET)]
    content = bytes(range(256))
    accepted = ledger.accept(
        "ES", facts, content, "año.xlsx", "ana", day(1), synthetic=True, note="first"
    )
    assert ledger.submissions() == (accepted,)
    assert ledger.submission(accepted.id) == accepted
    assert ledger.content(accepted.id) == content
    assert accepted.sha256 == hashlib.sha256(content).hexdigest()
    assert (accepted.name, accepted.by, accepted.note) == ("año.xlsx", "ana", "first")
    assert (accepted.partner, accepted.at, accepted.size) == ("ES", day(1), 256)
    assert (accepted.synthetic, accepted.fact_count) == (True, 3)


def test_the_quarters_of_a_submission_are_those_of_its_actual_figures(ledger: Ledger) -> None:
    budget = figure(7, "2023-Q4", scenario=Scenario.BUDGET)
    mixed = hand_in(ledger, figure(5, "2022-Q2"), figure(6, "2022-Q3"), budget)
    assert (mixed.first_quarter, mixed.last_quarter) == (Quarter(2022, 2), Quarter(2022, 3))
    only_budget = hand_in(ledger, figure(8, "2023-Q4", scenario=Scenario.BUDGET))
    assert only_budget.first_quarter == only_budget.last_quarter == Quarter(2023, 4)


def test_a_submission_counts_what_was_new_and_what_it_restated(ledger: Ledger) -> None:
    first = hand_in(ledger, figure(5, "2022-Q2"), figure(6, "2022-Q3"))
    second = hand_in(ledger, figure(5, "2022-Q2"), figure(7, "2022-Q3"), figure(8, "2022-Q4"))
    assert (first.new_count, first.restated_count) == (2, 0)
    assert (second.new_count, second.restated_count) == (1, 1)


def test_changes_announce_what_accepting_then_does(ledger: Ledger) -> None:
    hand_in(ledger, figure(5, "2022-Q2"), figure(6, "2022-Q3"), on=1)
    facts = (figure(5, "2022-Q2"), figure(7, "2022-Q3"), figure(8, "2022-Q4"))
    changes = ledger.changes("ES", facts)
    assert [(c.quarter, c.old, c.new) for c in changes] == [("2022-Q3", 6, 7), ("2022-Q4", None, 8)]
    accepted = hand_in(ledger, *facts, on=2)
    restated = [change for change in changes if change.restates]
    assert (accepted.restated_count, accepted.new_count) == (len(restated), 1)
    assert ledger.changes("ES", facts) == ()
    assert ledger.changes("ES", facts, as_of=day(1)) == changes


def test_changes_look_at_the_same_partner_only(ledger: Ledger) -> None:
    hand_in(ledger, figure(5))
    (change,) = ledger.changes("IT", [figure(5)])
    assert change.old is None


def test_the_same_bytes_are_refused_with_the_submission_they_are(ledger: Ledger) -> None:
    first = ledger.accept("ES", [figure(5)], b"x", "a.xlsx", "ana", day(1), synthetic=False)
    with pytest.raises(InputError) as caught:
        ledger.accept("ES", [figure(5)], b"x", "b.xlsx", "bo", day(2), synthetic=False)
    assert caught.value.code == "duplicate-submission"
    assert caught.value.facts == {
        "name": "b.xlsx",
        "partner": "ES",
        "submission": first.id,
        "accepted_name": "a.xlsx",
        "at": day(1),
        "by": "ana",
    }
    assert ledger.find_duplicate("ES", first.sha256) == first
    assert ledger.submissions() == (first,)


def test_importing_again_what_was_corrected_since_changes_nothing(ledger: Ledger) -> None:
    first, correction = ([figure(50)], b"first", "a.xlsx"), ([figure(5)], b"second", "b.xlsx")
    for facts, content, name in (first, correction):
        ledger.accept("ES", facts, content, name, "ana", day(1), synthetic=False)
    for facts, content, name in (first, correction):
        with pytest.raises(InputError, match="duplicate-submission"):
            ledger.accept("ES", facts, content, name, "ana", day(2), synthetic=False)
    assert list(amounts(ledger).values()) == [5]


def test_a_sample_changes_nothing_that_a_real_workbook_stated(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=1)
    facts = (figure(6), figure(7, "2022-Q4"))
    changes = ledger.changes("ES", facts, synthetic=True)
    assert [(change.quarter, change.old) for change in changes] == [("2022-Q4", None)]
    assert len(ledger.changes("ES", facts)) == 2
    sample = hand_in(ledger, *facts, on=2, synthetic=True)
    assert (sample.fact_count, sample.new_count, sample.restated_count) == (2, 1, 0)
    assert sorted(amounts(ledger).values()) == [5, 7]


def test_the_same_bytes_of_another_partner_are_no_duplicate(ledger: Ledger) -> None:
    first = ledger.accept("ES", [figure(5)], b"x", "a.xlsx", "ana", day(1), synthetic=False)
    assert ledger.find_duplicate("IT", first.sha256) is None
    second = ledger.accept("IT", [figure(5)], b"x", "a.xlsx", "ana", day(1), synthetic=False)
    assert second.id > first.id


def test_a_workbook_without_figures_is_refused(ledger: Ledger) -> None:
    assert refusal(ledger).code == "nothing-to-accept"


def test_a_figure_stated_twice_is_refused_with_its_place(ledger: Ledger) -> None:
    error = refusal(ledger, figure(5), figure(6))
    assert error.code == "fact-stated-twice"
    assert error.facts["item"] == "fee_revenue"
    assert error.facts["quarter"] == "2022-Q3"


@pytest.mark.parametrize("amount", [float("nan"), float("inf")])
def test_an_amount_that_is_no_number_is_refused(ledger: Ledger, amount: float) -> None:
    assert refusal(ledger, figure(5, "2022-Q2"), figure(amount)).code == "amount-not-finite"
    assert ledger.submissions() == ()


def test_an_unknown_submission_is_named(ledger: Ledger) -> None:
    for ask in (ledger.content, ledger.submission):
        with pytest.raises(InputError) as caught:
            ask(7)
        assert (caught.value.code, caught.value.facts) == ("submission-unknown", {"submission": 7})


def test_the_revision_grows_with_each_submission_and_nothing_else(ledger: Ledger) -> None:
    assert ledger.revision() == 0
    hand_in(ledger, figure(5))
    first = ledger.revision()
    ledger.save_draft("a.xlsx", b"x", "ana", day(1), "session")
    ledger.rebuild_validity()
    refusal(ledger)
    assert ledger.revision() == first > 0
    hand_in(ledger, figure(5), partner="IT")
    assert ledger.revision() > first
    assert ledger.revision("ES") == first


def test_who_looked_before_another_was_accepted_must_look_again(ledger: Ledger) -> None:
    seen = ledger.revision("ES")
    newest = hand_in(ledger, figure(5)).id
    error = refusal(ledger, figure(6), seen_revision=seen)
    assert (error.code, error.facts["newest"]) == ("ledger-moved-on", newest)
    assert hand_in(ledger, figure(6), seen_revision=newest).restated_count == 1


def test_a_submission_of_another_partner_does_not_disturb(ledger: Ledger) -> None:
    seen = ledger.revision("ES")
    hand_in(ledger, figure(5), partner="IT")
    assert hand_in(ledger, figure(6), partner="ES", seen_revision=seen).new_count == 1


def test_a_clock_set_back_does_not_change_an_earlier_day(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=10)
    before = amounts(ledger, day(9)), amounts(ledger, day(10))
    late = hand_in(ledger, figure(6), on=3)
    assert late.at == day(10) + timedelta(microseconds=1)
    assert (amounts(ledger, day(9)), amounts(ledger, day(10))) == before
    assert list(amounts(ledger).values()) == [6]


def test_each_partner_has_its_own_time(ledger: Ledger) -> None:
    hand_in(ledger, figure(5), on=10, partner="ES")
    assert hand_in(ledger, figure(5), on=3, partner="IT").at == day(3)


def test_many_writers_at_once_lose_nothing(settings: Settings, ledger: Ledger) -> None:
    writers, each = 4, 5
    start = Barrier(writers)

    def write(writer: int) -> None:
        mine = open_ledger(settings) if writer % 2 else ledger
        start.wait()
        for number in range(each):
            amount = writer * 100 + number
            facts = [figure(amount), figure(amount, item=f"item_{writer}_{number}")]
            name = f"{writer}-{number}"
            mine.accept("ES", facts, name.encode(), name, "ana", day(1), synthetic=False)
        if mine is not ledger:
            mine.close()

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, range(writers)))
    accepted = ledger.submissions()
    assert len({s.sha256 for s in accepted}) == writers * each
    assert all(a.at < b.at for a, b in itertools.pairwise(accepted))
    assert len(ledger.facts()) == writers * each + 1
    last = ledger.content(accepted[-1].id).decode()
    writer, number = map(int, last.split("-"))
    assert amounts(ledger)["ES", "fee_revenue", "2022-Q3"] == writer * 100 + number


def test_of_two_with_the_same_bytes_at_once_one_is_accepted(ledger: Ledger) -> None:
    start = Barrier(2)

    def write(by: str) -> str:
        start.wait()
        try:
            ledger.accept("ES", [figure(5)], b"x", "a.xlsx", by, day(1), synthetic=False)
        except InputError as error:
            return error.code
        return "accepted"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, ("ana", "bo"))) == ["accepted", "duplicate-submission"]
    assert len(ledger.submissions()) == 1


@pytest.mark.parametrize("statement", range(6))
def test_a_failure_at_any_statement_leaves_nothing(
    settings: Settings, ledger: Ledger, statement: int
) -> None:
    hand_in(ledger, figure(5), figure(6, "2022-Q2"))
    before = [table_rows(settings, table) for table in TABLES]
    written = 0

    def fail(_connection: Connection, _cursor: object, sql: str, *_rest: object) -> None:
        nonlocal written
        if sql.startswith(("INSERT", "UPDATE")):
            if written == statement:
                raise ZeroDivisionError
            written += 1

    engine = ledger._database._engine
    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(ZeroDivisionError):
        hand_in(ledger, figure(7), figure(8, "2022-Q4"), on=2)
    event.remove(engine, "before_cursor_execute", fail)
    assert written == statement
    assert [table_rows(settings, table) for table in TABLES] == before
    assert hand_in(ledger, figure(7), on=2).restated_count == 1


def test_every_sign_and_every_bit_comes_back(ledger: Ledger) -> None:
    label = "tab\t, line\n, \\N \\. \\\\ 'one' \"two\" % :x {y} ñ 中 🙂 \u200b"
    numbers = (0.1 + 0.2, 5e-324, 1.7976931348623157e308, 1e16 + 2)
    stated = [
        dataclasses.replace(figure(amount, item=f"item {index}"), label=label, sheet=label)
        for index, amount in enumerate(numbers)
    ]
    hand_in(ledger, *stated)
    known = [known.fact for known in ledger.facts()]
    assert known == stated
    assert [repr(fact.amount) for fact in known] == [repr(amount) for amount in numbers]


def fill_disk(settings: Settings, ledger: Ledger) -> None:
    """Let no workbook of a megabyte fit any more."""
    if on_postgres(settings):
        with raw_connection(settings) as connection:
            connection.execute(_NO_SPACE)
            connection.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON workbook FOR EACH ROW"
                " WHEN (length(NEW.content) >= 1000000) EXECUTE FUNCTION no_space()"
            )
        return
    with ledger._database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")


# What a server says whose disk is full; to fill one for a test takes a disk of its own.
_NO_SPACE = """
    CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
    END $$
"""


def test_a_full_disk_stores_nothing_and_says_so(settings: Settings, ledger: Ledger) -> None:
    hand_in(ledger, figure(5))
    before = [table_rows(settings, table) for table in TABLES]
    fill_disk(settings, ledger)
    with pytest.raises(StoreError) as caught:
        ledger.accept("IT", [figure(5)], b"x" * 1_000_000, "a", "ana", day(1), synthetic=False)
    assert caught.value.code == "disk-full"
    assert caught.value.facts == {"database": shown_place(settings)}
    assert [table_rows(settings, table) for table in TABLES] == before
    assert hand_in(ledger, figure(6)).restated_count == 1


def test_what_was_acknowledged_is_in_the_file_at_once(settings: Settings, ledger: Ledger) -> None:
    accepted = hand_in(ledger, figure(5))
    with raw_connection(settings) as connection:
        assert connection.execute("SELECT id FROM submission").fetchall() == [(accepted.id,)]
