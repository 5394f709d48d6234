"""The start page: for visitors the library, for members the sections of their roles; and the switch of language."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, g, redirect, render_template, request, url_for
from sqlalchemy import update

from elearn.models.account import Account
from elearn.models.curriculum import Level
from elearn.services.library import newest, pictures_of
from elearn.services.licences import endings
from elearn.services.software import reminders
from elearn.web.home.sections import quick_actions, sections_of
from elearn.web.language import COOKIE, LANGUAGES
from elearn.web.people import current_identity, safe_next
from elearn.web.programme import load_programme
from elearn.web.reports.words import WORDS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.material import Material

blueprint = Blueprint("home", __name__)

NEWEST = 40
PER_LEVEL = 4
FOR_ME = 8
LANGUAGE_KEPT = timedelta(days=365)


@blueprint.get("/")
def start() -> ResponseReturnValue:
    """The search box and what is new for visitors; for members the sections of their roles, most important first."""
    return _welcome() if current_identity().is_anonymous else _members()


def _welcome() -> str:
    materials = newest(g.db, current_identity(), NEWEST)
    return render_template(
        "home/welcome.html",
        groups=_by_level(materials),
        levels=list(Level),
        pictures=pictures_of(g.db, materials),
        programme=load_programme(g.db),
    )


def _members() -> str:
    identity = current_identity()
    materials = newest(g.db, identity, FOR_ME)
    return render_template(
        "home/start.html",
        sections=sections_of(identity),
        actions=quick_actions(identity),
        view_endings=endings(g.db, identity),
        software_endings=reminders.endings(g.db, identity),
        materials=materials,
        pictures=pictures_of(g.db, materials),
        programme=load_programme(g.db),
        **WORDS,
    )


def _by_level(materials: list[Material]) -> list[tuple[str, list[Material]]]:
    """A few materials under each level that has some, each once, under its first level; in the order of levels."""
    groups: dict[str, list[Material]] = {}
    for material in materials:
        level = min((row.level for row in material.levels), key=list(Level).index, default="")
        group = groups.setdefault(level, [])
        if len(group) < PER_LEVEL:
            group.append(material)
    order = [*Level, ""]
    return sorted(groups.items(), key=lambda pair: order.index(pair[0]))


@blueprint.post("/language")
def language() -> ResponseReturnValue:
    """Change the language of this browser, and of the account when somebody is signed in."""
    wanted = request.form.get("language", "")
    response = redirect(safe_next(request.form.get("next")) or url_for("home.start"), 303)
    if wanted in LANGUAGES:
        identity = current_identity()
        if not identity.is_anonymous:
            g.db.execute(update(Account).where(Account.id == identity.account_id).values(locale=wanted))
        response.set_cookie(
            COOKIE, wanted, max_age=LANGUAGE_KEPT, path="/", secure=request.is_secure, httponly=True, samesite="Lax"
        )
    return response
