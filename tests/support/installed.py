"""Schools that report what they have installed, for tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.models.installations import (
    Age,
    Installation,
    Proof,
    ReportedBy,
    SoftwareAlias,
    SoftwareMirror,
    SoftwareToken,
)
from elearn.models.software import LicenceKind, Outcome, SoftwareFile
from elearn.services.software.decisions import decide
from elearn.services.software.installed.taking import Line, Report, Source, Taken, Taking
from elearn.services.software.licences import LicenceTerms, add_licence
from elearn.services.software.releases import ReleaseNotes, add_release
from tests.support.software import Catalogue

if TYPE_CHECKING:
    from elearn.models.account import Account
    from elearn.models.material import Material
    from elearn.models.organisation import Unit
    from elearn.models.software import SoftwareLicence, SoftwareRelease
    from tests.support.factories import World

DAY = date(2026, 9, 20)
BY_AGENT, BY_HAND = Source(ReportedBy.TOKEN), Source(ReportedBy.FORM)


class Schools(Catalogue):
    """The department with its schools, approved titles with releases, and reports."""

    def approved(self, name: str = "Bảng cộng vui", *versions: str, **said: Any) -> Material:
        """A title that the department has approved, with releases from old to new."""
        title = self.title(name, **said)
        told = {"outcome": Outcome.APPROVED, "decided_on": date(2026, 1, 1), "reason": ""}
        decide(self.session, self.officer, title, self.department, **told)
        for number, version in enumerate(versions):
            self.release(title, version, date(2026, 1, 2 + number))
        return title

    def release(self, title: Material, version: str, day: date, **said: Any) -> SoftwareRelease:
        """A release, the latest unless told otherwise."""
        return add_release(self.session, self.officer, title, ReleaseNotes(version, day, **said))

    def licence(
        self, title: Material, unit: Unit | None = None, seats: int | None = None, **said: Any
    ) -> SoftwareLicence:
        """A licence of this year: by seats when their number is told."""
        kind = said.pop("kind", LicenceKind.SEATS if seats else LicenceKind.FREE)
        terms = LicenceTerms(kind, said.pop("starts_on", date(2026, 1, 1)), seats=seats, **said)
        return add_licence(self.session, self.officer, title, unit or self.department, terms)

    def report(self, unit: Unit, *lines: Line, day: date = DAY, source: Source = BY_AGENT, **more: Any) -> Taken:
        """What a unit reports."""
        return Taking(self.session, source).take(Report(unit, day, lines, **more))

    def standing(self, unit: Unit) -> list[tuple[str, str, str, int]]:
        """(Name, version, room, machines) of what stands for a unit."""
        rows = select(Installation).where(Installation.unit_id == unit.id, Installation.is_current)
        return sorted((row.name, row.version, row.room, row.machines) for row in self.session.scalars(rows))


def reported(world: World, title: Material, school: Unit, manager: Account) -> SoftwareFile:
    """A title in a room with an old version and a name that nobody knows, an agent, and a mirror; gives its file."""
    told = {"unit_id": school.id, "reported_on": DAY, "confirmed_on": DAY, "room": f"Phòng máy {school.name}"}
    world.add(Installation(**told, title_id=title.id, name=title.title, version="1.9", machines=41, age=Age.OUTDATED,
                           via=ReportedBy.TOKEN, proof=Proof.AGENT))  # fmt: skip
    world.add(Installation(**told, name=school.name, name_key="la", machines=3, via=ReportedBy.FORM))
    about = {"unit_id": school.id, "created_by_id": manager.id}
    world.add(SoftwareToken(**about, name=f"Máy chủ {school.name}"[:100], digest="5" * 64))
    world.add(SoftwareAlias(title_id=title.id, name="BCV Studio", name_key="bcv studio"))
    file = world.session.scalars(select(SoftwareFile)).one()
    address = "http://may-chu.truong-dai-thuong-lam.example/phan-mem/bang-cong-vui-2.1-cai-dat.exe"
    world.add(SoftwareMirror(**about, file_id=file.id, address=address))
    return file
