"""What the entities of a partner bought from and owe each other, to be taken out once on each side.

A sale of one entity to another is income here and a cost there; together they are neither. The
same amount leaves both sides, so no result changes by it, whatever the two books say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan

from smartfin.analysis.entities.remark import Remarked, agree

_PAIRS = (
    ("own_entities_income", "own_entities_costs"),
    ("own_entities_receivables", "own_entities_payables"),
)


@dataclass(frozen=True, slots=True)
class Side:
    """A memo of one entity in one quarter.

    Args:
        entity: Unit code.
        memo: Item that states it.
        line: Item it stands in.
        amount: As stated [currency]; NaN where it was stated before and no more.
        stands: Amount of the line [currency]; NaN where it is unknown.
    """

    entity: str
    memo: str
    line: str
    amount: float
    stands: float

    @property
    def usable(self) -> float:
        """How much of it can leave its line without making that negative [currency]."""
        return 0.0 if isnan(self.stands) else max(0.0, min(self.amount, self.stands))


@dataclass(frozen=True, slots=True)
class Settled:
    """What the dealings of a quarter come to.

    Args:
        removed: By entity, memo and line, what is taken out [currency]; NaN where it cannot
            be told.
        remarks: What does not agree, with its facts.
    """

    removed: Mapping[tuple[str, str, str], float] = field(default_factory=dict)
    remarks: tuple[tuple[Remarked, Mapping[str, object]], ...] = ()


def settled_dealings(sides: Sequence[Side]) -> Settled:
    """What is taken out of each entity's lines in a quarter, and what does not agree.

    Formula: of each direction min(sum of income, sum of costs); never more than stands in
    the line. Two entities have two directions, judged apart; of three or more the other side
    is not named, so all are one.

    Args:
        sides: Each entity's memos of the quarter.

    Returns:
        Where a memo is unknown so is what is removed: NaN, and a remark.

    Source:
        docs/metrics.md#entities

    Example:
        >>> sold = Side("DE-EV", "own_entities_income", "service_revenue", 100.0, 250.0)
        >>> bought = Side("DE-GMBH", "own_entities_costs", "other_operating_expenses", 90.0, 90.0)
        >>> found = settled_dealings([sold, bought])
        >>> sorted(found.removed.values()), [code.value for code, _ in found.remarks]
        ([90.0, 90.0], ['dealings-differ'])
    """
    removed: dict[tuple[str, str, str], float] = {}
    remarks: list[tuple[Remarked, Mapping[str, object]]] = []
    for giving, taking in _directions(sides):
        for each, amount in _shares(giving, taking).items():
            key = (each.entity, each.memo, each.line)
            removed[key] = removed.get(key, 0.0) + amount
        remarks += _remarks(giving, taking)
    return Settled({key: value for key, value in removed.items() if value != 0}, tuple(remarks))


def _directions(sides: Sequence[Side]) -> Iterator[tuple[list[Side], list[Side]]]:
    """Who gave and who took, each direction by itself where that can be told."""
    entities = list(dict.fromkeys(each.entity for each in sides))
    for gave, took in _PAIRS:
        giving = [each for each in sides if each.memo == gave]
        taking = [each for each in sides if each.memo == took]
        if len(entities) > 2:
            yield giving, taking
            continue
        for entity in entities:
            ours = [each for each in giving if each.entity == entity]
            yield ours, [each for each in taking if each.entity != entity]


def _shares(giving: Sequence[Side], taking: Sequence[Side]) -> dict[Side, float]:
    """What leaves each side, the same in all on both."""
    if any(isnan(each.amount) for each in (*giving, *taking)):
        return {each: float("nan") for each in (*giving, *taking)}
    both = (sum(each.usable for each in giving), sum(each.usable for each in taking))
    smaller = min(both)
    if not smaller > 0:
        return {}
    return {
        each: smaller * each.usable / whole
        for sides, whole in zip((giving, taking), both, strict=True)
        for each in sides
    }


def _remarks(
    giving: Sequence[Side], taking: Sequence[Side]
) -> Iterator[tuple[Remarked, Mapping[str, object]]]:
    unknown = [each for each in (*giving, *taking) if isnan(each.amount)]
    for each in unknown:
        yield Remarked.DEALINGS_UNKNOWN, {"entity": each.entity, "memo": each.memo}
    if unknown:
        return
    gave, took = sum(each.amount for each in giving), sum(each.amount for each in taking)
    if not agree(gave, took):
        memo = (giving or taking)[0].memo
        yield (
            Remarked.DEALINGS_DIFFER,
            {
                "memo": memo,
                "entity": ", ".join(each.entity for each in giving),
                "other": ", ".join(each.entity for each in taking),
                "amount": gave,
                "against": took,
                "difference": gave - took,
            },
        )
    for each in (*giving, *taking):
        if each.amount > each.stands and not agree(each.amount, each.stands):
            facts = {"entity": each.entity, "memo": each.memo, "line": each.line}
            yield (
                Remarked.LINE_TOO_SMALL,
                {**facts, "amount": each.amount, "stands": each.stands},
            )
