"""The flags of all partners: a row a rule, a column a partner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from smartfin.analysis.warning.flag import Flag, Track
from smartfin.analysis.warning.rule import Alarm, Family
from smartfin.analysis.warning.rules import RULES
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.warning.said import figure_text, limits_at, rule_name
from smartfin.wording import DASH, Words


class Mark(StrEnum):
    """What a cell of the matrix says (message ``warning.mark.<code>``)."""

    RED = "red"
    AMBER = "amber"
    CALM = "calm"
    SILENT = "silent"  # a figure is missing
    FOREIGN = "foreign"  # the law of another country


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one rule says of one partner.

    Args:
        partner: Code of the partner.
        rule: Code of the rule.
        mark: How loud it is.
        text: The figure as written; a dash where it is missing, empty where the rule is not
            the partner's.
        said: The same in words, for who cannot see the mark, and why a figure is missing.
        easing: Whether the figure is back within the threshold, the flag not yet cleared.
    """

    partner: str
    rule: str
    mark: Mark
    text: str
    said: str
    easing: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One rule.

    Args:
        rule: Its code.
        name: In words.
        what: Why it matters, in words.
        cells: One a column.
    """

    rule: str
    name: str
    what: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class MatrixFamily:
    """Rules about one thing.

    Args:
        name: In a word.
        what: The question they ask, in words.
        rows: The rules.
    """

    name: str
    what: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One partner.

    Args:
        partner: Code.
        name: Of the country.
        quarter: Quarter its cells are of, in words.
        counts: "2 red, 1 amber" in words, with how many are back within the threshold.
        precedent: Whether it is a closed case, shown as of its decision.
    """

    partner: str
    name: str
    quarter: str
    counts: str
    precedent: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """All flags.

    Args:
        caption: What it shows.
        columns: Partners.
        families: What the rules are about, each with its rows.
    """

    caption: str
    columns: tuple[MatrixColumn, ...]
    families: tuple[MatrixFamily, ...]

    @property
    def rows(self) -> tuple[MatrixRow, ...]:
        """All rows, in order."""
        return tuple(row for family in self.families for row in family.rows)


def matrix_of(words: Words, cases: Sequence[Case], reporting: Quarter) -> Matrix:
    """The flags of some partners; a rule that is nobody's has no row."""
    concerned = [
        rule for rule in RULES if any(_track(case, rule.code) is not None for case in cases)
    ]
    by_family = groupby(
        sorted(concerned, key=lambda rule: list(Family).index(rule.family)),
        key=lambda rule: rule.family,
    )
    return Matrix(
        caption=words.text("warning.matrix", quarter=reporting),
        columns=tuple(_column(words, case) for case in cases),
        families=tuple(
            MatrixFamily(
                words.text(f"warning.family.{family.value}"),
                words.text(f"warning.family.{family.value}.what"),
                tuple(_row(words, rule.code, cases) for rule in rules),
            )
            for family, rules in by_family
        ),
    )


def counted_flags(words: Words, case: Case, *, short: bool = False) -> str:
    """How many flags of a partner are red and amber, and how many are back, in words.

    Args:
        words: Of the reader's language.
        case: The partner.
        short: Without those that are back, where there is room for a few words only.
    """
    red = sum(flag.alarm is Alarm.RED for flag in case.flags)
    easing = sum(flag.easing for flag in case.flags)
    facts = {
        "red": words.plural("warning.count.red", red),
        "amber": words.plural("warning.count.amber", len(case.flags) - red),
    }
    if easing and not short:
        return words.plural("warning.counts-easing", easing, **facts)
    return words.text("warning.counts", **facts)


def _column(words: Words, case: Case) -> MatrixColumn:
    return MatrixColumn(
        partner=case.partner.code,
        name=words.country(case.partner.code),
        quarter=words.quarter(case.quarter) if case.quarter else DASH,
        counts=counted_flags(words, case),
        precedent=not case.active,
    )


def _row(words: Words, code: str, cases: Sequence[Case]) -> MatrixRow:
    return MatrixRow(
        rule=code,
        name=rule_name(words, code),
        what=words.text(f"warning.{code}.what"),
        cells=tuple(_cell(words, code, case) for case in cases),
    )


def _cell(words: Words, code: str, case: Case) -> MatrixCell:
    track = _track(case, code)
    flag = track.flag(case.quarter) if track and case.quarter else None
    if track and flag:
        mark = Mark(flag.alarm.value)
        limits = limits_at(track, flag.quarter)
        text, said = figure_text(words, track.rule, flag.value, limits), _said(words, flag)
        return MatrixCell(case.partner.code, code, mark, text, said, flag.easing)
    return MatrixCell(case.partner.code, code, *_unflagged(words, track, case))


def _unflagged(words: Words, track: Track | None, case: Case) -> tuple[Mark, str, str]:
    """Mark, figure and words of a rule that does not warn."""
    if track is None:
        return Mark.FOREIGN, "", words.text("warning.mark.foreign")
    if case.quarter is None:
        return Mark.SILENT, DASH, words.text("undefined.nothing-known")
    figure = track.figure(case.quarter)
    if track.silence(case.quarter):
        return Mark.SILENT, DASH, words.reason(figure)
    said = words.text("warning.mark.calm")
    if figure.reason is not None:  # as good as can be, which is no number
        said = words.text("warning.mark.because", said=said, why=words.reason(figure))
    limits = limits_at(track, case.quarter)
    return Mark.CALM, figure_text(words, track.rule, figure, limits), said


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
        said = words.text("warning.mark.because", said=said, why=words.reason(flag.value))
    if not flag.renewed:
        why = words.text("warning.not-renewed", quarter=flag.quarter)
        said = words.text("warning.mark.because", said=said, why=why)
    return said


def _track(case: Case, code: str) -> Track | None:
    return next((track for track in case.record.tracks if track.rule.code == code), None)
