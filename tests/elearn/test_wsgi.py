"""The entry for other WSGI servers."""

from werkzeug.test import Client

from elearn.wsgi import application


def test_another_server_gets_the_same_application(monkeypatch, settings, house):
    # Logging is of the whole process, and this one has other tests to run.
    monkeypatch.setattr("elearn.wsgi.configure_logging", lambda settings: None)
    monkeypatch.setenv("ELEARN_HOME", str(settings.home))
    monkeypatch.setenv("ELEARN_DATABASE_URL", settings.database_url)
    answer = Client(application()).get("/healthz", environ_overrides={"REMOTE_ADDR": "127.0.0.1"})
    assert answer.status_code == 200
    assert answer.json["checks"]["database"] == "ok"
