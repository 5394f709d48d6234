"""The entry for other WSGI servers."""

import gc

import pytest
from werkzeug.test import Client

from elearn.wsgi import application


@pytest.fixture
def made(monkeypatch, settings, house):
    # Logging is of the whole process, and this one has other tests to run.
    monkeypatch.setattr("elearn.wsgi.configure_logging", lambda settings: None)
    monkeypatch.setenv("ELEARN_HOME", str(settings.home))
    monkeypatch.setenv("ELEARN_DATABASE_URL", settings.database_url)
    gc.unfreeze()
    yield application()
    gc.unfreeze()


def test_another_server_gets_the_same_application(made):
    answer = Client(made).get("/healthz", environ_overrides={"REMOTE_ADDR": "127.0.0.1"})
    assert answer.status_code == 200
    assert answer.json["checks"]["database"] == "ok"


def test_what_a_start_has_made_is_no_more_walked_over_for_garbage(made):
    assert gc.get_freeze_count() > 0
    assert not any(thing is made for thing in gc.get_objects())
