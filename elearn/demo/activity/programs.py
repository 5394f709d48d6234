"""Subject groups, lessons taught with programs of the catalogue as teachers declare them, and countersignatures."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.demo.activity.teaching import ALSO, semesters
from elearn.demo.population.calendar import ZONE, moment
from elearn.models.account import Account, Role, RoleGrant
from elearn.models.material import Material, MaterialLevel, MaterialSubject, Status
from elearn.models.subject_group import GroupSeat, SubjectGroup
from elearn.models.usage import ActKind, SignStep, UsageAct, UsageSign

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from sqlalchemy.orm import Session

    from elearn.demo.activity.ledger import Ledger
    from elearn.demo.activity.world import Teacher, World
    from elearn.demo.inserting import Inserter
    from elearn.demo.population.calendar import Calendar

SCIENCES = frozenset({"TOAN", "TIN", "CN", "VL", "HH", "SH", "KHTN"})
NAMES = {True: "Tổ Khoa học tự nhiên", False: "Tổ Khoa học xã hội", None: "Tổ chuyên môn"}
LEADERS = frozenset({"GV312"})  # whose account is named after the office
TAKES_UP, BEGINS = 0.5, 0.03  # of those who teach with materials that semester, and of the others
LESSONS = (1, 4)  # with programs in a semester
SIGNED, REFUSED, WITHDRAWN = 0.86, 0.05, 0.03  # the rest is forgotten
LONGEST = 14  # days to countersign
NOTES = ("", "", "Cả lớp thực hành theo nhóm.", "Trình chiếu trên lớp, học sinh lên thao tác.", "Học ở phòng máy.")
REASONS = ("Sổ đầu bài ghi tiết kiểm tra.", "Phòng máy hôm đó bảo trì.", "Khai nhầm lớp.")


def draw_groups(session: Session, world: World, insert: Inserter, until: date) -> int:
    """Make the subject groups of the schools, each with a leader; returns how many."""
    found: dict[tuple[int, bool | None], list[Teacher]] = defaultdict(list)
    for unit_id in sorted(world.units):
        working = [row for row in world.teachers.values() if row.main_unit(until) == unit_id]
        split = len({_is_science(row, unit_id, until) for row in working}) > 1
        for teacher in sorted(working, key=lambda row: row.code):
            found[unit_id, _is_science(teacher, unit_id, until) if split else None].append(teacher)
    for (unit_id, kind), members in found.items():
        posts = [post for row in members for post in row.posts if post.unit_id == unit_id]
        codes = sorted({post.subject for post in posts if post.subject})
        group = SubjectGroup(uid=insert.uid(), unit_id=unit_id, name=NAMES[kind], subject_codes=codes)
        leader = min(members, key=lambda row: (row.code not in LEADERS, row.code))
        since = min(post.span.start for post in leader.posts if post.unit_id == unit_id)
        group.seats = [GroupSeat(uid=insert.uid(), person_id=leader.person_id, is_leader=True, valid_from=since)]
        session.add(group)
    session.flush()
    return len(found)


def _is_science(teacher: Teacher, unit_id: int, day: date) -> bool:
    post = teacher.post_at(unit_id, day)
    return post is not None and post.subject in SCIENCES


class Programs:
    """Draws lessons with programs: mostly by those who teach with materials anyway."""

    def __init__(self, world: World, ledger: Ledger, calendar: Calendar, rng: Random) -> None:
        self.world, self.ledger, self.rng = world, ledger, rng
        self._semesters = semesters(calendar)
        self._titles = _titles(world.session)
        self._teach = {(row["person_id"], row["act_date"]) for row in ledger.rows if row["kind"] is ActKind.TAUGHT}

    def draw(self) -> None:
        """Note the lessons of everybody."""
        teaching = [{person for person, day in self._teach if day in days} for days in map(set, self._semesters)]
        for teacher in self.world.teachers.values():
            for days, persons in zip(self._semesters, teaching, strict=True):
                share = TAKES_UP if teacher.person_id in persons else BEGINS
                if days and self.rng.random() < share:
                    for day in sorted(self.rng.sample(days, min(self.rng.randint(*LESSONS), len(days)))):
                        self._lesson(teacher, day)

    def _lesson(self, teacher: Teacher, day: date) -> None:
        held = [class_id for class_id, span in teacher.classes if span.start <= day <= (span.end or day)]
        if teacher.is_away(day) or not held:
            return
        room = self.world.classes[self.rng.choice(sorted(set(held)))]
        post = teacher.post_at(room.unit_id, day)
        choice = self._fitting(post.level, post.subject) if post else []
        if not choice:
            return
        title = self.rng.choice(choice)
        at = moment(day, 12, 0)
        self.ledger.add(
            ActKind.TAUGHT_WITH,
            at,
            late=self.rng.randint(3, 9) * 3600,
            account_id=teacher.account_id,
            person_id=teacher.person_id,
            unit_id=room.unit_id,
            material_id=title,
            class_id=room.id,
            key=f"with:{teacher.person_id}:{room.id}:{title}:{day.isoformat()}#0",
            details={"by": "declared", "lesson_period": self.rng.randint(1, 8), "note": self.rng.choice(NOTES)},
        )

    def _fitting(self, level: Any, subject: str | None) -> list[int]:
        """The titles of the level and subject, else of the level."""
        levels = {level, ALSO.get(level)} if level else set()
        known = [(title, subjects) for title, held, subjects in self._titles if held & levels]
        return [title for title, subjects in known if subject in subjects] or [title for title, _ in known]


def _titles(session: Session) -> list[tuple[int, set[Any], set[str]]]:
    """The titles of the catalogue without a file, by name: those with one are materials like others."""
    held = select(Material.id).where(Material.kind == "software", Material.status == Status.PUBLISHED)
    held = held.where(~Material.versions.any()).order_by(Material.title, Material.id)
    levels: dict[int, set[Any]] = defaultdict(set)
    for title, level in session.execute(select(MaterialLevel.material_id, MaterialLevel.level)):
        levels[title].add(level)
    subjects: dict[int, set[str]] = defaultdict(set)
    for title, code in session.execute(select(MaterialSubject.material_id, MaterialSubject.subject_code)):
        subjects[title].add(code)
    return [(title, levels[title], subjects[title]) for title in session.scalars(held)]


def draw_signs(world: World, ledger: Ledger, until: date, rng: Random) -> None:
    """Countersign most lessons some days later, refuse some, let teachers withdraw a few; the last ones wait."""
    session = ledger.insert.session
    signers = _Signers(session, world)
    acts = select(UsageAct).where(UsageAct.kind == ActKind.TAUGHT_WITH).order_by(UsageAct.uid)
    rows = []
    for act in session.scalars(acts):
        chance, days = rng.random(), rng.randint(0, LONGEST)
        day = act.act_date + timedelta(days=days)
        if day > until or chance > SIGNED + REFUSED + WITHDRAWN:
            continue
        if chance < SIGNED:
            step, account, reason = SignStep.SIGNED, signers.of(act), ""
        elif chance < SIGNED + REFUSED:
            step, account, reason = SignStep.REFUSED, signers.of(act), rng.choice(REASONS)
        else:
            step, account, reason = SignStep.WITHDRAWN, act.account_id, ""
        if account is not None:
            at = max(moment(day, 17, rng.randrange(60)), act.recorded_at + timedelta(minutes=10))
            rows.append(
                {"act_id": act.id, "step": step, "signed_on": at.astimezone(ZONE).date(), "reason": reason,
                 "account_id": account, "recorded_at": at}
            )  # fmt: skip
    ledger.insert.pour(UsageSign, sorted(rows, key=lambda row: (row["recorded_at"], row["act_id"])))


class _Signers:
    """The accounts of the leaders of groups and of the heads of schools."""

    def __init__(self, session: Session, world: World) -> None:
        self._leaders: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
        self._teachers = world.teachers
        for group in session.scalars(select(SubjectGroup).order_by(SubjectGroup.id)):
            person = group.seats[0].person_id
            for code in group.subject_codes:
                self._leaders[group.unit_id].setdefault(code, (person, world.accounts[person]))
        heads = select(RoleGrant.unit_id, Account.id).join(Account, Account.id == RoleGrant.account_id)
        heads = heads.where(RoleGrant.role == Role.UNIT_MANAGER).order_by(RoleGrant.id.desc())
        self._heads: dict[int, int] = dict(session.execute(heads).all())

    def of(self, act: UsageAct) -> int | None:
        """The account that countersigns a lesson: of the leader, else of the head; never one's own."""
        teacher = self._teachers[act.person_id or 0]
        post = teacher.post_at(act.unit_id or 0, act.act_date)
        led = self._leaders[act.unit_id or 0].get(post.subject or "") if post else None
        if led is not None and led[0] != act.person_id:
            return led[1]
        head = self._heads.get(act.unit_id or 0)
        return head if head != act.account_id else None
