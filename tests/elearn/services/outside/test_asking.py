"""Asking another server: what comes back, and what is given up."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from elearn.services.outside import Guard, OutsideError, fetch

LOCAL = Guard.from_names(["127.0.0.0/8"])


class Server(ThreadingHTTPServer):
    """Answers as it is told; keeps what it was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []
        self.stop = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        length = int(self.headers.get("Content-Length", 0))
        self.server.asked.append((self.command, self.path, dict(self.headers), self.rfile.read(length)))
        getattr(self, f"answer_{self.path.strip('/').split('?')[0]}")()

    do_POST = do_GET  # noqa: N815 - named by the library

    def answer_ok(self):
        self.reply(200, b'{"keys": []}', {"Content-Type": "application/json"})

    def answer_missing(self):
        self.reply(404, b"<html>", {})

    def answer_moved(self):
        self.reply(302, b"", {"Location": "http://169.254.169.254/latest/"})

    def answer_large(self):
        self.reply(200, b"x" * 5000, {})

    def answer_endless(self):
        self.send_response(200)
        self.end_headers()
        while not self.server.stop.wait(0.01):
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def answer_head(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self.server.stop.wait(0.02):
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def answer_silence(self):
        self.server.stop.wait(20)

    def reply(self, status, body, headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server():
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.stop.set()
        server.shutdown()
        thread.join()


def code(url, **options):
    with pytest.raises(OutsideError) as refused:
        fetch(LOCAL, url, **options)
    return refused.value.code


def test_an_answer_with_its_status_and_headers(server):
    answer = fetch(LOCAL, f"{server.url}/ok?a=b")
    assert (answer.status, answer.body) == (200, b'{"keys": []}')
    assert answer.headers["content-type"] == "application/json"
    assert server.asked[0][1] == "/ok?a=b"
    assert server.asked[0][2]["Host"] == server.url.removeprefix("http://")


def test_a_refusal_is_an_answer_too(server):
    assert fetch(LOCAL, f"{server.url}/missing").status == 404


def test_what_is_posted_arrives(server):
    fetch(LOCAL, f"{server.url}/ok", method="POST", body=b"a=b", headers={"Authorization": "Bearer x"})
    method, _, headers, body = server.asked[0]
    assert (method, body, headers["Authorization"]) == ("POST", b"a=b", "Bearer x")


def test_a_redirect_is_followed_nowhere(server):
    assert code(f"{server.url}/moved") == "outside_redirects"


def test_a_large_answer_is_given_up(server):
    assert code(f"{server.url}/large", largest=1000) == "outside_too_large"


def test_an_endless_answer_is_given_up_by_its_size(server):
    assert code(f"{server.url}/endless", largest=3) == "outside_too_large"


def test_an_answer_that_drips_is_given_up(server):
    assert code(f"{server.url}/endless", seconds=0.3) == "outside_silent"


def test_a_head_that_drips_is_given_up(server):
    assert code(f"{server.url}/head", seconds=0.2) == "outside_silent"


def test_a_server_that_says_nothing_is_given_up(server):
    assert code(f"{server.url}/silence", seconds=0.2) == "outside_silent"


def test_nobody_listens_there(server):
    port = server.server_port
    server.server_close()
    assert code(f"http://127.0.0.1:{port}/") == "outside_silent"


def test_a_certificate_of_nobody_is_no_proof(server):
    assert code(f"https://127.0.0.1:{server.server_port}/ok", seconds=2) == "outside_silent"


def test_nothing_inner_is_asked_without_being_allowed(server):
    with pytest.raises(OutsideError, match="outside_inner_host"):
        fetch(Guard(), f"{server.url}/ok")
    assert server.asked == []
