"""Columns of a gradebook: which of them belongs to a link, and the one that is made (AGS 2.0, 3.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from elearn.lti.errors import LtiError
from elearn.lti.roster import LONGEST_HEADER, following
from elearn.lti.values import LONGEST_URL, is_web_address, origin_of

if TYPE_CHECKING:
    from collections.abc import Iterable

# Moodle's header has the relation inside the brackets: `<https://…&from=10; rel=next>`.
_MALFORMED: Final = re.compile(r'<([^<>;]*)\s*;\s*rel\s*=\s*"?next"?\s*>', re.IGNORECASE)
_LONGEST_LABEL: Final = 255


@dataclass(frozen=True, slots=True)
class Wanted:
    """The column that is looked for: of a resource link, or of what stands behind it."""

    link: str
    tag: str = ""
    resource_id: str = ""


@dataclass(frozen=True, slots=True)
class LineItem:
    """A column of the gradebook; `address` is its id."""

    address: str
    link: str = ""
    tag: str = ""
    resource_id: str = ""


def listing(line_items: str, wanted: Wanted) -> str:
    """The address that lists the columns of a link; what the platform has put behind the `?` stays."""
    parts = urlsplit(line_items)
    query = [*parse_qsl(parts.query, keep_blank_values=True), ("resource_link_id", wanted.link)]
    return urlunsplit(parts._replace(query=urlencode(query), fragment=""))


def page(body: object, link: str, *, asked: str) -> tuple[list[LineItem], str]:
    """The columns of a page that came from the address `asked`, and where the next one is ("" after the last).

    Raises:
        LtiError: it is no list (`service_malformed`), or the next page lies on another host (`service_elsewhere`).
    """
    if not isinstance(body, list):
        raise LtiError("service_malformed", service="line_items", field="")
    found = [_line_item(each, asked) for each in body if isinstance(each, dict)]
    return [each for each in found if each is not None], _next(link, asked)


def made(body: object, *, asked: str) -> LineItem:
    """The column that a platform says it has made.

    Raises:
        LtiError: its answer cannot be read (`service_malformed`).
    """
    found = _line_item(body, asked) if isinstance(body, dict) else None
    if found is None:
        raise LtiError("service_malformed", service="line_items", field="id")
    return found


def choose(found: Iterable[LineItem], wanted: Wanted) -> LineItem | None:
    """Ours among some columns; None when there is none.

    A platform that does not know the filter lists all of a course, so only those of the link count; of several it is
    the one with our tag and what stands behind the link. Where none names its link, tag and resource must both fit.
    """
    mine = [each for each in found if each.link == wanted.link]
    if not mine:
        named = wanted.tag and wanted.resource_id
        fit = (each for each in found if named and not each.link and _likeness(each, wanted) == (True, True))
        return next(fit, None)
    return max(mine, key=lambda each: _likeness(each, wanted))


def as_json(wanted: Wanted, *, label: str, maximum: float) -> dict[str, Any]:
    """The message that makes a column."""
    told: dict[str, Any] = {"scoreMaximum": maximum, "label": label[:_LONGEST_LABEL], "resourceLinkId": wanted.link}
    told |= {"tag": wanted.tag} if wanted.tag else {}
    return told | ({"resourceId": wanted.resource_id} if wanted.resource_id else {})


def _likeness(each: LineItem, wanted: Wanted) -> tuple[bool, bool]:
    return bool(wanted.tag) and each.tag == wanted.tag, bool(
        wanted.resource_id
    ) and each.resource_id == wanted.resource_id


def _line_item(told: dict[str, Any], asked: str) -> LineItem | None:
    """A column; None for one on another host than the list, which shall not be handed the token of the platform."""
    address = told.get("id")
    if not isinstance(address, str) or len(address) > LONGEST_URL or not is_web_address(address):
        return None
    if origin_of(address) != origin_of(asked):
        return None
    names = [told.get(name) for name in ("resourceLinkId", "tag", "resourceId")]
    return LineItem(address, *(str(name) if isinstance(name, str | int) else "" for name in names))


def _next(link: str, asked: str) -> str:
    malformed = _MALFORMED.search(link[:LONGEST_HEADER])
    return following(f'<{malformed[1]}>; rel="next"' if malformed else link, asked=asked)
