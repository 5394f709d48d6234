"""Which application answers a Host, and where content lives."""

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from elearn.app import create_app
from elearn.settings import SettingsError, load_settings
from elearn.web.hosts import HostRules, Side
from tests.support.web import Browser

LABEL = "abcdefgh234567abcdef"
WITH_NAMES = {
    "ELEARN_PUBLIC_URL": "https://hoclieu.example.vn",
    "ELEARN_CONTENT_ORIGIN": "https://{package}.noidung.example.vn",
}
ONE_HOST = WITH_NAMES | {"ELEARN_CONTENT_ORIGIN": "https://noidung.example.vn"}
SCHOOL_BY_IP = {"ELEARN_CONTENT_ORIGIN": "port:8001"}


def rules(tmp_path, environment, port=None):
    return HostRules(load_settings(environment, home=tmp_path), port)


def environ(url, peer="127.0.0.1"):
    return EnvironBuilder("/", base_url=url, environ_overrides={"REMOTE_ADDR": peer}).get_environ()


@pytest.mark.parametrize(
    ("environment", "url", "peer", "side"),
    [
        ({}, "http://localhost:8000", "127.0.0.1", Side.APP),
        ({}, "http://127.0.0.1:8000", "127.0.0.1", Side.APP),
        ({}, "http://192.168.1.5:8000", "192.168.1.9", Side.APP),
        ({}, f"http://{LABEL}.localhost:8000", "127.0.0.1", Side.CONTENT),
        ({}, f"http://{LABEL}.localhost:8000", "192.168.1.9", Side.UNKNOWN),
        ({}, "http://www.localhost:8000", "127.0.0.1", Side.UNKNOWN),
        ({}, "http://evil.example", "127.0.0.1", Side.UNKNOWN),
        (WITH_NAMES, "https://hoclieu.example.vn", "10.0.0.1", Side.APP),
        (WITH_NAMES, "https://hoclieu.example.vn:444", "10.0.0.1", Side.UNKNOWN),
        (WITH_NAMES, f"https://{LABEL}.noidung.example.vn", "10.0.0.1", Side.CONTENT),
        (WITH_NAMES, f"https://a.{LABEL}.noidung.example.vn", "10.0.0.1", Side.UNKNOWN),
        (WITH_NAMES, "https://noidung.example.vn", "10.0.0.1", Side.UNKNOWN),
        (WITH_NAMES, "http://localhost:8000", "127.0.0.1", Side.UNKNOWN),
        (WITH_NAMES, f"http://{LABEL}.localhost:8000", "127.0.0.1", Side.UNKNOWN),
        (ONE_HOST, "https://noidung.example.vn", "10.0.0.1", Side.CONTENT),
        (ONE_HOST, f"https://{LABEL}.noidung.example.vn", "10.0.0.1", Side.UNKNOWN),
        (SCHOOL_BY_IP, "http://192.168.1.5:8000", "192.168.1.9", Side.APP),
        (SCHOOL_BY_IP, "http://192.168.1.5:8001", "192.168.1.9", Side.CONTENT),
        (SCHOOL_BY_IP, "http://evil.example:8001", "192.168.1.9", Side.UNKNOWN),
        (SCHOOL_BY_IP, f"http://{LABEL}.localhost:8000", "127.0.0.1", Side.UNKNOWN),
    ],
)
def test_a_host_belongs_to_one_side(tmp_path, environment, url, peer, side):
    assert rules(tmp_path, environment).side(environ(url, peer)) is side


@pytest.mark.parametrize("host", ["", "a b", "localhost:8000:1", "localhost/..", "-x", "[::zz]", "localhost."])
def test_a_malformed_host_belongs_to_nobody(tmp_path, host):
    assert rules(tmp_path, {}).side({"HTTP_HOST": host, "wsgi.url_scheme": "http"}) is Side.UNKNOWN


@pytest.mark.parametrize(
    ("environment", "url", "content", "app"),
    [
        ({}, "http://localhost:8000", f"http://{LABEL}.localhost:8000", "http://localhost:8000"),
        ({}, "http://192.168.1.5:8000", None, "http://192.168.1.5:8000"),
        (WITH_NAMES, "https://hoclieu.example.vn", f"https://{LABEL}.noidung.example.vn", "https://hoclieu.example.vn"),
        (ONE_HOST, "https://hoclieu.example.vn", "https://noidung.example.vn", "https://hoclieu.example.vn"),
        (SCHOOL_BY_IP, "http://192.168.1.5:8000", "http://192.168.1.5:8001", "http://192.168.1.5:8000"),
    ],
)
def test_both_sides_agree_on_the_two_origins(tmp_path, environment, url, content, app):
    both = rules(tmp_path, environment, port=8000)
    here = Request(environ(url))
    assert both.content_address(here, LABEL) == content
    assert both.app_origin(here) == app
    if content:
        assert both.app_origin(Request(environ(content))) == app


def test_content_at_localhost_is_only_for_this_machine(tmp_path):
    foreign = Request(environ("http://localhost:8000", "192.168.1.9"))
    assert rules(tmp_path, {}).content_address(foreign, LABEL) is None


@pytest.mark.parametrize(
    "environment",
    [
        {"ELEARN_CONTENT_ORIGIN": "https://noidung.example.vn"},
        {"ELEARN_PUBLIC_URL": "https://x.example.vn", "ELEARN_CONTENT_ORIGIN": "https://x.example.vn"},
        {"ELEARN_PUBLIC_URL": "http://10.0.0.5:8001", "ELEARN_CONTENT_ORIGIN": "port:8001"},
    ],
)
def test_origins_that_cannot_be_told_apart_stop_the_start(tmp_path, environment):
    with pytest.raises(SettingsError):
        rules(tmp_path, environment)


def test_an_unknown_host_gets_421_and_no_page_of_the_library(client):
    answer = client.get("/sign-in", origin="http://evil.example")
    assert answer.status_code == 421
    assert "ELEARN_PUBLIC_URL" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_the_421_page_names_the_right_address_in_both_languages(make_house):
    answer = Browser(create_app(make_house(**WITH_NAMES))).get("/", origin="http://evil.example")
    assert answer.text.count('href="https://hoclieu.example.vn"') == 2
    assert '<div lang="en">' in answer.text


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "Forwarded"])
def test_forwarding_headers_of_strangers_change_nothing(client, header):
    answer = client.get("/nope", headers={header: "evil.example"})
    assert answer.status_code == 404
    assert "evil.example" not in answer.text


def test_behind_a_proxy_the_host_itself_decides_and_no_header_that_a_script_can_set(make_house):
    browser = Browser(create_app(make_house(ELEARN_TRUSTED_PROXIES="1", **WITH_NAMES)))
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "9.9.9.9"}
    assert browser.get("/sign-in", origin="https://hoclieu.example.vn", headers=forwarded).status_code == 200
    forwarded["X-Forwarded-Host"] = "hoclieu.example.vn"
    assert browser.get("/sign-in", origin="http://10.0.0.7", headers=forwarded).status_code == 421


@pytest.mark.parametrize("name", ["127.0.0.1", "[::1]"])
def test_a_page_at_the_loopback_address_moves_to_localhost(client, name):
    answer = client.get("/a/b?q=toán&x=1", origin=f"http://{name}:8000")
    assert answer.status_code == 302
    assert answer.location == "http://localhost:8000/a/b?q=to%C3%A1n&x=1"


def test_a_program_at_the_loopback_address_is_served_there(client):
    assert client.get("/healthz", origin="http://127.0.0.1:8000").status_code == 200
    assert client.get("/api/nothing", origin="http://127.0.0.1:8000").status_code == 404


def test_the_move_to_localhost_never_leaves_the_machine(client):
    answer = client.get("//evil.example/x", origin="http://127.0.0.1:8000")
    assert answer.location.startswith("http://localhost:8000/")
