"""The committed sample workbooks are what the generator writes, and honest about it."""

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from data.samples.generator import BOOKS, Book, truth, write_samples
from data.samples.generator.forms import ITEMS, Kind
from data.samples.generator.habits import HABITS, Codes, Negative
from data.samples.generator.support import SUPPORT_NAME
from data.samples.generator.truth import facts_of
from smartfin.analysis.forecast.drivers import pooled
from smartfin.analysis.table import partner_table
from smartfin.analysis.verdict import State, judge
from smartfin.analysis.warning import Family
from smartfin.facts import Scenario
from smartfin.partner import find_partner, read_partners
from smartfin.quarter import Quarter
from smartfin.services.warning.records import Known, warnings_of
from smartfin.settings import read_settings

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
NAMES = [book.name for book in BOOKS]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder)
    return folder


@cache
def sheets(path: Path, cached: bool) -> list[Worksheet]:
    """The sheets of a workbook, with stored results or with formulas."""
    book = openpyxl.load_workbook(path, data_only=cached)
    return [book[name] for name in book.sheetnames]


def parts(path: Path) -> dict[str, bytes]:
    """Everything in the container but the properties, which hold the time of writing."""
    with zipfile.ZipFile(path) as container:
        names = [name for name in container.namelist() if not name.startswith("docProps/")]
        return {name: container.read(name) for name in names}


def content(path: Path) -> dict[str, object]:
    """Values, cached values, formats and merged cells by sheet and address."""
    found: dict[str, object] = {}
    for formulas, values in zip(sheets(path, cached=False), sheets(path, cached=True), strict=True):
        found[formulas.title] = sorted(str(area) for area in formulas.merged_cells.ranges)
        for row in formulas.iter_rows():
            for cell in row:
                place = f"{formulas.title}!{cell.coordinate}"
                result = values[cell.coordinate].value
                found[place] = (cell.value, result, cell.number_format, cell.font.b)
    return found


def formulas_in(path: Path) -> Iterator[tuple[Worksheet, str, object]]:
    """Every formula: the sheet with stored results, the formula, its own stored result."""
    for written, stored in zip(sheets(path, cached=False), sheets(path, cached=True), strict=True):
        for row in written.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield stored, str(cell.value), stored[cell.coordinate].value


def sheet_of(partner: str, title: str) -> Worksheet:
    """A sheet of a partner's first workbook, by its name."""
    book = next(book for book in BOOKS if book.partner == partner)
    return next(s for s in sheets(SAMPLES / book.name, cached=True) if s.title == title)


def plain(label: str) -> str:
    """A label as a reader compares it: no account number, accents, marks or leaders."""
    bare = unicodedata.normalize("NFKD", label.casefold())
    words = re.sub(r"[^\w%]+|_", " ", "".join(c for c in bare if not unicodedata.combining(c)))
    return re.sub(r"^\d+ ", "", words.strip()).replace("%", "").strip()


def test_the_folder_holds_exactly_the_books_of_the_generator() -> None:
    assert sorted(path.name for path in SAMPLES.glob("*.xlsx")) == sorted((*NAMES, SUPPORT_NAME))


@pytest.mark.parametrize("name", [*NAMES, SUPPORT_NAME])
def test_the_generator_reproduces_each_committed_workbook_cell_for_cell(
    name: str, written: Path
) -> None:
    same = parts(SAMPLES / name) == parts(written / name)  # another xlsxwriter may say it otherwise
    assert same or content(SAMPLES / name) == content(written / name)


def _calculated(sheet: Worksheet, formula: str) -> float:
    """The value of a formula that only adds and takes away cells."""
    terms = re.findall(r"([+-]?)([A-Z]+\d+)", formula.removeprefix("="))
    return sum((-1 if sign == "-" else 1) * float(str(sheet[cell].value)) for sign, cell in terms)


@pytest.mark.parametrize("name", NAMES)
def test_every_stored_result_is_what_its_formula_gives(name: str) -> None:
    for sheet, formula, stored in formulas_in(SAMPLES / name):
        assert _calculated(sheet, formula) == pytest.approx(stored, abs=1e-6)


def test_some_books_calculate_and_one_is_typed() -> None:
    calculating = {b.partner for b in BOOKS if any(formulas_in(SAMPLES / b.name))}
    assert calculating == set(HABITS) - {"AT"}


def test_name_order_is_the_order_of_hand_in() -> None:
    days = [book.handed_in for book in BOOKS]
    assert days == sorted(days)
    assert all(book.name.startswith(f"{book.handed_in}_{book.partner}_") for book in BOOKS)


@pytest.mark.parametrize("book", BOOKS, ids=NAMES)
def test_a_workbook_is_handed_in_when_the_group_wants_it_or_corrects_an_earlier_one(
    book: Book,
) -> None:
    newest = max(fact.quarter for fact in facts_of(book) if fact.scenario is Scenario.ACTUAL)
    due = newest.end + timedelta(days=read_settings({}).hand_in_days)
    if "correccion" in book.name:
        first = min(other.handed_in for other in BOOKS if other.partner == book.partner)
        assert book.handed_in > max(due, first)
    else:
        assert book.handed_in == due


@pytest.mark.parametrize("name", [*NAMES, SUPPORT_NAME])
def test_each_workbook_says_synthetic_in_name_on_its_cover_and_in_its_properties(
    name: str,
) -> None:
    cover = sheets(SAMPLES / name, cached=True)[0]
    assert "_synthetic_" in name
    assert any("(synthetic)" in str(cell.value) for row in cover.iter_rows() for cell in row)
    with zipfile.ZipFile(SAMPLES / name) as container:
        assert b"(synthetic)" in container.read("docProps/core.xml")
        assert b'name="synthetic"' in container.read("docProps/custom.xml")


@pytest.mark.parametrize("book", BOOKS, ids=NAMES)
def test_each_cover_names_organisation_and_currency(book: Book) -> None:
    settings = read_settings({})
    partner = find_partner(read_partners(settings), book.partner)
    cover = sheets(SAMPLES / book.name, cached=True)[0]
    texts = [str(cell.value) for row in cover.iter_rows() for cell in row]
    assert any(partner.organisation in text for text in texts)
    assert partner.currency in texts


def test_the_five_cover_launch_to_the_end_of_2022_and_the_precedents_their_own_span() -> None:
    partners = {partner.code: partner for partner in read_partners(read_settings({}))}
    actual = [fact for fact in truth() if fact.scenario is Scenario.ACTUAL]
    for code, partner in partners.items():
        quarters = {fact.quarter for fact in actual if fact.partner == code}
        last = partner.decided_in(Quarter(2022, 4).end) or Quarter(2022, 4)
        assert min(quarters) == partner.launch
        assert max(quarters) == last
        assert len(quarters) == last - partner.launch + 1


def test_the_last_two_quarters_come_in_workbooks_of_their_own() -> None:
    for code in ("ES", "IT", "SE", "DE", "AT"):
        for quarter in (Quarter(2022, 3), Quarter(2022, 4)):
            first = next(f for f in truth() if f.partner == code and f.quarter == quarter
                         and f.scenario is Scenario.ACTUAL)  # fmt: skip
            assert first.file.endswith(f"{quarter}.xlsx")


def test_budgets_of_both_years_are_handed_in_before_their_year_is_over() -> None:
    for code in ("ES", "IT", "SE", "DE", "AT"):
        planned = {f.quarter for f in truth() if f.partner == code and f.scenario == "budget"}
        assert planned == {Quarter(year, n) for year in (2022, 2023) for n in (1, 2, 3, 4)}


def test_a_workbook_states_each_fact_once() -> None:
    keys = [(fact.file, fact.item, fact.quarter, fact.scenario) for fact in truth()]
    assert len(keys) == len(set(keys))


def test_only_the_correction_contradicts_an_earlier_workbook() -> None:
    known: dict[tuple[object, ...], tuple[float, str]] = {}
    contradicting = set()
    for fact in truth():
        key = (fact.partner, fact.item, fact.quarter, fact.scenario)
        if key in known and known[key][0] != fact.amount:
            contradicting.add((fact.file, fact.quarter))
        known[key] = (fact.amount, fact.file)
    correction = next(name for name in NAMES if "correccion" in name)
    assert contradicting == {(correction, Quarter(2021, 3)), (correction, Quarter(2021, 4))}


@pytest.mark.parametrize("partner", sorted(HABITS))
def test_every_item_is_printed_under_a_label_that_means_it_alone(partner: str) -> None:
    habit = HABITS[partner]
    meanings: dict[tuple[str, str], set[str]] = {}
    for item in ITEMS.values():
        for label in item.labels[habit.language]:
            meanings.setdefault((item.statement, plain(label)), set()).add(item.code)
    asked = {plain(label) for row in ITEMS.ambiguous for label in row.labels}
    for book in BOOKS:
        for sheet in book.sheets if book.partner == partner else ():
            for entry in sheet.entries:
                if entry.is_item:
                    label = plain(habit.label(entry, "4010 "))
                    assert meanings[ITEMS[entry.code].statement, label] == {entry.code}
                    assert label not in asked


@pytest.mark.parametrize("partner", sorted(HABITS))
def test_rows_that_are_no_items_carry_no_items_label(partner: str) -> None:
    habit = HABITS[partner]
    known = {plain(label) for item in ITEMS.values() for label in item.labels[habit.language]}
    for book in BOOKS:
        for sheet in book.sheets if book.partner == partner else ():
            for entry in sheet.entries:
                if not entry.is_item and entry.kind is not Kind.HEADING:
                    assert plain(habit.label(entry)) not in known


def printed_numbers(path: Path) -> set[float]:
    """Every figure in a workbook, typed parentheses included, without its sign."""
    found = set()
    for sheet in sheets(path, cached=True):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float):
                    found.add(round(abs(float(cell.value)), 2))
                elif isinstance(cell.value, str) and cell.value.startswith("("):
                    typed = cell.value.strip("()").replace(".", "").replace(",", ".")
                    if re.fullmatch(r"[\d.]+", typed):
                        found.add(round(float(typed), 2))
    return found


@pytest.mark.parametrize("book", [b for b in BOOKS if b.partner != "ES"], ids=lambda b: b.name)
def test_every_true_fact_stands_in_its_workbook(book: Book) -> None:
    found = printed_numbers(SAMPLES / book.name)
    for fact in facts_of(book):
        scale = book.habit.scale if len(fact.unit) == 3 and fact.unit.isupper() else 1
        assert round(abs(fact.amount) / scale, 2) in found, fact


def test_spanish_flows_add_up_from_january() -> None:
    name = next(name for name in NAMES if "correccion" in name)
    sheet = next(
        s for s in sheets(SAMPLES / name, cached=True) if s.title == "Cuenta de resultados"
    )
    heads = [str(cell.value) for cell in sheet[5] if cell.value]
    assert heads == ["1T 2021", "2T 2021 acum.", "3T 2021 acum.", "4T 2021 acum."]
    printed = next(row for row in sheet.iter_rows() if "Volumen facturado" in str(row[1].value))
    steps = [float(str(cell.value)) for cell in printed[2:6]]
    volume = [f.amount for f in truth() if f.file == name and f.item == "invoiced_volume"]
    assert steps == [sum(volume[: place + 1]) for place in range(4)]


def test_stocks_are_never_added_up() -> None:
    name = next(name for name in NAMES if "correccion" in name)
    sheet = next(s for s in sheets(SAMPLES / name, cached=True) if s.title == "Balance")
    printed = next(row for row in sheet.iter_rows() if "TOTAL ACTIVO" in str(row[1].value))
    assets = [f.amount for f in truth() if f.file == name and f.item == "total_assets"]
    assert [float(str(cell.value)) for cell in printed[2:6]] == assets


def test_each_country_keeps_its_habit() -> None:
    assert HABITS["AT"].negative is Negative.TEXT
    assert HABITS["DE"].negative is Negative.FORMAT
    assert HABITS["NL"].costs_negative
    assert {code for code, habit in HABITS.items() if habit.scale == 1000} == {
        "AT", "DE", "SE", "HU",
    }  # fmt: skip
    assert HABITS["ES"].codes is Codes.PREFIX
    assert len({habit.language for habit in HABITS.values()}) == 6


@pytest.mark.parametrize(
    ("partner", "sheet", "heading"),
    [
        ("AT", "Erfolgsrechnung", "Gesamt"), ("DE", "GuV", "Q2/2022"),
        ("ES", "Cuenta de resultados", "2T 2013 acum."), ("IT", "Conto economico", "I trim. 2021"),
        ("SE", "Resultaträkning", "Utfall"), ("NL", "Resultatenrekening", "1e kwartaal 2020"),
        ("HU", "Eredménykimutatás", "I. negyedév"),
    ],
)  # fmt: skip
def test_periods_are_headed_as_in_the_country(partner: str, sheet: str, heading: str) -> None:
    page = sheet_of(partner, sheet)
    assert heading in {cell.value for row in page.iter_rows(max_row=8) for cell in row}


def test_germany_prints_the_newest_quarter_first() -> None:
    heads = [str(cell.value) for cell in sheet_of("DE", "GuV")[5] if cell.value]
    assert heads[1:3] == ["Q2/2022", "Q1/2022"]
    assert heads[-1] == "Q4/2015"


def test_the_dutch_balance_is_headed_with_real_dates() -> None:
    heads = [cell.value for cell in sheet_of("NL", "Balans")[4] if cell.value is not None]
    assert heads[0] == datetime(2014, 9, 30)  # a cell knows no time zone
    assert heads[-1] == datetime(2020, 3, 31)


def tidy(scenario: Scenario) -> pd.DataFrame:
    """What is known after all hand-ins: the newest statement of each fact."""
    newest = {
        (fact.partner, fact.quarter.ordinal, scenario.value, fact.item): (fact.amount, fact.unit)
        for fact in truth()
        if fact.scenario is scenario
    }
    rows = [(*key, *value) for key, value in newest.items()]
    columns = ["partner", "quarter", "scenario", "item", "amount", "currency"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("IT", State.REACHED), ("ES", State.ON_TRACK), ("AT", State.AT_RISK), ("DE", State.WATCH),
        ("SE", State.AT_RISK), ("NL", State.INACTIVE), ("HU", State.INACTIVE),
    ],
)  # fmt: skip
def test_the_board_sees_each_state_at_the_end_of_2022(code: str, state: State) -> None:
    settings = read_settings({})
    partner = find_partner(read_partners(settings), code)
    frame, newest = tidy(Scenario.ACTUAL), Quarter(2022, 4)
    tables = {each: partner_table(frame, each) for each in frame["partner"].unique()}
    pool = pooled(tables.values(), newest.ordinal, settings.level)
    assert judge(partner, tables[code], newest, settings, pool=pool).state is state


def test_the_precedents_alone_show_red_traction_flags() -> None:
    settings, frame, newest = read_settings({}), tidy(Scenario.ACTUAL), Quarter(2022, 4)
    known = [
        Known(each, partner_table(frame, each.code), newest, synthetic=True)
        for each in read_partners(settings)
    ]
    warnings = warnings_of(settings, known)
    left = Quarter(2020, 1)
    red = {code: record.red(newest, Family.TRACTION) for code, record in warnings.records.items()}
    assert all(red[code] == () for code in ("ES", "IT", "SE", "DE", "AT"))
    for code in ("NL", "HU"):
        shown = warnings.records[code].red(left, Family.TRACTION)
        assert {"coverage", "volume_reached", "group_dependency"} <= set(shown)


def test_three_partners_report_every_social_item_and_the_others_only_some() -> None:
    social = {
        code for code, item in ITEMS.items() if item.statement == "social" and not item.set_only
    }
    told: dict[str, set[str]] = {}
    for fact in truth():
        if fact.item in social:
            told.setdefault(fact.partner, set()).add(fact.item)
    assert {code for code, items in told.items() if items == social} == {"ES", "IT", "AT"}
    assert all(told[code] < social for code in ("DE", "SE", "NL", "HU"))


@pytest.mark.parametrize("name", [*NAMES, SUPPORT_NAME])
def test_samples_stay_small(name: str) -> None:
    assert (SAMPLES / name).stat().st_size < 60_000
    with zipfile.ZipFile(SAMPLES / name) as container:
        assert container.testzip() is None
