"""The list of what was noticed: many remarks that ask for nothing give way to the rest."""

from __future__ import annotations

from smartfin.findings import Severity
from smartfin.services.upload import FindingRow
from smartfin.ui.findings import findings_markup
from smartfin.wording import words_of

WORDS = words_of("en")


def row(severity: Severity, sentence: str = "Something.") -> FindingRow:
    """A finding."""
    return FindingRow(severity, severity.value, "Sheet!A1", sentence, "")


def test_a_few_notes_stay_in_view() -> None:
    assert "<details" not in findings_markup([row(Severity.NOTE)] * 3, WORDS)


def test_many_notes_are_folded_with_their_count() -> None:
    markup = findings_markup([row(Severity.NOTE)] * 4, WORDS)
    assert f"<summary>{WORDS.plural('upload.notes', 4)}</summary>" in markup
    assert markup.startswith("<details")


def test_errors_and_warnings_are_never_folded() -> None:
    urgent = [row(Severity.ERROR, "Wrong."), row(Severity.WARNING, "Odd.")]
    in_view, folded = findings_markup([*urgent, *[row(Severity.NOTE)] * 4], WORDS).split("<details")
    assert "Wrong." in in_view
    assert "Odd." in in_view
    assert "Something." not in in_view
    assert folded.count("Something.") == 4


def test_nothing_noticed_is_said() -> None:
    assert WORDS.text("upload.findings.none") in findings_markup([], WORDS)
