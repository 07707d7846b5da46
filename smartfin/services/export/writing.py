"""Writing an export."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from smartfin.services.export.folder import new_folder, safe_name, write_sums
from smartfin.services.export.readme import write_readme
from smartfin.services.export.tables import (
    COLUMNS,
    DECISIONS,
    SUBMISSIONS,
    csv_sink,
    parquet_sink,
    write_csv,
)
from smartfin.services.start import Smartfin, end_of_day
from smartfin.settings import ROOT
from smartfin.store.submissions import Submission
from smartfin.store.whole import Whole, whole_ledger
from smartfin.wording import Words

Report = Callable[[int, int], None]
"""Told how much is done of how much there is to do [workbooks and figures]."""

_METHOD = (ROOT / "docs" / "metrics.md", ROOT / "docs" / "findings.md")
_METHOD_DATA = ("items.yaml", "group.toml", "rates.csv")


@dataclass(frozen=True, slots=True)
class Exported:
    """An export that was written.

    Args:
        folder: Where it stands.
        day: Whose knowledge it holds.
        counts: Rows by table, and workbooks.
    """

    folder: Path
    day: date
    counts: Mapping[str, int]


def export_ledger(
    smartfin: Smartfin, words: Words, folder: Path, day: date | None, report: Report
) -> Exported:
    """Write all that was known on a day, with the workbooks and the method, into a folder.

    Args:
        smartfin: Opened.
        words: Of the language in which the export is explained.
        folder: New or empty.
        day: That day to its end (UTC); None for now.
        report: Told about every some thousand figures.

    Raises:
        InputError: ``folder-not-empty``, ``file-unwritable``.
        StoreError: The database cannot be read, or ``disk-full``.
    """
    made = datetime.now(UTC)
    with (
        new_folder(folder) as unfinished,
        whole_ledger(smartfin.settings, end_of_day(day)) as whole,
    ):
        counts = _write(unfinished, whole, report)
        _copy_method(unfinished / "method", smartfin.settings.data)
        write_readme(unfinished, words, day or made.date(), made)
        write_sums(unfinished)
    return Exported(folder, day or made.date(), counts)


def _write(folder: Path, whole: Whole, report: Report) -> dict[str, int]:
    """Write workbooks and tables; gives how many rows each has."""
    submissions = whole.submissions()
    total = len(submissions) + whole.figure_count()
    (folder / "workbooks").mkdir()
    for done, submission in enumerate(submissions, start=1):
        (folder / _workbook(submission)).write_bytes(whole.content(submission.id))
        report(done, total)
    counts = {"workbooks": len(submissions)}
    rows = {
        "submissions": (_submission_row(each) for each in submissions),
        "decisions": _decision_rows(whole),
        "answers": _answer_rows(whole),
        "warnings": _warning_rows(whole),
    }
    for name, these in rows.items():
        counts[name] = write_csv(folder / f"{name}.csv", COLUMNS[name], these)
    facts, known = _write_figures(folder, whole, lambda n: report(len(submissions) + n, total))
    return {**counts, "facts": facts, "known": known}


def _write_figures(folder: Path, whole: Whole, report: Callable[[int], None]) -> tuple[int, int]:
    """Write all figures and those in force, in one go; gives how many rows each has."""
    all_count = known_count = 0
    with ExitStack() as files:
        sinks = {
            name: (
                files.enter_context(csv_sink(folder / f"{name}.csv")),
                files.enter_context(parquet_sink(folder / f"{name}.parquet")),
            )
            for name in ("facts", "known")
        }
        for rows in whole.figures():
            in_force = [row for row in rows if row.is_in_force]
            for name, some in (("facts", rows), ("known", in_force)):
                for sink in sinks[name]:
                    sink.write(some)
            all_count, known_count = all_count + len(rows), known_count + len(in_force)
            report(all_count)
    return all_count, known_count


def _workbook(submission: Submission) -> str:
    """Where the workbook of a submission stands."""
    name = safe_name(submission.name)
    return f"workbooks/{submission.id:04}_{submission.partner}{name and f'_{name}'}"


def _submission_row(submission: Submission) -> list[object]:
    own = {"file": submission.name, "workbook": _workbook(submission)}
    values = [own[name] if name in own else getattr(submission, name) for name in SUBMISSIONS]
    return [_plain(value) for value in values]


def _decision_rows(whole: Whole) -> Iterator[list[object]]:
    for each in whole.decisions():
        yield [_plain(getattr(each, name)) for name in DECISIONS]


def _answer_rows(whole: Whole) -> Iterator[list[object]]:
    for partner, answers in whole.remembered().items():
        for question, each in answers.items():
            yield [partner, question, each.value, each.by, each.at, each.submission]


def _warning_rows(whole: Whole) -> Iterator[list[object]]:
    for submission, findings in whole.answered_findings().items():
        for each in findings:
            finding, answer = each.finding, each.answer
            place = [submission, finding.code.value, finding.sheet, finding.cell]
            yield [*place, answer.sentence, answer.by, answer.at]


def _plain(value: object) -> object:
    """A value as files know such things: quarters as text."""
    return value if isinstance(value, int | datetime | None) else str(value)


def _copy_method(folder: Path, data: Path) -> None:
    """Put the method beside the figures: how each is computed, checked and named."""
    folder.mkdir()
    for file in (*_METHOD, *(data / name for name in _METHOD_DATA)):
        shutil.copyfile(file, folder / file.name)
