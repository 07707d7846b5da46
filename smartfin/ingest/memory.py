"""Answers that outlive the workbook they were given for.

A person settles once what a label, a unit or a sign means; the next quarter's workbook has
another file name and often other sheet names (``Q3 2022``, ``Q4 2022``), and still needs no
question. What is remembered therefore has no period in its name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from smartfin.ingest.periods.period import read_period
from smartfin.ingest.text import comparable

# What an answer about a label, unit, sign or scenario says stays true; whose one workbook is,
# or which year one heading means, does not.
_LASTING = ("item", "unit", "number", "sign", "scenario", "period", "fiscal")
_LASTING_PERIODS = ("quarter", "cumulative")
_OF_A_SHEET = ("unit", "number", "sign", "scenario", "period")


@dataclass(frozen=True)
class Answers:
    """What is settled about a workbook.

    Args:
        given: By question id, for this workbook.
        remembered: By ``remembered_id``, from earlier workbooks of the partner.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def settle_items(self) -> bool:
        """Whether any says what a label means."""
        return any(name.startswith("item:") for name in (*self.given, *self.remembered))

    def get(self, question: str) -> str:
        """The answer to a question: the one given now, else the one remembered; else empty."""
        if question in self.given:
            return self.given[question]
        return self.remembered.get(remembered_id(question), "") if self.remembered else ""

    def of_any(self, kind: str, options: Collection[str]) -> str:
        """The one answer every sheet that was asked about got; empty when none, or they differ.

        Args:
            kind: Of question, the first part of its id.
            options: Answers that count.
        """
        for answers in (self.given, self.remembered):
            said = {
                answer
                for question, answer in answers.items()
                if question.startswith(f"{kind}:") and answer in options
            }
            if said:
                return said.pop() if len(said) == 1 else ""
        return ""

    def is_remembered(self, question: str) -> bool:
        """Whether the answer stems from an earlier workbook."""
        return question not in self.given and bool(self.get(question))


def item_question(label: str, section: str = "") -> str:
    """Name of the question what a label means; the same however it is decorated.

    Args:
        label: As printed.
        section: What sets a row apart from others of its label, comparable; mostly nothing.
    """
    name = f"item:{comparable(label)}"
    return f"{name}:{section}" if section else name


@lru_cache(maxsize=4096)
def remembered_id(question: str) -> str:
    """A question's name without what changes from quarter to quarter.

    Example:
        >>> remembered_id("unit:GuV Q3 2022"), remembered_id("item:subsidies")
        ('unit:guv', 'item:subsidies')
    """
    kind, _, rest = question.partition(":")
    return f"{kind}:{_timeless(rest)}" if kind in _OF_A_SHEET else question


def lasting(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers worth remembering, by ``remembered_id``."""
    return {
        remembered_id(question): value
        for question, value in answers.items()
        if _lasts(question.partition(":")[0], value)
    }


def _lasts(kind: str, value: str) -> bool:
    return kind in _LASTING and (kind != "period" or value in _LASTING_PERIODS)


def _timeless(name: str) -> str:
    """A sheet's name without its period; a colon may part it from an item's code."""
    sheet, _, item = name.partition(":")
    words = comparable(sheet).split()
    kept = [word for word in words if not _tells_time(word)]
    bare = " ".join(kept)
    return f"{bare}:{item}" if item else bare


def _tells_time(word: str) -> bool:
    return bool(re.fullmatch(r"\d+", word)) or read_period(word) is not None
