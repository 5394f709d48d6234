"""The two applications keep apart: no route of one answers on the other's Host."""

import pytest
from flask import session
from werkzeug.routing.converters import NumberConverter

from tests.support.contributing import uploaded
from tests.support.zips import simple_zip

LABEL = "abcdefgh234567abcdef"
CONTENT = f"http://{LABEL}.localhost"
# Styles and scripts are no secret and carry no session: both sides serve them from the same folder.
SHARED = "/static/"


def addresses(app):
    """One address for each route of an application, with a method it takes."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: 1 if isinstance(rule._converters[name], NumberConverter) else "x" for name in rule.arguments}
        method = min(rule.methods - {"OPTIONS", "HEAD"} or rule.methods)
        path = adapter.build(rule.endpoint, values, method=method)
        if not path.startswith(SHARED):
            yield path, method


def test_no_route_of_the_application_answers_on_a_content_host(app, client):
    for path, method in addresses(app.people):
        assert client.open(path, method=method, origin=CONTENT).status_code in {404, 405}, path


def test_no_route_of_the_content_answers_on_the_application_host(app, client):
    for path, method in addresses(app.content):
        assert client.open(path, method=method).status_code in {404, 405}, path


def test_the_two_applications_share_no_address(app):
    people, content = (set(addresses(side)) for side in (app.people, app.content))
    assert people
    assert content
    assert not people & content


def test_nothing_that_is_uploaded_is_answered_by_the_application_as_it_was(app, sign_in):
    """Every page about a material is asked for a page, a drawing and a program: none of them hands the bytes out."""
    teacher, marker = sign_in(), b"<b>uploaded-as-it-was</b>"
    files = {
        "a.html": b"<!doctype html><title>A</title>" + marker,
        "a.svg": b"<svg xmlns='http://www.w3.org/2000/svg'>" + marker + b"</svg>",
        "a.zip": simple_zip({"setup.exe": b"MZ" + marker}),
    }
    rules = [rule for rule in app.people.url_map.iter_rules() if rule.arguments == {"uid"} and "GET" in rule.methods]
    for name, data in files.items():
        uid = uploaded(teacher, data, name)
        for rule in rules:
            path = app.people.url_map.bind("localhost").build(rule.endpoint, {"uid": uid})
            answer = teacher.get(path)
            assert marker not in answer.data, path


def test_content_hosts_never_set_a_cookie(app, client):
    for path, method in [*addresses(app.content), ("/nope", "GET"), ("/", "POST")]:
        answer = client.open(path, method=method, origin=CONTENT)
        assert "Set-Cookie" not in answer.headers, path


def test_a_cookie_of_the_application_means_nothing_on_a_content_host(sign_in):
    browser = sign_in()
    answer = browser.get("/account", origin=CONTENT, headers={"Cookie": f"elearn={browser.cookie()}"})
    assert answer.status_code == 404
    assert "Nguyễn" not in answer.text


def test_using_a_session_on_a_content_host_is_an_error_in_the_program(app, client):
    def view():
        session["a"] = 1
        return ""

    app.content.add_url_rule("/test-session", view_func=view)
    assert client.get("/test-session", origin=CONTENT).status_code == 500


def test_error_pages_of_content_hosts_name_no_address_of_the_application(client):
    page = client.get("/nope", origin=CONTENT)
    assert page.status_code == 404
    assert "href" not in page.text
    assert "sign-in" not in page.text


@pytest.mark.parametrize("path", ["/api/v1/materials", "/sign-in", "/account", "/healthz"])
def test_content_hosts_have_no_api_and_no_sign_in(client, path):
    assert client.get(path, origin=CONTENT).status_code == 404
