"""The messages of one language: a ``.po`` file with symbolic keys, read at run time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from smartfin.errors import SettingsError, SmartfinError

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Catalogue:
    """Message templates by key, with the plural rule of the language.

    Args:
        source: The parsed ``.po`` file. Fuzzy messages count as missing.
    """

    def __init__(self, source: Catalog) -> None:
        compiled = BytesIO()
        write_mo(compiled, source)
        compiled.seek(0)
        self._translations = GNUTranslations(compiled)
        self.language = str(source.locale)
        messages = [message for message in source if message.id and message.string]
        self._plural = {
            _key(message.id): bool(message.pluralizable)
            for message in messages
            if not message.fuzzy
        }

    def __contains__(self, key: object) -> bool:
        return key in self._plural

    def has_forms(self, key: str) -> bool:
        """Whether a message has a form for one and another for many."""
        return self._plural.get(key, False)

    def template(self, key: str, n: int | None = None) -> str:
        """The message of a key, in the plural form for ``n`` where it has several.

        Raises:
            SmartfinError: ``message-missing``, naming key and language; also where a
                message has plural forms and no count is given, or the reverse.
        """
        if self._plural.get(key) is not (n is not None):
            raise SmartfinError("message-missing", key=key, language=self.language)
        if n is None:
            return self._translations.gettext(key)
        return self._translations.ngettext(key, key, n)


def filled(template: str, shown: Callable[[str], str]) -> str:
    """A template with its ``{name}`` places filled.

    Only plain names are places, so that a fact's text can neither add a place nor reach
    an attribute the way ``str.format`` would.

    Args:
        template: Message of a catalogue.
        shown: Finished text of a place.
    """
    return PLACEHOLDER.sub(lambda place: shown(place[1]), template)


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in a ``.po`` file.

    Raises:
        SettingsError: ``catalogue-unreadable``, naming the file and the reason.
    """
    try:
        with path.open("rb") as file:
            return Catalogue(read_po(file, locale=path.stem, abort_invalid=True))
    except (OSError, PoFileError, ValueError) as error:
        raise SettingsError("catalogue-unreadable", path=str(path), why=str(error)) from error


def _key(message_id: str | Sequence[str]) -> str:
    """The key of a message; one with plural forms bears it twice."""
    return message_id if isinstance(message_id, str) else message_id[0]
