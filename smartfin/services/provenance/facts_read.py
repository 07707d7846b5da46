"""The amounts at the bottom of a number, each with the place it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smartfin.analysis.indicators.social import NATIONAL_PAY, PRICES
from smartfin.facts import LedgerFact
from smartfin.measure import Unit
from smartfin.money import EURO
from smartfin.partner import Partner, find_partner
from smartfin.quarter import Quarter
from smartfin.services.provenance.explained import Explained
from smartfin.services.provenance.used import Rate, Used
from smartfin.services.set_figures import CARRIED, OF_COUNTRY
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, Table, stated_cell, text_cell
from smartfin.wording import DASH, Words


@dataclass(frozen=True, slots=True)
class FactRow:
    """One amount with the place it was read from.

    Args:
        id: In the address: ``fee_revenue:2022-Q4``.
        name: Line item and quarter, in words.
        amount: As stored.
        unit: Its unit.
        submission: Number of the submission, for the download.
        file: Name of the workbook.
        sheet: Name of the sheet.
        cell: Address on it.
        quarter: Of the amount, as in addresses.
    """

    id: str
    name: str
    amount: float
    unit: str
    submission: int
    file: str
    sheet: str
    cell: str
    quarter: str


def facts_table(words: Words, found: Explained, rows: tuple[Used, ...]) -> Table:
    """The amounts at the bottom; in euro with the rate where they are of other money."""
    in_euro = found.currency == EURO and any(each.rate for each in rows)
    money = ("rate", "euro") if in_euro else ()
    columns = ("item", "quarter", "amount", *money, "file", "place", "by", "known_from")
    return Table(
        caption=words.text("explain.facts.caption"),
        columns=tuple(words.text(f"source.{name}") for name in columns),
        rows=tuple(_facts_row(words, each, in_euro=in_euro) for each in rows),
    )


def _facts_row(words: Words, each: Used, *, in_euro: bool) -> tuple[Cell, ...]:
    known = each.fact
    if known is None:
        return ()
    money: tuple[Cell, ...] = ()
    if in_euro:
        euro = Cell(DASH) if each.rate is None else stated_cell(words, each.input.amount, EURO)
        money = (text_cell(rate_sentence(words, each.rate, known.fact.unit)), euro)
    return (
        text_cell(_item_name(words, known)),
        text_cell(words.quarter(each.input.quarter)),
        stated_cell(words, known.fact.amount, known.fact.unit),
        *money,
        text_cell(known.file),
        text_cell(f"{known.fact.sheet}!{known.fact.cell}"),
        text_cell(known.by),
        text_cell(words.moment(known.known_from)),
    )


def rate_sentence(words: Words, rate: Rate | None, currency: str) -> str:
    """An exchange rate with its day and its source; empty where there is none."""
    if rate is None:
        return ""
    keys = {
        "mean": "explain.rate.mean",
        "close": "explain.rate.close",
        "constant": "explain.rate.mean",
    }
    rate_text = f"{words.number(rate.value, digits=4)} {currency}"
    when = rate.when
    if isinstance(when, Quarter) and rate.kind == "close":
        return words.text(keys[rate.kind], rate=rate_text, day=when.end)
    return words.text(keys[rate.kind], rate=rate_text, period=when if isinstance(when, Quarter)
                      else str(when))  # fmt: skip


def fact_row(words: Words, known: LedgerFact) -> FactRow:
    """A fact as the picture of its cell needs it."""
    fact = known.fact
    return FactRow(
        id=f"{fact.item}:{fact.quarter}{_entity_in_address(known)}",
        name=words.text(
            "explain.cell.of",
            name=_item_name(words, known),
            quarter=str(fact.quarter),
            place=f"{fact.sheet}!{fact.cell}",
        ),
        amount=fact.amount,
        unit=fact.unit,
        submission=known.submission,
        file=known.file,
        sheet=fact.sheet,
        cell=fact.cell,
        quarter=str(fact.quarter),
    )


def unreported_sentence(words: Words, used: tuple[Used, ...]) -> str:
    """The lines that count as nothing because nobody ever reported them."""
    items = dict.fromkeys(
        words.item(each.input.item)
        for each in used
        if not each.input.reported and each.input.amount is not None
    )
    return words.text("explain.unreported", items=list(items)) if items else ""


def as_set_sentences(smartfin: Smartfin, words: Words, found: Explained) -> tuple[str, ...]:
    """What group.toml states where the books do not, a sentence each."""
    partner = find_partner(smartfin.units, found.figure.partner)
    items = dict.fromkeys(each.item for each in found.as_set if each.item not in OF_COUNTRY)
    told = []
    for item in items:
        carried = item == CARRIED
        amount = partner.adviser_capacity if carried else partner.registered_capital
        said = {"item": words.item(item), "amount": words.figure(amount or 0.0, partner.currency)}
        told.append(words.text("explain.as-set.adviser" if carried else "explain.as-set", **said))
    return (*told, *_country_sentences(words, partner, found))


def _country_sentences(words: Words, partner: Partner, found: Explained) -> Iterator[str]:
    """What group.toml states of the country in each year that is read, with where it is from."""
    national = partner.national
    if national is None:
        return
    stated = {
        NATIONAL_PAY: (dict(national.median_pay), partner.currency),
        PRICES: (dict(national.consumer_prices), str(Unit.PERCENT)),
    }
    read = dict.fromkeys(
        (each.item, each.quarter.year) for each in found.as_set if each.item in OF_COUNTRY
    )
    for item, year in read:
        by_year, unit = stated[item]
        yield words.text(
            "explain.as-set.country",
            item=words.item(item),
            year=str(year),
            amount=words.figure(by_year[year], unit),
            source=national.source,
        )


def removed_sentence(words: Words, found: Explained) -> str:
    """What was taken out of each entity's lines; empty where nothing was."""
    if not found.removed:
        return ""
    sums: dict[tuple[str, str, str], float] = {}
    for each in found.removed:
        key = (each.entity, each.line, each.currency)
        sums[key] = sums.get(key, 0.0) + each.amount
    taken = [
        words.text(
            "explain.removed.part",
            amount=words.figure(amount, currency),
            item=words.item(line),
            entity=words.country(entity),
        )
        for (entity, line, currency), amount in sums.items()
    ]
    return words.text("explain.removed", taken=words.join(taken))


def _item_name(words: Words, known: LedgerFact) -> str:
    """The line item; of a legal entity of a partner with the entity."""
    name = words.item(known.fact.item)
    if not _entity_in_address(known):
        return name
    return words.text("explain.item.entity", item=name, entity=words.country(known.partner))


def _entity_in_address(known: LedgerFact) -> str:
    """Which entity stated it; empty of a partner that is one itself."""
    whole, _, entity = known.partner.partition("-")
    return f":{entity}" if entity and len(whole) == 2 else ""
