"""The remarks on a workbook in the reader's words: what is marked and what is listed.

Made where the words are and sent to the process that marks; plain texts and addresses only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby

import orjson

from smartfin.findings import Severity
from smartfin.ingest import Reading
from smartfin.wording import Words, visible

QUESTION = "question"
KINDS = (*(severity.value for severity in Severity), QUESTION)
"""Kinds of remarks, gravest first; of several in one cell the gravest gives the colour."""

MOST = 10_000
"""Remarks in one list: Excel takes 65,530 links, nobody reads a thousand."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark.

    Args:
        kind: One of ``KINDS``.
        sheet: Name of the sheet; empty when it is about the file.
        cell: Address; empty when it is about the sheet or file.
        sentence: What is wrong, or asked.
        remedy: What to do.
    """

    kind: str
    sheet: str
    cell: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything the list sheet says.

    Args:
        sheet: Its name.
        title: What it is about.
        lead: What to do with it.
        legend: Name of each kind.
        headings: Of its four columns.
        whole_file: What stands for a place where a remark is about the file.
        nothing: What stands there when there is no remark.
        more: What stands below when there are too many; empty when all are there.
        remarks: Errors first, questions last, else in the order of the workbook.
    """

    sheet: str
    title: str
    lead: str
    legend: dict[str, str]
    headings: tuple[str, ...]
    whole_file: str
    nothing: str
    more: str
    remarks: tuple[Remark, ...]

    def comments(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Kind and text for each cell that has remarks, by sheet and address."""

        def place(remark: Remark) -> tuple[str, str]:
            return remark.sheet, remark.cell

        in_cells = [remark for remark in self.remarks if remark.sheet and remark.cell]
        in_cells.sort(key=place)  # a stable sort: the gravest stays first
        return {
            where: self._comment(list(remarks)) for where, remarks in groupby(in_cells, key=place)
        }

    def _comment(self, remarks: list[Remark]) -> tuple[str, str]:
        texts = (f"{self.legend[one.kind]}: {one.sentence} {one.remedy}".strip() for one in remarks)
        return remarks[0].kind, "\n\n".join(dict.fromkeys(texts))


def listing_of(reading: Reading, name: str, words: Words) -> Listing:
    """The remarks on a workbook.

    Args:
        reading: What was understood of it.
        name: Its file name.
        words: Of the reader's language.
    """
    remarks = sorted(_remarks(reading, words), key=lambda remark: KINDS.index(remark.kind))
    left_out = len(remarks) - MOST
    return Listing(
        sheet=words.text("marked.sheet"),
        title=words.text("marked.title", file=name),
        lead=words.text("marked.lead"),
        legend={
            **{one.value: _capital(words.text(f"severity.{one.value}")) for one in Severity},
            QUESTION: words.text("marked.question"),
        },
        headings=tuple(
            words.text(f"finding.column.{name}")
            for name in ("severity", "place", "sentence", "remedy")
        ),
        whole_file=words.text("marked.whole-file"),
        nothing=words.text("marked.nothing"),
        more=words.plural("marked.more", left_out) if left_out > 0 else "",
        remarks=tuple(remarks[:MOST]),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _remarks(reading: Reading, words: Words) -> Iterable[Remark]:
    for finding in reading.findings:
        sentence, remedy = words.finding(finding)
        yield Remark(finding.severity.value, finding.sheet, finding.cell, sentence, remedy)
    for question in reading.questions:
        options = words.join([visible(words.option(one)) for one in question.options])
        remedy = words.text("marked.options", options=options) if options else ""
        sentence = words.question(question)
        yield Remark(QUESTION, question.sheet, question.cell, sentence, remedy)


def encoded_listing(listing: Listing) -> bytes:
    """A listing for the process that marks."""
    return orjson.dumps(asdict(listing))


def decoded_listing(body: bytes) -> Listing:
    """The listing that ``encoded_listing`` wrote."""
    row = orjson.loads(body)
    remarks = tuple(Remark(**remark) for remark in row["remarks"])
    return Listing(**{**row, "headings": tuple(row["headings"]), "remarks": remarks})
