"""Which materials of a selection somebody may take out, and why others stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.identifiers import is_uid
from elearn.models.describing import Licence
from elearn.models.material import Material, Status, Version
from elearn.models.organisation import Unit
from elearn.models.scanning import FileScan
from elearn.services.access import Action, may, visible_materials
from elearn.services.safety import HELD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

MOST = 200  # materials of one export
# Nobody has allowed that these are passed on; whoever may edit one answers for it and may take it out.
NOT_PASSED_ON = frozenset({Licence.UNKNOWN, Licence.RESERVED, Licence.THIRD_PARTY})


@dataclass(frozen=True, slots=True)
class Exported:
    """A material that is taken out; `size` is that of its file in bytes."""

    uid: str
    title: str
    description: str
    author: str
    unit: str
    kind: str
    licence: str
    language: str
    file_name: str
    sha256: str
    size: int
    ids: tuple[int, int]  # of the material and its version, for the ledger


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A material that stays, and the code of the reason."""

    uid: str
    title: str
    code: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What is taken out and what stays, both in the order that was asked for."""

    taken: tuple[Exported, ...]
    left: tuple[LeftOut, ...]

    @property
    def size(self) -> int:
        """All files together, in bytes."""
        return sum(each.size for each in self.taken)


def choose(session: Session, identity: Identity, uids: Sequence[str]) -> Selection:
    """Look a selection up; what the identity may not see is as if it did not exist, what is beyond MOST is cut off."""
    wanted = list(dict.fromkeys(uid for uid in uids if is_uid(uid)))[:MOST]
    query = (
        select(Material, FileScan.state)
        .join(Version, (Version.material_id == Material.id) & Version.is_current)
        .outerjoin(FileScan, FileScan.sha256 == Version.blob_sha256)
        .where(Material.uid.in_(wanted), visible_materials(identity))
        .options(joinedload(Material.current_version).joinedload(Version.blob))
        .options(joinedload(Material.unit).selectinload(Unit.names))
    )
    found = {material.uid: (material, state) for material, state in session.execute(query).unique()} if wanted else {}
    taken: list[Exported] = []
    left: list[LeftOut] = []
    for uid in wanted:
        if uid not in found:
            continue
        material, state = found[uid]
        if code := _why_not(identity, material, is_held=state in HELD):
            left.append(LeftOut(uid, material.title, code))
        else:
            taken.append(_exported(material))
    return Selection(tuple(taken), tuple(left))


def _why_not(identity: Identity, material: Material, *, is_held: bool) -> str:
    if material.status is Status.WITHDRAWN:
        return "export_withdrawn"
    if is_held:
        return "export_held"
    if material.licence in NOT_PASSED_ON and not may(identity, Action.EDIT_MATERIAL, material):
        return "export_licence"
    return ""


def _exported(material: Material) -> Exported:
    version = material.current_version
    assert version is not None  # noqa: S101 - the query joins it
    return Exported(
        uid=material.uid,
        title=material.title,
        description=material.description,
        author=material.author_name,
        unit=material.unit.name,
        kind=material.kind,
        licence=material.licence.value,
        language=material.language,
        file_name=version.file_name,
        sha256=version.blob_sha256,
        size=version.blob.size,
        ids=(material.id, version.id),
    )
