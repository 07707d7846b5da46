"""How well made workbooks are read: facts right, wrong in silence, wrong but told, not read, asked.

Every workbook is made from a seed (tests/corpus), read, and held against what it says. A wrong
fact without a warning, an error or a question about its cell is the worst that can happen, and
counted first. The share of workbooks read whole and without a question, among those that say
everything plainly, comes last.

    .venv/bin/python -m bench.corpus                    400 workbooks
    .venv/bin/python -m bench.corpus --count 2000
    .venv/bin/python -m bench.corpus --show 17          one of them: its file, and what differs
    .venv/bin/python -m bench.corpus --show 3 --published
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from smartfin.ingest import read_workbook
from smartfin.ingest.reading import Reading
from tests.corpus.judged import Outcome, Verdict, judged
from tests.corpus.layout import Layout
from tests.corpus.made import made_layout
from tests.corpus.opened import read_layout
from tests.corpus.published import published_layout

GOAL = 0.98
MOST_SHOWN = 12
THROUGH_CHILD = 10  # each so-many-eth workbook is also read in the guarded process


@dataclass(frozen=True)
class Judgement:
    """One workbook and how it was read."""

    layout: Layout
    verdict: Verdict

    @property
    def is_plain(self) -> bool:
        """Whether the workbook says everything."""
        return not self.layout.may_ask


def judgements(make: Callable[[int], Layout], first: int, count: int) -> list[Judgement]:
    """Make, read and judge so many workbooks."""
    made: list[Judgement] = []
    for seed in range(first, first + count):
        layout = make(seed)
        made.append(Judgement(layout, judged(layout, read_layout(layout))))
    return made


def differs_in_child(layouts: Iterable[Layout]) -> list[int]:
    """Seeds of the workbooks of which the guarded process says something else."""
    return [
        layout.seed
        for layout in layouts
        if read_workbook(layout.content, layout.name, layout.context).facts
        != read_layout(layout).facts
    ]


# --- what is printed


def print_table(title: str, groups: dict[str, list[Judgement]]) -> None:
    """One line a group: its facts by outcome, its workbooks read whole or asked about."""
    print(f"\n{title:<32}{'books':>6}{'whole':>6}{'asked':>6}", end="")
    print("".join(f"{_short(outcome):>13}" for outcome in Outcome))
    for name, members in sorted(groups.items(), key=lambda pair: _badness(pair[1])):
        whole = sum(one.verdict.is_whole for one in members)
        asked = sum(one.verdict.questions > 0 for one in members)
        print(f"{name:<32}{len(members):>6}{whole:>6}{asked:>6}", end="")
        print("".join(f"{_facts(members, outcome):>13}" for outcome in Outcome))


def _short(outcome: Outcome) -> str:
    return outcome.name.lower().replace("_", "-")


def _facts(members: Sequence[Judgement], outcome: Outcome) -> int:
    return sum(one.verdict.count(outcome) for one in members)


def _badness(members: Sequence[Judgement]) -> tuple[float, ...]:
    """Sorts what goes wrong in silence first, then what is not read."""
    wrong = _facts(members, Outcome.WRONG_SILENT)
    whole = sum(one.verdict.is_whole for one in members)
    return (-wrong, whole / len(members))


def grouped(
    judged_ones: Iterable[Judgement], keys: Callable[[Judgement], Iterable[str]]
) -> dict[str, list[Judgement]]:
    """Judgements by each of their keys."""
    groups: dict[str, list[Judgement]] = defaultdict(list)
    for one in judged_ones:
        for key in keys(one):
            groups[key].append(one)
    return groups


def print_failures(judged_ones: Iterable[Judgement]) -> None:
    """The workbooks that were not read whole though they say everything, and all wrong ones."""
    print("\nnot read whole though plainly said, or wrong, or a fault untold:")
    for one in judged_ones:
        verdict, layout = one.verdict, one.layout
        is_wrong = verdict.count(Outcome.WRONG_SILENT) or verdict.fault_untold
        if not is_wrong and (verdict.is_whole or not one.is_plain):
            continue
        counts = Counter(_short(difference.outcome) for difference in verdict.differences)
        said = ", ".join(f"{name} {count}" for name, count in counts.items())
        marks = "".join(
            mark
            for mark, holds in (
                (" FAULT UNTOLD", verdict.fault_untold),
                (" WRONG", verdict.count(Outcome.WRONG_SILENT)),
                (" CRASH", verdict.crashed),
            )
            if holds
        )
        print(f"  {layout.seed:>5} {layout.language}{marks} {' '.join(layout.habits)}", end="")
        print(f" | right {verdict.right}, {said or 'nothing missing'}", end="")
        print(f", questions {verdict.questions}")


def print_one(layout: Layout, folder: Path) -> None:
    """Write a workbook to a file, and print what was read of it."""
    reading = read_layout(layout)
    verdict = judged(layout, reading)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"corpus-{layout.seed}-{layout.name}"
    file.write_bytes(layout.content)
    print(f"{file}\nlanguage {layout.language}, partner {layout.context.partner}, {layout.habits}")
    print(f"may ask: {layout.may_ask or 'no'}; must tell: {layout.expects or 'nothing'}")
    print(f"right {verdict.right}, fault untold {verdict.fault_untold}")
    _print_reading(reading)
    for one in verdict.differences[: 3 * MOST_SHOWN]:
        print(f"  {one.outcome.value}: {' '.join(one.key)} read {one.read} true {one.true}", end="")
        print(f" at {one.place}")


def _print_reading(reading: Reading) -> None:
    for question in reading.questions[:MOST_SHOWN]:
        print(
            f"  question {question.id} at {question.sheet}!{question.cell} {question.options[:4]}"
        )
    seen: Counter[str] = Counter()
    for finding in reading.findings:
        seen[finding.code] += 1
        if seen[finding.code] <= 4:
            place = f"{finding.sheet}!{finding.cell}"
            print(f"  finding {finding.severity} {finding.code} {place} {dict(finding.facts)}")
    for sheet in reading.sheets:
        print(f"  sheet {sheet.sheet!r} used {sheet.used} {sheet.reason} {sheet.statement}")
    headings = ", ".join(
        f"{p.label!r} {p.kind} {p.start}..{p.end}" for p in reading.periods[:MOST_SHOWN]
    )
    print(f"  periods {headings}")


def main() -> None:
    """Prints the whole corpus by language and habit; the share read without asking last."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=400, help="how many workbooks")
    parser.add_argument("--first", type=int, default=0, help="seed of the first")
    parser.add_argument("--show", type=int, help="seed of one workbook to write and explain")
    parser.add_argument("--published", action="store_true", help="show a published one")
    parser.add_argument("--folder", type=Path, default=Path("var/corpus"), help="where to write it")
    chosen = parser.parse_args()
    if chosen.show is not None:
        make = published_layout if chosen.published else made_layout
        print_one(make(chosen.show), chosen.folder)
        return
    began = time.perf_counter()
    ones = judgements(made_layout, chosen.first, chosen.count)
    published = judgements(published_layout, chosen.first, chosen.count // 2)
    seconds = time.perf_counter() - began
    print_table("habit", grouped(ones, lambda one: one.layout.habits or ("plain",)))
    print_table("language", grouped(ones, lambda one: (one.layout.language,)))
    print_table("all", {"all": ones})
    print_table("published", grouped(published, lambda one: one.layout.habits))
    print_failures([*ones, *published])
    other = differs_in_child(one.layout for one in ones[::THROUGH_CHILD])
    print(f"\nread otherwise in the guarded process: {other or 'none'}")
    plain = [one for one in ones if one.is_plain]
    whole = sum(one.verdict.is_whole for one in plain)
    print(f"{len(ones)} workbooks in {seconds:.1f} s, made and read")
    print(f"wrong without a finding: {_facts(ones, Outcome.WRONG_SILENT)} facts (goal 0)")
    print(f"faults untold: {sum(one.verdict.fault_untold for one in ones)} (goal 0)")
    print(f"published: {_facts(published, Outcome.WRONG_SILENT)} facts wrong in silence (goal 0)")
    share = whole / len(plain)
    print(
        f"read whole without a question, of {len(plain)} that say everything (goal >= {GOAL:.0%}):"
    )
    print(f"{share:.1%}")


if __name__ == "__main__":
    main()
