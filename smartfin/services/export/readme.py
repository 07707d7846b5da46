"""What explains an export to somebody who has never seen smartfin."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from smartfin import __version__
from smartfin.services.export.tables import COLUMNS
from smartfin.wording import Words

README = "README.txt"
_WIDTH = 96


class Content(StrEnum):
    """What stands in an export, in the order in which it is explained."""

    WORKBOOKS = "workbooks"
    SUBMISSIONS = "submissions"
    FACTS = "facts"
    KNOWN = "known"
    DECISIONS = "decisions"
    ANSWERS = "answers"
    WARNINGS = "warnings"
    METHOD = "method"
    SUMS = "sums"


_NAMES = {
    Content.WORKBOOKS: "workbooks/",
    Content.SUBMISSIONS: "submissions.csv",
    Content.FACTS: "facts.csv, facts.parquet",
    Content.KNOWN: "known.csv, known.parquet",
    Content.DECISIONS: "decisions.csv",
    Content.ANSWERS: "answers.csv",
    Content.WARNINGS: "warnings.csv",
    Content.METHOD: "method/",
    Content.SUMS: "SHA256SUMS",
}


def write_readme(folder: Path, words: Words, day: date, made: datetime) -> None:
    """Write what each file and each column is, in a language.

    Args:
        folder: Of the export.
        words: Of the language.
        day: Whose knowledge it holds.
        made: When it is made.
    """
    text = "\n".join(_lines(words, day, made)) + "\n"
    (folder / README).write_text(text, encoding="utf-8")


def _lines(words: Words, day: date, made: datetime) -> Iterator[str]:
    title = words.text("export.title")
    yield from (title, "=" * len(title), "")
    yield _paragraph(words.text("export.about", day=day, made=made, version=__version__))
    for key in ("export.amounts", "export.csv", "export.private"):
        yield from ("", _paragraph(words.text(key)))
    for content in Content:
        name = _NAMES[content]
        yield from ("", "", name, "-" * len(name))
        yield _paragraph(words.text(f"export.file.{content.value}"))
        columns = COLUMNS.get(content.value, ())
        if columns:
            yield ""
        for column in columns:
            yield _explained(column, words.text(f"export.column.{column}"))


def _paragraph(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _explained(column: str, text: str) -> str:
    start = f"  {column:<16}"
    return textwrap.fill(text, _WIDTH, initial_indent=start, subsequent_indent=" " * len(start))
