"""The yearly export: everything, explained, and right without smartfin."""

from __future__ import annotations

import csv
import hashlib
import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from smartfin.errors import InputError
from smartfin.facts import Fact, Period, Scenario
from smartfin.quarter import Quarter
from smartfin.services.export import export_ledger
from smartfin.services.export.folder import new_folder, safe_name
from smartfin.services.export.tables import COLUMNS
from smartfin.services.start import Smartfin, open_smartfin
from smartfin.settings import read_settings
from smartfin.wording import LANGUAGES, words_of
from tests.integration.ledger_builders import (
    answered_warning,
    day,
    figure,
    hand_in,
    span_figure,
)

Row = dict[str, Any]


@pytest.fixture(scope="module")
def smartfin(tmp_path_factory: pytest.TempPathFactory) -> Smartfin:
    """A ledger in which a figure was restated and came back; to be read only."""
    address = f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'smartfin.db'}"
    opened = open_smartfin(read_settings({"SMARTFIN_DATABASE": address}))
    ledger = opened.ledger
    warned = answered_warning("=HYPERLINK(1)")
    hand_in(ledger, figure(5.5), figure(7.0, "2022-Q4"), answers={"unit": "1"}, answered=(warned,))
    hand_in(ledger, figure(6.25), on=2)
    ledger.withdraw(2, "-wrong file", "bo", day(3))
    hostile = Fact("staff_costs", Quarter.parse("2022-Q3"), Scenario.ACTUAL, -0.1, "EUR",
                   "@Sheet", "B2", '=cmd|"/c calc"!A1')  # fmt: skip
    spanning = span_figure(9.0, Period(date(2022, 1, 1), date(2022, 8, 31)))
    ledger.accept("DE", [hostile, spanning], b"DE \x00", "../=a\\b:<é>.xlsx", "+bo", day(5),
                  synthetic=True, note="'quoted")  # fmt: skip
    return opened


@pytest.fixture(scope="module")
def exported(smartfin: Smartfin, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of all of it."""
    folder = tmp_path_factory.mktemp("export") / "all"
    export_ledger(smartfin, words_of("en"), folder, None, unwatched)
    return folder


def unwatched(_done: int, _total: int) -> None:
    """Nobody looks how far it is."""


def csv_rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def parquet_rows(file: Path) -> list[Row]:
    return list(parquet.read_table(file).to_pylist())


def times(rows: list[Row], cell_amount: float) -> list[tuple[int | None, int | None]]:
    """The days of January 2023 from and to which a figure was in force."""
    return [
        (row["known_from"] and row["known_from"].day, row["known_to"] and row["known_to"].day)
        for row in rows
        if row["amount"] == cell_amount
    ]


def test_each_figure_says_when_it_was_in_force(exported: Path) -> None:
    rows = parquet_rows(exported / "facts.parquet")
    assert times(rows, 5.5) == [(1, 2), (3, None)]  # came back with the withdrawal
    assert times(rows, 6.25) == [(2, 3)]
    assert times(rows, 7.0) == [(1, None)]
    assert len(rows) == 6


def test_known_is_what_is_in_force(exported: Path, smartfin: Smartfin) -> None:
    rows = parquet_rows(exported / "known.parquet")
    known = {
        (each.partner, str(each.fact.quarter or each.fact.period), each.fact.item): each
        for each in smartfin.ledger.facts()
    }
    found = {(row["partner"], row["quarter"] or row["period"], row["item"]): row for row in rows}
    assert len(rows) == len(known) == 4
    assert found.keys() == known.keys()
    for key, row in found.items():
        fact = known[key].fact
        assert (row["amount"], row["unit"], row["cell"]) == (fact.amount, fact.unit, fact.cell)
        assert (row["submission"], row["file"]) == (known[key].submission, known[key].file)
        assert row["known_from"] == known[key].known_from


def test_an_earlier_day_shows_what_was_known_then(smartfin: Smartfin, tmp_path: Path) -> None:
    made = export_ledger(smartfin, words_of("en"), tmp_path / "then", date(2023, 1, 2), unwatched)
    rows = parquet_rows(tmp_path / "then" / "facts.parquet")
    assert times(rows, 5.5) == [(1, 2)]
    assert times(rows, 6.25) == [(2, None)]  # that it was withdrawn came later
    assert [row["amount"] for row in parquet_rows(tmp_path / "then" / "known.parquet")] == [7, 6.25]
    assert made.counts == {
        "workbooks": 2, "submissions": 2, "decisions": 0, "answers": 1, "warnings": 1,
        "facts": 3, "known": 2,
    }  # fmt: skip
    submissions = csv_rows(tmp_path / "then" / "submissions.csv")
    assert [row["withdrawn"] for row in submissions] == ["", ""]


@pytest.mark.parametrize("table", ["facts", "known"])
def test_csv_and_parquet_say_the_same(exported: Path, table: str) -> None:
    written = csv_rows(exported / f"{table}.csv")
    columns = parquet_rows(exported / f"{table}.parquet")
    assert len(written) == len(columns) > 0
    for row, other in zip(written, columns, strict=True):
        assert list(row) == list(other) == list(COLUMNS[table])
        for name, value in other.items():
            assert as_csv(value) == row[name].removeprefix("'"), name
        assert float(row["amount"]) == other["amount"]


def as_csv(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if hasattr(value, "isoformat"):
        return str(value.isoformat(timespec="microseconds").replace("+00:00", "Z"))
    return str(value)


def test_no_text_is_a_formula_and_no_number_becomes_a_text(exported: Path) -> None:
    row = next(row for row in csv_rows(exported / "facts.csv") if row["item"] == "staff_costs")
    assert (row["label"], row["sheet"]) == ('\'=cmd|"/c calc"!A1', "'@Sheet")
    assert row["amount"] == "-0.1"
    assert math.copysign(1, float(row["amount"])) == -1
    last = csv_rows(exported / "submissions.csv")[-1]
    assert (last["by"], last["note"]) == ("'+bo", "''quoted")
    assert csv_rows(exported / "decisions.csv")[0]["reason"] == "'-wrong file"
    assert csv_rows(exported / "warnings.csv")[0]["sentence"] == "'=HYPERLINK(1)"


def test_each_workbook_is_there_byte_for_byte_under_a_safe_name(
    exported: Path, smartfin: Smartfin
) -> None:
    rows = csv_rows(exported / "submissions.csv")
    assert len(rows) == 3
    for row in rows:
        content = (exported / row["workbook"]).read_bytes()
        assert content == smartfin.ledger.content(int(row["id"]))
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
    assert rows[-1]["workbook"] == "workbooks/0003_DE__=a_b__é_.xlsx".replace("=", "_")
    assert len(list((exported / "workbooks").iterdir())) == 3


def test_names_stay_short_and_keep_their_ending() -> None:
    assert safe_name("Q" * 300 + ".xlsx") == "Q" * 115 + ".xlsx"
    assert len(safe_name("é" * 300).encode()) == 120
    assert safe_name(" .. ") == ""
    assert safe_name("a/b\n\x00c") == "a_b__c"


def test_what_was_decided_settled_and_answered_is_there(exported: Path) -> None:
    (decision,) = csv_rows(exported / "decisions.csv")
    assert (decision["kind"], decision["submission"], decision["by"]) == ("withdrawal", "2", "bo")
    (answer,) = csv_rows(exported / "answers.csv")
    assert (answer["partner"], answer["question"], answer["value"]) == ("ES", "unit", "1")
    (warning,) = csv_rows(exported / "warnings.csv")
    assert (warning["code"], warning["cell"]) == ("unusual-jump", "C14")
    assert (exported / "method" / "metrics.md").read_bytes() == (
        Path(__file__).parents[2] / "docs" / "metrics.md"
    ).read_bytes()
    assert {path.name for path in (exported / "method").iterdir()} == {
        "metrics.md", "findings.md", "items.yaml", "group.toml", "rates.csv",
    }  # fmt: skip


def test_every_file_has_its_checksum(exported: Path) -> None:
    lines = (exported / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {line[66:]: line[:64] for line in lines}
    files = {str(path.relative_to(exported)) for path in exported.rglob("*") if path.is_file()}
    assert sums.keys() == files - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((exported / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_readme_explains_every_file_and_column(
    smartfin: Smartfin, tmp_path: Path, language: str
) -> None:
    export_ledger(smartfin, words_of(language), tmp_path, date(2023, 1, 1), unwatched)
    text = (tmp_path / "README.txt").read_text(encoding="utf-8")
    for path in tmp_path.rglob("*"):
        name = path.relative_to(tmp_path).parts[0]
        assert name in text or name == "README.txt"
    for table, columns in COLUMNS.items():
        section = text.partition(f"\n{table}.csv")[2].partition("\n\n\n")[0]
        for column in columns:
            assert f"\n  {column:<16}" in section, (table, column)


def test_a_folder_with_something_in_it_is_left_alone(smartfin: Smartfin, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(InputError, match="folder-not-empty"):
        export_ledger(smartfin, words_of("en"), tmp_path, None, unwatched)
    with pytest.raises(InputError, match="file-unwritable"):
        export_ledger(smartfin, words_of("en"), tmp_path / "mine" / "in", None, unwatched)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_folder_filled_meanwhile_is_left_alone(tmp_path: Path) -> None:
    wanted = tmp_path / "wanted"
    with pytest.raises(InputError, match="folder-not-empty"), new_folder(wanted) as unfinished:
        (unfinished / "ours").write_text("ours")
        wanted.mkdir()
        (wanted / "mine").write_text("mine")
    assert [path.name for path in wanted.iterdir()] == ["mine"]
    assert [path.name for path in tmp_path.iterdir()] == ["wanted"]


def test_an_export_that_fails_leaves_nothing(smartfin: Smartfin, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_ledger(smartfin, words_of("en"), tmp_path / "all", None, stop)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_ledger_is_exported_too(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'smartfin.db'}"
    empty = open_smartfin(read_settings({"SMARTFIN_DATABASE": address}))
    made = export_ledger(empty, words_of("en"), tmp_path / "all", None, unwatched)
    assert set(made.counts.values()) == {0}
    assert parquet_rows(tmp_path / "all" / "known.parquet") == []
    assert csv_rows(tmp_path / "all" / "facts.csv") == []
