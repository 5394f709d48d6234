"""The standards that can be played, behind one interface: launch, runtime, outcome.

`standard_of(edition)` gives the one of a package. AICC, cmi5 and xAPI join as a file each with an entry in
`STANDARDS`; docs/standards.md says what such a file has to answer. What does not belong here: reading manifests
(`scorm.manifest`), rows and pages.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from scorm.standards.interface import Standard
from scorm.standards.scorm12 import Scorm12
from scorm.standards.scorm2004 import Scorm2004

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorm.manifest.model import Edition

__all__ = ["STANDARDS", "Standard", "standard_of"]

# What content is written for, as a manifest's edition calls it -> what plays it.
STANDARDS: dict[str, Callable[[str], Standard]] = {
    "1.2": Scorm12,
    "2004 2nd": Scorm2004,
    "2004 3rd": Scorm2004,
    "2004 4th": Scorm2004,
}


@cache
def standard_of(edition: Edition | str) -> Standard:
    """The standard that plays content of an edition.

    Raises:
        LookupError: no standard plays it.
    """
    name = str(edition)
    return STANDARDS[name](name)
