"""What a rule is: a code, and the function that finds where the rule is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from smartfin.findings import Finding, FindingCode

Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Seen]):
    """One rule over what a workbook says.

    Its severity is a fact about the code, its remedy message ``finding.<code>.remedy``; what it
    means and why its thresholds are as they are stands in docs/findings.md.

    Args:
        code: Of its findings.
        broken: The findings about what it looks at; none where it holds or cannot be judged.
    """

    code: FindingCode
    broken: Callable[[Seen], Iterable[Finding]]
