"""The ledger: every workbook ever accepted, and what was known on any day.

Append-only and as-of: nothing is changed or deleted, the newest accepted figure wins, and
each past day can be read as it was. ``schema`` shows the tables, ``validity`` the rule.
"""

from smartfin.store.drafts import Draft
from smartfin.store.known import Delivery
from smartfin.store.ledger import Ledger, open_ledger
from smartfin.store.submissions import Submission
from smartfin.store.validity import Change

__all__ = ["Change", "Delivery", "Draft", "Ledger", "Submission", "open_ledger"]
