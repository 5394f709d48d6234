"""Who a platform names is linked to a local account in the browser that launched, or by an administrator."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from elearn.clock import now
from elearn.identifiers import token_digest
from elearn.models.account import Account, AuditEvent, BrowserSession, Identity, Role
from elearn.models.lti_courses import LtiConnection, LtiMember
from elearn.models.usage import ActKind, UsageAct
from elearn.services import usage
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.lti import connecting, identities
from tests.support.courses import HANOI
from tests.support.moodle import INSTRUCTOR


@pytest.fixture
def stranger(moodle):
    """The account of the teacher as Moodle names her."""
    return moodle.person("42", "Nhung Vũ", INSTRUCTOR)


@pytest.fixture
def launched(moodle, stranger):
    """Her launch, with the browser session that stands beside it."""
    row = moodle.launched(stranger, is_teaching=True)
    moodle.world.add(
        BrowserSession(
            digest=row.digest, account_id=stranger.id, data={}, seen_at=now(), expires_at=now() + timedelta(hours=4)
        )
    )
    return row


def confirmed(place, session, launched):
    code = connecting.begin(session, launched)
    return connecting.confirm(session, place.teacher, code, signed_in_at=now())


def holder(session, subject="42"):
    return session.scalar(select(Identity.account_id).where(Identity.subject == subject))


def test_the_launched_teacher_becomes_the_local_one(place, session, launched):
    answer = confirmed(place, session, launched)
    assert connecting.complete(session, launched, answer).id == place.teacher_account.id
    assert holder(session) == place.teacher_account.id
    member = session.scalar(select(LtiMember).where(LtiMember.subject == "42"))
    session.refresh(member)
    assert member.account_id == place.teacher_account.id


def test_the_link_stands_in_the_audit_log_with_both_sides(place, session, launched, stranger):
    connecting.complete(session, launched, confirmed(place, session, launched))
    event = session.scalar(select(AuditEvent).where(AuditEvent.action == "lti.connect"))
    assert (event.account_id, event.subject_uid) == (place.teacher_account.id, place.teacher_account.uid)
    assert (event.details["subject"], event.details["before"]) == ("42", stranger.uid)


def test_what_was_done_before_stays_with_the_account_that_did_it(place, session, launched, stranger, inside):
    usage.record(session, inside(stranger), ActKind.VIEW, timezone=HANOI, material=place.lesson())
    connecting.complete(session, launched, confirmed(place, session, launched))
    act = session.scalar(select(UsageAct))
    assert (act.account_id, act.person_id) == (stranger.id, None)


def test_every_launch_of_the_old_account_ends(place, session, launched):
    connecting.complete(session, launched, confirmed(place, session, launched))
    assert session.get(BrowserSession, launched.digest, populate_existing=True) is None


def test_an_answer_may_be_typed_with_spaces_and_small_letters(place, session, launched):
    answer = confirmed(place, session, launched)
    connecting.complete(session, launched, f" {answer[:4].lower()} - {answer[4:].lower()} ")


def test_another_launch_cannot_use_the_answer(place, moodle, session, launched):
    answer = confirmed(place, session, launched)
    other = moodle.launched(moodle.person("43", role=INSTRUCTOR), is_teaching=True)
    with pytest.raises(NotFoundError, match="lti_connect_over"):
        connecting.complete(session, other, answer)
    connecting.begin(session, other)
    with pytest.raises(ServiceError, match="lti_connect_wrong"):
        connecting.complete(session, other, answer)
    assert holder(session, "43") != place.teacher_account.id


def test_an_answer_before_anybody_has_confirmed_is_wrong(session, launched):
    connecting.begin(session, launched)
    with pytest.raises(ServiceError, match="lti_connect_wrong"):
        connecting.complete(session, launched, "")


def test_an_answer_is_used_once(place, session, launched):
    answer = confirmed(place, session, launched)
    connecting.complete(session, launched, answer)
    with pytest.raises(NotFoundError, match="lti_connect_over"):
        connecting.complete(session, launched, answer)


def test_ten_minutes_later_it_is_too_late(place, session, launched, clock):
    answer = confirmed(place, session, launched)
    code = connecting.begin(session, launched)
    clock.shift(timedelta(minutes=10))
    with pytest.raises(NotFoundError, match="lti_connect_over"):
        connecting.begun(session, code)
    with pytest.raises(NotFoundError, match="lti_connect_over"):
        connecting.complete(session, launched, answer)


def test_a_code_is_confirmed_once(place, session, launched):
    code = connecting.begin(session, launched)
    connecting.confirm(session, place.teacher, code, signed_in_at=now())
    with pytest.raises(NotFoundError, match="lti_connect_over"):
        connecting.confirm(session, place.teacher, code, signed_in_at=now())


def test_beginning_again_ends_what_was_begun(session, launched):
    code = connecting.begin(session, launched)
    connecting.begin(session, launched)
    with pytest.raises(NotFoundError, match="lti_connect_over"):
        connecting.begun(session, code)


def test_a_launch_that_has_ended_confirms_nothing(place, session, launched):
    code = connecting.begin(session, launched)
    session.delete(session.get_one(BrowserSession, launched.digest))
    session.flush()
    with pytest.raises(NotFoundError, match="lti_connect_over"):
        connecting.begun(session, code)


def test_whoever_was_signed_in_before_at_this_computer_is_not_asked(place, session, launched):
    code = connecting.begin(session, launched)
    with pytest.raises(ForbiddenError, match="lti_connect_sign_in_again"):
        connecting.confirm(session, place.teacher, code, signed_in_at=now() - timedelta(minutes=1))


def test_a_pupil_a_stranger_and_a_teacher_of_another_school_cannot_confirm(place, session, launched):
    elsewhere = place.world.somebody(Role.TEACHER, place.other_school)
    inspector = place.world.somebody(Role.INSPECTOR, place.school)
    for identity in (place.pupils[0], elsewhere, inspector):
        code = connecting.begin(session, launched)
        with pytest.raises(ForbiddenError, match="lti_connect_not_teacher"):
            connecting.confirm(session, identity, code, signed_in_at=now())


def test_an_account_that_was_disabled_meanwhile_is_not_linked(place, session, launched):
    answer = confirmed(place, session, launched)
    place.teacher_account.disabled_at = now()
    session.flush()
    with pytest.raises(ForbiddenError, match="lti_connect_not_teacher"):
        connecting.complete(session, launched, answer)


def test_learners_of_a_platform_link_nothing(moodle, session):
    with pytest.raises(ForbiddenError, match="lti_connect_teachers_only"):
        connecting.begin(session, moodle.launched(moodle.person("7")))


def test_whoever_is_linked_begins_no_second_link(place, moodle, session, launched, stranger):
    connecting.complete(session, launched, confirmed(place, session, launched))
    again = moodle.launched(place.teacher_account, is_teaching=True)
    with pytest.raises(ConflictError, match="lti_connected_already"):
        connecting.begin(session, again)


def test_five_tries_and_no_more(sqlite_database):
    with sqlite_database.write() as session:
        account = Account(login=None, display_name="x")
        session.add(account)
        session.flush()
        named = Identity(account_id=account.id, provider="lti", issuer="i", client="c", subject="s")
        session.add(named)
        session.flush()
        about = {"session_digest": "d" * 64, "identity_id": named.id, "expires_at": now() + timedelta(minutes=10)}
        session.add(LtiConnection(code_digest=token_digest("x"), **about))
    for _ in range(connecting.TRIES):
        connecting.take_try(sqlite_database, "d" * 64)
    with pytest.raises(NotFoundError, match="lti_connect_over"):
        connecting.take_try(sqlite_database, "d" * 64)


def administrator(place, unit=None):
    return place.world.somebody(Role.ADMINISTRATOR, unit or place.school)


def test_an_administrator_links_whoever_both_lists_name(place, moodle, session, stranger):
    named = identities.named_at(session, moodle.platform, "42")
    assert [(each.subject, each.name, each.courses) for each in identities.strangers(session, moodle.platform)] == [
        ("42", "Nhung Vũ", ("Toán 4",))
    ]
    connecting.connect(session, administrator(place), moodle.platform, named, place.teacher.login.upper())
    assert identities.strangers(session, moodle.platform) == []
    assert [account.id for _, account in identities.connected(session, moodle.platform)] == [place.teacher_account.id]


def test_learners_and_who_never_launched_are_in_no_list(moodle, session):
    moodle.person("7")
    moodle.member("8", role=INSTRUCTOR)
    assert identities.strangers(session, moodle.platform) == []


def test_an_administrator_of_another_school_links_nobody(place, moodle, session, stranger):
    named = identities.named_at(session, moodle.platform, "42")
    for identity in (administrator(place, place.other_school), place.teacher):
        with pytest.raises(ForbiddenError, match="may_not"):
            connecting.connect(session, identity, moodle.platform, named, place.teacher.login)


@pytest.mark.parametrize("login", ["", "nobody", "teacher@truong.example"])
def test_an_administrator_links_by_login_alone(place, moodle, session, stranger, login):
    place.teacher_account.email = "teacher@truong.example"
    named = identities.named_at(session, moodle.platform, "42")
    with pytest.raises(NotFoundError, match="account_not_found"):
        connecting.connect(session, administrator(place), moodle.platform, named, login)


def test_a_link_can_be_taken_back_and_its_courses_are_no_class_then(place, moodle, session, launched):
    connecting.complete(session, launched, confirmed(place, session, launched))
    moodle.context.class_id, moodle.context.mapped_by_id = place.school_class.id, place.teacher_account.id
    session.flush()
    named = identities.named_at(session, moodle.platform, "42")
    connecting.disconnect(session, place.teacher, moodle.platform, named)
    account = session.get_one(Account, holder(session))
    session.refresh(moodle.context)
    assert (account.login, account.display_name, moodle.context.class_id) == (None, "Nhung Vũ", None)
    with pytest.raises(ConflictError, match="lti_not_connected"):
        connecting.disconnect(session, administrator(place), moodle.platform, named)


def test_nobody_takes_back_the_link_of_a_colleague(place, moodle, session, launched):
    connecting.complete(session, launched, confirmed(place, session, launched))
    named = identities.named_at(session, moodle.platform, "42")
    colleague = place.world.somebody(Role.TEACHER, place.school)
    with pytest.raises(ForbiddenError, match="may_not"):
        connecting.disconnect(session, colleague, moodle.platform, named)
