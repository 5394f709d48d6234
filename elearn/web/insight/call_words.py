"""What the error codes of the run time mean (RTE 1.2, 3.3.5; 2004 RTE 3.1.7), and the columns of the table of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADINGS: tuple[Any, ...] = (
    *(lazy_gettext("Time"), lazy_gettext("Call"), lazy_gettext("Element"), lazy_gettext("Value")),
    *(lazy_gettext("Answer"), lazy_gettext("Error"), lazy_gettext("Meaning")),
)
_NOT_RUNNING = lazy_gettext("The lesson called before it had opened its session, or after it had closed it.")
_ARGUMENT = lazy_gettext("The call had an argument that is not allowed.")
_GENERAL = lazy_gettext("The call could not be carried out at this moment.")
_UNKNOWN = lazy_gettext("There is no such element.")
_READ_ONLY = lazy_gettext("The lesson may read this element but not set it.")
_WRITE_ONLY = lazy_gettext("The lesson may set this element but not read it.")
_TYPE = lazy_gettext("The value has not the form that the element asks for.")

ERRORS: Mapping[str, Mapping[str, Any]] = {
    "1.2": {
        "101": _GENERAL,
        "201": _ARGUMENT,
        "202": lazy_gettext("The element has no parts that could be asked for."),
        "203": lazy_gettext("The element is no list, so it has no count."),
        "301": _NOT_RUNNING,
        "401": _UNKNOWN,
        "402": lazy_gettext("This is a key word that cannot be set."),
        "403": _READ_ONLY,
        "404": _WRITE_ONLY,
        "405": _TYPE,
    },
    "2004": {
        "101": _GENERAL,
        "102": lazy_gettext("The session could not be opened."),
        "103": lazy_gettext("The session was open already."),
        "104": lazy_gettext("The session was closed already and cannot be opened again."),
        "111": lazy_gettext("The session could not be closed."),
        **dict.fromkeys(("112", "113", "122", "123", "132", "133", "142", "143"), _NOT_RUNNING),
        "201": _ARGUMENT,
        "301": lazy_gettext("The element could not be read, as when a list has no such entry."),
        "351": lazy_gettext("The element could not be set, as when a list would get a gap or an identifier twice."),
        "391": lazy_gettext("What was set could not be passed on."),
        "401": _UNKNOWN,
        "402": lazy_gettext("This player does not have the element."),
        "403": lazy_gettext("The element has no value yet."),
        "404": _READ_ONLY,
        "405": _WRITE_ONLY,
        "406": _TYPE,
        "407": lazy_gettext("The value lies outside of what the element allows."),
        "408": lazy_gettext("Another element has to be set before this one."),
    },
}


def error_sentence(code: str, standard: str) -> Any:
    """What an error means; "" for none and for codes the standard does not have."""
    return ERRORS[standard].get(code, "")
