"""The sentences for what teachers do inside a platform: picking, linking their account, naming the class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

TEACHING: Mapping[str, Any] = {
    # Picking
    "lti_not_picking": lazy_gettext(
        "Nothing is being chosen here. Choose the content in the settings of the activity in your course."
    ),
    "lti_choice_not_found": lazy_gettext("This is not in the library any more, or not open to your school."),
    "lti_picked_already": lazy_gettext(
        "The selection of this window has gone back to the course already. Open the library once more from there to "
        "choose something else."
    ),
    "lti_links_refused": lazy_gettext("Your platform takes no activities here."),
    "lti_too_many": lazy_gettext(
        "At most %(most)s things go into the course at once. Put these in, then open the library once more."
    ),
    "lti_no_key": lazy_gettext(
        "The library has no signing key yet, so it cannot answer your platform. Tell the administrator of the library."
    ),
    # The class
    "lti_teachers_only": lazy_gettext("Only teachers of the course see this page."),
    "lti_learner_not_found": lazy_gettext("Nobody with this address has worked here. Go back to the results."),
    "lti_no_roster": lazy_gettext("Your platform does not say where the list of this course is."),
    # Linking
    "lti_connect_teachers_only": lazy_gettext("Only teachers of the course link their account."),
    "lti_connected_already": lazy_gettext("This teacher is linked to an account already."),
    "lti_not_connected": lazy_gettext("This teacher is linked to no account."),
    "lti_connect_over": lazy_gettext(
        "This link is used up or older than ten minutes. Go back to your course and begin once more."
    ),
    "lti_connect_sign_in_again": lazy_gettext(
        "Somebody had signed in on this computer before. Sign in once more, so that nobody else's account is linked."
    ),
    "lti_connect_not_teacher": lazy_gettext(
        "Only the account of a teacher at a school of this platform can be linked."
    ),
    "lti_connect_wrong": lazy_gettext("This is not the code that the other window shows. Look once more."),
    "lti_connect_other_browser": lazy_gettext(
        "This browser did not open the activity itself, or it keeps nothing in the page of your course. Open the "
        "activity once more, in a new window if need be, and begin again; or let the administrator of the library link "
        "you."
    ),
    "lti_person_not_found": lazy_gettext("The platform has named nobody like this."),
    "lti_map_needs_teacher": lazy_gettext(
        "Only a teacher whose account is linked says which class this is, and only for classes of the own school."
    ),
}
