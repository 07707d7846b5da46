"""Which languages there are, and which one a reader likes best."""

from __future__ import annotations

from babel import Locale

LANGUAGES = ("en", "nl", "fr", "de", "es", "it", "sv")

# CLDR's plain "en" writes dates the American way; the readers are European.
_REGIONS = {"en": "en_GB"}


def locale_of(language: str) -> Locale:
    """The CLDR locale whose formats a language uses."""
    return Locale.parse(_REGIONS.get(language, language))


def native_name(language: str) -> str:
    """A language's own name, as somebody who reads no other would look for it.

    Example:
        >>> [native_name(language) for language in LANGUAGES[:4]]
        ['English', 'Nederlands', 'Français', 'Deutsch']
    """
    name = Locale.parse(language).get_language_name(language) or language
    return name[:1].upper() + name[1:]


def preferred_language(accepted: str) -> str:
    """The language a browser likes best of those there are; else the first of them.

    Args:
        accepted: The Accept-Language header.

    Example:
        >>> preferred_language("hu-HU, fr;q=0.5, nl;q=0.9")
        'nl'
    """
    ranked = [
        (liking, -place, language)
        for place, part in enumerate(accepted.split(","))
        for language, liking in [_liking(part)]
        if language in LANGUAGES and liking > 0
    ]
    return max(ranked)[2] if ranked else LANGUAGES[0]


def _liking(part: str) -> tuple[str, float]:
    """Language and weight of one part of the header; what cannot be read weighs nothing."""
    tag, _, weight = part.partition(";")
    language = tag.strip().lower().split("-")[0]
    number = weight.strip().removeprefix("q=")
    try:
        return language, float(number or 1)
    except ValueError:
        return language, 0.0
