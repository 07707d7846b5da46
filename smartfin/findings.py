"""What is wrong with, or unclear in, a workbook: values with a place, not exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256


class Severity(StrEnum):
    """How much a finding matters: an error keeps the workbook out of the ledger."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class FindingCode(StrEnum):
    """Every kind of finding; its severity is a fact about the code.

    The sentence is message ``finding.<code>`` (what is wrong) and
    ``finding.<code>.remedy`` (what to do).
    """

    severity: Severity

    def __new__(cls, code: str, severity: Severity) -> FindingCode:
        """A member: its code and how much it matters."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.severity = severity
        return member

    # The container
    EMPTY_FILE = "empty-file", Severity.ERROR
    TOO_LARGE = "too-large", Severity.ERROR
    TOO_MANY_CELLS = "too-many-cells", Severity.ERROR
    LOCK_FILE = "lock-file", Severity.ERROR
    NOT_A_WORKBOOK = "not-a-workbook", Severity.ERROR
    UNSUPPORTED_FORMAT = "unsupported-format", Severity.ERROR
    ENCRYPTED = "encrypted", Severity.ERROR
    DAMAGED = "damaged", Severity.ERROR
    SHEET_MISSING = "sheet-missing", Severity.ERROR
    HOSTILE = "hostile", Severity.ERROR
    TOO_SLOW = "too-slow", Severity.ERROR
    READER_STOPPED = "reader-stopped", Severity.ERROR
    READER_FAILED = "reader-failed", Severity.ERROR
    # The content as a whole
    NO_STATEMENT = "no-statement", Severity.ERROR
    NO_PERIODS = "no-periods", Severity.ERROR
    UNKNOWN_PARTNER = "unknown-partner", Severity.ERROR
    TWO_PARTNERS = "two-partners", Severity.ERROR
    WRONG_PARTNER = "wrong-partner", Severity.ERROR
    UNKNOWN_ENTITY = "unknown-entity", Severity.ERROR  # which of a partner's legal entities
    UNKNOWN_CURRENCY = "unknown-currency", Severity.ERROR
    WRONG_CURRENCY = "wrong-currency", Severity.ERROR
    MISSING_ITEM = "missing-item", Severity.ERROR
    HEADING_CONTRADICTS = "heading-contradicts", Severity.ERROR
    DUPLICATE_QUARTER = "duplicate-quarter", Severity.ERROR
    IMPOSSIBLE_PERIOD = "impossible-period", Severity.ERROR
    PERIOD_ASSUMED = "period-assumed", Severity.WARNING
    COLUMN_UNUSED = "column-unused", Severity.NOTE
    HIDDEN_FIGURES = "hidden-figures", Severity.WARNING
    EXTERNAL_LINKS = "external-links", Severity.WARNING
    UNIT_FROM_HISTORY = "unit-from-history", Severity.NOTE
    # Single cells
    ERROR_CELL = "error-cell", Severity.ERROR
    NEVER_CALCULATED = "never-calculated", Severity.ERROR
    NOT_A_NUMBER = "not-a-number", Severity.WARNING
    CONTRADICTING_FACTS = "contradicting-facts", Severity.ERROR
    NEGATIVE_AMOUNT = "negative-amount", Severity.WARNING
    UNMAPPED_LABEL = "unmapped-label", Severity.NOTE
    UNMAPPED_AMOUNTS = "unmapped-amounts", Severity.WARNING
    UNLABELLED_AMOUNTS = "unlabelled-amounts", Severity.WARNING
    UNIT_ASSUMED = "unit-assumed", Severity.WARNING
    COSTS_TURNED = "costs-turned", Severity.NOTE
    CREDITS_TURNED = "credits-turned", Severity.NOTE
    CUMULATIVE_SPLIT = "cumulative-split", Severity.NOTE
    CUMULATIVE_INCOMPLETE = "cumulative-incomplete", Severity.WARNING
    SHEET_UNUSED = "sheet-unused", Severity.NOTE
    # Arithmetic
    SUBTOTAL_DIFFERS = "subtotal-differs", Severity.WARNING
    BALANCE_DIFFERS = "balance-differs", Severity.ERROR
    RESULT_DIFFERS = "result-differs", Severity.WARNING
    CASH_DIFFERS = "cash-differs", Severity.WARNING
    EQUITY_DIFFERS = "equity-differs", Severity.WARNING
    YEAR_DIFFERS = "year-differs", Severity.WARNING
    FEES_DIFFER = "fees-differ", Severity.WARNING
    OTHER_INCOME_LARGE = "other-income-large", Severity.WARNING
    INJECTION_UNSTATED = "injection-unstated", Severity.WARNING
    MISSING_QUARTER = "missing-quarter", Severity.WARNING
    ITEM_GAP = "item-gap", Severity.WARNING
    FUTURE_ACTUAL = "future-actual", Severity.ERROR
    # Against what the partner handed in before
    SIGN_FLIPPED = "sign-flipped", Severity.WARNING
    UNUSUAL_JUMP = "unusual-jump", Severity.WARNING
    SCALE_CHANGED = "scale-changed", Severity.ERROR
    RESTATED = "restated", Severity.WARNING
    RESTATED_MORE = "restated-more", Severity.WARNING
    AUDIT_ADJUSTMENT = "audit-adjustment", Severity.NOTE
    # Group finance's list of support
    LIST_HEADING_MISSING = "list-heading-missing", Severity.ERROR
    LIST_EMPTY = "list-empty", Severity.ERROR
    LIST_COLUMN_UNUSED = "list-column-unused", Severity.NOTE
    LIST_ROW_UNUSED = "list-row-unused", Severity.WARNING
    LIST_PARTNER_UNKNOWN = "list-partner-unknown", Severity.ERROR
    LIST_QUARTER_UNREADABLE = "list-quarter-unreadable", Severity.ERROR
    LIST_QUARTER_AHEAD = "list-quarter-ahead", Severity.ERROR
    LIST_QUARTER_EARLY = "list-quarter-early", Severity.WARNING
    LIST_KIND_UNKNOWN = "list-kind-unknown", Severity.ERROR
    LIST_CURRENCY_UNKNOWN = "list-currency-unknown", Severity.ERROR
    LIST_AMOUNT_UNREADABLE = "list-amount-unreadable", Severity.ERROR
    LIST_AMOUNT_IMPOSSIBLE = "list-amount-impossible", Severity.ERROR
    LIST_AMOUNT_LARGE = "list-amount-large", Severity.WARNING
    LIST_AMOUNT_UNVOTED = "list-amount-unvoted", Severity.WARNING
    LIST_NOTE_LONG = "list-note-long", Severity.ERROR
    LIST_ROW_TWICE = "list-row-twice", Severity.ERROR
    # That list beside the partner's own books
    SUPPORT_DIFFERS = "support-differs", Severity.WARNING
    SUPPORT_UNMATCHED = "support-unmatched", Severity.WARNING
    SUPPORT_ABSENT = "support-absent", Severity.WARNING
    # The hand-in
    SYNTHETIC = "synthetic", Severity.NOTE


VALUE = "value"
"""The fact that holds what a cell says, where a finding is about one value."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about one workbook.

    Args:
        code: Which rule spoke.
        sheet: Name of the sheet; empty when the remark is about the file.
        cell: Address; empty when the remark is about the sheet or file.
        facts: What the sentence needs, by name.
    """

    code: FindingCode
    sheet: str = ""
    cell: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.code.severity

    @property
    def key(self) -> str:
        """What an answer to it holds for: the rule, the cell and the value found there.

        The same remark about the same cell is not made again once it was answered; another
        value in that cell is another remark.
        """
        found = [self.facts[VALUE]] if VALUE in self.facts else sorted(self.facts.items())
        said = repr((self.sheet, self.cell, found))
        return f"{self.code.value}:{sha256(said.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence with which a person answered a warning; it travels with the submission.

    Args:
        key: ``Finding.key`` of what was answered.
        sentence: What the person said.
        by: Who.
        at: When.
    """

    key: str
    sentence: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AnsweredFinding:
    """A warning with the sentence it was answered with."""

    finding: Finding
    answer: Answer


class QuestionKind(StrEnum):
    """What must be asked because the workbook does not say it."""

    UNIT = "unit"
    CURRENCY = "currency"
    PERIOD = "period"
    ITEM = "item"
    SIGN = "sign"
    SCENARIO = "scenario"
    PARTNER = "partner"


class Aspect(StrEnum):
    """Which side of a unit is asked, where it is not the usual one; fact ``aspect``."""

    WORKBOOK = "workbook"  # the unit of all amounts that nothing tells
    NUMBER = "number"  # what the separator in text numbers means


class PeriodAspect(StrEnum):
    """What about a period is asked, where it is not how long it is; fact ``aspect``."""

    WHEN = "when"  # which period a heading stands for
    SHEET = "sheet"  # which period a sheet without one in its headings is of
    YEARS = "years"  # which months a plain year means
    STARTS = "starts"  # in which month the financial year begins


class ScenarioAspect(StrEnum):
    """What about a scenario is asked, where it is not that of a sheet; fact ``aspect``."""

    COLUMNS = "columns"  # what columns or tables of the same periods are
    WORD = "word"  # what a word under periods means


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can settle; what rests on it is left out until then.

    Args:
        id: Stable across readings of the same workbook, used by ``--answer ID=VALUE``.
        kind: What is asked.
        sheet: Where; empty for the file.
        cell: Where; empty for the sheet or file.
        facts: What the sentence needs, by name (message ``question.<kind>``).
        options: The possible answers, as codes.
    """

    id: str
    kind: QuestionKind
    sheet: str
    cell: str
    facts: Mapping[str, object]
    options: tuple[str, ...]


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """Whether any finding keeps the workbook out of the ledger."""
    return any(finding.severity is Severity.ERROR for finding in findings)
