"""Sequencing and navigation of SCORM 2004 4th Edition; what does not belong here: HTTP, rows, the run-time API.

The modules carry the process families of the SN book, the functions its process names and numbers.
"""

from scorm.sequencing.definition import DEFAULTS, SequencingDefinition
from scorm.sequencing.navigation import NavigationRequest, RequestKind, parse_nav_request
from scorm.sequencing.reading import read_sequencing
from scorm.sequencing.runtime_mapping import content_request
from scorm.sequencing.session import SequencingSession, Step, without_suspended
from scorm.sequencing.tree import TraceEntry

__all__ = [
    "DEFAULTS",
    "NavigationRequest",
    "RequestKind",
    "SequencingDefinition",
    "SequencingSession",
    "Step",
    "TraceEntry",
    "content_request",
    "parse_nav_request",
    "read_sequencing",
    "without_suspended",
]
