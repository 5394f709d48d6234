"""Finding materials: the index answers, the database confirms, and stands in when the index is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from elearn.models.material import Material, Status, Version
from elearn.models.organisation import Unit
from elearn.services.access import tokens_of, visible_materials
from elearn.services.organisation import load_names
from elearn.services.search_conditions import conditions_of
from elearn.services.search_fields import NOTHING_TAKEN, FieldReader
from search_index.documents import EVERYDAY_FACETS, SearchHit, SearchQuery, Sort
from search_index.engine import IndexUnavailableError, SearchEngine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Select
    from sqlalchemy.orm import Session
    from sqlalchemy.orm.interfaces import ORMOption

    from elearn.services.access import Identity
    from elearn.services.search_fields import Taken

FACETS = EVERYDAY_FACETS  # those of the command line


@dataclass(frozen=True, slots=True)
class Found:
    """One hit together with its row."""

    material: Material
    hit: SearchHit

    def as_dict(self) -> dict[str, Any]:
        """The hit in the form of the public interface; a facet with several codes shows them all."""
        material = self.material
        return {
            "id": material.uid,
            "title": material.title,
            "kind": material.kind,
            "level": sorted(row.level.value for row in material.levels),
            "subject": sorted(row.subject_code for row in material.subjects),
            "grade": sorted(row.grade_code for row in material.grades),
            "unit": str(material.unit_id),
            "licence": material.licence.value,
            "author": material.author_name,
            "published_at": material.published_at.isoformat() if material.published_at else None,
            "score": round(self.hit.score, 4),
            "snippet": self.hit.snippet,
        }


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of found materials, the number of all, facet -> code -> count, and whether the index was lost.

    `read_as` is what was searched for where that is not what was typed, else ""; `did_you_mean` what else may have
    been meant.
    """

    total: int
    found: tuple[Found, ...]
    facets: Mapping[str, Mapping[str, int]]
    took_ms: float
    degraded: bool = False
    read_as: str = ""
    did_you_mean: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The page in the form of the public interface."""
        return {
            "total": self.total,
            "read_as": self.read_as,
            "did_you_mean": self.did_you_mean,
            "took_ms": round(self.took_ms, 2),
            "hits": [found.as_dict() for found in self.found],
            "facets": {facet: dict(counts) for facet, counts in self.facets.items()},
        }


def search(
    session: Session,
    engine: SearchEngine,
    identity: Identity,
    text: str,
    filters: Mapping[str, Iterable[str]] | None = None,
    *,
    limit: int = 20,
    offset: int = 0,
    sort: Sort = Sort.RELEVANCE,
    facets: Iterable[str] = FACETS,
    literal: bool = False,
) -> ResultPage:
    """Find materials that the identity may see; titles in the database answer when the index is lost.

    Fields in the text ("môn:toán", "-loại:pdf") narrow beside the filters. A `literal` text is searched as typed.
    """
    taken = FieldReader(session).take(text)
    asked = asked_by(identity, taken, filters or {}, literal=literal)
    query = replace(asked, limit=limit, offset=offset, sort=sort, facets=tuple(facets))
    try:
        result = engine.search(query)
    except IndexUnavailableError:
        return _search_titles(session, identity, query)
    rows = _rows(session, identity, [hit.uid for hit in result.hits])
    # The index may lag behind a withdrawal by a moment: a hit that the database does not confirm is left out.
    found = tuple(Found(rows[hit.uid], hit) for hit in result.hits if hit.uid in rows)
    return ResultPage(
        result.total,
        found,
        result.facets,
        result.took_ms,
        read_as=taken.with_fields(result.read_as),
        did_you_mean=taken.with_fields(result.did_you_mean),
    )


def asked_by(
    identity: Identity, taken: Taken, filters: Mapping[str, Iterable[str]], *, literal: bool = False
) -> SearchQuery:
    """What somebody asks with a question that was taken apart, and filters beside it."""
    wanted = {facet: frozenset(codes) for facet, codes in filters.items() if codes}
    wanted |= {facet: codes | wanted.get(facet, frozenset()) for facet, codes in taken.wanted.items()}
    return SearchQuery(taken.words, tokens_of(identity), wanted, literal=literal, without=taken.unwanted)


def totals_without(
    session: Session,
    engine: SearchEngine,
    identity: Identity,
    text: str,
    filters: Mapping[str, Iterable[str]],
    *,
    literal: bool = False,
) -> dict[str, int]:
    """How many materials the same question would find without each of its filters ("": without its words)."""
    whole = asked_by(identity, FieldReader(session).take(text), filters, literal=literal)
    chosen = [facet for facet, codes in filters.items() if codes]
    asked = {
        name: replace(whole, filters={facet: codes for facet, codes in whole.filters.items() if facet != name})
        for name in chosen
    }
    if text and chosen:
        asked[""] = asked_by(identity, NOTHING_TAKEN, filters)
    try:
        return {name: engine.search(replace(query, limit=1, facets=())).total for name, query in asked.items()}
    except IndexUnavailableError:
        return {}


def similar(session: Session, engine: SearchEngine, identity: Identity, uid: str, limit: int = 4) -> list[Material]:
    """The published materials most like one, best first; none when the index is lost."""
    try:
        uids = [hit.uid for hit in engine.similar(uid, tokens_of(identity), limit + 2)]
    except IndexUnavailableError:
        return []
    rows = _rows(session, identity, uids) if uids else {}
    return [rows[uid] for uid in uids if uid in rows and rows[uid].status is Status.PUBLISHED][:limit]


def _rows(session: Session, identity: Identity, uids: list[str]) -> dict[str, Material]:
    query = select(Material).where(Material.uid.in_(uids), visible_materials(identity))
    found = session.scalars(_with_labels(query, joinedload(Material.unit))).unique().all()
    load_names(session, (material.unit for material in found))  # those that a page has read already are not read again
    return {material.uid: material for material in found}


def with_labels(query: Select[tuple[Material]]) -> Select[tuple[Material]]:
    """Load what a card of a material shows, in a fixed number of queries."""
    return _with_labels(query, joinedload(Material.unit).selectinload(Unit.names))


def _with_labels(query: Select[tuple[Material]], unit: ORMOption) -> Select[tuple[Material]]:
    return query.options(
        selectinload(Material.levels),
        selectinload(Material.subjects),
        selectinload(Material.grades),
        unit,
        joinedload(Material.current_version).joinedload(Version.preview),
        joinedload(Material.software),
    )


def _search_titles(session: Session, identity: Identity, query: SearchQuery) -> ResultPage:
    """The emergency search: the words must stand in the title, newest first, no facets."""
    started = perf_counter()
    condition = [visible_materials(identity), *conditions_of(query)]
    total = session.scalar(select(func.count()).select_from(Material).where(*condition)) or 0
    rows = select(Material).where(*condition).order_by(Material.published_at.desc(), Material.id.desc())
    page = session.scalars(with_labels(rows).limit(query.limit).offset(query.offset)).unique()
    found = tuple(Found(material, SearchHit(material.uid, 0.0, material.title)) for material in page)
    return ResultPage(total, found, {}, (perf_counter() - started) * 1000, degraded=True)
