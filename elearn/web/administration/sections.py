"""The sections of the administration: a row per capability; one that is not installed or not allowed is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for
from flask_babel import lazy_gettext

from elearn.models.account import Role
from elearn.services.access.permissions import MANAGERS, WATCHERS

if TYPE_CHECKING:
    from collections.abc import Collection

    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the administration: its endpoints in order of preference, and whose roles open it."""

    endpoints: tuple[str, ...]
    label: Any
    text: Any
    icon: str
    roles: Collection[Role]


@dataclass(frozen=True, slots=True)
class OpenSection:
    """A section this person has, with its address."""

    url: str
    label: Any
    text: Any
    icon: str


SECTIONS: tuple[Section, ...] = (
    Section(
        ("organisation.tree",),
        lazy_gettext("Units"),
        lazy_gettext("The tree of offices and schools on any day; create, rename, move, end."),
        "diagram-3",
        WATCHERS,
    ),
    Section(
        ("register.start",),
        lazy_gettext("Staff"),
        lazy_gettext("Who works where since when; posts, transfers, leave, lists from a spreadsheet."),
        "person-badge",
        WATCHERS,
    ),
    Section(
        ("register.transfers",),
        lazy_gettext("Transfers"),
        lazy_gettext("People who wait to be received by another unit."),
        "arrow-left-right",
        WATCHERS,
    ),
    Section(
        ("organisation.groups",),
        lazy_gettext("Groups of units"),
        lazy_gettext("Named lists beside the tree, such as difficult areas."),
        "collection",
        WATCHERS,
    ),
    Section(
        ("classes.listing", "classes.start", "classes.index"),
        lazy_gettext("Classes"),
        lazy_gettext("Classes of the school year, their pupils and teachers."),
        "easel2",
        WATCHERS,
    ),
    Section(
        ("accounts.listing", "accounts.start", "accounts.index"),
        lazy_gettext("Accounts"),
        lazy_gettext("Who can sign in, with which roles."),
        "person-lock",
        MANAGERS,
    ),
    Section(
        ("platforms.index",),
        lazy_gettext("Learning platforms"),
        lazy_gettext("Which Moodles may show our lessons; register one, see why a launch failed."),
        "plug",
        frozenset({Role.ADMINISTRATOR}),
    ),
    Section(
        ("audit.log", "audit.listing", "audit.start", "audit.index"),
        lazy_gettext("Audit log"),
        lazy_gettext("Who changed what, and when."),
        "journal-text",
        WATCHERS,
    ),
    Section(
        ("searches.index",),
        lazy_gettext("What is searched for"),
        lazy_gettext("Questions to the library that found nothing, by level and subject."),
        "search",
        WATCHERS,
    ),
    Section(
        ("quarantine.index",),
        lazy_gettext("Files held back"),
        lazy_gettext("What the scanner has found something in, or has not seen yet."),
        "shield-exclamation",
        frozenset({Role.ADMINISTRATOR}),
    ),
    Section(
        ("health.overview", "admin.health"),
        lazy_gettext("Health"),
        lazy_gettext("Whether this installation is well: space, queue, index."),
        "heart-pulse",
        frozenset({Role.ADMINISTRATOR}),
    ),
)


def open_sections(identity: Identity) -> list[OpenSection]:
    """The sections of a person, in order."""
    return [
        OpenSection(url_for(endpoint), row.label, row.text, row.icon)
        for row in SECTIONS
        if identity.units_of(row.roles) and (endpoint := _endpoint(row)) is not None
    ]


def _endpoint(row: Section) -> str | None:
    return next((name for name in row.endpoints if name in current_app.view_functions), None)
