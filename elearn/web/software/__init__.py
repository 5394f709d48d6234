"""The catalogue of teaching software: its list, the sides of a title, releases, licences, decisions, the plan."""

from flask import Blueprint

blueprint = Blueprint("software", __name__)

# The views register themselves on the blueprint above.
from elearn.web.software import (  # noqa: E402
    agents,
    answers,
    at_school,
    catalogue,
    catalogue_files,
    decisions,
    ends,
    form5,
    guides,
    installed,
    licences,
    mirrors,
    pictures,
    plan,
    ratings,
    releases,
    reporting,
    spending,
    titles,
    wishes,
)

__all__ = [
    "agents",
    "answers",
    "at_school",
    "blueprint",
    "catalogue",
    "catalogue_files",
    "decisions",
    "ends",
    "form5",
    "guides",
    "installed",
    "licences",
    "mirrors",
    "pictures",
    "plan",
    "ratings",
    "releases",
    "reporting",
    "spending",
    "titles",
    "wishes",
]
