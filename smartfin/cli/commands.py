"""The commands, their arguments and their exit codes.

0 is fine; 1 a finding of severity error, an unreadable file or a refused import; 2 usage,
a missing path or trouble with the database. Modules that take long to import are
imported by the command that needs them.
"""

from __future__ import annotations

import io
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from typer import Argument, Option

from smartfin.cli.console import (
    AsJson,
    AsOf,
    Bare,
    Counted,
    Language,
    Settled,
    Whose,
    content_of,
    counted,
    known_day,
    name_of,
    opened_smartfin,
    refuse_unreadable,
    say,
    say_json,
    settled_answers,
    tell,
    tell_what_is_left_out,
    understood_file,
)
from smartfin.errors import InputError, SmartfinError
from smartfin.facts import Stage
from smartfin.findings import Answer
from smartfin.quarter import Quarter
from smartfin.wording import LANGUAGES, Words, words_of

app = typer.Typer(
    name="smartfin",
    help="Break-even of partner organisations, and where each number comes from.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Explained = Annotated[list[str] | None, Option("--explain", help="Answer a warning: KEY=SENTENCE.")]
HowFar = Annotated[
    Stage | None, Option("--stage", help="How far the books are settled; default: as stated.")
]
Hand = Annotated[str, Option("--by", help="Who hands in.")]
Files = Annotated[list[Path], Argument(metavar="FILE...")]

_REFUSALS = {"quarter-closed", "ledger-moved-on"}
"""Why the ledger itself refuses a workbook that can be read."""


def main() -> None:
    """Run the command of this process and leave with its exit code.

    What it prints is UTF-8 whatever the system prefers, and letters that are none, as in the
    name of a file, are written as their codes.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of a command; prints what it has to say."""
    words = words_of(_language_in(arguments))
    as_json = "--json" in arguments
    try:
        return app(arguments, standalone_mode=False) or 0
    except SmartfinError as error:
        return refuse(error.code, words.error(error), as_json=as_json)
    except typer.Abort:
        return 130
    except typer.TyperException as error:
        return refuse("usage", error.format_message(), as_json=as_json)
    except Exception:  # as on a page: the script gets a document, the log gets the trace
        reference = uuid4().hex[:8]
        logging.getLogger(__name__).exception("unexpected, reference %s", reference)
        sentence = words.text("frame.unexpected", reference=reference)
        return refuse("unexpected", sentence, as_json=as_json)


@app.command()
def read(
    file: Path,
    partner: Whose = None,
    answer: Settled = None,
    no_memory: Bare = False,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Read a workbook and say what was understood; nothing is stored."""
    from smartfin.findings import has_errors
    from smartfin.services.documents import reading_document
    from smartfin.services.intake import Said

    words = words_of(lang)
    said = Said(partner=partner, answers=settled_answers(answer))
    intake = understood_file(words, file, said, no_memory=no_memory)
    if as_json:
        say_json(reading_document(words, intake))
    else:
        from smartfin.cli.plain import reading_lines

        say(reading_lines(words, intake))
    return 1 if has_errors(intake.reading.findings) else 0


@app.command("import")
def import_(  # noqa: PLR0913, PLR0917 - a command has this many options
    files: Files,
    partner: Whose = None,
    by: Hand = "command line",
    answer: Settled = None,
    explain: Explained = None,
    stage: HowFar = None,
    restate: Annotated[
        str, Option("--restate", help="Why figures of closed quarters change.")
    ] = "",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Read workbooks and accept each that has no errors, in the order given."""
    from smartfin.services.documents import failure_document, import_document
    from smartfin.services.intake import Said, import_workbook

    words = words_of(lang)
    for file in files:
        refuse_unreadable(file)
    answers = settled_answers(answer)
    said = Said(partner, answers, _explained(explain, by), stage)
    smartfin = opened_smartfin()
    exit_code = 0
    documents = []
    for file in files:
        try:
            intake = import_workbook(smartfin, content_of(file), name_of(file), by, said, restate)
        except SmartfinError as error:  # what was accepted before it stays, and is told
            documents.append(failure_document(words, name_of(file), error))
            exit_code = max(exit_code, 1 if error.code in _REFUSALS else 2)
            tell(words.error(error))
            continue
        documents.append(import_document(words, intake))
        exit_code = max(exit_code, int(intake.refused))
        if not as_json:
            from smartfin.cli.plain import intake_lines

            say(intake_lines(words, intake))
    if as_json:
        say_json({"files": documents})
    return exit_code


@app.command()
def answers(
    partner: Whose = None,
    forget: Annotated[
        list[str] | None, Option("--forget", metavar="ID", help="Ask again; with --partner.")
    ] = None,
    by: Hand = "command line",
    as_of: AsOf = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """What was settled once about the workbooks of a partner, and who settled it."""
    from smartfin.cli.plain import answer_lines
    from smartfin.partner import find_partner
    from smartfin.services.documents import answers_document
    from smartfin.services.start import end_of_day

    words = words_of(lang)
    smartfin = opened_smartfin()
    code = find_partner(smartfin.units, partner).code if partner else None
    for question in forget or ():
        if code is None:
            raise InputError("answer-of-whom", question=question)
        smartfin.ledger.forget(code, question, by, None)
    moment = end_of_day(known_day(words, as_of))
    document = answers_document(smartfin.ledger.remembered(moment), code)
    if as_json:
        say_json(document)
    else:
        say(answer_lines(words, document))
    return 0


@app.command()
def status(
    as_of: AsOf = None,
    quarter: Annotated[str | None, Option("--quarter", help="e.g. 2022-Q4.")] = None,
    basis: Counted = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """The verdict on each partner."""
    from smartfin.cli.plain import status_lines
    from smartfin.services.status import status_document

    words = words_of(lang)
    chosen = Quarter.parse(quarter) if quarter else None
    smartfin, day = opened_smartfin(), known_day(words, as_of)
    counting = counted(smartfin, basis)
    document = status_document(smartfin, words, chosen, day, counting)
    tell_what_is_left_out(words, smartfin, day, counting)
    if as_json:
        say_json(document)
    else:
        say(status_lines(words, document))
    return 0


@app.command()
def facts(
    partner: Whose = None,
    as_of: AsOf = None,
    basis: Counted = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Every figure in force, with file, sheet and cell."""
    from smartfin.cli.plain import fact_lines
    from smartfin.services.approval import waiting_submissions
    from smartfin.services.documents import ledger_fact_document
    from smartfin.services.start import end_of_day

    words = words_of(lang)
    smartfin = opened_smartfin()
    codes = smartfin.ledger_codes(partner) if partner else (None,)
    day, counting = known_day(words, as_of), counted(smartfin, basis)
    known = [
        fact
        for unit in codes
        for fact in smartfin.ledger.facts(unit, end_of_day(day), basis=counting)
    ]
    waiting = waiting_submissions(smartfin, end_of_day(day))
    tell_what_is_left_out(words, smartfin, day, counting)
    if as_json:
        say_json({"facts": [ledger_fact_document(fact, waiting) for fact in known]})
    else:
        say(fact_lines(words, known, waiting))
    return 0


@app.command()
def serve(lang: Language = "en") -> int:
    """Start the dashboard on this machine; imports the samples on the first start."""
    import uvicorn

    from smartfin.services.start import prepare

    words = words_of(lang)
    smartfin = opened_smartfin()
    prepare(smartfin, lambda name, place, count: tell(_progress(words, name, place, count)))
    smartfin.ledger.close()
    port = smartfin.settings.port
    tell(words.text("cli.serving", address=f"http://127.0.0.1:{port}"))
    uvicorn.run(
        "smartfin.server:app",
        host="127.0.0.1",
        port=port,
        log_level="warning",
        access_log=False,
    )
    return 0


def _progress(words: Words, name: str, place: int, count: int) -> str:
    return words.text("cli.importing", file=name, place=place, count=count)


def _explained(written: list[str] | None, by: str) -> dict[str, Answer]:
    """``KEY=SENTENCE`` pairs; a sentence may hold an equals sign, a key has none."""
    at = datetime.now(UTC)
    explained = {}
    for pair in written or ():
        key, _, sentence = pair.partition("=")
        if not key or not sentence.strip():
            raise InputError("explanation-unreadable", text=pair)
        explained[key] = Answer(key, sentence.strip(), by, at)
    return explained


def _language_in(arguments: list[str]) -> str:
    """The language asked for, also when the rest of the line cannot be understood."""
    for place, argument in enumerate(arguments):
        name, sign, value = argument.partition("=")
        if name == "--lang":
            chosen = value if sign else "".join(arguments[place + 1 : place + 2])
            return chosen if chosen in LANGUAGES else "en"
    return "en"


def refuse(code: str, sentence: str, *, as_json: bool) -> int:
    """Say why a command cannot run; its exit code."""
    if as_json:
        say_json({"error": {"code": code, "message": sentence}})
    tell(sentence)
    return 2
