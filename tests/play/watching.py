"""What a browser tells about a package that is played: calls of the API, errors, failed requests, blocked addresses."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Response, WebError

SCRIPT = Path(__file__).with_name("watch.js")
OURS = ("/p/", "/w/", "/rt/", "/static/", "/assets/", "/play/", "/materials/")
POLICY = "Content Security Policy"
NOT_RUN = "Refused to execute script"
FINISH = ("LMSFinish", "Terminate")
SETTERS = ("LMSSetValue", "SetValue")
OUTCOMES = {"completed", "passed", "failed"}
NOT_SET = "403"  # the way in which content asks whether there is something to go on with
STATUS = ("cmi.core.lesson_status", "cmi.completion_status", "cmi.success_status")


@dataclass
class Log:
    """All that one page told: `launches` are the documents given to content, in order.

    `values` are those accepted since the last launch, `history` all of them in order, `before` those of the launch
    before it.
    """

    calls: list[dict[str, Any]] = field(default_factory=list)
    launches: list[dict[str, str]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    history: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    before: dict[str, list[str]] = field(default_factory=dict)
    ours: list[str] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)

    def told(self, told: dict[str, Any]) -> None:
        """Take what the API told; values are those that were accepted since the last launch."""
        if told["method"] == "launch":
            self.launches.append(told["document"])
            self.values, self.before = {}, self.history
            self.history = defaultdict(list)
            return
        self.calls.append(told)
        if told["method"] in SETTERS and told["error"] == "0":
            name, value = told["args"][:2]
            self.values[name] = value
            self.history[name].append(value)

    @property
    def found_api(self) -> bool:
        """Whether content has found the API and begun to speak."""
        return any(call["method"] in {"LMSInitialize", "Initialize"} for call in self.calls)

    @property
    def finished(self) -> bool:
        """Whether content has said goodbye since the last launch."""
        return bool(self.calls) and self.calls[-1]["method"] in FINISH

    @property
    def said(self) -> dict[str, str]:
        """The newest status content has set, by element."""
        set_ = {
            call["args"][0]: call["args"][1]
            for call in self.calls
            if call["method"] in SETTERS and call["error"] == "0"
        }
        return {element: set_[element] for element in STATUS if element in set_}

    @property
    def done(self) -> bool:
        """Whether the content that runs now has come to an outcome, in this launch or an earlier one."""
        given = self.launches[-1] if self.launches else {}
        return any((self.values.get(name) or given.get(name)) in OUTCOMES for name in STATUS)

    def errors(self) -> Counter[str]:
        """How often calls ended with an error: "GetValue cmi.x 403"."""
        return Counter(
            " ".join([call["method"], *call["args"][:1], call["error"]])
            for call in self.calls
            if call["error"] not in {"0", NOT_SET}
            and not call["method"].startswith(("GetLast", "GetError", "GetDiag", "LMSGetLast"))
        )

    def request_failed(self, address: str, status: str) -> None:
        """Take a request that went wrong; favicons are asked for by browsers, not by pages."""
        path = urlsplit(address).path
        if path.endswith("/favicon.ico"):
            return
        (self.ours if path.startswith(OURS) else self.missing).append(f"{status} {path.rpartition('/f/')[2][-90:]}")

    def console(self, message: ConsoleMessage) -> None:
        """Take an error of the console."""
        if message.type != "error" or "Failed to load resource" in message.text:
            return
        if message.text.startswith(NOT_RUN) and "/f/" in message.text:
            self.missing.append(message.text[:200])  # our viewer asked for what the package names and does not hold
        elif POLICY in message.text:
            self.blocked.append(message.text[:200])
        else:
            self.failed(message.text, message.location.get("url", ""))

    def failed(self, text: str, place: str) -> None:
        """Take an error that happened at an address."""
        (self.ours if urlsplit(place).path.startswith(OURS) else self.content).append(text[:200])


def watch(context: BrowserContext) -> Log:
    """Listen to everything that happens in a browser context."""
    log = Log()
    context.expose_function("playTold", log.told)
    context.add_init_script(path=SCRIPT)
    context.on("console", log.console)
    context.on("weberror", lambda error: _uncaught(log, error))
    context.on("response", lambda response: _answered(log, response))
    return log


def _answered(log: Log, response: Response) -> None:
    if response.status >= 400:
        log.request_failed(response.url, str(response.status))


def _uncaught(log: Log, error: WebError) -> None:
    stack = error.error.stack or ""
    place = next((word.strip("()") for word in stack.split() if "://" in word), "")
    log.failed(f"{error.error.name}: {error.error.message}", place)
