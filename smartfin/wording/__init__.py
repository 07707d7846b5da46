"""Every word and number format a reader sees.

Code below this room carries codes and facts; here they become sentences, through the
gettext catalogues in ``data/locale`` (symbolic message keys, one ``.po`` a language)
and the number, date and country formats of CLDR (Babel).

To add a language: add ``data/locale/<code>.po`` and its code to ``LANGUAGES`` (languages.py).
"""

from smartfin.wording.catalogue import Catalogue, read_catalogue
from smartfin.wording.languages import LANGUAGES, native_name, preferred_language
from smartfin.wording.numbers import DASH, NBSP, Scale
from smartfin.wording.visible import visible
from smartfin.wording.words import Words, words_of

__all__ = [
    "DASH",
    "LANGUAGES",
    "NBSP",
    "Catalogue",
    "Scale",
    "Words",
    "native_name",
    "preferred_language",
    "read_catalogue",
    "visible",
    "words_of",
]
