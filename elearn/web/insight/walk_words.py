"""The words for steps of a walk: requests, exceptions of the SN book, rules and their conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import format_decimal, gettext, lazy_gettext

from elearn.models.play_log import Asker
from elearn.web.insight.exception_words import EXCEPTIONS
from scorm.sequencing.definition import ConditionKind, RuleAction
from scorm.sequencing.navigation import RequestKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from elearn.services.insight import Decision, Walked
    from scorm.sequencing.definition import RuleCondition

N_ = str  # marks a sentence with a place for names; it is translated when they are known

ASKERS: Mapping[str, Any] = {
    Asker.LEARNER: lazy_gettext("The learner"),
    Asker.CONTENT: lazy_gettext("The content"),
    Asker.SYSTEM: lazy_gettext("The player"),
}
ASKER_ICONS = {Asker.LEARNER: "person", Asker.CONTENT: "file-earmark-play", Asker.SYSTEM: "gear"}
REQUESTS: Mapping[str, str] = {
    RequestKind.START: N_("begin"),
    RequestKind.RESUME_ALL: N_("go on where it was left"),
    RequestKind.CONTINUE: N_("the next part"),
    RequestKind.PREVIOUS: N_("the part before"),
    RequestKind.CHOICE: N_("the part “%(target)s” from the contents"),
    RequestKind.JUMP: N_("a jump to “%(target)s”"),
    RequestKind.EXIT: N_("leave this part"),
    RequestKind.EXIT_ALL: N_("end everything"),
    RequestKind.ABANDON: N_("leave this part without a result"),
    RequestKind.ABANDON_ALL: N_("leave everything without a result"),
    RequestKind.SUSPEND_ALL: N_("interrupt everything to go on later"),
    RequestKind.RETRY: N_("this part once more"),
}
RULES: Mapping[str, str] = {
    RuleAction.SKIP: N_("“%(activity)s” was skipped"),
    RuleAction.DISABLED: N_("“%(activity)s” is disabled"),
    RuleAction.HIDDEN_FROM_CHOICE: N_("“%(activity)s” cannot be chosen"),
    RuleAction.STOP_FORWARD_TRAVERSAL: N_("“%(activity)s” lets nobody pass forward"),
    RuleAction.EXIT: N_("“%(activity)s” was left by its exit rule"),
    RuleAction.EXIT_PARENT: N_("After “%(activity)s” the group around it was left too"),
    RuleAction.EXIT_ALL: N_("After “%(activity)s” everything ended"),
    RuleAction.RETRY: N_("“%(activity)s” is done once more"),
    RuleAction.RETRY_ALL: N_("After “%(activity)s” everything begins anew"),
    RuleAction.CONTINUE: N_("After “%(activity)s” it goes on to the next part"),
    RuleAction.PREVIOUS: N_("After “%(activity)s” it goes back to the part before"),
}
CONDITIONS: Mapping[str, str] = {
    ConditionKind.SATISFIED: N_("satisfied"),
    ConditionKind.OBJECTIVE_STATUS_KNOWN: N_("known whether it is satisfied"),
    ConditionKind.OBJECTIVE_MEASURE_KNOWN: N_("a score is known"),
    ConditionKind.OBJECTIVE_MEASURE_GREATER_THAN: N_("score above %(threshold)s"),
    ConditionKind.OBJECTIVE_MEASURE_LESS_THAN: N_("score below %(threshold)s"),
    ConditionKind.COMPLETED: N_("completed"),
    ConditionKind.ACTIVITY_PROGRESS_KNOWN: N_("known whether it is completed"),
    ConditionKind.ATTEMPTED: N_("attempted"),
    ConditionKind.ATTEMPT_LIMIT_EXCEEDED: N_("no attempts left"),
    ConditionKind.TIME_LIMIT_EXCEEDED: N_("out of time"),
    ConditionKind.OUTSIDE_AVAILABLE_TIME_RANGE: N_("outside of the time in which it is offered"),
    ConditionKind.ALWAYS: N_("always"),
    ConditionKind.NEVER: N_("never"),
}
OUTCOMES: Mapping[tuple[str, str], str] = {
    ("UP.1", "attemptLimit"): N_("“%(activity)s” has no attempts left"),
    ("UP.4", "ended"): N_("The attempt at “%(activity)s” ended"),
    ("UP.4", "suspended"): N_("The attempt at “%(activity)s” was interrupted"),
    ("SR.2", "reordered"): N_("The parts of “%(activity)s” were put into a new order"),
    ("DB.2", "new attempt"): N_("A new attempt at “%(activity)s” began"),
    ("DB.2", "resumed"): N_("“%(activity)s” went on where it was interrupted"),
}
PROCESSES: Mapping[str, str] = {
    "SR.1": N_("%(outcome)s parts of “%(activity)s” were selected"),
    "SB.2.3": N_("The order of the course leads from “%(activity)s” to “%(outcome)s”"),
}
STATUSES: Mapping[str, Any] = {
    "completed": lazy_gettext("completed"),
    "incomplete": lazy_gettext("not completed"),
    "not attempted": lazy_gettext("not attempted"),
    "passed": lazy_gettext("passed"),
    "failed": lazy_gettext("not passed"),
    "unknown": lazy_gettext("unknown"),
}


def asked_for(step: Walked) -> str:
    """What a navigation asked for."""
    return str(gettext(REQUESTS[RequestKind(step.request)], target=step.target))


def exception_sentence(code: str) -> Any:
    """Why a request was refused, by the code of the book."""
    return EXCEPTIONS.get(code, code)


def decision_sentence(decision: Decision) -> str:
    """What a process decided; what this program does not know of stands as it was written."""
    names = {"activity": decision.activity, "outcome": decision.outcome}
    sentence = PROCESSES.get(decision.process) or OUTCOMES.get((decision.process, decision.outcome))
    if decision.process == "UP.2":
        sentence = RULES.get(decision.outcome)
    return str(gettext(sentence, **names)) if sentence else f"{decision.activity}: {decision.outcome}"


def reasons(decision: Decision) -> Iterator[str]:
    """The conditions for which a rule applied: all of them, or those that held where one is enough."""
    for condition, holds in decision.conditions:
        if holds or not decision.is_any:
            yield _condition(condition, decision.activity)


def _condition(condition: RuleCondition, activity: str) -> str:
    words = gettext(CONDITIONS[condition.kind], threshold=format_decimal(condition.measure_threshold))
    if condition.negated:
        words = gettext("not: %(condition)s", condition=words)
    if condition.objective:
        return str(gettext("objective %(objective)s – %(condition)s", objective=condition.objective, condition=words))
    return str(gettext("“%(activity)s” – %(condition)s", activity=activity, condition=words))


def status_word(status: str) -> Any:
    """A status in words."""
    return STATUSES.get(status, status)
