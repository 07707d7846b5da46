"""Tables saved as text, in the dialects of the programs and countries that write them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.writers.book import Book, Content, Formula, Shown, Wrong


@dataclass(frozen=True, slots=True)
class TextDialect:
    """How a program writes a table as text.

    Args:
        delimiter: Between the cells.
        decimal: Mark before the decimals.
        encoding: Of the text, with its mark where it names one.
        line_end: Of each line.
        begin: Before the first line, e.g. ``sep=;``.
        quoted: Whether every cell stands in quotes.
        end: After the last line.
    """

    delimiter: str = ";"
    decimal: str = ","
    encoding: str = "utf-8"
    line_end: str = "\r\n"
    begin: str = ""
    quoted: bool = False
    end: str = ""


def table(book: Book, dialect: TextDialect) -> bytes:
    """The first sheet of a book as text, as a spreadsheet program saves it."""
    rows = book.pages[0].rows
    width = book.pages[0].width
    lines = [
        dialect.delimiter.join(
            _cell(row[column] if column < len(row) else None, dialect) for column in range(width)
        )
        for row in rows
    ]
    text = dialect.begin + "".join(line + dialect.line_end for line in lines) + dialect.end
    return text.encode(dialect.encoding)


def _cell(content: Content, dialect: TextDialect) -> str:
    text = written(content, dialect.decimal)
    if dialect.quoted or any(mark in text for mark in (dialect.delimiter, '"', "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def written(content: Content, decimal: str) -> str:
    """A cell as it is printed."""
    if isinstance(content, Formula):
        return written(content.value, decimal)
    if isinstance(content, Wrong):
        return content.code
    if isinstance(content, Shown):
        return f"{content.number * 100:.1f}%".replace(".", decimal)
    if isinstance(content, float | int) and not isinstance(content, bool):
        return f"{content:g}".replace(".", decimal)
    return "" if content is None else str(content)
