"""The statement of four quarters: from what is kept of the invoices down to the result."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartfin.analysis.indicators.flows import GROUP_SUPPORT
from smartfin.analysis.partition import SUPPORT
from smartfin.analysis.statement import Kind, StatementRow, statement_rows
from smartfin.analysis.table import trailing_total
from smartfin.charts import Shape, Step, Subject, statement_figure, statement_sentence
from smartfin.items import Items
from smartfin.services.assessment import Case
from smartfin.services.country.statement_table import NOT_EARNED, statement_table
from smartfin.services.view import Chart, marked_chart
from smartfin.wording import Words

# Volume is many times the rest: on one scale with it nothing else could be seen.
_NOT_DRAWN = NOT_EARNED
_JUDGED = "result_before_support"
_HUNDRED = 100.0
_NO_INCOME = tuple(code for code in GROUP_SUPPORT if code not in SUPPORT)


def statement_of(case: Case) -> tuple[StatementRow, ...]:
    """The rows of the partner's newest four quarters; none while nothing is known."""
    return statement_rows(case.table, case.quarter.ordinal) if case.quarter else ()


def statement_chart(
    words: Words, case: Case, subject: Subject, items: Items, budget: pd.DataFrame
) -> Chart | None:
    """The statement drawn and in figures; None while nothing is known."""
    if case.quarter is None:
        return None
    rows = statement_of(case)
    names = [_signed_name(words, row, items) for row in rows]
    arguments = (_steps(words, rows, items), case.quarter, subject, words)
    chart = Chart(
        figure=statement_figure(*arguments),
        alt=statement_sentence(*arguments),
        table=statement_table(words, case, rows, names, budget),
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
