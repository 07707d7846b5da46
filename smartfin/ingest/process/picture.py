"""How the rows around a cell are asked of the reading process, and how they come back: JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson

from smartfin.findings import Finding
from smartfin.ingest.container.guard import container_findings
from smartfin.ingest.grid.cells import read_cells
from smartfin.ingest.layout.excerpt import Excerpt, ExcerptCell, ExcerptRow, Shown, cut_out
from smartfin.ingest.process import wire


def encoded_excerpt_request(name: str, sheet: str, cell: str) -> bytes:
    """File name, sheet and cell."""
    named = (each.encode("utf-8", "replace").decode() for each in (name, sheet, cell))
    return orjson.dumps(list(named))


def excerpt_reply(request: bytes, content: bytes) -> bytes:
    """The rows around a cell of a workbook, or the finding why it cannot be read.

    Runs in the reading process.
    """
    name, sheet, cell = orjson.loads(request)
    refusals = container_findings(content, name)
    if refusals:
        return wire.encoded_findings(*refusals)
    excerpt = cut_out(read_cells(content, name), sheet, cell)
    return orjson.dumps({"excerpt": None if excerpt is None else asdict(excerpt)})


def decoded_excerpt(body: bytes) -> Excerpt | Finding | None:
    """What ``excerpt_reply`` wrote.

    Raises:
        ValueError, TypeError, LookupError, SmartfinError: It was not written by it.
    """
    answer = orjson.loads(body)
    if "excerpt" not in answer:
        return wire.decoded_reading(body).findings[0]
    return None if answer["excerpt"] is None else _excerpt(answer["excerpt"])


def _excerpt(values: dict[str, Any]) -> Excerpt:
    columns = tuple(map(str, values["columns"]))
    rows = tuple(_row(row) for row in values["rows"])
    row, column = int(values["row"]), int(values["column"])
    if any(len(each.cells) != len(columns) for each in rows) or min(row, column) < 0:
        raise ValueError("rows and columns do not agree")
    _ = rows[row].cells[column]
    return Excerpt(str(values["sheet"]), columns, rows, row, column)


def _row(values: dict[str, Any]) -> ExcerptRow:
    cells = tuple(_cell(**cell) for cell in values["cells"])
    return ExcerptRow(int(values["row"]), bool(values["heading"]), cells)


def _cell(kind: str, text: str, number: float | None) -> ExcerptCell:
    return ExcerptCell(Shown(kind), str(text), None if number is None else float(number))
