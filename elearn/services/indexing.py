"""The feed of the index: the one conversion of a material to a document, changes, checks, rebuilding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from elearn.clock import VIETNAM, now
from elearn.models.curriculum import Grade, Subject
from elearn.models.material import (
    Material,
    Part,
    ReviewEvent,
    ReviewStep,
    SearchChange,
    Status,
    Version,
)
from elearn.models.software import SoftwareLicence
from elearn.models.usage import ActKind, UsageAct
from elearn.services.access import load_tree, tokens_for
from elearn.services.index_feeds import SharedFeed
from elearn.services.usage import taught_with
from search_index.documents import SearchDocument, SearchPart
from search_index.legacy import readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.services.access import Tree
    from elearn.services.index_feeds import Feed
    from search_index.engine import SearchEngine

BATCH = 500
_EVERYBODY = 100  # how far a public material is published


def mark_changed(session: Session, material: Material) -> None:
    """Tell the indexer of a change, in the transaction of the change."""
    session.flush()
    session.add(SearchChange(material_id=material.id))


def mark_taught(session: Session) -> None:
    """Tell the indexer of all materials that lessons were taught with; after statements that write many acts."""
    taught = select(UsageAct.material_id, literal(now(), SearchChange.at.type))
    kinds = UsageAct.kind.in_([ActKind.TAUGHT, ActKind.TAUGHT_WITH])
    taught = taught.where(kinds, UsageAct.material_id.is_not(None)).distinct()
    session.execute(insert(SearchChange).from_select(["material_id", "at"], taught))


def documents_of(session: Session, materials: Sequence[Material], tree: Tree) -> Iterator[SearchDocument]:
    """The only conversion from materials to what the index holds; what stands beyond their rows is read at once."""
    ids = [material.id for material in materials]
    taught, approvers = taught_with(session, ids), _approvers(session, ids)
    names = {(table, row.code): row.name_vi for table in (Subject, Grade) for row in session.scalars(select(table))}
    kinds = _licence_kinds(session, [material.id for material in materials if material.software is not None])
    timezone = session.info.get("timezone", VIETNAM)
    for material in materials:
        subjects = tuple(sorted(row.subject_code for row in material.subjects))
        grades = tuple(sorted(row.grade_code for row in material.grades))
        topics = [*(names[Subject, code] for code in subjects), *(names[Grade, code] for code in grades)]
        version, published = material.current_version, material.published_at
        yield SearchDocument(
            uid=material.uid,
            title=material.title,
            kind=material.kind,
            allow=tokens_for(material, tree),
            description=readable(material.description),
            keywords=tuple(material.keywords),
            topic="; ".join(filter(None, (readable(material.topic), *topics))),
            parts=tuple(map(_part, version.parts)) if version else (),
            levels=tuple(sorted(row.level for row in material.levels)),
            subjects=subjects,
            grades=grades,
            unit=str(material.unit_id),
            licence=material.licence.value,
            year=str(published.astimezone(timezone).year) if published else "",
            approved_by=approvers.get(material.id, ""),
            platforms=tuple(sorted(material.software.platforms)) if material.software else (),
            licence_kinds=tuple(sorted(kinds.get(material.id, ()))),
            author=material.author_name,
            published_at=published,
            taught=taught.get(material.id, 0),
            scope=_scope(material, tree),
        )


def _scope(material: Material, tree: Tree) -> int:
    """How far it is published: to everybody, else the further the fewer units stand above its own."""
    if material.status is not Status.PUBLISHED:
        return 0
    return _EVERYBODY if material.is_public else max(_EVERYBODY - len(tree.ancestors(material.unit_id)), 1)


def _part(part: Part) -> SearchPart:
    """Old files hold text of the years before Unicode."""
    return SearchPart(part.key, readable(part.title), readable(part.text))


def _approvers(session: Session, material_ids: Sequence[int]) -> dict[int, str]:
    """Id of a material -> id of the account that published it last."""
    published = select(ReviewEvent.material_id, ReviewEvent.account_id).where(
        ReviewEvent.material_id.in_(material_ids), ReviewEvent.step == ReviewStep.PUBLISHED
    )
    return {row.material_id: str(row.account_id) for row in session.execute(published.order_by(ReviewEvent.id))}


def _licence_kinds(session: Session, titles: Sequence[int]) -> dict[int, set[str]]:
    """Id of a title of software -> the kinds of its licences on record, whether they hold today or not."""
    rows = select(SoftwareLicence.title_id, SoftwareLicence.kind)
    rows = rows.where(SoftwareLicence.title_id.in_(titles), SoftwareLicence.removed_at.is_(None)).distinct()
    found: dict[int, set[str]] = {}
    for title, kind in session.execute(rows) if titles else ():
        found.setdefault(title, set()).add(kind.value)
    return found


def index_changes(database: Database, engine: SearchEngine, limit: int = BATCH, feed: Feed | None = None) -> int:
    """Take waiting changes into the index as one batch; returns how many were taken.

    The index is committed before the rows are removed, so a crash between the two only repeats the batch.

    Raises:
        NodeUnknownError: this node's copy has to be built anew.
    """
    feed = feed or SharedFeed()
    with database.read() as session:
        batch = feed.waiting(session, limit)
        changed, removed = _split(session, batch.changed)
    if batch:
        engine.apply(changed, [*removed, *batch.gone])
    if batch or feed.moves:
        with database.write() as session:
            feed.took(session, batch)
    return len(batch)


def _split(session: Session, ids: set[int]) -> tuple[list[SearchDocument], list[str]]:
    if not ids:
        return [], []
    materials = session.scalars(_whole(select(Material).where(Material.id.in_(ids)))).unique().all()
    changed = [material for material in materials if material.status is not Status.WITHDRAWN]
    removed = [material.uid for material in materials if material.status is Status.WITHDRAWN]
    return list(documents_of(session, changed, load_tree(session))), removed


def _whole(query: Select[tuple[Material]]) -> Select[tuple[Material]]:
    return query.options(
        selectinload(Material.levels),
        selectinload(Material.subjects),
        selectinload(Material.grades),
        selectinload(Material.co_authors),
        joinedload(Material.software),
        joinedload(Material.current_version).selectinload(Version.parts).options(undefer(Part.text)),
    )


def all_documents(session: Session) -> Iterator[SearchDocument]:
    """Every document the index should hold, in the order of ids, without holding all in memory."""
    tree = load_tree(session)
    last = 0
    while True:
        query = select(Material).where(Material.id > last, Material.status != Status.WITHDRAWN).order_by(Material.id)
        batch = session.scalars(_whole(query.limit(BATCH))).unique().all()
        if not batch:
            return
        yield from documents_of(session, batch, tree)
        last = batch[-1].id
        session.expunge_all()


def rebuild(database: Database, engine: SearchEngine, feed: Feed | None = None) -> int:
    """Build the index anew from the database and swap it in; returns how many documents it holds."""
    if feed is not None:
        with database.write() as session:
            feed.join(session)
    with database.read() as session:
        return engine.rebuild(all_documents(session))
