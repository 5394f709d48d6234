"""Licences that run out: notices ahead, the end, and what is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from elearn.models.account import Role
from elearn.models.material import ReviewEvent, ReviewStep, SearchChange, Status
from elearn.models.operations import Job
from elearn.models.usage import ActKind
from elearn.services import licences, usage
from elearn.services.access.permissions import Action, may
from elearn.services.tombstones import gone_material, tombstone_of
from elearn.settings import load_settings
from tests.support.courses import HANOI

LAST = date(2026, 11, 20)


@pytest.fixture
def settings(tmp_path):
    told = load_settings({"ELEARN_HOME": str(tmp_path), "ELEARN_PUBLIC_URL": "https://hoclieu.example"})
    return replace(told, smtp_url="smtp://mail.example", mail_from="hoclieu@example.vn")


@pytest.fixture
def school(world):
    return world.unit("TH1", world.unit("SO"))


@pytest.fixture
def film(session, world, school):
    """A published film of somebody else, whose licence holds until a day."""
    owner = world.account("lan", email="lan@example.vn")
    world.grant(owner, Role.TEACHER, school)
    reviewer = world.account("duyet", email="duyet@example.vn")
    material = world.material(school, owner, Status.PUBLISHED, kind="video", title="Phim về nước")
    material.licence_expires_on, material.published_at = LAST, datetime(2026, 9, 1, tzinfo=UTC)
    step = ReviewEvent(step=ReviewStep.PUBLISHED, account_id=reviewer.id, material_id=material.id)
    step.version_id = material.versions[0].id
    world.add(step)
    return material


def on(day, hour=5):
    """Noon in Vietnam."""
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), tick=False)


def notices(session):
    found = session.scalars(select(Job.payload).where(Job.kind == licences.KIND).order_by(Job.id))
    return [(payload["account_id"], payload["stage"]) for payload in found]


def test_author_and_reviewer_hear_of_it_thirty_and_seven_days_ahead_once_each(session, film, settings):
    both = [film.owner_id, film.owner_id + 1]
    for days, expected in ((31, []), (30, [30]), (29, [30]), (8, [30]), (7, [30, 7]), (0, [30, 7])):
        with on(LAST - timedelta(days=days)):
            assert licences.watch(session, settings) == 0
        assert notices(session) == [(account, stage) for stage in expected for account in both]
    assert film.status is Status.PUBLISHED


def test_on_the_day_after_it_is_a_draft_again_and_everything_is_kept(session, film, settings, world, school):
    reader = world.somebody(Role.STUDENT, school)
    usage.record(session, reader, ActKind.VIEW, timezone=HANOI, material=film)
    with on(LAST + timedelta(days=1)):
        assert licences.watch(session, settings) == 1
        assert licences.watch(session, settings) == 0
    session.expire_all()
    assert (film.status, film.capability_epoch) == (Status.DRAFT, 1)
    assert session.scalars(select(SearchChange).where(SearchChange.material_id == film.id)).all()
    owner = world.identity(film.owner)
    assert may(owner, Action.EDIT_MATERIAL, film)
    assert may(owner, Action.SUBMIT_MATERIAL, film)
    assert not may(owner, Action.DELETE_MATERIAL, film)
    assert not may(reader, Action.SEE_MATERIAL, film)
    gone = gone_material(session, reader, film.uid)
    assert gone is not None
    assert (gone[1].is_expired, gone[1].by) == (True, "")
    assert [stage for _, stage in notices(session)] == [-1, -1]


def test_a_later_date_is_told_anew_and_no_date_never(session, film, settings):
    with on(LAST - timedelta(days=10)):
        licences.watch(session, settings)
        film.licence_expires_on = LAST + timedelta(days=9)
        session.flush()
        licences.watch(session, settings)
        assert len(notices(session)) == 4
        film.licence_expires_on = None
        session.flush()
        licences.watch(session, settings)
        assert len(notices(session)) == 4


def test_without_mail_it_ends_all_the_same(session, film, settings):
    with on(LAST + timedelta(days=40)):
        assert licences.watch(session, replace(settings, smtp_url="")) == 1
    assert notices(session) == []


def test_start_pages_tell_of_it_to_its_author_and_to_reviewers_alone(session, film, settings, world, school):
    owner, reviewer = world.identity(film.owner), world.somebody(Role.REVIEWER, school)
    with on(LAST - timedelta(days=30)):
        for who, told in ((owner, [30]), (reviewer, [30]), (world.somebody(Role.TEACHER, school), [])):
            assert [ending.days for ending in licences.endings(session, who)] == told
    with on(LAST - timedelta(days=31)):
        assert licences.endings(session, owner) == []
    with on(LAST + timedelta(days=2)):
        licences.watch(session, settings)
        assert [ending.days for ending in licences.endings(session, owner)] == [-2]
        assert licences.endings(session, reviewer) == []


def test_one_that_was_published_again_has_no_stone(session, film, settings):
    with on(LAST + timedelta(days=1)):
        licences.watch(session, settings)
    assert tombstone_of(session, film).is_expired
    film.status, film.licence_expires_on = Status.PUBLISHED, LAST + timedelta(days=400)
    session.flush()
    assert tombstone_of(session, film) is None
