"""The JSON interface: searching materials and reading one; it sees what the person of the cookie sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint, Schema
from apiflask.exceptions import HTTPError
from apiflask.fields import Boolean, Dict, Float, Integer, List, Nested, String
from apiflask.validators import Length, OneOf, Range
from flask import g, jsonify, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from elearn.services.library import get_material
from elearn.services.search import search as find
from elearn.web.errors import request_id
from elearn.web.facets import LONGEST_AUTHOR, MOST_AUTHORS, counted_for, is_code, known_codes, split_codes
from elearn.web.people import current_identity
from elearn.web.programme import load_programme
from elearn.web.sessions import is_bearer
from elearn.web.transactions import house
from search_index.documents import FACETS, Sort

if TYPE_CHECKING:
    from flask import Response

    from elearn.models.material import Material

blueprint = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="materials")

LONGEST_TEXT = 2000
MOST_HITS = 100
DEEPEST = 10_000
NOT_USABLE = 422


class Codes(List):
    """Codes of a facet: the parameter may be repeated, or hold several codes divided by commas."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(String(), load_default=list, **arguments)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **arguments: Any) -> list[str]:
        return list(split_codes(super()._deserialize(value, attr, data, **arguments)))


TOO_LONG: Any = lazy_gettext("Must be at most %(most)s characters.", most=LONGEST_TEXT)
_LONG_NAME: Any = lazy_gettext("Must be at most %(most)s characters.", most=LONGEST_AUTHOR)
_MANY_NAMES: Any = lazy_gettext("Must be at most %(most)s names.", most=MOST_AUTHORS)
_NO_SORT: Any = lazy_gettext("Must be one of: %(known)s.", known=", ".join(Sort))
_NO_SWITCH: Any = lazy_gettext("Must be true or false.")


def number(default: int, least: int, most: int) -> Integer:
    """A whole number within bounds, as a parameter."""
    said: Any = lazy_gettext("Must be a whole number from %(least)s to %(most)s.", least=least, most=most)
    return Integer(load_default=default, validate=Range(least, most, error=said), error_messages={"invalid": said})


class Asked(Schema):
    """The parameters of a search."""

    q = String(
        load_default="",
        validate=Length(max=LONGEST_TEXT, error=TOO_LONG),
        metadata={"description": "What to find, in words."},
    )
    level = Codes(metadata={"description": "Codes of levels, such as TH."})
    subject = Codes(metadata={"description": "Codes of subjects, such as TOAN."})
    grade = Codes(metadata={"description": "Codes of grades, such as 5."})
    kind = Codes(metadata={"description": "Kinds of material, such as scorm."})
    unit = Codes(metadata={"description": "Numbers of the units that published, as the facet has them."})
    licence = Codes(metadata={"description": "Licences, such as CC-BY-4.0."})
    year = Codes(metadata={"description": "Years of publishing, such as 2026."})
    approved_by = Codes(metadata={"description": "Numbers of approvers, as the facet has them for who is signed in."})
    platform = Codes(metadata={"description": "Systems on which software runs, such as windows."})
    licence_kind = Codes(metadata={"description": "Kinds of licences on record for software, such as seats."})
    author = List(
        String(validate=Length(max=LONGEST_AUTHOR, error=_LONG_NAME)),
        load_default=list,
        validate=Length(max=MOST_AUTHORS, error=_MANY_NAMES),
        metadata={"description": "Whole names of authors, with or without tone marks; may be repeated."},
    )
    sort = String(
        load_default=Sort.RELEVANCE.value,
        validate=OneOf([sort.value for sort in Sort], error=_NO_SORT),
        metadata={"description": "relevance, newest or most_taught (most used in teaching)."},
    )
    literal = Boolean(
        load_default=False,
        error_messages={"invalid": _NO_SWITCH},
        metadata={"description": "Search the words as they are typed, without mending slips and keys."},
    )
    limit = number(20, 1, MOST_HITS)
    offset = number(0, 0, DEEPEST)


class Hit(Schema):
    """One found material; a facet with several codes has them all."""

    id = String()
    title = String()
    kind = String()
    level = List(String())
    subject = List(String())
    grade = List(String())
    unit = String()
    licence = String()
    author = String()
    published_at = String(allow_none=True)
    score = Float()
    snippet = String()


class Page(Schema):
    """A page of found materials; `total` counts all, `facets` maps facet -> code -> count.

    `read_as` is what was searched for where that is not what was asked, `did_you_mean` what else may have been meant.
    """

    total = Integer()
    read_as = String()
    did_you_mean = String()
    took_ms = Float()
    hits = List(Nested(Hit))
    facets = Dict(keys=String(), values=Dict(keys=String(), values=Integer()))


class MaterialDetail(Schema):
    """A material with what people say of it."""

    id = String()
    title = String()
    description = String()
    keywords = List(String())
    kind = String()
    standard = String()
    edition = String()
    tool = String()
    level = List(String())
    subject = List(String())
    grade = List(String())
    language = String()
    licence = String()
    author = String()
    unit = String()
    status = String()
    published_at = String(allow_none=True)
    version = Integer()
    size = Integer()
    url = String()


@blueprint.before_request
def refuse_bearers() -> None:
    """No token opens this interface: whoever sends one must not be taken for a visitor (RFC 6750, 3.1).

    Raises:
        Unauthorized: the request carries a bearer token.
    """
    if is_bearer(request):
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"error": "invalid_token"}))


@blueprint.get("/materials")
@blueprint.input(Asked, location="query", arg_name="asked")
@blueprint.output(Page)
@blueprint.doc(summary="Search materials", responses=[NOT_USABLE])
def materials(asked: dict[str, Any]) -> dict[str, Any]:
    """Find materials with or without tone marks; an empty question gives all, newest first."""
    chosen = {facet: asked[facet] for facet in FACETS}
    refuse_unknown(chosen)
    identity = current_identity()
    page = find(
        g.db,
        house().engine,
        identity,
        asked["q"],
        chosen | {"author": [name for name in asked["author"] if name.strip()]},
        limit=asked["limit"],
        offset=asked["offset"],
        sort=Sort(asked["sort"]),
        facets=counted_for(identity),
        literal=asked["literal"],
    )
    return page.as_dict()


@blueprint.get("/materials/<uid>")
@blueprint.output(MaterialDetail)
@blueprint.doc(summary="Read one material", responses=[404])
def material(uid: str) -> dict[str, Any]:
    """One material; one that may not be seen looks like one that does not exist."""
    return _detail(get_material(g.db, current_identity(), uid))


def _detail(found: Material) -> dict[str, Any]:
    version = found.current_version
    return {
        "id": found.uid,
        "title": found.title,
        "description": found.description,
        "keywords": found.keywords,
        "kind": found.kind,
        "standard": version.standard if version else "",
        "edition": version.edition if version else "",
        "tool": version.tool if version else "",
        "level": sorted(row.level.value for row in found.levels),
        "subject": sorted(row.subject_code for row in found.subjects),
        "grade": sorted(row.grade_code for row in found.grades),
        "language": found.language,
        "licence": found.licence.value,
        "author": found.author_name,
        "unit": found.unit.name,
        "status": found.status.value,
        "published_at": found.published_at.isoformat() if found.published_at else None,
        "version": version.number if version else 0,
        "size": version.blob.size if version else 0,
        "url": url_for("library.material", uid=found.uid),
    }


def refuse_unknown(chosen: dict[str, list[str]]) -> None:
    """Refuse codes that no facet has.

    Raises:
        HTTPError: 422, with what is wrong with which parameter.
    """
    known = known_codes(load_programme(g.db))
    wrong = {
        facet: [gettext("There is no code %(code)s.", code=code) for code in codes if not is_code(known, facet, code)]
        for facet, codes in chosen.items()
    }
    if any(wrong.values()):
        raise HTTPError(NOT_USABLE, detail={"query": {facet: said for facet, said in wrong.items() if said}})


@blueprint.errorhandler(HTTPError)
def not_usable(error: HTTPError) -> Response:
    """A refusal in the shape of all errors of the interface; `fields` says what is wrong with which parameter."""
    fields = error.detail.get("query", {}) if isinstance(error.detail, dict) else {}
    detail = "; ".join(f"{name}: {' '.join(map(str, _flat(said)))}" for name, said in fields.items())
    body = {
        "status": error.status_code,
        "message": gettext("A parameter cannot be used."),
        "detail": detail,
        "fields": {name: [str(text) for text in _flat(said)] for name, said in fields.items()},
        "request_id": request_id(),
    }
    response = jsonify(body)
    response.status_code = error.status_code
    return response


def _flat(said: Any) -> list[Any]:
    if isinstance(said, dict):
        return [text for value in said.values() for text in _flat(value)]
    return list(said) if isinstance(said, list) else [said]
