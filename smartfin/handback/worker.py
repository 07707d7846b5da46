"""The process that marks workbooks, guarded like the one that reads them.

Started by ``ingest.child`` as ``python -m smartfin.handback.worker``. Its answer is a line of
JSON that tells what became of it, and the marked workbook behind.
"""

from __future__ import annotations

import traceback

import orjson

from smartfin.handback.listing import decoded_listing
from smartfin.handback.marking import marked_package
from smartfin.ingest.process.worker import answer_requests


def main() -> None:
    """Marks workbooks until the input ends."""
    answer_requests(_reply)


def _reply(request: bytes, _chart: bytes, content: bytes) -> bytes:
    """The marked workbook, or why there is none."""
    try:
        marked = marked_package(content, decoded_listing(request))
    except BaseException as error:  # noqa: BLE001 - a panic of the reader is no Exception
        trace = "".join(traceback.format_exception(error)[-6:])
        return orjson.dumps({"trace": trace}) + b"\n"
    head = orjson.dumps({"ending": marked.ending, "cells": marked.cells})
    return head + b"\n" + marked.content


if __name__ == "__main__":
    main()
