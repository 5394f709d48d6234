"""A school with a teacher, a class of pupils and lessons, for tests of online courses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from elearn.models.account import Account, Role
from elearn.models.material import Status
from elearn.models.people import Assignment, Person, SchoolClass
from elearn.services import courses
from tests.support.playing import one_sco, playable

if TYPE_CHECKING:
    from elearn.models.course import Course, CourseItem, CourseOpening
    from elearn.models.material import Material
    from elearn.models.usage import UsageAct
    from elearn.services.access import Identity
    from tests.support.factories import World

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # 9 o'clock in the morning in Vietnam
TODAY = date(2026, 11, 16)
TERM_BEGINS = date(2026, 9, 5)


class CourseWorld:
    """A department with two schools; in one of them a teacher, class 4A and its pupils."""

    def __init__(self, world: World, pupils: int = 4) -> None:
        self.world, self.session = world, world.session
        self.root = world.unit("SO")
        self.school = world.unit("TH1", self.root)
        self.other_school = world.unit("TH2", self.root)
        self.teacher_person = world.person("Vũ Thị Nhung")
        self.teacher_account = self.account_of(self.teacher_person, Role.TEACHER, self.school)
        world.post(self.teacher_person, self.school)
        self.teacher = world.identity(self.teacher_account)
        self.school_class = world.school_class(self.school)
        self.assign(self.teacher_person, self.school_class)
        self.persons = [self.pupil(f"Nguyễn Văn {chr(65 + number)}") for number in range(pupils)]

    def account_of(self, person: Person, role: Role, unit: Any) -> Account:
        """A new account of a person."""
        account = self.world.account(person=person)
        self.world.grant(account, role, unit)
        return account

    def assign(self, person: Person, school_class: SchoolClass) -> None:
        """Phân công."""
        self.world.add(Assignment(class_id=school_class.id, person_id=person.id, valid_from=TERM_BEGINS))

    def pupil(self, name: str, school_class: SchoolClass | None = None, **values: Any) -> Person:
        """A pupil of the class with an account."""
        person = self.world.person(name)
        self.world.enrolment(person, school_class or self.school_class, **{"since": TERM_BEGINS, **values})
        self.account_of(person, Role.STUDENT, (school_class or self.school_class).unit)
        return person

    def identity(self, person: Person) -> Identity:
        """Whoever holds the first account of a person."""
        account = self.session.query(Account).filter_by(person_id=person.id).order_by(Account.id).first()
        return self.world.identity(account)

    @property
    def pupils(self) -> list[Identity]:
        """The pupils at their accounts."""
        return [self.identity(person) for person in self.persons]

    def lesson(self, title: str = "Phân số", unit: Any = None, status: Status = Status.PUBLISHED) -> Material:
        """A lesson that can be played."""
        material = playable(self.world, one_sco(), self.teacher_account, unit or self.school, title=title)
        material.status = status
        self.session.flush()
        return material

    def document(self, title: str = "Phiếu bài tập") -> Material:
        """A published file."""
        return self.world.material(self.school, self.teacher_account, Status.PUBLISHED, kind="pdf", title=title)

    def course(self, *materials: Material, title: str = "Toán 4 trực tuyến") -> Course:
        """A course of the teacher with items of some materials."""
        made = courses.create_course(self.session, self.teacher, self.school, courses.CourseDetails(title))
        for material in materials:
            courses.add_item(self.session, self.teacher, made, material)
        return self.seen(made)

    def open(self, course: Course, opens_on: date = TODAY, closes_on: date | None = None) -> CourseOpening:
        """Open a course to the class."""
        opening = courses.open_to_class(
            self.session, self.teacher, course, self.school_class, opens_on=opens_on, closes_on=closes_on
        )
        self.seen(course)
        return opening

    def seen(self, course: Course) -> Course:
        """The course as the next request finds it."""
        self.session.flush()
        self.session.expire_all()
        found = courses.course_by_uid(self.session, course.uid)
        assert found is not None
        return found

    def decide(self, item: CourseItem, **values: Any) -> None:
        """Change what the teacher decided for an item."""
        details = {name: getattr(courses.details_of(item), name) for name in courses.ItemDetails.__slots__}
        courses.edit_item(self.session, self.teacher, item, courses.ItemDetails(**{**details, **values}))

    def launch(self, pupil: Identity, course: Course, item: CourseItem | None = None, **values: Any) -> courses.Launch:
        """Open an item as its learner, without the act that the page records."""
        item = item or courses.items_of(course)[0]
        return courses.launch(self.session, pupil, course.uid, item.uid, **values)

    def take(self, pupil: Identity, course: Course, item: CourseItem | None = None) -> UsageAct | None:
        """Open an item as its page does; gives the lesson taught that followed."""
        return courses.record_launch(self.session, pupil, self.launch(pupil, course, item), HANOI)
