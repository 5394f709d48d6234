"""The words of the catalogue of teaching software: kinds of licence, money, decisions, targets, and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import format_decimal, gettext, lazy_gettext

from elearn.models.software import LicenceKind, Money, Outcome, QuotaKind

if TYPE_CHECKING:
    from collections.abc import Mapping

LICENCE_KINDS: Mapping[str, Any] = {
    LicenceKind.FREE: lazy_gettext("Free of charge"),
    LicenceKind.OPEN_SOURCE: lazy_gettext("Open source"),
    LicenceKind.SITE: lazy_gettext("Whole unit: every machine of the unit that bought it"),
    LicenceKind.SEATS: lazy_gettext("Seats: a number of machines"),
    LicenceKind.PROVINCE: lazy_gettext("The unit and all below: every machine"),
}
SHORT_LICENCE_KINDS: Mapping[str, Any] = {
    LicenceKind.FREE: lazy_gettext("Free of charge"),
    LicenceKind.OPEN_SOURCE: lazy_gettext("Open source"),
    LicenceKind.SITE: lazy_gettext("Whole unit"),
    LicenceKind.SEATS: lazy_gettext("By seats"),
    LicenceKind.PROVINCE: lazy_gettext("Whole province"),
}
MONEY: Mapping[str, Any] = {
    Money.BUDGET: lazy_gettext("State budget"),
    Money.SCHOOL: lazy_gettext("The school's own income"),
    Money.SOCIAL: lazy_gettext("Contributions of society"),
    Money.PROJECT: lazy_gettext("Project or donor"),
    Money.OTHER: lazy_gettext("Other money"),
}
OUTCOMES: Mapping[str, Any] = {
    Outcome.APPROVED: lazy_gettext("Approved"),
    Outcome.DECLINED: lazy_gettext("Declined"),
    Outcome.ENDED: lazy_gettext("No longer recommended"),
}
QUOTA_KINDS: Mapping[str, Any] = {
    QuotaKind.LEVEL: lazy_gettext("so many titles in all"),
    QuotaKind.INCREMENT: lazy_gettext("so many titles more"),
}
FILE_FINDINGS: Mapping[str, Any] = {
    "file_version_differs": lazy_gettext("The file names another version."),
    "file_vendor_differs": lazy_gettext("The file names another vendor."),
}
REFUSED: Mapping[str, Any] = {
    "title_not_found": lazy_gettext("There is no such title of software, or your account may not see it."),
    "title_twice": lazy_gettext("The catalogue of this unit has “%(title)s” of this vendor already. Edit that one."),
    "web_address": lazy_gettext("“%(address)s” is no web address. It begins with http:// or https://."),
    "guide_itself": lazy_gettext("A title is not its own guide. Choose another material."),
    "guide_twice": lazy_gettext("“%(title)s” is attached already."),
    "guide_most": lazy_gettext("At most %(most)s materials can be attached. Take one away first."),
    "licence_span": lazy_gettext("The licence would end before it begins. Correct one of the two days."),
    "licence_seats": lazy_gettext("Enter for how many machines the licence is: a whole number from 1 on."),
    "licence_seatless": lazy_gettext("Only a licence by seats has a number of machines. Leave it empty."),
    "licence_cost": lazy_gettext("The cost of a year lies between 0 and %(most)s đồng."),
    "licence_free": lazy_gettext("What is free of charge costs nothing. Choose another kind, or leave the cost empty."),
    "licence_twice": lazy_gettext(
        "This unit has a licence of the same kind and contract for “%(title)s” on some of these days already. "
        "Enter a renewal from the day after its end."
    ),
    "licence_endless": lazy_gettext("This licence has no end, so there is nothing to renew."),
    "licence_renewed": lazy_gettext("This licence has a renewal already. Renew that one."),
    "licence_renews_earlier": lazy_gettext("A renewal begins later than the licence that it follows."),
    "licence_not_found": lazy_gettext("There is no such licence, or it is not within your reach."),
    "licence_none": lazy_gettext(
        "No licence for your school holds today, so the files cannot be downloaded. Ask whoever manages the "
        "software of your unit."
    ),
    "decision_ahead": lazy_gettext("A decision is recorded once it has been taken, not for a day to come."),
    "decision_same": lazy_gettext("This is what was decided last. Nothing was changed."),
    "decision_older": lazy_gettext("A decision of %(day)s is recorded already; a new one cannot be older."),
    "release_nameless": lazy_gettext("Enter the version, such as 2.1."),
    "release_ahead": lazy_gettext("The release is of a day to come. Enter the day on which it came out."),
    "release_twice": lazy_gettext("Version %(version)s is in the catalogue already."),
    "release_most": lazy_gettext("A title has at most %(most)s releases."),
    "release_latest": lazy_gettext("This is the latest release. Make another one the latest first."),
    "release_not_found": lazy_gettext("There is no such release."),
    "file_no_program": lazy_gettext(
        "“%(name)s” is no program. Choose an installer, a portable program or a ZIP of one; guides are attached "
        "as materials."
    ),
    "file_platform": lazy_gettext("“%(name)s” is made for %(platform)s. Choose that system, or another file."),
    "file_twice": lazy_gettext("This release has exactly this file already (%(name)s)."),
    "file_most": lazy_gettext("A release has at most %(most)s files."),
    "quota_target": lazy_gettext("The target is a whole number from 1 to %(most)s."),
    "quota_span": lazy_gettext("The target would be due before it begins. Correct one of the two days."),
    "quota_levels": lazy_gettext("Choose the levels for which the target is."),
    "quota_level_absent": lazy_gettext(
        "No school of this unit teaches at the level “%(level)s” on these days, so nothing could be counted."
    ),
    "picture_unreadable": lazy_gettext(
        "This is no picture that can be shown. Choose a PNG, JPEG or WebP of at least 48 pixels on each side."
    ),
    "picture_wordless": lazy_gettext("Say in a few words what the picture shows."),
    "picture_most": lazy_gettext("A title has at most %(most)s pictures. Remove one first."),
    "picture_twice": lazy_gettext("The title has this picture already."),
    "picture_not_found": lazy_gettext("There is no such picture any more."),
    "level_absent": lazy_gettext("No school of this unit teaches at this level, and no title is for it."),
    "year_range": lazy_gettext("The year lies between %(first)s and %(last)s."),
    "quota_not_found": lazy_gettext("There is no such target, or it is not within your reach."),
}


def money(dong: int) -> str:
    """An amount in đồng as people write it."""
    return str(gettext("%(amount)s đồng", amount=format_decimal(dong)))
