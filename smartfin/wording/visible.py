"""Text of workbooks and addresses made fit for a sentence: on one line, in view, not too long."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What could break a line, hide text or turn its direction inside somebody's label.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_LONGEST_FACT = 200


def visible(text: str) -> str:
    """A text on one line, without invisible signs."""
    return _INVISIBLE.sub(" ", text).strip()


def shortened(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts of a workbook or an address with their texts cut to a bearable length."""
    return {
        name: f"{value[:_LONGEST_FACT]}…"
        if isinstance(value, str) and len(value) > _LONGEST_FACT
        else value
        for name, value in facts.items()
    }
