"""A label written differently is recognised, or asked about; another one is never taken for it."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from smartfin.ingest.labels.match import Match, Matcher
from smartfin.ingest.memory import Answers
from smartfin.ingest.text import comparable
from tests.unit.label_builders import ITEMS

MATCHER = Matcher(ITEMS, Answers())
AMBIGUOUS = {comparable(label) for entry in ITEMS.ambiguous for label in entry.labels}
KNOWN = {
    comparable(label): item.code
    for item in ITEMS.values()
    for names in item.labels.values()
    for label in names
}


@pytest.mark.parametrize(
    ("label", "item"),
    [
        ("Sonst. betr. Aufw.", "other_operating_expenses"),
        ("Verb. aus L. u. L.", "trade_payables"),
        ("Abschr. auf Anlagevermögen", "depreciation"),
        ("Zins-Aufwendungen", "financial_expense"),
        ("Mitgliederguthaben ..........", "member_balances"),
        ("Gebuehrenerloese", "fee_revenue"),
        ("Liquide Mittel, TEUR", "cash"),
        ("Permanent staff costs (incl. social charges)", "staff_costs"),
        ("Cost of depreciation and amortization charge", None),
        ("3.2.1 Depreciation & amortisation", "depreciation"),
        ("Services costs of members", None),
        ("Crediti commerciale", "trade_receivables"),
        ("Afschrijvingkosten", "depreciation"),
    ],
)
def test_other_spellings_are_recognised(label: str, item: str | None) -> None:
    assert MATCHER.match(label).item == item


@pytest.mark.parametrize(
    "label",
    [
        "Inactive members", "Membres inactifs", "Inaktive Mitglieder", "Soci inattivi",
        "Non-operating result", "Net trade receivables", "Receivables over 60 days",
        "Loans to group", "Result before tax", "Ergebnis vor Steuern", "Resultaat voor belasting",
        "Tax income", "Kurzfristige Vermögensgegenstände des Umlaufs", "Long-term bank debt",
        "Passiva", "Gross margin", "Auszahlungen", "Sonstige Posten", "Financial costs and income",
        "Debts due after one year", "Schulden op meer dan één jaar",
        "Verbindlichkeiten über ein Jahr",
        "Fixed income", "Members lost", "Cash outflow", "Rent income", "Premium income",
        "Interest receivable", "Umsatzsteuer", "Staff costs per member", "Equity ratio",
        "Cash and bank (restricted)", "Depreciation excluding buildings",
    ],
)  # fmt: skip
def test_a_label_of_something_else_is_never_taken(label: str) -> None:
    assert MATCHER.match(label).item is None


def test_a_mistyped_ambiguous_label_is_asked_about_as_the_label_is() -> None:
    for label in ("Umsatzerlose", "Umsatzerl.", "Umsatzerlöße", "Personalaufwände"):
        found = MATCHER.match(label)
        assert found.item is None
        assert len(found.candidates) == 2, label


# --- measured


Change = Callable[[str, random.Random], str]


def _in_longest(change: Callable[[str, random.Random], str]) -> Change:
    """A change of the longest word of a label."""

    def changed(label: str, drawn: random.Random) -> str:
        word = max(re.findall(r"[^\W\d_]+", label), key=len)
        return label.replace(word, change(word, drawn), 1)

    return changed


def _dropped(word: str, drawn: random.Random) -> str:
    place = drawn.randrange(1, len(word))
    return word[:place] + word[place + 1 :]


def _doubled(word: str, drawn: random.Random) -> str:
    place = drawn.randrange(1, len(word))
    return word[:place] + word[place] + word[place:]


def _swapped(word: str, drawn: random.Random) -> str:
    place = drawn.randrange(1, max(2, len(word) - 1))
    return word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]


def _replaced(word: str, drawn: random.Random) -> str:
    place = drawn.randrange(1, len(word))
    return word[:place] + drawn.choice("abcdefghijklmnoprstuv") + word[place + 1 :]


DECORATIONS: dict[str, Change] = {
    "code": lambda label, drawn: f"{drawn.randrange(1000, 9999)} {label}",
    "numbering": lambda label, drawn: f"{drawn.choice(('IV.', 'a)', 'A.2.3', '1.'))} {label}",
    "leaders": lambda label, _: f"{label} .......",
    "unit": lambda label, drawn: f"{label}{drawn.choice((' (TEUR)', ', kEUR', ' in TEUR', ' €'))}",
    "footnote": lambda label, drawn: f"{label}{drawn.choice((' ²)', ' (3)', '*', ' [2]'))}",
    "total": lambda label, _: f"Total {label}",
    "including": lambda label, _: f"{label} (incl. VAT)",
}
SLIPS: dict[str, Change] = {
    "dropped": _in_longest(_dropped),
    "doubled": _in_longest(_doubled),
    "swapped": _in_longest(_swapped),
    "replaced": _in_longest(_replaced),
    "plural": _in_longest(lambda word, _: word[:-1] if word[-1] in "sen" else f"{word}s"),
    "shortened": _in_longest(lambda word, _: f"{word[: max(5, len(word) * 2 // 3)]}."),
    "hyphen": lambda label, _: label.replace(" ", "-", 1),
}


def outcomes(changes: dict[str, Change]) -> Iterator[tuple[str, str, str, Match]]:
    """Every fourth label of every language, changed: item, label, changed label, match."""
    drawn = random.Random(2023)
    labels = [pair for pair in KNOWN_LABELS if comparable(pair[1]) not in AMBIGUOUS]
    for item, label in labels[::4]:
        for change in changes.values():
            changed = change(label, drawn)
            if KNOWN.get(comparable(changed), item) == item:
                yield item, label, changed, MATCHER.match(changed)


KNOWN_LABELS = [
    (item.code, label)
    for item in ITEMS.values()
    for names in item.labels.values()
    for label in names
]


def counted(changes: dict[str, Change]) -> Counter[str]:
    """How many changed labels were read right, asked about, unknown or read wrong."""
    counts: Counter[str] = Counter()
    for item, label, changed, match in outcomes(changes):
        if match.item is not None:
            counts["right" if match.item == item else f"wrong: {label} as {changed}"] += 1
        else:
            counts["asked" if match.candidates else "unknown"] += 1
    return counts


def test_no_decoration_hides_a_label() -> None:
    counts = counted(DECORATIONS)
    assert counts.keys() == {"right"}


def test_slips_are_read_right_or_not_at_all() -> None:
    counts = counted(SLIPS)
    assert counts.keys() <= {"right", "asked", "unknown"}
    assert counts["right"] > 0.93 * counts.total()
    assert counts["unknown"] < 0.03 * counts.total()
