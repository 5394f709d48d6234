"""Our side of a registration as the present request sees it: the public address and what lies below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import force_locale, gettext

from elearn.database import day_of
from elearn.services.lti.our_side import our_side
from elearn.services.organisation import name_on, root_unit
from elearn.web.assets import asset_url
from elearn.web.hosts import host_rules
from elearn.web.transactions import house

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.lti.registration import ToolFacts


def our_tool(session: Session) -> ToolFacts:
    """Name and addresses of this tool; in the language of the house, since everybody in the platform reads them."""
    site = host_rules().app_origin(request) or request.host_url.rstrip("/")
    root = root_unit(session)
    owner = name_on(root, day_of(session)) if root else ""
    with force_locale(house().settings.locale):
        name = gettext("Digital learning library")
        about = gettext("Lessons, lecture files and courses of %(owner)s", owner=owner) if owner else name
    return our_side(site, name=name, description=about, icon=site + asset_url("img/mark.svg"))
