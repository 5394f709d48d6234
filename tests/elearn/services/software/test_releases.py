"""Releases and their files: what a file says of itself is kept, and never believed blindly."""

from datetime import date, timedelta

import pytest

from elearn.database import day_of
from elearn.services.errors import ForbiddenError
from elearn.services.software.releases import (
    ReleaseNotes,
    add_file,
    add_release,
    get_file,
    get_release,
    mark_latest,
    releases_of,
    set_supported,
)
from tests.support.packages import program, scorm_package
from tests.support.software import refused, taken_in

DAY = date(2026, 3, 1)


@pytest.fixture
def title(catalogue):
    return catalogue.title(vendor="An Bình")


@pytest.fixture
def release(session, catalogue, title):
    return add_release(session, catalogue.officer, title, ReleaseNotes("2.1", DAY))


def test_the_newest_release_gives_lists_their_version(session, catalogue, title, release):
    assert (release.is_latest, title.software.release) == (True, "2.1")
    old = add_release(session, catalogue.officer, title, ReleaseNotes("2.0", DAY - timedelta(30), is_latest=False))
    assert (old.is_latest, title.software.release) == (False, "2.1")
    mark_latest(session, catalogue.officer, old)
    assert [(row.version, row.is_latest) for row in releases_of(session, title)] == [("2.1", False), ("2.0", True)]
    assert title.software.release == "2.0"


def test_the_first_release_is_the_latest_whatever_is_said(session, catalogue, title):
    assert add_release(session, catalogue.officer, title, ReleaseNotes("1.0", DAY, is_latest=False)).is_latest


def test_releases_that_cannot_be_are_refused(session, catalogue, title, release):
    for notes, code in (
        (ReleaseNotes(" ", DAY), "release_nameless"),
        (ReleaseNotes("2.1 ", DAY), "release_twice"),
        (ReleaseNotes("3.0", day_of(session) + timedelta(days=1)), "release_ahead"),
        (ReleaseNotes("3.0", date(2999, 1, 1)), "day_range"),
    ):
        with refused(code):
            add_release(session, catalogue.officer, title, notes)
    with pytest.raises(ForbiddenError):
        add_release(session, catalogue.head, title, ReleaseNotes("3.0", DAY))


def test_the_latest_release_stays_supported(session, catalogue, title, release):
    with refused("release_latest"):
        set_supported(session, catalogue.officer, release, supported=False)
    add_release(session, catalogue.officer, title, ReleaseNotes("3.0", DAY))
    set_supported(session, catalogue.officer, release, supported=False)
    assert not release.is_supported
    mark_latest(session, catalogue.officer, release)
    assert release.is_supported


def test_a_file_keeps_what_it_says_of_itself(session, catalogue, title, release, tmp_path):
    data = program(ProductName="Bảng cộng", ProductVersion="2.1.0.0", CompanyName="An Bình JSC")
    with taken_in(tmp_path, data, "cai-dat.exe") as intake:
        file = add_file(session, catalogue.officer, release, intake, "windows")
    assert file.facts["product"] == "Bảng cộng"
    assert file.findings == []
    assert title.software.platforms == ["windows"]
    assert get_file(session, catalogue.officer, title.uid, file.uid) is file


def test_a_file_of_another_version_or_vendor_is_marked(session, catalogue, release, tmp_path):
    data = program(ProductVersion="1.9", CompanyName="Ai đó khác")
    with taken_in(tmp_path, data, "cai-dat.exe") as intake:
        file = add_file(session, catalogue.officer, release, intake, "windows")
    assert file.findings == ["file_version_differs", "file_vendor_differs"]


@pytest.mark.parametrize(
    ("data", "name", "platform", "code"),
    [
        (scorm_package(), "cai-dat.exe", "windows", "file_no_program"),
        (b"Xin chao cac ban. " * 40, "cai-dat.exe", "windows", "file_no_program"),
        (program(), "cai-dat.exe", "macos", "file_platform"),
    ],
    ids=["a lesson", "a text", "another system"],
)
def test_a_file_that_is_not_what_it_says_is_refused(session, catalogue, release, tmp_path, data, name, platform, code):
    with taken_in(tmp_path, data, name) as intake, refused(code):
        add_file(session, catalogue.officer, release, intake, platform)
    assert release.files == []


def test_the_same_bytes_stand_once_in_a_release(session, catalogue, release, tmp_path):
    with taken_in(tmp_path, program(), "cai-dat.exe") as intake:
        add_file(session, catalogue.officer, release, intake, "windows")
        with refused("file_twice"):
            add_file(session, catalogue.officer, release, intake, "windows")
        with pytest.raises(ForbiddenError):
            add_file(session, catalogue.head, release, intake, "windows")


def test_releases_of_another_title_are_not_found(session, catalogue, title, release):
    other = catalogue.title("Khác")
    with refused("release_not_found"):
        get_release(session, catalogue.officer, other.uid, release.uid)
    with refused("material_not_found"):
        get_release(session, catalogue.teacher, title.uid, release.uid)
