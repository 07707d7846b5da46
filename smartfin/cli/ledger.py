"""The commands that take the ledger out and bring it back: backup, restore, export."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

from typer import Argument

from smartfin.cli.commands import app
from smartfin.cli.console import (
    AsJson,
    AsOf,
    Language,
    known_day,
    opened_smartfin,
    refuse_unreadable,
    say,
    say_json,
    tell,
)
from smartfin.settings import read_settings
from smartfin.wording import Words, words_of

_PATIENCE = 1.0
"""Seconds after which somebody at a screen wants to know how far it is."""

NewFile = Annotated[Path, Argument(help="File to write; never one that exists.")]
Backup = Annotated[Path, Argument(help="File that backup wrote.")]
NewFolder = Annotated[Path, Argument(help="Folder to write, new or empty.")]


@app.command()
def backup(file: NewFile, as_json: AsJson = False, lang: Language = "en") -> int:
    """Write all that the ledger holds into one file, while smartfin runs."""
    from smartfin.store.backup import back_up

    words = words_of(lang)
    made = back_up(opened_smartfin().settings, file, _teller(words, "cli.progress.backup", as_json))
    if as_json:
        say_json({"ok": True, "file": str(file), "counts": made.counts, "head": made.head})
    else:
        say([words.text("cli.backed-up", file=str(file), **_told(made.counts))])
    return 0


@app.command()
def restore(file: Backup, as_json: AsJson = False, lang: Language = "en") -> int:
    """Fill an empty database with what a backup holds; all of it or nothing."""
    from smartfin.store.backup import restore as fill

    words = words_of(lang)
    refuse_unreadable(file)
    made = fill(read_settings(), file, _teller(words, "cli.progress.restore", as_json))
    if as_json:
        say_json({"ok": True, "file": str(file), "counts": made.counts, "head": made.head})
    else:
        say([words.text("cli.restored", file=str(file), **_told(made.counts))])
    return 0


@app.command()
def export(
    folder: NewFolder, as_of: AsOf = None, as_json: AsJson = False, lang: Language = "en"
) -> int:
    """Write workbooks, figures and method into a folder that needs no smartfin to be read."""
    from smartfin.services.export import export_ledger

    words = words_of(lang)
    day = known_day(words, as_of)
    report = _teller(words, "cli.progress.export", as_json)
    made = export_ledger(opened_smartfin(), words, folder, day, report)
    if as_json:
        day_of = made.day.isoformat()
        say_json({"ok": True, "folder": str(folder), "as_of": day_of, "counts": made.counts})
    else:
        counts = {"workbooks": made.counts["workbooks"], "figures": made.counts["facts"]}
        say([words.text("cli.exported", folder=str(folder), day=made.day, **counts)])
    return 0


def _told(counts: Mapping[str, int]) -> dict[str, int]:
    """What of a backup's counts a person wants to know."""
    return {"workbooks": counts["workbook"], "figures": counts["fact"]}


def _teller(words: Words, key: str, as_json: bool) -> Callable[[int, int], None]:
    """Tells about once a second how far it is; nothing to a program, or of what is quick."""
    last = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if not as_json and now - last >= _PATIENCE:
            last = now
            tell(words.text(key, share=words.percent(done / total)))

    return report
