"""Copies of courses: an activity of a copy is as its original, whichever way the platform tells of what it is one."""

import pytest

from elearn.lti.claims import Named
from elearn.lti.notices import Notice, NoticeKind
from elearn.models.learning import PlacementKind
from elearn.models.lti_courses import LtiContext, LtiLink
from elearn.services.lti.copies import content_of, original_of, take_over
from elearn.services.lti.noticed import copied
from elearn.services.lti.places import Target, named_by
from elearn.services.player.attempts import placement_at


@pytest.fixture
def original(moodle, place):
    """An activity whose teacher has said that the newest attempt counts."""
    link = moodle.link(place.lesson("Phân số"))
    link.policy, link.maximum = {"grading": "last"}, 10.0
    return link


@pytest.fixture
def copy(session, moodle):
    """A course of the same platform; gives what makes activities there."""
    context = LtiContext(deployment_id=moodle.deployment.id, name="9", title="", label="", origins=[])
    session.add(context)
    session.flush()

    def make(title="Phân số", **values):
        link = LtiLink(deployment_id=moodle.deployment.id, name=f"c{title}", context_id=context.id, title=title)
        link.scopes, link.policy, link.tag, link.maximum = [], {}, "", 100.0
        for name, value in values.items():
            setattr(link, name, value)
        session.add(link)
        session.flush()
        return link

    make.context = context
    return make


def told(*origins, context="9"):
    return Notice("n", NoticeKind.CONTEXT_COPY, "1", Named(context, "Toán 4 năm sau"), origins)


def content(link):
    return Target(material=link.placement.material.uid)


def test_the_same_content_in_the_course_it_was_copied_from(session, original, copy):
    copy.context.origins = ["3"]
    link = copy("Tên khác")
    assert original_of(session, link, content(original)) is original
    take_over(link, original)
    assert (link.policy, link.maximum) == ({"grading": "last"}, 10.0)


def test_without_content_the_title_decides(session, original, copy):
    copy.context.origins = ["3"]
    assert original_of(session, copy(), Target()) is original
    assert content_of(original) == content(original)
    assert original_of(session, copy("Tên khác"), Target()) is None


def test_the_platforms_word_of_the_link_comes_first(session, moodle, place, original, copy):
    other = moodle.link(place.lesson("khác"), title="khác")
    assert original_of(session, copy(), content(original), [other.name, original.name]) is other


def test_where_two_could_be_it_none_is(session, moodle, original, copy):
    moodle.link(original.placement.material)
    copy.context.origins = ["3"]
    assert original_of(session, copy(), content(original)) is None


def test_no_course_that_it_is_not_a_copy_of(session, original, copy):
    assert original_of(session, copy(), content(original)) is None


def test_no_course_of_another_deployment(session, moodle, original, copy):
    copy.context.origins = ["3"]
    moodle.context.name = "8"
    assert original_of(session, copy(), content(original)) is None


def test_a_copy_of_a_copy_that_nobody_has_opened(session, moodle, original, copy):
    copied(session, moodle.deployment.id, told("3", context="5"))
    copy.context.origins = ["5"]
    assert original_of(session, copy(), content(original)) is original


def test_courses_that_are_copies_of_each_other_have_an_end(session, original, copy):
    copy.context.origins = ["3", "9"]
    original.context.origins = ["9"]
    assert original_of(session, copy("Tên khác"), Target()) is None


def test_a_notice_before_anybody_has_come(session, moodle):
    context = copied(session, moodle.deployment.id, told("3"))
    assert (context.name, context.title, context.origins, context.class_id) == ("9", "Toán 4 năm sau", ["3"], None)


def test_a_notice_after_the_first_has_come(session, moodle, original, copy):
    link, untouched = copy(), copy("Đã chọn", policy={"grading": "first"})
    for row in (link, untouched):
        row.placement = placement_at(session, original.placement.material, PlacementKind.LTI, row.uid)
    copied(session, moodle.deployment.id, told("3"))
    assert link.policy == {"grading": "last"}
    assert untouched.policy == {"grading": "first"}


def test_content_taken_over_twice_keeps_both_origins(session, moodle, copy):
    copied(session, moodle.deployment.id, told("3"))
    assert copied(session, moodle.deployment.id, told("4", "3")).origins == ["4", "3"]


@pytest.mark.parametrize(
    ("custom", "target"),
    [
        ({}, Target()),
        ({"material": "../x", "course": "y"}, Target()),
        ({"material": "0" * 32, "part": "a"}, Target(material="0" * 32, part="a")),
        ({"course": "0" * 32, "part": "a"}, Target(course="0" * 32)),
        ({"part": "a"}, Target()),
    ],
)
def test_what_custom_parameters_name(custom, target):
    assert named_by(custom) == target
