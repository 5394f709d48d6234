"""The words of lessons taught with software: their countersignature, subject groups, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

from elearn.models.usage import SignStep

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGN_STEPS: Mapping[str, Any] = {
    SignStep.SIGNED.value: lazy_gettext("countersigned"),
    SignStep.REFUSED.value: lazy_gettext("not countersigned"),
    SignStep.WITHDRAWN.value: lazy_gettext("withdrawn by the teacher"),
}
SIGN_TAGS: Mapping[str, str] = {
    SignStep.SIGNED.value: "tag-good",
    SignStep.REFUSED.value: "tag-error",
    SignStep.WITHDRAWN.value: "",
}
TAUGHT_ACTIONS: Mapping[str, Any] = {
    "act.signed": lazy_gettext("Countersigned a lesson"),
    "act.refused": lazy_gettext("Did not countersign a lesson"),
    "act.withdrawn": lazy_gettext("Withdrew a declared lesson"),
    "subject_group.create": lazy_gettext("Made a subject group"),
    "subject_group.edit": lazy_gettext("Changed a subject group"),
    "subject_group.close": lazy_gettext("Ended a subject group"),
    "subject_group.seat": lazy_gettext("Named somebody to a subject group"),
    "subject_group.unseat": lazy_gettext("Ended somebody's seat in a subject group"),
}
TAUGHT_REFUSED: Mapping[str, Any] = {
    "use_no_person": lazy_gettext(
        "Your account is not linked to a person of the register, so a lesson of yours could not count. "
        "Ask your school's administrator."
    ),
    "use_no_post": lazy_gettext("The register has no post of yours on that day, so the lesson could not count."),
    "use_ahead": lazy_gettext("A lesson is declared once it has been given, not for a day to come."),
    "use_late": lazy_gettext(
        "The lesson is more than %(days)s days ago: nobody could countersign it in time, so it would not count."
    ),
    "use_day": lazy_gettext("Enter the day of the lesson, such as 20/11/2026."),
    "use_no_title": lazy_gettext("Choose the program from the list."),
    "use_no_pupils": lazy_gettext("Nobody is enrolled in this class on that day."),
    "use_not_approved": lazy_gettext(
        "“%(title)s” was neither approved for your school nor on trial there on that day. Choose another title, or "
        "ask for this one."
    ),
    "use_twice": lazy_gettext("You have declared “%(title)s” for this class and day already."),
    "use_counted": lazy_gettext("“%(title)s” in this class counts for that day already, by teach mode."),
    "own_act_sign": lazy_gettext(
        "Nobody countersigns their own lesson. Another leader of the school or the head does it."
    ),
    "not_own_act": lazy_gettext("You can only withdraw what you have declared yourself."),
    "may_not_sign": lazy_gettext(
        "You may countersign lessons of teachers of the group you lead, or of the school you manage, and no others."
    ),
    "sign_none": lazy_gettext("Choose at least one lesson."),
    "sign_already": lazy_gettext("One of these lessons has been countersigned already. Reload the page."),
    "sign_refused": lazy_gettext("One of these lessons has been refused already. Reload the page."),
    "sign_withdrawn": lazy_gettext("The teacher has withdrawn this lesson; nothing more is decided about it."),
    "sign_void": lazy_gettext("This lesson was declared void. It has to be restored first."),
    "sign_late": lazy_gettext(
        "This lesson had to be countersigned by %(day)s. A later countersignature would not count."
    ),
    "subject_group_not_found": lazy_gettext("There is no such subject group."),
    "subject_group_twice": lazy_gettext("The unit has a subject group “%(name)s” already."),
    "subject_group_closed": lazy_gettext("The subject group “%(name)s” has ended."),
    "seat_person": lazy_gettext("Nobody with this code works at the unit as a teacher or manager on that day."),
    "seat_twice": lazy_gettext("%(name)s has this seat in the group already."),
    "seat_most": lazy_gettext("A group has at most %(most)s named members."),
    "seat_not_found": lazy_gettext("There is no such seat in the group any more."),
}
