"""One row of the list to the fact it states; every fault of it is told with its cell."""

from __future__ import annotations

from smartfin.facts import Fact, Scenario
from smartfin.findings import VALUE, FindingCode
from smartfin.ingest.grid.cells import CellError, NeverCalculated
from smartfin.ingest.reading import ReadingContext
from smartfin.ingest.remarks import Remarks
from smartfin.ingest.support.meaning import (
    amount_of,
    kind_of,
    partners_by_name,
    quarter_of,
    shown_amount,
    word_of,
)
from smartfin.ingest.support.tables import ListTable
from smartfin.ingest.support.words import CURRENCY_SIGNS, Column
from smartfin.money import EURO
from smartfin.partner import Partner
from smartfin.quarter import Quarter
from smartfin.support import LARGEST_AMOUNT, Kind, group_unit

LONGEST_NOTE = 500  # signs
_SHOWN = 40  # signs of a cell that a remark repeats


class RowReader:
    """Reads the rows of one list, of which no two may say the same."""

    def __init__(self, context: ReadingContext, remarks: Remarks) -> None:
        self._context = context
        self._remarks = remarks
        self._partners = partners_by_name(context.partners)
        self._seen: dict[tuple[str, Kind, Quarter], tuple[str, str]] = {}

    def read(self, table: ListTable, row: int) -> tuple[str, Fact] | None:
        """The part of the list a row belongs to, and the fact it states; None where it is faulty.

        Args:
            table: One with every column that a row must have.
            row: Of the sheet.
        """
        self._tell_of_uncalculated(table, row)
        partner = self._partner(table, row)
        quarter = self._quarter(table, row, partner)
        kind = self._kind(table, row)
        amount = self._amount(table, row)
        currency = self._currency(table, row, partner)
        note = self._note(table, row)
        if not (partner and quarter and kind and currency) or amount is None or note is None:
            return None
        if self._stands_twice(table, row, (partner.code, kind, quarter)):
            return None
        place = (table.sheet.name, table.address(row, Column.AMOUNT))
        label = " – ".join(filter(None, (table.text(row, Column.KIND), note)))
        fact = Fact(kind.item, quarter, Scenario.ACTUAL, amount, currency, *place, label)
        self._tell_of_negative(fact)
        return group_unit(partner.code), fact

    # --- cell by cell

    def _partner(self, table: ListTable, row: int) -> Partner | None:
        found = self._partners.get(word_of(table.text(row, Column.PARTNER)))
        if found is None:
            known = ", ".join(each.code for each in self._context.partners if not each.entity_of)
            self._refuse(FindingCode.LIST_PARTNER_UNKNOWN, table, row, Column.PARTNER, known=known)
        return found

    def _quarter(self, table: ListTable, row: int, partner: Partner | None) -> Quarter | None:
        quarter = quarter_of(table.cell(row, Column.QUARTER))
        if quarter is None:
            self._refuse(FindingCode.LIST_QUARTER_UNREADABLE, table, row, Column.QUARTER)
            return None
        place = (table.sheet.name, table.address(row, Column.QUARTER))
        newest = self._context.newest_allowed
        if newest is not None and quarter > newest:
            self._remarks.note(FindingCode.LIST_QUARTER_AHEAD, *place, quarter=str(quarter))
            return None
        if partner and quarter < partner.launch:
            facts = {"partner": partner.code, "quarter": str(quarter), "first": str(partner.launch)}
            self._remarks.note(FindingCode.LIST_QUARTER_EARLY, *place, **facts)
        return quarter

    def _kind(self, table: ListTable, row: int) -> Kind | None:
        kind = kind_of(table.text(row, Column.KIND))
        if kind is None:
            self._refuse(FindingCode.LIST_KIND_UNKNOWN, table, row, Column.KIND)
        return kind

    def _currency(self, table: ListTable, row: int, partner: Partner | None) -> str:
        text = table.text(row, Column.CURRENCY)
        code = CURRENCY_SIGNS.get(text.casefold(), text.upper())
        local = partner.currency if partner else EURO
        known = {EURO, local} if partner else {EURO, *(p.currency for p in self._context.partners)}
        if code in known:
            return code
        allowed = " / ".join(dict.fromkeys((EURO, local)))
        column = Column.CURRENCY
        self._refuse(FindingCode.LIST_CURRENCY_UNKNOWN, table, row, column, allowed=allowed)
        return ""

    def _amount(self, table: ListTable, row: int) -> float | None:
        amount = amount_of(table.sheet, row, table.columns[Column.AMOUNT])
        if amount is None:
            self._refuse(FindingCode.LIST_AMOUNT_UNREADABLE, table, row, Column.AMOUNT)
            return None
        if abs(amount) > LARGEST_AMOUNT:
            code, limit = FindingCode.LIST_AMOUNT_IMPOSSIBLE, LARGEST_AMOUNT
            self._refuse(code, table, row, Column.AMOUNT, limit=limit)
            return None
        return amount

    def _note(self, table: ListTable, row: int) -> str | None:
        note = table.text(row, Column.NOTE)
        if len(note) <= LONGEST_NOTE:
            return note
        place = (table.sheet.name, table.address(row, Column.NOTE))
        code, limit = FindingCode.LIST_NOTE_LONG, LONGEST_NOTE
        self._remarks.note(code, *place, count=len(note), limit=limit)
        return None

    def _refuse(
        self, code: FindingCode, table: ListTable, row: int, column: Column, **facts: object
    ) -> None:
        """Tells that a cell says nothing the list may say."""
        cell, at = table.cell(row, column), table.address(row, column)
        if isinstance(cell, NeverCalculated):  # told once a row
            return
        if isinstance(cell, CellError):
            self._remarks.note(FindingCode.ERROR_CELL, table.sheet.name, at, error=cell.code)
            return
        text = shown_amount(table.sheet, row, table.columns[column])[:_SHOWN]
        self._remarks.note(code, table.sheet.name, at, text=text, **facts)

    # --- the row as a whole

    def _tell_of_uncalculated(self, table: ListTable, row: int) -> None:
        formulas = [each for each in Column if isinstance(table.cell(row, each), NeverCalculated)]
        if formulas:
            first = min(formulas, key=table.columns.__getitem__)
            place = (table.sheet.name, table.address(row, first))
            self._remarks.note(FindingCode.NEVER_CALCULATED, *place, count=len(formulas))

    def _stands_twice(self, table: ListTable, row: int, key: tuple[str, Kind, Quarter]) -> bool:
        place = (table.sheet.name, table.address(row, Column.AMOUNT))
        first = self._seen.setdefault(key, place)
        if first == place:
            return False
        partner, kind, quarter = key
        facts = {"partner": partner, "item": kind.item, "quarter": str(quarter)}
        other = f"{first[0]}!{first[1]}"
        self._remarks.note(FindingCode.LIST_ROW_TWICE, *place, other=other, **facts)
        return True

    def _tell_of_negative(self, fact: Fact) -> None:
        """An amount below zero, but of services, which may be charged above their price."""
        if fact.amount < 0 and fact.item != Kind.SERVICES.item:
            facts = {"item": fact.item, "quarter": str(fact.quarter), "unit": fact.unit}
            code, amount = FindingCode.NEGATIVE_AMOUNT, {VALUE: fact.amount}
            self._remarks.note(code, fact.sheet, fact.cell, **amount, **facts)
