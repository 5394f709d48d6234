"""The sentences the player's script shows."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from elearn.web.content.refusals import reasons


def player_texts() -> dict[str, Any]:
    """The player's sentences in the language of the page."""
    return {
        "offline": _("No connection. You can go on: what you do is sent as soon as the connection is back."),
        "refused": _("This could not be saved. Please go back and open the lesson again."),
        "elsewhere": _("This lesson is open in another window, which is saving your work."),
        "take": _("Continue here"),
        "notPossible": _("This is not possible now."),
        "nothing": _("There is nothing to show at this place. Go on with the next part."),
        "choose": _("Choose a part from the contents."),
        "outside": _("This part lies on another site, which opens in a window of its own:"),
        "why": reasons(),
        "done": _("{done} of {count} parts done"),
        "parts": _("Parts of “{title}”"),
        "close": _("Close"),
        "next": _("Next: {title}"),
        "suspended": _("Saved. You can continue later where you stopped."),
        "ended": {
            "completed": _("You have finished this lesson."),
            "passed": _("You have finished this lesson."),
            "failed": _("You have not passed this time."),
            "incomplete": _("You have ended the lesson before its last part."),
            "unknown": _("The lesson has ended."),
        },
        "score": _("Score: {score}"),
        "states": {
            "completed": _("Completed"),
            "incomplete": _("In progress"),
            "not attempted": _("Not started"),
            "passed": _("Passed"),
            "failed": _("Not passed"),
        },
    }
