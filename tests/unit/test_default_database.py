"""No test touches the database that a plain start would open."""

from __future__ import annotations

import subprocess
import sys

from smartfin.settings import ROOT, read_settings
from smartfin.store import open_ledger

DEFAULT = ROOT / "var" / "smartfin.db"


def seen() -> tuple[int, int] | None:
    """What tells that a file was written to."""
    return (DEFAULT.stat().st_size, DEFAULT.stat().st_mtime_ns) if DEFAULT.exists() else None


def test_a_test_that_names_no_database_gets_one_that_is_nobodys(no_default_database: str) -> None:
    before = seen()

    open_ledger(read_settings()).close()

    assert read_settings({}).database == f"sqlite:///{DEFAULT}"
    assert read_settings().database == no_default_database
    assert str(ROOT) not in no_default_database
    assert seen() == before


def test_so_does_a_program_that_a_test_starts(no_default_database: str) -> None:
    before = seen()
    program = (
        "from smartfin.settings import read_settings\n"
        "from smartfin.store import open_ledger\n"
        "open_ledger(read_settings()).close()\n"
        "print(read_settings().database)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT
    )

    assert done.stdout.strip() == no_default_database
    assert seen() == before
