"""Words for roles of posts, contracts and kinds of leave; what forms of a person share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, url_for
from flask_babel import format_decimal, gettext, lazy_gettext

from elearn.models.people import Contract, LeaveKind, PostRole, TransferState
from elearn.services.people import hold_person, seen_person
from elearn.services.people.persons import home_post
from elearn.web.administration.fields import shown
from elearn.web.administration.steps import Step, was_seen
from elearn.web.labels import LEVELS
from elearn.web.organisation.words import trail_to

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from elearn.models.people import Person, Post
    from elearn.web.forms import Form
    from elearn.web.programme import Programme

POST_ROLES: Mapping[str, Any] = {
    PostRole.TEACHER: lazy_gettext("Teacher"),
    PostRole.MANAGER: lazy_gettext("School management"),
    PostRole.STAFF: lazy_gettext("Support staff"),
}
CONTRACTS: Mapping[str, Any] = {
    Contract.PERMANENT: lazy_gettext("Permanent"),
    Contract.CONTRACT: lazy_gettext("By contract"),
    Contract.VISITING: lazy_gettext("Visiting"),
}
LEAVE_KINDS: Mapping[str, Any] = {
    LeaveKind.MATERNITY: lazy_gettext("Maternity"),
    LeaveKind.STUDY: lazy_gettext("Study"),
    LeaveKind.SECONDMENT: lazy_gettext("Secondment"),
    LeaveKind.SICKNESS: lazy_gettext("Sickness"),
    LeaveKind.OTHER: lazy_gettext("Other reason"),
}
TRANSFER_STATES: Mapping[str, Any] = {
    TransferState.ASKED: lazy_gettext("waits for the receiving unit"),
    TransferState.ACCEPTED: lazy_gettext("accepted"),
    TransferState.DECLINED: lazy_gettext("declined"),
    TransferState.WITHDRAWN: lazy_gettext("withdrawn"),
}


def work_of(post: Any, programme: Programme) -> str:
    """What a post is, in words: role, level, subject, share of a full post."""
    parts = [str(POST_ROLES[post.role])]
    parts += [str(LEVELS[post.level])] if post.level else []
    parts += [programme.subject(post.subject_code)] if post.subject_code else []
    parts += [] if post.fte == 1 else [gettext("%(share)s of a full post", share=format_decimal(post.fte))]
    return ", ".join(parts)


def person_address(person: Person) -> str:
    """The address of a person's page."""
    return url_for("register.person", uid=person.uid)


def trail_of(person: Person, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way over the unit of the main post to a person."""
    home = home_post(g.db, person)
    here = (person.full_name, person_address(person))
    if home is None:
        return [(gettext("Administration"), url_for("admin.start")), here, *more]
    staff = (gettext("Staff"), url_for("register.staff", uid=home.unit.uid))
    return trail_to(home.unit, staff, here, *more)


def person_step(
    person: Person, title: str, form: Form, told: Callable[[], list[str]], change: Callable[[], Any], **more: Any
) -> Step:
    """A step that changes what the register says of a person, if nobody else has changed it meanwhile."""
    address = person_address(person)

    def apply() -> str:
        hold_person(g.db, person, was_seen())
        change()
        return address

    return Step(
        title=f"{title}: {person.full_name}",
        form=form,
        told=told,
        apply=apply,
        back=address,
        trail=trail_of(person, (title, "")),
        seen=lambda: seen_person(g.db, person),
        **{"done": gettext("Saved."), **more},
    )


def days_of(row: Any) -> str:
    """The days of a dated row."""
    return f"{shown(row.valid_from)} – {shown(row.valid_to)}"


def post_title(post: Post) -> str:
    """A post by its unit and days."""
    return f"{post.unit.name}, {days_of(post)}"
