"""Searching: the index answers, the database confirms and stands in."""

import pytest
from sqlalchemy import event, update
from sqlalchemy.orm import object_session

from elearn.models.account import Account, Role
from elearn.models.material import Material, MaterialGrade, MaterialLevel, MaterialSubject, Status
from elearn.services.access import ANONYMOUS, SYSTEM
from elearn.services.indexing import all_documents
from elearn.services.search import search
from search_index.engine import open_engine


@pytest.fixture
def school(world):
    return world.unit("TH1", world.unit("SO"))


@pytest.fixture
def author(world, school):
    return world.somebody(Role.TEACHER, school, "lan")


@pytest.fixture
def pupil(world, school):
    return world.somebody(Role.STUDENT, school)


@pytest.fixture
def engine(tmp_path):
    return open_engine("whoosh", tmp_path / "index")


@pytest.fixture
def make_material(session, world, school, author):
    def make(title, level="TH", grade="4", subject="TOAN", **values):
        values = {"status": Status.PUBLISHED, **values}
        material = world.material(
            school,
            session.get(Account, author.account_id),
            values.pop("status"),
            title=title,
            levels=[MaterialLevel(level=level)],
            grades=[MaterialGrade(grade_code=grade)],
            subjects=[MaterialSubject(subject_code=subject)],
            **values,
        )
        session.refresh(material)
        return material

    return make


@pytest.fixture
def indexed(session, engine):
    def rebuild():
        engine.rebuild(all_documents(session))

    return rebuild


def titles(page):
    return [found.material.title for found in page.found]


def test_it_finds_without_tone_marks_and_counts_facets(session, engine, make_material, indexed, author):
    make_material("Phân số bằng nhau")
    make_material("Hình tròn", "THCS", "6", kind="pdf")
    indexed()
    page = search(session, engine, author, "phan so")
    assert titles(page) == ["Phân số bằng nhau"]
    assert not page.degraded
    assert search(session, engine, author, "").facets["level"] == {"TH": 1, "THCS": 1}


def test_filters_narrow_and_empty_filters_do_not(session, engine, make_material, indexed, author):
    make_material("Phân số")
    make_material("Phân thức", "THCS", "8")
    indexed()
    assert titles(search(session, engine, author, "", {"grade": ["8"], "level": []})) == ["Phân thức"]


def test_everybody_finds_only_what_they_may_see(engine, make_material, indexed, author, pupil):
    make_material("Mở cho mọi người", is_public=True)
    make_material("Của trường")
    session = object_session(make_material("Bản nháp", status=Status.DRAFT))
    indexed()

    def found_by(identity):
        return set(titles(search(session, engine, identity, "")))

    assert found_by(ANONYMOUS) == {"Mở cho mọi người"}
    assert found_by(pupil) == {"Mở cho mọi người", "Của trường"}
    assert found_by(author) == found_by(SYSTEM) == {"Mở cho mọi người", "Của trường", "Bản nháp"}


def test_what_was_withdrawn_a_moment_ago_is_not_shown(session, engine, make_material, indexed, pupil):
    make_material("Phân số")
    indexed()
    assert titles(search(session, engine, pupil, "phân số")) == ["Phân số"]
    session.execute(update(Material).values(status=Status.WITHDRAWN))
    assert titles(search(session, engine, pupil, "phân số")) == []


def test_a_nul_parts_words_like_a_blank(session, engine, make_material, author):
    make_material("Phân số bằng nhau")
    assert titles(search(session, engine, author, "số\0phân môn:\0x")) == []
    assert titles(search(session, engine, author, "số\0phân")) == ["Phân số bằng nhau"]


def test_without_an_index_titles_are_searched(session, engine, make_material, author):
    make_material("Phân số bằng nhau")
    make_material("Phân thức", "THCS", "8", kind="pdf")
    page = search(session, engine, author, "phân số")
    assert page.degraded
    assert titles(page) == ["Phân số bằng nhau"]
    assert titles(search(session, engine, author, "", {"grade": ["8"]})) == ["Phân thức"]
    assert titles(search(session, engine, author, "", {"kind": ["pdf"], "level": ["TH"]})) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("-title:thi", ["Thiên nhiên"]),
        ("-tiêu đề:thi", ["Thiên nhiên"]),
        ('-title:"đề thi"', ["Thiên nhiên"]),
        ('-title:"thi nhiên"', ["Thiên nhiên", "Đề thi (lớp 4)"]),
        ("-title:lớp title:đề", []),
        ("lớp -title:nhiên", ["Đề thi (lớp 4)"]),
        ("-thi", ["Thiên nhiên"]),
        ("-description:rừng", ["Đề thi (lớp 4)"]),
        ("description:rừng", ["Thiên nhiên"]),
        ("-body:thi", ["Thiên nhiên", "Đề thi (lớp 4)"]),
        ("-môn:toán -title:đề", ["Thiên nhiên"]),
    ],
)
def test_without_an_index_words_of_fields_exclude(session, engine, make_material, author, text, found):
    make_material("Đề thi (lớp 4)", subject="TNXH")
    make_material("Thiên nhiên", subject="TNXH", description="Về rừng.")
    make_material("Toán vui", description="Rừng")
    assert sorted(titles(search(session, engine, author, f"{text} -title:vui"))) == found


@pytest.mark.parametrize("text", ["%", "_", "100%", "'", '"', "\\", "(" * 10_000])
def test_without_an_index_no_sign_is_a_wildcard(session, engine, make_material, author, text):
    make_material("Phân số")
    assert search(session, engine, author, text).total == 0


def test_without_an_index_nobody_finds_more_than_with_one(session, engine, make_material):
    make_material("Của trường")
    assert search(session, engine, ANONYMOUS, "").total == 0


def test_the_public_form_shows_all_codes_of_a_facet(session, engine, make_material, indexed, author):
    material = make_material("Phân số")
    material.levels.append(MaterialLevel(level="THCS"))
    session.flush()
    indexed()
    hit = search(session, engine, author, "phan so").as_dict()["hits"][0]
    assert (hit["id"], hit["level"], hit["subject"], hit["grade"]) == (material.uid, ["TH", "THCS"], ["TOAN"], ["4"])


def test_a_page_costs_as_many_questions_for_twenty_hits_as_for_one(session, engine, make_material, indexed, author):
    def asked_for(text):
        statements = []
        listen = ("before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
        session.expunge_all()
        event.listen(session.get_bind(), *listen)
        try:
            for found in search(session, engine, author, text).found:
                found.as_dict()
                assert found.material.unit.name
                assert found.material.software is None
        finally:
            event.remove(session.get_bind(), *listen)
        return len(statements)

    make_material("Hình tròn")
    for number in range(20):
        make_material(f"Phân số {number}")
    indexed()
    assert asked_for("hình tròn") == asked_for("phân số") <= 8
