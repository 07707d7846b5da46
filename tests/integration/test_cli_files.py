"""Paths that are no workbook at all: a document with exit code 2 or 1, at once, and no trace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smartfin.settings import ROOT
from tests.hostile import honest
from tests.hostile.others import NAMES

Ran = tuple[int, Any]
Command = Callable[..., Ran]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Runs a command with ``--json`` in a process of its own: exit code and document."""

    def ran(*arguments: str | Path) -> Ran:
        database = f"sqlite:///{tmp_path / 'smartfin.db'}"
        done = subprocess.run(
            [sys.executable, "-m", "smartfin", *map(str, arguments), "--json"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "SMARTFIN_DATABASE": database, "LC_ALL": "C"},
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        return done.returncode, json.loads(done.stdout.decode("utf-8"))

    return ran


@pytest.mark.parametrize("what", ["read", "import"])
def test_what_is_no_file_is_told_so_before_it_is_opened(
    what: str, command: Command, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    for path, code in (
        (tmp_path, "file-unreadable"),
        (tmp_path / "missing.xlsx", "file-unreadable"),
        (tmp_path / ("a" * 300), "file-unreadable"),
        (pipe, "file-special"),
        (Path("/dev/zero"), "file-special"),
    ):
        exit_code, document = command(what, path)
        assert (exit_code, document["error"]["code"]) == (2, code)


def test_a_file_far_too_large_is_not_read_to_its_end(command: Command, tmp_path: Path) -> None:
    huge = tmp_path / "huge.xlsx"
    with huge.open("wb") as file:
        file.truncate(1 << 40)
    began = time.monotonic()
    exit_code, document = command("read", huge)
    assert time.monotonic() - began < 20
    assert exit_code == 1
    assert [finding["code"] for finding in document["findings"]] == ["too-large"]


def test_names_that_are_no_text_are_read_and_imported(command: Command, tmp_path: Path) -> None:
    written: list[str] = []
    for name in NAMES:
        if "/" not in name and "\x00" not in name and 3 < len(name) < 250:
            file = tmp_path / name
            file.write_bytes(honest.as_xlsx() + bytes(len(written)))
            written.append(os.fsdecode(bytes(file)))
    assert len(written) > 8
    exit_code, document = command("read", written[0], "--partner", honest.PARTNER)
    assert (exit_code, len(document["facts"])) == (0, 32)
    exit_code, document = command("import", *written, "--partner", honest.PARTNER)
    assert exit_code == 0
    assert len(document["files"]) == len(written)
    assert all(file["submission"] for file in document["files"])
    assert len({file["submission"] for file in document["files"]}) == len(written)
