"""The commands over named scenarios: save, list, show, compare, freeze, remove."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from smartfin.cli.console import (
    AsJson,
    AsOf,
    Counted,
    Language,
    Whose,
    content_of,
    counted,
    known_day,
    opened_smartfin,
    say,
    say_json,
    tell_what_is_left_out,
)
from smartfin.cli.decide import Decider, tell_decided
from smartfin.cli.scenario import scenario
from smartfin.quarter import Quarter
from smartfin.wording import DASH, visible, words_of

File = Annotated[Path, Argument(metavar="FILE.toml", help="Partner, levers, events.")]
Number = Annotated[int, Argument(metavar="KEY", help="As `scenario list` has it.")]
Numbers = Annotated[list[int], Argument(metavar="KEY...", help="As `scenario list` has them.")]
When = Annotated[str | None, Option("--quarter", help="Figures up to it; default: the newest.")]


@scenario.command("save")
def save_(
    file: File,
    name: Annotated[
        str, Option("--name", help="How it is called; default: as the file says.")
    ] = "",
    remark: Annotated[str, Option("--remark", help="What is to be said of it.")] = "",
    replaces: Annotated[
        int | None, Option("--replaces", help="Number of the version it is a new version of.")
    ] = None,
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Keep what a scenario file changes under a name, or as a new version of one."""
    from smartfin.services.scenario.saved_file import save_file

    smartfin = opened_smartfin()
    decided = save_file(smartfin, content_of(file), name, by, replaces, remark)
    return tell_decided(smartfin, decided, lang, as_json)


@scenario.command("list")
def list_(
    partner: Whose = None,
    as_of: AsOf = None,
    basis: Counted = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """The scenarios saved, each laid on the figures known now; and the plans of record."""
    from smartfin.cli.record import table_lines
    from smartfin.services.scenario.frozen import plans_said, plans_table
    from smartfin.services.scenario.named import named_rows
    from smartfin.services.scenario.named_document import list_document
    from smartfin.services.scenario.saved import saved_scenarios

    words, smartfin = words_of(lang), opened_smartfin()
    day, counting = known_day(words, as_of), counted(smartfin, basis)
    codes = dict.fromkeys(each.partner for each in saved_scenarios(smartfin, day, partner))
    rows = [row for code in codes for row in named_rows(smartfin, words, code, None, day, counting)]
    plans = plans_said(smartfin, partner, day, counting)
    if as_json:
        say_json(list_document(rows, plans))
        return 0
    for row in rows:
        numbers = (str(row.saved.key), str(row.saved.id))
        columns = (*numbers, row.saved.partner, row.saved.name, row.odds, row.sentence)
        say([visible("\t".join(columns))])
    if plans:
        say(table_lines(plans_table(words, plans)))
    return 0


@scenario.command("show")
def show_(
    number: Number,
    as_of: AsOf = None,
    basis: Counted = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """A saved scenario: what it changes, and where that leads on the figures known now."""
    from smartfin.services.scenario.ground import ground_of
    from smartfin.services.scenario.named import change_lines, named_row
    from smartfin.services.scenario.named_document import named_document
    from smartfin.services.scenario.saved import saved_scenario

    words, smartfin = words_of(lang), opened_smartfin()
    day, counting = known_day(words, as_of), counted(smartfin, basis)
    saved = saved_scenario(smartfin, number, day)
    tell_what_is_left_out(words, smartfin, day, counting)
    ground = ground_of(smartfin, saved.partner, None, day, counting)
    row = named_row(words, ground, saved)
    if as_json:
        say_json(named_document(row))
        return 0
    head = (str(saved.key), words.country(saved.partner), saved.name or DASH)
    changed = change_lines(words, saved, ground.case.partner.currency)
    told = filter(None, (row.sentence, saved.remark, row.odds, row.over))
    say(map(visible, ("\t".join(head), *told, *changed)))
    return 0


@scenario.command("compare")
def compare_(
    numbers: Numbers,
    as_of: AsOf = None,
    quarter: When = None,
    basis: Counted = None,
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Saved scenarios beside the present course, and why each differs from the one before."""
    from smartfin.cli.record import table_lines
    from smartfin.services.scenario.bridge import bridge_table
    from smartfin.services.scenario.compared import comparison_remarks, comparison_table
    from smartfin.services.scenario.comparison import compared, saved_together
    from smartfin.services.scenario.ground import ground_of
    from smartfin.services.scenario.named_document import comparison_document

    words, smartfin = words_of(lang), opened_smartfin()
    day, counting = known_day(words, as_of), counted(smartfin, basis)
    partner, alternatives = saved_together(smartfin, words, numbers, day)
    tell_what_is_left_out(words, smartfin, day, counting)
    chosen = Quarter.parse(quarter) if quarter else None
    ground = ground_of(smartfin, partner, chosen, day, counting)
    comparison = compared(words, ground, alternatives)
    if as_json:
        say_json(comparison_document(comparison))
        return 0
    say(table_lines(comparison_table(words, comparison)))
    say(comparison_remarks(words, comparison))
    for place in range(len(comparison.sides)):
        table = bridge_table(words, comparison, place, place + 1)
        say(["", visible(table.caption), *table_lines(table)])
    return 0


@scenario.command("freeze")
def freeze_(
    number: Number,
    meeting: Annotated[str, Option("--meeting", help="Whose plan of record it becomes.")],
    day: Annotated[str | None, Option("--date", help="As known then; default: now.")] = None,
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Make the newest version of a scenario the plan of record of a meeting."""
    from smartfin.services.scenario.saved import freeze_scenario, saved_scenario
    from smartfin.services.start import parsed_as_of

    smartfin, known = opened_smartfin(), parsed_as_of(day) if day else None
    newest = saved_scenario(smartfin, number)
    decided = freeze_scenario(smartfin, newest.id, meeting, by, known)
    return tell_decided(smartfin, decided, lang, as_json)


@scenario.command("end")
def end_(
    number: Number,
    by: Decider = "command line",
    as_json: AsJson = False,
    lang: Language = "en",
) -> int:
    """Remove a scenario from the list; it stays on record."""
    from smartfin.services.scenario.saved import end_scenario

    smartfin = opened_smartfin()
    return tell_decided(smartfin, end_scenario(smartfin, number, by), lang, as_json)
