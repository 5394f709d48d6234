"""Which sections a start page has: one table, from the most important down; several roles have several sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import current_app, g, url_for
from flask_babel import lazy_gettext

from elearn.clock import now
from elearn.database import day_of
from elearn.models.account import Role
from elearn.services import home, review, versions
from elearn.services.access import Action
from elearn.services.audit_trail import AuditFilter, trail
from elearn.services.courses import my_courses
from elearn.services.health import State, take_pulse
from elearn.services.learning import own_learning
from elearn.services.lti.platforms import waiting_platforms
from elearn.services.software.wishes.asking import STAFF
from elearn.services.software.wishes.noticing import notices
from elearn.services.usage.signing import waiting as waiting_lessons
from elearn.web.administration.sections import open_sections
from elearn.web.people import may_somewhere
from elearn.web.reports.asking import present_period
from elearn.web.saved_searches import rows_of
from elearn.web.transactions import house
from elearn.web.wish_words import STATE_TAGS, STATES

if TYPE_CHECKING:
    from collections.abc import Callable

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity

SHOWN = 5
# Who hears the figures on the start page: an administrator of the machine has the report in the navigation.
LOOKOUTS = frozenset({Role.UNIT_MANAGER, Role.INSPECTOR})
JUDGES = frozenset({Role.REVIEWER, Role.UNIT_MANAGER})


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the start page: its template, and what the template calls `view`."""

    template: str
    view: Any


@dataclass(frozen=True, slots=True)
class Watch:
    """The units somebody watches over: the first in full, the `others` as links; `acts`: may do something there."""

    lookout: home.Lookout
    others: list[Unit]
    acts: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A material in the queue of reviewers and the whole days it has waited."""

    material: Any
    days: int


def sections_of(identity: Identity) -> list[Section]:
    """The sections of a person, most important first; one that has nothing to say to this person is left out."""
    made = ((template, maker(identity)) for template, maker in MAKERS)
    return [Section(f"home/{template}.html", view) for template, view in made if view is not None]


def _health(identity: Identity) -> Any:
    if not identity.units_of({Role.ADMINISTRATOR}):
        return None
    pulse = sorted(take_pulse(g.db, house()), key=lambda finding: finding.state is State.GOOD)
    lines = trail(g.db, identity, AuditFilter(), house().settings.timezone)[:SHOWN]
    waiting = waiting_platforms(g.db, identity, SHOWN)
    return {"pulse": pulse, "lines": lines, "sections": open_sections(identity), "waiting": waiting}


def _watch(identity: Identity) -> Watch | None:
    if not identity.units_of(LOOKOUTS):
        return None
    reached = identity.units_of(LOOKOUTS)
    units = [unit for unit in home.units_watched(g.db, identity) if unit.id in reached]
    lookout = home.lookout_of(g.db, identity, units[0], present_period())
    return Watch(lookout, units[1:], acts=bool(identity.units_of({Role.UNIT_MANAGER})))


def _queue(identity: Identity) -> Any:
    if not identity.units_of(JUDGES):
        return None
    total, materials = review.queue(g.db, identity, limit=SHOWN)
    moment = now()
    rows = [Waiting(row, (moment - row.submitted_at).days if row.submitted_at else 0) for row in materials]
    return {"total": total, "rows": rows, "versions": versions.waiting(g.db, identity, limit=SHOWN)}


def _signing(identity: Identity) -> Any:
    rows = waiting_lessons(g.db, identity)
    return {"rows": rows[:SHOWN], "total": len(rows), "today": day_of(g.db)} if rows else None


def _wishes(identity: Identity) -> Any:
    found = notices(g.db, identity) if identity.units_of(STAFF) else None
    return {"notices": found, "states": STATES, "tags": STATE_TAGS} if found else None


def _desk(identity: Identity) -> home.Desk | None:
    return home.desk_of(g.db, identity, present_period()) if identity.units_of({Role.TEACHER}) else None


def _courses(identity: Identity) -> Any:
    learning = my_courses(g.db, identity)
    return learning if learning or identity.units_of({Role.STUDENT}) else None


def _lessons(identity: Identity) -> Any:
    return own_learning(g.db, identity, SHOWN) or None


def _searches(identity: Identity) -> Any:
    rows = rows_of(SHOWN)
    return rows if rows or identity.units_of({Role.TEACHER}) else None


MAKERS: tuple[tuple[str, Callable[[Identity], Any]], ...] = (
    ("health", _health),
    ("watch", _watch),
    ("queue", _queue),
    ("signing", _signing),
    ("desk", _desk),
    ("wishes", _wishes),
    ("courses", _courses),
    ("lessons", _lessons),
    ("searches", _searches),
)


@dataclass(frozen=True, slots=True)
class QuickAction:
    """A button at the head of the start page."""

    url: str
    label: Any
    icon: str


def quick_actions(identity: Identity) -> list[QuickAction]:
    """What somebody does most often, as two or three buttons."""
    rows = (
        ("contribute.upload", lazy_gettext("Upload"), "cloud-arrow-up", may_somewhere(identity, Action.CONTRIBUTE)),
        ("courses.new", lazy_gettext("New course"), "plus-lg", bool(identity.units_of({Role.TEACHER}))),
        ("library.search", lazy_gettext("Search the library"), "search", True),
    )
    present = current_app.view_functions
    return [QuickAction(url_for(name), label, icon) for name, label, icon, ok in rows if ok and name in present]
