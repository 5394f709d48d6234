"""Classes of a school: opening them, their pupils and teachers, the pasted list, printed logins."""

from __future__ import annotations

from flask import Blueprint

from elearn.web.classes import listing, logins, one, roster

blueprint = Blueprint("classes", __name__)

for _module in (listing, one, roster, logins):
    _module.register(blueprint)
