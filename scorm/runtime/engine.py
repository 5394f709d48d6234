"""The run-time API of both standards without a browser: states, calls, error codes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from scorm.datamodel import Fault
from scorm.datamodel.lexical import utf16_length
from scorm.runtime.foreign import Foreigner
from scorm.runtime.lenient import forms_of
from scorm.runtime.names import Name, parse
from scorm.runtime.store import Store
from scorm.tolerance import Tolerance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.datamodel import DataModelTable

_LONGEST_DIAGNOSTIC = 254  # RTE 3.1.6.3: at most 255 characters


class State(StrEnum):
    """RTE 3.1.3: the API instance's states."""

    NOT_INITIALIZED = "not_initialized"
    RUNNING = "running"
    TERMINATED = "terminated"


class Runtime:
    """One communication session of one SCO; every method answers with strings as the API does.

    `valid_requests` answers adl.nav.request_valid: `{"continue": "true", "previous": "false",
    "choice": {item: "true"}, "jump": {item: "true"}}`; a missing answer is "unknown".
    `tolerance` are the package's switches; which of them a call needed is kept in `tolerated`. `leaving` says that the
    content is being taken away, so that late calls may still be kept.
    The same semantics as `ScormRuntime` in elearn/static/player/runtime.js, which a test compares.
    """

    def __init__(
        self,
        table: DataModelTable,
        document: Mapping[str, str],
        *,
        valid_requests: Mapping[str, object] | None = None,
        tolerance: Tolerance | None = None,
    ) -> None:
        self.table = table
        self.state = State.NOT_INITIALIZED
        self.tolerance = tolerance or Tolerance()
        self.tolerated: set[str] = set()
        self.leaving = False
        self.valid_requests: Mapping[str, object] = valid_requests or {}
        self._store = Store(table, document)
        self._delta: dict[str, str] = {}
        self._fault = Fault.NONE
        self._about = ""

    @property
    def document(self) -> dict[str, str]:
        """A copy of the cmi document as it is now."""
        return dict(self._store.document)

    def take_delta(self) -> dict[str, str]:
        """What was set to another value since the last call, in the order of first setting; forgets it."""
        delta, self._delta = self._delta, {}
        return delta

    # ------------------------------------------------------------------ session methods

    def initialize(self, argument: str = "") -> str:
        """LMSInitialize / Initialize (RTE 3.1.3.1)."""
        if argument:
            return self._answer(Fault.ARGUMENT)
        if self.state is State.RUNNING:
            return self._answer(Fault.ALREADY_INITIALIZED)
        if self.state is State.TERMINATED:
            return self._answer(Fault.INITIALIZE_AFTER_TERMINATE)
        self.state = State.RUNNING
        return self._answer(Fault.NONE)

    def terminate(self, argument: str = "") -> str:
        """LMSFinish / Terminate (RTE 3.1.3.2)."""
        fault = self._ready(argument, Fault.TERMINATE_BEFORE, Fault.TERMINATE_AFTER)
        if fault is Fault.NONE:
            self.state = State.TERMINATED
        return self._answer(fault)

    def commit(self, argument: str = "") -> str:
        """LMSCommit / Commit (RTE 3.1.4.3): "true" means accepted in memory."""
        return self._answer(self._open(argument, Fault.COMMIT_BEFORE, Fault.COMMIT_AFTER))

    def _ready(self, argument: str, before: Fault, after: Fault) -> Fault:
        if argument:
            return Fault.ARGUMENT
        return {State.NOT_INITIALIZED: before, State.TERMINATED: after}.get(self.state, Fault.NONE)

    def _open(self, argument: str, before: Fault, after: Fault) -> Fault:
        """As `_ready`, but content that is taken away may go on a little after its Terminate."""
        fault = self._ready(argument, before, after)
        return Fault.NONE if fault is after and self._is_late else fault

    @property
    def _is_late(self) -> bool:
        return self.state is State.TERMINATED and self.leaving and self.tolerance.late_calls

    # ------------------------------------------------------------------ data transfer

    def get_value(self, element: str) -> str:
        """LMSGetValue / GetValue (RTE 3.1.4.1): the value, "" on an error."""
        fault = self._open("", Fault.GET_BEFORE, Fault.GET_AFTER)
        value = ""
        if fault is Fault.NONE:
            value, fault = self._store.get(element)
            if fault is Fault.NONE:
                value = self._valid(element, value)
            elif fault is Fault.UNDEFINED and self.tolerance.foreign_names:
                value, fault = self._foreigner.get(element)
        self._answer(fault, element)
        return value

    def set_value(self, element: str, value: str) -> str:
        """LMSSetValue / SetValue (RTE 3.1.4.2): "true" or "false"."""
        fault = self._open("", Fault.SET_BEFORE, Fault.SET_AFTER)
        if fault is Fault.NONE:
            fault = self._set(parse(element), element, value)
            if fault is Fault.UNDEFINED and self.tolerance.foreign_names:
                fault = self._foreigner.set(element, value)
            if fault is Fault.NONE and self._is_late:
                self.tolerated.add("late_calls")
        return self._answer(fault, element)

    def _set(self, name: Name, element: str, value: str, switches: Tolerance | None = None) -> Fault:
        """Set an element to a value, or to another form of it that the switches allow."""
        fault = self._keep(name, element, value)
        if fault not in {Fault.TYPE, Fault.RANGE}:
            return fault
        kind = self._store.document.get(".".join(name.full.split(".")[:3]) + ".type", "")
        for switch, form in forms_of(self.table, switches or self.tolerance, name.pattern, value, kind):
            if self._keep(name, element, form) is Fault.NONE:
                self.tolerated.add(switch if switches is None else "foreign_names")
                return Fault.NONE
        return fault

    def _keep(self, name: Name, element: str, value: str) -> Fault:
        held = self._store.document.get(name.full)
        fault = self._store.set(element, value, tolerant=self.tolerance.long_values)
        if fault is Fault.NONE:
            if held != value:
                self._note(name, held, value)
            if 0 < self.table.elements[name.pattern].spm < utf16_length(value):
                self.tolerated.add("long_values")
        return fault

    @property
    def _foreigner(self) -> Foreigner:
        return Foreigner(self.table, self._store, self._set, self.tolerated)

    def _note(self, name: Name, held: str | None, value: str) -> None:
        """Remember the value for the next commit, and nothing that it has just reset."""
        self._delta[name.full] = value
        if held is not None and self.table.elements[name.pattern].resets:
            document = self._store.document
            self._delta = {element: kept for element, kept in self._delta.items() if element in document}

    def _valid(self, element: str, value: str) -> str:
        """SN 5.6.5: adl.nav.request_valid comes from the sequencer's last answer."""
        name = parse(element)
        if not name.pattern.startswith("adl.nav.request_valid."):
            return value
        answer = self.valid_requests.get(name.pattern.rpartition(".")[2])
        if name.target is not None:
            known = answer if isinstance(answer, dict) else None
            answer = known.get(name.target, "false") if known is not None else None
        return answer if isinstance(answer, str) and answer in {"true", "false"} else value

    # ------------------------------------------------------------------ support methods

    def get_last_error(self) -> str:
        """LMSGetLastError / GetLastError (RTE 3.1.5.1)."""
        return self.table.codes[self._fault]

    def get_error_string(self, code: str = "") -> str:
        """LMSGetErrorString / GetErrorString (RTE 3.1.5.2): "" for an unknown code."""
        return self.table.strings.get(code, "")

    def get_diagnostic(self, code: str = "") -> str:
        """LMSGetDiagnostic / GetDiagnostic (RTE 3.1.5.3): of the last error when no code is given."""
        if code and code != self.get_last_error():
            return self.table.strings.get(code, "")
        if self._fault is Fault.NONE:
            return self.table.strings["0"]
        return f"{self._fault}: {self._about}"[:_LONGEST_DIAGNOSTIC]

    def _answer(self, fault: Fault, about: str = "") -> str:
        self._fault, self._about = fault, about
        return "true" if fault is Fault.NONE else "false"
