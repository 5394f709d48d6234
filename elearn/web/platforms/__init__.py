"""Learning platforms for administrators: inviting, registering, accepting, checking; and what platforms fetch of us."""

from __future__ import annotations

from flask import Blueprint

from elearn.web.platforms import checks, former, grades, invitations, keys, listing, manual, one, registration, teachers

blueprint = Blueprint("platforms", __name__)

for _module in (listing, invitations, manual, keys, former, checks, one, grades, registration, teachers):
    _module.register(blueprint)
