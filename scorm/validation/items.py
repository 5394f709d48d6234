"""Items: what they launch, with which parameters, and what learners see of them (CAM 3.4.1.8; CAM 1.2, 2.3.2.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scorm.manifest.elements import attribute, label_of

if TYPE_CHECKING:
    from scorm.validation.subject import Activity, Subject

_LONGEST_TITLE: Final = 200  # characters every system must keep (CAM 3.4.1.9)
# Query and fragment as they may stand in an address (RFC 3986, 3.4 and 3.5; CAM 3.4.1.8), letters of any language.
_PARAMETERS: Final = re.compile(r"[?#&]?[\w\-.~!$&'()*+,;=:@/?%]*(?:#[\w\-.~!$&'()*+,;=:@/?%]*)?")
_FOREIGN_TO_2004: Final = ("prerequisites", "maxtimeallowed", "masteryscore")
_FOREIGN_TO_12: Final = ("completionthreshold", "presentation", "sequencing", "data")


def check(subject: Subject) -> None:
    """Report on every item."""
    for item in subject.items:
        _check_reference(subject, item)
        _check_parameters(subject, item)
        _check_edition(subject, item)
        if len(label_of(item.part("title"))) > _LONGEST_TITLE:
            subject.note("cam_titles_too_long", item.identifier, item.element)
    for tree in subject.trees:
        _check_visibility(subject, tree)


def _check_reference(subject: Subject, item: Activity) -> None:
    """In SCORM 2004 leaves, and only leaves, launch a resource (CAM 3.4.1.8)."""
    written = attribute(item.element, "identifierref")
    if item.children and written and subject.is_2004:
        subject.note("cam_clusters_with_resource", item.identifier, item.element)
    if not item.children and not written:
        subject.note("cam_leaves_without_resource", item.identifier, item.element)
    # That a named file is absent is the reader's finding.
    if item.resource is not None and not item.children and item.resource.identifier not in subject.launchable:
        subject.note("cam_launches_without_href", f"{item.identifier}: {written}", item.element)


def _check_parameters(subject: Subject, item: Activity) -> None:
    """`parameters` belong to a launch and are part of an address (CAM 3.4.1.8)."""
    written = attribute(item.element, "parameters")
    if not written:
        return
    if item.children or not attribute(item.element, "identifierref"):
        subject.note("cam_parameters_unused", f"{item.identifier}: {written}", item.element)
    if not _PARAMETERS.fullmatch(written):
        subject.note("cam_parameters_malformed", f"{item.identifier}: {written}", item.element)


def _check_edition(subject: Subject, item: Activity) -> None:
    """Elements of the other standard are read by nobody (CAM 1.2, 2.3.2.5; CAM 3.4.1.13 and following)."""
    for name in _FOREIGN_TO_2004 if subject.is_2004 else _FOREIGN_TO_12:
        for foreign in item.parts.get(name, ()):
            subject.note("cam_elements_of_other_edition", f"{item.identifier}: {name}", foreign)


def _check_visibility(subject: Subject, tree: Activity) -> None:
    """A table of contents in which nothing is visible (CAM 3.4.1.8, isvisible)."""
    items = list(tree.walk())[1:]
    leaves = [item for item in items if not item.children]
    if len(leaves) > 1 and not any(item.is_visible for item in items):
        subject.note("cam_everything_invisible", tree.identifier, tree.element)
