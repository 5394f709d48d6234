"""The fingerprint of a manifest: the same for what was only written or zipped anew (CAM 3.4)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.manifest import manifest_from_json, manifest_to_json, read_manifest
from scorm.manifest.fingerprint import fingerprint
from scorm.manifest.model import Edition, Manifest
from tests.support.manifests import manifest_xml, sco
from tests.support.playing import some_scos

NAMES = ["index.html", *(f"{name}.html" for name in "abcd"), "anh/hinh.png", "style.css"]


def read(xml, names=NAMES):
    manifest, findings = read_manifest(xml.encode(), ["imsmanifest.xml", *names])
    assert manifest is not None, findings
    return manifest


def one(title="Phân số", resources="", **parts):
    organizations = (
        '<organizations default="o1"><organization identifier="o1"><title>Toán 4</title>'
        f'<item identifier="i1" identifierref="r1"><title>{title}</title></item></organization></organizations>'
    )
    listed = '<file href="index.html"/><file href="anh/hinh.png"/>'
    return manifest_xml(
        parts.pop("edition", "1.2"),
        organizations=organizations,
        resources=resources or sco("r1", "index.html", inside=listed),
        **parts,
    )


def renamed(xml, suffix):
    """The same manifest with other identifiers everywhere."""
    for name in ("i1", "r1", "o1", "r-a", "r-b", "r-c"):
        xml = re.sub(rf'"{name}"', f'"{name}-{suffix}"', xml)
    return re.sub(r'(<manifest [^>]*identifier=")[^"]*', rf"\g<1>M{suffix}", xml)


@given(st.integers(0, 10**9), st.randoms(use_true_random=False), st.sampled_from(["1.2", "2004 3rd Edition"]))
def test_identifiers_dates_order_and_edition_change_nothing(suffix, shuffle, edition):
    files = ["index.html", "anh/hinh.png", "style.css"]
    shuffle.shuffle(files)
    listed = "".join(f'<file href="{name}"/>' for name in files)
    blocks = [sco("r1", "index.html", inside=listed), sco("r2", "a.html")]
    shuffle.shuffle(blocks)
    written = renamed(one(resources="".join(blocks), edition=edition), suffix)
    names = list(NAMES)
    shuffle.shuffle(names)
    first = one(resources=sco("r1", "index.html", inside=listed) + sco("r2", "a.html"))
    assert fingerprint(read(written, names)) == fingerprint(read(first)) != ""


@pytest.mark.parametrize(
    "other",
    [
        one("Phân số thập phân"),
        one(resources=sco("r1", "a.html")),
        one(resources=sco("r1", "index.html", inside='<file href="index.html"/>')),
        some_scos("a", "b"),
    ],
    ids=["title", "page", "files", "tree"],
)
def test_titles_pages_and_files_make_another_one(other):
    assert fingerprint(read(other)) != fingerprint(read(one()))


def test_the_order_of_items_tells():
    assert fingerprint(read(some_scos("a", "b"))) != fingerprint(read(some_scos("b", "a")))


def test_case_and_spaces_of_titles_do_not():
    assert fingerprint(read(one("  PHÂN   SỐ "))) == fingerprint(read(one()))


def test_files_that_come_by_a_dependency_count_with_the_page():
    shared = '<resource identifier="s" type="webcontent" {kind}><file href="style.css"/></resource>'
    shared = shared.format(kind='adlcp:scormtype="asset"')
    with_it = one(resources=sco("r1", "index.html", inside='<dependency identifierref="s"/>') + shared)
    without = one(resources=sco("r1", "index.html") + shared)
    assert fingerprint(read(with_it)) != fingerprint(read(without))


def test_the_stored_form_keeps_it():
    manifest = read(some_scos("a", "b", "c"))
    assert fingerprint(manifest_from_json(manifest_to_json(manifest))) == fingerprint(manifest)


def test_a_manifest_without_items_has_none():
    assert fingerprint(Manifest("m1", Edition.SCORM_12, "Toán 4", "o1")) == ""
