"""clamd is believed when its answer is whole and known; anything else is no answer."""

import io
import socket
import threading
from dataclasses import replace

import pytest

from content_packages.scanner import CHUNK, Judgement, Scanner, ScannerError, Verdict
from tests.support.clamd import HARMFUL, fake_clamd


@pytest.fixture(scope="module")
def clamd():
    with fake_clamd() as server:
        yield server


@pytest.fixture
def scan(clamd):
    clamd.manner = ""

    def run(data, manner="", silence=5.0):
        clamd.manner = manner
        return replace(Scanner.at(clamd.address), silence=silence).scan(io.BytesIO(data))

    return run


def test_a_harmless_file_is_clean_and_arrives_whole(clamd, scan):
    data = bytes(range(256)) * (3 * CHUNK // 256) + b"tail"
    assert scan(data) == Verdict(Judgement.CLEAN)
    assert clamd.seen[-1] == data
    assert scan(b"") == Verdict(Judgement.CLEAN)


def test_what_was_found_is_named(scan):
    assert scan(b"..." + HARMFUL) == Verdict(Judgement.INFECTED, "Test.Harmful-1")


def test_a_file_larger_than_it_takes_is_said_to_be_that_although_the_connection_breaks(scan):
    assert scan(bytes(40 * CHUNK), "size limit") == Verdict(Judgement.TOO_LARGE)


@pytest.mark.parametrize(
    "manner",
    ["closes at once", "closes midway", "garbage", "nonsense", "half an answer", "two answers", "endless", "error"],
)
def test_an_answer_that_is_not_whole_or_not_known_is_none(scan, manner):
    with pytest.raises(ScannerError):
        scan(bytes(40 * CHUNK) if manner.startswith("closes") else b"x", manner)


def test_one_that_says_nothing_is_left_after_its_time(scan):
    with pytest.raises(ScannerError, match="TimeoutError"):
        scan(b"x", "silent", silence=0.05)


def test_nobody_listens():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(ScannerError, match="ConnectionRefusedError"):
        Scanner(host="127.0.0.1", port=port).scan(io.BytesIO(b"x"))
    with pytest.raises(ScannerError, match="FileNotFoundError"):
        Scanner(path="/nowhere/clamd.ctl").ping()


def test_a_socket_in_the_file_system_is_as_good(tmp_path):
    path = tmp_path / "clamd.ctl"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()

        def answer():
            with listening.accept()[0] as connection:
                connection.recv(100)
                connection.sendall(b"PONG\0")

        thread = threading.Thread(target=answer)
        thread.start()
        Scanner.at(f"unix:{path}").ping()
        thread.join()


@pytest.mark.parametrize(
    ("text", "scanner"),
    [
        ("unix:/run/clamav/clamd.ctl", Scanner(path="/run/clamav/clamd.ctl")),
        ("clamd.lan:3310", Scanner(host="clamd.lan", port=3310)),
        ("tcp://10.0.0.5:3310", Scanner(host="10.0.0.5", port=3310)),
        ("[::1]:3310", Scanner(host="::1", port=3310)),
    ],
)
def test_an_address_is_read(text, scanner):
    assert Scanner.at(text) == scanner


@pytest.mark.parametrize("text", ["clamd", "unix:clamd.ctl", "host:0", "host:70000", "host:x", ":3310", "http://h:1"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValueError, match=r"must|no such"):
        Scanner.at(text)
