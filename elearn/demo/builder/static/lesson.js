/* Turns the pages of one SCO, asks its questions, and keeps the learner's place and answers. */
(function () {
  "use strict";

  const settings = JSON.parse(document.getElementById("settings").textContent);
  const sections = Array.from(document.querySelectorAll("section.page"));
  const questions = settings.questions;
  const max = Object.values(questions).reduce(function (sum, question) { return sum + question.points; }, 0);
  const state = { seen: {}, answers: {}, rows: {}, best: 0, ended: false };
  let here = 0;
  let shownAt = Date.now();
  let lms = null;

  const byId = document.getElementById.bind(document);
  const all = function (selector, root) { return Array.from((root || document).querySelectorAll(selector)); };

  /* ---- what is known of the learner ---- */

  function restore(text) {
    try {
      const saved = JSON.parse(text);
      (saved.seen || []).forEach(function (id) { state.seen[id] = true; });
      Object.assign(state.answers, saved.answers);
      Object.assign(state.rows, saved.rows);
      state.best = saved.best || 0;
      state.ended = Boolean(saved.ended);
    } catch (error) { /* nothing was saved, or another tool saved it: begin afresh */ }
  }

  function points() {
    return Object.keys(state.answers).reduce(function (sum, id) {
      return sum + (isRight(questions[id], state.answers[id]) ? questions[id].points : 0);
    }, 0);
  }

  function passingShare() {
    const told = lms ? lms.read("passing") : "";
    if (told === "" || isNaN(Number(told))) { return settings.passing; }
    return lms.is2004 ? Number(told) : Number(told) / 100;
  }

  /* Once the end was reached it stays reached, and of several tries the best one counts. */
  function progress() {
    const answered = Object.keys(state.answers).length;
    const steps = sections.length + Object.keys(questions).length;
    const share = (Object.keys(state.seen).length + answered) / steps;
    state.ended = state.ended || share >= 1;
    state.best = Math.max(state.best, points());
    return {
      location: sections[here].id,
      state: JSON.stringify({
        seen: Object.keys(state.seen), answers: state.answers, rows: state.rows, best: state.best, ended: state.ended
      }),
      share: state.ended ? 1 : share, done: state.ended, max: max,
      points: answered || state.ended ? state.best : null,
      passed: max > 0 && state.best / max >= passingShare() - 1e-9
    };
  }

  function save() {
    if (lms && lms.isOpen()) { lms.save(progress()); }
  }

  /* ---- pages ---- */

  function show(index, focus) {
    here = Math.max(0, Math.min(sections.length - 1, index));
    const section = sections[here];
    state.seen[section.id] = true;
    sections.forEach(function (other) { other.hidden = other !== section; });
    shownAt = Date.now();
    draw();
    if (focus) {
      window.scrollTo(0, 0);
      section.querySelector("h2").focus({ preventScroll: true });
    }
    save();
  }

  function draw() {
    const now = progress();
    byId("place").textContent = "Trang " + (here + 1) + "/" + sections.length;
    byId("progress").value = now.share;
    byId("previous").disabled = here === 0 && !leadsBack();
    byId("next").hidden = here === sections.length - 1;
    byId("finish").hidden = !byId("next").hidden;
    all("#contents button").forEach(function (button) {
      const id = button.dataset.page;
      const current = id === sections[here].id;
      button.classList.toggle("done", id in questions ? id in state.answers : id in state.seen);
      if (current) { button.setAttribute("aria-current", "page"); } else { button.removeAttribute("aria-current"); }
    });
    if (max) { drawResult(now); }
  }

  /* Before the first page comes the part before this one, where the system may go back to it (SCORM 2004 only). */
  function leadsBack() {
    return Boolean(lms && lms.isOpen() && lms.is2004 && lms.can("previous"));
  }

  function back() {
    if (here > 0) { show(here - 1, true); } else if (leadsBack()) {
      save();
      lms.request("previous");
      lms.close();
    }
  }

  function drawResult(now) {
    const open = Object.keys(questions).length - Object.keys(state.answers).length;
    byId("points").textContent = points();
    byId("result").classList.toggle("passed", !open && now.done && now.passed);
    byId("verdict").textContent = open ? "Còn " + open + " câu chưa trả lời." :
      !now.done ? "Còn trang chưa xem. Hãy xem hết các trang để hoàn thành bài." :
        now.passed ? "Hoàn thành tốt! Chúc mừng." : "Đã hoàn thành. Hãy xem lại bài rồi làm lại để đạt kết quả cao hơn.";
    all("#answers li").forEach(function (line) {
      const id = line.dataset.question;
      const answered = id in state.answers;
      const right = answered && isRight(questions[id], state.answers[id]);
      line.className = !answered ? "" : right ? "right" : "wrong";
      line.querySelector("span").textContent = !answered ? "chưa trả lời" : right ? "đúng" : "chưa đúng";
    });
  }

  function goTo(id, focus) {
    show(sections.findIndex(function (section) { return section.id === id; }), focus);
  }

  /* ---- questions ---- */

  const plain = function (text) { return text.normalize("NFC").trim().toLowerCase().replace(/\s+/g, " ").replace(/\.$/, ""); };
  const number = function (text) { return text.trim() === "" ? NaN : Number(text.replace(/\s/g, "").replace(",", ".").replace("−", "-")); };

  function isRight(question, answer) {
    if (question.type === "numeric") {
      return Math.abs(number(answer[0]) - Number(question.answer[0])) <= question.tolerance + 1e-9;
    }
    if (question.type === "fill-in") { return question.answer.map(plain).includes(plain(answer[0])); }
    return answer.join() === question.answer.join();
  }

  /* Each kind of question: how its answer is read from the page (null while it is not whole) and put back. */
  const picked = {
    read: function (form) {
      const values = all("input:checked", form).map(function (input) { return input.value; });
      return values.length ? values : null;
    },
    write: function (form, answer) {
      all("input", form).forEach(function (input) { input.checked = answer.includes(input.value); });
    }
  };
  const kinds = {
    choice: picked, multiple: picked, truefalse: picked,
    typed: {
      read: function (form) {
        const text = form.querySelector("input").value.trim();
        if (questions[form.dataset.question].type !== "numeric") { return text ? [text] : null; }
        return isNaN(number(text)) ? null : [String(number(text))];
      },
      write: function (form, answer) {
        const decimal = questions[form.dataset.question].type === "numeric";
        form.querySelector("input").value = answer.length ? (decimal ? answer[0].replace(".", ",") : answer[0]) : "";
      }
    },
    matching: {
      read: function (form) {
        const selects = all("select", form);
        if (selects.some(function (select) { return !select.value; })) { return null; }
        return selects.map(function (select) { return select.name + "." + select.value; });
      },
      write: function (form, answer) {
        all("select", form).forEach(function (select) {
          const pair = answer.find(function (word) { return word.startsWith(select.name + "."); });
          select.value = pair ? pair.split(".")[1] : "";
        });
      }
    },
    ordering: {
      read: function (form) { return all("li", form).map(function (line) { return line.dataset.value; }); },
      write: function (form, answer) {
        const list = form.querySelector("ol");
        answer.forEach(function (value) { list.append(list.querySelector("[data-value=" + value + "]")); });
      }
    }
  };

  function submit(event) {
    event.preventDefault();
    const form = event.currentTarget;
    const id = form.dataset.question;
    const answer = kinds[form.dataset.kind].read(form);
    if (!answer) {
      form.querySelector(".mark").textContent = questions[id].type === "numeric" ? "Hãy nhập một số." : "Hãy trả lời trước đã.";
      return;
    }
    state.answers[id] = answer;
    if (lms && lms.isOpen()) {
      const row = id in state.rows ? state.rows[id] : -1;
      state.rows[id] = lms.report(questions[id], answer, isRight(questions[id], answer), Date.now() - shownAt, row);
    }
    settle(form);
    draw();
    save();
  }

  /* Shows the feedback of a question that has been answered, and locks it; or opens it again. */
  function settle(form) {
    const id = form.dataset.question;
    const answered = id in state.answers;
    const right = answered && isRight(questions[id], state.answers[id]);
    all("input, select, button", form).forEach(function (control) { control.disabled = answered; });
    form.classList.toggle("right", right);
    form.classList.toggle("wrong", answered && !right);
    form.querySelector(".mark").textContent = !answered ? "" : right ? "Đúng rồi!" : "Chưa đúng.";
    form.querySelector(".explanation").hidden = !answered;
    if (answered) { markOptions(form, questions[id]); } else { all(".key", form).forEach(function (label) { label.classList.remove("key"); }); }
  }

  function markOptions(form, question) {
    all(".options input", form).forEach(function (input) {
      input.closest("label").classList.toggle("key", question.answer.includes(input.value));
    });
  }

  function again() {
    state.answers = {};
    all("form.question").forEach(function (form) {
      if (form.dataset.kind !== "ordering") { kinds[form.dataset.kind].write(form, []); }
      settle(form);
    });
    const first = document.querySelector("form.question");
    goTo(first.dataset.question, true);
  }

  function move(event) {
    const button = event.target.closest("[data-move]");
    if (!button) { return; }
    const line = button.closest("li");
    if (button.dataset.move === "-1") { if (line.previousElementSibling) { line.previousElementSibling.before(line); } }
    else if (line.nextElementSibling) { line.nextElementSibling.after(line); }
    button.focus();
  }

  /* ---- the end ---- */

  function finish() {
    save();
    if (lms && lms.isOpen()) {
      if (lms.is2004 && lms.can("continue")) { lms.request("continue"); }
      lms.close();
      byId("closed").showModal();
    } else {
      show(0, true);
    }
  }

  function leave() {
    if (lms && lms.isOpen()) { save(); lms.close(); }
  }

  /* ---- wiring ---- */

  function onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea, dialog, .wide")) { return; }
    if (event.key === "ArrowRight" || event.key === "PageDown") { if (here < sections.length - 1) { show(here + 1, true); } }
    else if (event.key === "ArrowLeft" || event.key === "PageUp") { if (here > 0) { show(here - 1, true); } }
    else { return; }
    event.preventDefault();
  }

  function wire() {
    byId("previous").addEventListener("click", back);
    byId("next").addEventListener("click", function () { show(here + 1, true); });
    byId("finish").addEventListener("click", finish);
    byId("review").addEventListener("click", function () { byId("closed").close(); show(0, true); });
    byId("toggle").addEventListener("click", function () {
      const open = byId("toggle").getAttribute("aria-expanded") !== "true";
      byId("toggle").setAttribute("aria-expanded", String(open));
    });
    all("[data-page]").forEach(function (button) {
      button.addEventListener("click", function () {
        byId("toggle").setAttribute("aria-expanded", "false");
        goTo(button.dataset.page, true);
      });
    });
    all("form.question").forEach(function (form) {
      form.addEventListener("submit", submit);
      form.addEventListener("click", move);
    });
    if (max) { byId("again").addEventListener("click", again); }
    document.addEventListener("keydown", onKey);
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", function (event) { if (event.persisted) { window.location.reload(); } });
  }

  function start() {
    document.documentElement.classList.add("scripted");
    lms = window.connectScorm(settings.standard);
    if (lms) { restore(lms.read("state")); } else {
      byId("notice").textContent = "Đang tự học: bài vẫn làm được đầy đủ, nhưng kết quả không được lưu lại.";
      byId("notice").hidden = false;
    }
    wire();
    all("form.question").forEach(function (form) {
      const id = form.dataset.question;
      if (id in state.answers) { kinds[form.dataset.kind].write(form, state.answers[id]); settle(form); }
    });
    const place = sections.findIndex(function (section) { return lms && section.id === lms.read("location"); });
    show(Math.max(0, place), false);
  }

  start();
}());
