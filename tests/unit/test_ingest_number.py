"""Numbers written as text: parsed strictly, or not at all."""

from __future__ import annotations

import pytest

from smartfin.ingest.amounts.number import Writing, read_number, settled_decimal_mark


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 234,5", 1234.5), ("1\u00a0234,5", 1234.5), ("1\u202f234", 1234.0), ("1'234.5", 1234.5),
        ("1.234.567", 1234567.0), ("1,234,567", 1234567.0), ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("(1 234,5)", -1234.5), ("-12", -12.0), ("\u221212", -12.0), ("12-", -12.0), ("+12", 12.0),
        ("0,5", 0.5), ("0.123", 0.123), ("12,5 %", 12.5), ("€ 1.200,5", 1200.5), ("75 kr", 75.0),
    ],
)  # fmt: skip
def test_european_writings_are_read(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "-", "–", "—", "n.d.", "N/A", "k. A.", "n.v.t.", "...", "?"])
def test_a_placeholder_is_missing_never_zero(text: str) -> None:
    assert read_number(text) is Writing.MISSING


@pytest.mark.parametrize("text", ["1.234", "12,500", "-1.234", "(1.234)"])
def test_a_lone_group_of_three_is_ambiguous_until_the_table_settles_it(text: str) -> None:
    assert read_number(text) is Writing.AMBIGUOUS
    comma, point = read_number(text, decimal_mark=","), read_number(text, decimal_mark=".")
    assert isinstance(comma, float)
    assert isinstance(point, float)
    assert {abs(comma / point), abs(point / comma)} == {1000.0, 0.001}


@pytest.mark.parametrize(
    "text", ["1,2,3", "12.34.56", "1 23", "12 0", "1e5", "abc", "4 rue", "0x1"]
)
def test_anything_else_is_no_number(text: str) -> None:
    assert read_number(text) is Writing.NO_NUMBER


def test_the_decimal_mark_is_settled_by_what_is_unambiguous() -> None:
    assert settled_decimal_mark(["1.234", "12,5", "n.d."]) == ","
    assert settled_decimal_mark(["1.234.567"]) == ","
    assert settled_decimal_mark(["1.234", "5"]) is None
    assert settled_decimal_mark(["1,5", "1.5"]) is None
