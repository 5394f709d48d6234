"""The language of a request, and that every message of the program has a Vietnamese sentence."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from sqlalchemy import select

from elearn.app import create_app
from elearn.models.account import Account
from elearn.paths import PACKAGE, templates_folder, translations_folder
from tests.support.web import Browser

KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
FILES = sorted(translations_folder().glob("vi/*.po"))


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "vi"),
        ({"Accept-Language": "en"}, "en"),
        ({"Accept-Language": "en-GB,en;q=0.9"}, "en"),
        ({"Accept-Language": "vi-VN,vi;q=0.9,en;q=0.8"}, "vi"),
        ({"Accept-Language": "fr"}, "vi"),
        # Browsers are shipped with this; it is nobody's choice.
        ({"Accept-Language": "en-US,en;q=0.9"}, "vi"),
    ],
)
def test_a_visitor_gets_the_language_of_the_browser_or_vietnamese(client, headers, language):
    assert f'<html lang="{language}">' in client.get("/", headers=headers).text


def test_a_department_may_choose_english(make_house):
    browser = Browser(create_app(make_house(ELEARN_LOCALE="en")))
    assert '<html lang="en">' in browser.get("/").text


def test_a_choice_is_kept_in_the_browser_and_returns_to_the_page(client):
    answer = client.post("/language", {"language": "en", "next": "/sign-in?next=/account"})
    assert answer.location == "/sign-in?next=/account"
    assert '<html lang="en">' in client.get("/sign-in").text


def test_a_choice_is_kept_with_the_account(sign_in, make_browser, house):
    sign_in().post("/language", {"language": "en"})
    with house.database.read() as session:
        assert session.scalars(select(Account.locale)).one() == "en"
    other = make_browser()
    other.sign_in("lan")
    assert "Hello, Nguyễn Thị Lan" in other.get("/").text


@pytest.mark.parametrize("language", ["xx", "", "vi\r\nSet-Cookie: a=b"])
def test_an_unknown_language_changes_nothing(client, language):
    assert client.post("/language", {"language": language}).status_code == 303
    assert '<html lang="vi">' in client.get("/").text


def test_the_switch_of_language_goes_to_no_other_site(client):
    assert client.post("/language", {"language": "en", "next": "//evil.example"}).location == "/"


def test_times_are_shown_in_the_time_zone_of_the_department(sign_in):
    assert re.search(r"\d\d:\d\d \d\d/\d\d/\d{4}", sign_in().get("/account").text)


@cache
def messages():
    """Every message of Python and templates -> the file that says it."""
    found = {}
    sources = [("python", path) for path in PACKAGE.rglob("*.py")]
    sources += [("jinja2.ext:babel_extract", path) for path in templates_folder().rglob("*.html")]
    for method, path in sources:
        for _, message, _, context in extract_from_file(method, str(path), keywords=KEYWORDS):
            key = message[0] if isinstance(message, tuple) else message
            found.setdefault((context, key), (message, path.name))
    return found


@cache
def catalogs():
    """Every entry of the Vietnamese files by context and message."""
    entries = {}
    for path in FILES:
        with path.open("rb") as file:
            catalog = read_po(file, locale="vi")
        for entry in catalog:
            if entry.id:
                key = entry.id[0] if isinstance(entry.id, tuple) else entry.id
                entries.setdefault((entry.context, key), []).append((path.name, entry))
    return entries


def test_every_message_is_translated():
    said = {key: place for key, (_, place) in messages().items()}
    translated = {key for key, found in catalogs().items() if all(_strings(entry)[0] for _, entry in found)}
    assert {key: place for key, place in said.items() if key not in translated} == {}


def test_translations_keep_the_placeholders():
    for found in catalogs().values():
        for name, entry in found:
            wanted = set(PLACEHOLDER.findall(_ids(entry)[-1]))
            for string in _strings(entry):
                assert set(PLACEHOLDER.findall(string)) == wanted, (name, entry.id)


def test_one_message_has_one_translation():
    for found in catalogs().values():
        assert len({_strings(entry) for _, entry in found}) == 1, found[0][1].id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_translation_is_fuzzy_or_obsolete(path):
    text = Path(path).read_text(encoding="utf-8")
    assert "fuzzy" not in text
    assert "#~" not in text


def test_no_translation_is_left_over():
    # The command line hands some sentences on to a function that translates them: any literal counts as said.
    literals = {
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    said = {key for _, key in messages()} | literals
    assert {key: found[0][0] for key, found in catalogs().items() if key[1] not in said} == {}


def _strings(entry):
    return entry.string if isinstance(entry.string, tuple) else (entry.string,)


def _ids(entry):
    return entry.id if isinstance(entry.id, tuple) else (entry.id,)
