"""What teach mode tells the teacher: whether the lesson counts and why, how it ended, what the page says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext, ngettext

from elearn.models.teach import TeachEnd
from elearn.services.teach.counting import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearn.services.teach.counting import Standing

ENDS: Mapping[TeachEnd, Any] = {
    TeachEnd.TEACHER: lazy_gettext("You ended the session."),
    TeachEnd.SILENCE: lazy_gettext("The page was silent for five minutes, so the session ended with its last sign."),
    TeachEnd.REPLACED: lazy_gettext("You began another session, so this one ended."),
    TeachEnd.OVERLONG: lazy_gettext("No lesson lasts longer than three hours, so the session ended by itself."),
}

_WHY: Mapping[Verdict, Any] = {
    Verdict.NO_PERSON: lazy_gettext(
        "Does not count: your account is not linked to a person of the register. Ask your school's administrator."
    ),
    Verdict.COUNTED: lazy_gettext("Counts as use in teaching."),
    Verdict.ALREADY: lazy_gettext("Counts already: this material in this class was counted earlier that day."),
    Verdict.VOID: lazy_gettext("Does not count: the act was declared void. The reason stands with your acts."),
    Verdict.NO_POST: lazy_gettext("Does not count: the register has no post of yours on that day."),
    Verdict.NO_PUPILS: lazy_gettext("Does not count: nobody is enrolled in this class on that day."),
    Verdict.NOT_SHARED: lazy_gettext("Does not count: only published materials are shared use."),
    Verdict.DUE: lazy_gettext("The time is reached; it is being counted."),
    Verdict.MISSED: lazy_gettext("Does not count: something was still missing while the session ran."),
}


def verdict_words(standing: Standing) -> str:
    """Whether a session counts, and why, in one sentence."""
    words: str
    if standing.verdict is Verdict.NOT_YET:
        left = max(1, standing.needed - standing.minutes)
        words = ngettext("Counts in %(num)s more active minute.", "Counts in %(num)s more active minutes.", left)
        return words
    if standing.verdict is Verdict.TOO_SHORT:
        words = gettext(
            "Does not count: %(minutes)s of %(needed)s active minutes.",
            minutes=standing.minutes,
            needed=standing.needed,
        )
        return words
    return str(_WHY[standing.verdict])


def page_texts() -> dict[str, str]:
    """The words of the script of the page."""
    return {
        "cut": gettext("No connection. Trying again; of a longer gap only 30 seconds count."),
        "paused": gettext("This page is hidden, so the time stands still."),
        "again": gettext("Please sign in again"),
        "refused": gettext("The session could not be reached. Reload the page."),
    }
