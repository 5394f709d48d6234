"""Who is told that a material is much like another: found by a job after each upload, shown within each one's sight.

An uploader is told only of what the uploader may see anyway; whoever reviews is told also that there is something
more, without its name (docs/decisions/0034).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, literal, select
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.models.material import Likeness, Material, Version, VersionLikeness, VersionSketch
from elearn.services import jobs, likeness
from elearn.services.access import visible_materials

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.services.access import Identity

KIND = "compare_version"
SHOWN = 10
MOST = 50  # rows kept of a version: of a form that everybody fills in there may be thousands
BATCH = 200
ORDER = tuple(Likeness)


@dataclass(frozen=True, slots=True)
class Twin:
    """A material that another one is like: in what, and how much of both (0 to 1)."""

    material: Material
    how: Likeness
    share: float


@dataclass(frozen=True, slots=True)
class Twins:
    """What a material is like, the likest first; `hidden` are materials that whoever asks may not see.

    `hidden` is always 0 for whoever does not review the material. `is_compared` is False until the job has run.
    """

    seen: Sequence[Twin] = ()
    hidden: int = 0
    is_compared: bool = True


def ask(session: Session, version: Version) -> None:
    """Have a version compared with all others, in the transaction that adds it."""
    jobs.enqueue(session, KIND, key=f"{KIND}:{version.uid}", payload={"version_id": version.id})


def find(session: Session, version: Version) -> list[tuple[int, Likeness, float]]:
    """The versions of other materials that a version is like: id, strictest likeness, share; the likest first."""
    others = Version.material_id != version.material_id
    found: dict[int, tuple[Likeness, float]] = {}
    for how, condition in (
        (Likeness.FILE, Version.blob_sha256 == version.blob_sha256),
        (Likeness.CONTENT, likeness.same_files(version)),
    ):
        _note(found, how, ((key, 1.0) for key in session.scalars(_some(others, condition))))
    _note(found, Likeness.TEXT, likeness.alike_by_text(session, version, others))
    _note(found, Likeness.MANIFEST, likeness.alike_by_outline(session, version, others))
    ordered = sorted(found.items(), key=lambda item: (ORDER.index(item[1][0]), -item[1][1], item[0]))
    return [(key, how, share) for key, (how, share) in ordered[:MOST]]


def _some(*conditions: ColumnElement[bool]):  # noqa: ANN202 - the query's type is SQLAlchemy's business
    return select(Version.id).where(*conditions).order_by(Version.id).limit(MOST)


def _note(found: dict[int, tuple[Likeness, float]], how: Likeness, pairs: Iterable[tuple[int, float]]) -> None:
    for key, share in pairs:
        found.setdefault(key, (how, share))


def compare_job(database: Database, payload: Mapping[str, Any]) -> Any:
    """The comparison of one version, which reads outside of any writing transaction; what it found is then written.

    A version that has been removed meanwhile is compared with nothing.
    """
    with database.read() as session:
        version = session.get(Version, payload["version_id"])
        prints = likeness.prints_of_version(session, version.id) if version is not None and not version.sketch else None
    if prints is not None:
        with database.write() as session:
            version = session.get(Version, payload["version_id"])
            if version is not None and not version.sketch:
                likeness.keep_prints(session, version, prints)
    with database.read() as session:
        version = session.get(Version, payload["version_id"])
        found = find(session, version) if version is not None else None
    return (lambda session: keep(session, payload["version_id"], found)) if found is not None else None


def keep(session: Session, version_id: int, found: Sequence[tuple[int, Likeness, float]]) -> None:
    """Write down what a version is like, in place of what was known before."""
    sketch = session.get(VersionSketch, version_id)
    if sketch is None:
        return
    there = set(session.scalars(select(Version.id).where(Version.id.in_([key for key, _, _ in found]))))
    session.execute(delete(VersionLikeness).where(VersionLikeness.version_id == version_id))
    session.add_all(
        VersionLikeness(version_id=version_id, other_id=key, how=how, share=share)
        for key, how, share in found
        if key in there
    )
    sketch.compared_at = now()
    session.flush()


def ask_for_the_rest(session: Session) -> int:
    """Have versions compared that nobody has asked for, as those of before there were comparisons; returns how many."""
    query = (
        select(Version)
        .outerjoin(VersionSketch, VersionSketch.version_id == Version.id)
        .where(VersionSketch.compared_at.is_(None))
        .order_by(Version.id)
    )
    rest = session.scalars(query.limit(BATCH)).all()
    for version in rest:
        ask(session, version)
    return len(rest)


def twins_of(session: Session, identity: Identity, material: Material, *, reviews: bool = False) -> Twins:
    """What the current version of a material, and one that waits, are like; with `reviews` also how much is hidden."""
    versions = [version.id for version in material.versions if version.is_current or version.state == "waiting"]
    if not versions:
        return Twins()
    rows = [*session.execute(_pairs(versions)), *session.execute(_same_bytes(versions))]
    best: dict[int, tuple[Likeness, float]] = {}
    for material_id, how, share in sorted(rows, key=lambda row: (ORDER.index(row.how), -row.share)):
        if material_id != material.id:
            best.setdefault(material_id, (how, share))
    query = select(Material).where(Material.id.in_(best), visible_materials(identity))
    seen = {found.id: found for found in session.scalars(query.options(joinedload(Material.unit))).unique()}
    twins = [Twin(seen[key], how, share) for key, (how, share) in best.items() if key in seen]
    waits = select(func.count()).where(VersionSketch.version_id.in_(versions), VersionSketch.compared_at.is_not(None))
    is_compared = (session.scalar(waits) or 0) == len(versions)
    return Twins(twins[:SHOWN], len(best) - len(seen) if reviews else 0, is_compared)


def _pairs(versions: Sequence[int]):  # noqa: ANN202 - as above
    """Materials on the other side of each likeness, whichever of the two came later."""
    later = select(Version.material_id, VersionLikeness.how, VersionLikeness.share).join(
        VersionLikeness, VersionLikeness.other_id == Version.id
    )
    earlier = select(Version.material_id, VersionLikeness.how, VersionLikeness.share).join(
        VersionLikeness, VersionLikeness.version_id == Version.id
    )
    return later.where(VersionLikeness.version_id.in_(versions)).union_all(
        earlier.where(VersionLikeness.other_id.in_(versions))
    )


def _same_bytes(versions: Sequence[int]):  # noqa: ANN202 - as above
    """The same file is known at once, before any job has run."""
    own = select(Version.blob_sha256).where(Version.id.in_(versions))
    how = literal(Likeness.FILE, VersionLikeness.how.type).label("how")
    same = select(Version.material_id, how, literal(1.0).label("share")).where(Version.blob_sha256.in_(own))
    return same.order_by(Version.id).limit(MOST)
