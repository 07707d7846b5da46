"""Answers that outlive the workbook they were given for.

A person settles once what a label, a unit or a sign means; the next quarter's workbook has
another file name and often other sheet names (``Q3 2022``, ``Q4 2022``), and still needs no
question. What is remembered therefore has no period in its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from smartfin.ingest.period import read_period
from smartfin.ingest.text import comparable

# What an answer about a label, unit, sign or scenario says stays true; whose one workbook is,
# or which year one heading means, does not.
_LASTING = ("item", "unit", "sign", "scenario", "period")
_LASTING_PERIODS = ("quarter", "cumulative")
_OF_A_SHEET = ("unit", "sign", "scenario", "period")


@dataclass(frozen=True, slots=True)
class Answers:
    """What is settled about a workbook.

    Args:
        given: By question id, for this workbook.
        remembered: By ``remembered_id``, from earlier workbooks of the partner.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)

    def get(self, question: str) -> str | None:
        """The answer to a question: the one given now, else the one remembered."""
        if question in self.given:
            return self.given[question]
        return self.remembered.get(remembered_id(question)) if self.remembered else None

    def is_remembered(self, question: str) -> bool:
        """Whether the answer stems from an earlier workbook."""
        return question not in self.given and self.get(question) is not None


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
