"""What nobody needs any more is thrown away, and nothing else."""

import os
from datetime import timedelta

from sqlalchemy import select

from elearn.clock import now
from elearn.models.account import BrowserSession
from elearn.models.learning import PlaySession
from elearn.models.operations import Job, JobState
from elearn.services import housekeeping


def test_expired_browser_sessions_go(world, session):
    for name, minutes in (("old", -1), ("new", 1)):
        expires = now() + timedelta(minutes=minutes)
        world.add(BrowserSession(digest=name, seen_at=now(), expires_at=expires))
    assert housekeeping.purge_sessions(session) == 1
    assert session.scalars(select(BrowserSession.digest)).all() == ["new"]


def test_player_pages_that_were_never_opened_go_and_others_stay_a_month(world, session):
    moment = now()
    learner = world.account()
    attempt = world.attempt(learner, world.material(world.unit("SO"), learner))

    def page(name, expires, used):
        world.add(
            PlaySession(
                attempt_id=attempt.id,
                account_id=learner.id,
                code_digest=name,
                code_expires_at=moment - timedelta(hours=2),
                code_used_at=used,
                expires_at=expires,
            )
        )

    page("unopened", moment + timedelta(hours=1), None)
    page("playing", moment + timedelta(hours=1), moment)
    page("over", moment - timedelta(hours=1), moment)
    page("long ago", moment - timedelta(days=31), moment)
    assert housekeeping.purge_play_codes(session) == 2
    session.expire_all()
    left = {row.code_digest: row.ended_at is not None for row in session.scalars(select(PlaySession))}
    assert left == {"playing": False, "over": True}


def test_done_jobs_go_after_a_fortnight_and_dead_ones_stay(world, session):
    long_ago = now() - timedelta(days=15)
    for kind, state, finished in (
        ("done", JobState.DONE, long_ago),
        ("just done", JobState.DONE, now()),
        ("dead", JobState.DEAD, long_ago),
    ):
        world.add(Job(kind=kind, state=state, run_at=long_ago, finished_at=finished))
    assert housekeeping.purge_jobs(session) == 1
    assert sorted(session.scalars(select(Job.kind))) == ["dead", "just done"]


def test_broken_uploads_go_after_a_day(tmp_path):
    for name, hours in (("broken", 25), ("arriving", 1)):
        path = tmp_path / name
        path.write_bytes(b"x")
        moment = now().timestamp() - hours * 3600
        os.utime(path, (moment, moment))
    assert housekeeping.clean_staging(tmp_path) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["arriving"]
    assert housekeeping.clean_staging(tmp_path / "absent") == 0


def test_the_sign_of_life_is_the_newest(session):
    assert housekeeping.last_beat(session) is None
    housekeeping.beat(session)
    first = housekeeping.last_beat(session)
    housekeeping.beat(session)
    assert housekeeping.last_beat(session) > first
