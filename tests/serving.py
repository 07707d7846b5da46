"""The real dashboard in its own process, for tests that need one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from smartfin.settings import ROOT

START_LIMIT = 120  # seconds; the sample workbooks may have to be read first


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[str]:
    """The address of a dashboard that runs as long as the context.

    Args:
        folder: Where its database and log go.
        environment: Variables over the usual ones.
    """
    port = str(free_port())
    places = {"SMARTFIN_DATABASE": f"sqlite:///{folder / 'smartfin.db'}", "SMARTFIN_PORT": port}
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "smartfin", "serve"],
            cwd=ROOT,
            env={**os.environ, **places, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_ready(server, f"http://127.0.0.1:{port}", log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    limit = time.monotonic() + START_LIMIT
    while server.poll() is None and time.monotonic() < limit:
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/readyz", timeout=10).close()
            return
        time.sleep(0.05)
    pytest.fail(f"the server did not start:\n{log.read_text(encoding='utf-8')}")
