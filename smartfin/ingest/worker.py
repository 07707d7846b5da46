"""The reading process: takes a workbook, gives a reading, again and again.

Started by ``child`` as ``python -m smartfin.ingest.worker``. It limits its own memory, may
write no file, and ends when its input does.
"""

from __future__ import annotations

import gc
import os
import resource
import traceback
from collections.abc import Callable
from typing import BinaryIO

from python_calamine import CalamineError, PasswordError

from smartfin.findings import Finding, FindingCode
from smartfin.ingest import vocabulary, wire
from smartfin.ingest.cells import read_cells
from smartfin.ingest.guard import PartRefused
from smartfin.ingest.interpret import interpret
from smartfin.items import Items

MEMORY = 1 << 30  # bytes of address space; the interpreter itself takes a fifth


def main() -> None:
    """Reads workbooks until the input ends."""
    known: list[tuple[bytes, Items]] = []

    def reply(request: bytes, chart: bytes, content: bytes) -> bytes:
        if not known or known[0][0] != chart:
            known[:] = [(chart, wire.decoded_items(chart))]
        return _reply(request, known[0][1], content)

    vocabulary.months()
    answer_requests(reply)


def answer_requests(reply: Callable[[bytes, bytes, bytes], bytes]) -> None:
    """Answers requests of a ``child.Worker`` until the input ends, in little memory.

    Args:
        reply: The answer to a request's three parts.
    """
    _limit_itself()
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not break the answers
    gc.collect()
    gc.freeze()
    gc.disable()  # a reading makes no cycles worth the time; collected between readings
    while len(head := requests.read(wire.HEADER.size)) == wire.HEADER.size:
        parts = [requests.read(size) for size in wire.HEADER.unpack(head)]
        _send(replies, reply(*parts))
        gc.collect()


def _limit_itself() -> None:
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        _, most = resource.getrlimit(what)
        if most == resource.RLIM_INFINITY or limit < most:
            resource.setrlimit(what, (limit, limit))


def _send(replies: BinaryIO, reply: bytes) -> None:
    replies.write(wire.REPLY.pack(len(reply)))
    replies.write(reply)
    replies.flush()


def _reply(request: bytes, items: Items, content: bytes) -> bytes:
    """The reading, or the finding why there is none."""
    name, context = wire.decoded_request(request, items)
    try:
        return wire.encoded_reading(interpret(read_cells(content), name, context))
    except PartRefused as refusal:
        return wire.encoded_findings(refusal.finding)
    except PasswordError:
        return wire.encoded_findings(Finding(FindingCode.ENCRYPTED))
    except CalamineError:
        return wire.encoded_findings(Finding(FindingCode.DAMAGED))
    except MemoryError:
        return wire.encoded_findings(Finding(FindingCode.HOSTILE, facts={"why": "memory"}))
    except BaseException as error:  # noqa: BLE001 - a panic of the reader is no Exception
        return _failed(error)


def _failed(error: BaseException) -> bytes:
    """A fault of the reader: calamine's panic says "damaged", ours goes to the parent's log."""
    if type(error).__name__ == "PanicException":
        return wire.encoded_findings(Finding(FindingCode.DAMAGED))
    trace = "".join(traceback.format_exception(error)[-6:])
    return wire.encoded_findings(Finding(FindingCode.READER_FAILED, facts={"trace": trace}))


if __name__ == "__main__":
    main()
