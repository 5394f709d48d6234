"""What the exceptions of the sequencing processes mean (SN appendix D), for people who do not know the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

EXCEPTIONS: Mapping[str, Any] = {
    "NB.2.1-1": lazy_gettext("It has already begun."),
    "NB.2.1-2": lazy_gettext("No part is open at the moment, or the attempt is over."),
    "NB.2.1-3": lazy_gettext("Nothing was interrupted that could go on."),
    "NB.2.1-4": lazy_gettext("This group of parts does not lead on by itself: the learner has to choose."),
    "NB.2.1-5": lazy_gettext("This group of parts does not let anybody go back."),
    "NB.2.1-6": lazy_gettext("There is no part before this one."),
    "NB.2.1-8": lazy_gettext("The part that is open must be left in another way before something else is chosen."),
    "NB.2.1-10": lazy_gettext("The parts of this group cannot be chosen from the contents."),
    "NB.2.1-11": lazy_gettext("The course has no such part, or it is not on offer."),
    "NB.2.1-12": lazy_gettext("The part has already been left."),
    "NB.2.1-13": lazy_gettext("The course does not know such a request."),
    "TB.2.3-1": lazy_gettext("No part is open that could be left."),
    "TB.2.3-2": lazy_gettext("The part has already been left."),
    "TB.2.3-3": lazy_gettext("There is nothing that could be interrupted."),
    "TB.2.3-4": lazy_gettext("A rule wants to leave the group around the whole course, and there is none."),
    "TB.2.3-7": lazy_gettext("The course does not know such a way of leaving."),
    "SB.2.1-1": lazy_gettext("This was the last part: the course is over."),
    "SB.2.1-2": lazy_gettext("The group has no parts on offer."),
    "SB.2.1-3": lazy_gettext("There is no part before this one."),
    "SB.2.1-4": lazy_gettext("This group of parts does not let anybody go back."),
    "SB.2.2-1": lazy_gettext("The group of the next part does not lead on by itself."),
    "SB.2.2-2": lazy_gettext("The next part is disabled or has no attempts left."),
    "SB.2.4-1": lazy_gettext("A part on the way lets nobody pass forward yet."),
    "SB.2.4-2": lazy_gettext("The way there leads back, which this group of parts does not allow."),
    "SB.2.4-3": lazy_gettext("The way there would lead back beyond the beginning."),
    "SB.2.5-1": lazy_gettext("It has already begun."),
    "SB.2.6-1": lazy_gettext("It has already begun."),
    "SB.2.6-2": lazy_gettext("Nothing was interrupted that could go on."),
    "SB.2.7-1": lazy_gettext("It has not begun yet."),
    "SB.2.7-2": lazy_gettext("This group of parts does not lead on by itself: the learner has to choose."),
    "SB.2.8-1": lazy_gettext("It has not begun yet."),
    "SB.2.8-2": lazy_gettext("This group of parts does not lead back by itself: the learner has to choose."),
    "SB.2.9-1": lazy_gettext("The course has no such part."),
    "SB.2.9-2": lazy_gettext("The part was not selected for this learner."),
    "SB.2.9-3": lazy_gettext("A rule hides the part from being chosen at the moment."),
    "SB.2.9-4": lazy_gettext("The parts of this group cannot be chosen from the contents."),
    "SB.2.9-5": lazy_gettext("Choosing it would change nothing."),
    "SB.2.9-6": lazy_gettext("Parts of a group that has not begun cannot be chosen; the group itself can."),
    "SB.2.9-7": lazy_gettext("The part that is open must be left in another way before something else is chosen."),
    "SB.2.9-8": lazy_gettext("From here only the parts right before and after can be chosen."),
    "SB.2.9-9": lazy_gettext("The chosen group does not lead to a part by itself; the learner goes on from it."),
    "SB.2.10-1": lazy_gettext("It has not begun yet."),
    "SB.2.10-2": lazy_gettext("The part is still open, so it cannot begin once more."),
    "SB.2.10-3": lazy_gettext("Nothing in the group can begin once more."),
    "SB.2.11-1": lazy_gettext("It has not begun yet."),
    "SB.2.11-2": lazy_gettext("The part has not been left yet."),
    "SB.2.12-1": lazy_gettext("The course does not know such a request."),
    "SB.2.13-1": lazy_gettext("There is no such part to jump to."),
    "DB.1.1-1": lazy_gettext("What was found is a group and nothing that can be shown."),
    "DB.1.1-3": lazy_gettext("The part or the group around it is disabled or has no attempts left."),
    "DB.2-1": lazy_gettext("The part that is open has not been left yet."),
}
