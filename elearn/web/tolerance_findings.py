"""What is said of content that needed tolerance while it was played, and of the switches that allow it."""
# ruff: noqa: E501 - a sentence is one line, so that it can be found and read

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

N_ = str  # marks a message for the catalogs; it is translated when it is shown

TOLERATED: Mapping[str, str] = {
    "tolerated_long_values": N_("This lesson saves more than SCORM allows; it was kept."),
    "tolerated_late_calls": N_("This lesson goes on saving after it has said goodbye; what it saved was kept."),
    "tolerated_loose_words": N_(
        "This lesson reports its state in words that SCORM does not know, such as “Completed” or “true”; they were read as the nearest word."
    ),
    "tolerated_loose_numbers": N_(
        "This lesson writes numbers such as “85,5” or “85 %%”, which SCORM does not allow; they were read nevertheless."
    ),
    "tolerated_loose_times": N_(
        "This lesson writes times in the way of another version of SCORM; they were read nevertheless."
    ),
    "tolerated_foreign_names": N_(
        "This lesson uses names of another version of SCORM than the one it was made for; they were understood nevertheless."
    ),
}

# Label and help of each switch of `scorm.tolerance.Tolerance`.
SWITCHES: Mapping[str, tuple[str, str]] = {
    "long_values": (
        N_("Keep more than SCORM allows"),
        N_("Up to 1 MB of saved state instead of 4,096 or 64,000 characters. Without it the lesson may forget where learners were."),
    ),
    "late_calls": (
        N_("Keep what is saved while the lesson closes"),
        N_("Some lessons say goodbye first and save afterwards. Without it their last values are lost."),
    ),
    "loose_words": (
        N_("Understand words written otherwise"),
        N_("“Completed”, “ PASSED ”, “true” or “1” instead of the exact words of SCORM."),
    ),
    "loose_numbers": (
        N_("Understand numbers written otherwise"),
        N_("“85,5” and “85 %” are read as numbers."),
    ),
    "loose_times": (
        N_("Understand times of the other SCORM"),
        N_("“00:00:12” in SCORM 2004 and “PT12S” in SCORM 1.2."),
    ),
    "foreign_names": (
        N_("Understand names of the other SCORM"),
        N_("A lesson of SCORM 2004 that reports cmi.core.lesson_status, or one of SCORM 1.2 that reports cmi.completion_status."),
    ),
}  # fmt: skip
