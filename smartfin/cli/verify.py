"""The command that recomputes the ledger from its bytes.

It ends with 0 where all is as it was sealed, with 1 where something is not.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

from typer import Option

from smartfin.cli.commands import app
from smartfin.cli.console import AsJson, Language, opened_smartfin, say, say_json, tell
from smartfin.wording import Words, words_of

if TYPE_CHECKING:
    from smartfin.store import Report, Step

_PATIENCE = 1.0
"""Seconds after which somebody at a screen wants to know how far it is."""

Bare = Annotated[bool, Option("--no-reading", help="Do not read each workbook again.")]
Kept = Annotated[str, Option("--seal", help="A seal written down earlier: is it still there?")]


@app.command()
def verify(
    no_reading: Bare = False, seal: Kept = "", as_json: AsJson = False, lang: Language = "en"
) -> int:
    """Say whether the ledger is untouched: recompute it, and read each workbook again."""
    from smartfin.services.verified import check_document, check_lines
    from smartfin.services.verify import verify_ledger

    words = words_of(lang)
    kept = seal.strip().lower()
    check = verify_ledger(opened_smartfin(), _teller(words), kept, read_workbooks=not no_reading)
    if as_json:
        say_json(check_document(words, check))
    else:
        say(check_lines(words, check))
    return 0 if check.ok else 1


def _teller(words: Words) -> Report:
    """Tells about once a second how far it is."""
    last = time.monotonic()

    def report(step: Step, done: int, count: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _PATIENCE:
            last = now
            share = words.percent(done / count if count else 1.0)
            tell(words.text(f"cli.progress.verify.{step.value}", share=share))

    return report
