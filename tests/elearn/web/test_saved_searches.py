"""Saving the question of a result page, finding it on the start page, going back, removing it."""

import re

from elearn.models.account import Role
from tests.support.contributing import indexed, published


def test_a_search_is_kept_found_again_and_removed(sign_in):
    lan = sign_in()
    answer = lan.post("/library/saved", {"query": "q=phân số&level=TH&page=3"})
    assert answer.location == "/library?q=ph%C3%A2n+s%E1%BB%91&level=TH"
    listed = lan.get("/library/saved").text
    assert "phân số · Tiểu học" in listed
    assert "phân số · Tiểu học" in lan.get("/").text
    uid = re.search(r'href="/library/saved/(\w+)"', listed)[1]
    assert lan.get(f"/library/saved/{uid}").location == answer.location
    assert lan.post(f"/library/saved/{uid}/delete").status_code == 303
    assert "Chưa lưu tìm kiếm nào" in lan.get("/library/saved").text


def test_only_what_a_search_finds_as_it_was_typed_is_new_in_it(sign_in, house):
    lan = sign_in("lan", Role.TEACHER)
    for query in ("q=phaan+soos", "q=phaan+soos&literal=y"):
        lan.post("/library/saved", {"query": query})
    published(lan, sign_in("duyet", Role.REVIEWER), title="Phân số")
    indexed(house)
    exactly, mended = re.findall(r"<li>\s*<div.*?</li>", lan.get("/library/saved").text, re.DOTALL)
    assert "1 mới" in mended
    assert "mới<" not in exactly
    address = re.search(r'href="(/library/saved/\w+)"', exactly)[1]
    assert lan.get(address).location == "/library?q=phaan+soos&literal=y"


def test_a_question_about_nothing_is_not_kept(sign_in):
    lan = sign_in()
    lan.post("/library/saved", {"query": "page=2&level=khong-co&sort=newest"})
    assert "Chưa lưu tìm kiếm nào" in lan.get("/library/saved").text


def test_only_members_are_offered_to_keep_a_search_that_asks_something(client, sign_in):
    lan = sign_in()
    assert "Lưu tìm kiếm này" in lan.get("/library?q=toan").text
    assert "Lưu tìm kiếm này" not in lan.get("/library").text
    assert "Lưu tìm kiếm này" not in client.get("/library?q=toan").text


def test_somebody_elses_search_is_not_found(sign_in):
    lan, hoa = sign_in(), sign_in("hoa")
    lan.post("/library/saved", {"query": "q=toan"})
    uid = re.search(r'href="/library/saved/(\w+)"', lan.get("/library/saved").text)[1]
    assert hoa.get(f"/library/saved/{uid}").status_code == 404
    assert hoa.post(f"/library/saved/{uid}/delete").status_code == 404
