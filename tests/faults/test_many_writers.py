"""Eight writers at once: a thousand submissions together, and none is lost.

A thousand in SQLite's file, where writers wait by trying again; fewer on PostgreSQL, which
queues them. ``SMARTFIN_WRITES=5000`` asks for as many on both.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from smartfin.settings import Settings
from smartfin.store import open_ledger
from tests.faults.killing import at_once
from tests.faults.work import PARTNERS, accept_some

WRITERS = 8
ASKED = int(os.environ.get("SMARTFIN_WRITES", "0"))


@pytest.mark.parametrize(("database_kind", "together"), [("sqlite", 1000), ("postgresql", 240)])
def test_eight_writers_at_once_lose_no_submission(settings: Settings, together: int) -> None:
    each = (ASKED or together) // WRITERS
    at_once(accept_some, *((settings.database, writer, each) for writer in range(WRITERS)))
    ledger = open_ledger(settings)
    kept = ledger.submissions()
    assert Counter(one.by for one in kept) == {f"writer {n}": each for n in range(WRITERS)}
    assert len({one.sha256 for one in kept}) == WRITERS * each
    for partner in PARTNERS:
        moments = [one.at for one in kept if one.partner == partner]
        assert moments == sorted(set(moments))
    assert ledger.verify().ok
    ledger.close()
