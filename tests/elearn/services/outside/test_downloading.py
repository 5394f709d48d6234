"""Whole files from another server: every address on the way is judged, and nobody can send for ever."""

import io
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from elearn.services.outside import Guard, OutsideError, download
from elearn.services.outside.downloading import Limits

LOCAL = Guard.from_names(["127.0.0.1"])
LIMITS = Limits(largest=10_000, seconds=5.0)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.asked.append(self.path)
        name = self.path.strip("/").split("?")[0].split("/")[0]
        if name == "drip":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            while not self.server.stop.wait(0.05):
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return
            return
        status, headers, body = self.server.answers[name]
        self.send_response(status)
        for key, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.asked, server.stop = [], threading.Event()
    server.url = f"http://127.0.0.1:{server.server_port}"
    server.answers = {
        "bai": (200, {}, b"data"),
        "named": (200, {"Content-Disposition": "attachment; filename=a.zip; filename*=UTF-8''B%C3%A0i%201.zip"}, b"x"),
        "quoted": (200, {"Content-Disposition": r'attachment; filename="a \"b\".zip"'}, b"x"),
        "moved": (302, {"Location": "/bai"}, b""),
        "loop": (302, {"Location": "/loop"}, b""),
        "inner": (302, {"Location": "http://169.254.169.254/latest/"}, b""),
        "file": (302, {"Location": "file:///etc/passwd"}, b""),
        "nowhere": (302, {}, b""),
        "gone": (404, {}, b"<html>"),
        "large": (200, {}, b"x" * 20_000),
        "liar": (200, {"Content-Length": "9" * 30}, b"x"),
        "short": (200, {"Content-Length": "50"}, b"x"),
    }
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.stop.set()
    server.shutdown()
    server.server_close()


def take(url, guard=LOCAL, limits=LIMITS, told=lambda _done, _all: None):
    file = io.BytesIO()
    return download(guard, url, file, limits, told), file.getvalue()


def test_a_file_comes_whole_with_its_name_and_is_told_of(server):
    told = []
    got, data = take(f"{server.url}/bai/B%C3%A0i%202.pdf?x=1", told=lambda done, whole: told.append((done, whole)))
    assert (got.size, got.name, data, told) == (4, "Bài 2.pdf", b"data", [(4, 4)])
    assert take(f"{server.url}/named")[0].name == "Bài 1.zip"
    assert take(f"{server.url}/quoted")[0].name == 'a "b".zip'


def test_a_redirect_is_followed_to_where_one_may_go(server):
    assert take(f"{server.url}/moved")[1] == b"data"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("inner", "outside_inner_host"),
        ("file", "outside_address"),
        ("loop", "outside_redirects"),
        ("nowhere", "outside_redirects"),
        ("gone", "outside_status"),
        ("large", "outside_too_large"),
        ("liar", "outside_too_large"),
        ("short", "outside_silent"),
    ],
)
def test_what_is_refused(server, path, code):
    with pytest.raises(OutsideError) as refused:
        take(f"{server.url}/{path}")
    assert refused.value.code == code


def test_inner_machines_are_not_asked(server):
    for url in (server.url, "http://localhost/", "http://[::1]/", "http://10.0.0.1/x", "https://169.254.169.254/"):
        with pytest.raises(OutsideError) as refused:
            take(f"{url}/bai", Guard())
        assert refused.value.code == "outside_inner_host"
    assert server.asked == []


def test_a_name_is_resolved_once_for_each_step(server, monkeypatch):
    asked, resolve = [], socket.getaddrinfo

    def once(host, port, *further, **named):
        if host != "bai.example":
            return resolve(host, port, *further, **named)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if len(asked) == 1 else "10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    url = server.url.replace("127.0.0.1", "bai.example")
    assert take(f"{url}/bai", Guard.from_names(["bai.example"]))[1] == b"data"
    assert asked == ["bai.example"]


def test_who_drips_is_given_up(server):
    with pytest.raises(OutsideError) as refused:
        take(f"{server.url}/drip", limits=Limits(10_000, 0.4))
    assert refused.value.code == "outside_silent"


def test_whoever_is_told_may_end_it(server):
    class EndedError(Exception):
        pass

    def told(_done, _all):
        raise EndedError

    with pytest.raises(EndedError):
        take(f"{server.url}/bai", told=told)
