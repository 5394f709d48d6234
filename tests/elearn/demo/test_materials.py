import unicodedata
from collections import Counter

import pytest

from content_packages.inspection import inspect
from elearn.demo.accounts import ACCOUNTS, MORE_ACCOUNTS
from elearn.demo.lessons import LESSONS
from elearn.demo.materials import AUTHORS, Way, demo_materials
from elearn.demo.population.tables import MORE_STAFF
from elearn.demo.register import STAFF_ROWS
from elearn.models.curriculum import Level
from elearn.services.curriculum import GRADES, SUBJECTS, levels_of_grade

MATERIALS = tuple(demo_materials())
EACH_MATERIAL = pytest.mark.parametrize("material", MATERIALS, ids=lambda material: material.file_name)


def test_there_are_at_least_36_materials_and_sixteen_of_them_in_the_small_demo():
    assert Counter(material.kind for material in MATERIALS) == {"scorm": 34, "pdf": 2, "software": 2}
    small = {material.file_name for material in demo_materials(whole=False)}
    assert len(small) == 16
    assert small < {material.file_name for material in MATERIALS}


@EACH_MATERIAL
def test_intake_takes_every_file_without_a_finding_and_tells_its_kind(material, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(material.data)
    facts = inspect(path, material.file_name)
    assert (facts.kind, facts.findings) == (material.kind, ())
    if material.kind != "software":
        assert facts.title == material.title


@EACH_MATERIAL
def test_every_code_is_one_of_the_curriculum(material):
    assert set(material.levels) <= set(Level)
    assert set(material.grades) <= {grade.code for grade in GRADES}
    assert set(material.subjects) <= {subject.code for subject in SUBJECTS}
    taught = {level for subject in SUBJECTS if subject.code in material.subjects for level in subject.levels}
    assert not material.subjects or set(material.levels) <= taught


@EACH_MATERIAL
def test_every_grade_is_taught_at_a_level_of_its_material(material):
    homes = {grade.code: grade.level for grade in GRADES}
    for grade in material.grades:
        assert set(levels_of_grade(homes[grade])) & set(material.levels), grade


@EACH_MATERIAL
def test_every_material_is_described_and_has_an_author(material):
    assert material.title
    assert material.author_name
    assert material.licence
    assert len(material.description) > 60
    assert len(material.keywords) >= 4
    assert material.author_login in AUTHORS


@EACH_MATERIAL
def test_all_words_are_composed_unicode(material):
    words = (material.title, material.description, *material.keywords)
    assert all(unicodedata.is_normalized("NFC", word) for word in words)


def test_the_authors_are_people_of_the_demo_under_their_own_names():
    names = {member.code: member.name for member in (*STAFF_ROWS, *MORE_STAFF)}
    accounts = {row.login: names.get(row.person) for row in (*ACCOUNTS, *MORE_ACCOUNTS)}
    assert AUTHORS.items() <= accounts.items()
    assert {lesson.author for lesson in LESSONS} <= set(AUTHORS.values())


def test_the_authors_of_the_small_demo_have_accounts_in_it():
    assert {material.author_login for material in demo_materials(whole=False)} <= {row.login for row in ACCOUNTS}


def test_file_names_differ():
    assert len({material.file_name for material in MATERIALS}) == len(MATERIALS)


def test_most_materials_are_published_and_every_queue_shows_something():
    standing = Counter(material.way for material in MATERIALS)
    assert standing[Way.PUBLISHED] >= 28
    assert set(standing) == set(Way)


def test_the_lessons_span_levels_subjects_editions_and_shapes():
    assert {lesson.level for lesson in LESSONS} == set(Level)
    assert len({lesson.subject for lesson in LESSONS}) >= 18
    editions = Counter(lesson.edition.value for lesson in LESSONS)
    assert editions["1.2"] >= 12
    assert editions["2004 3rd"] >= 5
    assert editions["2004 4th"] >= 5
    assert sum(len(lesson.scos) > 1 for lesson in LESSONS) >= 10
    assert all(sum(len(list(sco.questions())) for sco in lesson.scos) >= 3 for lesson in LESSONS)
