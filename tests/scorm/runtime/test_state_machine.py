"""The API instance as a state machine: whatever content calls, the answers keep the standard's promises."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from scorm.runtime import Runtime, State
from tests.support.properties import unhurried
from tests.support.runtime import T12, T2004, launched

TABLES = (T12, T2004)
ELEMENTS = st.sampled_from(
    sorted(
        {name.replace(".n.", f".{index}.") for table in TABLES for name in table.elements for index in (0, 1, 5)}
        | {"cmi.objectives._count", "cmi.score._children", "", "cmi", "__proto__"}
    )
)
VALUES = st.sampled_from(
    [
        *sorted({word for table in TABLES for each in table.elements.values() for word in each.values}),
        *["0.5", "2", "a", "b", "PT1M", "00:01:00", "2026-01-02", "10:00:00", "a[.]b"],
    ]
)
ARGUMENTS = st.sampled_from(["", "", "", "x"])


class Content2004(RuleBasedStateMachine):
    """Content that calls anything; `model` is the state it must be in."""

    table = T2004

    def __init__(self):
        super().__init__()
        self.runtime = Runtime(self.table, launched(self.table))
        self.model = "not_initialized"

    def answers(self, call, argument, *, expected):
        assert call(argument) == ("true" if expected and not argument else "false")
        return expected and not argument

    @rule(argument=ARGUMENTS)
    def initialize(self, argument):
        if self.answers(self.runtime.initialize, argument, expected=self.model == "not_initialized"):
            self.model = "running"

    @rule(argument=ARGUMENTS)
    def terminate(self, argument):
        if self.answers(self.runtime.terminate, argument, expected=self.model == "running"):
            self.model = "terminated"

    @rule(argument=ARGUMENTS)
    def commit(self, argument):
        self.answers(self.runtime.commit, argument, expected=self.model == "running")

    @rule(element=ELEMENTS, value=VALUES)
    def set_value(self, element, value):
        before = self.runtime.document
        accepted = self.runtime.set_value(element, value) == "true"
        assert accepted == (self.runtime.get_last_error() == "0")
        if accepted:
            assert self.model == "running"
            assert self.runtime.document[element] == value
        else:
            assert self.runtime.document == before

    @rule(element=ELEMENTS)
    def get_value(self, element):
        before = self.runtime.document
        value = self.runtime.get_value(element)
        assert self.runtime.document == before
        assert value == "" or self.runtime.get_last_error() == "0"

    @rule()
    def take_delta(self):
        document = self.runtime.document
        delta = self.runtime.take_delta()
        assert delta == {name: document[name] for name in delta}

    @invariant()
    def errors_are_known_and_asking_changes_nothing(self):
        error = self.runtime.get_last_error()
        assert self.runtime.get_error_string(error) != ""
        assert 0 < len(self.runtime.get_diagnostic("")) < 255
        assert self.runtime.get_last_error() == error
        assert self.runtime.state is State(self.model)

    @invariant()
    def no_record_stands_alone(self):
        names = list(self.runtime.document)
        if any(name.startswith("cmi.objectives.1.") for name in names):
            assert any(name.startswith("cmi.objectives.0.") for name in names)
        assert not any(".5." in name for name in names)


class Content12(Content2004):
    """The same content in front of the SCORM 1.2 API."""

    table = T12


TestContent2004 = Content2004.TestCase
TestContent2004.settings = settings(unhurried, max_examples=60, stateful_step_count=40)
TestContent12 = Content12.TestCase
TestContent12.settings = settings(unhurried, max_examples=60, stateful_step_count=40)
