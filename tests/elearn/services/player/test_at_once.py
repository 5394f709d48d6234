"""Several requests at the same moment, and what one commit costs."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import event, func, select

from elearn.models.learning import Attempt, Placement, Registration
from elearn.models.material import Material
from elearn.services.access import load_identity
from elearn.services.player.attempts import open_attempt
from elearn.services.player.commits import Commit, take_commit
from elearn.services.player.course import load_course
from elearn.services.player.navigation import navigate, open_page
from elearn.services.player.tokens import issue_code, play_session_of, redeem_code
from scorm.sequencing import NavigationRequest, RequestKind
from tests.support.factories import World
from tests.support.playing import FOURTH, Classroom, one_sco, some_scos

STATEMENTS_OF_A_COMMIT = 8
AT_ONCE = 4


@pytest.fixture
def ready(database):
    """Publish a lesson; gives the ids of its material and of its learner."""

    def publish(manifest):
        with database.write() as session:
            classroom = Classroom(World(session))
            return classroom.lesson(manifest).id, classroom.learner.account_id

    return publish


@pytest.fixture
def opened(database, ready):
    """Open a page of a lesson; gives its token."""

    def play(manifest, tab="tab"):
        material, learner = ready(manifest)
        with database.write() as session:
            identity = load_identity(session, learner)
            attempt = open_attempt(session, identity, session.get(Material, material))
            _, code = issue_code(session, identity, attempt, tab)
            page, token = redeem_code(session, code)
            open_page(session, page)
            return token

    return play


def at_once(work, times=AT_ONCE):
    """Run the same work in several threads that start together; gives the results."""
    barrier = Barrier(times)

    def run(number):
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def commit(database, token, number, delta):
    with database.write() as session:
        message = Commit.from_json({"number": number, "launch": 1, "delta": delta})
        return take_commit(session, play_session_of(session, token), message)


def test_the_same_commit_sent_at_once_is_stored_once(database, opened):
    token = opened(one_sco("1.2"))
    delta = {"cmi.core.session_time": "00:01:00", "cmi.suspend_data": "câu 1"}
    receipts = at_once(lambda _: commit(database, token, 1, delta))
    assert sorted(receipt.repeated for receipt in receipts) == [False, True, True, True]
    with database.read() as session:
        assert session.scalars(select(Attempt)).one().time_seconds == 60


def test_commits_that_overtake_one_another_leave_the_newest_state(database, opened):
    token = opened(one_sco("1.2"))
    at_once(lambda number: commit(database, token, number + 1, {"cmi.core.lesson_location": str(number + 1)}))
    with database.write() as session:
        page = play_session_of(session, token)
        view = open_page(session, page)
        assert view.delivery.document["cmi.core.lesson_location"] == str(AT_ONCE)
        assert page.last_number == AT_ONCE


def test_one_of_two_clicks_at_once_walks(database, opened):
    token = opened(some_scos("a", "b", "c", "d"))

    def step(_):
        with database.write() as session:
            message = Commit.from_json({"number": 1, "launch": 1})
            return navigate(session, play_session_of(session, token), message, NavigationRequest(RequestKind.CONTINUE))

    assert {view.delivery.activity for view in at_once(step)} == {"b"}


def test_steps_that_come_at_once_are_all_walked(database, opened):
    token = opened(some_scos("a", "b", "c", "d"))

    def step(number):
        with database.write() as session:
            page = play_session_of(session, token)
            message = Commit.from_json({"number": page.last_number + 1, "launch": page.launched})
            navigate(session, page, message, NavigationRequest(RequestKind.CONTINUE))

    at_once(step, 3)
    with database.read() as session:
        attempt = session.scalars(select(Attempt)).one()
        course = load_course(session, attempt)
        assert course.sequencing.current == "d"
        assert {entry["identifier"] for entry in course.sequencing.toc()[0]["children"] if entry["current"]} == {"d"}


def test_a_code_used_at_once_opens_one_page(database, ready):
    material, learner = ready(one_sco("1.2"))
    with database.write() as session:
        identity = load_identity(session, learner)
        _, code = issue_code(session, identity, open_attempt(session, identity, session.get(Material, material)), "tab")

    def redeem(_):
        try:
            with database.write() as session:
                return redeem_code(session, code)[1]
        except Exception as error:  # noqa: BLE001 - which one is asserted below
            return str(error)

    assert sorted(map(len, at_once(redeem))) == [len("code_used")] * (AT_ONCE - 1) + [43]


def test_a_double_click_makes_one_attempt(database, ready):
    material, learner = ready(one_sco("1.2"))

    def launch(_):
        with database.write() as session:
            open_attempt(session, load_identity(session, learner), session.get(Material, material))

    at_once(launch)
    with database.read() as session:
        for model in (Placement, Registration, Attempt):
            assert session.scalar(select(func.count()).select_from(model)) == 1


def test_a_class_that_starts_at_once_shares_one_placement(database, ready):
    with database.write() as session:
        classroom = Classroom(World(session))
        material = classroom.lesson(one_sco("1.2")).id
        learners = [classroom.another_learner().account_id for _ in range(AT_ONCE)]

    def launch(number):
        with database.write() as session:
            open_attempt(session, load_identity(session, learners[number]), session.get(Material, material))

    at_once(launch)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Placement)) == 1
        assert session.scalar(select(func.count()).select_from(Attempt)) == AT_ONCE


@pytest.mark.parametrize("edition", ["1.2", FOURTH])
def test_an_ordinary_commit_costs_few_statements(database, opened, edition):
    token = opened(one_sco(edition))
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    commit(database, token, 1, {"cmi.suspend_data": "x" * 4000})
    event.listen(database.engine, "before_cursor_execute", note)
    commit(database, token, 2, {"cmi.suspend_data": "y" * 4000})
    event.remove(database.engine, "before_cursor_execute", note)
    assert len(statements) <= STATEMENTS_OF_A_COMMIT, "\n".join(statements)
