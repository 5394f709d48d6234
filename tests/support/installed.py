"""Schools that report what they have installed, for tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.models.installations import Installation, ReportedBy
from elearn.models.software import LicenceKind, Outcome
from elearn.services.software.decisions import decide
from elearn.services.software.installed.taking import Line, Report, Source, Taken, Taking
from elearn.services.software.licences import LicenceTerms, add_licence
from elearn.services.software.releases import ReleaseNotes, add_release
from tests.support.software import Catalogue

if TYPE_CHECKING:
    from elearn.models.material import Material
    from elearn.models.organisation import Unit
    from elearn.models.software import SoftwareLicence, SoftwareRelease

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
