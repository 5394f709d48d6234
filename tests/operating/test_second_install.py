"""A wheel built from the tree and installed elsewhere runs: migrations, styles, templates, translations are in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bench.support import Browser
from tests.support.installation import Server, serving

ROOT = Path(__file__).parents[2]
SOURCES = ("scorm", "content_packages", "search_index", "elearn", "templates")
FILES = ("setup.cfg", "pyproject.toml", "LICENSE", "README.md")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with nothing but the installed wheel; its libraries are those of this environment."""
    folder = tmp_path_factory.mktemp("install")
    source, target = folder / "source", folder / "site"
    source.mkdir()
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in SOURCES:
        shutil.copytree(ROOT / name, source / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, source / name)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    (wheel,) = folder.glob("*.whl")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return target


class Installed(Server):
    """A server that runs the installed copy: its folder comes before the checkout."""

    def __init__(self, home: Path, site: Path) -> None:
        super().__init__(home, PYTHONPATH=str(site))
        self.site = site

    def python(self, code: str) -> str:
        """Run a line of Python in the installed copy, away from the checkout."""
        line = [sys.executable, "-c", code]
        done = subprocess.run(line, env=self.environment, cwd=self.site, capture_output=True, text=True, check=True)
        return done.stdout


@pytest.fixture
def copy(installed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # `python -m` looks into the present folder first
    return Installed(tmp_path / "home", installed)


def test_it_is_the_copy_that_runs(copy, installed):
    told = copy.python("import elearn.paths as p; print(p.PACKAGE, p.templates_folder())")
    assert told.split() == [str(installed / "elearn"), str(installed / "elearn" / "templates")]


def test_it_makes_its_database_and_knows_the_machine(copy):
    upgraded = copy.run("db", "upgrade")
    assert upgraded.returncode == 0, upgraded.stderr
    doctor = copy.run("doctor", ELEARN_LOCALE="vi")
    assert doctor.returncode == 0
    assert "Múi giờ" in doctor.stdout


def test_it_serves_pages_in_two_languages_with_their_styles(copy):
    with serving(copy), closing(Browser(copy.port)) as browser:
        vietnamese = browser.get("/sign-in", **{"Accept-Language": "vi"})
        assert vietnamese.status == 200
        assert "Đăng nhập" in vietnamese.text
        assert "Sign in" in browser.get("/sign-in", **{"Accept-Language": "en"}).text
        styles = re.findall(r'<link[^>]+href="(/static/[^"]+\.css[^"]*)"', vietnamese.text)
        scripts = re.findall(r'<script[^>]+src="(/static/[^"]+)"', vietnamese.text)
        assert styles
        for address in (*styles, *scripts):
            answer = browser.get(address)
            assert answer.status == 200, address
            assert answer.body
