"""Takes the demo's materials in through the services that everybody's go through, with some use by its people."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from sqlalchemy import select

from content_packages.storage.receiving import receive
from elearn.demo.accounts import ACCOUNTS, MORE_ACCOUNTS
from elearn.demo.materials import Way, demo_materials
from elearn.demo.population.calendar import DAY, moment
from elearn.models.account import Role
from elearn.models.material import Material, Status, Version
from elearn.models.usage import ActKind, ActSource
from elearn.services import contribute, review, usage
from elearn.services.access import Action, load_identity, may
from elearn.services.account import account_by_login
from elearn.services.metadata import Metadata
from elearn.services.organisation import unit_by_code

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.demo.materials import DemoMaterial
    from elearn.demo.population.calendar import Calendar
    from elearn.house import House
    from elearn.models.organisation import Unit
    from elearn.services.access import Identity

REVIEWER = "nguoiduyet"
UNIT_OF = {row.login: row.unit for row in (*ACCOUNTS, *MORE_ACCOUNTS)}
VISITORS = tuple(row.login for row in ACCOUNTS if row.role in {Role.STUDENT, Role.TEACHER})
REVIEW_DAYS = 3
RETURNED = "Cần bổ sung một câu hỏi vận dụng gắn với địa phương và ghi rõ nguồn số liệu của ví dụ."
WITHDRAWN = "Hình vẽ tư thế ngồi chưa đúng khoảng cách; tác giả sẽ gửi lại bản sửa."


def load_materials(house: House, calendar: Calendar, *, whole: bool) -> int:
    """Add the materials that are not there yet; returns how many were added.

    The small demo lets its few people use each at once; the whole province has a history of its own.
    """
    return sum(_load(house, material, calendar, whole=whole) for material in demo_materials(whole=whole))


def _load(house: House, demo: DemoMaterial, calendar: Calendar, *, whole: bool) -> bool:
    with house.database.read() as session:
        if _is_there(session, demo):
            return False
    folder = house.settings.staging_folder
    with receive(BytesIO(demo.data), folder, len(demo.data)) as staged:
        # Reading and storing are slow and happen before the database is locked.
        intake = contribute.examine(house.storage, staged, demo.file_name)
        with house.database.write() as session:
            material = _contribute(session, demo, intake)
            _bring_on_its_way(session, demo, material)
            if whole:
                _date_back(
                    session, material, min(calendar.moved(demo.submitted_on), calendar.until - 2 * REVIEW_DAYS * DAY)
                )
            elif material.status is Status.PUBLISHED:
                _use(house, session, demo, material)
    return True


def _is_there(session: Session, demo: DemoMaterial) -> bool:
    same = select(Version.id).join(Material, Material.id == Version.material_id)
    same = same.where(Version.file_name == demo.file_name, Version.blob_sha256 == sha256(demo.data).hexdigest())
    return session.scalar(same.limit(1)) is not None


def _contribute(session: Session, demo: DemoMaterial, intake: contribute.Intake) -> Material:
    identity = _identity(session, demo.author_login)
    told = contribute.proposed_metadata(intake, identity)
    metadata = Metadata(
        resource_type=told.resource_type,
        duration_minutes=told.duration_minutes,
        title=demo.title,
        description=demo.description,
        keywords=demo.keywords,
        licence=demo.licence,
        author_name=demo.author_name,
        levels=frozenset(demo.levels),
        grades=frozenset(demo.grades),
        subjects=frozenset(demo.subjects),
        # Lessons are shared with everybody; what belongs to one school shows who sees what.
        is_public=demo.kind == "scorm",
        vendor=demo.vendor,
        release=demo.version,
        platforms=demo.platforms,
    )
    unit = _unit(session, demo)
    return contribute.create_material(session, identity, unit, intake, metadata)


def _bring_on_its_way(session: Session, demo: DemoMaterial, material: Material) -> None:
    if demo.way is Way.DRAFT:
        return
    review.submit(session, _identity(session, demo.author_login), material)
    reviewer = _identity(session, REVIEWER)
    if demo.way is Way.RETURNED:
        review.give_back(session, reviewer, material, RETURNED)
    if demo.way in {Way.PUBLISHED, Way.WITHDRAWN}:
        review.publish(session, reviewer, material)
    if demo.way is Way.WITHDRAWN:
        review.withdraw(session, reviewer, material, WITHDRAWN)


def _date_back(session: Session, material: Material, day: date) -> None:
    """Let the steps of a material have happened when its author took them: submitted, then reviewed days later."""
    session.flush()
    session.expire(material, ["steps", "versions"])
    material.created_at = material.changed_at = moment(day - 2 * DAY, 15, 30)
    for version in material.versions:
        version.created_at = material.created_at
    for number, step in enumerate(material.steps):
        step.at = material.changed_at = moment(day + number * REVIEW_DAYS * DAY, 9, 15)
    material.submitted_at = moment(day, 9, 15) if material.submitted_at else None
    material.published_at = moment(day + REVIEW_DAYS * DAY, 9, 15) if material.published_at else None


def _use(house: House, session: Session, demo: DemoMaterial, material: Material) -> None:
    """Let the author's work count and some people look at it; acts of a demo say that they are."""
    author = _identity(session, demo.author_login)
    acts = [(author, ActKind.AUTHORED)]
    for login in VISITORS:
        visitor = _identity(session, login)
        if visitor.account_id != author.account_id and may(visitor, Action.SEE_MATERIAL, material):
            acts.append((visitor, ActKind.VIEW))
            acts.append((visitor, ActKind.LAUNCH if demo.kind == "scorm" else ActKind.DOWNLOAD))
    for identity, kind in acts:
        usage.record(
            session,
            identity,
            kind,
            timezone=house.settings.timezone,
            material=material,
            version=material.current_version,
            source=ActSource.DEMO,
        )


def _identity(session: Session, login: str) -> Identity:
    account = account_by_login(session, login)
    assert account is not None, login  # noqa: S101 - the accounts of the demo are made before its materials
    return load_identity(session, account.id)


def _unit(session: Session, demo: DemoMaterial) -> Unit:
    unit = unit_by_code(session, UNIT_OF[demo.author_login])
    assert unit is not None, demo.author_login  # noqa: S101 - likewise
    return unit
