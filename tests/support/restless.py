"""Courses of SCOs that set values at a quick random rhythm; every value follows from the number of its step.

A step is a number that only rises (the device's clock in ms). Whoever has a document can tell from it which step it
shows, and whether all of it comes from that one step.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.playing import one_sco, some_scos
from tests.support.zips import simple_zip

if TYPE_CHECKING:
    from collections.abc import Mapping

COURSES = {
    "2004-some": ("2004 4th Edition", ("a", "b", "c")),
    "12-one": ("1.2", ("a",)),
    "12-some": ("1.2", ("a", "b", "c")),
    "2004-one": ("2004 4th Edition", ("a",)),
}
INTERACTIONS = 8
LENGTHS = (10, 10, 10, 3000, 70_000)  # of suspend data; the last is more than a goodbye may carry

NAMES = {
    "1.2": {
        "location": "cmi.core.lesson_location",
        "raw": "cmi.core.score.raw",
        "status": "cmi.core.lesson_status",
        "time": "cmi.core.session_time",
        "exit": "cmi.core.exit",
        "response": "student_response",
    },
    "2004": {
        "location": "cmi.location",
        "raw": "cmi.score.raw",
        "status": "cmi.completion_status",
        "time": "cmi.session_time",
        "exit": "cmi.exit",
        "response": "learner_response",
    },
}

PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Phần %(activity)s</title>
<h1>Phần %(activity)s</h1>
<script>
  const is2004 = %(is2004)s, activity = "%(activity)s", names = %(names)s, lengths = %(lengths)s;
  let place = window;
  while (!(is2004 ? place.API_1484_11 : place.API)) place = place.parent;
  const raw = is2004 ? place.API_1484_11 : place.API, lms = is2004 ? "" : "LMS";
  const set = (name, value) => raw[`${lms}SetValue`](name, String(value));
  const get = (name) => raw[`${lms}GetValue`](name);
  raw[`${lms}Initialize`]("");
  const began = performance.now();
  let step = 0, timer = 0, isDone = get(names.status) === "completed";
  const told = (what) => window.told && window.told({ activity, ...what });
  window.found = get("cmi.suspend_data");
  told({ found: window.found });

  function duration(seconds) {
    const two = (number) => String(Math.floor(number)).padStart(2, "0");
    if (is2004) return `PT${seconds}S`;
    return `${two(seconds / 3600).padStart(4, "0")}:${two(seconds / 60 %% 60)}:${two(seconds %% 60)}`;
  }

  /* Set everything anew from one number; nothing can come between, so a page sends all of a step or nothing. */
  function take() {
    step = Math.max(step + 1, Date.now());
    const answer = `cmi.interactions.${Math.min(step %% %(interactions)s, Number(get("cmi.interactions._count")))}.`;
    if (Math.random() < 0.03) isDone = true;
    set(names.location, step);
    set("cmi.suspend_data", `${activity}:${step}:` + "x".repeat(lengths[step %% lengths.length]));
    set(names.raw, step %% 101);
    set(names.status, isDone ? "completed" : "incomplete");
    set(names.time, duration(Math.floor((performance.now() - began) / 1000)));
    if (get("cmi.objectives._count") === "0") set("cmi.objectives.0.id", "muc-tieu");
    set("cmi.objectives.0.score.raw", step %% 101);
    if (get("cmi.interactions._count") <= step %% %(interactions)s) {
      set(answer + "id", "cau-hoi");
      set(answer + "type", "numeric");
    }
    set(answer + names.response, step);
    if (Math.random() < 0.2) raw[`${lms}Commit`]("");
    told({ set: step });
  }

  window.play = (pace) => {
    take();
    timer = setTimeout(() => play(pace), 10 + Math.random() * pace);
  };
  window.rest = () => {
    clearTimeout(timer);
    return step;
  };
  addEventListener("pagehide", () => {
    rest();
    if (Math.random() < 0.5) take();
    set(names.exit, "suspend");
    raw[`${lms}%(end)s`]("");
  });
</script>"""


def restless_package(course: str) -> bytes:
    """The archive of one of COURSES."""
    edition, activities = COURSES[course]
    manifest = some_scos(*activities, edition=edition) if len(activities) > 1 else one_sco(edition)
    names = {activity: "index.html" if len(activities) == 1 else f"{activity}.html" for activity in activities}
    pages = {names[activity]: _page(edition, activity) for activity in activities}
    return simple_zip({"imsmanifest.xml": manifest, **pages})


def _page(edition: str, activity: str) -> str:
    is_2004 = edition != "1.2"
    return PAGE % {
        "activity": activity,
        "is2004": "true" if is_2004 else "false",
        "end": "Terminate" if is_2004 else "Finish",
        "names": NAMES["2004" if is_2004 else "1.2"],
        "lengths": list(LENGTHS),
        "interactions": INTERACTIONS,
    }


def step_of(suspend_data: object) -> int:
    """The step that suspend data show; 0 when nothing has been set yet."""
    found = re.match(r"[a-z]:(\d+):x+$", str(suspend_data or ""))
    return int(found[1]) if found else 0


def told_by(document: Mapping[str, str], course: str) -> int:
    """The step that a kept document shows.

    Raises:
        AssertionError: it is a mixture of several steps.
    """
    names = NAMES["1.2" if COURSES[course][0] == "1.2" else "2004"]
    step = step_of(document.get("cmi.suspend_data"))
    if not step:
        assert names["location"] not in document, document
        return 0
    assert document["cmi.suspend_data"].endswith(":" + "x" * LENGTHS[step % len(LENGTHS)])
    assert document[names["location"]] == str(step), document
    assert document[names["raw"]] == document["cmi.objectives.0.score.raw"] == str(step % 101), document
    answers = [value for name, value in document.items() if name.endswith(names["response"])]
    assert str(step) in answers, (step, answers)
    assert len(answers) <= INTERACTIONS, answers
    return step
