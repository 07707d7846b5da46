"""The commands, their arguments and their exit codes.

0 is fine; 1 a finding of severity error, an unreadable file or a refused import; 2 usage,
a missing path or trouble with the database. Modules that take long to import are
imported by the command that needs them.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer
from typer import Argument, Option

from smartfin.errors import InputError, SmartfinError
from smartfin.quarter import Quarter
from smartfin.settings import read_settings
from smartfin.wording import LANGUAGES, Words, words_of

if TYPE_CHECKING:
    from smartfin.services.start import Smartfin

app = typer.Typer(
    name="smartfin",
    help="Break-even of partner organisations, and where each number comes from.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

AsJson = Annotated[bool, Option("--json", help="Print one JSON document and nothing else.")]
Language = Annotated[str, Option("--lang", help=f"Language of messages: {', '.join(LANGUAGES)}.")]
Whose = Annotated[str | None, Option("--partner", help="Code of the partner, e.g. ES.")]
AsOf = Annotated[str | None, Option("--as-of", help="As known on this day, e.g. 2022-12-31.")]
Settled = Annotated[list[str] | None, Option("--answer", help="Settle a question: ID=VALUE.")]
Files = Annotated[list[Path], Argument(metavar="FILE...")]


def main() -> None:
    """Run the command of this process and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of a command; prints what it has to say."""
    words = words_of(_language_in(arguments))
    as_json = "--json" in arguments
    try:
        return app(arguments, standalone_mode=False) or 0
    except SmartfinError as error:
        return _refuse(error.code, words.error(error), as_json=as_json)
    except typer.Abort:
        return 130
    except typer.TyperException as error:
        return _refuse("usage", error.format_message(), as_json=as_json)
    except Exception:  # as on a page: the script gets a document, the log gets the trace
        reference = uuid4().hex[:8]
        logging.getLogger(__name__).exception("unexpected, reference %s", reference)
        sentence = words.text("frame.unexpected", reference=reference)
        return _refuse("unexpected", sentence, as_json=as_json)


@app.command()
def read(
    file: Path,
    partner: Whose = None,
    answer: Settled = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Read a workbook and say what was understood; nothing is stored."""
    from smartfin.cli.plain import reading_lines
    from smartfin.findings import has_errors
    from smartfin.ingest import read_workbook
    from smartfin.services.documents import reading_document
    from smartfin.services.start import reading_context

    words = words_of(lang)
    context = replace(reading_context(read_settings(), partner), answers=_answers(answer or []))
    reading = read_workbook(_bytes(file), file.name, context)
    if as_json:
        _say_json(reading_document(words, reading))
    else:
        _say(reading_lines(words, reading))
    return 1 if has_errors(reading.findings) else 0


@app.command("import")
def import_(
    files: Files,
    partner: Whose = None,
    by: Annotated[str, Option("--by", help="Who hands in.")] = "command line",
    answer: Settled = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Read workbooks and accept each that has no errors, in the order given."""
    from smartfin.cli.plain import intake_lines
    from smartfin.services.documents import failure_document, import_document
    from smartfin.services.intake import import_workbook

    words = words_of(lang)
    for file in files:
        _refuse_unreadable(file)
    smartfin = _open()
    context = replace(smartfin.reading_context(partner), answers=_answers(answer or []))
    exit_code = 0
    documents = []
    for file in files:
        try:
            intake = import_workbook(smartfin, _bytes(file), file.name, by, context)
        except SmartfinError as error:  # what was accepted before it stays, and is told
            documents.append(failure_document(words, file.name, error))
            exit_code = 2
            _tell(words.error(error))
            continue
        documents.append(import_document(words, intake))
        exit_code = max(exit_code, int(intake.refused))
        if not as_json:
            _say(intake_lines(words, intake))
    if as_json:
        _say_json({"files": documents})
    return exit_code


@app.command()
def status(
    as_of: AsOf = None,
    quarter: Annotated[str | None, Option("--quarter", help="e.g. 2022-Q4.")] = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """The verdict on each partner."""
    from smartfin.cli.plain import status_lines
    from smartfin.services.status import status_document

    words = words_of(lang)
    chosen = Quarter.parse(quarter) if quarter else None
    document = status_document(_open(), words, quarter=chosen, as_of=_day(as_of))
    if as_json:
        _say_json(document)
    else:
        _say(status_lines(words, document))
    return 0


@app.command()
def facts(
    partner: Whose = None, as_of: AsOf = None, as_json: AsJson = False, lang: Language = "en"
) -> int:
    """Every figure in force, with file, sheet and cell."""
    from smartfin.cli.plain import fact_lines
    from smartfin.partner import find_partner
    from smartfin.services.documents import ledger_fact_document
    from smartfin.services.start import end_of_day

    words = words_of(lang)
    smartfin = _open()
    code = find_partner(smartfin.partners, partner).code if partner else None
    known = smartfin.ledger.facts(partner=code, as_of=end_of_day(_day(as_of)))
    if as_json:
        _say_json({"facts": [ledger_fact_document(fact) for fact in known]})
    else:
        _say(fact_lines(words, known))
    return 0


@app.command()
def serve(lang: Language = "en") -> int:
    """Start the dashboard on this machine; imports the samples on the first start."""
    import uvicorn

    from smartfin.services.start import prepare

    words = words_of(lang)
    smartfin = _open()
    prepare(smartfin, lambda name, place, count: _tell(_progress(words, name, place, count)))
    smartfin.ledger.close()
    port = smartfin.settings.port
    _tell(words.text("cli.serving", address=f"http://127.0.0.1:{port}"))
    uvicorn.run(
        "smartfin.server:app",
        host="127.0.0.1",
        port=port,
        log_level="warning",
        access_log=False,
    )
    return 0


def _open() -> Smartfin:
    from smartfin.services.start import open_smartfin

    return open_smartfin(read_settings())


def _progress(words: Words, name: str, place: int, count: int) -> str:
    return words.text("cli.importing", file=name, place=place, count=count)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError("file-unreadable", file=str(file), why=error.strerror) from error


def _refuse_unreadable(file: Path) -> None:
    """Before anything is stored: a mistyped path should not stop half way."""
    if not file.is_file():
        raise InputError("file-unreadable", file=str(file), why=os.strerror(errno.ENOENT))


def _answers(written: list[str]) -> dict[str, str]:
    """``ID=VALUE`` pairs; an ID may itself hold an equals sign, a value may not."""
    answers = {}
    for pair in written:
        question, sign, value = pair.rpartition("=")
        if not sign:
            raise InputError("answer-unreadable", text=pair)
        answers[question] = value
    return answers


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError("date-unreadable", text=text) from error


def _language_in(arguments: list[str]) -> str:
    """The language asked for, also when the rest of the line cannot be understood."""
    for place, argument in enumerate(arguments):
        name, sign, value = argument.partition("=")
        if name == "--lang":
            chosen = value if sign else "".join(arguments[place + 1 : place + 2])
            return chosen if chosen in LANGUAGES else "en"
    return "en"


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")


def _say_json(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")


def _tell(sentence: str) -> None:
    """A message for people, beside what is printed."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def _refuse(code: str, sentence: str, *, as_json: bool) -> int:
    """Say why a command cannot run."""
    if as_json:
        _say_json({"error": {"code": code, "message": sentence}})
    _tell(sentence)
    return 2
