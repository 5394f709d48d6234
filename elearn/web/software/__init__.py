"""The catalogue of teaching software: its list, the sides of a title, releases, licences, decisions, the plan."""

from flask import Blueprint

blueprint = Blueprint("software", __name__)

# The views register themselves on the blueprint above.
from elearn.web.software import (  # noqa: E402
    catalogue,
    decisions,
    ends,
    guides,
    licences,
    pictures,
    plan,
    releases,
    spending,
    titles,
)

__all__ = [
    "blueprint",
    "catalogue",
    "decisions",
    "ends",
    "guides",
    "licences",
    "pictures",
    "plan",
    "releases",
    "spending",
    "titles",
]
