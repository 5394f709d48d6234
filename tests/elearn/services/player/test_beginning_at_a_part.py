"""A lesson that was found by the words of one part begins there, where the course lets learners choose."""

import pytest

from elearn.services.player.attempts import open_attempt
from tests.support.playing import Page, some_scos


@pytest.fixture
def plays(classroom, session):
    """The page of a learner who opens a lesson of three parts at one: `plays(lesson, "c")`."""

    def play(lesson, part):
        return Page(classroom.world, classroom.learner, open_attempt(session, classroom.learner, lesson), part=part)

    return play


@pytest.mark.parametrize("edition", ["1.2", "2004 4th Edition"])
def test_a_new_attempt_begins_at_the_part(plays, classroom, edition):
    page = plays(classroom.lesson(some_scos("a", "b", "c", edition=edition)), "c")
    assert page.shows == "c"
    assert {entry["id"]: entry["completion"] for entry in page.view.toc}["a"] != "completed"


@pytest.mark.parametrize("part", ["nowhere", "o1", "'", "x" * 300])
def test_a_part_that_is_none_changes_nothing(plays, classroom, part):
    assert plays(classroom.lesson(some_scos("a", "b", "c")), part).shows == "a"


def test_a_course_that_lets_nobody_choose_begins_at_its_beginning(plays, classroom):
    lesson = classroom.lesson(some_scos("a", "b", "c").replace('flow="true"', 'flow="true" choice="false"'))
    assert plays(lesson, "c").shows == "a"


def test_an_attempt_that_is_under_way_goes_on_where_the_learner_was(plays, classroom):
    lesson = classroom.lesson(some_scos("a", "b", "c"))
    plays(lesson, "").walk("suspendAll")
    assert plays(lesson, "c").shows == "a"
