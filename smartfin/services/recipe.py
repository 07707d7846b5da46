"""What the reader of a workbook was told, kept so that the workbook can be read again exactly.

The file's name is not in it: it may be personal, stands beside the chain, and can be erased.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any

from smartfin.ingest import ReadingContext
from smartfin.partner import Partner, all_units
from smartfin.services.reading import Told
from smartfin.settings import ROOT, Settings

Recipe = Mapping[str, Any]

# What a reading depends on besides the workbook and the recipe: our own sources, those of the
# words they use, and who opens the file and names countries and months.
_WORDS = ("entity.py", "facts.py", "items.py", "partner.py", "quarter.py", "support.py")
_SOURCES = ("ingest/**/*.py", *_WORDS)
_PACKAGES = ("python-calamine", "rapidfuzz", "babel")


def recipe_of(
    settings: Settings, partners: Sequence[Partner], partner: str, name: str, told: Told
) -> dict[str, object]:
    """What the reader of a workbook was told, as JSON can write it.

    Args:
        settings: Of this run.
        partners: Everybody who may hand in.
        partner: Code of the partner the workbook is from.
        name: Of its file.
        told: What the reader was told of this workbook.
    """
    return {
        "partner": partner,
        "partner_said": told.partner,
        "answers": dict(told.answers),
        "remembered": dict(told.remembered),
        "fiscal_year_starts": _fiscal_year_starts(partners, partner),
        "ending": PurePath(name).suffix.lower(),
        "reader": reader_fingerprint(settings.data, _group(partners)),
    }


def context_of(recipe: Recipe, context: ReadingContext, *, named: bool) -> ReadingContext:
    """What a reader must be told to read a workbook as it was read.

    Args:
        recipe: Of the workbook.
        context: What it would be told today.
        named: Whether the file's name is known still; without it, whose it is must be said.
    """
    code = recipe["partner"]
    starts = recipe["fiscal_year_starts"]
    return replace(
        context,
        partner=recipe["partner_said"] if named else code,
        answers=recipe["answers"],
        remembered={code: recipe["remembered"]},
        partners=tuple(
            replace(each, fiscal_year_starts=starts) if each.code == code else each
            for each in context.partners
        ),
    )


def is_of_this_reader(recipe: Recipe, settings: Settings, partners: Sequence[Partner]) -> bool:
    """Whether this program, with these partners and items, is the one that read a workbook."""
    return bool(recipe["reader"] == reader_fingerprint(settings.data, _group(partners)))


@lru_cache(maxsize=8)
def reader_fingerprint(data: Path, group: str) -> str:
    """SHA-256 of all that a reading depends on besides the workbook and what is said of it.

    Args:
        data: Folder with ``items.yaml``.
        group: What is set of the partners, as text.
    """
    package = ROOT / "smartfin"
    sources = sorted(path for pattern in _SOURCES for path in package.glob(pattern))
    digest = hashlib.sha256(group.encode())
    for path in sources:
        digest.update(f"\n{path.relative_to(package).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    digest.update((data / "items.yaml").read_bytes())
    digest.update(repr([(name, version(name)) for name in _PACKAGES]).encode())
    return digest.hexdigest()


def _group(partners: Iterable[Partner]) -> str:
    """What a reading may depend on of the partners; financial years stand in the recipe."""
    return repr(
        [
            (p.code, p.organisation, p.currency, p.languages, str(p.launch))
            for p in all_units(partners)
        ]
    )


def _fiscal_year_starts(partners: Iterable[Partner], code: str) -> int:
    units = all_units(partners)
    return next((each.fiscal_year_starts for each in units if each.code == code), 1)
