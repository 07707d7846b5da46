"""A verdict in words: state, reason, deadline, odds and landing quarter."""

from __future__ import annotations

from collections.abc import Iterable

from smartfin.analysis.forecast.outlook import Landing, Outlook, likelihood
from smartfin.analysis.states import Outcome
from smartfin.analysis.verdict import Verdict
from smartfin.measure import Measure, Unit
from smartfin.services.assessment import Case
from smartfin.services.view import Cell, text_cell
from smartfin.wording import DASH, Words

FAR = 8  # quarters ahead beyond which no single landing quarter is named


def state_words(words: Words, case: Case) -> str:
    """The verdict in a word or two; provisional where it rests on figures not approved."""
    state = words.text(f"verdict.{case.verdict.state.value}")
    if case.provisional and case.active:
        return words.text("verdict.provisional", state=state)
    return state


def reason_sentence(words: Words, verdict: Verdict) -> str:
    """Why the verdict is what it is."""
    written = {
        "result": verdict.result,
        "ratio": verdict.ratio,
        "probability": verdict.probability,
    }
    facts = {**verdict.facts, **written}
    sentence = words.text(f"verdict.reason.{verdict.reason.value}", **facts)
    if verdict.previous is None:
        return sentence
    state = words.text(f"verdict.{verdict.previous.state.value}")
    last = words.text("verdict.previous", state=state, quarter=verdict.previous.quarter)
    return f"{sentence} {last}"


def outcome_sentence(words: Words, verdict: Verdict) -> str:
    """What the deadline brought; empty while it is open."""
    outcome = verdict.outcome
    if outcome.code is Outcome.OPEN:
        return ""
    return words.text(
        f"outcome.{outcome.code.value}", since=outcome.since, quarters=outcome.quarters_late
    )


def lost_sentence(words: Words, verdict: Verdict) -> str:
    """From when to when there was a break-even that was lost again; empty otherwise."""
    if verdict.lost_from is None or verdict.lost_since is None:
        return ""
    return words.text("board.lost", start=verdict.lost_from, since=verdict.lost_since)


def probability_name(words: Words, outlooks: Iterable[Outlook | None]) -> str:
    """What a probability is of: break-even in the four quarters to a quarter.

    Args:
        words: Of the reader's language.
        outlooks: That the probabilities under one name are read off. The quarter is named where
            it is the same for all of them.
    """
    targets = {outlook.target for outlook in outlooks if outlook}
    if len(targets) != 1:
        return words.text("tile.probability")
    return words.text("tile.probability.target", target=targets.pop())


def odds_word(words: Words, verdict: Verdict) -> str:
    """The probability in a word, "likely"; empty where there is none."""
    probability = verdict.probability.value
    return "" if probability is None else words.text(f"odds.{likelihood(probability).value}")


def odds_sentence(words: Words, outlook: Outlook) -> str:
    """Break-even at the target and at least once on the way there, and which of them counts.

    Empty for a partner that is at break-even: the question is then whether it holds.
    """
    if outlook.landing.middle == outlook.last:
        return ""
    return words.text(
        "country.outlook.odds",
        target=outlook.target,
        probability=Measure(outlook.printed_probability, Unit.FRACTION),
        by=Measure(outlook.printed_probability_by, Unit.FRACTION),
    )


def landing_cell(words: Words, verdict: Verdict) -> Cell:
    """The quarter in which the present course lands, its range in the note."""
    if verdict.outlook is None:
        return text_cell(DASH, words.reason(verdict.probability))
    return outlook_landing(words, verdict.outlook)


def outlook_landing(words: Words, outlook: Outlook) -> Cell:
    """The quarter in which an outlook lands, its range in the note."""
    landing, last = outlook.landing, outlook.last
    if landing.middle is None:
        return text_cell(words.text("landing.not-within-horizon"), _landing_range(words, landing))
    if landing.middle == last:
        return text_cell(words.text("landing.reached"))
    if landing.middle - last > FAR:
        return text_cell(
            words.text("landing.later", quarter=last + FAR), _landing_range(words, landing)
        )
    return text_cell(words.quarter(landing.middle), _landing_range(words, landing))


def _landing_range(words: Words, landing: Landing) -> str:
    """First quarter for a quarter of the futures to the one for three quarters of them."""
    if landing.early is None:
        return ""
    if landing.late is None:
        return words.text("landing.range-open", early=landing.early)
    return words.text("landing.range", early=landing.early, late=landing.late)
