"""The figures of a partner of several entities: from its combined workbook, or from theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartfin.analysis.entities.remark import EntityRemark, Remarked, Removed, agree
from smartfin.analysis.entities.removal import Whose, dealings_taken_out
from smartfin.analysis.entities.sums import NO_SUM, WEIGHTS, EntityBooks, forgotten, summed
from smartfin.analysis.table import Figures, partner_table
from smartfin.entity import DEALINGS
from smartfin.facts import Scenario
from smartfin.items import Items, Nature, Statement
from smartfin.partner import Partner
from smartfin.quarter import Quarter

Place = tuple[str, str, int, str]
"""Partner, scenario, ordinal of the quarter, item."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Combination:
    """All figures, those of partners of several entities put together.

    Args:
        frame: The tidy frame: of such a partner what counts of it; each entity's own rows
            stay under its unit code.
        made: Places of the figures that come from the entities' books.
        removed: What was taken out of them.
        remarks: What somebody must look at.
    """

    frame: pd.DataFrame
    made: frozenset[Place] = frozenset()
    removed: tuple[Removed, ...] = ()
    remarks: tuple[EntityRemark, ...] = ()


def combined(frame: pd.DataFrame, partners: Iterable[Partner], items: Items) -> Combination:
    """The figures of each partner, those of several entities put together.

    Quarter by quarter and statement by statement, the combined workbook counts where there is
    one; else the entities' books are added up and what they sold each other is taken out. A
    quarter in which an entity that existed has no books is a gap, never a partial sum.

    Args:
        frame: Tidy frame with ``synthetic``; entities under their unit codes.
        partners: Of the group.
        items: The chart of line items.

    Source:
        docs/metrics.md#entities
    """
    joinings = [
        _Joining(frame, partner, scenario, items)
        for partner in partners
        if partner.entities
        for scenario in _scenarios(frame, partner)
    ]
    if not joinings:
        return Combination(frame)
    rows = [each.rows() for each in joinings]
    dropped = np.concatenate([each.dropped() for each in joinings])
    places = zip(*(pd.concat(rows)[name] for name in _PLACE), strict=True)
    return Combination(
        frame=pd.concat([frame[~frame.index.isin(dropped)], *rows], ignore_index=True),
        made=frozenset(places),
        removed=tuple(one for each in joinings for one in each.removed()),
        remarks=tuple(one for each in joinings for one in each.remarks()),
    )


_PLACE = ("partner", "scenario", "quarter", "item")


def _scenarios(frame: pd.DataFrame, partner: Partner) -> list[str]:
    units = [partner.unit(entity) for entity in partner.entities]
    return [str(each) for each in frame.loc[frame["partner"].isin(units), "scenario"].unique()]


class _Joining:
    """One scenario of one partner, put together."""

    def __init__(self, frame: pd.DataFrame, partner: Partner, scenario: str, items: Items) -> None:
        units = [partner.unit(entity) for entity in partner.entities]
        chosen = frame[frame["scenario"] == scenario]
        self._own_rows = chosen[chosen["partner"] == partner.code]
        self._entity_rows = chosen[chosen["partner"].isin(units)]
        self._partner, self._items = partner, items
        ordinals = pd.concat([self._own_rows["quarter"], self._entity_rows["quarter"]])
        index = pd.RangeIndex(int(ordinals.min()), int(ordinals.max()) + 1, name="quarter")
        self._quarters = tuple(Quarter.from_ordinal(int(each)) for each in index)
        self._whose = Whose(partner.code, scenario, partner.currency, self._quarters)
        self._own = partner_table(chosen, partner.code, scenario).reindex(index)
        self._books = tuple(
            EntityBooks(
                unit,
                entity,
                partner_table(chosen, unit, scenario).reindex(index),
                np.array([entity.existed_in(each) for each in self._quarters]),
            )
            for unit, entity in zip(units, partner.entities, strict=True)
        )
        self._taken = dealings_taken_out(self._whose, self._books, self._summed(), items)
        self._forgotten = tuple(self._forgotten_lines())
        self._values = {code: self._emitted(code) for code in self._taken.values}
        self._uses = {one: self._has(one, self._values) & ~self._own_has(one) for one in Statement}

    # --- what comes of it

    def rows(self) -> pd.DataFrame:
        """The figures that come from the entities' books, as rows of the tidy frame."""
        made_up = self._made_up()
        found = [
            (self._partner.code, quarter.ordinal, self._whose.scenario, code, float(amounts[row]),
             self._unit(code), quarter.ordinal in made_up)
            for code, amounts in self._values.items()
            for row, quarter in enumerate(self._quarters)
            if self._uses[self._items[code].statement][row] and not np.isnan(amounts[row])
        ]  # fmt: skip
        return pd.DataFrame(found, columns=_COLUMNS).astype({"quarter": "int64", "synthetic": bool})

    def dropped(self) -> NDArray[np.int64]:
        """Rows of the combined workbook that do not count: it states too little of the quarter."""
        first = self._quarters[0].ordinal
        places = zip(self._own_rows["item"], self._own_rows["quarter"], strict=True)
        gone = [
            code in self._items and self._uses[self._items[code].statement][each - first]
            for code, each in places
        ]
        return np.asarray(self._own_rows.index[np.array(gone, dtype=bool)], dtype=np.int64)

    def removed(self) -> Iterator[Removed]:
        """What was taken out of figures that count."""
        first = self._quarters[0]
        for each in self._taken.removed:
            if self._uses[self._items[each.line].statement][each.quarter - first]:
                yield each

    def remarks(self) -> Iterator[EntityRemark]:
        """What somebody must look at."""
        yield from self._taken.remarks
        yield from self._missing_entities()
        for code, row, unit in self._forgotten:
            yield self._whose.remark(Remarked.LINE_FORGOTTEN, row, entity=unit, item=code)
        yield from self._differences()
        yield from self._not_added_up()

    # --- the entities' figures

    def _summed(self) -> Mapping[str, Figures]:
        stated = {code for each in self._books for code in each.table.columns}
        codes = [code for code in self._items if code in stated and code not in DEALINGS]
        return {code: summed(self._books, code, self._items) for code in codes}

    def _forgotten_lines(self) -> Iterator[tuple[str, int, str]]:
        """Lines, rows and entities where an income or a cost was left out."""
        for code in self._taken.values:
            for each in self._books:
                for row in np.flatnonzero(forgotten(each, code)):
                    yield code, int(row), each.unit

    def _emitted(self, code: str) -> Figures:
        """A line from when an entity first stated it; unknown in a quarter that is a gap."""
        stated = np.any([each.stated(code) for each in self._books], axis=0)
        values = np.where(stated, self._taken.values[code], np.nan)
        values[self._gap(self._items[code].statement)] = np.nan
        return values

    def _gap(self, statement: Statement) -> list[int]:
        """Quarters in which a line is left out that the partner has no figure of before.

        It would count as never reported, and so as nothing.
        """
        return [
            row
            for code, row, _ in self._forgotten
            if self._items[code].statement is statement
            and np.isnan(self._taken.values[code][:row]).all()
            and (code not in self._own or self._own[code].iloc[:row].isna().all())
        ]

    def _has(self, statement: Statement, values: Mapping[str, Figures]) -> Flags:
        """Where a statement is told: with its required lines, where figures are actual."""
        codes = [code for code, item in self._items.items() if item.statement is statement]
        required = [code for code in codes if code in self._items.required]
        nothing = np.full(len(self._quarters), np.nan)
        if required and self._whose.scenario == Scenario.ACTUAL:
            needed = [~np.isnan(values.get(code, nothing)) for code in required]
            return np.asarray(np.all(needed, axis=0))
        return np.asarray(np.any([~np.isnan(values.get(code, nothing)) for code in codes], axis=0))

    def _own_has(self, statement: Statement) -> Flags:
        return self._has(statement, {str(code): self._own[code].to_numpy() for code in self._own})

    def _unit(self, code: str) -> str:
        unit = self._items[code].unit
        return self._partner.currency if unit == "currency" else unit

    def _made_up(self) -> frozenset[int]:
        """Quarters in which a figure of an entity is synthetic."""
        rows = self._entity_rows
        return frozenset(rows.loc[rows["synthetic"].astype(bool), "quarter"].astype(int))

    # --- what is remarked

    def _missing_entities(self) -> Iterator[EntityRemark]:
        """Entities without books in a quarter that others report, and no combined workbook."""
        combined_there = self._own_has(Statement.PNL)
        for row in range(len(self._quarters)):
            there = [each for each in self._books if each.exists[row]]
            silent = [each for each in there if each.silent[row]]
            if combined_there[row] or len(silent) == len(there):
                continue
            for each in silent:
                yield self._whose.remark(Remarked.ENTITY_MISSING, row, entity=each.unit)

    def _differences(self) -> Iterator[EntityRemark]:
        """Where the combined workbook says otherwise than the entities' together."""
        for code, amounts in self._values.items():
            if code not in self._own or self._items[code].nature is Nature.RATE:
                continue
            counts = self._own_has(self._items[code].statement)
            for row, (own, made) in enumerate(zip(self._own[code], amounts, strict=True)):
                if counts[row] and not np.isnan([own, made]).any() and not agree(own, made):
                    sums = {"amount": own, "against": made, "difference": own - made}
                    facts = {**sums, "item": code, "unit": self._unit(code)}
                    yield self._whose.remark(Remarked.COMBINED_DIFFERS, row, **facts)

    def _not_added_up(self) -> Iterator[EntityRemark]:
        """Items every entity states that make no item of the whole; the newest quarter of each."""
        for code in self._taken.values:
            rate = self._items[code].nature is Nature.RATE and code not in WEIGHTS
            if not rate and code not in NO_SUM:
                continue
            told = [np.isnan(each.values(code)) <= ~each.exists for each in self._books]
            number = np.sum([each.exists for each in self._books], axis=0)
            rows = np.flatnonzero(np.all(told, axis=0) & (number > 1))
            if len(rows) and not self._own_states(code, int(rows[-1])):
                yield self._whose.remark(Remarked.NOT_ADDED_UP, int(rows[-1]), item=code)

    def _own_states(self, code: str, row: int) -> bool:
        return code in self._own and bool(self._own[code].notna().iloc[row])


_COLUMNS = ["partner", "quarter", "scenario", "item", "amount", "currency", "synthetic"]
