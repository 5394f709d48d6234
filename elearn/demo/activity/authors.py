"""Class A: the authors of the published lessons, and colleagues who confirmed that they worked on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.demo.population.calendar import ZONE
from elearn.models.material import CoAuthor, Material, Status
from elearn.models.usage import ActKind
from elearn.services.authorship import Verdict, authorship_of
from elearn.services.usage import authored_key

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from sqlalchemy.orm import Session

    from elearn.demo.activity.ledger import Ledger
    from elearn.demo.activity.world import Teacher, World

COLLEAGUES = (0, 0, 1, 1, 2, 3)  # how many worked on a lesson, as likely as they stand here
CONFIRMING = 0.75


def draw_authors(session: Session, world: World, ledger: Ledger, rng: Random) -> None:
    """Note the act of each author and of each confirmed co-author, dated at the submission."""
    query = select(Material).where(Material.submitted_at.is_not(None)).order_by(Material.title)
    for material in session.scalars(query).all():
        version = material.current_version
        is_lesson = authorship_of(session, material).verdict is Verdict.COUNTS
        if material.submitted_at is None or version is None or not is_lesson:
            continue
        authors = [(material.owner.person_id, material.owner_id), *_colleagues(session, world, rng, material)]
        if material.published_at is None:
            continue
        day = material.submitted_at.astimezone(ZONE).date()
        for person_id, account_id in authors:
            teacher = world.teachers.get(person_id or 0)
            ledger.add(
                ActKind.AUTHORED,
                material.submitted_at,
                late=int((material.published_at - material.submitted_at).total_seconds()),
                account_id=account_id,
                person_id=person_id,
                unit_id=teacher.main_unit(day) if teacher else material.unit_id,
                material_id=material.id,
                version_id=version.id,
                key=authored_key(person_id, material.id) if person_id else None,
            )


def _colleagues(session: Session, world: World, rng: Random, material: Material) -> list[tuple[int, int]]:
    """Name some colleagues of the author; returns those who confirmed."""
    assert material.submitted_at is not None  # noqa: S101 - asked for by the query
    day = material.submitted_at.astimezone(ZONE).date()
    near = [one for one in world.teachers.values() if _could_help(one, material, day)]
    named = rng.sample(near, min(rng.choice(COLLEAGUES), len(near)))
    confirmed = []
    for teacher in named:
        row = CoAuthor(material_id=material.id, person_id=teacher.person_id, named_at=material.created_at)
        if material.status is Status.PUBLISHED and rng.random() < CONFIRMING:
            row.confirmed_at = material.submitted_at
            confirmed.append((teacher.person_id, teacher.account_id))
        session.add(row)
    session.flush()
    return confirmed


def _could_help(teacher: Teacher, material: Material, day: date) -> bool:
    is_there = teacher.main_unit(day) == material.unit_id and not teacher.is_away(day)
    return is_there and teacher.person_id != material.owner.person_id
