"""What a title is to somebody on a day: whether a licence for their unit lets them download it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from elearn.database import day_of
from elearn.models.software import SoftwareLicence
from elearn.services.access import Action, may
from elearn.services.errors import ForbiddenError
from elearn.services.software.licences import FOR_ALL_BELOW, WITHOUT_COST, in_force

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.services.access import Identity


def require_download(session: Session, identity: Identity, title: Material) -> None:
    """Refuse a download for which nobody has a licence today; whoever manages the title may always.

    A title without any licence on record is free to its readers: not every school writes down that something is free.

    Raises:
        ForbiddenError: `licence_none`; the title has licences, and today none is for a unit of the identity.
    """
    if may(identity, Action.MANAGE_TITLE, title):
        return
    recorded = exists().where(SoftwareLicence.title_id == title.id, SoftwareLicence.removed_at.is_(None))
    if not session.scalar(select(recorded)):
        return
    today = day_of(session)
    held = select(SoftwareLicence.kind, SoftwareLicence.unit_id).where(
        SoftwareLicence.title_id == title.id, in_force(today)
    )
    above = {unit for home in identity.home_units for unit in identity.tree.ancestors(home)}
    for kind, unit_id in session.execute(held):
        if kind in WITHOUT_COST or unit_id in identity.home_units or (kind in FOR_ALL_BELOW and unit_id in above):
            return
    raise ForbiddenError("licence_none")
