"""The JSON interface to the catalogue of software: titles and their releases, as the person of the cookie sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint, Schema
from apiflask.exceptions import HTTPError
from apiflask.fields import Boolean, Date, Dict, Integer, List, Nested, String
from apiflask.validators import Length
from flask import g, url_for

from elearn.services.search import search as find
from elearn.services.software.releases import get_release, releases_of
from elearn.services.software.titles import get_title
from elearn.web.api import (
    DEEPEST,
    LONGEST_TEXT,
    MOST_HITS,
    NOT_USABLE,
    TOO_LONG,
    Codes,
    not_usable,
    number,
    refuse_bearers,
    refuse_unknown,
)
from elearn.web.people import current_identity
from elearn.web.transactions import house

if TYPE_CHECKING:
    from elearn.models.material import Material
    from elearn.models.software import SoftwareFile, SoftwareRelease

blueprint = APIBlueprint("software_api", __name__, url_prefix="/api/v1", tag="software")
blueprint.before_request(refuse_bearers)
blueprint.register_error_handler(HTTPError, not_usable)

NARROWED_BY = ("level", "subject", "platform", "licence_kind")


class AskedTitles(Schema):
    """The parameters of a search for titles."""

    q = String(
        load_default="",
        validate=Length(max=LONGEST_TEXT, error=TOO_LONG),
        metadata={"description": "What to find, in words."},
    )
    level = Codes(metadata={"description": "Codes of levels, such as TH."})
    subject = Codes(metadata={"description": "Codes of subjects, such as TOAN."})
    platform = Codes(metadata={"description": "Systems on which it runs, such as windows."})
    licence_kind = Codes(metadata={"description": "Kinds of licences on record, such as seats."})
    limit = number(20, 1, MOST_HITS)
    offset = number(0, 0, DEEPEST)


class TitleShort(Schema):
    """A title of software as lists have it; `version` is that of the latest release."""

    id = String()
    title = String()
    vendor = String()
    version = String()
    platforms = List(String())
    level = List(String())
    subject = List(String())
    licence = String()
    maker_url = String()
    unit = String()
    published_at = String(allow_none=True)
    url = String()


class TitlePage(Schema):
    """A page of titles; `total` counts all, `facets` maps facet -> code -> count."""

    total = Integer()
    titles = List(Nested(TitleShort))
    facets = Dict(keys=String(), values=Dict(keys=String(), values=Integer()))


class ReleaseFile(Schema):
    """A file of a release; it is downloaded at `url` by whom a licence allows it."""

    id = String()
    platform = String()
    architecture = String()
    name = String()
    size = Integer(metadata={"description": "Bytes."})
    sha256 = String()
    url = String()


class Release(Schema):
    """A release with its files."""

    id = String()
    version = String()
    released_on = Date()
    is_latest = Boolean()
    is_supported = Boolean()
    notes = String()
    files = List(Nested(ReleaseFile))
    url = String()


class ReleaseDetail(Release):
    """A release by itself."""


class TitleDetail(TitleShort):
    """A title with what is said of it, and its releases, the newest first."""

    description = String()
    requirements = String()
    language = String()
    contact = String()
    releases = List(Nested(Release))


@blueprint.get("/software")
@blueprint.input(AskedTitles, location="query", arg_name="asked")
@blueprint.output(TitlePage)
@blueprint.doc(summary="Search titles of software", responses=[NOT_USABLE])
def titles(asked: dict[str, Any]) -> dict[str, Any]:
    """Find titles of software; an empty question gives all, newest first."""
    chosen = {facet: asked[facet] for facet in NARROWED_BY}
    refuse_unknown(chosen)
    page = find(
        g.db,
        house().engine,
        current_identity(),
        asked["q"],
        chosen | {"kind": ["software"]},
        limit=asked["limit"],
        offset=asked["offset"],
        facets=NARROWED_BY,
    )
    return {
        "total": page.total,
        "titles": [_short(found.material) for found in page.found],
        "facets": {facet: dict(counts) for facet, counts in page.facets.items()},
    }


@blueprint.get("/software/<uid>")
@blueprint.output(TitleDetail)
@blueprint.doc(summary="Read one title with its releases", responses=[404])
def title(uid: str) -> dict[str, Any]:
    """One title; one that may not be seen looks like one that does not exist."""
    found = get_title(g.db, current_identity(), uid)
    detail = found.software
    return _short(found) | {
        "description": found.description,
        "requirements": found.requirements,
        "language": found.language,
        "contact": detail.contact if detail and not current_identity().is_anonymous else "",
        "releases": [_release(uid, release) for release in releases_of(g.db, found)],
    }


@blueprint.get("/software/<uid>/releases/<release_uid>")
@blueprint.output(ReleaseDetail)
@blueprint.doc(summary="Read one release", responses=[404])
def release(uid: str, release_uid: str) -> dict[str, Any]:
    """One release of a title, with sizes and checksums of its files."""
    return _release(uid, get_release(g.db, current_identity(), uid, release_uid))


def _short(found: Material) -> dict[str, Any]:
    detail = found.software
    return {
        "id": found.uid,
        "title": found.title,
        "vendor": detail.vendor if detail else "",
        "version": detail.release if detail else "",
        "platforms": list(detail.platforms) if detail else [],
        "level": sorted(row.level.value for row in found.levels),
        "subject": sorted(row.subject_code for row in found.subjects),
        "licence": found.licence.value,
        "maker_url": detail.maker_url if detail else "",
        "unit": found.unit.name,
        "published_at": found.published_at.isoformat() if found.published_at else None,
        "url": url_for("library.material", uid=found.uid),
    }


def _release(uid: str, found: SoftwareRelease) -> dict[str, Any]:
    return {
        "id": found.uid,
        "version": found.version,
        "released_on": found.released_on,
        "is_latest": found.is_latest,
        "is_supported": found.is_supported,
        "notes": found.notes,
        "files": [_file(uid, file) for file in found.files],
        "url": url_for("software.release", uid=uid, release_uid=found.uid),
    }


def _file(uid: str, file: SoftwareFile) -> dict[str, Any]:
    return {
        "id": file.uid,
        "platform": file.platform,
        "architecture": file.architecture,
        "name": file.file_name,
        "size": file.blob.size,
        "sha256": file.blob_sha256,
        "url": url_for("software.download", uid=uid, file_uid=file.uid),
    }
