"""Learning from searches: what is searched for and not found, kept without saying who searched."""

from elearn.services.search_log.needs import LEAST_ASKERS, MOST_NEEDS, Need, NeedFilter, Needs, Shown, needs_of
from elearn.services.search_log.noting import LONGEST_QUESTION, Asked, ask_for, note, purge

__all__ = [
    "LEAST_ASKERS",
    "LONGEST_QUESTION",
    "MOST_NEEDS",
    "Asked",
    "Need",
    "NeedFilter",
    "Needs",
    "Shown",
    "ask_for",
    "needs_of",
    "note",
    "purge",
]
