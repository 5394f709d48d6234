"""A school with two subject groups, their leaders, a head, a class and an approved title; its days are the test's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from elearn.models.account import Role
from elearn.models.curriculum import Level
from elearn.models.people import PostRole
from elearn.models.software import Outcome, SoftwareDecision
from elearn.services.people import subject_groups
from elearn.services.people.subject_groups import create_subject_group, seat
from elearn.services.software import teaching
from elearn.services.software.teaching import Lesson, declare
from elearn.services.software.wishes import trials
from elearn.services.usage import signing
from tests.support.software import Catalogue

if TYPE_CHECKING:
    import pytest
    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.models.organisation import Unit
    from elearn.models.usage import UsageAct
    from elearn.services.access import Identity
    from tests.support.factories import World

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = date(2026, 11, 20)
SINCE = date(2020, 8, 1)
PAST = date(2013, 9, 1)


class Days:
    """The present day as services ask for it; it moves only when the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.today = FRIDAY
        for module in (teaching, signing, subject_groups, trials):
            monkeypatch.setattr(module, "day_of", lambda _session: self.today)
        monkeypatch.setattr(teaching, "now", self.now)

    def now(self) -> datetime:
        """Nine o'clock in the morning in Hà Nội."""
        return datetime(self.today.year, self.today.month, self.today.day, 2, tzinfo=UTC)

    def pass_by(self, days: int) -> None:
        """Let days pass."""
        self.today += timedelta(days=days)


class Staffroom(Catalogue):
    """Lan and Minh teach mathematics, Minh leads their group; Hoa leads that of literature; all under one head."""

    def __init__(self, session: Session, world: World, days: Days) -> None:
        super().__init__(session, world)
        self.days = days
        self.lan, self.minh = self.colleague("Lan", "TOAN"), self.colleague("Minh", "TOAN")
        self.hoa, self.thu = self.colleague("Hoa", "TV"), self.colleague("Thu", "TV")
        self.school_class = world.school_class(self.school, "4A")
        world.enrolment(world.person("Vừ A Dính"), self.school_class)
        self.maths = self.group("Tổ Toán", ["TOAN"], self.minh)
        self.letters = self.group("Tổ Văn", ["TV"], self.hoa)
        self.program = self.approved("Bảng cộng vui")

    def colleague(self, name: str, subject: str, unit: Unit | None = None, **post: Any) -> Identity:
        """A teacher of the register with an account."""
        unit = unit or self.school
        person = self.world.person(name, code=f"GV-{name}")
        values = {"role": PostRole.TEACHER, "level": Level.TH, "subject_code": subject, **post}
        self.world.post(person, unit, SINCE, **values)
        account = self.world.account(f"gv.{name.lower()}", person, display_name=name)
        self.world.grant(account, Role.TEACHER, unit)
        return self.world.identity(account)

    def group(self, name: str, subjects: list[str], leader: Identity, unit: Unit | None = None) -> Any:
        """A subject group with a leader."""
        made = create_subject_group(self.session, self.officer, unit or self.school, name, subjects)
        seat(self.session, self.officer, made, f"GV-{leader.name}", is_leader=True, since=SINCE)
        return made

    def approved(self, name: str, unit: Unit | None = None, day: date = PAST) -> Material:
        """A title that the department approved."""
        title = self.title(name)
        self.decided(title, Outcome.APPROVED, unit, day)
        return title

    def decided(self, title: Material, outcome: Outcome, unit: Unit | None = None, day: date = PAST) -> None:
        """What a unit decided about a title on a day."""
        unit = unit or self.department
        self.world.add(SoftwareDecision(title_id=title.id, unit_id=unit.id, outcome=outcome, decided_on=day))

    def lesson(self, by: Identity | None = None, day: date = FRIDAY, **more: Any) -> UsageAct:
        """A lesson that somebody declares."""
        title = more.pop("title", self.program)
        school_class = more.pop("school_class", self.school_class)
        said = Lesson(school_class, day, **more)
        return declare(self.session, by or self.lan, title, said, timezone=HANOI)
