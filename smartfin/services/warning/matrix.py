"""The flags of all partners: a row a rule, a column a partner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from smartfin.analysis.warning.rule import Alarm, Family
from smartfin.analysis.warning.rules import RULES
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.entities.warned import judged_by, loudest
from smartfin.services.warning.cell import MatrixCell, cell_of
from smartfin.services.warning.said import rule_name
from smartfin.wording import DASH, Words


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
    concerned = [rule for rule in RULES if any(judged_by(case, rule.code) for case in cases)]
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
    """How many rules say red and amber of a partner, and how many are back, in words.

    A rule that looks at each legal entity counts once, as its loudest.

    Args:
        words: Of the reader's language.
        case: The partner.
        short: Without those that are back, where there is room for a few words only.
    """
    flags = [each.flag for each in loudest(case)]
    red = sum(flag.alarm is Alarm.RED for flag in flags)
    easing = sum(flag.easing for flag in flags)
    facts = {
        "red": words.plural("warning.count.red", red),
        "amber": words.plural("warning.count.amber", len(flags) - red),
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
        cells=tuple(cell_of(words, code, case) for case in cases),
    )
