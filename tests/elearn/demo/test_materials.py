import unicodedata
from collections import Counter

import pytest

from content_packages.inspection import inspect
from elearn.demo.accounts import ACCOUNTS
from elearn.demo.lessons import LESSONS
from elearn.demo.materials import AUTHORS, demo_materials
from elearn.demo.register import STAFF_ROWS
from elearn.models.account import Role
from elearn.models.curriculum import Level
from elearn.models.material import Status
from elearn.services.curriculum import GRADES, SUBJECTS, levels_of_grade

MATERIALS = tuple(demo_materials())
EACH_MATERIAL = pytest.mark.parametrize("material", MATERIALS, ids=lambda material: material.file_name)


def test_there_are_twelve_lessons_two_documents_and_two_programs():
    assert Counter(material.kind for material in MATERIALS) == {"scorm": 12, "pdf": 2, "software": 2}


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


def test_the_authors_are_teachers_of_the_demo_under_their_own_names():
    names = {member.code: member.name for member in STAFF_ROWS}
    teachers = {row.login: names[row.person] for row in ACCOUNTS if row.role is Role.TEACHER}
    assert AUTHORS.items() <= teachers.items()
    assert {lesson.author for lesson in LESSONS} <= set(AUTHORS.values())


def test_file_names_differ():
    assert len({material.file_name for material in MATERIALS}) == len(MATERIALS)


def test_most_materials_are_published_and_some_wait():
    standing = Counter(material.status for material in MATERIALS)
    assert standing[Status.PUBLISHED] >= 12
    assert standing[Status.SUBMITTED]
    assert standing[Status.DRAFT]


def test_the_lessons_span_levels_subjects_editions_and_shapes():
    assert {lesson.level for lesson in LESSONS} == {"MN", "TH", "THCS", "THPT", "GDTX"}
    assert len({lesson.subject for lesson in LESSONS}) >= 10
    editions = Counter(lesson.edition.value for lesson in LESSONS)
    assert editions["1.2"] >= 5
    assert editions["2004 3rd"] >= 2
    assert editions["2004 4th"] >= 2
    assert sum(len(lesson.scos) > 1 for lesson in LESSONS) >= 3
    assert all(sum(len(list(sco.questions())) for sco in lesson.scos) >= 3 for lesson in LESSONS)
