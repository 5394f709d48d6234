"""The server refuses a body by its headers, with a page of the application, and reads the rest only to be polite."""

import json
import socket
import threading
from contextlib import contextmanager

import pytest
from waitress import wasyncore
from waitress.server import BaseWSGIServer

from elearn.app import create_app
from elearn.cli import serving
from elearn.cli.run import server_options
from elearn.cli.serving import STRANGERS_LIMIT, GatedChannel, create_server
from elearn.house import open_house
from elearn.services.account.known_devices import KnownDevice
from elearn.settings import load_settings
from elearn.web.known_devices import PLAIN

MEBIBYTE = 1024 * 1024
GIGABYTES = 3 * 1024**3


@pytest.fixture
def settings(tmp_path):
    return load_settings({"ELEARN_UPLOAD_LIMIT_MB": "16"}, home=tmp_path)


@contextmanager
def served(application, settings):
    """A server in a thread; gives its port."""
    options = server_options(settings, "127.0.0.1", 0)
    server = create_server(application, settings, **options)
    over = threading.Event()

    def loop():
        while not over.is_set():
            wasyncore.loop(timeout=0.05, use_poll=True, map=server._map, count=1)

    thread = threading.Thread(target=loop)
    thread.start()
    try:
        yield server.effective_port
    finally:
        over.set()
        thread.join()
        server.task_dispatcher.shutdown()
        wasyncore.close_all(server._map)


@pytest.fixture
def asked():
    """What the application was asked."""
    return []


@pytest.fixture
def port(settings, asked):
    def application(environ, start_response):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        asked.append({"path": environ["PATH_INFO"], "promised": length, "came": len(environ["wsgi.input"].read())})
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(asked[-1]).encode()]

    with served(application, settings) as found:
        yield found


def head(length, *more):
    lines = ("POST /x HTTP/1.1", "Host: localhost", f"Content-Length: {length}", *more)
    return "\r\n".join((*lines, "", "")).encode()


def member(settings):
    """The header of a browser in which somebody was signed in before."""
    return f"Cookie: a=b; {PLAIN}={KnownDevice(settings.secret_key).with_account('lan')}"


def answer(port, *sent, parts=()):
    """Send, and read until the server has nothing more to say."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        for data in (*sent, *parts):
            connection.sendall(data)
        received = b""
        while data := connection.recv(65536):
            received += data
            if b"\r\n\r\n" in received and b"connection: close" not in received.lower():
                break
    return received.decode()


def test_a_body_that_is_too_large_is_refused_by_the_application_before_any_of_it_is_sent(port, asked):
    assert answer(port, head(GIGABYTES)).startswith("HTTP/1.1 200")
    assert asked == [{"path": "/x", "promised": GIGABYTES, "came": 0}]


@pytest.mark.parametrize(
    "cookie",
    ["", "Cookie: elearn-device=forged.ff.x.y", "Cookie: elearn=" + "a" * 43, 'Cookie: ;=; "elearn-device=[];;'],
)
def test_nobody_but_browsers_that_were_signed_in_before_sends_large_bodies(port, asked, cookie):
    answer(port, head(STRANGERS_LIMIT + 1, *filter(None, [cookie])))
    assert asked == [{"path": "/x", "promised": STRANGERS_LIMIT + 1, "came": 0}]


def test_a_browser_that_was_signed_in_before_sends_files_up_to_the_limit(port, asked, settings):
    size = 16 * MEBIBYTE
    answer(port, head(size, member(settings)), b"x" * size)
    answer(port, head(20 * MEBIBYTE, member(settings)))
    assert [one["came"] for one in asked] == [size, 0]


def test_strangers_send_what_a_form_or_a_lesson_sends(port, asked):
    answer(port, head(STRANGERS_LIMIT), b"x" * STRANGERS_LIMIT)
    assert asked == [{"path": "/x", "promised": STRANGERS_LIMIT, "came": STRANGERS_LIMIT}]


def test_whoever_asks_before_sending_is_not_told_to_go_on(port):
    told = answer(port, head(GIGABYTES, "Expect: 100-continue"))
    assert told.startswith("HTTP/1.1 200")
    assert "100 Continue" not in told


def test_a_body_without_a_promised_length_is_refused_once_it_is_too_large(port, asked):
    begin = b"POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"100000\r\n" + b"x" * MEBIBYTE + b"\r\n"
    answer(port, begin, parts=[chunk] * 9)
    assert [(one["path"], one["promised"] > STRANGERS_LIMIT) for one in asked] == [("/x", True)]


def test_the_answer_arrives_though_the_whole_body_is_sent_first(port):
    told = answer(port, head(STRANGERS_LIMIT * 3), parts=[b"x" * MEBIBYTE] * 24)
    assert told.startswith("HTTP/1.1 200")
    assert told.endswith('"came": 0}')


def test_nothing_behind_a_refused_request_is_taken_for_a_request(port, asked):
    answer(port, head(GIGABYTES) + b"GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert [one["path"] for one in asked] == ["/x"]


def test_patience_ends(port, monkeypatch):
    monkeypatch.setattr(serving, "STRANGERS_PATIENCE", -1.0)
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(head(GIGABYTES))
        while connection.recv(65536):
            pass
        with pytest.raises(ConnectionError):
            connection.sendall(b"x" * 64 * MEBIBYTE)


def test_every_address_that_is_listened_on_is_behind_the_gate(settings):
    server = create_server(lambda *_: [], settings, listen="127.0.0.1:0 127.0.0.1:0")
    listening = [one for one in server.map.values() if isinstance(one, BaseWSGIServer)]
    assert [one.channel_class.func for one in listening] == [GatedChannel, GatedChannel]
    server.close()


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/sign-in", "413", "Dung lượng quá lớn"),
        ("/contribute", "303", "Location: /sign-in?next=/contribute&ended=upload"),
    ],
)
def test_the_refusal_is_a_page_of_ours(ready, home, path, status, said):
    house = open_house(load_settings({}, home=home))
    with served(create_app(house, port=8000), house.settings) as port:
        told = answer(port, head(GIGABYTES).replace(b"/x", path.encode()).replace(b"localhost", b"localhost:8000"))
    house.close()
    assert told.startswith(f"HTTP/1.1 {status}")
    assert said in told
