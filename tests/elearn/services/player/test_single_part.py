"""A placement that plays one part of a lesson: nothing else is shown, and its result is that of the part."""

import pytest

from elearn.models.learning import PlacementKind
from elearn.services.player.attempts import open_at, placement_at
from elearn.services.player.single_part import with_part
from tests.support.playing import Page, some_scos

LOCKED = (
    "<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>"
    '<imsss:ruleCondition operator="not" condition="attempted"/></imsss:ruleConditions>'
    '<imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>'
)


@pytest.fixture
def plays(classroom, session):
    """The page of a learner at a place that plays a part: `plays("b")`."""

    def play(part, **manifest):
        lesson = classroom.lesson(some_scos("a", "b", "c", **manifest))
        placement = placement_at(session, lesson, PlacementKind.LTI, "link")
        placement.policy = with_part({}, part)
        return Page(classroom.world, classroom.learner, open_at(session, classroom.learner, placement))

    return play


def shown(page):
    return [entry["id"] for entry in page.view.toc if entry["visible"] and entry["depth"]]


@pytest.mark.parametrize("edition", ["1.2", "2004 3rd Edition", "2004 4th Edition"])
def test_the_part_alone_is_delivered_and_shown(plays, edition):
    page = plays("b", edition=edition)
    assert page.shows == "b"
    assert shown(page) == ["b"]


def test_the_result_is_that_of_the_part(plays):
    page = plays("b")
    page.commit({"cmi.completion_status": "completed", "cmi.success_status": "passed", "cmi.score.scaled": "0.7"})
    assert (page.attempt.completion, page.attempt.success, page.attempt.score_scaled) == ("completed", "passed", 0.7)


def test_no_request_leads_out_of_it(plays):
    page = plays("b")
    page.walk("continue")
    assert page.view.delivery is None or page.shows == "b"
    page = plays("b")
    page.walk("choice", "c")
    assert page.view.exception or page.shows == "b"


def test_what_other_parts_must_reach_first_does_not_lock_it(plays):
    assert plays("b", inside={"b": LOCKED}).shows == "b"


def test_it_is_gone_on_with(plays, classroom, session):
    page = plays("b")
    page.commit({"cmi.exit": "suspend", "cmi.location": "7"})
    page.walk("suspendAll")
    attempt = open_at(session, classroom.learner, page.attempt.registration.placement)
    again = Page(classroom.world, classroom.learner, attempt)
    assert (again.shows, again.document["cmi.location"]) == ("b", "7")


def test_a_part_that_a_version_does_not_have_plays_the_whole(plays):
    assert shown(plays("z")) == ["a", "b", "c"]
