"""How a class does in a course: learners by items, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from elearn.database import day_of
from elearn.identifiers import is_uid
from elearn.models.account import Account
from elearn.models.people import Enrolment, Person
from elearn.services.access import Action, require
from elearn.services.courses.finding import items_of
from elearn.services.courses.progress import Cell, load_cells
from elearn.services.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.models.course import CourseItem, CourseOpening
    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class Learner:
    """A pupil of the class while the course was open to it; without an account nothing can be done here."""

    person: Person
    account_ids: tuple[int, ...]
    has_left: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A learner with one cell per item; `score` is the mean of the items that have one, from 0 to 1."""

    learner: Learner
    cells: tuple[Cell, ...]
    done: int
    score: float | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Learners by given name, items in their order; `required` is how many items count for `done`."""

    opening: CourseOpening
    items: tuple[CourseItem, ...]
    rows: tuple[MatrixRow, ...]
    required: int

    def done_at(self, index: int) -> int:
        """How many learners are through with the item at a place."""
        return sum(row.cells[index].result.is_done for row in self.rows)


def class_matrix(session: Session, identity: Identity, opening: CourseOpening) -> Matrix:
    """The matrix of a class.

    Raises:
        ForbiddenError: `may_not`.
    """
    require(identity, Action.SEE_COURSE, opening.course)
    items = tuple(items_of(opening.course))
    learners = learners_of(session, opening)
    owners = {account_id: learner.person.id for learner in learners for account_id in learner.account_ids}
    cells = load_cells(session, items, owners)
    rows = tuple(_row(learner, items, [cells.at(item.id, learner.person.id) for item in items]) for learner in learners)
    return Matrix(opening, items, rows, sum(item.is_required for item in items))


def _row(learner: Learner, items: Sequence[CourseItem], cells: Sequence[Cell]) -> MatrixRow:
    done = sum(cell.result.is_done for item, cell in zip(items, cells, strict=True) if item.is_required)
    scores = [cell.result.score for cell in cells if cell.result.score is not None]
    return MatrixRow(learner, tuple(cells), done, sum(scores) / len(scores) if scores else None)


def learners_of(session: Session, opening: CourseOpening) -> list[Learner]:
    """Whoever was in the class on a day on which it had the course, by given name; those who left are marked."""
    today = max(day_of(session), opening.opens_on)
    last = today if opening.closes_on is None else min(opening.closes_on, today)
    query = (
        select(Person, Enrolment.valid_to)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.class_id == opening.class_id, Enrolment.valid_from <= last)
        .where(or_(Enrolment.valid_to.is_(None), Enrolment.valid_to >= opening.opens_on))
        .order_by(Person.sort_name, Person.code)
    )
    people: dict[int, Person] = {}
    there: set[int] = set()
    for person, valid_to in session.execute(query):
        people[person.id] = person
        if valid_to is None or valid_to >= last:
            there.add(person.id)
    accounts = _accounts(session, people)
    return [Learner(person, tuple(accounts.get(person.id, ())), person.id not in there) for person in people.values()]


def _accounts(session: Session, people: dict[int, Person]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    query = select(Account.person_id, Account.id).where(Account.person_id.in_(people)).order_by(Account.id)
    for person_id, account_id in session.execute(query):
        found[person_id].append(account_id)
    return found


def learner_of(session: Session, opening: CourseOpening, person_uid: str) -> Learner:
    """The learner of a class with a uid.

    Raises:
        NotFoundError: `learner_not_found`; nobody with it was in the class while it had the course.
    """
    learners = learners_of(session, opening) if is_uid(person_uid) else []
    found = next((learner for learner in learners if learner.person.uid == person_uid), None)
    if found is None:
        raise NotFoundError("learner_not_found")
    return found
