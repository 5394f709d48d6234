"""Claiming and marking grades, on both databases."""

from elearn.clock import now
from elearn.lti.grades import Fate
from elearn.models.lti_courses import LtiGrade
from elearn.services.access import SYSTEM
from elearn.services.lti.delivering import Verdict
from elearn.services.lti.sending import claim, mark
from elearn.services.lti.undelivered import retry_link, retry_platform, undelivered_of
from tests.support.factories import World
from tests.support.moodle import Moodle
from tests.support.playing import Classroom, one_sco


def test_a_grade_is_claimed_once_refused_and_taken_up_again(database):
    with database.write() as session:
        room = Classroom(World(session))
        moodle = Moodle(room.world, room.school)
        link = moodle.link(room.lesson(one_sco()))
        about = {"activity": "Completed", "grading": "FullyGraded", "subject": "42", "params": {}}
        account = moodle.person("42")
        session.add(LtiGrade(link_id=link.id, account_id=account.id, share=0.8, next_at=now(), **about))
    parcels = claim(database, 10)
    assert [parcel.score.share for parcel in parcels] == [0.8]
    assert claim(database, 10) == []
    mark(database, [(parcels[0], Verdict(Fate.REFUSED, "grade_refused", {"status": 422, "reason": ""}))])
    with database.write() as session:
        assert undelivered_of(session, moodle.platform, limit=5).total == 1
        assert retry_platform(session, SYSTEM, moodle.platform) == 1
        assert retry_link(session, link) == 0
    assert len(claim(database, 10)) == 1
    assert claim(database, 10, shut={moodle.platform.id}) == []
