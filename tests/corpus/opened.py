"""A made workbook read in this process, as the reading process would."""

from __future__ import annotations

import traceback

from python_calamine import CalamineError

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.container.guard import PartRefused, container_findings
from smartfin.ingest.grid.cells import read_cells
from smartfin.ingest.interpret import interpret
from smartfin.ingest.reading import Reading
from tests.corpus.layout import Layout


def read_layout(layout: Layout) -> Reading:
    """What the reader says of a layout; where it fails, the finding that it did."""
    refusals = container_findings(layout.content, layout.name)
    if refusals:
        return Reading(findings=tuple(refusals))
    try:
        return interpret(read_cells(layout.content, layout.name), layout.name, layout.context)
    except PartRefused as error:
        return Reading(findings=(error.finding,))
    except CalamineError:
        return Reading(findings=(Finding(FindingCode.DAMAGED),))
    except Exception as error:  # noqa: BLE001 - a crash of the reader is a result here
        trace = "".join(traceback.format_exception(error)[-4:])
        return Reading(findings=(Finding(FindingCode.READER_FAILED, facts={"trace": trace}),))
