"""The statement of four quarters: from what is kept of the invoices down to the result."""

from __future__ import annotations

from functools import partial

import numpy as np

from smartfin.analysis.indicators.flows import GROUP_SUPPORT
from smartfin.analysis.partition import SUPPORT
from smartfin.analysis.statement import Kind, StatementRow, statement_rows
from smartfin.analysis.table import trailing_total
from smartfin.charts import Shape, Step, Subject, statement_figure, statement_sentence
from smartfin.items import Items
from smartfin.measure import Measure
from smartfin.services.assessment import Case
from smartfin.services.provenance.figure import STATEMENT, source_of
from smartfin.services.view import (
    Cell,
    Chart,
    Table,
    marked_chart,
    measure_cell,
    text_cell,
    value_cell,
)
from smartfin.wording import DASH, Words

# Volume is many times the rest: on one scale with it nothing else could be seen.
_NOT_DRAWN = ("invoiced_volume", "members_money")
_JUDGED = "result_before_support"
_HUNDRED = 100.0
_NO_INCOME = tuple(code for code in GROUP_SUPPORT if code not in SUPPORT)


def statement_of(case: Case) -> tuple[StatementRow, ...]:
    """The rows of the partner's newest four quarters; none while nothing is known."""
    return statement_rows(case.table, case.quarter.ordinal) if case.quarter else ()


def statement_chart(words: Words, case: Case, subject: Subject, items: Items) -> Chart | None:
    """The statement drawn and in figures; None while nothing is known."""
    if case.quarter is None:
        return None
    rows = statement_of(case)
    arguments = (_steps(words, rows, items), case.quarter, subject, words)
    chart = Chart(
        figure=statement_figure(*arguments),
        alt=statement_sentence(*arguments),
        table=_table(words, case, rows, items),
        narrow=statement_figure(*arguments, narrow=True),
    )
    return marked_chart(words, chart, provisional=case.provisional)


def statement_sentences(words: Words, case: Case) -> tuple[str, ...]:
    """What stays of each invoice; why there is no statement where a figure is missing."""
    currency = case.partner.currency
    kept, result = case.measure("take_rate"), case.measure(_JUDGED)
    told = []
    if kept.value is not None:
        facts = {
            name: words.figure(amount, currency)
            for name, amount in (("hundred", _HUNDRED), ("kept", round(_HUNDRED * kept.value, 1)))
        }
        told.append(words.text("country.statement.kept", **facts))
    if result.reason:
        told.append(words.text("country.statement.gap", reason=words.reason(result)))
    return tuple(told)


def row_name(words: Words, code: str, items: Items) -> str:
    """The name of a row: a line item's, or its own."""
    return words.item(code) if code in items else words.text(f"statement.{code}")


def _steps(words: Words, rows: tuple[StatementRow, ...], items: Items) -> tuple[Step, ...]:
    """The rows drawn: no line of nothing, and no total that says the one before it again."""
    if not any(row.code == _JUDGED and row.amount is not None for row in rows):
        return ()
    steps: list[Step] = []
    for row in rows:
        if row.amount is None:
            break
        total = row.kind is Kind.TOTAL
        repeats = total and bool(steps) and steps[-1].is_total
        if row.code not in _NOT_DRAWN and not repeats and (total or row.amount):
            shape = Shape.TOTAL if total else Shape.LINE
            shown = _signed_name(words, row, items)
            name = row_name(words, row.code, items)
            steps.append(Step(name, row.sign * row.amount, shape, shown))
    return tuple(steps)


def _signed_name(words: Words, row: StatementRow, items: Items) -> str:
    """The name of a row with what happens to it: added, taken off, come to."""
    name = row_name(words, row.code, items)
    if row.kind is Kind.TOTAL:
        return words.text("country.statement.total", name=name)
    key = "country.statement.plus" if row.sign > 0 else "country.statement.minus"
    return words.text(key, name=name)


def _table(words: Words, case: Case, rows: tuple[StatementRow, ...], items: Items) -> Table:
    currency, quarter = case.partner.currency, case.quarter
    source = partial(source_of, case.partner.code, quarter)
    return Table(
        caption=words.text("country.statement.caption", quarter=quarter),
        columns=(
            words.text("column.line"),
            words.text("column.window", quarter=quarter),
            words.text("column.share-of-revenue"),
        ),
        rows=tuple(
            (
                text_cell(_signed_name(words, row, items)),
                _amount(words, row, currency, source(f"{STATEMENT}{row.code}")),
                _share(words, row, source(f"{STATEMENT}{row.code}")),
            )
            for row in rows
        ),
    )


def _amount(words: Words, row: StatementRow, currency: str, source: str) -> Cell:
    if row.amount is None:
        return Cell(text=DASH, unit=currency, source=source)
    return value_cell(words, row.amount, currency, source)


def _share(words: Words, row: StatementRow, source: str) -> Cell:
    if row.share is None or row.code in _NOT_DRAWN:
        return Cell(text=DASH, unit="fraction")
    return measure_cell(words, Measure(row.share, "fraction"), source=source)


def beside_profit_and_loss(case: Case) -> float:
    """Capital and loans from the group in the newest four quarters; 0 where unknown or none."""
    if case.quarter is None:
        return 0.0
    lent = trailing_total(case.table, _NO_INCOME)[case.quarter.ordinal - int(case.table.index[0])]
    return max(0.0, float(np.nan_to_num(lent)))


def earned_supported_oneoff(case: Case) -> tuple[float, float, float] | None:
    """The result apart: earned, support, one-off before tax; None where a figure is missing."""
    amounts = {row.code: row.amount for row in statement_of(case)}
    earned, after = amounts.get(_JUDGED), amounts.get("result_after_support")
    before_tax = amounts.get("result_before_tax")
    if earned is None or after is None or before_tax is None:
        return None
    return earned, after - earned, before_tax - after
