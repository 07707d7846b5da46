"""What people noted beside the figures: remarks on a flag, and legal matters."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from smartfin.measure import Measure, Unit
from smartfin.partner import Partner
from smartfin.services.view import Cell, Table, measure_cell, text_cell
from smartfin.store import LegalFlag, Remark
from smartfin.wording import DASH, Words


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A remark on a flag.

    Args:
        text: As written; a dash once erased.
        said: Who wrote it, when, and about which quarter.
    """

    text: str
    said: str


@dataclass(frozen=True, slots=True)
class MattersView:
    """The legal matters of all partners.

    Args:
        table: Each with its date, owner and state, the newest first; None without any.
        open: Number of those that are not settled, and title; a dash once erased.
        whose: Codes and names of whom one may be noted: partners, and their legal entities.
    """

    table: Table | None
    open: tuple[tuple[int, str], ...]
    whose: tuple[tuple[str, str], ...]


def remark_rows(
    words: Words, remarks: Iterable[Remark], units: Collection[str], rule: str
) -> tuple[RemarkRow, ...]:
    """What was said of one flag, the newest first.

    Args:
        words: Of the reader's language.
        remarks: All there are, oldest first.
        units: Codes of whom they may speak of: a legal entity, and its partner.
        rule: Code of the rule.
    """
    rows = [
        RemarkRow(
            each.text or DASH,
            words.text("remark.said", by=each.by or DASH, moment=each.at, quarter=each.quarter),
        )
        for each in remarks
        if each.partner in units and each.rule == rule
    ]
    return tuple(reversed(rows))


def matters_view(
    words: Words, matters: Iterable[LegalFlag], partners: Iterable[Partner]
) -> MattersView:
    """The legal matters noted so far.

    Args:
        words: Of the reader's language.
        matters: All there are.
        partners: Of whom one may be noted.
    """
    noted = sorted(matters, key=lambda each: (each.closed is not None, -each.id))
    names = ("matter", "country", "since", "threatened", "owner", "settled")
    table = Table(
        caption=words.text("matter.table"),
        columns=tuple(words.text(f"column.{name}") for name in names),
        rows=tuple(_row(words, each) for each in noted),
    )
    waiting = tuple((each.id, each.title or DASH) for each in noted if each.closed is None)
    units = [unit.code for partner in partners for unit in partner.units]
    whose = tuple((code, words.country(code)) for code in units)
    return MattersView(table if noted else None, waiting, whose)


def _row(words: Words, matter: LegalFlag) -> tuple[Cell, ...]:
    return (
        text_cell(matter.title or DASH, matter.text),
        text_cell(words.country(matter.partner)),
        text_cell(words.quarter(matter.opened)),
        measure_cell(words, Measure(matter.share, Unit.FRACTION))
        if matter.share is not None
        else Cell(DASH, unit=Unit.FRACTION),
        text_cell(matter.owner or DASH),
        text_cell(_state(words, matter)),
    )


def _state(words: Words, matter: LegalFlag) -> str:
    if matter.closed is None:
        return words.text("matter.open")
    return words.text(
        "matter.settled",
        quarter=matter.closed,
        outcome=matter.outcome or DASH,
        by=matter.closed_by or DASH,
    )
