"""How eight languages print periods.

q number, r roman, o ordinal word, n numbered (1er), y year, yy two digits, a and z first and last
month (short), am and zm (in full), m and s a month in full and short, mm in two digits, h half,
d day, first and last day written out, d1 and d2 in digits.
"""

from __future__ import annotations

ROMAN = ("I", "II", "III", "IV")
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

# A whole quarter in one cell.
QUARTERS = {
    "en": ("Q{q} {y}", "{y}-Q{q}", "{y} Q{q}", "Q{q}/{yy}", "{q}Q{yy}", "{q}Q {y}", "Q{q}'{yy}",
           "{o} quarter {y}", "Quarter {q}, {y}", "{a}-{z} {y}", "3 months ended {last}",
           "Quarter ended {last}", "Q{q}-{y}", "{y}Q{q}", "Qtr {q} {y}", "{n} quarter {y}",
           "{n} Qtr {y}", "Q{q} - {y}", "Q{q} ({a}-{z}) {y}", "{y} / Q{q}",
           "Three months ended {last}", "{a} – {z} {y}", "Quarter to {zm} {y}", "{q}Q/{y}",
           "Q{q} of {y}", "{d1} - {d2}", "{am} to {zm} {y}", "Q{q} FY{y}"),
    "nl": ("K{q} {y}", "{q}e kwartaal {y}", "{y}-K{q}", "Q{q} {y}", "{o} kwartaal {y}",
           "Kwartaal {q} {y}", "kw{q} {y}", "{a}-{z} {y}", "Q{q} '{yy}", "{r}e kwartaal {y}",
           "{n} kwartaal {y}", "kwartaal {r} {y}", "KW{q}-{y}", "{y} K{q}", "{q}e kw. {y}",
           "Kwart. {q} {y}", "{am} t/m {zm} {y}", "{q}e kwartaal van {y}", "{d1} t/m {d2}",
           "Q{q}-{yy}", "{am} - {zm} {y}"),
    "fr": ("T{q} {y}", "{q}T{yy}", "{o} trimestre {y}", "T{q}-{yy}", "{y}-T{q}", "{q}T {y}",
           "{n} trim. {y}", "{n} trimestre {y}", "{a}-{z} {y}", "Trimestre {q} {y}",
           "{n} trim {y}", "Trim {q} - {y}", "T{q}/{y}", "{y} T{q}", "T{q}'{yy}", "{n} T {y}",
           "{am} à {zm} {y}", "{n} trimestre de {y}", "Q{q} {y}", "du {d1} au {d2}",
           "{am}-{zm} {y}"),
    "de": ("{q}. Quartal {y}", "Q{q}/{y}", "Q{q} {y}", "{r}. Quartal {y}", "{q}. Qu. {y}",
           "{q}.Quartal {yy}", "Quartal {q}/{y}", "{o} Quartal {y}", "{a}-{z} {y}", "{y}/Q{q}",
           "Q{q}-{yy}", "Q{q} / {y}", "Quartal {r} {y}", "{q}.Q {y}", "{q}. Q. {y}", "Q {r}/{y}",
           "{am} - {zm} {y}", "{q}. Vierteljahr {y}", "{y}Q{q}", "{d1} - {d2}", "{d1}-{d2}",
           "{am} bis {zm} {y}", "{q}. Quartal des Jahres {y}"),
    "es": ("{q}T {y}", "{q}T{yy}", "T{q} {y}", "{n} trimestre {y}", "{r} trimestre {y}",
           "{q}º trim. {y}", "{o} trimestre {y}", "{a}-{z} {y}", "{y}-T{q}", "Trim. {q} {y}",
           "{q}º trimestre de {y}", "{q}º T {y}", "{n} Trim. {y}", "Trimestre {q} {y}",
           "T{q}-{y}", "T{q}/{yy}", "{y}T{q}", "{am}-{zm} {y}", "{r} Trim {y}", "Q{q} {y}",
           "Trimestre {r} de {y}", "{am} a {zm} de {y}", "{d1} a {d2}", "{q}.º trimestre {y}"),
    "it": ("{r} trim. {y}", "{q}° trimestre {y}", "T{q} {y}", "{q}T{yy}", "Q{q} {y}",
           "{o} trimestre {y}", "{a}-{z} {y}", "{r} trimestre {y}", "{q}T {y}", "{q}° trim. {y}",
           "{q} trim {y}", "{r} trimestre '{yy}", "Trim. {r} {y}", "T{q}-{y}", "{q}T-{y}",
           "{y} T{q}", "{am}-{zm} {y}", "{q}º trimestre {y}", "Trimestre {q} {y}", "Q{q}-{yy}",
           "dal {d1} al {d2}", "{am} - {zm} {y}"),
    "sv": ("Q{q} {y}", "kv{q} {y}", "K{q} {y}", "Kvartal {q} {y}", "{n} kvartalet {y}",
           "{o} kvartalet {y}", "{a}-{z} {y}", "{y}K{q}", "kv {q} {y}", "{y} kv{q}",
           "kv. {q} {y}", "KV{q}-{yy}", "Q{q}-{y}", "{am}-{zm} {y}", "{y} Q{q}", "{n} kv {y}",
           "Kv {q}/{y}", "{a} - {z} {y}", "kvartal {q}, {y}", "{d1} - {d2}", "{d1}--{d2}",
           "{y} kvartal {q}"),
    "hu": ("{y}. {r}. negyedév", "{r}. negyedév {y}", "{y} Q{q}", "{y}. {q}. negyedév",
           "{y}/Q{q}", "{y}. {r}. n.év", "{y}. {a}-{z}", "{q}. negyedév {y}", "{y}. {o} negyedév",
           "{y}. Q{q}", "{y}/{r}. negyedév", "{y}. {r}. né.", "{r}. né. {y}", "{y}. {q}. n.év",
           "Q{q} {y}", "{y}. {am}-{zm}", "{y}/{q}. negyedév", "{y}. év {r}. negyedév",
           "{d1} - {d2}"),
}  # fmt: skip

# A quarter below its year.
PARTS = {
    "en": ("Q{q}", "{o} quarter", "{a}-{z}", "Quarter {q}", "Qtr {q}", "{q}Q", "{n} quarter"),
    "nl": ("K{q}", "{q}e kwartaal", "Q{q}", "kwartaal {q}", "{n} kwartaal", "kw {q}", "{a}-{z}"),
    "fr": ("T{q}", "{n} trimestre", "{q}T", "Trim. {q}", "{n} trim.", "{a}-{z}", "Trimestre {q}"),
    "de": ("{q}. Quartal", "Q{q}", "{r}. Quartal", "{a}-{z}", "{q}. Qu.", "Quartal {q}", "{q}.Q"),
    "es": ("{q}T", "T{q}", "{n} trimestre", "{r} trim.", "{q}º trim.", "{a}-{z}", "Trim. {q}"),
    "it": ("{r} trim.", "{q}° trimestre", "T{q}", "Q{q}", "{q}° trim.", "{a}-{z}", "{r} trimestre"),
    "sv": ("Q{q}", "kv{q}", "K{q}", "kvartal {q}", "kv {q}", "{a}-{z}", "{n} kv"),
    "hu": ("{r}. negyedév", "Q{q}", "{q}. negyedév", "{r}. n.év", "{r}. né.", "{a}-{z}"),
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
    "en": ("1st", "2nd", "3rd", "4th"),
    "nl": ("1ste", "2de", "3de", "4de"),
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
MONTH_FORMS = {
    "en": ("{s} {y}", "{m} {y}", "{s}-{yy}", "{mm}/{y}", "{y}-{mm}", "{s}'{yy}", "{s} {yy}"),
    "nl": ("{s} {y}", "{m} {y}", "{s}-{yy}", "{mm}-{y}", "{s} '{yy}", "{y}-{mm}"),
    "fr": ("{s} {y}", "{m} {y}", "{s}-{yy}", "{mm}/{y}", "{m} {yy}"),
    "de": ("{s} {y}", "{m} {y}", "{s} {yy}", "{mm}.{y}", "{mm}/{y}", "{s}. {y}", "{y}-{mm}"),
    "es": ("{s} {y}", "{m} {y}", "{s}-{yy}", "{m} de {y}", "{mm}/{y}", "{s}. {y}"),
    "it": ("{s} {y}", "{m} {y}", "{s}-{yy}", "{mm}/{y}", "{s} '{yy}"),
    "sv": ("{s} {y}", "{m} {y}", "{s}-{yy}", "{y}-{mm}", "{s} -{yy}"),
    "hu": ("{y}. {m}", "{m} {y}", "{y}.{mm}.", "{y}. {s}", "{y}. {m} hó", "{y}/{mm}"),
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
    "en": ("As at {date}", "{date}", "as of {date}", "At {date}"),
    "nl": ("Per {date}", "Op {date}", "{date}", "Stand {date}"),
    "fr": ("Au {date}", "{date}", "Situation au {date}", "Solde au {date}"),
    "de": ("zum {date}", "{date}", "per {date}", "Stand {date}"),
    "es": ("A {date}", "{date}", "al {date}", "Saldo a {date}"),
    "it": ("Al {date}", "{date}", "Saldo al {date}"),
    "sv": ("Per {date}", "{date}", "Den {date}"),
    "hu": ("{date}", "{y}. {m} {d}-én", "{y}.{mm}.{d:02}-i állapot"),
}  # fmt: skip

# From the year's start to the end of a quarter.
CUMULATIVE = {
    "en": ("YTD Q{q} {y}", "Q{q} {y} YTD", "Q{q} {y} cumulative", "Year to date {last}",
           "Cum. Q{q} {y}", "Q{q} {y} (YTD)"),
    "nl": ("K{q} {y} cumulatief", "t/m K{q} {y}", "Cumulatief Q{q} {y}", "Q{q} {y} YTD",
           "Gecumuleerd K{q} {y}", "cum. K{q} {y}"),
    "fr": ("T{q} {y} cumul", "Cumul T{q} {y}", "Cumulé au T{q} {y}", "T{q} {y} cumulé",
           "T{q} {y} (cumul)", "Cumul au {d2}"),
    "de": ("Q{q} {y} kumuliert", "kumuliert Q{q} {y}", "{q}. Quartal {y} kum.", "YTD Q{q} {y}",
           "aufgelaufen Q{q} {y}", "Q{q} {y} kumul."),
    "es": ("{q}T {y} acumulado", "Acumulado {q}T {y}", "T{q} {y} acum.", "Acum. {q}T {y}",
           "Acumulado a {zm} {y}", "{q}T {y} (acumulado)"),
    "it": ("Progressivo {r} trim. {y}", "T{q} {y} progressivo", "{q}T {y} cumulato",
           "Progr. al {d2}", "Cumulato T{q} {y}", "{r} trim. {y} progr."),
    "sv": ("Q{q} {y} ack.", "Ackumulerat kv{q} {y}", "Q{q} {y} ackumulerat", "Ack. Q{q} {y}",
           "Ackumulerat jan-{z} {y}"),
    "hu": ("{y}. {r}. negyedév halmozott", "{y} Q{q} kumulált", "{y}. {r}. negyedév kumulált",
           "halmozott {y}. {r}. negyedév", "{y}. {r}. né. halmozottan"),
}  # fmt: skip
TO_DATE = {  # from January to the last month of a quarter
    "en": ("Jan-{z} {y}", "January - {zm} {y}", "January to {zm} {y}"),
    "nl": ("jan-{z} {y}", "januari t/m {zm} {y}", "jan. t/m {z} {y}"),
    "fr": ("janv.-{z} {y}", "janvier à {zm} {y}", "de janvier à {zm} {y}"),
    "de": ("Jan-{z} {y}", "Januar bis {zm} {y}", "Jan. - {z} {y}", "1.1. - {d2}"),
    "es": ("ene-{z} {y}", "enero a {zm} {y}", "de enero a {zm} de {y}"),
    "it": ("gen-{z} {y}", "gennaio - {zm} {y}", "da gennaio a {zm} {y}"),
    "sv": ("jan-{z} {y}", "januari-{zm} {y}", "januari - {zm} {y}"),
    "hu": ("{y}. jan.-{z}", "{y}. január-{zm}", "{y}. I-{rm}. hó"),
}  # fmt: skip
RUNNING_MONTHS = {3: "3M {y}", 6: "6M {y}", 9: "9M {y}", 12: "12M {y}"}
HALVES = {
    "en": ("H{h} {y}", "{h}H {y}", "{y} H{h}", "Half {h} {y}"),
    "nl": ("H{h} {y}", "{h}e halfjaar {y}", "{y} H{h}"),
    "fr": ("S{h} {y}", "{h}S {y}", "Semestre {h} {y}"),
    "de": ("{h}. Halbjahr {y}", "H{h} {y}", "{h}. Hj. {y}", "HJ{h} {y}"),
    "es": ("{h}S {y}", "{h}º semestre {y}", "S{h} {y}", "Semestre {h} {y}"),
    "it": ("{h}° semestre {y}", "S{h} {y}", "{h}S {y}"),
    "sv": ("H{h} {y}", "halvår {h} {y}", "Halvår {h}, {y}"),
    "hu": ("{y}. {h}. félév", "H{h} {y}", "{h}. félév {y}"),
}
YEARS = {
    "en": ("{y}", "FY {y}", "Total {y}", "Year {y}", "FY{yy}", "Full year {y}", "{y} total",
           "Year ended {last}", "12 months {y}"),
    "nl": ("{y}", "Totaal {y}", "Jaar {y}", "Boekjaar {y}", "{y} totaal", "Volledig jaar {y}"),
    "fr": ("{y}", "Total {y}", "Année {y}", "Exercice {y}", "{y} total", "Exercice clos le {last}"),
    "de": ("{y}", "Gesamt {y}", "Jahr {y}", "GJ {y}", "Gesamtjahr {y}", "Geschäftsjahr {y}",
           "{y} gesamt", "Summe {y}"),
    "es": ("{y}", "Total {y}", "Año {y}", "Ejercicio {y}", "{y} total",
           "Ejercicio cerrado a {last}"),
    "it": ("{y}", "Totale {y}", "Anno {y}", "Esercizio {y}", "{y} totale",
           "Esercizio chiuso al {d2}"),
    "sv": ("{y}", "Helår {y}", "Totalt {y}", "År {y}", "{y} helår", "Räkenskapsår {y}"),
    "hu": ("{y}", "{y} összesen", "{y}. év", "Összesen {y}", "{y}. évi összesen"),
}  # fmt: skip
TOTAL_PART = {  # the year's column below its year
    "en": "Total", "nl": "Totaal", "fr": "Total", "de": "Gesamt", "es": "Total", "it": "Totale",
    "sv": "Helår", "hu": "Összesen",
}  # fmt: skip
ROLLING = {
    "en": ("R12 Q{q} {y}", "LTM Q{q} {y}", "Rolling 12 months {last}", "TTM Q{q} {y}"),
    "nl": ("LTM Q{q} {y}", "laatste 12 maanden K{q} {y}"),
    "fr": ("12 mois glissants T{q} {y}", "LTM T{q} {y}"),
    "de": ("LTM Q{q} {y}", "rollierend 12 M Q{q} {y}", "letzte 12 Monate Q{q} {y}"),
    "es": ("LTM {q}T {y}", "últimos 12 meses {q}T {y}"),
    "it": ("LTM {q}T {y}", "ultimi 12 mesi {q}T {y}"),
    "sv": ("R12 Q{q} {y}", "Rullande 12 mån Q{q} {y}"),
    "hu": ("LTM {y} Q{q}", "gördülő 12 hónap {y} Q{q}"),
}
