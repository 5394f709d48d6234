"""One conformance case played by a learner: launches in their order, calls, what the page offers, what comes next.

It knows a player only by what a learner and a SCO can do there, so that the same walk goes through a player
without a browser and through the real pages.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from tests.conformance.instructions import Act, actions_of
from tests.conformance.judging import Check, judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conformance.cases import Course, Suite
    from tests.conformance.instructions import Action
    from tests.conformance.player import Controls

FIRST = {".", "DDMa"}


class Content(Protocol):
    """A launched page: `arguments` of its address, `behaviour`, and the API it finds."""

    arguments: Mapping[str, str]
    behaviour: str

    def call(self, function: str, *arguments: str) -> tuple[str, str]: ...


class Player(Protocol):
    """A page on which a course is played."""

    content: Any
    has_ended: bool
    launches: int

    @property
    def learner_id(self) -> str: ...

    def launch(self, course: Course) -> None: ...
    def leave(self) -> None: ...
    def press(self, kind: str, target: str = "") -> None: ...
    def content_has_terminated(self) -> None: ...
    def controls(self) -> Controls: ...


class StopError(Exception):
    """The case cannot go on; the check that failed says why."""


@dataclass
class Report:
    """What came of one case; `failures` are "where: what: expected, got"."""

    name: str
    checks: int = 0
    hard: list[str] = field(default_factory=list)
    soft: list[str] = field(default_factory=list)

    def add(self, check: Check, where: str) -> None:
        """Count a check, and keep it if it failed."""
        self.checks += 1
        if not check.holds:
            kept = self.soft if check.is_soft else self.hard
            kept.append(f"{where}: {check.about}: expected {check.expected[:200]!r}, got {check.got[:200]!r}")


class Walk:
    """A case on its way through a player."""

    def __init__(self, suite: Suite, name: str, player: Player) -> None:
        self.suite, self.case, self.player = suite, suite.cases[name], player
        self.package: str = self.case["packages"][0]
        self.report = Report(name)
        self.where = "start"
        self.expected_launches = player.launches

    def play(self) -> Report:
        """Play the whole case."""
        with suppress(StopError):
            self._play()
        return self.report

    def _play(self) -> None:
        self._launch()
        if self.case["start"] not in FIRST:
            self._choose(self.case["start"])
        for place, step in enumerate(self.case["steps"], 1):
            self.where = f"step {place}/{len(self.case['steps'])} (activity {step['act']})"
            self._expect_launch(step)
            self._inspect(step)
            self._make_calls(step["commands"])
            self._end_content()
            for action in actions_of(step["cui"]):
                if action.act is Act.FINISH:
                    break
                self._do(action)
        self._must(self.player.launches == self.expected_launches, "launch after the end", "none", self._launched())

    # ------------------------------------------------------------------ launches

    def _launch(self, package: str = "") -> None:
        self.package = package or self.package
        self.player.launch(self.suite.course(self.package))
        self.is_fresh = True

    def _launched(self) -> str:
        content = self.player.content
        if content is None:
            return "attempt ended" if self.player.has_ended else "nothing launched"
        return f"{content.arguments.get('tc')}, activity {content.arguments.get('act')}"

    def _expect_launch(self, step: Mapping[str, Any]) -> None:
        self.expected_launches += 1
        if self.is_fresh and self.player.launches < self.expected_launches and not self.player.has_ended:
            self._choose_as_a_tester_would(step["act"])
        self.is_fresh = False
        wanted = f"{self.case['title']}, activity {step['act']}"
        launched = self.player.launches == self.expected_launches and self._launched() == wanted
        self._must(launched, "launch", wanted, self._launched())
        self._must(self.player.content.behaviour != "fail", "launched page", "the right resource", "another one")

    def _choose_as_a_tester_would(self, act: str) -> None:
        """Nothing is delivered by itself where the root has no flow; then the learner chooses."""
        items = self.suite.packages[self.package]["items"]
        target = next((item["id"] for item in items if item.get("act") == act), "")
        if self._may_choose(target):
            self.player.press("choice", target)

    # ------------------------------------------------------------------ what the page offers

    def _may_choose(self, target: str) -> bool:
        return self.player.controls().entries.get(target, (False, False)) == (True, True)

    def _inspect(self, step: Mapping[str, Any]) -> None:
        asked = [pair for pair in zip(step["uiq"], step["uia"], strict=True) if pair[0][0] != "click.button"]
        controls = self.player.controls() if asked else None
        for (question, about), expected in asked:
            assert controls is not None
            got = "Y" if self._answer(controls, question, about, step["act"]) else "N"
            self._check(got == expected, f"page: {question} {about}", expected, got)

    def _answer(self, controls: Controls, question: str, about: str, act: str) -> bool:
        place, _, state = question.partition(".")
        if place in controls.devices:
            return (controls.devices[place] == "enabled") is (state == "enabled")
        if question == "toc.enabled":
            items = self.suite.packages[self.package]["items"]
            here = {item["id"] for item in items if item.get("act") == act}
            return any(pair == (True, True) for name, pair in controls.entries.items() if name not in here)
        visible, selectable = controls.entries.get(self.suite.item_titled(self.package, about), (False, False))
        return {"toc.visible": visible, "toc.enabled.selectable": visible and selectable}[question]

    # ------------------------------------------------------------------ the content

    def _make_calls(self, calls: list[dict[str, Any]]) -> None:
        for call in calls:
            if call["fn"] == "compareObjectiveIds":
                found = self._identifiers("cmi.objectives")
                self._check(sorted(found) == sorted(call["objs"]), "ids of objectives", str(call["objs"]), str(found))
                continue
            element = self._indexed(call["arg0"])
            if element is None:
                continue
            arguments = [element, call["arg1"] or ""] if call["fn"] == "SetValue" else [element]
            got, error = self.player.content.call(call["fn"], *arguments)
            for check in judge(call, got, error, self.player.learner_id):
                self.report.add(check, self.where)

    def _indexed(self, element: str) -> str | None:
        """An element whose record is named by its identifier (`cmi.objectives.&obj1&.id`), with its index."""
        head, *rest = element.split("&", 2)
        collection = head.removesuffix(".")
        if len(rest) < 2 or collection not in {"cmi.objectives", "adl.data"}:
            return element
        found = self._identifiers(collection)
        self._check(rest[0] in found, f"record of {collection}", rest[0], str(found))
        return f"{head}{found.index(rest[0])}{rest[1]}" if rest[0] in found else None

    def _identifiers(self, collection: str) -> list[str]:
        content = self.player.content
        count = int(content.call("GetValue", f"{collection}._count")[0] or 0)
        return [content.call("GetValue", f"{collection}.{index}.id")[0] for index in range(count)]

    def _end_content(self) -> None:
        """Let the content end its session right after its calls, unless it waits for being unloaded."""
        behaviour, shown = self.player.content.behaviour, self.player.content
        if behaviour == "asset-page" or behaviour.startswith("unload"):
            return
        answer, _ = shown.call("Terminate", "")
        self._check(answer == "true", "Terminate()", "true", answer, is_soft=True)
        self.player.content_has_terminated()
        if behaviour == "sx09-exit":
            self._check(self.player.content is not shown, "content after its exit request", "taken away", "still there")
        if behaviour == "sx09-stay":
            self._check(self.player.content is shown, "content after Terminate", "still there", "taken away")

    # ------------------------------------------------------------------ the learner

    def _do(self, action: Action) -> None:
        match action.act:
            case Act.PRESS:
                state = self.player.controls().devices[action.about]
                self._must(state == "enabled", f"device {action.about}", "enabled", state)
                self.player.press(action.about)
            case Act.CHOOSE:
                self._choose(action.about)
            case Act.EXPECT_END:
                self._expect_end()
            case Act.LEAVE:
                self._leave()
            case _:
                self._launch(action.about)

    def _choose(self, title: str) -> None:
        target = self.suite.item_titled(self.package, title)
        self._must(self._may_choose(target), f"entry {title}", "selectable", "not selectable")
        self.player.press("choice", target)

    def _expect_end(self) -> None:
        """Only some cases demand that the attempt has ended; in the others the tester is merely told so."""
        demanded = self.case["end"].startswith("endUserInter")
        ended = self.player.has_ended
        self._check(ended, "the attempt", "ended", "open", is_soft=not demanded)
        if not ended:
            self._leave()

    def _leave(self) -> None:
        if self.player.has_ended:
            return
        if self.player.controls().devices["exitAll"] == "enabled":
            self.player.press("exitAll")
        else:
            self.player.leave()

    # ------------------------------------------------------------------ checks

    def _check(self, holds: bool, about: str, expected: str, got: str, *, is_soft: bool = False) -> None:  # noqa: FBT001
        self.report.add(Check(holds, about, expected, got, is_soft), self.where)

    def _must(self, holds: bool, about: str, expected: str, got: str) -> None:  # noqa: FBT001
        self._check(holds, about, expected, got)
        if not holds:
            raise StopError
