"""Files that are no workbook, or that would do harm, are refused by their container alone."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from smartfin.findings import FindingCode
from smartfin.ingest.container import archive, guard
from tests.writers.ole import compound

WORKBOOK = b"<workbook/>"


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return target.getvalue()


GOOD = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": WORKBOOK})


def code_of(content: bytes, name: str = "book.xlsx") -> FindingCode | None:
    findings = guard.container_findings(content, name)
    assert len(findings) <= 1
    return findings[0].code if findings else None


def refusal(parts: dict[str, bytes]) -> FindingCode:
    with pytest.raises(guard.PartRefused) as caught:
        guard.read_parts(zipped(parts))
    return caught.value.finding.code


def test_an_honest_container_passes() -> None:
    assert code_of(GOOD) is None
    assert guard.read_parts(GOOD)["xl/workbook.xml"] == WORKBOOK


@pytest.mark.parametrize("content", [b"", b"\x00" * 100])
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    assert code_of(content) is FindingCode.EMPTY_FILE


def test_a_lock_file_is_called_one_in_any_folder() -> None:
    assert code_of(GOOD, "C:\\in\\~$book.xlsx") is FindingCode.LOCK_FILE
    assert code_of(GOOD, "in/~$book.xlsx") is FindingCode.LOCK_FILE


def test_a_file_over_the_limit_is_too_large_and_one_at_the_limit_is_not() -> None:
    at_limit = GOOD + b"\x00" * (guard.LARGEST_FILE - len(GOOD))
    assert code_of(at_limit + b"\x00") is FindingCode.TOO_LARGE
    assert code_of(at_limit) is not FindingCode.TOO_LARGE


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b'{"facts": []}', "json"),
        (compound({"WordDocument": b"x"}), "word"),
        (compound({"Contents": b"x"}), "unknown"),
        (zipped({"word/document.xml": b"<document/>"}), "word"),
        (zipped({"book.xlsx": GOOD}), "packed"),
    ],
)
def test_what_is_no_workbook_is_told_what_it_is(content: bytes, kind: str) -> None:
    (finding,) = guard.container_findings(content, "book.xlsx")
    assert (finding.code, finding.facts["format"]) == (FindingCode.NOT_A_WORKBOOK, kind)


def test_a_table_that_is_no_workbook_is_told_from_what_is_no_table() -> None:
    assert code_of(b"<html><table></table></html>", "book.xls") is FindingCode.UNSUPPORTED_FORMAT


def test_a_text_may_be_a_table() -> None:
    assert code_of(b"partner;quarter;amount\n", "book.csv") is None


def test_an_old_workbook_passes_and_an_encrypted_one_is_told_from_it() -> None:
    assert code_of(compound({"Workbook": b"x"})) is None
    assert code_of(compound({"EncryptedPackage": b"x"})) is FindingCode.ENCRYPTED


def test_a_truncated_container_is_damaged() -> None:
    assert code_of(GOOD[: len(GOOD) // 2]) is FindingCode.DAMAGED


def test_a_wrong_checksum_anywhere_is_damaged() -> None:
    good = zipped(
        {"xl/workbook.xml": WORKBOOK, "xl/media/logo.png": b"logo" * 9}, zipfile.ZIP_STORED
    )
    with pytest.raises(guard.PartRefused) as caught:
        guard.read_parts(good.replace(b"logologo", b"logolOgo", 1))
    assert caught.value.finding.code is FindingCode.DAMAGED


def test_a_part_that_unpacks_far_beyond_its_size_is_hostile() -> None:
    bomb = zipped({"xl/workbook.xml": WORKBOOK, "xl/styles.xml": bytes(archive.LARGEST_PART + 1)})
    assert len(bomb) < 100_000
    assert code_of(bomb) is FindingCode.HOSTILE


def test_parts_that_together_unpack_too_far_are_hostile() -> None:
    content = bytearray(GOOD)
    place = content.rfind(b"PK\x01\x02")
    struct.pack_into(
        "<II", content, place + 20, archive.LARGEST_UNPACKED // 9, archive.LARGEST_UNPACKED + 1
    )
    assert code_of(bytes(content)) is FindingCode.HOSTILE


def test_a_table_of_contents_too_long_to_list_is_hostile() -> None:
    content = bytearray(GOOD)
    struct.pack_into("<H", content, content.rfind(b"PK\x05\x06") + 10, archive.MOST_ENTRIES + 1)
    assert code_of(bytes(content)) is FindingCode.HOSTILE


def test_two_parts_of_one_name_are_hostile() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("xl/workbook.xml", WORKBOOK)
            archive.writestr("xl/workbook.xml", WORKBOOK)
    assert code_of(target.getvalue()) is FindingCode.HOSTILE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_declaration_is_hostile_in_any_encoding(encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'.encode(encoding)
    assert refusal({"xl/workbook.xml": bomb}) is FindingCode.HOSTILE


def test_cells_far_apart_are_too_many_whatever_range_is_declared() -> None:
    cells = b'<c r="A1"><v>1</v></c><c r="XFD1048576" s="1"><v>1</v></c>'
    for declared in (b"", b'<dimension ref="A1:XFD1048576"/>'):
        with pytest.raises(guard.PartRefused) as caught:
            guard.refuse_far_cells(b"<worksheet>" + declared + b"<sheetData>" + cells, "Costi")
        finding = caught.value.finding
        assert finding.code is FindingCode.TOO_MANY_CELLS
        assert (finding.sheet, finding.cell) == ("Costi", "XFD1048576")


@pytest.mark.parametrize(
    "empty",
    [b"/>", b"></c>", b"><v></v></c>", b'  s="1"/>'],
    ids=["short", "long", "value", "style"],
)
def test_an_empty_cell_far_out_is_harmless(empty: bytes) -> None:
    guard.refuse_far_cells(b'<c r="A1"><v>1</v></c><c r="XFD1048576"' + empty)


def test_a_range_declared_far_out_is_harmless_when_the_cells_are_near() -> None:
    guard.refuse_far_cells(b'<dimension ref="A1:XFD1048576"/><c r="A1"/><c r="C9"/>')


def test_an_encrypted_open_document_is_told_so() -> None:
    parts = {"content.xml": b"x", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    assert refusal(parts) is FindingCode.ENCRYPTED
