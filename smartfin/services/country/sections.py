"""The story of one partner, section by section: each answers a question."""

from __future__ import annotations

import pandas as pd

from smartfin.services.assessment import Assessment, Case
from smartfin.services.budget import budget_table
from smartfin.services.country.alarms import warning_section
from smartfin.services.country.change import Compared, change_section
from smartfin.services.country.indicator_rows import chosen_tables, subject_tables
from smartfin.services.country.needed import TOLD, needed_sentences
from smartfin.services.country.plan_ahead import plan_section
from smartfin.services.country.split import split_sentences
from smartfin.services.country.statement import (
    beside_profit_and_loss,
    earned_supported_oneoff,
    statement_chart,
    statement_sentences,
)
from smartfin.services.country.story import (
    breakeven_volume_chart,
    coverage_chart,
    cumulative_chart,
    income_costs_chart,
    results_chart,
    subject_of,
)
from smartfin.services.entities.view import entity_section
from smartfin.services.social.case import social_case
from smartfin.services.social.said import evidence_sentences, social_state_words
from smartfin.services.start import Smartfin
from smartfin.services.support.view import support_of
from smartfin.services.verdict_words import odds_sentence, vote_sentences
from smartfin.services.view import Section
from smartfin.wording import Words

_BALANCE_SHEET = (
    "z_score",
    "z_score_net",
    "equity_ratio",
    "net_equity_ratio",
    "months_of_free_cash",
    "months_of_free_cash_with_receivables",
    "months_of_free_cash_without_support",
    "receivable_days",
    "receivable_days_computed",
    "receivables_over_90_share",
    "fund_cover_months",
    "overdue_public_debt",
)


def story_sections(
    smartfin: Smartfin, words: Words, case: Case, assessment: Assessment, compared: Compared
) -> tuple[Section, ...]:
    """From where the result comes from to every indicator; a part with nothing to say is out.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        case: Whose; with figures.
        assessment: That it is a case of.
        compared: The windows of the bridge.
    """
    budget = budget_table(assessment.frame, case.partner.code)
    return tuple(
        section
        for section in (
            _statement(smartfin, words, case, budget),
            change_section(words, case, subject_of(words, case), compared),
            _outlook(words, case),
            _breakeven(words, case, budget),
            _support(words, case),
            _support_path(smartfin, words, case, assessment),
            warning_section(words, case),
            _social(smartfin, words, case, assessment),
            _health(words, case, budget),
            entity_section(words, case),
            plan_section(smartfin, words, case, assessment, budget),
            _indicators(words, case, budget),
        )
        if section.sentences or section.charts or section.tables
    )


def _statement(smartfin: Smartfin, words: Words, case: Case, budget: pd.DataFrame) -> Section:
    chart = statement_chart(words, case, subject_of(words, case), smartfin.items, budget)
    return Section(
        "statement",
        words.text("country.section.statement"),
        sentences=statement_sentences(words, case),
        charts=(*((chart,) if chart else ()), income_costs_chart(words, case)),
    )


def _outlook(words: Words, case: Case) -> Section:
    """Coverage and where it leads, with what that rests on."""
    title, outlook = words.text("country.chart.coverage"), case.verdict.outlook
    told: list[str] = []
    if outlook:
        told += filter(None, [odds_sentence(words, outlook)])
        models = words.join([words.text(f"model.{code}") for code in outlook.models])
        told.append(words.plural("country.outlook.basis", outlook.history, models=models))
        told += vote_sentences(words, outlook)
    return Section("outlook", title, tuple(told), charts=(coverage_chart(words, case),))


def _breakeven(words: Words, case: Case, budget: pd.DataFrame) -> Section:
    title = words.text("country.section.breakeven")
    caption = words.text("country.breakeven.caption", quarter=case.quarter)
    return Section(
        "breakeven",
        title,
        sentences=(*needed_sentences(words, case), *split_sentences(words, case)),
        charts=(breakeven_volume_chart(words, case),),
        tables=chosen_tables(words, case, TOLD, caption, budget),
    )


def _support(words: Words, case: Case) -> Section:
    """Earned, supported and one-off apart, then over time and since the start."""
    apart = earned_supported_oneoff(case)
    names = ("earned", "support", "oneoff")
    told = [
        words.text(
            "country.support.apart",
            quarter=case.quarter,
            **{
                name: words.amount(amount, case.partner.currency, sign=True)
                for name, amount in zip(names, parts, strict=True)
            },
        )
        for parts in ([apart] if apart else [])
    ]
    if apart and (lent := beside_profit_and_loss(case)):
        amount = words.amount(lent, case.partner.currency)
        told.append(words.text("country.support.no-income", amount=amount))
    return Section(
        "support",
        words.text("country.section.support"),
        sentences=tuple(told),
        charts=(results_chart(words, case), cumulative_chart(words, case)),
    )


def _support_path(smartfin: Smartfin, words: Words, case: Case, assessment: Assessment) -> Section:
    """What was voted, paid and is still to come, and where books and list differ.

    Nothing for a partner that has left and was never voted anything.
    """
    title = words.text("country.section.support-path")
    view = support_of(smartfin, words, assessment, case.partner.code)
    if not case.active and view.path is None and not view.listed:
        return Section("support-path", title)
    return Section(
        "support-path",
        title,
        sentences=tuple(filter(None, (view.sentence, view.own, view.differences_sentence))),
        charts=(view.path,) if view.path else (),
        tables=(view.differences,) if view.differences else (),
    )


def _social(smartfin: Smartfin, words: Words, case: Case, assessment: Assessment) -> Section:
    """The social verdict with its evidence; all of it stands on a page of its own."""
    judged = social_case(smartfin, assessment, case.partner.code)
    state = words.text("country.social.state", state=social_state_words(words, judged.state))
    sentences = (state, *evidence_sentences(words, judged))
    return Section("social", words.text("country.section.social"), (" ".join(sentences),))


def _health(words: Words, case: Case, budget: pd.DataFrame) -> Section:
    caption = words.text("country.health.caption", quarter=case.quarter)
    tables = chosen_tables(words, case, _BALANCE_SHEET, caption, budget)
    scored = case.measure("z_score").value is not None
    return Section(
        "health",
        words.text("country.section.health"),
        sentences=(words.text("country.health.altman"),) if scored else (),
        tables=tables,
    )


def _indicators(words: Words, case: Case, budget: pd.DataFrame) -> Section:
    title = words.text("country.indicators")
    return Section("indicators", title, tables=subject_tables(words, case, budget), folded=True)
