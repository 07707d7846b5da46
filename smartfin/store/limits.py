"""How long what people write may be: what is sealed stays, so it is refused before."""

from __future__ import annotations

from smartfin.errors import InputError

LONGEST_TITLE = 120
"""Signs of a name or title: of a legal matter, a meeting, a scenario."""

LONGEST_TEXT = 2000
"""Signs of what is said: a remark, a reason, an explanation."""

LONGEST_CHANGES = 20_000
"""Signs of what a scenario changes, as canonical JSON."""


def refuse_long(text: str, limit: int) -> None:
    """Refuses a text of more signs than are kept.

    Raises:
        InputError: ``text-too-long``, with how long it is and may be.
    """
    if len(text) > limit:
        raise InputError("text-too-long", count=len(text), limit=limit)
