"""The catalogue as a file: every published title that the reader sees, as CSV or XLSX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, g, url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from content_packages.facts import Kind
from elearn.models.curriculum import Level
from elearn.models.material import Material, Status
from elearn.models.organisation import Unit
from elearn.services.access import visible_materials
from elearn.services.sheets import Sheet
from elearn.web.labels import LEVELS, LICENCES
from elearn.web.material_words import PLATFORMS
from elearn.web.people import current_identity
from elearn.web.programme import load_programme
from elearn.web.software import blueprint
from elearn.web.software.spending import answer

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.web.programme import Programme


@blueprint.get("/software/files/catalogue.<form>")
def catalogue_file(form: str) -> ResponseReturnValue:
    """The titles by name; money is not in it."""
    if form not in {"csv", "xlsx"}:
        abort(404)
    seen = (
        select(Material)
        .where(Material.kind == Kind.SOFTWARE.value, Material.status == Status.PUBLISHED)
        .where(visible_materials(current_identity()))
        .options(joinedload(Material.software), joinedload(Material.unit).selectinload(Unit.names))
        .options(selectinload(Material.levels), selectinload(Material.subjects))
        .order_by(Material.title, Material.id)
    )
    programme = load_programme(g.db)
    rows = [_row(title, programme) for title in g.db.scalars(seen).unique()]
    return answer([Sheet(gettext("Teaching software"), _header(), rows)], form, f"catalogue.{form}")


def _header() -> tuple[str, ...]:
    about = (gettext("Title"), gettext("Vendor"), gettext("Version"), gettext("Level"), gettext("Subject"))
    runs = (gettext("Runs on"), gettext("Smallest machine"), gettext("Terms of use"), gettext("The maker's page"))
    return (*about, *runs, gettext("Unit"), gettext("Address"))


def _row(title: Material, programme: Programme) -> tuple[Any, ...]:
    detail = title.software
    levels = {row.level for row in title.levels}
    subjects = sorted(row.subject_code for row in title.subjects)
    return (
        title.title,
        detail.vendor if detail else "",
        detail.release if detail else "",
        ", ".join(str(LEVELS[level]) for level in Level if level in levels),
        ", ".join(programme.subject(code) for code in subjects),
        ", ".join(str(PLATFORMS.get(code, code)) for code in detail.platforms) if detail else "",
        title.requirements,
        str(LICENCES[title.licence]),
        detail.maker_url if detail else "",
        title.unit.name,
        url_for("library.material", uid=title.uid, _external=True),
    )
