"""The commands over scenarios: what a change leads to, and what it takes to land.

``scenario_lines`` and ``goal_lines`` say what they print for people.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from smartfin.cli.commands import app, refuse
from smartfin.cli.console import (
    AsJson,
    AsOf,
    Counted,
    Language,
    content_of,
    counted,
    known_day,
    name_of,
    opened_smartfin,
    say,
    say_json,
    tell_what_is_left_out,
)
from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.wording import Words, words_of

if TYPE_CHECKING:
    from smartfin.scenario import LeverCode
    from smartfin.services.scenario.document import Stand

scenario = Typer(
    help="What a change leads to, and what it takes to break even.", no_args_is_help=True
)
app.add_typer(scenario, name="scenario")

File = Annotated[Path, Argument(metavar="FILE.toml", help="Partner, levers, events, goal.")]
Of = Annotated[str, Argument(help="Code of the partner, e.g. ES.")]
When = Annotated[str | None, Option("--quarter", help="Figures up to it; default: the newest.")]
Odds = Annotated[float, Option("--probability", help="How likely it is to be, e.g. 0.65.")]
One = Annotated[str | None, Option("--lever", help="This lever alone, e.g. fee.")]


@scenario.command("run")
def run_(
    file: File,
    as_of: AsOf = None,
    quarter: When = None,
    basis: Counted = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Where a scenario leads, beside the outlook it starts from."""
    from smartfin.cli.scenario_lines import run_lines
    from smartfin.scenario import read_scenario_file
    from smartfin.services.scenario.document import run_document

    words, content = words_of(lang), content_of(file)
    try:
        read = read_scenario_file(content)
        document = run_document(_stand(words, read.partner, as_of, quarter, basis), read)
    except InputError as error:
        if not _of_file(error):
            raise
        sentence = words.text("cli.scenario.file", file=name_of(file), why=words.error(error))
        return refuse(error.code, sentence, as_json=as_json)
    if as_json:
        say_json(document)
    else:
        say(run_lines(words, document))
    return 0


@scenario.command("seek")
def seek_(  # noqa: PLR0913, PLR0917 - a command has this many options
    partner: Of,
    probability: Odds,
    lever: One = None,
    as_of: AsOf = None,
    quarter: When = None,
    basis: Counted = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """What it takes to break even: each lever alone, and several with the least pain."""
    from smartfin.cli.goal_lines import seek_lines
    from smartfin.scenario import wanted_probability
    from smartfin.services.scenario.document import seek_document

    words = words_of(lang)
    wanted, code = wanted_probability("--probability", probability), _lever(lever)
    stand = _stand(words, partner, as_of, quarter, basis)
    document = seek_document(stand, wanted, code)
    if as_json:
        say_json(document)
    else:
        say(seek_lines(words, document))
    return 0


@scenario.command("levers")
def levers_(
    partner: Of,
    as_of: AsOf = None,
    quarter: When = None,
    basis: Counted = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """The levers of a partner: today's figure, bounds, step, and why one moves nothing."""
    from smartfin.cli.goal_lines import lever_lines
    from smartfin.services.scenario.document import levers_document

    words = words_of(lang)
    document = levers_document(_stand(words, partner, as_of, quarter, basis))
    if as_json:
        say_json(document)
    else:
        say(lever_lines(words, document))
    return 0


def _stand(
    words: Words, partner: str, as_of: str | None, quarter: str | None, basis: str | None
) -> Stand:
    """What the scenarios of a partner stand on, on what was known on a day."""
    from smartfin.partner import find_partner
    from smartfin.services.scenario.document import stand_of
    from smartfin.services.scenario.ground import ground_of

    smartfin = opened_smartfin()
    find_partner(smartfin.partners, partner)
    day, counting = known_day(words, as_of), counted(smartfin, basis)
    chosen = Quarter.parse(quarter) if quarter else None
    tell_what_is_left_out(words, smartfin, day, counting)
    return stand_of(words, ground_of(smartfin, partner, chosen, day, counting))


def _of_file(error: InputError) -> bool:
    """Whether what is wrong stands in the scenario file."""
    ours = error.code.startswith("scenario-") and error.code != "scenario-impossible"
    return ours or error.code == "partner-unknown"


def _lever(text: str | None) -> LeverCode | None:
    """The lever asked for.

    Raises:
        InputError: ``choice-unknown``.
    """
    from smartfin.scenario import LeverCode

    try:
        return LeverCode(text) if text else None
    except ValueError as error:
        raise InputError("choice-unknown", text=text, known=", ".join(LeverCode)) from error
