"""Pages of the register: staff of a unit, a person, posts, transfers, leave, and lists from a spreadsheet."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("register", __name__)

from elearn.web.register import leaves, lists, person, posts, staff, transfers  # noqa: E402, F401 - they add their views
