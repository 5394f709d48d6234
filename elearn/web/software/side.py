"""What the page of a title shows beyond other materials: licences, releases, guides, decisions, by who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from elearn.database import day_of
from elearn.services.access import Action, may
from elearn.services.software.decisions import decisions_of
from elearn.services.software.installed.of_title import count_of
from elearn.services.software.licences import licences_of
from elearn.services.software.pictures import pictures_of
from elearn.services.software.releases import releases_of
from elearn.services.software.titles import guides_of
from elearn.services.software.use import use_by_level
from elearn.services.software.wishes.rating import ratings_of
from elearn.services.teach.classes import teaches
from elearn.web.people import current_identity, may_somewhere
from elearn.web.software_words import LICENCE_KINDS, MONEY, OUTCOMES, money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.models.software import SoftwareDecision, SoftwareLicence, SoftwareRelease
    from elearn.models.software_life import SoftwarePicture
    from elearn.services.software.installed.of_title import TitleCount
    from elearn.services.software.use import LevelUse
    from elearn.services.software.wishes.rating import Ratings


@dataclass(frozen=True, slots=True)
class TitleSide:
    """The further sides of a title and what their reader may do."""

    today: date
    releases: Sequence[SoftwareRelease]
    licences: Sequence[SoftwareLicence]
    guides: Sequence[Material]
    pictures: Sequence[SoftwarePicture]
    decisions: Sequence[SoftwareDecision]
    use: Sequence[LevelUse]  # in the units the reader watches over
    teaches: bool
    ratings: Ratings
    manages: bool  # the title itself
    manages_a_unit: bool  # so that they may enter licences and decisions of their own
    licence_kinds: Mapping[str, Any]
    money_words: Mapping[str, Any]
    outcomes: Mapping[str, Any]
    money: Callable[[int], str]
    installed: TitleCount | None  # at the units that the reader watches over
    renews: Mapping[int, SoftwareLicence]  # id of a licence -> the one that it follows
    renewed: Mapping[int, SoftwareLicence]  # id of a licence -> the one that follows it

    def may_renew(self, licence: SoftwareLicence) -> bool:
        """Whether the reader may enter a renewal: it ends, and nothing follows it yet."""
        open_end = licence.expires_on is not None and licence.id not in self.renewed
        return open_end and self.may_remove(licence)

    def may_remove(self, licence: SoftwareLicence) -> bool:
        """Whether the reader may take a licence back."""
        return may(current_identity(), Action.MANAGE_UNIT, licence.unit)


def side_of(session: Session, title: Material) -> TitleSide | None:
    """The sides of a title of software; None for every other material."""
    if title.software is None:
        return None
    identity = current_identity()
    licences = licences_of(session, identity, title)
    rows = {row.id: row for row in licences}
    links = {row.id: row.renewal.former_id for row in licences if row.renewal is not None}
    return TitleSide(
        today=day_of(session),
        releases=releases_of(session, title),
        licences=licences,
        pictures=pictures_of(session, title),
        guides=guides_of(session, identity, title),
        decisions=[] if identity.is_anonymous else decisions_of(session, title),
        use=use_by_level(session, identity, title),
        teaches=teaches(identity),
        ratings=ratings_of(session, identity, title),
        manages=may(identity, Action.MANAGE_TITLE, title),
        manages_a_unit=may_somewhere(identity, Action.MANAGE_UNIT),
        licence_kinds=LICENCE_KINDS,
        money_words=MONEY,
        outcomes=OUTCOMES,
        money=money,
        installed=count_of(session, identity, title),
        renews={later: rows[former] for later, former in links.items() if former in rows},
        renewed={former: rows[later] for later, former in links.items()},
    )
