"""The administration: an overview of its sections, and what their pages share (steps with a preview, fields)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from elearn.services.access.permissions import WATCHERS
from elearn.web.administration.sections import open_sections
from elearn.web.people import current_identity, needs_role

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("admin", __name__)


@blueprint.get("/administration")
@needs_role(WATCHERS)
def start() -> ResponseReturnValue:
    """What this person can look after."""
    return render_template("administration/start.html", sections=open_sections(current_identity()))
