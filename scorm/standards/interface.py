"""What the application asks of a standard: nothing else of it is known outside its own file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.outcome import Outcome
    from scorm.runtime import LaunchData

Document = dict[str, str]


class Standard(Protocol):
    """One standard: the attributes say what is written where, the methods are the life of one run-time session.

    A document is flat, element -> value, whatever the standard calls its elements; it is stored as it is.
    """

    name: str  # what the player page calls it: "1.2", "2004"
    walks: bool  # content has a say in where the learner goes: sequencing, hidden devices, navigation requests
    session_time: str  # the element with the time of the session under way
    scores: frozenset[str]  # the elements that say how well it went
    statuses: frozenset[str]  # the elements that say how far it went
    completed: Mapping[str, str]  # what content that never speaks has said once it was seen

    def launch(self, data: LaunchData) -> Document:
        """Launch: the document that a session starts with."""

    def commit(self, document: Mapping[str, str], delta: Mapping[str, object]) -> tuple[Document, Document]:
        """Runtime: the document after a delta, and the refused elements with their error codes."""

    def close(self, document: Mapping[str, str], *, terminated: bool = True, suspended: bool = False) -> Document:
        """Runtime: the document that a session leaves behind, from which the next launch goes on."""

    def outcome(self, document: Mapping[str, str]) -> Outcome:
        """Outcome: what a document says, during a session or after it."""

    def raises(self, element: str, older: Outcome, newer: Outcome) -> bool:
        """Whether the value that makes `newer` of `older` raises a status and takes nothing back."""
