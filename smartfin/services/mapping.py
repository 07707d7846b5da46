"""The mapping screen: what each sheet and each row of a waiting workbook was taken for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from smartfin.facts import Period
from smartfin.ingest import Mapped, MapReason, Reading, SheetUse
from smartfin.ingest.memory import item_question
from smartfin.services.view import Cell, Table, text_cell
from smartfin.wording import Words

NOTHING = "none"
"""The answer "this row is no line item"."""

# Factors to single units that have a message of their own.
_NAMED_SCALES = (1.0, 1e3, 1e6, 1e9)

# Read without doubt, or no matter of doubt; everything else is worth a second look.
_CERTAIN = (
    MapReason.EXACT,
    MapReason.NORMALISED,
    MapReason.ANSWERED,
    MapReason.REMEMBERED,
    MapReason.KEY,
    MapReason.RATIO,
    MapReason.ELSEWHERE,
)


@dataclass(frozen=True, slots=True)
class RowToSettle:
    """A row that was taken for an item with some doubt, or for none.

    Args:
        question: Id of the question an answer settles, also in the next workbooks.
        place: ``Sheet!C14``.
        label: As printed.
        value: Its newest figure as printed; empty when there is none.
        item: Name of the item it was taken for; empty when for none.
        reason: Why, in a few words.
        options: Codes and names of the proposals, the item it was taken for first.
    """

    question: str
    place: str
    label: str
    value: str
    item: str
    reason: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """One used sheet.

    Args:
        name: Of the sheet.
        summary: What it was taken for: statement, period, unit, number of figures.
        table: Every row with figures, and what it was taken for.
        to_settle: Rows worth a second look, in the order of the sheet.
        labels: Question and label of every row, for correcting any of them.
    """

    name: str
    summary: str
    table: Table
    to_settle: tuple[RowToSettle, ...]
    labels: tuple[tuple[str, str], ...]


def sheet_mappings(words: Words, reading: Reading) -> tuple[SheetMapping, ...]:
    """The used sheets of a workbook, in its order; a label is asked about in one place only.

    Sheets of one name, which no office program writes, are shown as one.
    """
    asked = frozenset(question.id for question in reading.questions)
    mappings: dict[str, SheetMapping] = {}
    for use in reading.sheets:
        if use.sheet not in mappings and (use.used or _rows(reading, use)):
            sheet = mappings[use.sheet] = _sheet_mapping(words, reading, use, asked)
            asked |= {row.question for row in sheet.to_settle}
    return tuple(mappings.values())


def unused_sheets(words: Words, reading: Reading) -> Table:
    """The sheets no figure was read from, and why."""
    return Table(
        caption=words.text("intake.unused-caption"),
        columns=(words.text("column.sheet"), words.text("column.remark")),
        rows=tuple(
            (text_cell(use.sheet), text_cell(words.text(f"sheet-reason.{use.reason.value}")))
            for use in reading.sheets
            if not use.used and not _rows(reading, use)
        ),
    )


def item_choices(words: Words, codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Line items by name, and the choice to leave a row out, for settling any row."""
    names = sorted(((code, words.item(code)) for code in codes), key=lambda choice: choice[1])
    return ((NOTHING, words.option(NOTHING)), *names)


def _rows(reading: Reading, use: SheetUse) -> list[Mapped]:
    return [mapped for mapped in reading.mapping if mapped.sheet == use.sheet]


def _sheet_mapping(
    words: Words, reading: Reading, use: SheetUse, asked: frozenset[str]
) -> SheetMapping:
    rows = _rows(reading, use)
    labels = {item_question(mapped.label): mapped.label for mapped in rows if mapped.label}
    return SheetMapping(
        name=use.sheet,
        summary=_summary(words, reading, use),
        table=_table(words, use, rows),
        to_settle=tuple(_to_settle(words, rows, asked)),
        labels=tuple(labels.items()),
    )


def _summary(words: Words, reading: Reading, use: SheetUse) -> str:
    """Statement, period, unit and number of figures, as far as they are known."""
    parts = [words.text(f"statement.{use.statement.value}") if use.statement else ""]
    if use.first and use.last:
        parts.append(words.span(str(Period(use.first, use.last))))
    if use.scale and reading.currency:
        key = f"intake.scale.{use.scale:.0f}" if use.scale in _NAMED_SCALES else "intake.scale"
        parts.append(words.text(key, currency=reading.currency, factor=use.scale))
    parts.append(words.plural("intake.sheet-figures", use.facts))
    return " · ".join(filter(None, parts))


def _table(words: Words, use: SheetUse, rows: Iterable[Mapped]) -> Table:
    columns = ("label", "cell", "printed", "item", "confidence", "remark")
    return Table(
        caption=words.text("intake.mapping-caption", sheet=use.sheet),
        columns=tuple(words.text(f"column.{name}") for name in columns),
        rows=tuple(_row(words, mapped) for mapped in rows),
    )


def _row(words: Words, mapped: Mapped) -> tuple[Cell, ...]:
    return (
        text_cell(mapped.label),
        text_cell(mapped.cell),
        Cell(_printed(words, mapped), mapped.value, "count"),
        text_cell(_taken_for(words, mapped)),
        _confidence(words, mapped),
        text_cell(words.text(f"mapped-reason.{mapped.reason.value}")),
    )


def _taken_for(words: Words, mapped: Mapped) -> str:
    """The item by name; a row that a person left out was recognised well enough."""
    if mapped.item:
        return words.item(mapped.item)
    left_out = mapped.reason in (MapReason.ANSWERED, MapReason.REMEMBERED)
    return words.text("intake.left-out" if left_out else "intake.not-recognised")


def _confidence(words: Words, mapped: Mapped) -> Cell:
    if mapped.item is None:
        return Cell("", None, "fraction")
    return Cell(words.percent(mapped.confidence), mapped.confidence, "fraction")


def _printed(words: Words, mapped: Mapped) -> str:
    return "" if mapped.value is None else words.number(mapped.value)


def _to_settle(
    words: Words, rows: Iterable[Mapped], asked: frozenset[str]
) -> Iterable[RowToSettle]:
    """Each doubtful label once, however often the sheet prints it."""
    seen = set(asked)
    for mapped in rows:
        question = item_question(mapped.label)
        if mapped.reason in _CERTAIN or not mapped.label or question in seen:
            continue
        seen.add(question)
        proposed = dict.fromkeys(filter(None, (mapped.item, *mapped.candidates)))
        yield RowToSettle(
            question=question,
            place=f"{mapped.sheet}!{mapped.cell}",
            label=mapped.label,
            value=_printed(words, mapped),
            item=words.item(mapped.item) if mapped.item else "",
            reason=words.text(f"mapped-reason.{mapped.reason.value}"),
            options=tuple((code, words.option(code)) for code in (*proposed, NOTHING)),
        )
