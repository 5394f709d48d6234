"""Checking in a child: the same findings as intake makes, and an answer whatever becomes of the child."""

import pytest

from content_packages.checking import check
from content_packages.facts import Kind
from content_packages.sandbox import Allowance
from tests.support.packages import pdf, scorm_package
from tests.support.zips import ZipEntry, build_zip, simple_zip


@pytest.fixture
def checked(tmp_path):
    def run(data, name="bai.zip", **arguments):
        path = tmp_path / "file"
        path.write_bytes(data)
        return check(path, name, **arguments)

    return run


def test_a_package_is_summed_up(checked):
    found = checked(scorm_package("2004 4th Edition", anh__png=b"12345"))
    assert (found.kind, found.standard, found.edition) == (Kind.SCORM, "SCORM", "2004 4th")
    assert (found.accepted, found.findings, found.files) == (True, (), 3)
    assert [item.title for item in found.outlines[0].items] == ["Bài 1"]


def test_a_hostile_archive_is_refused_with_its_reason(checked):
    found = checked(build_zip(ZipEntry("../x", b"1")))
    assert [finding.code for finding in found.findings] == ["name_traversal"]
    assert not found.accepted


def test_the_name_of_the_file_reaches_the_child(checked):
    assert checked(build_zip(ZipEntry("a.bin", b"1")), "--help.zip").title == "--help"


def test_a_document_is_checked_as_well(checked):
    assert (checked(pdf("xin chao"), "bai.pdf").kind, checked(b"", "x.zip").accepted) == (Kind.PDF, False)


@pytest.mark.parametrize(
    ("allowance", "code"),
    [
        (Allowance(seconds=0.0), "reader_took_too_long"),
        (Allowance(memory=1024), "reader_failed"),
        (Allowance(output=10), "reader_failed"),
    ],
    ids=["time", "memory", "output"],
)
def test_a_child_that_comes_to_grief_is_a_finding(checked, allowance, code):
    found = checked(scorm_package(), allowance=allowance)
    assert [finding.code for finding in found.findings] == [code]


def test_a_drawing_in_an_archive_is_kept_without_a_child_of_its_own(checked):
    drawing = simple_zip({"mimetype": "application/vnd.oasis.opendocument.graphics", "content.xml": "<a/>"})
    told = checked(drawing, "hinh.odg")
    assert (told.kind, [found.code for found in told.findings]) == (Kind.IMAGE, ["kept_as_download"])
