"""How own cases are written down, and the folder of packages that is made of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.support.activity_trees import Objective, activity, reads_all
from tests.support.sequencing_xml import course_manifest
from tests.support.zips import simple_zip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from scorm.manifest.model import Item, Organization

CONTINUE, PREVIOUS, END = "Continue", "Previous", "Exit"
HAS_ENDED = "AutoTest"  # nothing more is launched, because the attempt has ended
EXIT_ALL = "TRIGExitAll"
RETURN = "Relaunch"  # leave the course and launch it again
SUSPEND_AND_RETURN = "SuspendCM09ca"
RETURN_AFTER_END = "RelaunchCM16"
# What the page of a resource does when it is unloaded, by the resource's identifier.
BEHAVIOURS = {"page": "normal", "quiet": "unload-terminate", "exits": "unload-exitAll", "suspends": "unload-suspendAll"}
REQUESTS = {"unload-exitAll": "exitAll", "unload-suspendAll": "suspendAll", "unload-terminate": "_none_"}

PAGE = """<!doctype html>
<html lang="vi"><meta charset="utf-8"><title>%(behaviour)s</title><p id="page">%(behaviour)s</p>
<script>
  let place = window;
  while (!place.API_1484_11 && place !== place.parent) place = place.parent;
  window.api = place.API_1484_11;
  const request = %(request)s;
  window.addEventListener("pagehide", () => {
    if (request === null) return;
    window.api.SetValue("adl.nav.request", request);
    window.api.Terminate("");
  });
</script></html>
"""


@dataclass(frozen=True)
class OwnCase:
    """One case: its name ("FLOW-1"), its course, and the launches in their order."""

    name: str
    course: Organization
    visits: tuple[dict[str, Any], ...]
    start: str = "."
    after: str = ""  # the case that the same learner has played before, of whose system-wide objectives this one knows

    @property
    def family(self) -> str:
        """The part of the name in front of the number."""
        return self.name.rpartition("-")[0]


def case(name: str, course: Organization, *visits: dict[str, Any], **more: str) -> OwnCase:
    """A case from its visits."""
    return OwnCase(name, course, visits, **more)


def visit(act: str, *calls: dict[str, Any], sees: Mapping[str, bool] | None = None, then: str = "") -> dict[str, Any]:
    """One launch: what the page shows, the calls of the content, and what the learner does after them.

    `sees` has "continue" and "previous" (allowed), "choice b" (may be chosen) and "visible b".
    """
    asked = [_question(words, expected=expected) for words, expected in (sees or {}).items()]
    return {
        "act": act,
        "visit": "1",
        "commands": [_call("Initialize", "", None, "true"), *calls],
        "uiq": [question for question, _ in asked],
        "uia": [answer for _, answer in asked],
        "cui": then,
    }


def _question(words: str, *, expected: bool) -> tuple[list[str], str]:
    kind, _, identifier = words.partition(" ")
    if kind in {"continue", "previous"}:
        return [f"{kind}.{'enabled' if expected else 'disabled'}", ""], "Y"
    question = {"choice": "toc.enabled.selectable", "visible": "toc.visible"}[kind]
    return [question, identifier.title()], "Y" if expected else "N"


def sets(element: str, value: str, error: str = "0") -> dict[str, Any]:
    """A SetValue that is answered true, or refused with an error."""
    return _call("SetValue", element, value, "true" if error == "0" else "false", error)


def gets(element: str, value: str = "", error: str = "0") -> dict[str, Any]:
    """A GetValue and what it answers."""
    return _call("GetValue", element, None, value, error)


def asks(request: str) -> dict[str, Any]:
    """A navigation request of the content, performed when it ends its session."""
    return sets("adl.nav.request", request)


def _call(function: str, first: str, second: str | None, value: str, error: str = "0") -> dict[str, Any]:
    call = {"fn": function, "arg0": first, "arg1": second, "value": value, "error": error}
    return {**call, "itype": "", "objs": None, "raw": ""}


PASSES = (sets("cmi.success_status", "passed"), sets("cmi.completion_status", "completed"))
FAILS = (sets("cmi.success_status", "failed"), sets("cmi.completion_status", "incomplete"))
SUSPENDS = sets("cmi.exit", "suspend")


def witness(identifier: str, *targets: str, **options: Any) -> Item:
    """An activity whose content reads global objectives, as `cmi.objectives.0` and so on, and says nothing itself."""
    seen = (Objective(f"see-{target}", maps=(reads_all(target),)) for target in targets)
    return activity(identifier, objectives=(Objective(primary=True), *seen), **options)


def finds(**known: str) -> list[dict[str, Any]]:
    """What a witness reads of its first objective: `success="passed"`, `scaled="0.5"`, "" for nothing known."""
    elements = {
        "success": ("success_status", "unknown"),
        "completion": ("completion_status", "unknown"),
        "scaled": ("score.scaled", ""),
        "raw": ("score.raw", ""),
        "min": ("score.min", ""),
        "max": ("score.max", ""),
        "progress": ("progress_measure", ""),
    }
    calls = []
    for name, value in known.items():
        element, unknown = elements[name]
        told = value or unknown
        calls.append(gets(f"cmi.objectives.0.{element}", told, "0" if told else "403"))
    return calls


def write_folder(folder: Path, cases: Iterable[OwnCase]) -> None:
    """Write `cases.json` and one package per case."""
    index: dict[str, dict[str, Any]] = {"cases": {}, "packages": {}}
    files = {name: f"{name}.html" for name in BEHAVIOURS}
    pages = {
        files[name]: PAGE % {"behaviour": behaviour, "request": json.dumps(REQUESTS.get(behaviour))}
        for name, behaviour in BEHAVIOURS.items()
    }
    chains: dict[str, list[str]] = {}
    for own in cases:
        addressed = replace(own.course, items=tuple(_addressed(item, own.name) for item in own.course.items))
        archive = simple_zip({"imsmanifest.xml": course_manifest(addressed, files), **pages})
        (folder / f"{own.name}.zip").write_bytes(archive)
        chain = chains[own.name] = chains.get(own.after, [])
        chain.append(own.name)
        index["cases"][own.name] = _described(own, chain)
        index["packages"][own.name] = {
            "zip": f"{own.name}.zip",
            "items": [_listed(own.course, root=True), *(_listed(item) for item in own.course.walk())],
            "pages": {files[name]: behaviour for name, behaviour in BEHAVIOURS.items()},
        }
    (folder / "cases.json").write_text(json.dumps(index), encoding="utf-8")


def _described(own: OwnCase, chain: list[str]) -> dict[str, Any]:
    # An end that the content's own request brings is demanded, as in the suite's `endUserInter` cases.
    described = {"title": own.name, "family": own.family, "start": own.start, "end": "endUserInter"}
    return {**described, "packages": [own.name], "chain": chain, "steps": list(own.visits)}


def _addressed(item: Item, name: str) -> Item:
    children = tuple(_addressed(child, name) for child in item.children)
    return replace(item, parameters=f"?tc={name}&act={item.parameters or item.identifier}", children=children)


def _listed(item: Item | Organization, *, root: bool = False) -> dict[str, Any]:
    listed = {"id": item.identifier, "title": item.title, "root": root}
    return listed if root else {**listed, "act": item.parameters or item.identifier}  # type: ignore[union-attr]
