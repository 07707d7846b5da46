"""Hands workbooks to warm reading processes, with a deadline.

The server process never parses an upload: a file that eats memory, loops or aborts its
reader takes down a process that is replaced. Threads may read at the same time, each with a
process of its own, at most ``MOST_AT_ONCE``.
"""

from __future__ import annotations

import atexit
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from smartfin.errors import SmartfinError
from smartfin.findings import Finding, FindingCode
from smartfin.ingest.container.refusal import Harm, hostile
from smartfin.ingest.process import wire
from smartfin.ingest.reading import Reading, ReadingContext
from smartfin.items import Items

SECONDS = 20.0  # for one upload, a second attempt included; a million cells take three
PATIENCE = 8.0  # seconds an upload waits for a free process
MOST_AT_ONCE = 2

_MOST_READINGS = 200  # of one process, so that no leak grows
_LARGEST_REPLY = 256 << 20
_CHUNK = 1 << 20
_ROOT = Path(__file__).resolve().parents[3]
_LOG = logging.getLogger(__name__)


class _Gone(Exception):  # noqa: N818 - a signal within this module
    """The process ended before it answered; carries the signal that ended it, 0 for none."""

    def __init__(self, ended_by: int = 0) -> None:
        super().__init__(ended_by)
        self.ended_by = ended_by


class _Late(Exception):  # noqa: N818 - a signal within this module
    """The process did not answer in time."""


class _Busy(Exception):  # noqa: N818 - a signal within this module
    """No process became free in time."""


class Worker:
    """One guarded process; starts at once, is ready when first asked.

    Args:
        module: What it runs; a module that ends in ``worker.answer_requests``.
    """

    def __init__(self, module: str) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={**kept, "PYTHONPATH": str(_ROOT)},
            bufsize=0,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._to, False)
        self.readings = 0

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    @property
    def is_fit(self) -> bool:
        """Whether it may be asked again."""
        return self._process.poll() is None and self.readings < _MOST_READINGS

    def ask(self, request: bytes, chart: bytes, content: bytes, deadline: float) -> bytes:
        """The answer to one request.

        Raises:
            _Gone: The process ended.
            _Late: It did not answer before ``deadline``, a time of the monotonic clock.
        """
        self.readings += 1
        self._write(wire.HEADER.pack(len(request), len(chart), len(content)), deadline)
        for part in (request, chart, content):
            self._write(part, deadline)
        (size,) = wire.REPLY.unpack(self._read(wire.REPLY.size, deadline))
        if size > _LARGEST_REPLY:
            raise self._gone()
        return self._read(size, deadline)

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _write(self, part: bytes, deadline: float) -> None:
        rest = memoryview(part)
        while rest:
            _await(self._to, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._to, rest[:_CHUNK]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise self._gone() from error

    def _read(self, size: int, deadline: float) -> bytes:
        parts: list[bytes] = []
        while size:
            _await(self._from, select.POLLIN, deadline)
            part = os.read(self._from, min(size, _CHUNK))
            if not part:
                raise self._gone()
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _gone(self) -> _Gone:
        """With what ended the process: it closes its pipes a moment before it is gone."""
        try:
            return _Gone(max(0, -self._process.wait(timeout=1)))
        except subprocess.TimeoutExpired:
            return _Gone()


def _await(pipe: int, event: int, deadline: float) -> None:
    """Wait for a pipe; ``poll`` also takes the high numbers pipes get in a busy server.

    Raises:
        _Late: Nothing happened before the deadline.
    """
    watch = select.poll()
    watch.register(pipe, event)
    if not watch.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise _Late


class Workers:
    """Guarded processes of one kind for any number of threads.

    Args:
        module: What they run.
        most: How many may work at the same time; further threads wait.
    """

    def __init__(self, module: str, most: int) -> None:
        self._module = module
        self._room = threading.Semaphore(most)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []

    def warm_up(self) -> None:
        """Has one process ready before the first workbook comes."""
        with self._lock:
            if not self._idle:
                self._idle.append(Worker(self._module))

    def close(self) -> None:
        """Ends all idle processes."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def borrowed(self) -> Iterator[Worker]:
        """A process nobody else uses; given back unless it failed.

        Raises:
            _Busy: None became free in time.
        """
        if not self._room.acquire(timeout=PATIENCE):
            raise _Busy
        try:
            worker = self._fit_one()
            try:
                yield worker
            except BaseException:
                worker.close()
                raise
            with self._lock:
                self._idle.append(worker)
        finally:
            self._room.release()

    def _fit_one(self) -> Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_fit:
                    return worker
                worker.close()
        return Worker(self._module)


WORKERS = Workers("smartfin.ingest.process.worker", MOST_AT_ONCE)
atexit.register(WORKERS.close)


def read_in_child(
    content: bytes,
    name: str,
    context: ReadingContext,
    *,
    workers: Workers = WORKERS,
    seconds: float = SECONDS,
) -> Reading:
    """The reading of a workbook, or the finding why there is none.

    Args:
        content: Bytes of a file that passed ``guard.upload_findings``.
        name: Its name.
        context: What is known before.
        workers: Who reads.
        seconds: How long it may take.
    """
    request = wire.encoded_request(name, context)
    answer = guarded_answer(workers, (request, _chart(context.items), content), seconds)
    return Reading(findings=(answer,)) if isinstance(answer, Finding) else _checked(answer)


def guarded_answer(
    workers: Workers, parts: tuple[bytes, bytes, bytes], seconds: float = SECONDS
) -> bytes | Finding:
    """What a guarded process answers to a request, or why it gave no answer.

    Args:
        workers: The processes to choose from.
        parts: Request, what rarely changes, and the bytes of the upload.
        seconds: How long it may take.
    """
    deadline: float | None = None
    finding = Finding(FindingCode.READER_STOPPED)
    for _ in range(2):
        fresh = False
        try:
            with workers.borrowed() as worker:
                fresh = worker.readings == 0
                deadline = deadline or time.monotonic() + seconds
                return worker.ask(*parts, deadline)
        except _Busy:
            return Finding(FindingCode.READER_STOPPED)
        except _Late:
            return Finding(FindingCode.TOO_SLOW, facts={"seconds": seconds})
        except _Gone as gone:
            finding = _finding_of_end(gone.ended_by, seconds)
            if fresh and gone.ended_by != signal.SIGKILL:
                break  # an old process may have died of something else; a fresh one has not
    return finding


def _finding_of_end(ended_by: int, seconds: float) -> Finding:
    """What the end of a process says of the file it was reading."""
    if ended_by == signal.SIGKILL:  # not by us: by a person, or by a machine short of memory
        return Finding(FindingCode.READER_STOPPED)
    if ended_by == signal.SIGXCPU:
        return Finding(FindingCode.TOO_SLOW, facts={"seconds": seconds})
    return hostile(Harm.CRASH).finding


def _refused(code: FindingCode, **facts: object) -> Reading:
    return Reading(findings=(Finding(code, facts=facts),))


def _checked(reply: bytes) -> Reading:
    """The reading an answer holds; a fault of our own goes to the log."""
    try:
        reading = wire.decoded_reading(reply)
    except (ValueError, TypeError, AttributeError, LookupError, SmartfinError):
        _LOG.exception("the reading process answered nonsense")
        return _refused(FindingCode.READER_FAILED)
    for finding in reading.findings:
        if finding.code is FindingCode.READER_FAILED:
            _LOG.error("the reading process failed:\n%s", finding.facts.get("trace"))
            return replace(reading, findings=(Finding(FindingCode.READER_FAILED),))
    return reading


_last_chart: list[tuple[Items, bytes]] = []


def _chart(items: Items) -> bytes:
    """The chart of line items as sent; kept, as it rarely changes."""
    if not _last_chart or _last_chart[0][0] is not items:
        _last_chart[:] = [(items, wire.encoded_items(items))]
    return _last_chart[0][1]
