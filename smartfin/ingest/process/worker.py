"""The reading process: takes a workbook, gives a reading or a few of its rows, again and again.

Started by ``child`` as a program of its own. It gives up, for good, what reading does not
need: more memory, opening any file or connection, starting another process.
"""

from __future__ import annotations

import codecs
import gc
import os
import resource
import sys
import traceback
from collections.abc import Callable
from typing import BinaryIO

from python_calamine import CalamineError, PasswordError

from smartfin.findings import Finding, FindingCode
from smartfin.ingest import vocabulary
from smartfin.ingest.container.guard import PartRefused, container_findings
from smartfin.ingest.container.refusal import Harm, hostile
from smartfin.ingest.grid.cells import read_cells
from smartfin.ingest.interpret import interpret
from smartfin.ingest.process import wire
from smartfin.ingest.process.picture import excerpt_reply
from smartfin.items import Items

MEMORY = 1 << 30  # bytes of address space; the interpreter itself takes a fifth
MOST_KEPT = 300 << 20  # bytes; a process that once took more ends rather than sit on them
PROCESSOR_SECONDS = 30  # for one request, should nobody be left to stop it

_ENCODINGS = (
    "cp437", "cp850", "cp1250", "cp1252", "iso8859-2", "iso8859-15", "mac-roman", "utf-8-sig",
    "utf-16-le", "utf-16-be", "utf-32",
)  # fmt: skip
# Calamine says of some files that their buffer ended; no file of ours can be opened here.
_FAULTS_OF_THE_FILE = (CalamineError, OSError)
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


def main() -> None:
    """Reads workbooks until the input ends."""
    known: list[tuple[bytes, Items]] = []

    def reply(request: bytes, chart: bytes, content: bytes) -> bytes:
        if not chart:
            return _answered(lambda: excerpt_reply(request, content))
        if not known or known[0][0] != chart:
            known[:] = [(chart, wire.decoded_items(chart))]
        return _reply(request, known[0][1], content)

    vocabulary.months()
    answer_requests(reply)


def answer_requests(reply: Callable[[bytes, bytes, bytes], bytes]) -> None:
    """Answers requests of a ``child.Worker`` until the input ends, in little memory.

    Whatever ``reply`` imports must have been imported before: no file can be opened any more.

    Args:
        reply: The answer to a request's three parts.
    """
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not break the answers
    peak = _peak_gauge()
    _give_up_rights()
    gc.collect()
    gc.freeze()
    gc.disable()  # a reading makes no cycles worth the time; collected between readings
    while len(head := requests.read(wire.HEADER.size)) == wire.HEADER.size:
        _limit_processor_time()
        parts = [requests.read(size) for size in wire.HEADER.unpack(head)]
        _send(replies, reply(*parts))
        del parts
        if peak() > MOST_KEPT:
            break
        gc.collect()


def _give_up_rights() -> None:
    """Lower the limits of this process, which nothing can raise again.

    What is open stays open: the two pipes, and the gauge of its own memory. Codecs are modules,
    read from files when first needed, so those of workbooks and texts are fetched before.
    """
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        _, most = resource.getrlimit(what)
        if most == resource.RLIM_INFINITY or limit < most:
            resource.setrlimit(what, (limit, limit))


def _limit_processor_time() -> None:
    """So much for the request that comes; the parent stops it earlier, if there is one."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limit = int(usage.ru_utime + usage.ru_stime) + PROCESSOR_SECONDS
    if most == resource.RLIM_INFINITY or limit < most:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, most))


def _peak_gauge() -> Callable[[], int]:
    """Tells the most memory this process has held so far [bytes]; made while files may be opened.

    Where the system says nothing better, ``getrusage`` does, which begins with the peak of the
    process that started this one.
    """
    try:
        status = os.open("/proc/self/status", os.O_RDONLY)
    except OSError:
        return lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT

    def peak() -> int:
        told = os.pread(status, 1 << 16, 0).partition(b"VmHWM:")[2]
        return int(told.split(None, 1)[0]) * 1024

    return peak


def _send(replies: BinaryIO, reply: bytes) -> None:
    replies.write(wire.REPLY.pack(len(reply)))
    replies.write(reply)
    replies.flush()


def _reply(request: bytes, items: Items, content: bytes) -> bytes:
    """The reading, or the finding why there is none."""
    name, context = wire.decoded_request(request, items)

    def read() -> bytes:
        refusals = container_findings(content, name)
        if refusals:
            return wire.encoded_findings(*refusals)
        return wire.encoded_reading(interpret(read_cells(content, name), name, context))

    return _answered(read)


def _answered(answer: Callable[[], bytes]) -> bytes:
    """An answer, or the finding why there is none."""
    try:
        return answer()
    except BaseException as error:  # noqa: BLE001 - a panic of the reader is no Exception
        return wire.encoded_findings(_finding(error))


def _finding(error: BaseException) -> Finding:
    """What an error of the reader says about the file; a fault of ours goes to the parent's log."""
    if isinstance(error, PartRefused):
        return error.finding
    if isinstance(error, MemoryError):
        return hostile(Harm.MEMORY).finding
    if isinstance(error, PasswordError):
        return Finding(FindingCode.ENCRYPTED)
    if isinstance(error, _FAULTS_OF_THE_FILE) or type(error).__name__ == "PanicException":
        return Finding(FindingCode.DAMAGED)
    trace = "".join(traceback.format_exception(error)[-6:])
    return Finding(FindingCode.READER_FAILED, facts={"trace": trace})


if __name__ == "__main__":
    main()
