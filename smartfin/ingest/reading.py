"""What reading a workbook needs and gives: plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from smartfin.facts import Fact, Stage
from smartfin.findings import Finding, Question
from smartfin.items import Items, Statement
from smartfin.partner import Partner
from smartfin.quarter import Quarter


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What is known before a workbook is opened.

    Args:
        items: The chart of line items.
        partners: Everybody who may hand in.
        partner: Code of the partner it is said to be from; None to find out.
        answers: Answers to earlier questions, by question id.
        newest_allowed: Newest quarter that can have happened; None when not judged.
        remembered: What was settled about earlier workbooks, by partner code: answers by
            ``memory.remembered_id``.
        envelope: Support voted over all partners [EUR]; None where nobody said.
    """

    items: Items
    partners: tuple[Partner, ...]
    partner: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    newest_allowed: Quarter | None = None
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    envelope: float | None = None


class PeriodKind(StrEnum):
    """How long a column's period is, or how it runs."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    YTD = "ytd"
    ROLLING = "rolling"
    OTHER = "other"


class MapReason(StrEnum):
    """Why a label was, or was not, taken for a line item."""

    EXACT = "exact"  # printed as in items.yaml
    NORMALISED = "normalised"  # but for case, accents, marks, numbering
    SIMILAR = "similar"  # but for a typing error or an inflection
    ANSWERED = "answered"  # a person said so
    REMEMBERED = "remembered"  # a person said so of an earlier workbook
    CONTEXT = "context"  # what stands around it settles which of several it is
    KEY = "key"  # the hidden sign of its row in a template
    ACCOUNT = "account"  # its account number, in a known chart of accounts
    AMBIGUOUS = "ambiguous"  # asked
    UNKNOWN = "unknown"
    RATIO = "ratio"  # a percentage that is no line item; of an amount, not the amount
    ELSEWHERE = "elsewhere"  # belongs to another statement than the one around it


class SheetReason(StrEnum):
    """Why a sheet was, or was not, used."""

    USED = "used"
    HIDDEN = "hidden"
    EMPTY = "empty"
    CHART = "chart"
    GUIDE = "guide"  # the first sheet of a template: what to do
    BESIDE_TEMPLATE = "beside-template"  # a sheet somebody added to a template
    REMARKS = "remarks"  # the list smartfin added when it handed the workbook back
    NO_PERIODS = "no-periods"
    NO_ITEMS = "no-items"
    NO_HEADINGS = "no-headings"  # beside group finance's list, without headings of its own


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a row's label was taken for.

    Args:
        sheet: Name of the sheet.
        cell: Address of the label.
        label: As printed.
        item: Code of the line item; None when it was taken for none.
        confidence: 0 to 1.
        reason: Why.
        candidates: Line items it could be, likeliest first: the proposals of the mapping screen.
        value: Its newest figure as printed; None when it has none that is a number.
    """

    sheet: str
    cell: str
    label: str
    item: str | None
    confidence: float
    reason: MapReason
    candidates: tuple[str, ...] = ()
    value: float | None = None


@dataclass(frozen=True, slots=True)
class PeriodHeader:
    """What a column's heading was taken for; both days included."""

    label: str
    kind: PeriodKind
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class SheetUse:
    """What a sheet was taken for.

    Args:
        sheet: Its name.
        statement: The statement most of its rows belong to; None when unused.
        used: Whether facts were read from it.
        reason: Why.
        scale: Factor to single units of most of its money; None when unknown or none.
        first: First day of its periods; None when unused.
        last: Last day of its periods.
        facts: How many facts come from it.
        hidden: Whether the workbook hides it.
    """

    sheet: str
    statement: Statement | None
    used: bool
    reason: SheetReason
    scale: float | None = None
    first: date | None = None
    last: date | None = None
    facts: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A figure that waits for the answer to a question about its unit.

    Args:
        question: Id of the question.
        item: Code of the line item.
        quarter: Its quarter.
        amount: As printed, in storage sign.
    """

    question: str
    item: str
    quarter: Quarter
    amount: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one workbook says.

    Args:
        partner: Code of the partner; None when it could not be told.
        currency: ISO code of the amounts; None when it could not be told.
        facts: One per item, quarter and scenario.
        mapping: Each label beside figures.
        questions: What only a person can settle; facts resting on it are left out.
        findings: What is wrong or worth knowing.
        periods: Each heading that was taken for a period.
        sheets: Each sheet and its use.
        synthetic: Whether the workbook says of itself that it is made up.
        unsettled: Actual amounts of money left out because nothing says their unit.
        stage: How far the books are settled, where the workbook says so of itself.
        units: Of group finance's list: in whose part of it each fact stands (``support``), in
            the order of the facts. Empty for a partner's workbook, all of which is its own.
    """

    partner: str | None = None
    currency: str | None = None
    facts: tuple[Fact, ...] = ()
    mapping: tuple[Mapped, ...] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
    periods: tuple[PeriodHeader, ...] = ()
    sheets: tuple[SheetUse, ...] = ()
    synthetic: bool = False
    unsettled: tuple[Unsettled, ...] = ()
    stage: Stage | None = None
    units: tuple[str, ...] = ()

    @property
    def by_unit(self) -> Mapping[str, tuple[Fact, ...]]:
        """Under which codes the ledger keeps it, with the facts of each."""
        if not self.units:
            return {self.partner: self.facts} if self.partner else {}
        found: dict[str, list[Fact]] = {}
        for unit, fact in zip(self.units, self.facts, strict=True):
            found.setdefault(unit, []).append(fact)
        return {unit: tuple(facts) for unit, facts in sorted(found.items())}
