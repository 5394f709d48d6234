"""Content for journeys: a small honest SCO, and a hostile one that tries what content must not be able to do."""

from __future__ import annotations

import json
from html import escape

from tests.support.manifests import ITEM
from tests.support.packages import scorm_package
from tests.support.playing import one_sco
from tests.support.zips import simple_zip

PAGES = ("Mở đầu", "Hai phân số bằng nhau", "Luyện tập")

# It keeps the page as location and the answers as suspend data, as authoring tools do.
HONEST = """<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<title>%(title)s</title>
<h1>%(title)s</h1>
<p>%(text)s</p>
<p id="page"></p>
<p id="found"></p>
<button id="next" type="button">Trang sau</button>
<button id="finish" type="button">Nộp bài</button>
<script>
  let api = window;
  while (!api.API && api !== api.parent) api = api.parent;
  api = api.API;
  const pages = %(pages)s;
  api.LMSInitialize("");
  let page = Number(api.LMSGetValue("cmi.core.lesson_location") || 0);
  document.getElementById("found").textContent =
    [api.LMSGetValue("cmi.core.entry"), api.LMSGetValue("cmi.suspend_data")].join("|");
  const show = () => { document.getElementById("page").textContent = `${page + 1}. ${pages[page]}`; };
  show();
  document.getElementById("next").onclick = () => {
    page += 1;
    api.LMSSetValue("cmi.core.lesson_location", String(page));
    api.LMSSetValue("cmi.suspend_data", JSON.stringify({ page, answer: "2/4" }));
    api.LMSSetValue("cmi.core.lesson_status", "incomplete");
    show();
  };
  document.getElementById("finish").onclick = () => {
    api.LMSSetValue("cmi.core.score.raw", "80");
    api.LMSSetValue("cmi.core.score.max", "100");
    api.LMSSetValue("cmi.core.lesson_status", "passed");
    api.LMSCommit("");
  };
  window.addEventListener("pagehide", () => {
    api.LMSSetValue("cmi.core.exit", "suspend");
    api.LMSFinish("");
  });
</script>
"""

# Every attempt reports what it got; an exception or an empty answer is what must come of it.
HOSTILE = """<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<title>Trò chơi</title>
<script>
  const app = %(app)s;
  const other = %(other)s;
  const attempt = async (work) => {
    try { return { got: String(await work()) }; } catch (error) { return { refused: error.name }; }
  };
  const fetched = (address, options) => attempt(async () => (await fetch(address, options)).text());
  window.results = (async () => ({
    cookie: await attempt(() => document.cookie),
    shell: await attempt(() => window.top.document.title),
    shellStorage: await attempt(() => window.top.localStorage.length),
    account: await fetched(`${app}/account`, { credentials: "include" }),
    api: await fetched(`${app}/api/v1/materials`, { credentials: "include" }),
    apiWithoutCors: await fetched(`${app}/api/v1/materials`, { mode: "no-cors", credentials: "include" }),
    post: await fetched(`${app}/sign-out`, { method: "POST", credentials: "include" }),
    appHere: await attempt(async () => { const r = await fetch("/account"); return r.ok ? r.text() : ""; }),
    sameApi: await attempt(async () => { const r = await fetch("/api/v1/materials"); return r.ok ? r.text() : ""; }),
    otherPackage: await fetched(other),
    navigateTop: await attempt(() => { window.top.location.href = "about:blank"; return ""; }),
    worker: await attempt(() => navigator.serviceWorker.register("sw.js")),
    popup: await attempt(() => { const w = window.open(`${app}/account`); return w && w.document.title; }),
    stored: await attempt(() => {
      const was = localStorage.getItem("mark");
      localStorage.setItem("mark", app);
      return was || "";
    }),
  }))();
</script>
<h1>Trò chơi</h1>
"""


def honest_package(title: str, text: str) -> bytes:
    """A SCORM 1.2 package of one SCO with three pages."""
    page = HONEST % {"title": title, "text": text, "pages": json.dumps(PAGES, ensure_ascii=False)}
    organization = f'<organization identifier="o1"><title>{escape(title)}</title>{ITEM}</organization>'
    manifest = one_sco(organizations=f'<organizations default="o1">{organization}</organizations>')
    return simple_zip({"imsmanifest.xml": manifest, "index.html": page})


def hostile_package(app: str, other: str) -> bytes:
    """A package that attacks the application at `app` and the file of another package at `other`."""
    page = HOSTILE % {"app": json.dumps(app), "other": json.dumps(other)}
    return scorm_package("1.2", index__html=page, sw__js="self.addEventListener('fetch', () => {});")
