"""What becomes of a partner if it changes something, and what it takes to land.

    draw        the futures of its outlook, drawn once, before anything is decided
    structure   what its costs consist of, as far as a lever can move them
    decisions   levers and events as plain series, a figure for each quarter ahead
    paths       the draw with what was decided laid on it
    simulate    all of it read off: outlook, year to the target, cash, what members feel
    cash, social    parts of that
    difference  why two scenarios end differently, by lever and by part of the bridge
    goal        what it takes of one lever
    together    what it takes of several, with the least pain (space, limits)
    marks       what the partners once achieved

docs/metrics.md#scenario
"""

from smartfin.analysis.scenario.cash import CashAhead, CashQuarter
from smartfin.analysis.scenario.difference import Cell, Difference, bought_share, difference_of
from smartfin.analysis.scenario.draw import Draw, LeverRange, draw_of, lever_obstacle, lever_range
from smartfin.analysis.scenario.goal import Found, NotReachable, chance_of, seek
from smartfin.analysis.scenario.limits import TOLERANCES, Tolerance, social_limits
from smartfin.analysis.scenario.marks import Achieved, LeverMarks, Marks, marks_of
from smartfin.analysis.scenario.simulate import Scenario, YearStatement, scenario_of
from smartfin.analysis.scenario.social import EffectCode, SocialEffect
from smartfin.analysis.scenario.together import Combination, seek_together

__all__ = [
    "TOLERANCES",
    "Achieved",
    "CashAhead",
    "CashQuarter",
    "Cell",
    "Combination",
    "Difference",
    "Draw",
    "EffectCode",
    "Found",
    "LeverMarks",
    "LeverRange",
    "Marks",
    "NotReachable",
    "Scenario",
    "SocialEffect",
    "Tolerance",
    "YearStatement",
    "bought_share",
    "chance_of",
    "difference_of",
    "draw_of",
    "lever_obstacle",
    "lever_range",
    "marks_of",
    "scenario_of",
    "seek",
    "seek_together",
    "social_limits",
]
