"""All rows. One module per capability; import from those, or the base for its metadata."""

from elearn.models import (
    account,
    course,
    curriculum,
    history,
    learning,
    lti,
    material,
    operations,
    organisation,
    people,
    play_log,
    reports,
    scanning,
    search_log,
    teach,
    upload,
    usage,
)
from elearn.models.base import Row

__all__ = [
    "Row",
    "account",
    "course",
    "curriculum",
    "history",
    "learning",
    "lti",
    "material",
    "operations",
    "organisation",
    "people",
    "play_log",
    "reports",
    "scanning",
    "search_log",
    "teach",
    "upload",
    "usage",
]
