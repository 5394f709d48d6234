"""Navigation requests as the server performs them: on a tree as large as ADL's cases and on one of 1,000 activities.

One request is: load the stored state, count what the running content has said, end its activity, navigate, prepare the
launch, and answer with valid requests, table of contents and the new state. All of it is Python; no database.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from dataclasses import replace
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from scorm.manifest.model import Edition, Item, Organization
from scorm.sequencing import NavigationRequest, RequestKind, SequencingDefinition, SequencingSession
from scorm.sequencing.definition import (
    ConditionKind,
    ControlModes,
    LimitConditions,
    Objective,
    ObjectiveMap,
    RollupAction,
    RollupControls,
    RollupRule,
    RuleAction,
    RuleCondition,
    SequencingRule,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SATISFIED = RuleCondition(ConditionKind.SATISFIED)
NOT_SATISFIED = RuleCondition(ConditionKind.SATISFIED, negated=True)
NEVER = RuleCondition(ConditionKind.NEVER)
HIDING = SequencingRule(
    RuleAction.HIDDEN_FROM_CHOICE, (RuleCondition(ConditionKind.SATISFIED, "before", negated=True),)
)
STOPPING = SequencingRule(RuleAction.STOP_FORWARD_TRAVERSAL, (NOT_SATISFIED, NEVER))
WRITING = ObjectiveMap("", read_satisfied=False, read_measure=False, write_satisfied=True, write_measure=True)
DONE = {"cmi.completion_status": "completed", "cmi.success_status": "passed", "cmi.score.scaled": "0.8"}
FAILED = {"cmi.completion_status": "completed", "cmi.success_status": "failed", "cmi.score.scaled": "0.3"}


def leaf(number: int) -> Item:
    """A leaf that writes a global objective, reads the one before it, and has rules that use both."""
    read = ObjectiveMap(f"g{number - 1}")
    write = replace(WRITING, target=f"g{number}")
    rule = HIDING if number % 3 == 0 else STOPPING
    definition = SequencingDefinition(
        pre_conditions=(
            SequencingRule(RuleAction.SKIP, (SATISFIED, NEVER)),
            SequencingRule(RuleAction.DISABLED, (RuleCondition(ConditionKind.ATTEMPT_LIMIT_EXCEEDED),)),
            rule,
        ),
        post_conditions=(SequencingRule(RuleAction.RETRY, (NOT_SATISFIED, NEVER)),),
        limits=LimitConditions(attempt_limit=50),
        objectives=(Objective("own", primary=True, maps=(write,)), Objective("before", maps=(read,))),
    )
    return Item(f"leaf-{number}", f"Phần {number}", resource_id="page", sequencing=definition)


def cluster(identifier: str, children: tuple[Item, ...]) -> Item:
    """A cluster with flow, an exit rule and rollup rules of its own."""
    definition = SequencingDefinition(
        control=ControlModes(flow=True),
        exit_conditions=(SequencingRule(RuleAction.EXIT, (NEVER,)),),
        rollup=RollupControls(
            rules=(
                RollupRule(RollupAction.SATISFIED, (SATISFIED,)),
                RollupRule(RollupAction.COMPLETED, (RuleCondition(ConditionKind.COMPLETED),)),
            )
        ),
    )
    return Item(identifier, identifier, sequencing=definition, children=children)


def course(*breadths: int) -> Organization:
    """A course of so many clusters in each other, the last breadth being that of the leaves."""
    leaves = 0

    def grow(depth: int, name: str) -> Item:
        nonlocal leaves
        if depth == len(breadths):
            leaves += 1
            return leaf(leaves)
        return cluster(name, tuple(grow(depth + 1, f"{name}.{n}") for n in range(breadths[depth])))

    top = grow(0, "part")
    return Organization("root", "Course", top.children, sequencing=top.sequencing)


class Visit:
    """A learner whose stored state goes through JSON between two requests, and who begins again at the end."""

    def __init__(self, organization: Organization) -> None:
        self.organization = organization
        self.stored = "[null, null, {}]"

    def perform(self, request: NavigationRequest, document: dict[str, str]) -> str | None:
        """One request from stored state to stored state; returns what was delivered."""
        registration, attempt, shared = json.loads(self.stored)
        if attempt is not None and attempt["status"] == "ended":
            attempt, request = None, NavigationRequest(RequestKind.START)
        session = SequencingSession(
            self.organization,
            Edition.SCORM_2004_4TH,
            registration_state=registration,
            attempt_state=attempt,
            global_objectives=shared,
            seed=1,
        )
        session.record_progress(document)
        session.rolled_up()
        session.end_activity(document)
        step = session.navigate(request)
        session.rolled_up()
        if step.delivered is not None:
            session.launch_document(step.delivered)
        self.stored = json.dumps(session.state())
        valid = session.valid_requests()
        json.dumps([valid, session.toc(valid)])
        return step.delivered


def requests(leaves: int, count: int) -> Iterator[tuple[NavigationRequest, dict[str, str]]]:
    """Walks forward and back, with a choice now and then."""
    for number in range(count):
        document = FAILED if number % 7 == 0 else DONE
        if number % 5 == 4:
            yield NavigationRequest(RequestKind.CHOICE, f"leaf-{(number * 37) % leaves + 1}"), document
        else:
            yield NavigationRequest(RequestKind.PREVIOUS if number % 5 == 2 else RequestKind.CONTINUE), document


def measure(name: str, organization: Organization, count: int) -> dict[str, Any]:
    activities = list(organization.walk())
    visit = Visit(organization)
    visit.perform(NavigationRequest(RequestKind.START), {})
    times, cpu_times, delivered = [], [], 0
    for request, document in requests(sum(not each.children for each in activities), count):
        started, cpu_started = time.perf_counter(), time.process_time()
        delivered += visit.perform(request, document) is not None
        times.append(time.perf_counter() - started)
        cpu_times.append(time.process_time() - cpu_started)
    assert delivered > count * 0.8, f"only {delivered} of {count} requests delivered something"
    cuts, cpu_cuts = quantiles(times, n=100), quantiles(cpu_times, n=100)
    return {
        "bench": "sequencing",
        "tree": name,
        "activities": len(activities) + 1,
        "requests": count,
        "requests_per_second": round(count / sum(times), 1),
        "p50_ms": round(cuts[49] * 1000, 2),
        "p95_ms": round(cuts[94] * 1000, 2),
        # What this takes on a machine with nothing else to do.
        "cpu_p50_ms": round(cpu_cuts[49] * 1000, 2),
        "cpu_p95_ms": round(cpu_cuts[94] * 1000, 2),
        "stored_kb": round(len(visit.stored) / 1024, 1),
        "load_before": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=300)
    count = parser.parse_args().requests
    for name, breadths in (("as ADL's largest cases", (4, 3, 2)), ("1,000 activities", (10, 10, 9))):
        print(json.dumps(measure(name, course(*breadths), count)), flush=True)


if __name__ == "__main__":
    main()
