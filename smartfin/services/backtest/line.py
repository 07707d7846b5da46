"""How often such a probability came true, in one sentence beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

import pandas as pd

from smartfin.analysis.backtest import HORIZONS, MIX_FROM, Backtest, roll
from smartfin.analysis.backtest.report import nearest_horizon
from smartfin.analysis.forecast.outlook import Likelihood, likelihood
from smartfin.services.assessment import Assessment, Case
from smartfin.services.backtest.tables import range_words
from smartfin.services.kept import kept
from smartfin.services.start import Smartfin
from smartfin.settings import Level, OutlookSettings
from smartfin.wording import Words

_LIKELY = (Likelihood.LIKELY, Likelihood.VERY_LIKELY)
_UNLIKELY = (Likelihood.REMOTE, Likelihood.UNLIKELY)


def backtest_line(
    smartfin: Smartfin, words: Words, assessment: Assessment, case: Case | None = None
) -> str:
    """How often such a probability came true in the past, in one sentence.

    Args:
        smartfin: Opened.
        words: Of the reader's language.
        assessment: What the probability stands in.
        case: Whose probability; None for a sentence about all of them.

    Returns:
        Empty where the case has no probability.
    """
    if case is None:
        backtest = backtest_of_kind(smartfin, assessment, assessment.synthetic)
        return nothing_words(words) if backtest is None else _line_of_all(words, backtest)
    outlook = case.verdict.outlook
    if outlook is None:
        return ""
    backtest = backtest_of_kind(smartfin, assessment, case.synthetic)
    if backtest is None:
        return nothing_words(words)
    word = likelihood(outlook.printed_probability)
    return _line(words, backtest, word, outlook.target - outlook.last)


def backtest_of_kind(
    smartfin: Smartfin, assessment: Assessment, synthetic: bool
) -> Backtest | None:
    """The back-test over all partners with figures of one kind, up to the quarter judged."""
    tables = {
        case.partner.code: case.table
        for case in assessment.cases
        if case.quarter is not None and case.synthetic is synthetic
    }
    if not tables:
        return None
    settings = smartfin.settings
    return _rolled(_Tables(tables, _digest(tables)), settings.outlook, settings.level)


@dataclass(frozen=True, slots=True)
class _Tables:
    """Figures by partner, known again by what they are.

    A note or an approval makes a new state of the ledger, but no other figures: the
    back-test takes a second and would be worked out anew for nothing.
    """

    by_partner: Mapping[str, pd.DataFrame] = field(compare=False)
    digest: bytes


def _digest(tables: Mapping[str, pd.DataFrame]) -> bytes:
    found = sha256()
    for partner, table in tables.items():
        quarters = (int(table.index[0]), len(table)) if len(table) else ()
        found.update(repr((partner, quarters, tuple(table.columns))).encode())
        found.update(table.to_numpy().tobytes())
    return found.digest()


@kept(16)
def _rolled(tables: _Tables, settings: OutlookSettings, level: Level) -> Backtest | None:
    """Tried once for each set of figures."""
    return roll(tables.by_partner, settings, level)


def nothing_words(words: Words) -> str:
    """That nothing can be checked yet."""
    return words.text("backtest.nothing", quarters=MIX_FROM)


def _line(words: Words, backtest: Backtest, word: Likelihood, horizon: int) -> str:
    given = backtest.given(word, horizon)
    facts = {
        "range": range_words(words, word),
        "ahead": words.plural("backtest.ahead", nearest_horizon(horizon)),
    }
    if not given.row.count:
        return words.text("backtest.line.none", **facts)
    return words.plural(
        "backtest.line",
        given.row.count,
        happened=given.happened,
        partners=given.partners,
        **facts,
    )


def _line_of_all(words: Words, backtest: Backtest) -> str:
    high = [each for each in backtest.bins if each.word in _LIKELY]
    low = [each for each in backtest.bins if each.word in _UNLIKELY]
    return words.text(
        "backtest.line.all",
        horizons=HORIZONS,
        likely=words.percent(high[0].row.low),
        unlikely=words.percent(low[-1].row.high),
        high=sum(each.row.count for each in high),
        high_true=sum(each.happened for each in high),
        low=sum(each.row.count for each in low),
        low_true=sum(each.happened for each in low),
    )
