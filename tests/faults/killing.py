"""Processes killed in the middle of their work, from a server that has everything loaded."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.faults.work", "smartfin.store.migrations"])
_PATIENCE = 60  # seconds until a process that says nothing counts as hung

Work = Callable[[str, Connection, int], None]


@dataclass(frozen=True, slots=True)
class Killed:
    """What is left of a killed process.

    Args:
        said: What it said it had finished, in order.
        ended: Whether it came to its end before it was killed.
    """

    said: tuple[str, ...]
    ended: bool


def killed(work: Work, address: str, writer: int, after: float) -> Killed:
    """Let a process work, and kill it without a warning.

    Args:
        work: What it does; the clock runs from the first thing it says.
        address: Of the database.
        writer: Its number.
        after: How long it may work [seconds].
    """
    hears, says = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=work, args=(address, says, writer))
    process.start()
    says.close()
    assert hears.poll(_PATIENCE), "the process does not begin"
    first = hears.recv()  # by then everything is loaded
    time.sleep(after)
    process.kill()
    process.join(_PATIENCE)
    ended = process.exitcode == 0
    assert ended or process.exitcode == -signal.SIGKILL, process.exitcode
    return Killed((first, *_rest(hears)), ended)


def _rest(hears: Connection) -> tuple[str, ...]:
    """Everything a process said before it died."""
    said = []
    try:
        while hears.poll():
            said.append(hears.recv())
    except EOFError:
        pass
    return tuple(said)


def at_once(work: Callable[..., None], *each: tuple[object, ...]) -> None:
    """Run processes beside each other to their end, each with its arguments."""
    processes = [_FORKS.Process(target=work, args=arguments) for arguments in each]
    for process in processes:
        process.start()
    for process in processes:
        process.join(_PATIENCE * 5)
        assert process.exitcode == 0, process.exitcode
