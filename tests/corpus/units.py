"""How eight languages print the unit of money, and of rows that hold none."""

from __future__ import annotations

from tests.corpus.words import LANGUAGES

_EURO: dict[int, tuple[str, ...]] = {
    1: ("EUR", "€", "Euro"),
    1000: ("k€", "kEUR", "EUR '000", "€ 000", "€k", "€'000", "EUR k", "EUR (000)"),
    1000000: ("MEUR", "M€", "EUR m", "€m", "EUR mn", "Mio. EUR"),
}
_EURO_WORDS: dict[str, dict[int, tuple[str, ...]]] = {
    "en": {
        1: ("in euro", "amounts in EUR", "in EUR", "All figures in euro"),
        1000: ("in thousands of euro", "in EUR thousand", "EUR thousands", "€ thousand",
               "All amounts in thousands of euros", "EUR in thousands", "in € 1,000"),
        1000000: ("in millions of euro", "EUR million", "€ million", "in millions of EUR"),
    },
    "nl": {
        1: ("in euro", "Bedragen in EUR", "bedragen in euro's", "in EUR"),
        1000: ("in duizend euro", "x € 1.000", "x 1.000 EUR", "in duizenden euro's",
               "bedragen x €1.000", "€ x 1000", "Bedragen in duizenden EUR"),
        1000000: ("in miljoen euro", "x € 1 mln", "in miljoenen euro's", "€ mln"),
    },
    "fr": {
        1: ("en euros", "Montants en EUR", "en €", "unité : euro"),
        1000: ("en milliers d'euros", "en K€", "en milliers d'€", "K€", "unité : k€",
               "Montants en milliers d'euros"),
        1000000: ("en millions d'euros", "en M€", "millions d'euros"),
    },
    "de": {
        1: ("in Euro", "Angaben in EUR", "in €", "Beträge in Euro"),
        1000: ("TEUR", "T€", "Angaben in Tsd. €", "in TEUR", "in T€", "Tsd. EUR", "Tsd. Euro",
               "in Tausend Euro", "Beträge in T€", "EUR Tsd.", "in 1.000 EUR",
               "alle Angaben in Tausend Euro"),
        1000000: ("Mio. EUR", "in Mio. €", "in Millionen Euro", "Mio. €"),
    },
    "es": {
        1: ("en euros", "Importes en euros", "en €", "Cifras en euros"),
        1000: ("en miles de euros", "miles €", "miles de euros", "Importes en miles de euros",
               "Datos en miles de euros", "en miles de €"),
        1000000: ("en millones de euros", "M€", "millones de euros", "Mill. €"),
    },
    "it": {
        1: ("in euro", "Importi in euro", "valori in euro", "in unità di euro"),
        1000: ("in migliaia di euro", "€/000", "migliaia di euro", "Valori in migliaia di euro",
               "€ migliaia", "importi in k€"),
        1000000: ("in milioni di euro", "€ mln", "milioni di euro", "in mln di euro"),
    },
    "sv": {1: ("i euro",), 1000: ("i tusen euro", "tusen euro"), 1000000: ("miljoner euro",)},
    "hu": {
        1: ("euróban", "adatok euróban"),
        1000: ("ezer euró", "adatok ezer euróban"),
        1000000: ("millió euró",),
    },
}  # fmt: skip
_KRONOR: dict[int, tuple[str, ...]] = {
    1: ("SEK", "kr", "Belopp i kronor", "i kronor", "Belopp i SEK", "kronor"),
    1000: ("tkr", "KSEK", "Belopp i tkr", "Tkr", "i tkr", "TSEK", "tusental kronor",
           "Belopp i tusental kronor", "i tusen kronor", "SEK '000", "belopp i KSEK"),
    1000000: ("MSEK", "mkr", "Mkr", "Mnkr", "i miljoner kronor", "miljoner kr", "SEK m",
              "Belopp i MSEK"),
}  # fmt: skip
_FORINT: dict[int, tuple[str, ...]] = {
    1: ("Ft", "HUF", "adatok forintban", "forintban", "adatok Ft-ban"),
    1000: ("eFt", "ezer Ft", "e Ft", "adatok ezer forintban", "eHUF", "e Ft-ban", "eFt-ban",
           "adatok eFt-ban", "ezer forintban", "E Ft", "Adatok ezer Ft-ban", "ezer HUF"),
    1000000: ("MFt", "millió Ft", "M Ft", "adatok millió forintban", "millió Ft-ban",
              "adatok MFt-ban", "millió forintban"),
}  # fmt: skip


def money_words(currency: str, scale: int, language: str) -> tuple[str, ...]:
    """The ways a unit of money is printed."""
    if currency == "SEK":
        return _KRONOR[scale]
    if currency == "HUF":
        return _FORINT[scale]
    return _EURO[scale] + _EURO_WORDS[language][scale]


UNIT_WORDS = {
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
