"""What a hostile or odd file is to a test: its bytes, its name, and what must be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from smartfin.findings import FindingCode


@dataclass(frozen=True, slots=True)
class Nasty:
    """One file.

    Args:
        what: What is odd about it.
        content: Makes its bytes.
        codes: What may be said of it: one error and nothing else, or a remark beside the rest
            that is read; none when it must be read like the honest workbook.
        file: Its name.
    """

    what: str
    content: Callable[[], bytes]
    codes: frozenset[FindingCode]
    file: str = "book.xlsx"


def nasty(
    what: str, content: Callable[[], bytes], *codes: FindingCode, file: str = "book.xlsx"
) -> Nasty:
    """A file of which one of some codes must be said; to be read whole when there are none."""
    return Nasty(what, content, frozenset(codes), file)
