"""A reading held against what its partner handed in before: one small rule each, in one tuple.

Runs in the server process on plain facts, after the workbook was read. To add a rule: write it in
the module of its family, name it in ``COMPARISONS``, add its code to ``FindingCode``, its
sentence to the catalogues and its section to docs/findings.md.
"""

from __future__ import annotations

from smartfin.facts import Stage
from smartfin.findings import Finding, FindingCode
from smartfin.ingest.history.comparison import Comparison
from smartfin.ingest.history.gap import items_go_on, quarters_follow_on, signs_go_on
from smartfin.ingest.history.jump import newest_figures_are_usual
from smartfin.ingest.history.kept import (
    audit_adjusts,
    figures_are_kept,
    most_figures_are_kept,
    scale_is_kept,
)
from smartfin.ingest.history.known import History
from smartfin.ingest.history.unit import Settled, settled_by_history
from smartfin.ingest.reading import Reading
from smartfin.ingest.rule import Rule
from smartfin.items import Items

__all__ = ["COMPARISONS", "History", "Settled", "compared_with_history", "settled_by_history"]

COMPARISONS: tuple[Rule[Comparison], ...] = (
    Rule(FindingCode.SCALE_CHANGED, scale_is_kept),
    Rule(FindingCode.SIGN_FLIPPED, signs_go_on),
    Rule(FindingCode.UNUSUAL_JUMP, newest_figures_are_usual),
    Rule(FindingCode.RESTATED, figures_are_kept),
    Rule(FindingCode.RESTATED_MORE, most_figures_are_kept),
    Rule(FindingCode.AUDIT_ADJUSTMENT, audit_adjusts),
    Rule(FindingCode.MISSING_QUARTER, quarters_follow_on),
    Rule(FindingCode.ITEM_GAP, items_go_on),
)


def compared_with_history(
    reading: Reading,
    history: History,
    items: Items,
    *,
    stage: Stage = Stage.MANAGEMENT,
    fiscal_year_starts: int = 1,
) -> tuple[Finding, ...]:
    """What is remarkable about a workbook beside what was handed in before.

    Args:
        reading: What the workbook says.
        history: The actual figures of its partner in force before it; may be empty, then the
            workbook's own quarters are its history.
        items: The chart of line items.
        stage: How far its books are settled.
        fiscal_year_starts: Month in which the partner's financial year begins, 1 to 12.
    """
    seen = Comparison(reading, history, items, stage, fiscal_year_starts)
    if seen.newest is None:
        return ()
    return tuple(finding for rule in COMPARISONS for finding in rule.broken(seen))
