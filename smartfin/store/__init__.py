"""The ledger: every workbook ever accepted, and what was known on any day.

Append-only and as-of: nothing is changed or deleted, the newest accepted figure wins, and
each past day can be read as it was. ``schema`` shows the tables, ``validity`` the rule,
``decisions`` what is withdrawn, approved, closed and pinned, ``chain`` how all is sealed,
``remembered`` what was settled once about a partner's workbooks, ``answered`` the warnings
people answered, ``audit`` what auditors changed.
"""

from smartfin.store.audit import AuditAdjustment
from smartfin.store.changes import PartnerChange
from smartfin.store.decisions import Decision, DecisionKind, Pin
from smartfin.store.difference import Difference, DifferenceKind, Verification
from smartfin.store.drafts import Draft
from smartfin.store.known import Delivery, KnownFigure
from smartfin.store.ledger import Ledger
from smartfin.store.opening import existing_ledger, open_ledger
from smartfin.store.remembered import RememberedAnswer
from smartfin.store.submissions import Submission
from smartfin.store.validity import Basis, Change
from smartfin.store.verification import Report, Step

__all__ = [
    "AuditAdjustment",
    "Basis",
    "Change",
    "Decision",
    "DecisionKind",
    "Delivery",
    "Difference",
    "DifferenceKind",
    "Draft",
    "KnownFigure",
    "Ledger",
    "PartnerChange",
    "Pin",
    "RememberedAnswer",
    "Report",
    "Step",
    "Submission",
    "Verification",
    "existing_ledger",
    "open_ledger",
]
