"""Which known faults of content the run time puts up with, as switches that a package carries.

A switch is on by default only where a strict answer would lose a learner's work: strings beyond the smallest permitted
maximum, and calls that come while the content is taken away. With the others off, every answer is the standard's; with
them on, only what the standard refuses is read again (`scorm.runtime.lenient`). `runtime.js` gets the same switches
with the start of a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The switches; the names are also the codes by which use of them is remembered."""

    long_values: bool = True  # strings longer than the standard promises to keep, up to the element's own limit
    late_calls: bool = True  # values set after Terminate while the content is being taken away
    loose_words: bool = False  # "Completed", " PASSED", "true", "1", words of the other standard
    loose_numbers: bool = False  # "85,5" and "85 %"
    loose_times: bool = False  # "00:00:12" in SCORM 2004, "PT12S" in SCORM 1.2, three decimals of a second
    foreign_names: bool = False  # cmi.core.lesson_status in SCORM 2004, cmi.completion_status in SCORM 1.2

    @classmethod
    def from_json(cls, data: object) -> Tolerance:
        """The switches out of stored JSON; what is missing, unknown or no truth value leaves the default."""
        given = data if isinstance(data, Mapping) else {}
        return cls(**{name: given[name] for name in SWITCHES if isinstance(given.get(name), bool)})

    def as_dict(self) -> dict[str, bool]:
        """The JSON form, every switch by name."""
        return asdict(self)

    @property
    def switched_on(self) -> tuple[str, ...]:
        """The names of the switches that are on."""
        return tuple(name for name in SWITCHES if getattr(self, name))


SWITCHES: tuple[str, ...] = tuple(each.name for each in fields(Tolerance))
# Known to everybody who has to say something of them: one finding for each switch that content needed.
FINDING_CODES = frozenset(f"tolerated_{name}" for name in SWITCHES)
STRICT = Tolerance(long_values=False, late_calls=False)
