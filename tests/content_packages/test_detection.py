"""What a file is: its content decides, and every kind is named."""

import pytest

from content_packages.facts import Kind
from tests.support.packages import (
    HOME_PAGE,
    compound_file,
    installer_database,
    pdf,
    picture,
    program,
    scorm_files,
    scorm_package,
)
from tests.support.zips import simple_zip

MANIFEST = "<manifest {}><metadata>{}</metadata><organizations/><resources/></manifest>"
CARTRIDGE = MANIFEST.format(
    'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"',
    "<schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>",
)
COURSE = (
    '<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"><course id="c">'
    "<title><langstring>Địa chất</langstring></title></course></courseStructure>"
)
TINCAN = '<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities><activity><name>Golf</name></activity></activities></tincan>'
WORD = {
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": "<w/>",
    "docProps/core.xml": "<c><title>Giáo án</title></c>",
}

ARCHIVES = {
    "scorm": (scorm_files(), Kind.SCORM),
    "scorm in a folder": ({f"bai1/{name}": data for name, data in scorm_files().items()}, Kind.SCORM),
    "scorm with a broken manifest": ({"imsmanifest.xml": "<manifest>"}, Kind.SCORM),
    "cartridge": ({"imsmanifest.xml": CARTRIDGE}, Kind.COMMON_CARTRIDGE),
    "content package": ({"imsmanifest.xml": MANIFEST.format("", "")}, Kind.CONTENT_PACKAGE),
    "cmi5": ({"cmi5.xml": COURSE, "index.html": HOME_PAGE}, Kind.CMI5),
    "cmi5 in a folder": ({"c/cmi5.xml": COURSE}, Kind.CMI5),
    "xapi": ({"tincan.xml": TINCAN, "index.html": HOME_PAGE}, Kind.XAPI),
    "h5p": ({"h5p.json": '{"title": "Câu hỏi"}', "content/content.json": "{}"}, Kind.H5P),
    "h5p without h5p.json": ({"content/content.json": "{}", "H5P.Essay-1.0/library.json": "{}"}, Kind.H5P),
    "exelearning 2": ({"contentv3.xml": "<instance/>"}, Kind.ELP),
    "exelearning 3": ({"content.xml": "<?xml version='1.0'?><ode>", "index.html": HOME_PAGE}, Kind.ELP),
    "aicc": ({"A.CRS": "[Course]", "A.AU": "", "A.DES": "", "A.CST": "", "index.html": HOME_PAGE}, Kind.AICC),
    "epub": ({"mimetype": "application/epub+zip", "META-INF/container.xml": "<c/>"}, Kind.EPUB),
    "docx": (WORD, Kind.DOCUMENT),
    "pptx": ({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}, Kind.PRESENTATION),
    "xlsx": ({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}, Kind.SPREADSHEET),
    "odp": ({"mimetype": "application/vnd.oasis.opendocument.presentation"}, Kind.PRESENTATION),
    "site": ({"index.html": HOME_PAGE, "js/app.js": "1"}, Kind.HTML5),
    "site in a folder": ({"web/index.html": HOME_PAGE, "web/a.js": "1"}, Kind.HTML5),
    "installer": ({"setup.exe": program(), "readme.html": "x"}, Kind.SOFTWARE),
    "portable program": ({"GeoGebra/bin/geogebra.exe": program(), "GeoGebra/lib/a.dll": b""}, Kind.SOFTWARE),
    "android": ({"AndroidManifest.xml": b"\3", "classes.dex": b"dex"}, Kind.SOFTWARE),
    "java": ({"META-INF/MANIFEST.MF": "M", "vn/Main.class": b"\xca\xfe"}, Kind.SOFTWARE),
    "archive": ({"photos/1.jpg": b"\xff\xd8", "note.txt": "x"}, Kind.ARCHIVE),
}


@pytest.mark.parametrize(("files", "kind"), ARCHIVES.values(), ids=ARCHIVES.keys())
def test_an_archive_is_what_its_files_make_it(inspected, files, kind):
    assert inspected(simple_zip(files)).kind is kind


FILES = {
    "pdf": (pdf("Bai 1"), Kind.PDF),
    "pdf after a header": (b"\r\n\r\n" + pdf("Bai 1"), Kind.PDF),
    "png": (picture("PNG"), Kind.IMAGE),
    "gif": (picture("GIF"), Kind.IMAGE),
    "gif that is also a page": (b"GIF89a/*<html><script>alert(1)</script>*/", Kind.IMAGE),
    "svg": ('<svg xmlns="http://www.w3.org/2000/svg"/>', Kind.IMAGE),
    "wav": (b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0data\0\0\0\0", Kind.AUDIO),
    "mp4": (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 64, Kind.VIDEO),
    "page": (HOME_PAGE, Kind.HTML5),
    "rtf": (b"{\\rtf1\\ansi Giao an}", Kind.DOCUMENT),
    "text": ("Giáo án môn Toán\n" * 5, Kind.DOCUMENT),
    "doc": (compound_file("WordDocument"), Kind.DOCUMENT),
    "ppt": (compound_file("PowerPoint Document"), Kind.PRESENTATION),
    "xls": (compound_file("Workbook"), Kind.SPREADSHEET),
    "exe": (program(), Kind.SOFTWARE),
    "msi": (installer_database(), Kind.SOFTWARE),
    "elf": (b"\x7fELF\2\1\1" + b"\0" * 60, Kind.SOFTWARE),
    "deb": (b"!<arch>\ndebian-binary   ", Kind.SOFTWARE),
    "iso": (b"\0" * 0x8001 + b"CD001\1" + b"\0" * 100, Kind.SOFTWARE),
    "dmg": (b"\x78\xda" + b"\0" * 2000 + b"koly" + b"\0" * 508, Kind.SOFTWARE),
    "rar": (b"Rar!\x1a\x07\x01\0" + b"\0" * 20, Kind.ARCHIVE),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4" + b"\0" * 20, Kind.ARCHIVE),
    "cmi5": (COURSE, Kind.CMI5),
    "tincan": ("\ufeff" + TINCAN, Kind.XAPI),
    "manifest": (MANIFEST.format("", ""), Kind.SCORM),
}


@pytest.mark.parametrize(("data", "kind"), FILES.values(), ids=FILES.keys())
def test_a_file_is_what_its_bytes_say_whatever_it_is_called(inspected, data, kind):
    for name in ("upload.bin", "no extension", "bai.zip.jpg"):
        assert inspected(data, name).kind is kind


def test_an_extension_of_another_kind_is_remarked(inspected):
    facts = inspected(scorm_package(), "bai1.pdf")
    assert facts.kind is Kind.SCORM
    assert [dict(f.params) for f in facts.findings] == [{"extension": "pdf", "kind": "scorm"}]


@pytest.mark.parametrize("name", ["bai1.zip", "bai1", "bai1.pif"])
def test_a_general_extension_is_not_wrong(inspected, name):
    assert inspected(scorm_package(), name).findings == ()


@pytest.mark.parametrize(("name", "kind"), [("a.h5p", Kind.H5P), ("a.zip", Kind.ARCHIVE), ("a.docx", Kind.DOCUMENT)])
def test_text_that_claims_to_be_an_archive_is_refused_as_what_it_claims(inspected, name, kind):
    facts = inspected("This is not a zip\n", name)
    assert facts.kind is kind
    assert [f.code for f in facts.findings] == ["not_an_archive"]


@pytest.mark.parametrize(("name", "kind"), [("a.mp4", Kind.VIDEO), ("a", Kind.ARCHIVE), ("a.xyz", Kind.ARCHIVE)])
def test_bytes_that_are_nothing_are_refused(inspected, name, kind):
    facts = inspected(bytes(range(1, 9)) * 9, name)
    assert (facts.kind, [f.code for f in facts.findings]) == (kind, ["unrecognised_file"])


def test_an_empty_file_is_refused(inspected):
    facts = inspected(b"", "bai1.zip")
    assert (facts.title, [f.code for f in facts.findings]) == ("bai1", ["empty_file"])


def test_a_volume_of_a_split_archive_is_refused(inspected):
    assert [f.code for f in inspected(b"PK\7\x08" + scorm_package()).findings] == ["zip_multi_volume"]


def test_detection_does_without_libmagic(inspected, monkeypatch):
    monkeypatch.setattr("content_packages.signatures._libmagic", lambda _head: "")
    assert inspected(FILES["wav"][0], "x.bin").kind is Kind.AUDIO
    assert [f.code for f in inspected("#!/bin/sh\necho 1\n", "x.bin").findings] == ["unrecognised_file"]
