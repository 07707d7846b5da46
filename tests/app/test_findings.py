"""The list of what was noticed: many remarks that ask for nothing give way to the rest."""

from __future__ import annotations

from smartfin.findings import Severity
from smartfin.services.upload import FindingRow
from smartfin.ui.findings import notes_markup, remark_markup, told_apart
from smartfin.wording import words_of

WORDS = words_of("en")


def row(
    severity: Severity, sentence: str = "Something.", answer: str = "", key: str = ""
) -> FindingRow:
    """A finding."""
    return FindingRow(
        severity, severity.value, "Sheet!A1", sentence, "Mend it.", key=key, answer=answer
    )


def test_a_few_notes_stay_in_view() -> None:
    assert "<details" not in notes_markup([row(Severity.NOTE)] * 3, WORDS)


def test_many_notes_are_folded_with_their_count() -> None:
    markup = notes_markup([row(Severity.NOTE)] * 4, WORDS)
    assert f"<summary>{WORDS.plural('upload.notes', 4)}</summary>" in markup
    assert markup.startswith("<details")
    assert markup.count("Something.") == 4


def test_a_remark_names_its_place_and_its_remedy() -> None:
    markup = remark_markup(row(Severity.ERROR, "Wrong <b>."))
    assert "Sheet!A1" in markup
    assert "Mend it." in markup
    assert "Wrong &lt;b&gt;." in markup


def test_an_answered_remark_carries_its_answer() -> None:
    assert "The fair moved." in remark_markup(row(Severity.WARNING, answer="The fair moved."))


def test_two_warnings_with_one_answer_are_answered_once() -> None:
    one, other = (row(Severity.WARNING, sentence, key="a") for sentence in ("One.", "Other."))
    assert told_apart([one, other]) == ([one], [other])


def test_each_answer_makes_room_for_the_next_warning() -> None:
    first, second, third = (row(Severity.WARNING, key=key) for key in "abc")
    assert told_apart([first, second, third], most=2) == ([first, second], [third])
    answered = row(Severity.WARNING, answer="So it is.", key="a")
    assert told_apart([answered, second, third], most=2) == ([answered, second, third], [])
