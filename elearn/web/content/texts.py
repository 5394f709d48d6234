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
        "watch": _watch_texts(),
        "own": _window_texts(),
        "why": reasons(),
        "done": _("{done} of {count} parts done"),
        "parts": _("Parts of “{title}”"),
        "searched": _("You were looking for “{title}”. The lesson goes on where you stopped."),
        "goThere": _("Go to this part"),
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


def _watch_texts() -> dict[str, str]:
    """What learners are told of content that misbehaves, by the names watch.js uses."""
    return {
        "silent": _(
            "This part has not reported anything yet, so your progress may not be saved. Wait a moment; if nothing "
            "comes, open the part again or tell your teacher."
        ),
        "storm": _(
            "The lesson has made {count} mistakes in a row while saving. Go on if it works; tell your teacher if your "
            "result is missing in the end."
        ),
        "scripts": _(
            "The lesson itself has errors, and some of it may not work. If you cannot go on, use the buttons of this "
            "page and tell your teacher."
        ),
        "dialogs": _(
            "The lesson keeps opening small windows. Your browser may offer to stop them; you can go on without them."
        ),
        "missing": _(
            "This part cannot be shown: the file it begins with is missing in the package. Go on with another part and "
            "tell your teacher."
        ),
        "blocked": _(
            "This part cannot be shown here: it wants to load another site, or the connection was cut. Open it again; "
            "if that does not help, tell your teacher."
        ),
    }


def _window_texts() -> dict[str, str]:
    """What is said around content in a window of its own, by the names windows.js uses."""
    return {
        "offer": _("This lesson opens in a window of its own. Leave this page open meanwhile: it saves your work."),
        "open": _("Open the lesson"),
        "running": _("The lesson is open in its own window. Leave this page open: it saves your work."),
        "front": _("Show the window"),
        "stopped": _(
            "Your browser has blocked the window of the lesson. Allow windows (pop-ups) for this page, then press the "
            "button."
        ),
        "closed": _("The window of the lesson is closed, and your work is saved. Go on with the buttons of this page."),
    }
