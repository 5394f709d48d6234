"""Own cases of tracking: objectives and their maps, rollup, thresholds, shared data (SN 3.7 to 3.10, 4.2, 4.6)."""

from __future__ import annotations

from scorm.manifest.model import DataMap, Organization
from tests.conformance.own.form import (
    CONTINUE,
    END,
    FAILS,
    HAS_ENDED,
    PASSES,
    RETURN_AFTER_END,
    SUSPENDS,
    asks,
    case,
    finds,
    gets,
    sets,
    visit,
    witness,
)
from tests.support.activity_trees import (
    Item,
    Objective,
    ObjectiveMap,
    activity,
    organization,
    primary,
    reads_all,
    rollup_rule,
    rule,
    writes_all,
)

COURSE = (primary("course", writes_all("g")),)  # what a cluster tells of itself


def rolled(*children: Item, **options: object) -> Organization:
    """A cluster whose result the activity behind it can see."""
    return organization(activity("one", *children, objectives=COURSE, **options), witness("w", "g"))


TRACKING = [
    case(
        "MAP-1",
        organization(
            activity("a", objectives=(primary("p", writes_all("g")),)),
            activity("b", objectives=(Objective(primary=True), Objective("o", maps=(reads_all("g"), writes_all("h"))))),
            witness("c", "h"),
        ),
        visit(
            "a",
            *PASSES,
            sets("cmi.score.scaled", "0.8"),
            sets("cmi.score.raw", "80"),
            sets("cmi.score.min", "0"),
            sets("cmi.score.max", "100"),
            sets("cmi.progress_measure", "0.75"),
            then=CONTINUE,
        ),
        visit(
            "b",
            *finds(
                success="passed", completion="completed", scaled="0.8", raw="80", min="0", max="100", progress="0.75"
            ),
            sets("cmi.objectives.0.success_status", "failed"),
            sets("cmi.objectives.0.completion_status", "incomplete"),
            sets("cmi.objectives.0.score.scaled", "-0.25"),
            sets("cmi.objectives.0.score.raw", "-1"),
            sets("cmi.objectives.0.score.min", "-4"),
            sets("cmi.objectives.0.score.max", "4"),
            sets("cmi.objectives.0.progress_measure", "0.5"),
            then=CONTINUE,
        ),
        visit(
            "c",
            *finds(
                success="failed", completion="incomplete", scaled="-0.25", raw="-1", min="-4", max="4", progress="0.5"
            ),
            then=END,
        ),
    ),
    case(
        "MAP-2",
        organization(
            activity(
                "a",
                objectives=(primary("p", writes_all("g")),),
                completion_set_by_content=True,
                objective_set_by_content=True,
            ),
            witness("w", "g"),
            objectives_global_to_system=False,
        ),
        visit("a", *PASSES, sets("cmi.score.scaled", "0.5"), then=CONTINUE),
        visit(
            "w", *finds(success="passed", completion="completed", scaled="0.5"), asks("exitAll"), then=RETURN_AFTER_END
        ),
        visit("a", then="Choice~W"),
        visit("w", *finds(success="", completion="", scaled=""), then=END),
    ),
    case(
        "MAP-3",
        organization(activity("a", objectives=(primary("p", writes_all("shared")),))),
        visit("a", *PASSES, sets("cmi.score.scaled", "0.9"), asks("exitAll"), then=HAS_ENDED),
    ),
    case(
        "MAP-4",
        organization(witness("w", "shared")),
        visit("w", *finds(success="passed", completion="completed", scaled="0.9"), then=END),
        after="MAP-3",
    ),
    case(
        "MEASURE-1",
        organization(
            activity(
                "a", objectives=(primary("p", writes_all("g"), satisfied_by_measure=True, min_normalized_measure=0.6),)
            ),
            witness("w", "g"),
        ),
        visit(
            "a",
            gets("cmi.scaled_passing_score", "0.6"),
            sets("cmi.success_status", "passed"),
            sets("cmi.score.scaled", "0.5"),
            gets("cmi.success_status", "failed"),
            then=CONTINUE,
        ),
        visit("w", *finds(success="failed", scaled="0.5"), then=END),
    ),
    case(
        "MEASURE-2",
        rolled(
            activity("a", objective_measure_weight=1.0),
            activity("b", objective_measure_weight=0.5),
            activity("c", objective_measure_weight=0.0),
        ),
        visit("a", sets("cmi.score.scaled", "0.9"), then=CONTINUE),
        visit("b", sets("cmi.score.scaled", "0.3"), then=CONTINUE),
        visit("c", sets("cmi.score.scaled", "-1"), then=CONTINUE),
        visit("w", *finds(scaled="0.7"), then=END),
    ),
    case(
        "THRESHOLD-1",
        rolled(
            activity("a", completion_threshold={"completed_by_measure": True, "min_progress_measure": 0.5}),
            activity("b", completion_threshold={"progress_weight": 0.5}),
            completion_threshold={"completed_by_measure": True, "min_progress_measure": 0.6},
        ),
        visit(
            "a",
            gets("cmi.completion_threshold", "0.5"),
            sets("cmi.completion_status", "incomplete"),
            sets("cmi.progress_measure", "0.5"),
            gets("cmi.completion_status", "completed"),
            then=CONTINUE,
        ),
        visit("b", gets("cmi.completion_threshold", "", "403"), sets("cmi.progress_measure", "1"), then=CONTINUE),
        visit("w", *finds(completion="completed", progress="0.6666667"), then=END),
    ),
    case(
        "ROLLUP-1",
        rolled(activity("a"), activity("b")),
        visit("a", *PASSES, then=CONTINUE),
        visit("b", *FAILS, then=CONTINUE),
        visit("w", *finds(success="failed", completion="incomplete"), then="Choice~B"),
        # In the new attempt on the cluster nothing is known of "a", so that nothing new is known of the cluster.
        visit("b", *PASSES, then=CONTINUE),
        visit("w", *finds(success="failed", completion="incomplete"), then="Choice~A"),
        visit("a", *PASSES, then=CONTINUE),
        visit("b", *PASSES, then=CONTINUE),
        visit("w", *finds(success="passed", completion="completed"), then=END),
    ),
    case(
        "ROLLUP-2",
        rolled(
            activity("a", objective_satisfied=False),
            activity("b", progress_completion=False),
            activity("c", tracked=False),
        ),
        visit("a", sets("cmi.success_status", "failed"), sets("cmi.completion_status", "completed"), then=CONTINUE),
        visit("b", sets("cmi.success_status", "passed"), sets("cmi.completion_status", "incomplete"), then=CONTINUE),
        visit("c", *FAILS, then=CONTINUE),
        visit("w", *finds(success="passed", completion="completed"), then=END),
    ),
    case(
        "ROLLUP-3",
        rolled(
            activity("a"),
            activity("b"),
            activity("c"),
            rollup_rules=(
                rollup_rule("satisfied", "satisfied", child_activity_set="atLeastCount", minimum_count=2),
                rollup_rule("completed", "completed", child_activity_set="atLeastPercent", minimum_percent=0.3),
            ),
        ),
        visit("a", *PASSES, then=CONTINUE),
        visit("b", *PASSES, then=CONTINUE),
        visit("c", *FAILS, then=CONTINUE),
        visit("w", *finds(success="passed", completion="completed"), then=END),
    ),
    case(
        "ROLLUP-4",
        rolled(
            activity("a"),
            activity("b"),
            rollup_rules=(
                rollup_rule("satisfied", "not satisfied", child_activity_set="none"),
                rollup_rule("notSatisfied", "not satisfied", child_activity_set="any"),
                rollup_rule("incomplete", "completed", "satisfied", child_activity_set="any"),
            ),
        ),
        visit("a", *PASSES, then=CONTINUE),
        visit("b", *FAILS, then=CONTINUE),
        visit("w", *finds(success="failed", completion="incomplete"), then=END),
    ),
    case(
        "ROLLUP-5",
        rolled(
            activity("a"),
            activity(
                "b",
                required_for_satisfied="ifAttempted",
                required_for_not_satisfied="ifAttempted",
                required_for_completed="ifNotSuspended",
                required_for_incomplete="ifNotSuspended",
            ),
            activity("c", required_for_satisfied="ifAttempted", required_for_completed="ifAttempted"),
        ),
        visit("a", *PASSES, then="Choice~W"),
        visit("w", *finds(success="passed", completion="completed"), then="Choice~B"),
        visit("b", *FAILS, SUSPENDS, then="Choice~W"),
        visit("w", then=END),
    ),
    case(
        "ROLLUP-6",
        organization(
            activity("one", activity("a"), activity("b", rule("exitParent")), objectives=COURSE),
            witness("w", "g"),
        ),
        # A new attempt on the cluster knows nothing of "b" in the last one.
        visit("a", *PASSES, then=CONTINUE),
        visit("b", *PASSES, then=CONTINUE),
        visit("w", *finds(success="passed"), then="Choice~A"),
        visit("a", *FAILS, then="Choice~W"),
        visit("w", *finds(success="passed"), then=END),
    ),
    case(
        "ROLLUP-7",
        organization(
            activity(
                "one",
                activity("a"),
                activity("b"),
                objectives=COURSE,
                use_current_attempt_objective_info=False,
                use_current_attempt_progress_info=False,
            ),
            witness("w", "g"),
        ),
        # The same with what is known of "b" since the last attempt.
        visit("a", *PASSES, then=CONTINUE),
        visit("b", *PASSES, then=CONTINUE),
        visit("w", *finds(success="passed", completion="completed"), then="Choice~A"),
        visit("a", *FAILS, then="Choice~W"),
        visit("w", *finds(success="failed", completion="incomplete"), then=END),
    ),
    case(
        "ACTIVE-1",
        organization(
            activity(
                "one",
                activity("a"),
                activity(
                    "b",
                    rule("skip", "satisfied"),
                    objectives=(primary("p", ObjectiveMap("g", read_measure=False)),),
                ),
                activity("c"),
                objectives=(primary("q", writes_all("g"), satisfied_by_measure=True, min_normalized_measure=0.5),),
                measure_satisfaction_if_active=False,
            ),
            witness("w", "g"),
        ),
        # While the cluster is active its measure decides nothing; when it has ended it does.
        visit("a", sets("cmi.score.scaled", "1"), then=CONTINUE),
        visit("b", sets("cmi.score.scaled", "1"), then=CONTINUE),
        visit("c", sets("cmi.score.scaled", "1"), then=CONTINUE),
        visit("w", *finds(success="passed", scaled="1"), then=END),
    ),
    case(
        "SHARED-1",
        organization(
            activity("a", data_maps=(DataMap("bucket", read_shared_data=False), DataMap("kept"))),
            activity("b", data_maps=(DataMap("kept", write_shared_data=False),)),
        ),
        visit(
            "a",
            gets("adl.data._count", "2"),
            sets("adl.data.0.store", "thầm"),
            gets("adl.data.0.store", "", "405"),
            sets("adl.data.1.store", "chung"),
            then=CONTINUE,
        ),
        visit(
            "b",
            gets("adl.data.0.id", "kept"),
            gets("adl.data.0.store", "chung"),
            sets("adl.data.0.store", "khác", "404"),
            then=END,
        ),
    ),
]
