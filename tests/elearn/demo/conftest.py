"""A browser, and a local server that shows lessons inside a small strict LMS page."""

import io
import json
import threading
import zipfile
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import ClassVar

import pytest

from elearn.demo.builder import build
from elearn.demo.lessons import LESSONS


class PackageHandler(BaseHTTPRequestHandler):
    """Serves /lms and, as /<slug>/<entry>, the entries of every lesson's archive."""

    files: ClassVar[dict[str, bytes]] = {}

    def do_GET(self):
        content = self.files.get(self.path.split("?")[0])
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Type", guess_type(self.path.split("?")[0])[0] or "text/html")
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_):
        """Keep the test's output quiet."""


@pytest.fixture(scope="session")
def lesson_site():
    files = {"/lms": (Path(__file__).parent / "fake_lms.html").read_bytes(), "/favicon.ico": b""}
    for lesson in LESSONS:
        archive = zipfile.ZipFile(io.BytesIO(build(lesson)))
        files |= {f"/{lesson.slug}/{name}": archive.read(name) for name in archive.namelist()}
    handler = type("Handler", (PackageHandler,), {"files": files})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Classroom:
    """One learner at one lesson: what the page shows, and what the LMS was told."""

    def __init__(self, page, site, path):
        self.page, self.path = page, path
        self.problems = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("requestfailed", lambda request: self.problems.append(request.url))
        self.site = site

    def enter(self, standard):
        self.page.goto(f"{self.site}/lms?standard={standard}")
        self.launch()

    def launch(self):
        self.page.evaluate("path => launch(path)", self.path)
        self.lesson.locator("html.scripted").wait_for()

    def leave(self):
        self.page.evaluate("end()")
        self.page.wait_for_function("!open")

    @property
    def lesson(self):
        return self.page.frame_locator("#frame")

    @cached_property
    def settings(self):
        return json.loads(self.lesson.locator("#settings").text_content())

    @property
    def told(self):
        return self.page.evaluate("cmi")

    @property
    def refusals(self):
        return self.page.evaluate("errors") + self.problems

    @property
    def place(self):
        return self.lesson.locator("#place").text_content()

    def press(self, name):
        self.lesson.locator("footer, section:visible, dialog").get_by_role("button", name=name, exact=True).click()

    def answer(self, identifier, *, right=True):
        """Answer the question on the page that is shown."""
        question = self.settings["questions"][identifier]
        form = self.lesson.locator(f"form[data-question={identifier}]")
        kind = form.get_attribute("data-kind")
        ANSWERS[kind](form, question["answer"], right)
        form.get_by_role("button", name="Trả lời").click()


def _pick(form, answer, right):
    options = form.locator("input").all()
    for option in options:
        if (option.get_attribute("value") in answer) is right:
            option.check()


def _pick_one(form, answer, right):
    values = [option.get_attribute("value") for option in form.locator("input").all()]
    wanted = answer[0] if right else next(value for value in values if value not in answer)
    form.locator(f"input[value='{wanted}']").check()


def _type(form, answer, right):
    form.locator("input").fill(answer[0].replace(".", ",") if right else "999")


def _match(form, answer, right):
    for pair in answer:
        name, value = pair.split(".")
        form.locator(f"select[name={name}]").select_option(value if right else "1")


def _order(form, answer, right):
    """Bring each thing up to its place with the buttons, first things first."""
    lines = form.locator("li")
    for place, wanted in enumerate(answer if right else answer[::-1]):
        at = [line.get_attribute("data-value") for line in lines.all()].index(wanted)
        for _ in range(at - place):
            form.locator(f"li[data-value='{wanted}'] button[data-move='-1']").click()


ANSWERS = {
    "choice": _pick_one,
    "truefalse": _pick_one,
    "multiple": _pick,
    "typed": _type,
    "matching": _match,
    "ordering": _order,
}


@pytest.fixture
def classroom(browser, lesson_site):
    """Return a function that opens the page of one SCO for a learner."""
    contexts = []

    def opened(path, width=1280, height=800):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
        contexts.append(context)
        return Classroom(context.new_page(), lesson_site, path)

    yield opened
    for context in contexts:
        context.close()
