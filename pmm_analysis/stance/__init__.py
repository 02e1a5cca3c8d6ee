"""Which side each answer takes, by rules; and how many take which."""

from .classify import classify_stances, count_named, stance_evidence, suggest_terms
from .conditions import find_conditions, find_contradictions
from .tallies import measure_leads, tally_sensitivity, tally_stances, tally_threads

__all__ = [
    "classify_stances",
    "count_named",
    "find_conditions",
    "find_contradictions",
    "stance_evidence",
    "suggest_terms",
    "tally_sensitivity",
    "tally_stances",
]
