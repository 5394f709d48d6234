"""A small threaded server for the test platform: it writes down what was asked, and misbehaves when it is told to."""

from __future__ import annotations

import threading
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment


@dataclass
class Fault:
    """An answer instead of the proper one. `holds` is an event to wait for before it is given."""

    status: int = 500
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    holds: threading.Event | None = None
    after: bool = False  # the proper handler does its work first: the answer alone is lost

    def answer(self) -> Response:
        """The answer."""
        return Response(self.body, self.status, self.headers)


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    name: str
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


class Server:
    """Handlers by name; `route` says which name a path has."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.lock = threading.RLock()
        self._faults: dict[str, list[Fault]] = defaultdict(list)
        self._always: dict[str, Fault] = {}

    def misbehave(self, name: str, fault: Fault | int, times: int | None = 1) -> None:
        """Give another answer than the proper one for the next requests, or for all of them with None."""
        told = Fault(fault) if isinstance(fault, int) else fault
        if times is None:
            self._always[name] = told
        else:
            self._faults[name] += [told] * times

    def behave(self) -> None:
        """From now on properly."""
        self._faults.clear()
        self._always.clear()

    def requests(self, name: str) -> list[Asked]:
        """What was asked of one endpoint."""
        with self.lock:
            return [each for each in self.asked if each.name == name]

    def route(self, request: Request) -> tuple[str, Callable[[Request], Response]] | None:
        """The endpoint of a request."""
        raise NotImplementedError

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        found = self.route(request)
        if found is None:
            return Response("not found", 404)
        name, handler = found
        with self.lock:
            told = request.get_data()
            self.asked.append(
                Asked(name, request.method, request.path, request.args.to_dict(), dict(request.headers), told)
            )
            waiting = self._faults[name]
            fault = waiting.pop(0) if waiting else self._always.get(name)
        if fault and fault.holds:
            fault.holds.wait(30)
        if fault and not fault.after:
            return fault.answer()
        with self.lock:
            answer = handler(request)
        return fault.answer() if fault else answer


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        pass


def _not_ready(_environ: WSGIEnvironment, _start_response: StartResponse) -> Iterable[bytes]:
    raise RuntimeError("nobody knows the port yet")


@contextmanager
def serving(build: Callable[[str], Server], host: str = "127.0.0.1") -> Iterator[Any]:
    """Serve what `build` makes from its own address, on a free port, until the end of the block."""
    server = make_server(host, 0, _not_ready, threaded=True, request_handler=_Quiet)
    server.app = built = build(f"http://{host}:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield built
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
