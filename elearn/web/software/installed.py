"""What a unit and all below have installed: by title, by unit, as files; and where a title is installed."""

from __future__ import annotations

from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any

from flask import abort, g, render_template, request, send_file, url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from content_packages.facts import Kind
from elearn.database import day_of
from elearn.models.material import Material, SoftwareDetail
from elearn.services.access import Action, load_tree, may
from elearn.services.organisation import children_on, get_unit
from elearn.services.sheets import XLSX_TYPE, Sheet, write_csv, write_xlsx
from elearn.services.software.installed.aliases import aliases_of, unlisted
from elearn.services.software.installed.of_title import PER_PAGE, places_of, units_by_id
from elearn.services.software.installed.overview import Flag, by_title, by_unit, reporting_units
from elearn.web.facets import read_page
from elearn.web.installed_words import AGES, FLAGS, HOLDINGS
from elearn.web.people import current_identity, sign_in_required
from elearn.web.software import blueprint
from elearn.web.software.steps import page_of, seen_title, trail_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flask import Response
    from flask.typing import ResponseReturnValue

    from elearn.models.organisation import Unit
    from elearn.services.software.installed.overview import TitleSum

FORMS = ("csv", "xlsx")


def _watched(uid: str) -> Unit:
    return get_unit(g.db, current_identity(), uid)


def _asked_flag() -> Flag | None:
    asked = request.args.get("flag", "")
    return Flag(asked) if asked in list(Flag) else None


@blueprint.get("/software/installed/<uid>")
@sign_in_required
def installed(uid: str) -> ResponseReturnValue:
    """The titles that a unit and all below have, with seats and flags; `flag=` narrows them to those of one flag."""
    unit, asked, page = _watched(uid), _asked_flag(), read_page(request.args)
    sums = by_title(g.db, unit, day_of(g.db))
    counted = {flag: sum(flag in row.flags for row in sums) for flag in Flag}
    listed = [row for row in sums if asked is None or asked in row.flags]
    shown = listed[(page - 1) * PER_PAGE : page * PER_PAGE]
    holders = units_by_id(g.db, {pool.unit_id for row in shown for pool in row.pools})
    return render_template(
        "software/installed.html",
        unit=unit,
        asked=asked,
        counted={flag: count for flag, count in counted.items() if count},
        total=len(listed),
        machines=sum(row.machines for row in sums),
        rows=shown,
        titles=_titles(shown),
        holders=holders,
        page=page,
        pages=ceil(len(listed) / PER_PAGE),
        page_address=lambda number: _address(uid, flag=asked, page=number),
        flag_address=lambda flag: _address(uid, flag=flag),
        flags=FLAGS,
        unlisted=unlisted(g.db, unit) if page == 1 and asked is None else [],
        manages=may(current_identity(), Action.MANAGE_UNIT, unit),
        trail=trail_to(None, gettext("Installed")),
    )


def _address(uid: str, **parts: Any) -> str:
    return url_for("software.installed", uid=uid, **{name: part for name, part in parts.items() if part})


def _titles(rows: Iterable[TitleSum]) -> dict[int, Material]:
    """The titles by id; who watches over a unit may know the names of what it has."""
    ids = {row.title_id for row in rows}
    seen = select(Material).where(Material.id.in_(ids)).options(joinedload(Material.software))
    return {row.id: row for row in g.db.scalars(seen)} if ids else {}


@blueprint.get("/software/installed/<uid>/units")
@sign_in_required
def installed_units(uid: str) -> ResponseReturnValue:
    """The units directly below a unit: what they have together, what of it is old, and who has reported."""
    unit, day = _watched(uid), day_of(g.db)
    children = children_on(g.db, unit, day)
    rows, tree = by_unit(g.db, unit, children, reporting_units(g.db, day)), load_tree(g.db)
    return render_template(
        "software/installed_units.html",
        unit=unit,
        rows=rows,
        units=units_by_id(g.db, {row.unit_id for row in rows}),
        has_below={child.id for child in children if len(tree.below([child.id])) > 1},
        trail=trail_to(None, gettext("Installed")),
    )


@blueprint.get("/software/installed/<uid>/programs.<form>")
@sign_in_required
def installed_file(uid: str, form: str) -> Response:
    """All titles as a sheet: machines, seats and flags of a unit and all below, and what the catalogue lacks."""
    if form not in FORMS:
        abort(404)
    unit = _watched(uid)
    sheet, written = _sheet(unit), BytesIO()
    if form == "xlsx":
        lacking = [(row.name, row.units, row.machines) for row in unlisted(g.db, unit, most=10_000)]
        header = [gettext("Program"), gettext("Units"), gettext("Machines")]
        write_xlsx(written, [sheet, Sheet(gettext("Not in the catalogue"), header, lacking, (40, 10, 10))])
    else:
        write_csv(written, sheet)
    written.seek(0)
    return send_file(
        written,
        mimetype=XLSX_TYPE if form == "xlsx" else "text/csv",
        as_attachment=True,
        download_name=f"phan-mem-{unit.code}.{form}",
    )


def _sheet(unit: Unit) -> Sheet:
    sums = by_title(g.db, unit, day_of(g.db))
    named = {
        title_id: (title, vendor or "", release or "")
        for title_id, title, vendor, release in g.db.execute(
            select(Material.id, Material.title, SoftwareDetail.vendor, SoftwareDetail.release)
            .outerjoin(SoftwareDetail, SoftwareDetail.material_id == Material.id)
            .where(Material.kind == Kind.SOFTWARE.value)
        )
    }
    header = [
        gettext("Program"), gettext("Vendor"), gettext("Latest release"), gettext("Units"), gettext("Machines"),
        *(str(FLAGS[flag]) for flag in Flag), gettext("Seats"), gettext("Seats used"),
    ]  # fmt: skip

    def cells(row: TitleSum) -> Sequence[Any]:
        seats = [sum(pool.seats for pool in row.pools), sum(pool.used + pool.over for pool in row.pools)]
        flagged = [row.flags.get(flag, 0) for flag in Flag]
        return [*named.get(row.title_id, ("", "", "")), row.units, row.machines,
                *flagged, *(seats if row.pools else (None, None))]  # fmt: skip

    return Sheet(gettext("Installed"), header, [cells(row) for row in sums], (40, 28, 14))


@blueprint.get("/software/<uid>/installed")
@sign_in_required
def places(uid: str) -> ResponseReturnValue:
    """Where a title is installed, by the units that the reader watches over."""
    title, page = seen_title(uid), read_page(request.args)
    found = places_of(g.db, current_identity(), title, page)
    return render_template(
        "software/places.html",
        title=title,
        found=found,
        page=page,
        pages=ceil(found.units / PER_PAGE),
        page_address=lambda number: url_for("software.places", uid=uid, page=number),
        holdings=HOLDINGS,
        ages=AGES,
        aliases=aliases_of(g.db, title),
        back=page_of(title),
        manages=may(current_identity(), Action.MANAGE_TITLE, title),
        trail=trail_to(title, gettext("Installed")),
    )
