"""A player without a browser and without a database: what `elearn.services.player` does, on plain dictionaries.

Every state goes through JSON between two requests, because the services load it anew for each.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from scorm.datamodel import table_for
from scorm.manifest import launch_suffix
from scorm.runtime import (
    LaunchData,
    Runtime,
    apply_commit,
    close_session,
    initial_document,
    shared_entries,
    shared_values,
)
from scorm.sequencing import NavigationRequest, RequestKind, SequencingSession, content_request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.sequencing import Step
    from tests.conformance.cases import Course

OVER = {"ended", "suspended"}


@dataclass
class Learner:
    """A person: what outlives a course, and the registrations for courses by package."""

    identifier: str = "urn:uuid:0192f0c1"
    name: str = "Nguyễn Thị Hạnh"
    objectives: dict[str, Any] = field(default_factory=dict)
    buckets: dict[str, str] = field(default_factory=dict)
    registrations: dict[str, Registration] = field(default_factory=dict)


@dataclass
class Registration:
    """What is kept of one learner in one course: tracking for good, the rest of the latest attempt."""

    tracking: dict[str, Any] | None = None
    attempt: dict[str, Any] | None = None
    documents: dict[str, dict[str, str]] = field(default_factory=dict)
    left: dict[str, dict[str, str]] = field(default_factory=dict)  # the documents of earlier attempts
    buckets: dict[str, str] = field(default_factory=dict)


class HeadlessContent:
    """A launched page and the API it finds."""

    def __init__(self, runtime: Runtime, activity: str, address: str, behaviour: str) -> None:
        self.runtime = runtime
        self.activity = activity
        self.behaviour = behaviour
        self.arguments = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.committed: dict[str, str] = {}

    def call(self, function: str, *arguments: str) -> tuple[str, str]:
        """What a call answers, and the error after it."""
        made = {
            "Initialize": self.runtime.initialize,
            "Terminate": self.runtime.terminate,
            "Commit": self.runtime.commit,
            "GetValue": self.runtime.get_value,
            "SetValue": self.runtime.set_value,
            "GetErrorString": self.runtime.get_error_string,
            "GetDiagnostic": self.runtime.get_diagnostic,
            "GetLastError": self.runtime.get_last_error,
        }[function]
        taken = () if function == "GetLastError" else arguments
        return made(*taken), self.runtime.get_last_error()

    @property
    def is_terminated(self) -> bool:
        """Whether the content has ended its session."""
        return self.runtime.state == "terminated"


@dataclass(frozen=True)
class Controls:
    """What the learner sees: devices ("enabled", "disabled" or "hidden") and entries (visible, selectable)."""

    devices: Mapping[str, str]
    entries: Mapping[str, tuple[bool, bool]]


class HeadlessPlayer:
    """One learner in one course at a time; `content` is what the page shows."""

    def __init__(self, learner: Learner) -> None:
        self.learner = learner
        self.content: HeadlessContent | None = None
        self.has_ended = False
        self.launches = 0

    @property
    def learner_id(self) -> str:
        """What `cmi.learner_id` answers."""
        return self.learner.identifier

    # ------------------------------------------------------------------ opening and leaving the page

    def launch(self, course: Course) -> None:
        """Press the one button: begin an attempt, or go on with the one that is open or suspended."""
        self.course = course
        self.kept = self.learner.registrations.setdefault(course.name, Registration())
        self.table = table_for(course.manifest.edition)
        self.items = {item.identifier: item for item in course.manifest.organization.walk()}
        self.content, self.has_ended = None, False
        if (self.kept.attempt or {}).get("status") == "ended":
            self.kept.left |= self.kept.documents
            self.kept.attempt, self.kept.documents, self.kept.buckets = None, {}, {}
        self._open()
        if self.kept.attempt is None:
            self._follow(self._navigate("start"))
            return
        if self.session.status == "open" and self.session.current is not None:
            self._close_activity(suspended=True)
            self._navigate("suspendAll")
        if self.session.is_suspended:
            self._follow(self._navigate("resumeAll"))

    def leave(self) -> None:
        """Go somewhere else: the content says its last words, and asks for what it asks for."""
        content = self._take_content_away()
        if content is not None and content.is_terminated and self._asks(content):
            self._perform(None)

    def press(self, kind: str, target: str = "") -> None:
        """Use a device of the player, which takes the content away first."""
        self._take_content_away()
        self._perform(NavigationRequest(RequestKind(kind), target))

    def content_has_terminated(self) -> None:
        """Follow what content has asked for when it ended its session."""
        content = self.content
        if content is not None:
            self._commit(content)
            if self._asks(content):
                self._perform(None)

    # ------------------------------------------------------------------ what is seen

    def controls(self) -> Controls:
        """Devices and table of contents."""
        valid = self.session.valid_requests()
        entries: dict[str, tuple[bool, bool]] = {}

        def see(entry: Mapping[str, Any]) -> None:
            entries[entry["identifier"]] = (entry["visible"], entry["selectable"])
            for child in entry["children"]:
                see(child)

        for entry in self.session.toc(valid):
            see(entry)
        shown = {
            name: "hidden" if name in valid["hidden"] else "enabled" if allowed else "disabled"
            for name, allowed in valid.items()
            if isinstance(allowed, bool)
        }
        return Controls(shown, entries)

    # ------------------------------------------------------------------ what the services do

    def _open(self) -> None:
        organization, edition = self.course.manifest.organization, self.course.manifest.edition
        self.session = SequencingSession(
            organization,
            edition,
            registration_state=self.kept.tracking,
            attempt_state=self.kept.attempt,
            global_objectives=self.learner.objectives,
            clock=lambda: datetime(2026, 3, 2, 7, 30, tzinfo=UTC),
            seed=1,
        )

    def _perform(self, request: NavigationRequest | None) -> None:
        self._open()
        current = self.session.current
        if request is None and current is not None:
            request = content_request(self.kept.documents[current])
        if request is not None:
            self._close_activity(suspended=request.kind is RequestKind.SUSPEND_ALL)
            self._follow(self.session.navigate(request))

    def _navigate(self, kind: str) -> Step:
        return self.session.navigate(NavigationRequest(RequestKind(kind)))

    def _follow(self, step: Step) -> None:
        self.has_ended = step.ended
        if step.delivered is not None:
            self._deliver(step.delivered, resumes=step.resumes)
        elif not self.session.is_running:
            self.content = None
        state = json.loads(json.dumps(self.session.state()))
        self.kept.tracking, self.kept.attempt, self.learner.objectives = state

    def _deliver(self, activity: str, *, resumes: bool) -> None:
        item = self.items[activity]
        earlier = self.kept.documents.get(activity) or (self.kept.left.get(activity) if resumes else None)
        document = initial_document(
            self.table,
            LaunchData(
                learner_id=self.learner.identifier,
                learner_name=self.learner.name,
                entry="resume" if resumes and earlier else None,
                earlier=earlier,
                launch_data=item.data_from_lms,
                time_limit_action=item.time_limit_action,
                objectives=self.session.launch_document(activity),
                shared=shared_entries(item.data_maps, self._buckets),
            ),
        )
        self.kept.documents[activity] = document
        valid = _as_words(self.session.valid_requests())
        resource = self.course.manifest.resources[item.resource_id]
        runtime = Runtime(self.table, document, valid_requests=valid)
        behaviour = self.course.pages.get(resource.href, "normal")
        address = resource.href + launch_suffix(resource, item)
        self.content = HeadlessContent(runtime, activity, address, behaviour)
        self.launches += 1

    def _take_content_away(self) -> HeadlessContent | None:
        """Unload the page, which lets it run its handlers, and take everything it has said."""
        content = self.content
        if content is not None:
            unload(content)
            self._commit(content)
        self.content = None
        return content

    def _commit(self, content: HeadlessContent) -> None:
        """Bring what content has set to the server, which must accept all that the API has accepted."""
        delta = content.runtime.take_delta()
        document, rejected = apply_commit(self.table, self.kept.documents[content.activity], delta)
        assert not rejected, rejected
        self.kept.documents[content.activity] = document

    def _asks(self, content: HeadlessContent) -> bool:
        return content_request(self.kept.documents[content.activity]) is not None

    def _close_activity(self, *, suspended: bool) -> None:
        current = self.session.current
        if current is None or not self.session.is_running:
            return
        raw = self.kept.documents[current]
        closed = close_session(self.table, raw, suspended=suspended)
        self.kept.documents[current] = closed
        told = shared_values(raw)
        writable = {each.target_id for each in self.items[current].data_maps if each.write_shared_data}
        self._buckets.update({target: store for target, store in told.items() if target in writable})
        self.session.end_activity({**raw, **closed}, suspended=suspended)

    @property
    def _buckets(self) -> dict[str, str]:
        shared = self.course.manifest.organization.shared_data_global_to_system
        return self.learner.buckets if shared else self.kept.buckets


UNLOAD = {
    "unload-terminate": "_none_",
    "unload-exitAll": "exitAll",
    "unload-suspendAll": "suspendAll",
    "unload-choice4": "{target=activity_4}choice",
}


def unload(content: HeadlessContent) -> None:
    """Some pages end their session, with a request of their own, only when they are unloaded."""
    if content.behaviour in UNLOAD and not content.is_terminated:
        content.call("SetValue", "adl.nav.request", UNLOAD[content.behaviour])
        content.call("Terminate", "")


def _as_words(valid: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of adl.nav.request_valid as the player page hands them to the API."""
    told: dict[str, Any] = {name: str(value).lower() for name, value in valid.items() if isinstance(value, bool)}
    for name in ("choice", "jump"):
        told[name] = {target: str(value).lower() for target, value in valid[name].items()}
    return told
