"""Whether everything is well: the database, files and index agree, and the machine has what it needs."""

from elearn.services.health.agreement import FileReport, IndexReport, broken_rows, check_files, check_index
from elearn.services.health.machine import Finding, State, examine_machine
from elearn.services.health.pulse import dead_jobs, look_at_grades, take_pulse

__all__ = [
    "FileReport",
    "Finding",
    "IndexReport",
    "State",
    "broken_rows",
    "check_files",
    "check_index",
    "dead_jobs",
    "examine_machine",
    "look_at_grades",
    "take_pulse",
]
