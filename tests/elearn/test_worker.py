"""The worker: slow work outside the transaction, effects inside, and no fault ends it."""

import shutil
import threading

import pytest
from sqlalchemy import func, select

from elearn.models.material import SearchChange, Status
from elearn.models.operations import DatabaseMark, Job, JobState
from elearn.services import jobs
from elearn.services.housekeeping import last_beat
from elearn.worker import HANDLERS, Worker
from search_index.documents import SearchQuery
from search_index.engine import IndexUnavailableError, open_engine
from tests.support.factories import World


def add(house, kind, **payload):
    with house.database.write() as session:
        jobs.enqueue(session, kind, payload=payload)


def states(house):
    with house.database.read() as session:
        return dict(session.execute(select(Job.kind, Job.state)).all())


def drain(worker):
    while worker.step():
        pass


def test_the_slow_part_runs_outside_and_the_effect_inside_the_transaction(house):
    seen = []

    def handler(_house, payload):
        with house.database.write():
            seen.append("another transaction may write meanwhile")
        return lambda session: session.add(DatabaseMark(name="effect", value=payload["value"]))

    add(house, "work", value="done")
    drain(Worker(house, {"work": handler}))
    with house.database.read() as session:
        assert session.get(DatabaseMark, "effect").value == "done"
    assert seen
    assert states(house)["work"] is JobState.DONE


def test_a_job_that_fails_is_kept_for_later_and_the_next_one_runs(house):
    def broken(_house, _payload):
        raise OSError("no room")

    add(house, "broken")
    add(house, "whole")
    drain(Worker(house, {"broken": broken, "whole": lambda _house, _payload: None}))
    assert states(house)["broken"] is JobState.READY
    assert states(house)["whole"] is JobState.DONE
    with house.database.read() as session:
        job = session.scalars(select(Job).where(Job.kind == "broken")).one()
    assert job.last_error == "OSError: no room"


def test_an_effect_that_fails_is_rolled_back_with_its_job(house):
    def finish(session):
        session.add(DatabaseMark(name="effect", value="half"))
        session.flush()
        raise ValueError("half way")

    add(house, "work")
    drain(Worker(house, {"work": lambda _house, _payload: finish}))
    with house.database.read() as session:
        assert session.get(DatabaseMark, "effect") is None
    assert states(house)["work"] is JobState.READY


def test_a_kind_nobody_knows_is_told_in_the_row(house):
    add(house, "of_a_newer_elearn")
    drain(Worker(house, {}))
    with house.database.read() as session:
        assert (
            "of_a_newer_elearn" in session.scalars(select(Job.last_error).where(Job.kind == "of_a_newer_elearn")).one()
        )


def test_changes_of_materials_reach_the_index(house):
    house.engine.rebuild([])
    material = published(house)
    drain(Worker(house))
    assert found(house) == [material.uid]
    with house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(SearchChange)) == 0


def test_an_index_that_is_lost_is_made_anew(house):
    material = published(house)
    shutil.rmtree(house.settings.index_folder, ignore_errors=True)
    drain(Worker(house))
    assert found(house) == [material.uid]


def test_an_index_in_which_a_page_stumbled_over_damage_is_made_anew_without_any_change(house):
    house.engine.rebuild([])
    material = published(house)
    drain(Worker(house))
    web = open_engine("whoosh", house.settings.index_folder)
    for file in house.settings.index_folder.glob("generation-*/*.seg"):
        file.write_bytes(b"")
    with pytest.raises(IndexUnavailableError):
        web.search(SearchQuery("phan so", frozenset({"public"})))
    assert not house.engine.is_sound()
    drain(Worker(house))
    assert house.engine.is_sound()
    assert [hit.uid for hit in web.search(SearchQuery("phan so", frozenset({"public"}))).hits] == [material.uid]


def spoil_index(house):
    """Turn one byte over in what is stored of a document, which no search need stumble over."""
    (file,) = house.settings.index_folder.glob("generation-*/*.seg")
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    house.engine.close()


def test_damage_that_no_page_stumbled_over_is_mended_when_the_worker_starts(house):
    house.engine.rebuild([])
    material = published(house)
    drain(Worker(house))
    spoil_index(house)
    worker = Worker(house)
    worker.step()
    house.engine.verify()
    assert found(house) == [material.uid]


def test_damage_that_no_page_stumbled_over_is_mended_at_night(house):
    house.engine.rebuild([])
    material = published(house)
    worker = Worker(house)
    drain(worker)
    spoil_index(house)
    HANDLERS["optimise_index"](house, {})
    assert not house.engine.is_sound()
    drain(worker)
    house.engine.verify()
    assert found(house) == [material.uid]


def published(house):
    with house.database.write() as session:
        world = World(session)
        root = world.unit("SO")
        material = world.material(root, world.account("gv"), Status.PUBLISHED, title="Phân số", is_public=True)
        world.add(SearchChange(material_id=material.id))
        return material


def found(house):
    query = SearchQuery(text="phan so", tokens=frozenset({"public"}))
    return [hit.uid for hit in house.engine.search(query).hits]


def test_an_index_that_cannot_be_written_does_not_stop_the_jobs(house, monkeypatch):
    def full(*_args, **_values):
        raise OSError("no room")

    monkeypatch.setattr("elearn.worker.index_changes", full)
    add(house, "work")
    drain(Worker(house, {"work": lambda _house, _payload: None}))
    assert states(house)["work"] is JobState.DONE


def test_a_database_that_is_away_does_not_end_the_worker(house, monkeypatch):
    def away(*_args, **_values):
        raise ConnectionError

    monkeypatch.setattr(jobs, "claim", away)
    assert Worker(house, {}).step() is False


def test_it_leaves_a_sign_of_life_and_writes_what_is_due(house):
    drain(Worker(house))
    with house.database.read() as session:
        assert last_beat(session) is not None
    assert states(house)["purge_sessions"] is JobState.DONE
    assert states(house)["optimise_index"] is JobState.DONE


def test_it_finishes_the_job_in_hand_when_told_to_stop(house):
    stop, begun = threading.Event(), threading.Event()

    def handler(_house, _payload):
        begun.set()
        stop.wait()

    add(house, "work")
    thread = threading.Thread(target=Worker(house, {"work": handler}).run, args=(stop,))
    thread.start()
    begun.wait()
    stop.set()
    thread.join()
    assert states(house)["work"] is JobState.DONE


def test_what_is_saved_while_a_job_waits_for_others_is_found(house):
    house.engine.rebuild([])
    stop, begun, over = threading.Event(), threading.Event(), threading.Event()

    def handler(_house, _payload):
        begun.set()
        over.wait()

    add(house, "work")
    thread = threading.Thread(target=Worker(house, {"work": handler}).run, args=(stop,))
    thread.start()
    begun.wait()
    material = published(house)
    while waits(house):
        over.wait(0.01)
    assert found(house) == [material.uid]
    assert states(house)["work"] is not JobState.DONE
    over.set()
    stop.set()
    thread.join()


def waits(house):
    with house.database.read() as session:
        return session.scalar(select(func.count()).select_from(SearchChange)) > 0


@pytest.fixture(autouse=True)
def _quiet_logs(capsys):
    """The worker logs to standard output here."""
    yield
    capsys.readouterr()
