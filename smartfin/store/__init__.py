"""The ledger: every workbook ever accepted, and what was known on any day.

Append-only and as-of: nothing is changed or deleted, the newest accepted figure wins, and
each past day can be read as it was.

    ledger         all of it as the rest of smartfin sees it; ``deciding``, ``planning`` and
                   ``drafting`` are parts
    schema         the tables; ``migrations`` makes them, ``opening`` brings them up to date
    submissions    accepting a workbook; ``drafts`` wait for it
    validity       which figure is in force when; ``standing`` after a decision
    decisions      what is withdrawn, approved, closed and pinned; ``foresight`` before it is
    noted          remarks on flags, and legal matters: decisions too; ``limits`` of what is written
    votes          what members voted
    scenarios      named and frozen; ``scenario_versions`` as saved, ``carried`` by decisions
    chain          how all of it is sealed; ``persons`` names who did it
    verification   whether it is untouched: ``sealed_rows``, ``strays``, ``difference``
    known          what was known on a day; ``unapproved``, ``audit``, ``changes`` beside it
    cube           sums over all partners, from memory; ``blocks`` is what it is made of
    remembered     what was settled once; ``answered``, the warnings people answered
    backup         the whole in one file; ``whole``, for an export
    database       how it is kept: ``sqlite``, ``postgres`` and its ``rights``
"""

from smartfin.store.audit import AuditAdjustment
from smartfin.store.changes import PartnerChange
from smartfin.store.decisions import Decision, DecisionKind, Pin
from smartfin.store.difference import Difference, DifferenceKind, Verification
from smartfin.store.drafts import Draft
from smartfin.store.known import Delivery, KnownFigure
from smartfin.store.ledger import Ledger
from smartfin.store.limits import LONGEST_CHANGES, LONGEST_TEXT, LONGEST_TITLE
from smartfin.store.noted import LegalFlag, Remark
from smartfin.store.opening import existing_ledger, open_ledger
from smartfin.store.remembered import RememberedAnswer
from smartfin.store.scenario_versions import PlanOfRecord, SavedScenario
from smartfin.store.submissions import HandIn, Submission
from smartfin.store.validity import Basis, Change
from smartfin.store.verification import Report, Step
from smartfin.store.votes import Ballot, MemberVote

__all__ = [
    "LONGEST_CHANGES",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "AuditAdjustment",
    "Ballot",
    "Basis",
    "Change",
    "Decision",
    "DecisionKind",
    "Delivery",
    "Difference",
    "DifferenceKind",
    "Draft",
    "HandIn",
    "KnownFigure",
    "Ledger",
    "LegalFlag",
    "MemberVote",
    "PartnerChange",
    "Pin",
    "PlanOfRecord",
    "Remark",
    "RememberedAnswer",
    "Report",
    "SavedScenario",
    "Step",
    "Submission",
    "Verification",
    "existing_ledger",
    "open_ledger",
]
