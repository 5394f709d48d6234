"""The manifest as a whole: what it declares, what it must contain, and its identifiers (CAM 3.4.1, 3.5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scorm.manifest.elements import attribute, child, children, label_of
from scorm.manifest.model import Edition
from scorm.namespaces import local_name
from scorm.validation.subject import named, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from scorm.validation.subject import Subject

_VERSIONS: Final = {
    Edition.SCORM_12: "1.2",
    Edition.SCORM_2004_2ND: "CAM 1.3",
    Edition.SCORM_2004_3RD: "2004 3rd Edition",
    Edition.SCORM_2004_4TH: "2004 4th Edition",
}
_REQUIRED: Final = ("metadata", "organizations", "resources")
_ONCE: Final = {
    "manifest": frozenset({"metadata", "organizations", "resources", "sequencingcollection"}),
    "organization": frozenset({"title", "metadata", "sequencing", "completionthreshold"}),
    "item": frozenset(
        {
            "title", "metadata", "sequencing", "completionthreshold", "presentation", "data", "timelimitaction",
            "datafromlms", "masteryscore", "maxtimeallowed", "prerequisites",
        }
    ),
    "resource": frozenset({"metadata"}),
}  # fmt: skip
_NCNAME: Final = re.compile(r"[^\W\d][\w.\-\u00b7]*")


def check(subject: Subject) -> None:
    """Report on the manifest's declarations, required elements and identifiers."""
    _check_schema(subject)
    _check_presence(subject)
    _check_identifiers(subject)
    _check_default(subject)


def _check_schema(subject: Subject) -> None:
    """`<schema>` and `<schemaversion>` have one spelling per edition (CAM 3.4.1.4, 3.4.1.5; CAM 1.2, 2.3.2.1)."""
    metadata = child(subject.root, "metadata")
    expected = {"schema": "ADL SCORM", "schemaversion": _VERSIONS[subject.manifest.edition]}
    for name, value in expected.items():
        element = child(metadata, name)
        written = label_of(element)
        if element is not None and written != value:
            subject.note("cam_schema_unexpected", f"{name} “{written}” ≠ “{value}”", element)


def _check_presence(subject: Subject) -> None:
    """What a manifest must contain, and what may occur once only (CAM 3.4.1; application profiles in CAM 3.5)."""
    for name in _REQUIRED:
        if child(subject.root, name) is None:
            subject.note("cam_elements_missing", name, subject.root)
    if not attribute(subject.root, "identifier"):
        subject.note("cam_elements_missing", "manifest identifier", subject.root)
    for activity in (activity for tree in subject.trees for activity in tree.walk()):
        _check_repetition(subject, activity.element, activity.parts)
    for element in (subject.root, *subject.resources):
        _check_repetition(subject, element, parts_of(element))


def _check_repetition(subject: Subject, element: Element, parts: Mapping[str, list[Element]]) -> None:
    once = _ONCE.get(local_name(str(element.tag)), frozenset())
    for name, found in parts.items():
        if len(found) > 1 and name in once:
            subject.note("cam_elements_repeated", f"{named(element)}: {name}", found[1])


def _check_identifiers(subject: Subject) -> None:
    """Identifiers are xs:ID: an XML name without colon, unique in the manifest (CAM 3.4.1; XML Schema 3.3.8)."""
    owner: dict[str, str] = {}
    written = [subject.root, *(activity.element for tree in subject.trees for activity in tree.walk())]
    for element in (*written, *subject.resources):
        identifier, kind = attribute(element, "identifier") or "", local_name(str(element.tag))
        if identifier and not _NCNAME.fullmatch(identifier):
            subject.note("cam_identifiers_malformed", identifier, element)
        # The reader reports what is used twice by one kind of element.
        if identifier and owner.setdefault(identifier, kind) != kind:
            subject.note("cam_identifiers_shared", identifier, element)


def _check_default(subject: Subject) -> None:
    """`default` says which of several organizations is played (CAM 3.4.1.6)."""
    group = child(subject.root, "organizations")
    if group is None or attribute(group, "default") or sum(1 for _ in children(group, "organization")) < 2:  # noqa: PLR2004 - more than one
        return
    subject.note("cam_default_organization_missing", subject.manifest.default_organization, group)
