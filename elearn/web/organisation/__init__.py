"""Pages of the units: the tree of a day, a unit's page, its changes, and groups of units."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("organisation", __name__)

from elearn.web.organisation import changes, groups, subject_groups, tree, unit  # noqa: E402, F401 - they add their views to it
