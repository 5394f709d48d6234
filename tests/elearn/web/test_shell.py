"""The frame of the pages: weight, static files, navigation, start pages, health, log lines."""

import gzip
import json
from datetime import timedelta

import pytest
import structlog
import time_machine

from content_packages.facts import Kind
from elearn.clock import now
from elearn.models.account import Role
from elearn.models.curriculum import Level
from elearn.models.describing import Licence
from elearn.models.material import Status
from elearn.services.housekeeping import beat
from elearn.web.assets import assets, icon
from elearn.web.devices import device_name
from elearn.web.labels import KINDS, LEVELS, LICENCES, ROLES, STATUSES, initials
from elearn.web.logs import configure_logging, redacted_path
from elearn.web.navigation import DESTINATIONS

GZIP = {"Accept-Encoding": "gzip"}


def linked(page):
    """The addresses of styles, scripts and pictures that a page loads."""
    return sorted({part.partition('"')[0] for part in page.split('="')[1:] if part.startswith("/static/")})


def test_a_first_visit_weighs_less_than_100_kb_and_the_next_less_than_20(client):
    first = client.get("/", headers=GZIP)
    page = gzip.decompress(first.data).decode()
    cold = len(first.data) + sum(len(client.get(address, headers=GZIP).data) for address in linked(page))
    assert len(first.data) < 20_000
    assert cold < 100_000


def test_everything_a_page_loads_may_be_kept_for_ever(client):
    addresses = linked(client.get("/").text)
    assert addresses
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_static_file_without_its_fingerprint_is_asked_for_again(client):
    assert client.get("/static/css/elearn.css").headers["Cache-Control"] == "public, max-age=300"


def test_a_static_file_that_is_known_is_not_sent_again(client):
    first = client.get("/static/css/elearn.css")
    again = client.get("/static/css/elearn.css", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_two_encodings_of_a_static_file_have_two_tags(client):
    plain, packed = client.get("/static/css/elearn.css"), client.get("/static/css/elearn.css", headers=GZIP)
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["../app.py", "..%2fapp.py", "css/absent.css", "css/../../app.py", "%00"])
def test_nothing_outside_the_static_folder_is_served(client, path):
    assert client.get(f"/static/{path}").status_code in {400, 404}


def test_bootstrap_comes_from_this_server(client):
    assert "https://" not in "".join(linked(client.get("/").text))
    assert b"Bootstrap" in assets()["vendor/bootstrap.css"].body[:200]


def test_an_icon_is_hidden_from_screen_readers_unless_it_has_a_label():
    assert 'aria-hidden="true"' in icon("search")
    assert 'aria-label="&lt;x&gt;"' in icon("search", "<x>")
    with pytest.raises(KeyError):
        icon("no-such-icon")


def test_every_icon_that_the_shell_names_exists():
    for name in [*(row[1] for row in KINDS.values()), *(row.icon for row in DESTINATIONS)]:
        assert icon(name).startswith("<svg")


def test_every_code_has_a_label():
    assert set(KINDS) == set(Kind)
    assert set(LEVELS) == set(Level)
    assert set(STATUSES) == set(Status)
    assert set(ROLES) == set(Role)
    assert set(LICENCES) == set(Licence)


def test_the_avatar_shows_the_given_name_which_stands_last():
    assert initials("Nguyễn Thị Ánh") == "Á"
    assert initials("") == "?"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("curl/8.5", "curl"),
        ("", "?"),
    ],
)
def test_a_session_is_named_by_browser_and_system(agent, name):
    assert device_name(agent) == name


def test_a_page_can_be_used_from_the_keyboard_and_says_where_things_are(client):
    page = client.get("/sign-in").text
    assert 'class="skip" href="#main"' in page
    assert 'id="main"' in page
    assert 'role="search"' in page
    assert 'for="login"' in page


def test_a_visitor_finds_the_way_to_sign_in(client):
    assert 'href="/sign-in"' in client.get("/").text


@pytest.mark.parametrize(("role", "may_contribute"), [(Role.TEACHER, True), (Role.STUDENT, False)])
def test_the_start_page_offers_what_the_role_may_do(sign_in, role, may_contribute):
    assert ('href="/contribute"' in sign_in(role=role).get("/").text) is may_contribute


def test_health_is_told_without_the_right_host_to_this_machine_only(make_browser):
    assert make_browser(origin="http://10.0.0.1").get("/healthz").status_code == 200
    assert make_browser(origin="http://evil.example", peer="10.0.0.9").get("/healthz").status_code == 421


def test_health_names_what_is_well_and_tells_no_secret(client, house):
    answer = client.get("/healthz")
    assert answer.json["checks"]["database"] == "ok"
    assert answer.json["checks"]["storage"] == "ok"
    assert str(house.settings.home) not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_silent_worker_is_noticed(client, house):
    with house.database.write() as session:
        beat(session)
    assert client.get("/healthz").json["checks"]["worker"] == "ok"
    with time_machine.travel(now() + timedelta(minutes=4)):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json["status"]) == (200, "degraded")
    assert answer.json["checks"]["worker"] == "silent"


def test_a_lost_database_is_503(client, house, monkeypatch):
    def lost():
        raise OSError

    monkeypatch.setattr("elearn.web.health.CHECKS", {"database": lost})
    assert client.get("/healthz").status_code == 503


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/f/abcdefgh234567abcdef/a/b.html", "/f/…/a/b.html"),
        ("/w/abcdefgh234567abcdef/3.webp", "/w/…/3.webp"),
        ("/p/XyZ", "/p/…"),
        ("/setup/abc", "/setup/…"),
        ("/materials/0192f0c1d2e37a1b8c9d0e1f2a3b4c5d", "/materials/0192f0c1d2e37a1b8c9d0e1f2a3b4c5d"),
        ("/x/" + "A" * 43, "/x/…"),
        ("/library", "/library"),
    ],
)
def test_what_opens_something_is_not_in_the_log(path, shown):
    assert redacted_path(path) == shown


def test_a_log_line_has_the_request_id_and_no_query(client, capsys):
    answer = client.get("/sign-in?next=/account&token=geheim")
    written = capsys.readouterr().out
    assert answer.headers["X-Request-Id"] in written
    assert "geheim" not in written


def test_log_lines_can_be_json(make_house, capsys):
    house = make_house(ELEARN_LOG_FORMAT="json")
    try:
        configure_logging(house.settings)
        structlog.get_logger().info("started", name="thư viện")
    finally:
        structlog.reset_defaults()
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert (line["event"], line["name"], line["level"]) == ("started", "thư viện", "info")
