"""The commands that hand something back: a workbook with its faults marked, one to fill in.

``marked`` ends with 0 once the file is written, whatever was found; with 1 when the workbook
cannot be opened at all: then there is nothing to mark, and nothing is written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from smartfin.cli.commands import app
from smartfin.cli.console import (
    AsJson,
    AsOf,
    Bare,
    Language,
    Settled,
    Whose,
    content_of,
    keep,
    known_day,
    opened_smartfin,
    say,
    say_json,
    settled_answers,
    tell,
    understood_file,
)
from smartfin.errors import InputError
from smartfin.wording import words_of

Out = Annotated[Path, Option("--out", help="File to write, or a folder for one of its own name.")]


@app.command()
def marked(
    file: Path,
    out: Out,
    partner: Whose = None,
    answer: Settled = None,
    no_memory: Bare = False,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Hand a workbook back with every remark in its cell, and a list of them all."""
    from smartfin.cli.plain import reading_lines
    from smartfin.services.documents import marked_document, reading_document
    from smartfin.services.handback import can_be_marked, marked_back
    from smartfin.services.intake import Said

    words = words_of(lang)
    said = Said(partner=partner, answers=settled_answers(answer))
    intake = understood_file(words, file, said, no_memory=no_memory)
    if not can_be_marked(intake.reading):
        if as_json:
            say_json(reading_document(words, intake))
        else:
            say(reading_lines(words, intake))
        return 1
    back = marked_back(words, intake, content_of(file))
    target = out / back.name if out.is_dir() else out
    if target.exists() and target.samefile(file):
        raise InputError("file-itself", file=str(file))
    keep(target, back.content)
    ending = Path(back.name).suffix
    if target.suffix.lower() != ending:
        tell(words.text("cli.marked-ending", file=target.name, ending=ending))
    if as_json:
        say_json(marked_document(words, intake, back, str(target)))
    else:
        say([words.plural("cli.marked", back.marked_cells, file=str(target))])
    return 0


@app.command()
def template(
    partner: Annotated[str, Argument(help="Code of the partner, e.g. ES.")],
    out: Out,
    blank: Annotated[bool, Option("--blank", help="Leave out what is known.")] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Write a workbook for a partner to fill in, in its language and currency."""
    from smartfin.services.handback import template_workbook

    words = words_of(lang)
    smartfin = opened_smartfin()
    day = known_day(words, as_of)
    name, content = template_workbook(smartfin, words, partner, day, blank=blank)
    target = out / name if out.is_dir() else out
    keep(target, content)
    if as_json:
        say_json({"file": str(target)})
    else:
        say([words.text("cli.template", file=str(target))])
    return 0
