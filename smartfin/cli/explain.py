"""The command that says where a number comes from."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Annotated

from typer import Argument

from smartfin.cli.commands import app
from smartfin.cli.console import (
    AsJson,
    AsOf,
    Counted,
    Language,
    counted,
    known_day,
    opened_smartfin,
    say,
    say_json,
    tell_what_is_left_out,
)
from smartfin.quarter import Quarter
from smartfin.wording import visible, words_of

if TYPE_CHECKING:
    from smartfin.services.provenance.explain import ExplainView
    from smartfin.services.view import Table

_Code = Annotated[str, Argument(help="Code of an indicator, a line item or a rule, e.g. coverage.")]


@app.command()
def explain(
    partner: Annotated[str, Argument(help="Code of the partner, e.g. ES; GROUP for sums.")],
    quarter: Annotated[str, Argument(help="Quarter, e.g. 2022-Q4.")],
    indicator: _Code,
    as_of: AsOf = None,
    basis: Counted = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Where a number comes from: its formula, and each fact with file, sheet and cell."""
    from smartfin.services.provenance.document import explained_document
    from smartfin.services.provenance.explain import explain_view
    from smartfin.services.provenance.figure import Figure
    from smartfin.services.provenance.parts import Maker

    words = words_of(lang)
    figure = Figure(partner, Quarter.parse(quarter), indicator).as_asked()
    smartfin, day = opened_smartfin(), known_day(words, as_of)
    counting = counted(smartfin, basis)
    tell_what_is_left_out(words, smartfin, day, counting)
    if as_json:
        say_json(explained_document(Maker(smartfin, words, day, counting), figure))
    else:
        say(_lines(explain_view(smartfin, words, day, counting, figure=figure)))
    return 0


def _lines(view: ExplainView) -> list[str]:
    """The sentence, the sums, then the amounts in columns parted by tabs."""
    from smartfin.services.provenance.sums import spaced

    lines = [view.sentence, view.value.note, view.exact, view.definition, view.over]
    lines += view.warnings
    for step in view.steps:
        figures = spaced(cell.text for cell in step.figures)
        lines += [f"{step.name} = {step.formula}", f"    = {figures} = {step.result.text}"]
    lines += [view.unreported, *view.as_set, view.removed]
    tables = (_table_lines(table) for table in (view.parts, view.facts) if table)
    return [*(visible(line) for line in lines if line), *chain.from_iterable(tables)]


def _table_lines(table: Table) -> list[str]:
    """Headings, then the rows; nothing within a cell can pass for a column of its own."""
    rows = (table.columns, *([cell.text for cell in row] for row in table.rows))
    return ["\t".join(map(visible, row)) for row in rows]
