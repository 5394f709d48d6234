"""What only a browser can do wrong: arguments of any type, handlers, pollution, size."""

import pytest

from scorm.datamodel import table_for
from tests.support.runtime import launched

TABLES = {"1.2": table_for("1.2"), "2004": table_for("2004 4th")}


@pytest.fixture
def start(page):
    """Put a fresh engine into the page as `runtime`, with `told` collecting what its handlers hear."""

    def engine(standard="2004", **options):
        page.evaluate(
            """([table, document, options]) => {
              window.told = [];
              const hear = (name) => (...args) => { told.push([name, ...args]); };
              window.runtime = new ScormRuntime({
                table, document, onSet: hear("set"), onCommit: hear("commit"), onTerminate: hear("terminate"),
                ...options });
              window.API_1484_11 = runtime.api2004();
              window.API = runtime.api12();
            }""",
            [TABLES[standard].as_dict(), launched(TABLES[standard]), options],
        )
        return page

    return engine


def test_the_objects_have_the_methods_of_their_standard(start):
    page = start()

    assert page.evaluate("Object.keys(API_1484_11).sort()") == [
        "Commit",
        "GetDiagnostic",
        "GetErrorString",
        "GetLastError",
        "GetValue",
        "Initialize",
        "SetValue",
        "Terminate",
        "version",
    ]
    assert page.evaluate("Object.keys(API).sort()") == [
        "LMSCommit",
        "LMSFinish",
        "LMSGetDiagnostic",
        "LMSGetErrorString",
        "LMSGetLastError",
        "LMSGetValue",
        "LMSInitialize",
        "LMSSetValue",
    ]
    assert page.evaluate("API_1484_11.version") == "1.0"


def test_the_api_of_12_speaks_its_own_codes(start):
    page = start("1.2")

    answers = """[API.LMSGetValue("cmi.core.entry"), API.LMSGetLastError(), API.LMSInitialize(""),
                  API.LMSGetValue("cmi.core.entry"), API.LMSSetValue("cmi.core.score.raw", 85),
                  API.LMSGetValue("cmi.core.score.raw"), API.LMSFinish(""), API.LMSGetLastError()]"""
    assert page.evaluate(answers) == ["", "301", "true", "ab-initio", "true", "85", "true", "0"]


def test_methods_work_without_their_object(start):
    page = start()

    assert page.evaluate("(({ Initialize, GetValue }) => [Initialize(), GetValue('cmi.mode')])(API_1484_11)") == [
        "true",
        "normal",
    ]


@pytest.mark.parametrize("argument", ["", "undefined", "null", "''"])
def test_an_absent_argument_is_the_empty_string(start, argument):
    page = start()

    assert page.evaluate(f"[API_1484_11.Initialize({argument}), API_1484_11.GetLastError()]") == ["true", "0"]
    assert page.evaluate(f"[API_1484_11.GetValue({argument}), API_1484_11.GetLastError()]") == ["", "301"]
    assert page.evaluate(f"API_1484_11.Commit({argument})") == "true"
    assert page.evaluate(f"API_1484_11.Terminate({argument})") == "true"


@pytest.mark.parametrize(
    ("value", "kept"),
    [("5", "5"), ("0.5", "0.5"), ("true", "true"), ("[1,2]", "1,2"), ("new String('x')", "x"), ("NaN", "NaN")],
)
def test_values_of_other_types_become_strings(start, value, kept):
    page = start()

    page.evaluate("API_1484_11.Initialize('')")
    assert page.evaluate(f"API_1484_11.SetValue('cmi.location', {value})") == "true"
    assert page.evaluate("API_1484_11.GetValue('cmi.location')") == kept


@pytest.mark.parametrize(
    "value", ["", ", undefined", ", null", ", Object.create(null)", ", { toString() { throw 1; } }"]
)
def test_a_forgotten_or_unusable_value_erases_nothing(start, value):
    page = start()

    page.evaluate("API_1484_11.Initialize(''), API_1484_11.SetValue('cmi.suspend_data', 'kept')")
    assert page.evaluate(f"[API_1484_11.SetValue('cmi.suspend_data'{value}), API_1484_11.GetLastError()]") == [
        "false",
        "201",
    ]
    assert page.evaluate("API_1484_11.GetValue('cmi.suspend_data')") == "kept"


@pytest.mark.parametrize("name", ["{}", "[]", "Object.create(null)", "() => 1", "5", "Symbol()", "document"])
def test_a_name_of_another_type_is_answered_with_a_string(start, name):
    page = start()

    page.evaluate("API_1484_11.Initialize('')")
    for call in (f"GetValue({name})", f"SetValue({name}, 'x')", f"GetErrorString({name})", f"GetDiagnostic({name})"):
        assert isinstance(page.evaluate(f"API_1484_11.{call}"), str)


@pytest.mark.parametrize("name", ["__proto__", "constructor", "cmi.__proto__.polluted", "cmi.objectives.__proto__.id"])
def test_no_name_pollutes_a_prototype(start, name):
    page = start()

    page.evaluate("API_1484_11.Initialize('')")
    assert page.evaluate("(name) => API_1484_11.SetValue(name, 'polluted')", name) == "false"
    assert page.evaluate("({}).polluted === undefined && runtime.hasDelta() === false")


def test_handlers_hear_what_succeeded(start):
    page = start()

    page.evaluate("""() => {
      API_1484_11.SetValue("cmi.location", "too early");
      API_1484_11.Initialize("");
      API_1484_11.SetValue("cmi.objectives.00.id", "a");
      API_1484_11.SetValue("cmi.score.scaled", "7");
      API_1484_11.Commit("");
      API_1484_11.Commit("x");
      API_1484_11.Terminate("");
      API_1484_11.Terminate("");
    }""")
    assert page.evaluate("told") == [["set", "cmi.objectives.0.id", "a"], ["commit"], ["terminate"]]


def test_every_call_can_be_watched(start):
    page = start()

    page.evaluate("""() => {
      runtime._options.onCall = (call) => told.push(call);
      API_1484_11.Initialize("");
      API_1484_11.GetValue("cmi.nothing");
    }""")
    assert page.evaluate("told") == [
        {"method": "Initialize", "args": [""], "result": "true", "error": "0"},
        {"method": "GetValue", "args": ["cmi.nothing"], "result": "", "error": "401"},
    ]


def test_a_handler_that_throws_does_not_reach_the_content(start):
    page = start()

    result = page.evaluate("""() => {
      runtime._options.onSet = () => { throw new Error("broken"); };
      return [API_1484_11.Initialize(""), API_1484_11.SetValue("cmi.location", "1"), API_1484_11.GetLastError()];
    }""")
    assert result == ["true", "true", "0"]


@pytest.mark.parametrize(
    ("standard", "call", "code"), [("2004", "API_1484_11.Commit", "391"), ("1.2", "API.LMSCommit", "101")]
)
def test_a_handler_may_say_that_the_commit_failed(start, standard, call, code):
    page = start(standard)

    page.evaluate("runtime._options.onCommit = () => false, API.LMSInitialize('')")
    assert page.evaluate(f"[{call}(''), API_1484_11.GetLastError()]") == ["false", code]


def test_a_drained_delta_can_be_put_back_below_newer_values(start):
    page = start()

    page.evaluate("""() => {
      API_1484_11.Initialize("");
      API_1484_11.SetValue("cmi.location", "1");
      API_1484_11.SetValue("cmi.suspend_data", "a");
      window.drained = runtime.takeDelta();
      API_1484_11.SetValue("cmi.location", "2");
      runtime.restoreDelta(drained);
    }""")
    assert page.evaluate("Object.entries(runtime.takeDelta())") == [["cmi.location", "2"], ["cmi.suspend_data", "a"]]
    assert page.evaluate("runtime.hasDelta()") is False


def test_valid_requests_may_change_during_a_session(start):
    page = start()

    page.evaluate("API_1484_11.Initialize('')")
    ask = "API_1484_11.GetValue('adl.nav.request_valid.continue')"
    assert page.evaluate(ask) == "unknown"
    page.evaluate("runtime.setValidRequests({ continue: 'true' })")
    assert page.evaluate(ask) == "true"
    page.evaluate("runtime.setValidRequests(null)")
    assert page.evaluate(ask) == "unknown"


def test_the_page_can_look_into_the_document(start):
    page = start()

    page.evaluate("API_1484_11.Initialize(''), API_1484_11.SetValue('cmi.exit', 'suspend')")
    assert page.evaluate("[runtime.peek('cmi.exit'), runtime.peek('cmi.location'), runtime.state]") == [
        "suspend",
        None,
        "running",
    ]
    assert page.evaluate("runtime.document()['cmi.learner_id']") == "learner-1"


def test_lone_surrogates_are_refused_and_pairs_are_kept(start):
    page = start()

    page.evaluate("API_1484_11.Initialize('')")
    answers = """['\\ud800', 'a\\udc00', '\\udc00\\ud800', '\\ud83d\\ude00', 'x\\u0000'].map(
      (value) => API_1484_11.SetValue("cmi.suspend_data", value))"""
    assert page.evaluate(answers) == ["false", "false", "false", "true", "false"]


def test_a_chatty_package_with_long_values_is_served(start):
    page = start()

    counts = page.evaluate("""() => {
      const api = API_1484_11;
      const long = "step[.]" + "x".repeat(250);
      const response = Array(250).fill(long).join("[,]");
      api.Initialize("");
      for (let n = 0; n < 2000; n += 1) {
        api.SetValue(`cmi.interactions.${n}.id`, "urn:adl:" + "q".repeat(3900));
        api.SetValue(`cmi.interactions.${n}.type`, "performance");
        api.SetValue(`cmi.interactions.${n}.learner_response`, n % 100 ? long : response);
        api.GetValue(`cmi.interactions.${n}.learner_response`);
      }
      return [api.GetValue("cmi.interactions._count"), Object.keys(runtime.takeDelta()).length];
    }""")
    assert counts == ["2000", 6000]
