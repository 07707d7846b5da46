"""Every exception smartfin raises on purpose.

    SmartfinError
    ├── InputError      what somebody gave cannot be used: shown to that person
    │   └── SettingsError   a setting is missing or malformed: shown to the operator
    └── StoreError      the database cannot do what was asked: shown, details logged

An error carries a *code* and *facts*, never a sentence: ``wording`` turns the pair
into words of the reader's language (message ``error.<code>``). What is wrong inside a
workbook is no exception at all but a finding (see ``findings``).
"""

from __future__ import annotations


class SmartfinError(Exception):
    """The operation cannot go on.

    Args:
        code: Name of the message, e.g. ``"partner-unknown"``.
        facts: What the sentence needs, by name.
    """

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code, facts)

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code} ({details})" if details else self.code


class InputError(SmartfinError):
    """What somebody gave cannot be used; says what and what to do instead."""


class SettingsError(InputError):
    """A setting is missing or malformed."""


class StoreError(SmartfinError):
    """The database cannot do what was asked."""
