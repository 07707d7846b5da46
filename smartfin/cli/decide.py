"""The commands that decide about the ledger, and those that tell what was decided and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from smartfin.cli.commands import app
from smartfin.cli.console import (
    AsJson,
    AsOf,
    Counted,
    Language,
    Whose,
    counted,
    known_day,
    opened_smartfin,
    say,
    say_json,
)
from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.wording import visible, words_of

if TYPE_CHECKING:
    from smartfin.services.record.decide import Decided
    from smartfin.services.start import Smartfin

Decider = Annotated[str, Option("--by", help="Who decides.")]
Why = Annotated[str, Option("--reason", help="Why; it stays on record.")]


@app.command()
def withdraw(
    submission: Annotated[int, Argument(help="Number of the submission.")],
    reason: Why = "",
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Let a submission count no more; what stood before it stands again."""
    from smartfin.services.record.decide import withdraw_submission

    smartfin = opened_smartfin()
    return tell_decided(
        smartfin, withdraw_submission(smartfin, submission, reason, by), lang, as_json
    )


@app.command()
def approve(
    submission: Annotated[list[int] | None, Argument(help="Numbers of submissions.")] = None,
    everything: Annotated[bool, Option("--all", help="All that wait.")] = False,
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Let submissions count for the board: all of them or none."""
    from smartfin.services.record.decide import approve_submissions

    if not submission and not everything:
        raise InputError("approve-what")
    smartfin = opened_smartfin()
    numbers = None if everything else submission
    return tell_decided(smartfin, approve_submissions(smartfin, numbers, by), lang, as_json)


@app.command()
def close(
    quarter: Annotated[str, Argument(help="e.g. 2022-Q4.")],
    reason: Why = "",
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Let a quarter take corrections as restatements only."""
    from smartfin.services.record.decide import close_quarter

    smartfin = opened_smartfin()
    decided = close_quarter(smartfin, Quarter.parse(quarter), by, reason)
    return tell_decided(smartfin, decided, lang, as_json)


@app.command()
def reopen(
    quarter: Annotated[str, Argument(help="e.g. 2022-Q4.")],
    reason: Why = "",
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Let a closed quarter take corrections as before."""
    from smartfin.services.record.decide import reopen_quarter

    smartfin = opened_smartfin()
    decided = reopen_quarter(smartfin, Quarter.parse(quarter), reason, by)
    return tell_decided(smartfin, decided, lang, as_json)


@app.command()
def pin(
    name: Annotated[str, Argument(help="Of the board meeting.")],
    day: Annotated[str | None, Option("--date", help="Of the meeting; default: now.")] = None,
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Give what was known on a day the name of a board meeting."""
    from smartfin.services.record.decide import pin_meeting
    from smartfin.services.start import parsed_as_of

    smartfin, chosen = opened_smartfin(), parsed_as_of(day) if day else None
    return tell_decided(smartfin, pin_meeting(smartfin, name, chosen, by), lang, as_json)


@app.command()
def unpin(
    number: Annotated[int, Argument(metavar="ID", help="As `pins` lists it.")],
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Take the name of a meeting away."""
    from smartfin.services.record.decide import unpin_meeting

    smartfin = opened_smartfin()
    return tell_decided(smartfin, unpin_meeting(smartfin, number, by), lang, as_json)


@app.command()
def pins(as_of: AsOf = None, as_json: AsJson = False, lang: Language = "en") -> int:
    """The pinned meetings, newest first."""
    from smartfin.services.record.documents import pins_document
    from smartfin.services.start import end_of_day

    words = words_of(lang)
    found = opened_smartfin().ledger.pins(end_of_day(known_day(words, as_of)))
    if as_json:
        say_json(pins_document(found))
    else:
        say(f"{each.id}\t{words.moment(each.moment)}\t{each.name}\t{each.by}" for each in found)
    return 0


@app.command()
def changes(
    since: Annotated[str, Option("--since", help="Day to compare with, e.g. 2022-12-31.")],
    until: Annotated[str | None, Option("--until", help="The later day; default: now.")] = None,
    partner: Whose = None,
    basis: Counted = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Figures restated, withdrawn or new between two days, the largest first."""
    from smartfin.cli.record import change_lines
    from smartfin.services.record.documents import changes_document
    from smartfin.services.start import parsed_as_of

    words, smartfin = words_of(lang), opened_smartfin()
    days = parsed_as_of(since), known_day(words, until)
    document = changes_document(smartfin, words, *days, partner, counted(smartfin, basis))
    if as_json:
        say_json(document)
    else:
        say(change_lines(words, document))
    return 0


@app.command()
def deliveries(
    as_of: AsOf = None, basis: Counted = None, as_json: AsJson = False, lang: Language = "en"
) -> int:
    """Who has handed in, who is late, and how complete it is."""
    from smartfin.cli.record import table_lines
    from smartfin.services.record.deliveries import deliveries_table, judged_on, partner_deliveries
    from smartfin.services.record.documents import deliveries_document
    from smartfin.services.start import end_of_day

    words, smartfin = words_of(lang), opened_smartfin()
    day = known_day(words, as_of)
    found = partner_deliveries(smartfin, day, counted(smartfin, basis))
    judged = judged_on(smartfin, smartfin.ledger.submissions(end_of_day(day)), day)
    if as_json:
        say_json(deliveries_document(judged, found))
    else:
        say(table_lines(deliveries_table(smartfin, words, found)))
    return 0


@app.command()
def remark(
    partner: Annotated[str, Argument(help="Code of the partner, e.g. ES.")],
    rule: Annotated[str, Argument(help="Code of the rule, as `status` names it.")],
    text: Annotated[str, Argument(help="What is said about its flag.")],
    quarter: Annotated[str | None, Option("--quarter", help="Default: the newest judged.")] = None,
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Note what somebody says about a flag of early warning."""
    from smartfin.services.record.note import note_remark

    smartfin, about = opened_smartfin(), Quarter.parse(quarter) if quarter else None
    return tell_decided(
        smartfin, note_remark(smartfin, partner, rule, text, by, about), lang, as_json
    )


@app.command()
def remarks(
    partner: Whose = None, as_of: AsOf = None, as_json: AsJson = False, lang: Language = "en"
) -> int:
    """What people said about flags, oldest first."""
    from smartfin.services.record import note
    from smartfin.services.record.documents import remark_document

    words, smartfin = words_of(lang), opened_smartfin()
    found = note.remarks(smartfin, known_day(words, as_of), partner)
    if as_json:
        say_json({"remarks": [remark_document(each) for each in found]})
    else:
        for each in found:
            columns = (str(each.id), each.partner, each.rule, str(each.quarter), each.text, each.by)
            say([visible("\t".join(columns))])
    return 0


@app.command()
def erase(
    number: Annotated[
        int, Argument(metavar="ID", help="As `remarks`, `legal list` or `vote list` has it.")
    ],
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Empty what a remark, legal matter, vote or scenario says, for good; that it was stays."""
    from smartfin.services.record.note import erase_note

    smartfin = opened_smartfin()
    return tell_decided(smartfin, erase_note(smartfin, number, by), lang, as_json)


@app.command()
def history(as_of: AsOf = None, as_json: AsJson = False, lang: Language = "en") -> int:
    """Every submission and every decision."""
    from smartfin.cli.record import history_lines
    from smartfin.services.record.documents import history_document
    from smartfin.services.record.history import history_view

    words, smartfin = words_of(lang), opened_smartfin()
    day = known_day(words, as_of)
    if as_json:
        say_json(history_document(smartfin, day))
    else:
        say(history_lines(history_view(smartfin, words, day)))
    return 0


def tell_decided(smartfin: Smartfin, decided: Decided, lang: str, as_json: bool) -> int:
    """Say what was decided, and what it changed."""
    from smartfin.services.record.decide import decided_sentence
    from smartfin.services.record.documents import decided_document

    words = words_of(lang)
    if as_json:
        say_json(decided_document(smartfin, words, decided))
    else:
        say([decided_sentence(words, decided)])
    return 0
