"""Courses of learning platforms (LTI 1.3): their people and places, launches into them, grades to send."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.models.account import Account, Identity
from elearn.models.base import (
    CreatedAt,
    Digest,
    Document,
    Json,
    Key,
    Moment,
    Name,
    Row,
    Texts,
    Uid,
    UtcDateTime,
)
from elearn.models.course import Course
from elearn.models.learning import Placement
from elearn.models.lti import LtiDeployment
from elearn.models.people import SchoolClass


class LtiContext(Row):
    """A course of a platform. It is a class of ours only once a teacher has said which.

    `origins` are the platform's ids of the courses that it was copied from, the nearest first. `groups_url` is "" where
    the platform tells no groups.
    """

    __tablename__ = "lti_context"
    __table_args__ = (UniqueConstraint("deployment_id", "name"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    deployment_id: Mapped[int] = mapped_column(ForeignKey("lti_deployment.id"))
    name: Mapped[str] = mapped_column(String(255))  # the platform's context id
    title: Mapped[Name]
    label: Mapped[Name]
    class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"), index=True)
    mapped_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    mapped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    roster_url: Mapped[str] = mapped_column(String(2048), default="")
    roster_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    roster_code: Mapped[str] = mapped_column(String(64), default="")  # why the last reading failed
    groups_url: Mapped[str] = mapped_column(String(2048), default="")
    group_sets_url: Mapped[str] = mapped_column(String(2048), default="")
    groups_code: Mapped[str] = mapped_column(String(64), default="")  # likewise of the groups
    origins: Mapped[Texts]
    created_at: Mapped[CreatedAt]

    deployment: Mapped[LtiDeployment] = relationship()
    school_class: Mapped[SchoolClass | None] = relationship()


class LtiMember(Row):
    """Somebody of a course of a platform, known from its roster or from a launch."""

    __tablename__ = "lti_member"
    __table_args__ = (UniqueConstraint("context_id", "subject"),)

    id: Mapped[Key]
    context_id: Mapped[int] = mapped_column(ForeignKey("lti_context.id"))
    subject: Mapped[str] = mapped_column(String(255))
    display_name: Mapped[Name]
    roles: Mapped[Texts]
    is_active: Mapped[bool] = mapped_column(default=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # first launch; None: never opened
    listed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # newest roster that names them
    groups: Mapped[Texts]  # names of `LtiGroup`

    context: Mapped[LtiContext] = relationship()
    account: Mapped[Account | None] = relationship()


class LtiGroup(Row):
    """A group of a course of a platform; `set_title` is "" outside of all sets."""

    __tablename__ = "lti_group"
    __table_args__ = (UniqueConstraint("context_id", "name"),)

    id: Mapped[Key]
    context_id: Mapped[int] = mapped_column(ForeignKey("lti_context.id"))
    name: Mapped[str] = mapped_column(String(255))  # the platform's id of the group
    title: Mapped[Name]
    set_title: Mapped[Name]


class LtiLink(Row):
    """A resource link: one place in a course of a platform from which a material or a course is launched.

    `policy` says how several attempts become one grade. `line_item` is "" while the platform has named none.
    """

    __tablename__ = "lti_link"
    __table_args__ = (UniqueConstraint("deployment_id", "name"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    deployment_id: Mapped[int] = mapped_column(ForeignKey("lti_deployment.id"))
    name: Mapped[str] = mapped_column(String(255))  # the platform's resource_link id
    context_id: Mapped[int | None] = mapped_column(ForeignKey("lti_context.id"), index=True)
    title: Mapped[Name]
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"), unique=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"), index=True)
    part: Mapped[str] = mapped_column(String(255), default="")  # a single SCO or page; "" for the whole
    line_item: Mapped[str] = mapped_column(String(2048), default="")
    line_items: Mapped[str] = mapped_column(String(2048), default="")
    scopes: Mapped[Texts]
    maximum: Mapped[float] = mapped_column(default=100.0)
    tag: Mapped[str] = mapped_column(String(255), default="")
    policy: Mapped[Document]
    created_at: Mapped[CreatedAt]

    deployment: Mapped[LtiDeployment] = relationship()
    context: Mapped[LtiContext | None] = relationship()
    placement: Mapped[Placement | None] = relationship()
    course: Mapped[Course | None] = relationship()


class LtiSession(Row):
    """What a launch left for the pages behind it; beside the browser session with the same digest."""

    __tablename__ = "lti_session"

    digest: Mapped[Digest] = mapped_column(primary_key=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("lti_deployment.id"), index=True)
    identity_id: Mapped[int] = mapped_column(ForeignKey("identity.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    context_id: Mapped[int | None] = mapped_column(ForeignKey("lti_context.id"))
    link_id: Mapped[int | None] = mapped_column(ForeignKey("lti_link.id"))
    is_teaching: Mapped[bool] = mapped_column(default=False)
    locale: Mapped[str] = mapped_column(String(16), default="")
    return_url: Mapped[str] = mapped_column(String(2048), default="")
    picking: Mapped[dict[str, Any] | None] = mapped_column(Json)  # settings of a deep linking launch
    picked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # its one answer was given
    for_subject: Mapped[str] = mapped_column(String(255), default="")  # submission review: whose work
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment] = mapped_column(index=True)

    deployment: Mapped[LtiDeployment] = relationship()
    identity: Mapped[Identity] = relationship()
    account: Mapped[Account] = relationship()
    context: Mapped[LtiContext | None] = relationship()
    link: Mapped[LtiLink | None] = relationship()


class LtiConnection(Row):
    """The wish of a launched teacher to be the holder of a local account, until both sides have said so.

    The code leads from the launched page to the local sign-in; the answer code comes back to the page that launched,
    which proves that both are one browser.
    """

    __tablename__ = "lti_connection"

    id: Mapped[Key]
    code_digest: Mapped[Digest] = mapped_column(unique=True)
    session_digest: Mapped[Digest]
    identity_id: Mapped[int] = mapped_column(ForeignKey("identity.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))  # who has confirmed by local sign-in
    answer_digest: Mapped[str | None] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    identity: Mapped[Identity] = relationship()


class LtiGrade(Row):
    """The grade of a learner at a link, and how far the platform knows it. One row: the newest always wins.

    `number` rises with each change, `sent_number` is the newest that the platform has answered to; `next_at` is when
    to send, None when nothing is to be sent. `last_moment` is the time of the last score sent, which the next must
    exceed. `code` and `params` say why it was refused; a refused row waits for a person.
    """

    __tablename__ = "lti_grade"
    __table_args__ = (UniqueConstraint("link_id", "account_id"),)

    id: Mapped[Key]
    link_id: Mapped[int] = mapped_column(ForeignKey("lti_link.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    subject: Mapped[str] = mapped_column(String(255))
    share: Mapped[float | None]  # 0 to 1; None for progress without a grade
    activity: Mapped[str] = mapped_column(String(16))
    grading: Mapped[str] = mapped_column(String(16))
    number: Mapped[int] = mapped_column(default=1)
    sent_number: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_graded: Mapped[bool] = mapped_column(default=False)  # the platform has a grade: progress must not erase it
    last_moment: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    code: Mapped[str] = mapped_column(String(64), default="")
    params: Mapped[Document]
    changed_at: Mapped[CreatedAt]

    link: Mapped[LtiLink] = relationship()
    account: Mapped[Account] = relationship()
