"""The commands over legal matters that people note: open, close, list."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option, Typer

from smartfin.cli.commands import app
from smartfin.cli.console import AsJson, AsOf, Language, known_day, opened_smartfin, say, say_json
from smartfin.cli.decide import Decider, Why, tell_decided
from smartfin.quarter import Quarter
from smartfin.wording import DASH, visible, words_of

legal = Typer(help="Legal and regulatory matters: noted, settled, listed.", no_args_is_help=True)
app.add_typer(legal, name="legal")

From = Annotated[
    str | None,
    Option("--quarter", help="From this quarter on; default: the newest judged of the partner."),
]
Share = Annotated[
    float | None, Option("--share", help="Share of the volume it threatens, e.g. 0.3.")
]


@legal.command("open")
def open_(  # noqa: PLR0913, PLR0917 - all there is to say about it
    partner: Annotated[str, Argument(help="Code of the partner, e.g. ES.")],
    title: Annotated[str, Argument(help="What it is called, in one line.")],
    text: Annotated[str, Option("--text", help="What it is about.")] = "",
    share: Share = None,
    quarter: From = None,
    by: Annotated[str, Option("--by", help="Who answers for it.")] = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Note a legal or regulatory matter."""
    from smartfin.services.record.note import open_matter

    smartfin, first = opened_smartfin(), Quarter.parse(quarter) if quarter else None
    decided = open_matter(smartfin, (partner, title, text), by, share, first)
    return tell_decided(smartfin, decided, lang, as_json)


@legal.command("close")
def close_(
    number: Annotated[int, Argument(metavar="ID", help="As `legal list` has it.")],
    reason: Why = "",
    quarter: From = None,
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Note that a matter is settled, and how."""
    from smartfin.services.record.note import close_matter

    smartfin, first = opened_smartfin(), Quarter.parse(quarter) if quarter else None
    return tell_decided(smartfin, close_matter(smartfin, number, reason, by, first), lang, as_json)


@legal.command("list")
def list_(as_of: AsOf = None, as_json: AsJson = False, lang: Language = "en") -> int:
    """The matters noted, oldest first; also those settled."""
    from smartfin.services.record.documents import matter_document
    from smartfin.services.record.note import matters

    words, smartfin = words_of(lang), opened_smartfin()
    found = matters(smartfin, known_day(words, as_of))
    if as_json:
        say_json({"legal": [matter_document(each) for each in found]})
        return 0
    for each in found:
        share = DASH if each.share is None else words.percent(each.share)
        span = f"{each.opened}–{each.closed or ''}"
        about = (str(each.id), each.partner, each.title or DASH)
        say([visible("\t".join((*about, share, span, each.owner, each.text)))])
    return 0
