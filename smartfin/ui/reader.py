"""Who sits at this machine, as the ledger writes it."""

from __future__ import annotations

import getpass

LOCAL_SESSION = "local"
"""Whose drafts are shown: on one's own machine there is one person."""


def person() -> str:
    """The name of who uses this machine."""
    try:
        return getpass.getuser()
    except OSError:
        return LOCAL_SESSION
