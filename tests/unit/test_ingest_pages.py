"""A page break parts no table; another company's table is never joined to the one above."""

from __future__ import annotations

from smartfin.findings import FindingCode
from smartfin.ingest.grid.cells import Cell
from tests.unit.label_builders import HEAD, amounts, asked, codes, read

FIRST: list[list[Cell]] = [
    list(HEAD),
    ["Fee revenue", 90.0, 95.0],
    ["Own revenue", 90.0, 95.0],
    ["Permanent staff costs", 40.0, 41.0],
]
SECOND: list[list[Cell]] = [
    ["", *HEAD[1:]],
    ["IT costs", 10.0, 10.0],
    ["Insurance costs", 5.0, 5.0],
    ["All of it together", 55.0, 56.0],
    ["Operating result", 35.0, 39.0],
]


def test_a_total_after_a_page_break_is_the_sum_of_rows_before_it() -> None:
    reading = read([*FIRST, ["Quarterly report, page 2", "", ""], *SECOND])
    assert asked(reading) == []
    assert FindingCode.UNMAPPED_AMOUNTS not in codes(reading)
    assert amounts(reading)["it_costs"] == 10.0


def test_the_same_rows_again_are_another_table() -> None:
    other = [[row[0], *(2 * cell for cell in row[1:])] for row in FIRST[1:]]  # type: ignore[operator]
    reading = read([*FIRST, ["Another company", "", ""], list(HEAD), *other])
    told = {FindingCode.CONTRADICTING_FACTS, FindingCode.DUPLICATE_QUARTER} & codes(reading)
    assert told or asked(reading)


def test_a_table_in_another_unit_does_not_go_on() -> None:
    second = [list(row) for row in SECOND]
    second[0][0] = "kEUR"
    reading = read([*FIRST, ["", "", ""], ["Amounts in kEUR", "", ""], *second])
    assert amounts(reading)["it_costs"] == 10_000.0
    assert amounts(reading)["fee_revenue"] == 90.0
