"""Tables saved as text (.csv, .tsv, .txt): their encoding, delimiter and cells.

Nothing of it is declared in such a file, so everything is told from the text as a whole. Cells
stay texts, numbers too: whether 1.234 is a thousand is for whoever knows the column to say.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from smartfin.findings import Finding, FindingCode
from smartfin.ingest.amounts.number import Writing, read_number
from smartfin.ingest.container import guard
from smartfin.ingest.container.refusal import PartRefused

TextRow: TypeAlias = tuple[str | None, ...]

_DELIMITERS = ("\t", ";", "|", ",")  # the earlier one wins where both explain the text
_JUDGED = 400  # lines from which the delimiter is told
_FEWEST_ROWS = 2  # that make a table
_SAID = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters beyond a to z, by language: what tells a Hungarian text from a French one. The earlier
# encoding wins where both fit.
_ALPHABETS = (
    ("cp1252", "àâæçéèêëîïôœùûüÿ"),
    ("cp1252", "äöüß"),
    ("cp1252", "áéíñóúü"),
    ("cp1252", "àèéìòù"),
    ("cp1252", "åäöé"),
    ("cp1252", "áéëïóöúü"),
    ("cp1250", "áéíóöőúüű"),
)
_SIGNS = "’‘“”„–—…•€£$°§²½µ«»¿¡ªº·´\xa0"


def read_delimited(content: bytes) -> tuple[TextRow, ...]:
    """The cells of a table in text, row by row; empty ones are None.

    Raises:
        PartRefused: ``not-a-workbook`` when the text holds no table; ``too-many-cells``.
    """
    text = decoded(content)
    said = _SAID.match(text)
    rest = text[said.end() :] if said else text
    delimiter = said[1] if said else delimiter_of(rest)
    if delimiter is None:
        raise PartRefused(Finding(FindingCode.NOT_A_WORKBOOK, facts={"format": "text"}))
    rows = _rows(rest, delimiter)
    if sum(map(len, rows)) > guard.MOST_CELLS:
        raise PartRefused(guard.too_many_cells())
    return tuple(tuple([cell if cell.strip() else None for cell in row]) for row in rows)


def is_named_delimited(name: str) -> bool:
    """Whether a file's name says that it is a table in text."""
    return name.casefold().endswith((".csv", ".tsv", ".tab", ".txt"))


# --- encoding


def decoded(content: bytes) -> str:
    """A text in whatever encoding it is written, without marks and padding at its ends.

    Example:
        >>> decoded("Működési költségek".encode("iso-8859-2"))
        'Működési költségek'
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _trimmed(content.decode(encoding, "replace"))
    wide = _unmarked_utf_16(content[:4096])
    if wide:
        return _trimmed(content.decode(wide, "replace"))
    try:
        return _trimmed(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _trimmed(_of_single_bytes(content))


def _trimmed(text: str) -> str:
    return text.strip("\ufeff\x00\x1a")


def _unmarked_utf_16(head: bytes) -> str:
    """The encoding of a text of two bytes a letter without a mark: every other byte is zero."""
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(zeros) > 8 and zeros.count(0) > 0.8 * len(zeros):
            return encoding
    return ""


def _of_single_bytes(content: bytes) -> str:
    """Western or Central European, by the language whose letters the text's fit best."""
    counts = Counter(byte for byte in content if byte >= 0x80)
    encoding, _ = min(
        _ALPHABETS,
        key=lambda one: sum(n for byte, n in counts.items() if not _is_known(byte, *one)),
    )
    return content.decode(encoding, "replace").replace("¤", "€")


def _is_known(byte: int, encoding: str, alphabet: str) -> bool:
    letter = bytes((byte,)).decode(encoding, "replace")
    return letter.lower() in alphabet or letter in _SIGNS


# --- delimiter


def delimiter_of(text: str) -> str | None:
    r"""What parts the cells of a text; None when it holds no table.

    A candidate explains a text by the lines it parts into equally many cells, and by the numbers
    among them: a decimal comma parts ``Omzet;1,5;2,5`` into three pieces as well, but only the
    semicolon leaves numbers whole.

    Example:
        >>> delimiter_of("Omzet;1,5;2,5\nKosten;1,0;2,0\n")
        ';'
        >>> delimiter_of("Dear all,\nplease find our figures attached.\n") is None
        True
    """
    sample = "\n".join(text.splitlines()[:_JUDGED])
    best, found = (0, 0), None
    for delimiter in _DELIMITERS:
        if delimiter in sample:
            rows = _rows(sample, delimiter)
            score = _score(rows)
            if score > best and not (delimiter == "," and _parts_decimals(rows)):
                best, found = score, delimiter
    return found


def _score(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many whole numbers, and rows of one width, a delimiter makes; nothing for no table."""
    wide = [row for row in rows if len(row) > 1]
    widths = Counter(map(len, wide))
    if not wide or widths.most_common(1)[0][1] < _FEWEST_ROWS:
        return (0, 0)
    numbers = sum(_is_number(cell) for row in wide for cell in row)
    even = widths.most_common(1)[0][1]
    # Prose has commas too: without numbers, most lines must be parted alike.
    if not numbers and 2 * even < sum(1 for row in rows if any(row)):
        return (0, 0)
    return (numbers, even)


def _parts_decimals(rows: Sequence[Sequence[str]]) -> bool:
    """Whether commas are decimal marks too: rows of figures reach beyond every heading."""
    headed = max((_width(row) for row in rows if any(map(_is_heading, row[1:]))), default=0)
    figured = max((_width(row) for row in rows if any(map(_is_number, row[1:]))), default=0)
    return 1 < headed < figured


def _width(row: Sequence[str]) -> int:
    """Cells up to the last that holds something."""
    return max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _is_heading(cell: str) -> bool:
    return bool(_YEAR.fullmatch(cell.strip())) or bool(cell.strip() and not _is_number(cell))


def _is_number(cell: str) -> bool:
    number = read_number(cell) if cell.strip() else Writing.NO_NUMBER
    return isinstance(number, float) or number is Writing.AMBIGUOUS


# --- cells


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """The cells of a text; a line break within quotes stays in its cell.

    Where the quotes contradict themselves they are taken as they stand: one that is never
    closed would swallow the rest of the table.
    """
    csv.field_size_limit(max(131_072, len(text)))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        lines = text.splitlines()
        bare = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        return [[cell.strip().strip('"') for cell in row] for row in bare]
