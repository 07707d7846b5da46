"""What one rule says of one partner, or of each of its legal entities: a cell of the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from smartfin.analysis.warning import OF_ENTITIES, Flag
from smartfin.analysis.warning.track import Track
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.documents import entity_in
from smartfin.services.entities.told import because, told_of
from smartfin.services.entities.warned import Judged, judged, judged_by, judged_in, track_of
from smartfin.services.warning.said import figure_text, limits_at
from smartfin.wording import DASH, Words


class Mark(StrEnum):
    """What a cell of the matrix says (message ``warning.mark.<code>``)."""

    RED = "red"
    AMBER = "amber"
    CALM = "calm"
    SILENT = "silent"  # a figure is missing
    FOREIGN = "foreign"  # the law of another country


_LOUDEST_FIRST = (Mark.RED, Mark.AMBER, Mark.SILENT, Mark.CALM)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one rule says of one partner.

    Args:
        partner: Code of the partner.
        rule: Code of the rule.
        mark: How loud it is; of several legal entities that of the worst.
        text: The figure as written; a dash where it is missing, empty where the rule is not
            the partner's. Of several entities without a warning, that each was judged.
        said: The same in words, for who cannot see the mark, and why a figure is missing; of
            each legal entity where the rule looks at those.
        easing: Whether the figure is back within the threshold, the flag not yet cleared.
        unit: Whose warning it opens in depth: the partner's, or that of a legal entity.
        entity: The short code of the legal entity whose figure it is; empty else.
    """

    partner: str
    rule: str
    mark: Mark
    text: str
    said: str
    easing: bool = False
    unit: str = ""
    entity: str = ""


def cell_of(words: Words, code: str, case: Case) -> MatrixCell:
    """What a rule says of a partner; where it looks at legal entities, the worst of them."""
    cells = [
        _of_one(words, case, whose, track)
        for whose in judged(case)
        if (track := track_of(whose, code)) is not None
    ]
    if not cells:
        said = words.text("warning.mark.foreign")
        return MatrixCell(case.partner.code, code, Mark.FOREIGN, "", said)
    if len(cells) == 1:
        return cells[0]
    shown = judged_by(case, code) or case
    return _of_entities(words, cells, shown.partner.code)


def mark_of(whose: Judged, track: Track) -> Mark:
    """How loud a rule is now."""
    quarter = judged_in(whose, track.rule)
    if quarter is None:
        return Mark.SILENT
    flag = track.flag(quarter)
    if flag is not None:
        return Mark(flag.alarm.value)
    return Mark.SILENT if track.silence(quarter) else Mark.CALM


def _of_entities(words: Words, cells: Sequence[MatrixCell], first: str) -> MatrixCell:
    """The worst of several legal entities, with what is said of each.

    Args:
        words: Of the reader's language.
        cells: One an entity.
        first: Unit code of the one that comes first among those that are equally loud.
    """
    worst = min(cells, key=lambda cell: (_LOUDEST_FIRST.index(cell.mark), cell.unit != first))
    told = words.text("warning.mark.each-entity", said=" · ".join(cell.said for cell in cells))
    if worst.mark is Mark.CALM:
        return replace(worst, text=words.text("warning.mark.entities"), said=told, entity="")
    return replace(worst, said=told)


def _of_one(words: Words, case: Case, whose: Judged, track: Track) -> MatrixCell:
    text, said, easing = _written(words, whose, track)
    of, rule = whose.partner, track.rule
    said = told_of(words, whose, rule, said)
    if of.entities and rule.family in OF_ENTITIES:  # judged beside its entities
        said = words.text("entities.flag", entity=of.organisation, flag=said)
    short, mark = entity_in(of.code) or "", mark_of(whose, track)
    return MatrixCell(case.partner.code, rule.code, mark, text, said, easing, of.code, short)


def _written(words: Words, whose: Judged, track: Track) -> tuple[str, str, bool]:
    """Figure and words of a rule, and whether its flag is back within the threshold."""
    quarter = judged_in(whose, track.rule)
    if quarter is None:
        return DASH, words.text("undefined.nothing-known"), False
    flag = track.flag(quarter)
    if flag is None:
        return (*_unflagged(words, track, quarter), False)
    text = figure_text(words, track.rule, flag.value, limits_at(track, flag.quarter))
    return text, _said(words, flag), flag.easing


def _unflagged(words: Words, track: Track, quarter: Quarter) -> tuple[str, str]:
    """Figure and words of a rule that does not warn."""
    figure = track.figure(quarter)
    if track.silence(quarter):
        return DASH, words.reason(figure)
    said = words.text("warning.mark.calm")
    if figure.reason is not None:  # as good as can be, which is no number
        said = because(words, said, words.reason(figure))
    return figure_text(words, track.rule, figure, limits_at(track, quarter)), said


def _said(words: Words, flag: Flag) -> str:
    """Colour and dates of a flag; that it eases, why there is no figure, how old it is."""
    mark = f"warning.mark.{flag.alarm.value}"
    if flag.since == flag.first_raised:
        said = words.text(mark, since=flag.since)
    else:
        said = words.text(f"{mark}-since", since=flag.since, raised=flag.first_raised)
    if flag.easing:
        said = words.text("warning.mark.easing", said=said)
    if flag.value.reason is not None:
        said = because(words, said, words.reason(flag.value))
    if not flag.renewed:
        said = because(words, said, words.text("warning.not-renewed", quarter=flag.quarter))
    return said
