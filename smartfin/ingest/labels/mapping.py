"""What each row was taken for, with proposals and a figure: what a person looks through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from smartfin.facts import Scenario
from smartfin.ingest.amounts.number import read_number
from smartfin.ingest.grid.cells import Cell
from smartfin.ingest.labels.rows import Row, TableRows
from smartfin.ingest.reading import Mapped

_PROPOSALS = 3

Choices = Mapping[int, tuple[str, ...]]


def mapped_rows(
    rows: TableRows, choices: Choices, decimal_mark: Callable[[], str | None]
) -> Iterator[Mapped]:
    """The rows of a table as they are reported.

    Args:
        rows: The table.
        choices: Items an unknown row may be by where it stands, by row.
        decimal_mark: What text numbers are read with, where there are any.
    """
    sheet = rows.table.sheet
    newest = _newest_first(rows)
    for row in rows.rows:
        yield Mapped(
            sheet.name,
            sheet.address(row.index, row.column),
            row.label,
            row.match.item,
            round(row.match.confidence, 3),
            row.match.reason,
            _proposals(row, choices.get(row.index, ())),
            _value((sheet.cell(row.index, column) for column in newest), decimal_mark),
        )


def _newest_first(rows: TableRows) -> list[int]:
    """The columns, those of the newest actual periods first."""
    columns = rows.table.columns
    ordered = sorted(
        columns, key=lambda c: (c.scenario is Scenario.ACTUAL, c.span.end), reverse=True
    )
    return [column.index for column in ordered]


def _proposals(row: Row, choices: tuple[str, ...]) -> tuple[str, ...]:
    """The likeliest items of a row: those asked about, else by name, else by place.

    What its name resembles counts first where its place allows it.
    """
    match = row.match
    if match.candidates:
        return match.candidates
    if match.item is not None:
        return tuple(code for code in match.proposals if code != match.item)
    fitting = [code for code in match.proposals if not choices or code in choices]
    return tuple(dict.fromkeys((*fitting, *choices)))[:_PROPOSALS]


def _value(cells: Iterable[Cell], decimal_mark: Callable[[], str | None]) -> float | None:
    """The first number among cells."""
    for cell in cells:
        number = read_number(cell, decimal_mark()) if isinstance(cell, str) else cell
        if isinstance(number, float):
            return number
    return None
