"""Which family of messages a fact's code is in, and what kind of number a fact is."""

from __future__ import annotations

from smartfin.findings import VALUE

# Message families of enumerations that are not named after the class.
CODES = {
    "Alarm": "warning.alarm",
    "Course": "warning.course",
    "Family": "warning.family",
    "Likelihood": "odds",
    "MapReason": "mapped-reason",
    "Reason": "undefined",
    "State": "verdict",
    "VerdictReason": "verdict.reason",
}
# Message families of facts that are text codes.
FAMILIES = {
    **{name: name for name in ("scenario", "statement", "level", "format", "harm", "concealed")},
    "flags": "warning",
    "headings": "support.column",
    "side": "support.side",
}
# Facts of a finding that are figures in its fact ``unit``.
FIGURES = {VALUE, "amount", "other_amount", "computed", "assets", "funding", "old", "before"}
# Numbers that count nothing.
IDENTIFIERS = {"year", "id", "submission", "draft"}
# Facts that are the count of a message with plural forms, where a code brings its own facts.
COUNTS = ("quarters", "count")
