"""The manifest against the rules of the CAM and SN books: what an author should know, with its place.

Nothing here refuses a package: what makes one unplayable is found by the tolerant reader (`scorm.manifest`). One file
per group of rules; each rule names its clause. Nothing is read but what the caller hands over.
"""

from scorm.validation.codes import FINDING_CODES
from scorm.validation.rules import validate

__all__ = ["FINDING_CODES", "validate"]
