"""What the search box suggests while somebody types; without its script the box is a plain form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, g, jsonify, request, url_for
from flask_babel import gettext

from elearn.services.suggesting import suggest
from elearn.web.errors import answers_scripts
from elearn.web.facets import LONGEST_TEXT
from elearn.web.people import current_identity
from elearn.web.programme import load_programme
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("suggestions", __name__)


@blueprint.get("/library/suggestions")
@answers_scripts
def listing() -> Response:
    """Rows of a text, what it is, and the address it leads to; the script asks with what is in the box."""
    typed, programme = request.args.get("q", "")[:LONGEST_TEXT], load_programme(g.db)
    found = suggest(house().engine, current_identity(), typed, programme.subjects)
    return jsonify(
        [
            *(_row(programme.subject(code), gettext("Subject"), subject=code) for code in found.subjects),
            *(_row(title, "", q=title) for title in found.titles),
            *(_row(name, gettext("Author"), author=name) for name in found.authors),
        ]
    )


def _row(text: str, kind: str, **asked: str) -> dict[str, str]:
    return {"text": text, "kind": kind, "url": url_for("library.search", **asked)}
