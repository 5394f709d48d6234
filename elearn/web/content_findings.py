"""What is said to authors of content that misbehaved while it was played (`elearn/static/player/watch.js` notices it)."""
# ruff: noqa: E501 - a sentence is one line, so that it can be found and read

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

N_ = str  # marks a message for the catalogs; it is translated when it is shown

MISBEHAVED: Mapping[str, str] = {
    "content_silent": N_(
        "A part reported nothing for half a minute after it was shown, so nothing of it may have been saved. Export the lesson with tracking (SCORM) switched on."
    ),
    "content_api_errors": N_(
        "The lesson called the run time wrongly many times in a row; the place is what it asked for last. Check its export settings."
    ),
    "content_script_error": N_("A script of the lesson failed; the place is the file and its line."),
    "content_missing_file": N_("The lesson asks for a file that is not in the package, or did not arrive. Export it anew with all files."),
    "content_launch_missing": N_("The file with which a part begins did not arrive; learners saw an error page instead."),
    "content_launch_blocked": N_("A part could not be shown: its first page leads to another site, or the connection was cut."),
    "content_blocked": N_(
        "The lesson wants something from another site, which is not allowed while it is played. Put the file into the package."
    ),
    "content_dialogs": N_("The lesson opens one message box after another; browsers offer learners to stop them."),
    "content_not_terminated": N_(
        "A part was left without saying goodbye (Terminate, LMSFinish). What it had saved is kept; what it keeps for its end is lost."
    ),
}  # fmt: skip
