"""Words for kinds of units and for ownership, and the way from the administration down to a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, url_for
from flask_babel import gettext, lazy_gettext

from elearn.database import day_of
from elearn.models.organisation import Ownership, UnitKind
from elearn.services.access import Action, may
from elearn.services.organisation import ancestors_on, name_on
from elearn.web.people import current_identity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from elearn.models.organisation import Unit

KINDS: Mapping[str, Any] = {
    UnitKind.DEPARTMENT: lazy_gettext("Department of education"),
    UnitKind.BUREAU: lazy_gettext("District bureau"),
    UnitKind.COMMUNE: lazy_gettext("Commune"),
    UnitKind.SCHOOL: lazy_gettext("School"),
    UnitKind.GROUP: lazy_gettext("Subject group"),
}
KIND_ICONS: Mapping[str, str] = {
    UnitKind.DEPARTMENT: "bank",
    UnitKind.BUREAU: "building",
    UnitKind.COMMUNE: "geo-alt",
    UnitKind.SCHOOL: "mortarboard",
    UnitKind.GROUP: "people",
}
OWNERSHIPS: Mapping[str, Any] = {
    Ownership.PUBLIC: lazy_gettext("Public"),
    Ownership.NON_PUBLIC: lazy_gettext("Non-public"),
}


def trail_to(unit: Unit, *more: tuple[str, str], day: date | None = None) -> list[tuple[str, str]]:
    """The way from the administration over the visible units above to a unit and what comes after it."""
    day = day or day_of(g.db)
    identity = current_identity()
    above = [each for each in ancestors_on(g.db, unit, day) if may(identity, Action.SEE_REGISTER, each)] or [unit]
    way = [(gettext("Administration"), url_for("admin.start")), (gettext("Units"), url_for("organisation.tree"))]
    way += [(name_on(each, day), url_for("organisation.unit", uid=each.uid)) for each in above]
    return [*way, *more]
