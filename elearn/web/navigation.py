"""Where people can go: the main navigation and the start page's tiles, by role and by what is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import current_app, request, url_for
from flask_babel import lazy_gettext

from elearn.models.account import Role
from elearn.services.access import Action
from elearn.services.access.permissions import REVIEWERS, WATCHERS
from elearn.services.teach.classes import teaches
from elearn.web.people import current_identity, may_somewhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class Destination:
    """A place for some people: endpoints in order of preference, since a capability may be absent."""

    endpoints: tuple[str, ...]
    label: Any
    text: Any
    icon: str
    allows: Callable[[Identity], bool]


@dataclass(frozen=True, slots=True)
class Link:
    """A destination that this person has, with its address."""

    url: str
    label: Any
    text: Any
    icon: str
    current: str = ""  # the value of aria-current: "page", or "true" on another page of the same capability


@dataclass(frozen=True, slots=True)
class Bar:
    """The navigation bar: its links, and for each the width from which it stands in the bar and not under "More".

    `widths` are the names of `WIDTHS`, "s" for always and "never"; `more_until` names the width from which all fit.
    """

    links: tuple[Link, ...]
    widths: tuple[str, ...]
    more_until: str

    @property
    def rows(self) -> list[tuple[Link, str]]:
        """Each link with its width."""
        return list(zip(self.links, self.widths, strict=True))

    @property
    def folded(self) -> list[tuple[Link, str]]:
        """The links that do not always fit."""
        return [row for row in self.rows if row[1] != "s"]

    @property
    def current_until(self) -> str:
        """The width up to which the present page stands under "More"; empty when it never does."""
        return next((width for link, width in self.folded if link.current), "")


def _everybody(_identity: Identity) -> bool:
    return True


def _contributes(identity: Identity) -> bool:
    return not identity.is_anonymous and may_somewhere(identity, Action.CONTRIBUTE)


def _reviews(identity: Identity) -> bool:
    return bool(identity.units_of(REVIEWERS))


def _watches(identity: Identity) -> bool:
    return bool(identity.units_of(WATCHERS))


def _counts(identity: Identity) -> bool:
    return bool(identity.units_of(WATCHERS | {Role.TEACHER}))


DESTINATIONS: tuple[Destination, ...] = (
    Destination(
        ("library.search",),
        lazy_gettext("Library"),
        lazy_gettext("Find lessons, lecture files and pictures."),
        "search",
        _everybody,
    ),
    Destination(
        ("courses.index",),
        lazy_gettext("Courses"),
        lazy_gettext("Courses that you take or teach."),
        "mortarboard",
        lambda identity: not identity.is_anonymous,
    ),
    Destination(
        ("software.index", "software.listing", "software.search"),
        lazy_gettext("Teaching software"),
        lazy_gettext("Programs for the classroom, by level and subject."),
        "window-stack",
        _everybody,
    ),
    Destination(
        ("contribute.upload", "contribute.new", "contribute.start"),
        lazy_gettext("Contribute"),
        lazy_gettext("Upload a lesson, a lecture file or a program."),
        "cloud-arrow-up",
        _contributes,
    ),
    Destination(
        ("contribute.mine", "contribute.own", "library.own", "library.mine"),
        lazy_gettext("My materials"),
        lazy_gettext("Drafts, submitted and published materials of yours."),
        "folder2-open",
        _contributes,
    ),
    Destination(
        ("teach.mine",),
        lazy_gettext("My teaching"),
        lazy_gettext("Lessons you gave in teach mode, and whether each counts."),
        "easel",
        teaches,
    ),
    Destination(
        ("review.queue", "review.index"),
        lazy_gettext("Review"),
        lazy_gettext("Look at what colleagues submitted, publish or return it."),
        "clipboard-check",
        _reviews,
    ),
    Destination(
        ("reports.start",),
        lazy_gettext("ICT ratio"),
        lazy_gettext("The ratio, who counts and why, and the evidence behind it."),
        "bar-chart-line",
        _counts,
    ),
    Destination(
        ("admin.start", "admin.index"),
        lazy_gettext("Administration"),
        lazy_gettext("Units, people and accounts."),
        "gear",
        _watches,
    ),
)


# Who watches over units comes for figures and decisions first; everybody else in the order of the table.
FIRST_FOR_WATCHERS = ("library.search", "reports.start", "admin.start", "review.queue", "courses.index")
# Pages that belong to an entry without standing in it: blueprint -> endpoint of the entry.
HOMES = {
    "courses": "courses.index",
    "reports": "reports.start",
    "review": "review.queue",
    "exports": "library.search",
    "saved": "library.search",
    **dict.fromkeys(("teach", "taught", "signing"), "teach.mine"),
    **dict.fromkeys(
        ("admin", "accounts", "classes", "audit", "organisation", "register", "health", "platforms", "quarantine"),
        "admin.start",
    ),
}
# Pixels of the bar at the width from which a style sheet's class applies (elearn.css), and about what a link takes.
WIDTHS = (("s", 336), ("m", 744), ("l", 968), ("xl", 1176))
MORE, AROUND, LETTER = 92, 52, 7.6


def navigation() -> list[Link]:
    """The links of the present person, most important first; only what this installation has."""
    identity = current_identity()
    links = [
        (endpoint, row) for row in DESTINATIONS if row.allows(identity) and (endpoint := _endpoint(row)) is not None
    ]
    if _watches(identity):
        links.sort(key=lambda pair: _place(pair[0]))
    return [Link(url_for(name), row.label, row.text, row.icon, _current(name)) for name, row in links]


def _endpoint(row: Destination) -> str | None:
    return next((name for name in row.endpoints if name in current_app.view_functions), None)


def _place(endpoint: str) -> int:
    return FIRST_FOR_WATCHERS.index(endpoint) if endpoint in FIRST_FOR_WATCHERS else len(FIRST_FOR_WATCHERS)


def _current(endpoint: str) -> str:
    if request.endpoint == endpoint:
        return "page"
    return "true" if HOMES.get(request.blueprint or "") == endpoint else ""


def navigation_bar() -> Bar:
    """The navigation as the bar shows it: what fits at each width, the rest under "More"."""
    links = navigation()
    takes = [AROUND + LETTER * len(str(link.label)) for link in links]
    fits = {name: _fitting(takes, room) for name, room in WIDTHS}
    widths = [next((name for name, _ in WIDTHS if place < fits[name]), "never") for place in range(len(links))]
    return Bar(tuple(links), tuple(widths), widths[-1] if widths else "s")


def _fitting(takes: list[float], room: float) -> int:
    """How many of the first links fit; all of them need no place for "More"."""
    if sum(takes) <= room:
        return len(takes)
    return sum(sum(takes[: count + 1]) <= room - MORE for count in range(len(takes)))


def search_address(**values: Any) -> str:
    """The address of the result page for a query or filter; the start page as long as there is none."""
    if "library.search" not in current_app.view_functions:
        return url_for("home.start")
    return url_for("library.search", **values)


def material_address(material: Any) -> str:
    """The address of a material's page."""
    for endpoint in ("library.material", "library.show"):
        if endpoint in current_app.view_functions:
            return url_for(endpoint, uid=material.uid)
    return search_address(q=material.title)


def picture_address(material: Any, digest: str | None) -> str:
    """The address of the picture on a material's card, which changes with its bytes; empty without a picture."""
    if digest is None or "library.picture" not in current_app.view_functions:
        return ""
    return url_for("library.picture", uid=material.uid, v=digest[:12])


def _here() -> str:
    """The present page, for coming back after a change of language; unsafe methods come back to the start."""
    return request.full_path.rstrip("?") if request.method == "GET" else url_for("home.start")


def install_navigation(app: Flask) -> None:
    """Tell templates who asks and where they can go."""
    app.jinja_env.globals.update(
        navigation=navigation_bar,
        search_address=search_address,
        material_address=material_address,
        picture_address=picture_address,
    )

    @app.context_processor
    def _frame() -> dict[str, Any]:
        return {"identity": current_identity(), "search_url": search_address(), "here": _here()}
