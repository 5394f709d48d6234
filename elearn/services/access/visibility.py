"""Who sees which material, for lists (SQL) and for search (tokens); the same rule as `Action.SEE_MATERIAL`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, exists, false, or_, true

from elearn.models.account import Role
from elearn.models.material import CoAuthor, Material, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement

    from elearn.services.access.identity import Identity
    from elearn.services.access.tree import Tree

# Whoever answers for a unit's materials sees them in every state, there and below.
OVERSEERS = frozenset({Role.ADMINISTRATOR, Role.UNIT_MANAGER, Role.REVIEWER, Role.INSPECTOR})
PUBLIC = "public"


def readable_units(identity: Identity) -> frozenset[int]:
    """The units whose published materials reach the identity: its own and all above them."""
    return frozenset(above for unit_id in identity.home_units for above in identity.tree.ancestors(unit_id))


def sees_material(identity: Identity, material: Material) -> bool:
    """Whether the identity sees a material: its authors, whoever oversees its unit, and once published its readers."""
    if identity.is_system or identity.reaches(OVERSEERS, material.unit_id):
        return True
    if identity.account_id is not None and identity.account_id == material.owner_id:
        return True
    is_published = material.status == Status.PUBLISHED
    if is_published and (material.is_public or material.unit_id in readable_units(identity)):
        return True
    return identity.person_id in _named(material)


def _named(material: Material) -> set[int]:
    """The people named as co-authors, who must see what they confirm; whoever declined sees it no more."""
    return {row.person_id for row in material.co_authors if row.declined_at is None}


def visible_materials(identity: Identity) -> ColumnElement[bool]:
    """The SQL condition on `Material` that says the same as `sees_material`."""
    if identity.is_system:
        return true()
    published = and_(Material.status == Status.PUBLISHED, or_(Material.is_public, _among(readable_units(identity))))
    own = Material.owner_id == identity.account_id if identity.account_id is not None else false()
    named = exists().where(
        CoAuthor.material_id == Material.id,
        CoAuthor.person_id == identity.person_id,
        CoAuthor.declined_at.is_(None),
    )
    theirs = named if identity.person_id is not None else false()
    return or_(published, own, theirs, materials_under(identity, OVERSEERS))


def materials_under(identity: Identity, roles: Iterable[Role]) -> ColumnElement[bool]:
    """The SQL condition that a material belongs to a unit which one of the identity's roles reaches."""
    return _among(identity.tree.below(identity.units_of(roles)))


def _among(unit_ids: Iterable[int]) -> ColumnElement[bool]:
    ids = sorted(unit_ids)
    if not ids:
        return false()
    # The numbers are written into the statement: a province has more units than a database takes parameters.
    return Material.unit_id.in_(bindparam(None, ids, expanding=True, literal_execute=True))


def tokens_of(identity: Identity) -> frozenset[str]:
    """The permission tokens an identity shows to search."""
    tokens = {PUBLIC}
    tokens.update(f"unit:{unit_id}" for unit_id in readable_units(identity))
    tokens.update(f"scope:{unit_id}" for unit_id in identity.units_of(OVERSEERS))
    if identity.is_system:
        tokens.add("system")
    if identity.account_id is not None:
        tokens.add(f"owner:{identity.account_id}")
    if identity.person_id is not None:
        tokens.add(f"person:{identity.person_id}")
    return frozenset(tokens)


def tokens_for(material: Material, tree: Tree) -> frozenset[str]:
    """The permission tokens of which one opens a material."""
    tokens = {f"scope:{unit_id}" for unit_id in tree.ancestors(material.unit_id)}
    tokens |= {f"owner:{material.owner_id}", "system"} | {f"person:{person_id}" for person_id in _named(material)}
    if material.status == Status.PUBLISHED:
        tokens.add(f"unit:{material.unit_id}")
        if material.is_public:
            tokens.add(PUBLIC)
    return frozenset(tokens)
