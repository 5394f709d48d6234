"""Which addresses may be asked (server-side request forgery)."""

import socket
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.services.outside import Guard, OutsideError
from elearn.services.outside.guard import is_of_the_world

WORLD = "93.184.216.34"


@pytest.fixture
def names(monkeypatch):
    """What names mean here; numbers mean themselves, as the system reads them."""
    known = {}
    system = socket.getaddrinfo

    def resolve(host, port, **options):
        if host not in known:
            return system(host, port, flags=socket.AI_NUMERICHOST, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    known["moodle.example"] = [WORLD]
    return known


def code(url, guard=None):
    with pytest.raises(OutsideError) as refused:
        (guard or Guard()).place(url)
    return refused.value.code


def test_a_server_of_the_world_is_asked_at_the_address_that_was_judged(names):
    place = Guard().place("https://moodle.example/a/b?c=d#e")
    assert (place.address, place.port, place.target) == (WORLD, 443, "/a/b?c=d")
    assert place.host_header == "moodle.example"
    assert Guard().place("https://moodle.example:8443").host_header == "moodle.example:8443"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0.0.0.0",  # noqa: S104 - asked, not bound
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::a00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fc00::1]",
        "[ff02::1]",
    ],
)
def test_no_inner_address_however_it_is_written(names, host):
    assert code(f"https://{host}/latest/meta-data") == "outside_inner_host"


def test_a_name_that_means_an_inner_address(names):
    names["evil.example"] = ["10.0.0.5"]
    assert code("https://evil.example/") == "outside_inner_host"


def test_a_name_that_means_an_inner_address_too(names):
    names["evil.example"] = [WORLD, "127.0.0.1"]
    assert code("https://evil.example/") == "outside_inner_host"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "moodle.example",
        "//moodle.example",
        "file:///etc/passwd",
        "gopher://moodle.example/",
        "ftp://moodle.example/",
        "https://",
        "https://user:word@moodle.example/",
        "https://moodle.example:99999/",
        "https://moodle.example/a b",
        "https://moodle.example/\r\nX: y",
        "https://[::1",
    ],
)
def test_what_is_no_address_of_the_web(names, url):
    assert code(url) == "outside_address"


def test_a_name_that_means_nothing(names):
    assert code("https://nowhere.invalid/") == "outside_unknown_host"
    assert code(f"https://{'x' * 70}.example/") == "outside_unknown_host"


def test_plain_http_is_for_allowed_hosts_only(names):
    assert code("http://moodle.example/") == "outside_plain"
    assert Guard.from_names(["moodle.example"]).place("http://moodle.example/").scheme == "http"


@pytest.mark.parametrize("allowed", ["moodle.truong.vn", "MOODLE.truong.vn.", "10.3.0.7", "10.0.0.0/8"])
def test_a_school_may_allow_its_own(names, allowed):
    names["moodle.truong.vn"] = ["10.3.0.7"]
    assert Guard.from_names([allowed]).place("http://moodle.truong.vn:8080/x").address == "10.3.0.7"


def test_what_is_allowed_opens_nothing_beside_it(names):
    guard = Guard.from_names(["moodle.truong.vn", "10.3.0.7"])
    names["moodle.truong.vn"] = ["10.3.0.7"]
    assert code("http://10.3.0.8/", guard) == "outside_inner_host"
    assert code("http://10.3.0.7.evil.example/", guard) == "outside_unknown_host"


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_like_itself(address):
    assert is_of_the_world(ip_address(f"::ffff:{address}")) == is_of_the_world(address)


@given(st.text(max_size=60))
def test_no_text_does_more_than_be_refused(text):
    guard = Guard()
    with pytest.raises(OutsideError):
        guard.place(f"https://127.0.0.1\\{text}" if text.isprintable() else text)
