"""Whether a material makes its authors' act of class A, and for whom (INDICATORS, class A; docs/decisions/0013)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from elearn.models.account import Account
from elearn.models.material import Likeness, Material, ReviewEvent, ReviewStep, Status, Version
from elearn.services import likeness
from elearn.services.access import ANONYMOUS
from elearn.services.usage import authored_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

# A program is made by its vendor, an archive is nobody knows what, and a single picture is no lesson.
NOT_LESSONS = frozenset({"software", "archive", "image"})


class Verdict(StrEnum):
    """Whether a material counts as a lesson that its authors made."""

    COUNTS = "counts"
    NOT_LESSON = "not_lesson"
    NOT_INDEPENDENT = "not_independent"  # whoever approved it is nobody of the register, or one of its authors
    DUPLICATE = "duplicate"  # somebody else brought the same or nearly the same before


@dataclass(frozen=True, slots=True)
class Authorship:
    """What a material is worth to its authors; a duplicate is like an earlier `original` in its `likeness`."""

    verdict: Verdict
    original: Material | None = None
    likeness: Likeness | None = None


def authorship_of(session: Session, material: Material) -> Authorship:
    """Whether a material counts for its authors, once it is published."""
    if material.kind in NOT_LESSONS:
        return Authorship(Verdict.NOT_LESSON)
    version = _judged(session, material)
    original = original_of(session, material, version) if version is not None else None
    if original is not None:
        return Authorship(Verdict.DUPLICATE, *original)
    if material.status is Status.PUBLISHED and not is_approved_by_another(session, material):
        return Authorship(Verdict.NOT_INDEPENDENT)
    return Authorship(Verdict.COUNTS)


def authors_due(session: Session, material: Material) -> Iterator[tuple[Identity, str | None]]:
    """The author and the confirmed co-authors of a published lesson, each with the key of the act.

    Not `load_identity`: the act is theirs even when their account has been disabled meanwhile.
    """
    if material.status is not Status.PUBLISHED or authorship_of(session, material).verdict is not Verdict.COUNTS:
        return
    for author in identities_of_authors(session, material):
        person = author.person_id
        yield author, authored_key(person, material.id) if person is not None else f"authored:account:{material.id}"


def identities_of_authors(session: Session, material: Material) -> Iterator[Identity]:
    """The author and the confirmed co-authors, as those to whom an act belongs."""
    author = material.owner.person_id
    yield replace(ANONYMOUS, account_id=material.owner_id, person_id=author)
    for named in material.co_authors:
        if named.confirmed_at is not None and named.person_id != author:
            yield replace(ANONYMOUS, account_id=_account_of(session, named.person_id), person_id=named.person_id)


def _account_of(session: Session, person_id: int) -> int | None:
    return session.scalar(select(Account.id).where(Account.person_id == person_id).order_by(Account.id).limit(1))


def authors_of(material: Material) -> set[int]:
    """The persons who made a material: the author and the confirmed co-authors."""
    persons = {named.person_id for named in material.co_authors if named.confirmed_at is not None}
    return persons if material.owner.person_id is None else persons | {material.owner.person_id}


def is_approved_by_another(session: Session, material: Material, step: ReviewStep = ReviewStep.PUBLISHED) -> bool:
    """Whether the newest approval is of a person of the register who is not an author.

    An account of nobody may publish, but its holder could be the author.
    """
    approved = (
        select(Account.person_id)
        .join(ReviewEvent, ReviewEvent.account_id == Account.id)
        .where(ReviewEvent.material_id == material.id, ReviewEvent.step == step)
    )
    approver = session.scalar(approved.order_by(ReviewEvent.id.desc()).limit(1))
    return approver is not None and approver not in authors_of(material)


def original_of(session: Session, material: Material, version: Version) -> tuple[Material, Likeness] | None:
    """The material of other people that had the content of a version first, in whatever state it is.

    The ids of versions follow the order of uploads. Who is a confirmed co-author here copies nothing of the own.
    """
    # A file that comes again, as when it is restored, is as old as when it came first.
    same_bytes = and_(Version.material_id == material.id, Version.blob_sha256 == version.blob_sha256)
    came = session.scalar(select(func.min(Version.id)).where(same_bytes))
    earlier = and_(Version.id < came, Version.material_id.in_(_of_others(material)))
    same: tuple[tuple[Likeness, ColumnElement[bool]], ...] = (
        (Likeness.FILE, Version.blob_sha256 == version.blob_sha256),
        (Likeness.CONTENT, likeness.same_files(version)),
    )
    for how, alike in same:
        first = session.scalar(select(func.min(Version.id)).where(earlier, alike))
        if first is not None:
            return session.get_one(Version, first).material, how
    for how, search in ((Likeness.TEXT, likeness.alike_by_text), (Likeness.MANIFEST, likeness.alike_by_outline)):
        found = search(session, version, earlier)
        if found:
            return session.get_one(Version, found[0].version_id).material, how
    return None


def _judged(session: Session, material: Material) -> Version | None:
    """The version that was approved; before that the current one. A later file neither makes nor takes an act."""
    approved = (
        select(Version)
        .join(ReviewEvent, ReviewEvent.version_id == Version.id)
        .where(ReviewEvent.material_id == material.id, ReviewEvent.step == ReviewStep.PUBLISHED)
    )
    if material.status is Status.PUBLISHED:
        return session.scalar(approved.order_by(ReviewEvent.id.desc()).limit(1)) or material.current_version
    return material.current_version


def _of_others(material: Material) -> Select[tuple[int]]:
    """The ids of the materials that none of the authors of this one owns."""
    return (
        select(Material.id)
        .join(Account, Account.id == Material.owner_id)
        .where(
            Material.id != material.id,
            Material.owner_id != material.owner_id,
            or_(Account.person_id.is_(None), Account.person_id.not_in(authors_of(material))),
        )
    )
