"""The feed of a kept search: a private address, what its owner may see now, and XML that nothing breaks."""

import html
import re

import pytest
from lxml import etree
from sqlalchemy import update

from elearn.clock import now
from elearn.models.account import Account, Role
from elearn.models.material import Material
from tests.support.contributing import indexed, published, uploaded

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def lan(sign_in):
    return sign_in("lan", Role.TEACHER)


@pytest.fixture
def lesson(lan, sign_in, house):
    made = published(lan, sign_in("duyet", Role.REVIEWER), title="Phân số & <số> thập phân")
    uploaded(lan)  # a draft is no news
    indexed(house)
    return made


def kept(browser, query="q=phan+so"):
    browser.post("/library/saved", {"query": query})
    return re.search(r'href="/library/saved/(\w+)"', browser.get("/library/saved").text)[1]


def feed(browser, uid):
    browser.post(f"/library/saved/{uid}/feed")
    return address_of(browser)


def address_of(browser):
    found = re.search(r'value="http://localhost(/feeds/[^"]+)"', browser.get("/library/saved").text)
    return html.unescape(found[1]) if found else None


def titles(answer):
    return etree.fromstring(answer.data).xpath("a:entry/a:title/text()", namespaces=ATOM)


def test_a_reader_without_cookies_gets_what_the_owner_finds(lan, lesson, client):
    answer = client.get(feed(lan, kept(lan)))
    assert answer.mimetype == "application/atom+xml"
    assert titles(answer) == ["Phân số & <số> thập phân"]
    root = etree.fromstring(answer.data)
    assert root.xpath("string(a:link[@rel='alternate']/@href)", namespaces=ATOM) == "http://localhost/library?q=phan+so"
    [entry] = root.xpath("a:entry", namespaces=ATOM)
    assert entry.xpath("string(a:link/@href)", namespaces=ATOM) == f"http://localhost/materials/{lesson}"
    for name in ("id", "title", "updated", "author"):
        assert root.xpath(f"a:{name}", namespaces=ATOM)
        assert entry.xpath(f"a:{name}", namespaces=ATOM)


def test_a_search_for_exactly_what_was_typed_stays_one(lan, lesson, client):
    assert titles(client.get(feed(lan, kept(lan, "q=phaan+soos")))) == ["Phân số & <số> thập phân"]
    lan.post(f"/library/saved/{kept(lan)}/delete")
    exactly = client.get(feed(lan, kept(lan, "q=phaan+soos&literal=y")))
    assert titles(exactly) == []
    root = etree.fromstring(exactly.data)
    address = root.xpath("string(a:link[@rel='alternate']/@href)", namespaces=ATOM)
    assert address == "http://localhost/library?q=phaan+soos&literal=y"


def test_a_reader_asks_again_for_nothing(lan, lesson, client):
    address = feed(lan, kept(lan))
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_a_new_address_ends_the_old_one_and_a_feed_can_be_ended(lan, lesson, client):
    uid = kept(lan)
    first = feed(lan, uid)
    second = feed(lan, uid)
    assert first != second
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    lan.post(f"/library/saved/{uid}/feed/close")
    assert address_of(lan) is None
    assert client.get(second).status_code == 404


def test_a_search_has_no_feed_until_its_owner_wants_one(lan, sign_in, client):
    uid = kept(lan)
    assert address_of(lan) is None
    assert client.get(f"/feeds/{'a' * 32}/{uid}.atom").status_code == 404
    feed(lan, uid)
    assert client.get(f"/feeds/%C3%A9/{uid}.atom").status_code == 404
    lan.post(f"/library/saved/{uid}/feed/close")
    assert sign_in("hoa").post(f"/library/saved/{uid}/feed").status_code == 404
    assert address_of(lan) is None


@pytest.mark.parametrize("address", ["/feeds/x/nothing.atom", "/feeds/%C3%A9/" + "0" * 32 + ".atom"])
def test_a_guessed_address_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_an_owner_who_may_not_sign_in_any_more_has_no_feed(lan, lesson, client, house):
    address = feed(lan, kept(lan))
    with house.database.write() as session:
        session.execute(update(Account).where(Account.login == "lan").values(disabled_at=now()))
    assert client.get(address).status_code == 404


def test_what_is_withdrawn_leaves_the_feed_at_once(lan, lesson, client, house):
    address = feed(lan, kept(lan))
    with house.database.write() as session:
        session.execute(update(Material).values(status="withdrawn"))
    assert titles(client.get(address)) == []


def test_control_characters_of_old_files_do_not_break_the_feed(lan, lesson, client, house):
    with house.database.write() as session:
        session.execute(
            update(Material).where(Material.uid == lesson).values(title="Phân\x02 số\x1f \ufffe", description="\x0b")
        )
    assert titles(client.get(feed(lan, kept(lan)))) == ["Phân số "]
