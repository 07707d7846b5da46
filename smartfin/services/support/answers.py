"""Whose a remark is where one workbook becomes several submissions: group finance's list.

Each part carries the answers to the remarks about itself and no others, and finds them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smartfin.findings import Answer, AnsweredFinding, Finding, Severity
from smartfin.ingest import Reading
from smartfin.store import Ledger
from smartfin.support import group_unit


def answered_before(reading: Reading, ledger: Ledger) -> Mapping[str, Answer]:
    """The answers given earlier to the warnings of a reading, by ``Finding.key``.

    Args:
        reading: Of a partner's workbook, or of the list.
        ledger: Where the answers stand, each with the part it is about.
    """
    known = {unit: ledger.answers_to_findings(unit) for unit in reading.by_unit}
    return {
        finding.key: known[unit][finding.key]
        for finding in reading.findings
        if finding.severity is Severity.WARNING
        for unit in units_of(finding, reading)
        if finding.key in known[unit]
    }


def answered_of(
    unit: str, reading: Reading, answered: Iterable[AnsweredFinding]
) -> tuple[AnsweredFinding, ...]:
    """The answered warnings that one part of a workbook carries.

    Args:
        unit: Code it is kept under.
        reading: Of the whole workbook.
        answered: All answered warnings of it.
    """
    return tuple(each for each in answered if unit in units_of(each.finding, reading))


def units_of(finding: Finding, reading: Reading) -> tuple[str, ...]:
    """Under which codes the ledger keeps what a finding is about.

    The part of the partner it names, else the part its cell stands in, else all there are.
    """
    units = tuple(reading.by_unit)
    if len(units) <= 1:
        return units
    named = group_unit(str(finding.facts.get("partner", "")))
    if named in units:
        return (named,)
    place = (finding.sheet, finding.cell)
    within = (
        unit
        for unit, facts in reading.by_unit.items()
        if any((fact.sheet, fact.cell) == place for fact in facts)
    )
    return tuple(within) or units
