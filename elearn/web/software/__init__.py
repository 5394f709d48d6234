"""The catalogue of teaching software: its list, the sides of a title, releases, licences, decisions, the plan."""

from flask import Blueprint

blueprint = Blueprint("software", __name__)

# The views register themselves on the blueprint above.
from elearn.web.software import catalogue, decisions, guides, licences, plan, releases, titles  # noqa: E402

__all__ = ["blueprint", "catalogue", "decisions", "guides", "licences", "plan", "releases", "titles"]
