"""Posts of persons; what they say, the denominator of the ratio counts.

Rows are changed through the session, never by bulk statements: the ratio watches them there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from elearn.models.people import Contract, Enrolment, Person, Post, PostRole, SchoolClass
from elearn.services import audit
from elearn.services.access import Action, may, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.people.persons import belongs_somewhere, hold_person, home_post, sees_person
from elearn.services.spans import DAY, Span, check_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Level
    from elearn.models.organisation import Unit
    from elearn.services.access import Identity

FIELDS = ("role", "contract", "level", "subject_code", "fte", "is_main", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What a post says, whoever holds it and wherever it is; `fte` is a share of a full post, above 0, at most 1."""

    role: PostRole
    valid_from: date
    valid_to: date | None = None
    contract: Contract = Contract.PERMANENT
    level: Level | None = None
    subject_code: str | None = None
    fte: float = 1.0
    is_main: bool = True

    @classmethod
    def of(cls, post: Post) -> PostFacts:
        """The facts of a post."""
        return cls(**{name: getattr(post, name) for name in FIELDS})

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.valid_from, self.valid_to)


def add_post(
    session: Session,
    identity: Identity,
    person: Person,
    unit: Unit,
    *,
    role: PostRole,
    valid_from: date,
    valid_to: date | None = None,
    contract: Contract = Contract.PERMANENT,
    level: Level | None = None,
    subject_code: str | None = None,
    fte: float = 1.0,
    is_main: bool = True,
) -> Post:
    """Give a person a post at a unit for a span of days.

    Raises:
        ForbiddenError: the identity does not manage the unit.
        ServiceError: `post_span`, `post_fte` or `day_range`.
        ConflictError: `unit_absent` on some of the days; `post_second_main`, a main post holds on one of them;
            `post_not_agreed`, the person is another unit's.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    facts = PostFacts(role, valid_from, valid_to, contract, level, subject_code, fte, is_main)
    hold_person(session, person)
    check_post(session, person, unit, facts)
    _must_be_agreed(session, identity, person, facts)
    post = put_post(session, person, unit, facts)
    audit.record(session, identity, "post.add", post, person=person.code, unit=unit.code, after=told(post))
    return post


def _must_be_agreed(session: Session, identity: Identity, person: Person, facts: PostFacts) -> None:
    """Nobody takes on the staff or the pupils of another unit alone: a post opens the page of its holder.

    Raises:
        ConflictError: `post_not_agreed`.
    """
    home = home_post(session, person)
    if home is None:
        agreed = not belongs_somewhere(session, person) or may(identity, Action.MANAGE_UNIT, person)
    else:
        has_left = home.valid_to is not None and home.valid_to < facts.valid_from
        agreed = has_left or may(identity, Action.MANAGE_UNIT, home.unit)
    if not agreed:
        raise ConflictError("post_not_agreed", person=person.code)


def put_post(session: Session, person: Person, unit: Unit, facts: PostFacts) -> Post:
    """Write a post that was checked."""
    post = Post(person_id=person.id, unit_id=unit.id, **{name: getattr(facts, name) for name in FIELDS})
    session.add(post)
    session.flush()
    session.expire(person, ["posts"])
    return post


def check_post(session: Session, person: Person, unit: Unit, facts: PostFacts, but: Post | None = None) -> None:
    """Refuse a post that cannot be beside the other posts of a person (`but` is not looked at).

    Raises:
        ServiceError: `post_span`, `post_fte` or `day_range`; ConflictError: `unit_absent`, `post_second_main`.
    """
    check_day(facts.valid_from, facts.valid_to)
    if facts.valid_to is not None and facts.valid_to < facts.valid_from:
        raise ServiceError("post_span")
    if not 0 < facts.fte <= 1:
        raise ServiceError("post_fte")
    if not Span.of(unit).covers(facts.span):
        raise ConflictError("unit_absent", unit=unit.code, day=_day_outside(unit, facts.span))
    if not facts.is_main:
        return
    for held in session.scalars(select(Post).where(Post.person_id == person.id, Post.is_main)):
        common = Span.of(held).meet(facts.span)
        if held is not but and common is not None:
            raise ConflictError("post_second_main", person=person.code, day=common.start)


def _day_outside(unit: Unit, span: Span) -> date:
    if span.start < unit.valid_from or (unit.valid_to is not None and unit.valid_to < span.start):
        return span.start
    return span.start if unit.valid_to is None else unit.valid_to + DAY


def end_post(session: Session, identity: Identity, post: Post, last_day: date) -> None:
    """Let a post end after its last day.

    Raises:
        ServiceError: `post_span`; the post begins later, or has ended earlier.
    """
    require(identity, Action.MANAGE_UNIT, post.unit)
    check_day(last_day)
    if not post.holds_on(last_day):
        raise ServiceError("post_span")
    before, post.valid_to = told(post), last_day
    session.flush()
    audit.record(session, identity, "post.end", post, before=before, after=told(post), **whose(post))


def change_fte(session: Session, identity: Identity, post: Post, fte: float, day: date) -> Post:
    """Change the share of a post from a day on; what held before stays as a post that ended on the eve.

    Raises:
        ServiceError: `post_fte`, `day_range` or `post_span`; the post does not hold on the day.
    """
    require(identity, Action.MANAGE_UNIT, post.unit)
    check_day(day)
    if not 0 < fte <= 1:
        raise ServiceError("post_fte")
    if not post.holds_on(day):
        raise ServiceError("post_span")
    before = told(post)
    changed = post
    if post.valid_from == day:
        post.fte = fte
        session.flush()
    else:
        facts = PostFacts.of(post)
        post.valid_to = day - DAY
        session.flush()
        later = {name: getattr(facts, name) for name in FIELDS} | {"fte": fte, "valid_from": day}
        changed = put_post(session, post.person, post.unit, PostFacts(**later))
    audit.record(session, identity, "post.fte", changed, before=before, after=told(changed), **whose(post))
    return changed


def correct_post(session: Session, identity: Identity, post: Post, facts: PostFacts, reason: str) -> None:
    """Correct a post that was entered by mistake, in place, with a reason.

    Raises:
        ServiceError: `correction_reason`, and what `check_post` refuses.
    """
    require(identity, Action.MANAGE_UNIT, post.unit)
    _must_say_why(reason)
    check_post(session, post.person, post.unit, facts, but=post)
    before = told(post)
    for name in FIELDS:
        setattr(post, name, getattr(facts, name))
    session.flush()
    session.expire(post.person, ["posts"])
    changed = {"before": before, "after": told(post)}
    audit.record(session, identity, "post.correct", post, note=reason.strip(), **changed, **whose(post))


def remove_post(session: Session, identity: Identity, post: Post, reason: str) -> None:
    """Take away a post that never was, with a reason; the audit log keeps what it said.

    Raises:
        ServiceError: `correction_reason`.
    """
    require(identity, Action.MANAGE_UNIT, post.unit)
    _must_say_why(reason)
    audit.record(
        session, identity, "post.remove", post, note=reason.strip(), before=told(post), after=None, **whose(post)
    )
    person = post.person
    session.delete(post)
    session.flush()
    session.expire(person, ["posts"])


def _must_say_why(reason: str) -> None:
    if not reason.strip():
        raise ServiceError("correction_reason")


def get_post(session: Session, identity: Identity, uid: str) -> Post:
    """The post with a public identifier.

    Raises:
        NotFoundError: `post_not_found`; there is none, or none that whoever asks may see.
    """
    post = session.scalar(select(Post).where(Post.uid == uid))
    if post is None or not sees_person(identity, post.person):
        raise NotFoundError("post_not_found")
    return post


def told(post: Post) -> dict[str, Any]:
    """What the audit log keeps of a post."""
    values = {name: getattr(post, name) for name in FIELDS}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def whose(post: Post) -> dict[str, str]:
    """Whose post it is, and where, for the audit log."""
    return {"person": post.person.code, "unit": post.unit.code}


def full_share_exceeded(person: Person, day: date) -> float | None:
    """The sum of the shares a person holds on a day when it is above one full post; else None."""
    total = sum(post.fte for post in person.posts if post.holds_on(day))
    return round(total, 3) if total > 1 else None


def main_post_on(session: Session, person: Person, day: date) -> Post | None:
    """The one main post that holds on a day."""
    return session.scalar(select(Post).where(Post.person_id == person.id, Post.is_main, Post.valid_on(day)))


def persons_of_unit(session: Session, unit: Unit, day: date) -> Sequence[Person]:
    """Who works or learns at a unit on a day, by given name."""
    works = select(Post.person_id).where(Post.unit_id == unit.id, Post.valid_on(day))
    learns = select(Enrolment.person_id).join(SchoolClass, SchoolClass.id == Enrolment.class_id)
    learns = learns.where(SchoolClass.unit_id == unit.id, Enrolment.valid_on(day))
    there = select(Person).where(or_(Person.id.in_(works), Person.id.in_(learns)))
    return session.scalars(there.order_by(Person.sort_name, Person.code)).all()
