"""What is noticed on the way: findings and questions, each question once."""

from __future__ import annotations

from smartfin.findings import Finding, FindingCode, Question, QuestionKind, Severity

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class Remarks:
    """Findings and questions of one workbook, collected as it is read."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._noted: set[tuple[FindingCode, str, str]] = set()
        self._questions: dict[str, Question] = {}

    def add(self, *findings: Finding) -> None:
        """Keeps findings."""
        self._findings += findings

    def note(self, code: FindingCode, sheet: str, cell: str = "", **facts: object) -> None:
        """Keeps a finding made on the spot; one rule speaks once about a place."""
        if (code, sheet, cell) not in self._noted:
            self._noted.add((code, sheet, cell))
            self._findings.append(Finding(code, sheet, cell, facts))

    def ask(
        self,
        kind: QuestionKind,
        name: str,
        place: tuple[str, str],
        options: tuple[str, ...],
        **facts: object,
    ) -> None:
        """Keeps a question, unless one of its name is kept already.

        Args:
            kind: What is asked.
            name: Id of the question.
            place: Sheet and cell.
            options: Codes of the possible answers.
            facts: What the sentence needs besides the sheet.
        """
        sheet, cell = place
        if name not in self._questions:
            details = {"sheet": sheet, **facts}
            self._questions[name] = Question(name, kind, sheet, cell, details, options)

    def pose(self, *questions: Question) -> None:
        """Keeps questions, unless one of the same name is kept already."""
        for question in questions:
            self._questions.setdefault(question.id, question)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, errors first, otherwise in the order they were made."""
        return tuple(sorted(self._findings, key=lambda finding: _RANK[finding.severity]))

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order they arose."""
        return tuple(self._questions.values())
