"""What the tests of the ledger are made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from sqlalchemy import make_url

from smartfin.facts import Fact, Period, Scenario, Stage
from smartfin.findings import Answer, AnsweredFinding, Finding, FindingCode
from smartfin.quarter import Quarter
from smartfin.settings import Settings
from smartfin.store import Ledger, Submission


def databases(*kinds: str) -> Callable[..., str]:
    """The fixture ``database_kind`` of a module whose tests run on each of these kinds."""

    def database_kind(request: pytest.FixtureRequest) -> str:
        return str(request.param)

    return pytest.fixture(params=kinds, scope="module")(database_kind)


def day(number: int) -> datetime:
    """Noon of a day of January 2023."""
    return datetime(2023, 1, number, 12, tzinfo=UTC)


def figure(
    amount: float,
    quarter: str = "2022-Q3",
    item: str = "fee_revenue",
    scenario: Scenario = Scenario.ACTUAL,
    unit: str = "EUR",
) -> Fact:
    """A fact of a quarter, in a cell."""
    return Fact(item, Quarter.parse(quarter), scenario, amount, unit, "PyG", "C14", "Comisiones")


def span_figure(amount: float, period: Period) -> Fact:
    """A fact of a span that is no quarter."""
    actual = Scenario.ACTUAL
    return Fact("fee_revenue", None, actual, amount, "EUR", "PyG", "C14", "Comisiones", period)


def answered_warning(sentence: str, value: float = 7.0, on: int = 1) -> AnsweredFinding:
    """A warning about a cell and the value in it, answered on a day of January 2023."""
    facts = {"value": value, "item": "fee_revenue", "quarters": ("2022-Q1", "2022-Q2")}
    finding = Finding(FindingCode.UNUSUAL_JUMP, "PyG", "C14", facts)
    return AnsweredFinding(finding, Answer(finding.key, sentence, "ana", day(on)))


def hand_in(
    ledger: Ledger,
    *facts: Fact,
    on: int = 1,
    partner: str = "ES",
    synthetic: bool = False,
    stage: Stage = Stage.MANAGEMENT,
    answers: Mapping[str, str] | None = None,
    answered: tuple[AnsweredFinding, ...] = (),
    by: str = "ana",
    seen_revision: int | None = None,
) -> Submission:
    """Accept a workbook with these facts, whose bytes no other has."""
    number = ledger.revision() + 1
    return ledger.accept(
        partner,
        facts,
        f"workbook {number}".encode(),
        f"{number}.xlsx",
        by,
        day(on),
        synthetic=synthetic,
        stage=stage,
        answers=answers,
        answered=answered,
        note=f"note {number}",
        seen_revision=seen_revision,
    )


def amounts(ledger: Ledger, as_of: datetime | None = None) -> dict[tuple[str, str, str], float]:
    """What was known at a moment: (partner, item, quarter) to amount."""
    return {
        (known.partner, known.fact.item, str(known.fact.quarter)): known.fact.amount
        for known in ledger.facts(as_of=as_of)
    }


def only_on(kind: str) -> pytest.MarkDecorator:
    """For a test about what one kind of database knows."""
    return pytest.mark.parametrize("database_kind", [kind])


def on_postgres(settings: Settings) -> bool:
    """Whether the ledger is no file."""
    return settings.database.startswith("postgresql")


def shown_place(settings: Settings) -> str:
    """The database as messages name it."""
    return settings.database if on_postgres(settings) else str(database_path(settings))


def database_path(settings: Settings) -> Path:
    """The file of the ledger."""
    return Path(str(make_url(settings.database).database))


class RawConnection(Protocol):
    """A connection of either driver."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Any: ...
    def close(self) -> None: ...


@contextmanager
def raw_connection(settings: Settings) -> Iterator[RawConnection]:
    """The database as its owner sees it with another program, each statement for itself."""
    with closing(_connect(settings)) as connection:
        yield connection


def _connect(settings: Settings) -> RawConnection:
    if on_postgres(settings):
        return psycopg.connect(settings.database, autocommit=True)
    return sqlite3.connect(database_path(settings), isolation_level=None)


def table_rows(settings: Settings, table: str) -> list[tuple[object, ...]]:
    """Everything in a table."""
    with raw_connection(settings) as connection:
        return sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)


def table_names(settings: Settings) -> list[str]:
    """The tables there are; none as well where there is no file, and none is made."""
    if on_postgres(settings):
        query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    elif database_path(settings).exists():
        query = "SELECT name FROM sqlite_schema"
    else:
        return []
    with raw_connection(settings) as connection:
        return [name for (name,) in connection.execute(query)]
