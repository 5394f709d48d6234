"""Resources: type, launch file, use and dependencies (CAM 3.4.2; CAM 1.2, 2.3.2.6)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scorm.manifest.elements import attribute, children
from scorm.validation.subject import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element as Element

    from scorm.validation.subject import Subject

    _Links = Mapping[str, Iterable[str]]


def check(subject: Subject) -> None:
    """Report on every resource, and on how resources hang together."""
    for element in subject.resources:
        _check_types(subject, element)
    _check_launch_files(subject)
    _check_use(subject)
    _check_circles(subject)


def _check_types(subject: Subject, element: Element) -> None:
    """`type` is "webcontent", `adlcp:scormType` is "sco" or "asset" (CAM 3.4.2.2)."""
    written = attribute(element, "scormtype")
    if not written:
        subject.note("cam_scorm_types_missing", named(element), element)
    elif written.lower() not in {"sco", "asset"}:
        subject.note("cam_scorm_types_unknown", f"{named(element)}: {written}", element)
    kind = attribute(element, "type") or ""
    if kind != "webcontent":
        subject.note("cam_resource_types_unexpected", f"{named(element)}: {kind}", element)


def _check_launch_files(subject: Subject) -> None:
    """The file of `href` is one of the resource's own `<file>`s (CAM 3.4.2.2)."""
    for element in subject.resources:
        resource = subject.manifest.resources.get(attribute(element, "identifier") or "")
        inside = resource is not None and resource.href in subject.names
        if resource is not None and inside and resource.href not in resource.files:
            subject.note("cam_launch_files_unlisted", f"{resource.identifier}: {resource.href}", element)


def _check_use(subject: Subject) -> None:
    """A resource that no item launches and no other needs is dead weight (CAM 3.4.2)."""
    used = {attribute(item.element, "identifierref") for item in subject.items}
    used |= {name for resource in subject.manifest.resources.values() for name in resource.dependencies}
    if subject.items:
        for element in subject.resources:
            if attribute(element, "identifier") not in used:
                subject.note("cam_resources_unused", named(element), element)


def _check_circles(subject: Subject) -> None:
    """Resources that need each other in a circle (CAM 3.4.2.4); what is left when all others are taken away."""
    known = subject.manifest.resources
    needs = {name: {other for other in found.dependencies if other in known} for name, found in known.items()}
    needed_by: dict[str, list[str]] = {name: [] for name in needs}
    for name, others in needs.items():
        for other in others:
            needed_by[other].append(name)
    circular = _left_over(_left_over(set(needs), needs, needed_by), needed_by, needs)
    for element in subject.resources:
        if attribute(element, "identifier") in circular:
            subject.note("cam_dependencies_circular", named(element), next(children(element, "dependency"), element))


def _left_over(names: set[str], needs: _Links, needed_by: _Links) -> set[str]:
    """The names without those that need nothing, again and again (Kahn 1962): circles and what lies behind them."""
    open_needs = Counter({name: sum(other in names for other in needs[name]) for name in names})
    ready = [name for name in names if not open_needs[name]]
    left = set(names)
    while ready:
        name = ready.pop()
        left.discard(name)
        for other in needed_by[name]:
            if other in left:
                open_needs[other] -= 1
                if not open_needs[other]:
                    ready.append(other)
    return left
