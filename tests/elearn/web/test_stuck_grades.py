"""Grades that did not arrive, on the page of a platform and on that of the class, with the reason and another try."""

import pytest
from sqlalchemy import select

from elearn.clock import now
from elearn.models.account import Account, AuditEvent, Role
from elearn.models.lti import LtiDeployment, LtiPlatform, PlatformStatus
from elearn.models.lti_courses import LtiGrade, LtiLink
from elearn.services import organisation
from elearn.services.access import SYSTEM
from elearn.services.health import look_at_grades
from elearn.services.lti.our_side import moodle_endpoints
from elearn.services.organisation import ensure_root


@pytest.fixture
def platform(house):
    with house.database.write() as session:
        unit = ensure_root(session, SYSTEM)
        endpoints = moodle_endpoints("https://moodle.truong.example")
        about = {"name": "Moodle Lê Lợi", "client_id": "7X", "product": "moodle", "status": PlatformStatus.ACTIVE}
        row = LtiPlatform(unit_id=unit.id, **about, **endpoints)
        session.add(row)
        session.flush()
    return row


@pytest.fixture
def link(house, platform):
    with house.database.write() as session:
        deployment = LtiDeployment(platform_id=platform.id, name="1", accepted_at=now())
        session.add(deployment)
        session.flush()
        row = LtiLink(deployment_id=deployment.id, name="7", title="Phân số", scopes=[], policy={})
        session.add(row)
    return row


@pytest.fixture
def add_grade(house, link):
    def add(name, **values):
        with house.database.write() as session:
            account = Account(display_name=name)
            session.add(account)
            session.flush()
            about = {"share": 0.8, "activity": "Completed", "grading": "FullyGraded", "subject": name}
            row = LtiGrade(link_id=link.id, account_id=account.id, **{"params": {}, **about, **values})
            session.add(row)
        return row.id

    return add


@pytest.fixture
def refused(add_grade):
    return add_grade("Nguyễn Văn An", refused_at=now(), code="grade_no_learner", params={"status": 400})


def read(house, key):
    with house.database.read() as session:
        return session.get_one(LtiGrade, key)


def address(platform):
    return f"/administration/platforms/{platform.uid}/grades"


def test_a_refused_grade_stands_there_with_its_reason(sign_in, platform, refused):
    page = sign_in("quantri", Role.ADMINISTRATOR).get(address(platform), headers={"Accept-Language": "en"}).text
    assert "Nguyễn Văn An" in page
    assert "Moodle takes no grade for this person (HTTP 400)" in page


def test_what_is_only_on_its_way_is_counted(sign_in, platform, add_grade):
    add_grade("Trần Thị Bích", next_at=now())
    page = sign_in("quantri", Role.ADMINISTRATOR).get(address(platform), headers={"Accept-Language": "en"}).text
    assert "Waiting to be sent for the first time: 1." in page
    assert "Trần Thị Bích" not in page


def test_one_grade_is_sent_again(house, sign_in, platform, refused, add_grade):
    other = add_grade("Lê Hòa", refused_at=now(), code="grade_fault")
    answer = sign_in("quantri", Role.ADMINISTRATOR).post(address(platform), {"grade": str(refused)})
    assert answer.status_code == 303
    assert read(house, refused).next_at is not None
    assert read(house, other).refused_at is not None


def test_all_are_sent_again_and_that_is_written_down(house, sign_in, platform, refused, add_grade):
    later = add_grade("Lê Hòa", next_at=now(), tries=3, code="grade_later", params={"status": 503})
    sign_in("quantri", Role.ADMINISTRATOR).post(address(platform), {})
    assert (read(house, refused).refused_at, read(house, later).tries) == (None, 0)
    with house.database.read() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "lti.grades_again")).one()
    assert event.details["count"] == 2


@pytest.mark.parametrize("grade", ["", "0", "x", "-1", "99999999999999999999"])
def test_a_grade_that_does_not_exist_changes_nothing(house, sign_in, platform, refused, grade):
    assert sign_in("quantri", Role.ADMINISTRATOR).post(address(platform), {"grade": grade}).status_code == 303
    assert read(house, refused).refused_at is not None


def test_administrators_of_other_units_do_not_see_them(house, sign_in, platform, refused):
    with house.database.write() as session:
        root = ensure_root(session, SYSTEM)
        about = {"kind": "school", "valid_from": now().date(), "parent": root}
        school = organisation.create_unit(session, SYSTEM, code="THX", name="Trường X", **about)
    browser = sign_in("khac", Role.ADMINISTRATOR, unit=school)
    assert browser.get(address(platform)).status_code == 404
    assert browser.post(address(platform), {}).status_code == 404
    assert read(house, refused).refused_at is not None


def test_health_names_what_waits_and_what_was_refused(house, refused, add_grade):
    add_grade("Lê Hòa", next_at=now())
    found = {finding.code: finding.params["count"] for finding in look_at_grades(house)}
    assert found == {"grades_waiting": 1, "grades_refused": 1}
