"""What SCOs and courses of one learner share: buckets of data and global objectives."""

import pytest

from elearn.models.learning import SharedData, SystemObjective
from tests.support.playing import some_scos

BUCKET = '<adlcp:data><adlcp:map targetID="so-tay"/></adlcp:data>'
READ_ONLY = '<adlcp:data><adlcp:map targetID="so-tay" writeSharedData="false"/></adlcp:data>'
WRITES = """<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="p">
  <imsss:mapInfo targetObjectiveID="{target}" writeSatisfiedStatus="true" readSatisfiedStatus="true"/>
  </imsss:primaryObjective></imsss:objectives></imsss:sequencing>"""
NOTE = {"adl.data.0.store": "nhớ bài 3"}


def buckets(*, system, a=BUCKET, b=BUCKET):
    attributes = f'adlcp:sharedDataGlobalToSystem="{str(system).lower()}"'
    return some_scos("a", "b", inside={"a": a, "b": b}, attributes=attributes)


def objectives(target="ky-nang", *, system=True):
    inside = {name: WRITES.format(target=target) for name in "ab"}
    return some_scos("a", "b", inside=inside, attributes=f'adlseq:objectivesGlobalToSystem="{str(system).lower()}"')


@pytest.mark.parametrize("system", [True, False])
class TestABucket:
    def test_reaches_the_next_part(self, classroom, system):
        page = classroom.play(classroom.lesson(buckets(system=system)))
        assert "adl.data.0.store" not in page.document
        page.walk("continue", delta=NOTE)
        assert page.document["adl.data.0.store"] == "nhớ bài 3"

    def test_survives_a_closed_tab(self, classroom, system):
        lesson = classroom.lesson(buckets(system=system))
        classroom.play(lesson).commit(NOTE)
        assert classroom.play(lesson).document["adl.data.0.store"] == "nhớ bài 3"

    def test_is_overwritten_by_the_next_part(self, classroom, system):
        page = classroom.play(classroom.lesson(buckets(system=system)))
        page.walk("continue", delta=NOTE)
        page.walk("previous", delta={"adl.data.0.store": "sửa lại"})
        assert page.document["adl.data.0.store"] == "sửa lại"

    def test_that_a_part_may_only_read_stays_as_it_is(self, classroom, system):
        page = classroom.play(classroom.lesson(buckets(system=system, b=READ_ONLY)))
        page.walk("continue", delta=NOTE)
        receipt = page.commit({"adl.data.0.store": "phá"})
        assert receipt.rejected == {"adl.data.0.store": "404"}
        page.walk("previous")
        assert page.document["adl.data.0.store"] == "nhớ bài 3"

    def test_belongs_to_its_learner(self, classroom, system):
        lesson = classroom.lesson(buckets(system=system))
        classroom.play(lesson).walk("continue", delta=NOTE)
        assert "adl.data.0.store" not in classroom.play(lesson, classroom.another_learner()).document

    def test_reaches_other_courses_only_when_it_is_the_systems(self, classroom, system):
        classroom.play(classroom.lesson(buckets(system=system))).walk("exitAll", delta=NOTE)
        document = classroom.play(classroom.lesson(buckets(system=system))).document
        assert document.get("adl.data.0.store") == ("nhớ bài 3" if system else None)

    def test_outlives_the_attempt_only_when_it_is_the_systems(self, classroom, system):
        lesson = classroom.lesson(buckets(system=system))
        classroom.play(lesson).walk("exitAll", delta=NOTE)
        document = classroom.play(lesson).document
        assert document.get("adl.data.0.store") == ("nhớ bài 3" if system else None)


def passed(page):
    return page.document.get("cmi.objectives.0.success_status")


@pytest.mark.parametrize("target", ["ky-nang", "urn:" + "k" * 400])
class TestASystemObjective:
    def test_is_known_in_another_course_of_the_same_unit(self, classroom, target):
        page = classroom.play(classroom.lesson(objectives(target)))
        page.walk("exitAll", delta={"cmi.success_status": "passed"}, final=True)
        assert passed(classroom.play(classroom.lesson(objectives(target)))) == "passed"

    def test_is_kept_once_however_often_it_is_written(self, classroom, target):
        lesson = classroom.lesson(objectives(target))
        page = classroom.play(lesson)
        for request in ("continue", "previous", "continue"):
            page.walk(request, delta={"cmi.success_status": "passed"}, final=True)
        page.session.flush()
        assert page.session.query(SystemObjective).count() == 1

    def test_belongs_to_its_learner(self, classroom, target):
        lesson = classroom.lesson(objectives(target))
        classroom.play(lesson).walk("exitAll", delta={"cmi.success_status": "passed"}, final=True)
        assert passed(classroom.play(lesson, classroom.another_learner())) is None

    def test_does_not_reach_the_courses_of_another_unit(self, classroom, target):
        classroom.play(classroom.lesson(objectives(target))).walk(
            "exitAll", delta={"cmi.success_status": "passed"}, final=True
        )
        elsewhere = classroom.lesson(objectives(target))
        other = classroom.world.unit()
        elsewhere.unit_id, elsewhere.is_public = other.id, True
        classroom.world.session.flush()
        assert passed(classroom.play(elsewhere)) is None


def test_an_objective_of_a_course_stays_in_it(classroom):
    lesson = classroom.lesson(objectives(system=False))
    classroom.play(lesson).walk("continue", delta={"cmi.success_status": "passed"}, final=True)
    assert classroom.world.session.query(SystemObjective).count() == 0
    assert passed(classroom.play(classroom.lesson(objectives(system=False)))) is None


def test_buckets_of_the_system_are_rows_and_those_of_an_attempt_are_not(classroom):
    classroom.play(classroom.lesson(buckets(system=False))).walk("continue", delta=NOTE)
    assert classroom.world.session.query(SharedData).count() == 0
    classroom.play(classroom.lesson(buckets(system=True))).walk("continue", delta=NOTE)
    assert classroom.world.session.query(SharedData).one().store == "nhớ bài 3"
