"""Installations that tests may ruin: copies of one that was prepared once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bench.support import PASSWORD
from tests.support.installation import ADMINISTRATOR, Server, command, copied, opened_home, serving
from tests.support.respawned import RespawnedServer
from tests.support.restless import COURSES, restless_package
from tests.support.restless_learner import RestlessLearner, login_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from elearn.house import House


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared home."""
    return copied(prepared, tmp_path / "home")


@pytest.fixture(scope="module")
def battered(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server that all rounds of a module kill and start again, so that damage would add up."""
    with serving(Server(copied(prepared, tmp_path_factory.mktemp("battered") / "home"))) as server:
        yield server


@pytest.fixture(scope="session")
def restless_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the courses that never rest, and a learner for each; nobody writes into it."""
    home = tmp_path_factory.mktemp("restless") / "home"
    home.mkdir()
    command(home, "db", "upgrade")
    for login, role in ((ADMINISTRATOR, "administrator"), *((login_of(course), "student") for course in COURSES)):
        command(home, "user", "add", login, "--role", role, "--password-stdin", given=f"{PASSWORD}\n")
    materials = {}
    for course in COURSES:
        file = home / f"{course}.zip"
        file.write_bytes(restless_package(course))
        told = json.loads(command(home, "import", str(file), "--by", ADMINISTRATOR, "--publish", "--json"))
        materials[course] = told["material_id"]
        file.unlink()
    (home / "materials.json").write_text(json.dumps(materials))
    return home


@pytest.fixture(scope="module")
def respawned(restless_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RespawnedServer]:
    """A running server that all rounds of a module kill and start again, so that damage would add up."""
    server = RespawnedServer(copied(restless_home, tmp_path_factory.mktemp("respawned") / "home"))
    server.start()
    try:
        yield server
    finally:
        server.close()


@pytest.fixture(scope="module")
def respawned_house(respawned: RespawnedServer) -> Iterator[House]:
    """The house of that server, opened in this process to look into it."""
    with opened_home(respawned.home) as house:
        yield house


@pytest.fixture(scope="module")
def restless(
    respawned: RespawnedServer, respawned_house: House, browser: Browser
) -> Iterator[Callable[[str], RestlessLearner]]:
    """The learner of a course at a desk of its own, where the lesson goes on from round to round."""
    learners: dict[str, RestlessLearner] = {}
    materials = json.loads((respawned.home / "materials.json").read_text())

    def learner(course: str) -> RestlessLearner:
        if course not in learners:
            context = browser.new_context(locale="vi-VN")
            learners[course] = RestlessLearner(context, respawned, respawned_house, course, materials[course])
            learners[course].sign_in()
            learners[course].launch()
        return learners[course].begin()

    yield learner
    for one in learners.values():
        one.context.close()
