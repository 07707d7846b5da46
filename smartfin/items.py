"""The chart of line items: what a figure can be, in eight languages (data/items.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from smartfin.errors import SettingsError


class Statement(StrEnum):
    """Which part of a workbook an item belongs to."""

    PNL = "pnl"
    BALANCE_SHEET = "balance_sheet"
    CASH_FLOW = "cash_flow"
    MEMBERS = "members"
    SOCIAL = "social"


class Nature(StrEnum):
    """How an item adds up over time."""

    FLOW = "flow"  # sum over the period
    STOCK = "stock"  # value at the period's end
    RATE = "rate"  # never summed


class Role(StrEnum):
    """The one class of the break-even partition an item is in (docs/metrics.md#partition)."""

    FEE_INCOME = "fee_income"  # moves with invoiced volume
    OWN_INCOME = "own_income"  # earned, does not move with volume
    VARIABLE = "variable"  # cost that moves with volume
    FIXED = "fixed"  # every other own cost
    SUPPORT = "support"  # grants and group contribution
    NONE = "none"  # one-off, pass-through, derived or memo


@dataclass(frozen=True, slots=True)
class Item:
    """A line item.

    Args:
        code: Its name everywhere.
        statement: Part of the workbook.
        nature: How it adds up over time.
        unit: ``currency``, ``count``, ``fte``, ``percent``, ``days`` or ``hours``.
        effect: +1 raises the net result, assets or cash; -1 lowers it; 0 memo or total.
        role: Its class in the break-even partition.
        side: ``asset``, ``liability``, ``equity`` or empty.
        pass_through: Whether the money belongs to members' activities.
        derived: Formula over other codes (``a + b - c``); empty for what is entered.
        required: Whether a workbook without it cannot be judged.
        note: What belongs in it, in English.
        labels: Language to the ways it is printed, the usual one first.
        signed: Whether it may be negative by nature.
        listed: Whether only group finance's list of support states it: no workbook of a
            partner is read for it.
        set_only: Whether only group.toml states it, and no workbook.
    """

    code: str
    statement: Statement
    nature: Nature
    unit: str
    effect: int
    role: Role
    side: str
    pass_through: bool
    derived: str
    required: bool
    note: str
    labels: Mapping[str, tuple[str, ...]]
    signed: bool = False
    listed: bool = False
    set_only: bool = False

    def label(self, language: str) -> str:
        """Its usual name in a language."""
        return self.labels[language][0]

    def parts(self) -> tuple[tuple[int, str], ...]:
        """The signed codes of ``derived``; empty for what is entered.

        Example:
            ``"a + b - c"`` gives ``((1, "a"), (1, "b"), (-1, "c"))``.
        """
        words = self.derived.split()
        signs = {"+": 1, "-": -1}
        return tuple(
            (signs[words[place - 1]] if place else 1, words[place])
            for place in range(0, len(words), 2)
        )


@dataclass(frozen=True, slots=True)
class AmbiguousLabel:
    """A label that means different items in different books: asked, never assumed."""

    labels: tuple[str, ...]
    candidates: tuple[str, ...]


class Items(Mapping[str, Item]):
    """All line items by code, in the order of the file."""

    def __init__(self, items: tuple[Item, ...], ambiguous: tuple[AmbiguousLabel, ...]) -> None:
        self._by_code = {item.code: item for item in items}
        self.ambiguous = ambiguous

    def __getitem__(self, code: str) -> Item:
        return self._by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    @cached_property
    def of_books(self) -> Items:
        """The items a partner's workbook can state."""
        stated = tuple(item for item in self.values() if not (item.listed or item.set_only))
        return Items(stated, self.ambiguous)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The items without which a quarter counts as not reported."""
        return tuple(item.code for item in self.values() if item.required)

    @cached_property
    def codes_by_role(self) -> Mapping[Role, tuple[str, ...]]:
        """The entered items of each class of the partition."""
        return {
            role: tuple(item.code for item in self.values() if item.role is role) for role in Role
        }


def read_items(path: Path) -> Items:
    """The chart of line items.

    Raises:
        SettingsError: ``items-unreadable``, naming the file and the reason.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        table = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        items = tuple(_read_item(row) for row in table["items"])
        ambiguous = tuple(
            AmbiguousLabel(tuple(row["labels"]), tuple(row["candidates"]))
            for row in table["ambiguous_labels"]
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise SettingsError("items-unreadable", path=str(path), why=str(error)) from error
    return Items(items, ambiguous)


def _read_item(row: Mapping[str, Any]) -> Item:
    return Item(
        code=row["code"],
        statement=Statement(row["statement"]),
        nature=Nature(row["nature"]),
        unit=row["unit"],
        effect=row["effect"],
        role=Role(row.get("role", Role.NONE)),
        side=row.get("side", ""),
        pass_through=row.get("pass_through", False),
        derived=row.get("derived", ""),
        required=row.get("required", False),
        note=row.get("note", ""),
        labels={language: tuple(names) for language, names in row["labels"].items()},
        signed=row.get("signed", False),
        listed=row.get("listed", False),
        set_only=row.get("set_only", False),
    )
