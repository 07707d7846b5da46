"""Comparing two ways of doing a thing on a machine that is shared with others.

Both sides run in turns, pair by pair, so that what disturbs one disturbs the other; the
result is the median of the pairs' ratios.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAIRS = 5


def median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Median of our value over theirs, pair by pair."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def report(what: str, unit: str, ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Print both medians; the ratio."""
    ratio = median_ratio(ours, theirs)
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"{what}: {mine:.4g} {unit} against {other:.4g} {unit}, ratio {ratio:.2f}", flush=True)
    return ratio


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], folder: Path = ROOT
) -> Iterator[subprocess.Popen[bytes]]:
    """A server in its own process, quiet, started in a folder; ended at the end."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def seconds_until_answer(address: str, process: subprocess.Popen[bytes]) -> float:
    """Time from now until an address answers with success [s].

    Raises:
        SystemExit: The process ended, or nothing came for two minutes.
    """
    began = time.perf_counter()
    while process.poll() is None and time.perf_counter() - began < 120:
        with suppress(OSError):
            urllib.request.urlopen(address, timeout=10).close()
            return time.perf_counter() - began
        time.sleep(0.01)
    raise SystemExit(f"{address} never answered")
