"""Answers to questions about periods and scenarios as a reader sees them."""

from __future__ import annotations

import pytest

from smartfin.wording import words_of


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("en", "2022-Q3", "Q3 2022"),
        ("fr", "2022-Q3", "T3 2022"),
        ("en", "2022", "2022"),
        ("nl", "2021-2022", "2021–2022"),
        ("en", "starts-07", "July"),
        ("nl", "starts-07", "juli"),
        ("en", "budget,actual", "budget | actual"),
        ("en", "actual,unused", "actual | not needed"),
        ("en", "2022 cumulative", "2022, the year up to it"),
        ("fr", "fiscal-end", "l’exercice qui s’y termine"),
    ],
)
def test_an_answer_reads_as_words(language: str, value: str, shown: str) -> None:
    assert words_of(language).option(value) == shown
