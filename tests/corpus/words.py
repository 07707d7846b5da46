"""How eight languages print periods, scenarios, units and the words around a table."""

from __future__ import annotations

LANGUAGES = ("en", "nl", "fr", "de", "es", "it", "sv", "hu")

ROMAN = ("I", "II", "III", "IV")

# A whole quarter in one cell. q number, r roman, y year, yy two digits, o ordinal word,
# a and z first and last month (short), last the last day written out.
QUARTERS = {
    "en": ("Q{q} {y}", "{y}-Q{q}", "{y} Q{q}", "Q{q}/{yy}", "{q}Q{yy}", "{q}Q {y}", "Q{q}'{yy}",
           "{o} quarter {y}", "Quarter {q}, {y}", "{a}-{z} {y}", "3 months ended {last}",
           "Quarter ended {last}", "Q{q}-{y}", "{y}Q{q}"),
    "nl": ("K{q} {y}", "{q}e kwartaal {y}", "{y}-K{q}", "Q{q} {y}", "{o} kwartaal {y}",
           "Kwartaal {q} {y}", "kw{q} {y}", "{a}-{z} {y}", "Q{q} '{yy}", "{r}e kwartaal {y}"),
    "fr": ("T{q} {y}", "{q}T{yy}", "{o} trimestre {y}", "T{q}-{yy}", "{y}-T{q}", "{q}T {y}",
           "{n} trim. {y}", "{n} trimestre {y}", "{a}-{z} {y}", "Trimestre {q} {y}"),
    "de": ("{q}. Quartal {y}", "Q{q}/{y}", "Q{q} {y}", "{r}. Quartal {y}", "{q}. Qu. {y}",
           "{q}.Quartal {yy}", "Quartal {q}/{y}", "{o} Quartal {y}", "{a}-{z} {y}", "{y}/Q{q}",
           "Q{q}-{yy}"),
    "es": ("{q}T {y}", "{q}T{yy}", "T{q} {y}", "{n} trimestre {y}", "{r} trimestre {y}",
           "{q}º trim. {y}", "{o} trimestre {y}", "{a}-{z} {y}", "{y}-T{q}", "Trim. {q} {y}",
           "{q}º trimestre de {y}"),
    "it": ("{r} trim. {y}", "{q}° trimestre {y}", "T{q} {y}", "{q}T{yy}", "Q{q} {y}",
           "{o} trimestre {y}", "{a}-{z} {y}", "{r} trimestre {y}", "{q}T {y}"),
    "sv": ("Q{q} {y}", "kv{q} {y}", "K{q} {y}", "Kvartal {q} {y}", "{n} kvartalet {y}",
           "{o} kvartalet {y}", "{a}-{z} {y}", "{y}K{q}", "kv {q} {y}", "{y} kv{q}"),
    "hu": ("{y}. {r}. negyedév", "{r}. negyedév {y}", "{y} Q{q}", "{y}. {q}. negyedév",
           "{y}/Q{q}", "{y}. {r}. n.év", "{y}. {a}-{z}", "{q}. negyedév {y}", "{y}. {o} negyedév"),
}  # fmt: skip

# A quarter below its year.
PARTS = {
    "en": ("Q{q}", "{o} quarter", "{a}-{z}", "Quarter {q}"),
    "nl": ("K{q}", "{q}e kwartaal", "Q{q}", "kwartaal {q}"),
    "fr": ("T{q}", "{n} trimestre", "{q}T", "Trim. {q}"),
    "de": ("{q}. Quartal", "Q{q}", "{r}. Quartal", "{a}-{z}"),
    "es": ("{q}T", "T{q}", "{n} trimestre", "{r} trim."),
    "it": ("{r} trim.", "{q}° trimestre", "T{q}", "Q{q}"),
    "sv": ("Q{q}", "kv{q}", "K{q}", "kvartal {q}"),
    "hu": ("{r}. negyedév", "Q{q}", "{q}. negyedév", "{r}. n.év"),
}
ORDINALS = {
    "en": ("First", "Second", "Third", "Fourth"),
    "nl": ("Eerste", "Tweede", "Derde", "Vierde"),
    "fr": ("Premier", "Deuxième", "Troisième", "Quatrième"),
    "de": ("Erstes", "Zweites", "Drittes", "Viertes"),
    "es": ("Primer", "Segundo", "Tercer", "Cuarto"),
    "it": ("Primo", "Secondo", "Terzo", "Quarto"),
    "sv": ("första", "andra", "tredje", "fjärde"),
    "hu": ("első", "második", "harmadik", "negyedik"),
}
NUMBERED = {  # 1er, 2e
    "fr": ("1er", "2e", "3e", "4e"),
    "es": ("1er", "2º", "3er", "4º"),
    "sv": ("1:a", "2:a", "3:e", "4:e"),
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "hu": "január február március április május június július augusztus szeptember október november"
    " december",
}
SHORT_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "de": "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "sv": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "hu": "jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
}
MONTH_FORMS = {  # m full name, s short, y, yy, mm two digits
    "en": ("{s} {y}", "{m} {y}", "{s}-{yy}", "{mm}/{y}", "{y}-{mm}"),
    "nl": ("{s} {y}", "{m} {y}", "{s}-{yy}", "{mm}-{y}"),
    "fr": ("{s} {y}", "{m} {y}", "{s}-{yy}", "{mm}/{y}"),
    "de": ("{s} {y}", "{m} {y}", "{s} {yy}", "{mm}.{y}", "{mm}/{y}"),
    "es": ("{s} {y}", "{m} {y}", "{s}-{yy}", "{m} de {y}"),
    "it": ("{s} {y}", "{m} {y}", "{s}-{yy}", "{mm}/{y}"),
    "sv": ("{s} {y}", "{m} {y}", "{s}-{yy}", "{y}-{mm}"),
    "hu": ("{y}. {m}", "{m} {y}", "{y}.{mm}.", "{y}. {s}"),
}
DATES = {  # a last day in words
    "en": "{d} {m} {y}", "nl": "{d} {m} {y}", "fr": "{d} {m} {y}", "de": "{d}. {m} {y}",
    "es": "{d} de {m} de {y}", "it": "{d} {m} {y}", "sv": "{d} {m} {y}", "hu": "{y}. {m} {d}.",
}  # fmt: skip
DATE_TEXTS = {
    "en": "{d:02}/{mm}/{y}", "nl": "{d:02}-{mm}-{y}", "fr": "{d:02}/{mm}/{y}",
    "de": "{d:02}.{mm}.{y}", "es": "{d:02}/{mm}/{y}", "it": "{d:02}/{mm}/{y}",
    "sv": "{y}-{mm}-{d:02}", "hu": "{y}.{mm}.{d:02}.",
}  # fmt: skip
AS_AT = {
    "en": "As at {date}", "nl": "Per {date}", "fr": "Au {date}", "de": "zum {date}",
    "es": "A {date}", "it": "Al {date}", "sv": "Per {date}", "hu": "{date}",
}  # fmt: skip

# From the year's start to the end of a quarter.
CUMULATIVE = {
    "en": ("YTD Q{q} {y}", "Q{q} {y} YTD", "Q{q} {y} cumulative", "Year to date {last}"),
    "nl": ("K{q} {y} cumulatief", "t/m K{q} {y}", "Cumulatief Q{q} {y}", "Q{q} {y} YTD"),
    "fr": ("T{q} {y} cumul", "Cumul T{q} {y}", "Cumulé au T{q} {y}", "T{q} {y} cumulé"),
    "de": ("Q{q} {y} kumuliert", "kumuliert Q{q} {y}", "{q}. Quartal {y} kum.", "YTD Q{q} {y}"),
    "es": ("{q}T {y} acumulado", "Acumulado {q}T {y}", "T{q} {y} acum."),
    "it": ("Progressivo {r} trim. {y}", "T{q} {y} progressivo", "{q}T {y} cumulato"),
    "sv": ("Q{q} {y} ack.", "Ackumulerat kv{q} {y}", "Q{q} {y} ackumulerat"),
    "hu": ("{y}. {r}. negyedév halmozott", "{y} Q{q} kumulált", "{y}. {r}. negyedév kumulált"),
}
TO_DATE = {  # from January to the last month of a quarter
    "en": ("Jan-{z} {y}", "January - {zm} {y}"), "nl": ("jan-{z} {y}", "januari t/m {zm} {y}"),
    "fr": ("janv.-{z} {y}", "janvier à {zm} {y}"), "de": ("Jan-{z} {y}", "Januar bis {zm} {y}"),
    "es": ("ene-{z} {y}", "enero a {zm} {y}"), "it": ("gen-{z} {y}", "gennaio - {zm} {y}"),
    "sv": ("jan-{z} {y}", "januari-{zm} {y}"), "hu": ("{y}. jan.-{z}", "{y}. január-{zm}"),
}  # fmt: skip
RUNNING_MONTHS = {3: ("3M {y}", "Q1 {y}"), 6: ("6M {y}", "H1 {y}"), 9: ("9M {y}", "9M {y}"),
                  12: ("12M {y}", "FY {y}")}  # fmt: skip
HALVES = {
    "en": ("H{h} {y}", "{h}H {y}"), "nl": ("H{h} {y}", "{h}e halfjaar {y}"),
    "fr": ("S{h} {y}", "{h}S {y}"), "de": ("{h}. Halbjahr {y}", "H{h} {y}"),
    "es": ("{h}S {y}", "{h}º semestre {y}"), "it": ("{h}° semestre {y}", "S{h} {y}"),
    "sv": ("H{h} {y}", "halvår {h} {y}"), "hu": ("{y}. {h}. félév", "H{h} {y}"),
}  # fmt: skip
YEARS = {
    "en": ("{y}", "FY {y}", "Total {y}", "Year {y}", "FY{yy}", "Full year {y}"),
    "nl": ("{y}", "Totaal {y}", "Jaar {y}", "Boekjaar {y}"),
    "fr": ("{y}", "Total {y}", "Année {y}", "Exercice {y}"),
    "de": ("{y}", "Gesamt {y}", "Jahr {y}", "GJ {y}", "Gesamtjahr {y}"),
    "es": ("{y}", "Total {y}", "Año {y}", "Ejercicio {y}"),
    "it": ("{y}", "Totale {y}", "Anno {y}", "Esercizio {y}"),
    "sv": ("{y}", "Helår {y}", "Totalt {y}", "År {y}"),
    "hu": ("{y}", "{y} összesen", "{y}. év", "Összesen {y}"),
}
TOTAL_PART = {  # the year's column below its year
    "en": "Total", "nl": "Totaal", "fr": "Total", "de": "Gesamt", "es": "Total", "it": "Totale",
    "sv": "Helår", "hu": "Összesen",
}  # fmt: skip
ROLLING = {
    "en": ("R12 Q{q} {y}", "LTM Q{q} {y}", "Rolling 12 months {last}"),
    "nl": ("LTM Q{q} {y}",), "fr": ("12 mois glissants T{q} {y}", "LTM T{q} {y}"),
    "de": ("LTM Q{q} {y}", "rollierend 12 M Q{q} {y}"), "es": ("LTM {q}T {y}",),
    "it": ("LTM {q}T {y}",), "sv": ("R12 Q{q} {y}", "Rullande 12 mån Q{q} {y}"),
    "hu": ("LTM {y} Q{q}",),
}  # fmt: skip

ACTUAL = {
    "en": ("Actual", "Actuals"), "nl": ("Realisatie", "Werkelijk"), "fr": ("Réalisé", "Réel"),
    "de": ("Ist", "IST"), "es": ("Real", "Realizado"), "it": ("Consuntivo",),
    "sv": ("Utfall",), "hu": ("Tény",),
}  # fmt: skip
BUDGET = {
    "en": ("Budget", "Plan"), "nl": ("Begroting", "Budget"), "fr": ("Budget", "Prévu"),
    "de": ("Plan", "Budget", "Soll"), "es": ("Presupuesto", "Ppto."),
    "it": ("Budget", "Preventivo"), "sv": ("Budget",), "hu": ("Terv",),
}  # fmt: skip
FORECAST = {
    "en": ("Forecast",), "nl": ("Prognose",), "fr": ("Prévision", "Atterrissage"),
    "de": ("Prognose", "Hochrechnung"), "es": ("Previsión",), "it": ("Previsione", "Forecast"),
    "sv": ("Prognos",), "hu": ("Előrejelzés", "Várható"),
}  # fmt: skip
LAST_YEAR = {
    "en": ("Prior year", "Previous year"), "nl": ("Vorig jaar",), "fr": ("N-1",),
    "de": ("Vorjahr", "VJ"), "es": ("Año anterior",), "it": ("Anno precedente",),
    "sv": ("Föregående år",), "hu": ("Előző év", "Bázis"),
}  # fmt: skip
VARIANCE = {
    "en": ("Variance", "Var.", "Change", "Δ"), "nl": ("Verschil", "Afwijking"),
    "fr": ("Écart", "Variation"), "de": ("Abweichung", "Abw.", "Differenz"),
    "es": ("Desviación", "Variación"), "it": ("Scostamento", "Var."),
    "sv": ("Avvikelse", "Förändring"), "hu": ("Eltérés", "Változás"),
}  # fmt: skip
PERCENT = {
    "en": ("%", "Var. %", "Change in %"), "nl": ("%", "Verschil %"), "fr": ("%", "Écart %"),
    "de": ("%", "Abw. %"), "es": ("%", "Var. %"), "it": ("%", "Scost. %"),
    "sv": ("%", "Förändr. %"), "hu": ("%", "Index %"),
}  # fmt: skip

SHEETS = {  # pnl, balance sheet, cash flow, members, social
    "en": ("P&L", "Balance Sheet", "Cash Flow", "Members", "Social"),
    "nl": ("Resultatenrekening", "Balans", "Kasstroom", "Leden", "Sociaal"),
    "fr": ("Compte de résultat", "Bilan", "Flux de trésorerie", "Membres", "Social"),
    "de": ("GuV", "Bilanz", "Kapitalflussrechnung", "Mitglieder", "Soziales"),
    "es": ("PyG", "Balance", "Flujo de efectivo", "Socios", "Social"),
    "it": ("Conto economico", "Stato patrimoniale", "Rendiconto", "Soci", "Sociale"),
    "sv": ("Resultaträkning", "Balansräkning", "Kassaflöde", "Medlemmar", "Socialt"),
    "hu": ("Eredménykimutatás", "Mérleg", "Cash flow", "Tagok", "Szociális"),
}
SECTIONS = {  # members' money, income, costs, below the line, assets, equity, liabilities
    "en": ("Member activity", "Income", "Expenses", "Below the line", "Assets",
           "Equity and reserves", "Liabilities"),
    "nl": ("Activiteit van de leden", "Opbrengsten", "Kosten", "Overige", "Activa",
           "Eigen middelen", "Schulden"),
    "fr": ("Activité des membres", "Produits", "Charges", "Hors exploitation", "Actif",
           "Capitaux", "Dettes"),
    "de": ("Mitgliedertätigkeit", "Erträge", "Aufwendungen", "Finanzergebnis und Steuern", "Aktiva",
           "Eigenmittel und Rücklagen", "Verbindlichkeiten"),
    "es": ("Actividad de los socios", "Ingresos", "Gastos", "Otros resultados", "Activo",
           "Recursos propios", "Pasivo"),
    "it": ("Attività dei soci", "Ricavi", "Costi", "Altre componenti", "Attivo",
           "Capitale e riserve", "Passivo"),
    "sv": ("Medlemmarnas verksamhet", "Intäkter", "Kostnader", "Övrigt", "Tillgångar",
           "Kapital och reserver", "Skulder"),
    "hu": ("Tagi tevékenység", "Bevételek", "Költségek", "Egyéb", "Aktívák", "Tőke és tartalékok",
           "Kötelezettségek"),
}  # fmt: skip
TOTAL_COSTS = {
    "en": "Total expenses", "nl": "Totaal kosten", "fr": "Total des charges",
    "de": "Summe Aufwendungen", "es": "Total gastos", "it": "Totale costi",
    "sv": "Summa kostnader", "hu": "Költségek összesen",
}  # fmt: skip
TOTAL_INCOME = {
    "en": "Total income", "nl": "Totaal opbrengsten", "fr": "Total des produits",
    "de": "Summe Erträge", "es": "Total ingresos", "it": "Totale ricavi", "sv": "Summa intäkter",
    "hu": "Bevételek összesen",
}  # fmt: skip
BEFORE_TAX = {
    "en": "Result before tax", "nl": "Resultaat voor belasting", "fr": "Résultat avant impôt",
    "de": "Ergebnis vor Steuern", "es": "Resultado antes de impuestos",
    "it": "Risultato prima delle imposte", "sv": "Resultat före skatt",
    "hu": "Adózás előtti eredmény",
}  # fmt: skip
TOTAL_FUNDING = {
    "en": "Total equity and liabilities", "nl": "Totaal der passiva", "fr": "Total du passif",
    "de": "Summe Passiva", "es": "Total patrimonio neto y pasivo", "it": "Totale passivo e netto",
    "sv": "Summa eget kapital och skulder", "hu": "Források összesen",
}  # fmt: skip
LINE_ITEM = {
    "en": "Line item", "nl": "Omschrijving", "fr": "Libellé", "de": "Bezeichnung",
    "es": "Concepto", "it": "Voce", "sv": "Benämning", "hu": "Megnevezés",
}  # fmt: skip
ACCOUNT = {
    "en": "Account", "nl": "Rekening", "fr": "Compte", "de": "Konto", "es": "Cuenta",
    "it": "Conto", "sv": "Konto", "hu": "Főkönyvi szám",
}  # fmt: skip
TIDY = {  # line item, period, scenario, amount, unit
    "en": ("Line item", "Period", "Scenario", "Amount", "Unit"),
    "nl": ("Post", "Periode", "Scenario", "Bedrag", "Eenheid"),
    "fr": ("Poste", "Période", "Scénario", "Montant", "Unité"),
    "de": ("Position", "Periode", "Szenario", "Betrag", "Einheit"),
    "es": ("Partida", "Periodo", "Escenario", "Importe", "Unidad"),
    "it": ("Voce", "Periodo", "Scenario", "Importo", "Unità"),
    "sv": ("Post", "Period", "Scenario", "Belopp", "Enhet"),
    "hu": ("Tétel", "Időszak", "Változat", "Összeg", "Egység"),
}

# Units of money: by currency and scale, in the language and abroad.
_EURO: dict[int, tuple[str, ...]] = {
    1: ("EUR", "€"), 1000: ("k€", "kEUR", "EUR '000", "€ 000"), 1000000: ("MEUR", "M€", "EUR m"),
}  # fmt: skip
_EURO_WORDS: dict[str, dict[int, tuple[str, ...]]] = {
    "en": {1: ("in euro", "amounts in EUR"), 1000: ("in thousands of euro", "in EUR thousand"),
           1000000: ("in millions of euro", "EUR million")},
    "nl": {1: ("in euro", "Bedragen in EUR"), 1000: ("in duizend euro", "x € 1.000"),
           1000000: ("in miljoen euro", "x € 1 mln")},
    "fr": {1: ("en euros", "Montants en EUR"), 1000: ("en milliers d'euros", "en K€"),
           1000000: ("en millions d'euros", "en M€")},
    "de": {1: ("in Euro", "Angaben in EUR"), 1000: ("TEUR", "T€", "Angaben in Tsd. €"),
           1000000: ("Mio. EUR", "in Mio. €")},
    "es": {1: ("en euros", "Importes en euros"), 1000: ("en miles de euros", "miles €"),
           1000000: ("en millones de euros", "M€")},
    "it": {1: ("in euro", "Importi in euro"), 1000: ("in migliaia di euro", "€/000"),
           1000000: ("in milioni di euro", "€ mln")},
    "sv": {1: ("i euro",), 1000: ("i tusen euro", "tusen euro"), 1000000: ("miljoner euro",)},
    "hu": {1: ("euróban", "adatok euróban"), 1000: ("ezer euró", "adatok ezer euróban"),
           1000000: ("millió euró",)},
}  # fmt: skip
_KRONOR: dict[int, tuple[str, ...]] = {
    1: ("SEK", "kr", "Belopp i kronor"),
    1000: ("tkr", "KSEK", "Belopp i tkr"),
    1000000: ("MSEK", "mkr", "Mkr"),
}
_FORINT: dict[int, tuple[str, ...]] = {
    1: ("Ft", "HUF", "adatok forintban"),
    1000: ("eFt", "ezer Ft", "e Ft", "adatok ezer forintban", "eHUF"),
    1000000: ("MFt", "millió Ft", "M Ft", "adatok millió forintban"),
}


def money_words(currency: str, scale: int, language: str) -> tuple[str, ...]:
    """The ways a unit of money is printed."""
    if currency == "SEK":
        return _KRONOR[scale]
    if currency == "HUF":
        return _FORINT[scale]
    return _EURO[scale] + _EURO_WORDS[language][scale]


UNIT_WORDS = {  # of rows that are no money
    "count": {"en": "number", "nl": "aantal", "fr": "nombre", "de": "Anzahl", "es": "número",
              "it": "numero", "sv": "antal", "hu": "fő"},
    "fte": {"en": "FTE", "nl": "VTE", "fr": "ETP", "de": "VZÄ", "es": "ETC", "it": "ETP",
            "sv": "heltidstjänster", "hu": "FTE"},
    "percent": dict.fromkeys(LANGUAGES, "%"),
    "days": {"en": "days", "nl": "dagen", "fr": "jours", "de": "Tage", "es": "días",
             "it": "giorni", "sv": "dagar", "hu": "nap"},
    "hours": {"en": "hours", "nl": "uren", "fr": "heures", "de": "Stunden", "es": "horas",
              "it": "ore", "sv": "timmar", "hu": "óra"},
}  # fmt: skip
PLACEHOLDERS = {
    "en": ("-", "—", "n/a", "N/A"), "nl": ("-", "—", "n.v.t."), "fr": ("-", "—", "n.d."),
    "de": ("-", "—", "k.A.", "n.v."), "es": ("-", "—", "n.d."), "it": ("-", "—", "n.d."),
    "sv": ("-", "—", "e.t."), "hu": ("-", "—", "n.a."),
}  # fmt: skip
UNAUDITED = {
    "en": "unaudited", "nl": "niet-geauditeerd", "fr": "non audité", "de": "ungeprüft",
    "es": "no auditado", "it": "non sottoposto a revisione", "sv": "ej granskad",
    "hu": "nem auditált",
}  # fmt: skip
PREPARED = {
    "en": "Prepared by the finance team, page 1 of 3", "nl": "Opgemaakt door de boekhouding",
    "fr": "Établi par le service comptable", "de": "Erstellt vom Rechnungswesen, Seite 1 von 3",
    "es": "Elaborado por administración", "it": "Redatto dall'amministrazione",
    "sv": "Upprättad av ekonomiavdelningen", "hu": "Készítette: pénzügy",
}  # fmt: skip
TITLES = {
    "en": "Quarterly report", "nl": "Kwartaalrapport", "fr": "Rapport trimestriel",
    "de": "Quartalsbericht", "es": "Informe trimestral", "it": "Relazione trimestrale",
    "sv": "Kvartalsrapport", "hu": "Negyedéves jelentés",
}  # fmt: skip
RATIOS = {  # rows that are computed from others, printed as a percentage or a plain figure
    "en": ("Gross margin %", "Equity ratio", "Growth y/y", "Cost-income ratio"),
    "nl": ("Brutomarge %", "Solvabiliteit", "Groei j/j", "Kostenratio"),
    "fr": ("Marge brute %", "Autonomie financière", "Croissance annuelle", "Taux de charges"),
    "de": ("Rohertragsmarge %", "Eigenkapitalquote", "Wachstum ggü. Vorjahr", "Aufwandsquote"),
    "es": ("Margen bruto %", "Ratio de solvencia", "Crecimiento interanual", "Ratio de costes"),
    "it": ("Margine lordo %", "Indice di indipendenza", "Crescita annua", "Incidenza costi"),
    "sv": ("Bruttomarginal %", "Soliditet", "Tillväxt", "Kostnadsandel"),
    "hu": ("Bruttó árrés %", "Tőkearány", "Éves növekedés", "Költséghányad"),
}
SHARE_OF = {  # a block that repeats the rows as a share
    "en": "in % of invoiced volume", "nl": "in % van de omzet", "fr": "en % du volume facturé",
    "de": "in % des fakturierten Volumens", "es": "en % del volumen facturado",
    "it": "in % del volume fatturato", "sv": "i % av fakturerad volym",
    "hu": "a forgalom %-ában",
}  # fmt: skip
NOTES = {
    "en": ("see note 3", "incl. late invoices", "paid in April", "n/s"),
    "nl": ("zie toelichting 3", "incl. late facturen", "betaald in april"),
    "fr": ("voir annexe 3", "y compris factures tardives", "payé en avril"),
    "de": ("siehe Anhang 3", "inkl. Nachmeldungen", "im April bezahlt"),
    "es": ("véase nota 3", "incluye facturas tardías", "pagado en abril"),
    "it": ("vedi nota 3", "incl. fatture in ritardo", "pagato in aprile"),
    "sv": ("se not 3", "inkl. sena fakturor", "betalt i april"),
    "hu": ("lásd 3. melléklet", "késői számlákkal", "áprilisban fizetve"),
}
