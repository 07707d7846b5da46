"""Workbooks that look like what companies, towns and associations publish.

They hold much that is no line item of a partner: segments, shares, ratios, restated columns,
weeks, budgets by chapter. Nothing of them must be read, but what is read must be true, or told.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from smartfin.ingest.reading import ReadingContext
from smartfin.items import Nature
from tests.corpus import files, times, words
from tests.corpus.draft import BookDraft, Cell
from tests.corpus.layout import Layout, chart, partners
from tests.corpus.publication import Publication, Row
from tests.corpus.words import LANGUAGES

_PNL = ("fee_revenue", "staff_costs", "rent_costs", "depreciation", "operating_result",
        "financial_income", "financial_expense", "net_result")  # fmt: skip
_ASSETS = ("fixed_assets", "trade_receivables", "other_receivables", "cash", "total_assets")


def listed_company(made: Publication) -> None:
    """A listed company's quarter: this year and last, twelve months rolling, the year before."""
    year, scale = made.year, 1_000_000
    now, before = made.quarter_text(year), made.quarter_text(year - 1)
    heads = [now, before, f"R12 {now}", f"{times.TOTAL_PART[made.language]} {year - 1}"]
    rows: list[Row] = [[f"{words.SHEETS[made.language][0]}, {made.unit(scale)}", *heads]]
    for code in _PNL:
        figures = made.amounts(code, 4)
        made.states(code, made.of_quarter(year), figures[0] * scale)
        made.states(code, made.of_quarter(year - 1), figures[1] * scale)
        made.states(code, made.of_twelve_months(), figures[2] * scale)
        made.states(code, made.of_year(year - 1), figures[3] * scale)
        rows.append([made.label(code), *figures])
    per_share = {
        "en": "Earnings per share", "sv": "Resultat per aktie", "de": "Ergebnis je Aktie",
        "nl": "Winst per aandeel", "fr": "Résultat par action", "es": "Beneficio por acción",
        "it": "Utile per azione", "hu": "Egy részvényre jutó eredmény",
    }  # fmt: skip
    rows.append([per_share[made.language], 1.32, 1.18, 4.9, 4.7])
    rows += [
        [name, *(Cell(round(made.rng.random(), 3), "percent") for _ in range(4))]
        for name in words.RATIOS[made.language]
    ]
    made.write(rows, 2)
    made.sheet.put(0, 0, words.UNAUDITED[made.language])


def segments(made: Publication) -> None:
    """Segments beside each other under one quarter; only the last column is the whole."""
    names = ("Nord", "Süd", "Online", times.TOTAL_PART[made.language])
    period = made.quarter_text(made.year)
    made.write([[made.unit(1000), period], [None, *names]], 2)
    made.sheet.merged.append((2, 1, 2, len(names)))
    for row, code in enumerate(_PNL, start=4):
        parts = made.amounts(code, len(names) - 1)
        made.states(code, made.of_quarter(made.year), sum(parts) * 1000)
        made.write([[made.label(code), *parts, sum(parts)]], row)


def budget_of_a_town(made: Publication) -> None:
    """Chapters of a town's budget: voted, changed, spent; the period stands in the title."""
    columns = {
        "es": ("Crédito inicial", "Modificaciones", "Crédito definitivo", "Obligaciones"),
        "it": ("Stanziamento iniziale", "Variazioni", "Stanziamento definitivo", "Impegni"),
        "fr": ("Budget primitif", "Décisions modificatives", "Budget total", "Mandats émis"),
        "de": ("Ansatz", "Nachtrag", "Fortgeschriebener Ansatz", "Anordnungssoll"),
        "nl": ("Primitieve begroting", "Wijzigingen", "Begroting na wijziging", "Verplichtingen"),
        "en": ("Original budget", "Virements", "Revised budget", "Commitments"),
        "sv": ("Ursprunglig budget", "Ombudgetering", "Slutlig budget", "Åtaganden"),
        "hu": ("Eredeti előirányzat", "Módosítás", "Módosított előirányzat", "Kötelezettség"),
    }[made.language]
    title = f"{words.TITLES[made.language]} {made.quarter_text(made.year)} ({made.unit(1)})"
    made.write([[title], [], ["", words.LINE_ITEM[made.language], *columns]])
    for row, code in enumerate(("rent_costs", "financial_expense", "depreciation", "it_costs"), 3):
        made.write([[float(row - 2), made.label(code), *made.amounts(code, len(columns))]], row)


def gross_and_net(made: Publication) -> None:
    """Assets gross, written off, net; last year net alone."""
    heads = {"fr": ("Brut", "Amort. et prov.", "Net"), "de": ("Brutto", "Abschreibung", "Netto"),
             "es": ("Bruto", "Amort.", "Neto"), "it": ("Lordo", "Fondo amm.", "Netto"),
             "nl": ("Bruto", "Afschr.", "Netto"), "sv": ("Brutto", "Avskr.", "Netto"),
             "hu": ("Bruttó", "Écs.", "Nettó"), "en": ("Gross", "Deprec.", "Net")}[
        made.language
    ]  # fmt: skip
    end, before = date(made.year, 12, 31), date(made.year - 1, 12, 31)
    made.sheet.name = words.SHEETS[made.language][1]
    made.write([[made.unit(1)], [None, Cell(end, "date"), None, None, Cell(before, "date")],
                [None, *heads, heads[2]]])  # fmt: skip
    made.sheet.merged.append((1, 1, 1, 3))
    for row, code in enumerate(_ASSETS, 3):
        gross, off, last = made.amounts(code, 3)
        made.states(code, f"{made.year}-Q4", gross - off)
        made.states(code, f"{made.year - 1}-Q4", last)
        made.write([[made.label(code), gross, off, gross - off, last]], row)


def two_units(made: Publication) -> None:
    """This year in single units, last year in thousands, as annual accounts print it."""
    made.sheet.name = words.SHEETS[made.language][1]
    end, before = date(made.year, 12, 31), date(made.year - 1, 12, 31)
    made.write([[None, Cell(end, "date"), Cell(before, "date")],
                [None, made.unit(1), made.unit(1000)]], 2)  # fmt: skip
    for row, code in enumerate(_ASSETS, 4):
        now, last = made.amounts(code, 2)
        now *= 1017
        made.states(code, f"{made.year}-Q4", now)
        made.states(code, f"{made.year - 1}-Q4", last * 1000)
        made.write([[made.label(code), now, last]], row)


def quarter_and_nine_months(made: Publication) -> None:
    """Three months of both years beside nine months of both years, two levels of headings."""
    made.quarter = 3
    three, nine = {
        "en": ("3 months ended 30 September", "9 months ended 30 September"),
        "sv": ("jul-sep", "jan-sep"), "de": ("Juli-September", "Januar-September"),
        "nl": ("juli-september", "januari-september"), "fr": ("juil.-sept.", "janv.-sept."),
        "es": ("jul-sep", "ene-sep"), "it": ("lug-set", "gen-set"),
        "hu": ("júl.-szept.", "jan.-szept."),
    }[made.language]  # fmt: skip
    year = made.year
    made.write([[made.unit(1000), three, None, nine, None],
                [None, float(year), float(year - 1), float(year), float(year - 1)]], 3)  # fmt: skip
    made.sheet.merged += [(3, 1, 3, 2), (3, 3, 3, 4)]
    for row, code in enumerate(_PNL, 5):
        figures = made.amounts(code, 4)
        for figure, span in zip(
            figures,
            (f"{year}-Q3", f"{year - 1}-Q3", f"{year}-01-01/{year}-09-30",
             f"{year - 1}-01-01/{year - 1}-09-30"),
            strict=True,
        ):  # fmt: skip
            made.states(code, span, figure * 1000)
        made.write([[made.label(code), *figures]], row)


def restated(made: Publication) -> None:
    """Last year's quarter as it was printed then, and as it is printed now."""
    word = {"en": "restated", "sv": "omräknad", "de": "angepasst", "nl": "herwerkt",
            "fr": "retraité", "es": "reexpresado", "it": "rideterminato", "hu": "módosított"}[
        made.language
    ]  # fmt: skip
    year = made.year
    heads = [made.quarter_text(year - 1), f"{made.quarter_text(year - 1)} {word}",
             made.quarter_text(year)]  # fmt: skip
    made.write([[made.unit(1000), *heads]], 2)
    for row, code in enumerate(_PNL, 3):
        old, new, now = made.amounts(code, 3)
        made.states(code, made.of_quarter(year - 1), new * 1000)
        made.states(code, made.of_quarter(year), now * 1000)
        made.write([[made.label(code), old, new, now]], row)


def funds(made: Publication) -> None:
    """A charity's year by funds: only the totals are the whole."""
    free, bound, total = {
        "en": ("Unrestricted", "Restricted", "Total"), "de": ("Frei", "Zweckgebunden", "Gesamt"),
        "fr": ("Libres", "Affectés", "Total"), "nl": ("Vrij", "Bestemd", "Totaal"),
        "es": ("Libres", "Finalistas", "Total"), "it": ("Liberi", "Vincolati", "Totale"),
        "sv": ("Fria", "Bundna", "Totalt"), "hu": ("Szabad", "Kötött", "Összesen"),
    }[made.language]  # fmt: skip
    year = made.year
    made.write([[f"{words.TITLES[made.language]} {year}"], [],
                [made.unit(1), free, bound, f"{total} {year}", f"{total} {year - 1}"]])  # fmt: skip
    for row, code in enumerate(_PNL, 3):
        one, two, last = made.amounts(code, 3)
        made.states(code, made.of_year(year), one + two)
        made.states(code, made.of_year(year - 1), last)
        made.write([[made.label(code), one, two, one + two, last]], row)


def weeks(made: Publication) -> None:
    """A liquidity plan by calendar week; no column is a quarter."""
    week = {"de": "KW {n}", "nl": "wk {n}", "fr": "S{n}", "es": "Sem. {n}", "it": "Sett. {n}",
            "sv": "v. {n}", "hu": "{n}. hét", "en": "Week {n}"}[made.language]  # fmt: skip
    title = f"{words.FORECAST[made.language][0]} {made.year}, {made.unit(1)}"
    made.write([[title], [], [None, *(week.format(n=n) for n in range(1, 9))]])
    for row, code in enumerate(("fee_revenue", "staff_costs", "rent_costs", "cash"), 3):
        made.write([[made.label(code), *made.amounts(code, 8)]], row)


def trial_balance(made: Publication) -> None:
    """Debit, credit and balance of accounts at a day."""
    heads = {"de": ("Soll", "Haben", "Saldo"), "fr": ("Débit", "Crédit", "Solde"),
             "es": ("Debe", "Haber", "Saldo"), "it": ("Dare", "Avere", "Saldo"),
             "nl": ("Debet", "Credit", "Saldo"), "sv": ("Debet", "Kredit", "Saldo"),
             "hu": ("Tartozik", "Követel", "Egyenleg"), "en": ("Debit", "Credit", "Balance")}[
        made.language
    ]  # fmt: skip
    day = made.last_day(made.year).strftime("%d.%m.%Y")
    names = (words.ACCOUNT[made.language], words.LINE_ITEM[made.language])
    made.write([[f"{made.unit(1)} {day}"], [], [*names, *heads]])
    codes = ("cash", "trade_receivables", "trade_payables", "rent_costs", "it_costs")
    for row, code in enumerate(codes, 3):
        debit, credit = made.amounts(code, 2)
        if chart()[code].nature is Nature.STOCK or made.quarter == 1:
            made.states(code, made.of_quarter(made.year), debit - credit)
        made.write([[float(1000 * row), made.label(code), debit, credit, debit - credit]], row)


def ageing(made: Publication) -> None:
    """Receivables by how old they are; the last column is the whole."""
    day = made.last_day(made.year)
    heads = ("0-30", "31-60", "61-90", "> 90", times.TOTAL_PART[made.language])
    made.write([[made.unit(1)], [Cell(day, "date")], [None, *heads]])
    for row, code in enumerate(("trade_receivables", "other_receivables", "cash"), 3):
        parts = made.amounts(code, len(heads) - 1)
        made.states(code, made.of_quarter(made.year), sum(parts))
        made.write([[made.label(code), *parts, sum(parts)]], row)


def growth(made: Publication) -> None:
    """A quarter, the same a year ago, growth in per cent, at unchanged rates."""
    year = made.year
    made.write([[made.unit(1000), made.quarter_text(year), made.quarter_text(year - 1), "%",
                 "% cc"]], 1)  # fmt: skip
    for row, code in enumerate(_PNL, 2):
        now, before = made.amounts(code, 2)
        made.states(code, made.of_quarter(year), now * 1000)
        made.states(code, made.of_quarter(year - 1), before * 1000)
        change = round(100 * (now / before - 1), 1)
        made.write([[made.label(code), now, before, change, change - 0.4]], row)


def year_against_budget(made: Publication) -> None:
    """The voted year, three quarters of it spent, an index."""
    year = made.year
    budget, actual = words.BUDGET[made.language][0], words.ACTUAL[made.language][0]
    months = "1-9/{y}" if made.language != "hu" else "{y}. I-III. n.év"
    made.write([[made.unit(1000), f"{year} {budget}", f"{months.format(y=year)} {actual}",
                 "Index %", f"{year - 1} {actual}"]], 2)  # fmt: skip
    for row, code in enumerate(_PNL, 3):
        planned, spent, last = made.amounts(code, 3)
        made.states(code, made.of_year(year), planned * 1000, "budget")
        made.states(code, f"{year}-01-01/{year}-09-30", spent * 1000)
        made.states(code, made.of_year(year - 1), last * 1000)
        index = round(100 * spent / planned, 1)
        made.write([[made.label(code), planned, spent, index, last]], row)


def head_count_by_month(made: Publication) -> None:
    """People by month with a yearly average, between amounts in thousands."""
    short = times.SHORT_MONTHS[made.language].split()
    year = made.year
    made.write([[made.unit(1000), *(f"{name} {year}" for name in short),
                 f"Ø {year}"]], 1)  # fmt: skip
    for row, code in enumerate(("staff_fte", "members_active", "rent_costs"), 2):
        figures = made.amounts(code, 12)
        item = chart()[code]
        for number in range(4):
            three = figures[number * 3 : number * 3 + 3]
            stock = three[-1]
            flow = sum(three) * 1000
            made.states(code, f"{year}-Q{number + 1}", flow if item.unit == "currency" else stock)
        made.write([[made.label(code), *figures, round(sum(figures) / 12, 2)]], row)


def two_currencies(made: Publication) -> None:
    """The partner's money beside another, under each period."""
    other = "EUR" if made.currency != "EUR" else "USD"
    year = made.year
    made.write([[None, made.quarter_text(year), None, made.quarter_text(year - 1), None],
                [None, made.currency, other, made.currency, other]], 2)  # fmt: skip
    made.sheet.merged += [(2, 1, 2, 2), (2, 3, 2, 4)]
    for row, code in enumerate(_PNL, 4):
        now, before = made.amounts(code, 2)
        made.states(code, made.of_quarter(year), now)
        made.states(code, made.of_quarter(year - 1), before)
        made.write([[made.label(code), now, now * 1.1, before, before * 1.1]], row)


def countries(made: Publication) -> None:
    """All countries of the group beside each other for one quarter."""
    codes = ["ES", "IT", "SE", "DE", "AT", "NL", "HU"]
    names = [*codes, times.TOTAL_PART[made.language]]
    title = f"{words.TITLES[made.language]} {made.quarter_text(made.year)}, {made.unit(1000)}"
    made.write([[title], [], [None, *names]])
    for row, code in enumerate(_PNL, 3):
        figures = made.amounts(code, len(codes))
        own = figures[codes.index(made.partner)]
        made.states(code, made.of_quarter(made.year), own * 1000)
        made.write([[made.label(code), *figures, sum(figures)]], row)


def entities(made: Publication) -> None:
    """Two legal entities and their sum, each on a sheet of its own."""
    label = {code: made.label(code) for code in _PNL}
    names = ("Coop", "Services", times.TOTAL_PART[made.language])
    figures = {code: made.amounts(code, 2) for code in _PNL}
    for number, name in enumerate(names):
        sheet = made.sheet if number == 0 else made.add_sheet()
        sheet.name = name
        made.write([[f"{name} ({made.unit(1000)})"], [], [None, made.quarter_text(made.year)]],
                   sheet=sheet)  # fmt: skip
        for row, code in enumerate(_PNL, 3):
            parts = [*figures[code], sum(figures[code])]
            made.write([[label[code], parts[number]]], row, sheet)
            made.states(code, made.of_quarter(made.year), parts[2] * 1000)


def versions(made: Publication) -> None:
    """A draft beside the final figures of the same quarter."""
    label = {code: made.label(code) for code in _PNL}
    for number, name in enumerate(("v1", "v2 final")):
        sheet = made.sheet if number == 0 else made.add_sheet()
        sheet.name = name
        made.write([[made.unit(1000), made.quarter_text(made.year)]], sheet=sheet)
        for row, code in enumerate(_PNL, 1):
            amount = made.amounts(code, 2)[number]
            made.states(code, made.of_quarter(made.year), amount * 1000)
            made.write([[label[code], amount]], row, sheet)


def relative_years(made: Publication) -> None:
    """A business plan of years without a date."""
    year = {"en": "Year {n}", "nl": "Boekjaar {n}", "fr": "Année {n}", "de": "Jahr {n}",
            "es": "Año {n}", "it": "Anno {n}", "sv": "År {n}", "hu": "{n}. év"}[
        made.language
    ]  # fmt: skip
    made.write([[made.unit(1000), *(year.format(n=n) for n in range(1, 6))]], 1)
    for row, code in enumerate(_PNL, 2):
        made.write([[made.label(code), *made.amounts(code, 5)]], row)


def month_in_year(made: Publication) -> None:
    """One month, the year to it and the whole year's budget; the month stands in the title."""
    month = times.MONTHS[made.language].split()[5]
    heads = {
        "en": ("Month", "YTD", "YTD budget", "Full-year budget"),
        "nl": ("Maand", "Cumulatief", "Cumulatief begroot", "Jaarbegroting"),
        "fr": ("Mois", "Cumul", "Cumul budget", "Budget annuel"),
        "de": ("Monat", "kumuliert", "Plan kumuliert", "Jahresplan"),
        "es": ("Mes", "Acumulado", "Acum. presupuesto", "Presupuesto anual"),
        "it": ("Mese", "Progressivo", "Progr. budget", "Budget annuo"),
        "sv": ("Månad", "Ackumulerat", "Ack. budget", "Helårsbudget"),
        "hu": ("Hónap", "Halmozott", "Halmozott terv", "Éves terv"),
    }[made.language]
    title = f"{words.SHEETS[made.language][0]} {month} {made.year} ({made.unit(1000)})"
    made.write([[title], [], [None, *heads]])
    span, whole = f"{made.year}-01-01/{made.year}-06-30", made.of_year(made.year)
    for row, code in enumerate(_PNL, 3):
        one, run, planned, voted = made.amounts(code, 4)
        made.states(code, f"{made.year}-06-01/{made.year}-06-30", one * 1000)
        made.states(code, span, run * 1000)
        made.states(code, span, planned * 1000, "budget")
        made.states(code, whole, voted * 1000, "budget")
        made.write([[made.label(code), one, run, planned, voted]], row)


def unfilled(made: Publication) -> None:
    """A form nobody has filled in, but for zeros a formula left in its totals."""
    made.write([[made.unit(1), made.quarter_text(made.year), made.quarter_text(made.year - 1)]], 2)
    for row, code in enumerate(_PNL, 3):
        is_total = bool(chart()[code].derived)
        made.write([[made.label(code), *([0.0, 0.0] if is_total else [])]], row)
        if is_total:
            made.states(code, made.of_quarter(made.year), 0.0)
            made.states(code, made.of_quarter(made.year - 1), 0.0)


STYLES: tuple[Callable[[Publication], None], ...] = (
    listed_company, segments, budget_of_a_town, gross_and_net, two_units, quarter_and_nine_months,
    restated, funds, weeks, trial_balance, ageing, growth, year_against_budget,
    head_count_by_month, two_currencies, countries, entities, versions, relative_years,
    month_in_year, unfilled,
)  # fmt: skip


def published_layout(seed: int) -> Layout:
    """The published workbook of a seed; styles and languages take turns."""
    style = STYLES[seed % len(STYLES)]
    language = LANGUAGES[(seed // len(STYLES)) % len(LANGUAGES)]
    made = Publication(language, random.Random(f"published {seed}"))
    style(made)
    container = ("xlsx", "openpyxl", "ods", "xls", "xlsb", "strict")[(seed // 3) % 6]
    ending, write = files.WRITERS[container]
    return Layout(
        seed=seed,
        language=language,
        habits=(f"published={style.__name__}",),
        content=write(BookDraft(made.sheets)),
        name=f"report.{ending}",
        context=ReadingContext(chart(), partners(), made.partner),
        required={},
        places={},
        may_ask="published, not handed in",
        expects=(),
        truth=made.truth.get,
    )
