"""Named scenarios as they are listed, and several of them laid side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smartfin.analysis.forecast.outlook import NoOutlook
from smartfin.analysis.scenario import scenario_of
from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.scenario import NO_CHANGES, Changes
from smartfin.services.scenario.bridge import bridge_table, side_names
from smartfin.services.scenario.change_words import event_words, setting_words
from smartfin.services.scenario.compared import (
    comparison_remarks,
    comparison_table,
    over_words,
)
from smartfin.services.scenario.comparison import (
    Alternative,
    changes_of,
    compared,
    saved_alternative,
)
from smartfin.services.scenario.ground import Ground, ground_of
from smartfin.services.scenario.saved import saved_scenarios
from smartfin.services.start import Smartfin
from smartfin.services.view import Table, marked_table
from smartfin.store import Basis, SavedScenario
from smartfin.wording import DASH, Words

MOST_COMPARED = 4  # saved scenarios; more columns nobody can read


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A saved scenario as it is listed.

    Args:
        saved: Its newest version.
        sentence: Whose it is, when it was saved, which version.
        odds: Where it leads on the figures of the day, in words; why that is not known otherwise.
        probability: Its odds [fraction], as printed; None where they are not known.
        over: What of it was due in quarters reported since, in words; empty for nothing.
    """

    saved: SavedScenario
    sentence: str
    odds: str
    probability: float | None = None
    over: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is laid side by side.

    Args:
        keys: Of the saved scenarios.
        changes: At hand, shown before them unless one of them has the same; nothing for none.
        before: Place of the one a bridge starts at: 0 is the present course. One too high is
            the last.
        after: Place of the one it leads to.
    """

    keys: tuple[int, ...]
    changes: Changes = NO_CHANGES
    before: int = 0
    after: int = 1


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Several scenarios beside the present course.

    Args:
        table: All of them side by side.
        remarks: What of each changes nothing any more, in words.
        names: What a bridge can lead between, by place; 0 is the present course.
        bridge: Why two of them differ; None where the same one is chosen twice.
    """

    table: Table
    remarks: tuple[str, ...]
    names: tuple[str, ...]
    bridge: Table | None


def named_rows(
    smartfin: Smartfin,
    words: Words,
    partner: str,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> tuple[NamedRow, ...]:
    """The saved scenarios of a partner, each laid on the figures known now.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        partner: Code.
        quarter: Reporting quarter; None for the newest.
        as_of: Day whose knowledge is shown, scenarios included; None for now.
        basis: Which figures count.

    Raises:
        InputError: ``partner-unknown``, ``quarter-not-known``.
    """
    found = saved_scenarios(smartfin, as_of, partner)
    if not found:
        return ()
    ground = ground_of(smartfin, partner, quarter, as_of, basis)
    return tuple(named_row(words, ground, each) for each in found)


def named_row(words: Words, ground: Ground, saved: SavedScenario) -> NamedRow:
    """A saved scenario laid on the figures of a ground."""
    sentence = words.text(
        "named.sentence",
        owner=saved.owner or DASH,
        by=saved.saved_by or DASH,
        at=saved.saved_at,
        version=saved.version,
    )
    draw = ground.draw
    try:
        changes = changes_of(saved)
    except InputError as error:
        return NamedRow(saved, sentence, words.error(error))
    if isinstance(draw, NoOutlook):
        return NamedRow(saved, sentence, words.text("named.no-odds"))
    scenario = scenario_of(draw, changes)
    odds, target = scenario.outlook.printed_probability, scenario.outlook.target
    said = words.text("named.odds", probability=words.percent(odds), target=target)
    over = over_words(words, scenario)
    told = words.text("named.over", name=saved.name, what=words.join(over)) if over else ""
    return NamedRow(saved, sentence, said, odds, told)


def change_lines(words: Words, saved: SavedScenario, currency: str) -> tuple[str, ...]:
    """What a saved scenario changes, lever by lever and event by event; nothing once erased."""
    try:
        changes = changes_of(saved)
    except InputError:  # the row says why
        return ()
    levers = (
        words.text(
            "named.line",
            name=words.text(f"lever.{each.lever}"),
            what=setting_words(words, each, currency),
        )
        for each in changes.levers
    )
    return (*levers, *(event_words(words, each, currency) for each in changes.events))


def comparison_view(
    smartfin: Smartfin,
    words: Words,
    partner: str,
    chosen: Chosen,
    quarter: Quarter | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.ACCEPTED,
) -> ComparisonView | None:
    """Saved scenarios, and the changes at hand, beside the present course.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        partner: Code.
        chosen: What is compared; keys of others, or of what cannot be read any more, are left
            out.
        quarter: Reporting quarter; None for the newest.
        as_of: Day whose knowledge is shown, scenarios included; None for now.
        basis: Which figures count.

    Returns:
        None where nothing is to be compared, or no data supports a scenario.

    Raises:
        InputError: ``partner-unknown``, ``quarter-not-known``.
    """
    ground = ground_of(smartfin, partner, quarter, as_of, basis)
    listed = {each.key: each for each in saved_scenarios(smartfin, as_of, partner)}
    keys = dict.fromkeys(number for number in chosen.keys if number in listed)
    found = [each for key in keys for each in _readable(smartfin, key, as_of)]
    if chosen.changes not in {NO_CHANGES, *(each.changes for each in found)}:
        found = [Alternative(words.text("named.at-hand"), chosen.changes), *found]
    if not found or isinstance(ground.draw, NoOutlook):
        return None
    comparison = compared(words, ground, found)
    first, second = (min(max(place, 0), len(found)) for place in (chosen.before, chosen.after))
    mark = comparison.provisional
    bridge = bridge_table(words, comparison, first, second) if first != second else None
    return ComparisonView(
        table=marked_table(words, comparison_table(words, comparison), provisional=mark),
        remarks=comparison_remarks(words, comparison),
        names=side_names(words, comparison),
        bridge=bridge and marked_table(words, bridge, provisional=mark),
    )


def _readable(smartfin: Smartfin, key: int, as_of: date | None) -> list[Alternative]:
    try:
        return [saved_alternative(smartfin, key, as_of)]
    except InputError:  # the list says why
        return []
