"""What is installed is what was written: the list of packages, and a wheel with everything in it."""

import configparser
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.long
ROOT = Path(__file__).parent.parent
ROOMS = ("scorm", "content_packages", "search_index", "elearn")


@pytest.fixture(scope="session")
def setup():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


@pytest.fixture(scope="session")
def wheel_names(tmp_path_factory):
    """The names in a wheel built from a copy of the tree, so that the tree stays clean."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *ROOMS, "templates", "setup.cfg", "pyproject.toml", "LICENSE"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\n")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    (source / "README.md").write_text("elearn\n")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def test_the_list_of_packages_is_the_folders_with_python_files(setup):
    listed = set(setup["options"]["packages"].split())
    folders = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        # What cannot be imported is data: the demo brings a program of its own.
        if all(part.isidentifier() and part != "__pycache__" for part in path.parent.relative_to(ROOT).parts)
    }
    assert listed == folders | {"elearn.templates"}


def test_the_wheel_holds_every_module(wheel_names):
    missing = [
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if path.relative_to(ROOT).as_posix() not in wheel_names
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("folder", "inside"),
    [
        ("templates", "elearn/templates"),
        ("elearn/static", "elearn/static"),
        ("elearn/translations", "elearn/translations"),
        ("elearn/database/migrations", "elearn/database/migrations"),
        ("elearn/demo", "elearn/demo"),
    ],
)
def test_the_wheel_holds_every_file_that_pages_migrations_and_the_demo_need(wheel_names, folder, inside):
    wanted = {
        f"{inside}/{path.relative_to(ROOT / folder).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in {".pyc", ".typ"}
    }
    assert wanted
    assert wanted - wheel_names == set()


def test_the_command_line_is_an_entry_point(setup):
    assert re.search(r"elearn = elearn\.cli:main", setup["options.entry_points"]["console_scripts"])
