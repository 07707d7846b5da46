"""Early warning: one list of rules, and what each says of a partner over time.

sight (figures of a partner and its sisters) -> condition (a figure a quarter)
      -> alarms (when it rises and clears) -> track (one rule) -> record (all rules)
      -> flags, events, silences
"""

from smartfin.analysis.warning.flag import Course, Flag, FlagEvent, Silence
from smartfin.analysis.warning.record import Record, flags_of, record_of
from smartfin.analysis.warning.rule import OF_ENTITIES, Alarm, Family, Rule
from smartfin.analysis.warning.rules import RULES, find_rule, rules_of
from smartfin.analysis.warning.sight import LegalNote, Sight
from smartfin.analysis.warning.thresholds import refuse_bad_thresholds

__all__ = [
    "OF_ENTITIES",
    "RULES",
    "Alarm",
    "Course",
    "Family",
    "Flag",
    "FlagEvent",
    "LegalNote",
    "Record",
    "Rule",
    "Sight",
    "Silence",
    "find_rule",
    "flags_of",
    "record_of",
    "refuse_bad_thresholds",
    "rules_of",
]
