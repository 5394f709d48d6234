"""A fixed sample of the cases in a real browser, through the pages that learners use."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from bench.support import PASSWORD
from tests.conformance import run
from tests.conformance.browser_player import BrowserPlayer
from tests.conformance.samples import GIVEN, GIVEN_SAMPLE, OWN_SAMPLE
from tests.conformance.walkthrough import Walk
from tests.support.installation import ADMINISTRATOR, Server, command, copied, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

pytestmark = [pytest.mark.journey, pytest.mark.long]


@pytest.fixture(scope="module")
def site(prepared: Path, own_suite, tmp_path_factory) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The address of a server, and those of the published courses of the sample."""
    home = copied(prepared, tmp_path_factory.mktemp("conformance") / "home")
    for name in OWN_SAMPLE:
        command(home, "user", "add", login_of(name), "--role", "student", "--password-stdin", given=f"{PASSWORD}\n")
    uids = {name: published(home, own_suite.folder / f"{name}.zip") for name in OWN_SAMPLE}
    with serving(Server(home)) as server:
        address = f"http://localhost:{server.port}"
        yield address, {name: f"{address}/materials/{uid}" for name, uid in uids.items()}


def login_of(name: str) -> str:
    return name.lower()


def published(home: Path, package: Path) -> str:
    told = command(home, "import", str(package), "--by", ADMINISTRATOR, "--publish", "--json")
    return str(json.loads(told)["material_id"])


def test_a_case_passes_in_the_browser(sampled, request, own_suite, browser, monkeypatch):
    folder = request.config.getoption("conformance_packages")
    if sampled == GIVEN:
        arguments = [
            "--driver",
            str(folder.parent / "drive.py"),
            "--packages",
            str(folder),
            "--cases",
            ",".join(GIVEN_SAMPLE),
            *("--timeout", "30"),  # seconds; a busy machine launches late
        ]
        monkeypatch.setattr(sys, "argv", ["run", *arguments])
        assert run.main() == 0
        return
    address, materials = request.getfixturevalue("site")
    player = BrowserPlayer(browser, address, login_of(sampled), materials)
    try:
        report = Walk(own_suite, sampled, player).play()
    finally:
        player.close()
    assert (report.hard, report.soft) == ([], [])
