"""The command ``totals``: sums over all partners, as known on any day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from typer import Option

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
)
from smartfin.quarter import Quarter
from smartfin.wording import Words, words_of


@app.command()
def totals(
    item: Annotated[list[str] | None, Option("--item", help="Code of a line item.")] = None,
    quarter: Annotated[list[str] | None, Option("--quarter", help="e.g. 2022-Q4.")] = None,
    as_of: AsOf = None,
    basis: Counted = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Sums over all partners by quarter and line item; currencies are never mixed."""
    from smartfin.services.totals import totals_document

    words = words_of(lang)
    smartfin = opened_smartfin()
    day, counting = known_day(words, as_of), counted(smartfin, basis)
    quarters = [Quarter.parse(each) for each in quarter] if quarter else None
    document = totals_document(smartfin, item, quarters, day, counting)
    if as_json:
        say_json(document)
    else:
        say(_line(words, each) for each in document["totals"])
    return 0


def _line(words: Words, total: Mapping[str, Any]) -> str:
    kind = "totals.line.synthetic" if total["synthetic"] else "totals.line"
    return words.plural(
        kind,
        total["partners"],
        quarter=words.quarter(Quarter.parse(total["quarter"])),
        scenario=words.text(f"scenario.{total['scenario']}"),
        item=words.item(total["item"]),
        amount=words.figure(total["amount"], total["unit"]),
    )
