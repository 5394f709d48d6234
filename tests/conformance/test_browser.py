"""A fixed sample of the cases in a real browser, through the pages that learners use."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from bench.support import PASSWORD
from tests.conformance import run
from tests.conformance.browser_player import BrowserPlayer
from tests.conformance.walkthrough import Walk
from tests.support.installation import ADMINISTRATOR, Server, command, copied, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

pytestmark = [pytest.mark.journey]

OWN = ("FLOW-1", "CHOICE-2", "HIDE-1", "JUMP-1", "SUSPEND-2", "UNLOAD-1", "POST-2", "SELECT-1", "MAP-1", "SHARED-1")
GIVEN = ("API", "CM-09ab", "CM-16", "CT-05", "MS-03", "OB-08b", "RU-07a", "SX-04b", "SX-09", "T-01a")


@pytest.fixture(scope="module")
def site(prepared: Path, own_suite, tmp_path_factory) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The address of a server, and those of the published courses of the sample."""
    home = copied(prepared, tmp_path_factory.mktemp("conformance") / "home")
    for name in OWN:
        command(home, "user", "add", login_of(name), "--role", "student", "--password-stdin", given=f"{PASSWORD}\n")
    uids = {name: published(home, own_suite.folder / f"{name}.zip") for name in OWN}
    with serving(Server(home)) as server:
        address = f"http://localhost:{server.port}"
        yield address, {name: f"{address}/materials/{uid}" for name, uid in uids.items()}


def login_of(name: str) -> str:
    return name.lower()


def published(home: Path, package: Path) -> str:
    told = command(home, "import", str(package), "--by", ADMINISTRATOR, "--publish", "--json")
    return str(json.loads(told)["material_id"])


@pytest.mark.parametrize("name", OWN)
def test_an_own_case_passes_strictly_in_the_browser(name, own_suite, site, browser):
    address, materials = site
    player = BrowserPlayer(browser, address, login_of(name), materials)
    try:
        report = Walk(own_suite, name, player).play()
    finally:
        player.close()
    assert (report.hard, report.soft) == ([], [])


def test_a_sample_of_the_given_cases_passes_in_the_browser(request, monkeypatch):
    """Through the driver of the folder, when `--conformance-packages` names one."""
    folder = request.config.getoption("conformance_packages")
    if folder is None:
        return
    arguments = ["--driver", str(folder.parent / "drive.py"), "--packages", str(folder), "--cases", ",".join(GIVEN)]
    monkeypatch.setattr(sys, "argv", ["run", *arguments])
    assert run.main() == 0
