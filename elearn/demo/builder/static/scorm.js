/* Finds the learning management system and speaks its dialect, SCORM 1.2 (API) or SCORM 2004 (API_1484_11).
   window.connectScorm(standard) gives one connection with the same methods for both, or null for self-study. */
(function () {
  "use strict";

  const DIALECTS = {
    "1.2": {
      name: "API",
      call: { open: "LMSInitialize", close: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit" },
      element: {
        location: "cmi.core.lesson_location", state: "cmi.suspend_data", exit: "cmi.core.exit",
        time: "cmi.core.session_time", score: "cmi.core.score", learner: "cmi.core.student_name",
        passing: "cmi.student_data.mastery_score"
      },
      normal: "",
      duration: clock,
      now: function () { return new Date().toTimeString().slice(0, 8); },
      response: function (type, answer) { return answer.join(","); },
      pattern: function (type, answer) { return type === "fill-in" ? answer[0] : answer.join(","); },
      wrong: "wrong",
      fields: { time: "time", response: "student_response" }
    },
    "2004": {
      name: "API_1484_11",
      call: { open: "Initialize", close: "Terminate", get: "GetValue", set: "SetValue", commit: "Commit" },
      element: {
        location: "cmi.location", state: "cmi.suspend_data", exit: "cmi.exit",
        time: "cmi.session_time", score: "cmi.score", learner: "cmi.learner_name",
        passing: "cmi.scaled_passing_score"
      },
      normal: "normal",
      duration: function (ms) { return "PT" + (ms / 1000).toFixed(2) + "S"; },
      now: function () { return new Date().toISOString().slice(0, 22) + "Z"; },
      response: spell,
      pattern: function (type, answer) {
        if (type === "numeric") { return answer[0] + "[:]" + answer[0]; }
        return type === "fill-in" ? answer[0] : spell(type, answer);
      },
      wrong: "incorrect",
      fields: { time: "timestamp", response: "learner_response" }
    }
  };

  function spell(type, answer) {
    if (type === "true-false") { return answer[0] === "t" ? "true" : "false"; }
    const words = type === "matching" ? answer.map(function (pair) { return pair.replace(".", "[.]"); }) : answer;
    return words.join("[,]");
  }

  function clock(ms) {  // CMITimespan, HHHH:MM:SS.SS
    const hundredths = Math.floor(ms / 10);
    const seconds = Math.floor(hundredths / 100);
    const two = function (number) { return String(number).padStart(2, "0"); };
    return String(Math.floor(seconds / 3600)).padStart(4, "0") + ":" + two(Math.floor(seconds / 60) % 60) + ":" +
      two(seconds % 60) + "." + two(hundredths % 100);
  }

  // A frame of another origin throws when it is looked into: there the walk ends.
  function walk(start, name) {
    try {
      for (let frame = start, depth = 0; frame && depth < 50; frame = frame.parent, depth += 1) {
        if (frame[name]) { return frame[name]; }
        if (frame.parent === frame) { break; }
      }
    } catch (error) { /* no way further up */ }
    return null;
  }

  function find(name) {
    let opener = null;
    try { opener = window.top.opener; } catch (error) { /* the top is of another origin */ }
    return walk(window, name) || (window.opener && walk(window.opener, name)) || (opener && walk(opener, name));
  }

  function Connection(api, dialect) {
    const started = Date.now();
    let open = false;

    function call(verb) {
      try {
        return String(api[dialect.call[verb]].apply(api, Array.prototype.slice.call(arguments, 1)));
      } catch (error) { return ""; }
    }
    function get(element) { return open ? call("get", element) : ""; }
    function set(element, value) { return open && call("set", element, String(value)) === "true"; }

    this.is2004 = dialect.name === "API_1484_11";
    this.open = function () { open = call("open", "") === "true"; return open; };
    this.isOpen = function () { return open; };
    this.read = function (field) { return get(dialect.element[field]); };
    this.can = function (request) { return get("adl.nav.request_valid." + request) === "true"; };
    this.request = function (request) { return set("adl.nav.request", request); };

    /* progress: {location, state, share 0..1, done, points, max, passed}; points is null before the first answer. */
    this.save = function (progress) {
      set(dialect.element.location, progress.location);
      set(dialect.element.state, progress.state);
      if (this.is2004) { save2004(progress); } else { save12(progress); }
      set(dialect.element.time, dialect.duration(Date.now() - started));
      set(dialect.element.exit, progress.done ? dialect.normal : "suspend");
      call("commit", "");
    };

    function save12(progress) {  // the score of SCORM 1.2 is normalised to 0..100, its status one word
      if (progress.max && progress.points !== null) { score(Math.round(10000 * progress.points / progress.max) / 100, 100); }
      const ended = progress.max ? (progress.passed ? "passed" : "failed") : "completed";
      set("cmi.core.lesson_status", progress.done ? ended : "incomplete");
    }

    function save2004(progress) {
      if (progress.max && progress.points !== null) {
        score(progress.points, progress.max);
        set("cmi.score.scaled", Number((progress.points / progress.max).toFixed(4)));
      }
      set("cmi.progress_measure", Number(progress.share.toFixed(4)));
      set("cmi.completion_status", progress.done ? "completed" : "incomplete");
      if (progress.done && progress.max) { set("cmi.success_status", progress.passed ? "passed" : "failed"); }
    }

    function score(raw, max) {
      set(dialect.element.score + ".min", 0);
      set(dialect.element.score + ".max", max);
      set(dialect.element.score + ".raw", raw);
    }

    /* One row per question: `index` is the row it had before; the row now used is returned. */
    this.report = function (question, answer, right, latency, index) {
      const count = Number(get("cmi.interactions._count")) || 0;
      const row = index >= 0 && index < count ? index : count;
      const path = "cmi.interactions." + row + ".";
      set(path + "id", question.id);
      set(path + "type", question.type);
      if (this.is2004) { set(path + "description", question.text); }
      set(path + dialect.fields.time, dialect.now());
      set(path + "correct_responses.0.pattern", dialect.pattern(question.type, question.answer));
      set(path + "weighting", question.points);
      set(path + dialect.fields.response, dialect.response(question.type, answer));
      set(path + "result", right ? "correct" : dialect.wrong);
      set(path + "latency", dialect.duration(latency));
      return row;
    };

    this.close = function () {
      if (open) { call("close", ""); open = false; }
    };
  }

  window.connectScorm = function (standard) {
    const other = standard === "2004" ? "1.2" : "2004";
    for (const dialect of [DIALECTS[standard], DIALECTS[other]]) {
      const api = find(dialect.name);
      if (api) {
        const connection = new Connection(api, dialect);
        if (connection.open()) { return connection; }
      }
    }
    return null;
  };
}());
