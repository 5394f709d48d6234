"""The run-time environment without a browser: the API engine, launches, commits and ends of sessions.

A *cmi document* is a flat mapping of element names to string values,
`{"cmi.location": "5", "cmi.interactions.0.id": "q1"}`; a *delta* is a part of one. A launch goes

    initial_document -> (browser, or Runtime) -> apply_commit ... -> close_session -> initial_document

What does not belong here: sequencing (`scorm.sequencing`), storing, HTTP.
"""

from scorm.runtime.commit import apply_commit
from scorm.runtime.engine import Runtime, State
from scorm.runtime.launch import LaunchData, initial_document
from scorm.runtime.session import close_session
from scorm.runtime.shared import shared_entries, shared_values
from scorm.runtime.store import Store, value_of

__all__ = [
    "LaunchData",
    "Runtime",
    "State",
    "Store",
    "apply_commit",
    "close_session",
    "initial_document",
    "shared_entries",
    "shared_values",
    "value_of",
]
