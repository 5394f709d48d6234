"""The command line in this process, on a home of its own, speaking English."""

import json

import pytest
from click.testing import CliRunner

from elearn.cli import main


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "STORAGE_URL", "PUBLIC_URL", "CONTENT_ORIGIN", "TRUSTED_PROXIES"):
        monkeypatch.delenv(f"ELEARN_{name}", raising=False)
    monkeypatch.setenv("ELEARN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ELEARN_LOCALE", "en")
    return tmp_path / "home"


@pytest.fixture
def elearn(home):
    """Run a command; gives its result with exit code, stdout and stderr."""

    def run(*arguments, text=None):
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=text, catch_exceptions=False)

    return run


@pytest.fixture
def ready(elearn):
    """The same, after `elearn db upgrade`."""
    assert elearn("db", "upgrade").exit_code == 0
    return elearn


@pytest.fixture
def manifest():
    """Reads the manifest of a backup."""
    return lambda folder: json.loads((folder / "manifest.json").read_text())
