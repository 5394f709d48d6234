"""Teaching software: described by its version strings, never run."""

import pytest

from tests.support.packages import installer_database, program
from tests.support.zips import simple_zip


def test_a_program_tells_product_version_and_vendor(inspected):
    data = program(CompanyName="Bạch Kim", ProductName="Violet", ProductVersion="1.9")
    facts = inspected(data, "setup.exe")
    assert facts.accepted
    assert facts.title == "Violet"
    said = {"product": "Violet", "release": "1.9", "vendor": "Bạch Kim"}
    assert facts.properties == {"platform": "windows", "architecture": "x86", **said}


def test_a_program_without_version_is_named_by_its_file(inspected):
    facts = inspected(program(), "Crocodile Physics 605.exe")
    assert (facts.title, facts.properties) == (
        "Crocodile Physics 605",
        {"platform": "windows", "architecture": "x86"},
    )


@pytest.mark.parametrize("cut", [2, 62, 66, 80, 100, 130])
def test_a_program_cut_short_is_still_a_program(inspected, cut):
    assert inspected(program(ProductName="Violet")[:cut], "a.exe").accepted


@pytest.mark.parametrize(
    ("data", "name", "platform"),
    [
        (installer_database(), "a.msi", "windows"),
        (simple_zip({"GeoGebra/geogebra.exe": program()}), "geogebra.zip", "windows"),
        (simple_zip({"AndroidManifest.xml": "x", "classes.dex": "x"}), "app.apk", "android"),
        (b"!<arch>\ndebian-binary", "a.deb", "linux"),
        (b"\x7fELF\2\1\1" + b"\0" * 60, "a.AppImage", "linux"),
    ],
)
def test_the_platform_is_told_by_the_names(inspected, data, name, platform):
    facts = inspected(data, name)
    assert facts.accepted
    assert facts.properties["platform"] == platform


def test_a_program_in_an_unsafe_archive_is_refused(inspected):
    facts = inspected(simple_zip({"setup.exe": program(), "../autorun.inf": "x"}))
    assert (facts.kind.value, [f.code for f in facts.findings]) == ("software", ["name_traversal"])
