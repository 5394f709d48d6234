"""What people do in the generated province of `bench/software.py`: lessons taught with software, and requests."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.clock import now
from elearn.models.account import Account, Role, RoleGrant
from elearn.models.curriculum import Period, PeriodKind
from elearn.models.people import Person, Post, PostRole, SchoolClass
from elearn.models.software_request import RequestEvent, RequestState, RequestStep, RequestVoice, SoftwareRequest
from elearn.models.usage import ActKind, ActSource, SignStep, UsageAct, UsageSign
from elearn.services.account import hash_password
from tests.support.web import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from random import Random

    from sqlalchemy.orm import Session

    from elearn.house import House

TEACHERS = 20  # of each school
OWN, WAITING, ANSWERED = 120, 400, 400  # lessons of the teacher who looks, and of the school whose head looks
WANTED = 400  # voices of the request most asked for
LONG_AGO = timedelta(days=4000)


class Use:
    """Adds people, lessons and requests; `fill(table, rows)` writes rows, `today` is the last day of a lesson."""

    def __init__(self, house: House, fill: Callable[[Any, Iterator[dict[str, Any]]], None], chance: Random) -> None:
        self.house, self.fill, self.chance = house, fill, chance
        self.today: date = now().date()

    def add(self, schools: list[int], titles: int, lessons: int, requests: int) -> None:
        """So many lessons at the schools in the last 60 days, and so many open and as many answered requests."""
        self.add_people(schools)
        self.fill(UsageAct, self.lessons(schools, titles, lessons))
        with self.house.database.read() as session:
            acts = session.execute(select(UsageAct.id, UsageAct.unit_id).order_by(UsageAct.id)).all()
        answered = [act for act, unit in acts[: -WAITING - ANSWERED] if act % 5] + [act for act, _ in acts[-ANSWERED:]]
        self.fill(UsageSign, ({"act_id": act, "step": SignStep.SIGNED if act % 8 else SignStep.REFUSED,
                               "signed_on": self.today, "reason": "" if act % 8 else "Không có tiết này.",
                               "account_id": self.head, "recorded_at": now()} for act in answered))  # fmt: skip
        self.add_requests(schools, requests)

    def add_people(self, schools: list[int]) -> None:
        """Teachers with posts, a class at each school; the account "giao.vien" is the first, "hieu.truong" a head."""
        count = len(schools) * TEACHERS
        self.fill(Person, ({"code": f"GV{n}", "full_name": f"Giáo viên {n}", "sort_name": f"{n:06}"}
                           for n in range(count)))  # fmt: skip
        self.fill(Post, ({"person_id": n + 1, "unit_id": schools[n // TEACHERS], "role": PostRole.TEACHER,
                          "contract": "permanent", "fte": 1.0, "is_main": True, "valid_from": self.today - LONG_AGO}
                         for n in range(count)))  # fmt: skip
        with self.house.database.write() as session:
            year = _school_year(session, self.today)
            session.add_all(SchoolClass(unit_id=school, school_year_id=year, grade_code="4", name="4A")
                            for school in schools)  # fmt: skip
            session.scalars(select(Account).where(Account.login == "giao.vien")).one().person_id = 1
            head = Account(login="hieu.truong", display_name="Hiệu trưởng", password_hash=hash_password(PASSWORD))
            session.add(head)
            session.flush()
            session.add(RoleGrant(account_id=head.id, role=Role.UNIT_MANAGER, unit_id=schools[0]))
            self.head = head.id
            self.classes = dict(session.execute(select(SchoolClass.unit_id, SchoolClass.id)).all())

    def lessons(self, schools: list[int], titles: int, count: int) -> Iterator[dict[str, Any]]:
        """Lessons everywhere; those of the teacher who looks; at the first school many that wait or were answered."""
        for number in range(count):
            place = number % len(schools)
            teacher = place * TEACHERS + self.chance.randrange(TEACHERS)
            yield self.lesson(number, schools[place], teacher, titles, self.chance.randrange(60))
        for number in range(OWN):
            yield self.lesson(count + number, schools[0], 0, titles, number % 60)
        for number in range(WAITING + ANSWERED):
            teacher = 1 + self.chance.randrange(TEACHERS - 1)
            yield self.lesson(count + OWN + number, schools[0], teacher, titles, self.chance.randrange(10))

    def lesson(self, number: int, school: int, teacher: int, titles: int, ago: int) -> dict[str, Any]:
        """A lesson declared so many days ago, with one of the titles that are approved: every tenth is not."""
        day = self.today - timedelta(days=ago)
        title = min(int(self.chance.paretovariate(0.5)), titles * 50) % titles + 1
        return {
            "kind": ActKind.TAUGHT_WITH,
            "source": ActSource.TRACKER,
            "occurred_at": datetime.combine(day, time(5), UTC),
            "recorded_at": datetime.combine(day, time(6), UTC),
            "act_date": day,
            "person_id": teacher + 1,
            "unit_id": school,
            "material_id": title - (title % 10 == 0),
            "class_id": self.classes[school],
            "key": f"bench:{number}",
            "details": {"by": "declared", "lesson_period": number % 5 + 1, "note": ""},
        }

    def add_requests(self, schools: list[int], count: int) -> None:
        """As many open requests as answered ones, most with a few voices, the first with `WANTED`."""
        hashed = hash_password(PASSWORD)
        self.fill(Account, ({"login": f"gv{n}", "display_name": f"Giáo viên {n}", "password_hash": hashed,
                             "person_id": n + 1} for n in range(1, WANTED + 1)))  # fmt: skip
        with self.house.database.read() as session:
            asking = session.scalars(select(Account.id).where(Account.login.like("gv%")).order_by(Account.id)).all()
            decider = session.scalar(select(RoleGrant.unit_id).where(RoleGrant.role == Role.UNIT_MANAGER).limit(1))
        moments = [now() - timedelta(hours=n) for n in range(2 * count)]
        states = (RequestState.ASKED, RequestState.GROUP, RequestState.SCHOOL)
        self.fill(SoftwareRequest, ({
            "decider_id": decider, "title_id": None, "name": f"Phần mềm {n}", "folded": f"phan mem {n}", "maker": "",
            "maker_url": "", "levels": ["TH"], "subjects": [], "created_at": moments[n], "changed_at": moments[n],
            "state": states[n % 3] if n < count else RequestState.DECLINED,
        } for n in range(2 * count)))  # fmt: skip
        voices = [(n, who) for n in range(2 * count) for who in asking[: WANTED if n == 0 else 1 + n % 4]]
        self.fill(RequestVoice, ({"request_id": n + 1, "account_id": who, "unit_id": schools[(who + n) % len(schools)],
                                  "reason": "Học sinh khó hình dung.", "asked_at": moments[n]}
                                 for n, who in voices))  # fmt: skip
        self.fill(RequestEvent, ({"request_id": n + 1, "step": RequestStep.JOINED, "account_id": who, "note": "",
                                  "unit_id": schools[(who + n) % len(schools)], "at": moments[n]}
                                 for n, who in voices))  # fmt: skip


def _school_year(session: Session, day: date) -> int:
    begun = select(Period.id).where(Period.kind == PeriodKind.SCHOOL_YEAR, Period.starts_on <= day)
    return session.scalars(begun.order_by(Period.starts_on.desc()).limit(1)).one()
