"""The sentence for every code with which a service refuses (`ServiceError.code`)."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any

from flask_babel import format_date, gettext, lazy_gettext, ngettext

from elearn.web.fetch_words import FETCHING
from elearn.web.installed_words import REFUSED as REFUSED_INSTALLED
from elearn.web.lti.grade_words import UNDELIVERED
from elearn.web.lti.launch_words import LAUNCHING
from elearn.web.lti.teaching_words import TEACHING
from elearn.web.platform_words import REFUSED
from elearn.web.safety_words import FILES
from elearn.web.shared_sentences import SHARED
from elearn.web.software_words import REFUSED as REFUSED_SOFTWARE
from elearn.web.taught_words import TAUGHT_REFUSED
from elearn.web.version_words import REFUSED as VERSIONS_REFUSED
from elearn.web.wish_words import WISH_REFUSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearn.services.errors import ServiceError

_MAY_NOT = lazy_gettext("Your account has no permission for this. Ask the administrator of your school if you need it.")

REFUSALS: Mapping[str, Any] = {
    # Who may
    "may_not": _MAY_NOT,
    "may_not_contribute": lazy_gettext("Your account may not add materials to this unit."),
    "may_not_play": lazy_gettext("Sign in with an account that may see this material to play it."),
    # Accounts and passwords
    "wrong_login_or_password": lazy_gettext("Login or password is not right."),
    **{code: lazy_gettext(sentence) for code, sentence in SHARED.items()},
    "password_short": lazy_gettext("The new password needs at least %(length)s characters."),
    "password_long": lazy_gettext("The new password may have at most %(length)s characters."),
    "password_login": lazy_gettext("The new password must not be the login."),
    "password_common": lazy_gettext("Many people use this password; it would be guessed. Choose another one."),
    "password_same": lazy_gettext("The new password is the one you have now. Choose another one."),
    "password_wrong": lazy_gettext("The current password is not right."),
    "account_not_found": lazy_gettext("This account does not exist, or it is not within your reach."),
    "account_own": lazy_gettext("You cannot disable your own account. Ask another administrator."),
    "account_of_person": lazy_gettext("%(person)s already has the account %(login)s."),
    "role_last_administrator": lazy_gettext(
        "This is the last administrator here. Make somebody else administrator first."
    ),
    "email_needed": lazy_gettext("Enter an e-mail address first, or print the invitation."),
    "mail_not_set_up": lazy_gettext(
        "This library sends no mail yet. Print the invitation, or ask the operator to set ELEARN_SMTP_URL."
    ),
    "invitation_over": lazy_gettext(
        "This invitation has been used or is older than two weeks. Ask your school for a new one."
    ),
    "person_not_found": lazy_gettext("Nobody in the register has the code %(person)s."),
    "unit_not_found": lazy_gettext("There is no such unit, or it is not within your reach."),
    "name_needed": lazy_gettext("Enter a name, or the code of a person of the register."),
    "email_form": lazy_gettext("This is no e-mail address."),
    "role_not_found": lazy_gettext("The account does not hold this role any more. Reload the page."),
    "setup_expired": lazy_gettext(
        "This set-up link has been used or is older than a day. Start the server again to get a new one."
    ),
    # Materials
    "material_not_found": lazy_gettext("This material does not exist, or your account may not see it."),
    "file_not_found": lazy_gettext("This file does not exist in the material."),
    "title_needed": lazy_gettext("The material needs a title."),
    "not_independent": lazy_gettext(
        "You have made or changed this material, so somebody else must review it: nobody approves their own words."
    ),
    "public_needs_others": lazy_gettext(
        "A published material is opened to everybody by a manager of the unit who is not its author."
    ),
    "draft_in_use": lazy_gettext(
        "Others have already used this draft, so it cannot be deleted. Withdraw it instead: its history is kept."
    ),
    "level_needed": lazy_gettext("Say for which level the material is before you submit it."),
    "licence_needed": lazy_gettext("Say under which licence the material may be used before you submit it."),
    "licence_source_needed": lazy_gettext(
        "It belongs to somebody else: say whose it is and who has permitted its use before you submit it."
    ),
    "licence_expired": lazy_gettext("The permission has ended. Renew it and enter its new last day, or leave it out."),
    "duration_out_of_range": lazy_gettext("The duration is between 1 and %(most)s minutes."),
    "bulk_none": lazy_gettext("Choose at least one material."),
    "bulk_too_many": lazy_gettext("At most %(most)s materials can be changed at once."),
    "reason_needed": lazy_gettext("Write a reason, so that the author knows what to change."),
    "unknown_level": lazy_gettext("There is no level %(value)s."),
    "unknown_grade": lazy_gettext("There is no grade %(value)s."),
    "unknown_subject": lazy_gettext("There is no subject %(value)s."),
    "grade_of_other_level": lazy_gettext("The grade %(value)s belongs to none of the chosen levels."),
    "wrong_status": lazy_gettext("The material has moved on in the meantime. Reload the page."),
    **VERSIONS_REFUSED,
    # Uploads in parts
    "captions_unreadable": lazy_gettext(
        "There are no captions in this file. Choose a .vtt or .srt file of at most 1 MB."
    ),
    "captions_language": lazy_gettext("Choose the language of the captions."),
    "captions_not_here": lazy_gettext("Only films and sounds have captions."),
    "captions_not_found": lazy_gettext("There are no captions in this language any more."),
    "upload_not_found": lazy_gettext("There is no such upload; perhaps it was finished or cancelled in another tab."),
    "upload_expired": lazy_gettext("This upload was not continued for too long and is kept no more. Start it again."),
    "upload_busy": lazy_gettext("This file is being sent or checked at this moment, perhaps in another tab."),
    "upload_offset": lazy_gettext("Of this file %(offset)s bytes are here; go on from there."),
    "upload_too_long": lazy_gettext("More was sent than the file has. Start the upload again."),
    "upload_too_large": lazy_gettext("A file may have at most %(limit)s."),
    "upload_checksum": lazy_gettext("This part of the file was damaged on its way. Send it again."),
    "upload_incomplete": lazy_gettext("This file has not arrived whole yet. Send the rest first."),
    "upload_too_many": lazy_gettext(
        "You have %(most)s files under way. Finish or cancel one of them before you start another."
    ),
    **FILES,
    **FETCHING,
    # Sheets that describe many materials
    "sheet_needed": lazy_gettext("Choose a sheet first."),
    "sheet_names_nothing": lazy_gettext(
        "No row names a file or an address. The sheet needs a row of headings, among them “Tên tệp” or “Địa chỉ”."
    ),
    "table_unreadable": lazy_gettext("This is no sheet that can be read. Save it as XLSX or as CSV in UTF-8."),
    "table_old_excel": lazy_gettext("This is a sheet of an old Excel (XLS). Save it as XLSX and choose it again."),
    "table_large": lazy_gettext("The sheet is too large. Split it into several ones."),
    # Saved searches
    "search_empty": lazy_gettext("There is nothing to keep: enter a word or narrow the results down first."),
    "search_long": lazy_gettext("The question is too long to be kept."),
    "searches_full": lazy_gettext("At most %(most)s searches are kept. Remove one first."),
    "feed_not_found": lazy_gettext(
        "This feed has ended or has another address now. Its owner finds it under “Saved searches”."
    ),
    "wish_empty": lazy_gettext(
        "Only words can be passed on as a wish: at most %(most)s characters, no addresses, no numbers of people."
    ),
    "search_not_found": lazy_gettext("This search is not kept any more, or it is not yours."),
    # Learning
    "not_playable": lazy_gettext("Material of this kind cannot be played, only downloaded."),
    "file_not_in_package": lazy_gettext(
        "The lesson asks for a file that is not in its package: %(path)s. "
        "Tell the teacher who uploaded it: it has to be published anew from the authoring tool."
    ),
    "attempt_not_found": lazy_gettext("This attempt does not exist, or it is not yours."),
    "attempt_ended": lazy_gettext("This attempt has ended. Open the lesson again to start a new one."),
    "launch_ended": lazy_gettext("This launch has ended. Open the lesson again from the library."),
    "lease_lost": lazy_gettext("The lesson is open in another window, which keeps the progress now."),
    "code_not_found": lazy_gettext("This address has expired. Open the lesson again from the library."),
    "code_used": lazy_gettext("This address works only once. Open the lesson again from the library."),
    "token_unknown": lazy_gettext("The lesson is not connected any more. Open it again from the library."),
    "signed_out": lazy_gettext(
        "You were signed out. Sign in again to go on; what was not saved yet is kept on this device until then."
    ),
    "launch_over": lazy_gettext(
        "This opening has ended. Open the activity again where you came from, for example in Moodle; what was not "
        "saved yet is kept on this device until then."
    ),
    "token_expired": lazy_gettext("The lesson was open for too long. Open it again from the library."),
    "commit_malformed": lazy_gettext("The lesson sent progress that cannot be read (%(field)s)."),
    "commit_too_large": lazy_gettext("The lesson sent more progress at once than can be kept; nothing was changed."),
    "calls_malformed": lazy_gettext("The record of calls cannot be read; nothing was kept."),
    "calls_unwanted": lazy_gettext("Nobody has asked for a record of the calls of this attempt."),
    "play_option_malformed": lazy_gettext("The player has no option “%(option)s” with such a value."),
    "number_ahead": lazy_gettext("The lesson sent message %(number)s after message %(last)s; nothing was changed."),
    "request_malformed": lazy_gettext("The lesson asked for a step that does not exist."),
    # Acts and their voids
    "act_not_found": lazy_gettext("This act does not exist, or your account may not see it."),
    "act_void_already": lazy_gettext("The act is void already."),
    "act_not_void": lazy_gettext("The act is not void, so there is nothing to restore."),
    "own_act": lazy_gettext("Nobody decides over their own acts. Ask the office above your school."),
    "person_needed": lazy_gettext("Only a person with an account may decide this."),
    "void_reason_needed": lazy_gettext("Write a reason; the teacher reads it."),
    # Teaching
    "teach_class_not_found": lazy_gettext(
        "You may only teach classes of a school where you have a post or an assignment. Choose one of the list."
    ),
    "teach_period": lazy_gettext("The lesson period is a number from 1 to 12."),
    "teach_session_not_found": lazy_gettext("This teaching session does not exist, or it is not yours."),
    # Co-authors
    "coauthor_person_not_found": lazy_gettext(
        "This person is not in the register of your school or the offices above."
    ),
    "coauthor_is_author": lazy_gettext("%(person)s is the author already."),
    "coauthor_named_already": lazy_gettext("%(person)s is named already."),
    "coauthor_declined": lazy_gettext("%(person)s has declined to be a co-author of this material."),
    "coauthor_too_many": lazy_gettext("A material has at most %(most)s co-authors."),
    "coauthor_not_draft": lazy_gettext("Co-authors are named and removed only before the material is submitted."),
    "coauthor_not_found": lazy_gettext("Nobody has named you as co-author of this material."),
    "coauthor_answered": lazy_gettext("You have answered this already."),
    # Courses
    "course_not_found": lazy_gettext("This course does not exist, or it is not open to you."),
    "course_item_not_found": lazy_gettext("This item is not in the course any more. Reload the page."),
    "course_class_not_found": lazy_gettext("There is no such class in this course."),
    "course_title_needed": lazy_gettext("A title needs 1 to %(length)s characters."),
    "course_item_twice": lazy_gettext("“%(title)s” is already in the course."),
    "course_material_withdrawn": lazy_gettext("“%(title)s” has been withdrawn and cannot be added."),
    "course_full": lazy_gettext("A course has at most %(count)s items."),
    "course_direction": lazy_gettext("An item moves up or down."),
    "course_day_form": lazy_gettext("Enter a day, for example 20/11/2026."),
    "course_dates_reversed": lazy_gettext("The last day lies before the first one."),
    "attempts_range": lazy_gettext("A learner may have 0 (any number) to %(most)s attempts."),
    "class_of_other_school": lazy_gettext(
        "Class %(name)s belongs to another school. Copy the course to that school to use it there."
    ),
    "class_not_yours": lazy_gettext(
        "You are not assigned to class %(name)s. The head of the school can open the course to it."
    ),
    "class_of_past_year": lazy_gettext("Class %(name)s belongs to a school year that is over."),
    "class_open_already": lazy_gettext("The course is already open to class %(name)s."),
    "course_closed": lazy_gettext("The course is closed."),
    "course_not_open": lazy_gettext("The course is not open, so it cannot be closed."),
    "course_not_closed": lazy_gettext("The course is not closed, so it cannot be opened again."),
    "course_not_begun": lazy_gettext("The course opens for your class on %(day)s."),
    "course_over": lazy_gettext("The course was open to your class until %(day)s."),
    "course_item_not_yet": lazy_gettext("“%(title)s” opens on %(day)s."),
    "course_item_unavailable": lazy_gettext("“%(title)s” cannot be opened at the moment. Tell your teacher."),
    "attempts_used_up": lazy_gettext("You have used all %(allowed)s attempts. Your teacher can give you another one."),
    "no_content_origin": lazy_gettext(
        "Files cannot be opened at this address yet. The operator must set ELEARN_CONTENT_ORIGIN."
    ),
    "colleague_not_found": lazy_gettext("Only teachers of the same unit can teach the course with you."),
    "course_teachers_full": lazy_gettext("A course has at most %(count)s teachers."),
    "course_owner_stays": lazy_gettext("The owner of a course stays its teacher."),
    "learner_not_found": lazy_gettext("This learner is not in the class."),
    "learner_without_account": lazy_gettext("%(person)s has no account yet and could not read it."),
    "feedback_needed": lazy_gettext("Write something, or give a score."),
    "score_range": lazy_gettext("A score is a number from 0 to 10, for example 8,5."),
    "nothing_to_reset": lazy_gettext("There is no attempt to take back."),
    "reset_unconfirmed": lazy_gettext("Tick the box to say that the learner is to begin anew."),
    # Learning platforms
    **LAUNCHING,
    # Teachers inside learning platforms
    **TEACHING,
    **REFUSED,
    **REFUSED_SOFTWARE,
    **REFUSED_INSTALLED,
    **TAUGHT_REFUSED,
    **WISH_REFUSED,
    # Units and people
    "unit_parent_absent": lazy_gettext("The unit above, %(unit)s, does not exist on %(day)s."),
    "unit_code_taken": lazy_gettext("The unit code %(unit)s is taken."),
    "unit_cycle": lazy_gettext("A unit cannot stand below itself (%(day)s)."),
    "unit_changed": lazy_gettext(
        "Somebody changed this unit while you were looking at it. Nothing was overwritten: look at it again, then send."
    ),
    "unit_code_form": lazy_gettext(
        "A unit code has at most 32 letters without marks, digits, dots, hyphens, and begins with a letter or digit."
    ),
    "unit_nameless": lazy_gettext("A unit needs a name with letters in it."),
    "unit_name_long": lazy_gettext("A name has at most %(most)s characters."),
    "day_range": lazy_gettext("A day must lie between %(first)s and %(last)s."),
    "overtaken": lazy_gettext("Somebody else entered the same in this moment. Look again, then repeat your change."),
    "group_not_found": lazy_gettext("This group does not exist."),
    "group_code_taken": lazy_gettext("The group code %(group)s is taken."),
    "group_span": lazy_gettext("These days do not fit: the end lies before the beginning, or outside the membership."),
    "group_member_twice": lazy_gettext("The unit %(unit)s is in the group already on some of these days."),
    "unit_still_has_posts": lazy_gettext("The unit %(unit)s still has posts on %(day)s."),
    "unit_still_has_units": lazy_gettext("The unit %(unit)s still has units below it on %(day)s."),
    "period_unknown": lazy_gettext("No period has the code %(period)s."),
    "person_code_taken": lazy_gettext("The personal code %(person)s is taken."),
    "person_unknown": lazy_gettext("This person does not exist, or is not within your reach."),
    "person_changed": lazy_gettext(
        "Somebody changed this person while you were looking. Nothing was overwritten: look again, then send."
    ),
    "person_code_form": lazy_gettext("A personal code has at most 32 letters without marks, digits, dots, hyphens."),
    "person_code_other": lazy_gettext(
        "The personal code %(person)s belongs to somebody of another name. Compare code and name with the papers."
    ),
    "person_name_long": lazy_gettext("A name has at most %(most)s characters."),
    "post_not_found": lazy_gettext("This post does not exist, or is not within your reach."),
    "leave_not_found": lazy_gettext("This leave does not exist any more."),
    "leave_overlap": lazy_gettext("%(person)s is on leave already on %(day)s. Change the end of that leave instead."),
    "correction_reason": lazy_gettext("Write a reason; it is kept with the change."),
    "transfer_not_found": lazy_gettext("This request does not exist, or is not within your reach."),
    "transfer_not_main": lazy_gettext("Only a main post is transferred. End the second post instead."),
    "transfer_same_unit": lazy_gettext("The person works at this unit already."),
    "transfer_day": lazy_gettext("On the day before %(day)s the person does not hold this post; choose another day."),
    "transfer_asked": lazy_gettext("A transfer of %(person)s waits already. Take it back first."),
    "transfer_settled": lazy_gettext("This request has been answered or taken back in the meantime."),
    "transfer_overtaken": lazy_gettext(
        "The post changed since the transfer was asked for. Decline it, and let the other unit ask again."
    ),
    "paste_empty": lazy_gettext("There is no line in the list."),
    "paste_too_long": lazy_gettext("The list has %(lines)s lines; paste at most %(most)s at once."),
    "paste_unreadable": lazy_gettext("Line %(line)s cannot be read: a quotation mark is opened and never closed."),
    "paste_heading_missing": lazy_gettext("The heading %(column)s is missing in the first line."),
    "paste_faulty": lazy_gettext("Some lines have mistakes; nothing was changed."),
    "person_nameless": lazy_gettext("A person needs a name."),
    "class_not_found": lazy_gettext("This class does not exist, or it is not within your reach."),
    "class_nameless": lazy_gettext("A class needs a name of at most 64 characters."),
    "pupil_not_found": lazy_gettext("This pupil is not in the class. Reload the page."),
    "teacher_not_here": lazy_gettext("Nobody with the code %(person)s works at this school on that day."),
    "assignment_not_found": lazy_gettext("This assignment does not exist any more. Reload the page."),
    "nobody_to_give_logins": lazy_gettext(
        "Everybody here can sign in already. Choose the pupils who need new passwords."
    ),
    "check_busy": lazy_gettext(
        "Another package is being checked just now. Wait %(seconds)s seconds and send yours again."
    ),
    "paste_problems": lazy_gettext("Some lines need correcting first; nothing was changed."),
    "day_form": lazy_gettext("“%(value)s” is no day. Write it like 5/9/2026."),
    "class_name_taken": lazy_gettext("There is already a class %(name)s in that school year."),
    "post_span": lazy_gettext("The post ends before it begins."),
    "post_fte": lazy_gettext("The share of a full post must be above 0 and at most 1."),
    "post_not_agreed": lazy_gettext(
        "%(person)s belongs to another unit. Ask an officer above both units to enter the post, "
        "or that unit to transfer the person to yours."
    ),
    "post_second_main": lazy_gettext("%(person)s already has a main post on %(day)s."),
    "leave_span": lazy_gettext("The leave ends before it begins."),
    "enrolment_span": lazy_gettext("The enrolment ends before it begins."),
    "enrolment_of_staff": lazy_gettext("%(person)s holds a post on %(day)s, and is no pupil then."),
    "enrolment_second_class": lazy_gettext("%(person)s is already in a class on %(day)s."),
    "assignment_span": lazy_gettext("The assignment ends before it begins."),
    **UNDELIVERED,
}


def refusal(error: ServiceError) -> str:
    """What a refusal of a service says to the person who asked, in the language of the request."""
    if error.code == "too_often":
        minutes = ceil(error.params["seconds"] / 60)
        return ngettext(
            "Too many attempts. Try again in %(num)s minute.",
            "Too many attempts. Try again in %(num)s minutes.",
            minutes,
        )
    sentence = REFUSALS.get(error.code)
    if sentence is None:
        return gettext("This cannot be done.")
    return str(sentence) % {name: _shown(value) for name, value in error.params.items()}


def _shown(value: Any) -> Any:
    return format_date(value, "short") if isinstance(value, date) else value
