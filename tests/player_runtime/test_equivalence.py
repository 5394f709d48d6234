"""The browser's engine and the server's answer every call alike: same values, errors, deltas, documents."""

import random

import pytest

from scorm.datamodel import table_for
from scorm.runtime import Runtime
from scorm.tolerance import SWITCHES, Tolerance
from tests.support.runtime import launched

SESSIONS, CALLS = 120, 80
LONGEST = 1000  # promised lengths that are worth trying every time
METHODS = {
    "Initialize": "initialize",
    "Terminate": "terminate",
    "Commit": "commit",
    "GetValue": "get_value",
    "SetValue": "set_value",
    "GetLastError": "get_last_error",
    "GetErrorString": "get_error_string",
    "GetDiagnostic": "get_diagnostic",
}
PLAY = """
([table, sessions]) => sessions.map(({ document, valid, tolerance, calls }) => {
  const runtime = new ScormRuntime({ table, document, validRequests: valid, tolerance });
  const api = runtime.api2004();
  const answers = calls.map(([method, ...args]) => {
    if (method === "takeDelta") return [Object.entries(runtime.takeDelta())];
    if (method === "leave") return [runtime.leave()];
    return [api[method](...args), api.GetLastError(), api.GetDiagnostic("")];
  });
  const tolerated = Array.from(runtime.tolerated).sort();
  return { answers, document: runtime.document(), state: runtime.state, tolerated };
})
"""

WORDS = """
    true false a b c a[,]b b[,]a a[,]a [,] a[.]b a[.] [.]b [.] s[.]1[:]2 1[:]2 2[:]1 [:] 0 1 -1 0.5 .5 1. +1
    1e-7 1e400 NaN 101 -101 2.50 P1Y2M3DT4H5M6.78S PT PT1M PT1.234S 00:01:00 00:00:00.123 10:20:30 2004
    2004-02-30 2004-02-29 2004-06-30T14:00:00.10-05:59 2004-06-30T14:00:00Z urn: urn:a:b urn:a: http://a/b#c
    a%20b a%2 {lang=vi}x {lang=frl}x {lang=}x {lang=vi {case_matters=true}a {case_matters=x}a
    {order_matters=false}a[.]b {lang=en}{case_matters=x}a vi en-US i-klingon x qaa qzz sgn-CH-de
    {target=a}choice {target=a}jump {target=}choice choice continue _none_ suspend normal passed completed
    incomplete unknown failed browsed correct wrong choice numeric sequencing fill-in long-fill-in matching
    performance likert true-false other 😀 é o1 o2 o3 q1
""".split()  # noqa: SIM905  # a list of literals would hide how various they are
SLOPPY = (
    """
    Completed|PASSED|complete|browsed|true|TRUE|T|1|0|Not_Attempted|wrong|right|True-False|Multiple_Choice|Normal
    TimeOut|exitall|85,5|85%|50,0%|1.0%|-0%|+7|0,000001%|00:00:12|1:2:3|0:00:05.6789|pt12s|P1M2DT3H4M5.678S
    PT0,5S|P999999999Y|PT999999999H|P|2026-01-02T03:04:05.678Z|2026-01-02T03:04:05Z|2026-01-02T3:04:05+0700
    9:04:05|2026-13-02T03:04:05Z| completed |85 %| 7 |2026-01-02 03:04:05|not attempted|In Progress|İ
""".replace("\n    ", "|")
    .strip()
    .split("|")
)
FOREIGN = """
    cmi.core.lesson_status cmi.core.score.raw cmi.core.session_time cmi.core.total_time cmi.core.lesson_location
    cmi.core.exit cmi.core.student_name cmi.completion_status cmi.success_status cmi.score.raw cmi.session_time
    cmi.total_time cmi.location cmi.exit cmi.learner_id cmi.interactions.0.student_response
    cmi.interactions.0.learner_response cmi.interactions.7.learner_response cmi.core.nothing
""".split()  # noqa: SIM905  # as above
ODD = ["", " ", "Hà Nội", "a b", "x" * 256, "x" * 1001, "ă" * 4097, "😀" * 130, "a\nb", "not attempted",
       "exit,message", "a\x00", "1\n", "\u3000", "\u00a0a"]  # fmt: skip
ODD_NAMES = [
    "",
    "cmi",
    "cmi._children",
    "cmi.score._children",
    "cmi.core._children",
    "cmi.objectives._count",
    "cmi.core._count",
    "cmi.interactions.0.objectives._count",
    "cmi.interactions.0.objectives._children",
    "cmi.location._count",
    "cmi.score._version",
    "cmi.objectives.0",
    "cmi.objectives.n.id",
    "cmi.objectives.n._count",
    "cmi.interactions.0.objectives.n.id",
    "cmi.objectives.01.id",
    "cmi.objectives.-1.id",
    "cmi.objectives.9999999999.id",
    "__proto__",
    "constructor.name",
    "cmi.__proto__.x",
    "adl.data.0._access",
    "adl.nav.request_valid.choice.{target=a}",
    "adl.nav.request_valid.choice.{target=__proto__}",
    "adl.nav.request_valid.jump.{target=b}",
    "adl.nav.request_valid.choice.{target=}",
    "adl.nav.request_valid.continue.{target=a}",
    "cmi.😀",
    "cmi." + "x" * 9000,
]


class Player:
    """Makes up what content might call."""

    def __init__(self, table, seed):
        self.table = table
        self.random = random.Random(seed)  # a fixed seed is the point
        self.patterns = sorted(table.elements)
        # Interactions have most of the rules.
        self.patterns += 3 * [name for name in self.patterns if "interactions" in name or "objectives" in name]

    def name(self):
        dice = self.random.random()
        if dice < 0.12:
            return self.random.choice(ODD_NAMES)
        if dice < 0.2:
            return self.random.choice(FOREIGN)
        pattern = self.random.choice(self.patterns)
        while ".n." in pattern:
            pattern = pattern.replace(".n.", f".{self.random.choice([0, 0, 0, 1, 1, 2, 7])}.", 1)
        return pattern

    def value(self, name):
        rule = self.table.elements.get(name)
        if rule and rule.values and self.random.random() < 0.7:
            return self.random.choice(rule.values)
        if rule and 0 < rule.spm <= LONGEST and self.random.random() < 0.3:
            return "x" * (rule.spm + self.random.choice([0, 1]))
        dice = self.random.random()
        return self.random.choice(ODD if dice < 0.1 else SLOPPY if dice < 0.35 else WORDS)

    def call(self):
        dice = self.random.random()
        if dice < 0.55:
            name = self.name()
            return ["SetValue", name, self.value(name)]
        if dice < 0.9:
            return ["GetValue", self.name()]
        method = self.random.choice(["Commit", "GetErrorString", "GetDiagnostic", "Initialize", "takeDelta"])
        if method == "takeDelta":
            return [method]
        return [method, self.random.choice(["", "", "x", "0", "201", "301", "351", "404"])]

    def session(self):
        calls = [self.call() for _ in range(CALLS)]
        if self.random.random() < 0.85:
            calls.insert(0, ["Initialize", ""])
        if self.random.random() < 0.5:
            for argument in ("x", "", ""):
                calls.insert(self.random.randrange(len(calls)), ["Terminate", argument])
        if self.random.random() < 0.5:
            calls.insert(self.random.randrange(len(calls)), ["leave"])
        return {"document": self.document(), "valid": self.valid(), "tolerance": self.tolerance(), "calls": calls}

    def tolerance(self):
        if self.random.random() < 0.4:
            return Tolerance().as_dict()
        return {switch: self.random.random() < 0.6 for switch in SWITCHES}

    def document(self):
        if self.table.standard == "1.2":
            return launched(self.table, mastery_score="80", launch_data="x")
        shared = {f"adl.data.{index}.id": f"b{index}" for index in range(4)}
        shared |= {f"adl.data.{index}._access": access for index, access in enumerate(["rw", "r", "w", ""])}
        thresholds = self.random.choice([{}, {"completion_threshold": "0.5", "scaled_passing_score": "0.5"}])
        objectives = {"cmi.objectives.0.id": "o1", "cmi.objectives.0.score.scaled": "0.5"}
        return launched(self.table, shared=shared, objectives=self.random.choice([{}, objectives]), **thresholds)

    def valid(self):
        return self.random.choice(
            [{}, {"continue": "true", "previous": "false", "choice": {"a": "true"}, "jump": {"b": "unknown"}}]
        )


def play(table, session):
    tolerance = Tolerance.from_json(session["tolerance"])
    runtime = Runtime(table, session["document"], valid_requests=session["valid"], tolerance=tolerance)
    answers = []
    for method, *args in session["calls"]:
        if method == "takeDelta":
            answers.append([[list(pair) for pair in runtime.take_delta().items()]])
        elif method == "leave":
            runtime.leaving = True
            answers.append([None])
        else:
            result = getattr(runtime, METHODS[method])(*args)
            answers.append([result, runtime.get_last_error(), runtime.get_diagnostic("")])
    tolerated = sorted(runtime.tolerated)
    return {"answers": answers, "document": runtime.document, "state": str(runtime.state), "tolerated": tolerated}


@pytest.mark.parametrize("edition", ["1.2", "2004 2nd", "2004 3rd", "2004 4th"])
def test_both_engines_answer_alike(page, edition):
    table = table_for(edition)
    player = Player(table, seed=edition)
    sessions = [player.session() for _ in range(SESSIONS)]

    in_browser = page.evaluate(PLAY, [table.as_dict(), sessions])
    for session, browser in zip(sessions, in_browser, strict=True):
        server = play(table, session)
        for call, one, other in zip(session["calls"], browser["answers"], server["answers"], strict=True):
            assert (call, one) == (call, other)
        assert browser == server


@pytest.mark.parametrize("edition", ["1.2", "2004 4th"])
def test_the_sessions_reach_every_code_a_call_can_give(edition):
    table = table_for(edition)
    player = Player(table, seed=edition)
    played = [answer for _ in range(SESSIONS) for answer in play(table, player.session())["answers"]]
    seen = {answer[1] for answer in played if len(answer) > 1}

    # A working LMS that implements every element never gives the others.
    beyond = {"101", "102", "111", "391", "402"} if table.standard == "2004" else set()
    assert set(table.strings) - beyond <= seen


@pytest.mark.parametrize("edition", ["1.2", "2004 4th"])
def test_the_sessions_need_every_switch(edition):
    table = table_for(edition)
    player = Player(table, seed=edition)

    assert {switch for _ in range(SESSIONS) for switch in play(table, player.session())["tolerated"]} == set(SWITCHES)
