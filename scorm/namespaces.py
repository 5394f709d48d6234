"""XML namespaces of SCORM 1.2, SCORM 2004, IMS Content Packaging, Common Cartridge and LOM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

IMSCP_12: Final = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
IMSCP_2004: Final = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP_12: Final = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
ADLCP_2004: Final = "http://www.adlnet.org/xsd/adlcp_v1p3"
ADLNAV: Final = "http://www.adlnet.org/xsd/adlnav_v1p3"
ADLSEQ: Final = "http://www.adlnet.org/xsd/adlseq_v1p3"
IMSSS: Final = "http://www.imsglobal.org/xsd/imsss"
IMSMD_11: Final = "http://www.imsproject.org/xsd/imsmd_rootv1p1"
IMSMD_12: Final = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
LOM: Final = "http://ltsc.ieee.org/xsd/LOM"
XML: Final = "http://www.w3.org/XML/1998/namespace"


def local_name(tag: str) -> str:
    """Lower-case name of an element or attribute without namespace.

    Real packages misspell namespaces, omit them, and change the case between editions
    (`scormtype`, `scormType`), so names are compared by this form alone. An undeclared prefix
    (`adlcp:scormtype` without `xmlns:adlcp`) is dropped as well.
    """
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def namespaces_in_use(root: Element) -> frozenset[str]:
    """Namespaces declared on the root, or carried by its first resource and that one's attributes."""
    uris = {uri for uri in root.nsmap.values() if uri}
    for group in root.iterchildren():
        first = next(group.iterchildren(), None) if local_name(str(group.tag)) == "resources" else None
        if first is not None:
            uris.update(_namespace(str(name)) for name in (first.tag, *first.attrib))
    return frozenset(uris - {""})


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""
