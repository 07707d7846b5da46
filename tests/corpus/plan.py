"""What one made workbook looks like: a choice for each habit, drawn from a seed.

Most habits keep their plain form; each workbook gets a few unusual ones, in turn, so that every
habit is met in every language and a failure points at what caused it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from tests.corpus.words import LANGUAGES

# Habit: its plain form first, then the unusual ones.
HABITS: Mapping[str, tuple[str, ...]] = {
    "container": ("xlsx", "openpyxl", "1904", "xlsm", "csv", "tsv", "xls", "xls-95", "xlsb", "ods",
                  "strict", "inline", "1904-openpyxl"),
    "told": ("given", "cover", "file", "title"),
    "unit_place": ("title", "corner", "below", "column", "right", "cover", "sheet", "above",
                   "label", "row", "each", "none"),
    "header": ("one", "two-level", "merged", "date-end", "date-text", "date-start", "as-at",
               "year-as-date", "line-break", "footnote", "in-title", "in-file", "in-sheet", "both"),
    "span": ("quarter", "month", "cumulative", "to-date", "running-months", "years", "halves",
             "with-years", "with-halves", "rolling", "nine-months", "quarter-and-ytd",
             "ytd-sheet"),
    "scenario": ("none", "beside", "blocks", "sheet", "forecast-tail", "last-year",
                 "last-year-variance", "budget-variance", "empty-future", "letters"),
    "order": ("oldest-first", "newest-first"),
    "direction": ("across", "down", "tidy"),
    "arrangement": ("sheets", "stacked", "sides", "by-quarter"),
    "signs": ("positive", "negative", "mixed"),
    "totals": ("values", "formulas", "above", "none"),
    "sections": ("headings", "none"),
    "decoration": ("none", "indent", "nbsp", "dots", "upper", "mark", "numbering", "typo",
                   "shortened", "line-break", "colon", "levels"),
    "labels": ("known", "own", "ambiguous", "languages", "bilingual"),
    "offset": ("none", "columns"),
    "codes": ("none", "column", "glued", "notes"),
    "gaps": ("none", "spacers", "change", "total", "share"),
    "ruling": ("none", "pages", "rules", "blank-rows"),
    "numbers": ("typed", "text", "mixed", "spaces", "brackets", "trailing-minus", "apostrophe",
                "thousands-format", "unrounded", "currency"),
    "missing": ("none", "placeholders", "blanks"),
    "extras": ("none", "cover", "ratios", "ledger", "hidden-old", "instructions", "notes"),
    "inner": ("none", "ratio-rows", "percent-block", "strangers", "hazards", "head-count",
              "check-rows", "unlabelled", "details"),
    "top": ("low", "high"),
    "fault": ("none", "repeated-heading", "error-cells", "never-calculated", "hidden-column",
              "second-company", "other-currency", "wrong-total", "other-partner", "future-actual",
              "missing-quarter", "unbalanced", "dates-contradict"),
    "fiscal": ("january", "april", "july", "october"),
}  # fmt: skip

_RARE = ("fault", "fiscal", "labels")  # met less often than the others
_EVERYDAY = {  # unusual forms so usual that every workbook may have them
    "sections": 0.3, "offset": 0.3, "top": 0.3, "order": 0.2, "totals": 0.3, "signs": 0.25,
    "unit_place": 0.5, "arrangement": 0.2, "header": 0.2,
}  # fmt: skip
_TURNS = {  # what must be looked at more closely: labels nobody listed
    ("labels", "own"): 8, ("decoration", "typo"): 3, ("decoration", "shortened"): 3,
    ("inner", "strangers"): 3, ("inner", "hazards"): 3,
}  # fmt: skip
_NEVER_EVERYDAY = ("none", "mixed", "by-quarter", "both", "above", "each")

CURRENCIES = {"SE": "SEK", "HU": "HUF"}
COUNTRIES = {  # whose workbooks are in a language
    "en": ("SE", "NL", "DE"), "nl": ("NL",), "fr": ("NL", "ES"), "de": ("DE", "AT"),
    "es": ("ES",), "it": ("IT",), "sv": ("SE",), "hu": ("HU",),
}  # fmt: skip
FISCAL_STARTS = {"january": 1, "april": 4, "july": 7, "october": 10}


@dataclass(frozen=True)
class Plan:
    """How one workbook is made.

    Args:
        seed: Draws everything.
        language: Of its labels.
        partner: Code of the partner it is from.
        choice: Form of each habit.
        scale: Single units of one printed unit.
        decimals: Printed behind the mark.
        year: First calendar year of its figures.
        quarters: How many quarters it shows.
        form: Which of several writings it uses throughout.
    """

    seed: int
    language: str
    partner: str
    choice: Mapping[str, str]
    scale: int
    decimals: int
    year: int
    quarters: int
    form: int

    @property
    def currency(self) -> str:
        """That its amounts are said to be in: the partner's, unless that is the fault."""
        own = CURRENCIES.get(self.partner, "EUR")
        if not self.has("fault", "other-currency"):
            return own
        return "SEK" if own == "EUR" else "EUR"

    @property
    def fiscal(self) -> int:
        """Month in which the partner's financial year begins."""
        return FISCAL_STARTS[self.choice["fiscal"]]

    @property
    def unusual(self) -> tuple[str, ...]:
        """The habits that are not in their plain form, as ``habit=form``."""
        return tuple(
            f"{habit}={form}" for habit, form in self.choice.items() if form != HABITS[habit][0]
        )

    def has(self, habit: str, *forms: str) -> bool:
        """Whether a habit has one of some forms."""
        return self.choice[habit] in forms


def drawn_plan(seed: int) -> Plan:
    """The plan of a seed.

    Languages and habits take turns; how the habit in turn is met, and which others join it, is
    chance.
    """
    rng = random.Random(f"plan {seed}")
    language = LANGUAGES[seed % len(LANGUAGES)]
    choice = {habit: forms[0] for habit, forms in HABITS.items()}
    for habit, chance in _EVERYDAY.items():
        if rng.random() < chance:
            usual = [form for form in HABITS[habit][1:] if form not in _NEVER_EVERYDAY]
            choice[habit] = rng.choice(usual or HABITS[habit][1:])
    turns = [
        (habit, form) for habit, forms in HABITS.items() for form in forms[1:]
        for _ in range(_TURNS.get((habit, form), 1))
    ]  # fmt: skip
    habit, form = turns[(seed // len(LANGUAGES) + seed) % len(turns)]
    others = [name for name in HABITS if name not in _RARE and name != habit]
    for other in rng.sample(others, rng.choice((0, 1, 2, 2, 3))):
        choice[other] = rng.choice(HABITS[other][1:])
    choice[habit] = form
    partner = rng.choice(COUNTRIES[language])
    scale = _scale(rng, partner)
    return Plan(
        seed=seed,
        language=language,
        partner=partner,
        choice=_reconciled(choice, habit),
        scale=scale,
        decimals={1: rng.choice((0, 0, 2)), 1000: rng.choice((0, 1, 1)), 1_000_000: 3}[scale],
        year=rng.randint(2016, 2021),
        quarters=rng.choice((4, 4, 5, 6, 8)),
        form=rng.randrange(1000),
    )


def _scale(rng: random.Random, partner: str) -> int:
    scales = [1, 1000, 1000, 1000, 1_000_000]
    if partner != "HU":
        scales.append(1)
    return rng.choice(scales)


_LONGER_SPANS = ("month", "cumulative", "to-date", "running-months", "years", "halves",
                 "with-halves", "rolling", "nine-months", "quarter-and-ytd", "with-years",
                 "ytd-sheet")  # fmt: skip

# What cannot go together: when the first holds, the others go back to their plain form.
_EXCLUDED = (
    (("direction", "tidy"), ("header", "span", "scenario", "arrangement", "sections", "inner",
                             "gaps", "decoration", "fault", "order", "missing", "totals",
                             "ruling", "offset", "codes", "top")),
    (("direction", "down"), ("arrangement", "gaps", "inner", "fault", "header", "codes",
                             "decoration", "numbers", "scenario", "ruling")),
    (("arrangement", "by-quarter"), ("header", "span", "scenario", "gaps", "order", "fault",
                                     "direction", "unit_place", "extras", "missing", "fiscal",
                                     "inner", "container")),
    (("gaps", "share"), ("header", "unit_place", "direction", "inner")),
    (("header", "in-title", "in-file", "in-sheet", "as-at"),
     ("span", "scenario", "gaps", "direction", "arrangement", "order", "fault", "fiscal",
      "missing", "ruling")),
    (("header", "both"), ("span", "scenario", "gaps", "fiscal", "direction")),
    (("header", "date-end", "date-text", "date-start"), ("scenario", "gaps", "fiscal")),
    (("header", "two-level", "merged", "year-as-date"), ("gaps", "fiscal")),
    (("span", *_LONGER_SPANS), ("scenario", "missing", "gaps", "fault")),
    (("span", *(span for span in _LONGER_SPANS if span not in ("month", "with-years"))),
     ("header", "fiscal")),
    (("span", "month", "with-years"), ("fiscal",)),
    (("header", "date-end", "date-text", "date-start", "both"), ("gaps",)),
    (("scenario", "beside", "blocks", "last-year", "last-year-variance", "budget-variance",
      "forecast-tail", "empty-future", "letters"), ("header", "gaps", "fault", "order")),
    (("header", "year-as-date"), ("container",)),
    (("container", "csv", "tsv"), ("arrangement", "header", "extras", "told", "fault", "numbers",
                                   "scenario", "ruling")),
    (("arrangement", "sides"), ("decoration", "codes", "gaps", "inner", "unit_place", "ruling")),
    (("fault", "never-calculated"), ("container",)),
    (("container", "openpyxl", "1904-openpyxl", "csv", "tsv"), ("totals",)),
    (("fiscal", "april", "july", "october"), ("header", "scenario")),
    (("numbers", "text", "mixed", "spaces", "brackets", "trailing-minus", "apostrophe",
      "currency"), ("missing",)),
    (("numbers", "currency"), ("unit_place",)),
    (("fault", "other-currency"), ("unit_place", "labels", "numbers")),
    (("fault", "other-partner"), ("told",)),
    (("fault", "unbalanced", "missing-quarter", "future-actual", "dates-contradict"),
     ("arrangement", "direction", "header")),
    (("totals", "above"), ("signs", "decoration", "inner", "sections")),
    (("unit_place", "each"), ("numbers", "direction", "gaps")),
    (("unit_place", "column"), ("decoration",)),
    (("unit_place", "sheet"), ("arrangement",)),
)  # fmt: skip


def _reconciled(choice: dict[str, str], turn: str) -> dict[str, str]:
    """The choices without those that cannot go together; the habit in turn stays."""
    for (habit, *forms), losers in _EXCLUDED:
        if choice[habit] not in forms:
            continue
        if turn in losers and choice[turn] != HABITS[turn][0]:
            choice[habit] = HABITS[habit][0]
            continue
        for loser in losers:
            choice[loser] = HABITS[loser][0]
    if choice["fault"] == "dates-contradict":
        choice["header"], choice["gaps"] = "both", "none"
    if choice["direction"] == "tidy" and choice["told"] == "title":
        choice["told"] = "given"
    if choice["header"].startswith("date") and choice["span"] == "with-years":
        choice["span"] = "quarter"
    if choice["container"] in ("csv", "tsv"):
        choice["arrangement"] = "stacked"
        if choice["direction"] == "down":
            choice["direction"] = "across"
    return choice
