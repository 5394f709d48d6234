"""The types under which files of a package are served."""

import pytest

from content_packages.media_types import UNKNOWN, is_executable, media_type_of


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("index.HTML", "text/html"),
        ("a.b/script.js", "text/javascript"),
        ("Hình 1.svg", "image/svg+xml"),
        ("setup.exe", UNKNOWN),
        ("folder.html/readme", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_the_type_follows_the_ending(path, media_type):
    assert media_type_of(path) == media_type


@pytest.mark.parametrize(("path", "answer"), [("a.EXE", True), ("b/c.apk", True), ("a.exe.html", False)])
def test_programs_are_told_apart(path, answer):
    assert is_executable(path) is answer
