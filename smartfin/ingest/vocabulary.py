"""The words workbooks use for periods, scenarios and units, in eight languages.

Everything is folded: no case, no accents. Month names come from CLDR. To teach the
reader a word, add it here; the grammar (``period``, ``scenario``, ``unit``) stays.
"""

from __future__ import annotations

from functools import cache

from babel.dates import get_month_names

from smartfin.ingest.text import comparable

LANGUAGES = ("en", "nl", "fr", "de", "es", "it", "sv", "hu")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


QUARTER = _words(
    "q cq qtr quarter quarterly quartal quartals quartale kwartaal kwart kw trimestre trim"
    " tri t trimester kvartal kvartalet kv k negyedev negyedeve negyedevi nev ne vierteljahr"
    " vierteljahres quarters quartalen kwartalen trimestriel trimestrielle trimestral"
    " trimestrale kvartals kvartaler negyedevben"
)
HALF = _words(
    "h hy half halfyear halbjahr halbjahres hj semester semestre sem s semestral halfjaar"
    " halvar halvaret felev felevi semestriel semestrielle semestrale halvars halfjaarlijks"
    " halbjahrlich feleves"
)
YEAR = _words(
    "cy year annual jahr jahres geschaftsjahr gj wirtschaftsjahr wj rechnungsjahr jaar"
    " boekjaar bj annee exercice ex ejercicio ej ano anual anno esercizio annuale ar helar"
    " rakenskapsar verksamhetsar ev eves gazdasagi uzleti evi kalenderjahr volljahr"
    " kalenderjaar jaarlijks annuel annuelle civile civil calendario kalenderar arlig naptari"
    " jahrlich years jahre jaren annees anos anni"
)
TOTAL = _words(
    "total totals totaal totale totali totales totalt gesamt gesamtjahr insgesamt summe"
    " summen summa osszesen full whole volledig volledige heel hele complet complete completo"
    " completa intero intera pleine plein teljes ganzes ganze gesamtes "
)
# Words that name a financial year by the calendar year it ends in, whatever its months.
FISCAL = _words("fy fiscal financial")
FISCAL_PARTS = {"fq": "quarter", "fh": "half"}
MONTHS = _words("m mo month months monthly monat monate monaten mths mois mes meses mesi mese"
                " maanden maand manader manad man ho honap honapos honapok")  # fmt: skip
MONTH_COUNTS = {
    word: count
    for count, words in {
        3: "three drei drie trois tres tre harom",
        6: "six sechs zes seis sei sex hat",
        9: "nine neun negen neuf nueve nove nio kilenc",
        12: "twelve zwolf twaalf douze doce dodici tolv tizenketto",
    }.items()
    for word in words.split()
}
# Of the period the reader has before him: no calendar knows which that is.
PRESENT = _words(
    "current this present huidig huidige lopend lopende laufend laufende laufendes laufenden dieses"
    " aktuell aktuelle aktuelles aktuellen berichtsjahr berichtsquartal berichtsperiode courant"
    " courante cours actuel actuelle corriente corrente innevarande targyev targynegyedev"
    " targyidoszak verslagjaar"
)
# The whole of several companies or regions.
OVERALL = TOTAL | _words(
    "group consolidated konzern gruppe konsolidiert groep geconsolideerd groupe consolide grupo"
    " consolidado gruppo consolidato koncern koncernen konszern konszolidalt"
)
CUMULATIVE = _words(
    "ytd cumulative cumulated cumul cumule cumulee cumules cumulees cumulatief gecumuleerd"
    " kumuliert kumulierte kum kumulativ kumulerat kumulerad kumulerade ack ackumulerat"
    " ackumulerad acumulado acumulada acumulados acum cumulato cumulata cumulati progressivo"
    " progressiva progr kumulalt halmozott gongyolitett aufgelaufen aufgelaufene aufgelaufener"
    " kumulativa kumulierten cumulatieve opgelopen cumulatif cumulativo cumulativi cumulativa"
    " acumuladas acumulativo progressivi progressive ackumulerade hittills halmozottan"
    " kumulativan gongyolitve gongyolve accumulated accrued bisher auflaufend"
)
CUMULATIVE_STEMS = ("cum", "kum", "acum", "accum", "ackum", "akkum", "gongy", "halmoz", "aufgelauf")
ROLLING = _words("ltm ttm rolling rullande glijdend glissant movil mobile gordulo gleitend r12")
ORDINALS = {
    word: place
    for place, words in enumerate(
        (
            "first premier premiere primer primero primo erstes erste eerste forsta elso",
            "second deuxieme segundo secondo zweites zweite tweede andra masodik",
            "third troisieme tercer tercero terzo drittes dritte derde tredje harmadik",
            "fourth quatrieme cuarto quarto viertes vierte vierde fjarde negyedik",
        ),
        start=1,
    )
    for word in words.split()
}
ORDINAL_ENDINGS = _words("st nd rd th er ere e eme re o a te de ter to ste sta je")
ROMAN = {
    word: value
    for value, word in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), start=1
    )
}  # quarters, and months in Hungary
THROUGH = _words("to through until bis tot hasta a au al till ig tm thru")
FILL = _words(
    "of the for ended ending end as at on per period periode periodo date datum from since starting"
    " de du des la le les l d del della dello di dal da al au a el en van het der den die das dem"
    " zum am vom im i den per av for till och az ban ben vege stand tutto il lo y und and et"
    " ab vanaf seit calendar kalender beendet terminado terminada finalizado cerrado termine"
    " clos cloture chiuso geeindigd eindigend slutar slut avslutat vegzodo zarult idoszak"
    " periodo perioden periodes periods"
    " solde saldo saldi balans bestand status egyenleg allas"
    # How final the figures are says nothing about their period.
    " provisional preliminary unaudited audited reviewed final vorlaufig vorlaufige ungepruft"
    " gepruft endgultig provisoire definitif audite voorlopig definitief ongecontroleerd"
    " gecontroleerd provisorio definitivo provisorie auditado preliminar preliminart reviderad"
    " oreviderad elozetes auditalt vegleges"
)

# Scenarios; several words in a row are tried first.
ACTUAL = _words(
    "actual actuals ist realise realisee realises reel reels realisatie realisaties werkelijk"
    " gerealiseerd real reales realizado ejecutado consuntivo consuntivi effettivo utfall"
    " verkligt teny tenyleges tenyadat istwerte executed realisiert effektiv effektif effectif"
    " effectifs realizzato realizzati tenylegesen faktisk faktiskt faktiska realised realized"
    " realisiertes gerealiseerde realisasjon valos"
)
BUDGET = _words(
    "budget budgets bud bdg bgt budgete budgeted plan plans planned planwerte soll begroting"
    " begroot gepland previsionnel presupuesto ppto presupuestado preventivo budgeterat"
    " budgeterad planerat terv tervezett koltsegvetes prevu prevus prevue prevues previsto"
    " prevista previsti objectif ziel zielwerte malsattning"
)
FORECAST = _words(
    "forecast forecasts fc outlook estimate prognose hochrechnung vorschau erwartung"
    " verwachting raming prevision previsions estimacion pronostico previsione previsioni"
    " stima prognos uppskattning elorejelzes becsles varhato atterrissage landing projection"
    " projections projected estimated expected proyeccion proyectado proiezione proiezioni"
    " estimado estimada stimato utsikt utsikter prognosticerat"
)
# Words for figures as such: beside a scenario they add nothing.
FIGURES = _words(
    "wert werte zahl zahlen ziffern figures values cijfers waarden waarde chiffres valeurs valores"
    " cifras valori cifre siffror varden tall ertekek szamok"
)
PREVIOUS = (
    "py", "ly", "vj", "prev year", "vorj", "vorjahreszeitraum", "vorjahresquartal", "vorperiode",
    "previous year", "prior year", "last year", "n 1", "vorjahr", "vorjahreswert", "vorig jaar",
    "vorig boekjaar", "annee precedente", "exercice precedent", "ano anterior",
    "ejercicio anterior",
    "anno precedente", "esercizio precedente", "foregaende ar", "fjolaret",
    "fg ar", "elozo ev", "bazis",
)  # fmt: skip
# Figures of a period handed in anew: they stand for those handed in before.
RESTATED = _words(
    "restated corrected revised angepasst korrigiert berichtigt retraite retraitee corrige corrigee"
    " herzien aangepast gecorrigeerd reexpresado reexpresada corregido rideterminato rettificato"
    " riesposto omraknad omraknat rattad justerad modositott korrigalt"
)
VARIANCE = _words(
    "variance var diff difference differences differenz differenzen change growth delta δ abw"
    " abweichung veranderung verschil"
    " afwijking groei ecart variation evolution desviacion variacion diferencia scostamento"
    " variazione differenza avvikelse avvik forandring skillnad elteres valtozas vs index"
)

# Begin the label of a part of the row above.
DETAIL_LEADS = (
    "of which", "waarvan", "dont", "davon", "darunter", "de los cuales", "de las cuales",
    "del cual", "de la cual", "di cui", "varav", "darav", "ebbol", "amibol",
)  # fmt: skip

# Labels
# Words that only join others; those that give a direction (from, to, without) are none.
JOINTS = _words(
    "of the and an der des die das dem den und et le la les l de du d van het een y el los las"
    " del di della dei delle degli dello il lo gli e och av en ett es az"
)
# Turn the word they stand before into its opposite.
NEGATIONS = _words(
    "non not no nicht niet keine geen inte ej icke nem sin sans ohne senza zonder utan nelkul"
)
# Of number, gender and case: they leave the meaning of a word alone.
ENDINGS = {""} | _words(
    "s es e n en er ern em a o i as os is ar or na et erna arna orna ens ets k ok ek ak t x i"
    " ei ai jei jai je ja re ra"
)

# Units
THOUSAND = _words(
    "thousand thousands tsd tausend duizend duizenden dzd millier milliers miles migliaia"
    " migliaio mila tusen tusental ezer k t"
)
MILLION = _words(
    "million millions mio mln miljoen miljoenen millones millon milioni milione miljon miljoner"
    " millio mn mm mill"
)
BILLION = _words(
    "bn mrd mld mdr mia milliard milliards milliarde milliarden miljard miljarden miljarder"
    " milliardi milliardo"
)
AMOUNT_LEADS = _words(
    "amount amounts figures bedrag bedragen betrag betrage montant montants importe importes"
    " importi importo cifras cifre chiffres belopp osszeg osszegek adatok ertekek werte zahlen"
    " angaben unit units einheit eenheid unite unidad unita enhet egyseg expressed"
)
VALUE = _words("value values wert waarde valeur valor valore varde ertek saldo balance")
AMOUNT_LINKS = _words("in en i x")  # lead to a unit only at the end of a text
UNIT_FILL = _words(
    "of de d di a alle all les los las gli in en i the are is sind zijn sont son sono ar of excl"
    " s es x uttryckt expressed exprimes expresados espressi ban ben"
)
PERCENT = _words("% percent prozent procent pct procenten szazalek")
COUNT = _words(
    "number anzahl aantal nombre numero antal fo db stk st stuks stuck styck pcs n o nr no count"
    " persons personen"
    " personas persone personer"
)
FTE = _words(
    "fte fte's ftes vte etp etpt vza vze vzae etc ula htj vollzeitaquivalente vollzeitkrafte"
    " vollzeitstellen voltijdsequivalenten heltidstjanster heltidsekvivalenter arsarbetare"
    " arsarbetskrafter"
)
DAYS = _words("day days tage dagen jours dias giorni dagar nap napok")
HOURS = _words("hours stunden std uren heures horas ore timmar ora orak h")


@cache
def months() -> dict[str, int]:
    """Month names and abbreviations of all languages, folded, to their number."""
    names: dict[str, int] = {"mrt": 3, "mrz": 3, "maerz": 3, "sept": 9}
    names |= {"janner": 1, "feber": 2}  # Austria
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context, language).items():
                    names.setdefault(comparable(name), number)
    return names
