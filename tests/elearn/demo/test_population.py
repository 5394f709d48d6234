"""The people of the province as they are drawn, before any database knows of them."""

import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from elearn.demo.population.classes import PRESENT, PREVIOUS
from elearn.demo.population.drawing import SEED, draw_population
from elearn.demo.population.schools import MORE_UNITS, SCHOOLS
from elearn.demo.register import UNITS
from elearn.models.curriculum import Level
from elearn.models.organisation import UnitKind
from elearn.models.people import Contract, PostRole
from elearn.services.curriculum import GRADES, SUBJECTS


@pytest.fixture(scope="module")
def population():
    return draw_population()


def test_the_same_seed_draws_the_same_people_and_another_one_others(population):
    assert draw_population(SEED) == population
    assert draw_population(SEED + 1).members != population.members


def test_there_are_twelve_schools_over_all_levels():
    schools = [unit for unit in (*UNITS, *MORE_UNITS) if unit.kind is UnitKind.SCHOOL]
    assert len(schools) == len(SCHOOLS) == 12
    assert {level for unit in schools for level in unit.levels} == set(Level)
    assert {plan.unit for plan in SCHOOLS} == {unit.code for unit in schools}


def test_more_than_200_teachers_work_there(population):
    teachers = [one for one in population.members if any(post.role is PostRole.TEACHER for post in one.posts)]
    assert len(teachers) >= 200


def test_1500_pupils_learn_there_this_year_and_nearly_as_many_in_the_year_before(population):
    pupils = {
        year: {stay.pupil for room in population.classes if room.year == year for stay in room.stays}
        for year in (PREVIOUS, PRESENT)
    }
    assert len(pupils[PRESENT]) == 1500
    assert len(pupils[PREVIOUS]) > 1450
    assert len(pupils[PRESENT] & pupils[PREVIOUS]) > 1000


def test_nobody_shares_a_code_and_every_name_is_composed_unicode(population):
    people = [*population.members, *population.pupils]
    assert len({one.code for one in people}) == len(people)
    assert all(len(one.code) == 12 and one.code.startswith("099") for one in people)
    assert all(unicodedata.is_normalized("NFC", one.name) and len(one.name.split()) >= 3 for one in people)


def test_no_pupil_is_in_two_classes_on_one_day(population):
    stays = defaultdict(list)
    for room in population.classes:
        for stay in room.stays:
            stays[stay.pupil].append((stay.since, stay.until))
    for spans in stays.values():
        spans.sort()
        assert all(end < begin for (_, end), (begin, _) in pairwise(spans))


def test_no_main_posts_of_a_person_overlap_and_shares_add_up(population):
    for member in population.members:
        main = sorted((post for post in member.posts if post.is_main), key=lambda post: post.since)
        for before, after in pairwise(main):
            assert before.until < after.since
        assert sum(post.fte for post in member.posts if post.until is None) <= 1


def test_work_takes_every_turn_that_the_ratio_knows(population):
    posts = [post for member in population.members for post in member.posts]
    assert sum(len({post.unit for post in member.posts if post.is_main}) > 1 for member in population.members) >= 8
    assert sum(not post.is_main for post in posts) >= 4
    assert sum(bool(member.leaves) for member in population.members) >= 10
    assert Counter(post.contract for post in posts)[Contract.VISITING] >= 6
    assert sum(all(post.until for post in member.posts) for member in population.members) >= 6


def test_every_code_of_subject_and_grade_is_one_of_the_curriculum(population):
    subjects = {row.code: row.levels for row in SUBJECTS}
    for member in population.members:
        assert all(post.level in subjects[post.subject] for post in member.posts if post.subject)
    assert {room.grade for room in population.classes} - {None} <= {row.code for row in GRADES}


def test_every_class_has_a_form_teacher_or_one_of_the_tables_and_somebody_who_teaches(population):
    assert all(room.teaching for room in population.classes)
