"""A guarded process that does as it is told, also what it must not be able to do."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from smartfin.ingest.process import worker

_HERE = Path(__file__)


def _spin() -> None:
    while True:
        pass


def _grow() -> bytes:
    held = bytes(worker.MOST_KEPT)
    touched = bytearray(held)
    return b"grown" if len(touched) == len(held) else b""


def _nap() -> bytes:
    time.sleep(1)
    return b"awake"


def _sleep_then_break_down() -> None:
    time.sleep(2)
    os.abort()


_WISHES: dict[str, Callable[[], object]] = {
    "write a file": lambda: _HERE.with_name("written").write_bytes(b""),
    "open a file": _HERE.read_bytes,
    "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
    "listen": lambda: socket.create_server(("127.0.0.1", 0)),
    "start a program": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
    "take memory": lambda: bytearray(worker.MEMORY),
    "be killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "break down": os.abort,
    "sleep, then break down": _sleep_then_break_down,
    "nap": _nap,
    "spin": _spin,
    "grow": _grow,
}


def reply(request: bytes, _chart: bytes, _content: bytes) -> bytes:
    """What became of a wish."""
    if request == b"spin":  # a second will do to show that the limit holds
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1, most))
    try:
        done = _WISHES[request.decode()]()
    except (OSError, MemoryError):
        return b"refused"
    return done if isinstance(done, bytes) else b"done"


if __name__ == "__main__":
    worker.answer_requests(reply)
