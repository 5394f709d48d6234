"""The manifest of an IMS Common Cartridge 1.1: one organization of one level, web contents and web links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

CP = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
WEB_LINK = "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_AT = "http://www.imsglobal.org/profile/cc/ccv1p1"
_LOCATIONS = (
    f"{CP} {_AT}/ccv1p1_imscp_v1p2_v1p0.xsd {LOM} {_AT}/LOM/ccv1p1_lommanifest_v1p0.xsd "
    f"{WEB_LINK} {_AT}/ccv1p1_imswl_v1p1.xsd"
)


@dataclass(frozen=True, slots=True)
class CartridgeItem:
    """An entry of the outline: its title, the path of its one file, and whether that is the XML of a web link."""

    title: str
    path: str
    is_link: bool = False


def manifest(uid: str, title: str, language: str, items: Sequence[CartridgeItem]) -> bytes:
    """Write `imsmanifest.xml`; paths are ASCII without spaces, so that they are addresses as they are."""
    root = etree.Element(f"{{{CP}}}manifest", nsmap={None: CP, "lomimscc": LOM, "xsi": _XSI})
    root.set("identifier", f"M_{uid}")
    root.set(f"{{{_XSI}}}schemaLocation", _LOCATIONS)
    _metadata(etree.SubElement(root, f"{{{CP}}}metadata"), title, language)
    organization = etree.SubElement(etree.SubElement(root, f"{{{CP}}}organizations"), f"{{{CP}}}organization")
    organization.set("identifier", "O_1")
    organization.set("structure", "rooted-hierarchy")
    top = etree.SubElement(organization, f"{{{CP}}}item", identifier="I_0")
    resources = etree.SubElement(root, f"{{{CP}}}resources")
    for number, item in enumerate(items, 1):
        entry = etree.SubElement(top, f"{{{CP}}}item", identifier=f"I_{number}", identifierref=f"R_{number}")
        etree.SubElement(entry, f"{{{CP}}}title").text = one_line(item.title)
        _resource(resources, number, item)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def web_link(title: str, address: str) -> bytes:
    """Write the XML of a web link."""
    root = etree.Element(f"{{{WEB_LINK}}}webLink", nsmap={None: WEB_LINK})
    etree.SubElement(root, f"{{{WEB_LINK}}}title").text = one_line(title)
    etree.SubElement(root, f"{{{WEB_LINK}}}url", href=address, target="_blank")
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _metadata(parent: etree._Element, title: str, language: str) -> None:
    etree.SubElement(parent, f"{{{CP}}}schema").text = "IMS Common Cartridge"
    etree.SubElement(parent, f"{{{CP}}}schemaversion").text = "1.1.0"
    general = etree.SubElement(etree.SubElement(parent, f"{{{LOM}}}lom"), f"{{{LOM}}}general")
    text = etree.SubElement(etree.SubElement(general, f"{{{LOM}}}title"), f"{{{LOM}}}string", language=language)
    text.text = one_line(title)


def _resource(resources: etree._Element, number: int, item: CartridgeItem) -> None:
    resource = etree.SubElement(resources, f"{{{CP}}}resource", identifier=f"R_{number}")
    resource.set("type", "imswl_xmlv1p1" if item.is_link else "webcontent")
    if not item.is_link:
        resource.set("href", item.path)
    etree.SubElement(resource, f"{{{CP}}}file", href=item.path)
