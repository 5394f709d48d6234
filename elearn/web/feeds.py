"""Feeds of kept searches (Atom, RFC 4287) for readers that have no cookie: their address is the key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask_babel import gettext
from lxml import etree

from elearn.models.material import Status
from elearn.services.feeds import close_feed, feed_of, open_feed
from elearn.services.search import search as find
from elearn.web.hosts import host_rules
from elearn.web.people import current_identity, sign_in_required
from elearn.web.saved_searches import question_of, results_address
from elearn.web.transactions import house, short_read
from search_index.documents import Sort

if TYPE_CHECKING:
    from datetime import datetime

    from flask.typing import ResponseReturnValue

    from elearn.models.account import SavedSearch
    from elearn.services.search import Found

blueprint = Blueprint("feeds", __name__)

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 30
KEPT = 600  # seconds in which a reader need not ask again
SUMMARY = 300  # characters
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@blueprint.post("/library/saved/<uid>/feed")
@sign_in_required
def make(uid: str) -> ResponseReturnValue:
    """Give a kept search a feed, or its feed a new address."""
    open_feed(g.db, current_identity(), uid)
    flash(
        gettext("The feed has a new address now. Copy it into your reader; an older address does not work."), "success"
    )
    return redirect(url_for("saved.listing"), 303)


@blueprint.post("/library/saved/<uid>/feed/close")
@sign_in_required
def close(uid: str) -> ResponseReturnValue:
    """End the feed of a kept search."""
    close_feed(g.db, current_identity(), uid)
    flash(gettext("The feed has ended. Its address does not work any more."), "success")
    return redirect(url_for("saved.listing"), 303)


@blueprint.get("/feeds/<token>/<uid>.atom")
def show(token: str, uid: str) -> Response:
    """The newest materials that a kept search finds for its owner; cookies say nothing here."""
    with short_read() as session:
        search, owner = feed_of(session, house().settings.secret_key, uid, token)
        question = question_of(session, search.query)
        page = find(
            session,
            house().engine,
            owner,
            question.text,
            question.chosen,
            limit=MOST_ENTRIES,
            sort=Sort.NEWEST,
            facets=(),
            literal=question.literal,
        )
        published = [found for found in page.found if found.material.status is Status.PUBLISHED]
        body = _feed(search, owner.locale or house().settings.locale, published)
    response = Response(body, content_type="application/atom+xml; charset=utf-8")
    response.headers["Cache-Control"] = f"private, max-age={KEPT}"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    return response.make_conditional(request)


def _feed(search: SavedSearch, language: str, found: list[Found]) -> bytes:
    origin = host_rules().app_origin(request) or ""
    root = etree.Element(
        f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language}, nsmap={None: ATOM}
    )
    _add(root, "id", UUID(search.uid).urn)
    _add(root, "title", f"elearn: {search.title}")
    _add(root, "link", rel="self", type="application/atom+xml", href=origin + request.path)
    _add(root, "link", rel="alternate", type="text/html", href=origin + results_address(search.query))
    dates = [each.material.published_at for each in found if each.material.published_at]
    _add(root, "updated", _moment(max(dates, default=search.created_at)))
    _add(_add(root, "author"), "name", "elearn")
    for each in found:
        _entry(root, origin, each)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _entry(root: etree._Element, origin: str, found: Found) -> None:
    material = found.material
    entry = _add(root, "entry")
    _add(entry, "id", UUID(material.uid).urn)
    _add(entry, "title", material.title)
    _add(entry, "link", rel="alternate", type="text/html", href=origin + url_for("library.material", uid=material.uid))
    moment = _moment(material.published_at or material.changed_at)
    _add(entry, "published", moment)
    _add(entry, "updated", moment)
    _add(_add(entry, "author"), "name", material.author_name or material.unit.name)
    _add(entry, "summary", (material.description or found.hit.snippet)[:SUMMARY])


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Put in an element; what XML cannot say, such as control characters out of old files, is left out."""
    element = etree.SubElement(
        parent, f"{{{ATOM}}}{name}", {key: _NO_XML.sub("", value) for key, value in attributes.items()}
    )
    element.text = _NO_XML.sub("", text) or None
    return element


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
