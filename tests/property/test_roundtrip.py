"""Random facts in random layouts are read back equal; what is missing is asked or reported."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, example, given, note, settings
from hypothesis import strategies as st

from smartfin.ingest.grid.cells import Cell, CellError, NeverCalculated, Sheet, Workbook, read_cells
from smartfin.ingest.interpret import interpret
from smartfin.ingest.process.wire import decoded_reading, encoded_reading
from smartfin.ingest.reading import Reading, ReadingContext
from smartfin.items import read_items
from smartfin.partner import read_partners
from smartfin.quarter import Quarter
from smartfin.settings import read_settings
from tests.property.layouts import COUNTRY, Habits, Writer, habits

SETTINGS = read_settings({})
ITEMS = read_items(SETTINGS.data / "items.yaml")
PARTNERS = read_partners(SETTINGS)


# 2015 over its one quarter, 2016 over the second of its two: Q1 lies between both.
BETWEEN_TWO_YEARS = Habits(
    language="de", first=Quarter(2015, 4), quarters=3, seed=1, scale=1, unit_place="corner",
    header="centred", costs_negative=False, cumulative=False, newest_first=False, budget="none",
    year_totals=False, left=0, top=0, codes="none", decoration="none", text_numbers=False,
    spacer=False, notes=False, turned=False, one_sheet=False, listed=False, year_starts=1,
)  # fmt: skip


def reading_of(drawn: Habits, content: bytes) -> Reading:
    code = COUNTRY[drawn.language]
    partners = tuple(
        replace(partner, fiscal_year_starts=drawn.year_starts) if partner.code == code else partner
        for partner in PARTNERS
    )
    context = ReadingContext(ITEMS, partners, partner=code)
    return interpret(read_cells(content), "workbook.xlsx", context)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(habits())
@example(BETWEEN_TWO_YEARS)
def test_facts_in_any_layout_are_read_back_equal(drawn: Habits) -> None:
    writer = Writer(ITEMS, drawn)
    content = writer.content()
    reading = reading_of(drawn, content)
    read = {fact.key: fact.amount for fact in reading.facts}
    note(str([finding for finding in reading.findings if finding.severity != "note"][:5]))
    note(str(reading.questions[:5]))
    wrong = {
        key: (amount, writer.truth.get(key))
        for key, amount in read.items()
        if writer.truth.get(key) != amount
    }
    assert not wrong
    assert not writer.truth.keys() - read.keys()


ODD_CELLS = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from((2021.0, 202113.0, 1e300, -0.0)),
    st.text(max_size=12),
    st.sampled_from(
        ("Q1 2021", "Q0 2021", "31.12.2021", "99.99.2021", "kumuliert", "Plan", "Ist", "TEUR", "%",
         "n.d.", "1.234", "Gesamt", "Dez-Jan 2021", "3 months ended 31 January 2021", "Δ", "FY99",
         "Fakturiertes Volumen", "Umsatzerlöse", "Bilanzsumme", "Liquide Mittel", "①",
         "Ⅳ trim. 2021")
    ),
    st.dates(),
    st.booleans(),
    st.just(CellError("#REF!")),
    st.just(NeverCalculated()),
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(ODD_CELLS, max_size=7), max_size=9), st.booleans())
def test_no_cells_whatever_make_the_reader_fail(rows: list[list[Cell]], hidden: bool) -> None:
    sheet = Sheet("S", tuple(tuple(row) for row in rows), hidden=hidden)
    reading = interpret(Workbook((sheet,)), "book.xlsx", ReadingContext(ITEMS, PARTNERS, "DE"))
    assert decoded_reading(encoded_reading(reading)) == reading
