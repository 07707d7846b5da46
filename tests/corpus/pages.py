"""The sheets of one workbook: each statement as a table, arranged as the plan says."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from smartfin.facts import Scenario
from smartfin.items import Statement
from tests.corpus import words
from tests.corpus.accounts import Accounts
from tests.corpus.draft import SheetDraft
from tests.corpus.headings import Headings
from tests.corpus.heads import Head, heads_of
from tests.corpus.layout import chart
from tests.corpus.lines import Line, Statements
from tests.corpus.plan import Plan
from tests.corpus.table import TableWriter, legal_name, tidy_table


class Pages:
    """Writes the statements of one workbook onto sheets.

    Args:
        plan: Its habits.
        statements: Which it has.
        accounts: Its figures.
        title: Put before the name of a statement in titles; may be empty.
        rng: Where chance comes from.
    """

    def __init__(
        self, plan: Plan, statements: Sequence[Statement], accounts: Accounts, title: str,
        rng: random.Random,
    ) -> None:  # fmt: skip
        self._plan = plan
        self._statements = statements
        self._rng = rng
        self._rows = Statements(plan, chart(), accounts, rng)
        self._title = title
        self._writer = TableWriter(plan, rng, title)

    def sheets(self) -> list[SheetDraft]:
        """All sheets with statements."""
        plan = self._plan
        if plan.has("direction", "tidy"):
            return [self._tidy()]
        if plan.has("arrangement", "by-quarter"):
            return self._by_quarter()
        sheets = [self._statement(statement) for statement in self._statements]
        if plan.has("scenario", "sheet"):
            sheets.append(self._budget())
        if plan.has("span", "ytd-sheet"):
            sheets.append(self._year_to_date())
        if plan.has("direction", "down"):
            return [sheet.turned() for sheet in sheets]
        return [_stacked(sheets)] if plan.has("arrangement", "stacked") else sheets

    def of_another_company(self) -> SheetDraft:
        """The result of another company, in the same layout; it states nothing."""
        heads = heads_of(self._plan, Statement.PNL)
        other = TableWriter(self._plan, self._rng, "Beta Holding Ltd").table(
            Statement.PNL, self._rows.lines(Statement.PNL, heads), heads
        )
        for place, cell in other.cells.items():
            if cell.states and isinstance(cell.value, int | float):
                other.change([place], value=round(cell.value * 1.5 + 3, 2), states=())
        return other

    def _statement(self, statement: Statement) -> SheetDraft:
        plan = self._plan
        heads = heads_of(plan, statement)
        lines = self._rows.lines(statement, heads)
        if statement is Statement.PNL and plan.has("inner", "head-count"):
            people = self._rows.lines(Statement.MEMBERS, heads)
            lines += [one for one in people if one.item and one.item.unit in ("count", "fte")]
        if statement is Statement.BALANCE_SHEET and plan.has("arrangement", "sides"):
            return self._sides(lines, heads)
        if statement is not Statement.PNL and plan.has("unit_place", "each"):
            return self._in_another_unit(statement, lines, heads)
        return self._writer.table(statement, lines, heads)

    def _in_another_unit(
        self, statement: Statement, lines: Sequence[Line], heads: Sequence[Head]
    ) -> SheetDraft:
        """A statement in single units where the result is in thousands, or the reverse."""
        plan = replace(self._plan, scale=1 if self._plan.scale > 1 else 1000)
        factor = self._plan.scale / plan.scale
        scaled = [
            replace(line, values=tuple(v if v is None else v * factor for v in line.values))
            if line.is_money else line
            for line in lines
        ]  # fmt: skip
        return TableWriter(plan, self._rng, self._title).table(statement, scaled, heads)

    def _sides(self, lines: Sequence[Line], heads: Sequence[Head]) -> SheetDraft:
        """Assets left, equity and liabilities right."""
        sides: tuple[list[Line], list[Line]] = ([], [])
        right = False
        for line in lines:
            right = right or bool(line.item and line.item.side != "asset")
            right = right or line.label == words.SECTIONS[self._plan.language][5]
            sides[right].append(line)
        sheet, other = (self._writer.table(Statement.BALANCE_SHEET, s, heads) for s in sides)
        sheet.paste(other, 0, sheet.width + 1)
        return sheet

    def _by_quarter(self) -> list[SheetDraft]:
        """One sheet a quarter, named after it, with every statement below each other."""
        plan = self._plan
        alone = replace(plan, choice={**plan.choice, "header": "in-sheet"})
        writer = TableWriter(alone, self._rng, self._title)
        sheets: list[SheetDraft] = []
        for head in heads_of(plan, Statement.PNL):
            tables = [
                writer.table(one, self._rows.lines(one, [head]), [head]) for one in self._statements
            ]
            sheet = _stacked(tables)
            sheet.name = legal_name(Headings(plan).brief_text(head))
            sheets.append(sheet)
        return sheets

    def _budget(self) -> SheetDraft:
        plan = self._plan
        heads = [replace(h, scenario=Scenario.BUDGET) for h in heads_of(plan, Statement.PNL)]
        sheet = self._writer.table(Statement.PNL, self._rows.lines(Statement.PNL, heads), heads)
        names = words.BUDGET[plan.language]
        sheet.name = f"{names[plan.form % len(names)].rstrip('.')} {sheet.name}"[:31]
        return sheet

    def _year_to_date(self) -> SheetDraft:
        """The result once more, from the year's start to each quarter's end."""
        plan = replace(self._plan, choice={**self._plan.choice, "span": "cumulative"})
        heads = heads_of(plan, Statement.PNL)
        sheet = self._writer.table(Statement.PNL, self._rows.lines(Statement.PNL, heads), heads)
        sheet.name = f"{sheet.name[:26]} YTD"
        return sheet

    def _tidy(self) -> SheetDraft:
        """One row a fact."""
        plan = self._plan
        rows: list[tuple[Line, Head]] = []
        for statement in self._statements:
            heads = heads_of(plan, statement)
            for line in self._rows.lines(statement, heads):
                if line.item is None:
                    continue
                for head, value in zip(heads, line.values, strict=True):
                    if value is not None:
                        rows.append((replace(line, values=(value,)), head))
        return tidy_table(plan, rows, Headings(plan), "Export")


def _stacked(sheets: Sequence[SheetDraft]) -> SheetDraft:
    """Tables below each other on one sheet."""
    whole = SheetDraft(sheets[0].name)
    for sheet in sheets:
        whole.paste(sheet, whole.height + 2 if whole.cells else 0, 0)
    return whole
