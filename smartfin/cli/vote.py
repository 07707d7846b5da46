"""The commands over votes of the members: record, withdraw, list."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from typer import Argument, Option, Typer

from smartfin.cli.commands import app
from smartfin.cli.console import (
    AsJson,
    AsOf,
    Language,
    Whose,
    known_day,
    opened_smartfin,
    say,
    say_json,
)
from smartfin.cli.decide import Decider, Why, tell_decided
from smartfin.quarter import Quarter
from smartfin.wording import DASH, visible, words_of

vote = Typer(help="Votes of the members: recorded, withdrawn, listed.", no_args_is_help=True)
app.add_typer(vote, name="vote")


@vote.command("record")
def record_(  # noqa: PLR0913, PLR0917 - all there is to say about it
    partner: Annotated[str, Argument(help="Code of the partner, e.g. ES.")],
    quarter: Annotated[str, Argument(help="First one that what was voted applies to: 2023-Q1.")],
    held: Annotated[str, Option("--on", help="Day of the vote, e.g. 2022-10-05.")],
    in_favour: Annotated[float, Option("--in-favour", help="Share of the votes, e.g. 0.78.")],
    text: Annotated[str, Option("--text", help="What was voted on.")] = "",
    turnout: Annotated[
        float | None, Option("--turnout", help="Share of the members who voted, e.g. 0.31.")
    ] = None,
    by: Annotated[str, Option("--by", help="Who records it.")] = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Note that members voted, beside a change of the fee, say."""
    from smartfin.services.record.vote import record_vote
    from smartfin.services.start import parsed_as_of
    from smartfin.store import Ballot

    smartfin, first, day = opened_smartfin(), Quarter.parse(quarter), parsed_as_of(held)
    on = day.date() if isinstance(day, datetime) else day
    ballot = Ballot(partner, first, on, in_favour, turnout, text)
    return tell_decided(smartfin, record_vote(smartfin, ballot, by), lang, as_json)


@vote.command("withdraw")
def withdraw_(
    number: Annotated[int, Argument(metavar="ID", help="As `vote list` has it.")],
    reason: Why = "",
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Let a vote count no more, as one recorded by mistake; it stays on record."""
    from smartfin.services.record.vote import withdraw_vote

    smartfin = opened_smartfin()
    return tell_decided(smartfin, withdraw_vote(smartfin, number, reason, by), lang, as_json)


@vote.command("list")
def list_(
    partner: Whose = None, as_of: AsOf = None, as_json: AsJson = False, lang: Language = "en"
) -> int:
    """The votes recorded, oldest first; also those withdrawn."""
    from smartfin.services.record.documents import vote_document
    from smartfin.services.record.vote import votes

    words, smartfin = words_of(lang), opened_smartfin()
    found = votes(smartfin, known_day(words, as_of), partner)
    if as_json:
        say_json({"votes": [vote_document(each) for each in found]})
        return 0
    for each in found:
        ballot = each.ballot
        result = (words.percent(ballot.in_favour, digits=1), words.percent(ballot.turnout))
        about = (str(each.id), ballot.partner, str(ballot.quarter), ballot.held.isoformat())
        withdrawn = words.moment(each.withdrawn) if each.withdrawn else DASH
        say([visible("\t".join((*about, *result, withdrawn, each.by, ballot.text)))])
    return 0
