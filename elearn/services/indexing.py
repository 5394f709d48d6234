"""The feed of the index: the one conversion of a material to a document, changes, checks, rebuilding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from elearn.models.material import Material, Part, SearchChange, SearchRemoval, Status, Version
from elearn.services.access import load_tree, tokens_for
from search_index.documents import SearchDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.services.access import Tree
    from search_index.engine import SearchEngine

BATCH = 500


def mark_changed(session: Session, material: Material) -> None:
    """Tell the indexer of a change, in the transaction of the change."""
    session.flush()
    session.add(SearchChange(material_id=material.id))


def document_of(material: Material, tree: Tree) -> SearchDocument:
    """The only conversion from a material to what the index holds."""
    version = material.current_version
    return SearchDocument(
        uid=material.uid,
        title=material.title,
        kind=material.kind,
        allow=tokens_for(material, tree),
        description=material.description,
        keywords=tuple(material.keywords),
        body="\n".join(f"{part.title}\n{part.text}" for part in version.parts) if version else "",
        levels=tuple(sorted(row.level for row in material.levels)),
        subjects=tuple(sorted(row.subject_code for row in material.subjects)),
        grades=tuple(sorted(row.grade_code for row in material.grades)),
        unit=str(material.unit_id),
        author=material.author_name,
        published_at=material.published_at,
    )


def index_changes(database: Database, engine: SearchEngine, limit: int = BATCH) -> int:
    """Take waiting changes into the index as one batch; returns how many were taken.

    The index is committed before the rows are removed, so a crash between the two only repeats the batch.
    """
    with database.read() as session:
        changes = session.execute(
            select(SearchChange.id, SearchChange.material_id).order_by(SearchChange.id).limit(limit)
        )
        taken = {row.id: row.material_id for row in changes}
        gone = dict(session.execute(select(SearchRemoval.id, SearchRemoval.uid).limit(limit)).all())
        if not (taken or gone):
            return 0
        changed, removed = _split(session, set(taken.values()))
    engine.apply(changed, [*removed, *gone.values()])
    with database.write() as session:
        session.execute(delete(SearchChange).where(SearchChange.id.in_(taken)))
        session.execute(delete(SearchRemoval).where(SearchRemoval.id.in_(gone)))
    return len(taken) + len(gone)


def _split(session: Session, ids: set[int]) -> tuple[list[SearchDocument], list[str]]:
    tree = load_tree(session)
    changed, removed = [], []
    for material in session.scalars(_whole(select(Material).where(Material.id.in_(ids)))).unique():
        if material.status is Status.WITHDRAWN:
            removed.append(material.uid)
        else:
            changed.append(document_of(material, tree))
    return changed, removed


def _whole(query: Select[tuple[Material]]) -> Select[tuple[Material]]:
    return query.options(
        selectinload(Material.levels),
        selectinload(Material.subjects),
        selectinload(Material.grades),
        selectinload(Material.co_authors),
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
        yield from (document_of(material, tree) for material in batch)
        last = batch[-1].id
        session.expunge_all()


def rebuild(database: Database, engine: SearchEngine) -> int:
    """Build the index anew from the database and swap it in; returns how many documents it holds."""
    with database.read() as session:
        return engine.rebuild(all_documents(session))
