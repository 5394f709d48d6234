"""How a title is used in lessons: by school level, for whoever watches over the schools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from elearn.models.curriculum import Grade
from elearn.models.people import SchoolClass
from elearn.models.usage import UsageAct
from elearn.services.access.permissions import WATCHERS
from elearn.services.usage.counts import is_taught
from elearn.services.usage.voids import void_acts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Level
    from elearn.models.material import Material
    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class LevelUse:
    """Lessons taught with a title at a level (None: of classes without a grade), by how many teachers, where."""

    level: Level | None
    lessons: int
    teachers: int
    schools: int


def use_by_level(session: Session, identity: Identity, title: Material) -> list[LevelUse]:
    """The countersigned lessons with a title in the units that the identity watches over, level by level.

    Who watches over nothing gets nothing: how many teachers of a small school use it is no concern of others.
    """
    units = sorted(identity.tree.below(identity.units_of(WATCHERS)))
    if not units:
        return []
    counts = (func.count(), func.count(func.distinct(UsageAct.person_id)), func.count(func.distinct(UsageAct.unit_id)))
    # Written into the statement: a province has more units than a database takes parameters.
    within = UsageAct.unit_id.in_(bindparam(None, units, expanding=True, literal_execute=True))
    rows = (
        select(Grade.level, *counts)
        .select_from(UsageAct)
        .outerjoin(SchoolClass, SchoolClass.id == UsageAct.class_id)
        .outerjoin(Grade, Grade.code == SchoolClass.grade_code)
        .where(UsageAct.material_id == title.id, is_taught(), UsageAct.id.not_in(void_acts()), within)
        .group_by(Grade.level)
        .order_by(func.min(Grade.position))
    )
    return [LevelUse(*row) for row in session.execute(rows)]
