"""A past day reopened is what that day saw, figure by figure, whatever came after it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from smartfin.errors import InputError
from smartfin.quarter import Quarter
from smartfin.services.board import board_view
from smartfin.services.start import Smartfin, end_of_day, open_smartfin
from smartfin.settings import Settings
from smartfin.store import Basis
from smartfin.wording import words_of
from tests.builders import AT_BALANCE, book, hand_in

WORDS = words_of("en")
PARTNERS = ("ES", "IT")
FIRST_DAY = date(2023, 2, 1)
STEPS, SEED = 8, 4


def test_each_day_reopened_equals_what_it_saw(empty_settings: Settings) -> None:
    quick = replace(empty_settings.outlook, paths=100)
    smartfin = open_smartfin(replace(empty_settings, outlook=quick, approval=True))
    chance = random.Random(SEED)
    seen: dict[date, dict[Basis, Any]] = {}
    for step in range(STEPS):
        day = FIRST_DAY + timedelta(days=step)
        step_on(smartfin, chance, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        seen[day] = {basis: known(smartfin, None, basis) for basis in Basis}
    reopened = {day: {basis: known(smartfin, day, basis) for basis in Basis} for day in seen}
    for day, by_basis in seen.items():
        for basis, then in by_basis.items():
            assert reopened[day][basis] == then, (day, basis)
    assert distinct(seen) > STEPS  # else nothing had happened that could be told apart


def step_on(smartfin: Smartfin, chance: random.Random, at: datetime) -> None:
    """One thing that happens: a workbook, a correction, a withdrawal or an approval."""
    ledger = smartfin.ledger
    standing = [each.id for each in ledger.submissions() if each.withdrawn is None]
    act = chance.choice(("accept", "accept", "restate", "withdraw", "approve", "approve"))
    try:
        if act == "withdraw" and len(standing) > 1:
            ledger.withdraw(chance.choice(standing), "wrong file", "fin", at)
        elif act == "approve" and standing:
            ledger.approve(chance.sample(standing, 1), "fin", at)
        else:
            _accept(smartfin, chance, at, whole=act != "restate")
    except InputError as error:  # what was approved may be drawn again
        assert error.code == "already-approved"
        _accept(smartfin, chance, at, whole=False)


def _accept(smartfin: Smartfin, chance: random.Random, at: datetime, *, whole: bool) -> None:
    last = Quarter(2022, chance.choice((3, 4)))
    first = Quarter(2021, 4) if whole else last
    amounts = {**AT_BALANCE, "staff_costs": float(chance.choice((60, 65, 70)))}
    facts = book(amounts, first, last)
    hand_in(smartfin, chance.choice(PARTNERS), facts, at=at, name=f"{at:%j}.xlsx")


def known(smartfin: Smartfin, as_of: date | None, basis: Basis) -> tuple[Any, ...]:
    """What a day knew: the figures, their sources, and the Board without how late one is."""
    moment, ledger = end_of_day(as_of), smartfin.ledger
    frame = ledger.facts_frame(moment, basis=basis)
    view = board_view(smartfin, WORDS, as_of=as_of, basis=basis)
    group = view.group and replace(view.group, delivered="")
    shown = replace(view, delivered="", group=group, coverage=None)
    drawn = view.coverage and (view.coverage.alt, view.coverage.table)
    return (
        frame.to_json(orient="split"),
        ledger.facts(as_of=moment, basis=basis),
        ledger.unapproved(moment),
        ledger.deliveries(moment, smartfin.items.required, basis),
        repr(shown),
        drawn,
    )


def distinct(seen: dict[date, dict[Basis, Any]]) -> int:
    """How many different states were seen, over both bases."""
    states: Iterable[Any] = (state for by_basis in seen.values() for state in by_basis.values())
    return len({repr(state) for state in states})
