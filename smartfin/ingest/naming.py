"""Which partners, or which of their legal entities, the texts of a workbook name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from babel import Locale

from smartfin.ingest.text import comparable
from smartfin.ingest.vocabulary import LANGUAGES
from smartfin.partner import Partner


def named_units(texts: Sequence[str], stem: str, partners: Sequence[Partner]) -> set[str]:
    """Codes of those a workbook names: organisations, else countries, else file code.

    Who names a legal entity names its partner too; then the entity is meant.

    Args:
        texts: Its titles.
        stem: Its file name, without the ending.
        partners: Everybody who may hand in, each partner before its entities.
    """
    plain = [f" {comparable(text)} " for text in (*texts, stem)]
    named = _organisations(plain, partners)
    coded = _coded(stem, partners)
    if not named:
        countries = _mentioned(plain, partners, lambda partner: country_names(partner.code))
        # A cover may mention sisters; the code in the file's name decides.
        several = len(countries) > 1
        named = (countries & coded or countries) if several else countries
        coded = set() if several else coded
    written = {unit.code for unit in partners if _written(unit, (*texts, stem))}
    return _entities_first(named | coded | written, _written_in(stem, partners), partners)


def family_of(code: str, partners: Iterable[Partner]) -> str:
    """Code of the partner a unit belongs to: its own, or that of an entity's partner."""
    return next((unit.entity_of for unit in partners if unit.code == code), "") or code


@lru_cache(maxsize=64)
def country_names(code: str) -> tuple[str, ...]:
    """Names of a country in the eight languages, from CLDR."""
    names = (Locale.parse(language).territories.get(code, "") for language in LANGUAGES)
    return tuple(dict.fromkeys(name for name in names if name))


def _organisations(plain: Sequence[str], partners: Sequence[Partner]) -> set[str]:
    """Whose organisations the texts name; within a family the longest name in each text."""
    found: set[str] = set()
    for text in plain:
        here = {
            unit.code: name
            for unit in partners
            if (name := f" {comparable(unit.organisation)} ") in text
        }
        found |= {
            code
            for code, name in here.items()
            if not any(
                name != other
                and name in other
                and family_of(code, partners) == family_of(longer, partners)
                for longer, other in here.items()
            )
        }
    return found


def _mentioned(
    plain: Sequence[str], partners: Sequence[Partner], names: Callable[[Partner], Iterable[str]]
) -> set[str]:
    return {
        partner.code
        for partner in partners
        for name in names(partner)
        if any(f" {comparable(name)} " in text for text in plain)
    }


def _coded(stem: str, partners: Sequence[Partner]) -> set[str]:
    """A partner's code in the file name, in capitals where the rest is not all capitals."""
    words = re.findall(r"[^\W\d_]+", stem)
    entities = _written_in(stem, partners)
    if stem.isupper() and len(words) > 2:
        return entities
    codes = {partner.code for partner in partners}
    return {word for word in words if word in codes} | entities


def _written_in(stem: str, partners: Sequence[Partner]) -> set[str]:
    return {unit.code for unit in partners if _written(unit, (stem,))}


def _written(unit: Partner, texts: Iterable[str]) -> bool:
    """Whether a text writes an entity's code, ``DE-EV``, in capitals and by itself."""
    if not unit.entity_of:
        return False
    code = r"[-_ ./]".join(map(re.escape, unit.code.split("-")))
    pattern = re.compile(rf"(?<![^\W_]){code}(?![^\W_])")
    return any(pattern.search(text) for text in texts)


def _entities_first(named: set[str], written: set[str], partners: Sequence[Partner]) -> set[str]:
    """Without the partners of which an entity is named; of several, the one the file names."""
    entities = {unit.code: unit.entity_of for unit in partners if unit.entity_of}
    kept = set(named)
    for partner in {entities[code] for code in named if code in entities}:
        ours = {code for code in named if entities.get(code) == partner}
        decided = ours & written if len(ours & written) == 1 else ours
        kept -= {partner, *(ours - decided)}
    return kept
