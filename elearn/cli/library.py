"""`elearn import` and `elearn search`: the library without a browser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from content_packages.file_names import readable_name, storable_path
from content_packages.storage.receiving import UploadTooLargeError, receive
from elearn.cli.opening import opened
from elearn.cli.voice import REFUSED, WRONG_USE, gettext, say, stop, watched
from elearn.clock import now
from elearn.models.material import ReviewEvent, ReviewStep, Status
from elearn.models.organisation import Unit
from elearn.services import account
from elearn.services.access import SYSTEM, load_identity
from elearn.services.contribute import Intake, create_material, examine, proposed_metadata
from elearn.services.indexing import mark_changed
from elearn.services.organisation import root_unit, unit_by_code
from elearn.services.safety import is_held
from elearn.services.search import FACETS, search
from elearn.web.findings import finding_remedy, finding_sentence

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.house import House
    from elearn.models.material import Material
    from elearn.services.access import Identity
    from scorm.findings import Finding


@dataclass(frozen=True, slots=True)
class Order:
    """What an import is told: by whom, into which unit, and whether to publish."""

    identity: Identity
    unit: Unit
    publish: bool


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--unit", "code", metavar="CODE", help="Code of the unit; default: the account's own, else the root.")
@click.option("--by", "login", metavar="USER", required=True, help="The account in whose name the files are taken in.")
@click.option(
    "--publish", is_flag=True, help="Publish at once, unless a scanner has yet to see the file; no act of anybody."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per file instead of sentences.")
def import_command(paths: tuple[Path, ...], code: str | None, login: str, *, publish: bool, as_json: bool) -> None:
    """Take files into the library; a folder stands for all files below it.

    Exit codes: 0 all accepted, 3 some refused, 2 wrong use.
    """
    files = [file for path in paths for file in _files(path)]
    with opened() as house:
        order = _order(house, login, code, publish=publish)
        refused = 0
        for file in watched("Importing")(files, len(files)):
            told = _import(house, order, file)
            refused += told["status"] == "refused"
            _tell(told, as_json=as_json)
    if refused:
        raise click.exceptions.Exit(REFUSED)


def _files(path: Path) -> list[Path]:
    return sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path]


def _order(house: House, login: str, code: str | None, *, publish: bool) -> Order:
    with house.database.read() as session:
        by = account.account_by_login(session, login)
        if by is None:
            stop("No account has the login %(login)s.", code=WRONG_USE, login=login)
        identity = load_identity(session, by.id)
        unit = _unit(session, identity, code)
        if unit is None:
            stop("No unit has the code %(unit)s.", code=WRONG_USE, unit=code or "")
        return Order(identity, unit, publish)


def _unit(session: Session, identity: Identity, code: str | None) -> Unit | None:
    if code is not None:
        return unit_by_code(session, code)
    own = sorted(identity.home_units)
    return session.get(Unit, own[0]) if own else root_unit(session)


def _import(house: House, order: Order, file: Path) -> dict[str, Any]:
    """Take one file in and tell what became of it, in the form of the public contract."""
    settings = house.settings
    try:
        with file.open("rb") as stream, receive(stream, settings.staging_folder, settings.upload_limit) as staged:
            intake = examine(house.storage, staged, file.name, settings.archive_limits)
            uid = _keep(house, order, intake) if intake.facts.accepted else None
            return _told(file, intake, uid)
    except UploadTooLargeError as error:
        message = gettext("The file is larger than the limit of %(limit)s bytes.", limit=error.limit)
        finding = {"code": "upload_too_large", "severity": "error", "message": message}
        return {
            "file": storable_path(str(file)),
            "status": "refused",
            "kind": "archive",
            "standard": "",
            "edition": "",
            "tool": "",
            "title": readable_name(file.name),
            "sha256": None,
            "material_id": None,
            "findings": [finding],
        }


def _keep(house: House, order: Order, intake: Intake) -> str:
    with house.database.write() as session:
        metadata = proposed_metadata(intake, order.identity)
        material = create_material(session, order.identity, session.merge(order.unit, load=False), intake, metadata)
        # What a scanner has yet to see is not published: a reviewer does that once it is released.
        if order.publish and not is_held(session, material.current_version):
            _publish(session, order, material)
        return material.uid


def _publish(session: Session, order: Order, material: Material) -> None:
    """Publish without review, by whoever holds the machine: the register of acts learns nothing of it."""
    material.status = Status.PUBLISHED
    material.submitted_at = material.published_at = now()
    version = material.current_version
    if version is not None:
        session.add(
            ReviewEvent(
                material_id=material.id,
                version_id=version.id,
                step=ReviewStep.PUBLISHED,
                account_id=order.identity.account_id,
                note="import --publish",
            )
        )
    mark_changed(session, material)


def _told(file: Path, intake: Intake, uid: str | None) -> dict[str, Any]:
    facts = intake.facts
    return {
        "file": storable_path(str(file)),
        "status": "accepted" if uid else "refused",
        "kind": facts.kind.value,
        "standard": facts.standard,
        "edition": facts.edition,
        "tool": facts.tool,
        "title": facts.title,
        "sha256": intake.staged.sha256,
        "material_id": uid,
        "findings": [_finding(found) for found in facts.findings],
    }


def _finding(found: Finding) -> dict[str, Any]:
    told = (words(found.code, found.params, gettext) for words in (finding_sentence, finding_remedy))
    message = " ".join(filter(None, told))
    return {"code": found.code, "severity": found.severity.value, "message": message, "place": found.place}


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    accepted = told["status"] == "accepted"
    line = "%(file)s: accepted as %(kind)s %(edition)s" if accepted else "%(file)s: refused (%(kind)s)"
    say(line, file=told["file"], kind=told["kind"], edition=told["edition"])
    for found in told["findings"]:
        click.echo(f"    {found['message']}" + (f" [{found['place']}]" if found["place"] else ""))


@click.command("search")
@click.argument("query")
@click.option("--level", multiple=True, help="Code of a level, such as TH.")
@click.option("--subject", multiple=True, help="Code of a subject, such as TOAN.")
@click.option("--grade", multiple=True, help="Code of a grade, such as 5.")
@click.option("--kind", multiple=True, help="Kind of material, such as scorm.")
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
def search_command(query: str, *, limit: int, as_json: bool, **facets: tuple[str, ...]) -> None:
    """Search everything that is kept, with or without tone marks."""
    with opened() as house, house.database.read() as session:
        wanted = {facet: facets[facet] for facet in FACETS}
        page = search(session, house.engine, SYSTEM, query, wanted, limit=limit)
        if as_json:
            click.echo(json.dumps(page.as_dict(), ensure_ascii=False))
            return
        say("%(total)s found", total=page.total)
        for found in page.found:
            click.echo(f"{found.material.title}  [{found.material.kind}]  {found.material.uid}")
