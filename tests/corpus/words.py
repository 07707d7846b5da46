"""How eight languages name scenarios, sections, totals and what stands around a table."""

from __future__ import annotations

LANGUAGES = ("en", "nl", "fr", "de", "es", "it", "sv", "hu")

ACTUAL = {
    "en": ("Actual", "Actuals", "Act.", "Realised"),
    "nl": ("Realisatie", "Werkelijk", "Gerealiseerd"),
    "fr": ("Réalisé", "Réel", "Constaté"), "de": ("Ist", "IST", "Ist-Werte"),
    "es": ("Real", "Realizado", "Ejecutado"), "it": ("Consuntivo", "Effettivo"),
    "sv": ("Utfall", "Verkligt"), "hu": ("Tény", "Tényadat"),
}  # fmt: skip
BUDGET = {
    "en": ("Budget", "Plan", "Budgeted"), "nl": ("Begroting", "Budget", "Begroot"),
    "fr": ("Budget", "Prévu", "Prévisionnel", "Budgété"),
    "de": ("Plan", "Budget", "Soll", "Voranschlag"),
    "es": ("Presupuesto", "Ppto.", "Presup.", "Presupuestado"),
    "it": ("Budget", "Preventivo", "Prev."), "sv": ("Budget", "Budg."),
    "hu": ("Terv", "Tervezett"),
}  # fmt: skip
FORECAST = {
    "en": ("Forecast", "Outlook"), "nl": ("Prognose", "Verwachting"),
    "fr": ("Prévision", "Atterrissage"), "de": ("Prognose", "Hochrechnung", "Vorschau"),
    "es": ("Previsión", "Estimación"), "it": ("Previsione", "Forecast", "Preconsuntivo"),
    "sv": ("Prognos",), "hu": ("Előrejelzés", "Várható"),
}  # fmt: skip
LAST_YEAR = {
    "en": ("Prior year", "Previous year", "Last year", "PY"),
    "nl": ("Vorig jaar", "Vorig boekjaar"), "fr": ("N-1", "Année précédente"),
    "de": ("Vorjahr", "VJ", "Vj."), "es": ("Año anterior", "Ejercicio anterior"),
    "it": ("Anno precedente", "Anno prec."), "sv": ("Föregående år", "Fg år", "Förra året"),
    "hu": ("Előző év", "Bázis", "Bázisidőszak"),
}  # fmt: skip
VARIANCE = {
    "en": ("Variance", "Var.", "Change", "Δ", "Diff.", "+/-", "Deviation"),
    "nl": ("Verschil", "Afwijking", "Mutatie", "+/-"),
    "fr": ("Écart", "Variation", "Différence", "Évol."),
    "de": ("Abweichung", "Abw.", "Differenz", "Veränderung", "+/-", "Diff."),
    "es": ("Desviación", "Variación", "Diferencia", "Dif.", "Desv."),
    "it": ("Scostamento", "Var.", "Differenza", "Delta", "Scost."),
    "sv": ("Avvikelse", "Förändring", "Diff", "Skillnad"),
    "hu": ("Eltérés", "Változás", "Különbség", "Elt."),
}
PERCENT = {
    "en": ("%", "Var. %", "Change in %", "in %"), "nl": ("%", "Verschil %", "in %"),
    "fr": ("%", "Écart %", "en %"), "de": ("%", "Abw. %", "in %", "Abweichung in %"),
    "es": ("%", "Var. %", "en %", "Desv. %"), "it": ("%", "Scost. %", "in %", "Var. %"),
    "sv": ("%", "Förändr. %", "i %"), "hu": ("%", "Index %", "Elt. %"),
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
    "en": ("Total expenses", "Total costs", "Total operating costs"),
    "nl": ("Totaal kosten", "Som der kosten", "Totale kosten"),
    "fr": ("Total des charges", "Total charges", "Total des dépenses"),
    "de": ("Summe Aufwendungen", "Gesamtaufwand", "Summe der Kosten"),
    "es": ("Total gastos", "Suma de gastos", "Total de gastos de explotación"),
    "it": ("Totale costi", "Totale oneri", "Tot. costi operativi"),
    "sv": ("Summa kostnader", "Totala kostnader", "S:a kostnader"),
    "hu": ("Költségek összesen", "Összes költség", "Ráfordítások összesen"),
}
OF_WHICH = {  # two parts of the team's costs
    "en": ("of which gross pay", "of which social security"),
    "nl": ("waarvan brutolonen", "waarvan sociale bijdragen"),
    "fr": ("dont salaires bruts", "dont cotisations sociales"),
    "de": ("davon Bruttolöhne", "davon Sozialabgaben"),
    "es": ("de los cuales sueldos brutos", "de los cuales seguridad social"),
    "it": ("di cui retribuzioni lorde", "di cui oneri sociali"),
    "sv": ("varav bruttolöner", "varav sociala avgifter"),
    "hu": ("ebből bruttó bérek", "ebből járulékok"),
}
TOTAL_INCOME = {
    "en": ("Total income", "Total revenues"), "nl": ("Totaal opbrengsten", "Som der opbrengsten"),
    "fr": ("Total des produits", "Total produits"), "de": ("Summe Erträge", "Gesamtleistung"),
    "es": ("Total ingresos", "Suma de ingresos"),
    "it": ("Totale ricavi", "Valore della produzione"),
    "sv": ("Summa intäkter", "Totala intäkter"), "hu": ("Bevételek összesen", "Összes bevétel"),
}  # fmt: skip
BEFORE_TAX = {
    "en": ("Result before tax", "Profit before taxation"),
    "nl": ("Resultaat voor belasting", "Winst vóór belasting"),
    "fr": ("Résultat avant impôt", "Résultat courant avant impôt"),
    "de": ("Ergebnis vor Steuern", "EBT"),
    "es": ("Resultado antes de impuestos", "Beneficio antes de impuestos"),
    "it": ("Risultato prima delle imposte", "Risultato ante imposte"),
    "sv": ("Resultat före skatt", "Resultat efter finansiella poster"),
    "hu": ("Adózás előtti eredmény", "Adózás előtti nyereség"),
}
TOTAL_FUNDING = {
    "en": ("Total equity and liabilities", "Total funding"),
    "nl": ("Totaal der passiva", "Totaal passiva"),
    "fr": ("Total du passif", "Total passif"), "de": ("Summe Passiva", "Bilanzsumme Passiva"),
    "es": ("Total patrimonio neto y pasivo", "Total pasivo y patrimonio"),
    "it": ("Totale passivo e netto", "Totale a pareggio"),
    "sv": ("Summa eget kapital och skulder", "Summa skulder och eget kapital"),
    "hu": ("Források összesen", "Passzívák összesen"),
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

PLACEHOLDERS = {
    "en": ("-", "—", "n/a", "N/A", "–", ".."), "nl": ("-", "—", "n.v.t.", "n.b.", "–"),
    "fr": ("-", "—", "n.d.", "n.c.", "ND"), "de": ("-", "—", "k.A.", "n.v.", "–", "./."),
    "es": ("-", "—", "n.d.", "s/d", "–"), "it": ("-", "—", "n.d.", "n.r.", "–"),
    "sv": ("-", "—", "e.t.", "–", "saknas"), "hu": ("-", "—", "n.a.", "–", "nincs adat"),
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
