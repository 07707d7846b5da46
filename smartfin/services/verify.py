"""The ledger recomputed from its bytes, down to each workbook read again.

``store`` holds the tables against their seals. Here each workbook is read once more, with what
its reader was told then, and states what is stored, or not. A later version may understand more
of a workbook than the one that read it: what it would read otherwise is told apart, and is no
difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from smartfin.errors import SmartfinError
from smartfin.facts import Fact
from smartfin.findings import FindingCode
from smartfin.ingest import Reading, read_workbook
from smartfin.ingest.container.kind import Kind, kind_of
from smartfin.services.recipe import Recipe, context_of, is_of_this_reader
from smartfin.services.start import Smartfin
from smartfin.store import Difference, DifferenceKind, Report, Step, Submission, Verification

# Says nothing of the workbook: the machine was short of time or memory.
_UNREAD = {FindingCode.READER_STOPPED, FindingCode.TOO_SLOW, FindingCode.READER_FAILED}
_COLUMNS = ("amount", "unit", "sheet", "cell", "label")


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """What came of verifying a ledger.

    Args:
        store: The tables beside their seals.
        differences: Theirs, and those of the workbooks read again; where a workbook names the
            figure that its seal only knows to be another, it comes first.
        read: Workbooks read again.
        read_differently: The first difference of each workbook that another version or setting
            read, and that would be read otherwise now.
        not_comparable: Submissions whose workbook cannot be read as it was: nobody noted how,
            its name was erased and had said something, or the machine did not manage.
    """

    store: Verification
    differences: tuple[Difference, ...]
    read: int = 0
    read_differently: tuple[Difference, ...] = ()
    not_comparable: int = 0

    @property
    def ok(self) -> bool:
        """Whether all is as it was sealed and read."""
        return not self.differences

    @property
    def checked(self) -> dict[str, int]:
        """How many were looked at, of each kind."""
        return {
            **self.store.checked,
            "workbooks_read": self.read,
            "not_comparable": self.not_comparable,
        }


def verify_ledger(
    smartfin: Smartfin, report: Report, kept: str = "", *, read_workbooks: bool = True
) -> LedgerCheck:
    """Everything the ledger holds beside its seals and its workbooks.

    Args:
        smartfin: Opened.
        report: Told what it is at, how many are done, of how many.
        kept: A seal that somebody wrote down earlier; empty for none.
        read_workbooks: Whether to read each workbook again, which takes longest.
    """
    store = smartfin.ledger.verify(report, kept)
    check = LedgerCheck(store, store.differences)
    if not read_workbooks:
        return check
    try:
        submissions = smartfin.ledger.submissions()
    except ValueError:  # rows that were tampered with, and are told
        return check
    for place, submission in enumerate(submissions):
        report(Step.READING, place, len(submissions))
        check = _with_workbook(smartfin, submission, check)
    report(Step.READING, len(submissions), len(submissions))
    return replace(check, differences=_first_named(check.differences))


def _with_workbook(smartfin: Smartfin, submission: Submission, check: LedgerCheck) -> LedgerCheck:
    """What is known once the workbook of one more submission was read again."""
    try:
        recipe = smartfin.ledger.recipe(submission.id)
        stored = smartfin.ledger.stated_facts(submission.id)
        reading = None if recipe is None else _read_again(smartfin, submission, recipe, stored)
    except (SmartfinError, LookupError, ValueError):  # a row that was tampered with, and is told
        recipe, reading = None, None
    if recipe is None or reading is None:
        return replace(check, not_comparable=check.not_comparable + 1)
    read = reading.by_unit.get(submission.partner, ()) if reading.units else reading.facts
    found = tuple(_differences(submission, stored, read))
    check = replace(check, read=check.read + 1)
    if not found:
        return check
    if not is_of_this_reader(recipe, smartfin.settings, smartfin.partners):
        return replace(check, read_differently=(*check.read_differently, found[0]))
    if not submission.name:
        return replace(check, not_comparable=check.not_comparable + 1)
    return replace(check, differences=(*check.differences, *found))


def _read_again(
    smartfin: Smartfin, submission: Submission, recipe: Recipe, stored: tuple[Fact, ...]
) -> Reading | None:
    """A workbook as it was read; None where the machine did not manage."""
    content = smartfin.ledger.content(submission.id)
    name = submission.name or _stand_in(content, recipe, stored)
    context = context_of(recipe, smartfin.reading_context(), named=bool(submission.name))
    reading = read_workbook(content, name, context)
    return None if _UNREAD & {finding.code for finding in reading.findings} else reading


def _stand_in(content: bytes, recipe: Recipe, stored: tuple[Fact, ...]) -> str:
    """A name for a file whose own was erased; the only sheet of a text is named after it."""
    is_text = kind_of(content) is Kind.TEXT and stored
    return (stored[0].sheet if is_text else "workbook") + str(recipe["ending"])


def _differences(
    submission: Submission, stored: tuple[Fact, ...], read: tuple[Fact, ...]
) -> Iterator[Difference]:
    """What a workbook states beside what is stored of it."""
    now, then = _by_key(stored), _by_key(read)
    for key in sorted(now.keys() | then.keys()):
        one, other = now.get(key), then.get(key)
        if one is None or other is None:
            yield _difference(submission, key, "", _place(one), _place(other))
            continue
        for column in _COLUMNS:
            was, states = getattr(one, column), getattr(other, column)
            if was != states:
                shown = f"{key} ({_place(one)})"
                yield _difference(submission, shown, column, str(was), str(states))


def _by_key(facts: tuple[Fact, ...]) -> Mapping[str, Fact]:
    return {
        f"{fact.scenario.value} {fact.quarter or fact.period} {fact.item}": fact for fact in facts
    }


def _place(fact: Fact | None) -> str | None:
    return None if fact is None else f"{fact.sheet}!{fact.cell}"


def _difference(
    submission: Submission, key: str, column: str, stored: str | None, expected: str | None
) -> Difference:
    place = ("fact", key, column, stored, expected, submission.partner, submission.id)
    return Difference(DifferenceKind.READING, *place)


def _first_named(differences: tuple[Difference, ...]) -> tuple[Difference, ...]:
    """Differences with the figure first that a seal only knows to be another."""
    if not differences or (differences[0].table, differences[0].column) != ("fact", ""):
        return differences
    number = differences[0].submission
    named = [
        each
        for each in differences
        if each.kind is DifferenceKind.READING and each.submission == number
    ]
    return (*named[:1], *(each for each in differences if each not in named[:1]))
