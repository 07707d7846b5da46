"""docs/findings.md says what the rules do: every code, its severity, every threshold."""

from __future__ import annotations

import re

import pytest

from smartfin.findings import FindingCode
from smartfin.ingest.history import jump
from smartfin.settings import ROOT

PAGE = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
LINES = ("Severity", "Rule", "Remedy", "Example")


def section(name: str) -> str:
    """The text under a heading, up to the next heading."""
    found = re.search(rf"^#+ {re.escape(name)}\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/findings.md has no section {name}"
    return found[1]


@pytest.mark.parametrize("code", FindingCode, ids=str)
def test_each_finding_stands_on_the_page_with_its_severity(code: FindingCode) -> None:
    entry = dict(re.findall(r"^- (\w+): (.+)$", section(code.value), re.MULTILINE))
    assert tuple(entry) == LINES
    assert entry["Severity"] == code.severity.value


def test_no_section_describes_a_finding_that_is_gone() -> None:
    described = re.findall(r"^### (.+)$", PAGE, re.MULTILINE)
    assert sorted(described) == sorted(code.value for code in FindingCode)


def test_the_thresholds_of_jumps_are_those_of_the_code() -> None:
    text = " ".join(section("Unusual jumps").split())
    assert f"within {jump.DEVIATIONS:.0f} robust standard deviations" in section("unusual-jump")
    assert f"| **{jump.DEVIATIONS:.0f}** |" in text
    assert f"of up to {jump.LONGEST} quarters before" in text
    assert f"at least {jump.FEWEST_QUARTERS} quarters in a row" in text
    assert f"at least {100 * jump.SMALLEST_SHARE:.0f} % of the quarter's own revenue" in text
    assert f"At most {jump.MOST} jumps" in text
