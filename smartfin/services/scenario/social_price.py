"""What members feel of a scenario: the social price, beside the odds and never in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smartfin.analysis.scenario import Difference, Scenario, SocialEffect, bought_share
from smartfin.analysis.scenario.social import WORSE, EffectCode
from smartfin.analysis.variance import effect
from smartfin.measure import Measure, Unit
from smartfin.services.view import Cell, Section, Table, measure_cell, text_cell
from smartfin.wording import DASH, Words

_AMBER, _RED = 1 / 3, 0.6  # docs/metrics.md#bought-share
_DIGITS = {EffectCode.MEMBERS_SHARE: 1, EffectCode.MEMBERS_PER_ADVISER: 1}


def social_price(
    words: Words, changed: Scenario, difference: Difference, currency: str
) -> tuple[str, ...]:
    """Who pays for the improvement, and what the member in the middle pays."""
    share = bought_share(difference)
    if share.value is None:
        bought = words.text("scenarios.bought.none")
    else:
        bought = words.text(f"scenarios.bought.{bought_mark(share.value)}", share=share)
    return (bought, *_middle_member(words, changed, currency))


def social_section(
    words: Words, base: Scenario, changed: Scenario | None, price: tuple[str, ...], currency: str
) -> Section:
    """The four figures of members before and after, and who pays for the improvement.

    Args:
        words: Of the reader's language.
        base: The present course.
        changed: With the changes; None where nothing is changed.
        price: As ``social_price`` says it; nothing without changes.
        currency: Of the partner.
    """
    effects = [_in_currency(each, currency) for each in (changed or base).social]
    table = Table(
        caption=words.text("scenarios.social.caption", target=base.outlook.target),
        columns=tuple(
            words.text(f"column.{name}")
            for name in ("indicator", "now", "with-changes", "change", "for-members")
        ),
        rows=tuple(_row(words, each, moved=changed is not None) for each in effects),
    )
    title = words.text("scenarios.section.social")
    sentences = (*price, words.text("scenarios.social.apart"))
    return Section("social", title, sentences, tables=(table,))


def bought_mark(share: float | None) -> str:
    """How loud the share is that members pay: red, amber, calm; empty where there is none."""
    if share is None:
        return ""
    return "red" if share > _RED else "amber" if share > _AMBER else "calm"


def _middle_member(words: Words, scenario: Scenario, currency: str) -> Iterator[str]:
    """How much more or less the member in the middle pays; nothing where it is not known."""
    felt = next(each for each in scenario.social if each.code is EffectCode.FEE_OF_MIDDLE_MEMBER)
    amount = words.amount(abs(felt.change or 0.0), currency)
    if amount != words.amount(0.0, currency):
        which = "more" if (felt.change or 0.0) > 0 else "less"
        yield words.text(f"scenarios.middle.{which}", amount=amount)


def _in_currency(felt: SocialEffect, currency: str) -> SocialEffect:
    """The same with money by the code of its currency."""
    if felt.before.unit != Unit.CURRENCY:
        return felt
    before, after = (replace(each, unit=currency) for each in (felt.before, felt.after))
    return replace(felt, before=before, after=after)


def _row(words: Words, felt: SocialEffect, *, moved: bool) -> tuple[Cell, ...]:
    digits = _DIGITS.get(felt.code)
    name = words.text(
        "scenarios.middle-member"
        if felt.code is EffectCode.FEE_OF_MIDDLE_MEMBER
        else f"indicator.{felt.code}"
    )
    before = measure_cell(words, felt.before, digits=digits)
    if not moved or felt.change is None:
        empty = Cell(text=DASH, unit=felt.before.unit)
        return (text_cell(name), before, empty, empty, text_cell(DASH))
    after = measure_cell(words, felt.after, digits=digits)
    change = measure_cell(words, Measure(felt.change, felt.before.unit), sign=True, digits=digits)
    good = None if before.text == after.text else effect(felt.change, -WORSE[felt.code])
    said = "same" if good is None else "better" if good else "worse"
    word = replace(text_cell(words.text(f"scenarios.members.{said}")), good=good)
    return (text_cell(name), before, after, replace(change, good=good), word)
