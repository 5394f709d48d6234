"""What the rules of sequencing and navigation find in a manifest: the cause, and the remedy."""
# ruff: noqa: E501 - a sentence is one line, so that it can be found and read

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

N_ = str  # marks a message for the catalogs; it is translated when it is shown

SEQUENCING: Mapping[str, tuple[str, str]] = {
    "seq_values_invalid": (
        N_(
            "%(count)s values of sequencing are outside what the standard allows, and are read as if they were not there: %(names)s."
        ),
        N_("Write one of the allowed words, or a number within the range (measures from −1 to 1, shares from 0 to 1)."),
    ),
    "seq_attributes_missing": (
        N_("%(count)s parts of sequencing lack the one thing they need, and are left out: %(names)s."),
        N_("Add it, or remove the part."),
    ),
    "seq_collection_missing": (
        N_("%(count)s items refer to shared sequencing that the manifest does not have: %(names)s."),
        N_("Add it to <imsss:sequencingCollection>, or correct the IDRef."),
    ),
    "seq_no_way_through": (
        N_(
            "Learners cannot get into %(count)s parts of the course, because neither choosing nor going on (choice, flow) is allowed there: %(names)s."
        ),
        N_("Set choice or flow to “true” there."),
    ),
    "seq_nothing_to_choose": (
        N_("In %(count)s parts learners can only choose, but every item there is hidden (isvisible): %(names)s."),
        N_("Show the items, or set flow to “true”."),
    ),
    "seq_no_way_out": (
        N_(
            "Learners cannot leave %(count)s parts again: going on (flow) and choosing something outside (choiceExit) are both off: %(names)s."
        ),
        N_("Set flow or choiceExit to “true”, or add a rule that exits."),
    ),
    "seq_rules_without_condition": (
        N_("%(count)s rules have no condition, so they never apply: %(names)s."),
        N_("Add a condition; “always” applies every time."),
    ),
    "seq_conditions_never_hold": (
        N_("The conditions of %(count)s rules can never hold together, so the rules never apply: %(names)s."),
        N_("Correct the conditions, or combine them with “any”."),
    ),
    "seq_objectives_unknown": (
        N_("%(count)s rules ask for an objective that their item does not have, so they never apply: %(names)s."),
        N_("Add the objective to the item, or correct its identifier."),
    ),
    "seq_objectives_never_set": (
        N_("%(count)s rules ask for an objective that nothing ever sets: %(names)s."),
        N_("Let the objective read from a shared one (mapInfo), or ask for another."),
    ),
    "seq_objectives_repeated": (
        N_("%(count)s objectives have the same identifier in one item: %(names)s."),
        N_("Give each objective of an item an identifier of its own."),
    ),
    "seq_attempt_limits_zero": (
        N_("%(count)s items allow no attempt at all (attemptLimit 0), so nobody can open them: %(names)s."),
        N_("Allow at least one, or remove the limit."),
    ),
    "seq_attempt_limits_absent": (
        N_("%(count)s rules wait until the attempts are used up, but no limit of attempts is set: %(names)s."),
        N_("Set attemptLimit, or remove the condition."),
    ),
    "seq_time_conditions": (
        N_("%(count)s rules wait for a limit of time, which SCORM players need not keep: %(names)s."),
        N_("Let the page itself keep the time, and use another condition."),
    ),
    "seq_flow_actions_impossible": (
        N_("%(count)s rules want to go on or back where that is not allowed: %(names)s."),
        N_("Set flow to “true” in the part above, and forwardOnly to “false” if learners shall go back."),
    ),
    "seq_rollup_counts_unreachable": (
        N_("%(count)s rollup rules want more items than there are, so they never apply: %(names)s."),
        N_("Lower minimumCount."),
    ),
    "seq_rollup_without_children": (
        N_("%(count)s rollup rules have nothing to count, because no item below takes part in rollup: %(names)s."),
        N_("Let at least one item below take part (rollupObjectiveSatisfied, rollupProgressCompletion, tracked)."),
    ),
    "seq_two_writers": (
        N_(
            "In %(count)s places two objectives of one item write to the same shared objective, and it is not said which wins: %(names)s."
        ),
        N_("Let only one of them write."),
    ),
    "seq_two_sources": (
        N_(
            "In %(count)s places one objective reads from two shared objectives, and it is not said which wins: %(names)s."
        ),
        N_("Let it read from one only."),
    ),
    "seq_globals_never_written": (
        N_("%(count)s objectives read from a shared objective that nothing writes: %(names)s."),
        N_("Let an item write it (writeSatisfiedStatus, writeNormalizedMeasure), or correct the targetObjectiveID."),
    ),
    "nav_no_way_on": (
        N_(
            "%(count)s pages hide the button “continue”, nothing can be chosen there, and no page seems to ask for going on itself: %(names)s."
        ),
        N_("Show the button, or let the page set adl.nav.request."),
    ),
    "seq_forward_only_with_choice": (
        N_(
            "%(count)s parts allow no going back (forwardOnly), but learners may choose earlier items in the table of contents: %(names)s."
        ),
        N_("Set choice to “false” if they shall not go back."),
    ),
    "seq_control_modes_unused": (
        N_(
            "%(count)s items without items below them set choice, flow or forwardOnly, which has no effect there: %(names)s."
        ),
        N_("Set it in the part above."),
    ),
    "seq_rules_without_effect": (
        N_("%(count)s rules have no effect where they stand: %(names)s."),
        N_("Move the rule: exit belongs to parts, hiddenFromChoice below choice, skip below flow."),
    ),
    "seq_rollup_rules_on_leaves": (
        N_("%(count)s rollup rules belong to items without items below them and have no effect: %(names)s."),
        N_("Move them to the part above."),
    ),
    "seq_rollup_always_holds": (
        N_("%(count)s rollup rules want at least none of their items, so they always apply: %(names)s."),
        N_("Set minimumCount or minimumPercent."),
    ),
    "seq_maps_repeated": (
        N_("%(count)s objectives are mapped twice to the same shared objective: %(names)s."),
        N_("Join both maps in one."),
    ),
    "seq_globals_of_other_courses": (
        N_(
            "%(count)s objectives read from a shared objective that nothing in this package writes; another course would have to: %(names)s."
        ),
        N_("If no other course is meant, let an item write it, or correct the targetObjectiveID."),
    ),
    "seq_deprecated": (
        N_("%(count)s parts of sequencing are evaluated by no SCORM player: %(names)s."),
        N_("Remove them, or reach the same by rules."),
    ),
    "seq_selection_too_large": (
        N_("%(count)s parts select more items than there are: %(names)s."),
        N_("Lower selectCount, or add items."),
    ),
}
