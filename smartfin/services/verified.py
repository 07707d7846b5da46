"""What verifying a ledger found, in a reader's words and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from smartfin.services.verify import LedgerCheck
from smartfin.store import Difference
from smartfin.wording import Words, visible
from smartfin.wording.visible import shortened


def difference_sentence(words: Words, difference: Difference) -> str:
    """Where the ledger is not what it should be."""
    return words.text(f"difference.{difference.kind.value}", **_facts(words, difference))


def newer_reader_sentence(words: Words, difference: Difference) -> str:
    """What this version, or today's settings, would read otherwise."""
    return words.text("difference.newer-reader", **_facts(words, difference))


def check_document(words: Words, check: LedgerCheck) -> dict[str, Any]:
    """What ``verify`` prints."""
    first = check.differences[0] if check.differences else None
    return {
        "ok": check.ok,
        "checked": check.checked,
        "first_difference": None if first is None else difference_document(words, first),
        "differences": len(check.differences),
        "head": check.store.head,
        "erased": check.store.erased,
        "read_differently": [
            {**asdict(each), "message": newer_reader_sentence(words, each)}
            for each in check.read_differently
        ],
    }


def difference_document(words: Words, difference: Difference) -> dict[str, Any]:
    """A difference with its sentence."""
    return {**asdict(difference), "message": difference_sentence(words, difference)}


def check_lines(words: Words, check: LedgerCheck) -> list[str]:
    """What came of it, for people."""
    lines = [difference_sentence(words, each) for each in check.differences]
    if check.ok:
        lines.append(words.text("cli.verified"))
    else:
        lines.append(words.plural("cli.not-verified", len(lines)))
    checked = check.checked
    lines.append(words.text("cli.verified.counts", **checked))
    if checked["not_comparable"]:
        lines.append(words.plural("cli.verified.not-comparable", checked["not_comparable"]))
    lines += [newer_reader_sentence(words, each) for each in check.read_differently]
    if check.store.erased:
        lines.append(words.plural("cli.verified.erased", check.store.erased))
    return [*lines, words.text("cli.verified.head", head=check.store.head)]


def _facts(words: Words, difference: Difference) -> dict[str, object]:
    """What the sentences need: whose, which row, and what is there."""
    nothing = words.text("difference.nothing")
    column = f".{difference.column}" if difference.column else ""
    key = f" [{difference.key}]" if difference.key else ""
    stored, expected = difference.stored, difference.expected
    return {
        "place": _place(words, difference),
        **shortened(
            {
                "row": visible(f"{difference.table}{column}{key}"),
                "stored": visible(stored or "") or nothing,
                "expected": visible(expected or "") or nothing,
            }
        ),
    }


def _place(words: Words, difference: Difference) -> str:
    partner = difference.partner or ""
    if difference.submission is not None:
        number = difference.submission
        return words.text("difference.place.submission", submission=number, code=partner)
    if difference.decision is not None:
        return words.text("difference.place.decision", decision=difference.decision)
    if partner:
        return words.text("difference.place.partner", code=partner)
    return words.text("difference.place.ledger")
