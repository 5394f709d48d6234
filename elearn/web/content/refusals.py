"""Why a step of the learner is not possible now, in words, by the code with which sequencing would refuse it."""

from __future__ import annotations

from flask_babel import lazy_gettext

_BY_ITSELF = lazy_gettext("The lesson itself leads from part to part; use the buttons inside it.")
_NO_WAY_BACK = lazy_gettext("This lesson does not let you go back.")
_ORDER = lazy_gettext("Not yet: first finish the parts that come before it.")
_STAY = lazy_gettext("First finish the part you are in.")
_CLOSED = lazy_gettext("The lesson keeps this part closed now.")
_NOT_OPEN = lazy_gettext("No part is open. Choose one from the contents.")

# Code of the SN book (appendix D) -> the reason; codes that no device of the page can meet are left out.
REASONS = {
    "NB.2.1-2": _NOT_OPEN,
    "NB.2.1-4": _BY_ITSELF,
    "NB.2.1-5": _NO_WAY_BACK,
    "NB.2.1-6": _NO_WAY_BACK,
    "NB.2.1-8": _STAY,
    "NB.2.1-10": _BY_ITSELF,
    "NB.2.1-12": _NOT_OPEN,
    "SB.2.1-3": lazy_gettext("This is the first part."),
    "SB.2.2-1": _CLOSED,
    "SB.2.2-2": _CLOSED,
    "SB.2.4-1": _ORDER,
    "SB.2.4-2": _NO_WAY_BACK,
    "SB.2.9-4": _BY_ITSELF,
    "SB.2.9-6": _ORDER,
    "SB.2.9-7": _STAY,
    "SB.2.9-8": lazy_gettext("Take the parts one after the other: only the next one and the one before can be chosen."),
    "SB.2.9-9": lazy_gettext("Nothing in it can be opened now."),
    "DB.1.1-1": lazy_gettext("Nothing in it can be opened now."),
    "DB.1.1-3": _CLOSED,
}


def reasons() -> dict[str, str]:
    """The reasons in the language of the page."""
    return {code: str(sentence) for code, sentence in REASONS.items()}
