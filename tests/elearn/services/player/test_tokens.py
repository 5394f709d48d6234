from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, event

from elearn.clock import now
from elearn.models.account import BrowserSession, Role
from elearn.models.learning import AttemptStatus
from elearn.models.material import Status
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError
from elearn.services.player.attempts import attempt_of, attempts_on, open_attempt
from elearn.services.player.sign_ins import move_pages
from elearn.services.player.tokens import (
    CODE_LIFETIME,
    TOKEN_LIFETIME,
    TokenError,
    issue_code,
    own_play_session,
    play_session_of,
    redeem_code,
    renew,
)
from tests.support.playing import one_sco


@pytest.fixture
def clock():
    with time_machine.travel(now(), tick=False) as clock:
        yield clock


@pytest.fixture
def lesson(classroom):
    return classroom.lesson(one_sco("1.2"))


@pytest.fixture
def attempt(classroom, session, lesson):
    return open_attempt(session, classroom.learner, lesson)


def test_a_code_becomes_a_token_that_knows_its_page(session, classroom, attempt):
    play, code = issue_code(session, classroom.learner, attempt, "tab")
    found, token = redeem_code(session, code)
    assert found is play
    assert play_session_of(session, token) is play


def test_neither_code_nor_token_is_stored_as_it_is(session, classroom, attempt):
    play, code = issue_code(session, classroom.learner, attempt, "tab")
    _, token = redeem_code(session, code)
    assert not {code, token} & {play.code_digest, play.token_digest}


def test_a_code_works_once(session, classroom, attempt):
    _, code = issue_code(session, classroom.learner, attempt, "tab")
    redeem_code(session, code)
    with pytest.raises(ConflictError, match="code_used"):
        redeem_code(session, code)


def test_a_code_works_for_a_minute(session, classroom, attempt, clock):
    _, code = issue_code(session, classroom.learner, attempt, "tab")
    clock.shift(CODE_LIFETIME + timedelta(seconds=1))
    with pytest.raises(ConflictError, match="code_used"):
        redeem_code(session, code)


def test_a_code_that_was_never_given_is_not_found(session):
    with pytest.raises(NotFoundError):
        redeem_code(session, "x" * 43)


@pytest.mark.parametrize("token", ["", "x" * 43, "ế", "x" * 10_000])
def test_a_token_that_was_never_given_is_unknown(session, token):
    with pytest.raises(TokenError, match="token_unknown"):
        play_session_of(session, token)


def test_a_token_runs_out_and_can_be_renewed_by_its_learner(session, classroom, attempt, clock):
    play, code = issue_code(session, classroom.learner, attempt, "tab")
    _, token = redeem_code(session, code)
    clock.shift(TOKEN_LIFETIME + timedelta(seconds=1))
    with pytest.raises(TokenError, match="token_expired"):
        play_session_of(session, token)
    renew(own_play_session(session, classroom.learner, play.uid))
    session.flush()
    assert play_session_of(session, token) is play


def test_the_token_of_a_disabled_account_is_unknown(session, classroom, attempt):
    play, code = issue_code(session, classroom.learner, attempt, "tab")
    _, token = redeem_code(session, code)
    play.account.disabled_at = now()
    with pytest.raises(TokenError, match="token_unknown"):
        play_session_of(session, token)


class TestSignIns:
    """The browser session behind a page."""

    @pytest.fixture
    def browser(self, session, classroom):
        """The digest of a browser session of the learner."""
        return self.sign_in(session, classroom.learner, "1" * 64)

    def sign_in(self, session, identity, digest):
        moment = now()
        row = BrowserSession(digest=digest, account_id=identity.account_id, data={}, seen_at=moment)
        row.expires_at = moment + timedelta(hours=1)
        session.add(row)
        session.flush()
        return digest

    @pytest.fixture
    def page(self, session, classroom, attempt, browser):
        """The token of a page that was opened from it."""
        _, code = issue_code(session, classroom.learner, attempt, "tab", browser=browser)
        return redeem_code(session, code)[1]

    def test_one_that_has_run_out_ends_its_pages(self, session, page, clock):
        clock.shift(timedelta(hours=1, seconds=1))
        with pytest.raises(TokenError, match="signed_out"):
            play_session_of(session, page)

    def test_one_that_gets_a_new_token_takes_its_pages_along(self, session, classroom, page, browser):
        new = self.sign_in(session, classroom.learner, "2" * 64)
        session.execute(delete(BrowserSession).where(BrowserSession.digest == browser))
        move_pages(session, browser, new, classroom.learner.account_id)
        assert play_session_of(session, page).browser_digest == new

    def test_somebody_elses_takes_nothing_along(self, session, classroom, page, browser):
        other = classroom.another_learner()
        new = self.sign_in(session, other, "2" * 64)
        session.execute(delete(BrowserSession).where(BrowserSession.digest == browser))
        move_pages(session, browser, new, other.account_id)
        with pytest.raises(TokenError, match="signed_out"):
            play_session_of(session, page)

    def test_the_session_of_somebody_else_vouches_for_nobody(self, session, classroom, attempt):
        browser = self.sign_in(session, classroom.another_learner(), "2" * 64)
        _, code = issue_code(session, classroom.learner, attempt, "tab", browser=browser)
        with pytest.raises(ConflictError, match="code_used"):
            redeem_code(session, code)

    def test_a_page_that_was_opened_without_one_ends_by_itself(self, session, classroom, attempt):
        play, code = issue_code(session, classroom.learner, attempt, "tab")
        _, token = redeem_code(session, code)
        play.ended_at = now()
        session.flush()
        with pytest.raises(TokenError, match="signed_out"):
            play_session_of(session, token)

    def test_knowing_a_page_takes_one_query(self, session, page):
        with counted(session) as statements:
            play = play_session_of(session, page)
            assert play.account.uid != play.attempt.registration.version.uid
        assert len(statements) == 1


@contextmanager
def counted(session):
    """The statements that a block sends."""
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("uid", ["", "nothing", "0" * 32])
def test_a_page_that_does_not_exist_is_not_found(session, classroom, uid):
    with pytest.raises(NotFoundError):
        own_play_session(session, classroom.learner, uid)


def test_pages_and_attempts_of_others_look_like_none(session, classroom, attempt):
    play, _ = issue_code(session, classroom.learner, attempt, "tab")
    other = classroom.another_learner()
    with pytest.raises(NotFoundError):
        own_play_session(session, other, play.uid)
    with pytest.raises(NotFoundError):
        attempt_of(session, other, attempt.uid)
    assert attempt_of(session, classroom.learner, attempt.uid) is attempt


def test_an_open_attempt_is_continued_by_the_next_launch(session, classroom, lesson, attempt):
    assert open_attempt(session, classroom.learner, lesson) is attempt
    assert attempts_on(session, classroom.learner, lesson) == [attempt]


def test_an_ended_attempt_is_followed_by_the_next_one(session, classroom, lesson, attempt):
    attempt.status = AttemptStatus.ENDED
    following = open_attempt(session, classroom.learner, lesson)
    assert (following.number, following.registration_id) == (2, attempt.registration_id)
    assert attempts_on(session, classroom.learner, lesson) == [following, attempt]


def test_a_reset_begins_a_new_registration(session, classroom, lesson, attempt):
    attempt.registration.reset_at = now()
    fresh = open_attempt(session, classroom.learner, lesson)
    assert fresh.registration_id != attempt.registration_id
    assert fresh.number == 1


def test_a_withdrawn_lesson_cannot_be_launched(session, classroom, lesson):
    lesson.status = Status.WITHDRAWN
    with pytest.raises(ForbiddenError, match="may_not_play"):
        open_attempt(session, classroom.learner, lesson)


def test_a_lesson_of_a_school_elsewhere_cannot_be_launched(session, classroom, world, lesson):
    stranger = world.somebody(Role.STUDENT, world.unit())
    with pytest.raises(ForbiddenError, match="may_not_play"):
        open_attempt(session, stranger, lesson)


def test_a_document_cannot_be_launched(session, classroom):
    document = classroom.lesson(one_sco("1.2"), kind="pdf")
    with pytest.raises(ConflictError, match="not_playable"):
        open_attempt(session, classroom.learner, document)
