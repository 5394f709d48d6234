"""The catalogue of teaching software: its list, the sides of a title, releases, licences, decisions, the plan."""

from flask import Blueprint

blueprint = Blueprint("software", __name__)

# The views register themselves on the blueprint above.
from elearn.web.software import (  # noqa: E402
    agents,
    at_school,
    catalogue,
    decisions,
    ends,
    form5,
    guides,
    installed,
    licences,
    mirrors,
    pictures,
    plan,
    releases,
    reporting,
    spending,
    titles,
)

__all__ = [
    "agents",
    "at_school",
    "blueprint",
    "catalogue",
    "decisions",
    "ends",
    "form5",
    "guides",
    "installed",
    "licences",
    "mirrors",
    "pictures",
    "plan",
    "releases",
    "reporting",
    "spending",
    "titles",
]
