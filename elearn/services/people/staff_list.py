"""A pasted staff list: planned whole, shown before anything is written, then written all or not at all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.identifiers import new_uid
from elearn.models.account import AuditEvent
from elearn.models.curriculum import Level, Subject
from elearn.models.people import Person, Post, PostRole
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.curriculum.levels import LEVEL_NAMES
from elearn.services.errors import ConflictError
from elearn.services.people.names import sort_key
from elearn.services.people.pasting import (
    Column,
    Line,
    Problem,
    read_code,
    read_day,
    read_name,
    read_one_of,
    read_share,
    read_table,
)
from elearn.services.people.persons import facts as person_facts
from elearn.services.people.posts import FIELDS, PostFacts, told
from elearn.services.people.staff import same_name
from elearn.services.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity

CHUNK = 500
COLUMNS = (
    Column("code", ("Mã định danh", "Mã", "Code", "Mã giáo viên", "Mã cán bộ"), required=True),
    Column("name", ("Họ và tên", "Họ tên", "Full name", "Name"), required=True),
    Column("born_on", ("Ngày sinh", "Birth date", "Ngày tháng năm sinh")),
    Column("role", ("Vai trò", "Vị trí", "Chức vụ", "Role", "Vị trí việc làm")),
    Column("level", ("Cấp học", "Cấp", "Level")),
    Column("subject", ("Môn", "Môn học", "Môn dạy", "Subject")),
    Column("fte", ("Tỷ lệ", "Định mức", "Share", "FTE", "Tỉ lệ")),
    Column("from", ("Từ ngày", "Ngày bắt đầu", "From", "Since"), required=True),
)
ROLE_WORDS = {
    "teacher": PostRole.TEACHER,
    "giáo viên": PostRole.TEACHER,
    "GV": PostRole.TEACHER,
    "manager": PostRole.MANAGER,
    "cán bộ quản lý": PostRole.MANAGER,
    "CBQL": PostRole.MANAGER,
    "hiệu trưởng": PostRole.MANAGER,
    "phó hiệu trưởng": PostRole.MANAGER,
    "staff": PostRole.STAFF,
    "nhân viên": PostRole.STAFF,
    "NV": PostRole.STAFF,
}


@dataclass(slots=True)
class Planned:
    """What a line of the list would do: enter a person, give a post, or nothing because both are there."""

    line: Line
    code: str = ""
    name: str = ""
    born_on: date | None = None
    facts: PostFacts | None = None
    person: Person | None = None
    has_post: bool = False
    duplicates: list[str] = field(default_factory=list)  # codes of others of the same name and birth date

    @property
    def is_new(self) -> bool:
        """Whether the person is entered."""
        return self.person is None and not self.line.problems


@dataclass(frozen=True, slots=True)
class Plan:
    """All lines of a list; it is written only when none has a problem."""

    lines: Sequence[Planned]

    @property
    def faulty(self) -> list[Planned]:
        """The lines with problems."""
        return [planned for planned in self.lines if planned.line.problems]

    @property
    def new(self) -> list[Planned]:
        """The lines that enter a person and give a post."""
        return [planned for planned in self.lines if planned.is_new]

    @property
    def added(self) -> list[Planned]:
        """The lines that give a post to somebody who is in the register."""
        good = (planned for planned in self.lines if planned.person and not planned.line.problems)
        return [planned for planned in good if not planned.has_post]

    @property
    def there(self) -> list[Planned]:
        """The lines of which all is in the register."""
        return [planned for planned in self.lines if planned.has_post and not planned.line.problems]

    @property
    def doubtful(self) -> list[Planned]:
        """The lines of new people who have a namesake with the same birth date."""
        return [planned for planned in self.new if planned.duplicates]


def plan_staff(session: Session, identity: Identity, unit: Unit, text: str) -> Plan:
    """Read a pasted list and say what it would change at a unit; nothing is written.

    Raises:
        ForbiddenError: the identity does not manage the unit. ServiceError: as `read_table`.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    readers = _readers(session)
    plans = [_read(line, readers) for line in read_table(text, COLUMNS)]
    _refuse_repeated(plans)
    persons = _persons(session, [planned.code for planned in plans])
    posts = _posts(session, [person.id for person in persons.values()])
    for planned in plans:
        planned.person = persons.get(planned.code)
        _compare(planned, unit, posts[planned.person.id] if planned.person else [])
    _find_namesakes(session, plans)
    return Plan(plans)


def write_staff(session: Session, identity: Identity, unit: Unit, plan: Plan) -> None:
    """Write a plan, with an audit row for each person and each post.

    Raises:
        ConflictError: `paste_faulty`; a line has a problem, and nothing was written.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    if plan.faulty:
        raise ConflictError("paste_faulty")
    created = [_person(planned) for planned in plan.new]
    session.add_all(created)
    session.flush()
    posts = [_post(planned, unit) for planned in (*plan.new, *plan.added)]
    session.add_all(posts)
    session.flush()
    # One flush for all: a row at a time would take minutes for a large list.
    session.add_all([_event(identity, "person.create", person, after=person_facts(person)) for person in created])
    session.add_all(
        [
            _event(identity, "post.add", post, person=planned.code, unit=unit.code, after=told(post))
            for planned, post in zip((*plan.new, *plan.added), posts, strict=True)
        ]
    )
    audit.record(session, identity, "staff.import", unit, persons=len(created), posts=len(posts))
    for planned in plan.added:
        session.expire(planned.person, ["posts"])


def _readers(session: Session) -> Mapping[str, Any]:
    subjects = {
        word: row.code for row in session.scalars(select(Subject)) for word in (row.name_en, row.name_vi, row.code)
    }
    levels = {word: level for level in Level for word in (*LEVEL_NAMES[level], level.value)}
    return {
        "role": read_one_of(ROLE_WORDS, "unknown_role"),
        "level": read_one_of(levels, "unknown_level"),
        "subject": read_one_of(subjects, "unknown_subject"),
    }


def _read(line: Line, readers: Mapping[str, Any]) -> Planned:
    planned = Planned(
        line,
        code=line.read("code", read_code, ""),
        name=line.read("name", read_name, ""),
        born_on=line.read("born_on", read_day),
    )
    since = line.read("from", read_day)
    values = {
        "role": line.read("role", readers["role"], PostRole.TEACHER),
        "level": line.read("level", readers["level"]),
        "subject_code": line.read("subject", readers["subject"]),
        "fte": line.read("fte", read_share, 1.0),
    }
    if since is not None:
        planned.facts = PostFacts(valid_from=since, **values)
    return planned


def _refuse_repeated(plans: Iterable[Planned]) -> None:
    first: dict[str, int] = {}
    for planned in plans:
        if not planned.code:
            continue
        before = first.setdefault(planned.code, planned.line.number)
        if before != planned.line.number:
            planned.line.problems.append(Problem("code", "code_twice", {"line": before}))


def _persons(session: Session, codes: Sequence[str]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for start in range(0, len(codes), CHUNK):
        rows = session.scalars(select(Person).where(Person.code.in_(codes[start : start + CHUNK])))
        found.update((person.code, person) for person in rows)
    return found


def _posts(session: Session, person_ids: Sequence[int]) -> dict[int, list[Post]]:
    found: dict[int, list[Post]] = defaultdict(list)
    for start in range(0, len(person_ids), CHUNK):
        rows = select(Post).where(Post.person_id.in_(person_ids[start : start + CHUNK]))
        for post in session.scalars(rows.order_by(Post.valid_from)):
            found[post.person_id].append(post)
    return found


def _compare(planned: Planned, unit: Unit, posts: Sequence[Post]) -> None:
    """Say what stands against a line: another name, a unit that is not there, a main post that holds."""
    problems = planned.line.problems
    if planned.person and planned.name and not same_name(planned.person.full_name, planned.name):
        problems.append(Problem("code", "code_of_other"))
        return
    facts = planned.facts
    if facts is None:
        return
    if not Span.of(unit).covers(facts.span):
        problems.append(Problem("from", "unit_absent", {"day": facts.valid_from}))
    held = [post for post in posts if post.is_main and Span.of(post).meet(facts.span)]
    if any(post.unit_id == unit.id and _same(post, facts) for post in held):
        planned.has_post = True
    elif held:
        here = held[0].unit_id == unit.id
        day = max(held[0].valid_from, facts.valid_from)
        problems.append(Problem("from", "post_here_differs" if here else "post_elsewhere", {"day": day}))


def _same(post: Post, facts: PostFacts) -> bool:
    compared = [name for name in FIELDS if name not in {"contract", "valid_to"}]
    return all(getattr(post, name) == getattr(facts, name) for name in compared)


def _find_namesakes(session: Session, plans: Iterable[Planned]) -> None:
    new = {(sort_key(p.name), p.born_on): p for p in plans if p.is_new and p.born_on}
    names = sorted({name for name, _ in new})
    for start in range(0, len(names), CHUNK):
        for person in session.scalars(select(Person).where(Person.sort_name.in_(names[start : start + CHUNK]))):
            planned = new.get((person.sort_name, person.born_on))
            if planned is not None and person.code != planned.code:
                planned.duplicates.append(person.code)


def _person(planned: Planned) -> Person:
    planned.person = Person(
        uid=new_uid(),
        code=planned.code,
        full_name=planned.name,
        sort_name=sort_key(planned.name),
        born_on=planned.born_on,
    )
    return planned.person


def _post(planned: Planned, unit: Unit) -> Post:
    values = {name: getattr(planned.facts, name) for name in FIELDS}
    return Post(uid=new_uid(), person_id=planned.person.id, unit_id=unit.id, **values)  # type: ignore[union-attr] - written above


def _event(identity: Identity, action: str, thing: Any, **details: Any) -> AuditEvent:
    return AuditEvent(
        account_id=identity.account_id,
        action=action,
        subject_kind=thing.__tablename__,
        subject_uid=thing.uid,
        details=details,
    )
