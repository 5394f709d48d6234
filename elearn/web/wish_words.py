"""The words of requests for software, trials and ratings: states, steps, criteria, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

from elearn.models.software_request import RequestState, RequestStep

if TYPE_CHECKING:
    from collections.abc import Mapping

STATES: Mapping[str, Any] = {
    RequestState.ASKED.value: lazy_gettext("asked for"),
    RequestState.GROUP.value: lazy_gettext("supported by a subject group"),
    RequestState.SCHOOL.value: lazy_gettext("supported by a school, waits for the decision"),
    RequestState.TRIAL.value: lazy_gettext("on trial at schools"),
    RequestState.APPROVED.value: lazy_gettext("request approved"),
    RequestState.DECLINED.value: lazy_gettext("request declined"),
    RequestState.WITHDRAWN.value: lazy_gettext("nobody asks for it any more"),
    RequestState.MERGED.value: lazy_gettext("goes on as another request"),
}
STATE_TAGS: Mapping[str, str] = {
    RequestState.SCHOOL.value: "tag-warning",
    RequestState.TRIAL.value: "tag-info",
    RequestState.APPROVED.value: "tag-good",
    RequestState.DECLINED.value: "tag-error",
}
STEPS: Mapping[str, Any] = {
    RequestStep.ASKED.value: lazy_gettext("Asked for it"),
    RequestStep.JOINED.value: lazy_gettext("Wants it too"),
    RequestStep.LEFT.value: lazy_gettext("Took the wish back"),
    RequestStep.GROUP_YES.value: lazy_gettext("The subject group supports it"),
    RequestStep.GROUP_NO.value: lazy_gettext("The subject group does not support it"),
    RequestStep.SCHOOL_YES.value: lazy_gettext("The school supports it"),
    RequestStep.SCHOOL_NO.value: lazy_gettext("The school does not support it"),
    RequestStep.TRIAL.value: lazy_gettext("A trial was arranged"),
    RequestStep.APPROVED.value: lazy_gettext("Request approved"),
    RequestStep.DECLINED.value: lazy_gettext("Request declined"),
    RequestStep.MERGED.value: lazy_gettext("Joined with"),
}
# What a department looks at unless it has asked for something else before.
CRITERIA = (
    (lazy_gettext("Fits the programme of the subject"), 20),
    (lazy_gettext("Correct in content"), 20),
    (lazy_gettext("Pupils learn better with it"), 20),
    (lazy_gettext("Easy to use for teachers and pupils"), 20),
    (lazy_gettext("Runs on the machines of the school"), 10),
    (lazy_gettext("In Vietnamese, safe, without advertising"), 10),
)
WISH_ACTIONS: Mapping[str, Any] = {
    "request.ask": lazy_gettext("Asked for a program"),
    "request.join": lazy_gettext("Joined a request for a program"),
    "request.leave": lazy_gettext("Took back a request for a program"),
    "request.support": lazy_gettext("Spoke for a group or school about a request"),
    "request.approve": lazy_gettext("Approved a request for a program"),
    "request.decline": lazy_gettext("Declined a request for a program"),
    "request.merge": lazy_gettext("Joined two requests for a program"),
    "trial.start": lazy_gettext("Arranged a trial of a program"),
    "trial.report": lazy_gettext("Reported on a trial of a program"),
    "title.rate": lazy_gettext("Rated a program"),
    "title.unrate": lazy_gettext("Removed a rating of a program"),
}
WISH_REFUSED: Mapping[str, Any] = {
    "ask_elsewhere": lazy_gettext("You can only ask in the name of a school where you teach or which you manage."),
    "ask_nameless": lazy_gettext("Enter the name of the program."),
    "ask_reason": lazy_gettext("Say in a few words what your class would do with it."),
    "ask_levels": lazy_gettext("Say for which levels the program is."),
    "ask_approved": lazy_gettext("“%(title)s” is approved for your school already. You find it in the catalogue."),
    "voice_twice": lazy_gettext("You have asked for “%(name)s” already."),
    "voice_not_found": lazy_gettext("You do not ask for this program."),
    "request_over": lazy_gettext("The request for “%(name)s” has been answered; nothing more can be changed about it."),
    "request_not_found": lazy_gettext("There is no such request."),
    "request_unsupported": lazy_gettext("No school stands behind the request for “%(name)s” yet."),
    "support_not_yours": lazy_gettext(
        "You can only speak for the group you lead or the school you manage, and not for a wish that is yours alone."
    ),
    "support_reason": lazy_gettext("Say why it is not supported; whoever asked reads it."),
    "support_same": lazy_gettext("This is what was said last. Nothing was changed."),
    "decide_reason": lazy_gettext("Write the reason of the decision; whoever asked reads it."),
    "merge_itself": lazy_gettext("A request cannot be joined with itself."),
    "trial_span": lazy_gettext("The trial would end before it begins. Correct one of the two days."),
    "trial_long": lazy_gettext("A trial lasts at most %(days)s days."),
    "trial_schools": lazy_gettext("Name between 1 and %(most)s schools, each once."),
    "trial_school": lazy_gettext("%(unit)s is no school below the unit that decides."),
    "trial_criteria": lazy_gettext(
        "Enter between 1 and %(most)s criteria, each once, with a highest score from 1 to %(highest)s."
    ),
    "trial_not_found": lazy_gettext("There is no such trial at a school of yours."),
    "trial_early": lazy_gettext("The trial begins on %(day)s. It is reported on from then on."),
    "trial_closed": lazy_gettext("Reports on this trial were taken until %(day)s."),
    "trial_scores": lazy_gettext("Give each criterion a whole number of points, not more than its highest score."),
    "rating_needs_lesson": lazy_gettext(
        "Only who has taught with a program rates it: declare a lesson, and have it countersigned."
    ),
    "rating_stars": lazy_gettext("Choose between 1 and 5."),
    "rating_reason": lazy_gettext("Say why this rating is removed."),
    "rating_not_found": lazy_gettext("There is no such rating any more."),
}
