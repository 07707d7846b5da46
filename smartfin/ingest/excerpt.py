"""A picture of the rows around a cell, read anew from the bytes of its workbook.

The guarded reading process opens the workbook; this only asks and takes the answer.
"""

from __future__ import annotations

import logging

from smartfin.errors import SmartfinError
from smartfin.findings import Finding, FindingCode
from smartfin.ingest.container.guard import upload_findings
from smartfin.ingest.layout.excerpt import Excerpt
from smartfin.ingest.process.child import WORKERS, guarded_answer
from smartfin.ingest.process.picture import decoded_excerpt, encoded_excerpt_request

_LOG = logging.getLogger(__name__)
_NO_CHART = b""  # the request that comes without line items is the one for a picture


def read_excerpt(content: bytes, name: str, sheet: str, cell: str) -> Excerpt | Finding | None:
    """Some rows around a cell; never raises for bad input.

    Args:
        content: The bytes of the file.
        name: Its name.
        sheet: Name of the sheet.
        cell: Address on it, e.g. ``C14``.

    Returns:
        The finding why the workbook cannot be read; None where it has no such cell.
    """
    refusals = upload_findings(content, name)
    if refusals:
        return refusals[0]
    request = encoded_excerpt_request(name, sheet, cell)
    answer = guarded_answer(WORKERS, (request, _NO_CHART, content))
    if isinstance(answer, Finding):
        return answer
    try:
        return _told(decoded_excerpt(answer))
    except (ValueError, TypeError, AttributeError, LookupError, SmartfinError):
        _LOG.exception("the reading process answered nonsense")
        return Finding(FindingCode.READER_FAILED)


def _told(answer: Excerpt | Finding | None) -> Excerpt | Finding | None:
    """The answer; the trace of a fault of our own goes to the log."""
    if isinstance(answer, Finding) and answer.code is FindingCode.READER_FAILED:
        _LOG.error("the reading process failed:\n%s", answer.facts.get("trace"))
        return Finding(FindingCode.READER_FAILED)
    return answer
