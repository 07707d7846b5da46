"""What the commands share: options, reading what was typed, printing what is said."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Option

from smartfin.errors import InputError, StoreError
from smartfin.settings import read_settings
from smartfin.wording import LANGUAGES, Words

if TYPE_CHECKING:
    from smartfin.services.intake import Intake, Said
    from smartfin.services.start import Smartfin
    from smartfin.store import Basis

AsJson = Annotated[bool, Option("--json", help="Print one JSON document and nothing else.")]
Language = Annotated[str, Option("--lang", help=f"Language of messages: {', '.join(LANGUAGES)}.")]
Whose = Annotated[str | None, Option("--partner", help="Code of the partner, e.g. ES.")]
Settled = Annotated[list[str] | None, Option("--answer", help="Settle a question: ID=VALUE.")]
AsOf = Annotated[str | None, Option("--as-of", help="As known on this day, e.g. 2022-12-31.")]
Counted = Annotated[
    str | None,
    Option("--basis", help="Figures that count where approval is on: approved or accepted."),
]
Bare = Annotated[bool, Option("--no-memory", help="Look at nothing but the workbook.")]


def opened_smartfin() -> Smartfin:
    """The whole of smartfin, with its ledger."""
    from smartfin.services.start import open_smartfin

    return open_smartfin(read_settings())


def understood_file(words: Words, file: Path, said: Said, *, no_memory: bool) -> Intake:
    """What a workbook says, beside the ledger where there is one that can be read."""
    from smartfin.money import read_rates
    from smartfin.services.intake import understood
    from smartfin.services.start import reading_context
    from smartfin.store import existing_ledger

    settings, content = read_settings(), content_of(file)
    rates = read_rates(settings.data / "rates.csv")
    try:
        ledger = None if no_memory else existing_ledger(settings)
        if ledger is not None:
            with closing(ledger):
                context = reading_context(settings, said.partner, ledger)
                return understood(content, name_of(file), context, said, ledger, rates)
    except StoreError as error:  # a workbook can be read without it; that it was is told
        tell(words.error(error))
    context = reading_context(settings, said.partner)
    return understood(content, name_of(file), context, said, None, rates)


def content_of(file: Path) -> bytes:
    """The bytes of a file; of one too large to be read, as many as show that it is.

    Raises:
        InputError: ``file-unreadable``, ``file-special``.
    """
    from smartfin.ingest import LARGEST_FILE

    refuse_unreadable(file)
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError("file-unreadable", file=str(file), why=error.strerror) from error


def refuse_unreadable(file: Path) -> None:
    """Before anything is opened: a pipe would be waited for, and a device never ends.

    Raises:
        InputError: ``file-unreadable``, ``file-special``.
    """
    try:
        mode = file.stat().st_mode
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError("file-unreadable", file=str(file), why=why) from error
    if stat.S_ISDIR(mode):
        raise InputError("file-unreadable", file=str(file), why=os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise InputError("file-special", file=str(file))


def name_of(file: Path) -> str:
    """The name of a file, in letters only: the system allows any bytes in it."""
    return os.fsencode(file.name).decode("utf-8", "replace")


def settled_answers(written: list[str] | None) -> dict[str, str]:
    """``ID=VALUE`` pairs; an ID may itself hold an equals sign, a value may not.

    Raises:
        InputError: ``answer-unreadable``.
    """
    answers = {}
    for pair in written or ():
        question, sign, value = pair.rpartition("=")
        if not sign:
            raise InputError("answer-unreadable", text=pair)
        answers[question] = value
    return answers


def known_day(words: Words, text: str | None) -> date | None:
    """The day whose knowledge is asked for, None for today's; one to come counts as today.

    Args:
        words: In which the latter is told.
        text: As typed, a day or a moment; None where nothing was.

    Raises:
        InputError: ``date-unreadable``.
    """
    from smartfin.services.start import parsed_as_of, refuse_ahead

    day = parsed_as_of(text) if text else None
    try:
        if day is not None:
            refuse_ahead(day)
    except InputError as ahead:  # where it is tomorrow already, "today" is a day ahead
        tell(words.error(ahead))
        return None
    return day


def counted(smartfin: Smartfin, text: str | None) -> Basis:
    """Which figures count.

    Args:
        smartfin: Opened.
        text: As typed; None where nothing was.

    Raises:
        InputError: ``choice-unknown``, ``approval-off``.
    """
    from smartfin.services.approval import counted_basis
    from smartfin.store import Basis

    try:
        asked = Basis(text) if text else None
    except ValueError as error:
        raise InputError("choice-unknown", text=text, known=", ".join(Basis)) from error
    return counted_basis(smartfin.settings, asked)


def tell_what_is_left_out(words: Words, smartfin: Smartfin, day: date | None, basis: Basis) -> None:
    """Say so where nothing had been handed in by a day, or where something waits for approval."""
    from smartfin.services.frame import frame_view
    from smartfin.services.start import end_of_day

    if day is not None and not smartfin.ledger.submissions(end_of_day(day)):
        tell(words.text("empty.asof"))
    waiting = frame_view(smartfin, words, day, basis).waiting
    if waiting:
        tell(waiting)


def keep(file: Path, content: bytes) -> None:
    """Write a file that was asked for.

    Raises:
        InputError: ``file-unwritable``.
    """
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputError("file-unwritable", file=str(file), why=error.strerror) from error


def say(lines: Iterable[str]) -> None:
    """What was asked for, line by line."""
    for line in lines:
        sys.stdout.write(line + "\n")


def say_json(document: dict[str, Any]) -> None:
    """What was asked for, as one document."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")


def tell(sentence: str) -> None:
    """A message for people, beside what is printed."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
