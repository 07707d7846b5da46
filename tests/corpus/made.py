"""Made workbooks with what they say: the corpus, one layout a seed.

layout = made_layout(17)
layout.content, layout.name      the file
layout.required, layout.truth    what is true of it
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date

from smartfin.facts import Scenario
from smartfin.ingest.reading import ReadingContext
from smartfin.items import Statement
from smartfin.quarter import Quarter
from tests.corpus import extras, files, times, words
from tests.corpus.accounts import Accounts, Money, chosen_codes, month_of
from tests.corpus.asking import why_ask
from tests.corpus.draft import BookDraft, Key
from tests.corpus.faults import spoiled
from tests.corpus.headings import Headings
from tests.corpus.heads import heads_of
from tests.corpus.layout import Layout, chart, partners
from tests.corpus.lines import money_text
from tests.corpus.pages import Pages
from tests.corpus.plan import Plan, drawn_plan
from tests.corpus.truth import not_repeated, true_amount

_TEXT_FORMATS = ("csv", "tsv")
_NO_FILE_NAME = re.compile(r"[^\w. -]")


def made_layout(seed: int) -> Layout:
    """The layout of a seed; the same seed gives the same workbook."""
    return Maker(drawn_plan(seed)).layout()


class Maker:
    """Makes one workbook of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rng = random.Random(f"made {plan.seed}")
        self._partner = next(one for one in partners() if one.code == plan.partner)
        self._statements = self._chosen_statements()
        self._accounts = self._drawn_accounts()
        self._excess: dict[Key, float] = {}

    def layout(self) -> Layout:
        """The finished workbook."""
        plan = self._plan
        book, told_by = self.draft()
        places = book.places()
        required = {key: amount for key in places if (amount := self._truth(key)) is not None}
        return Layout(
            seed=plan.seed,
            language=plan.language,
            habits=plan.unusual,
            content=self._content(book),
            name=self._name(),
            context=self._context(places),
            required=not_repeated(required),
            places=places,
            may_ask=why_ask(plan, book),
            expects=told_by,
            truth=self._truth,
        )

    def draft(self) -> tuple[BookDraft, tuple[str, ...]]:
        """The workbook before it is written, and the findings that must tell of its fault."""
        plan = self._plan
        pages = Pages(plan, self._statements, self._accounts, self._title(), self._rng)
        book = BookDraft(pages.sheets())
        fault = spoiled(plan, book, pages.of_another_company, self._rng)
        self._excess.update(fault.excess)
        if plan.has("missing", "placeholders", "blanks"):
            self._blank_cells(book)
        self._add_extras(book)
        if plan.has("container", *_TEXT_FORMATS):
            book = BookDraft([files.one_sheet(book, self._name().rpartition(".")[0])])
        return book, fault.told_by

    def _truth(self, key: Key) -> float | None:
        """What the accounts say, with the misprint where there is one."""
        true = true_amount(self._accounts, key)
        return None if true is None else true + self._excess.get(key, 0.0) * self._plan.scale

    # --- what is in it

    def _chosen_statements(self) -> list[Statement]:
        chances = {
            Statement.PNL: 1.0, Statement.BALANCE_SHEET: 0.8, Statement.CASH_FLOW: 0.4,
            Statement.MEMBERS: 0.7, Statement.SOCIAL: 0.35,
        }  # fmt: skip
        chosen = [one for one, chance in chances.items() if self._rng.random() < chance]
        needed = self._plan.has("arrangement", "sides") or self._plan.has("fault", "unbalanced")
        if needed and Statement.BALANCE_SHEET not in chosen:
            chosen.insert(1, Statement.BALANCE_SHEET)
        return chosen

    def _drawn_accounts(self) -> Accounts:
        plan = self._plan
        codes = chosen_codes(chart(), self._rng, self._statements)
        first = month_of(plan.year - 1, plan.fiscal)
        money = Money(plan.currency, plan.scale, plan.decimals)
        return Accounts(chart(), codes, (first, first + 12 * 5), money, plan.fiscal, self._rng)

    def _title(self) -> str:
        """Who the titles say it is from."""
        if self._plan.has("fault", "other-partner"):
            return next(one for one in partners() if one != self._partner).organisation
        return self._partner.organisation if self._plan.has("told", "title") else ""

    def _blank_cells(self, book: BookDraft) -> None:
        """Some figures are not known: a dash or blanks stand there; others are zero."""
        signs = words.PLACEHOLDERS[self._plan.language]
        for sheet in book.sheets:
            for place, cell in list(sheet.cells.items()):
                if cell.states and _is_apart(cell.states[0][0]) and self._rng.random() < 0.15:
                    sign = "   " if self._plan.has("missing", "blanks") else self._rng.choice(signs)
                    sheet.change([place], value=sign, style="", states=())

    def _add_extras(self, book: BookDraft) -> None:
        plan = self._plan
        organisation = self._partner.organisation if plan.has("told", "cover") else ""
        unit = money_text(plan, least=5) if plan.has("unit_place", "cover") else ""
        if organisation or unit or plan.has("extras", "cover"):
            book.sheets.insert(0, extras.cover_sheet(plan, organisation, unit))
        if plan.has("extras", "ratios"):
            book.sheets.append(extras.ratio_sheet(plan, self._rng))
        elif plan.has("extras", "ledger"):
            book.sheets.append(extras.ledger_sheet(plan, self._rng))
        elif plan.has("extras", "notes"):
            book.sheets.append(extras.notes_sheet(plan))
        elif plan.has("extras", "instructions"):
            book.sheets.insert(0, extras.instructions_sheet(plan))
        elif plan.has("extras", "hidden-old"):
            book.sheets.append(extras.old_version(book.sheets[-1]))

    # --- the file

    def _content(self, book: BookDraft) -> bytes:
        container, language = self._plan.choice["container"], self._plan.language
        if container not in _TEXT_FORMATS:
            return files.WRITERS[container][1](book)
        mark = "." if language == "en" else ","
        delimiter = "\t" if container == "tsv" else "," if language == "en" else ";"
        own = "cp1250" if language == "hu" else "cp1252"
        encoding = ("utf-8-sig", "utf-8", own)[self._plan.form % 3]
        return files.delimited(book, delimiter, encoding, mark, self._day)

    def _day(self, day: date) -> str:
        form = times.DATE_TEXTS[self._plan.language]
        return form.format(d=day.day, mm=f"{day.month:02}", y=day.year)

    def _name(self) -> str:
        plan = self._plan
        stem = words.TITLES[plan.language]
        if plan.has("header", "in-file"):
            head = heads_of(plan, Statement.PNL)[0]
            period = _NO_FILE_NAME.sub("-", Headings(plan).text(head))
            stem = f"{stem} {period}"
        if plan.has("told", "file"):
            stem = f"{self._partner.organisation} {stem}"
        container = plan.choice["container"]
        ending = container if container in _TEXT_FORMATS else files.WRITERS[container][0]
        return f"{stem}.{ending}"

    def _context(self, places: dict[Key, list[tuple[str, int, int]]]) -> ReadingContext:
        plan = self._plan
        everybody = tuple(
            replace(one, fiscal_year_starts=plan.fiscal) if one.code == plan.partner else one
            for one in partners()
        )
        given = plan.partner if plan.has("told", "given") else None
        newest = None
        if plan.has("fault", "future-actual"):
            actual = (p for _, p, scenario in places if scenario == Scenario.ACTUAL.value)
            newest = max(Quarter.parse(period) for period in actual if "/" not in period) + -1
        return ReadingContext(chart(), everybody, given, newest_allowed=newest)


def _is_apart(code: str) -> bool:
    """Whether an item is part of no total: where it is missing, every total still adds up."""
    item = chart()[code]
    return item.effect == 0 and not item.derived
