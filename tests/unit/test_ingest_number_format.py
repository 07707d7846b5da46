"""What number formats make of a number when they print it."""

from __future__ import annotations

import pytest

from smartfin.ingest.grid.number_format import built_in, number_format, prints_days


@pytest.mark.parametrize(
    ("code", "factor"),
    [
        ("General", 1.0),
        ("", 1.0),
        ("0%", 100.0),
        ("0.0%;(0.0%)", 100.0),
        ("0.0%;[Red]-0.0%;0", 100.0),  # zero is zero in any format
        ('0.0%;-0.0%;"-"', 100.0),
        ("#,##0_);(#,##0)", 1.0),
        ("#,##0.0_%", 1.0),  # as wide as a per cent sign, which is not printed
        ('0.0" %"', 1.0),
        ("0.0\\%", 1.0),
        ("* #,##0", 1.0),
        ("#,##0,", 1e-3),
        ("#,##0,;(#,##0,)", 1e-3),
        ('#,##0.0,,"M"', 1e-6),
        ("#,##0,.0", 1e-3),
        ("[$€-407] #,##0", 1.0),
        ('[>=1000000]#,##0.0,,"M";[>=1000]#,##0,"k";0', 1e-6),
        ('"a;b%"0', 1.0),
    ],
)
def test_a_format_multiplies_what_it_prints(code: str, factor: float) -> None:
    assert number_format(code).factor == pytest.approx(factor)
    assert number_format(code).factor_of(-5.0) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("code", "number", "factor"),
    [
        ("[<1]0.0%;#,##0", 0.5, 100.0),
        ("[<1]0.0%;#,##0", 5.0, 1.0),
        ("[<=1]0%;[>1]0", 1.0, 100.0),
        ("[=0]0;[<>0]0%", 0.0, 1.0),
        ("[=0]0;[<>0]0%", 2.0, 100.0),
        ("0.0%;0.0", -0.5, 1.0),
        ("0.0%;0.0", 0.5, 100.0),
        ("[>=0,5]0%;0", 0.6, 100.0),
    ],
)
def test_a_condition_decides_by_the_number(code: str, number: float, factor: float) -> None:
    assert number_format(code).factor is None
    assert number_format(code).factor_of(number) == factor


def test_a_format_without_code_is_known_by_its_number() -> None:
    assert [built_in(number).factor for number in (0, 9, 10, 37)] == [1.0, 100.0, 100.0, 1.0]


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (14, "", True),
        (45, "", False),  # minutes
        (164, "yyyy\\-mm\\-dd", True),
        (164, '[$-407]d. mmmm "Jahr" yyyy', True),
        (164, "hh:mm", False),
        (164, '0 "days"', False),
        (164, "[Red]0.0", False),
        (14, "0.00", False),  # its code says what a format prints
    ],
)
def test_formats_of_days_are_told_from_those_of_numbers(
    number: int, code: str, expected: bool
) -> None:
    assert prints_days(number, code) is expected
