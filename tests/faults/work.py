"""What the processes do that are killed: each says what it has finished, and goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from smartfin.facts import Fact, Scenario
from smartfin.quarter import Quarter
from smartfin.settings import read_settings
from smartfin.store import Ledger, Submission, open_ledger
from smartfin.store.backup import back_up

PARTNERS = ("ES", "IT", "SE", "DE", "AT", "NL", "HU")
ITEMS = ("fee_revenue", "staff_costs", "it_costs", "cash", "membership_fees")
MANY = 40  # figures of a workbook: enough that a transaction takes a while
FEW = 3


def opened(address: str) -> Ledger:
    """The ledger at an address."""
    return open_ledger(read_settings({"SMARTFIN_DATABASE": address}))


def hand_in(ledger: Ledger, writer: int, number: int, figures: int = MANY) -> Submission:
    """Accept a workbook nobody else hands in."""
    name = f"{writer}-{number}.xlsx"
    return ledger.accept(
        PARTNERS[writer % len(PARTNERS)],
        tuple(_figure(place, writer * 1000.0 + number) for place in range(figures)),
        f"bytes of {name}".encode() * 50,
        name,
        f"writer {writer}",
        datetime.now(UTC),
        synthetic=False,
    )


def _figure(place: int, amount: float) -> Fact:
    quarter = Quarter(2018, 1) + place // len(ITEMS)
    item = ITEMS[place % len(ITEMS)]
    return Fact(item, quarter, Scenario.ACTUAL, amount + place, "EUR", "PyG", "C14", "Label")


def accept_on(address: str, said: Connection, writer: int) -> None:
    """Accept workbook after workbook; says the bytes' digest of each that was acknowledged."""
    ledger = opened(address)
    for number in count():
        said.send(hand_in(ledger, writer, number).sha256)


def withdraw_on(address: str, said: Connection, writer: int) -> None:
    """Accept, approve and withdraw in turn; says the digest of what stands withdrawn."""
    ledger = opened(address)
    for number in count():
        accepted = hand_in(ledger, writer, number)
        ledger.approve([accepted.id], "eva", datetime.now(UTC))
        ledger.withdraw(accepted.id, "a mistake", "bo", datetime.now(UTC))
        said.send(accepted.sha256)


def migrate_on(address: str, said: Connection, _writer: int) -> None:
    """Open a database of an earlier version, which brings it to this one."""
    said.send("ready")
    opened(address)
    said.send("migrated")


def back_up_on(address: str, said: Connection, writer: int) -> None:
    """Write backup after backup beside the database; says the name of each that is done."""
    settings = read_settings({"SMARTFIN_DATABASE": address})
    folder = Path(address.removeprefix("sqlite:///")).parent
    for number in count():
        target = folder / f"{writer}-{number}.backup"
        back_up(settings, target, lambda _done, _total: None)
        said.send(target.name)


def accept_some(address: str, writer: int, how_many: int) -> None:
    """One of several writers: accepts so many workbooks and ends."""
    ledger = opened(address)
    for number in range(how_many):
        hand_in(ledger, writer, number, FEW)
    ledger.close()
