"""Zip containers (.xlsx, .xlsm, .xlsb, .ods): their table of contents, and unpacking in bounds.

``contents`` lists the entries without unpacking any, ``unpacked`` unpacks them one by one and
never more of each than the table of contents promises. Limits are far above honest workbooks:
one of a million cells is some 30 MB unpacked.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.container.refusal import Harm, PartRefused, damaged, hostile

MEGABYTE = 1 << 20
LARGEST_UNPACKED = 400 * MEGABYTE
LARGEST_DIRECTORY = 4 * MEGABYTE
LARGEST_PART = 10 * MEGABYTE  # from which a part's ratio is judged
MOST_ENTRIES = 20_000
HIGHEST_RATIO = 150  # spreadsheet XML packs 5 to 60 times, repeated rows 120 times

_END_OF_DIRECTORY = b"PK\x05\x06"
_END_OF_LARGE_DIRECTORY = b"PK\x06\x06"
_LOCAL_HEADER = 30  # bytes before an entry's name
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what spreadsheet programs write
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
)


def contents(content: bytes) -> list[zipfile.ZipInfo]:
    """The entries of a container.

    Raises:
        PartRefused: ``damaged``, ``encrypted`` or ``hostile``.
    """
    if not _has_modest_directory(content):
        raise hostile(Harm.ENTRIES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries, end = archive.infolist(), archive.start_dir
    except _FAULTS as error:
        raise damaged() from error
    _refuse_hostile(entries, end)
    return entries


def part_name(entry: str) -> str:
    """The name of a part, whatever slashes and case the packing program wrote."""
    return entry.replace("\\", "/").lstrip("/").casefold()


def unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Each entry's name and bytes, its checksum proved.

    Raises:
        PartRefused: ``damaged`` or ``encrypted``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as part:
                    body = part.read(entry.file_size)
                    if len(body) < entry.file_size or part.read(1):
                        raise damaged()
                yield entry.filename, body
    except _FAULTS as error:
        raise damaged() from error
    except RuntimeError as error:  # zipfile's word for a password
        raise PartRefused(Finding(FindingCode.ENCRYPTED)) from error


def _has_modest_directory(content: bytes) -> bool:
    """Whether the table of contents is small enough to be listed at all."""
    end = content.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(content) < end + 22:
        return True  # truncated: listing it will say so at no cost
    entries, size = struct.unpack_from("<HI", content, end + 10)
    if entries == 0xFFFF or size == 0xFFFFFFFF:
        large = content.rfind(_END_OF_LARGE_DIRECTORY, 0, end)
        if large >= 0 and len(content) >= large + 48:
            entries, size = struct.unpack_from("<QQ", content, large + 32)
    return bool(entries <= MOST_ENTRIES and size <= LARGEST_DIRECTORY)


def _refuse_hostile(entries: Sequence[zipfile.ZipInfo], end: int) -> None:
    """Refuses what a table of contents that begins at ``end`` gives away."""
    if any(entry.flag_bits & 1 for entry in entries):
        raise PartRefused(Finding(FindingCode.ENCRYPTED))
    if len({part_name(entry.filename) for entry in entries}) < len(entries):
        raise hostile(Harm.ENTRIES)
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise damaged()
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise hostile(Harm.UNPACKED)
    if any(_is_bomb(entry) for entry in entries):
        raise hostile(Harm.RATIO)
    if _overlap(entries, end):
        raise hostile(Harm.OVERLAP)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    allowed = HIGHEST_RATIO * max(entry.compress_size, 1)
    return entry.file_size > max(LARGEST_PART, allowed)


def _overlap(entries: Iterable[zipfile.ZipInfo], end: int) -> bool:
    """Whether entries share bytes, so that a small file unpacks to a huge one."""
    places = sorted(
        (entry.header_offset, entry.header_offset + _LOCAL_HEADER + entry.compress_size)
        for entry in entries
    )
    return any(stop > start for (_, stop), (start, _) in pairwise([*places, (end, end)]))
