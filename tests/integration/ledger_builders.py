"""What the tests of the ledger are made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from smartfin.facts import Fact, Period, Scenario, Stage
from smartfin.findings import Answer, AnsweredFinding, Finding, FindingCode
from smartfin.quarter import Quarter
from smartfin.settings import Settings
from smartfin.store import Ledger, Submission


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


def database_path(settings: Settings) -> Path:
    """The file of the ledger."""
    return Path(str(make_url(settings.database).database))


@contextmanager
def raw_connection(settings: Settings) -> Iterator[sqlite3.Connection]:
    """The file as somebody with another program sees it, each statement for itself."""
    with closing(sqlite3.connect(database_path(settings), isolation_level=None)) as connection:
        yield connection


def table_rows(settings: Settings, table: str) -> list[tuple[object, ...]]:
    """Everything in a table."""
    with raw_connection(settings) as connection:
        return sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)
