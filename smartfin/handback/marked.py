"""The workbook somebody handed in, back with every remark in its cell and a list of them all.

Only .xlsx and .xlsm can be marked without loss; of other formats the list goes back alone. The
upload is opened in a guarded process of its own; here are words and bytes only.
"""

from __future__ import annotations

import atexit
import io
import logging
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import orjson

from smartfin.findings import Finding
from smartfin.handback.listing import Listing, encoded_listing, listing_of
from smartfin.handback.marking import MarkedPackage, marked_package
from smartfin.ingest import Reading
from smartfin.ingest.container.guard import container_findings
from smartfin.ingest.process.child import Workers, guarded_answer
from smartfin.wording import Words

WORKERS = Workers("smartfin.handback.worker", 1)
atexit.register(WORKERS.close)

_ZIP = b"PK\x03\x04"
_ENDINGS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
_LOG = logging.getLogger(__name__)

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_RELATIONS = "application/vnd.openxmlformats-package.relations+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BARE = {  # a workbook without a sheet, to which the list is added
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_RELATIONS}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        f' xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews><sheets></sheets></workbook>'
    ),
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A workbook to hand back.

    Args:
        content: Its bytes.
        name: Its file name.
        marked_cells: How many of its cells are marked.
        list_only: Whether it holds the list alone, for want of a workbook that can be marked.
    """

    content: bytes
    name: str
    marked_cells: int
    list_only: bool


def marked_workbook(content: bytes, name: str, reading: Reading, words: Words) -> Marked:
    """A workbook with the remarks on it.

    Args:
        content: The bytes that were handed in.
        name: Their file name.
        reading: What was understood of them.
        words: Of the reader's language.
    """
    listing = listing_of(reading, name, words)
    marked = _marked(content, name, listing)
    list_only = marked is None
    made = marked or marked_package(_bare_workbook(), listing)
    return Marked(made.content, marked_name(name, words, made.ending), made.cells, list_only)


def _marked(content: bytes, name: str, listing: Listing) -> MarkedPackage | None:
    """The workbook itself, marked; None when it cannot be."""
    if not content.startswith(_ZIP) or container_findings(content, name):
        return None
    answer = guarded_answer(WORKERS, (encoded_listing(listing), b"", content))
    if isinstance(answer, Finding):
        _LOG.warning("a workbook could not be marked: %s", answer.code)
        return None
    head, _, body = answer.partition(b"\n")
    told = orjson.loads(head)
    if "trace" in told:
        _LOG.info("a workbook could not be marked:\n%s", told["trace"])
        return None
    return MarkedPackage(body, str(told["ending"]), int(told["cells"]))


def _bare_workbook() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, body in _BARE.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>\n{body}')
    return written.getvalue()


def marked_name(name: str, words: Words, ending: str = "") -> str:
    """The file name, saying that the workbook is marked; said once, however often it was.

    Args:
        name: As it was handed in.
        words: Of the reader's language.
        ending: Of what came of it; empty for what its name leads one to expect.
    """
    path = PurePath(name.replace("\\", "/"))
    stem = (
        path.stem
        if path.suffix.lower() in (*_ENDINGS, ".xls", ".xlsb", ".ods", ".csv")
        else path.name
    )
    said = words.text("marked.name", file="").strip()
    usual = ".xlsm" if path.suffix.lower() == ".xlsm" else ".xlsx"
    return words.text("marked.name", file=stem.removesuffix(said).strip()) + (ending or usual)
