"""What the SCORM standards share: everything that their data-model table decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorm.datamodel import table_for
from scorm.outcome import outcome
from scorm.runtime import apply_commit, close_session, initial_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.datamodel import DataModelTable
    from scorm.outcome import Outcome
    from scorm.runtime import LaunchData


@dataclass(frozen=True)
class ByTable:
    """Launch, runtime and outcome of one edition by its table (`scorm.datamodel`)."""

    edition: str

    @property
    def table(self) -> DataModelTable:
        """The data model of the edition."""
        return table_for(self.edition)

    def launch(self, data: LaunchData) -> dict[str, str]:
        """As `Standard.launch`."""
        return initial_document(self.table, data)

    def commit(self, document: Mapping[str, str], delta: Mapping[str, object]) -> tuple[dict[str, str], dict[str, str]]:
        """As `Standard.commit`."""
        return apply_commit(self.table, document, delta)

    def close(self, document: Mapping[str, str], *, terminated: bool = True, suspended: bool = False) -> dict[str, str]:
        """As `Standard.close`."""
        return close_session(self.table, document, terminated=terminated, suspended=suspended)

    def outcome(self, document: Mapping[str, str]) -> Outcome:
        """As `Standard.outcome`."""
        return outcome(self.table, document)
