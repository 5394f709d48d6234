"""The rows from which anyone can count the ratio anew, and the tables of a report, for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import aliased

from elearn.models.account import Account
from elearn.models.course import Course
from elearn.models.curriculum import Period
from elearn.models.material import Material
from elearn.models.organisation import Unit, UnitParent
from elearn.models.people import Leave, Person, Post, SchoolClass
from elearn.models.reports import Standing
from elearn.models.usage import ActKind, UsageAct
from elearn.services.reports.rules import CLASSES, ActClass
from elearn.services.sheets import Sheet
from elearn.services.usage.signs import signed_days
from elearn.services.usage.voids import void_acts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from elearn.services.reports.persons import PersonRow
    from elearn.services.reports.ratio import IctRatio
    from elearn.services.reports.report import UnitReport

AT_ONCE = 5000  # rows held in memory while a file is written
COUNTING = (*CLASSES, ActKind.COURSE_ACTIVITY)

ACT_HEADER = (
    "act",
    "kind",
    "date",
    "recorded_at",
    "source",
    "void",
    "actor",
    "person_code",
    "unit",
    "course",
    "class",
    "class_size",
    "material",
    "signed_on",
)
REGISTER_HEADER = (
    "record",
    "code",
    "actor",
    "unit",
    "kind",
    "contract",
    "level",
    "subject",
    "fte",
    "is_main",
    "valid_from",
    "valid_to",
    "census_on",
)
UNIT_HEADER = (
    "unit",
    "name",
    "sign",
    "registered",
    *(standing.value for standing in Standing if standing is not Standing.COUNTED),
    "n",
    "a",
    "b",
    "c",
    "q",
    "percent",
    "percent_a",
    "percent_b",
    "percent_c",
    "fte_n",
    "fte_q",
    "percent_fte",
)
PERSON_HEADER = ("code", "name", "unit", "level", "subject", "fte", "in_n", "in_q", "reason", "a", "b", "c")


def acts_sheet(session: Session, period: Period) -> Sheet:
    """The acts of a period that can qualify, or make a course qualify; views and the like never do and are left out.

    `signed_on` is the day on which a leader countersigned what a teacher declared; empty: nobody did, or need do.
    `actor` is the public identifier of the person, or of the account of an act without one. Only whoever taught has
    the personal code beside it: to count the learners of a course nobody needs to know who they are.
    """
    return Sheet("acts", ACT_HEADER, _acts(session, period))


def _acts(session: Session, period: Period) -> Iterator[tuple]:
    void = set(session.scalars(void_acts()))
    signed = dict(session.execute(signed_days(period.starts_on, period.ends_on)).all())
    columns = (
        UsageAct.id,
        UsageAct.uid,
        UsageAct.kind,
        UsageAct.act_date,
        UsageAct.recorded_at,
        UsageAct.source,
        Person.uid.label("person"),
        Person.code,
        Account.uid.label("account"),
        Unit.code.label("unit"),
        Course.uid.label("course"),
        SchoolClass.uid.label("school_class"),
        UsageAct.details,
        Material.uid.label("material"),
    )
    rows = select(*columns).where(UsageAct.act_date.between(period.starts_on, period.ends_on))
    rows = rows.where(UsageAct.kind.in_(COUNTING)).order_by(UsageAct.id)
    for table, key in (
        (Person, UsageAct.person_id),
        (Account, UsageAct.account_id),
        (Unit, UsageAct.unit_id),
        (Course, UsageAct.course_id),
        (SchoolClass, UsageAct.class_id),
        (Material, UsageAct.material_id),
    ):
        rows = rows.outerjoin(table, table.id == key)
    for row in session.execute(rows.execution_options(yield_per=AT_ONCE)):
        yield (
            row.uid,
            row.kind.value,
            row.act_date,
            row.recorded_at,
            row.source.value,
            row.id in void,
            row.person or (f"account:{row.account}" if row.account else None),
            row.code if row.kind in CLASSES else None,
            row.unit,
            row.course,
            row.school_class,
            row.details.get("class_size"),
            row.material,
            signed.get(row.id),
        )


def register_sheet(session: Session) -> Sheet:
    """Units and their places in the tree, periods, posts and leave, one row each; `record` says of what.

    `unit` has the unit of a post, of a `parent` row the unit above `code`; `kind` has the kind of a unit, period or
    leave and the role of a post.
    """
    return Sheet("register", REGISTER_HEADER, _register(session))


def _register(session: Session) -> Iterator[tuple]:
    for unit in session.scalars(select(Unit).order_by(Unit.code)):
        yield _line("unit", unit.code, unit.valid_from, unit.valid_to, kind=unit.kind.value)
    child, parent = aliased(Unit), aliased(Unit)
    links = select(child.code, parent.code, UnitParent.valid_from, UnitParent.valid_to)
    links = links.join(child, child.id == UnitParent.unit_id).join(parent, parent.id == UnitParent.parent_id)
    for code, above, start, end in session.execute(links.order_by(child.code, UnitParent.valid_from)):
        yield _line("parent", code, start, end, unit=above)
    for period in session.scalars(select(Period).order_by(Period.starts_on, Period.code)):
        kind, census = period.kind.value, period.census_on
        yield _line("period", period.code, period.starts_on, period.ends_on, kind=kind, census_on=census)
    yield from _posts(session)
    leaves = select(Person.code, Person.uid, Leave).join(Leave, Leave.person_id == Person.id)
    for code, uid, leave in session.execute(leaves.order_by(Leave.id)):
        yield _line("leave", code, leave.valid_from, leave.valid_to, actor=uid, kind=leave.kind.value)


def _posts(session: Session) -> Iterator[tuple]:
    columns = (
        Post.role,
        Post.contract,
        Post.level,
        Post.subject_code,
        Post.fte,
        Post.is_main,
        Post.valid_from,
        Post.valid_to,
    )
    rows = select(Person.code, Person.uid, Unit.code.label("unit"), *columns).select_from(Post)
    rows = rows.join(Person, Person.id == Post.person_id).join(Unit, Unit.id == Post.unit_id)
    for row in session.execute(rows.order_by(Post.id).execution_options(yield_per=AT_ONCE)):
        yield _line(
            "post",
            row.code,
            row.valid_from,
            row.valid_to,
            actor=row.uid,
            unit=row.unit,
            kind=row.role.value,
            contract=row.contract.value,
            level=row.level.value if row.level else None,
            subject=row.subject_code,
            fte=row.fte,
            is_main=row.is_main,
        )


def _line(record: str, code: str, valid_from: object, valid_to: object, **values: object) -> tuple:
    known = {"record": record, "code": code, "valid_from": valid_from, "valid_to": valid_to, **values}
    return tuple(known.get(name) for name in REGISTER_HEADER)


def units_sheet(report: UnitReport) -> Sheet:
    """The unit, and each unit directly below it; figures that are missing are empty."""
    return Sheet("units", UNIT_HEADER, [_unit_line(ratio) for ratio in (report.total, *report.children)])


def _unit_line(ratio: IctRatio) -> tuple:
    told = ratio.as_dict()
    registered = ratio.tally.registered
    line = {**told, **told["excluded"], "registered": registered or None}
    outside = {standing.value: 0 for standing in Standing} if registered else {}
    return tuple({**outside, **line}.get(name) for name in UNIT_HEADER)


def persons_sheet(rows: Iterable[PersonRow]) -> Sheet:
    """The persons of a report with the reason why they count or not."""
    return Sheet("persons", PERSON_HEADER, (_person_line(row) for row in rows))


def _person_line(row: PersonRow) -> tuple:
    level = row.level.value if row.level else None
    place = (row.code, row.name, row.unit_code, level, row.subject_code, row.fte)
    return (*place, row.in_n, row.in_q, row.reason, row.acts_a, row.acts_b, row.acts_c)


def classes_of(row: PersonRow) -> tuple[ActClass, ...]:
    """The classes in which a person has a qualifying act."""
    counts = zip(ActClass, (row.acts_a, row.acts_b, row.acts_c), strict=True)
    return tuple(act_class for act_class, count in counts if count)
