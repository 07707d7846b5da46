"""The words of each book that are no line items: sheet names, headings, units, the cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smartfin.items import Statement

Sheets = Mapping[Statement, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Words:
    """One book's own words.

    Args:
        cover: Name of the cover sheet.
        made_up: The sentence on the cover that says so.
        cover_rows: Captions for organisation, period, currency, unit and hand-in day.
        sheets: Statement to sheet name and title.
        plan: Name of a plan's sheet, without its year, and its title.
        rows: Headings, ratios and subtotals that are no line items.
        units: Item unit to how the unit column says it.
        unit_heading: Heading of the unit column.
        unit_note: What says the unit of a whole sheet; written by the country's habit.
        footnote: Sentence under the statement; its row holds no figures.
        missing: Placeholder of a figure that does not exist.
    """

    cover: str
    made_up: str
    cover_rows: tuple[str, str, str, str, str]
    sheets: Sheets
    plan: tuple[str, str]
    rows: Mapping[str, str]
    units: Mapping[str, str]
    unit_heading: str
    unit_note: str
    footnote: str
    missing: str


def _sheets(*names: tuple[str, str]) -> Sheets:
    return dict(zip(Statement, names, strict=True))


_KEYS = (
    "activity", "income", "support", "costs", "memo", "assets", "own_funds", "debts",
    "total_costs", "equity_and_liabilities", "shares_paid_in", "bank_change", "cash_change",
    "coverage", "growth", "equity_ratio", "active_share",
)  # fmt: skip


def _rows(*texts: str) -> Mapping[str, str]:
    return dict(zip(_KEYS, texts, strict=True))


def _units(currency: str, *texts: str) -> Mapping[str, str]:
    names = ("currency", "count", "fte", "percent", "days", "hours")
    return dict(zip(names, (currency, *texts), strict=True))


_GERMAN_ROWS = _rows(
    "Tätigkeit der Mitglieder", "Erträge", "Unterstützung", "Aufwendungen der Struktur",
    "Nachrichtlich", "Aktiva", "Eigene Mittel", "Schulden", "Summe der Aufwendungen",
    "Summe Passiva", "Einzahlungen auf neue Anteile", "Veränderung Bankkredit",
    "Veränderung des Finanzmittelbestands", "Deckungsgrad in %", "Wachstum zum Vorjahr in %",
    "Eigenkapitalquote in %", "Aktivenquote in %",
)  # fmt: skip

AUSTRIAN = Words(
    cover="Deckblatt",
    made_up="Synthetische Beispieldaten (synthetic): frei erfunden, keine Zahlen einer "
    "wirklichen Organisation",
    cover_rows=("Organisation", "Berichtszeitraum", "Währung", "Einheit", "Abgabe am"),
    sheets=_sheets(
        ("Erfolgsrechnung", "Erfolgsrechnung nach Quartalen"),
        ("Bilanz", "Bilanz zum Quartalsende"),
        ("Geldfluss", "Geldflussrechnung"),
        ("Mitglieder", "Mitglieder und Team"),
        ("Soziales", "Sozialbilanz"),
    ),
    plan=("Plan", "Plan-Erfolgsrechnung (Budget)"),
    rows=_GERMAN_ROWS,
    units=_units("TEUR", "Anzahl", "VZÄ", "%", "Tage", "Stunden"),
    unit_heading="Einheit",
    unit_note="Beträge in TEUR",
    footnote="Quartalswerte ungeprüft; Beträge in Klammern sind negativ.",
    missing="k. A.",
)

GERMAN = Words(
    cover="Übersicht",
    made_up="Synthetische Musterdaten (synthetic): erfunden, nicht die Zahlen einer "
    "bestehenden Genossenschaft",
    cover_rows=("Gesellschaft", "Zeitraum", "Währung", "Angaben in", "Eingereicht am"),
    sheets=_sheets(
        ("GuV", "Gewinn- und Verlustrechnung"),
        ("Bilanz", "Bilanz"),
        ("Kapitalfluss", "Kapitalflussrechnung"),
        ("Mitglieder", "Mitglieder und Stammpersonal"),
        ("Soziales", "Soziale Kennzahlen"),
    ),
    plan=("Plan", "Wirtschaftsplan (Budget)"),
    rows=_GERMAN_ROWS,
    units=_units("TEUR", "Anzahl", "VZÄ", "%", "Tage", "Std."),
    unit_heading="Einheit",
    unit_note="in TEUR",
    footnote="* vorläufig bis zur Feststellung des Jahresabschlusses",
    missing="-",
)

SPANISH = Words(
    cover="Portada",
    made_up="Datos sintéticos de muestra (synthetic): inventados, no son cuentas de ninguna "
    "entidad",
    cover_rows=("Entidad", "Periodo", "Moneda", "Unidad", "Fecha de entrega"),
    sheets=_sheets(
        ("Cuenta de resultados", "Cuenta de pérdidas y ganancias (acumulado del año)"),
        ("Balance", "Balance de situación"),
        ("Flujos de efectivo", "Estado de flujos de efectivo (acumulado del año)"),
        ("Socios", "Socios y equipo"),
        ("Social", "Balance social"),
    ),
    plan=("Presupuesto", "Presupuesto de explotación (acumulado del año)"),
    rows=_rows(
        "Actividad de los socios",
        "Ingresos",
        "Apoyos recibidos",
        "Gastos de la estructura",
        "Pro memoria",
        "Activo",
        "Recursos de la cooperativa",
        "Pasivo",
        "Total gastos de la estructura",
        "Total patrimonio neto y pasivo",
        "Desembolsos de nuevas participaciones",
        "Variación de pólizas bancarias",
        "Variación del efectivo",
        "Tasa de cobertura (%)",
        "Crecimiento interanual (%)",
        "Ratio de solvencia (%)",
        "Tasa de actividad (%)",
    ),
    units=_units("EUR", "n.º", "ETC", "%", "días", "horas"),
    unit_heading="Unidad",
    unit_note="(importes en euros)",
    footnote="Cifras no auditadas.",
    missing="n.d.",
)

ITALIAN = Words(
    cover="Copertina",
    made_up="Dati sintetici di esempio (synthetic): inventati, non sono i conti di alcuna "
    "cooperativa",
    cover_rows=("Organizzazione", "Periodo", "Valuta", "Unità", "Consegnato il"),
    sheets=_sheets(
        ("Conto economico", "Conto economico trimestrale"),
        ("Stato patrimoniale", "Stato patrimoniale a fine trimestre"),
        ("Rendiconto", "Rendiconto finanziario"),
        ("Soci", "Soci e struttura"),
        ("Bilancio sociale", "Indicatori del bilancio sociale"),
    ),
    plan=("Budget", "Conto economico previsionale (budget)"),
    rows=_rows(
        "Attività dei soci",
        "Ricavi",
        "Sostegni",
        "Costi della struttura",
        "Per memoria",
        "Attivo",
        "Mezzi della cooperativa",
        "Passivo",
        "Totale costi della struttura",
        "Totale passivo e netto",
        "Versamenti per nuove quote",
        "Variazione dei fidi",
        "Variazione netta della cassa",
        "Grado di copertura %",
        "Crescita annua %",
        "Indice di autonomia %",
        "Quota di attivi %",
    ),
    units=_units("EUR", "n.", "ETP", "%", "giorni", "ore"),
    unit_heading="U.M.",
    unit_note="Valori in euro",
    footnote="Dati gestionali non sottoposti a revisione.",
    missing="n.d.",
)

SWEDISH = Words(
    cover="Omslag",
    made_up="Syntetiska exempeldata (synthetic): påhittade, inte någon verklig förenings siffror",
    cover_rows=("Organisation", "Period", "Valuta", "Enhet", "Inlämnad"),
    sheets=_sheets(
        ("Resultaträkning", "Resultaträkning per kvartal"),
        ("Balansräkning", "Balansräkning"),
        ("Kassaflöde", "Kassaflödesanalys"),
        ("Medlemmar", "Medlemmar och personal"),
        ("Socialt", "Sociala nyckeltal"),
    ),
    plan=("Budget", "Budget"),
    rows=_rows(
        "Medlemmarnas verksamhet",
        "Intäkter",
        "Stöd",
        "Organisationens kostnader",
        "Upplysningar",
        "Tillgångar",
        "Föreningens kapital",
        "Skulder",
        "Kostnader totalt",
        "Summa passiva",
        "Inbetalda insatser",
        "Förändring av bankkrediter",
        "Periodens kassaflöde",
        "Täckningsgrad %",
        "Tillväxt mot föregående år %",
        "Soliditet %",
        "Andel aktiva %",
    ),
    units=_units("tkr", "antal", "FTE", "%", "dagar", "timmar"),
    unit_heading="Enhet",
    unit_note="tkr",
    footnote="Ej reviderade siffror.",
    missing="–",
)

DUTCH = Words(
    cover="Voorblad",
    made_up="Synthetische voorbeeldgegevens (synthetic): verzonnen, niet de cijfers van een "
    "bestaande organisatie",
    cover_rows=("Organisatie", "Periode", "Munteenheid", "Eenheid", "Ingediend op"),
    sheets=_sheets(
        ("Resultatenrekening", "Resultatenrekening per kwartaal"),
        ("Balans", "Balans per kwartaaleinde"),
        ("Kasstroom", "Kasstroomoverzicht"),
        ("Leden", "Leden en ploeg"),
        ("Sociaal", "Sociale balans"),
    ),
    plan=("Begroting", "Begroting"),
    rows=_rows(
        "Activiteiten van de leden",
        "Opbrengsten",
        "Steun",
        "Kosten van de structuur",
        "Pro memorie",
        "Activa",
        "Middelen van de coöperatie",
        "Vreemde middelen",
        "Som der kosten",
        "Totaal der passiva",
        "Stortingen op nieuwe aandelen",
        "Mutatie bankkrediet",
        "Nettomutatie van de kas",
        "Dekkingsgraad %",
        "Groei op jaarbasis %",
        "Solvabiliteit %",
        "Aandeel actief %",
    ),
    units=_units("EUR", "aantal", "VTE", "%", "dagen", "uren"),
    unit_heading="Eenheid",
    unit_note="Bedragen in euro",
    footnote="* vóór controle",
    missing="-",
)

HUNGARIAN = Words(
    cover="Címlap",
    made_up="Szintetikus mintaadatok (synthetic): kitalált számok, nem valódi szervezet könyvei",
    cover_rows=("Szervezet", "Időszak", "Pénznem", "Egység", "Benyújtva"),
    sheets=_sheets(
        ("Eredménykimutatás", "Eredménykimutatás negyedévenként"),
        ("Mérleg", "Mérleg a negyedév végén"),
        ("Cash flow", "Cash flow kimutatás"),
        ("Tagság", "Tagság és munkatársak"),
        ("Társadalmi", "Társadalmi mutatók"),
    ),
    plan=("Terv", "Terv"),
    rows=_rows(
        "Tagi tevékenység",
        "Bevételek",
        "Támogatás",
        "A szervezet költségei",
        "Tájékoztató adatok",
        "Eszközök",
        "Saját források",
        "Kötelezettségek",
        "Költségek mindösszesen",
        "Források összesen",
        "Új részjegyek befizetése",
        "Bankhitel változása",
        "Pénzállomány változása",
        "Fedezettség %",
        "Éves növekedés %",
        "Tőkearány %",
        "Aktívak aránya %",
    ),
    units=_units("eFt", "fő/db", "FTE", "%", "nap", "óra"),
    unit_heading="Mértékegység",
    unit_note="adatok eFt-ban",
    footnote="Nem auditált adatok.",
    missing="–",
)
