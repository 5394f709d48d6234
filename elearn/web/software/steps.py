"""Changes of a title, each with a preview: the shape they share, and the units somebody may act for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy import select

from elearn.models.organisation import Unit
from elearn.services.access import MANAGERS
from elearn.services.software.titles import get_title
from elearn.web.administration.fields import UnitField
from elearn.web.administration.steps import Step, take
from elearn.web.forms import required
from elearn.web.people import current_identity

if TYPE_CHECKING:
    from collections.abc import Collection

    from flask.typing import ResponseReturnValue

    from elearn.models.account import Role
    from elearn.models.material import Material
    from elearn.services.access import Action
    from elearn.web.forms import Form


def seen_title(uid: str, action: Action | None = None) -> Material:
    """A title for a change of it; what is refused is refused before any form."""
    return get_title(g.db, current_identity(), uid, *([action] if action else []))


def page_of(title: Material) -> str:
    """The page of a title."""
    return url_for("library.material", uid=title.uid)


def trail_to(title: Material | None, *more: str) -> list[tuple[str, str]]:
    """The way from the catalogue to a title and what comes after it."""
    above = [(title.title, page_of(title))] if title is not None else []
    return [(gettext("Teaching software"), url_for("software.index")), *above, *((label, "") for label in more)]


def change(title: Material, heading: str, form: Form, told: Any, apply: Any, **more: Any) -> ResponseReturnValue:
    """Answer a request for a change of a title; afterwards its page is shown."""
    address = page_of(title)

    def changed() -> str:
        apply()
        return address

    step = Step(
        title=f"{heading}: {title.title}",
        form=form,
        told=told,
        apply=changed,
        back=address,
        trail=trail_to(title, heading),
        **{"done": gettext("Saved."), **more},
    )
    return take(step)


def unit_field(description: Any) -> UnitField:
    """For which unit something is."""
    return UnitField(lazy_gettext("Unit"), required(), description=description)


def first_unit(roles: Collection[Role] = MANAGERS) -> Unit | None:
    """The unit that somebody most likely means: the only one, or the first, at which they have one of the roles."""
    managed = sorted(current_identity().units_of(roles))
    return g.db.scalar(select(Unit).where(Unit.id.in_(managed)).order_by(Unit.id).limit(1)) if managed else None
