"""Why the list of a course could not be read, for its teacher; the administrator sees the rest among the events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_ANSWER = lazy_gettext(
    "Your platform did not answer when the library asked who is in the course. Try once more later; if it stays, tell "
    "the administrator of the library."
)
_REFUSED = lazy_gettext(
    "Your platform does not tell the library who is in the course. Its administrator can allow it in the settings of "
    "the tool (in Moodle: “IMS LTI Names and Role Provisioning”)."
)
_UNREADABLE = lazy_gettext("Your platform's list of the course cannot be read. Tell the administrator of the library.")

WORDS: Mapping[str, Any] = {
    "roster_refused": _REFUSED,
    "access_refused": _REFUSED,
    "roster_too_long": lazy_gettext("The list of the course is too long to be read."),
    "service_malformed": _UNREADABLE,
    "service_elsewhere": _UNREADABLE,
    "access_malformed": _UNREADABLE,
}


def roster_words(code: str) -> str:
    """The sentence for the code of a reading that failed."""
    return str(WORDS.get(code, _NO_ANSWER))
