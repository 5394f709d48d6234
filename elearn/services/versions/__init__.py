"""Versions of a material: a new file, what a reviewer says to it, earlier files again, and what differs."""

from elearn.services.versions.comparing import Comparison, compare
from elearn.services.versions.deciding import accept, decline, take_back, waiting
from elearn.services.versions.listing import VersionRow, version_of, versions_of
from elearn.services.versions.restoring import restore
from elearn.services.versions.taking_in import add

__all__ = [
    "Comparison",
    "VersionRow",
    "accept",
    "add",
    "compare",
    "decline",
    "restore",
    "take_back",
    "version_of",
    "versions_of",
    "waiting",
]
