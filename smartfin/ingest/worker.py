"""The reading process: takes a workbook, gives a reading, again and again.

Started by ``child`` as ``python -m smartfin.ingest.worker``. It limits its own memory, may
write no file, and ends when its input does.
"""

from __future__ import annotations

import gc
import os
import resource
import traceback
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
    _limit_itself()
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not break the answers
    vocabulary.months()
    gc.collect()
    gc.freeze()
    gc.disable()  # a reading makes no cycles worth the time; collected between readings
    known: tuple[bytes, Items] | None = None
    while len(head := requests.read(wire.HEADER.size)) == wire.HEADER.size:
        request, chart, content = (requests.read(size) for size in wire.HEADER.unpack(head))
        if known is None or known[0] != chart:
            known = (chart, wire.decoded_items(chart))
        reply = _reply(request, known[1], content)
        _send(replies, reply)
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
