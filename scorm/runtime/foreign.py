"""Names of the other standard, where a package's switches allow them (`scorm.datamodel.loose`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorm.datamodel import Fault
from scorm.datamodel.durations import parse as parse_duration
from scorm.datamodel.durations import write
from scorm.runtime.lenient import squeeze
from scorm.runtime.names import Name, parse
from scorm.tolerance import Tolerance

if TYPE_CHECKING:
    from collections.abc import Callable, MutableSet

    from scorm.datamodel import DataModelTable
    from scorm.datamodel.loose import Foreign
    from scorm.runtime.store import Store

    # Sets an element to a value under the switches given, or under the package's own.
    Setter = Callable[[Name, str, str, Tolerance | None], Fault]

# Who writes the names of the other standard writes its words and times, too.
_ITS_NOTATION = Tolerance(loose_words=True, loose_numbers=True, loose_times=True)
_SWITCH = "foreign_names"


@dataclass(frozen=True, slots=True)
class Foreigner:
    """Answers for names that are no elements of the table; the same semantics as in lenient.js."""

    table: DataModelTable
    store: Store
    setter: Setter
    tolerated: MutableSet[str]

    def get(self, text: str) -> tuple[str, Fault]:
        """The value in the words and notation of the other standard."""
        name = parse(text)
        foreign = self.table.foreign.get(name.pattern)
        if foreign is None:
            return "", Fault.UNDEFINED
        if not foreign.to:
            self.tolerated.add(_SWITCH)
            return self._status(foreign), Fault.NONE
        value, fault = self.store.get(_full(foreign, name))
        if fault is Fault.NOT_SET:  # SCORM 1.2 knows no such error
            fault = Fault.NONE
        if fault is Fault.NONE:
            self.tolerated.add(_SWITCH)
            if value and self.table.elements[foreign.to].type == "interval":
                value = write("2004" if self.table.standard == "1.2" else "1.2", parse_duration(value))
        return value, fault

    def _status(self, foreign: Foreign) -> str:
        for element, words in foreign.reads:
            value, _ = self.store.get(element)
            if value in words:
                return words[value]
        return foreign.otherwise

    def set(self, text: str, value: str) -> Fault:
        """Set what the name means here."""
        name = parse(text)
        foreign = self.table.foreign.get(name.pattern)
        if foreign is None:
            return Fault.UNDEFINED
        fault = self._set_renamed(foreign, name, value) if foreign.to else self._say(foreign, value)
        if fault is Fault.NONE:
            self.tolerated.add(_SWITCH)
        return fault

    def _set_renamed(self, foreign: Foreign, name: Name, value: str) -> Fault:
        full = _full(foreign, name)
        return self.setter(parse(full), full, value, _ITS_NOTATION)

    def _say(self, foreign: Foreign, value: str) -> Fault:
        key = squeeze(value)
        said = next((those for word, those in foreign.says.items() if squeeze(word) == key), None)
        if said is None:
            return Fault.TYPE
        for element, word, keeps in said:
            if self.store.get(element)[0] not in keeps:
                self.setter(parse(element), element, word, None)
        return Fault.NONE


def _full(foreign: Foreign, name: Name) -> str:
    """The element's name with the indices that the foreign name has."""
    indices = iter(name.indices)
    return ".".join(str(next(indices)) if part == "n" else part for part in foreign.to.split("."))
