"""A process is killed while it accepts, withdraws, migrates or backs up: nothing is lost.

Forty times in an ordinary run; ``SMARTFIN_KILLS=1000`` asks for as many.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from smartfin.settings import Settings, read_settings
from smartfin.store import Ledger, open_ledger
from smartfin.store.backup import restore
from tests.faults.killing import killed
from tests.faults.old import FIGURES, make_old_ledger
from tests.faults.work import accept_on, back_up_on, hand_in, migrate_on, withdraw_on
from tests.postgres import Server

KILLS = int(os.environ.get("SMARTFIN_KILLS", "40"))
OLD = 6  # submissions in a ledger of version 0001
LONGEST = 0.12  # seconds of work before the end; some twenty transactions


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Both kinds of database."""
    kind: str = request.param
    return kind


def moments(share: int) -> list[float]:
    """When to kill, in a share of all kills; the same ones every time."""
    chance = random.Random(share)
    return [chance.uniform(0.0, LONGEST) for _ in range(max(1, KILLS // share))]


def assert_sound(ledger: Ledger) -> None:
    """Nothing in the ledger contradicts anything else in it."""
    found = ledger.verify()
    assert found.ok, found.differences


def test_who_is_killed_while_accepting_loses_nothing_acknowledged(settings: Settings) -> None:
    acknowledged: list[str] = []
    ledger = open_ledger(settings)
    for writer, moment in enumerate(moments(share=4)):
        acknowledged += killed(accept_on, settings.database, writer, moment).said
    assert_sound(ledger)
    kept = [each.sha256 for each in ledger.submissions()]
    assert [each for each in kept if each in set(acknowledged)] == acknowledged
    assert len(kept) - len(acknowledged) <= len(moments(share=4))  # one each may be unheard
    ledger.close()


def test_who_is_killed_while_withdrawing_leaves_it_done_or_not(settings: Settings) -> None:
    ledger = open_ledger(settings)
    withdrawn: list[str] = []
    for writer, moment in enumerate(moments(share=8)):
        withdrawn += killed(withdraw_on, settings.database, writer, moment).said
    assert_sound(ledger)
    by_digest = {each.sha256: each for each in ledger.submissions()}
    assert all(by_digest[digest].withdrawn and by_digest[digest].approved for digest in withdrawn)
    standing = {each.id for each in by_digest.values() if each.withdrawn is None}
    assert {fact.submission for fact in ledger.facts()} == standing
    ledger.close()


@pytest.fixture
def old_copies(
    database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> tuple[tuple[str, ...], Callable[[int], str]]:
    """The digests in a ledger of version 0001, and what gives the address of a copy of it."""
    if database_kind == "sqlite":
        old = tmp_path / "old.db"
        digests = make_old_ledger(f"sqlite:///{old}", submissions=OLD)

        def copied(number: int) -> str:
            return f"sqlite:///{shutil.copy(old, tmp_path / f'{number}.db')}"

        return digests, copied
    server: Server = request.getfixturevalue("postgres")
    template = server.new_database()
    digests = make_old_ledger(server.address(template), submissions=OLD)
    return digests, lambda _number: server.address(server.new_database(template))


def test_who_is_killed_while_migrating_leaves_the_old_or_the_new(
    old_copies: tuple[tuple[str, ...], Callable[[int], str]], database_kind: str
) -> None:
    digests, copied = old_copies
    for writer, moment in enumerate(moments(share=8 if database_kind == "sqlite" else 20)):
        address = copied(writer)
        killed(migrate_on, address, writer, moment * 3)
        ledger = open_ledger(read_settings({"SMARTFIN_DATABASE": address}))
        assert tuple(each.sha256 for each in ledger.submissions()) == digests
        assert len(ledger.facts()) == len(digests) * FIGURES
        assert_sound(ledger)
        ledger.close()


def test_who_is_killed_while_backing_up_leaves_whole_backups_only(tmp_path: Path) -> None:
    settings = read_settings({"SMARTFIN_DATABASE": f"sqlite:///{tmp_path / 'smartfin.db'}"})
    ledger = open_ledger(settings)
    for number in range(5):
        hand_in(ledger, writer=number, number=number)
    said: list[str] = []
    for writer, moment in enumerate(moments(share=8)):
        said += killed(back_up_on, settings.database, writer, moment).said
    assert_sound(ledger)
    backups = sorted(tmp_path.glob("*.backup"))
    assert set(said) <= {each.name for each in backups}
    for number, backup in enumerate(backups):
        address = f"sqlite:///{tmp_path / f'restored-{number}.db'}"
        restored = read_settings({"SMARTFIN_DATABASE": address})
        restore(restored, backup, lambda _done, _total: None)
        assert open_ledger(restored).submissions() == ledger.submissions()
    ledger.close()
