"""The support of one partner: what was voted, what was paid, and what both sides say of it."""

from __future__ import annotations

from dataclasses import dataclass

from smartfin.services.assessment import Assessment
from smartfin.services.start import Smartfin
from smartfin.services.support.comparison import support_comparison
from smartfin.services.support.differences import differences_sentence, differences_table
from smartfin.services.support.path import SupportPath
from smartfin.services.support.path_shown import own_sentence, path_chart, path_sentence
from smartfin.services.view import Chart, Table
from smartfin.wording import Words


@dataclass(frozen=True, slots=True)
class SupportView:
    """What the group gives a partner.

    Args:
        title: Heading of the section.
        sentence: Voted, paid, still to pay and when it ends, in a sentence.
        own: The share of its costs it carries itself, now and a year earlier; empty where
            either is unknown.
        path: Voted and paid by year, with the share of its costs the partner carries itself;
            None where nothing was voted.
        differences_title: Heading of what both sides say.
        differences_sentence: How many amounts differ between books and list, in a sentence.
        differences: Those amounts with the cells of both sides, newest first; None without any.
        count: How many differ.
        compared: In how many quarters there was anything to compare.
        listed: Whether group finance has handed in a list about it.
        synthetic: Whether any figure rests on made-up sample data.
    """

    title: str
    sentence: str
    own: str
    path: Chart | None
    differences_title: str
    differences_sentence: str
    differences: Table | None
    count: int
    compared: int
    listed: bool
    synthetic: bool


def support_of(
    smartfin: Smartfin, words: Words, assessment: Assessment, partner: str
) -> SupportView:
    """The support of a partner of an assessment."""
    case = assessment.case(partner)
    path = SupportPath(smartfin, case, assessment)
    held = support_comparison(smartfin, case, assessment)
    told = held.differences
    return SupportView(
        title=words.text("support.title"),
        sentence=path_sentence(words, case, path),
        own=own_sentence(words, case),
        path=path_chart(words, case, path) if path.years else None,
        differences_title=words.text("support.differences.title"),
        differences_sentence=differences_sentence(words, case, held, listed=bool(path.listed)),
        differences=differences_table(words, case, path, told) if told else None,
        count=len(told),
        compared=len(held.quarters),
        listed=bool(path.listed),
        synthetic=case.synthetic,
    )
