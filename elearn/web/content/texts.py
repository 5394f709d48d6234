"""The sentences the player's script shows."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _


def player_texts() -> dict[str, Any]:
    """The player's sentences in the language of the page."""
    return {
        "offline": _("No connection. What you do is kept on this device and sent as soon as the connection is back."),
        "refused": _("This could not be saved. Please go back and open the lesson again."),
        "elsewhere": _("This lesson is open in another window, which is saving your work."),
        "take": _("Continue here"),
        "notPossible": _("This is not possible now."),
        "nothing": _("There is nothing to show at this place. Go on with the next part."),
        "choose": _("Choose a part from the contents."),
        "outside": _("This part lies on another site, which opens in a window of its own:"),
        "suspended": _("Saved. You can continue later where you stopped."),
        "ended": _("You have finished this lesson."),
        "score": _("Score: {score}"),
        "states": {
            "completed": _("Completed"),
            "incomplete": _("In progress"),
            "not attempted": _("Not started"),
            "unknown": "",
            "passed": _("Passed"),
            "failed": _("Not passed"),
        },
    }
