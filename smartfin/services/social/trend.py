"""The twelve of one partner over time, and every partner's verdicts quarter by quarter."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from smartfin.analysis.social import MEASURES, SocialMeasure, SocialVerdict
from smartfin.analysis.social.usual import usual_band
from smartfin.charts import UsualPanel, usual_figure, usual_sentence
from smartfin.measure import Measure, Unit
from smartfin.quarter import Quarter
from smartfin.services.assessment import Case
from smartfin.services.country.story import subject_of
from smartfin.services.provenance.figure import SOCIAL, source_of
from smartfin.services.social.case import EARLIER, SocialCase
from smartfin.services.social.said import social_state_words
from smartfin.services.view import Cell, Chart, Section, Table, marked_chart, text_cell
from smartfin.wording import DASH, Words

_SHOWN = 16  # quarters of each figure


def trend_section(words: Words, judged: SocialCase) -> Section:
    """Each of the twelve with what was usual then."""
    title, quarter = words.text("social.section.trend"), judged.case.quarter
    if quarter is None:
        return Section("trend", title)
    bands = _bands(judged, quarter)
    missing = [measure for measure, band in bands.items() if band["value"].isna().all()]
    names = words.join([words.text(f"indicator.{measure.code}") for measure in missing])
    unknown = words.text("social.trend.missing", names=names) if missing else ""
    sentences = tuple(filter(None, (words.text("social.trend.how"), unknown)))
    return Section("trend", title, sentences, (_chart(words, judged.case, bands),))


def history_table(
    words: Words,
    shown: Sequence[SocialCase],
    history: Mapping[str, Sequence[SocialVerdict]],
    reporting: Quarter,
) -> Table:
    """The verdict of each partner in each of the last quarters, newest first."""
    quarters = [reporting + -back for back in range(EARLIER)]
    return Table(
        caption=words.text("social.history"),
        columns=(words.text("column.country"), *(words.quarter(each) for each in quarters)),
        rows=tuple(_history_row(words, each, history, quarters) for each in shown),
    )


def _history_row(
    words: Words,
    judged: SocialCase,
    history: Mapping[str, Sequence[SocialVerdict]],
    quarters: Sequence[Quarter],
) -> tuple[Cell, ...]:
    partner = judged.case.partner.code
    verdicts = {each.quarter: each for each in history.get(partner, ())}
    cells = (_judged_cell(words, partner, verdicts.get(each)) for each in quarters)
    return (text_cell(words.country(partner)), *cells)


def _judged_cell(words: Words, partner: str, verdict: SocialVerdict | None) -> Cell:
    if verdict is None:
        return text_cell(DASH)
    source = source_of(partner, verdict.quarter, SOCIAL)
    return Cell(social_state_words(words, verdict.state), source=source)


def _bands(judged: SocialCase, quarter: Quarter) -> Mapping[SocialMeasure, pd.DataFrame]:
    """The last quarters of each of the twelve with what was usual."""
    case = judged.case
    first = quarter.ordinal - _SHOWN + 1
    shown = case.table.index >= first
    return {measure: usual_band(measure, case.table, judged.floors)[shown] for measure in MEASURES}


def _chart(words: Words, case: Case, bands: Mapping[SocialMeasure, pd.DataFrame]) -> Chart:
    panels = [
        UsualPanel(
            title=words.text(f"indicator.{measure.code}"),
            frame=frame,
            unit=_unit(case, measure),
            digits=measure.indicator.digits,
        )
        for measure, frame in bands.items()
    ]
    arguments = (panels, subject_of(words, case), words)
    chart = Chart(
        figure=usual_figure(*arguments),
        narrow=usual_figure(*arguments, columns=1),
        alt=usual_sentence(*arguments),
        table=_table(words, case, bands),
    )
    return marked_chart(words, chart, provisional=case.provisional)


def _unit(case: Case, measure: SocialMeasure) -> str:
    return case.partner.currency if measure.unit is Unit.CURRENCY else measure.unit


def _table(words: Words, case: Case, bands: Mapping[SocialMeasure, pd.DataFrame]) -> Table:
    """The same numbers: a row a quarter, newest first, a column an indicator."""
    ordinals = sorted({int(each) for frame in bands.values() for each in frame.index})
    return Table(
        caption=words.text("social.trend"),
        columns=(
            words.text("column.quarter"),
            *(words.text(f"indicator.{measure.code}") for measure in bands),
        ),
        rows=tuple(
            (
                text_cell(words.quarter(Quarter.from_ordinal(ordinal))),
                *(_cell(words, case, measure, frame, ordinal) for measure, frame in bands.items()),
            )
            for ordinal in reversed(ordinals)
        ),
    )


def _cell(
    words: Words, case: Case, measure: SocialMeasure, frame: pd.DataFrame, ordinal: int
) -> Cell:
    value, unit = float(frame["value"].get(ordinal, math.nan)), _unit(case, measure)
    if math.isnan(value):
        return Cell(DASH, unit=unit)
    text = words.measure(Measure(value, unit), digits=measure.indicator.digits)
    quarter = Quarter.from_ordinal(ordinal)
    return Cell(text, value, unit, source=source_of(case.partner.code, quarter, measure.code))
