"""Which standard and edition a manifest was written for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from scorm.manifest.elements import attribute, child, children, label_of
from scorm.manifest.model import Edition
from scorm.namespaces import local_name, namespaces_in_use

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from scorm.manifest.report import Report


class ManifestKind(StrEnum):
    """What an `imsmanifest.xml` belongs to."""

    SCORM = "scorm"
    COMMON_CARTRIDGE = "common_cartridge"
    CONTENT_PACKAGE = "content_package"  # IMS Content Packaging, also without any namespace
    UNKNOWN = "unknown"  # the root element is no manifest


@dataclass(frozen=True, slots=True)
class ManifestClass:
    """`version` is the edition of SCORM ("2004 4th"), or the version a cartridge or package declares ("1.3.0")."""

    kind: ManifestKind
    version: str = ""


_CARTRIDGE_NAMESPACE: Final = re.compile(r"/imscc(?:v(\d+)p(\d+))?/")
_ORDINALS: Final = (
    (re.compile(r"\b(4th|fourth)\b"), Edition.SCORM_2004_4TH),
    (re.compile(r"\b(3rd|third)\b"), Edition.SCORM_2004_3RD),
    (re.compile(r"\b(1st|2nd|first|second)\b"), Edition.SCORM_2004_2ND),
    # The first two editions of SCORM 2004 call themselves "CAM 1.3"; CAM 1.2 never had another name.
    (re.compile(r"\b1\.3\b"), Edition.SCORM_2004_2ND),
    (re.compile(r"\b1\.[0-2]\b"), Edition.SCORM_12),
)
_SCORM_VERSION: Final = re.compile(r"2004|scorm|\b(?:adl|cam)\b")
# Elements and attributes that only the 4th Edition has (CAM 4th Edition, 3.4).
_ONLY_4TH: Final = frozenset({"completedbymeasure", "minprogressmeasure", "progressweight", "targetid"})


def classify_manifest(root: Element) -> ManifestClass:
    """Name the standard of a parsed `imsmanifest.xml` by its schema, namespaces and attributes."""
    if local_name(str(root.tag)) != "manifest":
        return ManifestClass(ManifestKind.UNKNOWN)
    schema, version = _declared(root)
    cartridge = next(filter(None, map(_CARTRIDGE_NAMESPACE.search, namespaces_in_use(root))), None)
    if "cartridge" in schema or cartridge:
        return ManifestClass(ManifestKind.COMMON_CARTRIDGE, version or _cartridge_version(cartridge))
    if _is_scorm(root, schema, version):
        return ManifestClass(ManifestKind.SCORM, _edition(root)[0])
    return ManifestClass(ManifestKind.CONTENT_PACKAGE, version)


def detect_edition(root: Element, report: Report) -> Edition:
    """The edition of a SCORM manifest: what it declares, else what its namespaces and elements tell.

    A declaration that contradicts the namespaces is followed and reported, because it is what other
    systems go by; so is a guess.
    """
    declared = _declared(root)[1]
    edition, stated = _edition(root)
    by_namespace = _is_2004_by_namespace(root)
    if not stated:
        report.add("manifest_edition_guessed", declared=declared, edition=edition)
    elif by_namespace is not None and by_namespace != edition.is_2004:
        report.add("manifest_edition_conflict", declared=declared, edition=edition)
    return edition


def _edition(root: Element) -> tuple[Edition, bool]:
    """The edition, and whether the manifest states it."""
    schema, version = _declared(root)
    text = f"{schema} {version}"
    # "1.2" under the schema "IMS Content" is the version of Content Packaging.
    if not schema or _SCORM_VERSION.search(text):
        for pattern, edition in _ORDINALS:
            if pattern.search(text):
                return edition, True
    is_2004 = _is_2004_by_namespace(root)
    if is_2004 or (is_2004 is None and "2004" in text):
        return (Edition.SCORM_2004_4TH if _uses_4th(root) else Edition.SCORM_2004_3RD), False
    return Edition.SCORM_12, False


def _is_scorm(root: Element, schema: str, version: str) -> bool:
    return (
        bool(_SCORM_VERSION.search(f"{schema} {version}"))
        or any("adlcp_" in uri for uri in namespaces_in_use(root))
        or any(attribute(resource, "scormtype") is not None for resource in _resources(root))
    )


def _resources(root: Element) -> list[Element]:
    return [resource for group in children(root, "resources") for resource in children(group, "resource")]


def _is_2004_by_namespace(root: Element) -> bool | None:
    """Whether the namespaces are those of SCORM 2004; None when they say nothing or both."""
    uris = " ".join(namespaces_in_use(root)).lower()
    is_2004 = "adlcp_v1p3" in uris
    is_12 = "adlcp_rootv1p" in uris
    if is_2004 == is_12:
        return {"scormType": True, "scormtype": False}.get(_type_attribute(root)) if not is_12 else None
    return is_2004


def _type_attribute(root: Element) -> str:
    """How the first resource spells `scormType`: the two standards differ in one letter's case."""
    for resource in _resources(root):
        for name in map(str, resource.attrib):
            if local_name(name) == "scormtype":
                return name.rpartition("}")[2].rpartition(":")[2]
    return ""


def _uses_4th(root: Element) -> bool:
    names = (local_name(str(name)) for element in root.iter() for name in element.attrib)
    return any(name in _ONLY_4TH for name in names)


def _declared(root: Element) -> tuple[str, str]:
    """`<schema>` and `<schemaversion>` in lower case."""
    metadata = child(root, "metadata")
    schema, version = child(metadata, "schema"), child(metadata, "schemaversion")
    return label_of(schema).lower(), label_of(version).lower()


def _cartridge_version(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    return f"{match[1]}.{match[2]}" if match[1] else "1.0"
