"""Own cases of rules: before, at and after activities, limits, selection and order (SN 3.4, 3.5, 3.11, 3.12)."""

from __future__ import annotations

from tests.conformance.own.form import CONTINUE, END, FAILS, HAS_ENDED, PASSES, PREVIOUS, case, gets, sets, visit
from tests.support.activity_trees import activity, condition, organization, primary, reads, rule, writes

RULES = [
    case(
        "PRE-1",
        organization(activity("a"), activity("b", rule("skip", "attempted")), activity("c")),
        visit("a", then=CONTINUE),
        visit("b", then=CONTINUE),
        visit("c", then=PREVIOUS),
        visit("a", sees={"choice b": True}, then=END),
    ),
    case(
        "PRE-2",
        organization(activity("a", rule("disabled", "attempted")), activity("b")),
        visit("a", then=CONTINUE),
        visit("b", sees={"choice a": False, "visible a": True}, then=END),
    ),
    case(
        "PRE-3",
        organization(activity("one", activity("a"), rule("hiddenFromChoice", "attempted")), activity("b")),
        visit("a", sees={"visible one": False, "visible b": True}, then=CONTINUE),
        visit("b", sees={"visible one": False, "choice a": False}, then=PREVIOUS),
        visit("a", then=END),
    ),
    case(
        "PRE-4",
        organization(activity("a"), activity("b", rule("stopForwardTraversal", "not satisfied")), activity("c")),
        visit("a", sees={"choice b": True, "choice c": True}, then="Choice~B"),
        visit("b", *PASSES, then=CONTINUE),
        visit("c", then=END),
    ),
    case(
        "PRE-5",
        organization(
            activity("a", objectives=(primary("p", writes("g")),)),
            activity(
                "b",
                rule("skip", condition("objectiveMeasureGreaterThan", "p", 0.5), "not attempted"),
                objectives=(primary("p", reads("g")),),
            ),
            activity(
                "c",
                rule("skip", condition("objectiveMeasureLessThan", "p", 0.5), "completed", any_of=True),
                objectives=(primary("p", reads("g")),),
            ),
            activity("d"),
        ),
        visit("a", sets("cmi.score.scaled", "0.6"), then=CONTINUE),
        visit("c", then=PREVIOUS),
        visit("a", sets("cmi.score.scaled", "0.4"), then=CONTINUE),
        visit("b", then=CONTINUE),
        visit("d", then=END),
    ),
    case(
        "AT-1",
        organization(activity("one", activity("a"), activity("b"), rule("exit", "satisfied")), activity("c")),
        visit("a", *FAILS, then=CONTINUE),
        visit("b", *FAILS, then=PREVIOUS),
        visit("a", *PASSES, then=CONTINUE),
        visit("b", *PASSES, then=CONTINUE),
        visit("c", then=END),
    ),
    case(
        "POST-1",
        organization(activity("a", rule("retry", "not satisfied")), activity("b", rule("previous", "not satisfied"))),
        visit("a", *FAILS, then=CONTINUE),
        visit("a", gets("cmi.success_status", "unknown"), *PASSES, then=CONTINUE),
        visit("b", *FAILS, then=CONTINUE),
        visit("a", *PASSES, then="Choice~B"),
        visit("b", *PASSES, then=END),
    ),
    case(
        "POST-2",
        organization(
            activity("one", activity("a"), activity("b", rule("exitParent")), rule("retry", "not satisfied")),
            activity("c", rule("exitAll", "satisfied")),
            activity("d"),
        ),
        visit("a", *FAILS, then=CONTINUE),
        visit("b", *PASSES, then=CONTINUE),
        visit("a", *PASSES, then=CONTINUE),
        visit("b", *PASSES, then=CONTINUE),
        visit("c", *PASSES, sets("adl.nav.request", "continue"), then=HAS_ENDED),
    ),
    case(
        "POST-3",
        organization(
            activity("one", activity("a"), activity("b", rule("retryAll", "not satisfied"))),
            activity("c", rule("continue", "attempted")),
            activity("d"),
        ),
        visit("a", *PASSES, then=CONTINUE),
        visit("b", *FAILS, then=CONTINUE),
        visit("a", gets("cmi.success_status", "unknown"), *PASSES, then=CONTINUE),
        visit("b", *PASSES, then=CONTINUE),
        visit("c", then=PREVIOUS),
        visit("d", then=END),
    ),
    case(
        "POST-4",
        organization(
            activity("one", activity("a", rule("exitParent")), activity("b"), rule("exitParent")), activity("c")
        ),
        visit("a", sets("adl.nav.request", "continue"), then=HAS_ENDED),
    ),
    case(
        "LIMIT-1",
        organization(activity("a", attempt_limit=1), activity("b")),
        visit("a", then=CONTINUE),
        visit("b", sees={"choice a": False, "visible a": True}, then=END),
    ),
    case(
        "LIMIT-2",
        organization(
            activity("a", rule("continue", "attemptLimitExceeded"), rule("retry"), attempt_limit=2), activity("b")
        ),
        visit("a", then=CONTINUE),
        visit("a", then=CONTINUE),
        visit("b", then=END),
    ),
    case(
        "LIMIT-3",
        organization(activity("a", attempt_absolute_duration_limit="PT30M"), activity("b")),
        visit("a", gets("cmi.max_time_allowed", "PT30M"), then=CONTINUE),
        visit("b", gets("cmi.max_time_allowed", "", "403"), then=END),
    ),
    case(
        "SELECT-1",
        organization(
            activity(
                "one",
                *(activity(name, parameters="any") for name in "pqrs"),
                selection_timing="once",
                select_count=2,
                randomization_timing="onEachNewAttempt",
                reorder_children=True,
            ),
            activity("z"),
        ),
        visit("any", then=CONTINUE),
        visit("any", then=CONTINUE),
        visit("z", then="Choice~One"),
        visit("any", then=CONTINUE),
        visit("any", then=CONTINUE),
        visit("z", then=END),
    ),
]
