"""What a manifest says apart from how it is written: the same for a package that was only exported or zipped again.

Left out is what authoring tools make anew each time: identifiers, dates and versions, the order of resources and of
their files, metadata, sequencing and the edition. What stays is what a learner sees: titles, order and nesting of
the items, and which pages they open (CAM 3.4).
"""

from __future__ import annotations

import json
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorm.manifest.model import Item, Manifest, Organization, Resource


def fingerprint(manifest: Manifest) -> str:
    """40 hexadecimal digits; "" for a manifest whose organizations have no item, of which nothing can be told."""
    trees = sorted(_of_organization(manifest, organization) for organization in manifest.organizations)
    if not any(True for organization in manifest.organizations for _ in organization.walk()):
        return ""
    resources = sorted(_of_resource(manifest, resource) for resource in manifest.resources.values())
    said = json.dumps([trees, resources], ensure_ascii=False, separators=(",", ":"))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _of_organization(manifest: Manifest, organization: Organization) -> str:
    return _text([_plain(organization.title), [_of_item(manifest, item) for item in organization.items]])


def _of_item(manifest: Manifest, item: Item) -> list[object]:
    resource = manifest.resources.get(item.resource_id)
    address = "" if resource is None else resource.href + resource.query
    return [_plain(item.title), address, item.parameters, [_of_item(manifest, child) for child in item.children]]


def _of_resource(manifest: Manifest, resource: Resource) -> str:
    """Kind, page and files; those of its dependencies stand with it, because their identifiers say nothing."""
    files = set(resource.files)
    for name in resource.dependencies:
        if (other := manifest.resources.get(name)) is not None:
            files.update(other.files)
    return _text([resource.scorm_type, resource.href + resource.query, sorted(files)])


def _plain(title: str) -> str:
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())


def _text(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
