"""Who pays for a change of the fee, and what the members decided on it."""

from __future__ import annotations

from datetime import datetime

from smartfin.analysis.compare import euro_table
from smartfin.analysis.social import Basis, SocialVerdict, WhoPays, fee_change, who_pays
from smartfin.fee import FeeVote
from smartfin.member_vote import MemberVote
from smartfin.money import EURO
from smartfin.services.euro import exchange_of
from smartfin.services.social.case import SocialCase
from smartfin.services.social.said import explained_sentence
from smartfin.services.social.votes import fees_decided
from smartfin.services.start import Smartfin
from smartfin.services.view import Cell, Section, Table, text_cell
from smartfin.wording import DASH, Words

_YEAR = 4  # quarters


def pays_section(smartfin: Smartfin, words: Words, judged: SocialCase) -> Section:
    """What a member pays more or less a year, small and large users apart."""
    title, verdict = words.text("social.section.pays"), judged.verdict
    if verdict is None:
        return Section("pays", title)
    ordinal = verdict.quarter.ordinal
    change = fee_change(judged.case.table, ordinal - _YEAR, ordinal)
    if change.value is None:
        reason = words.reason(change)
        return Section("pays", title, (words.text("social.pays.no-change", reason=reason),))
    table = euro_table(judged.case.table, exchange_of(smartfin, judged.case))
    found = who_pays(table, ordinal, change.value)
    sentences = (_change(words, change.value, verdict), _who(words, found))
    return Section("pays", title, sentences, tables=_payers(words, found, verdict))


def votes_section(
    smartfin: Smartfin, words: Words, judged: SocialCase, moment: datetime | None
) -> Section:
    """What the members decided on their fee, with how many voted."""
    title = words.text("social.section.votes")
    decided = fees_decided(smartfin, judged.case.partner.code, moment)
    unwritten = [fee for fee in decided if fee.turnout is None or fee.in_favour is None]
    rows = [
        *((vote.first, _vote_row(words, vote)) for vote in judged.votes),
        *((fee.first, _fee_row(words, fee)) for fee in unwritten),
    ]
    if not rows:
        return Section("votes", title, (words.text("social.votes.none"),))
    names = ("applies-from", "voted-on", "turnout", "in-favour", "decision")
    rows.sort(key=lambda row: row[0], reverse=True)
    table = Table(
        caption=words.text("social.votes"),
        columns=tuple(words.text(f"column.{name}") for name in names),
        rows=tuple(cells for _, cells in rows),
    )
    explaining = judged.verdict.explained_by if judged.verdict else None
    said = explained_sentence(words, explaining) if explaining else words.text("social.votes.how")
    return Section("votes", title, (said,), tables=(table,))


def _change(words: Words, change: float, verdict: SocialVerdict) -> str:
    return words.text(
        "social.pays.change",
        change=words.points(change, 2),
        first=verdict.quarter + -_YEAR,
        last=verdict.quarter,
    )


def _who(words: Words, found: WhoPays) -> str:
    if found.basis is Basis.UNKNOWN:
        reason = words.reason(found.why) if found.why else ""
        return words.text("social.pays.unknown", reason=reason)
    smallest, largest = found.payers[0], found.payers[-1]
    if found.basis is Basis.MIDDLE:
        return words.text(
            "social.pays.middle",
            volume=_euro(words, smallest.volume),
            amount=_euro(words, smallest.amount, sign=True),
        )
    return words.text(
        "social.pays.deciles",
        small=_euro(words, smallest.amount, sign=True),
        large=_euro(words, largest.amount, sign=True),
    )


def _payers(words: Words, found: WhoPays, verdict: SocialVerdict) -> tuple[Table, ...]:
    """A row a tenth of the members; nothing to add where one member alone is known."""
    if found.basis is not Basis.DECILES:
        return ()
    table = Table(
        caption=words.text("social.pays", quarter=verdict.quarter),
        columns=tuple(words.text(f"column.{name}") for name in ("tenth", "invoices", "pays")),
        rows=tuple(
            (
                text_cell(words.number(payer.decile)),
                Cell(_euro(words, payer.volume), payer.volume, EURO),
                Cell(_euro(words, payer.amount, sign=True), payer.amount, EURO),
            )
            for payer in found.payers
        ),
    )
    return (table,)


def _euro(words: Words, amount: float, *, sign: bool = False) -> str:
    return words.amount(amount, EURO, "1", sign)


def _vote_row(words: Words, vote: MemberVote) -> tuple[Cell, ...]:
    return (
        text_cell(words.quarter(vote.first)),
        text_cell(words.date(vote.decided)),
        text_cell(words.percent(vote.turnout)),
        text_cell(words.percent(vote.in_favour)),
        text_cell(vote.text),
    )


def _fee_row(words: Words, fee: FeeVote) -> tuple[Cell, ...]:
    """A fee of which nobody wrote down how members voted: it explains nothing."""
    unwritten = text_cell(DASH, words.text("social.votes.unwritten"))
    return (
        text_cell(words.quarter(fee.first)),
        text_cell(words.date(fee.decided)),
        unwritten,
        unwritten,
        text_cell(fee.why),
    )
